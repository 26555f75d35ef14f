"""Promises of a chart's way into the page: its words, its colours, its data untouched."""

from __future__ import annotations

import copy

from infonb.look import TOKENS
from infonb.report.figures import chart_words, figure, themed, title_lines

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
