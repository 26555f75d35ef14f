"""Promises of a chart's picture: there without scripts, harmless, small, the same each time."""

from __future__ import annotations

import copy
import re
from typing import Any
from xml.etree import ElementTree

from infonb.look import TOKENS
from infonb.report.blocks import Figure, Story
from infonb.report.chart_svg import chart_words, picture, safe_drawing, themed, title_lines
from infonb.report.render import figure, page

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)


def bars(**more: Any) -> dict[str, Any]:
    rows = [{"who": "A <b>", "n": 1.23456}, {"who": "B & C", "n": 2}]
    encoding = {
        "x": {"field": "n", "type": "quantitative"},
        "y": {"field": "who", "type": "nominal"},
    }
    return {"mark": "bar", "data": {"values": rows}, "encoding": encoding, "width": 300, **more}


def test_a_chart_is_a_picture_with_its_text_as_text() -> None:
    made = figure(bars(title="Two bars", description="B leads."))
    seen = re.search(r'<div class="drawing"[^>]*>(<svg.*?</svg>)</div>', made)
    assert seen and " hidden" not in made.split("<svg")[0]
    assert "A &lt;b&gt;</text>" in seen[1] and "B &amp; C</text>" in seen[1]
    assert 'fill="currentColor"' in seen[1]  # text of the page's own colour, light, dark or print
    assert '<p class="told" hidden>B leads.</p>' in made


def test_a_chart_without_a_picture_is_told_in_words() -> None:
    elsewhere = bars(data={"url": "https://example.org/data.csv"}, description="What it shows.")
    made = figure(elsewhere)
    assert "<svg" not in made
    assert '<p class="told">What it shows.</p>' in made
    assert 'aria-label="What it shows." hidden>' in made


def test_a_phone_has_a_picture_of_its_own_and_paper_the_wide_one() -> None:
    brought = {"infonb": {"narrow": bars(width=200), "below": 640}}
    spec = bars(usermeta=brought)
    made = figure(spec)
    assert re.findall(r'<svg class="([\w-]+)" width', made) == ["from-640", "below-640"]
    style = page(Story(sections=[Figure(spec)])).split("</style>")[0]
    assert '@container (width < 640px) { .drawing > [class="from-640"]' in style
    assert '@container (width >= 640px) { .drawing > [class="below-640"]' in style
    assert '@media print { .drawing > [class="below-640"]' in style


def test_the_page_knows_how_wide_each_picture_is() -> None:
    spec = bars()
    made = figure(spec)
    width = re.search(r'<svg width="([\d.]+)"', made)
    assert width
    style = page(Story(sections=[Figure(spec)])).split("</style>")[0]
    assert f'svg[width="{width[1]}"] {{ --drawn-width: {width[1]}px; }}' in style


def test_the_same_chart_gives_the_same_picture() -> None:
    made = picture(bars(), "a")
    assert made is not None and made == picture(bars(), "a")


def test_two_pictures_of_a_page_share_no_id() -> None:
    clipped = bars(mark={"type": "bar", "clip": True})
    drawn = [made.svg for name in ("a", "b") if (made := picture(clipped, name))]
    ids = [re.findall(r'id="([^"]+)"', svg) for svg in drawn]
    assert ids[0] and not set(ids[0]) & set(ids[1])
    assert re.findall(r"url\(#([^)]+)\)", drawn[0])[0] in ids[0]


def test_nothing_in_a_picture_acts_or_loads() -> None:
    hostile = (
        "<script>x()</script><style>*{}</style><foreignObject><p>x</p></foreignObject>"
        '<a xlink:href="javascript:x()"><rect fill="red" width="1" onclick="x()" style="x:y"/></a>'
        '<image href="https://outside.test/a.png"/><use href="#a"/><animate onbegin="x()"/>'
        '<rect fill="url(https://outside.test/#a)" stroke="red"/>'
        '<image xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>'
        '<image xlink:href="data:image/png;base64,AAAA" width="2"/>'
    )
    made = safe_drawing(SVG.format('width="9" onload="x()"', hostile), "n")
    assert made == (
        '<svg width="9"><rect fill="red" width="1" /><rect stroke="red" />'
        '<image href="data:image/png;base64,AAAA" width="2" /></svg>'
    )


def test_what_is_not_seen_is_left_out_and_numbers_are_short() -> None:
    drawn = (
        '<g class="a" role="graphics-object"><g transform="translate(0,0)">'
        '<path class="background" d="M0,0h9v9h-9Z"/><text fill="red" opacity="0">x</text>'
        '<path d="M10.123456,2.000001L0.12345,1e-7" fill="red" aria-label="one"/></g></g>'
    )
    made = safe_drawing(SVG.format("", drawn), "n")
    assert made == '<svg><path d="M10.1,2L0.12,1e-7" fill="red" /></svg>'


def test_lines_of_a_text_stay_lines() -> None:
    two = '<text fill="red">a<tspan x="0" dy="12">b</tspan>c</text>'
    made = ElementTree.fromstring(safe_drawing(SVG.format("", two), "n"))
    assert "".join(made.itertext()) == "abc"


def test_what_is_no_drawing_is_no_picture() -> None:
    assert safe_drawing("not an svg", "n") == ""
    assert picture({"mark": "bar", "layer": 3}, "n") is None


LIGHT = TOKENS["light"]


def test_words_are_the_description_else_the_title() -> None:
    assert chart_words({"description": "Three dots.", "title": "T"}) == "Three dots."
    assert chart_words({"title": "T"}) == "T"
    assert chart_words({"title": {"text": ["A", "b"], "subtitle": "c"}}) == "A b c"
    assert chart_words({"title": {"text": {"expr": "1"}}}) == "A chart without a description"
    assert chart_words({}) == "A chart without a description"


def test_the_title_is_text_of_the_page_and_not_drawn_twice() -> None:
    spec = {"title": {"text": "<Nurses>", "subtitle": "each & every"}, "description": "D"}
    made = figure(spec)
    assert '<span class="title">&lt;Nurses&gt;</span>' in made
    assert '<span class="subtitle">each &amp; every</span>' in made
    assert 'aria-label="D"' in made and '<p class="told">D</p>' in made
    assert "title" not in themed(spec)


def test_an_inner_title_stays_in_the_drawing() -> None:
    spec = {"hconcat": [{"title": "left", "mark": "bar"}]}
    assert themed(spec)["hconcat"][0]["title"] == "left"
    assert title_lines(spec) == []


def test_the_notebooks_spec_stays_as_it_was() -> None:
    spec = {"title": "T", "config": {"axis": {"labelColor": LIGHT["ink"]}}, "usermeta": {"a": 1}}
    before = copy.deepcopy(spec)
    themed(spec)
    assert spec == before


def test_text_and_guides_follow_the_page_and_marks_stay() -> None:
    drawn = themed(
        {
            "background": "#fff",
            "layer": [
                {"mark": {"type": "text", "color": LIGHT["ink"]}},
                {"mark": {"type": "circle", "color": LIGHT["accent-mark"], "stroke": "#FFFFFF"}},
                {"mark": {"type": "text", "color": "#ffffff"}},
                {"mark": "bar", "encoding": {"color": {"value": LIGHT["band"]}}},
                {"encoding": {"y": {"axis": {"gridColor": "#e4e7eb", "labelColor": "#123456"}}}},
            ],
            "config": {"axisX": {"gridColor": "#eee", "grid": True}, "title": {"color": "#111"}},
        }
    )
    text, circle, on_mark, band, axis = drawn["layer"]
    assert text["mark"]["color"] == "currentColor"
    assert circle["mark"] == {
        "type": "circle",
        "color": LIGHT["accent-mark"],
        "stroke": "var(--paper)",
    }
    assert on_mark["mark"]["color"] == "#ffffff"
    assert band["encoding"]["color"] == {"value": "var(--band)"}
    assert axis["encoding"]["y"]["axis"] == {"gridColor": "var(--line)", "labelColor": "#123456"}
    assert drawn["config"]["axisX"] == {"grid": True}
    assert drawn["config"]["title"]["color"] == "currentColor"
    assert drawn["config"]["background"] == "transparent" and "background" not in drawn


def test_a_theme_that_follows_the_page_keeps_its_own_shades() -> None:
    axis = {"gridColor": "currentColor", "gridOpacity": 0.14, "titleColor": "currentColor"}
    drawn = themed({"config": {"axis": axis}, "encoding": {"x": {"axis": axis}}})
    assert drawn["config"]["axis"].items() >= axis.items()
    assert drawn["encoding"]["x"]["axis"] == axis


def test_data_that_reads_like_a_colour_is_data() -> None:
    rows = [{"color": LIGHT["ink"], "occupation": LIGHT["soft"], "stroke": "#ffffff"}]
    drawn = themed(
        {
            "data": {"values": rows},
            "datasets": {"d": rows},
            "layer": [{"data": {"values": rows}}],
            "encoding": {"y": {"field": "occupation", "sort": [LIGHT["soft"]], "title": "#ffffff"}},
        }
    )
    assert drawn["data"] == {"values": rows} and drawn["datasets"] == {"d": rows}
    assert drawn["layer"][0]["data"] == {"values": rows}
    assert drawn["encoding"]["y"] == {
        "field": "occupation",
        "sort": [LIGHT["soft"]],
        "title": "#ffffff",
    }
