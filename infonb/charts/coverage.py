"""How far each occupation is covered: three people are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, SOFT, finished, nothing
from infonb.findings.words import a_few, count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_STATES: dict[str, dict[str, Any]] = {
    "talked to": {"filled": True, "fill": ACCENT},
    "planned": {"filled": False},
    "still to find": {"filled": False, "strokeDash": [2, 2.5], "strokeOpacity": 0.6},
}


def coverage(findings: Findings) -> Any:
    """Who was talked to, who is planned, who is missing, per occupation.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.LayerChart
        One place per person: filled where talked to, ringed where planned, dotted where missing.

    Examples
    --------
    >>> coverage(infonb.sample().findings()).to_dict()["title"]["text"]
    ['All seven occupations have three people or more']
    """
    covered = findings.coverage()
    if covered.empty:
        return nothing(
            "No occupations yet", "Add one you would really pursue, and it appears here."
        )
    order = covered["occupation"].tolist()
    places = [place for _, row in covered.iterrows() for place in _places(row)]
    most = max(place["place"] for place in places)
    y = alt.Y("occupation:N", sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(title=None))
    x = alt.X("place:Q", scale=alt.Scale(domain=[0.4, most + 0.6], nice=False), axis=None)
    people = [
        alt.Chart(alt.InlineData(values=[p for p in places if p["state"] == state]))
        .mark_point(size=190, strokeWidth=1.6, stroke=ACCENT, opacity=1, **look)
        .encode(x=x, y=y, tooltip=["occupation:N", "state:N"])
        for state, look in _STATES.items()
    ]
    notes = [
        {"occupation": row["occupation"], "note": _note(row), "end": most + 0.6}
        for _, row in covered.iterrows()
    ]
    words = (
        alt.Chart(alt.InlineData(values=notes))
        .mark_text(align="left", dx=10, fontSize=12, opacity=SOFT)
        .encode(x=alt.X("end:Q"), y=y, text="note:N")
    )
    chart = alt.layer(*people, words).properties(width=34 * most, height=30 * len(order))
    title = _title(covered)
    told = "; ".join(f"{row['occupation']}: {_spoken(row)}" for _, row in covered.iterrows())
    return finished(
        chart, title, f"{title}. {told}.",
        "Filled: talked to. Ring: planned. Dotted: still to find, up to three people.",
    )  # fmt: skip


def _places(row: pd.Series) -> list[dict[str, Any]]:
    held, planned = int(row["interviews"]), int(row["planned"])
    missing = max(0, int(row["wanted"]) - held - planned)
    done, ahead, wanted = _STATES
    states = [done] * held + [ahead] * planned + [wanted] * missing
    return [
        {"occupation": row["occupation"], "place": place, "state": state}
        for place, state in enumerate(states, start=1)
    ]


def _note(row: pd.Series) -> str:
    return f"{first_capital(count(int(row['questions']), 'question'))} answered"


def _spoken(row: pd.Series) -> str:
    planned = f", {count(int(row['planned']), 'planned', 'planned')}" if row["planned"] else ""
    return f"{count(int(row['interviews']), 'person', 'people')} talked to{planned}"


def _title(covered: pd.DataFrame) -> str:
    short = covered[covered["interviews"] < covered["wanted"]]
    total = len(covered)
    if short.empty:
        subject = (
            "The one occupation has" if total == 1 else f"All {count(total, 'occupation')} have"
        )
        return f"{subject} three people or more"
    nobody = short[short["interviews"] == 0]["occupation"].tolist()
    if nobody and len(nobody) < total:
        return f"Nobody was asked yet about {a_few(nobody)}"
    missing = int((short["wanted"] - short["interviews"]).sum())
    return (
        f"{first_capital(count(missing, 'interview'))} to go: {a_few(short['occupation'].tolist())}"
    )
