"""Before a report is sent: every text in people's own words, once each, to be read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import cli
from infonb.privacy.gate import LeftOut, quotes_in
from infonb.report.run import Made

NotebookFactory = Callable[..., Path]

LONG = (
    "Nights are long, and you get used to that only after the second winter; then you like it. "
    "What nobody tells you: the parking. What I would tell a student is to come for a day."
)


@pytest.fixture
def search(tmp_path: Path) -> Path:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        nurse = journal.add_occupation("Nurse")
        for name, said in (("Ada Stoll", LONG), ("Ben Quast", "Ada\x1b[31m works nights.")):
            talk = journal.plan_interview(journal.add_person(name), nurse)
            journal.record_answer(talk, "home_life", text=said)
            journal.record_answer(talk, "outlook", text=f"{name} never put this into a report.")
            journal.record_answer(talk, "path_in", text="Said in confidence to me.", private=True)
    return path


def test_every_text_of_all_reports_is_listed_once_by_who_said_it(
    search: Path, notebook: NotebookFactory, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    shown = (
        "import infonb\nfrom infonb import report\n"
        "said = infonb.my_journal().findings().answers\n"
        "report.quotes(said[said.question == 'home_life'])"
    )
    sources = [str(notebook(shown, name=f"{name}.ipynb")) for name in ("one", "two")]
    call = ["--journal", str(search), "report", *sources, "-o", str(tmp_path / "out")]
    assert cli.main(call) == 0
    said = capsys.readouterr().out
    heading, _, quotes = said.partition("Words can point to people, too.\n\n")
    assert "two.html" in heading and "2 texts in people's own words" in " ".join(heading.split())
    lines = quotes.splitlines()
    assert lines[0].startswith("Nurse 1: “Nights are long, and you get used to that")
    assert max(map(len, lines)) <= 60
    assert all(line.startswith(("Nurse", "    ")) for line in lines)
    assert " ".join(quotes.split()) == f"Nurse 1: “{LONG}” Nurse 2: “Nurse 1[31m works nights.”"
    page = (tmp_path / "out" / "one.html").read_text(encoding="utf-8")
    assert "Ada" not in page


def test_quiet_says_no_quotes(tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    (tmp_path / "story.html").touch()
    made = Made(tmp_path / "story.html", (("Nurse 1", "Nights are long."),))
    monkeypatch.setattr("infonb.report.build_each", lambda *_, **__: [made])
    (tmp_path / "story.ipynb").touch()
    call = ["--journal", "sample:published", "report", str(tmp_path / "story.ipynb")]
    for more, told in (([], True), (["--quiet"], False)):
        assert cli.main([*call, "-o", str(tmp_path), *more]) == 0
        assert ("Nights are long." in capsys.readouterr().out) == told


TOLD = LeftOut(
    said=(
        ("Nurse 1", LONG),
        ("Nurse 2", "No."),
        ("Nurse 1", "you get used to that"),
        ("Nurse 3", "you get used to that only after"),
        ("Nurse 4", "Something else was said here."),
    )
)


@pytest.mark.parametrize(
    ("page", "who"),
    [
        (f"<p>“{LONG}”</p>", ["Nurse 1", "Nurse 3"]),
        ("<p>“What nobody told <b>you:</b> the parking…”</p>", []),
        ("<p>“What I would tell a student is to come for a day.”</p>", ["Nurse 1"]),
        ("<p>you get used to that, they say</p>", ["Nurse 1"]),
        ('<script type="application/json">["Something else was","said here."]</script>', ["Nurse 4"]),
        ("<p>They said no. Words of nobody.</p>", ["Nurse 2"]),
    ],
)  # fmt: skip
def test_a_text_counts_when_it_or_a_sentence_of_it_is_there(page: str, who: list[str]) -> None:
    assert [name for name, _ in quotes_in(page, TOLD)] == who


def test_what_may_be_a_name_is_listed(
    notebook: NotebookFactory, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        talk = journal.plan_interview(
            journal.add_person("William Torvane"), journal.add_occupation("Nurse")
        )
        journal.record_answer(talk, "outlook", text="Fine")
    shown = "import infonb\ninfonb.my_journal().close()\nprint('So Bil' + 'ly was heard.')"
    source = str(notebook(shown))
    call = ["--journal", str(path), "report", source, "-o", str(tmp_path / "out")]
    assert cli.main(call) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "each may be somebody's name, or an ordinary word. “Billy” in the text" in said
    assert cli.main([*call, "--quiet"]) == 0
    assert "Billy" not in capsys.readouterr().out
