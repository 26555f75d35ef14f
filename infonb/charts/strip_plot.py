"""The strip plot most charts are made of: people as dots, the mean as a tick, the band behind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from infonb.charts.layout import RowLayout
from infonb.charts.marks import Spec, marks, nominal, quantity, rows_of, scale, value
from infonb.charts.theme import ACCENT, BAND_OPACITY, INK, SOFT, TINY

if TYPE_CHECKING:
    import pandas as pd

ROW = 30
"""Height of a row of dots, in pixels."""

_X = scale(0.6, 5.4, zero=False)
_HIGH, _LIFT = 3, 9.2  # how many lie above each other, and how far apart
_CROWD_HIGH, _CROWD_LIFT = 5, 5.8
_BESIDE, _REACH = 0.17, 0.38  # in points of the scale: dots of a heap, and half a heap at most


def placed(dots: pd.DataFrame) -> pd.DataFrame:
    """Dots with a place: equal ratings of an occupation form a little heap, none hides another.

    Up to three lie above each other, in a crowd five; more stand beside these, still nearer to
    their own rating than to any other.

    Parameters
    ----------
    dots : DataFrame
        occupation, rating and whatever else.

    Returns
    -------
    DataFrame
        With the columns ``lift``, pixels below the middle of the row, and ``at``, the rating as
        drawn.

    Examples
    --------
    >>> import pandas as pd
    >>> given = pd.DataFrame({"occupation": ["Nurse"] * 4, "rating": [5, 5, 4, 5]})
    >>> placed(given)[["lift", "at"]].values.tolist()
    [[-9.2, 5.0], [0.0, 5.0], [0.0, 4.0], [9.2, 5.0]]
    """
    heaps = dots.groupby(["occupation", "rating"], sort=False)
    place = heaps.cumcount().to_numpy(dtype="float64")
    size = heaps["rating"].transform("size").to_numpy(dtype="float64")
    high, lift = (_CROWD_HIGH, _CROWD_LIFT) if _crowded(dots) else (_HIGH, _LIFT)
    columns = np.ceil(size / high)
    row, column = np.divmod(place, columns)
    full = np.ceil(size - columns * row)  # people from this row on
    wide = np.minimum(full, columns)  # people in this row
    step = np.minimum(_BESIDE, 2 * _REACH / np.maximum(columns - 1, 1))
    return dots.assign(
        lift=(row - (np.ceil(size / columns) - 1) / 2) * lift,
        at=dots["rating"].to_numpy(dtype="float64") + (column - (wide - 1) / 2) * step,
    )


def _crowded(dots: pd.DataFrame) -> bool:
    """Whether so many gave an occupation the same rating that dots must be small."""
    return bool(len(dots)) and int(dots.groupby(["occupation", "rating"]).size().max()) > 9


def strip_plot(
    dots: pd.DataFrame,
    summary: pd.DataFrame,
    rows: RowLayout,
    title: str,
    width: int,
    ends: list[str] | None = None,
    names: bool = True,
    under: Spec | None = None,
    empty: Mapping[str, str] = MappingProxyType({}),
) -> Spec:
    """One question: a row per occupation with its people, mean and band.

    Parameters
    ----------
    dots : DataFrame
        occupation, person, rating (1 to 5), weight (0 to 1: the opacity).
    summary : DataFrame
        occupation, mean, low, high, n.
    rows : RowLayout
        Those without data keep their row.
    title : str
        The panel's heading.
    width : int
        Pixels.
    ends : list of str
        What 1 and 5 mean, a line each.
    names : bool
        Whether to write the occupations.
    under : Spec
        A layer that lies below all others.
    empty : mapping of str to str
        What is said in the row of an occupation without data.
    """
    axis = {"values": [1, 2, 3, 4, 5], "format": "d", "title": ends}
    bands = rows_of(summary, ["occupation", "mean", "low", "high", "n"])
    people = rows_of(placed(dots), ["occupation", "person", "rating", "weight", "lift", "at"])
    size, line, solid = (16, 0.5, 0.6) if _crowded(dots) else (50, 1, 0.85)
    y, points = rows.y(), [quantity(key, format=".1f") for key in ("low", "mean", "high")]
    of_band = [nominal("occupation"), *points, quantity("n")]
    band = marks(
        bands, "bar",
        {"x": quantity("low", scale=_X, axis=axis), "x2": {"field": "high"}, "y": y,
         "tooltip": of_band},
        height=18, cornerRadius=9, color=ACCENT, opacity=BAND_OPACITY,
    )  # fmt: skip
    tick = marks(
        bands, "tick", {"x": quantity("mean", scale=_X), "y": y, "tooltip": of_band},
        thickness=2.5, height=24, width=2.5, orient="vertical", color=ACCENT, opacity=1,
    )  # fmt: skip
    lifted = scale(-1, 1, range=[rows.step / 2 - 1, rows.step / 2 + 1])
    opacity = quantity("weight", scale={"domain": [0, 1], "range": [0.0, solid]}, legend=None)
    person = marks(
        people, "circle",
        {"x": quantity("at", scale=_X), "y": y, "yOffset": quantity("lift", scale=lifted),
         "fillOpacity": opacity, "tooltip": [*map(nominal, ("person", "occupation")),
                                             *map(quantity, ("rating", "weight"))]},
        size=size, color=INK, stroke=INK, strokeWidth=line,
    )  # fmt: skip
    layers = [*([] if under is None else [under]), band, tick, person]
    if why := [{"occupation": name, "said": empty[name]} for name in rows.order if name in empty]:
        words = {"x": value(width / 2), "y": y, "text": nominal("said")}
        layers.append(marks(why, "text", words, fontSize=TINY, opacity=SOFT))
    return rows.panel(*layers, width=width, title=title, names=names)
