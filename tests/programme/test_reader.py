"""The same questions as of one journal, on every engine: equal, exact, and only sums leave it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import infonb
from infonb.exchange.parquet import write_collected
from infonb.findings import bayes
from infonb.findings.expectations import surprise
from infonb.journal import Journal
from infonb.programme import read
from sample_data import simulate

QUESTIONS = (
    "coverage ratings skill_overlap outlook skills agreement confidence expectations"
).split()
ENGINES = ["polars", "duckdb"]  # Spark has a part of its own: tests/spark


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, rtol=0, atol=1e-9)


@pytest.mark.parametrize("by", [None, "term", "cohort"])
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_says_the_same(simulated: Path, engine: str, question: str, by: Any) -> None:
    expected = getattr(read(simulated), question)(by=by)
    assert len(expected) and (by is None or expected[by].nunique() > 1)
    same(getattr(read(simulated, engine=engine), question)(by=by), expected)


@pytest.mark.parametrize("engine", ["pandas", *ENGINES])
def test_a_programme_of_nobody_has_no_rows(tmp_path: Path, engine: str) -> None:
    write_collected(tmp_path / "class", [])
    for question in QUESTIONS:
        assert len(getattr(read(tmp_path / "class", engine=engine), question)()) == 0


@pytest.mark.parametrize("sample", ["example", "published"])
def test_a_programme_of_one_says_what_the_journal_says(tmp_path: Path, sample: str) -> None:
    with infonb.sample(sample) as journal:
        nurse = journal.occupations()[0]
        journal.set_expectation(nurse, "outlook", 2)
        findings = journal.findings(redact=True)
        folder = journal.export_file(tmp_path / "class", format="programme")
    programme = read(folder)
    cell = ["occupation", "question"]
    here = programme.ratings(level=0.9).set_index(cell).sort_index()
    there = findings.ratings(level=0.9).set_index(cell).sort_index()
    same(here[there.columns], there)
    outlook = programme.outlook().set_index("occupation").sort_index()
    theirs = findings.outlook().set_index("occupation").sort_index()
    heard = theirs[theirs["n"] > 0]
    same(outlook[["n", "mean", "low", "official_score", "gap"]],
         heard[["n", "mean", "low", "official_score", "gap"]])  # fmt: skip
    coverage = programme.coverage().set_index("occupation").sort_index()
    of_one = findings.coverage().set_index("occupation").sort_index()
    same(coverage[["interviews", "planned"]], of_one[["interviews", "planned"]])


def test_what_was_expected_is_what_each_journal_says(journal: Journal, tmp_path: Path) -> None:
    rows = journal.findings(redact=True).expectations()
    row = rows[~rows["late"].astype(bool)].iloc[0]
    folder = journal.export_file(tmp_path / "class", format="programme")
    told = read(folder).expectations().iloc[0]
    for name in ("question", "n", "expected", "heard", "shift", "mean", "low", "high", "chance"):
        assert told[name] == pytest.approx(row[name]), name


def test_expectations_are_means_over_students(simulated: Path) -> None:
    found = read(simulated).expectations().set_index(["occupation", "question"])
    shifts, counts, expected = [], np.zeros(5), []
    for part in simulate.parts(100):
        mine = {
            row["expected"] for row in part.rows["expectations"]
            if (row["soc"], row["question"]) == ("29-1141", "home_life")
        }  # fmt: skip
        told = [
            row for row in part.rows["answers"]
            if (row["soc"], row["question"]) == ("29-1141", "home_life")
        ]  # fmt: skip
        if mine and told:
            ratings, weights = [r["rating"] for r in told], [r["weight"] for r in told]
            shifts.append(np.average(ratings, weights=weights) - mine.pop())
            expected.append(np.average(ratings, weights=weights) - shifts[-1])
            counts += bayes.count(ratings, weights)
    row = found.loc[("Registered nurse", "home_life")]
    assert (row["students"], row["shift"]) == (len(shifts), pytest.approx(np.mean(shifts)))
    assert row["mean"] == pytest.approx(float(bayes.bands(counts).mean))
    assert row["surprise"] == bool(surprise(counts, np.mean(expected), 99))


def test_a_person_without_weight_is_not_counted_and_one_asked_twice_once(simulated: Path) -> None:
    found = read(simulated).ratings()
    bees = found[found["occupation"] == "Bee Keeper"].set_index("question")
    assert bees.loc["outlook", ["students", "n", "weight", "agreement"]].tolist() == [
        1, 2, pytest.approx(1.0), "split",
    ]  # fmt: skip
    assert bees.loc["home_life", ["students", "n"]].tolist() == [0, 0]
    assert bees["mean"].isna().loc["home_life"]
    assert bees["soc"].isna().all()
    listed = read(simulated).coverage().set_index("occupation").loc["Bee Keeper"]
    assert (listed["students"], listed["interviews"]) == (1, 3)


def test_an_overlap_is_that_of_the_shares_of_people(simulated: Path) -> None:
    programme = read(simulated)
    found = programme.skill_overlap()
    enough = found[(found["people_a"] >= 30) & (found["people_b"] >= 30)]
    assert len(enough) and enough["overlap"].notna().all()
    assert found.drop(enough.index)["overlap"].isna().all()
    row = enough.iloc[0]
    skills = programme.skills().set_index(["occupation", "skill_id"])
    a, b = (skills.loc[row[side]]["people"].astype(float) / row[people]
            for side, people in (("occupation_a", "people_a"), ("occupation_b", "people_b")))  # fmt: skip
    both = pd.concat([a, b], axis=1, keys=["a", "b"]).fillna(0)
    assert row["overlap"] == pytest.approx(both.min(axis=1).sum() / both.max(axis=1).sum())
    assert row["low"] <= row["overlap"] <= row["high"]


def test_several_folders_are_read_together(tmp_path: Path) -> None:
    made = list(simulate.parts(8))
    for name, some in (("one", made[:3]), ("two", made[3:])):
        (tmp_path / name).mkdir()
        write_collected(tmp_path / name / "tables", some)
    write_collected(tmp_path / "all", made)
    expected = read(tmp_path / "all").ratings()
    for engine in ("pandas", *ENGINES):
        same(read(str(tmp_path / "*" / "tables"), engine=engine).ratings(), expected)


def test_what_a_broken_export_left_behind_counts_for_nobody(
    journal: Journal, tmp_path: Path
) -> None:
    folder = journal.export_file(tmp_path / "class", format="programme")
    (answers,) = (folder / "answers" / "soc_major=29").iterdir()
    answers.with_name(f"{answers.name[:40]}-00000000.parquet").write_bytes(answers.read_bytes())
    assert read(folder).ratings()["n"].max() == 1


def test_what_cannot_be_read_is_said(tmp_path: Path, simulated: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place, said in (("no such", "no folder"), ("empty", "no programme's folder")):
        with pytest.raises(infonb.InfonbError, match=said):
            read(tmp_path / place)
    with pytest.raises(infonb.InfonbError, match="choose one of pandas, polars, duckdb, pyspark"):
        read(simulated, engine="excel")
    with pytest.raises(infonb.InfonbError, match="choose one of term, cohort"):
        read(simulated).ratings(by="teacher")
    with pytest.raises(infonb.InfonbError, match="between 0 and 1"):
        read(simulated).ratings(level=80)
