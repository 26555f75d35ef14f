"""Promises of `charts.save` and ``infonb chart``: a picture that needs nothing around it."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Any

import pytest

from infonb import InfonbError, charts
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
