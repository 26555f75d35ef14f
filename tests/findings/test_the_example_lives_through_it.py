"""The fictional example, from a guess to the day of looking again."""

from __future__ import annotations

import pytest

import infonb


@pytest.fixture(scope="module")
def journal():
    with infonb.sample("example") as made:
        yield made


def test_a_guess_is_noted_before_the_first_talk_and_one_after(journal):
    found = journal.findings().expectations()
    rated = found[found["question"] != "start_pay"]
    assert set(rated["occupation"]) == {o.title for o in journal.occupations()}
    assert rated["late"].sum() == 1 and rated["surprise"].fillna(False).any()


def test_every_interviewee_was_asked_met_and_thanked_and_one_said_no(journal):
    done = {i.person_id for i in journal.interviews("done") if i.medium != "tried it"}
    for person in done:
        kinds = {contact.kind for contact in journal.contacts(person)}
        assert {"asked", "answered_yes", "met", "thanked"} <= kinds
    every = {contact.kind for contact in journal.contacts()}
    assert {"reminded", "answered_no", "answered_later", "kept_in_touch"} <= every
    assert journal.findings().outreach()["counted"].sum() == 14


def test_thoughts_were_noted_after_talks_and_at_the_end(journal):
    found = journal.findings().reflections()
    assert found["interview"].notna().any() and found["interview"].isna().any()
    assert journal.findings(redact=True).reflections().empty


def test_two_plans_have_a_day_to_look_again_and_it_came(journal):
    found = journal.findings().decisions
    assert found["plan"].tolist() == ["A", "B"]
    assert set(found["look_again"]) == {"2026-06-13"}
    assert journal.today().isoformat() > "2026-06-13"
    assert "look_again" in {reflection.prompt for reflection in journal.reflections()}
    assert journal.findings().in_brief()[3][1] == "You decided: Occupational therapist"


def test_what_was_lived_stands_beside_what_was_expected_and_heard(journal):
    found = journal.findings().lived()
    home = found[found["question"] == "home_life"]
    assert home["lived"].tolist() == [2, 5] and home["expected"].tolist() == [5, 5]
    assert journal.findings().coverage()["interviews"].tolist() == [3, 3, 3, 3]
    assert journal.state == "Wisconsin" and journal.check() == []
