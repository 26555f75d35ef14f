"""Google Contacts' CSV, of today and as it was before: people."""

from __future__ import annotations

from collections.abc import Iterator

from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.tables import Grid, csv_grid, header_of

SUFFIXES: tuple[str, ...] = ()
_NAME = ("name prefix", "first name", "given name", "middle name", "additional name", "last name",
         "family name", "name suffix")  # fmt: skip
_COLUMNS = {
    "organisation": ("organization name", "organization 1 - name"),
    "job_title": ("organization title", "organization 1 - title"),
    "email": ("e-mail 1 - value",),
    "phone": ("phone 1 - value",),
    "notes": ("notes",),
}
_SEVERAL = " ::: "


def knows(header: list[str]) -> bool:
    """Whether a table with this header, folded, is Google's."""
    return "e-mail 1 - value" in header or (
        bool({"phone 1 - value", "organization name"} & set(header))
        and bool({"first name", "given name"} & set(header))
    )


def is_it(head: str) -> bool:
    """Whether a file that begins like this is Google's."""
    return knows(header_of(head))


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """Each contact as a person; of several addresses or numbers the first."""
    yield from of_grid(csv_grid(file, raw, problems), problems)


def of_grid(grid: Grid, problems: list[ImportProblem]) -> Iterator[Entry]:
    """The same from a table."""
    parts = [n for name in _NAME if (n := grid.column(name)) is not None]
    whole = grid.column("name")
    places = {key: grid.column(*names) for key, names in _COLUMNS.items()}
    for row, cells in grid.rows:
        data = {
            key: cells[n] if key == "notes" else cells[n].split(_SEVERAL)[0].strip()
            for key, n in places.items() if n is not None
        }  # fmt: skip
        name = (cells[whole].strip() if whole is not None else "") or " ".join(
            filter(None, (cells[n].strip() for n in parts))
        )
        name = name or data.get("organisation") or data.get("email") or ""
        if not name:
            what = "is a contact without a name; it is left out."
            problems.append(ImportProblem(grid.file, row, "Name", "", what, False))
            continue
        yield Entry("person", {k: v for k, v in {"name": name, **data}.items() if v},
                    grid.file, row)  # fmt: skip
