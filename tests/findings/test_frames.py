"""Every frame, of every journal: the columns the design names, documented, typed, unchanged."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Any

import pandas as pd
import pytest

from infonb import InfonbError
from infonb.findings import Findings

PROPERTIES = [
    "occupations", "people", "interviews", "answers", "skills", "strengths", "themes", "tasks",
    "conducted", "importances", "decisions", "leads",
]  # fmt: skip
METHODS = [
    "coverage", "ratings", "differences", "contradictions", "outlook", "pathways", "skills_by_occupation",
    "skill_overlap", "themes_by_occupation", "quotes", "confidence", "conduct", "network",
    "saturation", "next_interview", "side_by_side", "distinctive_words",
]  # fmt: skip
DESIGNED = {
    "answers": "interview occupation soc person question text rating weight date version",
    "skills": "interview occupation person phrase rank skill skill_id kind confirmed",
    "ratings": "occupation question n weight mean low high agreement apart",
    "differences": "question higher lower gap chance verdict",
    "coverage": "occupation soc interviews wanted planned questions sources",
    "outlook": (
        "occupation soc n mean low high official_class official_score growth_pct openings_k "
        "employment_k median_wage period source gap"
    ),
    "skill_overlap": "occupation_a occupation_b shared between within sentence",
    "occupations": "occupation soc", "people": "person source referred_by",
    "interviews": "interview occupation person status date weight",
}  # fmt: skip


def frame_of(findings: Findings, name: str) -> pd.DataFrame:
    member = getattr(findings, name)
    return member() if callable(member) else member


def documentation(name: str) -> str:
    """What is said about a frame: its docstring, and the one that it points to."""
    member = inspect.getattr_static(Findings, name)
    said = (member.fget if isinstance(member, property) else member).__doc__
    if pointed := re.search(r"see `(infonb[\w.]+)\.(\w+)`", said):
        said += getattr(importlib.import_module(pointed[1]), pointed[2]).__doc__
    return said


@pytest.mark.parametrize("name", DESIGNED)
def test_a_frame_has_the_columns_the_design_names(usual, name: str):
    named = DESIGNED[name].split()
    assert [column for column in usual[name].index if column in named] == named


@pytest.mark.parametrize("name", [*PROPERTIES, *METHODS])
def test_every_column_is_documented(shapes, name: str):
    said = set(re.findall(r"\w+", documentation(name)))
    assert set(frame_of(shapes.findings("example"), name).columns) <= said


@pytest.fixture(scope="module")
def usual(shapes) -> dict[str, pd.Series]:
    """Frame to its columns and their types, as the example has them."""
    findings = shapes.findings("example")
    return {name: frame_of(findings, name).dtypes for name in (*PROPERTIES, *METHODS)}


def test_every_column_is_text_or_nullable(usual):
    for name, kinds in usual.items():
        for column, kind in kinds.items():
            assert kind == "str" or isinstance(kind, pd.ArrowDtype), f"{name}.{column} is {kind}"


@pytest.mark.parametrize("left_out", ["NOBODY", "EVERYBODY"])
def test_columns_and_types_are_the_same_for_every_journal(shapes, shape: str, left_out: str, usual):
    findings = shapes.findings(shape, left_out)
    for name, kinds in usual.items():
        frame = frame_of(findings, name)
        assert frame.dtypes.to_dict() == kinds.to_dict(), name
        assert frame.columns.tolist() == kinds.index.tolist(), name
        assert isinstance(frame.index, pd.RangeIndex) and frame.index.start == 0, name


def test_a_matrix_is_typed_too(shapes, shape: str):
    findings = shapes.findings(shape)
    for value, wanted in {
        "rating": "double[pyarrow]",
        "n": "int64[pyarrow]",
        "text": "str",
    }.items():
        table = findings.matrix(value)
        assert table.index.name == "question" and table.columns.name == "occupation"
        assert table.columns.tolist() == findings.occupations.occupation.tolist()
        assert all(str(kind) == wanted for kind in table.dtypes)


def test_matrix_and_ratings_agree(shapes, shape: str):
    findings = shapes.findings(shape)
    ratings = findings.ratings()
    means, n = findings.matrix(), findings.matrix("n")
    assert int(means.notna().sum().sum()) == int(ratings["mean"].notna().sum())
    for row in ratings.to_dict("records"):
        assert n.loc[row["question"], row["occupation"]] == row["n"]
        if row["n"]:
            assert means.loc[row["question"], row["occupation"]] == row["mean"]
    said = findings.answers
    said = said[said.text.str.strip() != ""]
    texts = findings.matrix("text")
    assert int(texts.notna().sum().sum()) == len(said.drop_duplicates(["occupation", "question"]))
    for row in said.to_dict("records"):
        assert row["text"] in texts.loc[row["question"], row["occupation"]]


def test_ratings_are_those_of_the_formula(shapes, shape: str):
    findings = shapes.findings(shape)
    answers = findings.answers
    for level in (0.8, 0.95):
        for row in findings.ratings(level=level).to_dict("records"):
            part = answers[
                (answers.occupation == row["occupation"]) & (answers.question == row["question"])
            ]
            part = part[part.rating.notna() & (part.weight > 0)]
            assert row["n"] == part.person.nunique()
            weights, values = part.weight.astype(float), part.rating.astype(float)
            assert row["weight"] == pytest.approx(weights.sum())
            if row["n"]:
                assert row["mean"] == pytest.approx(
                    (3 + (weights * values).sum()) / (1 + weights.sum())
                )
                assert 1 <= row["low"] <= row["mean"] <= row["high"] <= 5
            else:
                assert all(pd.isna(row[column]) for column in ("mean", "low", "high"))


def test_ratings_take_only_a_level_and_a_matrix_only_what_it_knows(shapes):
    findings = shapes.findings("example")
    for level in (0, 1, 80):
        with pytest.raises(InfonbError, match="between 0 and 1"):
            findings.ratings(level=level)
    with pytest.raises(InfonbError, match="choose rating, n or text"):
        findings.matrix("mean")
    with pytest.raises(InfonbError, match="choose coverage"):
        findings.sentence("love")


@pytest.mark.parametrize("name", [*PROPERTIES, *METHODS])
def test_what_one_does_to_a_frame_stays_outside(shapes, name: str):
    findings = shapes.findings("example")
    before = frame_of(findings, name)
    mine = frame_of(findings, name)
    mine["more"] = 1
    mine.loc[:, mine.columns[0]] = None
    pd.testing.assert_frame_equal(frame_of(findings, name), before)


def test_a_snapshot_stays_as_it_was(shapes, tmp_path):
    import infonb

    with infonb.open(tmp_path / "search.db") as journal:
        journal.add_occupation("Nurse")
        findings = journal.findings()
        journal.add_occupation("Baker")
        assert findings.occupations.occupation.tolist() == ["Nurse"]
    with pytest.raises(AttributeError):
        findings.today = None


# what counts ----------------------------------------------------------------------------------


def test_answers_of_planned_interviews_count(shapes):
    findings = shapes.findings("planned_with_answers")
    assert findings.answers.rating.tolist() == [3]
    assert findings.ratings().n.tolist() == [1]
    row = findings.coverage().iloc[0]
    assert (row.interviews, row.planned, row.questions) == (0, 1, 1)
    assert findings.skills.phrase.tolist() == ["calm"]


def test_declined_and_cancelled_interviews_dont(shapes):
    findings = shapes.findings("declined_and_cancelled")
    assert findings.interviews.status.tolist() == ["declined", "cancelled"]
    assert findings.answers.empty and findings.ratings().empty and findings.skills.empty
    row = findings.coverage().iloc[0]
    assert (row.interviews, row.planned, row.questions) == (0, 0, 0)
    assert findings.outlook().n.tolist() == [0]


def test_a_person_without_weight_is_shown_but_not_counted(shapes):
    findings = shapes.findings("weight_zero")
    assert findings.answers.weight.tolist() == [0, 0, 1, 0]
    ratings = findings.ratings().set_index(["occupation", "question"])
    assert ratings.n.to_dict() == {
        ("Nurse", "home_life"): 0, ("Nurse", "outlook"): 1, ("Baker", "outlook"): 0,
    }  # fmt: skip
    assert ratings.loc[("Nurse", "outlook"), "mean"] == pytest.approx(4.0)
    assert pd.isna(ratings.loc[("Nurse", "home_life"), "mean"])
    assert findings.outlook().n.tolist() == [1, 0]


def test_own_weight_comes_before_the_interviews_before_one(tmp_path):
    import infonb

    with infonb.open(tmp_path / "search.db") as journal:
        nurse, ada = journal.add_occupation("Nurse"), journal.add_person("Ada")
        first, second = (journal.plan_interview(ada, nurse) for _ in range(2))
        journal.record_answer(first, "outlook", rating=4, weight=0.25)
        journal.record_answer(first, "home_life", rating=4)
        journal.record_answer(second, "outlook", rating=2)
        journal.finish_interview(first, weight=0.5)
        findings = journal.findings()
    assert findings.answers.set_index(["interview", "question"]).weight.to_dict() == {
        (first.id, "outlook"): 0.25, (first.id, "home_life"): 0.5, (second.id, "outlook"): 1.0,
    }  # fmt: skip
    both = findings.ratings().set_index("question").loc["outlook"]
    assert (both.n, both.weight) == (1, 1.25), "one person, asked twice"


def test_own_questions_are_questions_like_all(shapes):
    findings = shapes.findings("own_questions")
    key = next(key for key, asked in findings.questions.items() if asked.short == "Travel")
    assert set(findings.matrix("n").index) == {key}
    assert findings.answers.question.tolist() == [key, key, "notes", "ask_next"]


def test_partial_dates_stay_partial(shapes):
    assert shapes.findings("unrated_answers").answers.date.tolist() == [
        "2026-04",
        "2026-04",
        "2024",
    ]


def test_a_person_of_two_occupations_is_one_person(shapes):
    findings = shapes.findings("one_person_two_occupations")
    assert findings.people.person.tolist() == ["Ada"]
    assert findings.ratings().n.tolist() == [1, 1]
    assert findings.coverage().sources.tolist() == ["friend", "friend"]


def test_odd_titles_come_through_as_they_are(shapes):
    findings = shapes.findings("odd_titles")
    assert findings.occupations.occupation.tolist() == shapes.odd_titles
    assert findings.matrix().columns.tolist() == shapes.odd_titles
    assert findings.skills.phrase.tolist() == shapes.odd_titles


def test_optional_arguments_are_optional(shapes, shape: str):
    findings = shapes.findings(shape)
    calls: list[Any] = [
        lambda: findings.ratings(level=0.9), lambda: findings.matrix(value="n"),
        findings.quotes, lambda: findings.quotes(word="calm"),
        lambda: findings.basis(), lambda: findings.basis(official=True), findings.in_brief,
        lambda: findings.next_interview(look_ahead=1), lambda: findings.decide(),
    ]  # fmt: skip
    for call in calls:
        assert call() is not None
