"""Which occupation comes first how often, and on whose word: one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout, panel_title, side_by_side
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, scale
from infonb.charts.theme import ACCENT, BAND_OPACITY
from infonb.findings.sentences import (
    central_weights_alt_text,
    central_weights_hint,
    central_weights_title,
    decision_alt_text,
    decision_hint,
)
from infonb.findings.verdict import NOTHING_TO_COMPARE, of_100
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Decision, Findings

_ROW = 30
_GAP = 24
_LABEL = 66
_LEAN_ROW, _LEAN_GAP, _LEAN_LABEL, _MOST = 22, 14, 120, 5
_SHADES = (1.0, 0.45, 0.22, 0.1)
"""How solid the bars of rank 1, 2, 3 and all later ones are."""


def decision(findings: Findings, decided: Decision | None = None) -> Chart:
    """Left: how well each occupation fits, with its band. Right: how often it comes first.

    Parameters
    ----------
    findings : Findings
    decided : Decision, optional
        From ``findings.decide(…)`` with other importances; by default with those you stored.

    Returns
    -------
    Chart
        The title says whether something leads; the subtitle what would change it. Occupations
        without interviews stay in the picture as "no one asked yet".

    Examples
    --------
    >>> decision(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:30]
    'Nothing leads yet'
    """
    result = decided or findings.decide()
    ranking = result.ranking
    if result.verdict == NOTHING_TO_COMPARE:
        return nothing(result.headline(), result.explanation())
    order = ranking["occupation"].tolist()
    told = [_row(row) for row in to_records(ranking)]

    def draw(room: Room) -> Spec:
        rows = RowLayout("occupation", order, room, _ROW)
        half = (rows.width - _GAP) // 2
        return side_by_side([_fits(told, rows, half), _shares(result, told, rows, half)], 2, _GAP)

    return finished(draw, result.headline(), decision_alt_text(result), decision_hint(result))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    base = {"occupation": row["occupation"], "interviews": row["interviews"]}
    if row["fit"] is None:
        return {**base, "label": row["note"], "total": 0.0}
    numbers = {key: round(row[key], 3) for key in ("fit", "low", "high")}
    return {**base, **numbers, "total": 100.0, "label": f"first in {of_100(row['first'])}"}


def _fits(told: Rows, rows: RowLayout, width: int) -> Spec:
    known, y, reach = [row for row in told if "fit" in row], rows.y(), scale(0, 100)
    axis = {"values": rows.room.pick([0, 25, 50, 75, 100], [0, 50, 100]), "title": "of 100"}
    tips = [
        nominal("occupation"), quantity("fit", title="Fit, 0 to 100", format=".0f"),
        quantity("low", format=".0f"), quantity("high", format=".0f"), quantity("interviews"),
    ]  # fmt: skip
    band = marks(
        known, "bar",
        {"x": quantity("low", scale=reach, axis=axis), "x2": {"field": "high"}, "y": y,
         "tooltip": tips},
        height=18, cornerRadius=9, color=ACCENT, opacity=BAND_OPACITY,
    )  # fmt: skip
    tick = marks(
        known, "tick", {"x": quantity("fit", scale=reach), "y": y, "tooltip": tips},
        thickness=3, height=24, width=3, orient="vertical", color=ACCENT, opacity=1,
    )  # fmt: skip
    return rows.panel(band, tick, width=width, title="How well it fits")


def _shares(result: Decision, told: Rows, rows: RowLayout, width: int) -> Spec:
    reach = scale(0, 100 / (1 - _LABEL / width))
    said = "of 100 ways to read your notes"
    title = rows.room.pick(said, ["of 100 ways", "to read your notes"])
    axis = {"values": [0, 50, 100], "format": "d", "title": title}
    shade = quantity("shade", scale={"domain": [0, 1], "range": [0, 1]}, legend=None)
    bar = marks(
        _stacked(result), "bar",
        {"x": quantity("start", scale=reach, axis=axis), "x2": {"field": "end"}, "y": rows.y(),
         "opacity": shade,
         "tooltip": [nominal("occupation"), quantity("rank"), quantity("share", format=".0%")]},
        height=18, color=ACCENT,
    )  # fmt: skip
    label = marks(
        [{**row, "edge": row["total"]} for row in told], "text",
        {"x": quantity("edge", scale=reach), "y": rows.y(), "text": nominal("label")},
        align="left", dx=6,
    )  # fmt: skip
    return rows.panel(bar, label, width=width, title="How often it comes first", names=False)


def _stacked(result: Decision) -> list[dict[str, Any]]:
    """A part of a bar per occupation and rank."""
    parts: list[dict[str, Any]] = []
    for occupation, ranks in result.rank_shares.groupby("occupation", sort=False):
        start = 0.0
        for row in ranks.to_dict("records"):
            end = start + float(row["share"])
            parts.append(
                {
                    "occupation": occupation, "rank": int(row["rank"]),
                    "start": round(100 * start, 2), "end": round(100 * end, 2),
                    "share": round(float(row["share"]), 4),
                    "shade": _SHADES[min(int(row["rank"]), len(_SHADES)) - 1],
                }
            )  # fmt: skip
            start = end
    return parts


def central_weights(findings: Findings, decided: Decision | None = None) -> Chart:
    """What each occupation needs you to care about: the importances under which it comes first.

    Parameters
    ----------
    findings : Findings
    decided : Decision, optional
        From ``findings.decide(…)``; by default with the importances you stored.

    Returns
    -------
    Chart
        One row per question, one dot per occupation, the line at what you stated.

    Examples
    --------
    >>> central_weights(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:20]
    'Physical therapist a'
    """
    result = decided or findings.decide()
    central = result.central_weights
    central = central[central["weight"].notna()]
    if central["question"].nunique() < 2 or central["occupation"].nunique() < 2:
        return nothing(
            "Nothing to weigh yet",
            "Rate at least two questions in two occupations, and say how much they matter to you.",
        )
    rows = _leanings(findings, result)
    order = [findings.questions[key].short for key in result.importance]
    everywhere = list(dict.fromkeys(row["occupation"] for row in rows))
    occupations = everywhere[:_MOST]
    rows = [row for row in rows if row["occupation"] in occupations]
    reach = max(1.0, max(abs(row["lean"]) for row in rows)) * 1.15

    def draw(room: Room) -> Spec:
        lines = RowLayout("question", order, room, _LEAN_ROW, label=_LEAN_LABEL)
        columns = min(len(occupations), room.pick(_MOST, 2 if len(occupations) in (2, 4) else 3))
        width = (lines.width - _LEAN_GAP * (columns - 1)) // columns
        panels = [
            _leaning(
                [row for row in rows if row["occupation"] == occupation], lines, reach, width,
                panel_title(occupation, width, 3), names=number % columns == 0,
            )
            for number, occupation in enumerate(occupations)
        ]  # fmt: skip
        return side_by_side(panels, columns, _LEAN_GAP)

    title = central_weights_title(rows)
    return finished(
        draw, title, f"{title}. {central_weights_alt_text(rows)}",
        central_weights_hint(len(everywhere) - len(occupations)), _LEAN_LABEL,
    )  # fmt: skip


def _leanings(findings: Findings, result: Decision) -> Rows:
    """How much more each question must matter than stated, in percentage points."""
    total = sum(result.importance.values())
    central = result.central_weights
    return [
        {
            "occupation": row["occupation"],
            "question": findings.questions[row["question"]].short,
            "lean": round(100 * (row["weight"] - result.importance[row["question"]] / total), 2),
        }
        for row in to_records(central[central["weight"].notna()])
    ]


def _leaning(
    rows: Rows, lines: RowLayout, reach: float, width: int, title: Spec, names: bool
) -> Spec:
    edge = max(1, int(reach))
    axis = {"values": [-edge, 0, edge], "format": "d", "title": None}
    x, y = quantity("lean", scale=scale(-reach, reach), axis=axis), lines.y()
    leans = [{**row, "zero": 0.0} for row in rows]
    line = marks(
        leans, "bar", {"x": x, "x2": {"field": "zero"}, "y": y}, height=3, color=ACCENT, opacity=0.5
    )
    tips = [nominal("occupation"), nominal("question"), quantity("lean")]
    dot = marks(
        leans, "circle", {"x": x, "y": y, "tooltip": tips}, size=70, color=ACCENT, opacity=1
    )
    return {**lines.panel(line, dot, width=width, names=names), "title": title}
