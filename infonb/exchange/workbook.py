"""An Excel workbook: out with a sheet per frame, in from any sheet with known columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from infonb.journal import Journal

SHEETS = (
    "answers", "interviews", "occupations", "people", "skills", "strengths", "themes", "tasks",
)  # fmt: skip
"""Frames of `infonb.findings.Findings` that get a sheet each, in this order."""

LONGEST = 32_767
"""Characters that Excel keeps in a cell; what is longer goes on in a second column."""

CONTINUED = "continued"
_WIDTHS = {"text": 60, "quote": 60, "research": 40, "notes": 40, "why": 40, "draft": 40}


def write(journal: Journal, path: Path, redact: bool) -> None:
    """Every frame as a sheet, with a table's head that stays; private answers never."""
    from openpyxl import Workbook

    findings = journal.findings(redact=redact)
    book = Workbook(write_only=True)
    for name in SHEETS:
        frame = getattr(findings, name)
        if name == "answers":
            frame = frame[~frame["private"].astype(bool)].drop(columns="private")
        _sheet(book, name, frame, redact)
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
        parts = max([len(_slices(v)) for v in values if isinstance(v, str)], default=1)
        for part in range(parts):
            cut = [
                (_slices(v)[part : part + 1] or [None])[0]
                if isinstance(v, str) else (v if part == 0 else None) for v in values
            ]  # fmt: skip
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
    >>> escaped("a\\x0bb _x000B_")
    'a_x000B_b _x005F_x000B_'
    """
    text = _NO_CHARACTER.sub("\ufffd", text)  # which no workbook holds in any way
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
