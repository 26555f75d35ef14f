"""Who led you to whom: a tree that reads from left to right, never a hairball."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room, shortened
from infonb.charts.theme import ACCENT, QUIET, WARM, finished, nothing
from infonb.english import a_few, count, first_capital, in_words

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_ROW = 26
_MOST = 40
_WORDS = 170
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
    >>> network(infonb.sample("example").findings()).to_dict()["title"]["text"][0]
    'Eight of 15 people were named to you by somebody you talked'
    """
    people = findings.network()
    if people.empty:
        return nothing("Nobody yet", "Start with friends, family, neighbors and coworkers.")
    shown = people.head(_MOST)
    rows = [
        {
            "person": row["person"], "steps": int(row["steps"]), "state": _state(row),
            "about": row["occupation"] if isinstance(row["occupation"], str) else "",
            "label": _label(row),
        }
        for row in shown.to_dict("records")
    ]  # fmt: skip
    step = {row["person"]: row["steps"] for row in rows}
    links = [
        {"person": row["person"], "from": row["referred_by"], "near": step[row["person"]],
         "far": step[row["referred_by"]]}
        for row in shown.to_dict("records")
        if isinstance(row["referred_by"], str) and row["referred_by"] in step
    ]  # fmt: skip

    def draw(room: Room) -> Any:
        order = list(step)
        across = min(room.pick(46, 28), (room.width - _WORDS) / max(1, max(step.values())))
        scale = alt.Scale(domain=[-0.3, room.width / across - 0.3], nice=False)
        return alt.layer(
            *_links(links, order, scale), *_people(rows, order, scale, across, room)
        ).properties(width=room.width, height=_ROW * len(order))

    title = _title(people)
    read = [
        "Filled: talked to. Diamond: a thank-you is owed. Ring: not talked to yet. "
        "Whom somebody named stands below them, to the right."
    ]
    if len(people) > _MOST:
        read.append(f"{len(people) - _MOST} more people are not shown.")
    return finished(draw, title, f"{title}. {_in_words(shown)}", read, label=0)


def _y(order: list[str], field: str = "person") -> alt.Y:
    return alt.Y(f"{field}:N", sort=order, scale=alt.Scale(domain=order), axis=None)


def _links(links: list[dict[str, Any]], order: list[str], scale: alt.Scale) -> list[Any]:
    link = chart_of(links)
    x = alt.X("far:Q", scale=scale, axis=None)
    down = link.mark_rule(color=QUIET, strokeWidth=1.2).encode(
        x=x, y=_y(order, "from"), y2="person:N"
    )
    across = link.mark_rule(color=QUIET, strokeWidth=1.2).encode(x=x, x2="near:Q", y=_y(order))
    return [down, across]


def _people(
    rows: list[dict[str, Any]], order: list[str], scale: alt.Scale, across: float, room: Room
) -> list[Any]:
    x = alt.X("steps:Q", scale=scale, axis=None)
    points = [
        chart_of([row for row in rows if row["state"] == state])
        .mark_point(size=90, opacity=1, strokeWidth=1.8, **look)
        .encode(x=x, y=_y(order), tooltip=["person:N", "about:N", "state:N"])
        for state, look in _STATES.items()
    ]
    fitting = [
        {**row, "label": _fitting(row, room.width - (row["steps"] + 0.3) * across - 11, room)}
        for row in rows
    ]
    label = (
        chart_of(fitting)
        .mark_text(align="left", dx=11)
        .encode(x=x, y=_y(order), text="label:N", tooltip=["person:N", "about:N", "state:N"])
    )
    return [*points, label]


def _fitting(row: dict[str, Any], width: float, room: Room) -> str:
    """The person and how you know them, or the person, or as much of the name as fits."""
    letters = room.characters(width)
    label = row["label"] if len(row["label"]) <= letters else row["person"]
    return shortened(label, letters)[0]


def _state(row: dict[str, Any]) -> str:
    if row["thank_you"] == "owed":
        return "thank-you owed"
    return "talked to" if row["interviewed"] else "not yet"


def _label(row: dict[str, Any]) -> str:
    source = row["source"] if isinstance(row["source"], str) and row["source"] != "other" else ""
    return f"{row['person']}" + (f" · {source}" if source and source != "referral" else "")


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
