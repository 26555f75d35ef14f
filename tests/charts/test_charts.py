"""Every public chart, of every journal: it draws, says what is seen, and runs nobody's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert
from altair.vegalite.v6.schema import core

from infonb import InfonbError, charts
from infonb.charts.strip_plot import placed
from infonb.look import TOKENS

ALL = charts.__all__
HOLD_EXPRESSIONS = {"expr", "labelExpr", "calculate", "signal", "test", "filter", "update", "as"}
OUR_EXPRESSIONS = {"split(datum.label, '\\n')"}
AGGREGATES = {"aggregate", "transform", "op", "joinaggregate", "bin", "impute", "stack"}


def chart(findings: Any, name: str) -> Any:
    return getattr(charts, name)(findings)


def parts(spec: Any, path: tuple = ()) -> Iterator[tuple[tuple, Any]]:
    """Every key of a specification with its path, data left out."""
    items = (
        spec.items()
        if isinstance(spec, dict)
        else enumerate(spec)
        if isinstance(spec, list)
        else ()
    )
    for key, value in items:
        if key not in ("data", "datasets", "values"):
            yield (*path, key), value
            yield from parts(value, (*path, key))


def text(spec: dict[str, Any]) -> str:
    title = spec["title"]["text"]
    return title if isinstance(title, str) else " ".join(title)


class Drawn:
    """Specifications of all charts, made once for each journal."""

    def __init__(self, shapes: Any) -> None:
        self._shapes = shapes
        self._made: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}

    def __call__(self, shape: str, redaction: str = "NOBODY") -> dict[str, dict[str, Any]]:
        key = (shape, redaction)
        if key not in self._made:
            findings = self._shapes.findings(*key)
            self._made[key] = {name: chart(findings, name).to_dict() for name in ALL}
        return self._made[key]


@pytest.fixture(scope="module")
def drawn(shapes) -> Drawn:
    return Drawn(shapes)


@pytest.fixture
def specs(drawn: Drawn, shape: str) -> dict[str, dict[str, Any]]:
    return drawn(shape)


def test_every_chart_of_every_journal_keeps_the_rules(specs):
    for name, spec in specs.items():
        assert spec["$schema"] == alt.SCHEMA_URL, name
        core.Root.validate(spec)  # made as plain data, so this is where it is checked
        # title and description
        title = text(spec)
        assert title.strip(), name
        assert " ".join(title.split()) in " ".join(spec["description"].split()), name
        assert len(spec["description"]) > len(title), name
        wrong = re.search(r"\b(nan|NaN|<NA>|None(?! of))\b", f"{title} {spec['description']}")
        assert not wrong, name
        for path, value in parts(spec):
            key = path[-1]
            assert key not in AGGREGATES, (name, path)
            assert key != "$schema" or len(path) == 1, (name, path)
            if key == "sort":  # Vega-Lite 5 and 6 sort fields of layers differently
                assert value is None or isinstance(value, list), (name, path)
            if key in HOLD_EXPRESSIONS and isinstance(value, str):
                assert value in OUR_EXPRESSIONS, (name, path, value)


def test_no_colour_but_ours(specs):
    ours = {*TOKENS["light"].values(), "currentColor", "transparent", "none"}
    for name, spec in specs.items():
        for path, value in parts(spec):
            if path[-1] in ("color", "fill", "stroke", "labelColor", "titleColor") and isinstance(
                value, str
            ):
                assert value in ours, (name, path, value)
            if path[-1] == "range" and path[-2:] != ("config", "range") and isinstance(value, list):
                strings = {v for v in value if isinstance(v, str) and v.startswith("#")}
                assert strings <= ours, (name, path, value)


@pytest.mark.parametrize(
    "shape_or_crowd", ["odd_titles", "all_alike", "published", "example", "crowd"]
)
def test_every_chart_draws(drawn: Drawn, shape_or_crowd: str):
    for name, spec in drawn(shape_or_crowd).items():
        svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
        assert "<svg" in svg and "undefined" not in svg and "NaN" not in svg, name


def test_an_empty_journal_says_what_to_do_next(drawn: Drawn):
    for name, spec in drawn("empty").items():
        svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
        assert "<text" in svg, name


def test_words_of_the_journal_stand_only_in_data_titles_and_sorting(drawn: Drawn):
    """What somebody typed is never part of the specification's logic."""
    allowed = {"title", "text", "subtitle", "description", "sort", "domain", "values", "labels"}
    for name, spec in drawn("odd_titles").items():
        for path, value in parts(spec):
            if isinstance(value, str) and (
                "<b>" in value or "Clown" in value or "datum.x" in value
            ):
                assert allowed & {str(key) for key in path}, (name, path)


def test_specifications_are_the_same_every_time(shapes, drawn: Drawn):
    from infonb.findings import Findings

    journal = shapes.journal("example")
    again = Findings.from_rows(journal.rows(), journal.today())
    for name in ALL:
        first = json.dumps(drawn("example")[name], sort_keys=True)
        assert json.dumps(chart(again, name).to_dict(), sort_keys=True) == first, name


@pytest.mark.parametrize("shape_with_names", ["example", "namesakes", "private_answers"])
def test_redacted_charts_name_nobody_and_keep_secrets(shapes, drawn: Drawn, shape_with_names: str):
    people = shapes.findings(shape_with_names).people.person
    for name, spec in drawn(shape_with_names, "EVERYBODY").items():
        said = json.dumps(spec, ensure_ascii=False)
        assert not [person for person in people if re.search(rf"\b{person}\b", said)], name
        assert "Off the record" not in said, name


# three dots are three dots -----------------------------------------------------------------------


def dots(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows with a place that any layer draws as circles."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            mark = node.get("mark")
            if (
                isinstance(mark, dict)
                and mark.get("type") == "circle"
                and "yOffset" in node["encoding"]
            ):
                values = node["data"].get("values") or spec["datasets"][node["data"]["name"]]
                found.extend(values)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk({key: part for key, part in spec.items() if key != "usermeta"})
    return found


@pytest.mark.parametrize("name", ["ratings", "outlook"])
def test_three_equal_ratings_are_three_dots_at_three_places(drawn: Drawn, name: str):
    rows = dots(drawn("all_alike")[name])
    lifts = {row["lift"] for row in rows}
    assert len(lifts) == 3
    assert all(row["rating"] == 5 for row in rows)
    assert min(abs(a - b) for a in lifts for b in lifts if a != b) >= 8, "a dot is 8 pixels wide"
    assert {row["at"] for row in rows} == {5}


@pytest.mark.parametrize("equal", [1, 2, 3, 4, 5, 9, 12, 40])
def test_no_dot_hides_another_or_leaves_its_row_and_rating(equal: int):
    given = [{"occupation": "Nurse", "rating": 4, "person": person} for person in range(equal)]
    dots = pd.DataFrame(placed(given))
    assert not dots.duplicated(["lift", "at"]).any()
    assert dots["lift"].abs().max() <= 13, "a row is 30 pixels high"
    assert (dots["at"] - 4).abs().max() < 0.5, "nearer to its own rating than to any other"
    assert dots["at"].mean() == pytest.approx(4) and (dots["rating"] == 4).all()


def test_every_rating_with_weight_is_a_dot(shapes):
    findings = shapes.findings("example")
    answers = findings.answers
    answers = answers[answers.rating.notna() & (answers.weight > 0)]
    keys = answers.question.drop_duplicates().tolist()
    rows = dots(charts.ratings(findings, questions=keys).to_dict())
    assert len(rows) == len(answers)
    assert sorted(row["weight"] for row in rows) == sorted(round(w, 4) for w in answers.weight)


def test_nobody_without_weight_is_a_dot(shapes):
    assert len(dots(charts.ratings(shapes.findings("weight_zero")).to_dict())) == 1


# arguments ---------------------------------------------------------------------------------------


def test_a_question_nobody_knows_is_refused(shapes):
    findings = shapes.findings("example")
    for call in (
        lambda: charts.answers(findings, "mood"),
        lambda: charts.ratings(findings, questions=["home_life", "mood"]),
    ):
        with pytest.raises(InfonbError, match="'mood'"):
            call()


def test_chosen_questions_are_shown_in_their_order(shapes):
    spec = charts.ratings(shapes.findings("example"), questions=["outlook", "home_life"]).to_dict()
    shown = [text(panel) for panel in spec["hconcat"]]
    assert shown == ["Will there be work?", "Is it good for life at home?"]


def test_skills_say_how_many_are_not_shown(shapes):
    findings = shapes.findings("example")
    spec = charts.skills(findings, most=5).to_dict()
    rest = findings.skills_by_occupation().skill.nunique() - 5
    assert f"{rest} more were named" in " ".join(spec["title"]["subtitle"])
