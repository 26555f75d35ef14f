"""A chart of a notebook as a figure of a report: its words, its colours, its data made harmless."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from infonb.look import TOKENS

VEGALITE = re.compile(r"application/vnd\.vegalite\.v[56]\+json")
"""MIME types of the charts a report draws."""

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_GUIDE_COLOURS = {
    "labelColor",
    "titleColor",
    "subtitleColor",
    "gridColor",
    "domainColor",
    "tickColor",
}
_GUIDES = re.compile(r"(axis|legend|header|title).*")
_DATA = {"data", "datasets"}
# Text, axes and grid follow the reader's theme; marks keep their colour, which suits both.
_THEMED = {TOKENS["light"]["ink"]: "currentColor"} | {
    TOKENS["light"][name]: f"var(--{name})" for name in ("soft", "line", "panel")
}
_CONFIG: dict[str, Any] = {
    # the drawing is one image to a screen reader, told by the figure's own words
    "aria": False,
    "background": "transparent",
    "title": {"color": "currentColor", "subtitleColor": "var(--soft)"},
    "axis": {
        "labelColor": "currentColor",
        "titleColor": "var(--soft)",
        "domainColor": "var(--line)",
        "gridColor": "var(--line)",
        "tickColor": "var(--line)",
    },
    "legend": {"labelColor": "currentColor", "titleColor": "var(--soft)"},
    "header": {"labelColor": "currentColor", "titleColor": "var(--soft)"},
    "text": {"color": "currentColor"},
}


def chart_words(spec: dict[str, Any]) -> str:
    """What a chart shows, in words: its description, else its title.

    Examples
    --------
    >>> chart_words({"title": {"text": ["Nurses see", "work ahead"]}})
    'Nurses see work ahead'
    """
    for said in (spec.get("description"), spec.get("title")):
        text = said.get("text") if isinstance(said, dict) else said
        text = " ".join(map(str, text)) if isinstance(text, list) else text
        if isinstance(text, str) and text.strip():
            return text.strip()
    return "A chart without a description"


def themed(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec as a report draws it: Vega-Lite 6, readable on light and dark paper.

    Parameters
    ----------
    spec
        A top-level Vega-Lite spec of version 5 or 6; it stays as it is.

    Returns
    -------
    dict
        A copy whose text and guides take the colours of the page, without ``usermeta``, whose
        options a drawing library would obey.

    Examples
    --------
    >>> drawn = themed({"mark": "bar", "config": {"axis": {"labelColor": "#111111"}}})
    >>> drawn["config"]["axis"]["labelColor"]
    'currentColor'
    """
    drawn = {
        key: value if key in _DATA else _recoloured(value, key)
        for key, value in spec.items()
        if key not in ("usermeta", "$schema", "background")
    }
    config = {
        section: _without_guide_colours(value) if _GUIDES.fullmatch(section) else value
        for section, value in (drawn.get("config") or {}).items()
    }
    for section, values in _CONFIG.items():
        if isinstance(values, dict):
            config[section] = {**(config.get(section) or {}), **values}
        else:
            config[section] = values
    return {"$schema": _SCHEMA, **drawn, "config": config}


def _recoloured(value: Any, key: str) -> Any:
    """The value with the theme's fixed text colours turned into those of the page."""
    if isinstance(value, dict):
        return {
            k: v if k in _DATA else _recoloured(v, key if k in ("value", "condition") else k)
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [_recoloured(item, key) for item in value]
    if not isinstance(value, str) or not _is_colour(key):
        return value
    colour = value.lower()
    if key == "stroke" and colour == TOKENS["light"]["paper"]:
        return "var(--paper)"  # the gap around a mark, not white ink on it
    return _THEMED.get(colour, value)


def _is_colour(key: str) -> bool:
    return key in ("color", "fill", "stroke") or key.endswith("Color")


def _without_guide_colours(section: Any) -> Any:
    if not isinstance(section, dict):
        return section
    return {k: v for k, v in section.items() if k not in _GUIDE_COLOURS}


def script_json(value: Any) -> str:
    """JSON that cannot end the script element it stands in.

    Examples
    --------
    >>> script_json("</script>")
    '"\\\\u003c/script>"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def figure(spec: dict[str, Any]) -> str:
    """A chart as HTML: a place to draw it, its words, and its spec.

    The words are what one reads where scripts are off; once drawn, they are the picture's text
    alternative.
    """
    words = escape(chart_words(spec))
    return (
        f'<figure class="chart" data-chart="waiting">'
        f'<div class="drawing" role="img" aria-label="{words}" hidden></div>'
        f'<figcaption class="told">{words}</figcaption>'
        f'<script type="application/json">{script_json(themed(spec))}</script></figure>'
    )
