"""A file with a fault is refused whole, with file, row, column, value and what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import infonb
from infonb.exchange import ImportRefused

GOOD = {
    "occupation": "Nurse",
    "person": {"name": "Ada"},
    "date": "2026-03-02",
    "answers": {"outlook": "Good"},
}
COMPLETE: dict[str, Any] = {
    "id": "c", "occupation": "Nurse", "soc": "29-1141",
    "person": {"name": "Ada", "source": "friend", "referred_by": "Ben", "may_be_named": False},
    "status": "done", "scheduled_at": "2026-03-02T14:00+01:00", "date": "2026-03-02", "minutes": 20,
    "research": {"occupation": "x"}, "confidence_after": 4, "weight": 1, "questions": ["outlook"],
    "answers": {"outlook": {"text": "Good", "rating": 4, "weight": 1, "private": False}},
    "skills": [{"phrase": "Calm", "rank": 1, "skill_id": "s", "confirmed": True}],
    "referrals": [{"name": "Cleo", "note": "n"}], "leads": [{"kind": "job", "text": "t", "status": "open"}],
    "conduct": {"thanked": 2}, "tasks": [{"kind": "thank_you", "due": "2026-03-02", "draft": "d"}],
    "source": {"publisher": "p"},
}  # fmt: skip

FAULTS: list[tuple[Any, str, str, str]] = [
    # what stands in the second row, the column named, the value shown, a word of what to do
    ({**GOOD, "answers": {"outlook": {"rating": 9}}}, "answers.outlook.rating", "9", "from 1 to 5"),
    ({**GOOD, "answers": {"outlook": {"rating": 2.5}}}, "answers.outlook.rating", "2.5", "whole"),
    ({**GOOD, "answers": {"outlook": {"rating": "4"}}}, "answers.outlook.rating", "'4'", "whole"),
    ({**GOOD, "answers": {"outlook": {"rating": True}}}, "answers.outlook.rating", "True", "whole"),
    ({**GOOD, "answers": {"outlook": {"weight": 2}}}, "answers.outlook.weight", "2", "0 to 1"),
    ({**GOOD, "answers": {"outlook": {"private": "yes"}}}, "answers.outlook.private", "'yes'", "true"),
    ({**GOOD, "answers": {"outlook": {"text": 5}}}, "answers.outlook.text", "5", "text"),
    ({**GOOD, "answers": {"outlook": {"text": []}}}, "answers.outlook.text", "[]", "text"),
    ({**GOOD, "answers": {"outlook": ["Good"]}}, "answers.outlook", "['Good']", "object"),
    ({**GOOD, "answers": {"outlok": "Good"}}, "answers.outlok", "'outlok'", "Known are"),
    ({**GOOD, "answers": ["Good"]}, "answers", "['Good']", "braces"),
    ({"occupation": "Nurse"}, "answers", "", "is missing"),
    ({**GOOD, "occupation": None}, "occupation", "", "name the occupation"),
    ({**GOOD, "occupation": "   "}, "occupation", "'   '", "empty"),
    ({**GOOD, "occupation": 7}, "occupation", "7", "text"),
    ({**GOOD, "soc": "nurse"}, "soc", "'nurse'", "17-2141"),
    ({**GOOD, "soc": 291141}, "soc", "291141", "17-2141"),
    ({**GOOD, "date": "2026-02-30"}, "date", "'2026-02-30'", "write a day"),
    ({**GOOD, "date": "March"}, "date", "'March'", "write a day"),
    ({**GOOD, "scheduled_at": "soon"}, "scheduled_at", "'soon'", "date and time"),
    ({**GOOD, "scheduled_at": "0001-01-01T00:00+14:00"}, "scheduled_at", "'0001", "date and time"),
    ({**GOOD, "ended_at": 5}, "ended_at", "5", "date and time"),
    ({**GOOD, "minutes": 0}, "minutes", "0", "from 1 to 600"),
    ({**GOOD, "status": "finished"}, "status", "'finished'", "choose one of"),
    ({**GOOD, "confidence_before": 6}, "confidence_before", "6", "from 1 to 5"),
    ({**GOOD, "weight": 1.5}, "weight", "1.5", "0 to 1"),
    ({**GOOD, "weight": 10**400}, "weight", "1000", "0 to 1"),
    ({**GOOD, "person": 5}, "person", "5", "object"),
    ({**GOOD, "person": {"name": ""}}, "person.name", "''", "empty"),
    ({**GOOD, "person": {"name": "Ada", "source": "uncle"}}, "person.source", "'uncle'", "choose"),
    ({**GOOD, "person": {"name": "Ada", "source": ["x"]}}, "person.source", "['x']", "choose"),
    ({**GOOD, "person": {"name": "Ada", "email": 5}}, "person.email", "5", "text"),
    ({**GOOD, "person": {"name": "Ada", "may_be_named": "no"}}, "person.may_be_named", "'no'", "true"),
    ({**GOOD, "person": {"name": "Ada", "referred_by": {}}}, "person.referred_by", "{}", "text"),
    ({**GOOD, "person": {"name": "Ada", "id": []}}, "person.id", "[]", "text"),
    ({**GOOD, "id": {}}, "id", "{}", "text"),
    ({**GOOD, "skills": "calm"}, "skills", "'calm'", "list"),
    ({**GOOD, "skills": [{"phrase": "calm", "rank": 4}]}, "skills.1.rank", "4", "from 1 to 3"),
    ({**GOOD, "skills": [{"phrase": "calm", "confirmed": "x"}]}, "skills.1.confirmed", "'x'", "true"),
    ({**GOOD, "skills": ["calm", {"phrase": ""}]}, "skills.2", "''", "empty"),
    ({**GOOD, "skills": [{"phrase": "calm", "skill_id": {}}]}, "skills.1.skill_id", "{}", "text"),
    ({**GOOD, "leads": [{"kind": "car", "text": "x"}]}, "leads.1.kind", "'car'", "choose"),
    ({**GOOD, "leads": [5]}, "leads.1", "5", "object"),
    ({**GOOD, "referrals": [{"name": 5}]}, "referrals.1", "5", "text"),
    ({**GOOD, "conduct": {"smiled": 2}}, "conduct.smiled", "'smiled'", "choose"),
    ({**GOOD, "conduct": {"thanked": 3}}, "conduct.thanked", "3", "from 0 to 2"),
    ({**GOOD, "tasks": [{"kind": "dance"}]}, "tasks.1", "'dance'", "choose"),
    ({**GOOD, "tasks": [{"kind": "thank_you", "due": "x"}]}, "tasks.1.due", "'x'", "write a day"),
    ({**GOOD, "questions": ["outlook", "mood"]}, "questions", "'mood'", "Known are"),
    ({**GOOD, "research": ["x"]}, "research", "['x']", "text"),
    ({**GOOD, "source": "A magazine"}, "source", "'A magazine'", "braces"),
    ({"kind": "wish", "text": "x"}, "kind", "'wish'", "known are interview"),
    ({"kind": "occupation", "soc": "29-1141"}, "title", "", "is missing"),
    ({"kind": "occupation", "title": "Nurse", "interest": 9}, "interest", "9", "from 1 to 5"),
    ({"kind": "person", "email": "x"}, "name", "", "is missing"),
    ({"kind": "strength"}, "phrase", "", "text"),
    ({"kind": "strength", "phrase": "x", "skill_id": 5}, "skill_id", "5", "text"),
    ({"kind": "importance", "question": "outlook", "value": 6}, "value", "6", "0 to 5"),
    ({"kind": "importance", "question": "outlook"}, "value", "", "missing"),
    ({"kind": "importance", "question": "mood", "value": 2}, "question", "'mood'", "Known are"),
    ({"kind": "question", "id": "outlook", "prompt": "x?"}, "id", "'outlook'", "standard"),
    ({"kind": "theme", "name": ""}, "name", "''", "empty"),
    ({"kind": "coding", "interview": "x", "question": "outlook", "theme": "t"}, "theme", "'t'", "no theme"),
    ({"kind": "decision", "next_step": 5}, "next_step", "5", "text"),
    ({"kind": "decision", "at": "soon"}, "at", "'soon'", "date and time"),
    ({"kind": "outcome", "outcome": ""}, "outcome", "''", "empty"),
    ('{"occupation": "Nurse", "answers": {"outlook": "a", "outlook": "b"}}', "outlook", "", "twice"),
    ('{"occupation": "Nurse"', "", "{\"occupation\"", "not JSON at character"),
    ('["Nurse"]', "", "[\"Nurse\"]", "no object"),
    ("[" * 100_000, "", "[[[", "each line"),
    ('{"occupation": "Nurse", "weight": ' + "9" * 5000 + "}", "", "Nurse", "each line"),
    ("5", "", "5", "no object"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "column", "value", "remedy"), FAULTS)
def test_every_fault_names_its_place_and_nothing_is_written(
    journal, lines, record, column: str, value: str, remedy: str
):
    journal.add_occupation("Librarian")
    before = journal.rows()
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(lines({**GOOD, "date": "2026-01-01"}, record, name="may.jsonl"))
    assert isinstance(refusal.value, infonb.InfonbError)
    problem = next(p for p in refusal.value.problems if p.error and p.column == column)
    assert (problem.file, problem.row) == ("may.jsonl", 2)
    assert value in problem.value and remedy in problem.what
    shown = str(refusal.value)
    assert "nothing was changed" in shown and "may.jsonl, row 2" in shown and column in shown
    assert journal.rows() == before
    assert journal.undo() is None


def test_all_faults_of_a_file_are_said_at_once(journal, lines):
    bad = [{**GOOD, "date": f"x{n}"} for n in range(30)]
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(lines(*bad))
    assert len(refusal.value.problems) == 30
    assert "and 10 more" in str(refusal.value)


def test_the_same_id_for_two_things_is_refused(journal, lines):
    with pytest.raises(ImportRefused, match=r"row 2, id: 'x' stands on another line"):
        journal.import_file(lines({**GOOD, "id": "x"}, {**GOOD, "id": "x", "date": "2026-05"}))


def test_long_ids_are_told_apart_to_their_end(journal, lines):
    records = [{**GOOD, "id": "x" * 200 + end} for end in "ab"]
    path = lines(*records)
    assert journal.import_file(path).added == 2
    assert journal.import_file(path).skipped == 2


def test_a_number_can_be_an_id(journal, lines):
    journal.import_file(lines({**GOOD, "id": 7}))
    assert journal.interview("7").date == "2026-03-02"


def test_what_is_not_utf_8_is_named_with_its_row(journal, tmp_path):
    path = tmp_path / "old.jsonl"
    path.write_bytes(json.dumps(GOOD).encode() + b'\n{"occupation": "Caf\xe9", "answers": {}}\n')
    with pytest.raises(ImportRefused, match=r"old\.jsonl, row 2: .*UTF-8 at byte 20"):
        journal.import_file(path)
    path = tmp_path / "old.csv"
    path.write_bytes(b"occupation,question,text\nNurse,outlook,fine\nNurse,notes,caf\x81\n")
    with pytest.raises(
        ImportRefused, match=r"old\.csv, row 3: .*Nurse,notes.*save the file as UTF-8"
    ):
        journal.import_file(path)


def test_what_is_no_file_of_ours_is_said(journal, table, tmp_path):
    with pytest.raises(infonb.InfonbError, match="neither JSON Lines nor a CSV"):
        journal.import_file(table("Dear diary", name="diary.md"))
    with pytest.raises(infonb.InfonbError, match="can't be read"):
        journal.import_file(tmp_path / "missing.jsonl")
    with pytest.raises(infonb.InfonbError, match="format is 'xml'; choose one of"):
        journal.import_file(table("x"), format="xml")


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({**GOOD, "mood": "good"}, "mood"),
        ({**GOOD, "person": {"name": "Ada", "age": 5}}, "person.age"),
        ({**GOOD, "answers": {"outlook": {"text": "x", "stars": 5}}}, "answers.outlook.stars"),
        ({**GOOD, "skills": [{"phrase": "x", "level": 2}]}, "skills.1.level"),
        ({**GOOD, "referrals": [{"name": "x", "phone": "5"}]}, "referrals.1.phone"),
        ({**GOOD, "research": {"occupation": "x", "town": "y"}}, "research.town"),
        ({"kind": "theme", "name": "x", "colour": "red"}, "colour"),
        ({"kind": "person", "name": "x", "age": 5}, "age"),
    ],
)
def test_unknown_keys_are_reported_and_the_rest_is_taken(journal, lines, record, place: str):
    report = journal.import_file(lines(record))
    assert [(p.row, p.column, p.error) for p in report.problems] == [(1, place, False)]
    assert "left out" in report.problems[0].what
    assert report.added == 1


def test_a_soc_code_that_contradicts_is_reported(journal, lines):
    report = journal.import_file(
        lines({**GOOD, "soc": "29-1141"}, {**GOOD, "soc": "29-1171", "date": "2026-05"})
    )
    assert [(p.row, p.column, p.error) for p in report.problems] == [(2, "soc", False)]
    assert journal.occupations()[0].soc == "29-1141"


# anything at all, anywhere ------------------------------------------------------------------------

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["2026-03", "outlook", "9999-12-31T23:59-12:00", "\ud800", "\x00", "c"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def paths(value: Any, here: tuple = ()) -> list[tuple]:
    found = [here] if here else []
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return found + [path for key, inner in items for path in paths(inner, (*here, key))]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(paths(COMPLETE)), ANYTHING)
def test_anything_anywhere_is_taken_or_refused_never_half(journal, lines, path: tuple, thing):
    record = json.loads(json.dumps(COMPLETE))
    spot = record
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = thing
    _taken_or_refused(journal, lines(record))


KINDS = ["occupation", "person", "question", "strength", "importance", "theme", "coding",
         "decision", "outcome", "interview"]  # fmt: skip
KEYS = ["id", "title", "name", "question", "value", "theme", "interview", "start", "end", "at",
        "outcome", "prompt", "phrase", "occupation", "answers", "referred_by"]  # fmt: skip


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=5))
def test_any_line_of_any_kind_is_taken_or_refused(journal, lines, kind: str, data):
    _taken_or_refused(journal, lines(COMPLETE, {**data, "kind": kind}))


def _taken_or_refused(journal, path) -> None:
    before = journal.rows()
    try:
        journal.import_file(path)
    except ImportRefused as refusal:
        str(refusal).encode("utf-8")
        assert journal.rows() == before
        return
    taken = journal.rows()
    again = journal.import_file(path)
    assert (again.added, again.updated) == (0, 0) and journal.rows() == taken
    journal.undo()
    assert journal.rows() == before
