"""Which skills each occupation uses: a dot matrix, size = how many of the people named it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, LABELS, ON_MARK, WARM, finished, nothing, wrap
from infonb.findings.words import a_few, count, first_capital, in_words

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_MOST = 22
_COLUMN = 96


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
    rows = [
        {
            "skill": row["skill"], "occupation": row["occupation"], "people": int(row["people"]),
            "of": int(row["of"]), "whose": "yours too" if row["strength"] else "theirs",
            "heading": "\n".join(wrap(row["occupation"], 14)),
        }
        for row in shown.to_dict("records")
    ]  # fmt: skip
    headings = ["\n".join(wrap(o, 14)) for o in occupations]
    lines = max(h.count("\n") + 1 for h in headings)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "heading:N", sort=headings, scale=alt.Scale(domain=headings),
            axis=alt.Axis(
                orient="top", title=None, labelAngle=0, labelBaseline="bottom", grid=False,
                labelExpr="split(datum.label, '\\n')", labelLineHeight=14,
                labelPadding=10 + 14 * (lines - 1), labelLimit=_COLUMN + 10,
            ),
        ),
        y=alt.Y(
            "skill:N", sort=order[:most], scale=alt.Scale(domain=order[:most]),
            axis=alt.Axis(title=None, grid=True, labelLimit=LABELS + 60),
        ),
    )  # fmt: skip
    whose = ["theirs", "yours too"]
    dot = base.mark_point(filled=True, opacity=1).encode(
        size=alt.Size(
            "people:Q", scale=alt.Scale(domain=[0, 3], range=[60, 360], clamp=True), legend=None
        ),
        color=alt.Color(
            "whose:N", scale=alt.Scale(domain=whose, range=[ACCENT, WARM]), legend=None
        ),
        shape=alt.Shape(
            "whose:N", scale=alt.Scale(domain=whose, range=["circle", "square"]), legend=None
        ),
        tooltip=["skill:N", "occupation:N", "people:Q", "of:Q", "whose:N"],
    )
    number = base.mark_text(color=ON_MARK, fontSize=11, fontWeight=600).encode(
        text=alt.Text("people:Q", format="d")
    )
    chart = alt.layer(dot, number).properties(
        width=_COLUMN * len(occupations), height=25 * min(most, len(order))
    )
    title = _title(named, len(occupations))
    return finished(chart, title, _in_words(title, named), _how_to_read(named, order, most), 74)


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
    return first_capital(f"{a_few(widest)} {verb} named in {times} of {of}")


def _in_words(title: str, named: pd.DataFrame) -> str:
    spread = _spread(named)
    parts = [
        f"{skill}: {', '.join(named.loc[named['skill'] == skill, 'occupation'])}"
        for skill in spread[spread > 1].index[:8]
    ]
    return f"{title}. {len(spread)} skills in all." + (f" {'; '.join(parts)}." if parts else "")
