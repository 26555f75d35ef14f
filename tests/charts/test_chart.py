"""A chart of ours: shown anywhere, gone on with, saved; and nobody else's chart is touched by it."""

from __future__ import annotations

import copy
import json
import pickle
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from altair.vegalite.v6.schema import core

from infonb import InfonbError, charts
from infonb.charts.chart import MIME
from infonb.cli import main
from infonb.look import TOKENS


@pytest.fixture
def ratings(shapes) -> Any:
    return charts.ratings(shapes.findings("example"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_svg_has_its_title_its_paper_and_its_ink(ratings: Any, tmp_path: Path, theme: str):
    made = charts.save(ratings, tmp_path / "ratings.svg", dark=theme == "dark")
    svg = made.read_text(encoding="utf-8")
    assert svg.startswith("<svg") and "sounds better than" in svg
    assert "currentColor" not in svg and "http://" not in svg.replace("http://www.w3.org/", "")
    assert TOKENS[theme]["ink"] in svg and f'fill="{TOKENS[theme]["paper"]}"' in svg


def test_a_png_has_the_pixels_it_is_asked_for(ratings: Any, tmp_path: Path):
    small = charts.save(ratings, tmp_path / "small.png", scale=1).read_bytes()
    large = charts.save(ratings, tmp_path / "large.png", scale=2).read_bytes()
    assert small[:4] == large[:4] == b"\x89PNG"
    (width, height), (wide, high) = (struct.unpack(">2I", png[16:24]) for png in (small, large))
    assert 700 <= width <= 800 and abs(wide - 2 * width) <= 2 and abs(high - 2 * height) <= 2


def test_another_ending_or_a_missing_folder_is_said(ratings: Any, tmp_path: Path):
    with pytest.raises(InfonbError, match=r"\.svg or \.png"):
        charts.save(ratings, tmp_path / "ratings.gif")
    with pytest.raises(InfonbError, match="can't be written"):
        charts.save(ratings, tmp_path / "nowhere" / "ratings.svg")


def test_the_command_leaves_names_out_unless_asked(
    shapes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    source = shapes.journal("namesakes")
    kept = tmp_path / "search.db"
    source.backup(kept)
    monkeypatch.setenv("INFONB_JOURNAL", str(kept))
    made = tmp_path / "network.svg"
    assert main(["chart", "network", "-o", str(made)]) == 0
    assert "Names are left out" in capsys.readouterr().out
    words = re.sub(r"<[^>]+>", " ", made.read_text(encoding="utf-8"))
    assert "Nurse 1" in words and "Sam Lee" not in words
    assert main(["chart", "mood"]) == 2
    assert "ratings" in capsys.readouterr().err


# where it is shown -------------------------------------------------------------------------------


def theirs() -> alt.Chart:
    return alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_point().encode(x="a:Q")


def test_importing_our_charts_leaves_altair_as_it_was():
    code = """
import re
import altair as alt
before = alt.renderers.active, alt.theme.active, dict(alt.renderers.options)
made = alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_point()
shown = lambda: re.sub("[0-9a-f]{32}", "", str(made._repr_mimebundle_()))  # an id, always new
spec, bundle = made.to_dict(), shown()
import infonb.charts, infonb
infonb.charts.coverage(infonb.sample().findings())._repr_mimebundle_()
assert (alt.renderers.active, alt.theme.active, dict(alt.renderers.options)) == before
assert made.to_dict() == spec and shown() == bundle
assert type(alt.Chart.from_dict(spec)) is alt.Chart
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)


@pytest.mark.parametrize("name", charts.__all__)
def test_it_shows_with_vega_without_it_and_as_text(shapes, name: str):
    made = getattr(charts, name)(shapes.findings("one_answer"))
    bundle = made._repr_mimebundle_()
    assert set(bundle) == {MIME, "image/svg+xml", "text/plain"}
    assert bundle[MIME]["$schema"].endswith("/v5.json")
    assert bundle["text/plain"] == made.to_dict()["description"]
    assert bundle["image/svg+xml"].startswith("<svg") and "currentColor" not in str(
        bundle["image/svg+xml"]
    )
    json.dumps(bundle, allow_nan=False)


@pytest.mark.parametrize("name", charts.__all__)
def test_the_layout_for_a_phone_is_drawn_when_a_report_asks(shapes, name: str):
    from infonb.charts.layout import NARROW

    made = getattr(charts, name)(shapes.findings("example"))
    rooms, draw = [], made._drawing.draw
    object.__setattr__(made._drawing, "draw", lambda room: rooms.append(room) or draw(room))
    made._repr_mimebundle_()
    assert rooms == []
    shown = made.for_report()[MIME]
    assert rooms == [NARROW]
    brought = shown["usermeta"]["infonb"]
    named = re.findall(r'"data": {"name": "([^"]+)"', json.dumps(brought["narrow"]))
    assert set(named) <= {*brought["narrow"]["datasets"], *shown["datasets"]}
    assert not brought["narrow"]["datasets"].keys() & shown["datasets"].keys()
    core.Root.validate({**brought["narrow"], "datasets": {}})


# gone on with ------------------------------------------------------------------------------------


def test_every_chart_is_altairs_and_takes_properties(shapes):
    for name in charts.__all__:
        made = getattr(charts, name)(shapes.findings("example"))
        assert isinstance(made, alt.TopLevelMixin) and isinstance(made, charts.Chart)
        mine = made.properties(title="Mine")
        assert isinstance(mine, charts.Chart) and mine.to_dict()["title"] == "Mine"
        assert mine.for_report()[MIME]["usermeta"]["infonb"]["narrow"], "still drawn for a phone"


@pytest.mark.parametrize("width", [320, 500, 900])
@pytest.mark.parametrize("name", charts.__all__)
def test_a_width_draws_it_anew(shapes, name: str, width: int):
    import vl_convert

    made = getattr(charts, name)(shapes.findings("example")).properties(width=width)
    assert isinstance(made, charts.Chart)
    spec = made.to_dict()
    core.Root.validate(spec)
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    drawn = float(re.search(r'width="([\d.]+)"', svg)[1])
    assert width * 0.4 <= drawn <= width + 40, drawn


def test_a_width_that_is_none_is_refused(ratings: Any):
    with pytest.raises(InfonbError, match="100 pixels"):
        ratings.properties(width=-3)


def test_charts_beside_below_and_over_each_other_are_ours(shapes, ratings: Any):
    coverage = charts.coverage(shapes.findings("example"))
    both = {
        "hconcat": [ratings | coverage, ratings | theirs(), coverage | coverage],
        "vconcat": [ratings & coverage, coverage & theirs()],
        "layer": [coverage + theirs(), coverage + coverage],
    }
    for together, made in ((key, chart) for key, some in both.items() for chart in some):
        spec = made.to_dict()
        core.Root.validate(spec)
        assert isinstance(made, charts.Chart) and together in spec
        assert spec["config"]["font"] == ratings.to_dict()["config"]["font"]
        assert MIME in made._repr_mimebundle_()
        inside = json.dumps(spec[together])
        assert '"config"' not in inside and '"$schema"' not in inside
    assert isinstance(alt.hconcat(ratings, coverage), alt.HConcatChart), "Altair takes them, too"
    phone = (ratings | coverage).for_report()[MIME]["usermeta"]["infonb"]["narrow"]
    assert "vconcat" in phone, "below each other on a phone"


def test_what_is_configured_goes_before_our_look(ratings: Any):
    config = ratings.configure_axis(labelColor="red").to_dict()["config"]
    assert config["axis"]["labelColor"] == "red"
    assert config["axis"]["titleColor"] == "currentColor" and config["background"] == "transparent"
    assert ratings.to_dict()["config"]["axis"]["labelColor"] == "currentColor"


def test_the_same_whether_altairs_objects_were_made_or_not(shapes):
    for name in charts.__all__:
        plain, made = (getattr(charts, name)(shapes.findings("example")) for _ in range(2))
        assert made.title is not alt.Undefined  # makes them
        assert charts.chart._svg(plain.to_dict()) == charts.chart._svg(made.to_dict()), name


def test_it_survives_pickling_and_copying(ratings: Any):
    for again in (pickle.loads(pickle.dumps(ratings)), copy.deepcopy(ratings)):
        assert again.to_dict() == ratings.to_dict()


def test_the_look_is_there_for_charts_of_ones_own():
    with alt.theme.enable("infonb"):
        assert theirs().to_dict()["config"]["background"] == "transparent"
    assert "background" not in theirs().to_dict().get("config", {})
