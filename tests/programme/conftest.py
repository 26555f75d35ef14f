"""A journal to hand in, and classes of many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import infonb
from infonb.journal import Journal


def fill(journal: Journal, person: str = "Ada Lovelace", rating: int = 4) -> Journal:
    """One interview, with something off the record, a skill and a question of one's own."""
    ada = journal.add_person(person, email="ada@example.org", organisation="Engine Works")
    nurse = journal.add_occupation("Nurse", soc="29-1141")
    journal.set_expectation(nurse, "outlook", 2)
    talk = journal.plan_interview(ada, nurse, date="2026-03-02")
    journal.record_answer(talk, "outlook", text=f"{person}: it grows", rating=rating)
    journal.record_answer(talk, "home_life", text="Not for others", rating=1, private=True)
    own = journal.add_question("Do you  travel?", short="Travel")
    journal.record_answer(talk, own, text="Never", rating=2)
    journal.record_answer(talk, "notes", text="She smiled")
    journal.record_skill(talk, "staying calm", rank=1)
    journal.record_skill(talk, "folding swans", rank=2)
    journal.record_reflection("What surprised you?", "That it was easy", talk)
    journal.finish_interview(talk, confidence_after=4)
    return journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with infonb.open(tmp_path / "journal.db") as opened:
        yield fill(opened)
