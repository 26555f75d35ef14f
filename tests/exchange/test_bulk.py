"""Killed in the middle, an import leaves nothing behind; many rows go in and out again as one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import infonb

KILLED = """
import os, signal, sys
import infonb

def die(done, every):
    if done >= 1400:  # some thousand rows are in the database by then
        print("half way", done, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

infonb.open(sys.argv[1]).import_file(sys.argv[2], progress=die)
"""


def rows(path: Path, interviews: int) -> Path:
    path.write_text(
        "occupation,person,date,question,text,rating\n"
        + "".join(
            f"Occupation {n % 50},Person {n},2026,{question},said,3\n"
            for n in range(interviews)
            for question in ("outlook", "home_life", "path_in")
        ),
        encoding="utf-8",
    )
    return path


def test_kill_9_in_mid_import_leaves_nothing_behind(tmp_path):
    place, file = tmp_path / "journal.db", rows(tmp_path / "many.csv", 1500)
    with infonb.open(place) as journal:
        journal.add_occupation("Librarian")
        before = journal.rows()
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(place), str(file)],
        capture_output=True, encoding="utf-8", timeout=200, check=False,
    )  # fmt: skip
    assert died.returncode != 0 and "half way 1400" in died.stdout, died.stderr
    with infonb.open(place) as journal:
        assert journal.rows() == before and journal.check() == []
        assert journal.undo() is None
        assert journal.import_file(file).added == 4500, "and it can be taken in again"


def test_many_rows_are_one_step_and_twice_adds_nothing(journal, tmp_path):
    file = rows(tmp_path / "many.csv", 1200)
    journal.add_person("Person 7")  # known before, by hand
    before = journal.rows()
    assert journal.import_file(file).added == 3600
    assert len(journal.people()) == 1201 and len(journal.occupations()) == 50
    again = journal.import_file(file)
    assert (again.added, again.updated, again.skipped) == (0, 0, 3600)
    assert journal.undo() == f"the import of {file.name}"
    assert journal.rows() == before


def test_many_rows_are_not_asked_for_one_by_one(journal, tmp_path, monkeypatch):
    """Speed, without a clock: the number of statements doesn't grow with the rows."""
    from sqlalchemy import event

    counted: list[str] = []
    for engine in (journal._engine, journal._writing):
        event.listen(engine, "before_cursor_execute", lambda *told: counted.append(told[2]))
    journal.import_file(rows(tmp_path / "many.csv", 1000))
    assert len(counted) < 100, counted[-5:]
