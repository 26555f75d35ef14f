"""What is missing is never drawn or counted as 0, and what wasn't asked isn't called unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import infonb
from infonb import charts


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Any]:
    with infonb.open(tmp_path / "search.db") as opened:
        yield opened


def talk(journal: Any, occupation: str, *skills: str, soc: str | None = None, **said: Any) -> Any:
    number = len(journal.people())
    about = journal.add_occupation(occupation, soc=soc)
    interview = journal.plan_interview(journal.add_person(f"Person {number}"), about)
    for question, answer in said.items():
        given = {"rating": answer} if isinstance(answer, int) else {"text": answer}
        journal.record_answer(interview, question, **given)
    for skill in skills:
        journal.record_skill(interview, skill)
    journal.finish_interview(interview)
    return interview


def title(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"]["text"])


def rows_with(chart: Any, key: str) -> list[dict[str, Any]]:
    return [row for row in every_row(chart.to_dict()) if key in row]


def every_row(spec: Any) -> Iterator[dict[str, Any]]:
    """The data of all marks, wherever they stand in a chart."""
    if isinstance(spec, dict):
        for name, part in spec.items():
            if name == "values" and isinstance(part, list):
                yield from (row for row in part if isinstance(row, dict))
            elif name == "datasets":
                yield from (row for rows in part.values() for row in rows)
            else:
                yield from every_row(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from every_row(part)


def test_nobody_contradicts_anybody_only_where_two_could(journal: Any) -> None:
    assert journal.findings().sentence("split").startswith("Nobody could contradict anybody yet")
    talk(journal, "Nurse", home_life=1)
    talk(journal, "Electrician", home_life=5)
    assert journal.findings().sentence("split").startswith("Nobody could contradict anybody yet")
    talk(journal, "Nurse", home_life="Only words")
    assert journal.findings().sentence("split").startswith("Nobody could contradict anybody yet")
    talk(journal, "Nurse", home_life=2)
    assert journal.findings().sentence("split").startswith("Nobody contradicts anybody in the one")


def test_an_overlap_that_nobody_can_know_has_no_dot(journal: Any) -> None:
    talk(journal, "Nurse", "patience", "listening")
    talk(journal, "Electrician", "patience")
    chart = charts.overlap(journal.findings())
    assert title(chart) == "Nurse and Electrician share one skill"
    assert "With so few lists there is nothing to compare" in chart.to_dict()["description"]
    assert not rows_with(chart, "between") and not rows_with(chart, "within")


def test_who_named_no_skill_is_in_no_denominator(journal: Any) -> None:
    journal.add_strength("patience")
    talk(journal, "Nurse", "patience")
    talk(journal, "Nurse", "listening")
    talk(journal, "Nurse", home_life=4)
    talk(journal, "Electrician", home_life=4)
    findings = journal.findings()
    fit = findings.strengths_fit().set_index("occupation")
    assert (fit.loc["Nurse", "people"], fit.loc["Nurse", "of"]) == (1, 2)
    assert pd.isna(fit.loc["Electrician", "people"]) and fit.loc["Electrician", "of"] == 0
    assert set(findings.skills_by_occupation()["of"]) == {2}
    chart = charts.strengths(findings)
    drawn = {row["occupation"] for row in rows_with(chart, "strength") if row.get("people") == 0}
    assert "Electrician" not in drawn
    assert "Empty: no skill is noted there yet" in " ".join(chart.to_dict()["title"]["subtitle"])


def test_nobody_mentioned_is_said_only_where_somebody_named_skills(
    journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        infonb.reference, "importance", lambda soc: {"2.A.1.d": 4.12} if soc else {}
    )
    talk(journal, "Registered nurse", home_life=4, soc="29-1141")
    needs = journal.findings().skill_needs()
    assert needs["people"].isna().tolist() == [True]
    assert needs["ask"].iloc[0].startswith("No skill is noted here yet; O*NET rates Speaking 4.1")
    charts.skill_gap(journal.findings()).to_dict()


def test_who_was_not_asked_for_skills_does_not_saturate(journal: Any) -> None:
    talk(journal, "Nurse", "patience", "listening", "lifting")
    before = journal.findings().saturation()["next_skills"].iloc[0]
    for _ in range(3):
        talk(journal, "Nurse", home_life=4)
    found = journal.findings().saturation()
    assert found["next_skills"].iloc[0] == pytest.approx(before)
    assert found["new_skills"].isna().tolist() == [False, True, True, True]
    assert found["known_themes"].isna().all() and found["next_themes"].isna().all()
    chart = charts.saturation(journal.findings())
    assert "Hardly anything new" not in title(chart)
    assert "three skills from one person" in chart.to_dict()["description"]


def test_not_asked_is_told_from_not_rated(journal: Any) -> None:
    talk(journal, "Nurse", home_life=4, outlook=3)
    talk(journal, "Electrician", home_life=4, outlook="Who knows")
    talk(journal, "Baker", home_life=2)
    chart = charts.ratings(journal.findings())
    assert {(row["occupation"], row["said"]) for row in rows_with(chart, "said")} == {
        ("Electrician", "not rated"), ("Baker", "not asked"),
    }  # fmt: skip


def test_official_figures_are_counted_where_there_are_any(journal: Any) -> None:
    talk(journal, "Registered nurse", soc="29-1141", path_in="School", outlook=4)
    talk(journal, "Wind turbine technician", soc="49-9081", path_in="School")
    talk(journal, "Donkey whisperer", path_in="By chance", outlook=3)
    findings = journal.findings()
    known = int(findings.pathways().drop_duplicates("occupation")["education"].notna().sum())
    assert known == 2
    assert "of two occupations with official figures" in title(charts.pathways(findings))
    assert title(charts.outlook(findings)).endswith("differ for Registered nurse")


def test_without_a_projection_nothing_is_said_to_agree_with_it(journal: Any) -> None:
    talk(journal, "Donkey whisperer", outlook=3)
    chart = charts.outlook(journal.findings())
    assert "no projection stands beside" in title(chart) or "no official" in title(chart)
    assert not [row for row in rows_with(chart, "growth") if row["growth"] == 0]
