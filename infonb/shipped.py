"""Where the samples and notebooks that come with infonb lie: in the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

from infonb.errors import InfonbError


def shipped_folder(name: str) -> Path:
    """The folder ``"sample_data"`` or ``"notebooks"``.

    Raises
    ------
    InfonbError
        When the installation lacks it.

    Examples
    --------
    >>> (shipped_folder("sample_data") / "published.jsonl").exists()
    True
    """
    package = Path(__file__).parent
    for folder in (package / "_shipped" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise InfonbError(f"This installation lacks its {name} folder; install infonb again.")
