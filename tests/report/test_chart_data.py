"""Promises of the table behind a chart: its own rows, headings for a reader, nothing twice."""

from __future__ import annotations

import re
from typing import Any

import pytest

from infonb.report.blocks import words_of
from infonb.report.chart_data import MOST, numbers
from infonb.report.render import figure


def tables(spec: dict[str, Any]) -> list[list[list[str]]]:
    """The cells of each table of a chart, headings first."""
    return [
        [
            [words_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
            for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in (made.html for made in numbers(spec, "T"))
    ]


def dots(rows: list[dict[str, Any]], tooltip: list[Any], **more: Any) -> dict[str, Any]:
    tips = [tip if isinstance(tip, dict) else {"field": tip} for tip in tooltip]
    return {"data": {"values": rows}, "mark": "point", "encoding": {"tooltip": tips}, **more}


ONE = [{"person": "Nurse 1", "mean_low": 2.34567, "x": 7}]


def test_what_a_mark_tells_when_pointed_at_is_a_row() -> None:
    spec = dots(ONE, ["person", {"field": "mean_low", "title": "At least", "format": ".1f"}])
    assert tables(spec) == [[["Person", "At least"], ["Nurse 1", "2.3"]]]


def test_no_heading_is_the_name_of_a_field() -> None:
    assert tables(dots(ONE, ["person", "mean_low"]))[0][0] == ["Person", "Mean low"]
    known = [{"occupation": "Nurse", "low": 1, "high": 2, "n": 3, "weight": 1, "rating": 4}]
    headings = tables(dots(known, list(known[0])))[0][0]
    assert headings[1:4] == ["Low end of the band", "High end of the band", "People"]


def test_marks_that_share_their_rows_share_a_table() -> None:
    rows = [{"who": "A", "low": 1, "mean": 2}]
    spec = {
        "data": {"values": rows},
        "layer": [dots(rows, ["who", "low"]), dots(rows, ["who", "mean"])],
    }
    for layer in spec["layer"]:
        del layer["data"]
    assert tables(spec) == [[["Who", "Low end of the band", "Mean, 1 to 5"], ["A", "1", "2"]]]


def test_panels_with_like_rows_are_one_table_that_names_the_panel() -> None:
    panels = [
        dots([{"who": "A", "n": n}], ["who", "n"], title=title)
        for n, title in enumerate(["Pay?", "Hours?"])
    ]
    assert tables({"hconcat": panels}) == [
        [["Panel", "Who", "People"], ["Pay?", "A", "0"], ["Hours?", "A", "1"]]
    ]


def test_a_label_does_not_tell_again_what_a_dot_has_told() -> None:
    label = {
        **dots([{"who": "Landscape architect", "label": "Landscape…"}], ["who"]),
        "mark": {"type": "text"},
    }
    label["encoding"]["text"] = {"field": "label"}
    spec = {"layer": [dots([{"who": "Landscape architect", "n": 1}], ["who", "n"]), label]}
    assert tables(spec) == [[["Who", "People"], ["Landscape architect", "1"]]]


def test_a_label_that_tells_more_is_a_column() -> None:
    label = dots([{"who": "A", "note": "16 answers"}], ["who"])
    label |= {"mark": "text", "encoding": {**label["encoding"], "text": {"field": "note"}}}
    assert tables({"layer": [label]}) == [[["Who", "Note"], ["A", "16 answers"]]]


def test_a_chart_of_ones_own_shows_what_it_draws() -> None:
    spec = {
        "datasets": {"d": [{"a": "x", "b": 1.5, "unused": 0}]},
        "data": {"name": "d"},
        "mark": "bar",
        "encoding": {"y": {"field": "a"}, "x": {"field": "b", "axis": {"title": "Hours a week"}}},
    }
    assert tables(spec) == [[["A", "Hours a week"], ["x", "1.5"]]]


def test_a_long_table_says_how_long_it_is() -> None:
    spec = dots([{"who": f"P{n}", "n": n} for n in range(1234)], ["who", "n"])
    assert len(tables(spec)[0]) == 1 + MOST
    assert "These are the first 200 of 1,234 rows." in figure(spec)


def test_like_rows_are_counted() -> None:
    rows = [{"who": "A", "state": "asked"}] * 3 + [{"who": "B", "state": "asked"}]
    assert tables(dots(rows, ["who", "state"])) == [
        [["Who", "State", "How often"], ["A", "asked", "3"], ["B", "asked", "1"]]
    ]


def test_names_alone_are_no_numbers() -> None:
    assert tables(dots([{"hint": "Nothing rated yet"}], ["hint"])) == []
    assert tables(dots([{"n": 3}], ["n"])) == [[["People"], ["3"]]]


def test_everything_in_it_is_escaped_and_captioned() -> None:
    spec = dots([{"who": "<b>", "n": 1}], [{"field": "who", "title": "<i>"}, "n"])
    made = figure({**spec, "title": "A <title>"})
    assert "<caption>Numbers of “A &lt;title&gt;”</caption>" in made
    assert '<th scope="row" class="infonb-short">&lt;b&gt;</th>' in made
    assert "<b>" not in made and "<i>" not in made
    summary = '<summary>Show the numbers<span class="unseen"> of “A &lt;title&gt;”</span></summary>'
    assert f'<details class="numbers">{summary}' in made


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"mark": 3, "data": 4, "encoding": 5, "layer": 6, "spec": 7, "datasets": 8, "title": 9},
        {"data": {"values": [1, "two"]}, "mark": "bar", "encoding": {"x": {"field": "a"}}},
        {"data": {"name": ["x"]}, "mark": "bar", "encoding": {"x": {"field": 3}, "tooltip": 4}},
        {"data": {"url": "data.csv"}, "mark": "bar", "encoding": {"x": {"field": "a"}}},
        {"layer": [1, {"mark": "text", "encoding": {"y": [], "text": {"field": "t"}}}]},
    ],
)
def test_a_chart_without_rows_has_no_table(spec: dict[str, Any]) -> None:
    assert numbers(spec, "T") == []
    assert "<details" not in figure(spec)


def test_words_never_get_the_format_of_a_number() -> None:
    spec = dots([{"who": "A", "n": "many"}], ["who", {"field": "n", "format": ".0%"}])
    assert tables(spec)[0][1] == ["A", "many"]
