"""The strip that most charts are made of: people as dots, the mean as a tick, the band behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from infonb.charts.altair_quickly import chart_of
from infonb.charts.rows import RowLayout
from infonb.charts.theme import ACCENT, BAND_OPACITY, INK, panel_title

if TYPE_CHECKING:
    import pandas as pd

ROW = 30
"""Height of a row of dots, in pixels."""

_X = alt.Scale(domain=[0.6, 5.4], nice=False, zero=False)
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


def strip(
    dots: pd.DataFrame,
    summary: pd.DataFrame,
    rows: RowLayout,
    title: str,
    width: int,
    x_title: list[str] | None = None,
    names: bool = True,
) -> Any:
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
    x_title : list of str
        What 1 and 5 mean, a line each.
    names : bool
        Whether to write the occupations.
    """
    x_axis = alt.Axis(values=[1, 2, 3, 4, 5], format="d", title=x_title)
    bands = plain(summary, ["occupation", "mean", "low", "high", "n"])
    people = plain(placed(dots), ["occupation", "person", "rating", "weight", "lift", "at"])
    size, line, solid = (16, 0.5, 0.6) if _crowded(dots) else (50, 1, 0.85)
    y, points = rows.y(), ["low", "mean", "high"]
    room = alt.Scale(domain=[-1, 1], range=[rows.step / 2 - 1, rows.step / 2 + 1], nice=False)
    of_band = ["occupation:N", *(alt.Tooltip(f"{key}:Q", format=".1f") for key in points), "n:Q"]
    band = (
        chart_of(bands)
        .mark_bar(height=18, cornerRadius=9, color=ACCENT, opacity=BAND_OPACITY)
        .encode(x=alt.X("low:Q", scale=_X, axis=x_axis), x2="high:Q", y=y, tooltip=of_band)
    )
    tick = (
        chart_of(bands)
        .mark_tick(thickness=2.5, height=24, width=2.5, orient="vertical", color=ACCENT, opacity=1)
        .encode(x=alt.X("mean:Q", scale=_X), y=y, tooltip=of_band)
    )
    person = (
        chart_of(people)
        .mark_circle(size=size, color=INK, stroke=INK, strokeWidth=line)
        .encode(
            x=alt.X("at:Q", scale=_X), y=y,
            yOffset=alt.YOffset("lift:Q", scale=room),
            fillOpacity=alt.FillOpacity(
                "weight:Q", scale=alt.Scale(domain=[0, 1], range=[0.0, solid]),
                legend=None,
            ),
            tooltip=["person:N", "occupation:N", "rating:Q", "weight:Q"],
        )
    )  # fmt: skip
    words = rows.names(width) if names else []
    return alt.layer(band, tick, person, *words).properties(
        width=width, height=rows.height, title=panel_title(title, width)
    )


def plain(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    """Rows as plain values, numbers rounded to what can be seen, missing left out."""
    return [
        {
            key: (round(float(value), 4) if isinstance(value, float) else _python(value))
            for key, value in row.items()
            if value is not None and value == value
        }
        for row in frame[columns].astype(object).to_dict("records")
    ]


def _python(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
