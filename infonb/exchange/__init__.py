"""Files in and out: one module per format, told apart by their content."""

from __future__ import annotations

from infonb.exchange.exporting import WRITERS, export_file
from infonb.exchange.importing import (
    FORMATS,
    ImportProblem,
    ImportRefused,
    ImportReport,
    import_file,
)

__all__ = [
    "FORMATS",
    "WRITERS",
    "ImportProblem",
    "ImportRefused",
    "ImportReport",
    "export_file",
    "import_file",
]
