"""LinkedIn's ``Connections.csv``: people one knows there."""

from __future__ import annotations

from collections.abc import Iterator

from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.tables import Grid, csv_grid, header_of

SUFFIXES: tuple[str, ...] = ()
_COLUMNS = {
    "organisation": "company",
    "job_title": "position",
    "email": "email address",
}
_TELLING = {"first name", "last name", "company", "position"}


def knows(header: list[str]) -> bool:
    """Whether a table with this header, folded, is LinkedIn's."""
    return set(header) >= _TELLING and ("connected on" in header or "url" in header)


def is_it(head: str) -> bool:
    """Whether a file that begins like this is LinkedIn's, its notes before the header or not."""
    return any(knows(header_of(line)) for line in head.splitlines()[:20] if "irst" in line)


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """Each connection as a person."""
    from infonb.exchange.tables import peek

    lines = peek(raw).splitlines()[:20]
    skip = next((n for n, line in enumerate(lines) if knows(header_of(line))), 0)
    yield from of_grid(csv_grid(file, raw, problems, skip), problems)


def of_grid(grid: Grid, problems: list[ImportProblem]) -> Iterator[Entry]:
    """The same from a table."""
    first, last = grid.column("first name"), grid.column("last name")
    places = {key: grid.column(name) for key, name in _COLUMNS.items()}
    for row, cells in grid.rows:
        parts = [cells[n].strip() for n in (first, last) if n is not None]
        data = {key: cells[n].strip() for key, n in places.items() if n is not None}
        name = " ".join(filter(None, parts))
        if not name:
            what = "has no name; it is left out."
            problems.append(ImportProblem(grid.file, row, "First Name", "", what, False))
            continue
        told = {"name": name, "name_from": "LinkedIn", **data}
        yield Entry("person", {k: v for k, v in told.items() if v}, grid.file, row)
