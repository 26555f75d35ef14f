"""What is missing: skills an occupation needs, told apart by whether they are one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout, shortened
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, scale, value
from infonb.charts.theme import ACCENT, ON_MARK, QUIET, SOFT, TINY, WARM
from infonb.findings.sentences import (
    missing_skills,
    skill_gap_alt_text,
    skill_gap_hint,
    skill_gap_title,
)
from infonb.findings.skills import MISSING, UNSAID, YOURS, gap_parts, missing_by_occupation

if TYPE_CHECKING:
    from infonb.findings import Findings

_COLOURS = {YOURS: WARM, MISSING: ACCENT, UNSAID: QUIET}
_MOST = 8
_ROW = 44


def skill_gap(findings: Findings, most: int = _MOST) -> Chart:
    """How many needed skills of each occupation are yours, missing, or yet to be asked about.

    Parameters
    ----------
    findings : Findings
    most : int
        How many occupations to show at most.

    Returns
    -------
    Chart
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
    parts = gap_parts(shown)
    missing = missing_by_occupation(shown)

    def draw(room: Room) -> Spec:
        rows = RowLayout("occupation", order, room, _ROW)
        return rows.panel(*_bars(parts, rows), _named(missing, rows))

    title = skill_gap_title(parts)
    more = needs["occupation"].nunique() - len(order)
    return finished(
        draw, title, f"{title}. {skill_gap_alt_text(missing)}", skill_gap_hint(parts, more)
    )


def _bars(parts: Rows, rows: RowLayout) -> list[Spec]:
    across = scale(0, max(part["end"] for part in parts))
    layers: list[Spec] = []
    for state, colour in _COLOURS.items():
        some = [part for part in parts if part["state"] == state]
        place = {
            "x": quantity("start", scale=across, axis=None), "y": rows.y(),
            "tooltip": [nominal("occupation"), nominal("state"), quantity("skills")],
        }  # fmt: skip
        layers += [
            marks(some, "bar", place | {"x2": {"field": "end"}},
                  height=18, yOffset=-8, color=colour),
            marks(some, "text", place | {"text": quantity("skills", format="d")},
                  align="left", dx=5, dy=-8, color=ON_MARK, fontSize=TINY, fontWeight=600),
        ]  # fmt: skip
    return layers


def _named(missing: dict[str, list[str]], rows: RowLayout) -> Spec:
    letters = rows.room.characters(rows.width * 1.05)
    notes = [
        {
            "occupation": occupation, "note": _fitting(skills, letters),
            "full": missing_skills(skills),
        }
        for occupation, skills in missing.items()
    ]  # fmt: skip
    return marks(
        notes, "text",
        {"x": value(0), "y": rows.y(), "text": nominal("note"),
         "tooltip": [nominal("occupation"), nominal("full")]},
        align="left", dy=12, fontSize=TINY, opacity=SOFT,
    )  # fmt: skip


def _fitting(skills: list[str], letters: int) -> str:
    """As many of the missing skills as a line holds."""
    notes = [missing_skills(skills, most) for most in (2, 1)]
    fitting = [note for note in notes if len(note) <= letters]
    return fitting[0] if fitting else shortened(notes[-1], letters)[0]
