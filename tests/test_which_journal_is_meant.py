"""Which journal is meant: one rule for notebooks, every command and Python.

``--journal``, else ``INFONB_JOURNAL``, else the search folder one is in; else commands use the
user's data folder, and notebooks show the sample.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import cli
from infonb.opening import MARK, find_journal, my_journal

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INFONB_JOURNAL", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("INFONB_TODAY", "2026-03-09")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def search(tmp_path: Path) -> Path:
    """The folder of a search, as ``infonb new`` makes it, with an occupation to know it by."""
    folder = tmp_path / "my search"
    assert cli.main(["new", str(folder)]) == 0
    named(folder / "search.db", "Nurse")
    return folder


def named(path: Path, title: str) -> Path:
    with infonb.open(path) as journal:
        journal.add_occupation(title)
    return path


def titles(journal: Any) -> list[str]:
    with journal:
        return [occupation.title for occupation in journal.occupations()]


def test_new_leaves_a_mark_and_keeps_the_folder_out_of_git(search: Path) -> None:
    assert (search / MARK).exists()
    assert (search / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize("below", [".", "notebooks", "notebooks/drafts/2"])
def test_anywhere_in_the_folder_its_journal_is_meant(
    search: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, below: str
) -> None:
    (search / below).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(search / below)
    assert titles(my_journal()) == ["Nurse"]
    assert titles(infonb.open()) == ["Nurse"]
    assert cli.main(["export", "a.jsonl"]) == 0
    assert "Nurse" in Path("a.jsonl").read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""
    assert len(list(search.rglob("search.db"))) == 1


def test_the_nearest_mark_counts_and_wins_over_a_journal_without_one(
    search: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(search / "notebooks" / "search.db", "made by the advice of older notebooks")
    monkeypatch.chdir(search / "notebooks")
    assert titles(my_journal()) == ["Nurse"]
    inner = search / "second"
    assert cli.main(["new", str(inner)]) == 0
    monkeypatch.chdir(inner / "notebooks")
    assert titles(my_journal()) == []


def test_the_variable_wins_over_the_folder_and_the_call_over_both(
    search: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, third = (named(search.parent / f"{n}.db", n) for n in ("Baker", "Clown"))
    monkeypatch.chdir(search)
    monkeypatch.setenv("INFONB_JOURNAL", str(other))
    assert titles(my_journal()) == titles(infonb.open()) == ["Baker"]
    for call in (["--journal", str(third), "export", "c.csv"],
                 ["export", "c.csv", "--journal", str(third)],
                 ["export", f"--journal={third}", "c.csv"],
                 ["--journal", str(other), "export", "c.jsonl", "--journal", str(third)]):  # fmt: skip
        assert cli.main([*call, "--format", "jsonl"]) == 0
        written = Path(next(word for word in call if word.startswith("c.")))
        assert "Clown" in written.read_text(encoding="utf-8")


@pytest.mark.parametrize("empty", ["variable", "call"])
def test_an_empty_name_counts_as_none(
    search: Path, monkeypatch: pytest.MonkeyPatch, empty: str
) -> None:
    monkeypatch.chdir(search / "notebooks")
    monkeypatch.setenv("INFONB_JOURNAL", "")
    assert titles(my_journal()) == ["Nurse"]
    assert cli.main(["export", "a.jsonl", *(["--journal", ""] if empty == "call" else [])]) == 0
    assert "Nurse" in Path("a.jsonl").read_text(encoding="utf-8")


def test_a_sample_may_be_named_everywhere(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv("INFONB_JOURNAL", "sample:example")
    assert len(titles(my_journal())) == 4
    assert cli.main(["tasks", "--all"]) == 0
    assert "thank you" in capsys.readouterr().out


EVERY = {
    "new": ["made"],
    "report": ["none.ipynb"],
    "import": ["none.csv"],
    "export": ["a.jsonl"],
    "chart": ["ratings", "-o", "a.svg"],
    "backup": ["b.db"],
    "check": [],
    "tasks": ["--all"],
    "sheet": ["next"],
    "reference": ["status"],
}


@pytest.mark.parametrize("command", EVERY)
def test_every_command_takes_the_journal_before_and_after_its_name(command: str) -> None:
    call = [command, *EVERY[command]]
    before = cli.main(["--journal", "sample:published", *call])
    if command == "new":
        call[1] = "made again"
    if command == "backup":
        Path("b.db").unlink()
    after = cli.main([*call, "--journal", "sample:published"])
    assert before == after == (2 if command in ("report", "import") else int(command == "sheet"))


def test_a_folder_made_before_there_was_a_mark_is_known(
    search: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (search / MARK).unlink()
    for below in (".", "notebooks"):
        monkeypatch.chdir(search / below)
        assert titles(my_journal()) == ["Nurse"]
    for notebook in (search / "notebooks").iterdir():
        notebook.unlink()  # renamed, or of one's own
    assert titles(my_journal()) == ["Nurse"]


def test_another_program_s_search_db_is_never_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "search.db").write_bytes(b"an index")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert find_journal() is None
    assert my_journal().setting("sample") == "published"


def test_an_unmarked_journal_counts_where_one_is_but_not_from_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(tmp_path / "search.db", "Nurse")
    assert titles(my_journal()) == ["Nurse"]
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert find_journal() is None


def test_search_db_written_in_a_notebook_of_the_folder_is_not_a_second_journal(
    search: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(search / "notebooks")
    assert titles(infonb.open("search.db")) == ["Nurse"]
    assert not Path("search.db").exists()
    monkeypatch.chdir(search.parent)
    infonb.open("search.db").close()
    assert Path("search.db").exists(), "elsewhere it is made, as documented"


def test_a_journal_its_folder_has_lost_is_not_replaced_in_silence(
    search: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    (search / "search.db").unlink()
    monkeypatch.chdir(search / "notebooks")
    for opened in (my_journal, infonb.open):
        with pytest.raises(infonb.InfonbError, match=r"its journal search\.db is gone"):
            opened()
    Path("notes.csv").write_text("person\nAda\n", encoding="utf-8")
    for call in (["tasks"], ["import", "notes.csv"], ["export", "a.jsonl"]):
        assert cli.main(call) == 2
        assert "search.db" in capsys.readouterr().err
    assert cli.main(["check"]) == 1
    assert "backup" in capsys.readouterr().out
    assert not (search / "search.db").exists()


def test_a_name_that_only_another_folder_has_is_said_in_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INFONB_JOURNAL", "mine.db")
    with pytest.raises(infonb.InfonbError, match="give the whole path"):
        my_journal()
    assert not (tmp_path / "mine.db").exists()


def test_elsewhere_commands_say_that_they_use_the_data_folder(tmp_path: Path, capsys: Any) -> None:
    assert cli.main(["tasks"]) == 0
    assert "the one in your data folder" in capsys.readouterr().err
    assert (tmp_path / "data" / "infonb" / "journal.db").exists()
    assert my_journal().setting("sample") == "published"


def notebook(path: Path) -> Path:
    import nbformat

    cell = "import infonb\n[o.title for o in infonb.my_journal().occupations()]"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)]), path)
    return path


def test_a_report_is_about_the_folder_in_which_the_notebook_lies(
    search: Path, tmp_path: Path, capsys: Any
) -> None:
    told = notebook(search / "notebooks" / "told.ipynb")
    assert cli.main(["report", str(told), "-o", "out", "-q"]) == 0
    assert "Nurse" in (tmp_path / "out" / "told.html").read_text(encoding="utf-8")
    made = infonb.report.build(told, "python.html")
    assert "Nurse" in made.read_text(encoding="utf-8")
    other = tmp_path / "other"
    assert cli.main(["new", str(other)]) == 0
    second = notebook(other / "notebooks" / "second.ipynb")
    capsys.readouterr()
    assert cli.main(["report", str(told), str(second), "-o", "both"]) == 1
    assert "name one with --journal" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["notebooks", "."])
def test_a_kernel_in_the_folder_uses_its_journal_and_elsewhere_the_sample(
    search: Path, place: str
) -> None:
    code = "import infonb; print([o.title for o in infonb.my_journal().occupations()])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for folder, said in ((search / place, "['Nurse']"), (search.parent, "Librarian")):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, env=environment, check=True,
            capture_output=True, text=True, encoding="utf-8", timeout=300,
        )  # fmt: skip
        assert said in done.stdout


def test_lab_takes_the_journal_after_the_command_and_keeps_its_own_options(
    search: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setenv("INFONB_JOURNAL", "")
    monkeypatch.setattr(os, "spawnv", lambda mode, path, command: started.append(command) or 0)
    monkeypatch.chdir(search)
    assert cli.main(["lab", "--port", "8899", "--journal", "search.db", "a.ipynb"]) == 0
    assert started.pop()[4:] == ["--port", "8899", "a.ipynb"]
    assert os.environ["INFONB_JOURNAL"] == str(search / "search.db")
    monkeypatch.setenv("INFONB_JOURNAL", "")
    assert cli.main(["lab"]) == 0
    assert os.environ["INFONB_JOURNAL"] == "", "each notebook finds the journal of its folder"


# ---------------------------------------------------------------- forms on a sample


def said(form: Any) -> list[str]:
    return [child.value for child in form.children if "infonb-sample" in child._dom_classes]


@pytest.mark.parametrize("name", ["Prepare", "Debrief", "Decide"])
def test_a_form_on_a_sample_says_that_nothing_is_kept(name: str, search: Path) -> None:
    form = getattr(infonb.widgets, name)
    with infonb.sample("example") as sample, infonb.open(search / "search.db") as own:
        [words] = said(form(sample))
        assert "A throw-away sample: nothing here is kept." in words
        assert said(form(own)) == []


def test_the_card_on_a_sample_says_that_nothing_is_kept(search: Path) -> None:
    with infonb.sample("example") as sample, infonb.open(search / "search.db") as own:
        words = infonb.widgets.Capture(sample).sample
        assert "A throw-away sample: nothing here is kept." in words
        assert infonb.widgets.Capture(own).sample == ""


def test_a_copy_of_a_sample_that_is_kept_does_not_say_so(tmp_path: Path) -> None:
    with infonb.sample("example") as sample:
        sample.backup(tmp_path / "mine.db")
    with infonb.open(tmp_path / "mine.db") as mine:
        assert said(infonb.widgets.Prepare(mine)) == []
