"""Taking a file in: all of it, once; corrected lines change what is there and keep what was."""

from __future__ import annotations

import json

import pytest

import infonb
from infonb.shipped import shipped_folder

WHOLE = {
    "id": "w-1", "occupation": "Nurse", "soc": "29-1141.00",
    "person": {"name": "Ada L.", "job_title": "Ward nurse", "organisation": "City Hospital",
               "email": "ada@example.org", "phone": "555-0101", "source": "friend",
               "name_from": "Sam", "may_be_named": True, "has_card": True},
    "status": "done", "scheduled_at": "2026-03-02T14:00+01:00",
    "started_at": "2026-03-02T14:02+01:00", "ended_at": "2026-03-02T14:20+01:00",
    "date": "2026-03-02", "minutes": 25, "medium": "by phone",
    "research": {"occupation": "shifts", "organisation": "400 beds"},
    "confidence_before": 2, "confidence_after": 4, "weight": 0.8, "weight_reason": "New there",
    "questions": ["path_in", "enjoy_most"],
    "answers": {
        "enjoy_most": {"text": "The quiet hours", "rating": 4, "why": "so would I", "weight": 0.5,
                       "private": False},
        "home_life": {"text": "Off the record", "rating": 2, "private": True},
        "notes": "A warm voice",
    },
    "skills": [{"phrase": "Staying calm", "rank": 1, "confirmed": True}, "Listening"],
    "referrals": [{"name": "Grace H.", "note": "knows the night shift"}],
    "leads": [{"kind": "event", "text": "Open day"}],
    "conduct": {"kept_to_time": 2, "thanked": 1},
    "tasks": [{"kind": "thank_you", "due": "2026-03-02", "done_at": "2026-03-02"}],
    "messages": {"request": "Dear Ada, …"},
    "source": {"ref": "s1", "publisher": "A magazine"},
}  # fmt: skip
OTHERS = [
    {"kind": "occupation", "title": "Librarian", "soc": "25-4022", "interest": 4, "notes": "books"},
    {"kind": "person", "name": "Grace H.", "referred_by": "Ada L.", "email": "g@example.org"},
    {"kind": "question", "id": "own_travel", "prompt": "Do you travel?", "low": "never"},
    {"kind": "strength", "phrase": "Patience"},
    {"kind": "importance", "question": "home_life", "value": 4.5},
    {"kind": "theme", "name": "Being needed", "description": "that it matters"},
    {"kind": "coding", "interview": "w-1", "question": "enjoy_most", "start": 4, "end": 9,
     "theme": "Being needed"},
    {"kind": "decision", "occupation": "Nurse", "next_step": "Apply", "why": "it fits",
     "at": "2026-05-01"},
    {"kind": "outcome", "outcome": "training", "title": "Nurse", "at": "2026-06-01T10:00+00:00"},
]  # fmt: skip


@pytest.mark.parametrize("name", ["published", "example"])
def test_a_sample_twice_adds_nothing(journal, name: str):
    path = shipped_folder("sample_data") / f"{name}.jsonl"
    first = journal.import_file(path)
    n = len(path.read_text(encoding="utf-8").splitlines())
    assert (first.added, first.updated, first.skipped, first.problems) == (n, 0, 0, [])
    before = journal.rows()
    again = journal.import_file(path)
    assert (again.added, again.updated, again.skipped, again.problems) == (0, 0, n, [])
    assert journal.rows() == before


@pytest.mark.parametrize("name", ["published", "example"])
def test_a_file_gives_the_same_identities_in_every_journal(tmp_path, name: str):
    """Identities seed the draws: the same file, the same numbers."""
    path, found = shipped_folder("sample_data") / f"{name}.jsonl", []
    for copy in ("one.db", "other.db"):
        with infonb.open(tmp_path / copy) as journal:
            journal.import_file(path)
            rows = journal.rows()
            found.append({kind: [row["id"] for row in rows[kind]] for kind in
                          ("occupation", "person", "interview")})  # fmt: skip
            found[-1]["numbers"] = journal.findings().decide().ranking["first"].tolist()
    assert found[0] == found[1]


def test_every_field_of_every_kind_arrives(journal, lines):
    report = journal.import_file(lines(WHOLE, *OTHERS))
    assert (report.added, report.updated, report.problems) == (9, 1, []), report  # Grace was named
    interview = journal.interview("w-1")
    assert interview.questions == ("path_in", "enjoy_most")
    assert interview.scheduled_at.isoformat() == "2026-03-02T14:00:00+01:00"
    assert (interview.minutes, interview.weight, interview.weight_reason) == (25, 0.8, "New there")
    assert (interview.research_occupation, interview.research_organisation) == (
        "shifts",
        "400 beds",
    )
    assert interview.source["publisher"] == "A magazine"
    assert journal.messages("w-1") == {"request": "Dear Ada, …"}
    ada, grace = journal.people()
    assert ada.may_be_named and ada.has_card and ada.organisation == "City Hospital"
    assert (grace.referred_by, grace.source, grace.notes) == (
        ada.id, "referral", "knows the night shift",
    )  # fmt: skip
    assert (grace.name_from, grace.email) == ("Ada L.", "g@example.org")
    nurse, librarian = journal.occupations()
    assert (nurse.soc, librarian.interest, librarian.notes) == ("29-1141", 4, "books")
    answers = {a.question: a for a in journal.answers("w-1")}
    assert answers["enjoy_most"].weight == 0.5 and answers["enjoy_most"].why == "so would I"
    assert answers["home_life"].private and answers["notes"].text == "A warm voice"
    assert [(s.phrase, s.rank, s.confirmed) for s in journal.skills("w-1")] == [
        ("Staying calm", 1, True), ("Listening", None, False),
    ]  # fmt: skip
    assert journal.conduct("w-1") == {"kept_to_time": 2, "thanked": 1}
    assert [lead.text for lead in journal.leads("w-1")] == ["Open day"]
    assert journal.tasks().done_at.notna().tolist() == [True]
    assert journal.importances() == {"home_life": 4.5}
    (coding,) = journal.codings(answers["enjoy_most"])
    assert (coding.start, coding.end) == (4, 9)
    assert journal.decisions()[0].at.isoformat() == "2026-05-01T12:00:00+00:00"
    assert journal.outcomes()[0].kind == "training"


def test_only_occupation_and_answers_are_needed(journal, lines):
    report = journal.import_file(lines({"occupation": "Nurse", "answers": {}}))
    assert (report.added, report.problems) == (1, [])
    (interview,) = journal.interviews()
    assert (interview.status, interview.date, interview.minutes) == ("done", None, 20)


@pytest.mark.parametrize("date", ["2026-03-02", "2026-03", "2026"])
def test_a_date_keeps_the_precision_it_has(journal, lines, date: str):
    journal.import_file(lines({"occupation": "Nurse", "date": date, "answers": {}}))
    assert journal.interviews()[0].date == date


def test_bare_notes_in_two_files_are_two_interviews(journal, lines):
    for number in (1, 2):
        said = {"occupation": "Nurse", "answers": {"outlook": {"text": f"voice {number}"}}}
        assert journal.import_file(lines(said, name=f"{number}.jsonl")).added == 1
    assert len(journal.interviews()) == len(journal.people()) == 2


def test_the_same_line_twice_in_a_file_is_one_record(journal, lines):
    strength = {"kind": "strength", "phrase": "Patience"}
    report = journal.import_file(lines(WHOLE, WHOLE, strength, strength))
    assert (report.added, report.skipped) == (2, 2)


def test_what_was_entered_by_hand_is_not_doubled(journal, lines):
    journal.add_occupation("nurse"), journal.add_strength("patience"), journal.add_theme("Calm")
    records = [
        {"kind": "occupation", "title": "Nurse", "interest": 3},
        {"kind": "strength", "phrase": "Patience"}, {"kind": "theme", "name": "calm"},
    ]  # fmt: skip
    journal.import_file(lines(*records))
    assert len(journal.occupations()) == len(journal.strengths()) == len(journal.themes()) == 1
    assert journal.occupations()[0].interest == 3


def test_a_corrected_line_updates_and_keeps_history(journal, lines):
    journal.import_file(lines(WHOLE))
    better = json.loads(json.dumps(WHOLE))
    better["answers"]["enjoy_most"] |= {"text": "The quiet hours at night", "rating": 5}
    better["weight"], better["person"]["job_title"] = 1.0, "Head nurse"
    report = journal.import_file(lines(better))
    assert (report.added, report.updated, report.skipped) == (0, 1, 0)
    (answer,) = (a for a in journal.answers("w-1") if a.question == "enjoy_most")
    assert (answer.text, answer.rating) == ("The quiet hours at night", 5)
    assert journal.history(answer).text.tolist() == ["The quiet hours", "The quiet hours at night"]
    assert journal.interview("w-1").weight == 1.0
    assert [p.job_title for p in journal.people() if p.name == "Ada L."] == ["Head nurse"]


@pytest.mark.parametrize("key", ["occupation", "strength", "importance", "theme", "question"])
def test_every_kind_of_line_can_be_corrected(journal, lines, key: str):
    before, after = {
        "occupation": ({"title": "Nurse", "interest": 2}, {"interest": 5, "soc": "29-1141"}),
        "strength": ({"id": "s", "phrase": "Patience"}, {"phrase": "Much patience"}),
        "importance": ({"question": "outlook", "value": 1}, {"value": 2}),
        "theme": ({"name": "Calm", "description": "x"}, {"description": "y"}),
        "question": ({"id": "own_q", "prompt": "Why?"}, {"prompt": "Why not?"}),
    }[key]
    journal.import_file(lines({"kind": key, **before}))
    report = journal.import_file(lines({"kind": key, **before, **after}))
    assert (report.added, report.updated) == (0, 1)
    (row,) = journal.rows()[key]
    assert {k: row[k] for k in after} == after


def test_a_corrected_name_renames_the_person(journal, lines):
    said = {"id": "i", "occupation": "Nurse", "person": {"name": "Ada Lovlace"}, "answers": {}}
    journal.import_file(lines(said))
    journal.import_file(lines({**said, "person": {"name": "Ada Lovelace"}}))
    assert [p.name for p in journal.people()] == ["Ada Lovelace"]


def test_an_interview_that_was_removed_comes_back_with_its_file(journal, lines):
    path = lines(WHOLE)
    journal.import_file(path)
    journal.remove(journal.interview("w-1"))
    assert journal.import_file(path).added == 1
    assert len(journal.answers("w-1")) == 3


def test_a_dry_run_says_what_would_happen_and_writes_nothing(journal, lines):
    path = lines(WHOLE, *OTHERS)
    empty = journal.rows()
    report = journal.import_file(path, dry_run=True)
    assert (report.added, report.updated, report.dry_run) == (9, 1, True)
    assert journal.rows() == empty and journal.undo() is None
    assert str(report).startswith("Would be: 9 added")
    real = journal.import_file(path)
    assert (real.added, real.updated) == (report.added, report.updated)
    assert journal.import_file(path, dry_run=True).skipped == 10


def test_a_dry_run_reports_errors_instead_of_raising(journal, lines):
    report = journal.import_file(lines({"occupation": "Nurse", "answers": 5}), dry_run=True)
    assert [p.column for p in report.problems if p.error] == ["answers"]


def test_an_import_is_undone_in_one_step_and_can_be_made_again(journal, lines):
    journal.add_occupation("Librarian")
    before = journal.rows()
    first, second = lines(WHOLE, *OTHERS), {**WHOLE, "answers": {"enjoy_most": "Other words"}}
    journal.import_file(first)
    between = journal.rows()
    corrected = lines(second, name="corrected.jsonl")
    journal.import_file(corrected)
    assert journal.undo() == "the import of corrected.jsonl"
    assert _said(journal.rows()) == _said(between)
    assert journal.undo() == "the import of notes.jsonl"
    assert journal.rows() == before
    assert journal.undo() is None
    again = journal.import_file(first)
    assert (again.added, again.updated) == (8, 2) and _said(journal.rows()) == _said(between)


def _said(rows):
    """Rows without what counts saves and moments of entry; order as text."""
    counted = {"created_at", "version", "updated_at", "id", "answer_id", "referred_by", "theme_id",
               "occupation_id", "person_id", "interview_id"}  # fmt: skip
    return {
        table: sorted(str({k: v for k, v in row.items() if k not in counted}) for row in found)
        for table, found in rows.items()
    }


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "  \r\n"])
@pytest.mark.parametrize("name", ["empty.jsonl", "empty.csv"])
def test_an_empty_file_adds_nothing(journal, table, content: str, name: str):
    report = journal.import_file(table(content, name=name))
    assert (report.added, report.updated, report.skipped, report.problems) == (0, 0, 0, [])


def test_a_journal_takes_its_own_sample_back_with_nothing_changed(lines):
    with infonb.sample("example") as journal:
        before = journal.findings().answers
        journal.import_file(shipped_folder("sample_data") / "example.jsonl")
        assert journal.findings().answers.equals(before)


def test_what_is_there_already_is_not_called_changed(journal, lines, tmp_path):
    journal.import_file(lines(WHOLE, *OTHERS))
    before = journal.rows()
    report = journal.import_file(journal.export_file(tmp_path / "back.jsonl", redact=False))
    assert (report.added, report.updated, report.problems) == (0, 0, [])
    assert {k: v for k, v in journal.rows().items() if k != "imported"} == {
        k: v for k, v in before.items() if k != "imported"
    }


def test_another_journal_may_be_named_as_one_stands_to_it(journal, tmp_path, monkeypatch):
    with infonb.open(tmp_path / "other.db") as other:
        other.add_occupation("Beekeeper")
    monkeypatch.chdir(tmp_path)
    assert journal.import_file("other.db").added == 1
