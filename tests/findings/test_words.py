"""Words: found in their context in any form, and called distinctive only beyond what chance deals."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import infonb
from infonb.findings import words
from infonb.frame import REAL, TEXT, frame
from infonb.journal import Journal

COLUMNS = {"interview": TEXT, "occupation": TEXT, "person": TEXT, "text": TEXT, "weight": REAL}
ORDER = ["Baker", "Registered nurse", "Librarian", "Welder", "Pilot", "Cook", "Tailor"]
COMMON = (
    "we begin early and the team talks about the plan of a long day with people who wait".split()
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with infonb.open(tmp_path / "search.db") as opened:
        yield opened


def said_by(extra: dict[str, str], people: int = 3, seed: int = 1) -> pd.DataFrame:
    """Three people each of seven occupations, who say much the same, and one thing more."""
    chance = random.Random(seed)
    rows = []
    for occupation in ORDER:
        for number in range(people):
            text = " ".join(chance.choices(COMMON, k=40)) + f" {extra.get(occupation, '')}."
            rows.append({"interview": f"{occupation}{number}", "occupation": occupation,
                         "person": f"{occupation} {number}", "text": text, "weight": 1.0})  # fmt: skip
    return frame(rows, COLUMNS)


def found(said: pd.DataFrame, **more: Any) -> dict[str, list[str]]:
    table = words.distinctive_words(said, ORDER, **more)
    assert table.occupation.drop_duplicates().tolist() == ORDER
    return {
        title: part.word.dropna().tolist()
        for title, part in table.groupby("occupation", sort=False)
    }


def test_a_word_that_all_of_one_occupation_use_stands_out() -> None:
    there = found(said_by({"Baker": "the ovens are hot", "Pilot": "clouds"}))
    assert set(there["Baker"]) == {"oven", "hot"} and there["Pilot"] == ["cloud"]
    assert [there[title] for title in ("Welder", "Cook", "Tailor")] == [[], [], []]


def test_a_titles_own_words_tell_nothing() -> None:
    there = found(said_by({"Registered nurse": "nursing nurses register wards"}))
    assert there["Registered nurse"] == ["ward"]


def test_at_most_five_and_by_two_people_at_least() -> None:
    said = said_by({"Baker": "flour dough yeast oven crust salt kneading"})
    assert len(found(said)["Baker"]) == 5
    said.loc[0, "text"] += " xylophone xylophone xylophone"
    assert "xylophone" not in found(said)["Baker"]


def test_people_dealt_at_random_hardly_ever_give_a_word() -> None:
    with infonb.sample("published") as journal:
        answers = journal.findings().answers
    order = answers.occupation.drop_duplicates().tolist()
    people = answers[["interview", "occupation"]].drop_duplicates("interview")
    distinctive = 0
    for seed in range(12):
        titles = people.occupation.tolist()
        random.Random(seed).shuffle(titles)
        dealt = dict(zip(people.interview, titles, strict=True))
        told = words.distinctive_words(
            answers.assign(occupation=answers.interview.map(dealt).astype("str")), order, seed=seed
        )
        distinctive += told[told.verdict == words.DISTINCTIVE].occupation.nunique()
    assert distinctive <= 12 * 7 * 0.1  # one in twenty is what was allowed


def test_of_few_people_it_is_said_that_they_are_few() -> None:
    said = said_by({"Baker": "ovens"}, people=2)
    two = said[said.occupation.isin(["Baker", "Cook"])]
    table = words.distinctive_words(two, ["Baker", "Cook"])
    assert table.verdict.tolist() == [words.TOO_LITTLE] * 2 and table.word.isna().all()
    assert words.distinctive_words(said.iloc[:0], ["Baker"]).verdict.tolist() == [words.TOO_LITTLE]


def test_who_does_not_count_is_not_heard() -> None:
    said = said_by({"Baker": "ovens"})
    assert found(said)["Baker"] == ["oven"]
    assert (
        found(said.assign(weight=said.weight.where(said.occupation != "Baker", 0.0)))["Baker"] == []
    )


def test_a_language_that_is_not_known_is_named() -> None:
    said = said_by({})
    polish = "Lubię tę pracę, bo codziennie spotykam nowych ludzi i uczę się czegoś nowego od nich."
    said["text"] = said["text"].where(said.occupation != "Cook", polish)
    table = words.distinctive_words(said, ORDER)
    cook = table[table.occupation == "Cook"].iloc[0]
    assert cook.language == "pl" and (cook.verdict == words.DISTINCTIVE or "(pl)" in cook.verdict)


def test_the_samples_have_few_and_none_of_a_title() -> None:
    for name in ("published", "example"):
        with infonb.sample(name) as journal:
            findings = journal.findings()
            table = findings.distinctive_words()
            hidden = journal.findings(redact=True).distinctive_words()
        told = table[table.word.notna()]
        assert (told.groupby("occupation").size() <= 5).all() and (told.people >= 2).all()
        for row in told.itertuples():
            assert row.word[:4] not in row.occupation.lower()
            assert row.word[:4] in row.quote.casefold()
        assert hidden.verdict.tolist()[0] == table.verdict.tolist()[0]
        assert "z" not in table.columns and "p" not in table.columns


def test_a_word_is_found_in_each_form_with_its_context(journal: Journal) -> None:
    talk = journal.plan_interview(journal.add_person("Sam"), journal.add_occupation("Baker"))
    journal.record_answer(
        talk, "enjoy_most", text="The OVENS are old. I know my oven; it isn’t new."
    )
    journal.record_answer(talk, "enjoy_least", text="Ovenproof gloves, and Öfen.")
    findings = journal.findings()
    there = findings.quotes(word="oven")
    assert there.keyword.tolist() == ["OVENS", "oven"]
    assert there.before.tolist() == ["The", "The OVENS are old. I know my"]
    assert there.after.tolist() == ["are old. I know my oven; it isn’t new.", "; it isn’t new."]
    assert findings.quotes(word="oven*").keyword.tolist() == ["OVENS", "oven", "Ovenproof"]
    assert findings.quotes(word="know my").keyword.tolist() == ["know my"]
    assert findings.quotes(word="isn't").keyword.tolist() == ["isn’t"]
    assert findings.quotes(word="O\u0308fen").keyword.tolist() == ["Öfen"]  # another spelling of Ö
    assert findings.quotes(word="").empty and findings.quotes(word="bread").empty
    assert findings.quotes().keyword.isna().all()


def test_a_word_is_found_among_passages_of_a_theme_and_in_transcripts(journal: Journal) -> None:
    talk = journal.plan_interview(journal.add_person("Sam"), journal.add_occupation("Baker"))
    answer = journal.record_answer(talk, "enjoy_most", text="Hot bread. Cold rolls.")
    journal.code(answer, journal.add_theme("Warmth"), 0, 10)
    journal.add_transcript(talk, turns=[
        {"speaker": "Me", "text": "Why bread?"}, {"speaker": "Sam", "text": "Bread feeds people."},
        {"speaker": "Sam", "text": "Hot bread."},
    ], asks="Me")  # fmt: skip
    findings = journal.findings()
    assert findings.quotes(theme="Warmth", word="bread").before.tolist() == ["Hot"]
    there = findings.quotes(word="bread")  # not what I asked, nor once more what an answer says
    assert there.text.tolist() == ["Hot bread. Cold rolls.", "Bread feeds people."]
    assert there.question.isna().tolist() == [False, True]


def test_without_the_extra_words_stay_as_they_were_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "find_spec", lambda name: None)
    words.lemma.cache_clear()
    try:
        assert words.lemma("ovens", "en") == "ovens"
        assert set(found(said_by({"Baker": "the ovens"}))["Baker"]) == {"ovens"}
    finally:
        words.lemma.cache_clear()


def test_words_of_every_language_are_whole() -> None:
    text = "L’hôpital, aujourd'hui: E-Mail état-de-l’art cafe\u0301 naïve don’t 3x"
    assert [word for *_, word in words.tokens(text)] == [
        "l'hôpital", "aujourd'hui", "e-mail", "état-de-l'art", "café", "naïve", "don't", "x",
    ]  # fmt: skip
    assert words.lemma("krankenschwestern", "de") == "krankenschwester"
    assert words.lemma("l'hôpital", "fr") == "hôpital"


def test_a_theme_quotes_each_passage_on_one_line(journal: Journal) -> None:
    talk = journal.plan_interview(journal.add_person("Sam"), journal.add_occupation("Baker"))
    answer = journal.record_answer(talk, "enjoy_most", text="Hot\nbread. Cold rolls.")
    theme = journal.add_theme("Warmth")
    journal.code(answer, theme, 0, 10)
    journal.code(answer, theme, 11, 22)
    [row] = journal.findings().themes_by_occupation().itertuples()
    assert row.quotes.split("\n") == ["Hot bread.", "Cold rolls."] and row.passages == 2
