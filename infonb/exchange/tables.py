"""Cells of a CSV or a sheet: bytes to text, dates, formulas made harmless."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from infonb.errors import InfonbError
from infonb.exchange.entries import ImportProblem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 4096


def encoding_of(raw: bytes) -> str | None:
    """The encoding of a file, told by its mark or by what it holds.

    Returns
    -------
    str or None
        ``"utf-8"``, ``"utf-8-sig"``, ``"utf-16"``, ``"utf-16-le"``, ``"utf-16-be"`` or
        ``"cp1252"``; None when it is none of these.

    Examples
    --------
    >>> encoding_of("Zoë".encode()), encoding_of("Zoë".encode("cp1252"))
    ('utf-8', 'cp1252')
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _if_it_fits(raw, encoding)
    peek = raw[:_SAMPLE_BYTES]
    # Latin text in UTF-16 has a zero in every second byte
    for encoding, zeros, others in (
        ("utf-16-le", peek[1::2], peek[::2]), ("utf-16-be", peek[::2], peek[1::2]),
    ):  # fmt: skip
        if len(peek) > 1 and zeros.count(0) > 0.6 * len(zeros) > others.count(0):
            return _if_it_fits(raw, encoding)
    return _if_it_fits(raw, "utf-8") or (
        None if b"\x00" in raw else _if_it_fits(raw, "cp1252")
    )  # fmt: skip


def _if_it_fits(raw: bytes, encoding: str) -> str | None:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding


def decoded(file: str, raw: bytes, problems: list[ImportProblem]) -> str:
    """The text of a file; a note where its encoding was guessed, a problem where it can't be read.

    Parameters
    ----------
    file : str
        Its name.
    raw : bytes
    problems : list
        Gets what was not understood.
    """
    encoding = encoding_of(raw)
    if encoding is None:
        text = raw.decode("utf-8", "replace")
        place = text.find("\ufffd")
        number = text.count("\n", 0, place) + 1
        shown = text.splitlines()[number - 1 : number] or [""]
        what = "is neither UTF-8 nor UTF-16 nor Windows-1252; save the file as UTF-8."
        problems.append(ImportProblem(file, number, "", repr(shown[0][:60]), what))
        return ""
    if encoding == "cp1252" and (problem := _no_windows_1252(file, raw)):
        problems.append(problem)
        return ""
    if encoding == "cp1252":
        first = next(n for n, line in enumerate(raw.split(b"\n"), 1) if not line.isascii())
        line = raw.split(b"\n")[first - 1].decode("cp1252").strip()
        what = "is read as Windows-1252; look whether its letters are right."
        problems.append(ImportProblem(file, first, "", repr(line[:60]), what, False))
    return raw.decode(encoding)


TWICE = "utf-8-twice"
"""What to say for a file whose UTF-8 was taken for Windows-1252 once and written again."""

_LOOKS_TWICE = re.compile(
    "[ÂÃ][\x80-\x9f\xa1-\xbfŒœŠšŸŽžƒˆ˜]"  # letters of Latin-1
    "|[\xc4-\xf4][\x80-\x9f\xa1-\xaa\xac-\xba\xbc-\xbfŒœŠšŸŽžƒˆ˜]|â€"  # others; no «, no »
)


def once(text: str) -> str:
    """Text that was encoded twice as it was before; the rest as it is.

    Examples
    --------
    >>> once("ZoÃ« likes S\u00c3O Paulo, itâ€™s Zoë")
    'Zoë likes SÃO Paulo, it’s Zoë'
    """

    def before(match: re.Match[str]) -> str:
        try:
            return match[0].encode("cp1252", "infonb_c1").decode("utf-8")
        except UnicodeError:
            return match[0]

    return re.sub(r"[\xc2-\xf4][^\x00-\x7f]+", before, text)


def _c1(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that Windows-1252 has no letter for stand for themselves."""
    if isinstance(error, UnicodeEncodeError) and ord(error.object[error.start]) < 0xA0:
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


codecs.register_error("infonb_c1", _c1)


def written_twice(file: str, raw: bytes) -> list[ImportProblem]:
    """A note where a file's letters seem to have been encoded twice, and what reads them right."""
    if raw.isascii():
        return []
    for row, line in enumerate(raw.split(b"\n"), start=1):
        if line.isascii():
            continue
        text = line.decode("utf-8", "replace").strip()
        if _LOOKS_TWICE.search(text) and (read := once(text)) != text:
            what = (
                f"seems to be encoded twice, and is taken as it is; encoding={TWICE!r} (on the "
                f"command line --encoding {TWICE}) reads {read[:60]!r}."
            )
            shown = repr(text[:60])
            return [ImportProblem(file, row, "", shown, what, False, asks="encoding",
                                  options=(TWICE, "utf-8"))]  # fmt: skip
    return []


_NO_PLACE = re.compile(
    r"(?<=[^\W\d_])[ˆ‰‹¡¢£¤¥¦§¨©ª«¬®¯±²³¶¸¹»¼½¾¿†‡•˜™›„‚…](?=[^\W\d_])"  # a sign within a word
    r"|(?<=[a-zß-ÿ])[À-ÖØ-ÞŠŽŒŸ]"  # a capital after a small letter
    r"|[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{3}"  # more accents in a row than any word has
    r"|(?<![^\W\d_])[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{2}(?![^\W\d_])"  # a word of nothing else
    r"|(?<=[^\W\d_])[‘](?=[\s,;.]|$)"  # an opening quotation mark at a word's end
)
_OTHERS = ("mac_roman", "cp1251", "gb18030", "cp1250", "shift_jis", "euc_kr", "big5", "cp1253",
           "cp1255", "cp1256", "koi8_r", "cp866", "cp437")  # fmt: skip


def _no_windows_1252(file: str, raw: bytes) -> ImportProblem | None:
    """A problem where text read as Windows-1252 is no text, with other ways to read it."""
    text = raw.decode("cp1252")
    match = None if "‚" in text and "‘" in text else _NO_PLACE.search(text)
    if match is None:
        return None
    row = text.count("\n", 0, match.start()) + 1
    line = raw.split(b"\n")[row - 1].strip()
    ways, fitting = [], []
    for encoding in _likely(raw):
        try:
            read = raw.decode(encoding)
            if not _NO_PLACE.search(read) and not re.search("[\u2500-\u25ff\x80-\x9f]", read):
                fitting.append(encoding)
                ways.append(f"encoding={encoding!r} reads {line.decode(encoding)[:40]!r}")
        except UnicodeDecodeError:
            continue
    told = "; ".join(ways[:6]) or "save the file as UTF-8"
    what = (
        f"is no text in Windows-1252; say how the file's letters are written: {told} (on the "
        "command line --encoding), or save it as UTF-8."
    )
    shown = repr(line.decode("cp1252")[:60])
    asks = "encoding" if fitting else ""
    return ImportProblem(file, row, "", shown, what, asks=asks, options=tuple(fitting[:6]))


def _likely(raw: bytes) -> list[str]:
    """Encodings that a file may have, the likeliest first."""
    from charset_normalizer import from_bytes

    found = [match.encoding for match in from_bytes(raw) if match.encoding != "cp1252"]
    at = {name: place for place, name in enumerate(found)}
    return sorted(_OTHERS, key=lambda name: at.get(name, len(at)))


_RUNS = re.compile(r"'*(?:\s*[=+\-@＝＋－＠|%]|[\t\r\n])")


def harmless(cell: str) -> str:
    """A cell's text with an apostrophe before what a spreadsheet might run.

    Examples
    --------
    >>> harmless('=HYPERLINK("…")'), harmless("- calm"), harmless("calm")
    ('\\'=HYPERLINK("…")', "'- calm", 'calm')
    """
    return f"'{cell}" if _RUNS.match(cell) else cell


def as_it_was(cell: str) -> str:
    """What a cell said before `harmless`.

    Examples
    --------
    >>> as_it_was(harmless("'=1")), as_it_was("'til dawn")
    ("'=1", "'til dawn")
    """
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


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


_LONGEST_CELL = 10**8
_SEPARATORS = ",;\t"
_PEEK = 65536


@dataclass(frozen=True)
class Grid:
    """A table: its header and its rows, each with its place in the file.

    Attributes
    ----------
    file : str
        The file's name, with the sheet where there are several.
    header : list of str
        As written.
    rows : iterable of (int, list of str)
        Row number from 1, and cells; rows without any are left out. Read once.
    at : int
        The row that the header stands on.
    """

    file: str
    header: list[str]
    rows: Iterable[tuple[int, list[str]]] = field(repr=False)
    at: int = 1

    def column(self, *names: str) -> int | None:
        """The number of the first column that has one of these names, whatever its case."""
        folded = [cell.strip().casefold() for cell in self.header]
        return next((folded.index(name) for name in names if name in folded), None)


LOOKED_AT = 20
"""Rows among which a header is looked for."""

Knows = Callable[[list[str]], bool]
"""Whether a table with this header, folded, is of a kind."""


def fold_header(cells: Iterable[str]) -> list[str]:
    """A header's cells as `Knows` gets them."""
    return [" ".join(cell.split()).casefold() for cell in cells]


def has_header(head: str, *knows: Knows) -> bool:
    """Whether one of the first rows of a CSV that begins like this is a header that is known."""
    return any(
        check(fold_header(cells))
        for _, rows in _first_rows(_as_read(head))
        for _, cells in rows
        for check in knows
    )


def header_of(head: str) -> list[str]:
    """The first row's cells of a file that begins like this, folded."""
    rows = _first_rows(_as_read(head))[0][1]
    return fold_header(rows[0][1]) if rows else []


def _as_read(text: str) -> str:
    """Text without marks at its beginning and end that are no part of it."""
    return text.lstrip("\ufeff").rstrip("\x1a")


@functools.lru_cache(maxsize=4)
def _first_rows(head: str) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """Separator -> the first rows that hold anything, each with the lines before it.

    The separator that the first line has most of comes first.
    """
    before, said = 0, ""
    first = next((line for line in head.splitlines() if line.strip()), "")
    if first.casefold().startswith("sep=") and len(first.strip()) <= len("sep=;"):
        head, said = head.partition(first)[2], first.strip()[4:]
        before = 1 if head.startswith(("\n", "\r")) else 0
        head = head.removeprefix("\r").removeprefix("\n")
    line = next((line for line in head.splitlines() if line.strip(" ,;\t\ufeff")), "")
    separators = [said] if said else sorted(_SEPARATORS, key=lambda s: s != _separator(line))
    found = []
    for separator in separators:
        limit = csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        rows, number = [], before
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    rows.append((number, cells))
                number = before + reader.line_num
                if len(rows) == LOOKED_AT:
                    break
        except csv.Error:
            pass
        finally:
            csv.field_size_limit(limit)
        found.append((separator, rows))
    return found


def peek(raw: bytes, size: int = _PEEK) -> str:
    """How a file begins, as text."""
    encoding = encoding_of(raw[:size]) or encoding_of(raw) or "utf-8"
    return raw[:size].decode(encoding, "replace")


def csv_grid(
    file: str, raw: bytes, problems: list[ImportProblem], knows: Knows | None = None
) -> Grid:
    """A CSV file as a table; separators, quotes and encodings of all countries.

    Parameters
    ----------
    knows : callable, optional
        Whether a row is the header of such a table; rows above it are named and left out.
    """
    text = _as_read(decoded(file, raw, problems))
    several = _first_rows(text[:_PEEK])
    separator, rows = next(
        (
            (separator, rows[place:])
            for separator, rows in several
            for place, (_, cells) in enumerate(rows)
            if knows is not None and knows(fold_header(cells))
        ),
        several[0],
    )
    skip = rows[0][0] if rows else 0
    above = [(n + 1, cells) for s, first in several if s == separator
             for n, cells in first if n < skip]  # fmt: skip
    ends = re.finditer(r"\r\n|\n|\r", text)
    start = next((end.end() for n, end in enumerate(ends, 1) if n == skip), 0) if skip else 0
    found = _rows(file, text[start:], separator, skip, problems)
    at, header = next(found, (1, []))
    if problem := stands_above(file, above, at):
        problems.append(problem)
    return Grid(file, header, _fitting(file, found, header, separator, problems), at)


def stands_above(file: str, above: list[tuple[int, list[str]]], at: int) -> ImportProblem | None:
    """A note about rows above a header; None where there are none."""
    if not above:
        return None
    row, cells = above[0]
    shown = repr(next(filter(str.strip, cells), "").strip()[:60])
    rows = "stands" if len(above) == 1 else f"and {len(above) - 1} more rows stand"
    what = f"{rows} above the header, which is row {at}; left out."
    return ImportProblem(file, row, "", shown, what, False)


def examples(grid: Grid, rows: list[tuple[int, list[str]]]) -> Iterator[tuple[str, str]]:
    """Each column's header, and the first cell below it that holds anything, shortened."""
    for column, title in enumerate(grid.header):
        filled = (cells[column].strip() for _, cells in rows if cells[column].strip())
        yield title, next(filled, "")[:60]


def _separator(line: str) -> str:
    """What parts the cells of a header: counted outside its quotes."""
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=(outside if outside.strip() else line).count)


def _rows(
    file: str, text: str, separator: str, before: int, problems: list[ImportProblem]
) -> Iterator[tuple[int, list[str]]]:
    limit = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1 + before
    try:
        for cells in reader:
            row, number = number, reader.line_num + 1 + before
            if any(map(str.strip, cells)):
                yield row, cells
    except csv.Error as error:
        what = f"can't be read as CSV ({error}); look at its double quotes."
        problems.append(ImportProblem(file, number, "", "", what))
    finally:
        csv.field_size_limit(limit)


def _fitting(
    file: str,
    rows: Iterator[tuple[int, list[str]]],
    header: list[str],
    separator: str,
    problems: list[ImportProblem],
) -> Iterator[tuple[int, list[str]]]:
    """Rows that are no longer than the header; cells as they were before a spreadsheet's sake."""
    for row, cells in rows:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            what = (
                f"has {len(cells)} cells, the header {len(header)}; "
                "put text with separators in double quotes."
            )
            shown = repr(separator.join(cells[len(header) :])[:60])
            problems.append(ImportProblem(file, row, "", shown, what, of_row=True))
        else:
            cells = [*cells[: len(header)], *[""] * (len(header) - len(cells))]
            yield row, [as_it_was(cell) if cell[:1] == "'" else cell for cell in cells]
