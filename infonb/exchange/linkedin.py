"""LinkedIn's ``Connections.csv``: people one knows there."""

from __future__ import annotations

from collections.abc import Iterator

from infonb.exchange import people_table
from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.tables import Grid, csv_grid, has_header

SUFFIXES: tuple[str, ...] = ()
_TELLING = {"first name", "last name", "company", "position"}


def knows(header: list[str]) -> bool:
    """Whether a table with this header, folded, is LinkedIn's."""
    return set(header) >= _TELLING and ("connected on" in header or "url" in header)


def is_it(head: str) -> bool:
    """Whether a file that begins like this is LinkedIn's, its notes before the header or not."""
    return has_header(head, knows)


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """Each connection as a person."""
    own_words: list[ImportProblem] = []  # LinkedIn's, above the header
    grid = csv_grid(file, raw, own_words, knows)
    problems += [problem for problem in own_words if "above the header" not in problem.what]
    yield from of_grid(grid, problems)


def of_grid(grid: Grid, problems: list[ImportProblem]) -> Iterator[Entry]:
    """The same from a table."""
    yield from people_table.of_grid(grid, problems, name_from="LinkedIn")
