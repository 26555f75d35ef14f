"""Asking has a life of its own: what was asked, answered and agreed to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from infonb.journal import columns, schema
from infonb.journal.transaction import Transaction


def add_contact(write: Transaction, person_id: str, given: dict[str, Any]) -> str:
    """Note something that happened, once; what follows from it is set, too. Its id.

    Who says no declines what was planned with them; who was thanked is owed no thanks.
    """
    values = columns.checked("contact", given)
    values.setdefault("at", write.stamp())
    day = values["at"][:10]
    for row in write.rows_of(schema.contact, person_id=person_id, kind=values["kind"]):
        if row["at"][:10] == day:
            changes = {k: values[k] for k in ("channel", "note") if values.get(k) is not None}
            if any(row[key] != value for key, value in changes.items()):
                write.change(schema.contact, row, changes)
            return row["id"]
    id = write.add(schema.contact, {"person_id": person_id, **values})
    if values["kind"] == "answered_no":
        for row in write.rows_of(schema.interview, person_id=person_id, status="planned"):
            write.change(schema.interview, row, {"status": "declined"})
    elif values["kind"] == "thanked":
        t, i = schema.task, schema.interview
        theirs = select(i.c.id).where(i.c.person_id == person_id)
        open_ = select(t).where(
            t.c.kind == "thank_you", t.c.done_at.is_(None), t.c.interview_id.in_(theirs)
        )
        for row in write.connection.execute(open_).mappings().all():
            write.change(t, dict(row), {"done_at": values["at"]})
    return id


def set_consent(write: Transaction, person_id: str, given: dict[str, Any]) -> str:
    """Whether somebody agreed to something; asked again, the newer answer counts. The id."""
    values = columns.checked("consent", given)
    for row in write.rows_of(schema.consent, person_id=person_id, to=values["to"]):
        if any(row[key] != value for key, value in values.items()):
            write.change(schema.consent, row, values)
        return row["id"]
    return write.add(schema.consent, {"person_id": person_id, **values})
