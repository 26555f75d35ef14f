"""The long CSV: one row per answer, the rows of an interview grouped by its label."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infonb.exchange.entries import Entry, ImportProblem

COLUMNS = (
    "interview", "occupation", "soc", "person", "job_title", "organisation", "date",
    "question", "text", "rating", "weight", "skills",
)  # fmt: skip
_NEEDED = ("occupation", "question")


def is_it(head: str) -> bool:
    """Whether a file that begins like this has the columns of a long CSV."""
    first = head.splitlines()[0] if head.strip() else ""
    return set(_NEEDED) <= {cell.strip().casefold() for cell in _cells(first)}


def entries(path: Path, problems: list[ImportProblem]) -> Iterator[Entry]:
    """The rows of a file, gathered to interviews.

    Without an ``interview`` column, occupation, person and date tell interviews apart. Skills
    are separated by semicolons, the first three of them ranked. Blank cells are missing.
    """
    rows = _rows(path, problems)
    groups: dict[tuple[str, ...], list[tuple[int, dict[str, str]]]] = {}
    for number, row in rows:
        label = row.get("interview", "")
        key = (label,) if label else tuple(row.get(c, "") for c in ("occupation", "person", "date"))
        groups.setdefault(key, []).append((number, row))
    for key, members in groups.items():
        yield _interview(path.name, key, members, problems)


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_separator(line)), [])


def _separator(line: str) -> str:
    return max(",;\t", key=line.count)


def _rows(path: Path, problems: list[ImportProblem]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(
            ImportProblem(path.name, row, "", "", "is not UTF-8; save the file as UTF-8.")
        )
        return
    if not text.strip():
        return
    csv.field_size_limit(10**8)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text.splitlines()[0]))
    header = [cell.strip().casefold() for cell in next(reader, [])]
    for column in header:
        if column not in COLUMNS:
            problems.append(
                ImportProblem(
                    path.name, 1, column, "", "is a column nobody knows; it is left out.", False
                )
            )
    start = reader.line_num + 1
    for cells in reader:
        number, start = start, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            problems.append(
                ImportProblem(
                    path.name, number, "", "",
                    f"has {len(cells)} cells, the header {len(header)}; "
                    "put text with separators in double quotes.",
                )
            )  # fmt: skip
            continue
        yield number, dict(zip(header, cells, strict=False))


def _interview(
    file: str,
    key: tuple[str, ...],
    members: list[tuple[int, dict[str, str]]],
    problems: list[ImportProblem],
) -> Entry:
    first = members[0][0]

    def said(column: str) -> str | None:
        return next(
            (row[column].strip() for _, row in members if row.get(column, "").strip()), None
        )

    answers: dict[str, Any] = {}
    places: list[tuple[str, int]] = []
    skills: list[str] = []
    for number, row in members:
        question = row.get("question", "").strip()
        skills += [s.strip() for s in row.get("skills", "").split(";") if s.strip()]
        if not question:
            if row.get("text", "").strip() or row.get("rating", "").strip():
                problems.append(
                    ImportProblem(file, number, "question", "", "is empty beside an answer.")
                )
            continue
        if question in answers:
            problems.append(
                ImportProblem(
                    file, number, "question", repr(question),
                    f"stands twice for interview {' / '.join(filter(None, key))!r}; "
                    "join the two rows, or label the interviews.",
                )
            )  # fmt: skip
            continue
        answers[question] = {
            "text": row.get("text", ""),
            "rating": _number(row.get("rating", "")),
            "weight": _number(row.get("weight", "")),
        }
        places.append((f"answers.{question}", number))
    person = {c: said(c) for c in ("job_title", "organisation") if said(c)}
    if said("person"):
        person["name"] = said("person")
    data: dict[str, Any] = {
        "occupation": said("occupation"), "soc": said("soc"), "date": said("date"),
        "answers": answers,
        "skills": [
            {"phrase": phrase, "rank": rank if rank <= 3 else None}
            for rank, phrase in enumerate(dict.fromkeys(skills), start=1)
        ],
    }  # fmt: skip
    if person:
        data["person"] = person
    if said("interview"):
        data["label"] = said("interview")
    return Entry("interview", data, file, first, len(members), tuple(places))


def _number(cell: str) -> int | float | str | None:
    """A number where the cell holds one (a decimal comma is understood), else what it holds."""
    clean = cell.strip()
    if not clean:
        return None
    try:
        value = float(clean.replace(",", "."))
    except ValueError:
        return clean
    return int(value) if value.is_integer() else value
