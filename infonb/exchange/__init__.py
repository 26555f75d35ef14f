"""Files in and out: one module per format, told apart by their content."""

from __future__ import annotations

from infonb.exchange.importing import (
    FORMATS,
    ImportProblem,
    ImportRefused,
    ImportReport,
    import_file,
)

__all__ = ["FORMATS", "ImportProblem", "ImportRefused", "ImportReport", "import_file"]
