"""Themes: made once for each name, merged, and given to passages of texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

from infonb.errors import InfonbError
from infonb.journal import columns, schema
from infonb.journal.passages import passage_in
from infonb.journal.transaction import Transaction


def add_theme(write: Transaction, name: str, description: str | None = None) -> str:
    """The identity of the theme of this name, made where there is none."""
    name = columns.name(name, "A theme's name")
    values = {"name": name, "description": columns.text_or_none(description, "description")}
    known = write.named(schema.theme.c.name, name)
    return known["id"] if known else write.add(schema.theme, values)


def merge_themes(write: Transaction, gone_id: str, stays_id: str) -> None:
    """Give all passages of one theme to another, and remove it.

    Raises
    ------
    InfonbError
        When either isn't known, or both are the same.
    """
    gone, stays = write.the(schema.theme, gone_id), write.the(schema.theme, stays_id)
    if gone["id"] == stays["id"]:
        raise InfonbError(f"The theme {gone['name']!r} can't be merged into itself.")
    taken = {_place(row) for row in write.rows_of(schema.coding, theme_id=stays["id"])}
    for row in write.rows_of(schema.coding, theme_id=gone["id"]):
        if row["start"] is None or _place(row) not in taken:  # else removed with its theme
            write.change(schema.coding, row, {"theme_id": stays["id"]})
    both = dict.fromkeys(row["description"] for row in (stays, gone) if row["description"])
    write.change(schema.theme, stays, {"description": "\n".join(both) or None})
    write.remove(schema.theme, gone)


def mark(
    write: Transaction,
    table: Table,
    text_id: str,
    theme_id: str,
    place: tuple[int | None, int | None],
    quote: str | None = None,
) -> str:
    """The identity of a passage that has a theme, made where there is none on its words.

    Raises
    ------
    InfonbError
        When it doesn't lie in the text, or not on the words of ``quote``.
    """
    text, (start, end) = write.the(table, text_id)["text"], place
    if quote is not None and text[start or 0 : end] != quote:
        raise InfonbError(
            f"The text was changed meanwhile: {quote!r} doesn't stand there any more. Nothing was "
            "marked; look at the text as it is now and mark the words again."
        )
    placed = passage_in(text, start, end)
    key = {f"{table.name}_id": text_id, "theme_id": theme_id}
    known = twin(write, {**key, **placed})
    return known or write.add(schema.coding, {**key, **placed})


def twin(write: Transaction, row: Mapping[str, Any]) -> str | None:
    """The passage of the same theme on the same words; None for one without a place."""
    names = ("answer_id", "transcript_id", "theme_id", "start", "end")
    if row["start"] is None:
        return None
    return write.first(schema.coding, {name: row[name] for name in names if name in row})


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Which words of which text a row of a coding lies on."""
    return tuple(row[column] for column in ("answer_id", "transcript_id", "start", "end"))
