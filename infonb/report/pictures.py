"""A chart drawn once, when the report is made: seen at once, without scripts, and on paper.

vl-convert draws it with the very Vega that the page carries. What comes out is rebuilt from an
allow-list, made small, and free of fixed ids and fonts.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

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


def picture(spec: dict[str, Any], name: str) -> str:
    """A chart as SVG that stands in the page.

    Parameters
    ----------
    spec
        A Vega-Lite spec of version 6, its data inside.
    name
        Goes before every id in it, so that two pictures of a page don't share one.

    Returns
    -------
    str
        ``<svg …>``, or nothing where the chart can't be drawn.

    Examples
    --------
    >>> bar = {"mark": "bar", "encoding": {"x": {"field": "n", "type": "quantitative"}}}
    >>> picture({**bar, "data": {"values": [{"n": 3}]}}, "a")[:11]
    '<svg width='
    """
    drawn = _drawn(_NO_XML.sub(r"\1\\ufffd", json.dumps(spec, ensure_ascii=False)))
    return safe_drawing(drawn, name) if drawn else ""


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
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return ""
    return "".join(ElementTree.tostring(part, encoding="unicode") for part in _kept(root, name))


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
