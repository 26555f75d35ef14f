"""What a write returned for is on disk, whatever is killed afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

import infonb
from infonb.journal import JournalFault

PROCESSES = Path(__file__).with_name("processes.py")


def run(what: str, place: str, count: int, timeout: int = 250) -> dict[str, Any]:
    """Run a function of processes.py in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(PROCESSES), what, place, str(count)],
        capture_output=True, text=True, encoding="utf-8", timeout=timeout, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_saved_answer_survives_kill_9(place: str) -> None:
    result = run("killed", place, 50)
    assert result["acknowledged"] >= 40  # four writers in five are killed after a first save
    assert result["lost"] == 0
    assert result["problems"] == []


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_saved_answer_survives_a_thousand_kills(place: str) -> None:
    result = run("killed", place, 1000, timeout=3500)
    assert (result["lost"], result["problems"]) == (0, [])


def test_a_journal_keeps_a_rollback_journal_and_full_synchronous(tmp_path: Path) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        with journal.transaction() as write:
            pragmas = {
                name: write.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert pragmas == {
            "journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000,
        }  # fmt: skip


def test_postgresql_waits_for_the_disk_too(database: str) -> None:
    with infonb.open(database) as journal, journal.transaction() as write:
        assert write.connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        assert write.connection.exec_driver_sql("SHOW lock_timeout").scalar() == "10s"


@pytest.fixture
def own_server(help: Any) -> Iterator[Any]:
    """A PostgreSQL server that a test may kill."""
    folder = tempfile.mkdtemp(prefix="infonb-postgres-")
    server = help.start_server(folder)
    yield server
    with help.of_others():
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_saved_answer_survives_the_killing_of_the_server(own_server: Any, help: Any) -> None:
    with infonb.open(own_server.get_uri()) as journal:
        interview = help.plan(journal)
        acknowledged, faults = _save_while_killed(journal, interview, own_server)
        assert acknowledged > 0
        assert len(faults) == 1
        assert "What was saved before is safe" in str(faults[0])
        with help.of_others():
            _start_again(own_server)
        stored = int(journal.answers(interview)[0].text)  # the same journal goes on
        assert stored >= acknowledged
        journal.record_answer(interview, "outlook", text="and on")
        assert journal.check() == []


def _save_while_killed(
    journal: infonb.Journal, interview: Any, server: Any
) -> tuple[int, list[JournalFault]]:
    acknowledged, faults = 0, []
    killer = threading.Timer(0.5, _kill_server, [server])
    for number in range(1, 1_000_000):
        try:
            journal.record_answer(interview, "outlook", text=str(number), session="s")
            acknowledged = number
            if number == 1:
                killer.start()
        except JournalFault as fault:
            faults.append(fault)
            break
    killer.join()
    return acknowledged, faults


def _kill_server(server: Any) -> None:
    import psutil

    postmaster = psutil.Process(server.get_pid())
    for process in [postmaster, *postmaster.children()]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    postmaster.wait(10)


def _start_again(server: Any) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            server.ensure_postgres_running()
            psycopg.connect(server.get_uri()).close()
            return
        except (psycopg.OperationalError, subprocess.SubprocessError, AssertionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_a_write_that_fails_half_way_leaves_nothing(place: str, help: Any) -> None:
    with infonb.open(place) as journal:
        help.plan(journal)
        before = journal.rows()
        with pytest.raises(KeyboardInterrupt), journal.transaction() as write:
            from infonb.journal import schema

            write.add(schema.person, {"name": "Kim"})
            raise KeyboardInterrupt
        assert journal.rows() == before


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        journal.add_occupation("Nurse")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["search.db", "search.db.backups"]
    assert os.stat(tmp_path / "search.db").st_size > 0
