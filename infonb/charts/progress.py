"""How one gets better at it: confidence before and after, and one's own conduct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout, panel_title
from infonb.charts.marks import Rows, Spec, layer, marks, nominal, quantity, scale
from infonb.charts.theme import ACCENT, ON_MARK, QUIET, TINY, WARM
from infonb.findings.sentences import progress_alt_text, progress_hint, progress_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings


_COLOURS = {"yes": ACCENT, "partly": QUIET, "no": WARM}
_LEFT, _GAP, _AXIS = 300, 26, 22
_ROW, _LABEL = 22, 210
_MOST = 40
"""How many interviews are shown, the latest."""


def progress(findings: Findings) -> Chart:
    """Left: confidence before and after each interview. Right: how often each rule was kept.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        Interviews in order of time; checklist items with the weakest first.

    Examples
    --------
    >>> progress(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:24]
    'Your confidence went up '
    """
    felt = findings.confidence()
    left_out = max(0, len(felt) - _MOST)
    felt = felt.iloc[left_out:]
    felt = felt[felt["before"].notna() | felt["after"].notna()]
    judged = findings.conduct()
    if felt.empty and judged.empty:
        return nothing(
            "No progress noted yet", "Note your confidence before and after, and how it went."
        )
    feelings, items = to_records(felt), to_records(judged)

    def draw(room: Room) -> Spec:
        alone = felt.empty or judged.empty or room.narrow
        left = room.width if alone else _LEFT
        parts = [_felt(feelings, left - _AXIS)] if feelings else []
        if items:
            rest = room.width - (_AXIS if alone else left + _GAP)
            parts.append(_judged(items, Room(rest, room.narrow)))
        if len(parts) == 1:
            return parts[0]
        together = (
            {"vconcat": parts, "spacing": 30} if alone else {"hconcat": parts, "spacing": _GAP}
        )
        return {**together, "resolve": {"scale": {"x": "independent", "y": "independent"}}}

    title = progress_title(felt, judged)
    return finished(
        draw, title, f"{title}. {progress_alt_text(felt, judged)}",
        progress_hint(felt, judged, _MOST if left_out else None), 0 if feelings else _LABEL,
    )  # fmt: skip


def _felt(feelings: Rows, width: int) -> Spec:
    first, last = feelings[0]["order"], feelings[-1]["order"]
    points = [
        {
            "order": row["order"], "when": when, "confidence": row[when],
            "occupation": row["occupation"],
        }
        for row in feelings
        for when in ("before", "after")
        if row[when] is not None
    ]  # fmt: skip
    lines = [
        {key: row[key] for key in ("order", "before", "after")}
        for row in feelings
        if row["change"] is not None
    ]
    wide = 8 + 7 * len(str(last))  # pixels that a number needs
    every = max(1, -(-(last - first + 1) * wide // width))
    across = {
        "values": list(range(first, last + 1, every)), "format": "d", "grid": False,
        "title": "interview",
    }  # fmt: skip
    up = {"values": [1, 2, 3, 4, 5], "format": "d", "grid": True, "title": None}
    x = quantity("order", scale=scale(first - 0.5, last + 0.5), axis=across)
    y = {"scale": scale(0.7, 5.3, zero=False), "axis": up}
    tips = [nominal("occupation"), nominal("when"), quantity("confidence")]
    layers = [
        marks(
            lines, "rule", {"x": x, "y": quantity("before", **y), "y2": {"field": "after"}},
            color=ACCENT, strokeWidth=2,
        )
    ] + [
        marks(
            [row for row in points if row["when"] == when], "point",
            {"x": x, "y": quantity("confidence", **y), "tooltip": tips},
            size=64, filled=True, opacity=1, shape=shape, color=colour,
        )
        for when, shape, colour in (("before", "circle", QUIET), ("after", "diamond", ACCENT))
    ]  # fmt: skip
    return layer(layers, width, 190, panel_title("Confidence, interview by interview", width))


def _judged(items: Rows, room: Room) -> Spec:
    rows = RowLayout("text", [item["text"] for item in items], room, _ROW, label=_LABEL)
    most = max(item["interviews"] for item in items)
    axis = {"title": "interviews", "values": [0, most], "format": "d"}
    parts = _parts(items, rows.width, most)
    layers: list[Spec] = []
    for answer, colour in _COLOURS.items():
        some = [part for part in parts if part["answer"] == answer]
        place = {"x": quantity("start", scale=scale(0, most), axis=axis), "y": rows.y()}
        tips = [nominal("text"), nominal("answer"), quantity("count")]
        layers += [
            marks(some, "bar", place | {"x2": {"field": "end"}, "tooltip": tips},
                  height=17, color=colour),
            marks(some, "text", place | {"text": nominal("fits")},
                  align="left", dx=4, color=ON_MARK, fontSize=TINY),
        ]  # fmt: skip
    return rows.panel(*layers, title="Your conduct")


def _parts(items: Rows, width: int, most: int) -> Rows:
    """A part of a bar per rule and answer, with the word it has room for."""
    parts = []
    for item in items:
        start = 0
        for answer in _COLOURS:
            if item[answer]:
                fits = width * item[answer] / most > 8 * len(answer) + 6
                parts.append(
                    {
                        "text": item["text"], "answer": answer, "start": start,
                        "end": start + item[answer], "count": item[answer],
                        "fits": answer if fits else "",
                    }
                )  # fmt: skip
                start += item[answer]
    return parts
