"""Where one's own strengths are used: as people said, beside what O*NET rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.columns import ColumnLayout
from infonb.charts.room import Room
from infonb.charts.rows import RowLayout
from infonb.charts.theme import INK, ON_MARK, QUIET, SOFT, TINY, WARM, finished, nothing
from infonb.english import a_few, count, first_capital

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings import Findings

_COLUMN, _BESIDE = 112, 64
_ROW, _NARROW_ROW, _LABEL = 30, 26, 200


def strengths(findings: Findings) -> Any:
    """Strength × occupation: who named it, and where O*NET is installed, how it rates it.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    altair.LayerChart
        An orange square says how many people named the strength; below it stands O*NET's
        importance, 1 to 5. A small dot: nobody named it.

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
    told = [
        {
            "strength": row["strength"], "occupation": row["occupation"],
            "people": int(row["people"]), "of": int(row["of"]), "rated": _rated(row["importance"]),
        }
        for row in fit.to_dict("records")
    ]  # fmt: skip

    def draw(room: Room) -> Any:
        rows = RowLayout("strength", order, room, room.pick(_ROW, _NARROW_ROW), label=_LABEL)
        columns = ColumnLayout("occupation", occupations, room, rows.width, _COLUMN)
        return alt.layer(
            *_marks(told, rows, columns), *columns.headings(), *rows.names()
        ).properties(width=columns.width, height=rows.height)

    title = _title(fit)
    return finished(draw, title, _in_words(title, fit), _how_to_read(fit), _LABEL)


def _marks(told: list[dict[str, Any]], rows: RowLayout, columns: ColumnLayout) -> list[Any]:
    def of(some: list[dict[str, Any]]) -> alt.Chart:
        tooltip = ["strength:N", "occupation:N", "people:Q", "of:Q", "rated:N"]
        return chart_of(some).encode(x=columns.x(), y=rows.y(), tooltip=tooltip)

    named = of([row for row in told if row["people"]])
    lines = (
        chart_of([{"strength": strength} for strength in rows.order])
        .mark_rule(color=INK, opacity=0.12)
        .encode(y=rows.y(), x=alt.value(0), x2=alt.value(columns.width))
    )
    # where there is no room beside a mark, O*NET's number stays in the tooltip
    beside = [row for row in told if row["rated"]] if columns.step >= _BESIDE else []
    return [
        lines,
        of([row for row in told if not row["people"]]).mark_point(
            size=50, filled=True, color=QUIET, opacity=1
        ),
        named.mark_point(filled=True, opacity=1, size=240, shape="square", color=WARM),
        named.mark_text(color=ON_MARK, fontSize=TINY, fontWeight=600).encode(
            text=alt.Text("people:Q", format="d")
        ),
        of(beside).mark_text(fontSize=TINY, dx=26, opacity=SOFT).encode(text="rated:N"),
    ]


def _rated(importance: Any) -> str:
    return "" if importance is None or importance != importance else f"{float(importance):.1f}"


def _how_to_read(fit: pd.DataFrame) -> str:
    told = "Orange squares: how many of the people you asked named it. Small dots: nobody did."
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
