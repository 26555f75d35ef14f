"""Google Contacts' CSV, of today and as it was before: people."""

from __future__ import annotations

from collections.abc import Iterator

from infonb.exchange import people_table
from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.tables import Grid, csv_grid, has_header

SUFFIXES: tuple[str, ...] = ()


def knows(header: list[str]) -> bool:
    """Whether a table with this header, folded, is Google's."""
    return "e-mail 1 - value" in header or (
        bool({"phone 1 - value", "organization name"} & set(header))
        and bool({"first name", "given name"} & set(header))
    )


def is_it(head: str) -> bool:
    """Whether a file that begins like this is Google's."""
    return has_header(head, knows)


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """Each contact as a person; of several addresses the first, the others in the notes."""
    yield from of_grid(csv_grid(file, raw, problems, knows), problems)


def of_grid(grid: Grid, problems: list[ImportProblem]) -> Iterator[Entry]:
    """The same from a table."""
    yield from people_table.of_grid(grid, problems)
