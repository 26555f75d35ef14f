"""What people said to one question, side by side, in the words of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, shortened
from infonb.charts.marks import Rows, Spec, layer, marks, nominal, quantity, scale
from infonb.charts.ratings import known_questions
from infonb.charts.theme import ACCENT, SOFT, TEXT, TINY
from infonb.findings.sentences import answers_alt_text, answers_hint, who_answered
from infonb.frame import to_records

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_COLUMNS = 3
_LETTER = 7.4
_LINES = 8
_LINE = 15
_GAP = 26


def answers(findings: Findings, question: str | None = None) -> Chart:
    """The notes to one question, a row of people per occupation.

    Parameters
    ----------
    findings : Findings
    question : str, optional
        A question's key; by default one on which people are split, else the one most answered.

    Returns
    -------
    Chart
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

    def draw(room: Room) -> Spec:
        columns = room.pick(_COLUMNS, 1)
        cells, headings, height = _laid_out(chosen, heard, columns, room.width // columns)
        across = {"scale": scale(0, room.width), "axis": None}
        x, edge = quantity("x", **across), quantity("edge", **across)
        y = quantity("y", scale=scale(height, 0), axis=None)
        left: Spec = {"align": "left", "baseline": "top"}
        heading = {"x": x, "y": y, "text": nominal("label"), "tooltip": nominal("occupation")}
        quote = {"x": x, "y": y, "text": nominal("quote"),
                 "tooltip": [nominal("who"), nominal("full")]}  # fmt: skip
        parts = [
            marks(cells, "rule", {"x": edge, "y": y, "y2": {"field": "bottom"}},
                  strokeWidth=2.5, color=ACCENT, opacity=0.45),
            marks(headings, "text", heading, **left, fontSize=TEXT, fontWeight=600),
            marks(cells, "text", {"x": x, "y": y, "text": nominal("who")},
                  **left, fontSize=TINY, opacity=SOFT),
            marks(cells, "text", quote, **left, lineBreak="\n", lineHeight=_LINE, dy=16),
        ]  # fmt: skip
        return layer(parts, room.width, height)

    shown = [row for people in chosen.values() for row in people]
    return finished(
        draw, asked.prompt, f"{asked.prompt} {answers_alt_text(shown)}",
        answers_hint(len(shown), len(rows)), 0,
    )  # fmt: skip


def _most(rows: pd.DataFrame) -> int:
    """How many notes of an occupation are shown: fewer where there are many in all."""
    return 6 if rows["occupation"].nunique() <= 4 else 3


def _spread(rows: pd.DataFrame, most: int) -> Rows:
    """At most so many people, from the lowest to the highest rating, as they were asked."""
    if len(rows) <= most:
        return to_records(rows)
    ranked = rows.reset_index(drop=True).sort_values("rating", kind="stable", na_position="first")
    every = (len(ranked) - 1) / (most - 1)
    chosen = sorted(ranked.index[round(number * every)] for number in range(most))
    return to_records(rows.reset_index(drop=True).loc[chosen])


def _most_telling(findings: Findings, said: pd.DataFrame) -> str | None:
    summary = findings.ratings()
    answered = said["question"].value_counts()
    split = summary.loc[summary["agreement"] == "split", "question"].tolist()
    if split:
        return max(split, key=lambda key: int(answered.get(key, 0)))
    return str(answered.index[0]) if len(answered) else None


def _laid_out(
    chosen: dict[str, Rows], heard: pd.Series, columns: int, width: int
) -> tuple[Rows, Rows, int]:
    """Cells with places in pixels, headings, and the height in all."""
    cells: Rows = []
    headings: Rows = []
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


def _briefly(row: dict[str, Any], letters: int) -> str:
    """Who said it and how it was rated, under a heading that names the occupation already."""
    rating, here = row["rating"], row["occupation"]
    mark = "" if rating is None else f" · {rating} of 5"
    with_source, alone = (
        f"Person{who.removeprefix(here)}" if who.startswith(f"{here} ") else who
        for who in (who_answered(row), row["person"])
    )
    room = letters - len(mark)
    who = with_source if len(with_source) <= room else shortened(alone, room)[0]
    return who + mark
