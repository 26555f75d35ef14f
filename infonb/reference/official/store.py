"""Official data that was installed: where it lies, what it is, and its tables.

The folder holds one folder per update and `current.json`, which names the one that counts. An
update is written beside the old one and switched to in one step, so that a reader sees either.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError

if TYPE_CHECKING:
    import pyarrow as pa

CURRENT = "current.json"
FORM = 1
"""Form of `current.json` and of the tables; data of another form has to be read in again."""


@dataclass(frozen=True, slots=True)
class Installed:
    """One table that was installed.

    Attributes
    ----------
    name : str
        Such as "wages".
    rows : int
    source : str
        Publisher and release, such as "O*NET 30.2".
    vintage : str
        Of the figures, as far as the files tell; else empty.
    file : str
        The official file it was read from.
    """

    name: str
    rows: int
    source: str
    vintage: str
    file: str


def folder() -> Path:
    """Where official data is installed: ``INFONB_REFERENCE_DIR``, else the user's data folder.

    Examples
    --------
    >>> folder().name
    'infonb-no-reference'
    """
    named = os.environ.get("INFONB_REFERENCE_DIR")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("infonb", appauthor=False)) / "reference"


def release() -> Path | None:
    """The folder of the update that counts; None where nothing is installed.

    It changes with every update, so what was worked out from its tables can be kept by its path.
    """
    current = folder() / CURRENT
    try:
        stat = current.stat()
    except OSError:
        return None
    return _current(current, stat.st_mtime_ns, stat.st_size).folder


def tables() -> dict[str, Installed]:
    """What is installed, by name of the table; empty where nothing is.

    Examples
    --------
    >>> tables()
    {}
    """
    current = folder() / CURRENT
    try:
        stat = current.stat()
    except OSError:
        return {}
    return dict(_current(current, stat.st_mtime_ns, stat.st_size).tables)


def table(name: str) -> pa.Table | None:
    """An installed table, None where it isn't installed.

    Parameters
    ----------
    name : str
        "occupations", "titles", "job_zones", "ratings", "technology", "elements", "activities",
        "projections" or "wages".

    Raises
    ------
    InfonbError
        When its file is gone or damaged.
    """
    place = release()
    if place is None or name not in tables():
        return None
    return read(place / f"{name}.parquet")


def columns(name: str) -> dict[str, list[Any]]:
    """The columns of an installed table as lists; empty where it isn't installed."""
    found = table(name)
    return {} if found is None else found.to_pydict()


def read(path: Path) -> pa.Table:
    """One stored table."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        return parquet.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise InfonbError(
            f"Official data can't be read from {path}: {error}. "
            "Run `infonb reference update` again."
        ) from error


@dataclass(frozen=True)
class _Current:
    folder: Path
    tables: Mapping[str, Installed]


@lru_cache(maxsize=4)
def _current(path: Path, changed_at: int, size: int) -> _Current:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        known = {name: Installed(name, **about) for name, about in stored["tables"].items()}
        place, form = path.parent / stored["folder"], stored["form"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InfonbError(
            f"{path} is damaged ({error}). Delete it and run `infonb reference update` again."
        ) from error
    if form != FORM:
        raise InfonbError(
            f"The official data in {path.parent} was installed by another version of infonb. "
            "Run `infonb reference update` again."
        )
    return _Current(place, known)
