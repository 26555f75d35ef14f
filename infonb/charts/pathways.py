"""The way in and up: five questions as strips, the typical entry beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.dots import ROW, strip
from infonb.charts.room import Room, shortened
from infonb.charts.rows import RowLayout, side_by_side
from infonb.charts.theme import SOFT, TINY, finished, nothing, panel_title
from infonb.english import count, in_words
from infonb.findings.pathways import STEPS

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings


_LABEL, _ENTRY, _GAP = 128, 130, 13
_LETTER = 6.9
_TEXT_ROW = 16


def pathways(findings: Findings) -> Any:
    """How open the way in and up sounds, step by step, and what is typical for a newcomer.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.HConcatChart
        One strip per step with ratings; at the right the official typical entry.

    Examples
    --------
    >>> pathways(infonb.sample().findings()).to_dict()["title"]["text"][0][:21]
    'The usual way in asks'
    """
    told = findings.pathways()
    if told.empty:
        return nothing("No pathways yet", "Ask how people came to their work, and what it took.")
    order = [o for o in findings.occupations["occupation"] if o in set(told["occupation"])]
    summary = findings.ratings()
    rated = told[told["rating"].notna() & (told["weight"] > 0)]
    steps = [step for step in STEPS if (rated["question"] == step).any()]
    entries = {o: _entry(told[told["occupation"] == o]) for o in order}

    def draw(room: Room) -> Any:
        rows = RowLayout("occupation", order, room, ROW, label=_LABEL)
        columns = room.pick(len(steps) + 1, min(3, max(len(steps), 1)))
        entry = room.pick(_ENTRY, rows.width) if steps else rows.width
        left = rows.width - (entry + _GAP if not room.narrow else 0)
        gaps = _GAP * ((columns - 1) if room.narrow else max(len(steps) - 1, 0))
        width = (left - gaps) // max(room.pick(len(steps), columns), 1)
        panels: list[Any] = [
            strip(
                rated[rated["question"] == step],
                summary[(summary["question"] == step) & (summary["n"] > 0)],
                rows, findings.questions[step].short, width,
                names=number % columns == 0,
            )
            for number, step in enumerate(steps)
        ]  # fmt: skip
        if not room.narrow or not steps:
            return side_by_side([*panels, _typical(entries, rows, entry, not steps)], columns, _GAP)
        strips = side_by_side(panels, columns, _GAP)
        lines = RowLayout("occupation", order, room, _TEXT_ROW)
        return alt.vconcat(strips, _typical(entries, lines, entry, True), spacing=30)

    title = _title(told)
    return finished(
        draw, title, _in_words(title, told, order),
        "1 hard, far or unclear · 5 open, near or clear. Each dot is one person; tick and band: "
        "what so few can tell (80%). Beside them what is typical for a newcomer; Job Zones run "
        "from 1, little preparation, to 5.", _LABEL,
    )  # fmt: skip


def _typical(entries: dict[str, str], rows: RowLayout, width: int, names: bool) -> Any:
    letters = int(width / _LETTER)
    told = []
    for occupation, entry in entries.items():
        lines = [entry] if rows.room.narrow else entry.split(" · ")
        most = rows.room.pick(2, 1)
        wrapped = [part for line in lines for part in shortened(line, letters, most)]
        told.append({"occupation": occupation, "entry": "\n".join(wrapped)})
    parts = []
    for lines in sorted({row["entry"].count("\n") for row in told}):
        parts.append(
            chart_of([row for row in told if row["entry"].count("\n") == lines])
            .mark_text(
                align="left", baseline="middle", lineBreak="\n", lineHeight=13, dy=-6.5 * lines,
                fontSize=TINY,
                opacity=rows.room.pick(1, SOFT),
            )
            .encode(x=alt.value(0), y=rows.y(), text="entry:N")
        )  # fmt: skip
    return alt.layer(*parts, *(rows.names(width) if names else [])).properties(
        width=width, height=rows.height, title=panel_title("Typical entry", width)
    )


def _entry(part: pd.DataFrame) -> str:
    education = next(iter(part["education"].dropna()), None)
    zone = next(iter(part["job_zone"].dropna()), None)
    if education is None:
        return "no official figures"
    return f"{education}" + (f" · Job Zone {int(zone)}" if zone is not None else "")


def _title(told: pd.DataFrame) -> str:
    asked = told.drop_duplicates("occupation")["education"].dropna().value_counts()
    ways = count(int((told["question"] == "path_in").sum()), "way in", "ways in")
    if asked.empty:
        return f"{ways[:1].upper()}{ways[1:]} told, no two alike"
    total = told["occupation"].nunique()
    most = int(asked.iloc[0])
    if most == total:
        return f"The usual way in asks for the same everywhere: {asked.index[0].lower()}"
    return (
        f"The usual way in asks for {_article(asked.index[0])} in {in_words(most)} of "
        f"{count(total, 'occupation')}"
    )


def _article(education: str) -> str:
    lowered = education[:1].lower() + education[1:]
    return f"an {lowered}" if lowered[:1] in "aeiou" else f"a {lowered}"


def _in_words(title: str, told: pd.DataFrame, order: list[str]) -> str:
    parts = []
    for occupation in order:
        part = told[told["occupation"] == occupation]
        ways = count(int((part["question"] == "path_in").sum()), "person", "people")
        parts.append(f"{occupation}: {_entry(part)}, {ways} told how they came in")
    return f"{title}. {'; '.join(parts)}."
