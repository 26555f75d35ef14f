"""Whom to ask, to remind and to thank today: one reminder, nobody forgotten, nobody pressed."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infonb
from infonb import follow_up, method
from infonb.cli import main

MONDAY = dt.date(2026, 5, 11)


def person(journal, name="Ada", about="Nurse", **more):
    """Somebody to ask about an occupation; nothing is agreed yet."""
    found = journal.add_person(name, **more)
    if about:
        journal.plan_interview(found, journal.add_occupation(about))
    return found


def due(journal, after: int = 0):
    found = follow_up.due_contacts(journal, MONDAY + dt.timedelta(days=after))
    return list(zip(found["do"], found["name"], strict=True))


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 60))
@settings(max_examples=100)
def test_working_days_are_those_one_counts_on_fingers(since, days):
    until = since + dt.timedelta(days=days)
    counted = sum((since + dt.timedelta(days=n)).weekday() < 5 for n in range(1, days + 1))
    assert method.working_days(since, until) == counted


@pytest.mark.parametrize(("key", "asked", "day"), [
    ("ask_next", MONDAY, dt.date(2026, 5, 14)),
    ("ask_next", dt.date(2026, 5, 15), dt.date(2026, 5, 20)),  # a Friday
    ("ask_next", dt.date(2026, 5, 16), dt.date(2026, 5, 20)),  # a Saturday
    ("remind", MONDAY, dt.date(2026, 5, 20)),
    ("come_back", MONDAY, dt.date(2026, 6, 8)),
    ("remind", dt.date.max, dt.date.max),
])  # fmt: skip
def test_a_day_of_the_cadence_is_counted_in_working_days(key, asked, day):
    assert method.CADENCE[key].day(asked) == day


def test_every_pause_says_whose_advice_it_is():
    assert all(pause.source and pause.do for pause in method.CADENCE.values())


def test_the_next_person_is_asked_after_three_working_days_of_silence(journal):
    ada = person(journal, source="friend")
    person(journal, "Ben", source="directory")
    assert due(journal) == [("ask", "Ada")]
    journal.record_contact(ada, "asked", at=MONDAY)
    assert [due(journal, after) for after in (0, 1, 2)] == [[], [], []]
    assert due(journal, 3) == [("ask", "Ben")]


@pytest.mark.parametrize("answer", ["answered_no", "answered_later", "answered_yes", "no_answer"])
def test_an_answer_frees_one_to_ask_the_next_at_once(journal, answer):
    ada = person(journal)
    person(journal, "Ben")
    journal.record_contact(ada, "asked", at=MONDAY)
    journal.record_contact(ada, answer, at="2026-05-12")
    assert due(journal, 1) == [("ask", "Ben")]


def test_one_reminder_after_seven_working_days_and_never_another(journal):
    ada = person(journal)
    journal.record_contact(ada, "asked", at=MONDAY)
    assert due(journal, 8) == []
    assert due(journal, 9) == [("remind", "Ada")] == due(journal, 30)
    journal.record_contact(ada, "reminded", at="2026-05-20")
    assert due(journal, 9) == [] == due(journal, 300)


def test_asking_again_while_one_waits_is_the_reminder(journal):
    ada = person(journal)
    journal.record_contact(ada, "asked", at=MONDAY)
    journal.record_contact(ada, "asked", at="2026-05-18")
    assert due(journal, 60) == []


def test_after_a_talk_one_can_ask_anew(journal):
    ada = person(journal)
    talk = journal.interviews()[0]
    journal.record_contact(ada, "asked", at="2026-03-02")
    journal.finish_interview(talk, date="2026-03-09")
    journal.record_contact(ada, "thanked", at="2026-03-09")
    assert due(journal) == []
    journal.record_contact(ada, "asked", at=MONDAY)
    assert due(journal, 9) == [("remind", "Ada")]


def test_who_said_later_is_asked_once_more_after_four_weeks(journal):
    ada = person(journal)
    journal.record_contact(ada, "asked", at="2026-05-08")
    journal.record_contact(ada, "answered_later", at=MONDAY)
    assert due(journal, 27) == []
    assert due(journal, 28) == [("remind", "Ada")]
    journal.record_contact(ada, "reminded", at="2026-06-08")
    assert due(journal, 300) == []


def test_a_day_that_was_agreed_on_is_an_answer(journal):
    ada = person(journal)
    journal.record_contact(ada, "asked", at=MONDAY)
    journal.update(journal.interviews()[0], scheduled_at="2026-06-01T10:00+02:00")
    assert due(journal, 20) == []


@pytest.mark.parametrize("status", ["declined", "cancelled"])
def test_who_declined_is_neither_reminded_nor_asked(journal, status):
    ada = person(journal)
    journal.record_contact(ada, "asked", at=MONDAY)
    journal.update(journal.interviews()[0], status=status)
    assert due(journal, 20) == []


def test_one_waits_per_occupation(journal):
    ada = person(journal, "Ada", "Nurse")
    for name, about in (("Ben", "Nurse"), ("Cem", "Baker"), ("Dan", "Baker"), ("Eve", None)):
        person(journal, name, about)
    journal.record_contact(ada, "asked", at=MONDAY)
    assert due(journal) == [("ask", "Cem"), ("ask", "Eve")]


def test_the_closest_are_asked_first_then_who_waits_longest(journal):
    mother = person(journal, "Mia", None, source="family")
    for name, how in (("Dora", "directory"), ("Otto", None), ("Fay", "friend"), ("Finn", "friend")):
        person(journal, name, None, source=how)
    journal.add_person("Rosa", referred_by=mother)
    order = [found.name for found in follow_up.to_ask(journal)]
    assert order == ["Fay", "Finn", "Mia", "Rosa", "Dora", "Otto"]
    assert due(journal) == [("ask", "Fay")]


def test_thanks_are_owed_from_the_day_of_the_talk_until_given(journal):
    ada = person(journal)
    journal.finish_interview(journal.interviews()[0], date=MONDAY)
    found = follow_up.due_contacts(journal, MONDAY)
    assert found[["do", "name", "since"]].values.tolist() == [["thank", "Ada", "2026-05-11"]]
    assert journal.task(found["task"][0]).kind == "thank_you"
    journal.record_contact(ada, "thanked", at=MONDAY)
    assert due(journal) == []


def test_who_was_met_without_an_interview_is_thanked_too(journal):
    eve = person(journal, "Eve", None)
    journal.record_contact(eve, "met", at=MONDAY)
    assert due(journal) == [("thank", "Eve")]
    journal.record_contact(eve, "thanked", at="2026-05-12")
    assert due(journal, 1) == []


def test_who_was_forgotten_is_left_alone(journal):
    ada, ben = person(journal), person(journal, "Ben")
    journal.record_contact(ada, "asked", at=MONDAY)
    journal.forget(ada)
    journal.forget(ben)
    assert due(journal, 20) == []
    assert follow_up.to_ask(journal) == []


def test_nobody_is_in_two_minds_and_an_empty_journal_asks_for_nothing(journal):
    found = follow_up.due_contacts(journal)
    assert found.empty
    assert list(found) == [
        "do", "person", "name", "occupation", "since", "waited", "why", "task", "interview",
    ]  # fmt: skip


def test_tasks_on_the_command_line_say_whom_to_ask_and_remind(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("INFONB_TODAY", "2026-05-20")
    with infonb.open(tmp_path / "search.db") as journal:
        ada = person(journal, "Ada")
        person(journal, "Ben", name_from="Ada")
        journal.record_contact(ada, "asked", at=MONDAY)
    assert main(["--journal", str(tmp_path / "search.db"), "tasks"]) == 0
    said = capsys.readouterr().out
    assert "2026-05-11 remind" in said and "Ada, Nurse (one friendly reminder" in said
    assert "today      ask           Ben, Nurse (how you know of them: Ada)" in said
    assert "Nothing is owed" not in said


def test_the_calendar_holds_the_reminder_until_they_answer(journal, tmp_path):
    ada = person(journal)
    journal.record_contact(ada, "asked", at=MONDAY)

    def reminder(redact):
        file = journal.export_file(tmp_path / "x.ics", redact=redact)
        events = icalendar.Calendar.from_ical(file.read_text(encoding="utf-8")).walk("VEVENT")
        (event,) = [event for event in events if event["UID"].startswith("request-")]
        return event

    named, bare = reminder(redact=False), reminder(redact=True)
    assert named["SUMMARY"] == "Remind Ada, once" and "Ada" not in bare["SUMMARY"]
    assert named["DTSTART"].dt == dt.date(2026, 5, 20) and named["STATUS"] == "CONFIRMED"
    journal.record_contact(ada, "answered_yes", at="2026-05-12")
    assert reminder(redact=False)["STATUS"] == "CANCELLED"
    assert reminder(redact=False)["UID"] == named["UID"]
