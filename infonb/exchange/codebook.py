"""The codebook as Taguette reads and writes it, and a table of what was coded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.records import Outgoing
from infonb.exchange.tables import Grid, csv_grid, harmless, has_header
from infonb.frame import TEXT, WHOLE, frame
from infonb.privacy.off_the_record import on_the_record

if TYPE_CHECKING:
    import pandas as pd

    from infonb.journal import Journal

SUFFIXES: tuple[str, ...] = ()
_NAMES = ("tag", "name", "path")
_COUNTED = ("number of highlights", "number of documents")
"""What Taguette adds to the codebook that it writes: told of its own documents, so left alone."""


def knows(header: list[str]) -> bool:
    """Whether a table with this header, folded, is a codebook and nothing else.

    Examples
    --------
    >>> knows(["tag", "description"]), knows(["name", "email"]), knows(["name", "description"])
    (True, False, False)
    """
    names = [title for title in header if title in _NAMES]
    only = {*header} <= {*_NAMES, "description", *_COUNTED, ""}
    return len(names) == 1 and only and (names[0] != "name" or bool({*header} & {*_COUNTED}))


def is_it(head: str) -> bool:
    """Whether a file that begins like this is a codebook."""
    return has_header(head, knows)


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """Each row as a theme; a description that is empty leaves the one that is there."""
    grid = csv_grid(file, raw, problems, knows)
    column = _column(grid, problems)
    about = grid.column("description")
    for title in grid.header:
        if title.strip().casefold() not in (*_NAMES, "description", *_COUNTED, ""):
            what = "is a column nobody knows; it is left out."
            problems.append(ImportProblem(file, grid.at, title, "", what, False))
    if column is None:
        return
    for row, cells in grid.rows:
        name = cells[column].strip()
        if not name:
            what = "is empty; write the theme's name, or leave the row out."
            problems.append(ImportProblem(file, row, grid.header[column], "", what, of_row=True))
            continue
        data = {"name": name}
        if about is not None and cells[about].strip():
            data["description"] = cells[about]
        yield Entry("theme", data, file, row)


def _column(grid: Grid, problems: list[ImportProblem]) -> int | None:
    found = [name for name in _NAMES if grid.column(name) is not None]
    if len(found) == 1:
        return grid.column(found[0])
    what = (
        f"has the columns {' and '.join(found)}; keep the one with the themes' names."
        if found else "has no column tag, name or path, in which a codebook has its themes."
    )  # fmt: skip
    if grid.header:
        problems.append(ImportProblem(grid.file, grid.at, "", "", what))
    return None


def write(journal: Journal, path: Path, redact: bool) -> None:
    """Themes with their descriptions; without a mark of UTF-8 Taguette would guess."""
    outgoing = Outgoing.of(journal.rows(), redact)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(("tag", "description"))
        for row in outgoing.rows["theme"]:
            table.writerow((harmless(row["name"]), harmless(row["description"] or "")))


CODED = (
    "theme", "description", "interview", "occupation", "person", "question", "start", "end",
    "quote",
)  # fmt: skip
"""Columns of a table of coded passages."""


def write_codings(journal: Journal, path: Path, redact: bool) -> None:
    """One row per coded passage, and one for each theme without any; nothing off the record.

    ``question`` is empty for a passage of a transcript; ``start`` and ``end`` count characters of
    the answer, and are empty for a passage whose words weren't found again after an edit.
    """
    outgoing = Outgoing.of(on_the_record(journal.rows()), redact)
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(CODED)
        for row in coded(outgoing):
            table.writerow([harmless(v) if isinstance(v, str) else v for v in row])


def coded_frame(outgoing: Outgoing) -> pd.DataFrame:
    """The same as a frame."""
    kinds = dict.fromkeys(CODED, TEXT) | {"start": WHOLE, "end": WHOLE}
    return frame((dict(zip(CODED, row, strict=True)) for row in coded(outgoing)), kinds)


def coded(outgoing: Outgoing) -> Iterator[tuple[object, ...]]:
    """The rows of such a table, by theme."""
    rows = outgoing.rows
    said = {row["id"]: row for row in rows["answer"] if not row["private"]}
    said |= {row["id"]: row for row in rows["transcript"]}
    talk = {row["id"]: row for row in rows["interview"]}
    title = {row["id"]: row["title"] for row in rows["occupation"]}
    name = {row["id"]: row["name"] for row in rows["person"]}
    passages: dict[str, list[dict[str, Any]]] = {}
    for row in rows["coding"]:
        passages.setdefault(row["theme_id"], []).append(row)
    for theme in rows["theme"]:
        about = (theme["name"], theme["description"])
        there = [(row, said.get(row["answer_id"] or row["transcript_id"])) for row in
                 passages.get(theme["id"], ())]  # fmt: skip
        for row, answer in there:
            if answer is not None:
                held = talk[answer["interview_id"]]
                yield (
                    *about, rows.id(held["id"]), title[held["occupation_id"]],
                    name[held["person_id"]], answer.get("question"), row["start"],
                    row["end"], row["quote"],
                )  # fmt: skip
        if not there:
            yield (*about, *[None] * (len(CODED) - 2))
