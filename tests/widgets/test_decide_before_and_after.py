"""Decide: a first thought before any number, two plans, and the day to look again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from form_controls import every, find, is_shown, shown

import infonb
from infonb.widgets import Decide

LIFE = infonb.method.QUESTIONS["home_life"].to_oneself


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    """Two occupations, of which what was heard of the second sounds better."""
    with infonb.open(tmp_path / "search.db") as journal:
        for title, rating in (("Nurse", 2), ("Judge", 5)):
            occupation = journal.add_occupation(title)
            for number in range(3):
                person = journal.add_person(f"{title} {number}")
                talk = journal.plan_interview(person, occupation, date="2026-03-02")
                journal.record_answer(talk, "home_life", text="so", rating=rating)
                journal.finish_interview(talk)
        yield journal


def steps(form: Any) -> list[str]:
    return list(form._step.options)


def test_no_number_is_shown_before_the_first_thought(journal: Any) -> None:
    form, seen = Decide(journal), []
    form.follow(seen.append)
    assert form._step.value == "Before you look" and not is_shown(form._chart)
    assert seen == [] and form._chart.outputs == ()
    form.go_to("Side by side")
    assert is_shown(form.both.before) and not is_shown(form.both.after)
    assert "Judge" not in shown(form.both.ratings)
    find(form, "Nurse").click()
    assert len(seen) == 1 and form._chart.outputs != () and is_shown(form._chart)
    assert form._step.value == "Side by side" and is_shown(form.both.after)
    text = "You leaned to Nurse, your ratings to Judge: what do you know that you didn&#x27;t rate?"
    assert text in shown(form.both.after)
    [thought] = journal.reflections()
    assert (thought.prompt, thought.text) == ("first_thought", "Nurse")


def test_the_thought_is_asked_for_once_a_day_and_may_be_left_open(journal: Any) -> None:
    find(Decide(journal), "I can't say today").click()
    form = Decide(journal)
    assert form._step.value == "Side by side"
    assert "Your ratings lean to Judge. Trust your own judgment." in shown(form.both)
    journal.remove(journal.reflections()[0])
    journal.record_reflection("first_thought", "Nurse", at="2020-05-04")
    assert Decide(journal)._step.value == "Before you look"


def test_what_was_not_rated_is_kept_for_oneself(journal: Any) -> None:
    form = Decide(journal)
    find(form, "Nurse").click()
    find(form, "What do you know that you didn't rate?").value = "That I faint"
    find(form, "What do you believe now that you didn't before?").value = "Less paper"
    assert find(Decide(journal), "What do you know that you didn't rate?").value == "That I faint"
    assert [each.prompt for each in journal.reflections()] == [
        "first_thought", "not_rated", "believe_now",
    ]  # fmt: skip


def test_a_report_and_one_occupation_wait_for_nothing(
    journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INFONB_REDACT", "1")
    seen: list[Any] = []
    Decide(journal, chart=False).follow(seen.append)
    assert len(seen) == 1
    monkeypatch.delenv("INFONB_REDACT")
    journal.remove(journal.occupations()[1])
    form = Decide(journal)
    form.follow(seen.append)
    assert len(seen) == 2 and steps(form) == ["What matters", "Plan A", "How it ended"]


def test_plan_b_and_the_day_come_after_plan_a(journal: Any) -> None:
    nurse, judge = journal.occupations()
    form = Decide(journal)
    assert not is_shown(form.plans.later)
    find(form, "Plan A").value = nurse.id
    find(form, "Next step").value = "Two days on a ward"
    find(form, "Note this for now").click()
    assert is_shown(form.plans.later)
    find(form, "Look again on").value = dt.date(2030, 5, 4)
    assert form.said == "On 4 May 2030 this page asks how it went."
    find(form, "Plan B").value = judge.id
    find(form, "Its next step").value = "Visit the court"
    find(form, "Note plan B").click()
    find(form, "Note plan B").click()
    assert form.said == "That is noted already."
    kept = [(d.plan, d.occupation_id, d.next_step, d.look_again) for d in journal.decisions()]
    assert kept == [
        ("A", nurse.id, "Two days on a ward", "2030-05-04"),
        ("B", judge.id, "Visit the court", None),
    ]
    again = Decide(journal)
    assert find(again, "Look again on").value == dt.date(2030, 5, 4)
    assert find(again, "Plan B").value == judge.id and "Look again" not in steps(again)


def due_today(journal: Any) -> Any:
    nurse, judge = journal.occupations()
    journal.set_expectation(nurse, "home_life", 4, at="2026-02-01")
    journal.record_reflection("first_thought", "Judge", at=journal.today().isoformat())
    journal.record_decision(nurse, "Two days on a ward", "It pulled", plan="A",
                            look_again=journal.today())  # fmt: skip
    journal.record_decision(judge, "Visit the court", plan="B")
    return nurse


def test_on_the_day_it_says_what_was_decided_and_on_what_ground(journal: Any) -> None:
    due_today(journal)
    form = Decide(journal)
    assert form._step.value == "Look again"
    for words in (
        "plan A: Nurse. Two days on a ward", "Because: It pulled", "plan B: Judge. Visit the court",
        "On the ground of six interviews, three of them about it.", "Your first thought was: Judge",
        "You expected 4; you rated what three people said 2.",
    ):  # fmt: skip
        assert words in shown(form.again.decided) + shown(form.again.lived), words
    find(form, "How did it go?").value = "Tired in the good way"
    assert journal.reflections()[-1].prompt == "look_again"
    assert "Look again" not in steps(Decide(journal))


def test_what_one_lived_oneself_is_rated_and_counts_nowhere(journal: Any) -> None:
    nurse = due_today(journal)
    before = journal.findings()
    form = Decide(journal)
    [life] = [each for each in every(form.again.lived) if getattr(each, "description", "") == LIFE]
    life.value = 5
    find(form, "What did you try yourself?").value = "Two days on a ward"
    [lived] = [i for i in journal.interviews() if i.medium == "tried it"]
    assert (lived.occupation_id, lived.status) == (nurse.id, "done")
    assert journal.person(lived.person_id).name == "Myself"
    answers = {a.question: (a.rating, a.text) for a in journal.answers(lived)}
    assert answers == {"home_life": (5, ""), "notes": (None, "Two days on a ward")}
    after = journal.findings()
    assert after.ratings().equals(before.ratings()) and len(after.people) == len(before.people)
    rated = after.lived().dropna(subset=["lived"])
    assert rated[["expected", "lived", "n"]].values.tolist() == [[4, 5, 3]]
    assert journal.tasks()["person"].tolist().count("Myself") == 0
    again = Decide(journal)
    assert find(again.again.lived, LIFE).value == 5
    find(again.again.lived, LIFE).value = 4
    assert len([i for i in journal.interviews() if i.medium == "tried it"]) == 1
