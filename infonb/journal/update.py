"""A change of a record, checked column by column and beside the rows that are there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infonb.errors import InfonbError
from infonb.journal import columns, schema
from infonb.journal.interviews import interview_values
from infonb.journal.passages import passage_in
from infonb.journal.people import occupation_values, person_values
from infonb.journal.records import (
    Coding,
    Interview,
    Occupation,
    Person,
    Record,
    SkillMention,
    id_of,
)
from infonb.journal.themes import twin
from infonb.journal.transaction import Transaction


def changed_values(
    write: Transaction, record: Record, row: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    """What changes in a row, column by column, and beside the rows that are there."""
    changes = dict(changes)
    if isinstance(record, Interview):
        if "zone" in changes:
            raise InfonbError("An interview has no 'zone'; give its times with their offset.")
        for kind in ("person", "occupation"):
            if kind in changes:
                changes[f"{kind}_id"] = id_of(changes.pop(kind), kind)
            if f"{kind}_id" in changes:
                write.the(schema.metadata.tables[kind], changes[f"{kind}_id"])
        return interview_values(changes)
    if isinstance(record, Person):
        return person_values(write, changes, of=record.id)
    if isinstance(record, Occupation):
        values = occupation_values(changes)
    else:
        values = columns.checked(record.table, changes, changing=True)
    _refuse_a_twin(write, record, row, values)
    if isinstance(record, SkillMention) and values.get("rank"):  # a rank belongs to one skill
        same = {"interview_id": row["interview_id"], "rank": values["rank"]}
        for other in write.rows_of(schema.skill_mention, **same):
            if other["id"] != record.id:
                write.change(schema.skill_mention, other, {"rank": None})
    if isinstance(record, Coding) and {"start", "end"} & values.keys():
        of = schema.answer if row["answer_id"] else schema.transcript
        text = write.the(of, row[f"{of.name}_id"])["text"]
        start, end = (values.get(k, row[k]) for k in ("start", "end"))
        if (start is None) != (end is None):
            raise InfonbError("start or end of a coding is missing; give both, or neither.")
        values |= passage_in(text, start, end)
        if twin(write, {**row, **values}) not in (None, row["id"]):
            raise InfonbError("These words have this theme already; one passage is enough.")
        if values["start"] is None:  # its words stay as they were marked
            values = {"start": None, "end": None}
    return values


_NAMED = {
    "occupation": "title", "strength": "phrase", "theme": "name", "skill_mention": "phrase",
}  # fmt: skip
"""Table -> the column that no two of its rows share, in an interview where they belong to one."""


def _refuse_a_twin(
    write: Transaction, record: Record, row: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    column = _NAMED.get(record.table)
    if column is None or column not in values:
        return
    table = schema.metadata.tables[record.table]
    where = [table.c.id != record.id]
    if "interview_id" in table.c:
        where.append(table.c.interview_id == row["interview_id"])
    if write.named(table.c[column], values[column], *where) is not None:
        kind = record.table.replace("_", " ")
        a = "an" if kind[0] in "aeio" else "a"
        raise InfonbError(f"There is {a} {kind} {values[column]!r} already.")
