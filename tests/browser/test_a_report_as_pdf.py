"""Promises of the PDF: all that the page says, drawn, tagged, with no path; without a browser, help."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest

from infonb import InfonbError, cli
from infonb.report import pdf as finding
from infonb.report.pdf import print_pdf
from infonb.report.run import Made, page_of

v4 = nbformat.v4


def chart(n: int) -> nbformat.NotebookNode:
    spec = {
        "title": f"Chart {n} has a title",
        "width": 400,
        "height": 300,
        "data": {"values": [{"who": f"mark{n}of{i}", "n": i + 1} for i in range(4)]},
        "mark": "bar",
        "encoding": {
            "y": {"field": "who", "type": "nominal", "axis": {"labelLimit": 400}},
            "x": {"field": "n", "type": "quantitative"},
        },
    }
    return v4.new_output("display_data", data={"application/vnd.vegalite.v5+json": spec})


@pytest.fixture(scope="module")
def printed(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> pypdf.PdfReader:
    """A report of 24 charts, in a folder whose name nobody is to see."""
    folder = tmp_path_factory.mktemp("home of Ada") / "my reports #1 ü"
    folder.mkdir()
    cells = [v4.new_markdown_cell("# What I learned\n\nSee [below](#In-numbers).")]
    cells += [v4.new_code_cell("pass", outputs=[chart(n)]) for n in range(24)]
    cells += [v4.new_markdown_cell("## In numbers\n\nThe last words. [BLS](https://www.bls.gov/)")]
    html = folder / "story.html"
    html.write_text(page_of(v4.new_notebook(cells=cells)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INFONB_CHROMIUM", chromium)
        pdf = print_pdf(html, folder / "story.pdf")
    assert sorted(path.name for path in folder.iterdir()) == ["story.html", "story.pdf"]
    return pypdf.PdfReader(pdf)


def test_every_chart_is_drawn_before_it_is_printed(printed: pypdf.PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in printed.pages)
    missing = [f"mark{n}of{i}" for n in range(24) for i in range(4) if f"mark{n}of{i}" not in text]
    assert missing == []
    assert "could not be drawn" not in text
    assert "What I learned" in printed.pages[0].extract_text()
    assert "The last words." in text
    assert 6 <= len(printed.pages) <= 26


def objects(reader: pypdf.PdfReader) -> list[Any]:
    return [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]


def test_no_path_no_date_on_the_paper_and_no_machine_in_the_file(printed: pypdf.PdfReader) -> None:
    metadata = printed.metadata or {}
    assert metadata["/Title"] == "What I learned"
    assert metadata["/Creator"] == "infonb"
    told = " ".join(map(str, metadata.values()))
    for thing in objects(printed):
        told += str(thing)
        if isinstance(thing, pypdf.generic.StreamObject) and "/Image" not in str(thing):
            told += thing.get_data().decode("latin-1")
    text = "\n".join(page.extract_text() for page in printed.pages)
    for secret in ("file:", "home of Ada", "my reports", "story.html", "Linux", "Mozilla"):
        assert secret not in told and secret not in text, secret
    assert not re.search(r"\d/\d+/\d\d, \d+:\d\d", text)
    links = re.findall(r"https?://[^\s')>]+", told)
    assert set(links) <= {"https://www.bls.gov/"}


def test_it_is_tagged_and_has_an_outline(printed: pypdf.PdfReader) -> None:
    root = printed.root_object
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    titles = [str(entry.title) for entry in _flat(printed.outline)]
    assert "What I learned" in titles and "In numbers" in titles


def _flat(outline: list[Any]) -> list[Any]:
    return [e for entry in outline for e in (_flat(entry) if isinstance(entry, list) else [entry])]


def test_the_command_writes_it_beside_the_page(
    chromium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    notebook = tmp_path / "story.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell("# Short")]), notebook)
    monkeypatch.setenv("INFONB_JOURNAL", "sample:published")
    monkeypatch.setenv("INFONB_CHROMIUM", chromium)
    assert cli.main(["report", str(notebook), "--pdf", "-o", str(tmp_path / "out")]) == 0
    assert "story.pdf  (" in capsys.readouterr().out
    made = pypdf.PdfReader(tmp_path / "out" / "story.pdf")
    assert "Short" in made.pages[0].extract_text()


def test_without_a_browser_the_page_is_there_and_one_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    notebook = tmp_path / "story.ipynb"
    notebook.touch()
    html = tmp_path / "out" / "story.html"
    html.parent.mkdir()
    html.touch()
    monkeypatch.setattr("infonb.report.build_each", lambda *_, **__: [Made(html, ())])
    monkeypatch.setenv("INFONB_JOURNAL", "sample:published")
    monkeypatch.delenv("INFONB_CHROMIUM", raising=False)
    monkeypatch.setattr(finding.shutil, "which", lambda name: None)
    monkeypatch.setattr(finding, "_usual_places", lambda: iter([tmp_path / "nowhere"]))
    assert cli.main(["report", str(notebook), "--pdf", "-o", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    assert "story.html is there, but no PDF of it" in said.err and "INFONB_CHROMIUM" in said.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["story.html"]


@pytest.mark.parametrize("program", ["print('no')", "raise SystemExit(3)"])
def test_a_browser_that_prints_nothing_leaves_an_older_pdf(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "fake"
    fake.write_text(f"#!{sys.executable}\n{program}\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("INFONB_CHROMIUM", str(fake))
    (tmp_path / "story.html").write_text("<p>x", encoding="utf-8")
    (tmp_path / "story.pdf").write_bytes(b"older")
    with pytest.raises(InfonbError, match=r"story\.html is there, but no PDF of it"):
        print_pdf(tmp_path / "story.html", tmp_path / "story.pdf")
    assert (tmp_path / "story.pdf").read_bytes() == b"older"
    assert len([*tmp_path.iterdir()]) == 3


def test_a_browser_that_is_named_and_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFONB_CHROMIUM", "/nowhere/chrome")
    with pytest.raises(InfonbError, match=r"INFONB_CHROMIUM names /nowhere/chrome"):
        finding.find_chromium()


def test_a_browser_is_found_where_systems_keep_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INFONB_CHROMIUM", raising=False)
    monkeypatch.setattr(finding.shutil, "which", lambda name: None)
    monkeypatch.setattr(finding.Path, "home", lambda: tmp_path)
    edge = (
        tmp_path / "Applications" / "Microsoft Edge.app" / "Contents" / "MacOS" / "Microsoft Edge"
    )
    edge.parent.mkdir(parents=True)
    edge.touch()
    assert finding.find_chromium() == str(edge)


def _filled(page: Any) -> float:
    """How far down words reach, as a share of the page."""
    heights: list[float] = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: text.strip() and heights.append(
        tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))  # fmt: skip
    return 1 - min(heights) / float(page.mediabox.height)


def test_seven_occupations_stand_on_the_first_page_and_no_later_page_is_half_empty(
    chromium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INFONB_CHROMIUM", chromium)
    made = ["--journal", "sample:published", "report", "notebooks/3-compare.ipynb", "--pdf"]
    assert cli.main([*made, "-o", str(tmp_path)]) == 0
    pages = pypdf.PdfReader(tmp_path / "3-compare.pdf").pages
    assert "not a random sample" in " ".join(pages[0].extract_text().split())
    filled = [round(_filled(page), 2) for page in pages]
    assert all(share > 0.5 for share in filled[:-1]), filled
