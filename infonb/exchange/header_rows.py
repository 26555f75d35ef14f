"""Second header rows, as survey programs write them: refused, so that none becomes an interview."""

from __future__ import annotations

from collections.abc import Callable

from infonb.exchange.entries import ImportProblem
from infonb.exchange.tables import Grid

_LOOKED_AT = 3
"""Rows that are looked at for anything but a repetition of the header."""

_TELLING = frozenset({"open-ended response", "other (please specify)"})
_LABELS = _TELLING | {
    "response", "text", "string", "number", "numeric", "integer", "date", "datetime", "type",
    "required", "optional", "comment", "single choice", "multiple choice", "free text", "rating",
    "open text", "short answer", "long answer", "paragraph",
}  # fmt: skip
"""What survey programs write below a header, in place of an answer."""


def second_header(
    grid: Grid, rows: list[tuple[int, list[str]]], is_header: Callable[[str], bool]
) -> ImportProblem | None:
    """The first row that is a header once more, as a problem; usually None.

    Parameters
    ----------
    rows : list of (int, list of str)
        The rows below the header.
    is_header : callable
        Whether a cell may stand above a column of such a table.
    """
    known = sum(map(is_header, grid.header))
    for place, (row, cells) in enumerate(rows):
        folded = [" ".join(cell.split()).casefold() for cell in cells]
        filled = [n for n, cell in enumerate(folded) if cell]
        repeated = [n for n in filled if folded[n] == " ".join(grid.header[n].split()).casefold()]
        telling = [n for n in filled if '{"importid"' in folded[n].replace(" ", "")]
        if len(repeated) == len(filled) > 1:
            telling = repeated
        if place < _LOOKED_AT and not telling:
            above = [n for n in filled if folded[n] in _LABELS or n in repeated
                     or is_header(cells[n])]  # fmt: skip
            exact = [n for n in filled if folded[n] in _TELLING]
            telling = exact or (above if len(above) > 1 and 2 * len(above) >= len(filled) else [])
        if telling:
            names = [row for row, cells in rows[: place + 1] if sum(map(is_header, cells)) > known]
            if names:
                others = [n for n, _ in [(grid.at, []), *rows[: place + 1]] if n != names[0]]
                what = (
                    f"stands there because row {names[0]} names the columns, and row {grid.at} is "
                    f"above it; delete row {' and row '.join(map(str, others))}."
                )
            else:
                what = f"is part of a second header, not of an interview; delete row {row}."
            n = telling[0]
            return ImportProblem(grid.file, row, grid.header[n], repr(cells[n].strip()[:60]), what)
    return None
