"""A class hands in, the adviser collects: bad files are named, two pages are made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import cli
from infonb.journal import Journal

from .conftest import fill


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """Six students' files."""
    folder = tmp_path / "hand in"
    folder.mkdir()
    for number in range(6):
        with infonb.open(tmp_path / f"{number}.db") as journal:
            fill(journal, f"Person Q{number}", rating=1 + number % 5)
            infonb.programme.hand_in(journal, folder, f"K{number}M4Q2", term="2026-autumn")
    return folder


def test_the_whole_assignment(handed_in: Path, capsys: Any) -> None:
    assert cli.main(["programme", str(handed_in)]) == 0
    assert "6 handed in." in capsys.readouterr().out
    own = handed_in.with_name("hand in-collected")
    keep = (own / "class.html").read_text(encoding="utf-8")
    publish = (own / "findings.html").read_text(encoding="utf-8")
    assert "K3M4Q2" in keep and "For the adviser alone" in keep
    assert "K3M4Q2" not in publish and "May be published" in publish
    assert "5 to 9" in publish and "Nurse" in publish and "http-equiv" in publish
    assert not any("tables" in path.name for path in handed_in.iterdir())
    rated = infonb.programme.read(own / "tables").ratings()
    assert rated[rated["question"] == "outlook"]["n"].tolist() == [6]
    assert cli.main(["programme", str(handed_in)]) == 0  # again replaces


def test_a_damaged_file_is_named_and_skipped(handed_in: Path, capsys: Any) -> None:
    (handed_in / "K0M4Q2.hand-in.json").write_text("{", encoding="utf-8")
    told = json.loads((handed_in / "K1M4Q2.hand-in.json").read_text(encoding="utf-8"))
    answers = told["tables"]["answers"]
    answers[1][answers[0].index("rating")] = 9
    (handed_in / "K1M4Q2.hand-in.json").write_text(json.dumps(told), encoding="utf-8")
    assert cli.main(["programme", str(handed_in), "-o", str(handed_in.parent / "own")]) == 0
    said = capsys.readouterr()
    assert "4 handed in." in said.out
    assert "K0M4Q2.hand-in.json is damaged" in said.err
    assert "K1M4Q2.hand-in.json, table answers, row 1" in said.err and "9" in said.err
    keep = (handed_in.parent / "own" / "class.html").read_text(encoding="utf-8")
    assert "Left out" in keep and "K0M4Q2.hand-in.json" in keep


def test_a_copy_counts_once_and_a_code_is_one_students(handed_in: Path) -> None:
    copy = (handed_in / "K0M4Q2.hand-in.json").read_bytes()
    (handed_in / "Copy of K0M4Q2.hand-in.json").write_bytes(copy)
    other = json.loads((handed_in / "K2M4Q2.hand-in.json").read_text(encoding="utf-8"))
    other["code"] = "K1M4Q2"
    (handed_in / "K2M4Q2.hand-in.json").write_text(json.dumps(other), encoding="utf-8")
    made = infonb.programme.collect(handed_in)
    assert [one.code for one in made.handed_in] == [
        "K0M4Q2",
        "K1M4Q2",
        "K3M4Q2",
        "K4M4Q2",
        "K5M4Q2",
    ]
    assert len(made.left_out) == 2
    assert any("another journal" in why for why in made.left_out)


def test_nothing_is_collected_into_the_folder_students_see(handed_in: Path, tmp_path: Path) -> None:
    with pytest.raises(infonb.InfonbError, match="which students may see"):
        infonb.programme.collect(handed_in, handed_in / "mine")
    with pytest.raises(infonb.InfonbError, match="There is no folder"):
        infonb.programme.collect(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(infonb.InfonbError, match="holds nothing"):
        infonb.programme.collect(tmp_path / "empty")


def test_one_student_is_not_published(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    infonb.programme.hand_in(journal, folder, "K7M4Q2")
    made = infonb.programme.collect(folder)
    page = (made.folder / "findings.html").read_text(encoding="utf-8")
    assert "so nothing is shown" in " ".join(page.split()) and "Nurse" not in page
