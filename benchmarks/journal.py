"""The journal against raw sqlite3 doing the same: save, open, backup.

    python benchmarks/journal.py [--saves 2000] [--interviews 300]

Times are taken in turns (one of ours, one of theirs), so that a busy machine slows both alike.
A save waits for the disk most of the time; nobody feels twice the raw one.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import infonb
from infonb.journal import backups

TEXT = "She walks the ward at seven, reads the night's notes, and plans the day with two others. "
PRAGMAS = ("journal_mode=TRUNCATE", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")


def main() -> None:
    """Measure, and print one line for each promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=2000)
    parser.add_argument("--interviews", type=int, default=300)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="infonb-benchmark-"))
    try:
        measure_saves(folder, given.saves)
        path = filled(folder, given.interviews)
        measure_open(path)
        measure_backup(path)
    finally:
        shutil.rmtree(folder)


def measure_saves(folder: Path, count: int) -> None:
    """A capture session's saves of 400 characters, each on disk when it returns."""
    with infonb.open(folder / "ours.db") as journal:
        interview = journal.plan_interview(
            journal.add_person("Somebody"), journal.add_occupation("Nurse")
        )
        answer = journal.record_answer(interview, "typical_day", text="so far", session="s")
        shutil.copy(folder / "ours.db", folder / "raw.db")
        with contextlib.closing(raw_connection(folder / "raw.db")) as raw:
            ours, theirs = in_turns(
                lambda n: journal.record_answer(
                    interview, "typical_day", text=text(n), session="s"
                ),
                lambda n: raw_save(raw, answer, text(n)),
                count,
            )
    show("save", ours, theirs, "raw sqlite3, the same statements and pragmas")


def text(number: int) -> str:
    """400 characters that differ from save to save."""
    return (TEXT * 5)[:390] + str(number)


def raw_connection(path: Path) -> sqlite3.Connection:
    """A connection with the journal's pragmas."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def raw_save(raw: sqlite3.Connection, answer: infonb.journal.Answer, new: str) -> None:
    """What one save does, with the statements that a save runs, by hand."""
    raw.execute("BEGIN IMMEDIATE")
    cursor = raw.execute(
        "SELECT * FROM answer WHERE interview_id = ? AND question = ?",
        (answer.interview_id, answer.question),
    )
    names = [column[0] for column in cursor.description]
    row = dict(zip(names, cursor.fetchone(), strict=True))
    raw.execute("SELECT * FROM coding WHERE answer_id = ?", (row["id"],)).fetchall()
    row |= {"text": new, "version": row["version"] + 1}
    raw.execute(
        "UPDATE answer SET text=:text, rating=:rating, why=:why, weight=:weight, "
        "private=:private, version=:version, session=:session, session_at=:session_at, "
        "before_deletion=:before_deletion, updated_at=:updated_at WHERE id = :id",
        row,
    )
    raw.execute("COMMIT")


def filled(folder: Path, interviews: int) -> Path:
    """A journal with this many interviews of 16 answers."""
    path = folder / "filled.db"
    lines = folder / "filled.jsonl"
    answers = ", ".join(
        f'"{question}": {{"text": "{TEXT * 5}", "rating": 4}}'
        for question in infonb.method.QUESTIONS
    )
    with lines.open("w", encoding="utf-8") as file:
        for number in range(interviews):
            file.write(
                f'{{"id": "i{number}", "occupation": "Occupation {number % 20}", '
                f'"person": {{"name": "Person {number}"}}, "answers": {{{answers}}}}}\n'
            )
    with infonb.open(path) as journal:
        journal.import_file(lines)
    infonb.open(path).close()
    return path


def measure_open(path: Path) -> None:
    """Opening, to the first record read, with its check of every page."""

    def ours(_number: int) -> None:
        with infonb.open(path) as journal:
            journal.setting("journal_id")

    def theirs(_number: int) -> None:
        with contextlib.closing(raw_connection(path)) as raw:
            raw.execute("PRAGMA quick_check").fetchone()
            raw.execute("SELECT value FROM meta WHERE key = 'journal_id'").fetchone()

    size = f"{path.stat().st_size / 1e6:.1f} MB"
    show(f"open, {size}", *in_turns(ours, theirs, 40), "sqlite3.connect + quick_check")


def measure_backup(path: Path) -> None:
    """A whole, checked copy that is on disk."""
    with infonb.open(path) as journal:

        def theirs(_number: int) -> None:
            copy = path.with_name("theirs.db")
            shutil.copyfile(path, copy)
            with copy.open("rb+") as file:
                os.fsync(file.fileno())

        ours, copied = in_turns(
            lambda _number: backups.copy(path, path.with_name("ours-copy.db")), theirs, 15
        )
        show("backup", ours, copied, "shutil.copyfile + fsync, unchecked")
        journal.close()


def in_turns(
    ours: Callable[[int], object], theirs: Callable[[int], object], count: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of each call, after a few to warm up."""
    for number in range(min(20, count)):
        ours(number)
        theirs(number)
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(100, 100 + count):
        for action, taken in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            action(number)
            taken.append((time.perf_counter() - start) * 1000)
    return times


def show(what: str, ours: list[float], theirs: list[float], against: str) -> None:
    """One line: medians and 99th percentiles in milliseconds, and their ratios."""
    p50, raw50 = statistics.median(ours), statistics.median(theirs)
    p99, raw99 = (sorted(taken)[int(len(taken) * 0.99)] for taken in (ours, theirs))
    print(
        f"{what}: p50 {p50:.2f} ms, {p50 / raw50:.2f} times {raw50:.2f} ms; "
        f"p99 {p99:.2f} ms, {p99 / raw99:.2f} times {raw99:.2f} ms ({against})"
    )


if __name__ == "__main__":
    main()
