"""The wages: how far they spread, and what people named in the interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, scale
from infonb.charts.strip_plot import ROW
from infonb.charts.theme import ACCENT, BAND_OPACITY, INK, QUIET, WARM
from infonb.findings.sentences import wages_alt_text, wages_hint, wages_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_NOTE, _NOTE_OF_TWO = 150, 190
_ROW_OF_TWO = 38
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
        One row per occupation; below, thinner, the state you would live in, where one is chosen.
        Without a SOC code it says "no official figures".

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
    pay = findings.pay()
    expected = [
        {"occupation": row["occupation"], "start": _thousands(row["expected"])}
        for row in to_records(pay[~pay["local"].astype(bool)])
        if row["expected"] is not None
    ]
    local = [_local_row(row) for row in to_records(pay[pay["local"].astype(bool)])]
    most = max(
        [row["high"] for row in known]
        + [row["said"] for row in named]
        + [row["start"] for row in expected]
        + [row["local_high"] for row in local if "local_high" in row]
    )
    notes = {row["occupation"]: row["note"] for row in told}
    for row in local:
        notes[row["occupation"]] = f"{notes[row['occupation']]}; here {row['note']}"
    height, note = (_ROW_OF_TWO, _NOTE_OF_TWO) if local else (ROW, _NOTE)

    def draw(room: Room) -> Spec:
        rows = RowLayout("occupation", list(notes), room, height, notes=notes)
        up, down = (-6, 9) if local else (0, 0)
        return rows.panel(
            *_ranges(known, named, most, rows, up), *_local(local, most, rows, down),
            *_expected(expected, most, rows, up), width=rows.width - room.pick(note, 0),
        )  # fmt: skip

    title = wages_title(table)
    words = wages_alt_text([*told, *local])
    hint = wages_hint(table, findings.state, bool(expected))
    return finished(draw, title, f"{title}. {words}", hint)


def _local_row(row: dict[str, Any]) -> dict[str, Any]:
    """One's state; what isn't published there says so."""
    p10, median, p90 = (_thousands(row[name]) for name in ("wage_p10", "median_wage", "wage_p90"))
    made: dict[str, Any] = {"occupation": row["occupation"], "place": row["place"]}
    note = "" if row["median_wage"] is None else f"${row['median_wage']:,}"
    if p10 is not None and p90 is not None:
        made |= {"local_low": p10, "local_high": p90}
    elif median is not None:
        made |= {"local_low": median if p10 is None else p10,
                 "local_high": median if p90 is None else p90}  # fmt: skip
    if median is not None:
        made["local_median"] = median
    if row["note"]:
        why = _why(row["note"])
        note = f"{note}, {why}" if note else why
    return {**made, "note": note}


def _why(note: str) -> str:
    """Why a figure isn't published, in a few words."""
    known = {
        "239,200": "top: $239,200 or more", "not released": "not released",
        "no yearly pay": "no yearly pay", "no figures": "no figures",
        "no official": "no official figures",
    }  # fmt: skip
    for said, words in known.items():
        if said in note:
            return words
    return "some not published" if "Counted together" not in note else "counted with others"


def _local(local: Rows, most: float, rows: RowLayout, down: int) -> list[Spec]:
    """Layers for one's state: thinner, below the nation's."""
    if not local:
        return []
    across, y = scale(0, 1.02 * most), rows.y()
    drawn = [row for row in local if "local_high" in row]
    ticks = [row for row in local if "local_median" in row]
    tips = [nominal("occupation"), quantity("local_median", title="Median, $1,000")]
    return [
        marks(
            drawn, "bar",
            {"x": quantity("local_low", scale=across), "x2": {"field": "local_high"}, "y": y,
             "tooltip": tips},
            height=10, cornerRadius=5, color=QUIET, opacity=BAND_OPACITY, yOffset=down,
        ),
        marks(
            ticks, "tick", {"x": quantity("local_median", scale=across), "y": y, "tooltip": tips},
            thickness=2.5, height=16, width=2.5, orient="vertical", color=QUIET, opacity=1,
            yOffset=down,
        ),
    ]  # fmt: skip


def _expected(expected: Rows, most: float, rows: RowLayout, up: int) -> list[Spec]:
    if not expected:
        return []
    place = {"x": quantity("start", scale=scale(0, 1.02 * most)), "y": rows.y(),
             "tooltip": [nominal("occupation"), quantity("start")]}  # fmt: skip
    look = {"size": 110, "filled": False, "strokeWidth": 2, "stroke": INK}
    return [marks(expected, "point", place, **look, opacity=1, yOffset=up)]


def _ranges(known: Rows, named: Rows, most: float, rows: RowLayout, up: int) -> list[Spec]:
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
            height=18, cornerRadius=9, color=ACCENT, opacity=BAND_OPACITY, yOffset=up,
        ),
        marks(
            halves, "bar",
            {"x": quantity("lower", scale=across), "x2": {"field": "upper"}, "y": y,
             "tooltip": tooltip},
            height=8, color=ACCENT, opacity=2 * BAND_OPACITY, yOffset=up,
        ),
        marks(
            known, "tick", {"x": quantity("median", scale=across), "y": y, "tooltip": tooltip},
            thickness=2.5, height=24, width=2.5, orient="vertical", color=ACCENT, opacity=1,
            yOffset=up,
        ),
        *_named(named, across, y, up),
    ]  # fmt: skip


def _named(named: Rows, across: Spec, y: Spec, up: int) -> list[Spec]:
    place = {
        "x": quantity("said", scale=across), "y": y,
        "tooltip": [nominal("occupation"), quantity("said")],
    }  # fmt: skip
    look = {"shape": "diamond", "size": 70, "filled": False, "strokeWidth": 2, "stroke": WARM}
    return [marks(named, "point", place, **look, opacity=1, yOffset=up)] if named else []


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


def _thousands(dollars: float | None) -> float | None:
    return None if dollars is None else round(dollars / 1000, 2)


def _ticks(most: float) -> list[int]:
    step = 50 if most > 120 else 25
    return list(range(0, round(most) + step, step))
