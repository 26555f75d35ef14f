"""The layout of a chart: the room it has, names of rows and columns, panels beside each other.

A chart is drawn for a column of a report on a screen or for a phone. With room to spare the names
of rows stand at the left of all panels; on a phone they stand above their row, and the panels share
the width below them. Names of columns are upright where there are few, on end where there are many.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from infonb.charts.marks import Rows, Spec, layer, marks, nominal, value
from infonb.charts.theme import INK, SMALL, SOFT, TEXT, wrap

_LETTER = 7.3
"""Pixels of a letter at label size, in the widest of the fonts a page may fall back to."""

_JUTS = 2

_LINE = 14  # pixels of a line of a name
_UPRIGHT, _WIDE_COLUMN, _LONGEST = 62, 100, 24
_SLIM = 110

LABEL, GAP = 150, 12
"""Pixels for names at the left of panels, and between them and the panels."""


@dataclass(frozen=True)
class Room:
    """How wide a drawing may be, in pixels, and whether that is as little as on a phone."""

    width: int
    narrow: bool = False

    def characters(self, width: float | None = None) -> int:
        """How many letters of label size fit this width, by default the whole.

        Examples
        --------
        >>> Room(316).characters()
        43
        """
        return max(4, int((self.width if width is None else width) / _LETTER))

    def pick(self, wide: Any, narrow: Any) -> Any:
        """The first of two with room to spare, else the second."""
        return narrow if self.narrow else wide


WIDE = Room(720)
NARROW = Room(316, narrow=True)


def shortened(text: str, width: int, lines: int = 1) -> list[str]:
    """The text in at most so many lines; what doesn't fit ends in an ellipsis.

    Parameters
    ----------
    text : str
    width : int
        Letters of a line; a word that juts out by more than two is parted.
    lines : int

    Examples
    --------
    >>> shortened("Wind turbine service technician, offshore", 16, 2)
    ['Wind turbine', 'service…']
    >>> shortened("Nurse", 16)
    ['Nurse']
    """
    longest = max(map(len, text.split()), default=0)
    if width < longest <= width + _JUTS:
        width = longest
    made = textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False) or [""]
    if len(made) <= lines:
        return made
    last = made[lines - 1]
    if len(last) >= width:
        last = last.rsplit(" ", 1)[0] if " " in last else last[: width - 1]
    return [*made[: lines - 1], last.rstrip(" ,;.–-") + "…"]


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
        self.field: str = field
        self.order: list[str] = list(order)
        self.room: Room = room
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
        self.step: int = height + above if room.narrow else max(height, tallest + 6)
        self._label = 0 if room.narrow else label
        self.width: int = room.width - (0 if room.narrow else label + GAP)
        self.height: int = self.step * max(len(self.order), 1) + self._top

    def noting(self, notes: Mapping[str, str]) -> RowLayout:
        """The same rows with other notes, no longer than the first."""
        other = copy(self)
        other._notes = dict(notes)
        return other

    def y(self) -> Spec:
        """The place of a row."""
        edges = [self._top, self.height]
        band = {"type": "band", "domain": self.order, "range": edges, "padding": 0}
        return nominal(self.field, sort=self.order, scale=band, axis=None)

    def panel(
        self, *parts: Spec, width: int | None = None, title: str | None = None, names: bool = True
    ) -> Spec:
        """These layers as a panel of these rows, with their names unless another panel has them."""
        width = self.width if width is None else width
        words = self.names(width) if names else []
        heading = None if title is None else panel_title(title, width)
        return layer([*parts, *words], width, self.height, heading)

    def hairlines(self, width: int) -> Spec:
        """A thin line in each row of a matrix, from one end to the other."""
        ends = {"y": self.y(), "x": value(0), "x2": value(width)}
        names = [{self.field: name} for name in self.order]
        return marks(names, "rule", ends, color=INK, opacity=0.12)

    def names(self, width: int = 0) -> list[Spec]:
        """Layers that write the names and notes, to go with the first panel.

        Parameters
        ----------
        width : int
            Of the panel, in pixels, by default all there is.
        """
        by_lines: dict[int, Rows] = {}
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

    def _text(self, rows: Rows, field: str, place: tuple[float, float], **style: Any) -> Spec:
        x, down = place
        return marks(
            rows, "text",
            {"x": value(x), "y": self.y(), "text": nominal(field), "tooltip": nominal(self.field)},
            baseline="middle", lineHeight=_LINE, dy=down, fontSize=SMALL, **style,
        )  # fmt: skip


def side_by_side(
    panels: Sequence[Spec], columns: int, gap: int, below: int = 30, independent: Sequence[str] = ()
) -> Spec:
    """Panels that share their rows: so many beside each other, the rest below.

    Parameters
    ----------
    panels : sequence of Spec
    columns : int
    gap, below : int
        Pixels between panels.
    independent : sequence of str
        Channels with a scale of their own in each panel, beside places of rows.
    """
    lines = [
        {"hconcat": list(panels[at : at + columns]), "spacing": gap, "bounds": "flush"}
        for at in range(0, len(panels), columns)
    ]
    whole = lines[0] if len(lines) == 1 else {"vconcat": lines, "spacing": below}
    own = dict.fromkeys(("y", "yOffset", *independent), "independent")
    return {**whole, "resolve": {"scale": own}}


def panel_title(text: str, width: int, most: int | None = None) -> Spec:
    """The heading of one panel of a chart, as wide as that, in at most so many lines."""
    size = TEXT if width >= _SLIM else SMALL
    letters = max(6, round(width / (0.68 * size)))
    lines = wrap(text, letters) if most is None else shortened(text, letters, most)
    return {
        "text": lines,
        "fontSize": size,
        "fontWeight": 600,
        "offset": 10,
        "lineHeight": size + 4,
    }


class ColumnLayout:
    """Columns of equal width, and how to write their headings.

    Parameters
    ----------
    field : str
        The column of the data that names a column of the matrix.
    order : sequence of str
        Names from left to right.
    room : Room
    width : int
        Pixels there are for all columns.
    widest : int
        Pixels of a column at most.
    """

    def __init__(
        self, field: str, order: Sequence[str], room: Room, width: int, widest: int
    ) -> None:
        self.field, self.order = field, list(order)
        self.step = min(widest, width // max(len(self.order), 1))
        self.width = self.step * len(self.order)
        self._letters = room.characters(self.step - 4)
        longest = max((len(word) for name in self.order for word in name.split()), default=0)
        # words are parted only where there is room to guess them
        self._upright = self.step >= (_UPRIGHT if longest <= self._letters + 2 else _WIDE_COLUMN)

    def x(self) -> Spec:
        """The place of a column."""
        band = {"type": "band", "domain": self.order, "padding": 0}
        return nominal(self.field, sort=self.order, scale=band, axis=None)

    def headings(self) -> list[Spec]:
        """Layers that write the headings above the matrix; their tooltip has them in full."""
        letters = self._letters if self._upright else _LONGEST
        most = 4 if self._upright else 1
        rows = []
        for name in self.order:
            lines = shortened(name, letters, most)
            rows.append({self.field: name, "heading": "\n".join(lines), "lines": len(lines)})
        style: dict[str, Any] = {"baseline": "bottom", "align": "center", "dy": -10}
        if not self._upright:
            style = {"angle": 270, "align": "left", "baseline": "middle", "dx": 8}
        encoding = {
            "x": self.x(), "y": value(0), "text": nominal("heading"), "tooltip": nominal(self.field)
        }  # fmt: skip
        return [
            marks(
                [row for row in rows if row["lines"] == lines], "text", encoding,
                fontSize=SMALL, lineBreak="\n", lineHeight=_LINE,
                **{**style, "dy": style["dy"] - _LINE * (lines - 1)} if self._upright else style,
            )
            for lines in sorted({row["lines"] for row in rows})
        ]  # fmt: skip
