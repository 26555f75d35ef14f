"""What people say finds the skill they mean; what only looks alike stays apart."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from infonb import reference
from infonb.reference import match_skill, same_words

DATA = Path(__file__).parents[1] / "data"

SAME = [
    ("talking to people", "communication"), ("Excel", "spreadsheets"), ("staying calm", "patience"),
    ("being a good listener", "listening to clients"), ("fixing machines", "repairing equipment"),
    ("public speaking", "giving presentations"), ("keeping my cool", "not losing my temper"),
    ("teamwork", "working well with others"), ("doing the books", "bookkeeping"),
    ("being on time", "punctuality"), ("details", "being meticulous"),
    ("coding", "programming"), ("good with numbers", "arithmetic"),
    ("driving a truck", "being a good driver"), ("creativity", "coming up with ideas"),
    ("hiring people", "recruitment"), ("mentoring", "coaching"), ("JS", "JavaScript"),
    ("thick skin", "working under pressure"), ("honesty", "being trustworthy"),
    ("haggling", "finding a compromise"), ("taking notes", "record keeping"),
    ("never giving up", "perseverance"), ("Photoshop", "photo editing"),
    ("first aid", "anatomy"), ("empathy", "compassion"), ("leadership", "taking charge"),
    ("making schedules", "rotas"), ("learning quickly", "always learning"),
    ("self starter", "taking initiative"), ("cad", "AutoCAD"), ("budgeting", "keeping costs down"),
    ("juggling tasks", "meeting deadlines"),
]  # fmt: skip

APART = [
    ("Java", "JavaScript"), ("nursing", "nursery"), ("patience", "patients"), ("C", "C++"),
    ("C#", "C++"), ("a driving licence", "driving"), ("accounting", "accountability"),
    ("reading people", "reading"), ("writing code", "writing"), ("sales", "sails"),
    ("cooking", "looking"), ("R", "Ruby"), ("Excel", "excelling at work"), ("car", "caring"),
    ("stress tolerance", "stress calculations"), ("design", "designing experiments"),
    ("drawing", "drawing blood"), ("Word", "good with words on stage"), ("law", "lawn mowing"),
    ("planning", "planing wood"), ("counselling", "council meetings"), ("music", "musical chairs"),
    ("history", "patient history"), ("construction", "constructive feedback"),
    ("running a business", "running machines"), ("mathematics", "mechanics"),
    ("chemistry", "chemistry in the team"), ("art", "the art of war"), ("SQL", "sequels"),
    ("managing time", "managing people"), ("personal service", "personnel"), ("Python", "feeding pythons"),
    ("access", "accessories"),
]  # fmt: skip

NO_SKILL = [
    "coffee", "good coffee machine", "a driving licence", "it depends", "a driver's licence",
    "tea", "a good chair", "luck", "my boss", "ask my boss", "the weather", "a degree",
    "a bachelor's degree in something", "money", "a salary", "a good salary", "long hours",
    "a uniform", "steel-toed boots", "a parking space", "the office", "a nice office",
    "my parents", "a strong union", "weekends", "time off", "a lunch break", "free lunch",
    "a company car", "a laptop", "two monitors", "good shoes", "a work permit",
    "being born into it", "no idea", "nothing special", "not sure", "I don't know",
    "hard to say", "that's a good question", "depends who you ask", "everything and nothing",
    "it varies", "a loud voice mail", "my phone", "the internet", "the bus", "a car", "a house",
    "glasses", "coffee breaks", "a desk", "tall enough", "two years", "ten years at least",
    "a visa", "a vaccination", "insurance", "a bank account", "a business card", "references",
    "connections", "a rich uncle", "the right age", "health", "coffee and donuts", "a gym card",
    "a quiet room", "a window seat", "headphones", "a thick coat", "a bike", "rain boots",
    "a dog", "patients", "the nursery", "sails", "council meetings", "a musical chair",
    "Java the island", "the drill sergeant", "a good book", "a horse", "my mother",
    "a licence to sell", "a certificate", "a PhD", "the pay check", "a stable home", "???", "",
    "   ", "xqzvw plonk", "日本語", "\x00",
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_skill_in_other_words_is_one(one: str, other: str) -> None:
    first, second = same_words(one), same_words(other)
    assert first is not None and second is not None
    assert first.id == second.id


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_only_looks_alike_is_not_merged(one: str, other: str) -> None:
    first, second = same_words(one), same_words(other)
    assert first is None or second is None or first.id != second.id
    bets = [match.id for said in (one, other) for match in match_skill(said) if match.confident]
    assert len(bets) == len(set(bets))


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("talking to people", "Speaking"), ("excel", "Microsoft Excel"),
        ("fixing machines", "Repairing"), ("reading drawings", "Design"),
        ("patience", "Self-Control"), ("python", "Python"), ("staying calm", "Self-Control"),
        ("I'm really good at listening to people", "Active Listening"),
        ("photo editing in Photoshop", "Adobe Photoshop"), ("pyhton", "Python"),
        ("comunication skills", "Speaking"), ("TROUBLESHOOTING!", "Troubleshooting"),
        ("Café work: serving guests", "Performing for or Working Directly with the Public"),
    ],
)  # fmt: skip
def test_the_usual_meaning_comes_first(phrase: str, name: str) -> None:
    assert match_skill(phrase)[0].name == name


@pytest.mark.parametrize("phrase", NO_SKILL)
def test_what_is_no_skill_is_never_forced(phrase: str) -> None:
    assert not any(match.confident for match in match_skill(phrase))


def test_matches_are_ordered_and_unique_and_at_most_n() -> None:
    for phrase in ("talking to people", "keeping four toddlers busy", "sql", "welding overhead"):
        for n in (1, 3, 5, 9):
            found = match_skill(phrase, n=n)
            scores = [match.score for match in found]
            assert len(found) <= n and scores == sorted(scores, reverse=True)
            assert len({match.id for match in found}) == len(found)
            assert not any(match.confident for match in found[1:])
            assert all(0 <= score <= 1 for score in scores)


def test_what_a_person_confirmed_comes_first() -> None:
    aliases = {"small steps": "2.A.2.c", "bee keeping": "mine:1", "my bees": "mine:1"}
    assert match_skill("Small  steps", aliases=aliases)[0].id == "2.A.2.c"
    own = match_skill("my bees", aliases=aliases)[0]
    assert (own.id, own.name, own.kind, own.confident) == ("mine:1", "bee keeping", "own", True)


def test_a_technology_stands_beside_its_kind() -> None:
    assert [match.name for match in match_skill("excel", n=2)] == [
        "Microsoft Excel", "Spreadsheet software",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "half", "first", "five"),
    [
        ("skills_dev.csv", "seen", 0.82, 0.94),
        ("skills_dev.csv", "kept", 0.55, 0.80),
        ("skills_published.csv", "kept", 0.8, 0.95),
    ],
)
def test_accuracy_holds(file: str, half: str, first: float, five: float) -> None:
    cases = [case for case in _cases(file) if case[1] and case[2] == half]
    found = [[match.id for match in match_skill(phrase)] for phrase, _, _ in cases]
    right = [bool(ids) and ids[0] in gold for ids, (_, gold, _) in zip(found, cases, strict=True)]
    among = [bool(gold.intersection(ids)) for ids, (_, gold, _) in zip(found, cases, strict=True)]
    assert sum(right) / len(cases) >= first
    assert sum(among) / len(cases) >= five


def test_confident_is_right_five_times_of_six() -> None:
    bets = [
        (match_skill(phrase)[0], gold)
        for phrase, gold, _ in _cases("skills_dev.csv") + _cases("skills_published.csv")
        if match_skill(phrase) and match_skill(phrase)[0].confident
    ]
    assert len(bets) > 100
    assert sum(match.id in gold for match, gold in bets) / len(bets) >= 5 / 6


def test_every_label_is_in_the_catalogue() -> None:
    for file in ("skills_dev.csv", "skills_published.csv"):
        for phrase, gold, _ in _cases(file):
            assert all(reference.skill(id) for id in gold), phrase


def _cases(file: str) -> list[tuple[str, set[str], str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as opened:
        return [
            (row["phrase"], set(filter(None, row["skills"].split("|"))), row["half"])
            for row in csv.DictReader(opened)
        ]
