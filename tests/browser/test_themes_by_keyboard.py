"""Passages are marked by keyboard alone in a real JupyterLab, on exactly the words one sees."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyterlab_server import Lab, LabPage

import infonb

SHOW = "import infonb; infonb.widgets.Code(infonb.open({journal!r}))"
CELLS = "document.querySelectorAll('.jp-Notebook .jp-Cell').length"
FIRST = "👩🏽‍⚕️ nurses 😀 smile at the cafe\u0301s.\r\nThe line after it: 𝒳 marks a spot."
SECOND = "Quiet nights, above all. The people, too."
SAID = [
    {"speaker": "Robin", "text": "What do you like?"},
    {"speaker": "Ada", "text": "Being needed 👍🏽, most of all."},
]


class Marking:
    """A journal with two answers and a transcript, open in the card for themes."""

    def __init__(self, lab: Lab, lab_page: LabPage, name: str) -> None:
        self.path, self.notebook = lab.root / f"{name}.db", lab.root / f"{name}.ipynb"
        with infonb.open(self.path) as journal:
            interview = journal.plan_interview(
                journal.add_person("Ada Confidential"), journal.add_occupation("Nurse")
            )
            journal.record_answer(interview, "enjoy_most", text=FIRST)
            journal.record_answer(interview, "difficulties", text=SECOND)
            journal.add_transcript(interview, turns=SAID, asks="Robin")
            journal.finish_interview(interview)
            self.interview = interview.id
        cells = [SHOW.format(journal=self.path.name), "1", "2"]
        self.lab_page = lab_page.open(lab.notebook(self.notebook.name, *cells))
        self.lab_page.run_all()
        self.page, self.keys = lab_page.page, lab_page.page.keyboard
        self.page.locator(".infonb-code .text").first.wait_for()
        self.cells = self.page.evaluate(CELLS)

    def text(self, holding: str) -> Any:
        return self.page.locator(".infonb-code .text", has_text=holding)

    def select(self, words: str, within: str) -> None:
        """Select words of a text by the arrow keys alone, sign by sign."""
        import regex

        self.keys.press("Home")
        self.keys.press("Control+Home")
        before = regex.findall(r"\X", within[: within.index(words)])
        for _ in before:
            self.keys.press("ArrowRight")
        for _ in regex.findall(r"\X", words):
            self.keys.press("Shift+ArrowRight")

    def saved(self) -> None:
        self.page.locator('.infonb-code .status[data-state="saved"]').wait_for()

    def marked(self) -> list[tuple[str, str]]:
        with infonb.open(self.path) as journal:
            names = {theme.id: theme.name for theme in journal.themes()}
            texts = {a.id: a.text for a in journal.answers()}
            texts |= {t.id: t.text for t in journal.transcripts()}
            return [
                (names[c.theme_id], texts[c.answer_id or c.transcript_id or ""][c.start : c.end])
                for c in journal.codings()
                if c.start is not None
            ]


@pytest.fixture
def marking(lab: Lab, lab_page: LabPage, request: pytest.FixtureRequest) -> Marking:
    return Marking(lab, lab_page, request.node.name[5:30])


def axe(page: Any) -> None:
    found = Axe().run(page, context=".infonb-code")
    assert found.violations_count == 0, found.generate_report()


def test_passages_are_marked_by_keyboard_on_the_words_one_sees(marking: Marking) -> None:
    page, keys = marking.page, marking.keys
    page.locator(".infonb-code .picker").focus()
    while not page.evaluate("document.activeElement.matches('.text')"):
        keys.press("Tab")
    marking.select("nurses 😀 smile", FIRST)
    keys.press("Enter")
    keys.type("Warmth dd")  # a new theme; d d would delete the cell
    axe(page)
    keys.press("Enter")
    marking.saved()
    marking.select("👩🏽‍⚕️", FIRST)
    keys.press("1")  # overlaps nothing: the theme made above, at once
    page.locator(".here li").nth(1).wait_for()
    marking.select("smile at the cafe\u0301s", FIRST)
    keys.press("Enter")
    keys.type("Place")
    keys.press("Enter")
    page.locator(".here li").nth(2).wait_for()
    marking.select("𝒳", FIRST)
    keys.press("2")
    page.locator(".here li").nth(3).wait_for()
    assert marking.marked() == [
        ("Warmth dd", "nurses 😀 smile"), ("Warmth dd", "👩🏽‍⚕️"),
        ("Place", "smile at the cafe\u0301s"), ("Place", "𝒳"),
    ]  # fmt: skip
    # what is drawn adds no letter, and what overlaps shows both
    first = marking.text("nurses")
    assert first.evaluate("node => node.textContent") == FIRST
    both = first.locator("mark", has_text="smile").first
    assert both.evaluate("node => node.style.backgroundImage.split('linear').length - 1") == 2
    # nothing changes the text, and no letter is a command of the notebook
    keys.press("Escape")
    for key in ("d", "d", "a", "b", "x", "m", "Control+x", "Delete"):
        keys.press(key)
    assert first.evaluate("node => node.textContent") == FIRST
    assert page.evaluate(CELLS) == marking.cells
    for name in ("dark", "light"):
        marking.lab_page.theme(name)
        axe(page)
    marking.lab_page.save()
    page.wait_for_timeout(300)
    stored = marking.notebook.read_text(encoding="utf-8")
    assert "widget-view+json" in stored
    assert not [w for w in ("Confidential", "nurses", "Warmth", "Quiet") if w in stored]
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('infonb'))") == []


def test_a_passage_is_found_placed_again_merged_and_taken_back(marking: Marking) -> None:
    page, keys = marking.page, marking.keys
    with infonb.open(marking.path) as journal:
        for theme in ("Calm", "Quiet"):
            [second] = [a for a in journal.answers() if a.text == SECOND]
            journal.code(second, new_theme=theme, start=0, end=12, quote="Quiet nights")
        journal.code(second, new_theme="People", start=25, end=35)
        journal.record_answer(marking.interview, "difficulties", text="It is calm. " + SECOND[25:])
    marking.lab_page.run_all()
    lost = page.locator(".unplaced li")
    lost.nth(1).wait_for()
    assert "2 passages lost their place" in page.locator(".unplaced").inner_text()
    axe(page)
    lost.first.get_by_role("button", name="Place again").focus()
    keys.press("Enter")
    marking.select("It is calm", "It is calm.")
    keys.press("Enter")
    lost.nth(1).wait_for(state="detached")
    assert ("Calm", "It is calm") in marking.marked()
    lost.first.get_by_role("button", name="Drop").focus()
    keys.press("Enter")
    page.locator(".unplaced").wait_for(state="hidden")
    for key in ("d", "d"):  # the button that had the focus is gone
        keys.press(key)
    assert page.evaluate(CELLS) == marking.cells
    marking.text("It is calm").focus()
    keys.press("Control+z")
    lost.first.wait_for()  # what was dropped is back
    # the quotes of a theme, and the way from one to its text
    page.get_by_role("button", name="3 People (1)").focus()
    keys.press("Enter")
    page.locator(".quotes button", has_text="The people").focus()
    axe(page)
    keys.press("Enter")
    assert page.evaluate("document.getSelection().toString()") == "The people"
    keys.press("p")
    assert page.evaluate("document.getSelection().toString()") == "It is calm"
    # a theme is renamed, and merged into another
    page.get_by_role("textbox", name="New name of People").fill("Company")
    keys.press("Enter")
    page.get_by_role("button", name="3 Company (1)").wait_for()
    page.get_by_label("Merge Company into").select_option(label="Calm")
    page.get_by_role("button", name="Merge").press("Enter")
    page.get_by_role("button", name="1 Calm (2)").wait_for()
    assert sorted(marking.marked()) == [("Calm", "It is calm"), ("Calm", "The people")]
    # a transcript, a turn at a time
    page.locator(".infonb-code .picker").select_option(value=f"interview:{marking.interview}")
    marking.text("Being needed").focus()
    keys.press("Alt+ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == SAID[0]["text"]
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    page.wait_for_function(
        "words => document.activeElement.textContent === words", arg=SAID[1]["text"]
    )
    marking.select("needed 👍🏽", SAID[1]["text"])
    keys.press("1")
    page.locator(".here li", has_text="needed").wait_for()
    assert ("Calm", "needed 👍🏽") in marking.marked()
    assert page.evaluate(CELLS) == marking.cells
