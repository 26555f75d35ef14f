"""Tables of cells, whether a CSV or a sheet of a workbook holds them."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from infonb.exchange.decoding import decoded, encoding_of
from infonb.exchange.entries import ImportProblem
from infonb.exchange.formulas import as_it_was

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
