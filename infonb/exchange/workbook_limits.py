"""How large a workbook may be: looked at before it is read, since a small file can say it is vast.

One cell in the last row and column makes a table of 17,000,000,000 cells, and a zip of a megabyte
can hold gigabytes. The parts of a file are unpacked piece by piece here, and never kept.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from infonb.errors import InfonbError

MOST_ROWS = 250_000
MOST_COLUMNS = 2_000
MOST_CELLS = 10_000_000
"""In the rectangle from the first cell to the last, filled or not."""
MOST_SHEETS = 100
MOST_PARTS = 5_000
MOST_BYTES = 400_000_000
"""Of all parts of a file, unpacked."""
MOST_TEXT = 200_000_000
"""Characters of all cells; a text that many cells show counts each time."""

_PIECE = 1 << 18
_PLACE = re.compile(r"([A-Z]{1,7})([0-9]{1,10})")
_FAR = 10**9


def check_size(raw: bytes) -> None:
    """Refuse a workbook that is larger than fits a computer's memory.

    Raises
    ------
    InfonbError
        Which limit it is over; or why it can't be read as a workbook.

    Examples
    --------
    >>> check_size(b"no zip, so there is nothing to unpack")
    """
    if raw.startswith(_OLDER):
        _check_older(raw)
    if not raw.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _check(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _unreadable(error) from None


def _unreadable(error: object) -> InfonbError:
    return InfonbError(f"can't be read as a workbook ({error}); save it again, or as CSV.")


def _check(packed: zipfile.ZipFile) -> None:
    parts = [part for part in packed.infolist() if not part.is_dir()]
    sheets = [part for part in parts if re.search(r"worksheets/[^/]+\.(?:xml|bin)$", part.filename)]
    _limit(len(parts), MOST_PARTS, "parts")
    _limit(len(sheets), MOST_SHEETS, "sheets")
    _limit(sum(part.file_size for part in parts), MOST_BYTES, "bytes when it is unpacked")
    shared = _Shared()
    for part in parts:
        if part.filename.casefold().endswith("sharedstrings.xml"):
            _parse(packed, part, shared)
    area = _Area(shared.lengths)
    for part in parts:
        if part.filename.endswith(".xml") and part in sheets:
            area.sheet = part.filename.rpartition("/")[2]
            _parse(packed, part, _Sheet(area))
        elif part in sheets:
            area.sheet = part.filename.rpartition("/")[2]
            _read_binary(packed.read(part), area)
        elif part.filename == "content.xml":
            area.sheet = part.filename
            _parse(packed, part, _OpenDocument(area))
        elif not part.filename.casefold().endswith("sharedstrings.xml"):
            _unpack(packed, part, lambda _: None)  # it is as long as it says


def _limit(number: int, most: int, of_what: str) -> None:
    if number > most:
        raise InfonbError(
            f"has {number:,} {of_what}; at most {most:,} are read. Keep what is needed, or save "
            "the sheet as CSV."
        )


def _unpack(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, take: Callable[[bytes], object]
) -> None:
    with packed.open(part) as opened:
        while piece := opened.read(_PIECE):
            take(piece)


class _Reader:
    """What is done with the beginnings and ends of a part's elements, and its text."""

    def start(self, name: str, given: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def _parse(packed: zipfile.ZipFile, part: zipfile.ZipInfo, reader: _Reader) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise InfonbError(f"has a document type in {part.filename}, which no workbook has.")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: reader.start(name.rpartition(":")[2], given)
    parser.EndElementHandler = lambda name: reader.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = reader.text
    try:
        _unpack(packed, part, parser.Parse)
    except expat.ExpatError as error:
        raise _unreadable(error) from None


@dataclass
class _Area:
    """The rectangle of a sheet's filled cells, and the text of all."""

    lengths: list[int]
    sheet: str = ""
    characters: int = 0
    _rows: tuple[int, int] = (_FAR, -1)
    _columns: tuple[int, int] = (_FAR, -1)

    def begin(self) -> None:
        self._rows = self._columns = (_FAR, -1)

    def fill(self, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        (top, bottom), (left, right) = self._rows, self._columns
        inside = top <= row and row + rows - 1 <= bottom
        if inside and left <= column and column + columns - 1 <= right:
            return
        self._rows = min(top, row), max(bottom, row + rows - 1)
        self._columns = min(left, column), max(right, column + columns - 1)
        height = self._rows[1] - self._rows[0] + 1
        width = self._columns[1] - self._columns[0] + 1
        where = f"(in {self.sheet}, from its first filled cell to its last)"
        _limit(height, MOST_ROWS, f"rows {where}")
        _limit(width, MOST_COLUMNS, f"columns {where}")
        _limit(height * width, MOST_CELLS, f"cells {where}")

    def say(self, characters: int) -> None:
        self.characters += characters
        _limit(self.characters, MOST_TEXT, "characters in its cells")


@dataclass
class _Shared(_Reader):
    """The lengths of a workbook's texts, which its cells name by number."""

    lengths: list[int] = field(default_factory=list)

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "si":
            self.lengths.append(0)

    def text(self, data: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(data)


class _Sheet(_Reader):
    """A sheet of an Excel workbook."""

    def __init__(self, area: _Area) -> None:
        self._area = area
        area.begin()
        self._row, self._column = -1, -1
        self._shared = False
        self._value: str | None = None

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            match = _PLACE.fullmatch(given.get("r", "").replace("$", "").upper())
            if match:
                self._row, self._column = int(match[2]) - 1, _column(match[1])
            else:
                self._column += 1
            self._shared = given.get("t") == "s"
        elif name == "row":
            said = given.get("r", "")
            self._row = int(said) - 1 if said.isdecimal() and len(said) < 11 else self._row + 1
            self._column = -1
        elif name in ("v", "is", "f"):
            self._area.fill(self._row, self._column)
            self._value = "" if name == "v" else None

    def text(self, data: str) -> None:
        if self._value is not None and self._shared:
            self._value += data[:12]
        else:
            self._area.say(len(data))

    def end(self, name: str) -> None:
        if name == "v" and self._shared and (self._value or "").isdecimal():
            number = int(self._value or 0)
            if number < len(self._area.lengths):
                self._area.say(self._area.lengths[number])
        if name in ("v", "c"):
            self._value = None


class _OpenDocument(_Reader):
    """The sheets of an OpenDocument workbook, which says how often a cell or row is repeated."""

    def __init__(self, area: _Area) -> None:
        self._area = area
        self._row = self._column = self._rows = self._columns = 0
        self._tables = self._said = 0

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "table":
            self._area.begin()
            self._row = 0
            self._tables += 1
            _limit(self._tables, MOST_SHEETS, "sheets")
        elif name == "table-row":
            self._rows, self._column = _times(given, "number-rows-repeated"), 0
        elif name in ("table-cell", "covered-table-cell"):
            self._columns, self._said = _times(given, "number-columns-repeated"), 0
            if any(key.endswith(":value-type") or key.endswith(":formula") for key in given):
                self._fill()
        elif name == "p" and self._columns:
            self._fill()
        elif name == "s":
            self._said += _times(given, "c")

    def _fill(self) -> None:
        self._area.fill(self._row, self._column, self._rows, self._columns)

    def text(self, data: str) -> None:
        self._said += len(data)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._area.say(self._said * (self._rows * self._columns if self._said else 0))
            self._column += self._columns
            self._columns = self._said = 0
        elif name == "table-row":
            self._row += self._rows


def _read_binary(sheet: bytes, area: _Area) -> None:
    """A sheet of an .xlsb: records of a number, a length and data."""
    area.begin()
    at, row = 0, 0
    while at < len(sheet):
        kind, at = _seven_bits(sheet, at, 2)
        length, at = _seven_bits(sheet, at, 4)
        if kind == 0 and length >= 4:
            (row,) = struct.unpack_from("<I", sheet.ljust(at + 4, b"\0"), at)
        elif kind in _BINARY_CELLS and length >= 4:
            area.fill(row, struct.unpack_from("<I", sheet.ljust(at + 4, b"\0"), at)[0])
        at += length


_BINARY_CELLS = frozenset({*range(2, 12), 62})


def _seven_bits(data: bytes, at: int, longest: int) -> tuple[int, int]:
    number = 0
    for place, byte in enumerate(data[at : at + longest]):
        number |= (byte & 0x7F) << 7 * place
        at += 1
        if byte < 0x80:
            break
    return number, at


_OLDER = b"\xd0\xcf\x11\xe0"
_OLDER_CELLS = frozenset({0x06, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E})
_DIMENSIONS, _BEGINS, _MANY_NUMBERS = 0x200, 0x809, 0xBD
_OLDER_ROWS, _OLDER_COLUMNS = 65_536, 256


def _check_older(raw: bytes) -> None:
    """A workbook of Excel 97 to 2003: records in a stream of a compound file."""
    import olefile

    try:
        with olefile.OleFileIO(raw) as compound:
            streams = [name for name in compound.listdir() if name in (["Workbook"], ["Book"])]
            stream = b"".join(compound.openstream(name).read() for name in streams)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise _unreadable(error) from None
    area, at = _Area([], "a sheet"), 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BEGINS:
            area.begin()
        elif kind == _DIMENSIONS and len(data) >= 12:
            first_row, rows, first_column, columns = struct.unpack_from("<IIHH", data)
            _limit(rows - first_row, _OLDER_ROWS, "rows")
            _limit(columns - first_column, _OLDER_COLUMNS, "columns")
        elif kind in _OLDER_CELLS and len(data) >= 4:
            row, column = struct.unpack_from("<HH", data)
            last = struct.unpack_from("<H", data, len(data) - 2)[0]
            width = last - column + 1 if kind == _MANY_NUMBERS and last >= column else 1
            area.fill(row, column, 1, width)


def _times(given: dict[str, str], what: str) -> int:
    said = next((value for key, value in given.items() if key.rpartition(":")[2] == what), "1")
    return min(int(said), _FAR) if said.isdecimal() and len(said) < 20 else 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
