"""Finding a browser of the Chromium family that is on this machine already."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from infonb.errors import InfonbError

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser", "brave",
)  # fmt: skip
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)


def find_chromium() -> str | None:
    """The path of Chromium, Chrome, Edge or Brave; None when none is there.

    ``INFONB_CHROMIUM`` names one; else it is looked for on the PATH and in the usual places.

    Raises
    ------
    InfonbError
        When ``INFONB_CHROMIUM`` names something that isn't there.

    Examples
    --------
    >>> import sys
    >>> os.environ["INFONB_CHROMIUM"] = sys.executable
    >>> find_chromium() == sys.executable
    True
    """
    named = os.environ.get("INFONB_CHROMIUM")
    if named:
        if found := shutil.which(named):
            return found
        raise InfonbError(f"INFONB_CHROMIUM names {named}, which is no program on this machine.")
    on_the_path = next(filter(None, map(shutil.which, _NAMES)), None)
    return on_the_path or next((str(path) for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (folder / f"{name}.app" / "Contents" / "MacOS" / name for name in _MAC)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if root := os.environ.get(variable):
            yield from (Path(root) / place for place in _WINDOWS)


def arguments(folder: str) -> list[str]:
    """What a Chromium needs to run unseen, alone and without the network.

    Parameters
    ----------
    folder
        Where it may keep what it needs for the moment.
    """
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        "--headless",
        f"--user-data-dir={folder}",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-extensions",
        "--disable-sync",
        "--no-default-browser-check",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        *(["--no-sandbox"] if as_root else []),
    ]
