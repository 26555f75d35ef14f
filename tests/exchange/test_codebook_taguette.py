"""Taguette, a program for qualitative analysis, reads our codebook, and we read its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import infonb
from infonb.journal import Journal

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

THEMES = (("Café 😀", "müde"), ("being needed", None), ('日本, "here"', "two\nlines"))
READ = """
import io, json, sys
import taguette.main, taguette.import_codebook, taguette.export
from types import SimpleNamespace
tags = list(taguette.import_codebook.list_tags(io.BytesIO(open(sys.argv[1], "rb").read())))
made = [SimpleNamespace(path=tag["path"], description=tag["description"], highlights_count=3,
                        documents_count=2) for tag in tags]
with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    taguette.export.codebook_csv(made, out)
print(json.dumps(tags))
"""


def test_its_import_and_its_export_say_the_same(journal: Journal, tmp_path: Path) -> None:
    for name, about in THEMES:
        journal.add_theme(name, description=about)
    journal.export_file(tmp_path / "ours.csv", format="codebook")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([str(python), "-m", "pip", "install", "-q", "taguette>=1.5,<2"], check=True)
    (tmp_path / "read.py").write_text(READ, encoding="utf-8")
    done = subprocess.run(
        [str(python), str(tmp_path / "read.py"), str(tmp_path / "ours.csv"), str(tmp_path / "its.csv")],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    read = [(tag["path"], tag["description"] or None) for tag in json.loads(done.stdout)]
    assert read == list(THEMES)
    with infonb.open(tmp_path / "other.db") as other:
        assert other.import_file(tmp_path / "its.csv").added == 3
        assert [(theme.name, theme.description) for theme in other.themes()] == list(THEMES)
