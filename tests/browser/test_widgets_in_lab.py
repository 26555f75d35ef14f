"""The interview card in a real JupyterLab: kernels and browsers killed, two windows, a restart."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import random
import re
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from jupyterlab_server import Lab, LabPage, chromium_arguments, new_lab_page
from playwright.sync_api import Error

import infonb

IMPORTS = "import os, infonb; open('pid', 'w').write(str(os.getpid()))"
SHOW = "infonb.widgets.Capture(infonb.open({journal!r}))"
NOTE = 'textarea[data-question="{}"]'
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('infonb'))"


class Search:
    """A journal in the served folder, with one planned interview and a notebook that logs it."""

    def __init__(self, lab: Lab, name: str) -> None:
        self.lab, self.name = lab, f"{name}.ipynb"
        self.path = lab.root / f"{name}.db"
        with infonb.open(self.path) as journal:
            self.interview = journal.plan_interview(
                journal.add_person("Ada Confidential"),
                journal.add_occupation("Bridge inspector"),
                questions=["path_in", "enjoy_most", "top_skills"],
            ).id
        lab.notebook(self.name, IMPORTS, SHOW.format(journal=self.path.name))

    def texts(self) -> dict[str, str]:
        with infonb.open(self.path) as journal:
            return {answer.question: answer.text for answer in journal.answers(self.interview)}

    def kill_kernel(self) -> None:
        os.kill(int((self.lab.root / "pid").read_text(encoding="utf-8")), signal.SIGKILL)


@pytest.fixture
def search(lab: Lab, request: pytest.FixtureRequest) -> Search:
    return Search(lab, re.sub(r"\W+", "_", request.node.name)[:40])


def saved(page: Any) -> None:
    page.locator('.infonb-capture .status:is([data-state="saved"], [data-state="idle"])').wait_for()


def run(lab_page: LabPage) -> Any:
    lab_page.run_all()
    lab_page.page.locator(f"{NOTE.format('path_in')}:not([readonly])").wait_for()
    return lab_page.page


def test_a_whole_interview_by_keyboard_alone_ends_in_the_journal(
    lab_page: LabPage, search: Search
) -> None:
    page = run(lab_page.open(search.name))
    page.locator(".infonb-capture .start").focus()  # the way Tab goes from the cell is Lab's own
    keys = page.keyboard
    keys.press("Enter")  # the clock starts, the first question has the caret
    keys.type("Through my aunt")
    keys.press("Alt+4")
    keys.press("Alt+ArrowDown")
    keys.type("Being outside, dd all day")  # d d would delete the cell
    keys.press("Alt+5")
    keys.press("Alt+p")
    keys.press("Alt+ArrowDown")  # the field for skills
    keys.type("climbing")
    keys.press("Enter")
    keys.press("Alt+ArrowDown")
    keys.press("Alt+ArrowDown")
    keys.type("Grace H.")
    keys.press("Alt+ArrowDown")
    keys.type("Bring boots")
    for _ in range(12):
        keys.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('finish')"):
            break
    keys.press("Enter")
    page.locator(".finish:disabled").wait_for()
    with infonb.open(search.path) as journal:
        stored = {answer.question: answer for answer in journal.answers(search.interview)}
        assert {key: answer.text for key, answer in stored.items()} == {
            "path_in": "Through my aunt", "enjoy_most": "Being outside, dd all day",
            "ask_next": "Grace H.", "notes": "Bring boots",
        }  # fmt: skip
        assert (stored["path_in"].rating, stored["enjoy_most"].rating) == (4, 5)
        assert stored["enjoy_most"].private
        assert [m.phrase for m in journal.skills(search.interview)] == ["climbing"]
        assert journal.interview(search.interview).status == "done"
    lab_page.save()
    page.wait_for_timeout(500)
    written = (search.lab.root / search.name).read_text(encoding="utf-8")
    assert "widget-view+json" in written
    for secret in (
        "Through my aunt",
        "Being outside",
        "climbing",
        "Grace",
        "boots",
        "Confidential",
    ):
        assert secret not in written
    assert page.evaluate(KEPT) == []


def dismiss_restart(page: Any) -> None:
    """The dialog about the kernel's restart comes; the card in focus mode outlives it."""
    page.locator(".jp-Dialog").first.wait_for(state="attached")
    assert page.evaluate("document.querySelector('.infonb-capture').matches(':modal')")
    page.keyboard.press("Escape")
    while page.locator(".jp-Dialog button.jp-mod-accept").count():
        page.locator(".jp-Dialog button.jp-mod-accept").first.click()
        page.wait_for_timeout(50)


def test_twenty_kernels_killed_while_typing_lose_no_character(
    lab_page: LabPage, search: Search
) -> None:
    chance = random.Random(20)
    page = run(lab_page.open(search.name))
    expected = ""
    for kill in range(20):
        field = page.locator(NOTE.format("path_in"))
        page.get_by_role("button", name="Focus").click()
        field.click()
        page.keyboard.press("Control+End")
        dying_at, words = chance.randrange(2, 25), f"{kill} the quick brown fox jumps, "
        for at, letter in enumerate(words):
            if at == dying_at:
                page.wait_for_timeout(chance.randrange(0, 400))
                search.kill_kernel()
            page.keyboard.type(letter)
        expected += words
        assert field.input_value() == expected
        dismiss_restart(page)
        page = run(lab_page)
        saved(page)
        assert page.locator(NOTE.format("path_in")).input_value() == expected
        assert search.texts()["path_in"] == expected
    assert page.evaluate(KEPT) == []


def test_not_saved_yet_is_said_and_focus_mode_outlives_the_restart_dialog(
    lab_page: LabPage, search: Search
) -> None:
    page = run(lab_page.open(search.name))
    page.get_by_role("button", name="Focus").click()
    page.locator(NOTE.format("path_in")).click()
    page.keyboard.type("before ")
    saved(page)
    search.kill_kernel()
    page.locator(".jp-Dialog").first.wait_for(state="attached")
    page.keyboard.type("after")
    page.locator('.status[data-state="away"]', has_text="not saved yet").wait_for(timeout=3000)
    assert page.locator(NOTE.format("path_in")).input_value() == "before after"


def test_a_reload_in_mid_word_loses_nothing_and_the_clock_goes_on(
    lab_page: LabPage, search: Search
) -> None:
    page = run(lab_page.open(search.name))
    page.locator(".infonb-capture .start").click()
    saved(page)
    with infonb.open(search.path) as journal:
        five_ago = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
        journal.update(journal.interview(search.interview), started_at=five_ago)
    lab_page.save()  # the card's place in the notebook, not its words
    typed = ""
    for word in ("one ", "two ", "three "):
        page.locator(NOTE.format("path_in")).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(word)
        typed += word
        page.reload(wait_until="domcontentloaded")
        lab_page.ready(search.name)
        page.locator(f"{NOTE.format('path_in')}:not([readonly])").wait_for()  # without a rerun
        assert page.locator(NOTE.format("path_in")).input_value() == typed
    assert re.match(r"14:[3-5]\d", page.locator(".infonb-capture .clock").inner_text())
    saved(page)
    assert search.texts()["path_in"] == typed


def test_a_killed_browser_loses_nothing(
    lab: Lab, search: Search, tmp_path: Path, browser: Any, chromium: str
) -> None:
    start = browser.browser_type.launch_persistent_context
    chance, typed = random.Random(4), ""
    for word in ("one ", "two "):
        context = start(tmp_path / "profile", executable_path=chromium, args=chromium_arguments())
        page = run(new_lab_page(context, lab).open(search.name))
        assert page.locator(NOTE.format("path_in")).input_value() == typed
        page.locator(NOTE.format("path_in")).click()
        page.keyboard.press("Control+End")
        page.keyboard.type(word)
        typed += word
        # a busy machine hands a key from the page to the browser late; killed before, it was never there
        page.wait_for_timeout(chance.randrange(300, 800))
        kill_browser(tmp_path / "profile")
        with contextlib.suppress(Error):  # it is gone, as meant
            context.close()
    context = start(tmp_path / "profile", executable_path=chromium, args=chromium_arguments())
    page = run(new_lab_page(context, lab).open(search.name))
    page.locator('.status:is([data-state="saved"], [data-state="idle"])').wait_for()
    assert page.locator(NOTE.format("path_in")).input_value() == typed
    assert search.texts()["path_in"] == typed
    context.close()


def kill_browser(profile: Path) -> None:
    """SIGKILL to the browser that has this profile."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        is_browser = f"--user-data-dir={profile}".encode() in command
        if is_browser and b"--type=" not in command:
            os.kill(int(process.name), signal.SIGKILL)
    for lock in profile.glob("Singleton*"):
        lock.unlink(missing_ok=True)


def test_a_second_window_reads_only_and_a_rerun_takes_over(
    lab_context: Any, lab: Lab, search: Search
) -> None:
    first = new_lab_page(lab_context, lab)
    page = run(first.open(search.name))
    page.locator(NOTE.format("path_in")).click()
    page.keyboard.type("here ")
    saved(page)
    first.save()
    second = new_lab_page(lab_context, lab).open(search.name)
    second.page.locator('.status[data-state="reading"]').wait_for()
    assert "another window" in second.page.locator(".banner:visible").inner_text()
    assert not second.page.locator(NOTE.format("path_in")).is_editable()
    page.keyboard.type("and on")
    saved(page)
    second.page.wait_for_function("document.querySelector('textarea').value === 'here and on'")
    run(second)
    page.locator('.status[data-state="reading"]').wait_for()
    second.page.locator(NOTE.format("path_in")).click()
    second.page.keyboard.press("Control+End")
    second.page.keyboard.type(", and there")
    saved(second.page)
    assert search.texts()["path_in"] == "here and on, and there"


def test_nothing_typed_is_in_an_exported_page(lab_page: LabPage, search: Search) -> None:
    page = run(lab_page.open(search.name))
    page.locator(NOTE.format("path_in")).click()
    page.keyboard.type("Xylophone secret")
    saved(page)
    lab_page.save()
    page.wait_for_timeout(500)
    from nbconvert import HTMLExporter

    body, _ = HTMLExporter().from_filename(str(search.lab.root / search.name))
    assert "Xylophone" not in body and "Confidential" not in body
    state = json.loads((search.lab.root / search.name).read_text(encoding="utf-8"))
    assert "widgets" not in state["metadata"]


def test_saving_goes_on_while_a_cell_computes(lab_page: LabPage, search: Search) -> None:
    page = run(lab_page.open(search.name))
    page.locator(NOTE.format("path_in")).click()
    page.keyboard.type("x")
    saved(page)
    page.evaluate(
        """() => { window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute(
            {code: "import time; time.sleep(60); open('computed', 'w').close()"}); }"""
    )
    page.keyboard.type("y")
    until = time.monotonic() + 50
    while search.texts()["path_in"] != "xy" and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert search.texts()["path_in"] == "xy"
    assert not (search.lab.root / "computed").exists()


# ---------------------------------------------------------------- all four forms

FORMS = """import infonb
journal = infonb.sample("example")
for form in (infonb.widgets.Prepare, infonb.widgets.Capture, infonb.widgets.Debrief, infonb.widgets.Decide):
    display(form(journal))"""
FORM = ".infonb-capture, .infonb-form"


def test_axe_finds_nothing_and_a_phone_shows_all_four_whole(lab_page: LabPage, lab: Lab) -> None:
    lab_page.open(lab.notebook("forms.ipynb", FORMS)).run_all()
    page = lab_page.page
    page.locator(".infonb-form .vega-embed svg").wait_for(state="attached")
    page.locator(".infonb-capture textarea:not([readonly])").first.wait_for()
    forms = page.locator(FORM)
    assert forms.count() == 4
    steps = [forms.nth(n).locator(".infonb-steps button") for n in range(4)]
    longest = max(step.count() for step in steps)
    for theme in ("light", "dark"):
        lab_page.theme(theme)
        for shown in range(longest):
            show_step(steps, shown)
            found = Axe().run(page, context=FORM)
            assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 900})
    for shown in range(longest):
        show_step(steps, shown)
        for n in range(4):
            assert forms.nth(n).evaluate(CUT_OFF) == []


def show_step(steps: list[Any], number: int) -> None:
    for buttons in steps:
        if number < buttons.count():
            buttons.nth(number).click()


CUT_OFF = """form => { const edge = form.getBoundingClientRect().right + 1;
    return [form, ...form.querySelectorAll("input, textarea, select, button, p, label, svg")]
        .filter((part) => part.checkVisibility() && !part.closest(".unseen"))
        .filter((part) => part.getBoundingClientRect().right > Math.min(edge, innerWidth + 1))
        .map((part) => part.outerHTML.slice(0, 120)); }"""
