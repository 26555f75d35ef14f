"""Marks and their channels as plain data: what Altair writes, without an object for each part.

An Altair object for every channel, copied whenever charts are combined, takes twenty times as long
as the drawing's own numbers (measured). So a drawing is written as the Vega-Lite it becomes, and
only who goes on with a chart gets Altair's objects (see `infonb.charts.chart`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from infonb.frame import to_records

if TYPE_CHECKING:
    import pandas as pd

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
    >>> marks([{"n": 3}], "tick", {"x": quantity("n")}, color="blue")["mark"]
    {'type': 'tick', 'color': 'blue'}
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


def rows_of(table: pd.DataFrame, columns: Sequence[str]) -> Rows:
    """Rows for marks: plain values, numbers rounded to what can be seen, missing left out.

    Examples
    --------
    >>> import pandas as pd
    >>> rows_of(pd.DataFrame({"n": [1 / 3, None]}), ["n"])
    [{'n': 0.3333}, {}]
    """
    return [
        {
            key: round(shown, 4) if isinstance(shown, float) else shown
            for key, shown in row.items()
            if shown is not None
        }
        for row in to_records(table[list(columns)])
    ]
