"""What every part of a journal needs: its connection, its writes, its records."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from infonb import clock
from infonb.errors import InfonbError
from infonb.journal import edge, tables
from infonb.journal.engine import is_url, make_engine, make_schema
from infonb.journal.records import RECORDS, Record
from infonb.journal.writing import Write

R = TypeVar("R", bound=Record)


class Kept:
    """Says "leave it as it is"; the default of arguments where None means "remove it"."""

    def __repr__(self) -> str:
        return "as it is"


KEEP: Any = Kept()


class Base:
    """A connection to one journal, with transactions and look-ups."""

    def __init__(self, location: str) -> None:
        self.location = location
        self._engine = make_engine(location)
        self._writing = self._engine.execution_options(infonb_write=True)
        make_schema(self._engine)
        self.id: str = self.setting("journal_id") or ""

    def __repr__(self) -> str:
        shown = self.location
        if is_url(shown):
            shown = make_url(shown).render_as_string(hide_password=True)
        return f"<infonb journal {shown}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections. Everything that returned before is already on disk."""
        self._engine.dispose()

    def today(self) -> dt.date:
        """Today, or the day a sample is fixed to."""
        fixed = self.setting("today")
        return dt.date.fromisoformat(fixed) if fixed else clock.today()

    def setting(self, key: str) -> str | None:
        """A setting of this journal, such as ``"journal_id"``, or None."""
        with self._read() as connection:
            return connection.execute(
                select(tables.meta.c.value).where(tables.meta.c.key == key)
            ).scalar()

    def keep_setting(self, key: str, value: str) -> None:
        """Set a setting of this journal."""
        with self._write() as write:
            write.connection.execute(delete(tables.meta).where(tables.meta.c.key == key))
            write.connection.execute(insert(tables.meta), [{"key": key, "value": value}])

    @contextlib.contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _write(self) -> Iterator[Write]:
        try:
            with self._writing.begin() as connection:
                yield Write(connection)
        except IntegrityError as error:
            raise InfonbError(
                f"The journal refused this, and nothing was changed: {error.orig}"
            ) from error

    def _records(self, kind: type[R], **where: Any) -> list[R]:
        table = tables.metadata.tables[kind.table]
        query = select(table).order_by(table.c.created_at, table.c.id)
        for column, value in where.items():
            query = query.where(table.c[column] == value)
        with self._read() as connection:
            return [as_record(kind, row) for row in connection.execute(query).mappings()]

    def _record(self, kind: type[R], id: str) -> R:
        table = tables.metadata.tables[kind.table]
        with self._read() as connection:
            row = connection.execute(select(table).where(table.c.id == id)).mappings().first()
        if row is None:
            raise InfonbError(f"There is no {kind.table} {id!r} in this journal.")
        return as_record(kind, row)


def as_record(kind: type[R], row: Mapping[str, Any]) -> R:
    """A row as its record: moments in their zone, published sources as mappings."""
    values = dict(row)
    for column in tables.TIMES.get(kind.table, ()):
        values[column] = edge.read_moment(values[column], values.get("zone"))
    if kind.table == "interview" and values.get("source"):
        values["source"] = json.loads(values["source"])
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
    return tables.metadata.tables[record.table]
