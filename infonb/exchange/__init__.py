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

__all__ = [
    "FORMATS",
    "WRITERS",
    "Asked",
    "ImportProblem",
    "ImportRefused",
    "ImportReport",
    "export_file",
    "import_file",
]
