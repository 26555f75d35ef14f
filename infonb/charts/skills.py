"""Which skills each occupation uses: a dot matrix, size = how many of the people named it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import ColumnLayout, Room, RowLayout
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity
from infonb.charts.theme import ACCENT, ON_MARK, TINY, WARM
from infonb.findings.sentences import skills_alt_text, skills_hint, skills_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_MOST = 22
_COLUMN = 110
_ROW, _NARROW_ROW, _LABEL = 25, 24, 200


def skills(findings: Findings, most: int = _MOST) -> Chart:
    """Skill × occupation; skills that several occupations share stand together at the top.

    Parameters
    ----------
    findings : Findings
    most : int
        How many skills to show at most; the rest is counted in the subtitle.

    Returns
    -------
    Chart
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
    occupations = [o for o in findings.occupations["occupation"] if o in set(named["occupation"])]
    cells = [
        {**row, "whose": "yours too" if row.pop("strength") else "theirs"}
        for row in to_records(named[["skill", "occupation", "people", "of", "strength"]])
        if row["skill"] in order[:most]
    ]

    def draw(room: Room) -> Spec:
        rows = RowLayout("skill", order[:most], room, room.pick(_ROW, _NARROW_ROW), label=_LABEL)
        columns = ColumnLayout("occupation", occupations, room, rows.width, _COLUMN)
        layers = [*_dots(cells, rows, columns), *columns.headings(), *rows.names()]
        return rows.panel(*layers, width=columns.width, names=False)

    title = skills_title(named)
    return finished(
        draw, title, f"{title}. {skills_alt_text(named)}",
        skills_hint(named, len(order) - len(order[:most])), _LABEL,
    )  # fmt: skip


def _dots(cells: Rows, rows: RowLayout, columns: ColumnLayout) -> list[Spec]:
    largest = min(360.0, (0.82 * min(columns.step, rows.step)) ** 2)
    most = max(3, max(row["people"] for row in cells))
    clamped = {"domain": [0, most], "range": [largest / 5, largest], "clamp": True}
    place = {
        "x": columns.x(), "y": rows.y(),
        "tooltip": [nominal("skill"), nominal("occupation"), quantity("people"), quantity("of"),
                    nominal("whose")],
    }  # fmt: skip
    looks: dict[str, dict[str, Any]] = {
        "theirs": {"shape": "circle", "color": ACCENT},
        "yours too": {"shape": "square", "color": WARM},
    }
    layers = [rows.hairlines(columns.width)]
    for whose, look in looks.items():
        mine = [row for row in cells if row["whose"] == whose]
        size = {"size": quantity("people", legend=None, scale=clamped)}
        number = {"text": quantity("people", format="d")}
        layers += [
            marks(mine, "point", place | size, filled=True, opacity=1, **look),
            marks(mine, "text", place | number, color=ON_MARK, fontSize=TINY, fontWeight=600),
        ]
    return layers
