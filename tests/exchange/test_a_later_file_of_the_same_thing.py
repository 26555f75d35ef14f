"""A later download of the same form or contacts: nothing is doubled, merged or overwritten unasked."""

from __future__ import annotations

from typing import Any

import pytest

LIKE = "What do you like most about your job?"
DAY = "Describe a typical day at work"
HEADER = f"Timestamp,Which occupation,Who did you interview,{LIKE},{DAY},Rate the job outlook\n"
ROW = "2026-03-13 14:14:05,Nurse,Ada Loom,{like},{day},{rating}\n"


def row(like: str = "the quiet", day: str = "early", rating: str = "4") -> str:
    return HEADER + ROW.format(like=like, day=day, rating=rating)


def texts(journal: Any) -> dict[str, Any]:
    return {a.question: a.text or a.rating for i in journal.interviews() for a in journal.answers(i)}


def test_what_was_corrected_here_stays_when_the_file_grows(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "enjoy_most", text="quiet (corrected)")
    report = journal.import_file(table(row(day="early then late")))
    assert texts(journal)["enjoy_most"] == "quiet (corrected)"
    assert texts(journal)["typical_day"] == "early then late"  # nobody had touched it
    assert [p.column for p in report.problems] == ["answers.enjoy_most"]
    assert "was changed here" in str(report) and "'the quiet'" in str(report)


def test_what_the_file_says_anew_is_kept_beside_it_once(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "enjoy_most", text="quiet (corrected)")
    for day in ("early", "late", "later"):
        journal.import_file(table(row(like="the silence", day=day)))
        text = texts(journal)["enjoy_most"]
        assert text.startswith("quiet (corrected)") and text.count("the silence") == 1
        assert texts(journal)["typical_day"] == day


def test_a_rating_changed_here_stays(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "outlook", rating=2)
    report = journal.import_file(table(row(day="late")))
    assert texts(journal)["outlook"] == 2 and "outlook.rating" in str(report)
    report = journal.import_file(table(row(day="late", rating="5")))
    (answer,) = (a for a in journal.answers(journal.interviews()[0]) if a.question == "outlook")
    assert answer.rating == 2 and "rating 5" in answer.text


def test_what_was_removed_here_does_not_come_back(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "enjoy_most", text="")
    report = journal.import_file(table(row(day="late")))
    assert not texts(journal)["enjoy_most"] and "was changed here" in str(report)


def test_what_nobody_touched_follows_the_file(journal: Any, table: Any) -> None:
    for like in ("a", "b", "c"):
        report = journal.import_file(table(row(like=like)))
        assert texts(journal)["enjoy_most"] == like and not report.problems
