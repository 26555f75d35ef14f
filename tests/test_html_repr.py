"""Objects show themselves in a notebook: what is in them, what to type next, and nobody's name."""

from __future__ import annotations

from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import infonb
from infonb.html_repr import html_repr


def test_texts_are_escaped():
    assert "<script>" not in html_repr("<script>", [("<script>", "<script>")], ["<script>"])


def test_each_object_says_what_is_in_it_and_nobodys_name(tmp_path: Path):
    with infonb.open(tmp_path / "search.db") as journal:
        ada = journal.add_person("Ada Lovelace")
        talk = journal.plan_interview(ada, journal.add_occupation("Nurse"), at="2026-12-24T10:00")
        journal.record_answer(talk, "enjoy_most", text="Ada likes it", rating=5)
        journal.plan_interview(journal.add_person("Ben"), journal.add_occupation("Baker"))
        findings = journal.findings()
        decision = findings.decide()
        shown = [journal, findings, decision, talk, journal.import_file(_resume(tmp_path))]
        pages = [one._repr_html_() for one in shown]
        assert all("Ada" not in page and "Ben" not in page for page in pages)
        assert all("<strong>" in page for page in pages)
        assert all("Next: <code>" in page for page in pages)
        assert ">2</td>" in pages[0], "two occupations"
        assert repr(findings) == f"<Findings of {findings.today}: " + (
            "2 occupations, 2 people, 2 interviews, 1 answers>"
        )
        assert repr(decision).startswith("<Decision: Nothing to compare yet")


def _resume(folder: Path) -> Path:
    path = folder / "resume.json"
    path.write_text('{"basics": {"name": "Ada"}, "skills": [{"name": "Calm"}]}', encoding="utf-8")
    return path


def test_an_error_in_a_notebook_is_one_paragraph_and_the_traceback_is_there_on_demand():
    shell = InteractiveShell.instance()
    with capture_output() as captured:
        shell.run_cell("import infonb; infonb.journal.columns.whole_number(9, 'rating', 1, 5)")
        shell.run_cell("import traceback, sys; traceback.print_last(file=sys.stdout)")
    paragraph, traceback = captured.stdout.split("Traceback", 1)
    assert "rating is 9; it must be a whole number from 1 to 5" in paragraph
    assert len(paragraph.strip().splitlines()) <= 4
    assert "whole_number" in traceback
