"""Keys of one's own questions say nothing: one made of the question's words could hold a name."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_OPAQUE = re.compile(r"own_[0-9a-f]{10}")
_STANDARD = frozenset(
    "path_in preparation enjoy_most enjoy_least top_skills typical_day motivation difficulties "
    "advancement progression stay_competitive outlook home_life entry_level learn_more "
    "strengths_fit notes ask_next".split()
)
_PLACES = (("agenda", "question"), ("answer", "question"), ("importance", "id"))
_WHAT = ("the answer to {} as it was before", "a change of the importance of {}")
"""Steps of undo whose words named a key."""


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns))


def upgrade() -> None:
    """Give every question of one's own a random key, wherever the old one stands."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":  # what is written over is gone from the file, too
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    op.add_column("question", sa.Column("formerly", sa.Text(), nullable=True))
    question = _table("question", "id", "prompt", "created_at", "formerly")
    prompts = {row.id: row.prompt for row in connection.execute(sa.select(question))}
    found = [*prompts, *_keys_without_a_question(connection, prompts)]
    new = {old: f"own_{secrets.token_hex(5)}" for old in found if not _OPAQUE.fullmatch(old)}
    for old, key in new.items():
        formerly = hashlib.sha256(old.encode("utf-8")).hexdigest()
        if old in prompts:
            change = sa.update(question).where(question.c.id == old)
            connection.execute(change.values(id=key, formerly=formerly))
        else:  # its question is gone, its answers aren't: what the key said becomes the prompt
            prompts[old] = " ".join(old.removeprefix("own_").split("_")).strip() or old
            since = _first_use(connection, old)
            row = {"id": key, "prompt": prompts[old], "created_at": since, "formerly": formerly}
            connection.execute(sa.insert(question).values(row))
    for name, column in _PLACES:
        table = _table(name, "id", column) if column != "id" else _table(name, "id")
        _rename(connection, table, column, new)
    _rename_imported(connection, new)
    _rename_in_undo(connection, new, prompts)


def _keys_without_a_question(connection: sa.Connection, known: dict[str, str]) -> list[str]:
    found: dict[str, None] = {}
    for name, column in _PLACES:
        table = _table(name, column)
        keys = connection.execute(sa.select(table.c[column]).distinct()).scalars()
        found |= dict.fromkeys(sorted(key for key in keys if key not in known))
    return [key for key in found if key not in _STANDARD]


def _first_use(connection: sa.Connection, key: str) -> str:
    moments = []
    for name, column in _PLACES:
        table = _table(name, *dict.fromkeys(("created_at", column)))
        first = sa.select(sa.func.min(table.c.created_at)).where(table.c[column] == key)
        moments.append(connection.execute(first).scalar())
    return min(filter(None, moments))


def _rename(
    connection: sa.Connection, table: sa.TableClause, column: str, new: dict[str, str]
) -> None:
    for old, key in new.items():
        connection.execute(sa.update(table).where(table.c[column] == old).values({column: key}))


def _rename_imported(connection: sa.Connection, new: dict[str, str]) -> None:
    """What was taken from files before is known under its new key."""
    table = _table("imported", "id")
    kinds = {f"{kind}:{old}": f"{kind}:{key}" for old, key in new.items() for kind in _KINDS}
    _rename(connection, table, "id", kinds)


_KINDS = ("question", "importance")


def _rename_in_undo(
    connection: sa.Connection, new: dict[str, str], prompts: dict[str, str]
) -> None:
    table = _table("undo", "id", "what", "before")
    what = {way.format(old): way.format(f"“{prompts[old]}”") for old in new for way in _WHAT}
    for step in connection.execute(sa.select(table)).all():
        try:
            entries = json.loads(step.before)
            for entry in entries:
                _rename_in_entry(entry, new)
            before = json.dumps(entries, ensure_ascii=False)
        except (AttributeError, KeyError, TypeError, ValueError):
            before = step.before  # not to be read; undoing says so
        changed = {"what": what.get(step.what, step.what), "before": before}
        if changed != {"what": step.what, "before": step.before}:
            connection.execute(sa.update(table).where(table.c.id == step.id).values(changed))


def _rename_in_entry(entry: dict[str, Any], new: dict[str, str]) -> None:
    table, id = entry["table"], entry["id"]
    stored = [entry[part] for part in ("row", "was") if isinstance(entry.get(part), dict)]
    if table in ("question", "importance"):
        for row in [entry, *stored]:
            if row.get("id") in new:
                row["id"] = new[row["id"]]
    elif table == "imported":
        kind, _, old = id.partition(":")
        if kind in _KINDS and old in new:
            for row in [entry, *(row for row in stored if "id" in row)]:
                row["id"] = f"{kind}:{new[old]}"
    elif table in ("answer", "agenda"):
        for row in stored:
            if row.get("question") in new:
                row["question"] = new[row["question"]]
