"""Every chart fits a phone and a tablet: nothing cut, nothing over another, nothing too small.

`make gallery` makes the same checks on more journals, and pictures to look at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gallery
import pytest
from gallery_journals import make

from infonb import charts


@pytest.mark.parametrize(
    ("journal", "widths"), [("long titles", [360]), ("example", [360, 768])], ids=str
)
def test_no_word_is_cut_covered_or_tiny(
    browser: Any, tmp_path: Path, journal: str, widths: list[int]
):
    page_file = tmp_path / "charts.html"
    page_file.write_text(
        gallery.page_with(make(journal, tmp_path), charts.__all__), encoding="utf-8"
    )
    for width in widths:
        page = gallery.drawn(browser, page_file, width)
        figures = page.locator("figure[data-chart]")
        found = {
            name: gallery.problems(figures.nth(number))
            for number, name in enumerate(charts.__all__)
        }
        page.context.close()
        assert {name: wrong for name, wrong in found.items() if wrong} == {}, width


PICTURE = """<figure data-chart="drawn" style="width: 300px"><div class="drawing" style="width: 300px;
  overflow: auto"><svg viewBox="0 0 {0} 60" width="{0}" height="60"><g class="role-mark">
  <path d="M0,0h5v5h-5Z"/></g><text x="{1}" y="{3}" font-size="{2}">Nurse</text>
  <text x="10" y="50" font-size="12">Baker</text></svg></div></figure>"""


@pytest.mark.parametrize(
    ("width", "x", "y", "size", "problem"),
    [(300, 10, 20, 12, None), (500, 10, 20, 12, "wider than"), (300, 280, 20, 12, "cut off"),
     (300, 10, 20, 9, "small"), (300, 20, 46, 12, "over")],
)  # fmt: skip
def test_the_check_sees_what_it_is_for(
    browser: Any, width: int, x: int, y: int, size: int, problem: str | None
):
    page = browser.new_page()
    page.set_content(PICTURE.format(width, x, size, y))
    found = gallery.problems(page.locator("figure"))
    page.close()
    assert not found if problem is None else any(problem in wrong for wrong in found), found
