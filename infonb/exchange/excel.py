"""An Excel workbook: out with a sheet per frame, in from any sheet with known columns."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.exchange import csv_long, csv_wide, google_contacts, linkedin, people_table
from infonb.exchange.codebook import coded_frame
from infonb.exchange.entries import Asked, Entry, ImportProblem
from infonb.exchange.records import Outgoing
from infonb.exchange.tables import LOOKED_AT, Grid, Knows, fold_header, stands_above
from infonb.exchange.workbook_limits import check_size
from infonb.privacy.off_the_record import on_the_record

if TYPE_CHECKING:
    import pandas as pd

    from infonb.journal import Journal

SUFFIXES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
_BEGINS = ("PK\x03\x04", "\ufffd\ufffd\x11\u0871\x1a\ufffd")  # a zip; the older kind of Office file

SHEETS = (
    "answers", "interviews", "occupations", "people", "skills", "strengths", "themes", "tasks",
)  # fmt: skip
"""Frames of `infonb.findings.Findings` that get a sheet each, in this order."""

READ_ONLY = {
    "expectations": {"question": "expected of"}, "outreach": {}, "lived": {"question": "tried"},
    "decisions": {}, "reflections": {"person": "after talking to"},
}  # fmt: skip
"""More sheets, to look at: infonb takes them in from JSON Lines alone. Their columns that a table
of answers or people has, too, are called otherwise, so that no program takes them for one. What was
thought is written only with names."""

LONGEST = 32_767
"""Characters that Excel keeps in a cell; what is longer goes on in a second column."""

CONTINUED = "continued"
_WIDTHS = {"text": 60, "quote": 60, "research": 40, "notes": 40, "why": 40, "draft": 40}


def is_it(head: str) -> bool:
    """Whether a file that begins like this is a workbook."""
    return head.startswith(_BEGINS)


def entries(
    file: str,
    raw: bytes,
    problems: list[ImportProblem],
    asked: Asked | None = None,
) -> Iterator[Entry]:
    """What the sheets hold that have known columns; the others are named."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        check_size(raw)
    except InfonbError as error:
        problems.append(ImportProblem(file, 1, "", "", str(error)))
        return
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        hidden = {m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible}
        filtered = _hidden_rows(raw)
        merged: dict[str, list[tuple[int, int]]] = {}
        grids = []
        for name, sheet in sheets:
            cells = sheet.to_python()
            merged[name] = _filled(cells, sheet)
            grids.append((name, _grid(file, name, cells, (sheet.start or (0, 0))[0] + 1)))
    except (CalamineError, ValueError, OSError) as error:
        what = f"can't be read as a workbook ({error}); save it again, or as CSV."
        problems.append(ImportProblem(file, 1, "", "", what))
        return
    ours = {name for name, _ in grids} >= set(SHEETS)
    known = (csv_long.knows, linkedin.knows, google_contacts.knows, csv_wide.knows,
             people_table.knows)  # fmt: skip
    for name, grid in grids:
        if ours and name != "answers":  # the others say the same in other ways
            continue
        if name in hidden:
            if grid.header:
                what = "is a hidden sheet; it is left out. Unhide it if it belongs to the data."
                problems.append(ImportProblem(file, 1, name, "", what, False))
            continue
        grid, above = _below_title(grid, known)
        header = fold_header(grid.header)
        if above and not linkedin.knows(header):
            problems += above
        if csv_long.knows(header):
            read = csv_long.of_grid(grid, problems, asked)
        elif linkedin.knows(header):
            read = linkedin.of_grid(grid, problems)
        elif google_contacts.knows(header):
            read = google_contacts.of_grid(grid, problems)
        elif people_table.knows(header) and not csv_wide.knows(header):
            read = people_table.of_grid(grid, problems, asked)
        elif csv_wide.knows(header) or (len(grids) - len(hidden) == 1 and header):
            read = csv_wide.of_grid(grid, problems, asked)
        else:
            if header:
                what = "is a sheet without columns that are known; it is left out."
                problems.append(ImportProblem(file, 1, name, "", what, False))
            continue
        problems += _merged_and_filtered(grid, merged[name], filtered.get(name, ()))
        yield from read


def _below_title(grid: Grid, known: tuple[Knows, ...]) -> tuple[Grid, list[ImportProblem]]:
    """A table from its header on, where rows of a title stand above it."""
    rows = [(grid.at, grid.header), *grid.rows]
    for place, (at, cells) in enumerate(rows[:LOOKED_AT]):
        if any(knows(fold_header(cells)) for knows in known):
            note = stands_above(grid.file, rows[:place], at)
            below = Grid(grid.file, cells, rows[place + 1 :], at)
            return below, [note] if note else []
    return grid, []


def _merged_and_filtered(
    grid: Grid, merged: list[tuple[int, int]], filtered: Collection[int]
) -> Iterator[ImportProblem]:
    """Notes about cells that were merged, and about rows that nobody sees."""
    filled = [(first, last) for first, last in merged if first > grid.at]
    if filled:
        first, last = filled[0]
        what = f"is merged with cells down to row {last}; each of them says the same now."
        more = f" So it is with {len(filled) - 1} more." if len(filled) > 1 else ""
        yield ImportProblem(grid.file, first, "", "", what + more, False)
    rows = [row for row, _ in grid.rows if row in filtered]
    if rows:
        what = (
            f"is hidden{f', as {len(rows) - 1} more rows are' if len(rows) > 1 else ''} (by a "
            "filter, or by hand), and taken all the same; delete it if it is no interview."
        )
        yield ImportProblem(grid.file, rows[0], "", "", what, False)


def _filled(cells: list[list[Any]], sheet: Any) -> list[tuple[int, int]]:
    """Fill cells that are merged from above; the rows, from 1, of those that were."""
    top, left = sheet.start or (0, 0)
    found = []
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        first, last, column = first - top, last - top, column - left
        if last > first >= 0 and last < len(cells) and 0 <= column < len(cells[first]):
            for row in range(first + 1, last + 1):
                if cells[row][column] == "":
                    cells[row][column] = cells[first][column]
            found.append((first + top + 1, last + top + 1))
    return found


def _hidden_rows(raw: bytes) -> dict[str, set[int]]:
    """Sheet -> the rows, from 1, that a filter or a hand has hidden; of .xlsx alone."""
    if not raw.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        names = {*packed.namelist()}
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        places = {
            _attribute(tag, b"Id"): _attribute(tag, b"Target").decode("utf-8", "replace")
            for tag in re.findall(
                rb"<Relationship\s[^>]*>", packed.read("xl/_rels/workbook.xml.rels")
            )
        }
        found: dict[str, set[int]] = {}
        for tag in re.findall(rb"<sheet\s[^>]*>", packed.read("xl/workbook.xml")):
            target = places.get(_attribute(tag, b"r:id"), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            name = html.unescape(_attribute(tag, b"name").decode("utf-8", "replace"))
            if path in names:
                rows = re.findall(rb"<row\s[^>]*\shidden=\"(?:1|true)\"[^>]*>", packed.read(path))
                found[name] = {int(n) for row in rows if (n := _attribute(row, b"r")).isdigit()}
    return found


def _attribute(tag: bytes, name: bytes) -> bytes:
    match = re.search(rb"\s" + name + rb"=\"([^\"]*)\"", tag)
    return match[1] if match else b""


def _grid(file: str, name: str, cells: list[list[Any]], first: int) -> Grid:
    rows = [(n, [_said(cell) for cell in row]) for n, row in enumerate(cells, start=first)]
    rows = [(n, row) for n, row in rows if any(cell.strip() for cell in row)]
    at, header = rows[0] if rows else (first, [])
    return Grid(f"{file} [{name}]", header, rows[1:], at)


def _said(cell: Any) -> str:
    """A cell as text; a whole number without its point, a day without its midnight."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ") if cell.time() != dt.time() else cell.date().isoformat()
    return str(cell)


def write(journal: Journal, path: Path, redact: bool) -> None:
    """Every frame as a sheet, with a table's head that stays; private answers never."""
    from openpyxl import Workbook

    findings = journal.findings(redact=redact)
    book = Workbook(write_only=True)
    for name in SHEETS:
        frame = getattr(findings, name)
        if name == "answers":
            frame = frame[~frame["private"].astype(bool)].drop(columns="private")
            frame = frame.rename(columns={"weight": "counts"})  # its own, or the interview's
        if name == "themes":  # with those that nothing speaks of, and without private answers
            frame = coded_frame(Outgoing.of(on_the_record(journal.rows()), redact))
        if redact and "interview" in frame.columns:
            frame["interview"] = frame["interview"] + csv_long.WITHOUT_NAMES
        _sheet(book, name, frame, redact)
    for name, called in READ_ONLY.items():
        found: Any = getattr(findings, name)
        frame: pd.DataFrame = found if name == "decisions" else found()
        frame = frame.rename(columns=called)
        if "private" in frame.columns:
            frame = frame[~frame["private"].astype(bool)]
        if len(frame):
            _sheet(book, name, frame.drop(columns="interview", errors="ignore"), redact)
    book.save(path)


def _sheet(book: Any, name: str, frame: pd.DataFrame, redact: bool) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    columns = list(_columns(frame))
    for number, (title, _) in enumerate(columns, start=1):
        width = _WIDTHS.get(title, max(12, len(title) + 2))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, title, bold=True) for title, _ in columns])
    for row in zip(*(values for _, values in columns), strict=True):
        sheet.append([_cell(sheet, value) for value in row])


def _columns(frame: pd.DataFrame) -> Iterator[tuple[str, list[Any]]]:
    for title in frame.columns:
        values = [None if value is None or value != value else value for value in
                  frame[title].astype(object).where(frame[title].notna(), None)]  # fmt: skip
        sliced = [_slices(v) if isinstance(v, str) else None for v in values]
        parts = max([len(s) for s in sliced if s is not None], default=1)
        for part in range(parts):
            cut = [
                (v if part == 0 else None)
                if slices is None
                else (slices[part : part + 1] or [None])[0]
                for v, slices in zip(values, sliced, strict=True)
            ]
            yield (title if part == 0 else f"{title} {CONTINUED}{'' if part == 1 else f' {part}'}",
                   cut)  # fmt: skip


def _slices(text: str) -> list[str]:
    """A text in parts that fit a cell even where each character is written as seven."""
    if len(escaped(text)) <= LONGEST:
        return [text]
    longest = LONGEST // 7
    return [text[start : start + longest] for start in range(0, len(text), longest)]


_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    """Text as a workbook writes what XML can't hold; every reader of workbooks knows it.

    Examples
    --------
    >>> escaped("a\\x0bb _x000B_"), escaped(" ")
    ('a_x000B_b _x005F_x000B_', '_x0020_')
    """
    text = _NO_CHARACTER.sub("\ufffd", text)  # which no workbook holds in any way
    if text and not text.strip():  # blanks alone count as nothing there
        return f"_x{ord(text[0]):04X}_{escaped(text[1:])}"
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _cell(sheet: Any, value: Any, bold: bool = False) -> Any:
    """A cell that holds text as text: never a formula, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if not isinstance(value, str):
        return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    cell = WriteOnlyCell(sheet, "")
    cell._value, cell.data_type = escaped(value), "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell
