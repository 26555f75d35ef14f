"""Whether a file is a sound journal and what it holds is in order; looked at before it is opened.

A file that isn't a sound journal is refused as it is, to the last byte.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import DBAPIError

from infonb import method
from infonb.errors import InfonbError
from infonb.journal import columns, definitions, open_files, schema
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


Rows = Mapping[str, list[dict[Any, Any]]]
Found = Mapping[str, Sequence[Row[Any]]]

_WRITTEN_ANEW = "Restore a backup, or write it anew."


def read(connection: Connection) -> tuple[list[str], Found]:
    """What is wrong with the file, one sentence each; and all rows where that is nothing."""
    found = _of_the_file(connection)
    if found:  # what the file itself can't vouch for isn't looked at
        return found, {}
    try:
        return [], {
            table.name: connection.execute(select(table)).all()
            for table in schema.metadata.sorted_tables
        }
    except DBAPIError:
        raw: Any = connection.connection.dbapi_connection
        unreadable = definitions.unreadable(raw) if connection.dialect.name == "sqlite" else ()
        found = [f"{where}. {_WRITTEN_ANEW}" for where in unreadable]
        if not found:
            raise
        return found, {}


def _of_the_file(connection: Connection) -> list[str]:
    """What the database itself finds wrong; a server looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    found = [
        f"The file is damaged: {problem}. Restore a backup."
        for problem in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
        if problem != "ok"
    ]
    raw: Any = connection.connection.dbapi_connection
    found += [
        f"The file holds {what}, which infonb doesn't make and which can change what is saved; "
        "remove it with the program that made it."
        for what in definitions.foreign_definitions(raw)
    ]
    found += [f"{misfit}. {_WRITTEN_ANEW}" for misfit in definitions.misfits(raw)]
    for table, _rowid, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found.append(f"A row of {table} belongs to a {parent} that isn't there.")
    return found


def of_the_content(read: Found) -> list[str]:
    """What only infonb can know to be wrong in a file that the database finds sound."""
    rows = {name: [dict(row._mapping) for row in found] for name, found in read.items()}
    found: list[str] = []
    for rule in (_questions, _conduct, _codings, _versions, _titles, _names, _times, _referrals):
        found += rule(rows)
    return found


def _questions(rows: Rows) -> Iterator[str]:
    known = {*method.QUESTIONS, method.NOTES.key, method.ASK_NEXT.key}
    known |= {row["id"] for row in rows["question"]}
    places = (("agenda", "question"), ("answer", "question"), ("importance", "id"))
    for row in rows["expectation"]:
        if row["question"] not in known | {method.START_PAY}:
            yield f"An expectation is about {row['question']!r}, which is no known question."
    for table, column in places:
        for row in rows[table]:
            if row[column] not in known:
                yield f"A row of {table} is about {row[column]!r}, which is no known question."


def _conduct(rows: Rows) -> Iterator[str]:
    known = {item.key for items in method.CHECKLISTS.values() for item in items}
    for row in rows["conduct"]:
        if row["item"] not in known:
            yield f"Conduct is recorded for {row['item']!r}, which is on no checklist."


def _codings(rows: Rows) -> Iterator[str]:
    length = {
        row["id"]: len(row["text"]) for name in ("answer", "transcript") for row in rows[name]
    }
    for row in rows["coding"]:
        of = row["answer_id"] or row["transcript_id"]
        if (row["start"] is None) != (row["end"] is None) or of is None:
            yield "A theme marks half a passage; mark it again."
        elif row["end"] is not None and row["end"] > length[of]:
            yield (
                f"A theme marks characters {row['start']} to {row['end']} of a text that has "
                f"{length[of]}."
            )


def _versions(rows: Rows) -> Iterator[str]:
    version = {row["id"]: row["version"] for row in rows["answer"]}
    for row in rows["answer_history"]:
        if row["version"] >= version[row["answer_id"]]:
            yield (
                f"The history of an answer at version {version[row['answer_id']]} holds version "
                f"{row['version']}."
            )


def _titles(rows: Rows) -> Iterator[str]:
    for row in rows["occupation"]:
        if row["title_key"] != columns.title_key(row["title"]):
            yield f"The occupation {row['title']!r} is filed under another title."


def _names(rows: Rows) -> Iterator[str]:
    for table, column in _NAMES:
        nameless = sum(not columns.says_something(row[column]) for row in rows[table])
        if nameless:
            yield f"{table}.{column} shows nothing in {nameless} of its rows; write what it is."


_NAMES = (
    ("occupation", "title"), ("person", "name"), ("question", "prompt"), ("theme", "name"),
    ("strength", "phrase"), ("skill_mention", "phrase"), ("lead", "text"), ("outcome", "kind"),
)  # fmt: skip


def _times(rows: Rows) -> Iterator[str]:
    for table, names in columns.TIMES.items():
        for row in rows[table]:
            for column in names:
                if not _is_moment(row[column]):
                    yield f"{table}.{column} holds {row[column]!r}, which is no moment in time."
    titles = {row["id"]: row["title"] for row in rows["occupation"]}
    for row in rows["interview"]:
        title = titles[row["occupation_id"]]
        if row["started_at"] and row["ended_at"] and row["ended_at"] < row["started_at"]:
            yield f"An interview about {title} ended before it started; correct its times."
        if not _is_date(row["date"]):
            yield f"An interview about {title} has the date {row['date']!r}, which is none."
        if not _is_zone(row["zone"]):
            yield f"An interview about {title} has the zone {row['zone']!r}, which is none."
    for row in rows["task"]:
        if not _is_date(row["due"]):
            yield f"A task is due on {row['due']!r}, which is no day."


def _is_moment(stored: Any) -> bool:
    try:
        at = columns.read_moment(stored, None)
    except DamagedJournal:
        return False
    return at is None or columns.FIRST_YEAR <= at.year <= columns.LAST_YEAR


def _is_zone(stored: Any) -> bool:
    try:
        return columns.zone(stored) == stored
    except InfonbError:
        return False


def _is_date(stored: Any) -> bool:
    try:
        return columns.partial_date(stored) == stored
    except InfonbError:
        return False


def _referrals(rows: Rows) -> Iterator[str]:
    by = {row["id"]: row["referred_by"] for row in rows["person"]}
    for start in by:
        seen, at = {start}, by[start]
        while at is not None and at not in seen:
            seen.add(at)
            at = by.get(at)
        if at == start:
            yield "Some people are said to have referred each other in a circle."
            return
