"""Days as people write them: which number is the month is told from the whole column, or asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from infonb.errors import InfonbError
from infonb.exchange.entries import ImportProblem

ORDERS = ("dmy", "mdy")
_NUMBERS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|(?<=[/.])\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_WORDS = re.compile(
    r"(?:(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4}))|(?:([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}))"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}


def order_of(
    file: str,
    column: str,
    cells: Iterable[tuple[int, str]],
    asked: str | None,
    problems: list[ImportProblem],
) -> str | None:
    """Which comes first in a column of dates, day or month.

    Parameters
    ----------
    cells : iterable of (int, str)
        Row and what it says.
    asked : str or None
        ``"dmy"`` or ``"mdy"``, where the person said it.

    Returns
    -------
    str or None
        ``"dmy"`` or ``"mdy"``; None with a problem where nothing tells.
    """
    if asked is not None and asked not in ORDERS:
        raise InfonbError(f'dates is {asked!r}; write "dmy" (day first) or "mdy" (month first).')
    told: set[str] = set()
    doubtful: tuple[int, str] | None = None
    for row, cell in cells:
        match = _NUMBERS.match(cell.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 or second > 12:
            told.add("dmy" if first > 12 else "mdy")
        elif match[2] == ".":
            told.add("dmy")
        elif first != second and doubtful is None:
            doubtful = (row, cell)
    if asked is not None:
        return asked
    if len(told) == 1:
        return told.pop()
    if doubtful is None and not told:
        return "dmy"
    row, cell = doubtful or (1, "")
    what = (
        'may be day first or month first; say dates="dmy" or dates="mdy" '
        "(on the command line --dates dmy)."
    )
    problems.append(ImportProblem(file, row, column, repr(cell), what))
    return None


def iso_day(cell: str, order: str | None) -> str:
    """A day as ISO text, where the cell holds one; else the cell as it is.

    Examples
    --------
    >>> iso_day("3/4/2026 14:05:11", "dmy"), iso_day("Mar 4, 2026", None), iso_day("2026-03", None)
    ('2026-04-03', '2026-03-04', '2026-03')
    >>> iso_day("3/4/26 14:05", "mdy")
    '2026-03-04'
    """
    clean = cell.strip()
    try:
        if match := _NUMBERS.match(clean):
            first, second, year = int(match[1]), int(match[3]), _year(match[4])
            day, month = (second, first) if order == "mdy" else (first, second)
            return dt.date(year, month, day).isoformat()
        if match := _YEAR_FIRST.match(clean):
            return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if match := _WORDS.match(clean):
            day, name, year = (match[1], match[2], match[3]) if match[1] else (
                match[5], match[4], match[6])  # fmt: skip
            if name[:3].casefold() in _MONTHS:
                return dt.date(int(year), _MONTHS[name[:3].casefold()], int(day)).isoformat()
        if re.match(r"\d{4}-\d{2}-\d{2}[ T]", clean):
            return dt.date.fromisoformat(clean[:10]).isoformat()
    except ValueError:
        pass
    return clean


def _year(digits: str) -> int:
    """A year; of two digits one of this century up to 68, as POSIX has it."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 69 else 1900)
