"""From what is noted in the journal to what the findings and the page say of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import infonb
from infonb import report


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    with infonb.open(tmp_path / "search.db") as opened:
        yield opened


def talk(journal: Any, title: str, rating: int, **person: Any) -> Any:
    who = journal.add_person(f"P{len(journal.people())}", **person)
    interview = journal.plan_interview(who, journal.add_occupation(title), date="2026-05-02")
    journal.record_answer(interview, "home_life", text="Nights, mostly.", rating=rating)
    return journal.finish_interview(interview, date="2026-05-02")


def test_expected_four_heard_two_is_a_surprise(journal: Any) -> None:
    nurse = journal.add_occupation("Nurse")
    journal.set_expectation(nurse, "home_life", 4, at="2026-03-01")
    journal.set_expectation(nurse, "start_pay", 41_000, at="2026-03-01")
    for rating in (2, 2, 3):
        talk(journal, "Nurse", rating)
    found = journal.findings().expectations().set_index("question")
    row = found.loc["home_life"]
    assert (row["expected"], row["n"], bool(row["late"])) == (4, 3, False)
    assert bool(row["surprise"]) and row["chance"] == pytest.approx(0.969, abs=0.001)
    assert row["shift"] == pytest.approx(-5 / 3)
    assert found.loc["start_pay", "expected"] == 41_000 and found.loc["start_pay", "n"] == 0
    page = journal.findings().side_by_side()
    told = page[page["topic"] == "expected"]["text"].dropna().tolist()
    assert any("4, heard" in text for text in told)
    words = report.occupation(journal.findings(), "Nurse").html
    assert "Life at home 4, heard 2.3, a surprise; first jobs: I expected $41,000" in words
    talk(journal, "Teacher", 4)
    assert ": 4, heard" in report.side_by_side(journal.findings()).html


def test_what_was_noted_after_a_first_talk_is_late_and_no_surprise(journal: Any) -> None:
    talk(journal, "Nurse", 1)
    talk(journal, "Nurse", 1)
    journal.set_expectation(journal.occupations()[0], "home_life", 5, at="2026-05-03")
    [row] = journal.findings().expectations().to_dict("records")
    assert row["late"] and not row["surprise"] and row["shift"] == -4


def test_whom_one_heard_says_workplace_and_years(journal: Any) -> None:
    talk(journal, "Nurse", 3, workplace="hospital", years=12)
    page = journal.findings(redact=True).side_by_side()
    assert any("hospital, 12 years" in str(text) for text in page["text"].dropna())
    assert "hospital, 12 years" in report.occupation(journal.findings(redact=True), "Nurse").html
    assert journal.findings().people["workplace"].tolist() == ["hospital"]


def test_asking_is_counted_by_how_people_are_known(journal: Any) -> None:
    today = journal.today()
    for n, answer in enumerate(["answered_yes", "answered_yes", "answered_no", None]):
        who = journal.add_person(f"P{n}", source="friend")
        journal.record_contact(who, "asked", at=(today - dt.timedelta(days=30)).isoformat())
        if answer:
            journal.record_contact(who, answer, at=(today - dt.timedelta(days=28)).isoformat())
    new = journal.add_person("New", source="directory")
    journal.record_contact(new, "asked", at=today.isoformat())
    found = journal.findings().outreach().set_index("source")
    assert found.loc["friend", ["asked", "counted", "agreed"]].tolist() == [4, 4, 2]
    assert found.loc["friend", "days"] == 2 and found.loc["friend", "low"] < 0.5
    assert found.loc["directory", "asked"] == 1 and pd.isna(found.loc["directory", "share"])


def test_reflections_are_for_oneself(journal: Any) -> None:
    interview = talk(journal, "Nurse", 3)
    journal.record_reflection("surprised", "How quiet it is", interview)
    mine, theirs = journal.findings().reflections(), journal.findings(redact=True).reflections()
    assert mine["text"].tolist() == ["How quiet it is"] and theirs.empty
