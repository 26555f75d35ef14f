"""Another journal's file: its records by their stable ids; the file itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from infonb.errors import InfonbError
from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.records import records
from infonb.files import scratch_folder
from infonb.journal import restore, schema
from infonb.journal.engine import make_engine
from infonb.journal.errors import translated

SUFFIXES: tuple[str, ...] = (".db", ".sqlite")
NEEDS_PATH = True
"""What was written last may stand beside the file, so its bytes alone won't do."""


def is_it(head: str) -> bool:
    """Whether a file that begins like this is an SQLite database."""
    return head.startswith("SQLite format 3\x00")


def entries(
    file: str, raw: bytes, problems: list[ImportProblem], path: Path | None = None
) -> Iterator[Entry]:
    """All records of the other journal, private answers too: it is a journal into a journal."""
    if path is None:
        raise InfonbError("Another journal is taken in from its file.")
    rows, before = _read(path)
    question = {row["id"]: (row["interview_id"], row["question"]) for row in rows["answer"]}
    texts: dict[str, dict[str, list[str]]] = {}
    for row in before:
        interview, key = question[row["answer_id"]]
        texts.setdefault(interview, {}).setdefault(key, []).append(row["text"])
    for number, record in enumerate(records(rows, redact=False), start=1):
        kind = record.pop("kind", "interview")
        if kind == "interview":  # the person's own line says the rest
            record["person"] = {key: record["person"][key] for key in ("id", "name")}
        yield Entry(kind, record, file, number, beside=texts.get(record.get("id", ""), {}))


def _read(path: Path) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    restore.verify(path)
    with scratch_folder("infonb-other-") as folder:
        copy = restore.todays_form(path, folder)
        engine = make_engine(str(copy))
        try:
            with engine.connect() as connection:
                rows = {
                    table.name: [
                        dict(row)
                        for row in connection.execute(
                            select(table).order_by(table.c.created_at, table.c.id)
                        ).mappings()
                    ]
                    for table in schema.metadata.sorted_tables
                    if table.name not in ("meta", "undo", "imported", "answer_history")
                }
                history = select(schema.answer_history)
                return rows, [dict(row) for row in connection.execute(history).mappings()]
        except DBAPIError as error:  # text that is no text, for one
            raise translated(error, path) from None
        finally:
            engine.dispose()
