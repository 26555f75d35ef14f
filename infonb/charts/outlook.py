"""The outlook: what people said beside what the official projections say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout, side_by_side
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, scale
from infonb.charts.ratings import ends
from infonb.charts.strip_plot import ROW, strip_plot
from infonb.charts.theme import ACCENT, WARM
from infonb.findings.sentences import growth_note, outlook_alt_text, outlook_hint, outlook_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings


_GAP = 26
_NOTE = 120


def outlook(findings: Findings) -> Chart:
    """Left: how people see the outlook, and the projection on the same scale. Right: growth.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        Dots are people; the orange diamond is the class of the official projection. Occupations
        without a SOC code say "no official figures".

    Examples
    --------
    >>> outlook(infonb.sample().findings()).to_dict()["title"]["text"][0][:30]
    'Less hopeful than the projecti'
    """
    table = findings.outlook()
    if table.empty or (not (table["n"] > 0).any() and not table["growth_pct"].notna().any()):
        return nothing(
            "No outlook yet", "Ask how the occupation will fare, or give occupations a SOC code."
        )
    order = table["occupation"].tolist()
    answers = findings.answers
    given = answers["rating"].notna() & (answers["weight"] > 0)
    rated = to_records(answers[given & (answers["question"] == "outlook")])
    period = next(iter(table["period"].dropna()), "")
    figures = to_records(table)

    def draw(room: Room) -> Spec:
        rows = RowLayout("occupation", order, room, ROW)
        half = round((rows.width - _GAP) * room.pick(0.5, 0.44))
        left = strip_plot(
            rated, [row for row in figures if row["n"]], rows, "People; diamond: projection", half,
            ends(findings, "outlook"), under=_diamonds(figures, rows),
        )  # fmt: skip
        growth = _growth([_growth_row(row) for row in figures], rows, period,
                         rows.width - _GAP - half)  # fmt: skip
        return side_by_side([left, growth], 2, _GAP)

    title = outlook_title(table)
    return finished(draw, title, f"{title}. {outlook_alt_text(table)}", outlook_hint(table))


def _diamonds(figures: Rows, rows: RowLayout) -> Spec:
    classes = [
        {"occupation": row["occupation"], "score": float(row["official_score"]),
         "class": row["official_class"], "growth": row["growth_pct"]}
        for row in figures
        if row["official_score"] is not None
    ]  # fmt: skip
    tips = [nominal("occupation"), nominal("class"), quantity("growth")]
    return marks(
        classes, "point", {"x": quantity("score"), "y": rows.y(), "tooltip": tips},
        shape="diamond", size=170, filled=False, strokeWidth=2, stroke=WARM, opacity=1,
    )  # fmt: skip


def _growth(figures: Rows, rows: RowLayout, period: str, width: int) -> Spec:
    known = [row for row in figures if "growth" in row]
    low = min([0.0, *(row["growth"] for row in known)])
    high = max([1.0, *(row["growth"] for row in known)])
    reach = high - low
    note = min(0.76, _NOTE / width)  # of the panel, beside the longest bar
    across = scale(low - 0.04 * reach, low + reach / (1 - note))
    title = [f"change {period}, %", "openings: a year"] if period else None
    ticks = [0] if reach < 10 else sorted({0, round(high / 10) * 10})
    axis = {"title": title, "values": ticks, "format": "d"}
    bar = marks(
        known, "bar",
        {"x": quantity("zero", scale=across, axis=axis), "x2": {"field": "growth"}, "y": rows.y(),
         "tooltip": [nominal("occupation"), quantity("growth"), nominal("note")]},
        height=14, color=ACCENT,
    )  # fmt: skip
    label = marks(
        figures, "text",
        {"x": quantity("edge", scale=across), "y": rows.y(), "text": nominal("note")},
        align="left", dx=6, baseline="middle", lineBreak="\n", lineHeight=13, dy=-6,
    )  # fmt: skip
    return rows.panel(bar, label, width=width, title="Projected change of employment", names=False)


def _growth_row(row: dict[str, Any]) -> dict[str, Any]:
    note = growth_note(row)
    lines = note if "\n" in note else f"{note}\n"
    if row["growth_pct"] is None:
        return {"occupation": row["occupation"], "edge": 0.0, "note": lines}
    growth = float(row["growth_pct"])
    return {"occupation": row["occupation"], "growth": growth, "zero": 0.0,
            "edge": max(0.0, growth), "note": lines}  # fmt: skip
