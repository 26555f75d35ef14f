"""Notebooks made on the spot, so that a test shows all there is to know about one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook of code cells; a text that starts with # and a space is Markdown."""

    def write(*cells: str, name: str = "story.ipynb") -> Path:
        made = nbformat.v4.new_notebook()
        made.cells = [
            nbformat.v4.new_markdown_cell(cell)
            if cell.startswith("# ")
            else nbformat.v4.new_code_cell(cell)
            for cell in cells
        ]
        path = tmp_path / name
        nbformat.write(made, path)
        return path

    return write
