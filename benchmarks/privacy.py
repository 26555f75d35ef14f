"""What leaving names out costs: a class's journal of 480 people and 2,880 answers.

python benchmarks/privacy.py
"""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import Any

from infonb.findings import Findings, Redaction

PEOPLE, ANSWERS = 480, 6
QUESTIONS = ("difficulties", "outlook", "home_life", "motivation", "a_day", "advice")
SYLLABLES = "ka lo ven dri mos tal ber qui zan rel fin gor hal jun pet sor wil nad bek tur".split()
WORDS = (
    "the work is long and the pay is fair but people here like what they do most days and I would"
    " start again because nobody tells you how much of it is writing down what was said before"
).split()


def rows() -> dict[str, list[dict[str, Any]]]:
    """A made-up journal, as `infonb.journal.Journal.rows` gives it."""
    import infonb

    chance = random.Random(15)
    with infonb.sample("example") as journal:
        given = journal.rows()
    one = {table: dict(rows[0]) for table, rows in given.items() if rows}
    made: dict[str, list[dict[str, Any]]] = {table: [] for table in given}
    titles = ["Nurse", "Mechanic", "Teacher", "Engineer", "Baker"]
    made["occupation"] = [
        {**one["occupation"], "id": f"o{n}", "title": title} for n, title in enumerate(titles)
    ]
    for n in range(PEOPLE):
        first, last = (
            "".join(chance.choices(SYLLABLES, k=k)).capitalize() for k in (2, 3)
        )  # fmt: skip
        employer = "".join(chance.choices(SYLLABLES, k=3)).capitalize() + " Works Ltd"
        person = {"id": f"p{n}", "name": f"{first} {last}", "organisation": employer}
        contact = {"email": f"{first}@{last}.example".lower(), "phone": f"030 {5550000 + n}"}
        made["person"].append(
            {**one["person"], "may_be_named": False, "notes": None, "referred_by": None}
            | person | contact
        )  # fmt: skip
        made["interview"].append(
            {**one["interview"], "id": f"i{n}", "person_id": f"p{n}", "occupation_id": f"o{n % 5}",
             "source": None, "status": "done"}
        )  # fmt: skip
        for question in QUESTIONS[:ANSWERS]:
            said = chance.choices(WORDS, k=25)
            if chance.random() < 0.3:
                said.insert(chance.randrange(20), chance.choice([first, last, employer]))
            made["answer"].append(
                {**one["answer"], "id": f"a{len(made['answer'])}", "interview_id": f"i{n}",
                 "question": question, "text": " ".join(said), "why": None, "private": False,
                 "rating": chance.randint(1, 5)}
            )  # fmt: skip
    return made


def main() -> None:
    """Print both, and what one costs as a multiple of the other."""
    journal, today = rows(), dt.date(2026, 6, 15)
    used = {}
    for redaction in (Redaction.NOBODY, Redaction.EVERYBODY):
        times = []
        for _ in range(5):
            started = time.process_time()
            Findings.from_rows(journal, today, redaction)
            times.append(time.process_time() - started)
        used[redaction] = times[0], min(times)
        print(f"{redaction.value}: {times[0]:.2f} s at first, {min(times):.2f} s again")
    (first, again), (plain_first, plain_again) = used[Redaction.EVERYBODY], used[Redaction.NOBODY]
    print(f"ratio: {first / plain_first:.1f} at first, {again / plain_again:.2f} again")


if __name__ == "__main__":
    main()
