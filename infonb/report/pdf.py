"""A report as a PDF, printed by a browser that is there already."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from infonb.errors import InfonbError
from infonb.files import replacing, scratch_folder

_PATIENCE_SECONDS = 180
_DRAWING_MS = 60_000
"""Time as the page sees it; it doesn't have to pass, only what the page waits for."""
_WINDOW = "760,30000"
"""So high that every chart is on the screen and drawn."""


def print_pdf(html: Path, pdf: Path, private: bool = False) -> Path:
    """Print a report to a tagged PDF with an outline, without the network, path or date on it.

    The browser waits until all charts are drawn. The file is there whole or not at all.

    Parameters
    ----------
    html
        The report; what is not in it is not in the PDF.
    pdf
        The file to write.
    private
        Whether it is for its owner's eyes alone, with names in it.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    InfonbError
        When there is no browser, or it doesn't print.
    """
    browser = find_chromium()
    if browser is None:
        raise InfonbError(
            f"{html} is there, but no PDF of it: printing needs Chromium, Chrome, Edge or Brave,"
            " and none was found. Install one, or name it in INFONB_CHROMIUM; or open the HTML file"
            " in any browser and print it to a PDF."
        )
    # a browser in a sandbox of its own may write beside the report, but not just anywhere
    with replacing(pdf, private=private, hidden=False) as unfinished:
        _print(browser, html.absolute(), unfinished)
    return pdf


def _print(browser: str, html: Path, pdf: Path) -> None:
    with scratch_folder() as folder:
        command = [
            browser,
            *arguments(str(folder)),
            "--user-agent=infonb",  # it is written into the file
            f"--window-size={_WINDOW}",
            f"--virtual-time-budget={_DRAWING_MS}",
            "--no-pdf-header-footer",
            "--export-tagged-pdf",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={pdf}",
            html.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_PATIENCE_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            told = (
                "took too long" if isinstance(error, subprocess.TimeoutExpired) else "can't start"
            )
            raise InfonbError(
                f"{html} is there, but no PDF of it: {browser} {told}. Name another browser in"
                " INFONB_CHROMIUM, or open the HTML file and print it."
            ) from error
    if done.returncode or not _is_whole(pdf):
        raise InfonbError(
            f"{html} is there, but no PDF of it: {browser} ended with {done.returncode} and printed"
            " nothing. Name another browser in INFONB_CHROMIUM, or open the HTML file and print it."
        )


def _is_whole(pdf: Path) -> bool:
    if not pdf.is_file():
        return False
    content = pdf.read_bytes()
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-32:]


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
