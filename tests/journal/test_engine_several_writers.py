"""Several threads, and several processes, write to one journal: nobody is lost, nobody refused."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.journal import Interview, Journal, StaleAnswer

PROCESSES = Path(__file__).with_name("processes.py")


def run(what: str, place: str, count: int) -> dict[str, Any]:
    """Run a function of processes.py in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(PROCESSES), what, place, str(count)],
        capture_output=True, text=True, encoding="utf-8", timeout=280, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("writers", [2, 8])
def test_processes_that_save_500_times_each_lose_nothing(place: str, writers: int) -> None:
    result = run("taking_turns", place, writers)
    assert result["errors"] == []
    assert result["version"] == result["saves"] == result["kept"]
    assert result["own"] == [250] * writers
    assert result["problems"] == []


@pytest.mark.parametrize("round", range(3))
def test_processes_may_all_be_the_first_to_open(place: str, round: int) -> None:
    result = run("first_open", place, 8)
    assert result["errors"] == []
    assert result["titles"] == [f"Occupation {n}" for n in range(8)]
    assert result["problems"] == []


def test_a_journal_may_be_used_after_a_fork(place: str) -> None:
    result = run("after_a_fork", place, 4)
    assert (result["errors"], result["titles"], result["problems"]) == ([], 6, [])


def at_once(count: int, action: Callable[[int], Any]) -> list[Any]:
    """Run an action in this many threads that start together; results, or exceptions."""
    barrier = threading.Barrier(count)

    def wait_and_act(number: int) -> Any:
        barrier.wait()
        try:
            return action(number)
        except infonb.InfonbError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(wait_and_act, range(count)))


def test_any_thread_may_write(journal: Journal, interview: Interview) -> None:
    keys = list(infonb.method.QUESTIONS)
    results = at_once(
        12, lambda n: journal.record_answer(interview, keys[n], text=f"from thread {n}")
    )
    assert [r.text for r in results] == [f"from thread {n}" for n in range(12)]
    assert len(journal.answers(interview)) == 12


@pytest.mark.parametrize("editors", [2, 8])
def test_of_editors_with_one_expected_version_exactly_one_wins(
    place: str, editors: int, help: Any
) -> None:
    with infonb.open(place) as journal:
        interview = help.plan(journal)
        version = journal.record_answer(interview, "outlook", text="before").version
    opened = [infonb.open(place) for _ in range(editors)]
    for _round in range(5):
        results = at_once(
            editors,
            lambda n, version=version: opened[n].record_answer(
                interview, "outlook", text=f"editor {n} after {version}", version=version
            ),
        )
        won = [r for r in results if not isinstance(r, Exception)]
        lost = [r for r in results if isinstance(r, StaleAnswer)]
        assert (len(won), len(lost)) == (1, editors - 1)
        assert all(stale.stored_text == won[0].text for stale in lost)
        assert {f"editor {n} after {version}" for n in range(editors)} == {
            won[0].text, *(stale.your_text for stale in lost)
        }  # fmt: skip
        version = won[0].version
    for journal in opened:
        journal.close()


def test_of_two_first_saves_at_once_one_wins(place: str, help: Any) -> None:
    with infonb.open(place) as journal, infonb.open(place) as other:
        interview = help.plan(journal)
        for key in ("outlook", "path_in", "motivation", "advancement"):
            results = at_once(
                2,
                lambda n, key=key: (journal, other)[n].record_answer(
                    interview, key, text=f"editor {n}", version=0
                ),
            )
            won = [r for r in results if not isinstance(r, Exception)]
            assert len(won) == 1
            (stale,) = (r for r in results if isinstance(r, StaleAnswer))
            assert stale.stored.version == 1
            assert stale.stored_text == won[0].text


def test_the_same_title_at_once_is_one_occupation(place: str) -> None:
    with infonb.open(place) as journal, infonb.open(place) as other:
        results = at_once(6, lambda n: (journal, other)[n % 2].add_occupation("Nurse"))
        assert len({r.id for r in results}) == 1
        results = at_once(6, lambda n: (journal, other)[n % 2].add_strength("Calm"))
        assert len({r.id for r in results}) == 1


def test_reading_goes_on_while_another_writes(journal: Journal, interview: Interview) -> None:
    journal.record_answer(interview, "outlook", text="good")
    with journal.transaction() as write:
        write.stamp()
        assert journal.answers(interview)[0].text == "good"


def test_rows_are_of_one_moment(journal: Journal) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            person = journal.add_person("Robin")
            journal.plan_interview(person, journal.add_occupation("Nurse"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(20):
            rows = journal.rows()
            people = {row["id"] for row in rows["person"]}
            assert {row["person_id"] for row in rows["interview"]} <= people
    finally:
        stop.set()
        writer.join()
