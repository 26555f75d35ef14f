"""One write: a transaction that stamps what it adds and remembers what it changes."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Table,
    delete,
    insert,
    select,
    update,
)

from infonb import clock
from infonb.errors import InfonbError
from infonb.journal import columns, passages, schema
from infonb.journal.undo import entries_of

_KEPT_UNDO_STEPS = 500
_TIDIED_EVERY = 25
_A_SECOND = 1_000_000
_ONE_STEP_SECONDS = 60
_CONTENT = ("text", "rating", "why", "weight", "private")


class StaleAnswer(InfonbError):
    """Somebody else saved this answer first; nothing was overwritten.

    Attributes
    ----------
    stored : Answer
        What the journal holds.
    stored_text, your_text : str
        Both texts, for the person to choose from.
    """

    def __init__(self, stored: Any, your_text: str) -> None:
        self.stored = stored
        self.stored_text = stored.text if stored is not None else ""
        self.your_text = your_text
        version = stored.version if stored is not None else 0
        super().__init__(
            f"This answer was changed meanwhile (it is at version {version} now). "
            f"Stored is {self.stored_text!r}; yours is {your_text!r}. "
            f"Choose or join them, and save with version={version}."
        )

    def __reduce__(self) -> tuple[type[StaleAnswer], tuple[Any, str]]:
        # made again with both texts when it is handed on from another process
        return (type(self), (self.stored, self.your_text))


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Transaction]:
    """One transaction: on disk at the end of the block, undone when the block raises."""
    with engine.connect() as connection, connection.begin():
        yield Transaction(Rows(connection))


class Rows:
    """Rows as a transaction reads and writes them: one statement each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection, with everything written so far."""
        return self._connection

    def find(self, table: Table, id: str) -> dict[str, Any] | None:
        """The row with this identity, or None."""
        row = self.connection.execute(select(table).where(table.c.id == id)).mappings().first()
        return dict(row) if row else None

    def insert(self, table: Table, row: dict[str, Any]) -> None:
        """Add a row."""
        self.connection.execute(insert(table), [row])

    def is_new(self, table: Table, id: str) -> bool:
        """Whether a row was inserted here and goes with what it is part of, when undone."""
        return False

    def update(self, table: Table, id: str, changes: Mapping[str, Any]) -> None:
        """Change columns of a row."""
        self.connection.execute(update(table).where(table.c.id == id).values(**changes))

    def delete(self, table: Table, id: str) -> None:
        """Remove a row."""
        self.connection.execute(delete(table).where(table.c.id == id))


class Transaction:
    """An open transaction on a journal.

    Everything added gets an identity and a time of entry that never repeats inside the write.
    What is changed or removed is remembered, row by row; `remember` makes it a step that can be
    undone.

    Attributes
    ----------
    now : datetime.datetime
        When it began.
    touched : int
        How many rows were added, changed or removed so far.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.now = clock.now()
        self.touched = 0
        self._second = columns.stored_moment(self.now)[: -len("000000+00:00")]
        self._ticks = 0
        self._before: list[dict[str, Any]] = []
        self._overwrote = False

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection, with everything written so far."""
        return self._rows.connection

    def stamp(self) -> str:
        """The moment of this write as stored text, later with every call."""
        self._ticks += 1
        micro = self.now.microsecond + self._ticks - 1
        if micro < _A_SECOND:  # an import asks some hundred thousand times
            return f"{self._second}{micro:06d}+00:00"
        return columns.stored_moment(self.now + dt.timedelta(microseconds=self._ticks - 1))

    def keep_setting(self, key: str, value: str) -> None:
        """Set a setting of this journal."""
        self.connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
        self.connection.execute(insert(schema.meta), [{"key": key, "value": value}])

    def find(self, table: Table, id: str) -> dict[str, Any] | None:
        """The row with this identity, or None."""
        return self._rows.find(table, id)

    def the(self, table: Table, id: str) -> dict[str, Any]:
        """The row with this identity.

        Raises
        ------
        InfonbError
            When there is none.
        """
        row = self.find(table, id)
        if row is None:
            raise InfonbError(f"There is no {table.name} {id!r} in this journal.")
        return row

    def rows_of(self, table: Table, **values: Any) -> list[dict[str, Any]]:
        """The rows that hold these values."""
        same = [table.c[column] == value for column, value in values.items()]
        return [dict(row) for row in self.connection.execute(select(table).where(*same)).mappings()]

    def first(self, table: Table, values: Mapping[str, Any]) -> str | None:
        """The identity of a row that holds these values, or None."""
        return next((row["id"] for row in self.rows_of(table, **values)), None)

    def named(self, column: Column[str], name: str, *where: Any) -> dict[str, Any] | None:
        """The first row that has this name in a column; case and space don't count."""
        query = select(column.table).where(*where).order_by(column.table.c.created_at)
        for row in self.connection.execute(query).mappings():
            if columns.fold_title(row[column.name]) == columns.fold_title(name):
                return dict(row)
        return None

    def add(self, table: Table, values: Mapping[str, Any], remember: bool = True) -> str:
        """Insert a row and return its identity."""
        row = {"id": uuid.uuid4().hex, "created_at": self.stamp(), **storable(values)}
        self._rows.insert(table, row)
        if remember:
            self.added(table, row["id"])
        return row["id"]

    def added(self, table: Table, id: str) -> None:
        """Note that a row is new, so that undoing removes it."""
        self._note({"table": table.name, "id": id, "row": None})

    def change(
        self,
        table: Table,
        row: Mapping[str, Any],
        changes: Mapping[str, Any],
        remember: bool = True,
    ) -> None:
        """Change a row that was read before."""
        changes = storable(changes)
        if self._rows.is_new(table, row["id"]):
            self.touched += 1
        elif remember:
            self.changed(table, row, changes)
        self._rows.update(table, row["id"], changes)

    def changed(self, table: Table, row: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
        """Note what stood in the changed columns of a row."""
        was = {column: row[column] for column, value in changes.items() if row[column] != value}
        if was:
            self._note({"table": table.name, "id": row["id"], "was": was})
        self._overwrote = self._overwrote or any(
            value is not None and column != "status" for column, value in was.items()
        )

    def remove(self, table: Table, row: Mapping[str, Any], remember: bool = True) -> None:
        """Remove a row with all that belongs to it, children first."""
        for child in schema.metadata.sorted_tables:
            for key in child.foreign_keys:
                if key.column.table is not table:
                    continue
                belonging = self.connection.execute(
                    select(child).where(key.parent == row["id"])
                ).mappings()
                for kin in map(dict, belonging.all()):
                    if key.ondelete == "CASCADE":
                        self.remove(child, kin, remember)
                    else:
                        self.change(child, kin, {key.parent.name: None}, remember)
        if remember:
            self._note({"table": table.name, "id": row["id"], "row": dict(row)})
            self._overwrote = True
        self._rows.delete(table, row["id"])

    def keep_version(self, row: Mapping[str, Any], text: str | None = None) -> None:
        """Put an answer's row into its history, with another text if one is given."""
        kept = {column: row[column] for column in _CONTENT}
        if text is not None:
            kept["text"] = text
        version = {"answer_id": row["id"], "version": row["version"], "at": row["updated_at"]}
        self.add(schema.answer_history, {**version, **kept}, remember=False)

    def move_codings(
        self,
        text_id: str,
        before: str,
        after: str,
        remember: bool = True,
        of: str = "answer_id",
    ) -> None:
        """Keep marked passages on their words when a text changes.

        Those whose words aren't found are unplaced, not removed: they are looked for again at
        every save, by the words that the person marked. Two passages of one theme never come to
        lie on the same words: the one that the edit left alone stays.
        """
        codings = self.rows_of(schema.coding, **{of: text_id})
        if not codings:
            return
        edit, taken = passages.Edit(before, after), set()
        for coding in sorted(codings, key=edit.leaves, reverse=True):
            place = edit.place(coding)
            start, end = (
                place if place and (coding["theme_id"], place) not in taken else (None, None)
            )
            taken.add((coding["theme_id"], place))
            if (start, end) != (coding["start"], coding["end"]):
                changes: dict[str, Any] = {"start": start, "end": end}
                if not coding["quote"] and coding["start"] is not None:  # of an undone older step
                    changes |= passages.anchored(before, coding["start"], coding["end"]) | changes
                self.change(schema.coding, coding, changes, remember)

    def remember(self, what: str) -> None:
        """Keep what was added and changed so far as one step that can be undone."""
        if not self._before:
            return
        step = {
            "what": what,
            "before": json.dumps(self._before, ensure_ascii=False),
            "created_at": self.stamp(),
        }
        added = self.connection.execute(insert(schema.undo).values(step)).inserted_primary_key
        self._before = []
        self._overwrote = False
        newest = added[0] if added else 0
        if newest % _TIDIED_EVERY == 0:
            old = schema.undo.c.id <= newest - _KEPT_UNDO_STEPS
            self.connection.execute(delete(schema.undo).where(old))

    def remember_overwriting(self, what: str) -> None:
        """Keep a step only when something that had been entered was replaced or removed."""
        if self._overwrote:
            self.remember(what)

    def remember_typing(self, what: str) -> None:
        """As `remember_overwriting`; what is typed within a minute is one step."""
        last = self.connection.execute(
            select(schema.undo).order_by(schema.undo.c.id.desc()).limit(1)
        ).first()
        since = columns.stored_moment(self.now - dt.timedelta(seconds=_ONE_STEP_SECONDS))
        if last is None or last.what != what or last.created_at < since:
            self.remember_overwriting(what)
        elif _columns(self._before) <= _columns(entries_of(last.before)):
            self._before, self._overwrote = [], False
        else:
            self.remember_overwriting(what)

    def _note(self, entry: dict[str, Any]) -> None:
        self._before.append(entry)
        self.touched += 1


def _columns(entries: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """The columns whose former values entries hold; an added or removed row counts as one."""
    return {
        (entry["table"], entry["id"], column)
        for entry in entries
        for column in entry.get("was", ["*"])
    }


def storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as any database can hold them, however they came in."""
    mended = {
        column: columns.text(value, column)
        for column, value in values.items()
        if isinstance(value, str) and columns.CANNOT_BE_STORED.search(value)
    }
    return {**values, **mended} if mended else dict(values)
