"""The room a chart has: a column of a report on a screen, or a phone. Each is drawn for both."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

_LETTER = 7.3
"""Pixels of a letter at label size, in the widest of the fonts a page may fall back to."""

_JUTS = 2

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
