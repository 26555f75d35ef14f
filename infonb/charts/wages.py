"""The wages: how far they spread, and what people named in the interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.dots import ROW
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout
from infonb.charts.theme import ACCENT, BAND_OPACITY, WARM, finished, nothing

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_NOTE = 150
_PERCENTILES = ("wage_p10", "wage_p25", "median_wage", "wage_p75", "wage_p90")


def wages(findings: Findings) -> Any:
    """What the middle four fifths earn, half of them and the median; diamonds: named by people.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.LayerChart
        One row per occupation. Without a SOC code it says "no official figures".

    Examples
    --------
    >>> wages(infonb.sample().findings()).to_dict()["title"]["text"][0]
    'The middle of pay is highest for Software engineer'
    """
    table = findings.outlook()
    if table.empty or not table["median_wage"].notna().any():
        return nothing("No wages yet", "Give occupations a SOC code; Prepare suggests codes.")
    told = [_row(row) for row in table.to_dict("records")]
    named = _said(table)
    most = max([row["high"] for row in told if "high" in row] + [row["said"] for row in named])
    notes = {row["occupation"]: row["note"] for row in told}

    def draw(room: Room) -> Any:
        rows = RowLayout("occupation", table["occupation"].tolist(), room, ROW, notes=notes)
        width = rows.width - room.pick(_NOTE, 0)
        return alt.layer(
            *_ranges([row for row in told if "high" in row], named, most, rows), *rows.names(width)
        ).properties(width=width, height=rows.height)

    title = _title(table)
    return finished(draw, title, _in_words(title, told), _how_to_read(table))


def _ranges(
    known: list[dict[str, Any]], named: list[dict[str, Any]], most: float, rows: RowLayout
) -> list[Any]:
    """Layers: the four fifths, the half, the median, and what people named."""
    scale = alt.Scale(domain=[0, 1.02 * most], nice=False)
    axis = alt.Axis(title="thousand dollars a year", format="d", values=_ticks(most))
    y, tooltip = rows.y(), _tooltip()
    spread = (
        chart_of(known)
        .mark_bar(height=18, cornerRadius=9, color=ACCENT, opacity=BAND_OPACITY)
        .encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q", y=y, tooltip=tooltip)
    )
    half = (
        chart_of([row for row in known if "upper" in row])
        .mark_bar(height=8, color=ACCENT, opacity=2 * BAND_OPACITY)
        .encode(x=alt.X("lower:Q", scale=scale), x2="upper:Q", y=y, tooltip=tooltip)
    )
    tick = (
        chart_of(known)
        .mark_tick(thickness=2.5, height=24, width=2.5, orient="vertical", color=ACCENT, opacity=1)
        .encode(x=alt.X("median:Q", scale=scale), y=y, tooltip=tooltip)
    )
    said = (
        chart_of(named)
        .mark_point(shape="diamond", size=70, filled=False, strokeWidth=2, stroke=WARM, opacity=1)
        .encode(x=alt.X("said:Q", scale=scale), y=y, tooltip=["occupation:N", "said:Q"])
    )
    return [spread, half, tick, *([said] if named else [])]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    p10, p25, median, p75, p90 = (_thousands(row[name]) for name in _PERCENTILES)
    if median is None or p10 is None:
        return {"occupation": row["occupation"], "note": "no official figures"}
    made = {
        "occupation": row["occupation"], "low": p10, "median": median,
        "high": p90 if p90 is not None else p75 if p75 is not None else median,
        "note": f"${row['median_wage']:,}",
    }  # fmt: skip
    if p25 is not None and p75 is not None:
        made |= {"lower": p25, "upper": p75}
    if p90 is None:
        made["note"] += ", top unpublished"
    return made


def _thousands(dollars: Any) -> float | None:
    if dollars is None or dollars != dollars or str(dollars) == "<NA>":
        return None
    return round(float(dollars) / 1000, 2)


def _said(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {"occupation": row["occupation"], "said": said}
        for row in table.to_dict("records")
        for column in ("wage_said_low", "wage_said_high")
        if (said := _thousands(row[column])) is not None
    ]


def _ticks(most: float) -> list[int]:
    step = 50 if most > 120 else 25
    return list(range(0, round(most) + step, step))


def _tooltip() -> list[Any]:
    points = {
        "low": "Lowest tenth", "lower": "Lowest quarter", "median": "Median",
        "upper": "Highest quarter", "high": "Highest tenth",
    }  # fmt: skip
    return ["occupation:N"] + [
        alt.Tooltip(f"{key}:Q", title=f"{words}, $1,000", format=".0f")
        for key, words in points.items()
    ]


def _title(table: pd.DataFrame) -> str:
    known = table[table["median_wage"].notna()]
    best = known.loc[known["median_wage"].astype(float).idxmax()]
    least = known.loc[known["median_wage"].astype(float).idxmin()]
    if len(known) == 1:
        return f"Half of all in {best['occupation']} earn more than ${best['median_wage']:,} a year"
    return (
        f"The middle of pay is highest for {best['occupation']} (${best['median_wage']:,}) and "
        f"lowest for {least['occupation']} (${least['median_wage']:,})"
    )


def _how_to_read(table: pd.DataFrame) -> list[str]:
    read = ["Pale: what all but the lowest and the highest tenth earn. Darker: the middle half. "
            "Tick: half earn more."]  # fmt: skip
    if table["wage_said_high"].notna().any():
        read.append("Diamond: named in an interview.")
    sources = {part for source in table["source"].dropna() for part in source.split("; ")
               if "OEWS" in part}  # fmt: skip
    if sources:
        read.append(f"Before tax, self-employed people not counted. {'; '.join(sorted(sources))}.")
    return read


def _in_words(title: str, rows: list[dict[str, Any]]) -> str:
    parts = []
    for row in rows:
        spread = (
            f"${row['low']:.0f},000 to ${row['high']:.0f},000, median " if "high" in row else ""
        )
        parts.append(f"{row['occupation']}: {spread}{row['note']}")
    return f"{title}. {'; '.join(parts)}."
