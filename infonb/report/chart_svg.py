"""A chart of a notebook as a figure of a report: its words, its colours, its data made harmless."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree import ElementTree

from infonb.look import TOKENS
from infonb.report.chart_data import NumberTable, numbers

if TYPE_CHECKING:
    from nbformat import NotebookNode


VEGALITE = re.compile(r"application/vnd\.vegalite\.v[56]\+json")
"""MIME types of the charts a report draws."""

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_GUIDE_COLOURS = {
    "color",
    "labelColor",
    "titleColor",
    "subtitleColor",
    "gridColor",
    "domainColor",
    "tickColor",
}
_GUIDES = re.compile(r"(axis|legend|header|title|text).*")
_DATA = {"data", "datasets"}
# Text, axes and grid follow the reader's theme, and so does all that is drawn in one of these;
# the colours called marks stay, which suit both themes.
_THEMED = {TOKENS["light"]["ink"]: "currentColor"} | {
    TOKENS["light"][name]: f"var(--{name})"
    for name in ("soft", "line", "panel", "band", "accent", "warm", "good")
}
_GRID = {"gridColor", "domainColor", "tickColor"}
_CONFIG: dict[str, dict[str, str]] = {
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
    said = _line(spec.get("description")) or " ".join(title_lines(spec))
    return said or "A chart without a description"


def title_lines(spec: dict[str, Any]) -> list[str]:
    """A chart's title and, where it has one, its subtitle.

    Examples
    --------
    >>> title_lines({"title": {"text": "Nurses see work ahead", "subtitle": ["Each dot:", "one"]}})
    ['Nurses see work ahead', 'Each dot: one']
    """
    title = spec.get("title")
    lines = [title.get("text"), title.get("subtitle")] if isinstance(title, dict) else [title]
    return [line for line in map(_line, lines) if line]


def _line(said: Any) -> str:
    """Text that a spec gives as a string or as a list of lines; nothing for an expression."""
    if isinstance(said, list):
        said = " ".join(str(line) for line in said)
    return said.strip() if isinstance(said, str) else ""


def themed(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec as a report draws it: Vega-Lite 6, readable on light and dark paper.

    Parameters
    ----------
    spec
        A top-level Vega-Lite spec of version 5 or 6; it stays as it is.

    Returns
    -------
    dict
        A copy whose text and guides take the colours of the page, without its title (the page
        says it) and ``usermeta``, whose options a drawing library would obey.

    Examples
    --------
    >>> drawn = themed({"mark": "bar", "config": {"axis": {"labelColor": "#111111"}}})
    >>> drawn["config"]["axis"]["labelColor"]
    'currentColor'
    """
    drawn = {
        key: value if key in _DATA else _recoloured(value, key)
        for key, value in spec.items()
        if key not in ("usermeta", "$schema", "background", "description")
        and not (key == "title" and title_lines(spec))
    }
    config = {
        section: _without_fixed_colours(value) if _GUIDES.fullmatch(section) else value
        for section, value in (drawn.get("config") or {}).items()
    }
    for section, ours in _CONFIG.items():
        config[section] = {**ours, **(config.get(section) or {})}
    config["background"] = "transparent"
    config["view"] = {"stroke": None, **(config.get("view") or {})}
    return {"$schema": _SCHEMA, **drawn, "config": config}


def _recoloured(value: Any, key: str) -> Any:
    """The value with the theme's fixed text colours turned into those of the page."""
    if isinstance(value, dict):
        return {
            k: v if k in _DATA else _recoloured(v, key if k in ("value", "condition") else k)
            for k, v in value.items()
            if not (k == "bind" and isinstance(v, dict))  # a form, anywhere in the page
        }
    if isinstance(value, list):
        return [_recoloured(item, key) for item in value]
    if not isinstance(value, str) or not _is_colour(key):
        return value
    if key in _GRID:
        return value if value == "currentColor" else "var(--line)"
    colour = value.lower()
    if key == "stroke" and colour == TOKENS["light"]["paper"]:
        return "var(--paper)"  # the gap around a mark, not white ink on it
    return _THEMED.get(colour, value)


def _is_colour(key: str) -> bool:
    return key in ("color", "fill", "stroke") or key.endswith("Color")


def _without_fixed_colours(section: Any) -> Any:
    """A guide's settings, its colours only where they follow the page already."""
    if not isinstance(section, dict):
        return section
    return {k: v for k, v in section.items() if k not in _GUIDE_COLOURS or v == "currentColor"}


def narrow(spec: dict[str, Any]) -> tuple[dict[str, Any], float] | None:
    """The same chart for a phone, which the charts of infonb bring along, and when to take it.

    Parameters
    ----------
    spec
        A top-level spec; what it brings along stands in ``usermeta``.

    Returns
    -------
    dict, float
        What is drawn instead in a column of fewer pixels than that: a layout, and data the spec
        itself hasn't. None where nothing is brought along.

    Examples
    --------
    >>> brought = {"narrow": {"mark": "bar", "width": 300}, "below": 700}
    >>> narrow({"mark": "bar", "width": 700, "usermeta": {"infonb": brought}})
    ({'mark': 'bar', 'width': 300, 'datasets': {}}, 700.0)
    """
    meta = spec.get("usermeta")
    brought = meta.get("infonb") if isinstance(meta, dict) else None
    if not isinstance(brought, dict) or not isinstance(brought.get("narrow"), dict):
        return None
    drawn, below = themed(brought["narrow"]), brought.get("below")
    known, more = spec.get("datasets") or {}, drawn.get("datasets") or {}
    drawn["datasets"] = {name: rows for name, rows in more.items() if name not in known}
    layout = {key: part for key, part in drawn.items() if key not in ("$schema", "config")}
    return layout, float(below) if isinstance(below, int | float) else 0.0


@dataclass(frozen=True)
class Picture:
    """A chart as SVG, how wide it is, and the column it is for: all, or from or below a width."""

    svg: str
    width: str
    fits: str = ""
    below: float = 0


@dataclass(frozen=True)
class Drawing:
    """All that a page shows of a chart.

    Attributes
    ----------
    words
        What it shows, in words: the pictures' text alternative.
    titles
        Its title and, where it has one, its subtitle: text of the page, which wraps on a phone.
    pictures
        Seen at once, without scripts and on paper, until the drawing takes its place.
    spec
        What is drawn.
    phone, below
        What is drawn instead in a column of fewer pixels than that.
    tables
        Its numbers.
    """

    words: str
    titles: list[str]
    pictures: list[Picture]
    spec: dict[str, Any]
    phone: dict[str, Any] | None
    below: float
    tables: list[NumberTable]
    kind: ClassVar = "drawing"


def drawing(spec: dict[str, Any], name: str = "chart") -> Drawing:
    """What a page shows of a chart.

    Parameters
    ----------
    spec
        As the notebook has it.
    name
        Goes before every id in it.
    """
    titles, drawn, phone = title_lines(spec), themed(spec), narrow(spec)
    return Drawing(
        words=chart_words(spec),
        titles=titles,
        pictures=_pictures(drawn, phone, name),
        spec=drawn,
        phone=phone[0] if phone else None,
        below=phone[1] if phone else 0,
        tables=numbers(spec, titles[0] if titles else ""),
    )


def draw_ahead(cell: NotebookNode) -> None:
    """Draw the charts that a cell shows, so that their pictures are there when the page is made."""
    for output in cell.get("outputs", []):
        for kind, spec in output.get("data", {}).items():
            if VEGALITE.fullmatch(kind) and isinstance(spec, dict):
                _pictures(themed(spec), narrow(spec), "")


def _pictures(
    drawn: dict[str, Any], phone: tuple[dict[str, Any], float] | None, name: str
) -> list[Picture]:
    """A chart as it is seen before it is drawn: wide, and for a phone where it has a layout."""
    if phone is None:
        # a font of the page may be wider than the one it was measured with
        roomy = {"padding": {"left": 24, "top": 5, "right": 24, "bottom": 5}, **drawn}
        return [*filter(None, [picture(roomy, name)])]
    layout, below = phone
    datasets = {**(drawn.get("datasets") or {}), **layout["datasets"]}
    shared = {"$schema": drawn["$schema"], "config": drawn["config"]}
    wide = picture(drawn, name, "from", below)
    slim = picture({**shared, **layout, "datasets": datasets}, f"{name}-phone", "below", below)
    if wide and slim:
        return [wide, slim]
    wide = picture(drawn, name)
    return [wide] if wide else []


_DRAWN = {"path", "rect", "line", "circle", "text", "tspan", "image"}
_TAGS = {"svg", "g", "defs", "clipPath", "linearGradient", "radialGradient", "stop", *_DRAWN}
_ATTRIBUTES = set(
    "clip-path cx cy d dx dy fill fill-opacity font-size font-style font-weight gradientUnits"
    " height href id offset opacity preserveAspectRatio r rx ry stop-color stop-opacity stroke"
    " stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity"
    " stroke-width text-anchor transform viewBox width x x1 x2 y y1 y2".split()
)
_LONG_NUMBER = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_OWN_PART = re.compile(r"url\(#([\w-]+)\)")
# of what XML can't hold the drawing engine, and this whole program with it, would die: control
# characters, as JSON escapes them, and half characters
_NO_XML = re.compile(
    r"((?<!\\)(?:\\\\)*)\\(?:u00(?:0[0-8bcef]|1[0-9a-f])|[bf])|()[\ud800-\udfff\ufffe\uffff]"
)
_BYTES = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*")


def picture(spec: dict[str, Any], name: str, fits: str = "", below: float = 0) -> Picture | None:
    """A chart as SVG that stands in the page.

    Parameters
    ----------
    spec
        A Vega-Lite spec of version 6, its data inside.
    name
        Goes before every id in it, so that two pictures of a page don't share one.
    fits, below
        As in `Picture`.

    Returns
    -------
    Picture or None
        None where the chart can't be drawn.

    Examples
    --------
    >>> bar = {"mark": "bar", "encoding": {"x": {"field": "n", "type": "quantitative"}}}
    >>> made = picture({**bar, "data": {"values": [{"n": 3}]}}, "a")
    >>> made.svg.startswith(f'<svg width="{made.width}"')
    True
    """
    svg = _drawn(_NO_XML.sub(r"\1\\ufffd", json.dumps(spec, ensure_ascii=False)))
    root = _safe_root(svg, name)
    if root is None or not root.get("width"):
        return None
    if fits:
        attributes = {"class": f"{fits}-{below:g}", **root.attrib}
        root.attrib.clear()
        root.attrib.update(attributes)
    return Picture(_as_text(root), root.attrib["width"], fits, below)


def get_ready() -> None:
    """Start the drawing engine (half a second), so that the first chart need not wait for it."""
    _drawn('{"mark": "point", "data": {"values": []}}')


@lru_cache(maxsize=256)
def _drawn(spec: str) -> str:
    import vl_convert

    try:
        # nothing is loaded: a chart whose data lie elsewhere has no picture
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    except ValueError:
        return ""


def safe_drawing(svg: str, name: str) -> str:
    """An SVG with only what draws, in fewer bytes.

    Parameters
    ----------
    svg
        As Vega writes it.
    name
        Goes before every id.

    Examples
    --------
    >>> safe_drawing('<svg width="9"><text fill="red" onclick="x()">a &lt; b</text></svg>', "a")
    '<svg width="9"><text fill="red">a &lt; b</text></svg>'
    """
    root = _safe_root(svg, name)
    return "" if root is None else _as_text(root)


def _safe_root(svg: str, name: str) -> ElementTree.Element | None:
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return None
    return next(iter(_kept(root, name)), None)


def _as_text(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element, encoding="unicode")


def _kept(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """The element as far as it may stay: itself, or only what is in it, or nothing."""
    tag = _local(element.tag)
    inside = [part for child in element for part in _kept(child, name)]
    attributes = _attributes(element, name)
    if tag == "a":
        return inside
    if tag not in _TAGS or (tag in _DRAWN and not _is_seen(tag, attributes)):
        return []
    if tag == "g" and (not inside or not attributes):
        return inside
    made = ElementTree.Element(tag, attributes)
    made.extend(inside)
    if tag in ("text", "tspan"):
        made.text = element.text
        for part, child in zip(made, element, strict=False):
            part.tail = child.tail
    return [made]


def _is_seen(tag: str, attributes: dict[str, str]) -> bool:
    if attributes.get("opacity") == "0":
        return False
    if tag == "image":
        return "href" in attributes
    paints = {attributes.get("fill", "none"), attributes.get("stroke", "none")}
    return tag == "tspan" or not paints <= {"none", "transparent"}


def _attributes(element: ElementTree.Element, name: str) -> dict[str, str]:
    kept = {}
    for key, value in element.attrib.items():
        key = _local(key)
        if key == "id":
            value = f"{name}-{value}"
        elif key == "href":
            if not _BYTES.fullmatch(value):
                continue
        elif "url(" in value:
            own = _OWN_PART.fullmatch(value)
            if not own:
                continue
            value = f"url(#{name}-{own[1]})"
        else:
            value = _LONG_NUMBER.sub(_short, value)
        if key in _ATTRIBUTES and (key, value) != ("transform", "translate(0,0)"):
            kept[key] = value
    return kept


def _short(number: re.Match[str]) -> str:
    """A number to a tenth of a pixel; small ones, such as opacities and scales, finer."""
    value = float(number[0])
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 2 else f"{value:.2f}"


def _local(name: str) -> str:
    return name.rpartition("}")[2]
