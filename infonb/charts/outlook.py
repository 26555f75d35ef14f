"""The outlook: what people said beside what the official projections say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.dots import ROW, strip
from infonb.charts.ratings import ends
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout, side_by_side
from infonb.charts.theme import ACCENT, WARM, finished, nothing, panel_title
from infonb.english import a_few

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings


_GAP = 26
_NOTE = 120


def outlook(findings: Findings) -> Any:
    """Left: how people see the outlook, and the projection on the same scale. Right: growth.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.HConcatChart
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
    said = findings.answers
    said = said[(said["question"] == "outlook") & said["rating"].notna() & (said["weight"] > 0)]
    period = next(iter(table["period"].dropna()), "")
    heads = [_growth_row(row) for row in table.to_dict("records")]

    def draw(room: Room) -> Any:
        rows = RowLayout("occupation", order, room, ROW)
        half = round((rows.width - _GAP) * room.pick(0.5, 0.44))
        left = alt.layer(
            _diamonds(table, rows),
            strip(
                said, table[table["n"] > 0], rows, "People; diamond: projection",
                half, ends(findings, "outlook"),
            ),
        )  # fmt: skip
        return side_by_side([left, _growth(heads, rows, period, rows.width - _GAP - half)], 2, _GAP)

    title = _title(table)
    source = next(iter(table["source"].dropna()), None)
    read = [
        "Dots, tick and band: the people you asked. Diamond: the official projection, put on the "
        "same scale by infonb."
    ]
    if source:
        read.append(f"Figures: {source}.")
    return finished(draw, title, _in_words(title, table), read)


def _diamonds(table: pd.DataFrame, rows: RowLayout) -> alt.Chart:
    known = table[table["official_score"].notna()]
    classes = [
        {"occupation": r["occupation"], "score": float(r["official_score"]),
         "class": r["official_class"], "growth": float(r["growth_pct"])}
        for r in known.to_dict("records")
    ]  # fmt: skip
    return (
        chart_of(classes)
        .mark_point(shape="diamond", size=170, filled=False, strokeWidth=2, stroke=WARM, opacity=1)
        .encode(
            x=alt.X("score:Q"),
            y=rows.y(),
            tooltip=["occupation:N", "class:N", "growth:Q"],
        )
    )


def _growth(heads: list[dict[str, Any]], rows: RowLayout, period: str, width: int) -> Any:
    low = min(0.0, min(row["growth"] for row in heads))
    high = max(1.0, max(row["growth"] for row in heads))
    reach = high - low
    note = min(0.76, _NOTE / width)  # of the panel, beside the longest bar
    scale = alt.Scale(domain=[low - 0.04 * reach, low + reach / (1 - note)], nice=False)
    base = chart_of(heads).encode(y=rows.y())
    title = [f"change {period}, %", "openings: a year"] if period else None
    ticks = [0] if reach < 10 else sorted({0, round(high / 10) * 10})
    bar = base.mark_bar(height=14, color=ACCENT).encode(
        x=alt.X("zero:Q", scale=scale, axis=alt.Axis(title=title, values=ticks, format="d")),
        x2="growth:Q",
        tooltip=["occupation:N", "growth:Q", "note:N"],
    )
    label = base.mark_text(
        align="left", dx=6, baseline="middle", lineBreak="\n", lineHeight=13, dy=-6
    ).encode(x=alt.X("edge:Q", scale=scale), text="note:N")
    return alt.layer(bar, label).properties(
        width=width, height=rows.height,
        title=panel_title("Projected change of employment", width),
    )  # fmt: skip


def _growth_row(row: dict[str, Any]) -> dict[str, Any]:
    growth = row["growth_pct"]
    if growth is None or growth != growth or str(growth) == "<NA>":
        return {"occupation": row["occupation"], "growth": 0.0, "edge": 0.0, "zero": 0.0,
                "note": f"{_unknown(row)}\n"}  # fmt: skip
    openings = row["openings_k"]
    shown = f"\n{openings:,.1f} k openings" if openings == openings else "\n"
    sign = "−" if growth < 0 else "+"
    return {
        "occupation": row["occupation"], "growth": float(growth), "zero": 0.0,
        "edge": max(0.0, float(growth)), "note": f"{sign}{abs(growth):.1f} %{shown}",
    }  # fmt: skip


def _unknown(row: dict[str, Any]) -> str:
    """Wages of all occupations come with infonb, projections of the samples' only."""
    paid = str(row["median_wage"]) not in ("<NA>", "None", "nan")
    return "no projection installed" if paid else "no official figures"


def _title(table: pd.DataFrame) -> str:
    gaps = table[table["gap"].notna()]
    hopeful = gaps[gaps["gap"].str.contains("more hopeful")]["occupation"].tolist()
    worried = gaps[gaps["gap"].str.contains("less hopeful")]["occupation"].tolist()
    parts = []
    if hopeful:
        parts.append(f"More hopeful than the projection: {a_few(hopeful)}")
    if worried:
        parts.append(f"{'l' if parts else 'L'}ess hopeful than the projection: {a_few(worried)}")
    if parts:
        return "; ".join(parts)
    if not (table["n"] > 0).any():
        return "Nobody rated the outlook yet; here is what the projections say"
    return "What they say and what the projections say don't clearly differ"


def _in_words(title: str, table: pd.DataFrame) -> str:
    parts = []
    for row in table.to_dict("records"):
        said = f"people {row['mean']:.1f} of 5" if row["n"] else "nobody rated it"
        growth = ", ".join(_growth_row(row)["note"].split("\n")).strip(", ")
        parts.append(f"{row['occupation']}: {said}, {growth}")
    return f"{title}. {'; '.join(parts)}."
