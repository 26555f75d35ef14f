"""Prepare: what one expects before the first interview, and asking by the way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from form_controls import find, is_shown, of, shown

import infonb
from infonb.widgets import Prepare
from infonb.widgets.answered import Standing


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        yield journal


def planned(journal: Any, name: str = "Ada L.", about: str = "Nurse") -> Any:
    known = {each.title: each for each in journal.occupations()}
    occupation = known.get(about) or journal.add_occupation(about)
    person = journal.add_person(name, source="friend", email="ada@example.org")
    return journal.plan_interview(person, occupation, questions=["path_in"])


# ---------------------------------------------------------------- my guess


def test_four_questions_and_the_pay_are_guessed_and_no_idea_is_not_stored(journal: Any) -> None:
    talk = planned(journal)
    form = Prepare(journal)
    of(form, "Say what you expect of Nurse").click()
    assert form._step.value == "My guess"
    rows = [row.description for row in form.guess.rows.children]
    assert rows == ["Life at home", "A usual day", "Outlook", "Enjoyed most"]
    assert all(row.label == "no idea" for row in form.guess.rows.children)
    assert [text for text, _ in form.guess.rows.children[0].options] == [
        "no idea", "1, bad for home life", "2", "3", "4", "5, good for home life",
    ]  # fmt: skip
    form.guess.rows.children[0].value = 4
    find(form, "Pay you expect to start with, a year").value = "$48k"
    assert find(form, "Pay you expect to start with, a year").value == "48,000"
    stored = {e.question: e.rating or e.amount for e in journal.expectations(talk.occupation_id)}
    assert stored == {"home_life": 4, "start_pay": 48000}
    find(form.guess, "Done").click()
    assert form._step.value == "Plan" and "Nurse: noted." in form.said


def test_what_matters_is_guessed_first(journal: Any) -> None:
    journal.add_occupation("Nurse")
    for key, value in (("advancement", 3.0), ("preparation", 5.0), ("outlook", 0.0)):
        journal.set_importance(key, value)
    rows = [row.description for row in Prepare(journal).guess.rows.children]
    assert rows == ["Preparation", "Chances to advance", "Life at home", "A usual day"]


def test_a_slip_is_set_right_and_what_was_said_before_stays_first(journal: Any) -> None:
    nurse = journal.add_occupation("Nurse")
    journal.set_expectation(nurse, "outlook", 5, at="2020-03-01")
    form = Prepare(journal)
    form.guess.ask(nurse.id)
    home, _, outlook, _ = form.guess.rows.children
    home.value = 1
    home.value = 3
    outlook.value = 2
    noted = [(e.question, e.rating) for e in journal.expectations(nurse)]
    assert noted == [("outlook", 5), ("home_life", 3), ("outlook", 2)]
    assert form.said == "Noted. What you expected first stays beside it."
    home.value = ""
    assert "home_life" not in [e.question for e in journal.expectations(nurse)]


def test_pay_that_is_no_number_is_said_so_and_not_stored(journal: Any) -> None:
    nurse = journal.add_occupation("Nurse")
    form = Prepare(journal)
    find(form, "Pay you expect to start with, a year").value = "a lot"
    assert form.said == "Type a number, for example 48000, or leave it empty."
    assert journal.expectations(nurse) == []


def test_after_a_first_interview_nothing_is_asked_and_what_is_noted_is_late(journal: Any) -> None:
    talk = planned(journal)
    journal.finish_interview(talk)
    journal.add_occupation("Baker")
    form = Prepare(journal)
    assert [label for label, _ in form.guess.about.options] == ["Baker"]
    assert not is_shown(form.guess.late)
    assert "Guess: Nurse" not in shown(form.today)
    find(form, "An occupation you have noted, or heard of").value = talk.occupation_id
    assert is_shown(form.guess.late)
    form.guess.rows.children[0].value = 2
    assert journal.findings().expectations()["late"].tolist() == [True]
    journal.add_occupation("Judge")


def test_without_an_occupation_there_is_nothing_to_guess(journal: Any) -> None:
    form = Prepare(journal)
    assert "Add an occupation first" in shown(form.guess) and not is_shown(form.guess.fields)


# ---------------------------------------------------------------- asking


def use(draft: Any, how: str) -> None:
    """As if it had been copied, or opened in the mail program."""
    draft.sending.used = f"{how} 1"


@pytest.mark.parametrize(("how", "channel"), [("copied", "message"), ("mailed", "e-mail")])
def test_copying_or_mailing_the_message_notes_that_one_asked(
    journal: Any, how: str, channel: str
) -> None:
    talk = planned(journal)
    form = Prepare(journal)
    of(form, "Write the message to Ada L.").click()
    draft = form.people.request.drafts["request"]
    draft.text.value = "Dear Ada, in my own words."
    use(draft, how)
    [contact] = journal.contacts()
    assert (contact.kind, contact.channel) == ("asked", channel)
    assert (contact.person_id, draft.text.value) == (talk.person_id, "Dear Ada, in my own words.")
    assert form.said.startswith("Noted: asked today.")
    find(form.people, "I haven't sent it").click()
    assert journal.contacts() == [] and form.said == "Then nothing is noted. The message is kept."


def test_where_copying_is_not_allowed_nothing_is_noted_until_it_is_said_to_be_sent(
    journal: Any,
) -> None:
    form = Prepare(journal)
    form.write_to(planned(journal))
    use(form.people.request.drafts["request"], "refused")
    assert journal.contacts() == [] and is_shown(form.people.request.sent)
    find(form.people, "I have sent it").click()
    assert [each.kind for each in journal.contacts()] == ["asked"]


def test_a_call_is_asking_by_phone(journal: Any) -> None:
    form = Prepare(journal)
    form.write_to(planned(journal))
    find(form, "I have called them").click()
    assert [(each.kind, each.channel) for each in journal.contacts()] == [("asked", "phone")]


@pytest.mark.parametrize("answer", ["yes", "later", "no"])
def test_one_tap_notes_the_answer_and_undo_takes_it_back(journal: Any, answer: str) -> None:
    talk = planned(journal)
    journal.record_contact(talk.person_id, "asked", "message", at=journal.today().isoformat())
    form = Prepare(journal)
    assert "Waiting for an answer" in shown(form.today) and "Ask Ada L." not in shown(form.today)
    taps = find(form.today, "Did Ada L. answer?")
    assert taps.label == "not yet"
    taps.value = f"answered_{answer}"
    assert form.said.startswith(f"Noted: {answer}.")
    assert [each.kind for each in journal.contacts()] == ["asked", f"answered_{answer}"]
    status = journal.interview(talk).status
    assert status == ("declined" if answer == "no" else "planned")
    assert ("Find a day with Ada L." in shown(form.today)) == (answer == "yes")
    assert Standing.of(journal).is_unanswered(talk.person_id) == (answer == "later")
    form.today.undo.click()
    assert [each.kind for each in journal.contacts()] == ["asked"]
    assert journal.interview(talk).status == "planned"
    find(form.today, "Did Ada L. answer?")


def test_who_is_silent_is_reminded_once_and_still_may_answer(journal: Any) -> None:
    talk = planned(journal)
    long_ago = (journal.today() - dt.timedelta(days=20)).isoformat()
    journal.record_contact(talk.person_id, "asked", "e-mail", at=long_ago)
    form = Prepare(journal)
    of(form, "Read the reminder to Ada L.").click()
    reminder = form.today.notes["reminder"]
    assert is_shown(reminder) and "I wrote to you a while ago" in reminder.text.value
    assert reminder.concerns == [] and reminder.link.startswith("mailto:ada@example.org")
    use(reminder, "mailed")
    assert [each.kind for each in journal.contacts()] == ["asked", "reminded"]
    assert "Remind Ada L." not in shown(form.today)
    find(form.today, "Did Ada L. answer?")
    find(form.today, "I haven't sent it").click()
    assert [each.kind for each in journal.contacts()] == ["asked"]
    assert "Remind Ada L." in shown(form.today)


def test_copying_the_thanks_notes_them_and_does_what_is_owed(journal: Any) -> None:
    talk = planned(journal)
    journal.finish_interview(talk)
    form = Prepare(journal)
    of(form, "Read the note to Ada L.").click()
    use(form.today.notes["thank_you"], "copied")
    assert [each.kind for each in journal.contacts()] == ["thanked"]
    owed = journal.tasks().set_index("kind")["done_at"]
    assert owed.notna()["thank_you"] and "Thank Ada L." not in shown(form.today)
    find(form.today, "I haven't sent it").click()
    assert journal.contacts() == []
    assert journal.tasks().set_index("kind")["done_at"].isna()["thank_you"]


def test_a_yes_told_while_writing_is_noted(journal: Any) -> None:
    form = Prepare(journal)
    form.write_to(planned(journal))
    use(form.people.request.drafts["request"], "copied")
    find(form, "They said yes: plan it").click()
    assert [each.kind for each in journal.contacts()] == ["asked", "answered_yes"]
    assert form._step.value == "Plan"


def test_kind_of_workplace_and_years_are_kept_in_ones_own_words(journal: Any) -> None:
    journal.add_occupation("Nurse")
    form = Prepare(journal)
    find(form, "Name").value = "Grace H."
    workplace, years = form.people.details["workplace"], form.people.details["years"]
    assert "hospital" in workplace.options
    workplace.value, years.value = "a hospice", "12 years"
    find(form, "Only keep the name").click()
    [grace] = journal.people()
    assert (grace.workplace, grace.years) == ("a hospice", 12)
    assert (workplace.value, years.value) == ("", "")
    find(form, "Person").value = grace.id
    known = form.people.known.columns
    assert (known["workplace"].value, known["years"].value) == ("a hospice", "12")
    known["years"].value = "many"
    assert "Type the years as a number" in form.said
    known["years"].value = ""
    known["workplace"].value = "hospital"
    [grace] = journal.people()
    assert (grace.workplace, grace.years) == ("hospital", None)
