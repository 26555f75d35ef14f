"""What became of asking: a mark per request, by how the people are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout
from infonb.charts.marks import Spec, marks, nominal, quantity, scale
from infonb.charts.theme import ACCENT
from infonb.findings.sentences import (
    OUTREACH_HINT,
    outreach_alt_text,
    outreach_note,
    outreach_title,
    source_words,
)
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_STATES: dict[str, dict[str, Any]] = {
    "agreed": {"filled": True, "fill": ACCENT},
    "not agreed in ten days": {"filled": False},
    "too early to count": {"filled": False, "strokeDash": [2, 2.5], "strokeOpacity": 0.6},
}
_ROW, _STEP, _NOTE = 26, 30, 250


def outreach(findings: Findings) -> Chart:
    """Who agreed to a talk, by how you know of them; silence counts from the tenth day.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        One mark per person asked: filled where they agreed within ten days, a ring where they
        didn't, dotted where it is too early to count.

    Examples
    --------
    >>> with infonb.sample("published") as journal:
    ...     _ = journal.record_contact(journal.people()[0], "asked", at="2020-03-01")
    ...     outreach(journal.findings()).to_dict()["title"]["text"]
    ['None of one person you asked agreed within ten days']
    """
    table = findings.outreach()
    if table.empty:
        return nothing(
            "Nobody was asked yet", "Copy a message in Prepare, and whom you asked is noted."
        )
    told = [{**row, "group": source_words(row["source"])} for row in to_records(table)]
    places = [place for row in told for place in _places(row)]
    most = max(place["place"] for place in places)

    def draw(room: Room) -> Spec:
        notes = {row["group"]: outreach_note(row, room.narrow) for row in told}
        rows = RowLayout("group", list(notes), room, _ROW, notes=notes)
        step = min(_STEP, (rows.width - room.pick(_NOTE, 0)) / most)
        x = quantity("place", scale=scale(0.5, most + 0.5, range=[0, step * most]), axis=None)
        encoding = {"x": x, "y": rows.y(), "tooltip": [nominal("group"), nominal("state")]}
        people = [
            marks(
                [place for place in places if place["state"] == state], "point", encoding,
                size=min(150.0, (0.8 * step) ** 2), strokeWidth=1.6, stroke=ACCENT, opacity=1,
                **look,
            )
            for state, look in _STATES.items()
        ]  # fmt: skip
        return rows.panel(*people, width=round(step * most))

    title = outreach_title(told)
    return finished(draw, title, f"{title}. {outreach_alt_text(told)}", OUTREACH_HINT)


def _places(row: dict[str, Any]) -> list[dict[str, Any]]:
    counts = row["agreed"], row["counted"] - row["agreed"], row["asked"] - row["counted"]
    states = [state for state, n in zip(_STATES, counts, strict=True) for _ in range(n)]
    return [
        {"group": row["group"], "place": place, "state": state}
        for place, state in enumerate(states, start=1)
    ]
