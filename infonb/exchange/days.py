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
_YEAR_FIRST_LONG = re.compile(r"(\d{4})\s*[-./年년]\s*(\d{1,2})\s*[-./月월]\s*(\d{1,2})(?!\d)")
_NAME = r"([^\W\d_]{3,12})"
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,? (?=\D*\d)")
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|º|er)?[. \-/]+(?:de |of )?{_NAME}\.?(?: de|,)?[ \-/,]+"
    r"(\d{4}|\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(rf"{_NAME}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")
_MONTH_ALONE = re.compile(rf"{_NAME}\.?(?: de|,)? (\d{{4}})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIALS = range(36526, 73051)  # the days of 2000 to 2099
_BUDDHIST = 543
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
        "dicembre",
        "januari februari maart april mei juni juli augustus september oktober november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
"""Month -> its number, as seven languages call it."""


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
    cells = list(cells)
    era = next(((row, cell) for row, cell in cells if buddhist(cell)), None)
    if era is not None:
        what = f"is a year of the Buddhist era; {_BUDDHIST} years are taken off."
        problems.append(ImportProblem(file, era[0], column, repr(era[1].strip()), what, False))
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
    problems.append(
        ImportProblem(file, row, column, repr(cell), what, asks="dates", options=ORDERS)
    )
    return None


def iso_day(cell: str, order: str | None) -> str:
    """A day as ISO text, where the cell holds one; else the cell as it is.

    Examples
    --------
    >>> iso_day("3/4/2026 14:05:11", "dmy"), iso_day("Mar 4, 2026", None), iso_day("2026-03", None)
    ('2026-04-03', '2026-03-04', '2026-03')
    >>> iso_day("13. März 2026", None), iso_day("13-Mar-26", None), iso_day("March 2026", None)
    ('2026-03-13', '2026-03-13', '2026-03')
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
        if match := _YEAR_FIRST_LONG.match(clean):
            year, month, day = map(int, match.groups())
            return dt.date(_of_our_era(year), month, day).isoformat()
        if (match := _SERIAL.fullmatch(clean)) and int(match[1]) in _SERIALS:
            return (dt.date(1899, 12, 30) + dt.timedelta(int(match[1]))).isoformat()
        for part in (clean, _WEEKDAY.sub("", clean)):
            if (match := _DAY_FIRST.match(part)) and (month := _month(match[2])):
                return dt.date(_year(match[3]), month, int(match[1])).isoformat()
            if (match := _MONTH_FIRST.match(part)) and (month := _month(match[1])):
                return dt.date(int(match[3]), month, int(match[2])).isoformat()
        if (match := _MONTH_ALONE.fullmatch(clean)) and (month := _month(match[1])):
            return f"{int(match[2]):04}-{month:02}"
    except ValueError:
        pass
    return clean


def _month(name: str) -> int | None:
    """The number of a month that is named in full or by its first letters."""
    folded = name.casefold()
    found = {number for known, number in _MONTHS.items() if known.startswith(folded)}
    return found.pop() if len(found) == 1 else None


_TIME = re.compile(
    r"(?:(午前|午後|오전|오후|上午|下午) ?)?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?"
    r"(?: ?([AaPp])\.?[Mm]\b)?"
)


def iso_moment(cell: str, order: str | None) -> str | None:
    """The moment on the clock of a form's timestamp, in whatever dialect; None where it is none.

    Examples
    --------
    >>> iso_moment("2026/03/13 2:14:05 PM GMT+1", None), iso_moment("13/03/2026 14:14:05", "dmy")
    ('2026-03-13T14:14:05', '2026-03-13T14:14:05')
    """
    day = iso_day(cell, order)
    clean = cell.strip()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        return None
    if match := _SERIAL.fullmatch(clean):
        seconds = round(float("0" + clean[5:].replace(",", ".")) * 86400)
        return (dt.datetime.fromisoformat(day) + dt.timedelta(seconds=seconds)).isoformat()
    match = next(iter(_TIME.finditer(clean, 6)), None)
    if match is None:
        return f"{day}T00:00:00" if len(clean) <= 10 else None
    hour, half = int(match[2]), (match[1] or match[5] or "").casefold()
    if half in ("午後", "오후", "下午", "p") and hour < 12:
        hour += 12
    elif half in ("午前", "오전", "上午", "a") and hour == 12:
        hour = 0
    return f"{day}T{hour:02}:{match[3]}:{match[4] or '00'}"


def buddhist(cell: str) -> bool:
    """Whether a day is in the years of the Buddhist era, as Thai programs write them."""
    match = _NUMBERS.match(cell.strip()) or _YEAR_FIRST_LONG.match(cell.strip())
    years = [int(part) for part in match.groups() if part.isdecimal()] if match else []
    return any(2400 <= year < 2700 for year in years)


def _of_our_era(year: int) -> int:
    return year - _BUDDHIST if 2400 <= year < 2700 else year


def _year(digits: str) -> int:
    """A year; of two digits one of this century up to 68, as POSIX has it."""
    year = int(digits)
    if len(digits) == 4:
        return _of_our_era(year)
    return year + (2000 if year < 69 else 1900)
