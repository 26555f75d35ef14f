"""What is missing: skills an occupation needs, told apart by whether they are one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, INK, QUIET, SOFT, WARM, finished, nothing, wrap
from infonb.findings.words import a_few, count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_YOURS, _MISSING, _UNSAID = "yours too", "not among your strengths", "rated by O*NET, unsaid"
_STATES = [_YOURS, _MISSING, _UNSAID]
_COLOURS = {_YOURS: WARM, _MISSING: ACCENT, _UNSAID: QUIET}
_MOST = 8


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
    >>> skill_gap(infonb.sample("example").findings()).to_dict()["title"]["text"]
    ['Elementary school teacher is nearest: two of six named skills are yours']
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
    parts, notes = _parts(shown, order), _notes(shown, order)
    y = alt.Y(
        "occupation:N", sort=order, scale=alt.Scale(domain=order),
        axis=alt.Axis(title=None, labelBaseline="middle"),
    )  # fmt: skip
    states = [state for state in _STATES if any(part["state"] == state for part in parts)]
    longest = max(part["end"] for part in parts)
    scale = alt.Scale(domain=[0, longest * 1.02], nice=False)
    bars = (
        alt.Chart(alt.InlineData(values=parts))
        .mark_bar(height=18)
        .encode(
            x=alt.X(
                "start:Q", scale=scale, axis=alt.Axis(title="skills", format="d", tickMinStep=1)
            ),
            x2="end:Q", y=y,
            color=alt.Color(
                "state:N", scale=alt.Scale(domain=states, range=[_COLOURS[s] for s in states]),
                legend=alt.Legend(title=None, orient="top", symbolType="square", labelLimit=220),
            ),
            tooltip=["occupation:N", "state:N", "skills:Q"],
        )
    )  # fmt: skip
    note = (
        alt.Chart(alt.InlineData(values=notes))
        .mark_text(align="left", baseline="top", dy=13, fontSize=11, opacity=SOFT, color=INK)
        .encode(x=alt.value(0), y=y, text="note:N")
    )
    chart = alt.layer(bars, note).properties(width=460, height=58 * len(order))
    title = _title(shown, order)
    told = [f"{row['occupation']}: {row['note']}." for row in notes]
    return finished(
        chart, title, f"{title}. {' '.join(told)}",
        "What is missing can be learnt: ask how people came by it.", 74,
    )  # fmt: skip


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


def _notes(needs: pd.DataFrame, order: list[str]) -> list[dict[str, str]]:
    notes = []
    for occupation in order:
        rows = needs[needs["occupation"] == occupation].to_dict("records")
        missing = [row["skill"] for row in rows if _state(row) == _MISSING]
        text = f"missing: {a_few(missing, 2)}" if missing else "nothing named is missing"
        notes.append({"occupation": occupation, "note": wrap(text, 78)[0]})
    return notes


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
