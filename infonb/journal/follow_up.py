"""After the interview: weight, conduct, referrals, leads, tasks, decision and outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from infonb import method
from infonb.frame import MOMENT, TEXT, TRUTH, frame
from infonb.journal import columns, schema
from infonb.journal.forget import FORGOTTEN
from infonb.journal.interviews import interview_values
from infonb.journal.transaction import Transaction

if TYPE_CHECKING:
    import pandas as pd


def rows_of(write: Transaction, table: Any, interview_id: str) -> list[dict[str, Any]]:
    """The rows of one interview in a table."""
    query = select(table).where(table.c.interview_id == interview_id)
    return [dict(row) for row in write.connection.execute(query).mappings()]


def set_conduct(write: Transaction, interview_id: str, item: str, score: int) -> str:
    """Set one conduct item of an interview; its id."""
    for row in rows_of(write, schema.conduct, interview_id):
        if row["item"] == item:
            if row["score"] != score:
                write.change(schema.conduct, row, {"score": score})
            return row["id"]
    return write.add(schema.conduct, {"interview_id": interview_id, "item": item, "score": score})


def set_message(write: Transaction, interview_id: str, kind: str, text: str | None) -> None:
    """Set or take away one message of an interview."""
    row = next((r for r in rows_of(write, schema.message, interview_id) if r["kind"] == kind), None)
    if row is None and text:
        values = {"interview_id": interview_id, "kind": kind, "text": text}
        write.add(schema.message, values)
    elif row is not None and text:
        write.change(schema.message, row, {"text": text})
    elif row is not None:
        write.remove(schema.message, row)


def add_task(
    write: Transaction,
    interview_id: str | None,
    kind: str,
    due: str | None,
    draft: str | None = None,
) -> str:
    """Add a task, or change the one of its kind that this interview has; its id."""
    if interview_id is not None:
        for row in rows_of(write, schema.task, interview_id):
            if row["kind"] == kind:
                changes = {"due": due or row["due"], "draft": draft or row["draft"]}
                if any(row[column] != value for column, value in changes.items()):
                    write.change(schema.task, row, changes)
                return row["id"]
    return write.add(
        schema.task,
        {"interview_id": interview_id, "kind": kind, "due": due, "draft": draft},
    )


def owe_the_news(write: Transaction, due: str) -> None:
    """One task per interviewee to tell how it ended, at the person's latest interview.

    Whoever was forgotten, or never named, can't be told.
    """
    table, person = schema.interview, schema.person
    held = write.connection.execute(
        select(table.c.id, table.c.person_id, table.c.medium)
        .join(person)
        .where(table.c.status == "done", person.c.name != FORGOTTEN)
        .order_by(table.c.created_at)
    )
    latest = {row.person_id: row.id for row in held if not method.is_first_hand(row.medium)}
    told = set(
        write.connection.execute(
            select(table.c.person_id)
            .join(schema.task, schema.task.c.interview_id == table.c.id)
            .where(schema.task.c.kind == "tell_outcome")
        ).scalars()
    )
    for person_id, interview_id in latest.items():
        if person_id not in told:
            add_task(write, interview_id, "tell_outcome", due)


def finish_interview(
    write: Transaction,
    row: Mapping[str, Any],
    values: Mapping[str, Any],
    ended_at: dt.datetime | str | None,
    today: dt.date,
) -> None:
    """An interview is done; the thank-you falls due the same day, the review the day after."""
    values = dict(values)
    if ended_at is not None or (row["started_at"] and row["ended_at"] is None):
        values.update(interview_values({"ended_at": ended_at or write.now}))
        if row["zone"]:
            values.pop("zone", None)
    held = values.get("date") or columns.partial_date(row["date"]) or _day_of(row, today)
    write.change(schema.interview, row, {**values, "date": held, "status": "done"})
    due = held if len(held) == 10 else today.isoformat()
    next_day = (dt.date.fromisoformat(due) + dt.timedelta(days=1)).isoformat()
    if not method.is_first_hand(row["medium"]):  # nobody is owed a thank-you by oneself
        add_task(write, row["id"], "thank_you", due)
    add_task(write, row["id"], "review_notes", next_day)


def _day_of(row: Mapping[str, Any], today: dt.date) -> str:
    for column in ("started_at", "scheduled_at"):
        at = columns.read_moment(row[column], row["zone"])
        if at is not None and at.date() <= today:
            return at.date().isoformat()
    return today.isoformat()


def tasks_query(due_by: str | None) -> Select[Any]:
    """What is owed, to whom, about what, the earliest first; only what is open by a day."""
    t, i, p, o = schema.task, schema.interview, schema.person, schema.occupation
    query = (
        select(t, p.c.name.label("person"), o.c.title.label("occupation"))
        .select_from(t.outerjoin(i).outerjoin(p).outerjoin(o))
        .order_by(t.c.due.is_(None), t.c.due, t.c.created_at)
    )
    return query if due_by is None else query.where(t.c.due <= due_by, t.c.done_at.is_(None))


def tasks_frame(rows: Iterable[Mapping[str, Any]], today: dt.date) -> pd.DataFrame:
    """What is owed, with whether it is overdue."""
    day = today.isoformat()
    tasks = [
        {
            **row, "task": row["id"], "interview": row["interview_id"],
            "done_at": columns.read_moment(row["done_at"], None),
            "overdue": bool(
                row["due"] and row["due"] < day[: len(row["due"])] and not row["done_at"]
            ),
        }
        for row in rows
    ]  # fmt: skip
    return frame(
        tasks,
        {
            "task": TEXT, "kind": TEXT, "due": TEXT, "overdue": TRUTH, "done_at": MOMENT,
            "person": TEXT, "occupation": TEXT, "interview": TEXT, "draft": TEXT,
        },
    )  # fmt: skip
