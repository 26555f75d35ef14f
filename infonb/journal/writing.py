"""One write: a transaction that stamps what it adds and remembers what it changes."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from infonb import clock
from infonb.errors import InfonbError
from infonb.journal import edge, tables

_KEPT_UNDO_STEPS = 500


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


class Write:
    """An open transaction on a journal.

    Everything added gets an identity and a time of entry that never repeats inside the write.
    What is changed or removed is remembered, row by row, when the write can be undone.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.now = clock.now()
        self._ticks = 0
        self._before: list[dict[str, Any]] = []

    def stamp(self) -> str:
        """The moment of this write as stored text, later with every call."""
        self._ticks += 1
        return edge.stored_moment(self.now + dt.timedelta(microseconds=self._ticks - 1))

    def find(self, table: Table, id: str) -> dict[str, Any] | None:
        """The row with this identity, or None."""
        row = self.connection.execute(select(table).where(table.c.id == id)).mappings().first()
        return dict(row) if row else None

    def add(self, table: Table, values: Mapping[str, Any], remember: bool = False) -> str:
        """Insert a row and return its identity."""
        row = {"id": uuid.uuid4().hex, "created_at": self.stamp(), **values}
        self.connection.execute(insert(table), [row])
        if remember:
            self._before.append({"table": table.name, "id": row["id"], "row": None})
        return row["id"]

    def change(
        self,
        table: Table,
        row: Mapping[str, Any],
        changes: Mapping[str, Any],
        remember: bool = True,
    ) -> None:
        """Change a row that was read before."""
        if remember:
            self._before.append({"table": table.name, "id": row["id"], "row": dict(row)})
        self.connection.execute(update(table).where(table.c.id == row["id"]).values(**changes))

    def remove(self, table: Table, row: Mapping[str, Any]) -> None:
        """Remove a row with all that belongs to it, children first."""
        for child in tables.metadata.sorted_tables:
            for key in child.foreign_keys:
                if key.column.table is not table:
                    continue
                belonging = self.connection.execute(
                    select(child).where(key.parent == row["id"])
                ).mappings()
                for kin in belonging.all():
                    if key.ondelete == "CASCADE":
                        self.remove(child, kin)
                    else:
                        self.change(child, kin, {key.parent.name: None})
        self._before.append({"table": table.name, "id": row["id"], "row": dict(row)})
        self.connection.execute(delete(table).where(table.c.id == row["id"]))

    def remember(self, what: str) -> None:
        """Keep what was changed so far as one step that can be undone."""
        if not self._before:
            return
        self.connection.execute(
            insert(tables.undo),
            [
                {
                    "what": what,
                    "before": json.dumps(self._before, ensure_ascii=False),
                    "created_at": self.stamp(),
                }
            ],
        )
        self._before = []
        newest = select(tables.undo.c.id).order_by(tables.undo.c.id.desc()).limit(_KEPT_UNDO_STEPS)
        oldest_kept = select(newest.subquery().c.id).order_by("id").limit(1).scalar_subquery()
        self.connection.execute(delete(tables.undo).where(tables.undo.c.id < oldest_kept))

    def undo(self) -> str | None:
        """Take back the last step; the words for what was taken back, or None."""
        step = self.connection.execute(
            select(tables.undo).order_by(tables.undo.c.id.desc()).limit(1)
        ).first()
        if step is None:
            return None
        for entry in reversed(json.loads(step.before)):
            self._restore(tables.metadata.tables[entry["table"]], entry["id"], entry["row"])
        self.connection.execute(delete(tables.undo).where(tables.undo.c.id == step.id))
        return step.what

    def _restore(self, table: Table, id: str, row: dict[str, Any] | None) -> None:
        current = self.find(table, id)
        if row is None:
            if current is not None:
                self.connection.execute(delete(table).where(table.c.id == id))
        elif current is None:
            self.connection.execute(insert(table), [row])
        else:
            if table is tables.answer:  # an editor that holds the undone text must notice
                row = {**row, "version": current["version"] + 1}
            self.connection.execute(update(table).where(table.c.id == id).values(**row))
