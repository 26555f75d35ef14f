"""Files in and out: one module per format, told apart by their content."""

from __future__ import annotations

from infonb.exchange.exporter import WRITERS, export_file
from infonb.exchange.importer import (
    FORMATS,
    Asked,
    ImportProblem,
    ImportRefused,
    ImportReport,
    import_file,
)
from infonb.exchange.transcripts import Talk, read_transcript
from infonb.exchange.turns import Turn

__all__ = [
    "FORMATS",
    "WRITERS",
    "Asked",
    "ImportProblem",
    "ImportRefused",
    "ImportReport",
    "Talk",
    "Turn",
    "export_file",
    "import_file",
    "read_transcript",
]
