"""What leaves a journal: whole where asked for, without names by default, harmless to open."""

from __future__ import annotations

import csv
import json
import os
import re
import stat

import pytest
import python_calamine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import infonb
from infonb.exchange.excel import LONGEST, SHEETS
from infonb.exchange.tables import as_it_was, harmless
from infonb.journal import columns
from infonb.method import QUESTIONS

FILES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ENDINGS = ["jsonl", "csv", "xlsx", "vcf", "ics"]
SECRETS = ["Ada", "Lovelace", "ada@example.org", "555-0101", "Engine Works", "Not for others"]


@pytest.fixture
def told(journal):
    """A journal in which names stand everywhere they can."""
    nurse = journal.add_occupation("Nurse", soc="29-1141", notes="Ada Lovelace knows")
    ada = journal.add_person(
        "Ada Lovelace", source="friend", name_from="Her brother", email="ada@example.org",
        phone="555-0101", organisation="Engine Works", job_title="Nurse at Engine Works",
        has_card=True, notes="Call Ada",
    )  # fmt: skip
    talk = journal.plan_interview(
        ada, nurse, at="2026-03-02T14:00+01:00", questions=["outlook", "home_life"],
        research_organisation="Engine Works has 400 beds", medium="at Engine Works",
    )  # fmt: skip
    journal.record_answer(talk, "outlook", text="Ada says: write to ada@example.org", rating=4,
                          why="Lovelace would know")  # fmt: skip
    journal.record_answer(talk, "home_life", text="Not for others", rating=1, private=True)
    journal.record_skill(talk, "calming Ada; listening", rank=1)
    journal.add_lead(talk, "A place at Engine Works", kind="job")
    journal.add_referral(talk, "Grace Hopper", note="Ada's friend")
    theme = journal.add_theme("Ada's view")
    (answer, private) = journal.answers(talk)
    journal.code(answer, theme, 0, 8)
    journal.code(private, theme, 0, 3)
    journal.finish_interview(talk, weight=0.5, weight_reason="Ada is new there")
    journal.plan_interview(ada, nurse, at="2026-07-01T09:30+02:00", questions=["path_in"])
    journal.record_decision(nurse, "Ask Ada again", "555-0101 is her number")
    journal.add_task(talk, "thank_you", due="2026-03-02", draft="Dear Ada Lovelace,")
    journal.add_task(None, "follow_up", due="2026-03-09", draft="Write to Ada")
    journal.keep_message(talk, "request", "Dear Ada Lovelace, your brother gave me your name.")
    journal.keep_message(talk, "referral", "Dear Ada, whom else may I ask?")
    return journal


def words_in(path) -> str:
    if path.suffix == ".xlsx":
        book = python_calamine.CalamineWorkbook.from_path(path)
        return "\n".join(str(book.get_sheet_by_name(n).to_python()) for n in book.sheet_names)
    return path.read_text(encoding="utf-8-sig").replace("\r\n ", "")


@pytest.mark.parametrize("ending", ENDINGS)
def test_names_contacts_and_private_answers_stay_behind(told, tmp_path, ending: str):
    words = words_in(told.export_file(tmp_path / f"x.{ending}"))
    assert [secret for secret in SECRETS if secret in words] == []
    assert "Nurse" in words


@pytest.mark.parametrize("ending", ENDINGS)
def test_with_names_only_the_lossless_kind_has_private_answers(told, tmp_path, ending: str):
    words = words_in(told.export_file(tmp_path / f"x.{ending}", redact=False))
    assert "Ada Lovelace" in words
    assert ("Not for others" in words) == (ending == "jsonl")
    if ending == "jsonl":
        lines = [json.loads(line) for line in words.splitlines()]
        (answers,) = (x["answers"] for x in lines if x.get("answers"))
        assert answers["home_life"]["private"] is True


@pytest.mark.parametrize("redact", [True, False])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_is_private_to_its_owner_and_replaced_in_one_step(
    told, tmp_path, ending: str, redact: bool
):
    path = tmp_path / f"x.{ending}"
    path.write_text("what was there before", encoding="utf-8")
    assert told.export_file(path, redact=redact) == path
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {p.name for p in tmp_path.iterdir() if ".part" in p.name} == set()


def test_what_cannot_be_written_is_said_and_what_was_there_stays(told, tmp_path, monkeypatch):
    from infonb.exchange import exporter

    path = tmp_path / "x.jsonl"
    path.write_text("before", encoding="utf-8")

    def fails(_journal, part, _redact):
        part.write_text("half", encoding="utf-8")
        raise infonb.InfonbError("no more")

    monkeypatch.setitem(exporter.WRITERS, "jsonl", exporter.Writer((".jsonl",), fails))
    with pytest.raises(infonb.InfonbError):
        told.export_file(path)
    assert path.read_text(encoding="utf-8") == "before"
    with pytest.raises(infonb.InfonbError, match=r"known are \.jsonl"):
        told.export_file(tmp_path / "x.doc")
    with pytest.raises(infonb.InfonbError, match="choose one of jsonl"):
        told.export_file(tmp_path / "x.doc", format="word")
    with pytest.raises(infonb.InfonbError, match="no folder"):
        told.export_file(tmp_path / "missing" / "x.csv")
    with pytest.raises(infonb.InfonbError, match="journal itself"):
        told.export_file(told.path, format="jsonl")


def test_forgetting_somebody_says_which_exports_name_them(told, tmp_path):
    told.export_file(tmp_path / "with.csv", redact=False)
    told.export_file(tmp_path / "without.csv")
    report = str(told.forget(told.people()[0]))
    assert "with.csv" in report and "without.csv" not in report


# there and back -----------------------------------------------------------------------------------

COUNTED = {"created_at", "version", "updated_at"}


def comparable(rows, also: set[str] = frozenset()):
    return {
        table: sorted(
            json.dumps({k: v for k, v in row.items() if k not in COUNTED | also}, sort_keys=True)
            for row in found
        )
        for table, found in rows.items()
    }


def same(one, other) -> None:
    """All rows are the same but for moments of entry, and identities that no file needs."""
    nameless = ("answer", "agenda", "skill_mention", "lead", "conduct", "task", "message")
    ours, theirs = one.rows(), other.rows()
    answers = [
        {row["id"]: (row["interview_id"], row["question"]) for row in rows["answer"]}
        for rows in (ours, theirs)
    ]
    for rows, of in zip((ours, theirs), answers, strict=True):
        rows["coding"] = [{**row, "answer_id": str(of[row["answer_id"]])} for row in rows["coding"]]
        for table in nameless:
            rows[table] = [{**row, "id": ""} for row in rows[table]]
    assert comparable(ours) == comparable(theirs)


def test_json_lines_bring_everything_back(told, tmp_path):
    path = told.export_file(tmp_path / "x.jsonl", redact=False)
    with infonb.open(tmp_path / "other.db") as other:
        report = other.import_file(path)
        assert report.problems == []
        same(told, other)
        assert other.import_file(path).added == 0
        again = other.export_file(tmp_path / "y.jsonl", redact=False)
    assert again.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", ["published", "example"])
def test_the_samples_come_back_whole(tmp_path, sample: str):
    with infonb.sample(sample) as journal, infonb.open(tmp_path / "other.db") as other:
        other.import_file(journal.export_file(tmp_path / "x.jsonl", redact=False))
        same(journal, other)


def test_a_file_without_names_never_overwrites_or_doubles(told, tmp_path):
    path = told.export_file(tmp_path / "x.jsonl")
    before = told.rows()
    report = told.import_file(path)
    assert (report.added, report.updated, report.problems) == (0, 0, [])
    assert told.rows() == before
    (talk, _) = told.interviews()
    told.record_answer(talk, "outlook", text="x")  # shorter than the passage in the file
    before = told.rows()
    told.import_file(path)
    assert told.rows() == before


def test_a_file_without_names_starts_a_journal_that_the_whole_file_completes(told, tmp_path):
    bare = told.export_file(tmp_path / "bare.jsonl")
    whole = told.export_file(tmp_path / "whole.jsonl", redact=False)
    with infonb.open(tmp_path / "other.db") as other:
        other.import_file(bare)
        assert {p.name for p in other.people()} == {"Nurse 1", "Contact 1"}
        assert [len(other.answers(i)) for i in other.interviews()] == [1, 0]
        other.import_file(whole)
        assert {p.name for p in other.people()} == {"Ada Lovelace", "Grace Hopper"}
        before = other.rows()
        assert other.import_file(bare).updated == 0
        assert other.rows() == before


def test_a_csv_comes_back_into_its_own_journal_unchanged(told, tmp_path):
    for redact in (True, False):
        path = told.export_file(tmp_path / f"{redact}.csv", redact=redact)
        before = comparable(told.rows())
        report = told.import_file(path)
        assert report.added == 0, str(report)
        assert comparable(told.rows()) == before


@pytest.fixture
def other(tmp_path):
    """A journal that files come back into."""
    with infonb.open(tmp_path / "other.db") as opened:
        yield opened


@FILES
@given(st.text(), st.text(min_size=1).filter(columns.says_something))
def test_any_text_goes_out_and_comes_back(tmp_path, journal, other, text: str, name: str):
    for left in (*journal.people(), *journal.occupations()):
        journal.remove(left)
    nurse = journal.add_occupation("Nurse")
    talk = journal.plan_interview(journal.add_person(name), nurse)
    journal.record_answer(talk, "outlook", text=text)
    kept = journal.answers(talk)[0].text
    for ending in ("jsonl", "csv"):
        path = journal.export_file(tmp_path / f"x.{ending}", redact=False)
        other.import_file(path)
        said = [a.text for i in other.interviews() for a in other.answers(i)]
        other.undo()
        assert said == [kept]


# spreadsheets -------------------------------------------------------------------------------------

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\r=1",
    "＝1",
    "|x",
    "%0A=1",
    "'=1",
    "''@",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_runs_as_a_formula(journal, tmp_path, text: str):
    nurse = journal.add_occupation(f"{text.strip()} nurse")
    talk = journal.plan_interview(journal.add_person(text), nurse)
    journal.record_answer(talk, "outlook", text=text)
    journal.record_skill(talk, text)
    path = journal.export_file(tmp_path / "x.csv", redact=False)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            assert not [
                c for c in row if c.strip().startswith(("=", "+", "-", "@", "＝", "|", "%"))
            ]
    book = journal.export_file(tmp_path / "x.xlsx", redact=False)
    import openpyxl

    for sheet in openpyxl.load_workbook(book):
        assert {c.data_type for row in sheet for c in row} <= {"s", "n", "inlineStr", "b", "d"}


@given(st.text() | st.sampled_from(FORMULAS).flatmap(lambda t: st.text().map(lambda u: t + u)))
def test_what_was_made_harmless_comes_back_as_it_was(text: str):
    assert as_it_was(harmless(text)) == text


def test_a_workbook_has_a_sheet_per_frame_with_its_rows(told, tmp_path):
    book = python_calamine.CalamineWorkbook.from_path(
        told.export_file(tmp_path / "x.xlsx", redact=False)
    )
    assert tuple(book.sheet_names)[: len(SHEETS)] == SHEETS
    findings = told.findings()
    for name in SHEETS:
        head, *rows = book.get_sheet_by_name(name).to_python()
        frame = getattr(findings, name)
        columns = set(frame.columns)
        if name == "answers":  # whose weight is the one that counts, not the answer's own
            columns = columns - {"private", "weight"} | {"counts"}
        if name == "themes":
            columns |= {"interview", "start", "end"}
        assert set(head) == columns
        # an answer off the record, and the passage marked in it, stay behind
        assert len(rows) == len(frame) - (name in ("answers", "themes"))


@settings(max_examples=6, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@example(["_x000B_ \x0b\r\n\x00", "é\n" * LONGEST])
@example(["\n", " ", "\t\n "])
@given(st.lists(st.text(min_size=1), min_size=1, max_size=len(QUESTIONS)))
def test_a_workbook_keeps_every_character(journal, tmp_path, texts: list[str]):
    talk = journal.plan_interview(journal.add_person("P"), journal.add_occupation("Nurse"))
    for question, text in zip(QUESTIONS, texts, strict=False):
        journal.record_answer(talk, question, text=text)
    kept = {answer.question: answer.text for answer in journal.answers(talk)}
    path = journal.export_file(tmp_path / "x.xlsx", redact=False)
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("answers")
    head, *rows = sheet.to_python(skip_empty_area=False)
    said = {
        row[head.index("question")]: "".join(
            str(c) for h, c in zip(head, row, strict=True) if str(h).startswith("text")
        )
        for row in rows
    }
    journal.remove(talk)
    assert said == {key: re.sub("[\ufffe\uffff]", "\ufffd", text) for key, text in kept.items()}


# people -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["vcard", "vcard3"])
def test_people_go_out_as_cards_that_another_program_reads(told, tmp_path, format: str):
    import vobject

    path = told.export_file(tmp_path / "x.vcf", format=format, redact=False)
    cards = list(vobject.readComponents(path.read_text(encoding="utf-8")))
    assert [card.fn.value for card in cards] == ["Ada Lovelace", "Grace Hopper"]
    assert cards[0].email.value == "ada@example.org" and cards[0].tel.value == "555-0101"
    assert cards[0].org.value == ["Engine Works"]
    assert cards[0].version.value == ("3.0" if format == "vcard3" else "4.0")
