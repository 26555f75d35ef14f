"""Tables of cells, whether a CSV or a sheet of a workbook holds them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from infonb.exchange.decoding import decoded, encoding_of
from infonb.exchange.entries import ImportProblem
from infonb.exchange.formulas import as_it_was

_LONGEST_CELL = 10**8
_SEPARATORS = ",;\t"


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


def header_of(head: str) -> list[str]:
    """The first row's cells of a file that begins like this, folded."""
    line = next((line for line in head.splitlines() if line.strip(" ,;\t\ufeff")), "")
    if line.casefold().startswith("sep=") and "\n" in head:
        return header_of(head.split("\n", 1)[1])
    cells = next(csv.reader([line], delimiter=_separator(line)), [])
    return [cell.strip().casefold() for cell in cells]


def peek(raw: bytes, size: int = 65536) -> str:
    """How a file begins, as text."""
    encoding = encoding_of(raw[:size]) or encoding_of(raw) or "utf-8"
    return raw[:size].decode(encoding, "replace")


def csv_grid(file: str, raw: bytes, problems: list[ImportProblem], skip: int = 0) -> Grid:
    """A CSV file as a table; separators, quotes and encodings of all countries.

    Parameters
    ----------
    skip : int
        Lines before the header.
    """
    text = decoded(file, raw, problems)
    lines = text.splitlines(keepends=True)[:skip]
    text = text[sum(map(len, lines)) :]
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = _separator(first)
    if first.casefold().startswith("sep=") and len(first.strip()) <= len("sep=;"):
        separator = first.strip()[4:] or separator
        skip += text.count("\n", 0, text.index(first)) + 1
        text = text.split("\n", 1)[1] if "\n" in text else ""
    rows = _rows(file, text, separator, skip, problems)
    at, header = next(rows, (1, []))
    return Grid(file, header, _fitting(file, rows, header, separator, problems), at)


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
