"""Which skills each occupation uses: a dot matrix, size = how many of the people named it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.columns import ColumnLayout
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout
from infonb.charts.theme import ACCENT, INK, ON_MARK, TINY, WARM, finished, nothing
from infonb.english import a_few, count, first_capital, in_words

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_MOST = 22
_COLUMN = 110
_NAMED = 3
_ROW, _NARROW_ROW, _LABEL = 25, 24, 200


def skills(findings: Findings, most: int = _MOST) -> Any:
    """Skill × occupation; skills that several occupations share stand together at the top.

    Parameters
    ----------
    findings : Findings
    most : int
        How many skills to show at most; the rest is counted in the subtitle.

    Returns
    -------
    altair.LayerChart
        The number in a dot is how many people named the skill; your own strengths are orange
        squares.

    Examples
    --------
    >>> skills(infonb.sample("example").findings()).to_dict()["title"]["text"]
    ['Self-Control is named in four of four occupations']
    """
    named = findings.skills_by_occupation()
    if named.empty:
        return nothing(
            "No skills yet", "Ask which three skills people use most, and note them as said."
        )
    order = list(dict.fromkeys(named["skill"]))
    shown = named[named["skill"].isin(order[:most])]
    occupations = [o for o in findings.occupations["occupation"] if o in set(named["occupation"])]
    told = [
        {
            "skill": row["skill"], "occupation": row["occupation"], "people": int(row["people"]),
            "of": int(row["of"]), "whose": "yours too" if row["strength"] else "theirs",
        }
        for row in shown.to_dict("records")
    ]  # fmt: skip

    def draw(room: Room) -> Any:
        rows = RowLayout("skill", order[:most], room, room.pick(_ROW, _NARROW_ROW), label=_LABEL)
        columns = ColumnLayout("occupation", occupations, room, rows.width, _COLUMN)
        return alt.layer(
            *_dots(told, rows, columns), *columns.headings(), *rows.names()
        ).properties(width=columns.width, height=rows.height)

    title = _title(named, len(occupations))
    return finished(draw, title, _in_words(title, named), _how_to_read(named, order, most), _LABEL)


def _dots(told: list[dict[str, Any]], rows: RowLayout, columns: ColumnLayout) -> list[Any]:
    largest = min(360.0, (0.82 * min(columns.step, rows.step)) ** 2)
    most = max(3, max(row["people"] for row in told))
    size = alt.Size(
        "people:Q", legend=None,
        scale=alt.Scale(domain=[0, most], range=[largest / 5, largest], clamp=True),
    )  # fmt: skip
    looks: dict[str, dict[str, Any]] = {
        "theirs": {"shape": "circle", "color": ACCENT},
        "yours too": {"shape": "square", "color": WARM},
    }
    lines = (
        chart_of([{"skill": skill} for skill in rows.order])
        .mark_rule(color=INK, opacity=0.12)
        .encode(y=rows.y(), x=alt.value(0), x2=alt.value(columns.width))
    )
    layers: list[Any] = [lines]
    for whose, look in looks.items():
        base = chart_of([row for row in told if row["whose"] == whose]).encode(
            x=columns.x(), y=rows.y(),
            tooltip=["skill:N", "occupation:N", "people:Q", "of:Q", "whose:N"],
        )  # fmt: skip
        layers.append(base.mark_point(filled=True, opacity=1, **look).encode(size=size))
        layers.append(
            base.mark_text(color=ON_MARK, fontSize=TINY, fontWeight=600).encode(
                text=alt.Text("people:Q", format="d")
            )
        )
    return layers


def _how_to_read(named: pd.DataFrame, order: list[str], most: int) -> list[str]:
    lines = ["The number says how many of the people you asked named the skill."]
    if named["strength"].any():
        lines[0] += " Orange squares: your own strengths."
    if len(order) > most:
        lines.append(f"{len(order) - most} more were named and are not shown.")
    return lines


def _spread(named: pd.DataFrame) -> pd.Series:
    return named.groupby("skill", sort=False)["occupation"].nunique()


def _title(named: pd.DataFrame, occupations: int) -> str:
    spread = _spread(named)
    shared = spread[spread > 1]
    if occupations == 1:
        return f"{first_capital(count(len(spread), 'skill'))} named for one occupation"
    if shared.empty:
        return "No skill is named in two occupations yet"
    widest = shared[shared == shared.max()].index.tolist()
    verb = "is" if len(widest) == 1 else "are"
    of = count(occupations, "occupation")
    times = in_words(int(shared.max()))
    if len(widest) > _NAMED:
        return first_capital(f"{count(len(widest), 'skill')} are named in {times} of {of}")
    return first_capital(f"{a_few(widest)} {verb} named in {times} of {of}")


def _in_words(title: str, named: pd.DataFrame) -> str:
    spread = _spread(named)
    parts = [
        f"{skill}: {', '.join(named.loc[named['skill'] == skill, 'occupation'])}"
        for skill in spread[spread > 1].index[:8]
    ]
    return f"{title}. {len(spread)} skills in all." + (f" {'; '.join(parts)}." if parts else "")
