"""The outlook: what people said beside what the official projections say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.dots import ROW, strip
from infonb.charts.ratings import ends
from infonb.charts.theme import ACCENT, WARM, finished, nothing, panel_title
from infonb.findings.words import a_few

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings


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
    left = alt.layer(
        strip(said, table[table["n"] > 0], order, ends(findings, "outlook"), width=270),
        _diamonds(table, order),
    ).properties(title=panel_title("What they said, and the projection (diamond)"), width=270,
                 height=ROW * len(order))  # fmt: skip
    period = next(iter(table["period"].dropna()), "")
    right = _growth(table, order, period)
    chart = alt.hconcat(left, right, spacing=26).resolve_scale(y="independent")
    title = _title(table)
    source = next(iter(table["source"].dropna()), None)
    read = [
        "Dots, tick and band: the people you asked. Diamond: the official projection, put on the "
        "same scale by infonb."
    ]
    if source:
        read.append(f"Figures: {source}.")
    return finished(chart, title, _in_words(title, table), read)


def _diamonds(table: pd.DataFrame, order: list[str]) -> alt.Chart:
    known = table[table["official_score"].notna()]
    rows = [
        {"occupation": r["occupation"], "score": float(r["official_score"]),
         "class": r["official_class"], "growth": float(r["growth_pct"])}
        for r in known.to_dict("records")
    ]  # fmt: skip
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_point(shape="diamond", size=95, filled=False, strokeWidth=2, stroke=WARM, opacity=1)
        .encode(
            x=alt.X("score:Q"),
            y=alt.Y("occupation:N", sort=order, scale=alt.Scale(domain=order)),
            tooltip=["occupation:N", "class:N", "growth:Q"],
        )
    )


def _growth(table: pd.DataFrame, order: list[str], period: str) -> Any:
    rows = [_growth_row(row) for row in table.to_dict("records")]
    low = min(0.0, min(row["growth"] for row in rows))
    high = max(1.0, max(row["growth"] for row in rows))
    reach = high - low
    scale = alt.Scale(domain=[low - 0.04 * reach, high + 0.75 * reach], nice=False)
    y = alt.Y("occupation:N", sort=order, scale=alt.Scale(domain=order), axis=None)
    base = alt.Chart(alt.InlineData(values=rows)).encode(y=y)
    title = f"change {period}, %" if period else None
    ticks = [0] if reach < 10 else sorted({0, round(high / 10) * 10})
    bar = base.mark_bar(height=14, color=ACCENT).encode(
        x=alt.X("zero:Q", scale=scale, axis=alt.Axis(title=title, values=ticks, format="d")),
        x2="growth:Q",
        tooltip=["occupation:N", "growth:Q", "note:N"],
    )
    label = base.mark_text(align="left", dx=6, fontSize=12).encode(
        x=alt.X("edge:Q", scale=scale), text="note:N"
    )
    return alt.layer(bar, label).properties(
        width=280, height=ROW * len(order), title=panel_title("Projected change of employment")
    )


def _growth_row(row: dict[str, Any]) -> dict[str, Any]:
    growth = row["growth_pct"]
    if growth is None or growth != growth or str(growth) == "<NA>":
        return {"occupation": row["occupation"], "growth": 0.0, "edge": 0.0, "zero": 0.0,
                "note": _unknown(row)}  # fmt: skip
    openings = row["openings_k"]
    shown = f", {openings:,.1f} k openings a year" if openings == openings else ""
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
        growth = _growth_row(row)["note"]
        parts.append(f"{row['occupation']}: {said}, {growth}")
    return f"{title}. {'; '.join(parts)}."
