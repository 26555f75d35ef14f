"""Where one's own strengths are used: as people said, beside what O*NET rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.theme import ACCENT, LABELS, ON_MARK, SOFT, WARM, finished, nothing, wrap
from infonb.findings.words import a_few, count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_COLUMN = 112
_ROW = 34


def strengths(findings: Findings) -> Any:
    """Strength × occupation: who named it, and where O*NET is installed, how it rates it.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.LayerChart
        An orange square says how many people named the strength; below it stands O*NET's
        importance, 1 to 5. A small ring: nobody named it.

    Examples
    --------
    >>> strengths(infonb.sample("example").findings()).to_dict()["title"]["text"]
    ['Elementary school teacher uses two of your strengths']
    """
    fit = findings.strengths_fit()
    if fit.empty:
        return nothing(
            "No strengths of yours to compare yet",
            "Note some with journal.add_strength, and ask people how they would fit.",
        )
    order = list(dict.fromkeys(fit["strength"]))
    occupations = list(dict.fromkeys(fit["occupation"]))
    headings = ["\n".join(wrap(title, 16)) for title in occupations]
    lines = max(heading.count("\n") + 1 for heading in headings)
    chart = alt.layer(*_marks(fit, order, headings, lines)).properties(
        width=_COLUMN * len(occupations), height=_ROW * len(order)
    )
    title = _title(fit)
    return finished(chart, title, _in_words(title, fit), _how_to_read(fit), 74)


def _marks(fit: pd.DataFrame, order: list[str], headings: list[str], lines: int) -> list[Any]:
    rows = [
        {
            "strength": row["strength"], "occupation": row["occupation"],
            "heading": "\n".join(wrap(row["occupation"], 16)), "people": int(row["people"]),
            "of": int(row["of"]), "rated": _rated(row["importance"]),
        }
        for row in fit.to_dict("records")
    ]  # fmt: skip
    axes = {
        "x": alt.X(
            "heading:N", sort=headings, scale=alt.Scale(domain=headings),
            axis=alt.Axis(
                orient="top", title=None, labelAngle=0, labelBaseline="bottom", grid=False,
                labelExpr="split(datum.label, '\\n')", labelLineHeight=14,
                labelPadding=10 + 14 * (lines - 1), labelLimit=_COLUMN,
            ),
        ),
        "y": alt.Y(
            "strength:N", sort=order, scale=alt.Scale(domain=order),
            axis=alt.Axis(title=None, grid=True, labelLimit=LABELS + 60),
        ),
    }  # fmt: skip
    tooltip = ["strength:N", "occupation:N", "people:Q", "of:Q", "rated:N"]

    def of(some: list[dict[str, Any]]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=some))

    named = [row for row in rows if row["people"]]
    return [
        of([row for row in rows if not row["people"]])
        .mark_point(size=50, filled=False, stroke=ACCENT, strokeOpacity=0.6)
        .encode(**axes, tooltip=tooltip),
        of(named)
        .mark_point(filled=True, opacity=1, size=240, shape="square", color=WARM)
        .encode(**axes, tooltip=tooltip),
        of(named)
        .mark_text(color=ON_MARK, fontSize=11, fontWeight=600)
        .encode(**axes, text=alt.Text("people:Q", format="d")),
        of([row for row in rows if row["rated"]])
        .mark_text(fontSize=11, dx=26, opacity=SOFT)
        .encode(**axes, text="rated:N"),
    ]


def _rated(importance: Any) -> str:
    return "" if importance is None or importance != importance else f"{float(importance):.1f}"


def _how_to_read(fit: pd.DataFrame) -> str:
    told = "Orange squares: how many of the people you asked named it. Rings: nobody did."
    rated = " Beside: O*NET's importance, 1 to 5." if fit["importance"].notna().any() else ""
    return told + rated


def _title(fit: pd.DataFrame) -> str:
    used = fit[fit["people"] > 0]
    if used.empty:
        return "Nobody named one of your strengths yet: ask how they would fit"
    by_place = used.groupby("occupation", sort=False)
    reach = {title: (len(part), int(part["people"].sum())) for title, part in by_place}
    most = [title for title in reach if reach[title] == max(reach.values())]
    uses = "uses" if len(most) == 1 else "use"
    how_many = count(max(reach.values())[0], "of your strengths", "of your strengths")
    return first_capital(f"{a_few(most)} {uses} {how_many}")


def _in_words(title: str, fit: pd.DataFrame) -> str:
    used = fit[fit["people"] > 0]
    parts = [
        f"{strength}: {', '.join(part['occupation'])}"
        for strength, part in used.groupby("strength", sort=False)
    ]
    return f"{title}. " + (f"{'; '.join(parts)}." if parts else "No strength is named yet.")
