"""Takes the pictures of the forms and of the report, light and dark, of the example.

The forms in a real JupyterLab, the report as `infonb report` writes it.

python docs/screenshots.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

import find_chromium
from jupyterlab_server import Lab, chromium_arguments, new_lab_page

IMAGES = Path(__file__).parent / "images"
FORM = ".infonb-capture, .infonb-form"
OPEN = "import infonb; journal = infonb.sample('example')"
STEPS = {"prepare": "Plan", "debrief": "What was said", "decide": "What matters"}

# An interview in its thirteenth minute.
HALFWAY = """import datetime as dt
who = journal.interviews(status="planned")[0]
journal.update(who, questions=["path_in", "enjoy_most", "top_skills", "home_life"])
journal.start_interview(who, at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=12, seconds=24))
journal.record_answer(who, "path_in", rating=4, text="Aide in a rehab ward at 20, the bridge "
    "course in the evenings. \\u201cAsk whether they pay the exam.\\u201d")
journal.record_answer(who, "enjoy_most", rating=5, text="The first shirt somebody buttons alone.")
journal.record_skill(who, "staying calm", rank=1)
journal.record_skill(who, "explaining things simply", rank=2)"""
CHOSEN = """journal.update(
    journal.interviews(status="planned")[0], questions=infonb.method.AGENDA_DEFAULT)"""
CELLS = {
    "prepare": (f"{OPEN}\n{CHOSEN};", "infonb.widgets.Prepare(journal)"),
    "capture": (f"{OPEN}\n{HALFWAY}", "infonb.widgets.Capture(journal)"),
    "debrief": (OPEN, "infonb.widgets.Debrief(journal)"),
    "decide": (OPEN, "infonb.widgets.Decide(journal)"),
}


def take(lab: Lab, context: Any, name: str) -> None:
    """One form, light and dark."""
    opened = new_lab_page(context, lab).open(lab.notebook(f"{name}.ipynb", *CELLS[name]))
    opened.run_all()
    page = opened.page
    form = page.locator(FORM).first
    form.wait_for()
    if name == "capture":
        page.locator("textarea:not([readonly])").nth(1).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" ")
        page.locator('.status[data-state="saved"]').wait_for()
    else:
        page.locator(".infonb-form .widget-toggle-button", has_text=STEPS[name]).click()
        page.evaluate("document.activeElement.blur()")
    if name == "decide":
        page.locator(".infonb-form .vega-embed svg").wait_for()
    for theme in ("light", "dark"):
        opened.theme(theme)
        page.mouse.move(0, 0)
        page.wait_for_timeout(700)
        form.screenshot(path=IMAGES / f"{name}-{theme}.png")
    page.close()


def take_report(browser: Any, folder: str) -> None:
    """The example's first page, occupations side by side, light and dark."""
    made = ["-m", "infonb", "--journal", "sample:example", "report", "--quiet", "-o", folder]
    subprocess.run([sys.executable, *made], check=True)
    for theme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 1100, "height": 900}, color_scheme=theme)
        page.goto(Path(folder, "report.html").as_uri())
        page.locator("header").first.screenshot(path=IMAGES / f"report-{theme}.png")
        page.close()


def main() -> None:
    """Take them all."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        try:
            browser = playwright.chromium.launch(
                executable_path=find_chromium.find(), args=chromium_arguments()
            )
            context = browser.new_context(viewport={"width": 1000, "height": 1700})
            context.set_default_timeout(60_000)
            for name in CELLS:
                take(lab, context, name)
            take_report(browser, f"{folder}/report")
            browser.close()
        finally:
            lab.stop()


if __name__ == "__main__":
    main()
