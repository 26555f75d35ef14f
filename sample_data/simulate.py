"""A simulated programme: a class of any size whose students and interviews nobody ever had.

Every rating, skill and number in it is drawn at random from made-up occupations' profiles, always
the same for the same seed. It shows what a programme looks like and how fast it is read; it says
nothing about any occupation. It is marked: terms begin with "simulated", codes with "SIM".

    python sample_data/simulate.py class-folder --students 30    what a class hands in, as files
    python sample_data/simulate.py tables --tables --students 1000   a programme's folder at once

How it is drawn: a student considers one to three of fifteen occupations, popular ones more often,
and interviews up to three people in each. A person has a mood; a rating is the occupation's profile
for the question plus mood plus chance, rounded to 1 to 5. Students expect life at home better, and
the way in harder, than people tell them. Confidence grows with each interview, with chance.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from infonb import method, reference
from infonb.exchange.parquet import Part, write_collected
from infonb.exchange.programme_rows import TABLES, local_id
from infonb.programme.hand_ins import HandIn

OCCUPATIONS = (
    ("Registered nurse", "29-1141"), ("Mechanical engineer", "17-2141"),
    ("Elementary school teacher", "25-2021"), ("Software developer", "15-1252"),
    ("Electrician", "47-2111"), ("Accountant", "13-2011"), ("Physical therapist", "29-1123"),
    ("Civil engineer", "17-2051"), ("Graphic designer", "27-1024"), ("Social worker", "21-1021"),
    ("Chef", "35-1011"), ("Paralegal", "23-2011"), ("Wind turbine technician", "49-9081"),
    ("Librarian", "25-4022"), ("Landscape architect", "17-1012"),
)  # fmt: skip
"""Most popular first."""

TERMS, COHORTS = ("simulated 2025", "simulated 2026"), ("A", "B", "C")
_RATED = [key for key, question in method.QUESTIONS.items() if question.rated]
_EXPECTED = ("home_life", "path_in", "outlook", "typical_day", "advancement")
_BIAS = {"home_life": 0.9, "path_in": -0.7}


def parts(students: int = 1000, seed: int = 0) -> Iterator[Part]:
    """What simulated students give, one after the other.

    Parameters
    ----------
    students : int
        How many; a thousand have about 10⁵ answers.
    seed : int
        Of the random numbers; the same seed gives the same programme.

    Yields
    ------
    Part

    Examples
    --------
    >>> import sys; sys.path.insert(0, "sample_data")
    >>> from simulate import parts
    >>> next(parts(1)).term
    'simulated 2025'
    """
    world = np.random.default_rng(seed)
    profile = np.clip(world.normal(3.6, 0.8, (len(OCCUPATIONS), len(_RATED))), 1.3, 4.8)
    skills = [skill for skill in _catalogue() if skill[2] != "own"]
    liked = world.dirichlet(np.full(len(skills), 0.08), len(OCCUPATIONS))
    liked = 0.97 * liked + 0.03 / len(skills)
    popular = 1 / np.arange(1, len(OCCUPATIONS) + 1) ** 0.9
    for number in range(students):
        rng = np.random.default_rng([seed, number])
        yield _student(number, rng, profile, skills, liked, popular / popular.sum())


def _catalogue() -> list[tuple[str, str, str]]:
    known = {m.id: m for words in _WORDS for m in reference.match_skill(words, n=3)}
    return [(m.id, m.name, m.kind) for m in sorted(known.values(), key=lambda m: m.id)]


_WORDS = (
    "listening", "writing", "patience", "planning", "mathematics", "drawing", "staying calm",
    "teamwork", "explaining", "programming", "working with hands", "negotiation", "languages",
    "leadership", "attention to detail", "spreadsheets", "empathy", "physics",
)  # fmt: skip


def _student(
    number: int, rng: Any, profile: Any, skills: list[Any], liked: Any, popular: Any
) -> Part:
    journal = f"simulated-{number}"
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    chosen = rng.choice(len(OCCUPATIONS), size=rng.integers(1, 4), replace=False, p=popular)
    nth, before = 0, int(rng.integers(1, 4))
    for at in chosen:
        title, soc = OCCUPATIONS[at]
        about = {"occupation": title, "soc": soc}
        rows["occupations"].append({**about, "interest": int(rng.integers(2, 6))})
        for key in _EXPECTED:
            if rng.random() < 0.7:
                level = profile[at, _RATED.index(key)] + _BIAS.get(key, 0)
                rows["expectations"].append(
                    {**about, "question": key, "expected": _rating(level, 0.8, rng), "late": False}
                )
        for talk in range(rng.choice(4, p=[0.05, 0.1, 0.15, 0.7])):
            nth += 1
            after = int(np.clip(before + rng.choice(3, p=[0.35, 0.4, 0.25]), 1, 5))
            who = {
                "interview": local_id(journal, "interview", f"{at}-{talk}"),
                "person": local_id(journal, "person", f"{at}-{talk}"), **about,
            }  # fmt: skip
            weight = float(rng.choice([1.0, 0.8, 0.5], p=[0.7, 0.2, 0.1]))
            month = f"2026-{1 + (nth + number) % 12:02d}"
            rows["interviews"].append(
                {**who, "status": "done", "nth": nth, "month": month, "minutes": 20,
                 "confidence_before": before, "confidence_after": after, "weight": weight}
            )  # fmt: skip
            before = max(1, min(5, after - int(rng.random() < 0.4)))
            mood = rng.normal(0, 0.5)
            for place in np.flatnonzero(rng.random(len(_RATED)) < 0.85):
                rating = _rating(profile[at, place] + mood, 0.7, rng)
                rows["answers"].append(
                    {**who, "question": _RATED[place], "text": "", "rating": rating, "why": None,
                     "weight": weight, "month": month}
                )  # fmt: skip
            named = rng.choice(
                len(skills), size=3, replace=False, p=0.97 * liked[at] + 0.03 / len(skills)
            )
            for rank, place in enumerate(named, start=1):
                id, name, kind = skills[place]
                rows["skills"].append(
                    {**who, "skill": name, "skill_id": id, "kind": kind, "rank": rank}
                )
    rows["journals"].append(
        {"interviews": nth, "questions": len(rows["answers"]),
         "thank_yous": int(rng.binomial(nth, 0.8)), "reflections": int(rng.integers(0, nth + 1))}
    )  # fmt: skip
    term = TERMS[number % len(TERMS)]
    cohort = COHORTS[int(rng.choice(len(COHORTS), p=[0.6, 0.35, 0.05]))]
    full = {
        table: [{name: row.get(name) for name in columns} for row in rows[table]]
        for table, columns in TABLES.items()
    }
    return Part(journal, full, term, cohort)


def _rating(level: float, spread: float, rng: Any) -> int:
    return int(np.clip(round(level + rng.normal(0, spread)), 1, 5))


def tables(folder: str | Path, students: int = 1000, seed: int = 0) -> Path:
    """A programme's folder of simulated students; where it is there already it is made anew."""
    folder = Path(folder)
    write_collected(folder, parts(students, seed))
    return folder


def hand_ins(folder: str | Path, students: int = 30, seed: int = 0) -> list[Path]:
    """What simulated students hand in, as files."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, part in enumerate(parts(students, seed), start=1):
        given = HandIn(f"SIM{number:04d}", part, (), "2026-11-24")
        made.append(folder / given.file_name)
        made[-1].write_text(given.to_json(), encoding="utf-8", newline="\n")
    return made


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tables", action="store_true", help="Parquet, not what is handed in")
    options = parser.parse_args()
    make = tables if options.tables else hand_ins
    make(options.folder, options.students, options.seed)
    print(f"{options.students} simulated students in {options.folder}; nobody of them exists.")


if __name__ == "__main__":
    main()
