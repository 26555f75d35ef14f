"""The long CSV: one row per answer, the rows of an interview grouped by its label."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.exchange.csv_wide import matches, sure
from infonb.exchange.entries import Asked, Entry, ImportProblem, Reading
from infonb.exchange.header_rows import without_second_headers
from infonb.exchange.rating_scale import RatingScale
from infonb.exchange.records import Outgoing
from infonb.exchange.tables import Grid, csv_grid, examples, harmless, has_header, iso_day, order_of
from infonb.journal import columns
from infonb.method import is_first_hand

if TYPE_CHECKING:
    from infonb.journal import Journal

COLUMNS = (
    "interview", "occupation", "soc", "person", "job_title", "organisation", "date",
    "question", "text", "rating", "weight", "skills",
)  # fmt: skip
SUFFIXES = (".csv", ".tsv", ".txt")
_NEEDED = ("occupation", "question")
_ABOUT = ("interview", "occupation", "soc", "person", "job_title", "organisation", "date")
WITHOUT_NAMES = " (names left out)"
"""What follows an interview's id where names were left out: the row never overwrites anything."""

_OURS = ("why", "version", "publisher", "counts", "text continued")
"""More columns of our workbook."""


def knows(header: list[str]) -> bool:
    """Whether a table with this header, folded, has one row per answer."""
    return set(_NEEDED) <= set(header)


def is_it(head: str) -> bool:
    """Whether a file that begins like this has the columns of a long CSV."""
    return has_header(head, knows)


def entries(
    file: str, raw: bytes, problems: list[ImportProblem], asked: Asked | None = None
) -> Iterator[Entry]:
    """The rows of a file, gathered to interviews.

    Without an ``interview`` column, occupation, person and date tell interviews apart. Skills
    are separated by semicolons, the first three of them ranked; between two semicolons there
    may be none, and a backslash keeps a semicolon in a skill. Blank cells are missing. Cells may
    be separated by commas, semicolons or tabs.
    """
    yield from of_grid(csv_grid(file, raw, problems, knows), problems, asked)


def of_grid(
    grid: Grid, problems: list[ImportProblem], asked: Asked | None = None
) -> Iterator[Entry]:
    """The same from a table."""
    file, header = grid.file, [cell.strip().casefold() for cell in grid.header]
    if not header and any(problem.error for problem in problems):
        return
    found = list(grid.rows)
    found = without_second_headers(grid, found, _is_header, problems)
    if not _good_header(file, header, grid.at, problems):
        return
    problems += (
        Reading(file, grid.at, title, cell, f"is the {name}.", False, field=name)
        for name, (title, cell) in zip(header, examples(grid, found), strict=True)
        if name in (*COLUMNS, *_OURS)
    )
    rows = [(number, dict(zip(header, cells, strict=True))) for number, cells in found]
    if "date" in header:
        said = [(number, row["date"]) for number, row in rows]
        order = order_of(file, "date", said, asked.dates if asked else None, problems)
        for _, row in rows:
            row["date"] = iso_day(row["date"], order)
    groups: dict[tuple[str, ...], list[tuple[int, dict[str, str]]]] = {}
    for number, row in rows:
        label = row.get("interview", "").strip()
        alike = (row.get(c, "").split() for c in ("occupation", "person", "date"))
        key = (label,) if label else ("", *(" ".join(cell).casefold() for cell in alike))
        groups.setdefault(key, []).append((number, row))
    for members in groups.values():
        yield _interview(file, members, problems)


def _is_header(cell: str) -> bool:
    """Whether a cell is the name of a column, or of one that a form has."""
    return cell.strip().casefold() in COLUMNS or (
        len(cell.split()) > 2 and sure(matches(cell)) not in (None, "notes")
    )


def _good_header(file: str, header: list[str], at: int, problems: list[ImportProblem]) -> bool:
    missing = [column for column in _NEEDED if column not in header]
    twice = [column for column in (*COLUMNS, *_OURS) if header.count(column) > 1]
    for column in missing:
        what = f"is missing; the columns are {', '.join(COLUMNS)}."
        problems.append(ImportProblem(file, at, column, "", what))
    for column in twice:
        problems.append(ImportProblem(file, at, column, "", "stands twice; keep one of them."))
    for column in header:
        if column and column not in (*COLUMNS, *_OURS):
            what = "is a column nobody knows; it is left out."
            problems.append(ImportProblem(file, at, column, "", what, False))
    return not missing and not twice


def _interview(
    file: str, members: list[tuple[int, dict[str, str]]], problems: list[ImportProblem]
) -> Entry:
    """The rows of one interview as one entry in the shape of JSON Lines."""
    about = {column: _agreed(file, column, members, problems) for column in _ABOUT}
    answers: dict[str, Any] = {}
    places: list[tuple[str, int]] = []
    skills: list[str] = []
    for number, row in members:
        question = row.get("question", "").strip()
        skills += _skills_in(row.get("skills", ""))
        wrong = ""
        if question in answers:
            label = about["interview"] or about["person"] or about["occupation"]
            wrong = (
                f"stands twice for interview {label!r}; join the two rows, or label the interviews."
            )
        elif not question and any(row.get(c, "").strip() for c in ("text", "rating", "weight")):
            wrong = "is empty beside an answer; write the question's key."
        if wrong:
            shown = repr(question) if question else ""
            problems.append(ImportProblem(file, number, "question", shown, wrong))
        elif question:
            answers[question] = {
                "text": row.get("text", "") + row.get("text continued", ""),
                "rating": _rating(file, number, question, row.get("rating", ""), problems),
            }
            if "weight" in row:
                answers[question]["weight"] = _number(row["weight"])
            if "why" in row:
                answers[question]["why"] = row["why"] or None
            places.append((f"answers.{question}", number))
    person = {c: about[c] for c in ("job_title", "organisation") if about[c]}
    if about["person"]:
        person["name"] = about["person"]
    data: dict[str, Any] = {
        "occupation": about["occupation"], "soc": about["soc"], "date": about["date"],
        "answers": answers,
        "skills": [
            {"phrase": phrase, "rank": rank if rank <= 3 else None}
            for rank, phrase in enumerate(skills, start=1)
            if phrase and phrase not in skills[: rank - 1]
        ],
    }  # fmt: skip
    if person:
        data["person"] = person
    if about["interview"]:
        data["label"] = about["interview"].removesuffix(WITHOUT_NAMES)
        if about["interview"].endswith(WITHOUT_NAMES):
            data["redacted"] = True
    return Entry("interview", data, file, members[0][0], len(members), tuple(places))


def _agreed(
    file: str,
    column: str,
    members: list[tuple[int, dict[str, str]]],
    problems: list[ImportProblem],
) -> str | None:
    """What the rows of one interview say in a column; blank cells agree with anything."""
    first = None
    for number, row in members:
        cell = row.get(column, "").strip()
        if not cell or cell == first:
            continue
        if first is None:
            first = cell
        elif columns.fold_title(cell) != columns.fold_title(first):
            what = f"differs from {first!r} in another row of the same interview."
            problems.append(ImportProblem(file, number, column, repr(cell[:60]), what))
    return first


def _rating(
    file: str, number: int, question: str, cell: str, problems: list[ImportProblem]
) -> int | None:
    try:
        return RatingScale().rating(cell)
    except InfonbError as error:
        shown = cell.strip()[:60]
        shown = shown if shown.isdecimal() else repr(shown)
        place = f"answers.{question}.rating"
        problems.append(ImportProblem(file, number, place, shown, str(error)))
        return None


def _skills_in(cell: str) -> list[str]:
    """The skills of a cell; empty where a rank has none."""
    if not cell.strip():
        return []
    parts = re.findall(r"((?:\\[\\;]|[^;])*)(?:;|$)", cell.rstrip("; "))
    return [re.sub(r"\\([\\;])", r"\1", part).strip() for part in parts]


def _cell_of(skills: list[tuple[int | None, str]]) -> str:
    """Skills with their ranks as a cell; the first three places are for ranked ones."""
    places = [""] * 3
    more: list[str] = []
    for rank, phrase in skills:
        if rank and not places[rank - 1]:
            places[rank - 1] = phrase
        else:
            more.append(phrase)
    if not more:
        places = places[: max((n for n, p in enumerate(places, 1) if p), default=0)]
    return ";".join(re.sub(r"([\\;])", r"\\\1", phrase) for phrase in [*places, *more])


def _number(cell: str) -> int | float | str | None:
    """A number where the cell holds one (a decimal comma is understood), else what it holds."""
    clean = cell.strip()
    if not clean:
        return None
    try:
        value = float(clean.replace(",", "."))
    except ValueError:
        return clean
    if not math.isfinite(value):
        return clean
    return int(value) if value.is_integer() else value


def write(journal: Journal, path: Path, redact: bool) -> None:
    """One row per answer; interviews without answers have one row, private answers none.

    What wasn't held, and what one tried oneself, isn't in it: read from a table without that mark
    it would count as heard.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as out:  # the mark tells Excel it's UTF-8
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for row in _written(Outgoing.of(journal.rows(), redact)):
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])


def _written(outgoing: Outgoing) -> Iterator[list[Any]]:
    rows = outgoing.rows
    occupation = {row["id"]: row for row in rows["occupation"]}
    person = {row["id"]: row for row in rows["person"]}
    answers: dict[str, list[Any]] = {}
    skills: dict[str, list[Any]] = {}
    for row in rows["answer"]:
        if not row["private"]:
            answers.setdefault(row["interview_id"], []).append(row)
    for row in sorted(rows["skill_mention"], key=lambda row: row["rank"] or 9):
        ranked = (row["rank"], row["phrase"] or "")
        skills.setdefault(row["interview_id"], []).append(ranked)
    for row in rows["interview"]:
        said = answers.get(row["id"])
        if is_first_hand(row["medium"]) or (row["status"] != "done" and not said):
            continue
        about, by = occupation[row["occupation_id"]], outgoing.person(person[row["person_id"]])
        id = outgoing.rows.id(row["id"]) + (WITHOUT_NAMES if outgoing.redact else "")
        told = [
            id, about["title"], about["soc"],
            by["name"], by.get("job_title"), by.get("organisation"), row["date"],
        ]  # fmt: skip
        named = _cell_of(skills.get(row["id"], []))
        for number, answer in enumerate(said or [None]):
            cells = [answer["question"], answer["text"], answer["rating"],
                     answer["weight"]] if answer else [None] * 4  # fmt: skip
            yield [*told, *cells, named if number == 0 else None]
