"""Journals of every size that the gallery shows: from nothing to twelve occupations with forty people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import infonb

RATED = (
    "enjoy_most", "home_life", "outlook", "path_in", "preparation", "advancement", "entry_level",
    "strengths_fit", "typical_day",
)  # fmt: skip
OCCUPATIONS = {
    "Registered nurse": "29-1141", "Mechanical engineer": "17-2141", "Graphic designer": "27-1024",
    "Elementary school teacher": "25-2021", "Electrician": "47-2111",
    "Occupational therapist": "29-1122", "Librarian": "25-4022", "Carpenter": "47-2031",
    "Software developer": "15-1252", "Landscape architect": "17-1012", "Baker": "51-3011",
    "Community organizer": None,
}  # fmt: skip
LONG_TITLES = {
    "First-line supervisor of landscaping, lawn service and groundskeeping workers": "37-1012",
    "Wind turbine service technician, offshore and onshore, in all weathers": "49-9081",
    "Secondary school teacher, except special and career or technical education": "25-2031",
    "Donaudampfschifffahrtsgesellschaftskapitänsanwärter": None,
    "Nurse": "29-1141",
}
SKILLS = (
    "listening", "reading drawings", "keeping calm", "explaining things", "planning a day",
    "working with hands", "writing clearly", "patience", "asking questions", "spotting what is off",
    "bookkeeping", "talking to strangers", "lifting safely", "a steady hand", "measuring twice",
    "coaching", "data entry", "teamwork", "saying no kindly", "first aid", "welding", "drawing",
    "reading research and judging whether it holds for the person in front of you",
    "spreadsheets", "negotiating",
)  # fmt: skip
SAID = (
    "No day is like another, and that is what keeps me here.",
    "You go home tired, but you know what it was for. The pay is less than friends earn in offices.",
    "Long hours before a deadline. I would tell anybody to try it for a summer first, and to ask the "
    "oldest person in the shop what they would do differently, because they all have an answer.",
    "Good.",
)


def _interviews(
    occupations: dict[str, str | None], people: int, alike: bool
) -> Iterator[dict[str, Any]]:
    for place, (title, soc) in enumerate(occupations.items()):
        o = 0 if alike else place
        for p in range(people):
            named = [SKILLS[(o * 2 + p * 3 + k * (o + 1)) % len(SKILLS)] for k in range(3)]
            line: dict[str, Any] = {
                "occupation": title, "soc": soc, "date": f"2026-{p % 9 + 1:02d}-{o + 2:02d}",
                "person": {
                    "name": f"Person {place + 1}.{p + 1}", "source": ("friend", "referral")[p % 2],
                    "referred_by": f"Person {place + 1}.{p}" if p % 3 == 1 else None,
                },
                "weight": (1.0, 0.5, 0.8)[p % 3],
                "confidence_before": 2 + (o + p) % 3, "confidence_after": 3 + (o + p) % 3,
                "answers": {
                    key: {"text": SAID[(o + p + q) % len(SAID)],
                          "rating": 1 + min(4, max(0, (o * 3 + q * 2) % 5 + (p * 7 + q) % 3 - 1))}
                    for q, key in enumerate(RATED)
                },
                "skills": [{"phrase": s, "rank": k + 1} for k, s in enumerate(dict.fromkeys(named))],
                "conduct": {"kept_to_time": p % 3, "thanked": 2, "asked_for_referrals": (p + o) % 3},
            }  # fmt: skip
            yield line


def _made(occupations: dict[str, str | None], people: int, folder: Path, name: str) -> Any:
    journal = infonb.open(folder / f"{name}.db")
    journal.keep_setting("today", "2026-11-24")
    own = [
        {"kind": "strength", "phrase": phrase}
        for phrase in ("listening", "patience", "explaining things", "drawing")
    ]
    lines = [*_interviews(occupations, people, name == "alike"), *own] if occupations else []
    file = folder / f"{name}.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    if lines:
        journal.import_file(file)
        _expect_and_ask(journal)
    return journal


def _expect_and_ask(journal: Any) -> None:
    """What was expected, before and after a first talk, and whom one asked and what came of it."""
    for place, occupation in enumerate(journal.occupations()):
        for number, question in enumerate(("home_life", "typical_day", "outlook", "enjoy_most")):
            at = "2026-11-01" if (place + number) % 3 == 2 else "2025-12-01"
            journal.set_expectation(occupation, question, 1 + (place + 2 * number) % 5, at=at)
    for place, person in enumerate(journal.people()[:60]):
        journal.record_contact(person, "asked", at="2026-11-20" if place % 5 == 4 else "2025-12-01")
        if kind := (None, "answered_yes", "answered_no")[place % 3]:
            journal.record_contact(person, kind, at="2025-12-03")


JOURNALS: dict[str, tuple[dict[str, str | None], int]] = {
    "empty": ({}, 0),
    "one": ({"Registered nurse": "29-1141"}, 1),
    "published": ({}, 0),
    "example": ({}, 0),
    "long titles": (LONG_TITLES, 3),
    "alike": (dict(list(OCCUPATIONS.items())[:3]), 2),
    "crowd": (OCCUPATIONS, 40),
}
"""Occupations and how many people were asked in each; the samples come with infonb."""


def make(name: str, folder: Path) -> Any:
    """The findings of one of the `JOURNALS`, names left out as in a report."""
    if name in ("published", "example"):
        return infonb.sample(name).findings(redact=True)
    journal = _made(*JOURNALS[name], folder, name.replace(" ", "-"))
    findings = journal.findings(redact=True)
    journal.close()
    return findings
