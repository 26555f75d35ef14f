"""Opening: one's own journal stays, a sample is a throw-away copy with its day fixed."""

from __future__ import annotations

import datetime as dt
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

import infonb
from infonb.opening import SAMPLES, my_journal


def test_a_journal_is_made_where_it_is_missing_and_found_again(tmp_path: Path):
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        journal.add_occupation("Nurse")
    with infonb.open(str(path)) as journal:
        assert [o.title for o in journal.occupations()] == ["Nurse"]


def test_the_variable_names_the_journal(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("INFONB_JOURNAL", str(tmp_path / "mine.db"))
    with infonb.open() as journal, my_journal() as mine:
        journal.add_occupation("Nurse")
        assert len(mine.occupations()) == 1
    assert (tmp_path / "mine.db").exists()


def test_without_a_name_it_lies_in_the_data_folder(tmp_path: Path, monkeypatch):
    import platformdirs

    monkeypatch.delenv("INFONB_JOURNAL", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    infonb.open().close()
    assert (tmp_path / "data" / "journal.db").exists()


def test_a_notebook_shows_the_sample_where_no_journal_is_named(monkeypatch):
    monkeypatch.delenv("INFONB_JOURNAL", raising=False)
    assert my_journal().setting("sample") == "published"
    monkeypatch.setenv("INFONB_JOURNAL", "sample:example")
    assert my_journal().setting("sample") == "example"


OPENED = """
import os, sys, infonb, IPython
own = sys.argv[1]

def opened(journal, redact):
    os.environ.update(INFONB_JOURNAL=journal, INFONB_REDACT=redact)
    infonb.my_journal().close()
    print("|")

opened(own, "")  # a script
IPython.InteractiveShell.instance()  # from here on as in a notebook
opened(own, "")
opened(own, "1")  # a report in the making
opened(own, "0")
opened("sample:example", "")
"""
LATE = "Overdue: Send the thank-you note (Ada Confidential, since 2026-03-02)."


def owing(path: Path) -> str:
    """A journal with an overdue thank-you; its place."""
    with infonb.open(path) as journal:
        nurse = journal.add_occupation("Nurse")
        talk = journal.plan_interview(journal.add_person("Ada Confidential"), nurse)
        journal.finish_interview(talk, date="2026-03-02")
        journal.done(journal.tasks().task.iloc[1])
    return str(path)


def test_what_is_overdue_is_said_on_top_of_ones_own_notebook_only(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", OPENED, owing(tmp_path / "own.db")], check=True,
        env={**os.environ, "INFONB_TODAY": "2026-06-20", "IPYTHONDIR": str(tmp_path)},
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert [said.strip() for said in done.stdout.split("|")] == ["", LATE, "", "", "", ""]


def test_what_is_overdue_is_in_no_report(tmp_path: Path):
    import nbformat

    cell = "journal = infonb.my_journal()\nlen(journal.tasks())"
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"import infonb\n{cell}")])
    nbformat.write(book, tmp_path / "story.ipynb")
    page = infonb.report.build(
        tmp_path / "story.ipynb", tmp_path / "story.html", owing(tmp_path / "own.db"), redact=False
    ).read_text(encoding="utf-8")
    assert ">2<" in page.replace("\n", "") and "Overdue" not in page and "Confidential" not in page


def test_a_folder_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(infonb.InfonbError, match="nowhere"):
        infonb.open(tmp_path / "nowhere" / "search.db")


def test_a_sample_nobody_knows_is_refused():
    for name in ("sample", "Published"):
        with pytest.raises(infonb.InfonbError, match="published, example"):
            infonb.sample(name)
    with pytest.raises(infonb.InfonbError, match="published, example"):
        infonb.open("sample:other")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_whole_sound_and_fixed_to_its_day(name: str, monkeypatch):
    monkeypatch.setenv("INFONB_TODAY", "2031-01-01")
    with infonb.sample(name) as journal:
        assert journal.today() == journal.findings().today == dt.date.fromisoformat(SAMPLES[name])
        assert journal.check() == []
        assert not journal.findings().answers.empty
        latest = max(i.date for i in journal.interviews(status="done") if i.date)
        assert latest <= SAMPLES[name]


def test_the_default_sample_is_the_published_interviews():
    with infonb.sample() as journal:
        assert journal.setting("sample") == "published"
        assert len(journal.interviews(status="done")) == 21


def test_what_one_does_to_a_sample_is_gone_with_it():
    first, second = infonb.sample("example"), infonb.sample("example")
    assert first.id != second.id
    folder = Path(first.path).parent
    first.remove(first.occupations()[0])
    assert len(second.occupations()) == len(first.occupations()) + 1
    first.close()
    assert len(infonb.sample("example").occupations()) == 4
    del first
    gc.collect()
    assert not folder.exists()


def test_the_example_says_that_it_is_fictional():
    with infonb.sample("example") as journal:
        assert all("ictional" in (o.notes or "") for o in journal.occupations())


def test_the_published_sample_names_no_interviewee_but_its_publishers():
    findings = infonb.sample("published").findings()
    assert findings.interviews.publisher.notna().all()
    assert findings.people.email.isna().all() and findings.people.phone.isna().all()
