"""How far each occupation is covered: three people are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout
from infonb.charts.theme import ACCENT, finished, nothing
from infonb.english import a_few, count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_STATES: dict[str, dict[str, Any]] = {
    "talked to": {"filled": True, "fill": ACCENT},
    "planned": {"filled": False},
    "still to find": {"filled": False, "strokeDash": [2, 2.5], "strokeOpacity": 0.6},
}


_ROW = 26
_STEP = 34
_NOTE = 170


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

    def draw(room: Room) -> Any:
        answered = room.pick(" answered", "")
        notes = {row["occupation"]: _note(row) + answered for _, row in covered.iterrows()}
        rows = RowLayout("occupation", order, room, _ROW, notes=notes)
        places = [place for _, row in covered.iterrows() for place in _places(row)]
        most = max(place["place"] for place in places)
        width = rows.width - room.pick(_NOTE, 0)
        step = min(_STEP, width / most)
        scale = alt.Scale(domain=[0.5, most + 0.5], range=[0, step * most], nice=False)
        size = min(190.0, (0.8 * step) ** 2)
        people = [
            chart_of([place for place in places if place["state"] == state])
            .mark_point(size=size, strokeWidth=1.6, stroke=ACCENT, opacity=1, **look)
            .encode(
                x=alt.X("place:Q", scale=scale, axis=None), y=rows.y(),
                tooltip=["occupation:N", "state:N"],
            )
            for state, look in _STATES.items()
        ]  # fmt: skip
        return alt.layer(*people, *rows.names(round(step * most))).properties(
            width=round(step * most), height=rows.height
        )

    title = _title(covered)
    told = "; ".join(f"{row['occupation']}: {_spoken(row)}" for _, row in covered.iterrows())
    return finished(
        draw, title, f"{title}. {told}.",
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
    return f"{first_capital(count(int(row['questions']), 'question'))}"


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
