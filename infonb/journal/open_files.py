"""The files that journals are in: which file is open here, and whether it was closed here last.

A POSIX lock of SQLite's ends when *anything* in the process closes the file, so the bytes of a
journal that is open here are never looked at beside SQLite.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from infonb.journal.errors import JournalMoved, fault

HEADER_BYTES = 100
_MARK = ".closed"

_held: Counter[tuple[int, int]] = Counter()
_holding = threading.Lock()

Identity = tuple[int, int]
"""Device and number of a file: what stays when it is renamed, and differs in every copy."""


def address(path: Path, mode: str) -> str:
    """A file as SQLite's URI, whatever signs are in its name."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def identity(path: Path) -> Identity | None:
    """Which file stands at a path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def header(path: Path) -> bytes | None:
    """The first bytes of a file; None where SQLite has it open in this process and knows them."""
    with _holding:
        if _held[identity(path) or (0, 0)] > 0:
            return None
        with path.open("rb") as file:
            return file.read(HEADER_BYTES)


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """For the time of the block, SQLite has a file open here."""
    known = hold(path)
    try:
        yield
    finally:
        release(known)


def hold(path: Path) -> Identity | None:
    """Note that SQLite opens a file here."""
    with _holding:
        known = identity(path)
        if known is not None:
            _held[known] += 1
        return known


def release(known: Identity | None) -> None:
    """Note that SQLite has closed a file."""
    with _holding:
        if known is not None and _held[known] > 0:
            _held[known] -= 1


class OpenFile:
    """The one file that all connections of a journal go to.

    Parameters
    ----------
    path : Path
        Where it stands when it is first opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sound = True
        self._identity: Identity | None = None

    def is_there(self) -> bool:
        """Whether the path still leads to the file that is open."""
        return self._identity in (None, identity(self.path))

    def connect(self, busy_seconds: float) -> sqlite3.Connection:
        """A connection to this file, and never to another that has taken its place.

        Raises
        ------
        JournalMoved
            When another file, or none, stands at the path now.
        """
        if not self.is_there():
            raise fault(JournalMoved, self.path)
        known = hold(self.path)
        self._identity = self._identity or known
        try:
            connection = sqlite3.connect(
                address(self.path, "rw"), uri=True, timeout=busy_seconds, isolation_level=None,
                check_same_thread=False,
            )  # fmt: skip
            try:
                _set_up(connection)
            except sqlite3.Error:
                connection.close()
                raise
        except sqlite3.Error:
            release(known)
            raise
        return connection

    def closing(self, connection: sqlite3.Connection) -> None:
        """A connection is about to be closed: SQLite's empty second file goes with it."""
        if self.is_there():
            with contextlib.suppress(sqlite3.Error):
                if connection.execute("PRAGMA journal_mode").fetchone()[0] == "truncate":
                    connection.execute("PRAGMA journal_mode=DELETE")
        release(self._identity)

    def mark_closed(self) -> None:
        """Remember the file as it was left, where it keeps its backups."""
        folder = self.path.with_name(f"{self.path.name}.backups")
        if self._identity is None or not (self.sound and self.is_there() and folder.is_dir()):
            return
        with contextlib.suppress(OSError):  # without it, the next opening checks more
            (folder / _MARK).write_text(_left_as(self.path), encoding="utf-8")


def _set_up(connection: sqlite3.Connection) -> None:
    """A rollback journal, not a write-ahead log: what was committed is in the file itself.

    The file changes at the commit alone: in the middle of a long write neither readers nor
    copies see any of it.
    """
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_spill=OFF"):
        connection.execute(f"PRAGMA {pragma}")
    # an older journal that another program holds stays in write-ahead mode for now
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=TRUNCATE")


@contextlib.contextmanager
def connected(path: Path, busy_seconds: float) -> Iterator[sqlite3.Connection]:
    """A connection that writes, for what SQLAlchemy can't do."""
    file = OpenFile(path)
    connection = file.connect(busy_seconds)
    try:
        yield connection
    finally:
        file.closing(connection)
        connection.close()


def closed_here_last(path: Path) -> bool:
    """Whether a file is as it was left when it was last closed here, and no copy.

    Where it isn't, a program was killed, or the file was copied, perhaps while it was written.
    """
    mark = path.with_name(f"{path.name}.backups") / _MARK
    try:
        return mark.read_text(encoding="utf-8") == _left_as(path)
    except (OSError, UnicodeDecodeError):
        return False


def _left_as(path: Path) -> str:
    found = path.stat()
    beside = (path.with_name(path.name + end) for end in ("-journal", "-wal"))
    waits = any(each.exists() and each.stat().st_size for each in beside)
    told = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, waits)
    return " ".join(map(str, told))
