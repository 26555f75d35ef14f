"""Who led you to whom: a tree that reads from left to right, never a hairball."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, shortened
from infonb.charts.marks import Rows, Spec, layer, marks, nominal, quantity, scale
from infonb.charts.theme import ACCENT, QUIET, WARM
from infonb.findings.sentences import network_alt_text, network_hint, network_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_ROW = 26
_MOST = 40
_WORDS = 170
_STATES = {
    "talked to": {"filled": True, "color": ACCENT},
    "thank-you owed": {"filled": True, "color": WARM, "shape": "diamond"},
    "not yet": {"filled": False, "color": QUIET},
}


def network(findings: Findings) -> Chart:
    """Everybody you know of; whom they referred stands below them, one step to the right.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        Filled: talked to. Diamond: talked to, and a thank-you is owed. Ring: not talked to yet.

    Examples
    --------
    >>> network(infonb.sample("example").findings()).to_dict()["title"]["text"][0]
    'Eight of 15 people were named to you by one of the others'
    """
    people = findings.network()
    if people.empty:
        return nothing("Nobody yet", "Start with friends, family, neighbors and coworkers.")
    shown = to_records(people.head(_MOST))
    rows = [
        {
            "person": row["person"], "steps": row["steps"], "state": _state(row),
            "about": row["occupation"] or "", "label": _label(row),
        }
        for row in shown
    ]  # fmt: skip
    step = {row["person"]: row["steps"] for row in rows}
    links = [
        {"person": row["person"], "from": row["referred_by"], "near": step[row["person"]],
         "far": step[row["referred_by"]]}
        for row in shown
        if row["referred_by"] in step
    ]  # fmt: skip

    def draw(room: Room) -> Spec:
        order = list(step)
        across = min(room.pick(46, 28), (room.width - _WORDS) / max(1, max(step.values())))
        reach = scale(-0.3, room.width / across - 0.3)
        parts = [*_links(links, order, reach), *_people(rows, order, reach, across, room)]
        return layer(parts, room.width, _ROW * len(order))

    title = network_title(people)
    hint = network_hint(sorted({row["state"] for row in rows}), len(people) - len(rows))
    return finished(draw, title, f"{title}. {network_alt_text(shown)}", hint, label=0)


def _y(order: list[str], field: str = "person") -> Spec:
    return nominal(field, sort=order, scale={"domain": order}, axis=None)


def _links(links: Rows, order: list[str], reach: Spec) -> list[Spec]:
    x = quantity("far", scale=reach, axis=None)
    down = {"x": x, "y": _y(order, "from"), "y2": {"field": "person"}}
    across = {"x": x, "x2": {"field": "near"}, "y": _y(order)}
    return [marks(links, "rule", way, color=QUIET, strokeWidth=1.2) for way in (down, across)]


def _people(rows: Rows, order: list[str], reach: Spec, across: float, room: Room) -> list[Spec]:
    encoding = {
        "x": quantity("steps", scale=reach, axis=None), "y": _y(order),
        "tooltip": [nominal(field) for field in ("person", "about", "state")],
    }  # fmt: skip
    points = [
        marks(
            [row for row in rows if row["state"] == state], "point", encoding,
            size=90, opacity=1, strokeWidth=1.8, **look,
        )
        for state, look in _STATES.items()
    ]  # fmt: skip
    fitting = [
        {**row, "label": _fitting(row, room.width - (row["steps"] + 0.3) * across - 11, room)}
        for row in rows
    ]
    label = marks(fitting, "text", {**encoding, "text": nominal("label")}, align="left", dx=11)
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
    known = row["source"] not in (None, "", "other", "referral")
    return f"{row['person']} · {row['source']}" if known else row["person"]
