"""Promises of `build`: a finished file or a clear error, nothing in between, no kernel left."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from infonb import InfonbError
from infonb.report import build, build_each
from infonb.report.kernel import CAN_FORK

NotebookFactory = Callable[..., Path]


def test_a_notebook_becomes_one_page_with_its_outputs(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    source = notebook("# What I learned\n\nAll of it.", "print(6 * 7)")
    written = build(source, tmp_path / "new" / "folder" / "story.html")
    page = written.read_text(encoding="utf-8")
    assert written == tmp_path / "new" / "folder" / "story.html"
    assert "<title>What I learned</title>" in page
    assert '<pre class="printed">42</pre>' in page
    assert page.rstrip().endswith("</html>")


def test_the_notebook_stays_as_it_was(notebook: NotebookFactory, tmp_path: Path) -> None:
    source = notebook("1 + 1")
    before = source.read_bytes()
    build(source, tmp_path / "story.html")
    assert source.read_bytes() == before


def test_a_failing_cell_is_named_and_nothing_is_written(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    source = notebook("# Title", "1 + 1", "", "raise ValueError('no such occupation')")
    with pytest.raises(InfonbError) as told:
        build(source, tmp_path / "story.html")
    assert "story.ipynb" in str(told.value)
    assert "code cell 2" in str(told.value)
    assert "ValueError: no such occupation" in str(told.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["story.ipynb"]


def test_a_failing_cell_is_told_right_beside_old_errors_in_the_file(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    source = notebook("raise ValueError('now')", "1")
    old = nbformat.read(source, as_version=4)
    old.cells[1].outputs = [nbformat.v4.new_output("error", ename="Old", evalue="then")]
    nbformat.write(old, source)
    with pytest.raises(InfonbError, match="code cell 1 failed with ValueError: now"):
        build(source, tmp_path / "story.html")


def test_an_older_report_outlives_a_failed_one(notebook: NotebookFactory, tmp_path: Path) -> None:
    target = tmp_path / "story.html"
    target.write_text("the older report", encoding="utf-8")
    with pytest.raises(InfonbError):
        build(notebook("1 / 0"), target)
    assert target.read_text(encoding="utf-8") == "the older report"


def test_a_kernel_that_dies_is_told(notebook: NotebookFactory, tmp_path: Path) -> None:
    with pytest.raises(InfonbError, match=r"story\.ipynb: the kernel stopped"):
        build(notebook("import os; os._exit(3)"), tmp_path / "story.html")
    assert not (tmp_path / "story.html").exists()


def test_a_missing_notebook_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InfonbError, match=r"There is no notebook .*infonb new"):
        build(tmp_path / "nowhere.ipynb", tmp_path / "story.html")


@pytest.mark.parametrize("content", ["", "not json", "[1, 2]", '{"nbformat": 4}'])
def test_a_file_that_is_no_notebook_is_told(content: str, tmp_path: Path) -> None:
    source = tmp_path / "story.ipynb"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(InfonbError, match="not a notebook"):
        build(source, tmp_path / "story.html")


def test_a_missing_journal_is_told_instead_of_made(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    with pytest.raises(InfonbError, match="There is no journal"):
        build(notebook("1"), tmp_path / "story.html", journal=tmp_path / "typo.db")
    assert not (tmp_path / "typo.db").exists()


def test_a_place_that_cannot_be_written_is_told(notebook: NotebookFactory, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InfonbError, match="can't be written"):
        build(notebook("1"), tmp_path / "file" / "story.html")


def test_the_notebook_sees_the_journal_and_the_redaction(
    notebook: NotebookFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.db").touch()
    source = notebook("import os; print(os.environ['INFONB_JOURNAL'], os.environ['INFONB_REDACT'])")
    page = build(source, "story.html", journal="search.db").read_text(encoding="utf-8")
    assert f"{tmp_path / 'search.db'} 1</pre>" in page
    page = build(source, "story.html", journal="sample:example", redact=False).read_text("utf-8")
    assert "sample:example 0</pre>" in page


def test_the_environments_journal_is_found_from_the_notebooks_folder(
    notebook: NotebookFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "search.db").touch()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("INFONB_JOURNAL", "search.db")
    source = notebook("import os; print(os.environ['INFONB_JOURNAL']); print(os.getcwd())")
    page = build(source, tmp_path / "story.html").read_text(encoding="utf-8")
    assert f"{elsewhere / 'search.db'}\n{tmp_path}</pre>" in page


def test_the_day_reaches_the_notebook(
    notebook: NotebookFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INFONB_TODAY", "2026-06-01")
    source = notebook("import infonb; print(infonb.today())")
    assert "2026-06-01</pre>" in build(source, tmp_path / "s.html").read_text(encoding="utf-8")


def test_it_runs_in_this_python_whatever_kernel_the_notebook_names(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    source = notebook("import sys; print(sys.executable)")
    made = nbformat.read(source, as_version=4)
    made.metadata.kernelspec = {"name": "gone", "display_name": "Gone", "language": "python"}
    nbformat.write(made, source)
    page = build(source, tmp_path / "story.html").read_text(encoding="utf-8")
    assert f"{sys.executable}</pre>" in page


@pytest.mark.parametrize("last", ["'fine'", "1 / 0"])
def test_no_kernel_is_left_behind(last: str, notebook: NotebookFactory, tmp_path: Path) -> None:
    source = notebook(f"import os; open('pid', 'w').write(str(os.getpid()))\n{last}")
    try:
        build(source, tmp_path / "story.html")
    except InfonbError:
        assert last == "1 / 0"
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text(encoding="utf-8")), 0)


def test_the_same_notebook_gives_the_same_bytes(notebook: NotebookFactory, tmp_path: Path) -> None:
    source = notebook(
        "# Twice",
        "from infonb import report\nreport.cards([(w, 'x') for w in {'a', 'b', 'c', 'd'}])",
        "import altair as alt, pandas as pd\n"
        "alt.renderers.register('v5', lambda spec, **_:"
        " {'application/vnd.vegalite.v5+json': spec, 'text/plain': 'chart'})\n"
        "alt.renderers.enable('v5')\n"
        "alt.Chart(pd.DataFrame({'a': [1, 2]})).mark_bar().encode(x='a').properties(title='A')",
    )
    first = build(source, tmp_path / "first.html").read_bytes()
    assert build(source, tmp_path / "second.html").read_bytes() == first
    assert first.count(b'id="vega"') == 1
    assert b"vega-lite/v6.json" in first and b"vega-lite/v5.json" not in first


def test_charts_of_others_come_into_a_report_beside_ours(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    """Nothing of Altair is set for it where the notebook is used: a report sees to that itself."""
    source = notebook(
        "import altair as alt, pandas as pd, infonb\n"
        "rows = pd.DataFrame({'hours': [1, 2]})\n"
        "alt.Chart(rows, title='My own hours').mark_bar().encode(x='hours:Q')",
        "infonb.charts.coverage(infonb.sample().findings())",
        "alt.layer(alt.Chart(rows).mark_rule(), title='Mine, layered')",
        "assert alt.renderers.active == 'default'",
    )
    page = build(source, tmp_path / "story.html").read_text(encoding="utf-8")
    assert page.count('<figure class="chart"') == 3
    for title in ("My own hours", "All seven occupations have", "Mine, layered"):
        assert title in page
    assert page.count("data-below=") == 1, "ours brings its layout for a phone"


def test_no_notebook_finds_what_another_left(notebook: NotebookFactory, tmp_path: Path) -> None:
    spoil = notebook(
        "import os, sys, pandas as pd, infonb\n"
        "left = 1; os.environ['LEFT'] = '1'; pd.set_option('display.max_rows', 7)\n"
        "sys.modules['left'] = sys; infonb.today = None; os.chdir('/')",
        name="1.ipynb",
    )
    look = notebook(
        "import os, sys, pandas as pd, infonb\n"
        "print('left' in globals(), 'LEFT' in os.environ, pd.get_option('display.max_rows'),"
        " 'left' in sys.modules, infonb.today is None, os.getcwd() == '/')",
        name="2.ipynb",
    )
    page = build([spoil, look], tmp_path / "story.html").read_text(encoding="utf-8")
    assert "False False 60 False False False</pre>" in page


def test_what_stands_before_a_failing_notebook_is_written(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    names = {"1.ipynb": "1", "2.ipynb": "import os; os._exit(3)", "3.ipynb": "1"}
    sources = [notebook(code, name=name) for name, code in names.items()]
    with pytest.raises(InfonbError, match=r"2\.ipynb: the kernel stopped"):
        [*build_each(sources, tmp_path / "out")]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["1.html"]
    made = build_each([sources[0], sources[2]], tmp_path / "again")
    assert [one.path.name for one in made] == ["1.html", "3.html", "report.html"]


@pytest.mark.skipif(not CAN_FORK, reason="each kernel imports for itself here")
def test_what_notebooks_need_is_imported_once(notebook: NotebookFactory, tmp_path: Path) -> None:
    code = "import os, sys; print(os.getppid(), 'pandas' in sys.modules)"
    sources = [notebook(code, name=f"{number}.ipynb") for number in range(3)]
    page = build(sources, tmp_path / "story.html").read_text(encoding="utf-8")
    assert len(set(re.findall(r"(\d+) True</pre>", page))) == 1
