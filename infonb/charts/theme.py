"""The one theme of all charts: the design tokens of `infonb.look` as an Altair configuration.

Text takes the colour of the page (``currentColor``), marks have colours that are told apart on
white and on dark paper and by colour-blind readers. So a chart is drawn once for light, dark and
print.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from infonb.charts.altair_quickly import chart_of
from infonb.charts.room import GAP, LABEL, NARROW, WIDE, Room, shortened
from infonb.look import CATEGORIES, TOKENS, pixels

_LIGHT = TOKENS["light"]
ACCENT, WARM, GOOD, QUIET = (_LIGHT[f"{name}-mark"] for name in ("accent", "warm", "good", "quiet"))
ON_MARK = _LIGHT["on-mark"]
INK = "currentColor"
SOFT = 0.72
"""Opacity of text that steps back."""

TINY, SMALL, TEXT, LARGE = (pixels(f"text-{size}") for size in ("xxs", "xs", "s", "l"))
"""Type in pixels: numbers and axes, labels, headings of panels, the title."""

FONT = _LIGHT["font"]
BAND_OPACITY = 0.32
_SLIM = 110
_TITLE, _SUBTITLE = 60, 90  # characters that a line of a wide chart holds

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "padding": 2,
    "view": {"stroke": None},
    "range": {"category": list(CATEGORIES)},
    "title": {
        "anchor": "start", "frame": "group", "fontSize": LARGE, "fontWeight": 600, "color": INK,
        "subtitleColor": INK, "subtitleFontSize": TEXT, "subtitlePadding": 6, "offset": 18,
        "lineHeight": 23, "subtitleLineHeight": 18,
    },
    "axis": {
        "labelColor": INK, "titleColor": INK, "labelOpacity": SOFT, "titleOpacity": SOFT,
        "labelFontSize": TINY, "titleFontSize": TINY, "titleFontWeight": "normal", "grid": False,
        "domain": False, "ticks": False, "labelPadding": 5, "gridColor": INK, "gridOpacity": 0.12,
        "titleAlign": "left", "titleAnchor": "start", "titlePadding": 4,
    },
    "axisX": {"grid": True},
    "text": {"color": INK, "fontSize": SMALL},
}  # fmt: skip
"""The configuration every chart carries."""


def finished(
    draw: Callable[[Room], Any],
    title: str,
    description: str,
    subtitle: str | list[str] | None = None,
    label: int = LABEL,
) -> Any:
    """A chart with its title, its alternative text, the theme, and the same for a phone.

    Parameters
    ----------
    draw : callable
        Gives the drawing for a `Room`. It is asked twice; the narrow one travels in ``usermeta``,
        where a report finds it.
    title : str
        What is seen, as a sentence; wrapped to lines.
    description : str
        The alternative text: what somebody who can't see it needs to know.
    subtitle : str or list of str, optional
        How to read it.
    label : int
        Pixels for names left of the panels, from where the title starts; 0 without names.

    Returns
    -------
    altair chart
    """
    lines = [subtitle] if isinstance(subtitle, str) else list(subtitle or [])
    wrapped = [part for line in lines for part in wrap(line, _SUBTITLE)]
    left = -(label + GAP) if label else 0
    heading = alt.Title(wrap(title, _TITLE), subtitle=wrapped or alt.Undefined, dx=left)
    with debug_mode(False):  # the whole is validated once, when it is shown, not each part of it
        wide, narrow = draw(WIDE), draw(NARROW).to_dict(validate=False)
    drawn = {key: part for key, part in narrow.items() if key not in ("$schema", "config")}
    made = wide.configure(**CONFIG)
    made.title, made.description = heading, description
    made.usermeta = {"infonb": {"narrow": drawn, "below": WIDE.width + 8}}
    return made


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters; long words stay whole.

    Examples
    --------
    >>> wrap("three dots as three dots", 10)
    ['three dots', 'as three', 'dots']
    """
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def panel_title(text: str, width: int, most: int | None = None) -> alt.Title:
    """The heading of one panel of a chart, as wide as that, in at most so many lines."""
    size = TEXT if width >= _SLIM else SMALL
    letters = max(6, round(width / (0.68 * size)))
    lines = wrap(text, letters) if most is None else shortened(text, letters, most)
    return alt.Title(lines, fontSize=size, fontWeight=600, offset=10, lineHeight=size + 4)


def nothing(title: str, hint: str) -> Any:
    """What is shown where there is nothing to show yet: words, and what to do."""

    def draw(room: Room) -> Any:
        lines = wrap(hint, room.characters())
        return (
            chart_of([{"hint": "\n".join(lines)}])
            .mark_text(
                align="left", baseline="top", lineBreak="\n", lineHeight=18, fontSize=TEXT,
                opacity=SOFT,
            )
            .encode(x=alt.value(0), y=alt.value(0), text="hint:N")
            .properties(width=room.width, height=18 * len(lines) + 6)
        )  # fmt: skip

    return finished(draw, title, f"{title}. {hint}", label=0)
