"""Whether one more interview would still bring something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, panel_title, side_by_side
from infonb.charts.marks import Rows, Spec, layer, marks, quantity, scale
from infonb.charts.theme import ACCENT, QUIET
from infonb.findings.sentences import SATURATION_HINT, saturation_alt_text, saturation_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings


_AXIS, _GAP, _WIDEST = 24, 18, 220


def saturation(findings: Findings) -> Chart:
    """How many skills were known after each person, and how many the next may add.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        One panel per occupation: steps for what was heard, dashed for the estimate.

    Examples
    --------
    >>> saturation(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:18]
    'One more person ma'
    """
    brought = findings.saturation()
    brought = brought[brought["known_skills"].notna()]
    brought = brought.assign(order=brought.groupby("occupation").cumcount() + 1)
    if brought.empty:
        return nothing("No skills yet", "Note the skills people name, and see them add up here.")
    parts: dict[str, Rows] = {}
    for row in to_records(brought):
        parts.setdefault(row["occupation"], []).append(row)
    most = float(brought["known_skills"].max() + brought["next_skills"].max()) * 1.06
    people = int(brought["order"].max()) + 1

    def draw(room: Room) -> Spec:
        columns = min(room.pick(4, 2), len(parts))
        gaps = _AXIS * columns + _GAP * (columns - 1)
        width = min((room.width - gaps) // columns, _WIDEST)
        panels = [
            layer(_steps(part, most, people, width), width, 120, panel_title(name, width, 3))
            for name, part in parts.items()
        ]
        return side_by_side(panels, columns, _AXIS + _GAP, 26, independent=("x",))

    title = saturation_title(brought)
    words = f"{title}. {saturation_alt_text(brought)}"
    return finished(draw, title, words, SATURATION_HINT, label=0)


def _steps(part: Rows, most: float, people: int, width: int) -> list[Spec]:
    known = [
        {"order": row["order"], "known": row["known_skills"], "new": row["new_skills"]}
        for row in part
    ]
    last = part[-1]
    expected = round(last["known_skills"] + (last["next_skills"] or 0.0), 3)
    ahead = [
        {"order": last["order"], "known": float(last["known_skills"])},
        {"order": last["order"] + 1, "known": expected},
    ]
    every = max(1, -(-people * 18 // width))
    across = {
        "values": list(range(1, people + 1, every)), "format": "d", "title": "people", "grid": False
    }  # fmt: skip
    up = {"grid": True, "format": "d", "tickCount": 4, "title": None}
    place = {
        "x": quantity("order", scale=scale(0.6, people + 0.4), axis=across),
        "y": quantity("known", scale=scale(0, most), axis=up),
    }
    tips = {"tooltip": [quantity("order"), quantity("known"), quantity("new")]}
    size = 60 if people < 12 else 16
    return [
        marks(ahead, "line", place, color=QUIET, strokeWidth=2, strokeDash=[4, 3]),
        marks(known, "line", place, color=ACCENT, strokeWidth=2),
        marks(known, "circle", place | tips, size=size, color=ACCENT, opacity=1),
    ]
