"""What every part of a journal needs: its connection, its writes, its records."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Boolean, Connection, Engine, Select, Table, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from infonb import clock, files
from infonb.errors import InfonbError
from infonb.html_repr import html_repr
from infonb.journal import columns, schema
from infonb.journal.backups import back_up_today, keep_open
from infonb.journal.engine import make_engine, shown
from infonb.journal.errors import DamagedJournal, JournalMoved, fault, translated
from infonb.journal.open_files import OpenFile
from infonb.journal.records import RECORDS, Record
from infonb.journal.risky_folders import warn_about
from infonb.journal.transaction import Transaction, writing
from infonb.journal.upgrade import prepare
from infonb.locations import file_of, is_url
from infonb.privacy import registry

R = TypeVar("R", bound=Record)

_LOOK_FOR_BACKUP_SECONDS = 600


class Kept:
    """Says "leave it as it is"; the default of arguments where None means "remove it"."""

    def __repr__(self) -> str:
        return "as it is"


KEEP: Any = Kept()


class Base:
    """A connection to one journal, with transactions and look-ups."""

    is_throw_away: bool = False
    """Whether it is a sample's copy, gone with the program that opened it."""

    def __init__(self, location: str) -> None:
        files.remove_leftovers()
        self.location: str = shown(location)
        self.path: Path | None = None if is_url(location) else file_of(location)
        self._file = OpenFile(self.path) if self.path is not None else None
        self._engine = make_engine(location, self._file)
        # for those who never close it
        weakref.finalize(self, _dispose, self._engine, os.getpid(), self._file)
        self._writing = self._engine.execution_options(infonb_write=True)
        # a moment, not one per statement; SQLite reads like this anyway
        self._reading = (
            self._engine
            if self.path is not None
            else self._engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._process = os.getpid()
        self._wrote = False
        self._damage: DamagedJournal | None = None
        self._rescued: Path | None = None
        if self.path is not None:
            warn_about(self.path)
        try:
            with self._plainly():
                prepare(self._engine, location)
            self.id: str = self.setting("journal_id") or ""
            self._keep_today()
        except BaseException:
            self._engine.dispose()
            raise
        where = location if self.path is None else str(self.path.absolute())
        registry.add(self, where)  # pyright: ignore[reportArgumentType]

    def __repr__(self) -> str:
        return f"<infonb journal {self.location}>"

    def _repr_html_(self) -> str:
        """What is in it, counted; nobody's name, since outputs are saved in notebooks."""
        t = schema
        counted = {
            "occupations": t.occupation, "people": t.person, "interviews": t.interview,
            "answers": t.answer, "tasks": t.task,
        }  # fmt: skip
        with self._read() as connection:
            rows = [
                (name, connection.execute(select(func.count()).select_from(table)).scalar())
                for name, table in counted.items()
            ]
        next_lines = ["journal.findings()", "infonb.widgets.Prepare(journal)", "journal.tasks()"]
        return html_repr(f"Journal {self.location}", rows, next_lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections. Everything that returned before is already on disk."""
        try:
            if self._wrote:
                self._wrote = False
                self._keep_today()
        finally:
            _dispose(self._engine, self._process, self._file)

    def _keep_today(self) -> None:
        """Make today's automatic backup where there is none; the next look is in a while."""
        self._look_again = time.monotonic() + _LOOK_FOR_BACKUP_SECONDS
        if self._file is not None and self._file.is_there():
            back_up_today(self._file.path)

    def today(self) -> dt.date:
        """Today, or the day a sample is fixed to."""
        fixed = self.setting("today")
        if not fixed:
            return clock.today()
        try:
            return dt.date.fromisoformat(fixed)
        except ValueError:
            reason = f"it is fixed to the day {fixed!r}, which is none"
            raise fault(DamagedJournal, self.location, reason) from None

    def setting(self, key: str) -> str | None:
        """A setting of this journal, such as ``"journal_id"``, or None."""
        with self._read() as connection:
            return connection.execute(
                select(schema.meta.c.value).where(schema.meta.c.key == key)
            ).scalar()

    def keep_setting(self, key: str, value: str) -> None:
        """Set a setting of this journal."""
        with self.transaction() as write:
            write.keep_setting(key, value)

    @contextlib.contextmanager
    def _read(self) -> Iterator[Connection]:
        """A moment of the journal; fetch and leave, since a save has to wait for it."""
        with self._plainly(), self._reading.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One write: all on disk at the end of the ``with`` block, or nothing when it raises.

        Raises
        ------
        JournalFault
            When the journal can't be written.

        Examples
        --------
        >>> from infonb.journal import schema
        >>> with journal.transaction() as write:
        ...     id = write.add(schema.theme, {"name": "being needed"})
        >>> [theme.name for theme in journal.themes()]
        ['being needed']
        """
        if time.monotonic() > self._look_again:  # a kernel may run for days
            self._keep_today()
        if self._damage is not None:  # what is damaged is only read from now on
            raise self._damage
        self._wrote = True
        with self._plainly():
            if self._file is not None and not self._file.is_there():
                raise fault(JournalMoved, self.location)
            with writing(self._writing) as write:
                yield write

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        """What goes wrong below is said in plain words, without what people said in it."""
        if os.getpid() != self._process:  # connections don't survive a fork
            self._engine.dispose(close=False)
            self._process = os.getpid()
        try:
            yield
        except JournalMoved:
            raise self._moved() from None
        except (DBAPIError, PoolTimeout, self._engine.dialect.loaded_dbapi.Error) as error:
            found = translated(error, self.location)
            if isinstance(found, DamagedJournal):
                self._damage = found
                if self._file is not None:
                    self._file.sound = False
            raise (self._moved() if isinstance(found, JournalMoved) else found) from None

    def _moved(self) -> JournalMoved:
        """The journal's file is gone: what is still open of it is kept, once, and said."""
        if self.path is not None and self._rescued is None:
            with contextlib.suppress(InfonbError, DBAPIError, sqlite3.Error, OSError):
                still_open = self._engine.raw_connection()
                try:
                    raw: Any = still_open.dbapi_connection
                    self._rescued = keep_open(raw, self.path, "moved")
                finally:
                    still_open.close()
        kept = f", and in the copy {self._rescued}" if self._rescued else ""
        return JournalMoved(str(fault(JournalMoved, self.location, kept)))

    def _rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        """What a query gives, as plain values."""
        return self._rows_of({"": query})[""]

    def _rows_of(self, queries: Mapping[str, Select[Any]]) -> dict[str, list[dict[str, Any]]]:
        """What several queries give in one moment; the journal is free before it's worked on."""
        found: dict[str, Sequence[Any]] = {}
        with self._read() as connection:
            for name, query in queries.items():
                cursor: Any = connection.execute(query).cursor
                found[name] = cursor.fetchall()  # the driver's own rows: half the time
        return {name: _as_values(query, found[name]) for name, query in queries.items()}

    def _records(self, kind: type[R], **where: Any) -> list[R]:
        table = schema.metadata.tables[kind.table]
        query = select(table).order_by(table.c.created_at, table.c.id)
        for column, value in where.items():
            query = query.where(table.c[column] == value)
        return [as_record(kind, row) for row in self._rows(query)]

    def _record(self, kind: type[R], id: str) -> R:
        table = schema.metadata.tables[kind.table]
        rows = self._rows(select(table).where(table.c.id == id))
        if not rows:
            raise InfonbError(f"There is no {kind.table} {id!r} in this journal.")
        return as_record(kind, rows[0])


def _as_values(query: Select[Any], rows: Sequence[Any]) -> list[dict[str, Any]]:
    columns = [column.name for column in query.selected_columns]
    truths = [c.name for c in query.selected_columns if isinstance(c.type, Boolean)]
    values = [dict(zip(columns, row, strict=True)) for row in rows]
    for column in truths:  # SQLite itself knows only 1 and 0
        for row in values:
            if row[column] is not None:
                row[column] = bool(row[column])
    return values


def _dispose(engine: Engine, process: int, file: OpenFile | None) -> None:
    here = os.getpid() == process  # a forked child leaves its parent's open
    engine.dispose(close=here)
    if here and file is not None:
        file.mark_closed()


def as_record(kind: type[R], row: Mapping[str, Any]) -> R:
    """A row as its record: moments in their zone, published sources as mappings.

    Raises
    ------
    DamagedJournal
        When what is stored can't be read as what it should be.
    """
    values = dict(row)
    try:
        for column in schema.TIMES.get(kind.table, ()):
            values[column] = columns.read_moment(values[column], values.get("zone"))
        if kind.table == "interview" and values.get("source"):
            values["source"] = json.loads(values["source"])
        if kind.table == "transcript":
            values["turns"] = tuple(json.loads(values["turns"])) if values["turns"] else ()
    except (TypeError, ValueError) as error:
        reason = f"{kind.table} {row['id']} holds something unreadable ({error})"
        raise fault(DamagedJournal, "The journal", reason) from None
    return kind.from_row(values)


def id_of(thing: Record | str | None, kind: str) -> str:
    """The identity of a record, or the identity itself.

    Raises
    ------
    InfonbError
        When it is a record of another kind.
    """
    if isinstance(thing, str):
        return thing
    if isinstance(thing, Record) and thing.table == kind:
        return thing.id
    shown = type(thing).__name__ if thing is not None else "nothing"
    raise InfonbError(f"This needs {kind.replace('_', ' ')} or its id, not {shown}.")


def table_of(record: Record) -> Table:
    """The table a record lives in."""
    if not isinstance(record, Record) or type(record) not in RECORDS.values():
        raise InfonbError(f"This needs a record of the journal, not {type(record).__name__}.")
    return schema.metadata.tables[record.table]
