"""The question sheet of an interview: one page for paper, or a page to fill in on a phone.

Both are single HTML files that load nothing. What was filled in on a phone is saved there as one
line of JSON Lines, and taken in like any other file.
"""

from __future__ import annotations

from infonb.sheet.pages import (
    Sheet,
    fill_page,
    find_interview,
    others_named,
    paper_page,
    sheet_of,
)

__all__ = ["Sheet", "fill_page", "find_interview", "others_named", "paper_page", "sheet_of"]
