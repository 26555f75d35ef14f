"""Whom to ask next: where all work in one kind of place, somebody who works elsewhere."""

from __future__ import annotations

import pytest

import infonb


@pytest.fixture
def journal(tmp_path):
    with infonb.open(tmp_path / "own.db") as made:
        yield made


def heard(journal, *workplaces, about="Nurse"):
    occupation = journal.add_occupation(about)
    for number, workplace in enumerate(workplaces):
        person = journal.add_person(f"{about} {number}.", workplace=workplace)
        talk = journal.plan_interview(person, occupation)
        journal.record_answer(talk, "home_life", rating=4)
        journal.finish_interview(talk, date="2026-03-02")
    return occupation


@pytest.mark.parametrize(("workplaces", "said"), [
    (("hospital", "hospital", "Hospital "), "All three work in one kind of place (hospital)"),
    (("school", "school"), "Both work in one kind of place (school)"),
    (("hospital", "hospital", "small firm"), None),
    (("hospital", "hospital", None), None),
    (("hospital",), None),
    ((), None),
])  # fmt: skip
def test_all_in_one_kind_of_place_is_said(journal, workplaces, said):
    heard(journal, *workplaces)
    why = journal.findings().next_interview()["why"].iloc[0]
    assert ("kind of place" in why) == bool(said)
    assert said is None or f"{said}: ask somebody who doesn't." in why


def test_one_person_heard_twice_is_one(journal):
    nurse = heard(journal, "hospital")
    again = journal.plan_interview(journal.people()[0], nurse)
    journal.finish_interview(again, date="2026-03-09")
    assert "kind of place" not in journal.findings().next_interview()["why"].iloc[0]


def test_it_comes_before_what_one_more_may_be_worth_but_after_coverage_and_splits(journal):
    heard(journal, "school", "clinic", "small firm", about="Teacher")
    heard(journal, "hospital", "hospital", "hospital", about="Nurse")
    heard(journal, "bakery", about="Baker")
    order = journal.findings().next_interview()["occupation"].tolist()
    assert order == ["Baker", "Nurse", "Teacher"]


def test_who_was_named_and_works_elsewhere_is_named_first(journal):
    heard(journal, "hospital", "hospital", "hospital")
    by = journal.interviews()[0]
    for name, workplace in (("Ann", "hospital"), ("Bo", None), ("Cy", "clinic")):
        journal.add_referral(by, name, workplace=workplace)
    assert journal.findings().next_interview()["referrals"].iloc[0] == "Cy; Ann; Bo"


def test_names_left_out_change_nothing(journal):
    heard(journal, "hospital", "hospital", "hospital")
    named, bare = journal.findings(), journal.findings(redact=True)
    assert named.next_interview()["why"].tolist() == bare.next_interview()["why"].tolist()
