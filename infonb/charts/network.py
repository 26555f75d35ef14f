"""Who led you to whom: a tree that reads from left to right, never a hairball."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, QUIET, WARM, finished, nothing
from infonb.findings.words import a_few, count, first_capital, in_words

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_ROW = 26
_STEP = 46
_STATES = {
    "talked to": {"filled": True, "color": ACCENT},
    "thank-you owed": {"filled": True, "color": WARM, "shape": "diamond"},
    "not yet": {"filled": False, "color": QUIET},
}


def network(findings: Findings) -> Any:
    """Everybody you know of; whom they referred stands below them, one step to the right.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.LayerChart
        Filled: talked to. Diamond: talked to, and a thank-you is owed. Ring: not talked to yet.

    Examples
    --------
    >>> network(infonb.sample("example").findings()).to_dict()["title"]["text"]
    ['Eight of 15 people were named to you by somebody you talked to']
    """
    people = findings.network()
    if people.empty:
        return nothing("Nobody yet", "Start with friends, family, neighbors and coworkers.")
    order = people["person"].tolist()
    rows = [
        {
            "person": row["person"], "steps": int(row["steps"]), "state": _state(row),
            "about": row["occupation"] if isinstance(row["occupation"], str) else "",
            "label": _label(row),
        }
        for row in people.to_dict("records")
    ]  # fmt: skip
    step = {row["person"]: row["steps"] for row in rows}
    links = [
        {"person": row["person"], "from": row["referred_by"], "near": step[row["person"]],
         "far": step[row["referred_by"]]}
        for row in people.to_dict("records")
        if isinstance(row["referred_by"], str)
    ]  # fmt: skip
    deepest = max(step.values())
    width = _STEP * deepest + 420
    x_scale = alt.Scale(domain=[-0.3, width / _STEP], nice=False)
    y_scale = alt.Scale(domain=order)

    def y(field: str = "person") -> alt.Y:
        return alt.Y(f"{field}:N", sort=order, scale=y_scale, axis=None)

    link = alt.Chart(alt.InlineData(values=links))
    down = link.mark_rule(color=QUIET, strokeWidth=1.2).encode(
        x=alt.X("far:Q", scale=x_scale, axis=None), y=y("from"), y2="person:N"
    )
    across = link.mark_rule(color=QUIET, strokeWidth=1.2).encode(
        x=alt.X("far:Q", scale=x_scale, axis=None), x2="near:Q", y=y()
    )
    points = [
        alt.Chart(alt.InlineData(values=[row for row in rows if row["state"] == state]))
        .mark_point(size=90, opacity=1, strokeWidth=1.8, **look)
        .encode(
            x=alt.X("steps:Q", scale=x_scale, axis=None), y=y(),
            tooltip=["person:N", "about:N", "state:N"],
        )
        for state, look in _STATES.items()
    ]  # fmt: skip
    label = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(align="left", dx=11, fontSize=12)
        .encode(x=alt.X("steps:Q", scale=x_scale, axis=None), y=y(), text="label:N")
    )
    chart = alt.layer(down, across, *points, label).properties(
        width=width, height=_ROW * len(order)
    )
    title = _title(people)
    return finished(
        chart, title, f"{title}. {_in_words(people)}",
        "Filled: talked to. Diamond: a thank-you is owed. Ring: not talked to yet. "
        "Whom somebody named stands below them, to the right.",
    )  # fmt: skip


def _state(row: dict[str, Any]) -> str:
    if row["thank_you"] == "owed":
        return "thank-you owed"
    return "talked to" if row["interviewed"] else "not yet"


def _label(row: dict[str, Any]) -> str:
    source = row["source"] if isinstance(row["source"], str) and row["source"] != "other" else ""
    return f"{row['person']}" + (f"  ·  {source}" if source and source != "referral" else "")


def _title(people: pd.DataFrame) -> str:
    named = int(people["referred_by"].notna().sum())
    owed = people.loc[people["thank_you"] == "owed", "person"].tolist()
    total = count(len(people), "person", "people")
    told = (
        f"{first_capital(in_words(named))} of {total} "
        f"{'was' if named == 1 else 'were'} named to you by somebody you talked to"
        if named
        else f"{first_capital(total)}, nobody named by another: ask who else might talk to you"
    )
    return f"{told}; a thank-you is owed to {a_few(owed)}" if owed else told


def _in_words(people: pd.DataFrame) -> str:
    parts = [
        f"{row['person']} named by {row['referred_by']}"
        for row in people.to_dict("records")
        if isinstance(row["referred_by"], str)
    ]
    return "; ".join(parts) + "." if parts else "Nobody was named by another."
