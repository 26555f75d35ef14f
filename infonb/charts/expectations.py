"""What was expected before anybody was asked, beside what people said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout
from infonb.charts.marks import Rows, Spec, marks, nominal, quantity, rows_of, scale
from infonb.charts.strip_plot import ROW, placed
from infonb.charts.theme import ACCENT, INK, QUIET, WARM
from infonb.findings.sentences import (
    expectation_note,
    expectations_alt_text,
    expectations_hint,
    expectations_title,
    told_expectations,
)
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings

_NOTE, _LABEL = 160, 206
_X = scale(0.6, 5.4, zero=False)


def expectations(findings: Findings, most: int = 8) -> Chart:
    """What you expected as a ring, people as dots, the official figure as a diamond.

    Parameters
    ----------
    findings : Findings
    most : int
        How many rows are shown, those first that people said otherwise about.

    Returns
    -------
    Chart
        A row per occupation and question, surprises first, then the widest shift; a grey line
        leads from what was expected to what was heard. What was noted after a first talk has a
        dashed ring.

    Examples
    --------
    >>> expectations(infonb.sample("published").findings()).to_dict()["title"]["text"]
    ['Nothing to compare with what you expected yet']
    """
    short = {key: question.short for key, question in findings.questions.items()}
    told = told_expectations(findings.expectations(), short)
    if not told:
        return nothing(
            "Nothing to compare with what you expected yet",
            "Before you ask about an occupation, note what you expect: a minute in Prepare.",
        )
    shown = [{**row, "row": f"{row['occupation']}, {row['short']}"} for row in told[:most]]
    row_of = {(row["occupation"], row["question"]): row["row"] for row in shown}
    answers = findings.answers
    given = to_records(answers[answers["rating"].notna() & (answers["weight"] > 0)])
    dots = [
        {"occupation": row, "person": said["person"], "rating": said["rating"],
         "weight": said["weight"]}
        for said in given
        if (row := row_of.get((said["occupation"], said["question"])))
    ]  # fmt: skip

    def draw(room: Room) -> Spec:
        rows = RowLayout(
            "occupation", list(row_of.values()), room, ROW,
            label=_LABEL, notes={row["row"]: expectation_note(row) for row in shown},
            labels={row["row"]: _lines(row, room) for row in shown},
        )  # fmt: skip
        return rows.panel(*_marks(shown, dots, rows), width=rows.width - room.pick(_NOTE, 0))

    title = expectations_title(told)
    hint = expectations_hint(shown, len(told) - len(shown))
    return finished(draw, title, f"{title}. {expectations_alt_text(shown)}", hint, _LABEL)


def _lines(row: dict[str, Any], room: Room) -> list[str]:
    return [row["row"]] if room.narrow else [row["occupation"], row["short"]]


def _marks(shown: Rows, dots: Rows, rows: RowLayout) -> list[Spec]:
    y = rows.y()
    axis = {"values": [1, 2, 3, 4, 5], "format": "d", "title": ["1 bad for me", "5 good for me"]}
    told = [
        {**row_, "occupation": row["row"], "late": row["late"]}
        for row in shown
        for row_ in rows_of([row], ["expected", "heard", "official", "n", "question"])
    ]
    tips = [nominal("occupation"), *map(quantity, ("expected", "heard", "n"))]
    way = marks(
        told, "rule",
        {"x": quantity("expected", scale=_X, axis=axis), "x2": {"field": "heard"}, "y": y},
        color=QUIET, strokeWidth=2,
    )  # fmt: skip
    rings = [
        marks(
            [row for row in told if row["late"] == late], "point",
            {"x": quantity("expected", scale=_X), "y": y, "tooltip": tips},
            size=210, filled=False, strokeWidth=2, stroke=ACCENT, opacity=1, **look,
        )
        for late, look in ((False, {}), (True, {"strokeDash": [2, 2.5]}))
    ]  # fmt: skip
    figures = marks(
        [row for row in told if "official" in row], "point",
        {"x": quantity("official", scale=_X), "y": y, "tooltip": tips},
        shape="diamond", size=170, filled=False, strokeWidth=2, stroke=WARM, opacity=1,
    )  # fmt: skip
    lifted = scale(-1, 1, range=[rows.step / 2 - 1, rows.step / 2 + 1])
    opacity = quantity("weight", scale={"domain": [0, 1], "range": [0.0, 0.85]}, legend=None)
    people = marks(
        placed(dots), "circle",
        {"x": quantity("at", scale=_X), "y": y, "yOffset": quantity("lift", scale=lifted),
         "fillOpacity": opacity,
         "tooltip": [nominal("person"), nominal("occupation"), quantity("rating")]},
        size=50, color=INK, stroke=INK, strokeWidth=1,
    )  # fmt: skip
    return [way, *rings, figures, people]
