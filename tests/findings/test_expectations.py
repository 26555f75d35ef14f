"""What was expected, beside what was heard: golden values, and how often a surprise is one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import infonb
from infonb.findings.bayes import chance_of_a_gap, count
from infonb.findings.expectations import expectations, shift, surprise

GOLDEN = [
    (5, [4, 4], 0.896, True, -1),
    (3, [5, 5], 0.830, True, 2),
    (4, [2, 2, 3], 0.969, True, 7 / 3 - 4),
    (4, [3, 3, 3], 0.782, False, -1),
    (3, [4, 4, 5], 0.729, False, 13 / 3 - 3),
    (5, [5, 5, 5], 0.241, False, 0),
    (5, [3, 4], 0.981, True, -1.5),
]


@pytest.mark.parametrize(("expected", "ratings", "chance", "is_one", "moved"), GOLDEN)
def test_golden_surprises(expected, ratings, chance, is_one, moved):
    counts = count(ratings)
    assert float(chance_of_a_gap(counts, expected)) == pytest.approx(chance, abs=0.005)
    assert bool(surprise(counts, expected, len(ratings))) == is_one
    assert float(shift(counts, expected)) == pytest.approx(moved)


def test_all_at_once_is_as_one_by_one():
    counts = np.array([count(ratings) for _, ratings, *_ in GOLDEN])
    expected, people = [g[0] for g in GOLDEN], [len(g[1]) for g in GOLDEN]
    assert surprise(counts, expected, people).tolist() == [g[3] for g in GOLDEN]
    assert shift(counts, expected) == pytest.approx([g[4] for g in GOLDEN])


def test_one_person_is_no_surprise_and_nobody_no_shift():
    assert not surprise(count([1]), 5, 1)
    assert np.isnan(shift(count([]), 3))
    assert float(shift(count([5, 1], [1, 0.5]), 3)) == pytest.approx(5.5 / 1.5 - 3)


@pytest.mark.parametrize("people", [2, 3, 5])
def test_nothing_changed_is_seldom_called_a_surprise(people):
    random, searches = np.random.default_rng(people), 4000
    shares = np.array([0.05, 0.1, 0.25, 0.35, 0.25])
    said = random.choice(np.arange(1, 6), p=shares, size=(searches, people))
    counts = (said[..., None] == np.arange(1, 6)).sum(axis=1)
    mean = shares @ np.arange(1, 6)
    false = surprise(counts, np.full(searches, mean), np.full(searches, people)).mean()
    found = surprise(counts, np.full(searches, mean - 2), np.full(searches, people)).mean()
    print(f"{people} people: false alarms {false:.2f}, two steps off found {found:.2f}")
    assert false <= 0.12 and found >= 0.7


def noted(*rows):
    return pd.DataFrame(rows, columns=["occupation", "question", "expected", "late"])


def test_expectations_stand_beside_what_was_heard(tmp_path):
    with infonb.open(tmp_path / "search.db") as journal:
        for name, rating, weight in (("Ada", 2, 1), ("Ben", 2, 1), ("Cleo", 3, 1), ("Dan", 5, 0)):
            talk = journal.plan_interview(journal.add_person(name), journal.add_occupation("Nurse"))
            journal.record_answer(talk, "home_life", rating=rating)
            journal.finish_interview(talk, weight=weight)
        findings = journal.findings()
    found = expectations(
        noted(
            ("Nurse", "home_life", 4, False), ("Nurse", "outlook", 3, False),
            ("Nurse", "home_life", 4, True), ("Nurse", "path_in", None, False),
            ("Baker", "home_life", 4, False),
        ),
        findings.answers, findings.ratings(),
    )  # fmt: skip
    assert found["n"].tolist() == [3, 0, 3, 0]
    assert found["surprise"].fillna(False).tolist() == [True, False, False, False]
    assert found["late"].tolist() == [False, False, True, False]
    first = found.iloc[0]
    assert first["heard"] == pytest.approx(7 / 3) and first["shift"] == pytest.approx(7 / 3 - 4)
    assert first["low"] < first["mean"] < first["high"]
    unheard = found.iloc[1]
    for column in ("heard", "shift", "mean", "low", "high", "chance", "surprise"):
        assert pd.isna(unheard[column]), "what nobody was asked is missing, not 0"
    assert expectations(noted(), findings.answers, findings.ratings()).empty
