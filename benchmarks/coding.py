"""How fast the card for themes is on a transcript of 200 pages (100,000 words, 300 passages).

Measured in one real JupyterLab, and given as ratios, since machines differ:

* from choosing the transcript to the first frame that shows it: at most 3 times a page that puts
  the same turns as plain paragraphs;
* from Shift and an arrow key to the frame that shows it: at most 5 times the same key where the
  card shows a single answer, both some milliseconds (beside it: a bare editable paragraph);
* from the key that gives a theme to "saved" is printed.

    python benchmarks/coding.py
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "browser"))

import find_chromium
from jupyterlab_server import Lab, chromium_arguments, new_lab_page

import infonb

TURNS, WORDS, PASSAGES, KEYS = 1_600, 62, 300, 25
SHOW = "import infonb\njournal = infonb.open('search.db')\ninfonb.widgets.Code(journal)"

OPEN = """async (value) => {
  const picker = document.querySelector(".infonb-code .picker");
  const began = performance.now();
  picker.value = value;
  picker.dispatchEvent(new Event("change"));
  while (document.querySelectorAll(".infonb-code .turn").length < 1000) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""
PLAIN = """async (turns) => {
  const box = document.createElement("div");
  box.style = "height: 40rem; overflow: auto; white-space: pre-wrap";
  const began = performance.now();
  box.replaceChildren(...turns.map((words) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    return paragraph;
  }));
  document.querySelector(".jp-Notebook").append(box);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const took = performance.now() - began;
  box.remove();
  return took;
}"""
EDITABLE = """(words) => {
  document.querySelector(".bare")?.remove();
  const field = document.createElement("div");
  Object.assign(field, { className: "bare", contentEditable: "true", textContent: words });
  field.style = "height: 20rem; overflow: auto; white-space: pre-wrap";
  document.querySelector(".jp-Notebook").prepend(field);
  field.focus();
}"""
LISTEN = """() => {
  window.took = [];
  addEventListener("keydown", () => {
    const began = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - began)));
  }, true);
}"""


def turns() -> list[str]:
    """What is said, the same at every run."""
    chance = random.Random(20)
    said = (
        "the work people night care shift ward team hours pay quiet helping because often".split()
    )
    return [" ".join(chance.choice(said) for _ in range(WORDS)) + "." for _ in range(TURNS)]


def fill(path: Path) -> str:
    """A journal with the transcript and its passages; the interview's id."""
    chance = random.Random(21)
    with infonb.open(path) as journal:
        interview = journal.plan_interview(
            journal.add_person("Ada"), journal.add_occupation("Nurse")
        )
        journal.record_answer(interview, "enjoy_most", text=turns()[3])
        said = [{"speaker": ("Me", "Ada")[n % 2], "text": words} for n, words in enumerate(turns())]
        talk = journal.add_transcript(interview, turns=said, asks="Me")
        themes = [journal.add_theme(name) for name in ("Quiet", "Pay", "People", "Hours")]
        for _ in range(PASSAGES):
            start = chance.randrange(len(talk.text) - 80)
            journal.code(talk, chance.choice(themes), start, start + chance.randrange(20, 80))
        return interview.id


def key(page: Any) -> float:
    """Median milliseconds from a key to the frame after it, where the focus is."""
    page.evaluate("window.took.length = 0")
    for _ in range(KEYS):
        page.keyboard.press("Shift+ArrowRight")
        page.wait_for_timeout(60)
    return median(page.evaluate("window.took")[5:])


def saved(page: Any) -> float:
    """Median milliseconds from the key that gives a theme to "saved"."""
    took = []
    for n in range(8):
        field = page.locator(".infonb-code .turn .text").nth(10 + 2 * n)
        field.focus()
        for _ in range(5):
            page.keyboard.press("Shift+ArrowRight")
        page.evaluate("""() => { const status = document.querySelector(".infonb-code .status");
          let began, waiting = false; window.stored = null;
          const start = () => (began = performance.now());
          addEventListener("keydown", start, { once: true, capture: true });
          new MutationObserver((_, observer) => { waiting ||= status.dataset.state === "saving";
            const done = waiting && status.dataset.state === "saved";
            if (!done) return;
            window.stored = performance.now() - began;
            observer.disconnect();
          }).observe(status, { attributes: true }); }""")
        page.keyboard.press("1")
        page.wait_for_function("window.stored !== null")
        took.append(page.evaluate("window.stored"))
    return median(took[2:])


def main() -> int:
    """Measure, print, and say by the exit code whether the promises hold."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        try:
            browser = playwright.chromium.launch(
                executable_path=find_chromium.find(), args=chromium_arguments()
            )
            interview = fill(lab.root / "search.db")
            name = lab.notebook("speed.ipynb", SHOW)
            context = browser.new_context(viewport={"width": 1280, "height": 1400})
            notebook = new_lab_page(context, lab).open(name)
            notebook.run_all()
            page = notebook.page
            page.locator(".infonb-code .text").first.wait_for()
            page.evaluate(LISTEN)
            opening, plain = [], []
            for _ in range(5):
                opening.append(page.evaluate(OPEN, f"interview:{interview}"))
                plain.append(page.evaluate(PLAIN, turns()))
                page.locator(".infonb-code .picker").select_option(value="all")
                page.locator(".infonb-code .turn").first.wait_for(state="detached")
            page.evaluate(OPEN, f"interview:{interview}")
            page.locator(".infonb-code .turn .text").nth(3).focus()
            ours = key(page)
            stored = saved(page)
            page.locator(".infonb-code .picker").select_option(value="all")
            page.locator(".infonb-code .turn").first.wait_for(state="detached")
            page.locator(".infonb-code .text").first.focus()
            single = key(page)
            page.evaluate(EDITABLE, turns()[3])
            bare = key(page)
            browser.close()
        finally:
            lab.stop()
    shown, basis = median(opening[1:]), median(plain[1:])
    print(f"transcript of 200 pages shown: {shown:.0f} ms, plain paragraphs {basis:.0f} ms: "
          f"{shown / basis:.1f} times")  # fmt: skip
    print(f"Shift and an arrow key:        {ours:.0f} ms, in a single answer {single:.0f} ms: "
          f"{ours / single:.1f} times (bare paragraph: {bare:.0f} ms)")  # fmt: skip
    print(f'key to "saved":                {stored:.0f} ms')
    return 0 if shown <= 3 * basis and ours <= 5 * single else 1


if __name__ == "__main__":
    sys.exit(main())
