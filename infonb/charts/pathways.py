"""The way in and up: five questions as strips, the typical entry beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb.charts.chart import Chart, finished, nothing
from infonb.charts.layout import Room, RowLayout, shortened, side_by_side
from infonb.charts.marks import Spec, marks, nominal, rows_by, value
from infonb.charts.strip_plot import ROW, strip_plot
from infonb.charts.theme import SOFT, TINY
from infonb.findings.pathways import STEPS, typical_entries
from infonb.findings.sentences import PATHWAYS_HINT, pathways_alt_text, pathways_title
from infonb.frame import to_records

if TYPE_CHECKING:
    from infonb.findings import Findings


_LABEL, _ENTRY, _GAP = 128, 130, 13
_LETTER = 6.9
_TEXT_ROW = 16


def pathways(findings: Findings) -> Chart:
    """How open the way in and up sounds, step by step, and what is typical for a newcomer.

    Parameters
    ----------
    findings : Findings

    Returns
    -------
    Chart
        One strip per step with ratings; at the right the official typical entry.

    Examples
    --------
    >>> pathways(infonb.sample().findings()).to_dict()["title"]["text"][0][:21]
    'The usual way in asks'
    """
    told = findings.pathways()
    if told.empty:
        return nothing("No pathways yet", "Ask how people came to their work, and what it took.")
    order = [o for o in findings.occupations["occupation"] if o in set(told["occupation"])]
    summary = findings.ratings()
    bands = rows_by(to_records(summary[summary["n"] > 0]), "question")
    rated = told[told["rating"].notna() & (told["weight"] > 0)]
    dots = rows_by(to_records(rated), "question")
    steps = [step for step in STEPS if step in dots]
    typical = typical_entries(told)
    entries = {occupation: _entry(typical.get(occupation)) for occupation in order}

    def draw(room: Room) -> Spec:
        rows = RowLayout("occupation", order, room, ROW, label=_LABEL)
        columns = room.pick(len(steps) + 1, min(3, max(len(steps), 1)))
        entry = room.pick(_ENTRY, rows.width) if steps else rows.width
        left = rows.width - (entry + _GAP if not room.narrow else 0)
        gaps = _GAP * ((columns - 1) if room.narrow else max(len(steps) - 1, 0))
        width = (left - gaps) // max(room.pick(len(steps), columns), 1)
        panels = [
            strip_plot(
                dots[step], bands.get(step, []), rows, findings.questions[step].short, width,
                names=number % columns == 0,
            )
            for number, step in enumerate(steps)
        ]  # fmt: skip
        if not room.narrow or not steps:
            return side_by_side([*panels, _typical(entries, rows, entry, not steps)], columns, _GAP)
        strips = side_by_side(panels, columns, _GAP)
        lines = RowLayout("occupation", order, room, _TEXT_ROW)
        return {"vconcat": [strips, _typical(entries, lines, entry, True)], "spacing": 30}

    title = pathways_title(told)
    words = pathways_alt_text(told, entries)
    return finished(draw, title, f"{title}. {words}", PATHWAYS_HINT, _LABEL)


def _typical(entries: dict[str, str], rows: RowLayout, width: int, names: bool) -> Spec:
    letters = int(width / _LETTER)
    told = []
    for occupation, entry in entries.items():
        lines = [entry] if rows.room.narrow else entry.split(" · ")
        most = rows.room.pick(2, 1)
        wrapped = [part for line in lines for part in shortened(line, letters, most)]
        told.append({"occupation": occupation, "entry": "\n".join(wrapped)})
    parts = [
        marks(
            [row for row in told if row["entry"].count("\n") == lines], "text",
            {"x": value(0), "y": rows.y(), "text": nominal("entry")},
            align="left", baseline="middle", lineBreak="\n", lineHeight=13, dy=-6.5 * lines,
            fontSize=TINY, opacity=rows.room.pick(1, SOFT),
        )
        for lines in sorted({row["entry"].count("\n") for row in told})
    ]  # fmt: skip
    return rows.panel(*parts, width=width, title="Typical entry", names=names)


def _entry(typical: tuple[str, int | None] | None) -> str:
    if typical is None:
        return "no official figures"
    education, zone = typical
    return education if zone is None else f"{education} · Job Zone {zone}"
