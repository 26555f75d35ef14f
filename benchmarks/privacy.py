"""What leaving names out costs: a class's journal of 480 people and 2,880 answers.

python benchmarks/privacy.py
python benchmarks/privacy.py --people 20000 --export
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine

if TYPE_CHECKING:
    from infonb.journal import Journal

QUESTIONS = ("difficulties", "outlook", "home_life", "motivation", "a_day", "advice")
SYLLABLES = "ka lo ven dri mos tal ber qui zan rel fin gor hal jun pet sor wil nad bek tur".split()
WORDS = (
    "the work is long and the pay is fair but people here like what they do most days and I would"
    " start again because nobody tells you how much of it is writing down what was said before"
).split()


def rows(people: int) -> dict[str, list[dict[str, Any]]]:
    """A made-up journal, as `infonb.journal.Journal.rows` gives it."""
    import infonb

    chance = random.Random(15)
    with infonb.sample("example") as journal:
        given = journal.rows()
    one = {table: dict(rows[0]) for table, rows in given.items() if rows}
    made: dict[str, list[dict[str, Any]]] = {table: [] for table in given}
    titles = ["Nurse", "Mechanic", "Teacher", "Engineer", "Baker"]
    made["occupation"] = [
        {**one["occupation"], "id": f"o{n}", "title": title, "title_key": title.lower()}
        for n, title in enumerate(titles)
    ]
    for n in range(people):
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
        for question in QUESTIONS:
            said = chance.choices(WORDS, k=25)
            if chance.random() < 0.3:
                said.insert(chance.randrange(20), chance.choice([first, last, employer]))
            made["answer"].append(
                {**one["answer"], "id": f"a{len(made['answer'])}", "interview_id": f"i{n}",
                 "question": question, "text": " ".join(said), "why": None, "private": False,
                 "rating": chance.randint(1, 5)}
            )  # fmt: skip
    return made


def journal_of(rows: dict[str, list[dict[str, Any]]], path: Path) -> Journal:
    """The rows as a journal's file."""
    import infonb
    from infonb.journal import schema

    infonb.open(path).close()
    with create_engine(f"sqlite:///{path}").begin() as connection:
        for table in schema.metadata.sorted_tables:
            if table.name in ("occupation", "person", "interview", "answer"):
                connection.execute(table.insert(), rows[table.name])
    return infonb.open(path)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print what findings cost with names and without, as a ratio, and what an export does."""
    parser = argparse.ArgumentParser(description="What leaving names out costs.")
    parser.add_argument("--people", type=int, default=480)
    parser.add_argument("--export", action="store_true", help="a redacted JSON Lines, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        journal = journal_of(rows(options.people), Path(folder) / "search.db")
        journal.findings(redact=False)  # what is loaded once
        first = cpu(lambda: journal.findings(redact=True))
        with_names, without = [], []
        for _ in range(7 if options.people < 5_000 else 1):
            with_names.append(cpu(lambda: journal.findings(redact=False)))
            without.append(cpu(lambda: journal.findings(redact=True)))
        named, redacted = statistics.median(with_names), statistics.median(without)
        print(
            f"findings(): {named:.2f} s; redacted: {first:.2f} s at first, {redacted:.2f} s again"
        )
        print(f"ratio: {first / named:.2f} at first, {redacted / named:.2f} again")
        if options.export:
            used = cpu(lambda: journal.export_file(Path(folder) / "search.jsonl"))
            print(f"redacted JSON Lines: {used:.1f} s")
        journal.close()


if __name__ == "__main__":
    main()
