"""Whether one more interview would still bring something new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room
from infonb.charts.rows import side_by_side
from infonb.charts.theme import ACCENT, QUIET, finished, nothing, panel_title
from infonb.english import a_few, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_STEPS = {"order": "order", "known": "known_skills", "new": "new_skills"}


_AXIS, _GAP, _WIDEST = 24, 18, 220


def saturation(findings: Findings) -> Any:
    """How many skills were known after each person, and how many the next may add.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.ConcatChart
        One panel per occupation: steps for what was heard, dashed for the estimate.

    Examples
    --------
    >>> saturation(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:18]
    'One more person ma'
    """
    brought = findings.saturation()
    brought = brought[brought.groupby("occupation")["known_skills"].transform("max") > 0]
    if brought.empty:
        return nothing("No skills yet", "Note the skills people name, and see them add up here.")
    most = float(brought["known_skills"].max() + brought["next_skills"].max()) * 1.06
    people = int(brought["order"].max()) + 1

    def draw(room: Room) -> Any:
        parts = list(brought.groupby("occupation", sort=False))
        columns = min(room.pick(4, 2), len(parts))
        gaps = _AXIS * columns + _GAP * (columns - 1)
        width = min((room.width - gaps) // columns, _WIDEST)
        panels = [
            _steps(part, most, people, width).properties(
                title=panel_title(str(occupation), width, 3), width=width, height=120
            )
            for occupation, part in parts
        ]
        return side_by_side(panels, columns, _AXIS + _GAP, 26).resolve_scale(
            x="independent", y="independent"
        )

    title = _title(brought)
    last = brought.groupby("occupation", sort=False).tail(1)
    told = "; ".join(
        f"{row['occupation']}: {row['known_skills']} skills from {row['order']} people, "
        f"{row['next_skills']:.1f} more expected"
        for row in last.to_dict("records")
    )
    return finished(
        draw, title, f"{title}. {told}.",
        "Solid: skills named so far, person by person. Dashed: what one more person may be "
        "expected to add. The same thing in other words counts as new until you confirm it.",
        label=0,
    )  # fmt: skip


def _steps(part: pd.DataFrame, most: float, people: int, width: int) -> Any:
    rows = [
        {
            "order": int(row["order"]),
            "known": int(row["known_skills"]),
            "new": int(row["new_skills"]),
        }
        for row in part.to_dict("records")
    ]
    last = part.iloc[-1]
    ahead = [
        {"order": int(last["order"]), "known": float(last["known_skills"])},
        {
            "order": int(last["order"]) + 1,
            "known": round(float(last["known_skills"] + last["next_skills"]), 3),
        },
    ]
    x = alt.X(
        "order:Q", scale=alt.Scale(domain=[0.6, people + 0.4], nice=False),
        axis=alt.Axis(
            values=list(range(1, people + 1, max(1, -(-people * 18 // width)))), format="d",
            title="people", grid=False,
        ),
    )  # fmt: skip
    y = alt.Y(
        "known:Q", scale=alt.Scale(domain=[0, most], nice=False),
        axis=alt.Axis(grid=True, format="d", tickCount=4, title=None),
    )  # fmt: skip
    heard = chart_of(rows)
    line = heard.mark_line(color=ACCENT, strokeWidth=2).encode(x=x, y=y)
    dots = heard.mark_circle(size=60 if people < 12 else 16, color=ACCENT, opacity=1).encode(
        x=x, y=y, tooltip=["order:Q", "known:Q", "new:Q"]
    )
    guess = (
        chart_of(ahead).mark_line(color=QUIET, strokeWidth=2, strokeDash=[4, 3]).encode(x=x, y=y)
    )
    return alt.layer(guess, line, dots)


def _title(brought: pd.DataFrame) -> str:
    last = brought.groupby("occupation", sort=False).tail(1)
    full = last[last["next_skills"].fillna(9) < 0.5]["occupation"].tolist()
    if full:
        return f"Hardly anything new to expect about {a_few(full)}"
    low, high = float(last["next_skills"].min()), float(last["next_skills"].max())
    reach = f"{low:.0f} to {high:.0f}" if round(low) != round(high) else f"about {high:.0f}"
    return first_capital(f"one more person may still name {reach} new skills")
