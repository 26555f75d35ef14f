"""Promises of a report of several notebooks: one file, one first screen, ways to every part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from infonb import InfonbError
from infonb.charts.chart import nothing
from infonb.report import build, build_each, cards, provenance, table
from infonb.report.render import combined, page

v4 = nbformat.v4
SPEC = {
    "data": {"values": [{"a": 1}]},
    "mark": {"type": "bar", "clip": True},
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}


def shown(data: dict[str, Any]) -> nbformat.NotebookNode:
    return v4.new_code_cell("pass", outputs=[v4.new_output("display_data", data=data)])


def chapter(title: str, first_screen: str = "Nurse", **facts: Any) -> nbformat.NotebookNode:
    """A notebook as ours are: title, first screen, a section with a chart, what it rests on."""
    cells = [
        v4.new_markdown_cell(f"# {title}\n\nSee [there](#In-numbers)."),
        shown(cards([("What leads?", first_screen, "in 42 %")])._repr_mimebundle_()),
        v4.new_markdown_cell("## In numbers\n\n### Deeper"),
        shown({"application/vnd.vegalite.v5+json": SPEC}),
        shown(provenance(people=12, interviews=12, **facts)._repr_mimebundle_()),
    ]
    return v4.new_notebook(cells=cells)


@pytest.fixture
def two() -> str:
    """The page of two chapters."""
    pay = chapter("What they earn", sources=["A"], vintages={"Wages": "May 2024"})
    hours = chapter("When they work", sources=["A", "B"])
    return page(combined([(pay, "1-pay"), (hours, "2-hours")]))


def test_it_has_one_title_and_its_chapters_are_headings_below(two: str) -> None:
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", two) == ["What 12 people told me"]
    assert re.findall(r"<h2 id=[^>]*>(.*?)</h2>", two) == ["What they earn", "When they work"]
    assert re.findall(r"<h3 id=[^>]*>(.*?)</h3>", two) == ["In numbers"] * 2
    assert re.findall(r"<h4 id=[^>]*>(.*?)</h4>", two) == ["Deeper"] * 2


def test_the_first_screen_stands_once_at_the_top(two: str) -> None:
    assert two.count('<ul class="infonb-cards">') == 1
    assert two.index("infonb-cards", two.index("<body>")) < two.index('<nav id="contents"')


def test_a_chapter_keeps_a_first_screen_that_says_something_else() -> None:
    made = page(combined([(chapter("One"), "1"), (chapter("Two", "Librarian"), "2")]))
    assert made.count('<ul class="infonb-cards">') == 2
    assert "<strong>Librarian</strong>" in made.split('class="chapter"')[2]


def test_every_id_is_there_once_and_every_link_leads_somewhere(two: str) -> None:
    ids = Counter(re.findall(r'\bid="([^"]+)"', two))
    assert set(ids.values()) == {1}
    links = set(re.findall(r'href="#([^"]+)"', two))
    links |= set(re.findall(r"url\(#([^)]+)\)", two))
    links |= set(re.findall(r'aria-labelledby="([^"]+)"', two))
    assert links <= set(ids)


def test_a_link_leads_within_its_own_chapter(two: str) -> None:
    chapters = two.split('<section class="chapter"')[1:]
    assert '<a href="#in-numbers"' in chapters[0]
    assert '<a href="#in-numbers-2"' in chapters[1]


def test_the_contents_list_names_chapters_and_their_sections(two: str) -> None:
    contents = re.search(r"<nav.*?</nav>", two, re.DOTALL)
    assert contents
    assert re.findall(r'href="#([^"]+)"', contents[0]) == [
        "what-they-earn", "in-numbers", "when-they-work", "in-numbers-2",
    ]  # fmt: skip


def test_what_all_share_is_there_once(two: str) -> None:
    assert two.count('id="vega"') == 1 and two.count("<style>") == 1
    assert two.count('data-chart="waiting"') == 2
    assert two.count("rests on 12 interviews with 12 people") == 1
    assert two.count("<li>A</li>") == two.count("<li>B</li>") == 1
    assert two.count("Wages: May 2024") == 1


def test_the_code_is_counted_through(two: str) -> None:
    steps = re.findall(r'<h2 class="step">(.*?)</h2>', two)
    assert [step.split(",")[0] for step in steps] == [f"Step {n}" for n in range(1, 7)]
    assert "for “What they earn”" in steps[0] and "for “When they work”" in steps[3]


def test_building_from_a_list_gives_one_file(notebook: Callable[..., Path], tmp_path: Path) -> None:
    one = notebook("# One\n\nFirst.", "print(6 * 7)")
    two = notebook("print(6 * 8)", name="2-my-two.ipynb")
    made = build([one, two], tmp_path / "all.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2 id=[^>]*>(.*?)</h2>", made) == ["One", "My two"]
    assert made.index(">42</pre>") < made.index(">48</pre>")


def test_each_and_all_are_made_from_one_run(notebook: Callable[..., Path], tmp_path: Path) -> None:
    count = "from pathlib import Path\nwith Path('runs').open('a', encoding='utf-8') as f:"
    one = notebook("# One", f"{count}\n    _ = f.write('run ')")
    two = notebook("# Two", f"{count}\n    _ = f.write('run ')", name="two.ipynb")
    made = [one.path.name for one in build_each([one, two], tmp_path / "out")]
    assert made == [f"{one.stem}.html", "two.html", "report.html"]
    assert (tmp_path / "runs").read_text(encoding="utf-8").split() == ["run", "run"]
    assert [one.path.name for one in build_each([two], tmp_path / "one")] == ["two.html"]


def test_no_notebook_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(InfonbError, match="needs a notebook"):
        build([], tmp_path / "all.html")
    assert list(tmp_path.iterdir()) == []


def test_who_is_left_out_of_one_chapter_is_left_out_of_all(
    notebook: Callable[..., Path], tmp_path: Path
) -> None:
    one = notebook("# One\n\nFirst.", name="one.ipynb")
    two = notebook("import infonb\n_ = infonb.my_journal()\nprint('Chidinma', 'Eze')")
    with pytest.raises(InfonbError, match="Chidinma"):
        build([one, two], tmp_path / "all.html", journal="sample:example")
    assert not (tmp_path / "all.html").exists()


def test_what_two_notebooks_say_alike_is_said_once() -> None:
    def chapter(title: str) -> nbformat.NotebookNode:
        limits = v4.new_output("display_data", data={"text/html": "<p>Three are no survey.</p>"})
        code = v4.new_code_cell("1", outputs=[limits])
        return v4.new_notebook(cells=[v4.new_markdown_cell(f"# {title}\n\n## Pay"), code])

    made = page(combined([(chapter("One"), "1"), (chapter("Two"), "2")]))
    assert made.count("Three are no survey.") == 1
    assert page(combined([(chapter("One"), "1")])).count("Three are no survey.") == 1


def test_sections_of_nothing_are_one_line_and_not_in_the_contents() -> None:
    empty = nothing("No wages yet", "Ask.")
    pay = v4.new_code_cell("1", outputs=[v4.new_output("display_data", data=empty.for_report())])
    cells = [
        v4.new_markdown_cell("# Pay\n\n## What it pays?\n\nWords around it."), pay,
        v4.new_markdown_cell("## Decided"),
        shown(table(pd.DataFrame({"a": []}), "Decided so far")._repr_mimebundle_()),
        v4.new_markdown_cell("## Hours"), shown({"application/vnd.vegalite.v5+json": SPEC}),
        v4.new_markdown_cell("## Words"),
    ]  # fmt: skip
    made = page(combined([(v4.new_notebook(cells=cells), "1-pay")]))
    headings = re.findall(r"<h3 id=[^>]*>(.*?)</h3>", made)
    assert headings == ["Hours", "Words"]
    assert "Not asked yet: what it pays.</p>" in made
    assert "Words around it" not in made and "Decided so far" not in made
    only = v4.new_notebook(cells=cells[:2])
    two = page(combined([(only, "1-pay"), (chapter("Two"), "2")]))
    assert re.findall(r"<h2 id=[^>]*>(.*?)</h2>", two) == ["Two"]


def test_what_only_its_owner_needs_is_neither_run_nor_shown(tmp_path: Path) -> None:
    mine = {"tags": ["remove-cell"]}
    cells = [
        v4.new_markdown_cell("# All"), v4.new_markdown_cell("## My tasks", metadata=mine),
        v4.new_code_cell("raise SystemError('ran')", metadata=mine), v4.new_code_cell("print(42)"),
    ]  # fmt: skip
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "own.ipynb")
    made = build(tmp_path / "own.ipynb", tmp_path / "own.html").read_text(encoding="utf-8")
    assert ">42</pre>" in made and "My tasks" not in made and "SystemError" not in made
