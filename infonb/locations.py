"""Where a journal may be: in a file, or on a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

from infonb.errors import InfonbError


def is_url(location: str) -> bool:
    """Whether a journal's location is a database URL rather than a file.

    Examples
    --------
    >>> is_url("postgresql://localhost/search"), is_url("search.db"), is_url("sqlite:///search.db")
    (True, False, False)
    """
    return "://" in location and not location.startswith("sqlite:")


def file_of(location: str) -> Path:
    """The file a location names, as an absolute path.

    Raises
    ------
    InfonbError
        When it names no file.
    """
    name = location.removeprefix("sqlite:///") if location.startswith("sqlite:") else location
    if not name or name.startswith((":memory:", "sqlite:")) or "\0" in name:
        raise InfonbError(
            f"A journal is kept in a file, and {location!r} names none; give a path like search.db."
        )
    return Path(name).expanduser().absolute()
