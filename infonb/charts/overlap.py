"""How much two occupations have in common, beside how much people inside one have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, QUIET, finished, nothing
from infonb.findings.words import count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_MOST = 12


def overlap(findings: Findings) -> Any:
    """Pairs of occupations by the skills they share; the pairs that share most come first.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.LayerChart
        Dot: what two people from the two occupations share on average. Bar: what two people
        inside one occupation share, to compare with.

    Examples
    --------
    >>> overlap(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:22]
    'Occupational therapist'
    """
    pairs = findings.skill_overlap()
    if pairs.empty:
        return nothing("No overlap yet", "Note skills for two occupations, and compare them here.")
    ordered = pairs.sort_values(["shared", "between"], ascending=False, kind="stable").head(_MOST)
    rows = [
        {
            "pair": f"{row['occupation_a']} – {row['occupation_b']}",
            "between": _number(row["between"]), "within": _number(row["within"]), "zero": 0.0,
            "label": f"{count(int(row['shared']), 'skill')} shared",
        }
        for row in ordered.to_dict("records")
    ]  # fmt: skip
    order = [row["pair"] for row in rows]
    reach = max([0.2, *(r["between"] for r in rows), *(r["within"] for r in rows)])
    scale = alt.Scale(domain=[0, reach * 1.6], nice=False)
    axis = alt.Axis(format="%", title="of the shorter list, mean over pairs of people",
                    values=[0, round(reach / 2, 2), round(reach, 2)])  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "pair:N", sort=order, scale=alt.Scale(domain=order),
            axis=alt.Axis(title=None, labelLimit=330),
        )
    )  # fmt: skip
    within = base.mark_bar(height=14, color=QUIET, opacity=0.35).encode(
        x=alt.X("zero:Q", scale=scale, axis=axis), x2="within:Q",
        tooltip=["pair:N", "between:Q", "within:Q"],
    )  # fmt: skip
    between = base.mark_circle(size=80, color=ACCENT, opacity=1).encode(
        x=alt.X("between:Q", scale=scale), tooltip=["pair:N", "between:Q", "within:Q"]
    )
    label = base.mark_text(align="left", dx=10, fontSize=12).encode(
        x=alt.X("between:Q", scale=scale), text="label:N"
    )
    chart = alt.layer(within, between, label).properties(width=320, height=28 * len(rows))
    title = _title(ordered)
    return finished(
        chart, title, f"{title}. {' '.join(ordered['sentence'])}",
        "Dot: what two people of the two occupations share. Bar: what two people of one occupation "
        "share. With three people each, look at the skills themselves.",
        84,
    )  # fmt: skip


def _number(value: Any) -> float:
    return 0.0 if value is None or value != value else round(float(value), 4)


def _title(pairs: pd.DataFrame) -> str:
    best = pairs.iloc[0]
    if best["shared"] == 0:
        return "No two occupations share a skill yet"
    shared = count(int(best["shared"]), "skill")
    return first_capital(f"{best['occupation_a']} and {best['occupation_b']} share most: {shared}")
