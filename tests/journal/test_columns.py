"""What a column may hold stands once, and adding, changing and importing all ask it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re

import pandas as pd
import pytest

import infonb
from infonb.errors import InfonbError
from infonb.journal import Interview, Journal, columns, schema
from infonb.journal.records import RECORDS


def refused(journal: Journal, record, **changes) -> str:
    """Refuse a change in a sentence, and leave the record as it is."""
    before = journal.rows()
    with pytest.raises(infonb.InfonbError) as error:
        journal.update(record, **changes)
    assert "constraint" not in str(error.value)
    assert journal.rows() == before
    return str(error.value)


def test_the_table_agrees_with_the_tables_of_the_database() -> None:
    for table, known in columns.COLUMNS.items():
        stored = schema.metadata.tables[table]
        ranges = {
            found[1]: (float(found[2]), float(found[3]))
            for check in stored.constraints
            if (found := re.fullmatch(r"(\w+) BETWEEN (\S+) AND (\S+)", str(getattr(check, "sqltext", ""))))
        }  # fmt: skip
        for name, column in known.items():
            assert name in stored.c, (table, name)
            defaults = stored.c[name].default is not None
            assert column.required or stored.c[name].nullable or defaults, (table, name)
            if column.required:
                assert not stored.c[name].nullable, (table, name)
            if name in ranges:
                low, high = ranges[name]
                assert (column.check(low, name), column.check(high, name)) == (low, high)
                for beyond in (low - 1, high + 1):
                    with pytest.raises(infonb.InfonbError):
                        column.check(beyond, name)
        for check in stored.constraints:
            listed = re.fullmatch(r"(\w+) IN \((.*)\)", str(getattr(check, "sqltext", "")))
            if listed:
                for word in re.findall(r"'(\w+)'", listed[2]):
                    assert known[listed[1]].check(word, "") == word
                with pytest.raises(infonb.InfonbError):
                    known[listed[1]].check("no such word", "")


def test_every_field_of_a_record_is_checked_or_kept_by_infonb_itself() -> None:
    kept = {
        "id",
        "interview_id",
        "answer_id",
        "theme_id",
        "person_id",
        "transcript_id",
        "occupation_id",
        "version",
        "updated_at",
        "questions",
    }
    for table, record in RECORDS.items():
        fields = {field.name for field in dataclasses.fields(record)} - kept
        if table == "interview":
            fields |= {"person_id", "occupation_id"}
        assert fields <= set(columns.COLUMNS[table]), table


def test_a_passage_stays_inside_its_answer(journal: Journal, interview: Interview) -> None:
    answer = journal.record_answer(interview, "enjoy_most", text="The quiet")
    coding = journal.code(answer, journal.add_theme("calm"), 0, 3)
    assert "don't lie in this answer" in refused(journal, coding, end=10**6)
    assert "don't lie in this answer" in refused(journal, coding, start=5)
    assert "missing" in refused(journal, coding, start=None)


def test_nobody_is_referred_by_themselves_or_in_a_circle(journal: Journal) -> None:
    ada = journal.add_person("Ada")
    sam = journal.add_person("Sam", referred_by=ada)
    kim = journal.add_person("Kim", referred_by=sam)
    refused(journal, ada, referred_by=ada)
    assert "circle" in refused(journal, ada, referred_by=kim)
    assert journal.update(kim, referred_by=ada).referred_by == ada.id


def test_a_change_makes_no_twin(journal: Journal, interview: Interview) -> None:
    calm, patient = journal.add_strength("calm"), journal.add_strength("patience")
    assert "already" in refused(journal, patient, phrase="Calm")
    assert journal.update(calm, phrase="Calm").phrase == "Calm"
    journal.add_theme("being needed")
    assert "already" in refused(journal, journal.add_theme("pay"), name="Being  Needed")
    journal.record_skill(interview, "lifting")
    assert "already" in refused(journal, journal.record_skill(interview, "math"), phrase="LIFTING")


def test_a_day_is_the_same_moment_typed_or_in_a_file(journal: Journal, tmp_path) -> None:
    file = tmp_path / "end.jsonl"
    line = {"kind": "outcome", "outcome": "study", "at": "2026-03-02"}
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    journal.import_file(file)
    typed = journal.record_outcome("job", at="2026-03-02")
    assert {outcome.at for outcome in journal.outcomes()} == {typed.at}


@pytest.mark.parametrize(
    "source", ["text", {"ref": dt.date(2026, 1, 1)}, {"parts": ["a"]}, ["a"], 3, {"n": float("nan")}]
)  # fmt: skip
def test_a_source_that_is_none_is_refused(journal: Journal, interview: Interview, source) -> None:
    refused(journal, interview, source=source)


def test_what_a_source_says_can_be_stored(journal: Journal, interview: Interview) -> None:
    assert journal.update(interview, source={"ref": "a\0b"}).source == {"ref": "a\ufffdb"}


@pytest.mark.parametrize("value", [pd.NA, None, "yes", float("nan"), [], 2])
def test_a_flag_is_yes_or_no(journal: Journal, value) -> None:
    refused(journal, journal.add_person("Ada"), has_card=value)


def test_a_message_keeps_its_spaces(journal: Journal, interview: Interview) -> None:
    journal.keep_message(interview, "request", "Dear Sam")
    message = journal._records(infonb.journal.Message)[0]
    journal.update(message, text="Dear  Sam")
    assert journal.messages(interview) == {"request": "Dear  Sam"}


def test_nothing_where_something_must_stand_is_said_in_a_sentence(
    journal: Journal, interview: Interview
) -> None:
    journal.set_importance("home_life", 3)
    importance = journal._records(infonb.journal.Importance)[0]
    assert "missing" in refused(journal, importance, value=None)
    conduct = journal.record_conduct(interview, "kept_to_time", 1)
    assert "missing" in refused(journal, conduct, score=None)
    assert "no person 'nope'" in refused(journal, interview, person="nope")


def test_a_task_is_due_on_a_day(journal: Journal, interview: Interview) -> None:
    with pytest.raises(infonb.InfonbError, match="write a day"):
        journal.add_task(interview, due="2026")
    task = journal.add_task(interview, due="2999-01-01")
    refused(journal, task, due="2026-03")
    with journal.transaction() as write:  # an older journal may hold one
        write.change(schema.task, write.the(schema.task, task.id), {"due": str(dt.date.max.year)})
        write.change(schema.task, write.the(schema.task, task.id), {"due": "2026"})
    year = journal.today().year
    assert bool(journal.tasks().set_index("task").overdue[task.id]) is (year > 2026)


def test_a_theme_of_another_journal_is_ours_whatever_its_case(tmp_path) -> None:
    for name, theme in (("a", "being needed"), ("b", "Being Needed")):
        with infonb.open(tmp_path / f"{name}.db") as journal:
            who, about = journal.add_person(name), journal.add_occupation("Nurse")
            interview = journal.plan_interview(who, about)
            answer = journal.record_answer(interview, "enjoy_most", text="The quiet")
            journal.code(answer, journal.add_theme(theme), 0, 3)
    with infonb.open(tmp_path / "b.db") as journal:
        journal.import_file(tmp_path / "a.db")
        assert [theme.name for theme in journal.themes()] == ["Being Needed"]
        theme = journal.themes()[0].id
        assert [coding["theme_id"] for coding in journal.rows()["coding"]] == [theme, theme]


def test_a_rank_belongs_to_one_skill_whichever_way_it_comes(journal, tmp_path):
    talk = journal.plan_interview(journal.add_person("Ada"), journal.add_occupation("Nurse"))
    ranks = lambda: {m.phrase: m.rank for m in journal.skills(talk)}  # noqa: E731
    journal.record_skill(talk, "listening", rank=1)
    writing = journal.record_skill(talk, "writing", rank=1)
    assert ranks() == {"listening": None, "writing": 1}
    listening = next(m for m in journal.skills(talk) if m.phrase == "listening")
    journal.update(listening, rank=1)
    assert ranks() == {"listening": 1, "writing": None}
    journal.undo()
    assert ranks() == {"listening": None, "writing": 1} and writing.rank == 1
    path = tmp_path / "two.jsonl"
    line = '{"occupation": "Cook", "person": "B", "answers": {}, "skills": [{"phrase": "a", "rank": 2}, {"phrase": "b", "rank": 2}]}'
    path.write_text(line, encoding="utf-8")
    report = journal.import_file(path)
    cook = journal.interviews()[-1]
    assert {m.phrase: m.rank for m in journal.skills(cook)} == {"a": 2, "b": None}
    assert [(p.column, p.value, p.error) for p in report.problems] == [
        ("skills.2.rank", "2", False)
    ]


def test_a_decision_that_decides_nothing_is_refused(journal, tmp_path):
    with pytest.raises(InfonbError, match="decides nothing yet"):
        journal.record_decision(next_step="  ", why="")
    path = tmp_path / "none.jsonl"
    path.write_text('{"kind": "decision", "at": "2026-03-02"}', encoding="utf-8")
    report = journal.import_file(path)
    assert journal.decisions() == [] and "decides nothing" in str(report.problems[0])
