"""The docs site builds without a warning, asks the network for nothing, and leaves nothing out."""

from __future__ import annotations

import argparse
import html
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import infonb
from infonb.cli import _parser

ROOT = Path(__file__).parents[2]
MODULES = [
    f"infonb.{name}"
    for name in "journal findings charts widgets report method reference exchange".split()
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make docs` builds it; a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html",
         "-d", str(folder / "doctrees"), "docs", str(folder / "html")],
        cwd=ROOT, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNDEFAULTENCODING": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"


def test_no_page_asks_the_network_for_anything(site: Path):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 25
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert 'src="http' not in text, page
        for link in re.findall(r"<link [^>]*>", text):
            assert 'href="http' not in link or "canonical" in link, f"{page}: {link}"
        assert "mathjax" not in text.lower(), page
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?http", style.read_text(encoding="utf-8")), style


def test_every_command_is_documented(site: Path):
    text = html.unescape((site / "api" / "commands.html").read_text(encoding="utf-8"))
    commands = next(
        action.choices
        for action in _parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    assert len(commands) > 15
    for name in commands:
        assert f"usage: infonb {name}" in text, name


@pytest.mark.parametrize("module", ["infonb", *MODULES])
def test_every_public_name_is_documented(site: Path, module: str):
    page = (site / "api" / f"{module}.html").read_text(encoding="utf-8")
    names = importlib.import_module(module).__all__
    for name in names:
        if f"infonb.{name}" in MODULES and module == "infonb":
            assert (site / "api" / f"infonb.{name}.html").exists()
        elif module == "infonb":
            assert f"infonb.{name}" in page, name
        else:
            assert f'id="{module}.{name}"' in page, name


def test_the_journals_methods_stand_with_their_docstrings(site: Path):
    page = (site / "api" / "infonb.journal.html").read_text(encoding="utf-8")
    for name in vars(infonb.Journal):
        if not name.startswith("_"):
            assert f"Journal.{name}" in page, name


def test_every_chart_stands_in_the_gallery_in_both_themes(site: Path):
    from infonb import charts

    page = (site / "gallery" / "index.html").read_text(encoding="utf-8")
    for name in charts.__all__:
        assert f"{name}.svg" in page and f"{name}-dark.svg" in page
        assert f'id="{name.replace("_", "-")}"' in page
