"""The URL of a database names the journal for every command, and its password is never shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

import infonb

ROOT = Path(__file__).parents[2]
SECRET = "s3cret-word"
LINE = {
    "occupation": "Nurse",
    "person": {"name": "Ada", "may_be_named": True},
    "date": "2026-03-02",
    "answers": {"outlook": {"text": "Fine", "rating": 4}},
}


@pytest.fixture
def url(database: str) -> str:
    """As the README writes it, with a password (the server of the tests asks for none)."""
    given = make_url(database).set(drivername="postgresql+psycopg", password=SECRET)
    return given.render_as_string(hide_password=False)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Run ``infonb`` as in a terminal, in an empty folder."""

    def run(*call: str, journal: str = "", code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "infonb", *call], cwd=tmp_path, check=False, timeout=600,
            env={**os.environ, "PYTHONPATH": str(ROOT), "INFONB_JOURNAL": journal,
                 "INFONB_TODAY": "2026-03-09", "XDG_DATA_HOME": str(tmp_path / "data")},
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert SECRET not in said
        assert not list(tmp_path.rglob("postgresql*")), "no path is made of it"
        assert not (tmp_path / "data").exists(), "no other journal is used instead"
        return said

    return run


@pytest.fixture
def filled(url: str) -> str:
    with infonb.open(url) as journal:
        nurse = journal.add_occupation("Nurse")
        ada = journal.add_person("Ada", may_be_named=True)
        talk = journal.plan_interview(ada, nurse, date="2026-03-02")
        journal.record_answer(talk, "outlook", text="Fine", rating=4)
        journal.finish_interview(talk)
        journal.plan_interview(ada, nurse, questions=["path_in"])
    return url


def test_what_is_imported_comes_out_again(url: str, run: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text(json.dumps(LINE), encoding="utf-8")
    assert "1 added" in run("import", "notes.jsonl", "--journal", url)
    assert "1 there already" in run("--journal", url, "import", "notes.jsonl")
    run("export", "whole.jsonl", "--names", journal=url)
    assert "Ada" in (tmp_path / "whole.jsonl").read_text(encoding="utf-8")


def test_commands_that_read_read_the_database(filled: str, run: Any, tmp_path: Path) -> None:
    assert "The journal is sound." in run("check", "--journal", filled)
    assert "The journal is sound." in run("check", filled)
    assert "thank you" in run("--journal", filled, "tasks")
    assert "Ada" in run("tasks", "--draft", "1", journal=filled)
    run("chart", "ratings", "-o", "ratings.svg", "--journal", filled)
    assert "Nurse" in (tmp_path / "ratings.svg").read_text(encoding="utf-8")
    run("sheet", "next", "--journal", filled)
    assert "Ada" in (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert "Done." in run("tasks", "--done", "1", "--journal", filled)


def test_a_backup_is_a_file_that_opens(filled: str, run: Any, tmp_path: Path) -> None:
    run("backup", "copy.db", "--journal", filled)
    with infonb.open(tmp_path / "copy.db") as copy:
        assert len(copy.interviews()) == 2


def test_a_report_is_made_of_it(filled: str, run: Any, tmp_path: Path) -> None:
    notebook = str(ROOT / "notebooks" / "3-compare.ipynb")
    run("report", notebook, "-o", "out", "--journal", filled)
    page = (tmp_path / "out" / "3-compare.html").read_text(encoding="utf-8")
    assert "Nurse" in page and SECRET not in page


def test_lab_and_its_notebooks_get_it_as_it_is(filled: str, run: Any, tmp_path: Path) -> None:
    # JupyterLab runs this before it begins to serve: its kernels inherit its environment
    (tmp_path / "probe.py").write_text(
        "import infonb, sys\nwith infonb.my_journal() as journal:\n"
        "    journal.add_occupation('Baker')\nsys.exit(0)\n",
        encoding="utf-8",
    )
    run("lab", "--no-browser", "--config", "probe.py", "--journal", filled)
    with infonb.open(filled) as journal:
        assert {o.title for o in journal.occupations()} == {"Nurse", "Baker"}


def test_new_makes_a_folder_with_its_own_journal_and_says_which_is_used(
    filled: str, run: Any, tmp_path: Path
) -> None:
    assert "INFONB_JOURNAL" in run("new", "mine", "--journal", filled)
    assert "search.db" in run("new", "second", journal=filled)
    assert (tmp_path / "mine" / "search.db").exists()


@pytest.mark.parametrize(
    "call",
    [
        ["tasks", "--jornal", "{}"],
        ["{}", "tasks"],
        ["import", "{}"],
        ["export", "{}"],
        ["backup", "{}"],
        ["report", "{}"],
        ["tasks", "{}"],
        ["tasks", "--draft", "{}"],
    ],
)
def test_a_url_in_the_wrong_place_is_refused_without_its_password(
    url: str, run: Any, call: list[str]
) -> None:
    assert "infonb: error" in run(*(word.format(url) for word in call), code=2).replace(
        f"infonb {call[0]}: error", "infonb: error"
    )


@pytest.mark.parametrize("command", [["tasks"], ["check"], ["report", "x.ipynb"]])
def test_a_server_that_is_not_there_is_said(run: Any, tmp_path: Path, command: list[str]) -> None:
    import nbformat

    cell = nbformat.v4.new_code_cell("import infonb\ninfonb.my_journal()")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "x.ipynb")
    nowhere = f"postgresql+psycopg://me:{SECRET}@127.0.0.1:1/search?connect_timeout=2"
    assert "postgresql://127.0.0.1:1/search" in run(*command, "--journal", nowhere, code=1)
