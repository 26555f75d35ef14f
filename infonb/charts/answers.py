"""What people said to one question, side by side, in the words of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.ratings import known_questions
from infonb.charts.room import Room, shortened
from infonb.charts.theme import ACCENT, SOFT, TEXT, TINY, finished, nothing
from infonb.english import count

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_COLUMNS = 3
_LETTER = 7.4
_LINES = 8
_LINE = 15
_GAP = 26


def answers(findings: Findings, question: str | None = None) -> Any:
    """The notes to one question, a row of people per occupation.

    Parameters
    ----------
    findings : Findings
    question : str, optional
        A question's key; by default one on which people are split, else the one most answered.

    Returns
    -------
    altair.LayerChart
        Long notes are cut with an ellipsis; the full text shows under the pointer.

    Raises
    ------
    InfonbError
        When the question isn't known.

    Examples
    --------
    >>> answers(infonb.sample().findings(), "home_life").to_dict()["title"]["text"]
    ['What does the job do to your life at home?']
    """
    known_questions(findings, [question] if question else [])
    said = findings.answers
    said = said[said["text"].str.strip() != ""]
    key = question or _most_telling(findings, said)
    asked = findings.questions.get(key or "")
    rows = said[said["question"] == key]
    if asked is None or rows.empty:
        return nothing(asked.prompt if asked else "No answers yet", "Nobody answered this yet.")
    order = findings.occupations["occupation"].tolist()
    chosen = {o: _spread(rows[rows["occupation"] == o], _most(rows)) for o in order}
    heard = rows["occupation"].value_counts()

    def draw(room: Room) -> Any:
        columns = room.pick(_COLUMNS, 1)
        width = room.width // columns
        cells, headings, height = _laid_out(chosen, heard, columns, width)
        x_scale = alt.Scale(domain=[0, room.width], nice=False)
        across = alt.X("x:Q", scale=x_scale, axis=None)
        down = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
        heading = (
            chart_of(headings)
            .mark_text(align="left", baseline="top", fontSize=TEXT, fontWeight=600)
            .encode(x=across, y=down, text="label:N", tooltip="occupation:N")
        )
        person = (
            chart_of(cells)
            .mark_text(align="left", baseline="top", fontSize=TINY, opacity=SOFT)
            .encode(x=across, y=down, text="who:N")
        )
        quote = (
            chart_of(cells)
            .mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=_LINE, dy=16)
            .encode(x=across, y=down, text="quote:N", tooltip=["who:N", "full:N"])
        )
        rule = (
            chart_of(cells)
            .mark_rule(strokeWidth=2.5, color=ACCENT, opacity=0.45)
            .encode(x=alt.X("edge:Q", scale=x_scale, axis=None), y=down, y2="bottom:Q")
        )
        return alt.layer(rule, heading, person, quote).properties(width=room.width, height=height)

    prompt = asked.prompt
    shown = [row for people in chosen.values() for row in people]
    voices = "; ".join(f"{_who(row)}: {row['text']}" for row in shown)
    return finished(draw, prompt, f"{prompt} {voices}", _how_to_read(len(shown), len(rows)), 0)


def _how_to_read(shown: int, heard: int) -> str:
    said = f"What {count(shown, 'person', 'people')} said, from the notes"
    if shown < heard:
        said += f"; {heard - shown} more are left out, the lowest and highest ratings shown"
    return f"{said}. The number is your own rating: how good it sounds for you."


def _most(rows: pd.DataFrame) -> int:
    """How many notes of an occupation are shown: fewer where there are many in all."""
    return 6 if rows["occupation"].nunique() <= 4 else 3


def _spread(rows: pd.DataFrame, most: int) -> list[dict[str, Any]]:
    """At most so many people, from the lowest to the highest rating, as they were asked."""
    if len(rows) <= most:
        return rows.to_dict("records")
    ranked = rows.reset_index(drop=True).sort_values("rating", kind="stable", na_position="first")
    every = (len(ranked) - 1) / (most - 1)
    chosen = sorted(ranked.index[round(number * every)] for number in range(most))
    return rows.reset_index(drop=True).loc[chosen].to_dict("records")


def _most_telling(findings: Findings, said: pd.DataFrame) -> str | None:
    summary = findings.ratings()
    answered = said["question"].value_counts()
    split = summary.loc[summary["agreement"] == "split", "question"].tolist()
    if split:
        return max(split, key=lambda key: int(answered.get(key, 0)))
    return str(answered.index[0]) if len(answered) else None


def _laid_out(
    chosen: dict[str, list[dict[str, Any]]], heard: pd.Series, columns: int, width: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Cells with places in pixels, headings, and the height in all."""
    cells: list[dict[str, Any]] = []
    headings: list[dict[str, Any]] = []
    letters = int((width - 18) / _LETTER)
    top = 0
    for occupation, people in chosen.items():
        if not people:
            continue
        some = len(people) < heard[occupation]
        counted = f", {len(people)} of {heard[occupation]}" if some else ""
        label = shortened(occupation, int(columns * width / 8.2) - len(counted))[0]
        headings.append({"occupation": occupation, "label": label + counted, "x": 0, "y": top})
        top += 24
        for start in range(0, len(people), columns):
            line = [_cell(row, letters) for row in people[start : start + columns]]
            tallest = max(cell["quote"].count("\n") + 1 for cell in line)
            for column, cell in enumerate(line):
                lines = cell["quote"].count("\n") + 1
                x = column * width
                cells.append(
                    {**cell, "x": x + 10, "edge": x + 1, "y": top,
                     "bottom": top + 18 + lines * _LINE}
                )  # fmt: skip
            top += 16 + tallest * _LINE + 14
        top += _GAP - 14
    return cells, headings, top


def _cell(row: dict[str, Any], letters: int) -> dict[str, Any]:
    lines = shortened(row["text"], letters, _LINES)
    return {"who": _briefly(row, letters), "quote": "\n".join(lines), "full": row["text"]}


def _who(row: dict[str, Any]) -> str:
    source = row["publisher"] if isinstance(row["publisher"], str) else None
    return row["person"] if not source or source in row["person"] else f"{row['person']}, {source}"


def _briefly(row: dict[str, Any], letters: int) -> str:
    """Who said it and how it was rated, under a heading that names the occupation already."""
    rating, here = row["rating"], row["occupation"]
    mark = "" if rating is None or rating != rating else f" · {int(rating)} of 5"
    with_source, alone = (
        f"Person{who.removeprefix(here)}" if who.startswith(f"{here} ") else who
        for who in (_who(row), row["person"])
    )
    room = letters - len(mark)
    who = with_source if len(with_source) <= room else shortened(alone, room)[0]
    return who + mark
