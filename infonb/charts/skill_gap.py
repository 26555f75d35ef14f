"""What is missing: skills an occupation needs, told apart by whether they are one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room, shortened
from infonb.charts.rows import RowLayout
from infonb.charts.theme import ACCENT, ON_MARK, QUIET, SOFT, TINY, WARM, finished, nothing
from infonb.english import a_few, count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_YOURS, _MISSING, _UNSAID = "yours too", "not among your strengths", "rated by O*NET, unsaid"
_STATES = [_YOURS, _MISSING, _UNSAID]
_COLOURS = {_YOURS: WARM, _MISSING: ACCENT, _UNSAID: QUIET}
_NAMES = {_YOURS: "orange", _MISSING: "blue", _UNSAID: "grey"}
_MOST = 8
_ROW = 44


def skill_gap(findings: Findings, most: int = _MOST) -> Any:
    """How many needed skills of each occupation are yours, missing, or yet to be asked about.

    Parameters
    ----------
    findings : Findings
    most : int
        How many occupations to show at most.

    Returns
    -------
    altair.LayerChart
        One bar per occupation, parted; under it the missing skills that most people named.

    Examples
    --------
    >>> skill_gap(infonb.sample("example").findings()).to_dict()["title"]["text"][0]
    'Elementary school teacher is nearest: two of six named'
    """
    needs = findings.skill_needs()
    if needs.empty:
        return nothing("No skills to compare yet", "Ask which three skills people use most.")
    if not needs["strength"].any():
        return nothing(
            "None of the named skills is noted as yours yet",
            "Note your strengths with journal.add_strength, and see what is missing here.",
        )
    order = list(dict.fromkeys(needs["occupation"]))[:most]
    shown = needs[needs["occupation"].isin(order)]
    parts = _parts(shown, order)
    longest = max(part["end"] for part in parts)
    missing = _missing(shown, order)

    def draw(room: Room) -> Any:
        rows = RowLayout("occupation", order, room, _ROW)
        return alt.layer(
            *_bars(parts, rows, longest), _named(missing, rows), *rows.names()
        ).properties(width=rows.width, height=rows.height)

    title = _title(shown, order)
    told = [f"{occupation}: {_note(skills)}." for occupation, skills in missing.items()]
    read = [_how_to_read(parts)]
    if more := needs["occupation"].nunique() - len(order):
        read.append(f"{first_capital(count(more, 'more occupation'))} not shown.")
    return finished(draw, title, f"{title}. {' '.join(told)}", read)


def _how_to_read(parts: list[dict[str, Any]]) -> str:
    there = [state for state in _STATES if any(part["state"] == state for part in parts)]
    named = ", ".join(f"{_NAMES[state]} {state}" for state in there)
    return f"Skills, {named}. What is missing can be learnt: ask how people came by it."


def _bars(parts: list[dict[str, Any]], rows: RowLayout, longest: int) -> list[Any]:
    scale = alt.Scale(domain=[0, longest], nice=False)
    layers: list[Any] = []
    for state, colour in _COLOURS.items():
        bar = chart_of([part for part in parts if part["state"] == state]).encode(
            x=alt.X("start:Q", scale=scale, axis=None), y=rows.y(),
            tooltip=["occupation:N", "state:N", "skills:Q"],
        )  # fmt: skip
        layers.append(bar.mark_bar(height=18, yOffset=-8, color=colour).encode(x2="end:Q"))
        layers.append(
            bar.mark_text(align="left", dx=5, dy=-8, color=ON_MARK, fontSize=TINY, fontWeight=600)
            .encode(text=alt.Text("skills:Q", format="d"))
        )  # fmt: skip
    return layers


def _named(missing: dict[str, list[str]], rows: RowLayout) -> Any:
    letters = rows.room.characters(rows.width * 1.05)
    told = [
        {"occupation": occupation, "note": _fitting(skills, letters), "full": _note(skills)}
        for occupation, skills in missing.items()
    ]
    return (
        chart_of(told)
        .mark_text(align="left", dy=12, fontSize=TINY, opacity=SOFT)
        .encode(x=alt.value(0), y=rows.y(), text="note:N", tooltip=["occupation:N", "full:N"])
    )


def _state(row: dict[str, Any]) -> str:
    if row["strength"]:
        return _YOURS
    return _MISSING if row["people"] else _UNSAID


def _parts(needs: pd.DataFrame, order: list[str]) -> list[dict[str, Any]]:
    parts = []
    for occupation in order:
        states = [
            _state(row) for row in needs.to_dict("records") if row["occupation"] == occupation
        ]
        start = 0
        for state in _STATES:
            skills = states.count(state)
            if skills:
                parts.append(
                    {
                        "occupation": occupation, "state": state, "skills": skills,
                        "start": start, "end": start + skills,
                    }
                )  # fmt: skip
            start += skills
    return parts


def _missing(needs: pd.DataFrame, order: list[str]) -> dict[str, list[str]]:
    rows = needs.to_dict("records")
    return {
        occupation: [
            row["skill"]
            for row in rows
            if row["occupation"] == occupation and _state(row) == _MISSING
        ]
        for occupation in order
    }


def _note(skills: list[str], most: int = 2) -> str:
    if not skills:
        return "nothing named is missing"
    rest = len(skills) - most
    some = f"{', '.join(skills[:most])} and {rest} more" if rest > 0 else a_few(skills)
    return f"missing: {some}"


def _fitting(skills: list[str], letters: int) -> str:
    """As many of the missing skills as a line holds."""
    fitting = [note for most in (2, 1) if len(note := _note(skills, most)) <= letters]
    return fitting[0] if fitting else shortened(_note(skills, 1), letters)[0]


def _title(needs: pd.DataFrame, order: list[str]) -> str:
    said = needs[needs["people"] > 0]
    share = {}
    for occupation in order:
        mine = said.loc[said["occupation"] == occupation, "strength"].astype(bool)
        share[occupation] = (int(mine.sum()), len(mine))
    best = max(order, key=lambda occupation: share[occupation][0] / max(share[occupation][1], 1))
    yours, named = share[best]
    verb = "is" if yours == 1 else "are"
    return first_capital(
        f"{best} is nearest: {count(yours, 'of', 'of')} {count(named, 'named skill')} {verb} yours"
    )
