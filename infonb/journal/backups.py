"""Backups: one at the user's wish, and a small family of automatic ones beside the journal.

A copy is made while others read and write, checked, and put in its place in one step: whatever
interrupts it, there is either the whole new copy or what was there before.

Beside ``search.db`` lies the folder ``search.db.backups`` with a copy of every day the journal was
used, ``2026-11-24.db``: the last seven days, and the last of each of the four weeks before. What
stood there before a restore or a migration is kept for four weeks.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from infonb import clock, files
from infonb.errors import InfonbError, InfonbWarning
from infonb.journal import engine as engines
from infonb.journal import schema
from infonb.journal.errors import (
    BackupUnusable,
    DamagedJournal,
    JournalFault,
    JournalLocked,
    fault,
    translated,
)
from infonb.journal.integrity import examine, reading
from infonb.journal.open_files import connected
from infonb.locations import file_of

KEPT_DAYS = 7
KEPT_WEEKS = 4

# what SQLite keeps beside a file would change another that takes its place
_ENDS = ("-journal", "-wal", "-shm", "")

_DAILY = re.compile(r"(\d{4}-\d{2}-\d{2})\.db")
_SPECIAL = re.compile(r"(\d{4}-\d{2}-\d{2})T\d{6}-[\w-]+\.db")


def folder_of(journal: Path) -> Path:
    """Where the automatic backups of a journal lie.

    Examples
    --------
    >>> folder_of(Path("search.db")).name
    'search.db.backups'
    """
    return journal.with_name(f"{journal.name}.backups")


def backups_of(journal: Path) -> list[Path]:
    """The automatic backups of a journal, the newest first."""
    found = folder_of(journal).glob("*.db")
    ours = [path for path in found if _DAILY.fullmatch(path.name) or _SPECIAL.fullmatch(path.name)]
    return sorted(ours, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def best_backup(journal: str | os.PathLike[str]) -> Path | None:
    """The newest automatic backup that is sound, to restore a damaged journal from.

    Parameters
    ----------
    journal : path
        The journal's file; it may be damaged or missing.

    Returns
    -------
    Path or None

    Examples
    --------
    >>> best_backup(tmp_path / "search.db") is None
    True
    """
    for path in backups_of(Path(journal).expanduser().absolute()):
        with contextlib.suppress(JournalFault):
            if examine(path, to_write=False).revision is not None:
                return path
    return None


def copy(source: Path, target: Path) -> None:
    """A sound copy of a journal, in one step; what stood at the target is replaced.

    Raises
    ------
    JournalFault
        When it can't be made; the target is as it was then.
    """
    with replacing(target) as part:
        try:
            with reading(source) as journal:
                copy_pages(journal, part)
        except sqlite3.Error as error:
            raise translated(error, source) from None
        try:
            examine(part, to_write=False)
        except DamagedJournal as error:  # the copy is what the journal is
            raise DamagedJournal(str(error).replace(str(part), str(source))) from None


def copy_pages(journal: sqlite3.Connection, part: Path) -> None:
    """Copy an open journal into a file that holds all of it, with no second file beside it."""
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copied:
        copied.execute("PRAGMA synchronous=OFF")  # `replacing` brings the whole file to the disk
        journal.backup(copied, progress=_patience(part))
        copied.execute("PRAGMA journal_mode=DELETE")


def _patience(where: Path) -> Callable[[int, int, int], None]:
    """Watches a copy: SQLite would wait without end for a program that holds the lock."""
    until = time.monotonic() + engines.BUSY_SECONDS

    def watch(status: int, _remaining: int, _pages: int) -> None:
        waits = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waits and time.monotonic() > until:
            raise fault(JournalLocked, where)

    return watch


def replace_pages(source: Path, journal: Path) -> None:
    """Put the content of a file into a journal that may be open elsewhere, in one transaction."""
    try:
        with reading(source) as new, connected(journal, engines.BUSY_SECONDS) as live:
            new.backup(live, progress=_patience(journal))
    except sqlite3.Error as error:
        raise translated(error, journal) from None


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """As `infonb.files.replacing`; what goes wrong is a fault of the journal's place."""
    try:
        with files.replacing(target) as part:
            yield part
    except files.NotWritten as error:
        raise translated(error.__cause__ or error, target) from None


def copy_for_the_user(source: Path, target: Path, journal_id: str) -> None:
    """The backup a person asked for; never over a file that isn't a backup of this journal.

    Raises
    ------
    BackupUnusable
        When another file stands there.
    JournalFault
        When it can't be written.
    """
    refuse_other_files(target, source, journal_id)
    copy(source, target)


def refuse_other_files(target: Path, source: Path | None, journal_id: str) -> None:
    """Refuse to put a backup where something else would be lost."""
    if source is not None and target.exists() and source.exists() and target.samefile(source):
        raise BackupUnusable(f"{target} is the journal itself; choose another name.")
    if not target.parent.is_dir() or target.is_dir() or not target.exists():
        examine(target, to_write=True)  # says what is wrong with the folder
        return
    if target.stat().st_size == 0:
        return
    with contextlib.suppress(JournalFault):
        if examine(target, to_write=False).revision and _journal_id(target) == journal_id:
            return
    raise BackupUnusable(
        f"{target} is another file, and would be lost; choose another name for the backup."
    )


def _journal_id(path: Path) -> str | None:
    with reading(path) as connection:
        found = connection.execute("SELECT value FROM meta WHERE key = 'journal_id'").fetchone()
    return found[0] if found else None


# automatic ones ---------------------------------------------------------------------------------


def back_up_today(journal: Path) -> None:
    """Make today's automatic backup, unless it is there or there is nothing to keep.

    It never stands in the way of work: what goes wrong is a warning.
    """
    today = clock.today()
    target = folder_of(journal) / f"{today.isoformat()}.db"
    try:
        if target.exists() or not _worth_keeping(journal):
            return
        _make_folder(target.parent)
        copy(journal, target)
        _tidy(target.parent, today)
    except (InfonbError, sqlite3.Error, OSError) as error:
        warnings.warn(
            f"No automatic backup of {journal} could be made: {error}", InfonbWarning, stacklevel=2
        )


def keep(journal: Path, why: str) -> Path:
    """Keep a journal as it is now, before something changes all of it; the copy's path."""
    target = _place_for(journal, why)
    copy(journal, target)
    return target


def keep_open(journal: sqlite3.Connection, path: Path, why: str) -> Path:
    """Keep a journal that is still open here, though its file isn't at its path any more."""
    target = _place_for(path, why)
    with replacing(target) as part:
        copy_pages(journal, part)
    return target


def set_aside(journal: Path, why: str) -> Path | None:
    """Move a journal's files, whatever is in them, to its backups; the new path."""
    if not any(journal.with_name(journal.name + end).exists() for end in _ENDS):
        return None
    target = _place_for(journal, why)
    try:
        for end in _ENDS:
            beside = journal.with_name(journal.name + end)
            if beside.exists():
                os.replace(beside, target.with_name(target.name + end))
    except OSError as error:
        raise translated(error, journal) from None
    return target


def _place_for(journal: Path, why: str) -> Path:
    folder = folder_of(journal)
    try:
        _make_folder(folder)
    except OSError as error:
        raise translated(error, folder) from None
    _tidy(folder, clock.today())
    target = folder / f"{clock.now():%Y-%m-%dT%H%M%S}-{why}.db"
    while target.exists():
        target = target.with_stem(f"{target.stem}-more")
    return target


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)


def _worth_keeping(journal: Path) -> bool:
    with reading(journal) as connection:
        if connection.execute("SELECT 1 FROM meta WHERE key = 'sample'").fetchone():
            return False
        queries = (f'SELECT 1 FROM "{table}" LIMIT 1' for table in _CONTENT)
        return any(connection.execute(query).fetchone() for query in queries)


_CONTENT = [
    table.name
    for table in schema.metadata.sorted_tables
    if table.name not in ("meta", "undo", "imported")
]


def _tidy(folder: Path, today: dt.date) -> None:
    for path in folder.glob("*.db*"):
        day = _day_in(_SPECIAL.match(path.name))
        if day is not None and today - day > dt.timedelta(weeks=KEPT_WEEKS):
            path.unlink(missing_ok=True)
    daily = {
        day: path
        for path in folder.glob("*.db")
        if (day := _day_in(_DAILY.fullmatch(path.name))) is not None
    }
    for day in daily.keys() - kept_days(daily):
        daily[day].unlink(missing_ok=True)


def _day_in(name: re.Match[str] | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(name[1]) if name else None
    except ValueError:  # a file of somebody else's that looks like one of ours
        return None


def kept_days(days: Iterable[dt.date]) -> set[dt.date]:
    """Which days' backups stay: the last seven, and the last of each of the four weeks before.

    Examples
    --------
    >>> days = [dt.date(2026, 11, 1) + dt.timedelta(n) for n in range(30)]
    >>> sorted(day.day for day in kept_days(days))
    [1, 8, 15, 22, 24, 25, 26, 27, 28, 29, 30]
    """
    newest_first = sorted(days, reverse=True)
    kept = set(newest_first[:KEPT_DAYS])
    weeks = {day.isocalendar()[:2] for day in kept}
    last_of_week: dict[tuple[int, int], dt.date] = {}
    for day in newest_first[KEPT_DAYS:]:
        if day.isocalendar()[:2] not in weeks:
            last_of_week.setdefault(day.isocalendar()[:2], day)
    return kept | set(list(last_of_week.values())[:KEPT_WEEKS])


def advice(location: str) -> str:
    """Which backup to use in place of a journal that can't be opened."""
    path = file_of(location)
    best = best_backup(path)
    if best is None:
        return (
            f"There is no sound automatic backup in {folder_of(path)}. If you made a "
            f"backup elsewhere, use it: infonb.journal.restore_file({str(path)!r}, your_backup)."
        )
    return (
        f"The newest sound backup is {best}. To use it: "
        f"infonb.journal.restore_file({str(path)!r}, {str(best)!r}). "
        "The damaged file is kept beside it."
    )
