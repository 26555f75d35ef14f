"""Every kind of bad file has its own error in plain words, and is left as it is to the last byte."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.journal import (
    DamagedJournal,
    DiskFull,
    FolderMissing,
    ForeignDatabase,
    Journal,
    JournalFault,
    JournalLocked,
    NotAFile,
    NotAJournal,
    ReadOnlyJournal,
    best_backup,
    check_file,
    restore_file,
    schema,
)


@pytest.fixture
def whole(tmp_path: Path, help: Any) -> Path:
    """A journal that spans many pages, closed."""
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        interview = help.plan(journal)
        for question in infonb.method.QUESTIONS:
            journal.record_answer(interview, question, text=f"{question} " * 400)
    return path


def refused(path: Path, kind: type[JournalFault], match: str) -> None:
    """Opening it raises this error, says this, and changes nothing."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(kind, match=match) as error:
        infonb.open(path)
    assert isinstance(error.value, infonb.InfonbError)
    assert str(path.parent) in str(error.value) or path.name in str(error.value)
    if before is not None:
        assert path.read_bytes() == before
        assert sorted(p.name for p in path.parent.iterdir()) == beside


def test_a_zero_length_file_opens_as_an_empty_journal(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    path.touch()
    with infonb.open(path) as journal:
        assert journal.people() == []
        assert journal.check() == []


@pytest.mark.parametrize("kept", [50, 99, 100, 512, 4096, 5000, 0.5, 0.9])
def test_a_truncated_file(whole: Path, kept: float) -> None:
    data = whole.read_bytes()
    whole.write_bytes(data[: int(kept if kept > 1 else kept * len(data))])
    refused(whole, DamagedJournal, "damaged.*infonb check")


@pytest.mark.parametrize("page", [0.2, 0.5, 0.95])
def test_a_garbage_page_is_noticed_when_it_is_opened(whole: Path, page: float) -> None:
    data = bytearray(whole.read_bytes())
    at = int(page * len(data) / 4096) * 4096
    data[at : at + 4096] = b"\xa5" * 4096
    whole.write_bytes(data)
    refused(whole, DamagedJournal, "isn't opened for writing")


@pytest.mark.parametrize(
    "content",
    [
        b"question,answer\noutlook,good\n",
        b"x" * 20_000,
        b"\x00" * 4096,
        '{"occupation": "Nurse"}'.encode("utf-16"),
        b"SQLite format 2\x00" + b"\x00" * 4080,
    ],
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "search.db").write_bytes(content)
    refused(tmp_path / "search.db", NotAJournal, "isn't a SQLite database")


@pytest.mark.parametrize("application_id", [0, 0x0F055112, schema.APPLICATION_ID + 1])
@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_somebody_elses_database(tmp_path: Path, application_id: int, mode: str) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA journal_mode={mode}")
        other.execute(f"PRAGMA application_id={application_id}")
        other.execute("CREATE TABLE bookmark (url)")
        other.execute("INSERT INTO bookmark VALUES ('https://example.org')")
        other.commit()
    refused(path, ForeignDatabase, "another program")


def test_somebody_elses_database_that_is_in_use(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=wal")
        other.execute("CREATE TABLE bookmark (url)")
        other.commit()
        refused(path, ForeignDatabase, "another program")
        assert other.execute("SELECT count(*) FROM bookmark").fetchone() == (0,)


def test_an_empty_database_file_may_become_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("VACUUM")
    with infonb.open(path) as journal:
        assert journal.check() == []


def test_a_missing_folder(tmp_path: Path) -> None:
    refused(tmp_path / "not" / "there" / "search.db", FolderMissing, "make it, or choose")
    assert not (tmp_path / "not").exists()


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(FolderMissing):
        infonb.open(tmp_path / "file" / "search.db")


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(NotAFile, match=r"is a folder; name a file in it, such as .*journal\.db"):
        infonb.open(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_something_that_is_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "search.db")
    with pytest.raises(NotAFile, match="no ordinary file"):
        infonb.open(tmp_path / "search.db")


@pytest.mark.parametrize("location", [":memory:", "sqlite://", "sqlite:///:memory:", "a\0b"])
def test_a_location_that_names_no_file(location: str) -> None:
    with pytest.raises(infonb.InfonbError, match="names none"):
        infonb.open(location)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(JournalFault, match="can't be used"):
        infonb.open(tmp_path / ("x" * 300))


@pytest.mark.parametrize("name", ["a b.db", "a?mode=ro.db", "a#b.db", "a%20b.db", "ü–日本.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with infonb.open(tmp_path / name) as journal:
        journal.add_person("Robin")
    assert (tmp_path / name).stat().st_size > 0
    with infonb.open(f"sqlite:///{tmp_path / name}") as journal:
        assert len(journal.people()) == 1


@contextlib.contextmanager
def somebody_without_rights() -> Iterator[None]:
    """Root may write everywhere, so be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anybody can enter, which those of pytest aren't."""
    with tempfile.TemporaryDirectory(prefix="infonb-rights-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing on Windows")
def test_a_read_only_file(open_folder: Path) -> None:
    path = open_folder / "search.db"
    infonb.open(path).close()
    open_folder.chmod(0o777)
    path.chmod(0o444)
    with somebody_without_rights():
        refused(path, ReadOnlyJournal, "may only be read.*Copy the journal")


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing on Windows")
def test_a_read_only_folder(open_folder: Path) -> None:
    path = open_folder / "search.db"
    infonb.open(path).close()
    path.chmod(0o666)
    open_folder.chmod(0o555)
    with somebody_without_rights():
        refused(path, ReadOnlyJournal, "may only be read")
        with pytest.raises(ReadOnlyJournal):
            infonb.open(open_folder / "new.db")
    assert not (open_folder / "new.db").exists()


def test_a_file_that_turns_read_only_under_way(file_journal: Journal) -> None:
    from sqlalchemy import event

    file_journal.add_person("Robin")
    file_journal._engine.dispose()

    @event.listens_for(file_journal._engine, "connect")
    def only_read(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA query_only=ON")

    with pytest.raises(ReadOnlyJournal):
        file_journal.add_person("Kim")
    assert [p.name for p in file_journal.people()] == ["Robin"]


def test_a_full_disk_loses_only_the_change_in_hand(file_journal: Journal, help: Any) -> None:
    from sqlalchemy import event

    interview = help.plan(file_journal)
    file_journal.record_answer(interview, "outlook", text="good")
    full = {"pages": 0}

    @event.listens_for(file_journal._engine, "checkout")
    def limit(connection: sqlite3.Connection, _record: Any, _proxy: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={full['pages'] or 1_000_000}")

    full["pages"] = 1  # SQLite takes it as "no more than now"
    with pytest.raises(DiskFull, match=r"saved before is safe.*Make room"):
        file_journal.record_answer(interview, "outlook", text="x" * 100_000)
    assert file_journal.answers(interview)[0].text == "good"
    full["pages"] = 0
    assert file_journal.record_answer(interview, "outlook", text="x" * 100_000).version == 2
    assert file_journal.check() == []


@pytest.mark.parametrize("mode", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_journal_that_another_program_locks(tmp_path: Path, mode: str, impatient: None) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        journal.add_person("Robin")
        with closing(sqlite3.connect(tmp_path / "search.db", isolation_level=None)) as other:
            other.execute(f"BEGIN {mode}")
            with pytest.raises(JournalLocked, match=r"Close the other program, then save again"):
                journal.add_person("Kim")
            if mode == "EXCLUSIVE":  # nobody may even read then
                with pytest.raises(JournalLocked):
                    journal.people()
            else:
                assert [p.name for p in journal.people()] == ["Robin"]
            other.execute("ROLLBACK")
        assert [p.name for p in journal.people()] == ["Robin"]
        assert journal.add_person("Kim").name == "Kim"


def test_a_journal_that_another_program_keeps_for_itself(tmp_path: Path, impatient: None) -> None:
    infonb.open(tmp_path / "search.db").close()
    with closing(sqlite3.connect(tmp_path / "search.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(JournalLocked):
            infonb.open(tmp_path / "search.db")
        other.execute("ROLLBACK")


def test_postgresql_does_not_wait_for_ever_either(
    database: str, help: Any, impatient: None
) -> None:
    with infonb.open(database) as journal, infonb.open(database) as other:
        with journal.transaction() as write:
            write.connection.exec_driver_sql("SELECT 1")
            with pytest.raises(JournalLocked):
                other.add_person("Robin")
        assert other.add_person("Robin").name == "Robin"


def test_a_page_that_goes_bad_under_way_is_reported(whole: Path) -> None:
    with infonb.open(whole) as journal:
        data = bytearray(whole.read_bytes())
        for at in range(8192, len(data) - 4096, 4096):
            data[at : at + 4096] = b"\xa5" * 4096
        whole.write_bytes(data)
        with pytest.raises(DamagedJournal):
            journal.rows()
        assert any("damaged" in problem for problem in journal.check())
        with pytest.raises(DamagedJournal):  # and isn't written to any more
            journal.add_person("Kim")
        with pytest.warns(infonb.errors.InfonbWarning, match="No automatic backup"):
            next((whole.parent / "search.db.backups").glob("*.db")).unlink()
            journal._wrote = True
            journal.close()


@pytest.mark.parametrize("table", ["answer", "person", "meta"])
def test_a_journal_without_one_of_its_tables(whole: Path, table: str) -> None:
    with closing(sqlite3.connect(whole, isolation_level=None)) as raw:
        raw.execute(f"DROP TABLE {table}")
    refused(whole, DamagedJournal, f"damaged.*{table}")


def test_the_user_is_told_which_backup_to_use(whole: Path) -> None:
    (backup,) = (whole.parent / "search.db.backups").glob("*.db")
    whole.write_bytes(whole.read_bytes()[:9000])
    problems = check_file(str(whole))
    assert "damaged" in problems[0]
    assert str(backup) in problems[1]
    assert "restore_file" in problems[1]
    assert best_backup(whole) == backup
    aside = restore_file(whole, backup)
    assert aside is not None
    assert aside.stat().st_size == 9000
    assert check_file(str(whole)) == []
    with infonb.open(whole) as journal:
        assert len(journal.answers(journal.interviews()[0])) == len(infonb.method.QUESTIONS)


def test_a_damaged_backup_is_passed_over(whole: Path) -> None:
    folder = whole.parent / "search.db.backups"
    (sound,) = folder.glob("*.db")
    newer = folder / "2099-01-01.db"
    newer.write_bytes(sound.read_bytes()[:9000])
    assert best_backup(whole) == sound
    sound.unlink()
    assert best_backup(whole) is None
    assert "There is no sound automatic backup" in check_file(str(whole.with_name("lost.db")))[1]


def test_a_missing_journal_is_a_problem_and_is_not_made(tmp_path: Path) -> None:
    assert "no file" in check_file(str(tmp_path / "search.db"))[0]
    assert list(tmp_path.iterdir()) == []


def test_a_first_open_that_was_killed_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    code = (
        "import os, sys\nfrom infonb.journal import upgrade\n"
        "upgrade._make = lambda connection: os._exit(9)\n"
        "import infonb\ninfonb.open(sys.argv[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert done.returncode == 9
    assert path.exists()
    with infonb.open(path) as journal:
        assert journal.check() == []
