"""Text that a spreadsheet would run as a formula is made harmless, and comes back as it was."""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*(?:\s*[=+\-@＝＋－＠|%]|[\t\r\n])")


def harmless(cell: str) -> str:
    """A cell's text with an apostrophe before what a spreadsheet might run.

    Examples
    --------
    >>> harmless('=HYPERLINK("…")'), harmless("- calm"), harmless("calm")
    ('\\'=HYPERLINK("…")', "'- calm", 'calm')
    """
    return f"'{cell}" if _RUNS.match(cell) else cell


def as_it_was(cell: str) -> str:
    """What a cell said before `harmless`.

    Examples
    --------
    >>> as_it_was(harmless("'=1")), as_it_was("'til dawn")
    ("'=1", "'til dawn")
    """
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
