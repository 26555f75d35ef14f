"""Files with bytes changed at random: they open, or are refused with a reason, and never change."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.journal import Journal

pytestmark = pytest.mark.filterwarnings("ignore::infonb.errors.InfonbWarning")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a journal in which every table has rows."""
    path = tmp_path_factory.mktemp("sound") / "search.db"
    with infonb.sample("example") as journal:
        journal.add_question("Why?")
        journal.backup(path)
    return path.read_bytes()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few changes of the kind that disks, transfers and editors make."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        kind = chance.randrange(6)
        # half of the time where it matters most: the header and the schema
        at = chance.randrange(len(changed) if chance.random() < 0.5 else min(8192, len(changed)))
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            changed[at] = chance.randrange(256)
        elif kind == 2:
            changed[at : at + 64] = chance.randbytes(len(changed[at : at + 64]))
        elif kind == 3:
            changed[at : at + 512] = bytes(len(changed[at : at + 512]))
        elif kind == 4 and len(changed) > 20_000:
            del changed[at : at + chance.randrange(1, 5000)]
        else:
            changed[at:at] = chance.randbytes(chance.randrange(1, 50))
    return bytes(changed)


def use_all(journal: Journal) -> None:
    """Read everything, and write a little of each kind."""
    for interview in journal.interviews():
        journal.answers(interview)
        journal.skills(interview)
        journal.conduct(interview)
    for read in (
        journal.occupations, journal.people, journal.themes, journal.decisions, journal.outcomes,
        journal.strengths, journal.importances, journal.questions, journal.tasks, journal.rows,
        journal.check, journal.today,
    ):  # fmt: skip
        read()
    interview = journal.plan_interview(
        journal.add_person("Robin"), journal.add_occupation("Somebody new")
    )
    answer = journal.record_answer(interview, "outlook", text="good")
    journal.record_answer(interview, "outlook", text="better")
    journal.history(answer)
    journal.undo()
    journal.remove(journal.people()[0])
    journal.undo()


def round_of_mutations(sound: bytes, folder: Path, seeds: range) -> int:
    """How many of the mutated files were refused at open."""
    refused = 0
    for seed in seeds:
        path = folder / f"{seed}.db"
        data = mutated(sound, random.Random(seed))
        path.write_bytes(data)
        try:
            journal = infonb.open(path)
        except infonb.InfonbError as error:
            refused += 1
            assert str(error), seed
            assert path.read_bytes() == data, f"seed {seed}: changed although it was refused"
        else:
            with contextlib.suppress(infonb.InfonbError):
                use_all(journal)
            journal.close()
        for left in folder.iterdir():
            if left.is_file():
                left.unlink()
    return refused


def test_a_mutated_journal_opens_or_is_refused_untouched(sound: bytes, tmp_path: Path) -> None:
    refused = round_of_mutations(sound, tmp_path, range(300))
    assert 100 < refused < 300


def test_a_broken_index_of_the_settings_is_noticed_before_the_file_changes(
    sound: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "search.db"
    path.write_bytes(sound)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name LIKE 'sqlite_autoindex_meta%'"
        ).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    at = sound.index(b"journal_id", (page - 1) * size) + len("journal_id")
    data = sound[:at] + b"\x63" + sound[at + 1 :]  # it leads to a row that isn't there
    path.write_bytes(data)
    with pytest.raises(infonb.InfonbError, match="damaged"):
        infonb.open(path)
    assert path.read_bytes() == data


def test_a_setting_that_is_no_text_is_noticed_before_the_file_changes(
    sound: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "search.db"
    path.write_bytes(sound)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        (id,) = raw.execute("SELECT value FROM meta WHERE key = 'journal_id'").fetchone()
    data = sound.replace(id.encode(), b"\xff" + id.encode()[1:])
    path.write_bytes(data)
    with pytest.raises(infonb.InfonbError, match="damaged"):
        infonb.open(path)
    assert path.read_bytes() == data


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_many_mutated_journals(sound: bytes, tmp_path: Path) -> None:
    round_of_mutations(sound, tmp_path, range(1000, 12_000))


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_rubbish_beside_a_journal_does_not_change_what_is_in_it(
    sound: bytes, tmp_path: Path, end: str
) -> None:
    path = tmp_path / "search.db"
    path.write_bytes(sound)
    with infonb.open(path) as journal:
        before = journal.rows()
    for seed in range(10):
        path.with_name(path.name + end).write_bytes(random.Random(seed).randbytes(40_000))
        with infonb.open(path) as journal:
            assert journal.rows() == before
            assert journal.check() == []


@pytest.fixture(scope="module")
def example_lines() -> bytes:
    """A file to import, with every kind of record."""
    from infonb.shipped import shipped_folder

    return (shipped_folder("sample_data") / "example.jsonl").read_bytes()


def import_mutated(data: bytes, folder: Path, seeds: range, suffix: str) -> None:
    with infonb.open(folder / "search.db") as journal:
        journal.add_occupation("Nurse")
        for seed in seeds:
            file = folder / f"{seed}{suffix}"
            file.write_bytes(mutated(data, random.Random(seed)))
            before = journal.rows()
            try:
                report = journal.import_file(file)
            except infonb.InfonbError as error:
                assert str(error), seed
                assert journal.rows() == before, f"seed {seed}: changed although it was refused"
            else:
                assert report.added + report.updated + report.skipped >= 0
                if journal.undo():
                    assert _names(journal.rows()) == _names(before), seed
            file.unlink()
        assert journal.check() == []


def _names(rows: dict[str, list[dict[str, Any]]]) -> Any:
    return {table: sorted(row["id"] for row in found) for table, found in rows.items()}


def test_a_mutated_file_is_imported_whole_or_not_at_all(
    example_lines: bytes, tmp_path: Path
) -> None:
    import_mutated(example_lines, tmp_path, range(30), ".jsonl")


def test_a_mutated_csv_is_imported_whole_or_not_at_all(tmp_path: Path) -> None:
    rows = "interview,occupation,soc,person,date,question,text,rating,weight,skills\n" + "".join(
        f'i{n // 4},Nurse {n % 5},29-1141,Person {n // 4},2026-03-02,{key},"said, {n}",{n % 5 + 1},0.5,a;b\n'
        for n, key in enumerate(list(infonb.method.QUESTIONS) * 12)
    )
    import_mutated(rows.encode(), tmp_path, range(60), ".csv")
