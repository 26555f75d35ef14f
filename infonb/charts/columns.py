"""The columns of a matrix: their headings above, upright where there are few, on end where many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import Room, shortened
from infonb.charts.theme import SMALL

_LINE = 14
_UPRIGHT, _WIDE = 62, 100
_LONGEST = 24


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
        self._upright = self.step >= (_UPRIGHT if longest <= self._letters + 2 else _WIDE)

    def x(self) -> alt.X:
        """The place of a column."""
        scale = alt.Scale(type="band", domain=self.order, padding=0)
        return alt.X(f"{self.field}:N", sort=self.order, scale=scale, axis=None)

    def headings(self) -> list[Any]:
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
        return [
            chart_of([row for row in rows if row["lines"] == lines])
            .mark_text(
                fontSize=SMALL, lineBreak="\n", lineHeight=_LINE,
                **{**style, "dy": style["dy"] - _LINE * (lines - 1)} if self._upright else style,
            )
            .encode(
                x=self.x(), y=alt.value(0), text="heading:N", tooltip=f"{self.field}:N"
            )
            for lines in sorted({row["lines"] for row in rows})
        ]  # fmt: skip
