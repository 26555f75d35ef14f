"""Where one's own strengths are used: as people said, beside what O*NET rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import ColumnLayout, Room, RowLayout
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity
from infonb.charts.theme import ON_MARK, QUIET, SOFT, TINY, WARM
from infonb.findings.sentences import strengths_alt_text, strengths_hint, strengths_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_COLUMN, _BESIDE = 112, 64
_ROW, _NARROW_ROW, _LABEL = 30, 26, 200


def strengths(findings: Findings) -> Chart:
    """Strength × occupation: who named it, and where O*NET is installed, how it rates it.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        An orange square says how many people named the strength; below it stands O*NET's
        importance, 1 to 5. A small dot: nobody named it.

    Examples
    --------
    >>> strengths(infonb.sample("example").findings()).to_dict()["title"]["text"][0]
    'Elementary school teacher, Landscape architect and Physical'
    """
    fit = findings.strengths_fit()
    if fit.empty:
        return nothing(
            "No strengths of yours to compare yet",
            "Note some with journal.add_strength, and ask people how they would fit.",
        )
    order = list(dict.fromkeys(fit["strength"]))
    occupations = list(dict.fromkeys(fit["occupation"]))
    cells = [
        {**row, "rated": "" if rated is None else f"{rated:.1f}"}
        for row in to_records(fit[["strength", "occupation", "people", "of", "importance"]])
        for rated in [row.pop("importance")]
    ]

    def draw(room: Room) -> Spec:
        rows = RowLayout("strength", order, room, room.pick(_ROW, _NARROW_ROW), label=_LABEL)
        columns = ColumnLayout("occupation", occupations, room, rows.width, _COLUMN)
        layers = [*_marks(cells, rows, columns), *columns.headings(), *rows.names()]
        return rows.panel(*layers, width=columns.width, names=False)

    title = strengths_title(fit)
    return finished(draw, title, f"{title}. {strengths_alt_text(fit)}", strengths_hint(fit), _LABEL)


def _marks(cells: Rows, rows: RowLayout, columns: ColumnLayout) -> list[Spec]:
    place = {
        "x": columns.x(), "y": rows.y(),
        "tooltip": [nominal("strength"), nominal("occupation"), quantity("people"),
                    quantity("of"), nominal("rated")],
    }  # fmt: skip
    named = [row for row in cells if row["people"]]
    unnamed = [row for row in cells if row["people"] == 0]
    # where there is no room beside a mark, O*NET's number stays in the tooltip
    beside = [row for row in cells if row["rated"]] if columns.step >= _BESIDE else []
    number = place | {"text": quantity("people", format="d")}
    return [
        rows.hairlines(columns.width),
        marks(unnamed, "point", place, size=50, filled=True, color=QUIET, opacity=1),
        marks(named, "point", place, filled=True, opacity=1, size=240, shape="square", color=WARM),
        marks(named, "text", number, color=ON_MARK, fontSize=TINY, fontWeight=600),
        marks(
            beside, "text", place | {"text": nominal("rated")},
            fontSize=TINY, dx=26, opacity=SOFT,
        ),
    ]  # fmt: skip
