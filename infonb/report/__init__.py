"""Reports: a notebook becomes one HTML file that needs no network, to read, print or send.

`build` makes the file; `build_each` one of every notebook, and one of all. The rest is for cells of
a notebook: a table, quotes, a sentence and the facts of the first screen, which read well in
JupyterLab and get their looks in the report.
"""

from __future__ import annotations

from infonb.report.display import Piece, cards, note, provenance, quotes, sentence, table
from infonb.report.pages import (
    contradictions,
    decisions,
    leanings,
    occupation,
    side_by_side,
    themes,
)  # fmt: skip
from infonb.report.run import build, build_each

__all__ = [
    "Piece",
    "build",
    "build_each",
    "cards",
    "contradictions",
    "decisions",
    "leanings",
    "note",
    "occupation",
    "provenance",
    "quotes",
    "sentence",
    "side_by_side",
    "table",
    "themes",
]
