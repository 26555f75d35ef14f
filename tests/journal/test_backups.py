"""Backups: online, atomic, private, automatic; restoring verifies first and keeps what was."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.errors import InfonbWarning
from infonb.journal import BackupUnusable, DiskFull, Journal, JournalFault, backups


def names(folder: Path) -> list[str]:
    """What lies in a folder, but for how its journal was left."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".closed")


def test_a_backup_is_a_journal_with_everything_in_it(
    journal: Journal, tmp_path: Path, help: Any
) -> None:
    interview = help.plan(journal)
    journal.add_referral(interview, "Kim")
    journal.record_answer(interview, "outlook", text="first", private=True)
    journal.record_answer(interview, "outlook", text="second")
    target = journal.backup(tmp_path / "copy.db")
    assert [n for n in names(tmp_path) if n.startswith(("copy", ".copy"))] == ["copy.db"]
    with infonb.open(target) as copy:
        assert copy.rows() == journal.rows()
        assert copy.id == journal.id
        assert copy.undo() == "the answer to outlook as it was before"
        assert copy.check() == []
    assert journal.answers(interview)[0].text == "second"


def test_a_backup_can_be_brought_back(journal: Journal, tmp_path: Path, help: Any) -> None:
    interview = help.plan(journal)
    journal.add_referral(interview, "Kim")
    journal.record_answer(interview, "outlook", text="first")
    journal.record_answer(interview, "outlook", text="second", private=True)
    before, copy = journal.rows(), journal.backup(tmp_path / "copy.db")
    journal.remove(journal.people()[0])
    journal.add_occupation("Taken by mistake")
    after = journal.rows()
    kept = journal.restore(copy)
    assert journal.rows() == before
    assert journal.check() == []
    assert journal.undo() == "the answer to outlook as it was before"
    journal.remove(journal.occupations()[0])  # steps go on where they were
    assert journal.undo() == "the removal of occupation"
    if journal.path is not None:
        assert kept is not None
        with infonb.open(kept) as old:
            assert old.rows() == after


def test_a_restored_journal_is_seen_by_those_who_have_it_open(place: str, tmp_path: Path) -> None:
    with infonb.open(place) as journal, infonb.open(place) as other:
        journal.add_occupation("Nurse")
        copy = journal.backup(tmp_path / "copy.db")
        other.add_occupation("Teacher")
        journal.restore(copy)
        assert [o.title for o in other.occupations()] == ["Nurse"]
        other.add_occupation("Beekeeper")
        assert [o.title for o in journal.occupations()] == ["Nurse", "Beekeeper"]
        assert other.check() == []


def test_a_backup_moves_between_a_file_and_a_server(
    tmp_path: Path, database: str, help: Any
) -> None:
    with infonb.open(tmp_path / "search.db") as ours, infonb.open(database) as theirs:
        ours.record_answer(help.plan(ours), "outlook", text="good", private=True)
        ours.record_answer(ours.interviews()[0], "outlook", text="better", private=False)
        theirs.restore(ours.backup(tmp_path / "copy.db"))
        assert theirs.rows() == ours.rows()
        theirs.undo()
        assert theirs.answers(theirs.interviews()[0])[0].private is True


def test_a_backup_is_of_one_moment_while_others_write(
    file_journal: Journal, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            person = file_journal.add_person("Robin")
            file_journal.plan_interview(person, file_journal.add_occupation("Nurse"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            file_journal.backup(tmp_path / f"copy{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        with infonb.open(tmp_path / f"copy{number}.db") as copy:
            assert copy.check() == []


def test_a_killed_backup_leaves_what_was_there(tmp_path: Path, help: Any) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        interview = help.plan(journal)
        journal.record_answer(interview, "outlook", text="x" * 3_000_000)
        old = journal.backup(tmp_path / "copy.db").read_bytes()
        journal.record_answer(interview, "outlook", text="y" * 3_000_000)
    code = (
        "import sys, infonb\nj = infonb.open(sys.argv[1])\nprint('go', flush=True)\n"
        "while True: j.backup(sys.argv[2]); print('done', flush=True)"
    )
    killed_before_the_end = 0
    for turn in range(8):
        (tmp_path / "copy.db").write_bytes(old)
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "search.db"), str(tmp_path / "copy.db")],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.004 * turn)
        child.send_signal(signal.SIGKILL)
        finished = b"done" in child.communicate()[0]
        killed_before_the_end += not finished
        found = (tmp_path / "copy.db").read_bytes()
        if found != old:
            with infonb.open(tmp_path / "copy.db") as copy:
                assert copy.answers(interview)[0].text == "y" * 3_000_000
                assert copy.check() == []
    assert killed_before_the_end > 0


def test_a_killed_restore_leaves_one_or_the_other(tmp_path: Path, help: Any) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        interview = help.plan(journal)
        journal.record_answer(interview, "outlook", text="x" * 3_000_000)
        copy = journal.backup(tmp_path / "copy.db")
        journal.record_answer(interview, "outlook", text="y" * 3_000_000)
    code = (
        "import sys, infonb\nj = infonb.open(sys.argv[1])\nprint('go', flush=True)\n"
        "j.restore(sys.argv[2])\nprint('done', flush=True)"
    )
    for turn in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "search.db"), str(copy)],
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.02 * turn)
        child.send_signal(signal.SIGKILL)
        finished = b"done" in child.communicate()[0]
        with infonb.open(tmp_path / "search.db") as journal:
            assert journal.check() == []
            text = journal.answers(interview)[0].text
            assert text in ("x" * 3_000_000, "y" * 3_000_000)
            assert text[0] == "x" or not finished
            journal.record_answer(interview, "outlook", text="y" * 3_000_000)


def test_a_full_disk_leaves_no_half_backup(
    file_journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    old = file_journal.backup(tmp_path / "copy.db").read_bytes()
    file_journal.add_person("Robin")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(DiskFull):
        patched.setattr(os, "fsync", full)
        file_journal.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == old
    assert [n for n in names(tmp_path) if n.endswith(".part")] == []


def test_a_backup_never_replaces_another_file(file_journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with infonb.open(tmp_path / "other.db") as other:
        other.add_person("Robin")
    for taken, match in (
        ("notes.txt", "another file"), ("other.db", "another file"), ("search.db", "itself"),
    ):  # fmt: skip
        with pytest.raises(BackupUnusable, match=match):
            file_journal.backup(tmp_path / taken)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    with infonb.open(tmp_path / "other.db") as other:
        assert len(other.people()) == 1
    for nowhere in (tmp_path, tmp_path / "not" / "there.db"):
        with pytest.raises(JournalFault, match="folder"):
            file_journal.backup(nowhere)


def test_a_backup_of_the_same_journal_is_replaced(file_journal: Journal, tmp_path: Path) -> None:
    file_journal.backup(tmp_path / "copy.db")
    file_journal.add_person("Robin")
    file_journal.backup(tmp_path / "copy.db")
    with infonb.open(tmp_path / "copy.db") as copy:
        assert len(copy.people()) == 1


@pytest.mark.parametrize("damage", ["truncated", "garbage", "csv", "foreign", "missing", "empty"])
def test_an_unsound_backup_is_not_restored(
    journal: Journal, tmp_path: Path, help: Any, damage: str
) -> None:
    help.plan(journal)
    copy = journal.backup(tmp_path / "copy.db")
    data = bytearray(copy.read_bytes())
    if damage == "truncated":
        copy.write_bytes(data[: len(data) // 2])
    elif damage == "garbage":
        at = len(data) // 8192 * 4096
        data[at : at + 4096] = b"\xa5" * 4096
        copy.write_bytes(data)
    elif damage == "csv":
        copy.write_text("a,b\n", encoding="utf-8")
    elif damage == "foreign":
        copy.unlink()
        with closing(sqlite3.connect(copy)) as other:
            other.execute("CREATE TABLE bookmark (url)")
    elif damage == "missing":
        copy.unlink()
    else:
        copy.write_bytes(b"")
    before = journal.rows()
    with pytest.raises(BackupUnusable, match="left as it is"):
        journal.restore(copy)
    assert journal.rows() == before


@pytest.mark.skipif(os.name == "nt", reason="rights are another thing on Windows")
def test_journals_and_backups_are_readable_by_their_owner_alone(tmp_path: Path, help: Any) -> None:
    previous = os.umask(0)
    try:
        with infonb.open(tmp_path / "search.db") as journal:
            help.plan(journal)
            journal.backup(tmp_path / "copy.db")
            journal.restore(tmp_path / "copy.db")
            journal.add_person("Robin")
            modes = {p.name: p.stat().st_mode for p in tmp_path.rglob("*")}
    finally:
        os.umask(previous)
    folder = modes.pop("search.db.backups")
    assert {"search.db", "search.db-journal", "copy.db"} < modes.keys()
    assert {stat.S_IMODE(mode) for mode in modes.values()} == {0o600}
    assert stat.S_IMODE(folder) == 0o700


# automatic ones ---------------------------------------------------------------------------------


def on(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    """Make it this day."""
    monkeypatch.setenv("INFONB_TODAY", day.isoformat())


def test_every_day_a_journal_is_used_has_its_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "search.db", tmp_path / "search.db.backups"
    on(monkeypatch, dt.date(2026, 3, 2))
    with infonb.open(path) as journal:
        assert not folder.exists()  # nothing to keep yet
        journal.add_person("Robin")
    assert names(folder) == ["2026-03-02.db"]
    with infonb.open(path) as journal:
        journal.add_person("Kim")
    assert names(folder) == ["2026-03-02.db"]  # one a day
    on(monkeypatch, dt.date(2026, 3, 3))
    with infonb.open(path) as journal:
        assert names(folder) == ["2026-03-02.db", "2026-03-03.db"]  # before anything is changed
        journal.remove(journal.people()[0])
        journal.restore(folder / "2026-03-03.db")
        assert [p.name for p in journal.people()] == ["Robin", "Kim"]


def test_a_journal_that_stays_open_for_days_is_backed_up_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, dt.date(2026, 3, 2))
    with infonb.open(tmp_path / "search.db") as journal:
        journal.add_person("Robin")
        on(monkeypatch, dt.date(2026, 3, 3))
        journal._look_again = 0.0  # as ten minutes later
        journal.add_person("Kim")
        assert names(tmp_path / "search.db.backups") == ["2026-03-03.db"]


def test_seven_days_and_four_weeks_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, first = tmp_path / "search.db", dt.date(2026, 1, 1)
    for number in range(70):
        on(monkeypatch, first + dt.timedelta(number))
        with infonb.open(path) as journal:
            journal.add_occupation("Nurse")
    kept = [dt.date.fromisoformat(n[:10]) for n in names(tmp_path / "search.db.backups")]
    last = first + dt.timedelta(69)
    assert kept[-7:] == [last - dt.timedelta(n) for n in range(6, -1, -1)]
    assert len(kept) == 11
    assert all(day.isoweekday() == 7 for day in kept[:4])
    assert last - kept[0] >= dt.timedelta(28)


def test_samples_leave_no_backups() -> None:
    with infonb.sample("example") as journal:
        journal.add_person("Robin")
        assert journal.path is not None
        folder = journal.path.parent
    assert [n for n in names(folder) if "backups" in n] == []


def test_a_backup_that_cannot_be_made_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "search.db.backups").write_text("in the way", encoding="utf-8")
    with infonb.open(tmp_path / "search.db") as journal:
        journal.add_person("Robin")
        with pytest.warns(InfonbWarning, match="No automatic backup"):
            journal.close()
    with pytest.warns(InfonbWarning), infonb.open(tmp_path / "search.db") as journal:
        assert len(journal.people()) == 1


def test_backups_before_a_restore_are_kept_for_four_weeks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, dt.date(2026, 3, 2))
    with infonb.open(tmp_path / "search.db") as journal:
        journal.add_person("Robin")
        for _ in range(3):
            journal.restore(journal.backup(tmp_path / "copy.db"))
    folder = backups.folder_of(tmp_path / "search.db")
    assert len([n for n in names(folder) if "before-restore" in n]) == 3
    on(monkeypatch, dt.date(2026, 3, 30))
    infonb.open(tmp_path / "search.db").close()
    assert len([n for n in names(folder) if "before-restore" in n]) == 3
    on(monkeypatch, dt.date(2026, 3, 31))
    infonb.open(tmp_path / "search.db").close()
    assert [n for n in names(folder) if "before-restore" in n] == []
