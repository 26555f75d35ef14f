"""The notebooks of a search: copies of those shipped, without the outputs of other people."""

from __future__ import annotations

import json
from pathlib import Path

from infonb import files

START = "0-start.ipynb"
"""The notebook one begins with."""


def copy_for_a_search(shipped: Path, target: Path) -> None:
    """Write a shipped notebook as it is before anybody ran it.

    What is stored in the shipped one is of the sample; in a search of one's own it would be
    taken for one's own.

    Examples
    --------
    >>> from infonb.shipped import shipped_folder
    >>> copy_for_a_search(shipped_folder("notebooks") / START, tmp_path / START)
    >>> '"execution_count": 1' in (tmp_path / START).read_text(encoding="utf-8")
    False
    """
    notebook = json.loads(shipped.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    files.write_text(target, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
