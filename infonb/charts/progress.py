"""How one gets better at it: confidence before and after, and one's own conduct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout
from infonb.charts.theme import ACCENT, ON_MARK, QUIET, TINY, WARM, finished, nothing, panel_title
from infonb.english import count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings


_COLOURS = {"yes": ACCENT, "partly": QUIET, "no": WARM}
_LEFT, _GAP, _AXIS = 300, 26, 22
_ROW, _LABEL = 22, 210
_MOST = 40
"""How many interviews are shown, the latest."""


def progress(findings: Findings) -> Any:
    """Left: confidence before and after each interview. Right: how often each rule was kept.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair chart
        Interviews in order of time; checklist items with the weakest first.

    Examples
    --------
    >>> progress(infonb.sample("example").findings()).to_dict()["title"]["text"][0][:24]
    'Your confidence went up '
    """
    felt = findings.confidence()
    felt = felt[felt["before"].notna() | felt["after"].notna()]
    judged = findings.conduct()
    if felt.empty and judged.empty:
        return nothing(
            "No progress noted yet", "Note your confidence before and after, and how it went."
        )

    def draw(room: Room) -> Any:
        alone = felt.empty or judged.empty or room.narrow
        left = room.width if alone else _LEFT
        parts = [_felt(felt, left - _AXIS)] if len(felt) else []
        if len(judged):
            rest = room.width - (_AXIS if alone else left + _GAP)
            parts.append(_judged(judged, Room(rest, room.narrow)))
        if len(parts) == 1:
            return parts[0]
        joined = alt.vconcat(*parts, spacing=30) if alone else alt.hconcat(*parts, spacing=_GAP)
        return joined.resolve_scale(x="independent", y="independent")

    title = _title(felt, judged)
    words = f"{title}. {_in_words(felt, judged)}"
    return finished(draw, title, words, _how_to_read(felt, judged), 0 if len(felt) else _LABEL)


def _felt(felt: pd.DataFrame, width: int) -> Any:
    last = int(felt["order"].max())
    first = max(1, last - _MOST + 1)
    felt = felt[felt["order"] >= first]
    rows = [
        {
            "order": int(row["order"]), "when": when, "confidence": int(row[when]),
            "occupation": row["occupation"],
        }
        for row in felt.to_dict("records")
        for when in ("before", "after")
        if row[when] == row[when] and row[when] is not None
    ]  # fmt: skip
    lines = [
        {"order": int(row["order"]), "before": int(row["before"]), "after": int(row["after"])}
        for row in felt[felt["change"].notna()].to_dict("records")
    ]
    wide = 8 + 7 * len(str(last))  # pixels that a number needs
    every = max(1, -(-(last - first + 1) * wide // width))
    heading = "Confidence, interview by interview"
    x = alt.X(
        "order:Q", scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False),
        axis=alt.Axis(values=list(range(first, last + 1, every)), format="d", grid=False,
                      title="interview"),
    )  # fmt: skip
    scale = alt.Scale(domain=[0.7, 5.3], nice=False, zero=False)
    axis = alt.Axis(values=[1, 2, 3, 4, 5], format="d", grid=True, title=None)
    y = alt.Y("confidence:Q", scale=scale, axis=axis)
    rule = (
        chart_of(lines)
        .mark_rule(color=ACCENT, strokeWidth=2)
        .encode(x=x, y=alt.Y("before:Q", scale=scale, axis=axis), y2="after:Q")
    )
    points = [
        chart_of([row for row in rows if row["when"] == when])
        .mark_point(size=64, filled=True, opacity=1, shape=shape, color=colour)
        .encode(x=x, y=y, tooltip=["occupation:N", "when:N", "confidence:Q"])
        for when, shape, colour in (("before", "circle", QUIET), ("after", "diamond", ACCENT))
    ]
    return alt.layer(rule, *points).properties(
        width=width, height=190, title=panel_title(heading, width)
    )


def _judged(judged: pd.DataFrame, room: Room) -> Any:
    rows = RowLayout("text", judged["text"].tolist(), room, _ROW, label=_LABEL)
    most = int(judged["interviews"].max())
    scale = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(title="interviews", values=[0, most], format="d")
    parts = _parts(judged, rows.width, most)
    layers: list[Any] = []
    for answer, colour in _COLOURS.items():
        base = chart_of([part for part in parts if part["answer"] == answer]).encode(
            y=rows.y(), x=alt.X("start:Q", scale=scale, axis=axis)
        )
        layers.append(
            base.mark_bar(height=17, color=colour).encode(
                x2="end:Q", tooltip=["text:N", "answer:N", "count:Q"]
            )
        )
        layers.append(
            base.mark_text(align="left", dx=4, color=ON_MARK, fontSize=TINY).encode(text="fits:N")
        )
    return alt.layer(*layers, *rows.names()).properties(
        width=rows.width, height=rows.height,
        title=panel_title("Your conduct", rows.width),
    )  # fmt: skip


def _parts(judged: pd.DataFrame, width: int, most: int) -> list[dict[str, Any]]:
    """A part of a bar per rule and answer, with the word it has room for."""
    parts = []
    for row in judged.to_dict("records"):
        start = 0
        for answer in _COLOURS:
            if row[answer]:
                fits = width * row[answer] / most > 8 * len(answer) + 6
                parts.append(
                    {
                        "text": row["text"], "answer": answer, "start": start,
                        "end": start + int(row[answer]), "count": int(row[answer]),
                        "fits": answer if fits else "",
                    }
                )  # fmt: skip
                start += int(row[answer])
    return parts


def _title(felt: pd.DataFrame, judged: pd.DataFrame) -> str:
    parts = []
    known = felt[felt["before"].notna()]
    if len(known) > 1:
        first, last = int(known["before"].iloc[0]), int(known["before"].iloc[-1])
        way = "went up" if last > first else "went down" if last < first else "stayed"
        reach = f"from {first} to {last}" if last != first else f"at {first}"
        parts.append(f"Your confidence {way} {reach} over {count(len(known), 'interview')}")
    weak = judged[judged["better"].notna()]
    if len(weak):
        thing = weak["text"].iloc[0]
        parts.append(f"do better: {thing[:1].lower()}{thing[1:]}")
    return first_capital("; ".join(parts)) or "How your interviews went"


def _how_to_read(felt: pd.DataFrame, judged: pd.DataFrame) -> list[str]:
    read = []
    if len(felt):
        read.append(
            "Grey dot: confidence before, from 1, would rather not, to 5, look forward. Blue "
            "diamond: after."
        )
        if int(felt["order"].max()) > _MOST:
            read[0] += f" The last {_MOST} interviews."
    if len(judged):
        read.append("Bars: in how many interviews you did what the method asks.")
    return read


def _in_words(felt: pd.DataFrame, judged: pd.DataFrame) -> str:
    told = [
        f"interview {row['order']}: {row['before']} before, {row['after']} after"
        for row in felt.to_dict("records")
    ]
    kept = [
        f"{row['text']}: {row['yes']} of {row['interviews']}" for row in judged.to_dict("records")
    ]
    return "; ".join([*told, *kept]) + "."
