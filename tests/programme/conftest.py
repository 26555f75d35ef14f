"""A journal to hand in, and classes of many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import infonb
from infonb.exchange.parquet import Part, write_collected
from infonb.exchange.programme_rows import TABLES, Rows
from infonb.journal import Journal
from sample_data import simulate


def fill(journal: Journal, person: str = "Ada Lovelace", rating: int = 4) -> Journal:
    """One interview, with something off the record, a skill and a question of one's own."""
    ada = journal.add_person(person, email="ada@example.org", organisation="Engine Works")
    nurse = journal.add_occupation("Nurse", soc="29-1141")
    journal.set_expectation(nurse, "outlook", 2)
    talk = journal.plan_interview(ada, nurse, date="2099-03-02")  # expected before
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


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated programme of a hundred students, with odd corners."""
    place = tmp_path_factory.mktemp("programme") / "a folder [1]"
    write_collected(place, [*simulate.parts(100), odd_part()])
    return place


def odd_part() -> Part:
    """Somebody without weight, asked twice, in an occupation without a code, expecting late."""
    about = {"occupation": "bee  keeper", "soc": None}
    rows: Rows = {table: [] for table in TABLES}
    rows["journals"].append(dict.fromkeys(TABLES["journals"], 1))
    rows["occupations"] += [{**about, "interest": None}, {**about, "occupation": "Bee Keeper"}]
    for number, (weight, rating) in enumerate([(0.0, 1), (0.3, 5), (1.0, None), (0.7, 2)]):
        who = {"interview": f"i{number}", "person": f"p{number % 3}", **about}
        rows["interviews"].append({**who, "status": "done", "nth": number + 1, "weight": weight})
        rows["answers"] += [
            {**who, "question": question, "text": "", "rating": rating, "weight": weight}
            for question in ("outlook", "own-0123456789abcdef")
        ]
        rows["skills"].append({**who, "skill": None, "skill_id": "own-1", "kind": "own"})
    rows["answers"].append({**who, "question": "home_life", "text": "", "rating": 3, "weight": 0.0})
    for question, late in (("outlook", False), ("own-0123456789abcdef", True)):
        rows["expectations"].append({**about, "question": question, "expected": 4, "late": late})
    full = {t: [{c: row.get(c) for c in TABLES[t]} for row in rows[t]] for t in TABLES}
    return Part("odd", full)
