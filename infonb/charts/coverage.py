"""How far each occupation is covered: three people are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout
from infonb.charts.marks import Spec, marks, nominal, quantity, scale
from infonb.charts.theme import ACCENT
from infonb.english import count, first_capital
from infonb.findings.sentences import COVERAGE_HINT, coverage_alt_text, coverage_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_STATES: dict[str, dict[str, Any]] = {
    "talked to": {"filled": True, "fill": ACCENT},
    "planned": {"filled": False},
    "still to find": {"filled": False, "strokeDash": [2, 2.5], "strokeOpacity": 0.6},
}


_ROW = 26
_STEP = 34
_NOTE = 170


def coverage(findings: Findings) -> Chart:
    """Who was talked to, who is planned, who is missing, per occupation.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
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
    told = to_records(covered)
    order = [row["occupation"] for row in told]
    places = [place for row in told for place in _places(row)]
    most = max(place["place"] for place in places)

    def draw(room: Room) -> Spec:
        answered = room.pick(" answered", "")
        notes = {row["occupation"]: _note(row) + answered for row in told}
        rows = RowLayout("occupation", order, room, _ROW, notes=notes)
        step = min(_STEP, (rows.width - room.pick(_NOTE, 0)) / most)
        x = quantity("place", scale=scale(0.5, most + 0.5, range=[0, step * most]), axis=None)
        encoding = {"x": x, "y": rows.y(), "tooltip": [nominal("occupation"), nominal("state")]}
        people = [
            marks(
                [place for place in places if place["state"] == state], "point", encoding,
                size=min(190.0, (0.8 * step) ** 2), strokeWidth=1.6, stroke=ACCENT, opacity=1,
                **look,
            )
            for state, look in _STATES.items()
        ]  # fmt: skip
        return rows.panel(*people, width=round(step * most))

    title = coverage_title(covered)
    return finished(draw, title, f"{title}. {coverage_alt_text(covered)}", COVERAGE_HINT)


def _note(row: dict[str, Any]) -> str:
    return first_capital(count(row["questions"], "question"))


def _places(row: dict[str, Any]) -> list[dict[str, Any]]:
    held, planned = row["interviews"], row["planned"]
    missing = max(0, row["wanted"] - held - planned)
    done, ahead, wanted = _STATES
    states = [done] * held + [ahead] * planned + [wanted] * missing
    return [
        {"occupation": row["occupation"], "place": place, "state": state}
        for place, state in enumerate(states, start=1)
    ]
