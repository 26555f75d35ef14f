"""A report as a PDF, printed by a browser that is there already."""

from __future__ import annotations

import subprocess
from pathlib import Path

from infonb.errors import InfonbError
from infonb.files import replacing, scratch_folder
from infonb.report.chromium import arguments, find_chromium

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
