"""Runs the notebooks on the samples and stores their outputs, for nbval to compare with.

The day is fixed and no official data is installed, so that the outputs are the same everywhere.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def store(path: Path, journal: str = "") -> None:
    """Run one notebook and write it back with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    environment = {
        **os.environ,
        "INFONB_JOURNAL": journal,
        "INFONB_REDACT": "",
        "INFONB_TODAY": "2026-11-24",
        "INFONB_REFERENCE_DIR": os.path.join(tempfile.gettempdir(), "infonb-no-reference"),
    }
    client = NotebookClient(
        notebook, timeout=120, record_timing=False, store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )  # fmt: skip
    client.execute(env=environment)
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            # a stored view finds no model when the page is opened; its text says what to do
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    nbformat.write(notebook, path)
    print(f"stored {path.name}")


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(path.name for path in NOTEBOOKS.glob("*.ipynb")):
        store(NOTEBOOKS / name)
