"""A JSON Resume brings one's strengths, once, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import infonb

RESUME: dict[str, Any] = {
    "basics": {"name": "A. Person", "email": "a@example.org"},
    "work": [{"name": "Somewhere", "position": "Helper"}],
    "skills": [
        {"name": "Staying calm", "level": "Master", "keywords": []},
        {"name": "Office", "keywords": ["Spreadsheets", "Typing", "spreadsheets"]},
    ],
    "languages": [{"language": "Spanish", "fluency": "Fluent"}],
}


@pytest.fixture
def resume(tmp_path: Path) -> Path:
    path = tmp_path / "me.json"
    path.write_text(json.dumps(RESUME, indent=2), encoding="utf-8")
    return path


def test_skills_keywords_and_languages_become_strengths(resume: Path, tmp_path: Path) -> None:
    with infonb.open(tmp_path / "j.db") as journal:
        report = journal.import_file(resume)
        said = [strength.phrase for strength in journal.strengths()]
        named = journal.findings().strengths
    assert said == ["Staying calm", "Office", "Spreadsheets", "Typing", "Spanish"]
    assert report.added == 5
    assert "basics, work" in str(report.problems[0]) and not report.problems[0].error
    assert named.skill.dropna().tolist() == [
        "Self-Control", "Microsoft Excel", "Administrative", "Foreign Language",
    ]  # fmt: skip


def test_the_same_resume_twice_adds_nothing(resume: Path, tmp_path: Path) -> None:
    with infonb.open(tmp_path / "j.db") as journal:
        journal.import_file(resume)
        assert journal.import_file(resume).added == 0
        assert len(journal.strengths()) == 5


def test_a_resume_of_another_shape_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "me.json"
    path.write_text('{"basics": {}, "skills": [{"name": 7}]}', encoding="utf-8")
    with infonb.open(tmp_path / "j.db") as journal:
        with pytest.raises(infonb.InfonbError, match=r"skills\.0\.name"):
            journal.import_file(path)
        assert journal.strengths() == []


def test_an_interview_is_no_resume(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(
        '{"occupation": "Nurse", "answers": {}, "skills": [{"phrase": "listening"}]}\n',
        encoding="utf-8",
    )
    with infonb.open(tmp_path / "j.db") as journal:
        assert journal.import_file(path).added == 1
        assert journal.strengths() == []
