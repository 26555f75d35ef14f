"""What a phrase may mean, as chips in a real JupyterLab: accept, change, keep as said."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyterlab_server import Lab, LabPage

import infonb

SHOW = "import infonb; infonb.widgets.Debrief(infonb.open({journal!r}))"


@pytest.fixture
def said(lab: Lab, lab_page: LabPage, request: pytest.FixtureRequest) -> Any:
    """A journal with three phrases of one interview, its debriefing open at the skills."""
    name = request.node.name[:30]
    path = lab.root / f"{name}.db"
    with infonb.open(path) as journal:
        interview = journal.plan_interview(
            journal.add_person("Ada Confidential"), journal.add_occupation("Bridge inspector")
        )
        for rank, phrase in enumerate(("talking to people", "reading a bridge", "patience"), 1):
            journal.record_skill(interview, phrase, rank=rank)
        journal.finish_interview(interview)
    lab_page.open(lab.notebook(f"{name}.ipynb", SHOW.format(journal=path.name))).run_all()
    page = lab_page.page
    page.locator(".infonb-form .widget-toggle-button", has_text="More, if you like").click()
    page.get_by_role("button", name="Skills: three words to confirm").click()
    page.locator(".infonb-skill").first.wait_for()

    def stored() -> list[tuple[str, str | None, bool]]:
        with infonb.open(path) as journal:
            mentions = journal.skills(interview.id)
            meant = {m.phrase: m.skill_id or f"mine:{m.id}" for m in mentions if m.confirmed}
            assert journal.skill_aliases() == meant  # remembered for the same words elsewhere
            return [(m.phrase, m.skill_id, m.confirmed) for m in mentions]

    return page, stored


def test_a_proposal_is_accepted_changed_or_kept_as_said(said: Any) -> None:
    page, stored = said
    assert [confirmed for *_, confirmed in stored()] == [False, False, False]
    chips = page.locator(".infonb-skill")
    assert chips.count() == 3

    chips.nth(0).get_by_role("button", name="Yes “talking to people” is Speaking").click()
    chips.nth(0).locator("text=1. talking to people: Speaking").wait_for()

    chips.nth(1).get_by_role("button", name="No, keep the words “reading a bridge”").click()
    chips.nth(1).locator("text=2. reading a bridge: as said").wait_for()

    offered = chips.nth(2).locator("select option").all_inner_texts()
    other = next(name for name in offered if name not in ("choose", "Self-Control", "as said"))
    chips.nth(2).locator("select").select_option(label=other)
    chips.nth(2).locator(f"text=3. patience: {other}").wait_for()

    kept = {phrase: (id, confirmed) for phrase, id, confirmed in stored()}
    assert kept["talking to people"] == ("2.A.1.d", True)
    assert kept["reading a bridge"] == (None, True)
    assert kept["patience"][0] not in (None, "1.C.4.a") and kept["patience"][1]
    found = Axe().run(page, context=".infonb-form")
    assert found.violations_count == 0, found.generate_report()


def test_what_was_confirmed_can_be_changed_again(said: Any) -> None:
    page, stored = said
    chip = page.locator(".infonb-skill").nth(0)
    chip.get_by_role("button", name="Yes “talking to people” is Speaking").click()
    chip.locator("text=1. talking to people: Speaking").wait_for()
    chip.locator("select").select_option(label="as said")
    chip.locator("text=1. talking to people: as said").wait_for()
    assert stored()[0] == ("talking to people", None, True)
