"""Debrief: thanks noted by the way, a thought for oneself, consent with its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from form_controls import find, is_shown, shown

import infonb
from infonb.widgets import Debrief


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        yield journal


@pytest.fixture
def held(journal: Any) -> Any:
    talk = journal.plan_interview(journal.add_person("Ada L."), journal.add_occupation("Nurse"))
    for key in infonb.method.AGENDA_DEFAULT:
        journal.record_answer(talk, key, text=f"About {key}")
    return journal.finish_interview(talk)


def test_copying_the_note_notes_the_thanks_and_leaves_what_was_typed(
    journal: Any, held: Any
) -> None:
    form = Debrief(journal, held)
    note = form.thanks.note
    note.text.value = "Dear Ada, in my own words."
    note.sending.used = "refused 1"
    assert journal.contacts() == []
    note.sending.used = "mailed 2"
    [contact] = journal.contacts()
    assert (contact.kind, contact.channel) == ("thanked", "e-mail")
    assert journal.tasks().set_index("kind")["done_at"].notna()["thank_you"]
    assert note.text.value == "Dear Ada, in my own words." and "thanked today" in form.said
    find(form, "I haven't sent it").click()
    assert journal.contacts() == []
    assert journal.tasks().set_index("kind")["done_at"].isna()["thank_you"]


def test_a_thought_is_kept_for_oneself_and_two_more_are_folded(journal: Any, held: Any) -> None:
    form = Debrief(journal, held)
    find(form, "What surprised you?").value = "How much"
    find(form, "What surprised you?").value = "How much of it is writing"
    find(form, "What will you ask next?").value = "Who reads it?"
    noted = {each.prompt: each.text for each in journal.reflections(held)}
    assert noted == {"surprised": "How much of it is writing", "ask_next": "Who reads it?"}
    again = Debrief(journal, held)
    assert find(again, "What surprised you?").value == "How much of it is writing"
    find(again, "What surprised you?").value = ""
    assert [each.prompt for each in journal.reflections(held)] == ["ask_next"]


def test_what_was_expected_otherwise_stands_beside_the_thought(journal: Any, held: Any) -> None:
    journal.set_expectation(held.occupation_id, "typical_day", 4)
    form = Debrief(journal, held)
    assert "You expected" not in shown(form.thanks)
    find(form, infonb.method.QUESTIONS["typical_day"].to_oneself).value = 2
    assert "You expected 4 of 5, and heard 2: a usual day." in shown(form.thanks)


def test_consent_is_a_tick_with_its_day(journal: Any, held: Any) -> None:
    form = Debrief(journal, held)
    assert not is_shown(form.more.asked_on)
    find(form, "They agreed to be quoted").value = True
    assert is_shown(form.more.asked_on) and form.more.asked_on.value == journal.today()
    find(form, "They agreed to be recorded").value = True
    find(form, "They agreed to be recorded").value = False
    assert journal.consents(held.person_id) == {"quoting": True, "recording": False}
    find(form, "The day you asked").value = dt.date(2026, 3, 2)
    assert {row["day"] for row in journal.rows()["consent"]} == {"2026-03-02"}
    again = Debrief(journal, held)
    assert find(again, "They agreed to be quoted").value
    assert find(again, "The day you asked").value == dt.date(2026, 3, 2)


def test_five_answers_are_in_sight_and_the_others_behind_a_line(journal: Any, held: Any) -> None:
    form = Debrief(journal, held)
    assert len(form.answers.box.children) == 5
    assert form.answers.rest.children[0].rest == ": two questions"
    assert len(form.answers.others.children) == 2
