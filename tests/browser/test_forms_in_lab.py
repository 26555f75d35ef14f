"""The manners of the forms in a real JupyterLab: names, keys, focus, words beside the control."""

from __future__ import annotations

from typing import Any

from jupyterlab_server import Lab, LabPage

import infonb

SHOW = "import infonb; form = infonb.widgets.{form}(infonb.open({journal!r})); form"
CELLS = "document.querySelectorAll('.jp-Notebook .jp-Cell').length"
COUNT_LISTENERS = """for (const [name, by] of [["addEventListener", 1], ["removeEventListener", -1]]) {
    const method = window[name]; window.keyListeners ??= 0;
    window[name] = function (kind, hear, capture) {
        if ((this ?? window) === window && kind === "keydown" && capture === true) window.keyListeners += by;
        return method.apply(this ?? window, arguments); } }"""
# what one can use, the steps as one and a row of radios as one
CONTROLS = """form => { const seen = e => e.checkVisibility() && !e.closest(".unseen, .infonb-unseen");
    const rows = [...form.querySelectorAll(".widget-radio, .infonb-steps")].filter(seen).length;
    const single = [...form.querySelectorAll("button, input, select, textarea, a[href], summary")].filter(seen)
        .filter(e => !e.closest(".widget-radio, .infonb-steps, fieldset"));
    return rows + single.length + [...form.querySelectorAll("fieldset")].filter(seen).length; }"""


def search(lab: Lab, name: str) -> Any:
    """A journal with one planned interview and one that was held, and ratings."""
    path = lab.root / f"{name}.db"
    with infonb.open(path) as journal:
        nurse = journal.add_occupation("Nurse", soc="29-1141")
        held = journal.plan_interview(journal.add_person("Ada Confidential"), nurse)
        journal.record_answer(held, "path_in", text="Through a friend", rating=4)
        journal.record_answer(held, "home_life", text="Every second weekend")
        journal.finish_interview(held)
        journal.plan_interview(journal.add_person("Ben Confidential"), nurse)
    return path


def test_radios_have_names_and_keep_their_keys(lab: Lab, lab_page: LabPage) -> None:
    path = search(lab, "keys")
    lab_page.page.add_init_script(COUNT_LISTENERS)
    lab_page.open(lab.notebook("keys.ipynb", SHOW.format(form="Decide", journal=path.name)))
    before = lab_page.page.evaluate("window.keyListeners")
    lab_page.run_all()
    page = lab_page.page
    row = page.get_by_role("radiogroup", name="Life at home")
    row.wait_for(timeout=90_000)
    page.get_by_role("button", name="What matters", pressed=True).wait_for()
    cells = page.evaluate(CELLS)
    keys = page.keyboard
    row.get_by_role("radio", name="not set").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "b", "x", "d", "d"):
        keys.press(key)
    page.locator(".infonb-said", has_text="saved").wait_for()
    assert page.evaluate(CELLS) == cells
    assert row.get_by_role("radio", name="2", exact=True).is_checked()
    keys.press("Tab")
    assert row.evaluate("row => !row.contains(document.activeElement)")
    # the words stand right under the row, and belong to it
    said = page.locator(".infonb-said")
    assert said.evaluate("p => p.previousElementSibling.matches('.widget-radio')")
    with infonb.open(path) as journal:
        assert journal.importances() == {"home_life": 2}
    page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.locator(".infonb-form").wait_for(state="detached")
    assert page.evaluate("window.keyListeners") == before


def test_words_stand_beside_the_control_and_are_read_out_by_one_region(
    lab: Lab, lab_page: LabPage
) -> None:
    path = search(lab, "words")
    lab_page.open(lab.notebook("words.ipynb", SHOW.format(form="Prepare", journal=path.name)))
    lab_page.run_all()
    page = lab_page.page
    page.get_by_role("button", name="Occupations").click(timeout=90_000)
    page.evaluate("window.live = document.querySelector('.infonb-form [role=status]')")
    field = page.get_by_label("Another occupation")
    add = page.locator(".infonb-form button", has_text="Add").locator("visible=true")
    add.click()
    page.locator(".infonb-said", has_text="Type an occupation first").wait_for()
    page.wait_for_function(
        "document.querySelector('[aria-invalid=true]') === document.activeElement"
    )
    described = field.get_attribute("aria-describedby")
    assert described and "Type an occupation" in page.locator(f"#{described}").inner_text()
    page.keyboard.type("Baker")
    page.keyboard.press("Enter")
    page.locator(".infonb-said", has_text="Baker is added").wait_for()
    assert field.get_attribute("aria-invalid") == "false" and field.input_value() == ""
    assert page.evaluate("live === document.querySelector('.infonb-form [role=status]')")
    assert "Baker is added" in page.evaluate("live.textContent")
    # the caret is where the next one is typed, and nothing is renamed by typing it
    page.wait_for_function("document.activeElement.matches('.infonb-form input')")
    page.keyboard.type("Judge")
    page.keyboard.press("Enter")
    page.locator(".infonb-said", has_text="Judge is added").wait_for()
    with infonb.open(path) as journal:
        assert [each.title for each in journal.occupations()] == ["Nurse", "Baker", "Judge"]
    # a fold is a button; what is behind it can be reached by keyboard
    page.get_by_role("button", name="People").click()
    fold = page.get_by_role("button", name="More: job title, e-mail, phone")
    assert fold.get_attribute("aria-expanded") == "false"
    fold.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Job title", exact=True).wait_for()
    assert fold.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.get_by_label("Job title", exact=True).evaluate("e => e === document.activeElement")


def test_the_order_of_questions_is_changed_by_keyboard(lab: Lab, lab_page: LabPage) -> None:
    path = search(lab, "order")
    lab_page.open(lab.notebook("order.ipynb", SHOW.format(form="Prepare", journal=path.name)))
    lab_page.run_all()
    page = lab_page.page
    page.get_by_role("button", name="Plan", exact=True).click(timeout=90_000)
    page.get_by_role("button", name="Change the questions or their order").click()
    page.get_by_label("Your questions").select_option(index=1)
    page.get_by_role("button", name="Ask later").focus()
    page.keyboard.press("Enter")
    page.locator(".infonb-said", has_text="is now number 3").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Ask later"
    page.keyboard.press("Enter")
    page.locator(".infonb-said", has_text="is now number 4").wait_for()
    with infonb.open(path) as journal:
        [planned] = journal.interviews(status="planned")
        assert planned.questions.index("typical_day") == 3


def test_a_first_view_asks_little(lab: Lab, lab_page: LabPage) -> None:
    path = search(lab, "little")
    forms = ("Prepare", "Capture", "Debrief", "Decide")
    cells = [SHOW.format(form=form, journal=path.name) for form in forms]
    lab_page.open(lab.notebook("little.ipynb", *cells)).run_all()
    page = lab_page.page
    shown = page.locator(".infonb-form, .infonb-capture")
    page.locator(".infonb-capture textarea:not([readonly])").first.wait_for(timeout=90_000)
    page.locator(".infonb-form").nth(2).wait_for()
    page.wait_for_timeout(500)
    counted: dict[str, int] = {}
    for n, form in enumerate(forms):
        steps = shown.nth(n).locator(".infonb-steps button")
        for step in range(max(1, steps.count())):
            name = form
            if steps.count():
                steps.nth(step).click()
                name = f"{form}, {steps.nth(step).inner_text()}"
                page.wait_for_timeout(200)
            counted[name] = shown.nth(n).evaluate(CONTROLS)
    print(counted)
    assert all(number <= 10 for name, number in counted.items() if name != "Capture"), counted
