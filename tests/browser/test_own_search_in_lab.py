"""JupyterLab started as anybody starts it: what is typed lands in the journal of its folder.

On a sample every form says all the time that nothing is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jupyterlab_server import Lab, LabPage, new_lab_page

import infonb
from infonb import cli

SAYS = "A throw-away sample: nothing here is kept."
FORMS = ("Prepare", "Capture", "Debrief", "Decide")
ON_A_SAMPLE = """import infonb
journal = infonb.my_journal()"""
SHOW = "infonb.widgets.{}(journal)"
# whether the middle of an element is what one sees there
IN_SIGHT = """element => { const box = element.getBoundingClientRect();
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.height > 10 && element.contains(seen); }"""
COLOURS = "element => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color]"


@pytest.fixture
def search(lab: Lab) -> Path:
    """What ``infonb new`` makes, below the folder from which plain ``jupyter lab`` was started."""
    folder = lab.root / "my search"
    assert cli.main(["new", str(folder)]) == 0
    return folder


def test_what_is_typed_in_the_folder_lands_in_its_journal(lab_page: LabPage, search: Path) -> None:
    lab_page.open("my search/notebooks/1-prepare.ipynb").run_all()
    page = lab_page.page
    title = page.locator(".infonb-form").get_by_label("First occupation")
    title.wait_for(timeout=90_000)  # the first kernel of a busy machine takes its time
    title.fill("Baker")
    title.press("Tab")
    page.locator(".infonb-said", has_text="Baker is added").wait_for()
    assert page.locator(".infonb-sample").count() == 0
    with infonb.open(search / "search.db") as journal:
        assert [occupation.title for occupation in journal.occupations()] == ["Baker"]
    assert len(list(search.rglob("search.db"))) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_elsewhere_every_form_says_all_the_time_that_nothing_is_kept(
    lab_context: Any, lab: Lab, theme: str
) -> None:
    lab_page = new_lab_page(lab_context, lab)
    page = lab_page.page
    for form in FORMS:
        name = lab.notebook(f"sample_{form}_{theme}.ipynb", ON_A_SAMPLE, SHOW.format(form))
        lab_page.open(name)
        lab_page.theme(theme)
        lab_page.run_all()
        banner = page.locator(".infonb-sample")
        banner.wait_for(timeout=90_000)
        assert SAYS in banner.inner_text()
        background, colour = banner.evaluate(COLOURS)
        paper = page.locator(".infonb-capture, .infonb-form").evaluate(COLOURS)[0]
        assert len({background, colour, paper}) == 3 or colour == paper != background
        box = page.locator(".infonb-capture, .infonb-form").bounding_box()
        page.set_viewport_size({"width": 1280, "height": 500})
        page.mouse.move(box["x"] + box["width"] / 2, 350)
        for _ in range(4):
            shown = page.locator(".infonb-capture, .infonb-form").bounding_box()
            if shown["y"] + shown["height"] < 250:
                break  # a short form is scrolled by
            assert banner.evaluate(IN_SIGHT), f"{form}: scrolled out of sight"
            page.mouse.wheel(0, 150)
            page.wait_for_timeout(150)
        page.set_viewport_size({"width": 1280, "height": 1400})


def test_saved_is_said_with_where(lab_page: LabPage, lab: Lab) -> None:
    show = SHOW.format("Decide")
    lab_page.open(lab.notebook("sample_saved.ipynb", ON_A_SAMPLE, show)).run_all()
    matters = lab_page.page.locator(".infonb-form .widget-toggle-button", has_text="What matters")
    matters.click(timeout=90_000)
    row = lab_page.page.get_by_role("radiogroup", name="Enjoyed most")
    row.get_by_role("radio", name="4", exact=True).check()
    lab_page.page.locator(".infonb-said", has_text="saved in the sample").wait_for()
