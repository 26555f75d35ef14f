"""The rows of a chart: with room to spare their names stand at the left of all panels; on a phone
they stand above their row, and the panels share the width below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import GAP, LABEL, Room, shortened
from infonb.charts.theme import SMALL, SOFT

_LINE = 14


class RowLayout:
    """The rows of a chart: their names, their places, and the width that is left for panels.

    Parameters
    ----------
    field : str
        The column that names a row.
    order : sequence of str
        Names from top to bottom.
    room : Room
    height : int
        Pixels that the marks of a row take.
    label : int
        Pixels for the names where they stand at the left.
    notes : dict of str to str, optional
        A few words for a row, at its right end.
    labels : dict of str to list of str, optional
        Lines for a name where it is not simply wrapped.
    under : bool
        Whether notes stand under the names instead, where those stand at the left.
    """

    def __init__(
        self,
        field: str,
        order: Sequence[str],
        room: Room,
        height: int,
        label: int = LABEL,
        notes: Mapping[str, str] | None = None,
        labels: Mapping[str, list[str]] | None = None,
        under: bool = False,
    ) -> None:
        self.field, self.order, self.room = field, list(order), room
        self._notes, self._under = dict(notes or {}), under
        beside = max((len(note) for note in self._notes.values()), default=-2) + 2
        across = room.characters() - beside if room.narrow else room.characters(label)
        most = 2 if room.narrow else 3
        self._labels = {
            name: [shortened(line, across)[0] for line in labels[name]]
            if labels
            else shortened(name, across, most)
            for name in self.order
        }
        tallest = _LINE * max((len(lines) for lines in self._labels.values()), default=1)
        tallest += _LINE if under and not room.narrow else 0
        above = tallest + 4 if room.narrow else 0
        self._top, self._marks = above // 2, height
        self.step = height + above if room.narrow else max(height, tallest + 6)
        self._label = 0 if room.narrow else label
        self.width = room.width - (0 if room.narrow else label + GAP)
        self.height = self.step * max(len(self.order), 1) + self._top

    def noting(self, notes: Mapping[str, str]) -> RowLayout:
        """The same rows with other notes, no longer than the first."""
        other = copy(self)
        other._notes = dict(notes)
        return other

    def y(self, field: str | None = None) -> alt.Y:
        """The place of a row."""
        edges = [self._top, self.height]
        scale = alt.Scale(type="band", domain=self.order, range=edges, padding=0)
        return alt.Y(f"{field or self.field}:N", sort=self.order, scale=scale, axis=None)

    def names(self, width: int = 0) -> list[alt.Chart]:
        """Layers that write the names and notes, to go with the first panel.

        Parameters
        ----------
        width : int
            Of the panel, in pixels, by default all there is.
        """
        by_lines: dict[int, list[dict[str, Any]]] = {}
        for name, lines in self._labels.items():
            row = {self.field: name, "label": "\n".join(lines), "note": self._notes.get(name, "")}
            by_lines.setdefault(len(lines), []).append(row)
        layers = []
        for count, rows in sorted(by_lines.items()):
            layers.append(
                self._text(rows, "label", self._label_place(count), lineBreak="\n", align="left")
            )
            if self._notes:
                where, style = self._note_place(count, width or self.width)
                layers.append(self._text(rows, "note", where, opacity=SOFT, **style))
        return layers

    def _label_place(self, count: int) -> tuple[float, float]:
        """Pixels from the left and from the middle of the row, of the first of so many lines."""
        if self.room.narrow:
            return 0, -self._marks / 2 - _LINE * (count - 0.5)
        lines = count + (1 if self._under and self._notes else 0)
        return -self._label - GAP, -_LINE * (lines - 1) / 2

    def _note_place(self, count: int, width: int) -> tuple[tuple[float, float], dict[str, Any]]:
        if self.room.narrow:
            return (self.room.width, -self._marks / 2 - _LINE / 2), {"align": "right"}
        if self._under:
            x, first = self._label_place(count)
            return (x, first + _LINE * count), {"align": "left"}
        return (width + 8, 0), {"align": "left"}

    def _text(
        self, rows: list[dict[str, Any]], field: str, place: tuple[float, float], **style: Any
    ) -> alt.Chart:
        x, down = place
        return (
            chart_of(rows)
            .mark_text(baseline="middle", lineHeight=_LINE, dy=down, fontSize=SMALL, **style)
            .encode(x=alt.value(x), y=self.y(), text=f"{field}:N", tooltip=f"{self.field}:N")
        )


def side_by_side(panels: Sequence[Any], columns: int, gap: int, below: int = 30) -> Any:
    """Panels that share their rows: so many beside each other, the rest below.

    Parameters
    ----------
    panels : sequence of altair charts
    columns : int
    gap, below : int
        Pixels between panels.
    """
    lines = [
        alt.hconcat(*panels[at : at + columns], spacing=gap, bounds="flush")
        for at in range(0, len(panels), columns)
    ]
    chart = lines[0] if len(lines) == 1 else alt.vconcat(*lines, spacing=below)
    return chart.resolve_scale(y="independent", yOffset="independent")
