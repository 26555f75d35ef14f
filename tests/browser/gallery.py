"""The gallery: every chart, as a report draws it, in every theme, width and size of journal.

``make gallery`` writes one sheet per chart into ``.gallery/`` (git leaves it out), to be looked at,
and lists what can be told without looking: words cut off, labels over each other, a chart wider
than its column, type too small to read, nothing drawn. ``make gallery CHARTS="ratings wages"``
draws only these. The browser tests use the same journals and the same checks.
"""

from __future__ import annotations

import base64
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import find_chromium
import nbformat
from gallery_journals import JOURNALS, make
from jupyterlab_server import chromium_arguments

from infonb import charts
from infonb.report.run import page_of

FOLDER = Path(__file__).parents[2] / ".gallery"
WIDTHS = (360, 768, 1280)
THEMES = ("light", "dark", "print")
PAPER = 768
"""The width nearest to a sheet of paper; it shows the picture of a chart, not its drawing."""
SMALLEST = 11
"""Pixels of the smallest letters that may be on a screen."""

PROBLEMS = """(figure, smallest) => {
  const found = [], place = figure.querySelector(".drawing"), svg = place.querySelector("svg");
  if (figure.dataset.chart !== "drawn" || !svg) return ["not drawn"];
  const frame = place.getBoundingClientRect();
  if (place.scrollWidth > place.clientWidth + 1)
    found.push(`wider than its column: ${place.scrollWidth} of ${place.clientWidth} px`);
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const written = [...svg.querySelectorAll("text")]
    .filter((text) => text.textContent.trim() && getComputedStyle(text).opacity !== "0");
  const boxes = [];
  for (const text of written) {
    const said = text.textContent.trim().slice(0, 60), box = text.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    if (size < smallest - 0.05) found.push(`${size.toFixed(1)} px small: ${said}`);
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2
        || box.bottom > frame.bottom + 2) found.push(`cut off: ${said}`);
    for (const line of text.querySelector("tspan") ? text.querySelectorAll("tspan") : [text])
      boxes.push({ said, text, box: line.getBoundingClientRect() });
  }
  boxes.forEach((one, at) => boxes.slice(at + 1).forEach((other) => {
    if (one.text === other.text) return;
    const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
    const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
    // a line's box is taller than its letters
    if (across > 1 && down > 0.3 * Math.min(one.box.height, other.box.height))
      found.push(`“${one.said}” over “${other.said}”`);
  }));
  const marks = svg.querySelectorAll("g.role-mark:not(.mark-group) > *");
  if (!marks.length) found.push("no marks");
  return [...new Set(found)];
}"""


def page_with(findings: Any, names: list[str]) -> str:
    """A report that shows these charts of a journal, one after the other."""
    made = [getattr(charts, name)(findings).for_report() for name in names]
    outputs = [nbformat.v4.new_output("display_data", data=data) for data in made]
    cells = [
        nbformat.v4.new_code_cell(name, outputs=[o]) for name, o in zip(names, outputs, strict=True)
    ]
    return page_of(nbformat.v4.new_notebook(cells=cells), "Charts")


def drawn(browser: Any, page_file: Path, width: int) -> Any:
    """The page with all its charts drawn, as a reader with this screen sees it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    return page


def in_theme(page: Any, theme: str) -> None:
    """Turn the page light or dark, or show it as it prints; charts are not drawn anew for that."""
    page.emulate_media(
        media="print" if theme == "print" else "screen",
        color_scheme="dark" if theme == "dark" else "light",
    )


def problems(figure: Any) -> list[str]:
    """What is wrong with a chart on a page, as far as this can be told without looking."""
    return figure.evaluate(PROBLEMS, SMALLEST)


def pictures(
    browser: Any, names: list[str]
) -> Iterator[tuple[str, str, str, int, bytes, list[str]]]:
    """Every chart on every screen: name, journal, theme, width, picture and problems."""
    with tempfile.TemporaryDirectory() as folder:
        for journal in JOURNALS:
            page_file = Path(folder) / f"{journal}.html"
            page_file.write_text(page_with(make(journal, Path(folder)), names), encoding="utf-8")
            for width in WIDTHS:
                page = drawn(browser, page_file, width)
                figures = page.locator("figure[data-chart]")
                for theme in THEMES:
                    if theme == "print" and width != PAPER:
                        continue
                    in_theme(page, theme)
                    for number, name in enumerate(names):
                        figure = figures.nth(number)
                        shot = figure.screenshot(animations="disabled")
                        wrong = [] if theme == "print" else problems(figure)
                        yield name, journal, theme, width, shot, wrong
                page.context.close()


def sheet(name: str, shots: list[tuple[str, str, int, bytes, list[str]]]) -> str:
    """One chart on all screens as a page: a row per journal and theme, the widths beside it."""
    cells = []
    for journal, theme, width, shot, wrong in shots:
        told = f"<b>{escape('; '.join(wrong[:3]))}</b>" if wrong else ""
        data = base64.b64encode(shot).decode("ascii")
        picture = f'<img width="{width - 32}" src="data:image/png;base64,{data}">'
        cells.append(f"<td class={theme}><p>{journal}, {theme}, {width} {told}</p>{picture}</td>")
    rows: dict[tuple[str, str], str] = {}
    for (journal, theme, *_), cell in zip(shots, cells, strict=True):
        rows[journal, theme] = rows.get((journal, theme), "") + cell
    body = "".join(f"<tr>{row}</tr>" for row in rows.values())
    return (
        f"<!doctype html><meta charset=utf-8><title>{name}</title><style>"
        "body{font:14px system-ui;margin:16px}td{vertical-align:top;padding:16px}"
        "img{max-width:none}b{color:#b00}.dark{background:#14191f;color:#ccc}"
        f"</style><h1>{name}</h1><table>{body}</table>"
    )


def main(names: list[str]) -> int:
    """Write the sheets of these charts; how many problems were found."""
    from playwright.sync_api import sync_playwright

    started = time.monotonic()
    FOLDER.mkdir(exist_ok=True)
    shots: dict[str, list[tuple[str, str, int, bytes, list[str]]]] = {name: [] for name in names}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium.find(), args=chromium_arguments()
        )
        for name, journal, theme, width, shot, wrong in pictures(browser, names):
            shots[name].append((journal, theme, width, shot, wrong))
        for name, of_chart in shots.items():
            html = FOLDER / f"{name}.html"
            html.write_text(sheet(name, of_chart), encoding="utf-8")
            page = browser.new_page(viewport={"width": 2500, "height": 1000})
            page.goto(html.as_uri())
            page.screenshot(path=FOLDER / f"{name}.png", full_page=True)
            page.close()
        browser.close()
    found = 0
    for name, of_chart in shots.items():
        for journal, theme, width, _, wrong in of_chart:
            if theme == "light":
                found += len(wrong)
                for problem in wrong[:4]:
                    print(f"{name}, {journal}, {width}: {problem}")
    print(f"{len(names)} sheets in {FOLDER}, {found} problems, {time.monotonic() - started:.0f} s")
    return found


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:] or list(charts.__all__)) else 0)
