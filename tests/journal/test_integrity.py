"""`check` finds what broke, in plain words, and nothing in a sound journal."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

import infonb
from infonb.errors import InfonbWarning
from infonb.journal import Journal, check_file


@pytest.mark.parametrize("name", ["published", "example"])
def test_the_samples_are_sound(name: str) -> None:
    with infonb.sample(name) as journal:
        assert journal.check() == []


def test_a_journal_in_use_is_sound(journal: Journal, help: Any) -> None:
    interview = help.plan(journal)
    answer = journal.record_answer(interview, journal.add_question("Why?"), text="because")
    journal.record_answer(interview, answer.question, text="because of that")
    journal.code(answer, journal.add_theme("Reasons"))
    journal.start_interview(interview)
    journal.finish_interview(interview, date="2026-03")
    journal.record_conduct(interview, "kept_to_time", 2)
    journal.update(journal.people()[0], referred_by=journal.add_person("Kim"))
    assert journal.check() == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE answer SET question = 'salary'", "'salary', which is no known question"),
        ("UPDATE agenda SET question = 'salary'", "A row of agenda is about 'salary'"),
        ("UPDATE conduct SET item = 'shoes'", "'shoes', which is on no checklist"),
        ('UPDATE coding SET "end" = 900', "to 900 of a text that has"),
        ("UPDATE answer_history SET version = 9", "holds version 9"),
        ("UPDATE occupation SET title_key = 'x'", "filed under another title"),
        ("UPDATE interview SET started_at = '2026-03-02T14:00:00.000000+00:00', "
         "ended_at = '2026-03-02T13:00:00.000000+00:00'", "ended before it started"),
        ("UPDATE interview SET date = '2026-02-30'", "'2026-02-30', which is none"),
        ("UPDATE answer SET updated_at = 'soon'", "'soon', which is no moment"),
        ("UPDATE person SET referred_by = id", "referred each other in a circle"),
    ],
)  # fmt: skip
def test_what_only_infonb_can_know_is_checked(
    journal: Journal, help: Any, statement: str, words: str
) -> None:
    interview = help.plan(journal)
    journal.update(interview, questions=["outlook"])
    answer = journal.record_answer(interview, "outlook", text="good")
    journal.record_answer(interview, "outlook", text="better")
    journal.code(answer, journal.add_theme("Future"))
    journal.record_conduct(interview, "kept_to_time", 2)
    with journal.transaction() as write:
        write.connection.execute(text(statement))
    (problem,) = journal.check()
    assert words in problem
    assert problem.endswith(".")


def test_rows_that_belong_to_nothing_are_found(file_journal: Journal, help: Any) -> None:
    help.plan(file_journal)
    with file_journal._engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("DELETE FROM person")
        raw.execute("PRAGMA foreign_keys=ON")
    assert file_journal.check() == ["A row of interview belongs to a person that isn't there."]


def test_values_that_the_rules_forbid_are_found(file_journal: Journal, help: Any) -> None:
    file_journal.record_answer(help.plan(file_journal), "outlook", text="good")
    with file_journal._engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA ignore_check_constraints=ON")
        raw.execute("UPDATE answer SET rating = 9")
        raw.execute("PRAGMA ignore_check_constraints=OFF")
    (problem,) = file_journal.check()
    assert "answer" in problem
    with pytest.warns(InfonbWarning, match=r"search\.db is damaged"):  # no backup of what's broken
        file_journal.close()


def test_a_file_is_checked_without_being_opened_first(place: str) -> None:
    infonb.open(place).close()
    assert check_file(place) == []


def test_a_server_that_is_not_there_is_a_problem() -> None:
    (problem,) = check_file("postgresql://me:secret@127.0.0.1:1/search?connect_timeout=2")
    assert "can't be reached" in problem
    assert "secret" not in problem
