"""Runs in a process of its own and forks there: writers that are killed, race, or take turns.

``python processes.py WHAT PLACE COUNT`` prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable

import infonb
from infonb.journal import Journal  # now, not in every child


def killed(place: str, count: int) -> dict[str, object]:
    """Kill a writer this often; after each, everything it acknowledged must be there."""
    chance = random.Random(7)
    with infonb.open(place) as journal:
        interview = journal.plan_interview(
            journal.add_person("Robin"), journal.add_occupation("Nurse")
        ).id
        journal.record_answer(interview, "outlook", text="0 0")
    acknowledged = lost = 0
    problems: list[str] = []
    for turn in range(1, count + 1):
        reader, writer = os.pipe()
        child = _fork(lambda turn=turn, to=writer: _write_until_killed(place, interview, turn, to))
        os.close(writer)
        first = os.read(reader, 1) if turn % 5 else b""  # every fifth may still be opening
        time.sleep(chance.uniform(0.0, 0.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reader, "r", encoding="utf-8") as pipe:
            said = (first.decode() + pipe.read()).split()
        acknowledged += len(said)
        with infonb.open(place) as journal:
            stored = tuple(map(int, journal.answers(interview)[0].text.split()))
            if said and stored < (turn, int(said[-1])):
                lost += 1
            problems += journal.check()
    return {"acknowledged": acknowledged, "lost": lost, "problems": problems}


def _write_until_killed(place: str, interview: str, turn: int, to: int) -> None:
    journal: Journal = infonb.open(place)
    for number in range(1_000_000):
        session = "s" if number % 3 else None
        journal.record_answer(interview, "outlook", text=f"{turn} {number}", session=session)
        os.write(to, f"{number}\n".encode())


def taking_turns(place: str, count: int) -> dict[str, object]:
    """This many processes save 500 times each, to one answer and to one of their own."""
    saves = 500
    with infonb.open(place) as journal:
        nurse = journal.add_occupation("Nurse")
        shared = journal.plan_interview(journal.add_person("Robin"), nurse).id
        own = [journal.plan_interview(journal.add_person("Kim"), nurse).id for _ in range(count)]

    def save(number: int) -> None:
        with infonb.open(place) as journal:
            for turn in range(saves // 2):
                journal.record_answer(shared, "outlook", text=f"{number} {turn}")
                journal.record_answer(own[number], "outlook", text=str(turn), session="s")

    errors = _all(count, save)
    with infonb.open(place) as journal:
        answer = journal.answers(shared)[0]
        return {
            "errors": errors,
            "saves": count * saves // 2,
            "version": answer.version,
            "kept": len(journal.history(answer)),
            "own": [journal.answers(id)[0].version for id in own],
            "problems": journal.check(),
        }


def first_open(place: str, count: int) -> dict[str, object]:
    """This many processes open a journal that isn't there yet, at the same moment."""

    def use(number: int) -> None:
        with infonb.open(place) as journal:
            journal.add_occupation(f"Occupation {number}")

    errors = _all(count, use)
    with infonb.open(place) as journal:
        return {
            "errors": errors,
            "titles": sorted(o.title for o in journal.occupations()),
            "problems": journal.check(),
        }


def after_a_fork(place: str, count: int) -> dict[str, object]:
    """Children go on with a journal that their parent had opened."""
    with infonb.open(place) as journal:
        journal.add_occupation("Nurse")
        errors = _all(count, lambda number: journal.add_occupation(f"Occupation {number}"))
        journal.add_occupation("Teacher")
        return {
            "errors": errors,
            "titles": len(journal.occupations()),
            "problems": journal.check(),
        }


def _all(count: int, action: Callable[[int], object]) -> list[str]:
    """Run an action in this many children that start together; what they complained of."""
    gate, go = os.pipe()
    reader, writer = os.pipe()

    def child(number: int) -> None:
        os.read(gate, 1)
        try:
            action(number)
        except BaseException as error:
            os.write(writer, f"{type(error).__name__}: {error}\n".encode())
            raise

    children = [_fork(lambda number=number: child(number)) for number in range(count)]
    time.sleep(0.1)
    os.write(go, b"x" * count)
    for pid in children:
        os.waitpid(pid, 0)
    os.close(writer)
    with os.fdopen(reader, "r", encoding="utf-8") as pipe:
        return pipe.read().splitlines()


def _fork(action: Callable[[], object]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            action()
        finally:
            os._exit(0)
    return pid


if __name__ == "__main__":
    what, where, how_many = sys.argv[1:]
    print(json.dumps(globals()[what](where, int(how_many))))
