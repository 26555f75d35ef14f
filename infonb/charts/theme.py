"""The one theme of all charts: the design tokens of `infonb.look` as an Altair configuration.

Text takes the colour of the page (``currentColor``), marks have colours that are told apart on
white and on dark paper and by colour-blind readers. So a chart is drawn once for light, dark and
print.
"""

from __future__ import annotations

import textwrap
from copy import deepcopy
from typing import Any

import altair as alt

from infonb.look import CATEGORIES, TOKENS, pixels

_LIGHT = TOKENS["light"]
ACCENT, WARM, QUIET = (_LIGHT[f"{name}-mark"] for name in ("accent", "warm", "quiet"))
ON_MARK = _LIGHT["on-mark"]
INK = "currentColor"
SOFT = 0.72
"""Opacity of text that steps back."""

TINY, SMALL, TEXT, LARGE = (pixels(f"text-{size}") for size in ("xxs", "xs", "s", "l"))
"""Type in pixels: numbers and axes, labels, headings of panels, the title."""

FONT = _LIGHT["font"]
BAND_OPACITY = 0.32

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
"""The configuration that every chart is drawn with; what its reader configures goes before it."""


@alt.theme.register("infonb", enable=False)
def theme() -> alt.theme.ThemeConfig:
    """The same for your own charts: ``alt.theme.enable("infonb")``.

    Examples
    --------
    >>> theme()["config"]["background"]
    'transparent'
    """
    return alt.theme.ThemeConfig(config=deepcopy(CONFIG))  # type: ignore[typeddict-item]


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters; long words stay whole.

    Examples
    --------
    >>> wrap("three dots as three dots", 10)
    ['three dots', 'as three', 'dots']
    """
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
