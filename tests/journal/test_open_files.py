"""The file alone is the journal: copied it is whole, moved it is missed, torn it is found."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.journal import DamagedJournal, Journal, JournalMoved, restore_file

SAID = "I was told this with kindness, and it took an hour."


def read(path: Path, query: str) -> list[Any]:
    """What any program reads in a file, and in that file alone."""
    with contextlib.closing(sqlite3.connect(path)) as raw:
        return [row[0] for row in raw.execute(query)]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file() and path.stat().st_size}


# copied -----------------------------------------------------------------------------------------


def test_a_copy_made_while_the_journal_is_open_holds_every_save(tmp_path: Path, help: Any) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        interview = help.plan(journal)
        for number in range(20):
            journal.record_answer(interview, "outlook", text=f"{SAID} {number}", session="s")
            assert f"{SAID} {number}".encode() in path.read_bytes()
        copy = shutil.copy(path, tmp_path / "mailed.db")
        assert names(tmp_path) == {"search.db", "mailed.db"}
    assert read(copy, "SELECT text FROM answer") == [f"{SAID} 19"]
    with infonb.open(copy) as mailed:
        assert mailed.check() == []


def test_a_long_write_changes_the_file_at_its_end_alone(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        before = path.read_bytes()
        with pytest.raises(KeyboardInterrupt), journal.transaction() as write:
            from infonb.journal import schema

            for number in range(3000):  # far more than SQLite keeps in memory by itself
                write.add(schema.person, {"name": f"{SAID} {number}", "notes": SAID * 40})
            as_others_see_it = path.read_bytes()
            raise KeyboardInterrupt
        assert as_others_see_it == before == path.read_bytes()


def write_ahead(path: Path) -> sqlite3.Connection:
    """A journal as an older infonb has it open: what was written last stands beside it."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("UPDATE occupation SET soc = '29-1141'")
    return raw


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        journal.add_occupation("Nurse")
    return path


def test_an_older_journal_that_was_killed_becomes_one_file(older: Path, tmp_path: Path) -> None:
    with contextlib.closing(write_ahead(older)):
        left = tmp_path / "killed" / "search.db"
        left.parent.mkdir()
        for end in ("", "-wal"):
            shutil.copy(f"{older}{end}", f"{left}{end}")
    with infonb.open(left):
        copy = shutil.copy(left, tmp_path / "copy.db")
    assert read(copy, "SELECT soc FROM occupation") == ["29-1141"]
    assert names(left.parent) == {"search.db"}
    assert read(left, "PRAGMA journal_mode") == ["delete"]  # its own, when nobody asks for another


def test_where_another_program_holds_an_older_journal_it_is_said_once_and_tried_again(
    older: Path,
) -> None:
    with contextlib.closing(write_ahead(older)):
        with pytest.warns(infonb.errors.InfonbWarning, match="isn't complete; `infonb backup`"):
            journal = infonb.open(older)
        journal.add_occupation("Teacher")
        journal.close()
        with infonb.open(older) as journal:  # said once
            assert len(journal.occupations()) == 2
    with infonb.open(older) as journal:
        journal.add_occupation("Baker")
        assert read(older, "PRAGMA journal_mode") == ["delete"]
        assert names(older.parent) == {"search.db"}
        assert len(journal.occupations()) == 3


@contextlib.contextmanager
def somebody_without_rights() -> Iterator[None]:
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was == 0:
            os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing on Windows")
def test_an_older_journal_on_a_medium_that_may_only_be_read_can_be_imported(
    older: Path, tmp_path: Path
) -> None:
    write_ahead(older).close()
    with infonb.open(tmp_path / "warm.db") as journal:  # all modules are loaded by this
        assert journal.import_file(older).added == 1
    with tempfile.TemporaryDirectory(prefix="infonb-medium-") as name:
        medium, mine = Path(name) / "medium", Path(name) / "mine"
        for folder in (medium, mine):
            folder.mkdir()
        shutil.copy(older, medium / "search.db")
        for place, rights in ((medium / "search.db", 0o444), (medium, 0o555), (mine, 0o777)):
            place.chmod(rights)
        Path(name).chmod(0o755)
        with somebody_without_rights(), infonb.open(mine / "search.db") as journal:
            assert journal.import_file(medium / "search.db").added == 1
        assert {path.name for path in medium.iterdir()} == {"search.db"}


# moved ------------------------------------------------------------------------------------------


def renamed(path: Path) -> Path:
    return path.rename(path.with_name("moved.db"))


def deleted(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    """As sync programs and git do it."""
    other = path.with_name("other.db")
    infonb.open(other).close()
    os.replace(other, path)


def folder_renamed(path: Path) -> Path:
    return path.parent.rename(path.parent.with_name("elsewhere")) / path.name


@pytest.mark.parametrize("happens", [renamed, deleted, replaced, folder_renamed])
def test_a_save_after_the_file_was_moved_is_not_called_saved_and_nothing_is_lost(
    tmp_path: Path, help: Any, happens: Callable[[Path], Path | None]
) -> None:
    path = tmp_path / "folder" / "search.db"
    path.parent.mkdir()
    journal = infonb.open(path)
    interview = help.plan(journal)
    for number in range(30):
        journal.record_answer(interview, "outlook", text=f"{SAID} {number}")
    now = happens(path)
    before = path.read_bytes() if path.exists() else None
    for attempt in ("difficulties", "outlook"):
        with pytest.raises(JournalMoved, match=r"not saved\. What was saved before") as refused:
            journal.record_answer(interview, attempt, text="after the move")
    assert path.exists() == (before is not None)  # no new one in its place
    if before is not None:
        assert path.read_bytes() == before
    if now is not None:
        assert read(now, "SELECT text FROM answer") == [f"{SAID} 29"]
    if path.parent.exists():
        (kept,) = (path.parent / "search.db.backups").glob("*-moved.db")
        assert str(kept) in str(refused.value)
        assert read(kept, "SELECT text FROM answer") == [f"{SAID} 29"]
    assert [a.text for a in journal.answers(interview)] == [f"{SAID} 29"]  # still to be read
    journal.close()
    assert path.exists() == (before is not None)


def test_another_thread_does_not_write_into_what_took_the_place(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    raised: list[BaseException] = []
    with infonb.open(path) as journal:
        journal.add_occupation("Nurse")
        replaced(path)
        other = path.read_bytes()

        def save() -> None:
            try:
                journal.add_occupation("Teacher")
            except JournalMoved as error:
                raised.append(error)

        def look() -> None:
            try:
                journal.occupations()
            except JournalMoved as error:
                raised.append(error)

        with journal._read() as held:  # so that both threads need connections of their own
            held.exec_driver_sql("SELECT 1")
            threads = [threading.Thread(target=each) for each in (save, look)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert path.read_bytes() == other
    assert len(raised) == 2


def test_a_journal_that_is_put_back_is_saved_to_again(file_journal: Journal) -> None:
    path = Path(file_journal.location)
    file_journal.add_occupation("Nurse")
    moved = renamed(path)
    with pytest.raises(JournalMoved):
        file_journal.add_occupation("Teacher")
    moved.rename(path)
    file_journal.add_occupation("Baker")
    assert read(path, "SELECT title FROM occupation ORDER BY title") == ["Baker", "Nurse"]


def test_sqlite_itself_notices_a_move_in_the_middle_of_a_write(file_journal: Journal) -> None:
    path = Path(file_journal.location)
    with pytest.raises(JournalMoved), file_journal.transaction() as write:
        from infonb.journal import schema

        path.rename(path.with_name("moved.db"))
        write.add(schema.occupation, {"title": "Nurse", "title_key": "nurse"})


# torn -------------------------------------------------------------------------------------------


def test_a_copy_torn_between_two_versions_is_found_when_it_is_opened(
    tmp_path: Path, help: Any
) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        interview = help.plan(journal)
        for number in range(60):
            journal.add_person(f"Person {number}", notes=SAID * 5)
    before = path.read_bytes()
    with infonb.open(path) as journal:
        journal.record_answer(interview, "outlook", text=SAID * 30)
        for number in range(60):
            journal.add_occupation(f"Occupation {number}")
    after = path.read_bytes()
    found = unnoticed_by_the_quick_check = 0
    for cut in range(4096, len(before), 4096):
        for torn in (before[:cut] + after[cut:], after[:cut] + before[cut:]):
            copy = tmp_path / "copy" / "search.db"
            copy.parent.mkdir()
            copy.write_bytes(torn)
            quick = complaints(copy, "quick_check")
            if complaints(copy, "integrity_check") or len(torn) < 4096:
                with pytest.raises(DamagedJournal):
                    infonb.open(copy)
                assert copy.read_bytes() == torn
                found += 1
                unnoticed_by_the_quick_check += not quick
            shutil.rmtree(copy.parent)
    assert found > 10
    assert unnoticed_by_the_quick_check > 0


def complaints(path: Path, check: str) -> bool:
    try:
        return read(path, f"PRAGMA {check}(1)") != ["ok"]
    except sqlite3.DatabaseError:
        return True


@pytest.mark.parametrize("how", ["copied", "killed", "changed by another"])
def test_only_a_journal_left_as_it_was_closed_is_spared_the_whole_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        journal.add_occupation("Nurse")
    assert whole_checks(path, monkeypatch) == 0
    if how == "copied":
        shutil.copytree(tmp_path, tmp_path / "copy", copy_function=shutil.copy2)
        path = tmp_path / "copy" / "search.db"
    elif how == "killed":
        code = (
            "import os, sys, infonb\njournal = infonb.open(sys.argv[1])\n"
            "journal.add_occupation('Teacher')\nos._exit(9)\n"
        )
        subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=120)
    else:
        with contextlib.closing(sqlite3.connect(path)) as raw:
            raw.execute("UPDATE occupation SET soc = '29-1141'")
            raw.commit()
    assert whole_checks(path, monkeypatch) == 1
    assert whole_checks(path, monkeypatch) == 0  # closed here again


def whole_checks(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often opening a journal checks all of it."""
    statements: list[str] = []
    connect = sqlite3.connect

    def traced(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **named)
        connection.set_trace_callback(statements.append)
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", traced)
        infonb.open(path).close()
    return sum("integrity_check(1)" in statement for statement in statements)


def test_what_a_killed_write_left_beside_a_lost_journal_does_not_change_the_one_restored(
    tmp_path: Path,
) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        journal.add_occupation("Nurse")
        journal.backup(tmp_path / "copy.db")
        whole = path.read_bytes()
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
            raw.execute("PRAGMA cache_size=1")
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("DELETE FROM occupation")
            raw.execute("UPDATE meta SET value = 'another'")
            raw.execute("CREATE TABLE large AS SELECT zeroblob(100000)")
            beside = (tmp_path / "search.db-journal").read_bytes()
    assert beside and whole
    path.unlink()
    (tmp_path / "search.db-journal").write_bytes(beside)
    restore_file(path, tmp_path / "copy.db")
    with infonb.open(path) as journal:
        assert [o.title for o in journal.occupations()] == ["Nurse"]
        assert journal.check() == []
    assert path.read_bytes()[:16] == b"SQLite format 3\0"


# not held up ------------------------------------------------------------------------------------


def test_nobody_works_on_rows_while_a_save_has_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a read transaction is open, no function of infonb's runs but those that fetch."""
    path = tmp_path / "search.db"
    with infonb.sample("example") as sample:
        sample.backup(path)
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **named)
        if "/search.db?" in str(arguments[0]):  # not its backup, which is looked at, too
            opened.append(connection)
        return connection

    monkeypatch.setattr(sqlite3, "connect", noted)
    home = str(Path(infonb.__file__).parent)
    fetching = {"_read", "_plainly", "_rows_of", "_begin_sqlite", "_writes", "connect", "setting"}
    fetching |= {"own_questions", "read", "_of_the_file", "closing", "is_there", "identity"}
    working: set[str] = set()

    def look(frame: Any, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(home):
            return
        if code.co_name.startswith("<") and frame.f_back.f_code.co_name in fetching:
            return
        if code.co_filename.endswith("definitions.py"):
            return  # of a file's few definitions, not of its rows
        if code.co_name not in fetching and any(map(is_reading, opened)):
            working.add(f"{Path(code.co_filename).name}: {code.co_name}")

    with infonb.open(path) as journal:
        journal.rows(), journal.check()  # what is compiled once is
        gc.collect()
        gc.disable()  # other tests' journals are closed another time
        sys.setprofile(look)
        try:
            for end in ("jsonl", "csv", "xlsx", "vcf", "ics"):
                journal.export_file(tmp_path / f"out.{end}")
            journal.export_file(tmp_path / "programme", format="programme")
            journal.findings().in_brief()
            journal.check(), journal.tasks(), journal.questions(), journal.interviews()
            journal.people(), journal.occupations(), journal.decisions(), journal.themes()
            for interview in journal.interviews()[:3]:
                for answer in journal.answers(interview):
                    journal.history(answer)
        finally:
            sys.setprofile(None)
            gc.enable()
    assert working == set()


def is_reading(connection: sqlite3.Connection) -> bool:
    with contextlib.suppress(sqlite3.ProgrammingError):  # closed
        return connection.in_transaction
    return False
