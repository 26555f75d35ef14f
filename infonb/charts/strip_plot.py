"""The strip plot most charts are made of: people as dots, the mean as a tick, the band behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil
from types import MappingProxyType

from infonb.charts.layout import RowLayout
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, rows_of, scale, value
from infonb.charts.theme import ACCENT, BAND_OPACITY, INK, SOFT, TINY

ROW = 30
"""Height of a row of dots, in pixels."""

_X = scale(0.6, 5.4, zero=False)
_HIGH, _LIFT = 3, 9.2  # how many lie above each other, and how far apart
_CROWD_HIGH, _CROWD_LIFT = 5, 5.8
_BESIDE, _REACH = 0.17, 0.38  # in points of the scale: dots of a heap, and half a heap at most


def placed(dots: Rows) -> Rows:
    """Dots with a place: equal ratings of an occupation form a little heap, none hides another.

    Up to three lie above each other, in a crowd five; more stand beside these, still nearer to
    their own rating than to any other.

    Parameters
    ----------
    dots : list of dict
        occupation, rating and whatever else.

    Returns
    -------
    list of dict
        With ``lift``, pixels below the middle of the row, and ``at``, the rating as drawn.

    Examples
    --------
    >>> given = [{"occupation": "Nurse", "rating": rating} for rating in (5, 5, 4, 5)]
    >>> [(dot["lift"], dot["at"]) for dot in placed(given)]
    [(-9.2, 5.0), (0.0, 5.0), (0.0, 4.0), (9.2, 5.0)]
    """
    heaps = _heaps(dots)
    high, lift = (_CROWD_HIGH, _CROWD_LIFT) if _crowded(dots) else (_HIGH, _LIFT)
    before: Counter[tuple[str, int]] = Counter()
    made = []
    for dot in dots:
        heap = dot["occupation"], dot["rating"]
        size, place = heaps[heap], before[heap]
        before[heap] += 1
        columns = ceil(size / high)
        row, column = divmod(place, columns)
        wide = min(size - columns * row, columns)  # people in this row
        step = min(_BESIDE, 2 * _REACH / max(columns - 1, 1))
        up = row - (ceil(size / columns) - 1) / 2
        at = dot["rating"] + (column - (wide - 1) / 2) * step
        made.append({**dot, "lift": up * lift, "at": at})
    return made


def _heaps(dots: Rows) -> Counter[tuple[str, int]]:
    """How many gave an occupation the same rating."""
    return Counter((dot["occupation"], dot["rating"]) for dot in dots)


def _crowded(dots: Rows) -> bool:
    """Whether so many gave an occupation the same rating that dots must be small."""
    return max(_heaps(dots).values(), default=0) > 9


def strip_plot(
    dots: Rows,
    summary: Rows,
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
    dots : list of dict
        occupation, person, rating (1 to 5), weight (0 to 1: the opacity).
    summary : list of dict
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
    undecided = [{"occupation": row["occupation"], "rating": 3, "person": None} for row in summary]
    heaps = placed([*dots, *undecided])
    people = rows_of(heaps[: len(dots)], ["occupation", "person", "rating", "weight", "lift", "at"])
    nobody = rows_of(heaps[len(dots) :], ["occupation", "at", "lift"])
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
    imaginary = marks(
        nobody, "point",
        {"x": quantity("at", scale=_X), "y": y, "yOffset": quantity("lift", scale=lifted)},
        size=size, color=INK, strokeWidth=1, strokeDash=[2, 1.6], opacity=0.7, filled=False,
    )  # fmt: skip
    layers = [*([] if under is None else [under]), band, tick, imaginary, person]
    if why := [{"occupation": name, "said": empty[name]} for name in rows.order if name in empty]:
        words = {"x": value(width / 2), "y": y, "text": nominal("said")}
        layers.append(marks(why, "text", words, fontSize=TINY, opacity=SOFT))
    return rows.panel(*layers, width=width, title=title, names=names)
