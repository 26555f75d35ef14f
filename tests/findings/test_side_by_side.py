"""Occupations side by side, and one by one: everybody is heard, nothing private is, no words are lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import infonb
from infonb import InfonbError
from infonb.findings import Findings
from infonb.findings.about import cut, shortened
from infonb.findings.side_by_side import _people, side_by_side


def findings_of(folder: Path, *interviews: dict[str, Any], **importance: float) -> Findings:
    """The findings of a few interviews, each a line of a file."""
    lines = [
        {"person": {"name": f"Person {n}"}, "date": "2026-03-02", **interview}
        for n, interview in enumerate(interviews)
    ]
    file = folder / "few.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    with infonb.open(folder / "few.db") as journal:
        journal.import_file(file)
        for question, value in importance.items():
            journal.set_importance(question, value)
        return journal.findings(redact=True)


def said(**answers: tuple[str, int | None]) -> dict[str, Any]:
    return {key: {"text": text, "rating": rating} for key, (text, rating) in answers.items()}


def test_every_answer_that_is_not_private_stands_on_the_page_of_its_occupation(shape: str, shapes):
    findings = shapes.findings(shape)
    heard = findings.answers
    open_words = heard[~heard.private & (heard.text.str.strip() != "")]
    shown = [
        (title, text)
        for title in findings.occupations.occupation
        for text in findings.about(title).text
    ]
    assert set(zip(open_words.occupation, open_words.text, strict=True)) <= set(shown)


def test_nothing_private_is_on_either_page(shapes):
    findings = shapes.findings("private_answers")
    private = set(findings.answers[findings.answers.private].text)
    assert private
    shown = {
        text for title in findings.occupations.occupation for text in findings.about(title).text
    }
    assert not private & shown
    assert not private & set(findings.side_by_side().text.dropna())


def test_an_occupation_that_is_not_there_is_an_error_that_names_those_that_are(shapes):
    with pytest.raises(InfonbError, match=r"No occupation 'Pilot'.*Landscape architect"):
        shapes.findings("example").about("Pilot")


def test_all_three_people_of_an_occupation_are_heard():
    page = infonb.sample("example").findings(redact=True).side_by_side()
    for _, column in page[page.speaker.notna()].groupby("occupation"):
        assert column.speaker.nunique() == 3


def test_one_question_of_the_burden_is_there_though_joys_matter_more(tmp_path: Path):
    joys = said(enjoy_most=("Joy.", 5), typical_day=("Days.", 4), motivation=("Drive.", 4),
                home_life=("Home.", 4), enjoy_least=("Paper.", 2))  # fmt: skip
    interviews = [{"occupation": title, "answers": joys} for title in ("A", "B", "C", "D")]
    importance = {"enjoy_most": 5, "typical_day": 5, "motivation": 5, "home_life": 5}
    topics = findings_of(tmp_path, *interviews, **importance).side_by_side().topic.tolist()
    assert "enjoy_least" in topics
    assert len({t for t in topics if t in {*importance, "enjoy_least"}}) == 4


def test_who_contradicts_whom_stands_low_before_high_with_both_ratings(tmp_path: Path):
    page = findings_of(
        tmp_path,
        {"occupation": "Baker", "answers": said(home_life=("Up at two.", 1))},
        {"occupation": "Baker", "answers": said(home_life=("Off at noon.", 5))},
        {"occupation": "Nurse", "answers": said(home_life=("Shifts.", 3))},
    ).side_by_side()
    cell = page[(page.topic == "home_life") & (page.occupation == "Baker")]
    assert cell.split.all()
    assert cell[["rating", "text"]].to_numpy().tolist() == [[1, "Up at two."], [5, "Off at noon."]]


def test_not_asked_is_told_from_nobody_asked(tmp_path: Path):
    page = findings_of(
        tmp_path,
        {"occupation": "Baker", "answers": said(home_life=("Up at two.", 1))},
        {"occupation": "Nurse", "answers": said(typical_day=("Rounds.", 3))},
        {"occupation": "Pilot", "status": "planned"},
    ).side_by_side()
    missing = page[page.topic == "home_life"].set_index("occupation").missing
    assert missing["Nurse"] == "not asked"
    assert missing["Pilot"] == "nobody asked yet"


def test_the_number_comes_last_and_only_where_it_says_something(tmp_path: Path):
    example = infonb.sample("example").findings(redact=True).side_by_side()
    assert example.topic.iloc[-1] == "weighed"
    one = findings_of(
        tmp_path,
        {"occupation": "Baker", "answers": said(home_life=("Up at two.", 1))},
        {"occupation": "Nurse", "answers": said(home_life=("Shifts.", 3))},
    )
    assert one.decide().headline() == "Too early to say"
    assert "weighed" not in one.side_by_side().topic.tolist()


def test_words_alone_make_a_page(tmp_path: Path):
    page = findings_of(
        tmp_path, {"occupation": "Baker", "answers": said(home_life=("Up at two.", None))}
    ).side_by_side()
    assert page.ratings.isna().all()
    assert "Up at two." in page.text.tolist()


def test_the_more_occupations_the_fewer_words(shapes):
    example = infonb.sample("example").findings(redact=True).side_by_side()
    published = infonb.sample("published").findings(redact=True).side_by_side()
    longest = [
        page.text[page.speaker.notna()].str.split().str.len().max() for page in (example, published)
    ]
    assert longest[0] <= 20 + 3 and longest[1] <= 18 + 3


@pytest.mark.parametrize("words", [1, 5, 20, 60])
@pytest.mark.parametrize(
    "text",
    ["", "One.", "no stop " * 80, "A sentence. " * 30, "“Said so, " + "and so, " * 40 + "”", "Wörter für Wörter; " * 20],
)  # fmt: skip
def test_a_cut_loses_no_word(text: str, words: int):
    kept, rest = cut(text, words)
    assert f"{kept} {rest}".split() == text.split()
    assert len(kept.split()) <= words + 3
    assert shortened(text, words).count("“") == shortened(text, words).count("”")


def test_kind_of_workplace_and_years_say_whom_i_heard_once_they_are_noted():
    heard = pd.DataFrame(
        {
            "occupation": "Nurse", "status": "done", "person": ["a", "b", "c"],
            "workplace": ["hospital", "hospital", None], "years": [12, 12, 1],
        }
    )  # fmt: skip
    told = _people("Nurse", heard)
    assert told == {"fact": "Three people", "text": "hospital, 12 years (two); one year"}


def test_what_was_expected_stands_beside_what_was_heard(tmp_path: Path):
    findings = findings_of(
        tmp_path,
        {"occupation": "Nurse", "answers": said(home_life=("Early.", 2))},
        {"occupation": "Tailor", "answers": said(home_life=("Late.", 4))},
    )
    expected = pd.DataFrame(
        {
            "occupation": ["Nurse"], "question": ["home_life"], "expected": [4.0], "n": [1],
            "heard": [2.0],
        }
    )  # fmt: skip
    page = side_by_side(
        {title: findings.about(title) for title in ("Nurse", "Tailor")}, findings.interviews,
        findings.ratings(), findings.skills_by_occupation(), findings.outlook(),
        findings.decide(), findings.questions, expected,
    )  # fmt: skip
    rows = page[page.topic == "expected"]
    assert rows.text.tolist()[0] == "Life at home: 4, heard 2"
    assert rows.missing.tolist()[1] == "nothing noted"
