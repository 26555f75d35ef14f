"""What infonb drafts for a person keeps every rule of first contact, thanks and news."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infonb import method

FIRST_CONTACT = [method.draft_request, method.draft_phone_script]
NAMES_FROM = ["My neighbor Sam", "Ada L. ", "The alumni directory.", "Prof. Wu, who taught you"]


@pytest.mark.parametrize("draft", FIRST_CONTACT)
@pytest.mark.parametrize("name_from", NAMES_FROM)
def test_first_contact_begins_with_how_one_got_the_name(draft, name_from: str):
    text = draft("Grace H.", "Bridge inspector", name_from)
    said = name_from.strip().rstrip(".")
    assert f"{said} gave me your name." in text
    assert text.index(said) < text.index("bridge inspector"), "the source comes before the purpose"


@pytest.mark.parametrize("draft", FIRST_CONTACT)
def test_first_contact_says_purpose_time_and_thanks(draft):
    text = draft("Grace H.", "Bridge inspector", "Sam")
    for demanded in ("Grace H.", "information and guidance", "20 minutes", "Thank you"):
        assert demanded in text
    assert "45 minutes" in draft("Grace H.", "Bridge inspector", "Sam", minutes=45)


@pytest.mark.parametrize("draft", FIRST_CONTACT)
@pytest.mark.parametrize("occupation", ["Nurse", "Employment counselor", "Hiring manager"])
def test_first_contact_passes_our_own_check(draft, occupation: str):
    assert method.check_wording(draft("Grace H.", occupation, "Sam")) == []


@pytest.mark.parametrize("draft", FIRST_CONTACT)
@pytest.mark.parametrize("name_from", [None, "", "  "])
def test_without_a_source_exactly_the_source_is_missed(draft, name_from):
    text = draft("Grace H.", "Nurse", name_from)
    assert [c.kind for c in method.check_wording(text)] == ["no_source_of_name"]
    assert "[" in text, "a gap to fill is left"


@pytest.mark.parametrize(
    ("occupation", "said"),
    [
        ("Nurse", "a nurse"), ("Occupational therapist", "an occupational therapist"),
        ("CNC machinist", "a CNC machinist"), ("University lecturer", "a university lecturer"),
        ("HR specialist", "an HR specialist"), ("iOS developer", "an iOS developer"),
    ],
)  # fmt: skip
def test_an_occupation_is_said_as_one_says_it(occupation: str, said: str):
    assert f" {said} " in method.draft_request("A", occupation, "Sam").replace(".", " ")
    assert f" {said}," in method.draft_phone_script("A", occupation, "Sam")


def test_a_phone_script_is_said_in_about_half_a_minute():
    words = method.draft_phone_script("Grace H.", "Nurse", "My neighbor Sam").split()
    assert 40 <= len(words) <= 90


@pytest.mark.parametrize("mentioned", ["the night shifts", "the night shifts.", None, " "])
def test_a_thank_you_thanks_and_asks_for_nothing(mentioned):
    text = method.draft_thank_you("Grace H.", "Nurse", mentioned)
    assert text.startswith("Dear Grace H.,") and "Thank you for taking the time" in text
    assert "?" not in text
    assert method.check_wording(text) == []
    assert ("[" in text) == (mentioned is None or not mentioned.strip())


@pytest.mark.parametrize(
    "happened",
    ["I start training as a nurse in September", "I found a job at the city library.", "I go on"],
)
def test_the_news_tell_how_it_ended_and_thank(happened: str):
    text = method.draft_news("Grace H.", happened)
    assert f"{happened.rstrip('.')}." in text and "Thank you" in text
    assert method.check_wording(text) == []


@settings(deadline=None)  # the first check learns what asking sounds like
@given(st.text(min_size=1), st.text(min_size=1), st.none() | st.text())
def test_any_text_makes_a_draft_and_can_be_checked(name, occupation, name_from):
    for text in (
        *(draft(name, occupation, name_from) for draft in FIRST_CONTACT),
        method.draft_thank_you(name, occupation, name_from),
        method.draft_news(name, occupation),
    ):
        assert name in text
        for concern in method.check_wording(text):
            assert 0 <= concern.start <= concern.end <= len(text)
