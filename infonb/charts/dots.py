"""The strip that most charts are made of: people as dots, the mean as a tick, the band behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, BAND_OPACITY, INK

if TYPE_CHECKING:
    import pandas as pd

ROW = 30
"""Height of an occupation's row, in pixels."""

_X = alt.Scale(domain=[0.7, 5.3], nice=False, zero=False)
_LIFT = 7.0


def placed(dots: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Dots with a place: equal ratings of an occupation lie above each other, none hides another.

    Parameters
    ----------
    dots : DataFrame
        occupation, rating and whatever else.
    order : list of str
        Occupations from top to bottom.

    Returns
    -------
    DataFrame
        With a column ``lift``: pixels above (negative) or below the middle of the row.
    """
    stacked = dots.groupby(["occupation", "rating"], sort=False)
    place = stacked.cumcount().astype("float64")
    size = stacked["rating"].transform("size").astype("float64")
    step = (2.0 * _LIFT / (size - 1).clip(lower=1.0)).clip(upper=_LIFT)
    return dots.assign(lift=(place - (size - 1) / 2) * step)


def strip(
    dots: pd.DataFrame,
    summary: pd.DataFrame,
    order: list[str],
    x_title: str,
    width: int = 250,
    labels: bool = True,
) -> Any:
    """One question: a row per occupation with its people, mean and band.

    Parameters
    ----------
    dots : DataFrame
        occupation, person, rating (1 to 5), weight (0 to 1: the opacity).
    summary : DataFrame
        occupation, mean, low, high, n.
    order : list of str
        Occupations from top to bottom; those without data keep their row.
    x_title : str
        What 1 and 5 mean.
    width : int
        Pixels.
    labels : bool
        Whether to write the occupations at the left.
    """
    axis = alt.Axis(title=None) if labels else None
    y = alt.Y("occupation:N", sort=order, scale=alt.Scale(domain=order), axis=axis)
    x_axis = alt.Axis(values=[1, 2, 3, 4, 5], format="d", title=x_title)
    bands = _plain(summary, ["occupation", "mean", "low", "high", "n"])
    people = _plain(placed(dots, order), ["occupation", "person", "rating", "weight", "lift"])
    band = (
        alt.Chart(alt.InlineData(values=bands))
        .mark_bar(height=16, cornerRadius=8, color=ACCENT, opacity=BAND_OPACITY)
        .encode(
            x=alt.X("low:Q", scale=_X, axis=x_axis), x2="high:Q", y=y,
            tooltip=["occupation:N", alt.Tooltip("low:Q", format=".1f"),
                     alt.Tooltip("high:Q", format=".1f")],
        )
    )  # fmt: skip
    tick = (
        alt.Chart(alt.InlineData(values=bands))
        .mark_tick(thickness=2.5, height=22, width=2.5, orient="vertical", color=ACCENT, opacity=1)
        .encode(
            x=alt.X("mean:Q", scale=_X), y=y,
            tooltip=["occupation:N", alt.Tooltip("mean:Q", format=".1f"), "n:Q"],
        )
    )  # fmt: skip
    points = (
        alt.Chart(alt.InlineData(values=people))
        .mark_circle(size=56, color=INK, stroke=INK, strokeWidth=1)
        .encode(
            x=alt.X("rating:Q", scale=_X), y=y,
            yOffset=alt.YOffset(
                "lift:Q", scale=alt.Scale(domain=[-ROW / 2, ROW / 2], range=[0, ROW], nice=False)
            ),
            fillOpacity=alt.FillOpacity(
                "weight:Q", scale=alt.Scale(domain=[0, 1], range=[0.0, 0.85]), legend=None
            ),
            tooltip=["person:N", "occupation:N", "rating:Q", "weight:Q"],
        )
    )  # fmt: skip
    return alt.layer(band, tick, points).properties(width=width, height=ROW * max(len(order), 1))


def _plain(frame: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
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
