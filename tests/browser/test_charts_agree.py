"""JupyterLab draws with Vega-Lite 5, a report with 6: every public chart is the same in both.

The same texts, the same marks on the same rows, the same order; and not a word on the console.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyterlab_server import Lab, new_lab_page

from infonb import charts, report

SAMPLES = ("published", "example")
ALL = [f"{sample}: {name}" for sample in SAMPLES for name in charts.__all__]
CELL = """
import infonb
from infonb import charts
for sample in {samples!r}:
    findings = infonb.sample(sample).findings(redact=True)
    for name in charts.__all__:
        display(getattr(charts, name)(findings))
"""

# What one sees in a drawing. Rows are told by what stands at the same height, not by pixels:
# fonts and margins may differ, but a mark beside another label would be wrong data on screen.
SEEN = """svg => {
  const middle = (element) => { const box = element.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 }; };
  const words = (element) => [...element.querySelectorAll("tspan")].map((part) => part.textContent).join(" ")
    || element.textContent;
  const text = (element) => words(element).replace(/\\s+/g, " ").trim();
  const title = [...svg.querySelectorAll("g.role-title")]
    .filter((group) => !group.parentElement.closest("g.role-scope"));
  const panel = (element) => element.closest("g.role-scope");
  // names of rows are axis labels or marks of their own
  const labels = [...svg.querySelectorAll("g.role-axis-label text, g.mark-text.role-mark text")]
    .map((label) => ({ text: text(label), panel: panel(label), ...middle(label) }))
    .filter((label) => /[a-z]/i.test(label.text)).sort((one, other) => one.x - other.x);
  const beside = (mark) => {  // the nearest label of its own panel, else of the panels at its left
    const { x, y } = middle(mark);
    const near = labels.filter((label) => Math.abs(label.y - y) < 12 && label.x < x);
    const own = near.filter((label) => label.panel === panel(mark));
    const away = (label) => Math.abs(label.y - y);
    const choice = own.length ? own : near;
    return choice.length ? choice.reduce((one, other) => (away(other) < away(one) - 1 ? other : one)).text : "";
  };
  const marks = [...svg.querySelectorAll("g[class*='role-mark']")].map((group) => ({
    kind: group.getAttribute("class").match(/mark-(\\w+)/)[1],
    rows: [...group.children].map(beside),
    colours: [...new Set([...group.children].map((mark) =>
      [mark.getAttribute("fill"), mark.getAttribute("stroke")].join("/")))].sort(),
  }));
  const axes = [...svg.querySelectorAll("g.role-axis-label")].map((axis) =>
    [...axis.querySelectorAll("text")].map((label) => ({ text: text(label), ...middle(label) }))
      .sort((one, other) => Math.round(one.y - other.y) || one.x - other.x).map((label) => label.text));
  const texts = [...svg.querySelectorAll("text")]
    .filter((element) => !title.some((group) => group.contains(element))).map(text).filter(Boolean);
  return { title: title.flatMap((group) => [...group.querySelectorAll("text")].map(text)).join(" "),
    texts, axes, marks };
}"""


@pytest.fixture(scope="module")
def drawn_in_lab(browser: Any, lab: Lab) -> Iterator[dict[str, Any]]:
    """What every chart looks like in JupyterLab, and what was said on the console."""
    name = lab.notebook("all_charts.ipynb", CELL.format(samples=SAMPLES))
    context = browser.new_context(viewport={"width": 1400, "height": 1400})
    said: list[str] = []
    try:
        lab_page = new_lab_page(context, lab)
        lab_page.page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        lab_page.page.on("pageerror", lambda error: said.append(f"error: {error}"))
        lab_page.open(name).run_all()
        pictures = lab_page.page.locator(".jp-OutputArea-output svg.marks")
        lab_page.page.wait_for_function(
            "n => document.querySelectorAll('.jp-OutputArea-output svg.marks').length >= n",
            arg=len(ALL), timeout=120_000,
        )  # fmt: skip
        seen = pictures.evaluate_all(f"all => all.map({SEEN})")
    finally:
        context.close()
    yield {"charts": dict(zip(ALL, seen, strict=True)), "said": said}


@pytest.fixture(scope="module")
def drawn_in_report(browser: Any, lab: Lab, tmp_path_factory: Any) -> Iterator[dict[str, Any]]:
    """The same in the report that is made of the same notebook."""
    source = lab.root / lab.notebook("all_charts_report.ipynb", CELL.format(samples=SAMPLES))
    page_file: Path = report.build(source, tmp_path_factory.mktemp("report") / "all.html")
    context = browser.new_context(viewport={"width": 1400, "height": 1400}, offline=True)
    said: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        figures = page.locator("figure[data-chart]")
        seen = figures.evaluate_all(
            f"all => all.map((figure) => ({{...({SEEN})(figure.querySelector('svg')),"
            "caption: figure.querySelector('figcaption').textContent}))"
        )
    finally:
        context.close()
    yield {"charts": dict(zip(ALL, seen, strict=True)), "said": said}


def plain(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("name", ALL)
def test_texts_marks_and_order_are_the_same(drawn_in_lab, drawn_in_report, name: str):
    lab, page = drawn_in_lab["charts"][name], drawn_in_report["charts"][name]
    assert page["texts"] and page["marks"]
    assert lab["texts"] == page["texts"]
    assert lab["axes"] == page["axes"]
    assert [mark["kind"] for mark in lab["marks"]] == [mark["kind"] for mark in page["marks"]]
    for ours, theirs in zip(lab["marks"], page["marks"], strict=True):
        assert ours["rows"] == theirs["rows"], ours["kind"]
        assert ours["colours"] == theirs["colours"], ours["kind"]
    assert plain(lab["title"]) == plain(page["caption"])


def test_vega_complains_on_neither_console(drawn_in_lab, drawn_in_report):
    assert drawn_in_report["said"] == []
    vega = re.compile(r"WARN|vega|domain|sort|scale|field|infinite extent", re.IGNORECASE)
    loud = [line for line in drawn_in_lab["said"] if line.startswith(("warning", "error"))]
    assert not [line for line in loud if vega.search(line)]


def test_a_drawing_in_the_wrong_order_would_be_noticed(browser: Any):
    """The comparison itself sees a mark that moved to another row."""
    page = browser.new_page()
    picture = """<svg class="marks" width="200" height="100">
      <g class="mark-text role-axis-label"><text x="0" y="20">A</text><text x="0" y="60">B</text></g>
      <g class="mark-rect role-mark"><path d="M50,{0}h40v10h-40Z" fill="red"/></g></svg>"""
    rows = []
    for y in (10, 50):
        page.set_content(picture.replace("{0}", str(y)))
        rows.append(page.locator("svg").evaluate(SEEN)["marks"][0]["rows"])
    page.close()
    assert rows == [["A"], ["B"]]
