"""Taking back the last step: what was added goes, what was changed or removed comes back."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from infonb.errors import InfonbError
from infonb.journal import schema
from infonb.journal.errors import DamagedJournal, fault

if TYPE_CHECKING:
    from infonb.journal.transaction import Transaction

_AT_ONCE = 500


class Step(NamedTuple):
    """Something that `undo` can take back: its number, when it was done, and what it is."""

    id: int
    at: str
    what: str


def last_step(connection: Connection) -> Step | None:
    """The step that `undo` takes back; None where there is none."""
    t = schema.undo.c
    query = select(t.id, t.created_at, t.what).order_by(t.id.desc()).limit(1)
    row = connection.execute(query).first()
    return Step(*row) if row else None


def undo(write: Transaction, only: Step | None = None) -> str | None:
    """Take back the last step; the words for what was taken back, or None.

    With ``only`` it is taken back only where it is this one.

    Raises
    ------
    InfonbError
        When what was removed can't stand beside what was entered since.
    """
    step = last_step(write.connection)
    if step is None or only not in (None, step):
        return None
    before = select(schema.undo.c.before).where(schema.undo.c.id == step.id)
    try:
        entries = reversed(entries_of(write.connection.execute(before).scalar_one()))
        for is_new, alike in itertools.groupby(entries, key=_was_added):
            if is_new:  # an import may have added many thousands
                _remove_all(write, list(alike))
                continue
            for entry in alike:
                _restore(write, schema.metadata.tables[entry["table"]], entry)
    except IntegrityError:
        raise InfonbError(
            f"What the undoing of {step.what} would bring back can't stand beside what was "
            "entered since: something of the same name is there. Rename or remove that, then "
            "undo again. Nothing was changed."
        ) from None
    write.connection.execute(delete(schema.undo).where(schema.undo.c.id == step.id))
    return step.what


def _remove_all(write: Transaction, entries: list[dict[str, Any]]) -> None:
    """Remove rows that were added, children first; a question that was used since stays."""
    ids: dict[str, list[str]] = {}
    for entry in entries:
        ids.setdefault(entry["table"], []).append(entry["id"])
    question = schema.question
    used = [select(t.c.question) for t in (schema.answer, schema.agenda)]
    used.append(select(schema.importance.c.id))
    children_first = [t for t in reversed(schema.metadata.sorted_tables) if t is not question]
    for table in [*children_first, question]:
        mine = ids.get(table.name, [])
        for first in range(0, len(mine), _AT_ONCE):
            these = [table.c.id.in_(mine[first : first + _AT_ONCE])]
            if table is question:
                these += [table.c.id.not_in(keys) for keys in used]
            write.connection.execute(delete(table).where(*these))


def _restore(write: Transaction, table: Table, entry: Mapping[str, Any]) -> None:
    current = write.find(table, entry["id"])
    if "was" in entry:
        if current is not None:
            _restore_columns(write, table, current, entry["was"])
    elif current is None:
        write.connection.execute(insert(table), [entry["row"]])
    else:
        _restore_columns(write, table, current, entry["row"])


def _restore_columns(
    write: Transaction, table: Table, current: Mapping[str, Any], was: Mapping[str, Any]
) -> None:
    was = dict(was)
    if table is schema.answer:
        write.keep_version(current)  # the text that is taken back isn't lost either
        write.move_codings(current["id"], current["text"], was.get("text", current["text"]))
        # an editor that holds the undone text must notice, and no session goes on with it
        was |= {
            "version": current["version"] + 1, "updated_at": write.stamp(),
            "session": None, "session_at": None, "before_deletion": None,
        }  # fmt: skip
    write.connection.execute(update(table).where(table.c.id == current["id"]).values(**was))


def entries_of(step: str) -> list[dict[str, Any]]:
    """The rows of a stored undo step.

    Raises
    ------
    DamagedJournal
        When it can't be read.
    """
    try:
        entries = json.loads(step)
        if all(
            entry["table"] in schema.metadata.tables
            and isinstance(entry["id"], str)
            and ({"row", "was"} & entry.keys())
            for entry in entries
        ):
            return entries
        reason = "a step of undo is of no known form"
    except (AttributeError, KeyError, TypeError, ValueError):
        reason = "a step of undo can't be read"
    raise fault(DamagedJournal, "The journal", reason)


def _was_added(entry: Mapping[str, Any]) -> bool:
    return "was" not in entry and entry["row"] is None
