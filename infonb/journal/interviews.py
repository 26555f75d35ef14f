"""Interviews: planned, held, answered question by question."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from infonb.frame import MOMENT, REAL, TEXT, TRUTH, WHOLE, frame
from infonb.journal import columns, schema
from infonb.journal.records import Answer, id_of
from infonb.journal.transaction import StaleAnswer, Transaction

if TYPE_CHECKING:
    import pandas as pd

_COALESCE_SECONDS = 60
_DELETION_KEPT = 40
_SAVED = (
    "text", "rating", "why", "weight", "private", "version", "session", "session_at",
    "before_deletion", "updated_at",
)  # fmt: skip


def interview_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed about an interview, checked column by column; its zone is its moments'."""
    values = dict(values)
    for column in ("person_id", "occupation_id"):
        if column in values:
            values[column] = id_of(values[column], column.removesuffix("_id"))
    checked = columns.checked("interview", values)
    zones = (columns.moment(values[c], c)[1] for c in columns.TIMES["interview"] if c in values)
    if zone := next(filter(None, zones), None):
        checked.setdefault("zone", zone)
    return checked


def set_agenda(write: Transaction, interview_id: str, keys: Iterable[str]) -> None:
    """Replace the questions of an interview's agenda."""
    table, keys = schema.agenda, list(keys)
    query = select(table).where(table.c.interview_id == interview_id).order_by(table.c.position)
    asked = write.connection.execute(query).mappings().all()
    if [row["question"] for row in asked] == keys:
        return
    for row in asked:
        write.remove(table, dict(row))
    for position, key in enumerate(keys):
        write.add(table, {"interview_id": interview_id, "question": key, "position": position})


def add_skill(write: Transaction, interview_id: str, values: Mapping[str, Any]) -> str:
    """Add a skill to an interview, or complete the mention that is there."""
    table, rank = schema.skill_mention, values.get("rank")
    known = write.rows_of(table, interview_id=interview_id)
    for row in known:
        if rank and row["rank"] == rank and not _is_named(row, values["phrase"]):
            write.change(table, row, {"rank": None})  # a rank belongs to one skill
    for row in known:
        if _is_named(row, values["phrase"]):
            changes = {
                column: values[column]
                for column in ("rank", "skill_id", "confirmed")
                if values.get(column) and values[column] not in (row[column], f"mine:{row['id']}")
            }
            if changes:
                write.change(table, row, changes)
            return row["id"]
    return write.add(table, {"interview_id": interview_id, **values})


def _is_named(row: Mapping[str, Any], phrase: str) -> bool:
    return columns.fold_title(row["phrase"]) == columns.fold_title(phrase)


def save_answer(
    write: Transaction,
    interview_id: str,
    question: str,
    given: Mapping[str, Any],
    version: int | None = None,
    session: str | None = None,
) -> dict[str, Any]:
    """Insert or change one answer inside an open write; the row as stored."""
    stored = write.rows_of(schema.answer, interview_id=interview_id, question=question)
    found = stored[0] if stored else None
    if version is not None and version != (found["version"] if found else 0):
        raise StaleAnswer(
            columns.as_record(Answer, found) if found else None, given.get("text", "")
        )
    if found is None:
        return _first_save(write, interview_id, question, given, session)
    if all(found[column] == value for column, value in given.items()):
        return found
    row = {**found, **given, "version": found["version"] + 1, "updated_at": write.stamp()}
    if _goes_on(found, session, write.now):
        row["before_deletion"] = _cut_so_far(write, found, row["text"])
        write_answer(write, row, found, remember=False)
        return row
    write.keep_version(found)
    row |= {"session": session, "session_at": row["updated_at"], "before_deletion": None}
    write_answer(write, row, found)
    write.changed(schema.answer, found, {column: row[column] for column in given})
    return row


def _first_save(
    write: Transaction,
    interview_id: str,
    question: str,
    given: Mapping[str, Any],
    session: str | None,
) -> dict[str, Any]:
    write.the(schema.interview, interview_id)
    at = write.stamp()
    row = {
        "id": uuid.uuid4().hex, "interview_id": interview_id, "question": question, "text": "",
        "rating": None, "why": None, "weight": None, "private": False, **given, "version": 1,
        "session": session, "session_at": at, "before_deletion": None, "updated_at": at,
        "created_at": at,
    }  # fmt: skip
    write.add(schema.answer, row)
    return row


def write_answer(
    write: Transaction, row: Mapping[str, Any], found: Mapping[str, Any], remember: bool = True
) -> None:
    """Store an answer's row as it is given; marked passages stay on their words."""
    if row["text"] != found["text"]:
        write.move_codings(row["id"], found["text"], row["text"], remember)
    write.change(schema.answer, row, {column: row[column] for column in _SAVED}, remember=False)


def _goes_on(row: Mapping[str, Any], session: str | None, now: dt.datetime) -> bool:
    """Whether a save belongs to the same minute of the same session as the one before."""
    if session is None or row["session"] != session or row["session_at"] is None:
        return False
    since = columns.read_moment(row["session_at"], None) or now
    return 0 <= (now - since).total_seconds() <= _COALESCE_SECONDS


def _cut_so_far(write: Transaction, found: Mapping[str, Any], text: str) -> str | None:
    """The text before a deletion that goes on save by save; kept once it is a long one."""
    longest = found["before_deletion"]
    if longest is None or len(found["text"]) >= len(longest):
        longest = found["text"]
    if len(longest) - len(text) > _DELETION_KEPT:
        write.keep_version(found, longest)
        return None
    return longest if len(text) < len(longest) else None


def history_query(answer_id: str) -> Select[Any]:
    """What was kept of an answer, oldest first."""
    table = schema.answer_history
    query = select(table).where(table.c.answer_id == answer_id)
    return query.order_by(table.c.version, table.c.created_at)


def history_frame(rows: Iterable[Mapping[str, Any]], now: Answer) -> pd.DataFrame:
    """All versions of an answer, the current one last."""
    versions = [{**r, "at": columns.read_moment(r["at"], None), "current": False} for r in rows]
    versions.append({**vars(now), "at": now.updated_at, "current": True})
    return frame(
        versions,
        {
            "version": WHOLE, "text": TEXT, "rating": WHOLE, "why": TEXT, "weight": REAL,
            "private": TRUTH, "at": MOMENT, "current": TRUTH,
        },
    )  # fmt: skip
