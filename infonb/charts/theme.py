"""The one theme of all charts: the design tokens of `infonb.look` as an Altair configuration.

Text takes the colour of the page (``currentColor``), marks have colours that are told apart on
white and on dark paper and by colour-blind readers. So a chart is drawn once for light, dark and
print.
"""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

from infonb.look import CATEGORIES, TOKENS

_LIGHT = TOKENS["light"]
ACCENT, WARM, GOOD, QUIET = (_LIGHT[f"{name}-mark"] for name in ("accent", "warm", "good", "quiet"))
ON_MARK = _LIGHT["on-mark"]
INK = "currentColor"
SOFT = 0.72
"""Opacity of text that steps back."""

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'
BAND_OPACITY = 0.28
LABELS = 190
"""Pixels for the labels of occupations and skills."""

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "padding": 6,
    "view": {"stroke": None},
    "range": {"category": list(CATEGORIES)},
    "title": {
        "anchor": "start", "frame": "group", "fontSize": 17, "fontWeight": 600, "color": INK,
        "subtitleColor": INK, "subtitleFontSize": 13, "subtitlePadding": 6, "offset": 18,
        "lineHeight": 22, "subtitleLineHeight": 18,
    },
    "axis": {
        "labelColor": INK, "titleColor": INK, "titleOpacity": SOFT, "labelFontSize": 12,
        "titleFontSize": 12, "titleFontWeight": "normal", "grid": False, "domain": False,
        "ticks": False, "labelPadding": 8, "labelLimit": LABELS, "gridColor": INK,
        "gridOpacity": 0.14,
    },
    "axisX": {"grid": True},
    "header": {
        "labelFontSize": 13, "labelFontWeight": 600, "labelColor": INK, "title": None,
        "labelAnchor": "start",
    },
    "legend": {"labelColor": INK, "titleColor": INK, "titleFontWeight": "normal"},
    "text": {"color": INK},
}  # fmt: skip
"""The configuration every chart carries."""


def finished(
    chart: Any,
    title: str,
    description: str,
    subtitle: str | list[str] | None = None,
    width: int = 88,
) -> Any:
    """A chart with its title, its alternative text and the theme.

    Parameters
    ----------
    chart : altair chart
        Any kind.
    title : str
        What is seen, as a sentence; wrapped to lines.
    description : str
        The alternative text: what somebody who can't see it needs to know.
    subtitle : str or list of str, optional
        How to read it.
    width : int
        Characters a line of the title may have.

    Returns
    -------
    altair chart
    """
    lines = [subtitle] if isinstance(subtitle, str) else list(subtitle or [])
    wrapped = [part for line in lines for part in wrap(line, round(width * 1.2))]
    heading = alt.Title(wrap(title, width), subtitle=wrapped or alt.Undefined)
    return chart.properties(title=heading, description=description).configure(**CONFIG)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` characters; long words stay whole.

    Examples
    --------
    >>> wrap("three dots as three dots", 10)
    ['three dots', 'as three', 'dots']
    """
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def panel_title(text: str, width: int = 60) -> alt.Title:
    """The heading of one panel of a chart, wrapped to lines of ``width`` characters."""
    return alt.Title(wrap(text, width), fontSize=13, fontWeight=600, offset=8, lineHeight=17)


def nothing(title: str, hint: str) -> Any:
    """What is shown where there is nothing to show yet: words, and what to do."""
    chart = (
        alt.Chart(alt.InlineData(values=[{"hint": hint}]), width=460, height=40)
        .mark_text(align="left", fontSize=13, opacity=SOFT)
        .encode(x=alt.value(0), text="hint:N")
    )
    return finished(chart, title, f"{title}. {hint}")
