"""What people said to one question, side by side, in the words of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.ratings import known_questions
from infonb.charts.theme import ACCENT, SOFT, finished, nothing, wrap
from infonb.findings.words import count

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_COLUMNS = 3
_WIDTH = 240
_CHARACTERS = 31  # fits the widest of the fonts a page may fall back to
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
        return nothing(asked.prompt if asked else "Answers", "Nobody answered this yet.")
    cells, headings, height = _laid_out(rows, findings.occupations["occupation"].tolist())
    x_scale = alt.Scale(domain=[0, _WIDTH * _COLUMNS], nice=False)
    space = {
        "x": alt.X("x:Q", scale=x_scale, axis=None),
        "y": alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None),
    }
    heading = (
        alt.Chart(alt.InlineData(values=headings))
        .mark_text(align="left", baseline="top", fontSize=13, fontWeight=600)
        .encode(**space, text="occupation:N")
    )
    person = (
        alt.Chart(alt.InlineData(values=cells))
        .mark_text(align="left", baseline="top", fontSize=11, opacity=SOFT)
        .encode(**space, text="who:N")
    )
    quote = (
        alt.Chart(alt.InlineData(values=cells))
        .mark_text(
            align="left", baseline="top", fontSize=12, lineBreak="\n", lineHeight=_LINE, dy=16
        )
        .encode(**space, text="quote:N", tooltip=["who:N", "full:N"])
    )
    rule = (
        alt.Chart(alt.InlineData(values=cells))
        .mark_rule(strokeWidth=2.5, color=ACCENT, opacity=0.45, dx=0)
        .encode(
            x=alt.X("edge:Q", scale=x_scale, axis=None), y=space["y"], y2="bottom:Q",
        )
    )  # fmt: skip
    chart = alt.layer(rule, heading, person, quote).properties(
        width=_WIDTH * _COLUMNS, height=height
    )
    prompt = asked.prompt
    voices = "; ".join(f"{c['who']}: {c['full']}" for c in cells)
    return finished(
        chart, prompt, f"{prompt} {voices}",
        f"What {count(len(cells), 'person', 'people')} said, from the notes. The number is your "
        "own rating: how good it sounds for you.",
    )  # fmt: skip


def _most_telling(findings: Findings, said: pd.DataFrame) -> str | None:
    summary = findings.ratings()
    answered = said["question"].value_counts()
    split = summary.loc[summary["agreement"] == "split", "question"].tolist()
    if split:
        return max(split, key=lambda key: int(answered.get(key, 0)))
    return str(answered.index[0]) if len(answered) else None


def _laid_out(
    rows: pd.DataFrame, order: list[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Cells with places in pixels, headings, and the height in all."""
    cells: list[dict[str, Any]] = []
    headings: list[dict[str, Any]] = []
    top = 0
    for occupation in order:
        part = rows[rows["occupation"] == occupation]
        if part.empty:
            continue
        headings.append({"occupation": occupation, "x": 0, "y": top})
        top += 24
        people = part.to_dict("records")
        for start in range(0, len(people), _COLUMNS):
            line = [_cell(row) for row in people[start : start + _COLUMNS]]
            tallest = max(cell["quote"].count("\n") + 1 for cell in line)
            for column, cell in enumerate(line):
                lines = cell["quote"].count("\n") + 1
                x = column * _WIDTH
                cells.append(
                    {**cell, "x": x + 10, "edge": x, "y": top, "bottom": top + 18 + lines * _LINE}
                )
            top += 16 + tallest * _LINE + 14
        top += _GAP - 14
    return cells, headings, top


def _cell(row: dict[str, Any]) -> dict[str, Any]:
    lines = wrap(" ".join(row["text"].split()), _CHARACTERS)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1].rstrip(" .,;") + " …"]
    rating = row["rating"]
    mark = "" if rating is None or rating != rating else f" · {int(rating)} of 5"
    source = row["publisher"] if isinstance(row["publisher"], str) else None
    who = row["person"] if not source or source in row["person"] else f"{row['person']}, {source}"
    who = who if len(who) <= 30 else who[:29].rstrip(" ,") + "…"
    return {"who": f"{who}{mark}", "quote": "\n".join(lines), "full": row["text"]}
