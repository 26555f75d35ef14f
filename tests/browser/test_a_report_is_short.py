"""How long a report is: on paper for the example, on a screen after one interview."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser

import infonb
from infonb.report import build

NOTEBOOKS = [
    Path(__file__).parents[2] / "notebooks" / f"{name}.ipynb"
    for name in ("3-compare", "4-skills", "5-outlook", "6-decide")
]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(NOTEBOOKS, tmp_path_factory.mktemp("example") / "all.html", "sample:example")


@pytest.mark.parametrize(("paper", "most"), [("A4", 10), ("Letter", 11)])
def test_the_example_fits_a_few_sheets(browser: Browser, example: Path, paper: str, most: int):
    page = browser.new_page()
    page.goto(example.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=False))).pages
    page.close()
    assert len(sheets) <= most
    first = " ".join(sheets[0].extract_text().split())
    assert "Whom I heard" in first and "My ratings" in first
    assert "What I expected" in first, "what had been believed wrongly is on the first sheet"


def test_what_only_its_owner_needs_is_not_in_a_report_to_others(example: Path):
    page = example.read_text(encoding="utf-8")
    for words in ("Your confidence", "Whom to ask next", "applications open in July", "Debrief"):
        assert words not in page


def test_one_interview_is_three_screens_at_most(browser: Browser, tmp_path: Path):
    with infonb.open(tmp_path / "one.db") as journal:
        interview = journal.plan_interview(
            journal.add_person("Ada"), journal.add_occupation("Registered nurse"), date="2026-03-02"
        )
        for key in ("enjoy_most", "enjoy_least", "typical_day", "home_life", "outlook", "path_in"):
            journal.record_answer(interview, key, text="Three nights, then four days.", rating=4)
        journal.finish_interview(interview)
    made = build(NOTEBOOKS, tmp_path / "one.html", tmp_path / "one.db")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(made.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    height = page.evaluate("document.documentElement.scrollHeight")
    words = page.inner_text("body")
    page.close()
    assert height <= 3 * 800
    assert "Not asked yet: " in words and "nothing yet" not in words


@pytest.mark.parametrize("width", [1280, 1000, 768])
def test_no_name_runs_over_the_next_cell(browser: Browser, tmp_path: Path, width: int):
    made = build(NOTEBOOKS[:1], tmp_path / "published.html", "sample:published")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(made.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    over = page.eval_on_selector_all(
        ".side td",
        "all => all.filter(cell => [...cell.querySelectorAll('.by')].some(by =>"
        " by.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1))"
        ".map(cell => cell.innerText)",
    )
    page.close()
    assert over == []
