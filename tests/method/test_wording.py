"""`check_wording` finds asking for a job and what a first message forgets, and nothing else."""

from __future__ import annotations

import pytest

from infonb.method import check_wording

ASKING = [
    "Are you hiring?",
    "Is your company currently hiring?",
    "Do you have any openings in your team?",
    "Please keep me in mind.",
    "Let me know if you hear of an opening.",
    "I have attached my resume.",
    "My CV is attached.",
    "Could you pass my résumé on to your boss?",
    "I am looking for a job at your company.",
    "Could you put in a good word for me?",
    "Could I apply for work here?",
    "Would you hire me?",
    "Maybe you can find me an internship.",
]
NOT_ASKING = [
    "I am not asking for a job.",
    "I'm looking for information rather than asking if you are hiring.",
    "How do people usually get hired in this field?",
    "Which openings do beginners usually find?",
    "What does a resume in your field look like?",
    "How did you come to this job?",
    "Does the job leave you time at home?",
    "",
]
REQUEST = (
    "Dear Ms. Wu, Sam Lee gave me your name. I am looking for information and guidance about "
    "nursing. Would you have 20 minutes to talk, whenever it suits you? Thank you."
)


@pytest.mark.parametrize("text", ASKING)
def test_asking_for_a_job_is_noticed_with_its_place_and_something_better(text: str):
    before = "What do you enjoy most? "
    found = [c for c in check_wording(before + text) if c.kind == "asks_for_job"]
    assert len(found) == 1
    assert len(before) <= found[0].start < found[0].end <= len(before + text)
    assert found[0].why and found[0].instead


@pytest.mark.parametrize("text", NOT_ASKING)
def test_asking_about_work_is_left_alone(text: str):
    assert check_wording(text) == []


def test_a_good_request_passes():
    assert check_wording(REQUEST) == []
    assert check_wording(REQUEST, request=True) == []


@pytest.mark.parametrize(
    ("cut", "kind"),
    [
        ("Sam Lee gave me your name. ", "no_source_of_name"),
        ("I am looking for information and guidance about nursing. ", "no_purpose"),
        (" Thank you.", "no_thanks"),
    ],
)
def test_what_a_request_forgets_is_missed(cut: str, kind: str):
    found = check_wording(REQUEST.replace(cut, ""))
    assert [(c.kind, c.start, c.end) for c in found] == [(kind, 0, 0)]


def test_pressing_on_time_is_noticed():
    pressing = REQUEST.replace("whenever it suits you", "as soon as possible")
    (found,) = check_wording(pressing)
    assert found.kind == "presses_on_time"
    assert pressing[found.start : found.end] == "as soon as possible"


def test_only_a_first_message_must_have_it_all():
    assert check_wording("What do you enjoy most about it?") == []
    assert {c.kind for c in check_wording("What about it?", request=True)} == {
        "no_source_of_name", "no_purpose", "no_thanks",
    }  # fmt: skip
