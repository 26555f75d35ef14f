"""The answers of a form (Google Forms, Microsoft Forms): one row per interview, questions above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from infonb import method
from infonb.errors import InfonbError
from infonb.exchange.days import iso_day, order_of
from infonb.exchange.entries import Asked, Entry, ImportProblem, Reading
from infonb.exchange.header_rows import second_header
from infonb.exchange.matching import matches, sure
from infonb.exchange.rating_scale import RatingScale, is_rated, without_scale
from infonb.exchange.tables import Grid, csv_grid, header_of
from infonb.journal.columns import fold_title
from infonb.journal.question_keys import OwnQuestions

SUFFIXES: tuple[str, ...] = ()
LEAVE_OUT = "leave out"
"""What to answer for a column that is nobody's business."""

FIELDS: Mapping[str, str] = {
    "occupation": r"(?:which |the )?(?:occupation|profession)(?: (?:name|title))?|"
                  r"occupation (?:of|asked)\b.*|"
                  r"(?:which|what) (?:occupation|profession) (?:did|is|was|do)\b.*",
    "person": r"(?:name of (?:the )?(?:person|interviewee)|interviewee(?:'?s? name)?|"
              r"who(?:m)? did you (?:interview|talk to|speak with)|person interviewed|person)",
    "job_title": r"(?:their |interviewee'?s? )?(?:job title|position|title)",
    "organisation": r"(?:their )?(?:organi[sz]ation|company|employer|workplace|"
                    r"where do they work)(?: name)?",
    "date": r"(?:date|interview date|date of (?:the )?interview|when (?:was|did) .*interview.*)",
    "soc": r"soc(?: code)?",
    "medium": r"(?:how did you (?:talk|meet|speak)|medium|format of the interview)",
}  # fmt: skip
"""What a column can say about an interview -> how its header reads."""

_SUBMITTED = ("timestamp", "completion time", "start time")
_RESPONDENT = (
    "id", "start time", "completion time", "email", "email address", "username",
    "last modified time", "score", "total points", "quiz feedback",
)  # fmt: skip
_MICROSOFTS = {"name", "language"}
"""Columns about who filled in the form where Microsoft's "Completion time" stands before them."""

_LIST = re.compile(r"\s*[;,\n]\s*(?:and\s+)?|\s+and\s+")


@dataclass
class Columns:
    """What each column of a form holds.

    Attributes
    ----------
    meant : dict of int to str
        Column to a field's name, a question's key, or a key with ``.rating`` behind it.
    unsure : dict of str to list of str
        Header to the keys it may mean.
    clashes : dict of str to str
        Header to why it can't be taken beside another column.
    """

    meant: dict[int, str] = field(default_factory=dict)
    unsure: dict[str, list[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    clashes: dict[str, str] = field(default_factory=dict)


def knows(header: list[str]) -> bool:
    """Whether a table with this header has questions above its columns."""
    asked = [title for title in header if sure(matches(title)) not in (None, "notes")]
    return len(asked) >= 2 or (bool(asked) and bool(set(header) & set(_SUBMITTED)))


def is_it(head: str) -> bool:
    """Whether a file that begins like this holds the answers of a form."""
    return not head.lstrip().startswith(("{", "[")) and knows(header_of(head))


def entries(
    file: str,
    raw: bytes,
    problems: list[ImportProblem],
    asked: Asked | None = None,
) -> Iterator[Entry]:
    """Each row as an interview; columns nobody is sure of are asked for.

    Parameters
    ----------
    asked : Asked, optional
        ``answers`` say what a header means: a question's key, a key with ``.rating`` behind it, a
        name of `FIELDS`, or ``"leave out"``.
    """
    yield from of_grid(csv_grid(file, raw, problems), problems, asked)


def of_grid(
    grid: Grid, problems: list[ImportProblem], asked: Asked | None = None
) -> Iterator[Entry]:
    """The same from a table."""
    asked = asked or Asked()
    occupation = asked.occupation
    rows = list(grid.rows)
    if second := second_header(grid, rows, _is_header):
        problems.append(second)
        return
    columns = columns_of(grid.header, asked.answers, asked.own)
    scales = _scales(grid, columns, asked, problems)
    _say(grid, columns, occupation, problems)
    if columns.unsure or columns.clashes:
        return
    orders: dict[int, str | None] = {}
    for column, title in enumerate(grid.header):
        if columns.meant.get(column) == "date" or title.strip().casefold() in _SUBMITTED:
            used = columns.meant.get(column) == "date" or "date" not in columns.meant.values()
            said = [(row, cells[column]) for row, cells in rows]
            orders[column] = order_of(grid.file, title, said, asked.dates, problems if used else [])
    for row, cells in rows:
        yield _interview(grid, columns, orders, scales, row, cells, occupation, problems)


def _is_header(cell: str) -> bool:
    """Whether a cell is what stands above a column of a form."""
    folded = fold_title(cell)
    if folded in _RESPONDENT or folded in _SUBMITTED:
        return True
    if any(re.fullmatch(way, folded) for way in FIELDS.values()):
        return True
    return len(folded.split()) > 2 and sure(matches(cell)) not in (None, "notes")


def _scales(
    grid: Grid, columns: Columns, asked: Asked, problems: list[ImportProblem]
) -> dict[int, RatingScale]:
    """The scale of each column of ratings; those that aren't from 1 to 5 are problems."""
    said = {fold_title(title): ends for title, ends in asked.scales.items()}
    turned = {fold_title(title) for title in asked.reversed}
    _only_ratings(grid, columns, {*said, *turned})
    scales: dict[int, RatingScale] = {}
    for column, meant in columns.meant.items():
        key, _, part = meant.partition(".")
        if part != "rating":
            continue
        title = grid.header[column]
        told = fold_title(title)
        scale = scales[column] = RatingScale.of(title).as_said(said.get(told), told in turned)
        if what := scale.problem(title, key):
            problems.append(ImportProblem(grid.file, grid.at, title, "", what))
            continue
        problems.append(Reading(grid.file, grid.at, title, "", scale.reading(key), False))
        sure = scale.said or scale.reversed or scale.good_end(scale.ends)
        if scale.asks < 0 and not sure and key in method.QUESTIONS:
            what = f"doesn't say which end is good; 5 is taken as {method.QUESTIONS[key].high!r}."
            problems.append(ImportProblem(grid.file, grid.at, title, "", what, False))
    return scales


def _only_ratings(grid: Grid, columns: Columns, said: set[str]) -> None:
    """Columns whose scale a person says hold ratings, whatever their header."""
    for column, title in enumerate(grid.header):
        meant = columns.meant.get(column, "")
        if fold_title(title) not in said:
            continue
        if meant and "." not in meant and meant not in FIELDS:
            columns.meant[column] = f"{meant}.rating"
        elif title in columns.unsure:
            columns.unsure[title] = [
                key if "." in key else f"{key}.rating" for key in columns.unsure[title]
            ]


def columns_of(header: list[str], answers: Mapping[str, str], own: OwnQuestions) -> Columns:
    """What each column holds, by the person's own word first."""
    found = Columns()
    said = {fold_title(title): meant for title, meant in answers.items()}
    respondent = {*_RESPONDENT, *_SUBMITTED}
    if "completion time" in map(fold_title, header):
        respondent |= _MICROSOFTS
    for column, title in enumerate(header):
        folded = fold_title(title)
        if not folded:
            continue
        if folded in said:
            if said[folded] != LEAVE_OUT:
                found.meant[column] = _meant(said[folded], own)
        elif folded in respondent:
            found.left.append(title)
        elif name := next((f for f, way in FIELDS.items() if re.fullmatch(way, folded)), None):
            found.meant[column] = name
        else:
            _question(found, column, title, own)
    taken = [column for column in range(len(header)) if column in found.meant or
             header[column] in found.unsure]  # fmt: skip
    for column in taken:
        title, key = header[column], found.meant.get(column)
        alike = [c for c in taken if fold_title(header[c]) == fold_title(title)]
        same = [c for c in taken if key is not None and found.meant.get(c) == key]
        if len(alike) > 1:
            found.clashes[title] = (
                f"stands above {len(alike)} columns ({_letters(alike)}); join their cells into one "
                "column, or give each a header of its own and import again."
            )
        elif len(same) > 1 and all(fold_title(header[c]) in said for c in same):
            found.clashes[title] = (
                f"is said to be {key!r}, as others are (columns {_letters(same)}); join their "
                f'cells into one column, or say "{LEAVE_OUT}" for all but one.'
            )
        elif len(same) > 1 and fold_title(title) not in said and key is not None:
            found.unsure[title] = [key]
    return found


def _letters(columns: list[int]) -> str:
    """Columns as spreadsheets call them."""
    from openpyxl.utils import get_column_letter

    return ", ".join(get_column_letter(column + 1) for column in columns)


def _meant(said: str, own: OwnQuestions) -> str:
    """What a person said that a column means, with the key that a question of one's own has now."""
    key, dot, part = said.rpartition(".")
    if not own.key(said) and dot and (known := own.key(key)):
        return f"{known}.{part}"
    return own.key(said) or said


def _question(found: Columns, column: int, title: str, own: OwnQuestions) -> None:
    if known := own.key(title.strip()):
        found.meant[column] = known
        return
    rated = is_rated(title)
    asked = matches(without_scale(title) if rated else title, own)
    key = sure(asked)
    suffix = ".rating" if rated else ""
    if key is None:
        found.unsure[title] = [f"{key}{suffix}" for key, _ in asked]
    else:
        found.meant[column] = key + suffix


def _say(
    grid: Grid, columns: Columns, occupation: str | None, problems: list[ImportProblem]
) -> None:
    for title, what in columns.clashes.items():
        problems.append(ImportProblem(grid.file, grid.at, title, "", what))
    for title, keys in columns.unsure.items():
        if title in columns.clashes:
            continue
        maybe = f"It may be {' or '.join(keys)}. " if keys else ""
        what = (
            f"is a column that could be several things. {maybe}Say which: "
            f'answers={{{title!r}: "{keys[0] if keys else "notes"}"}}, another question\'s key, '
            f'one of {", ".join(FIELDS)}, or "{LEAVE_OUT}" '
            "(on the command line --answer HEADER=KEY)."
        )
        problems.append(ImportProblem(grid.file, grid.at, title, "", what))
    for title in columns.left:
        if title.strip().casefold() not in _SUBMITTED:
            what = "is about who filled in the form; it is left out."
            problems.append(ImportProblem(grid.file, grid.at, title, "", what, False))
    if "occupation" not in columns.meant.values() and not occupation:
        what = (
            'is no column of the form; say what it is about with occupation="…" '
            "(on the command line --occupation)."
        )
        problems.append(ImportProblem(grid.file, grid.at, "occupation", "", what))


def _interview(
    grid: Grid,
    columns: Columns,
    orders: Mapping[int, str | None],
    scales: Mapping[int, RatingScale],
    row: int,
    cells: list[str],
    occupation: str | None,
    problems: list[ImportProblem],
) -> Entry:
    data: dict[str, Any] = {"occupation": occupation, "answers": {}}
    person: dict[str, str] = {}
    for column, meant in columns.meant.items():
        cell = cells[column]
        key, _, part = meant.partition(".")
        if not cell.strip():
            continue
        if column in scales:
            try:
                answer = data["answers"].setdefault(key, {})
                answer[part] = scales[column].rating(cell)
                if scales[column].said or scales[column].reversed:
                    answer["why"] = "; ".join(filter(None, (answer.get("why"), cell.strip())))
            except InfonbError as error:
                shown = repr(cell.strip()[:60])
                problems.append(
                    ImportProblem(grid.file, row, grid.header[column], shown, str(error))
                )
        elif part == "why" and "why" in data["answers"].get(key, {}):
            data["answers"][key]["why"] += f"; {cell}"
        elif part:
            data["answers"].setdefault(key, {})[part] = cell
        elif meant == "date":
            data["date"] = iso_day(cell, orders.get(column))
        elif meant in ("person", "job_title", "organisation"):
            person["name" if meant == "person" else meant] = cell.strip()
        elif meant in FIELDS:
            data[meant] = cell.strip()
        else:
            data["answers"].setdefault(key, {})["text"] = cell
            if key == "top_skills" and (skills := _skills(cell)):
                data["skills"] = skills
    submitted = [cells[c].strip() for c in orders if columns.meant.get(c) != "date"]
    if submitted and "date" not in columns.meant.values():
        data["date"] = next(
            (iso_day(cells[c], orders[c]) for c in orders if cells[c].strip()), None
        )
    if person:
        data["person"] = person
    who = [cells[c] for c, t in enumerate(grid.header) if t.strip().casefold() in _RESPONDENT]
    if any(submitted):  # a form grows at its end: the same row is the same interview
        data["label"] = "\x1f".join([*submitted, *who])
    return Entry("interview", data, grid.file, row)


def _skills(cell: str) -> list[dict[str, Any]]:
    """Skills where the cell is a short list of them; else none, and the text says it."""
    parts = [part.strip(" .•-–*") for part in _LIST.split(cell.strip())]
    parts = [re.sub(r"^\d[.)]\s*", "", part) for part in parts if part]
    if not 2 <= len(parts) <= 6 or any(len(part.split()) > 4 for part in parts):
        return []
    return [
        {"phrase": part, "rank": rank if rank <= 3 else None}
        for rank, part in enumerate(dict.fromkeys(parts), start=1)
    ]
