"""A write for many rows: what it needs to know is read once, what it adds goes in batches."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from infonb.journal import schema
from infonb.journal.transaction import Rows, Transaction

_KNOWN_WHOLE = (schema.occupation, schema.person, schema.interview, schema.imported)
_BATCH = 5000


class BulkWriter(Rows):
    """Rows of an import: those of `_KNOWN_WHOLE` are held in memory.

    Whatever asks the database directly finds it up to date: asking for ``connection`` writes
    first what waits. Parts of a new interview needn't be remembered one by one, since
    they go with it when the import is undone.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Of the open transaction.

    Attributes
    ----------
    transaction : Transaction
        What writes through it.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._waiting: dict[str, list[dict[str, Any]]] = {}
        self._waits: dict[tuple[str, str], dict[str, Any]] = {}
        self._rows: dict[str, dict[str, dict[str, Any]]] = {}
        self._titles: dict[str, str] = {}
        self._many = 0
        self.transaction = Transaction(self)

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection, up to date."""
        self.flush()
        return self._connection

    def find(self, table: Table, id: str) -> dict[str, Any] | None:
        """The row with this identity, or None."""
        if table not in _KNOWN_WHOLE:
            return super().find(table, id)
        row = self._known(table).get(id)
        return dict(row) if row is not None else None

    def all_of(self, table: Table) -> Mapping[str, Mapping[str, Any]]:
        """The rows of one of `_KNOWN_WHOLE` by identity, those that wait included."""
        return self._known(table)

    def titled(self, title_key: str) -> dict[str, Any] | None:
        """The occupation with this folded title, or None."""
        known = self._known(schema.occupation)
        id = self._titles.get(title_key)
        return dict(known[id]) if id is not None else None

    def insert(self, table: Table, row: dict[str, Any]) -> None:
        """Add a row, with the next batch."""
        row = _defaults(table) | row
        if table in _KNOWN_WHOLE:
            self._known(table)[row["id"]] = row
            if table is schema.occupation:
                self._titles[row["title_key"]] = row["id"]
        self._waiting.setdefault(table.name, []).append(row)
        self._waits[table.name, row["id"]] = row
        self._many += 1
        if self._many >= _BATCH:
            self.flush()

    def is_new(self, table: Table, id: str) -> bool:
        """Whether a row waits to be written, and goes with what it is part of, when undone."""
        return (table.name, id) in self._waits

    def update(self, table: Table, id: str, changes: Mapping[str, Any]) -> None:
        """Change columns of a row."""
        waiting = self._waits.get((table.name, id))
        if waiting is not None:
            waiting.update(changes)
        else:
            super().update(table, id, changes)
            if table in _KNOWN_WHOLE:
                self._known(table)[id].update(changes)
        if table is schema.occupation and "title_key" in changes:
            self._titles[changes["title_key"]] = id

    def delete(self, table: Table, id: str) -> None:
        """Remove a row."""
        super().delete(table, id)
        row = self._rows.get(table.name, {}).pop(id, None)
        if row is not None and table is schema.occupation:
            del self._titles[row["title_key"]]

    def flush(self) -> None:
        """Write what waits, first what others rest on."""
        if not self._waiting:
            return
        waiting, self._waiting, self._waits, self._many = self._waiting, {}, {}, 0
        for table in schema.metadata.sorted_tables:
            rows = waiting.get(table.name)
            if not rows:
                continue
            referrers = []
            if table is schema.person:  # whoever refers somebody may come later
                referrers = [(row["id"], row["referred_by"]) for row in rows if row["referred_by"]]
                rows = [{**row, "referred_by": None} for row in rows]
            self._connection.execute(insert(table), rows)
            for id, by in referrers:
                self._connection.execute(
                    update(table).where(table.c.id == id).values(referred_by=by)
                )

    def _known(self, table: Table) -> dict[str, dict[str, Any]]:
        if table.name not in self._rows:
            rows = self.connection.execute(select(table)).mappings()
            self._rows[table.name] = {row["id"]: dict(row) for row in rows}
            if table is schema.occupation:
                known = self._rows[table.name].values()
                self._titles = {row["title_key"]: row["id"] for row in known}
        return self._rows[table.name]


@functools.cache
def _defaults(table: Table) -> dict[str, Any]:
    return {c.name: c.default.arg if c.default is not None else None for c in table.c}  # pyright: ignore[reportAttributeAccessIssue]
