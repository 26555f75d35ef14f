"""`Import` in a real JupyterLab: a file chosen or dropped, asked about, taken in, taken back."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from jupyterlab_server import Lab, LabPage
from test_forms_in_lab import CONTROLS

import infonb

SHOW = "import infonb; infonb.widgets.Import(infonb.open({journal!r}))"
LIKE = "What do you like most about your job?"
TEN = "On a scale of 1 to 10, rate the job outlook"
FORM = f'Timestamp,Which occupation,Your shoes,"{LIKE}","{TEN}"\n'
FORM += "3/4/2026 10:00:00,Nurse,blue,The quiet,9\n"
DROP = """(element, [name, text]) => { const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name));
    for (const kind of ["dragover", "drop"])
      element.dispatchEvent(new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true})); }"""


def test_a_form_is_chosen_asked_about_taken_in_and_taken_back(lab: Lab, lab_page: LabPage) -> None:
    path = lab.root / "import.db"
    infonb.open(path).close()
    lab_page.open(lab.notebook("import.ipynb", SHOW.format(journal=path.name))).run_all()
    page = lab_page.page
    form = page.locator(".infonb-form")
    picker = page.get_by_label("Choose a file, or drop it here")
    picker.wait_for(timeout=90_000)
    assert form.evaluate(CONTROLS) == 1
    picker.set_input_files({"name": "answers.csv", "mimeType": "text/csv", "buffer": FORM.encode()})
    answer = page.get_by_label("Answer")
    form.locator("text=Of 3 questions the first").wait_for()
    assert form.evaluate(CONTROLS) <= 7
    for theme in ("light", "dark"):
        lab_page.theme(theme)
        found = Axe().run(page, context=".infonb-form")
        assert found.violations_count == 0, found.generate_report()
    answer.select_option(label="1 to 10, 10 is best")
    form.locator("text=Of 2 questions the first").wait_for()
    page.wait_for_function("document.activeElement.matches('.infonb-panel select')")
    answer.select_option(label="leave out")
    form.locator("text=day first (dmy) or month first").wait_for()
    answer.select_option(label="day first: 3/4 is 3 April")
    form.locator("text=Would be: 1 added").wait_for()
    said = form.locator(".infonb-said", has_text="Nothing is left to ask")
    assert said.evaluate("p => p.previousElementSibling.matches('.infonb-panel')")
    form.get_by_role("button", name="What would change: one record").click()
    form.get_by_role("region", name="What would change").wait_for()
    form.get_by_role("button", name="Correct: what a column holds").click()
    page.get_by_label("It holds").wait_for()
    found = Axe().run(page, context=".infonb-form")
    assert found.violations_count == 0, found.generate_report()
    form.get_by_role("button", name="Take it in").click()
    form.locator("text=Taken in from answers.csv: 1 added").wait_for()
    with infonb.open(path) as journal:
        assert [interview.date for interview in journal.interviews()] == ["2026-04-03"]
    form.get_by_role("button", name="Undo").click()
    form.locator(".infonb-said", has_text="Taken back: the import of answers.csv").wait_for()
    with infonb.open(path) as journal:
        assert journal.interviews() == []
    # dropped, in more than one piece
    people = "First Name,Last Name,Company,Notes\n" + f"Ada,Loom,Mill Works,{'x' * 900}\n" * 1500
    form.locator(".infonb-file").evaluate(DROP, ["people.csv", people])
    form.locator("text=people.csv is read as").wait_for(timeout=60_000)
    form.get_by_role("button", name="Take it in").click()
    form.locator("text=Taken in from people.csv").wait_for(timeout=60_000)
    with infonb.open(path) as journal:
        assert [person.name for person in journal.people()] == ["Ada Loom"]
