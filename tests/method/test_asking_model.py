"""How often `check_wording` is right, on labelled lines: those it was tuned on, and others.

``tests/data/wording.csv`` holds what people write and say, half of it innocent. The patterns were
written with the part ``tuned`` in view; the part ``aside`` was only measured.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from infonb.method import QUESTIONS, check_wording
from infonb.method.asking_model import labelled_lines

LINES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "data" / "wording.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
)
MEASURED = {"asks_for_job", "presses_on_time", "no_source_of_name", "no_thanks"}


def found_in(text: str) -> set[str]:
    return {concern.kind for concern in check_wording(text)} & MEASURED


def test_the_list_is_long_enough_and_half_of_it_innocent():
    assert len(LINES) >= 200
    innocent = sum(line["expected"] == "fine" for line in LINES)
    assert 0.4 <= innocent / len(LINES) <= 0.6
    assert len({line["text"] for line in LINES}) == len(LINES)
    assert {line["expected"] for line in LINES} == MEASURED | {"fine"}
    assert sum(line["part"] == "aside" for line in LINES) >= 60


@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_it_is_right_often_enough(part: str):
    right = wrong = missed = 0
    told: list[str] = []
    for line in LINES:
        if line["part"] != part:
            continue
        expected = set() if line["expected"] == "fine" else {line["expected"]}
        found = found_in(line["text"])
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
        if found != expected:
            told.append(f"{line['text']} -> {sorted(found)}")
    precision, recall = right / (right + wrong), right / (right + missed)
    assert precision >= 0.9 and recall >= 0.8, (precision, recall, told)


@pytest.mark.parametrize("line", [x for x in LINES if x["expected"] == "asks_for_job"],
                         ids=lambda line: line["text"][:30])  # fmt: skip
def test_it_says_where_and_what_to_say_instead(line: dict[str, str]):
    for concern in check_wording(line["text"]):
        assert 0 <= concern.start < concern.end <= len(line["text"])
        assert concern.why and concern.instead


@pytest.mark.parametrize(
    "text",
    [
        "I am not asking for a job.",
        "How do people usually get hired here?",
        "How do people usually get hired in this field?",
        "What do employers look for when they hire?",
    ],
)
def test_what_is_innocent_in_any_company_stays_so(text: str):
    assert check_wording(text) == []
    assert check_wording(f"What do you enjoy most? {text} Thank you.") == []
    assert check_wording(text.upper()) == []


def test_a_denial_counts_for_its_own_sentence_only():
    (found,) = check_wording("I'm not asking for a job, but are you hiring?")
    assert found.kind == "asks_for_job"
    assert len(check_wording("I don't want to bother you. Are you hiring?")) == 1


def test_a_long_text_is_checked_at_once():
    text = "I keep thinking about what you said. " * 3000
    assert check_wording(text) == []


KEPT_ASIDE = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "data" / "wording_kept_aside.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
)


def test_messages_set_aside_before_the_classifier_was_built_are_judged_rightly():
    assert len(KEPT_ASIDE) == 150
    asks = {line["text"] for line in KEPT_ASIDE if line["expected"] == "asks_for_job"}
    assert len(asks) == 75
    found = {
        line["text"]
        for line in KEPT_ASIDE
        if any(c.kind == "asks_for_job" for c in check_wording(line["text"]))
    }
    precision, recall = len(asks & found) / len(found), len(asks & found) / len(asks)
    assert precision >= 0.9 and recall >= 0.8, (precision, recall)


def test_the_classifier_learns_from_many_lines_half_innocent_and_none_set_aside():
    lines = labelled_lines()
    assert len(lines) >= 1000
    assert 0.4 <= sum(asks for _, asks in lines) / len(lines) <= 0.6
    aside = [*KEPT_ASIDE, *(line for line in LINES if line["part"] == "aside")]
    assert not {text for text, _ in lines} & {line["text"] for line in aside}


def test_what_no_pattern_knows_is_found_as_its_sentence():
    ask = "You wouldn't have to pay me for the first month."
    text = f"Your work sounds like fun. {ask} Thank you."
    (found,) = check_wording(text)
    assert text[found.start : found.end] == ask


def test_our_own_questions_ask_for_no_job():
    for question in QUESTIONS.values():
        assert check_wording(question.prompt) == [], question.prompt


def test_tables_formulas_and_other_languages_are_not_judged():
    for text in (
        "| `oesm25nat.zip` | bls.gov/oes/tables.htm | 42 |",
        "m = Σ k·α_k / A",
        "Wie geht es Ihnen heute?",
    ):
        assert check_wording(text) == [], text
