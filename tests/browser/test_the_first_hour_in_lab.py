"""A stranger's first hour: from `infonb new` to one's own rating in a chart, by mouse and keyboard.

What is counted: clicks, controls in sight and words to read at each step, and the minutes that
typing (40 words a minute) and reading (200) make of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from jupyterlab_server import Lab, LabPage

import infonb
from infonb import cli

SEEN = """form => { const seen = e => e.checkVisibility() && !e.closest(".unseen, .infonb-unseen");
    const controls = [...form.querySelectorAll(".widget-radio, .infonb-steps, fieldset, .infonb-answer")].filter(seen)
        .filter(e => !e.parentElement.closest(".infonb-answer")).length // an answer with its rating is one
        + [...form.querySelectorAll("button, input, select, textarea, a[href], summary")].filter(seen)
            .filter(e => !e.closest(".widget-radio, .infonb-steps, fieldset, .infonb-answer")).length;
    return [controls, form.innerText.split(/\\s+/).filter(Boolean).length]; }"""
SECONDS_A_CLICK = 3


@dataclass
class Step:
    """What one step of the way asked of the stranger."""

    clicks: int = 0
    typed: int = 0
    read: int = 0
    controls: int = 0

    @property
    def minutes(self) -> float:
        return self.typed / 40 + self.read / 200 + self.clicks * SECONDS_A_CLICK / 60


@dataclass
class Stranger:
    """Somebody who clicks, types and reads; each is counted."""

    page: Any
    steps: dict[str, Step] = field(default_factory=dict)

    def begin(self, name: str) -> None:
        self.steps[name] = Step()

    @property
    def now(self) -> Step:
        return next(reversed(self.steps.values()))

    def click(self, target: Any) -> None:
        target.click()
        self.now.clicks += 1

    def type(self, text: str, *keys: str) -> None:
        self.page.keyboard.type(text)
        self.now.typed += len(text.split())
        for key in keys:
            self.page.keyboard.press(key)

    def fill(self, target: Any, text: str, *keys: str) -> None:
        self.click(target)
        self.type(text, *keys)

    def look(self, form: Any) -> None:
        controls, words = form.evaluate(SEEN)
        self.now.controls = max(self.now.controls, controls)
        self.now.read += words


@pytest.fixture
def search(lab: Lab) -> Path:
    folder = lab.root / "a new search"
    assert cli.main(["new", str(folder)]) == 0
    return folder


def test_from_a_new_folder_to_ones_own_rating_in_a_chart(lab_page: LabPage, search: Path) -> None:
    page = lab_page.page
    page.set_default_timeout(60_000)
    stranger = Stranger(page)
    button = lambda name, **more: page.get_by_role("button", name=name, **more)  # noqa: E731

    stranger.begin("practice")
    lab_page.open("a new search/notebooks/0-start.ipynb").run_all()
    stranger.now.clicks += 2  # Run > Run All Cells
    page.locator(".infonb-capture textarea:not([readonly])").first.wait_for(timeout=120_000)
    assert (
        page.locator(".jp-Cell .jp-CodeMirrorEditor:visible, .jp-InputArea-editor:visible").count()
        < 3
    )
    stranger.look(page.locator(".jp-Notebook"))
    stranger.click(button("Start, and say it aloud"))
    stranger.click(button("Done"))
    page.locator(".infonb-copied", has_text="That was quick").wait_for()
    card = page.locator(".infonb-capture")
    stranger.click(card.locator(".start"))
    for words, rating in (
        ("Through my aunt", "4"),
        ("The smell at five", "5"),
        ("To bed at eight", "2"),
    ):
        stranger.type(words, f"Alt+{rating}", "Alt+ArrowDown")
    page.locator('.infonb-capture .status[data-state="saved"]').wait_for()
    stranger.click(card.locator(".finish"))
    card.locator(".after", has_text="Finished and saved").wait_for()
    page.locator(".jp-OutputArea svg, .jp-OutputArea canvas").last.wait_for()

    lab_page.open("a new search/notebooks/1-prepare.ipynb").run_all()
    form = page.locator(".infonb-form").first
    form.wait_for(timeout=120_000)
    stranger.begin("two occupations")
    stranger.look(form)
    stranger.fill(page.get_by_label("First occupation"), "Nurse", "Enter")
    page.locator(".infonb-said", has_text="Nurse is added").wait_for()
    stranger.fill(page.get_by_label("Another occupation"), "Site engineer", "Enter")
    page.locator(".infonb-said", has_text="Site engineer is added").wait_for()

    stranger.begin("one person, with the message")
    stranger.click(button("People", exact=True))
    stranger.look(form)
    stranger.fill(page.get_by_label("Name", exact=True), "Zoë Müller")
    page.get_by_label("What they do").select_option(label="Nurse")
    stranger.now.clicks += 2
    stranger.fill(page.get_by_label("Who gave you the name?"), "My neighbor Sam")
    stranger.click(button("Write the message"))
    message = page.get_by_label("Message", exact=True)
    message.wait_for()
    page.wait_for_function("document.activeElement.matches('textarea')")
    assert "My neighbor Sam gave me your name" in message.input_value()
    stranger.now.read += len(message.input_value().split())
    stranger.click(button("Copy: message"))
    stranger.click(button("They said yes: plan it"))

    stranger.begin("the plan")
    stranger.look(form)
    page.get_by_label("When").fill("2026-12-03T10:00")
    stranger.now.clicks += 3
    page.locator(".infonb-said", has_text="Planned: Zoë Müller").wait_for()

    stranger.begin("the interview")
    lab_page.open("a new search/notebooks/2-interview.ipynb").run_all()
    page.locator(".infonb-capture textarea:not([readonly])").first.wait_for(timeout=120_000)
    assert "Zoë Müller" in card.locator(".picker option:checked").inner_text()
    stranger.look(card)
    stranger.click(card.locator(".start"))
    said = (
        ("She came through a friend who took her along for a day", "4"),
        ("Early shift at six, rounds, then two hours of paper", "3"),
        ("People who walk out on their own feet again", "5"),
        ("The telephone", "4"),
    )
    for words, rating in said:
        stranger.type(words, f"Alt+{rating}", "Alt+ArrowDown")
    stranger.type("listening", "Enter")
    page.locator('.infonb-capture .status[data-state="saved"]').wait_for()
    stranger.click(card.locator(".finish"))
    card.locator(".after", has_text="Finished and saved").wait_for()

    stranger.begin("debrief")
    form.locator("text=She came through a friend").wait_for()  # nothing was run again
    stranger.look(form)
    day = form.get_by_role("radiogroup", name="Would such a day suit me?")
    stranger.click(day.get_by_role("radio", name="2", exact=True))
    page.locator(".infonb-said", has_text="saved").wait_for()
    stranger.click(button("Next", exact=True).locator("visible=true"))
    stranger.look(form)
    weight = form.get_by_role("radiogroup", name="How much should it count?")
    stranger.click(weight.get_by_role("radio", name="mostly"))
    stranger.click(button("Next", exact=True).locator("visible=true"))
    stranger.look(form)
    note = page.get_by_label("Thank-you note", exact=True)
    stranger.now.read += len(note.input_value().split())
    assert "People who walk out on their own feet again" in note.input_value()
    stranger.click(button("I have sent it"))
    page.locator(".infonb-said", has_text="thanked today").wait_for()

    stranger.begin("one's own rating in a chart")
    lab_page.open("a new search/notebooks/3-compare.ipynb").run_all()
    page.get_by_text("This page shows your own journal.").wait_for(timeout=120_000)
    page.locator(".vega-embed svg, .vega-embed canvas").first.wait_for(timeout=120_000)

    with infonb.open(search / "search.db") as journal:
        [held] = journal.interviews(status="done")
        ratings = {a.question: a.rating for a in journal.answers(held) if a.rating}
        assert ratings == {"path_in": 4, "typical_day": 2, "enjoy_most": 5, "enjoy_least": 4}
        assert journal.interview(held).weight == 0.7
        assert [mention.phrase for mention in journal.skills(held)] == ["listening"]
        done = journal.tasks().set_index("kind")["done_at"]
        assert done.notna()["thank_you"]
        assert [o.title for o in journal.occupations()] == ["Nurse", "Site engineer"]
    for name, step in stranger.steps.items():
        print(f"{name}: {step.clicks} clicks, {step.controls} controls, {step.minutes:.1f} min")
    minutes = {name: step.minutes for name, step in stranger.steps.items()}
    assert minutes["practice"] < 5 and minutes["two occupations"] < 2
    assert minutes["one person, with the message"] < 3 and minutes["debrief"] < 4
    forms = ("two occupations", "one person, with the message", "the plan", "debrief")
    assert all(stranger.steps[name].controls <= 10 for name in forms), stranger.steps
