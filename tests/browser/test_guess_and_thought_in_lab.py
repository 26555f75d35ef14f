"""The minute before the first interview and the thought after it, in a real JupyterLab."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from jupyterlab_server import Lab, LabPage

import infonb

SHOW = "import infonb; infonb.widgets.{form}(infonb.open({journal!r}))"


def test_a_minute_before_and_a_thought_after(lab: Lab, lab_page: LabPage) -> None:
    path = lab.root / "guess.db"
    with infonb.open(path) as journal:
        nurse, judge = (journal.add_occupation(title) for title in ("Nurse", "Judge"))
        talk = journal.plan_interview(journal.add_person("Ada Confidential"), nurse)
        held = journal.plan_interview(journal.add_person("Ben Confidential"), judge)
        journal.set_expectation(judge, "typical_day", 5)
        journal.record_answer(held, "typical_day", text="Files", rating=2)
        journal.finish_interview(held)
    page = lab_page.page
    page.set_default_timeout(60_000)
    keys = page.keyboard
    cells = [SHOW.format(form=form, journal=path.name) for form in ("Prepare", "Debrief")]
    lab_page.open(lab.notebook("guess.ipynb", *cells)).run_all()

    # before: by keyboard alone, from what is due to the pay
    page.get_by_role("button", name="Say what you expect of Nurse").focus()
    keys.press("Enter")
    life = page.get_by_role("radiogroup", name="Life at home")
    life.wait_for()
    assert life.get_by_role("radio", name="no idea").is_checked()
    life.get_by_role("radio", name="no idea").focus()
    for _ in range(4):
        keys.press("ArrowRight")
    page.locator(".infonb-said", has_text="saved").wait_for()
    assert life.get_by_role("radio", name="4", exact=True).is_checked()
    assert life.get_by_role("radio", name="4", exact=True).evaluate(
        "radio => radio === document.activeElement"
    )
    page.get_by_label("Pay you expect to start with, a year").fill("about 40")
    keys.press("Enter")
    page.locator(".infonb-said", has_text="Type a number").wait_for()
    page.get_by_label("Pay you expect to start with, a year").fill("48k")
    keys.press("Enter")
    page.locator(".infonb-said", has_text="saved").wait_for()
    found = Axe().run(page, context=".infonb-form")
    assert found.violations_count == 0, found.generate_report()
    form = page.locator(".infonb-form").first
    form.get_by_role("button", name="Done", exact=True).locator("visible=true").click()
    page.get_by_role("button", name="Plan", exact=True, pressed=True).wait_for()

    # after: what was expected otherwise stands beside the thought, two more are folded
    page.get_by_role("button", name="Thanks", exact=True).click()
    page.get_by_text("You expected 5 of 5, and heard 2: a usual day.").wait_for()
    thought = page.get_by_label("What surprised you?")
    thought.fill("How many files")
    assert not page.get_by_label("What does it change?").is_visible()
    page.get_by_role("button", name="Two more questions to yourself").press("Enter")
    page.get_by_label("What does it change?").fill("I would read all day")
    page.locator(".infonb-said", has_text="saved").wait_for()
    found = Axe().run(page, context=".infonb-form")
    assert found.violations_count == 0, found.generate_report()
    assert noted_after(path, held, page) == {
        "surprised": "How many files", "changes": "I would read all day",
    }  # fmt: skip
    with infonb.open(path) as journal:
        expected = {e.question: e.rating or e.amount for e in journal.expectations(nurse)}
        assert expected == {"home_life": 4, "start_pay": 48000}
        assert journal.interview(talk).status == "planned"


def noted_after(path: Any, interview: Any, page: Any) -> dict[str, str]:
    """What was noted of an interview, when the last letters have come in."""
    for _ in range(50):
        with infonb.open(path) as journal:
            noted = {each.prompt: each.text for each in journal.reflections(interview)}
        if noted.get("changes", "").endswith("day"):
            return noted
        page.wait_for_timeout(100)
    return noted
