"""Second header rows, as survey programs write them: named and left out."""

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


def without_second_headers(
    grid: Grid,
    rows: list[tuple[int, list[str]]],
    is_header: Callable[[str], bool],
    problems: list[ImportProblem],
) -> list[tuple[int, list[str]]]:
    """The rows without those that are a header once more; a note for each of these.

    Parameters
    ----------
    rows : list of (int, list of str)
        The rows below the header.
    is_header : callable
        Whether a cell may stand above a column of such a table.
    """
    kept = []
    for place, (row, cells) in enumerate(rows):
        n = _telling(grid, place, cells, is_header)
        if n is None:
            kept.append((row, cells))
            continue
        what = "is part of a second header, not of an interview; the row is left out."
        shown = repr(cells[n].strip()[:60])
        problems.append(ImportProblem(grid.file, row, grid.header[n], shown, what, False))
    return kept


def _telling(
    grid: Grid, place: int, cells: list[str], is_header: Callable[[str], bool]
) -> int | None:
    """The first cell that shows that a row is a header once more; usually None."""
    folded = [" ".join(cell.split()).casefold() for cell in cells]
    filled = [n for n, cell in enumerate(folded) if cell]
    repeated = [n for n in filled if folded[n] == " ".join(grid.header[n].split()).casefold()]
    telling = [n for n in filled if '{"importid"' in folded[n].replace(" ", "")]
    if len(repeated) == len(filled) > 1:
        telling = repeated
    if place < _LOOKED_AT and not telling:
        above = [n for n in filled if folded[n] in _LABELS or n in repeated or is_header(cells[n])]
        exact = [n for n in filled if folded[n] in _TELLING]
        telling = exact or (above if len(above) > 1 and 2 * len(above) >= len(filled) else [])
    return telling[0] if telling else None
