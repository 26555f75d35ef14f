"""Occupations one considers, people to ask, and what one knows of oneself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from infonb import method
from infonb.errors import InfonbError
from infonb.journal import columns, schema
from infonb.journal.records import id_of
from infonb.journal.transaction import Transaction


def person_values(
    write: Transaction, values: Mapping[str, Any], of: str | None = None
) -> dict[str, Any]:
    """What was typed about a person (``of``, who is there already), checked column by column."""
    values = dict(values)
    by = values.get("referred_by")
    if by is not None:
        values["referred_by"] = by = id_of(by, "person")
        if write.find(schema.person, by) is None:
            raise InfonbError(f"referred_by: there is no person {by!r}.")
        seen: set[str] = set()
        while by is not None and by not in seen:
            if by == of:
                raise InfonbError(
                    "referred_by: somebody can't be referred by themselves, nor in a circle."
                )
            seen.add(by)
            by = (write.find(schema.person, by) or {}).get("referred_by")
    return columns.checked("person", values)


def occupation_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed about an occupation, checked column by column."""
    checked = columns.checked("occupation", values)
    if "title" in checked:
        checked["title_key"] = columns.title_key(checked["title"])
    return checked


def question_in_words(write: Transaction, key: str) -> str:
    """A question's key as a person reads it: one's own says nothing, so its prompt does."""
    row = None if key in method.QUESTIONS else write.find(schema.question, key)
    return key if row is None else f"“{row['prompt']}”"


def add_occupation(write: Transaction, values: Mapping[str, Any]) -> str:
    """Add an occupation, or fill the gaps of the one with this title; its id."""
    table = schema.occupation
    query = select(table).where(table.c.title_key == values["title_key"])
    row = write.connection.execute(query).mappings().first()
    if row is None:
        return write.add(table, values)
    gaps = {k: v for k, v in values.items() if v is not None and row[k] is None}
    if gaps:
        write.change(table, dict(row), gaps)
    return row["id"]


def add_referral(write: Transaction, by: str, name: str, more: Mapping[str, Any]) -> str:
    """Add somebody whom an interviewee named, once; the id of the person."""
    table = schema.person
    referrer = write.the(table, by)
    known = write.named(table.c.name, name, table.c.referred_by == by)
    if known:
        return known["id"]
    details = {"source": "referral", "name_from": referrer["name"], **more}
    values = person_values(write, {"name": name, "referred_by": by, **details})
    return write.add(table, values)
