"""What an informational interview is for, whom to ask, and the rules of conduct."""

from __future__ import annotations

from dataclasses import dataclass

GOALS = (
    "find out whether the occupation may suit you",
    "make a connection with the person",
)
"""The two goals of every interview."""


@dataclass(frozen=True)
class Benefit:
    """Something an interview gives, and where infonb keeps it."""

    key: str
    text: str
    kept_as: str


BENEFITS = (
    Benefit("contact", "a contact in the field", "people, referrals and the tasks that keep them"),
    Benefit(
        "knowledge",
        "knowledge of the job, the company and the industry",
        "answers, compared, with official figures beside them",
    ),
    Benefit("confidence", "confidence, by practice", "confidence before and after each interview"),
    Benefit("hidden_jobs", "jobs and internships you would not have seen otherwise", "leads"),
)


@dataclass(frozen=True)
class Rule:
    """A rule of the method, in the words infonb shows."""

    key: str
    text: str
    where: str


RULES = (
    Rule(
        "only_real_candidates",
        "Ask only about occupations you would really pursue: interviews cost everybody time.",
        "Prepare asks how seriously you consider each; coverage shows where the time went.",
    ),
    Rule(
        "start_with_people_you_know",
        "Start with friends, family, neighbors, supervisors, coworkers, and anyone they know.",
        "Each person has a source and, where there is one, a referrer.",
    ),
    Rule(
        "strangers_are_fine",
        "Directories and professional associations list people you don't know yet.",
        "The source says so, and name_from where you found the name.",
    ),
    Rule(
        "three_people",
        "Talk to three people per occupation: one may be the exception.",
        "Coverage counts to three; next_interview sends you where people are missing.",
    ),
    Rule(
        "say_how_name_was_got",
        "On first contact say how you got the person's name.",
        "The request and the phone script begin with it.",
    ),
    Rule(
        "information_and_guidance",
        "Explain that you look for information and guidance.",
        "The request says it; check_wording looks for it.",
    ),
    Rule(
        "twenty_minutes",
        "Ask for twenty minutes, and keep to it. Wear a watch.",
        "The clock in Capture, and the conduct item.",
    ),
    Rule("notes", "Bring paper and pen, and take notes.", "Capture, or a sheet typed up later."),
    Rule(
        "prepare",
        "Find out about occupation and organisation beforehand, as for a job interview.",
        "Research notes in Prepare.",
    ),
    Rule("dress", "Dress and behave as at a job interview.", "The checklist before."),
    Rule(
        "never_ask_for_a_job",
        "Do not ask for a job, in any way.",
        "check_wording reads every draft; the conduct item asks you afterwards.",
    ),
)
