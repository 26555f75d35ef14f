"""Marks and their channels as plain data: what Altair writes, without an object for each part.

An Altair object for every channel, copied whenever charts are combined, takes twenty times as long
as the drawing's own numbers (measured). So a drawing is written as the Vega-Lite it becomes, and
only who goes on with a chart gets Altair's objects (see `infonb.charts.chart`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Spec = dict[str, Any]
"""A Vega-Lite specification, or a part of one."""
Rows = list[dict[str, Any]]


def marks(rows: Rows, kind: str, encoding: Mapping[str, Any], **style: Any) -> Spec:
    """A mark for each row.

    Parameters
    ----------
    rows : list of dict
        Plain values; layers may share them.
    kind : str
        ``"bar"``, ``"text"``, ``"point"`` …
    encoding : mapping of str to dict
        Channel to what it shows: `quantity`, `nominal` or `value`.
    **style
        Properties of the mark.

    Examples
    --------
    >>> marks([{"n": 3}], "tick", {"x": quantity("n")}, thickness=2)["mark"]
    {'type': 'tick', 'thickness': 2}
    """
    return {"data": {"values": rows}, "mark": {"type": kind, **style}, "encoding": dict(encoding)}


def layer(parts: Iterable[Spec], width: float, height: float, title: Spec | None = None) -> Spec:
    """Marks over each other, the first at the back, on one panel of this size in pixels."""
    panel = {"layer": list(parts), "width": width, "height": height}
    return panel if title is None else {**panel, "title": title}


def quantity(field: str, **more: Any) -> Spec:
    """A channel that shows a number.

    Examples
    --------
    >>> quantity("fit", format=".0f")
    {'field': 'fit', 'type': 'quantitative', 'format': '.0f'}
    """
    return {"field": field, "type": "quantitative", **more}


def nominal(field: str, **more: Any) -> Spec:
    """A channel that shows a name.

    Examples
    --------
    >>> nominal("occupation")
    {'field': 'occupation', 'type': 'nominal'}
    """
    return {"field": field, "type": "nominal", **more}


def value(fixed: float) -> Spec:
    """A channel that is the same for all rows, in pixels where it is a place."""
    return {"value": fixed}


def scale(low: float, high: float, **more: Any) -> Spec:
    """A linear scale over exactly this range of numbers."""
    return {"domain": [low, high], "nice": False, **more}


def rows_of(rows: Rows, columns: Sequence[str]) -> Rows:
    """Rows with these columns alone, numbers rounded to what can be seen, missing left out.

    Examples
    --------
    >>> rows_of([{"n": 1 / 3, "m": 2}, {"n": None}], ["n"])
    [{'n': 0.3333}, {}]
    """
    return [
        {
            key: round(shown, 4) if isinstance(shown, float) else shown
            for key in columns
            if (shown := row[key]) is not None
        }
        for row in rows
    ]


def rows_by(rows: Rows, column: str) -> dict[Any, Rows]:
    """The rows of each value of a column, in the order in which they come.

    Examples
    --------
    >>> rows_by([{"n": 1, "of": "a"}, {"n": 2, "of": "b"}, {"n": 3, "of": "a"}], "of")["a"]
    [{'n': 1, 'of': 'a'}, {'n': 3, 'of': 'a'}]
    """
    parts: dict[Any, Rows] = {}
    for row in rows:
        parts.setdefault(row[column], []).append(row)
    return parts
