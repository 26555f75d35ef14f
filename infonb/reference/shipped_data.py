"""The small tables that come with infonb, in `data/`."""

from __future__ import annotations

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table, all cells as text.

    Examples
    --------
    >>> rows("outlook.csv")[0]["name"]
    'much faster than average'
    """
    text = (files("infonb.reference") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
