"""The wages: how far they spread, and what people named in the interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, scale
from infonb.charts.strip_plot import ROW
from infonb.charts.theme import ACCENT, BAND_OPACITY, WARM
from infonb.findings.sentences import wages_alt_text, wages_hint, wages_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_NOTE = 150
_PERCENTILES = ("wage_p10", "wage_p25", "median_wage", "wage_p75", "wage_p90")
_POINTS = {
    "low": "Lowest tenth", "lower": "Lowest quarter", "median": "Median",
    "upper": "Highest quarter", "high": "Highest tenth",
}  # fmt: skip


def wages(findings: Findings) -> Chart:
    """What the middle four fifths earn, half of them and the median; diamonds: named by people.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        One row per occupation. Without a SOC code it says "no official figures".

    Examples
    --------
    >>> wages(infonb.sample().findings()).to_dict()["title"]["text"][0]
    'The middle of pay is highest for Software engineer'
    """
    table = findings.outlook()
    if table.empty or not table["median_wage"].notna().any():
        return nothing("No wages yet", "Give occupations a SOC code; Prepare suggests codes.")
    figures = to_records(table)
    told = [_row(row) for row in figures]
    known = [row for row in told if "median" in row]
    named = [
        {"occupation": row["occupation"], "said": _thousands(row[column])}
        for row in figures
        for column in ("wage_said_low", "wage_said_high")
        if row[column] is not None
    ]
    most = max([row["high"] for row in known] + [row["said"] for row in named])
    notes = {row["occupation"]: row["note"] for row in told}

    def draw(room: Room) -> Spec:
        rows = RowLayout("occupation", list(notes), room, ROW, notes=notes)
        return rows.panel(
            *_ranges(known, named, most, rows), width=rows.width - room.pick(_NOTE, 0)
        )

    title = wages_title(table)
    return finished(draw, title, f"{title}. {wages_alt_text(told)}", wages_hint(table))


def _ranges(known: Rows, named: Rows, most: float, rows: RowLayout) -> list[Spec]:
    """Layers: the four fifths, the half, the median, and what people named."""
    across, y = scale(0, 1.02 * most), rows.y()
    axis = {"title": "thousand dollars a year", "format": "d", "values": _ticks(most)}
    tooltip = [nominal("occupation")] + [
        quantity(key, title=f"{words}, $1,000", format=".0f") for key, words in _POINTS.items()
    ]
    halves = [row for row in known if "upper" in row]
    return [
        marks(
            known, "bar",
            {"x": quantity("low", scale=across, axis=axis), "x2": {"field": "high"}, "y": y,
             "tooltip": tooltip},
            height=18, cornerRadius=9, color=ACCENT, opacity=BAND_OPACITY,
        ),
        marks(
            halves, "bar",
            {"x": quantity("lower", scale=across), "x2": {"field": "upper"}, "y": y,
             "tooltip": tooltip},
            height=8, color=ACCENT, opacity=2 * BAND_OPACITY,
        ),
        marks(
            known, "tick", {"x": quantity("median", scale=across), "y": y, "tooltip": tooltip},
            thickness=2.5, height=24, width=2.5, orient="vertical", color=ACCENT, opacity=1,
        ),
        *_named(named, across, y),
    ]  # fmt: skip


def _named(named: Rows, across: Spec, y: Spec) -> list[Spec]:
    place = {
        "x": quantity("said", scale=across), "y": y,
        "tooltip": [nominal("occupation"), quantity("said")],
    }  # fmt: skip
    look = {"shape": "diamond", "size": 70, "filled": False, "strokeWidth": 2, "stroke": WARM}
    return [marks(named, "point", place, **look, opacity=1)] if named else []


def _row(row: dict[str, Any]) -> dict[str, Any]:
    p10, p25, median, p75, p90 = (_thousands(row[name]) for name in _PERCENTILES)
    if median is None:
        return {"occupation": row["occupation"], "note": "no official figures"}
    made = {
        "occupation": row["occupation"], "median": median, "note": f"${row['median_wage']:,}",
        "low": next(wage for wage in (p10, p25, median) if wage is not None),
        "high": next(wage for wage in (p90, p75, median) if wage is not None),
    }  # fmt: skip
    if p25 is not None and p75 is not None:
        made |= {"lower": p25, "upper": p75}
    if p90 is None:
        made["note"] += ", top unpublished"
    return made


def _thousands(dollars: int | None) -> float | None:
    return None if dollars is None else round(dollars / 1000, 2)


def _ticks(most: float) -> list[int]:
    step = 50 if most > 120 else 25
    return list(range(0, round(most) + step, step))
