"""How fast the interview card is, beside the barest thing that could do the same.

Two promises, measured in one real JupyterLab and given as ratios, since machines differ:

* from running the cell to fields one can see: at most 1.5 times an anywidget that says hello
  (how long until they take a key, once the journal has answered, is printed beside it);
* from a keystroke to "saved": at most 2 times a bare ipywidgets Textarea that makes the same
  durable write and answers by a label. The keys come after a pause: the card sends the first key
  of a row at once, so there is no debounce to take off.

    python benchmarks/capture.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

import find_chromium
from jupyterlab_server import Lab, LabPage, chromium_arguments, new_lab_page

import infonb

RUNS, KEYS = 15, 40

HELLO = """import anywidget
class Hello(anywidget.AnyWidget):
    _esm = "export default { render({ el }) { const p = document.createElement('p');"
    _esm += " p.className = 'hello'; p.textContent = 'hello'; el.append(p); } }"
"""
BARE = """import ipywidgets, itertools
field, label, count = ipywidgets.Textarea(), ipywidgets.Label("0"), itertools.count(1)
label.add_class("acknowledged")
def keep(change):
    journal.record_answer(interview, "path_in", text=change["new"], session="bare")
    label.value = str(next(count))
field.observe(keep, "value")
"""
OPEN = """import infonb, infonb.widgets
journal = infonb.open("search.db")
interview = journal.interviews(status="planned")[0]
infonb.widgets.Capture
"""

# From the request to run a cell to the first frame in which the wanted element is drawn anew.
RUN_UNTIL_SEEN = """async ([index, wanted]) => {
  const book = window.jupyterapp.shell.currentWidget.content;
  book.activeCellIndex = index;
  document.querySelectorAll(wanted).forEach((old) => old.setAttribute("data-old", ""));
  const began = performance.now();
  const seen = new Promise((done) => {
    const look = () => {
      const found = document.querySelector(`${wanted}:not([data-old])`);
      if (found && found.getBoundingClientRect().height > 0) done(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
  window.jupyterapp.commands.execute("notebook:run-cell");
  return (await seen) - began;
}"""
# From a keystroke to the change of what acknowledges it.
KEY_UNTIL_SAVED = """async ([field, acknowledged]) => {
  const input = document.querySelector(field), words = document.querySelector(acknowledged);
  const said = () => words.dataset.state === undefined ? words.textContent !== before
      : words.dataset.state === "saved";
  const before = words.textContent, began = performance.now();
  input.value += "x";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  while (!said()) {
    await new Promise((done) => setTimeout(done, 0));
    if (performance.now() - began > 10000) throw new Error("never acknowledged");
  }
  return performance.now() - began;
}"""


def lab_page(lab: Lab, context: Any) -> LabPage:
    """A notebook with the card, hello and the bare field, their imports done."""
    with infonb.open(lab.root / "search.db") as journal:
        person, occupation = journal.add_person("Ada"), journal.add_occupation("Inspector")
        journal.plan_interview(person, occupation, questions=list(infonb.method.QUESTIONS)[:15])
    cells = (OPEN + HELLO + BARE, "infonb.widgets.Capture(journal)", "Hello()")
    name = lab.notebook("speed.ipynb", *cells, "display(field, label)")
    page = new_lab_page(context, lab).open(name)
    page.run_all()
    page.page.locator(".infonb-capture textarea:not([readonly])").first.wait_for()
    page.page.locator(".acknowledged").wait_for()
    return page


def time_to_fields(page: Any) -> tuple[float, ...]:
    """Median milliseconds to the card's fields, to hello, and to fields that take a key."""
    cells = {".infonb-capture textarea": 1, ".hello": 2}
    cells[".infonb-capture textarea:not([readonly])"] = 1
    took: dict[str, list[float]] = {wanted: [] for wanted in cells}
    for _ in range(RUNS):
        for wanted, index in cells.items():
            took[wanted].append(page.evaluate(RUN_UNTIL_SEEN, [index, wanted]))
            page.wait_for_timeout(400)
    return tuple(median(times[2:]) for times in took.values())


def time_to_saved(page: Any) -> tuple[float, float]:
    """Median milliseconds from a key after a pause to "saved", for the card and bare."""
    page.locator(".infonb-capture textarea:not([readonly])").first.wait_for()
    ours = [".infonb-capture textarea", ".infonb-capture .status"]
    bare = [".widget-textarea textarea", ".acknowledged"]
    took: list[list[float]] = [[], []]
    for place, pair in enumerate((ours, bare)):
        for _ in range(KEYS):
            took[place].append(page.evaluate(KEY_UNTIL_SAVED, pair))
            page.wait_for_timeout(300)
    card, plain = (median(times[5:]) for times in took)
    return card, plain


def main() -> int:
    """Measure, print, and say by the exit code whether the promises hold."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        try:
            browser = playwright.chromium.launch(
                executable_path=find_chromium.find(), args=chromium_arguments()
            )
            page = lab_page(lab, browser.new_context(viewport={"width": 1280, "height": 3000})).page
            card, hello, writable = time_to_fields(page)
            key, bare = time_to_saved(page)
            browser.close()
        finally:
            lab.stop()
    fields, saved = card / hello, key / bare
    print(f"cell run to fields:  card {card:.0f} ms, hello {hello:.0f} ms: {fields:.2f} times")
    print(f"                     they take a key after {writable:.0f} ms")
    print(f"keystroke to saved:  card {key:.0f} ms, bare {bare:.0f} ms: {saved:.2f} times")
    return 0 if fields <= 1.5 and saved <= 2 else 1


if __name__ == "__main__":
    sys.exit(main())
