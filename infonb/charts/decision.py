"""Which occupation comes first how often, and on whose word: one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout, side_by_side
from infonb.charts.theme import ACCENT, BAND_OPACITY, finished, nothing, panel_title
from infonb.findings.verdict import NOTHING_TO_COMPARE

if TYPE_CHECKING:
    from infonb.findings import Decision, Findings

_ROW = 30
_GAP = 24
_LABEL = 66
_LEAN_ROW, _LEAN_GAP, _LEAN_LABEL, _MOST = 22, 14, 120, 5
_SHADES = (1.0, 0.45, 0.22, 0.1)
"""How solid the bars of rank 1, 2, 3 and all later ones are."""


def decision(findings: Findings, decided: Decision | None = None) -> Any:
    """Left: how well each occupation fits, with its band. Right: how often it comes first.

    Parameters
    ----------
    findings : Findings
    decided : Decision, optional
        From ``findings.decide(…)`` with other importances; by default with those you stored.

    Returns
    -------
    altair.HConcatChart
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
    told = [_row(row) for row in ranking.to_dict("records")]

    def draw(room: Room) -> Any:
        rows = RowLayout("occupation", order, room, _ROW)
        half = (rows.width - _GAP) // 2
        return side_by_side([_fits(told, rows, half), _shares(result, told, rows, half)], 2, _GAP)

    words = "; ".join(f"{row['occupation']} {row['words']}" for row in told)
    return finished(
        draw, result.headline(), f"{result.sentence()} {words}.",
        [result.explanation(), _how_to_read(result)],
    )  # fmt: skip


def _row(row: dict[str, Any]) -> dict[str, Any]:
    base = {"occupation": row["occupation"], "interviews": int(row["interviews"])}
    if row["fit"] != row["fit"] or row["note"] == row["note"]:
        return {**base, "label": row["note"], "words": row["note"], "total": 0.0}
    numbers = {key: round(float(row[key]), 3) for key in ("fit", "low", "high")}
    share = round(float(row["first"]), 4)
    words = f"fit {row['fit']:.0f} ({row['low']:.0f} to {row['high']:.0f}), first in {share:.0%}"
    return {**base, **numbers, "total": 1.0, "label": f"first {share:.0%}", "words": words}


def _fits(told: list[dict[str, Any]], rows: RowLayout, width: int) -> Any:
    scale = alt.Scale(domain=[0, 100], nice=False)
    axis = alt.Axis(values=rows.room.pick([0, 25, 50, 75, 100], [0, 50, 100]), title="of 100")
    base = chart_of([row for row in told if "fit" in row]).encode(
        y=rows.y(),
        tooltip=[
            "occupation:N",
            alt.Tooltip("fit:Q", title="Fit, 0 to 100", format=".0f"),
            alt.Tooltip("low:Q", format=".0f"),
            alt.Tooltip("high:Q", format=".0f"),
            "interviews:Q",
        ],
    )
    band = base.mark_bar(height=18, cornerRadius=9, color=ACCENT, opacity=BAND_OPACITY).encode(
        x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"
    )
    tick = base.mark_tick(
        thickness=3, height=24, width=3, orient="vertical", color=ACCENT, opacity=1
    ).encode(x=alt.X("fit:Q", scale=scale))
    return alt.layer(band, tick, *rows.names(width)).properties(
        width=width, height=rows.height, title=panel_title("How well it fits", width)
    )


def _shares(result: Decision, told: list[dict[str, Any]], rows: RowLayout, width: int) -> Any:
    scale = alt.Scale(domain=[0, 1 / (1 - _LABEL / width)], nice=False)
    title = rows.room.pick("of the ways to read your notes", ["of the ways", "to read your notes"])
    axis = alt.Axis(values=[0, 0.5, 1], format="%", title=title)
    bar = (
        chart_of(_stacked(result))
        .mark_bar(height=18, color=ACCENT)
        .encode(
            x=alt.X("start:Q", scale=scale, axis=axis), x2="end:Q", y=rows.y(),
            opacity=alt.Opacity(
                "shade:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None
            ),
            tooltip=["occupation:N", "rank:Q", alt.Tooltip("share:Q", format=".0%")],
        )
    )  # fmt: skip
    label = (
        chart_of([{**row, "edge": row["total"]} for row in told])
        .mark_text(align="left", dx=6)
        .encode(x=alt.X("edge:Q", scale=scale), y=rows.y(), text="label:N")
    )
    return alt.layer(bar, label).properties(
        width=width, height=rows.height, title=panel_title("How often it comes first", width)
    )


def _stacked(result: Decision) -> list[dict[str, Any]]:
    """A part of a bar per occupation and rank."""
    parts: list[dict[str, Any]] = []
    for occupation, ranks in result.rank_shares.groupby("occupation", sort=False):
        start = 0.0
        for row in ranks.to_dict("records"):
            end = start + float(row["share"])
            parts.append(
                {
                    "occupation": occupation, "rank": int(row["rank"]), "start": round(start, 4),
                    "end": round(end, 4), "share": round(float(row["share"]), 4),
                    "shade": _SHADES[min(int(row["rank"]), len(_SHADES)) - 1],
                }
            )  # fmt: skip
            start = end
    return parts


def _how_to_read(result: Decision) -> str:
    whose = "your importances" if result.stated else "all rated questions counted alike"
    return (
        f"Tick and band: fit and what so few can tell (80%), with {whose}. Full colour: comes "
        "first; paler: second, third. Every occupation counts one imaginary undecided person."
    )


def central_weights(findings: Findings, decided: Decision | None = None) -> Any:
    """What each occupation needs you to care about: the importances under which it comes first.

    Parameters
    ----------
    findings : Findings
    decided : Decision, optional
        From ``findings.decide(…)``; by default with the importances you stored.

    Returns
    -------
    altair.LayerChart
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
    total = sum(result.importance.values())
    stated = {key: value / total for key, value in result.importance.items()}
    rows = [
        {
            "occupation": row["occupation"],
            "question": findings.questions[row["question"]].short,
            "lean": round(100 * (float(row["weight"]) - stated[row["question"]]), 2),
        }
        for row in central.to_dict("records")
    ]
    order = [findings.questions[key].short for key in stated]
    everywhere = list(dict.fromkeys(row["occupation"] for row in rows))
    occupations = everywhere[:_MOST]
    rows = [row for row in rows if row["occupation"] in occupations]
    reach = max(1.0, max(abs(row["lean"]) for row in rows)) * 1.15

    def draw(room: Room) -> Any:
        lines = RowLayout("question", order, room, _LEAN_ROW, label=_LEAN_LABEL)
        columns = min(len(occupations), room.pick(_MOST, 2 if len(occupations) in (2, 4) else 3))
        width = (lines.width - _LEAN_GAP * (columns - 1)) // columns
        panels = [
            _leaning(
                [row for row in rows if row["occupation"] == occupation], lines, reach, width,
                names=number % columns == 0,
            ).properties(title=panel_title(occupation, width, 3))
            for number, occupation in enumerate(occupations)
        ]  # fmt: skip
        return side_by_side(panels, columns, _LEAN_GAP)

    strongest = max(rows, key=lambda row: row["lean"])
    title = (
        f"{strongest['occupation']} needs you to care more about {strongest['question'].lower()}"
    )
    told = "; ".join(f"{r['occupation']}, {r['question'].lower()}: {r['lean']:+.1f}" for r in rows)
    return finished(
        draw, title, f"{title}. Percentage points beside what you stated: {told}.",
        [
            "Right of the line: where this occupation comes first, you care more about the "
            "question than you stated; left: less. In percentage points.",
            *([f"{len(everywhere) - _MOST} more are not shown."] * (len(everywhere) > _MOST)),
        ],
        _LEAN_LABEL,
    )  # fmt: skip


def _leaning(
    rows: list[dict[str, Any]], lines: RowLayout, reach: float, width: int, names: bool
) -> Any:
    edge = max(1, int(reach))
    x = alt.X(
        "lean:Q", scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(values=[-edge, 0, edge], format="d", title=None),
    )  # fmt: skip
    base = chart_of([{**row, "zero": 0.0} for row in rows]).encode(y=lines.y())
    line = base.mark_bar(height=3, color=ACCENT, opacity=0.5).encode(x=x, x2="zero:Q")
    dot = base.mark_circle(size=70, color=ACCENT, opacity=1).encode(
        x=x, tooltip=["occupation:N", "question:N", "lean:Q"]
    )
    words = lines.names(width) if names else []
    return alt.layer(line, dot, *words).properties(width=width, height=lines.height)
