"""Looking at a journal's file before it is opened: nothing here ever writes to it.

A file that isn't a sound journal is refused as it is, to the last byte.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infonb.journal import definitions, open_files, schema
from infonb.journal.errors import (
    AlteredJournal,
    DamagedJournal,
    FolderMissing,
    ForeignDatabase,
    JournalFault,
    NotAFile,
    NotAJournal,
    ReadOnlyJournal,
    fault,
    translated,
)
from infonb.journal.open_files import address, closed_here_last, held

_MAGIC = b"SQLite format 3\0"
_READ_VERSION_AT = 19
_APPLICATION_ID_AT = slice(68, 72)


@dataclass(frozen=True)
class Standing:
    """What a file holds.

    Attributes
    ----------
    revision : str or None
        The form of its tables; None for a file that is missing, or empty and to be filled.
    written_by : str
        The version of infonb that gave it this form.
    """

    revision: str | None = None
    written_by: str = ""


def examine(path: Path, to_write: bool = True) -> Standing:
    """Whether a file is a sound journal, or may become one.

    Parameters
    ----------
    path : Path
        The file; it may be missing when it is ``to_write``.
    to_write : bool
        Whether it is to be written, and so must be writable.

    Returns
    -------
    Standing

    Raises
    ------
    JournalFault
        The folder is missing, it is no file, no SQLite, another program's, damaged, locked, or
        may not be written.

    Examples
    --------
    >>> examine(tmp_path / "new.db").revision is None
    True
    """
    try:
        size = _size(path)
        if size is None and not to_write:
            raise JournalFault(f"There is no file {path}.")
        if to_write:
            _must_be_writable(path, size is not None)
        if not size:
            return Standing()
        _check_header(path)
        as_left = closed_here_last(path)
    except OSError as error:
        raise translated(error, path) from None
    try:
        with reading(path) as connection:
            standing = _standing(path, connection, as_left)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        found = translated(error, path)
        # what has the header of a journal and can't be read isn't another kind of file
        damaged = isinstance(found, NotAJournal) or type(found) is JournalFault
        raise (fault(DamagedJournal, path, str(error)) if damaged else found) from None
    return standing


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that leaves the file as it is."""
    from infonb.journal.engine import BUSY_SECONDS

    # Closing the last connection that may write moves a WAL left by a killed program into the
    # file. One that only reads doesn't, but where there is no WAL it would leave an empty one.
    wal = path.with_name(f"{path.name}-wal")
    waits = wal.exists() and wal.stat().st_size
    where = address(path, "ro" if waits else "rw")
    if not wal.exists() and _may_not_be_written(path.parent) and _is_write_ahead(path):
        where += "&immutable=1"  # else SQLite would need a file beside it, even to read
    connection = sqlite3.connect(where, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    with held(path), contextlib.closing(connection):
        connection.execute("PRAGMA query_only=ON")
        yield connection


def _is_write_ahead(path: Path) -> bool:
    header = open_files.header(path)
    return header is not None and header[_READ_VERSION_AT : _READ_VERSION_AT + 1] == b"\x02"


def _size(path: Path) -> int | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise FolderMissing(
                f"There is no folder {path.parent}; make it, or choose another place for "
                f"{path.name}."
            ) from None
        return None
    except NotADirectoryError:
        raise FolderMissing(f"{path.parent} is no folder; choose another place.") from None
    if path.is_dir():
        raise NotAFile(f"{path} is a folder; name a file in it, such as {path / 'journal.db'}.")
    if not path.is_file():
        raise NotAFile(f"{path} is no ordinary file; choose another name.")
    return found.st_size


def _must_be_writable(path: Path, exists: bool) -> None:
    # the folder too: a write needs a small file beside the journal
    for place in (path, path.parent) if exists else (path.parent,):
        if _may_not_be_written(place):
            raise fault(ReadOnlyJournal, place)


def _may_not_be_written(place: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return not os.access(place, os.W_OK, effective_ids=effective)


def _check_header(path: Path) -> None:
    header = open_files.header(path)
    if header is None:
        return
    if not header.startswith(_MAGIC):
        raise fault(NotAJournal, path)
    if len(header) < open_files.HEADER_BYTES:
        raise fault(DamagedJournal, path, "it breaks off after a few bytes")
    application_id = int.from_bytes(header[_APPLICATION_ID_AT], "big")
    if application_id not in (0, schema.APPLICATION_ID):
        raise _foreign(path)


def _foreign(path: Path) -> ForeignDatabase:
    return ForeignDatabase(
        f"{path} is a database of another program, and infonb leaves it alone; choose another "
        "file for the journal."
    )


def _standing(path: Path, connection: sqlite3.Connection, as_left: bool) -> Standing:
    connection.execute("BEGIN")
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != schema.APPLICATION_ID:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise _foreign(path)
        return Standing()  # just being made, by us or by another process
    refuse_foreign_definitions(path, connection)  # first: what follows could run them
    # indexes take long: where nobody else touched the file, only the one that opening relies on
    checks = ("quick_check(1)", "integrity_check('meta')") if as_left else ("integrity_check(1)",)
    for check in checks:
        problem = connection.execute(f"PRAGMA {check}").fetchone()[0]
        if problem != "ok":
            raise fault(DamagedJournal, path, problem.replace("\n", " "))
    shape = _shape(connection)
    if "version_num" not in shape.get("alembic_version", ()):
        raise fault(DamagedJournal, path, "the table alembic_version is missing")
    revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision is None:
        raise fault(DamagedJournal, path, "it doesn't say which form it has")
    if revision[0] == schema.REVISION:
        _check_shape(path, shape)
        for misfit in definitions.misfits(connection):
            raise fault(DamagedJournal, path, misfit)
    settings = dict(connection.execute("SELECT key, value FROM meta"))  # opening reads them
    return Standing(str(revision[0]), str(settings.get("infonb_version", "")))


def refuse_foreign_definitions(where: object, connection: sqlite3.Connection) -> None:
    """Refuse a file with a trigger, a view, or anything else that infonb doesn't make.

    A newer infonb may define more; its file is refused as such.
    """
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "alembic_version" in names:
        newest = connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
        if newest is not None and str(newest) > schema.REVISION:
            return
    found = definitions.foreign_definitions(connection)
    if found:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        raise fault(AlteredJournal, where, ", ".join(found[:3]) + more)


def _shape(connection: sqlite3.Connection) -> dict[str, set[str]]:
    shape: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table'"
    ):
        shape.setdefault(table, set()).add(column)
    return shape


def _check_shape(path: Path, shape: dict[str, set[str]]) -> None:
    for table in schema.metadata.sorted_tables:
        for column in table.columns:
            if column.name not in shape.get(table.name, ()):
                raise fault(DamagedJournal, path, f"{table.name}.{column.name} is missing")
