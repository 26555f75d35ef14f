"""Skills that mean the same count as one; guesses never count; what is missing is a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import infonb
import infonb.reference


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Any]:
    with infonb.open(tmp_path / "skills.db") as opened:
        yield opened


def log(journal: Any, occupation: str, *phrases: str, soc: str | None = None) -> list[Any]:
    interview = journal.plan_interview(
        journal.add_person("A. Person"), journal.add_occupation(occupation, soc=soc)
    )
    mentions = [
        journal.record_skill(interview, phrase, rank=rank if rank < 4 else None)
        for rank, phrase in enumerate(phrases, 1)
    ]
    journal.finish_interview(interview)
    return mentions


def test_two_people_in_other_words_share_all_three(journal: Any) -> None:
    log(journal, "Nurse", "talking to people", "Excel", "staying calm")
    log(journal, "Clerk", "communication", "spreadsheets", "patience")
    overlap = journal.findings().skill_overlap().iloc[0]
    assert overlap["shared"] == 3
    named = journal.findings().skills
    assert not named["confirmed"].any()
    assert named["skill"].tolist() == ["Speaking", "Microsoft Excel", "Self-Control"] * 2


def test_a_guess_is_proposed_and_never_counted(journal: Any) -> None:
    log(journal, "Nurse", "taking care of four toddlers")
    log(journal, "Teacher", "taking care of two dozen toddlers")
    findings = journal.findings()
    assert findings.skills["skill"].isna().all()
    assert findings.skill_overlap().iloc[0]["shared"] == 0
    assert findings.skill_proposals()["perhaps"].tolist()[0] == "Assisting and Caring for Others"


def test_what_is_confirmed_once_holds_for_the_same_words_elsewhere(journal: Any) -> None:
    mine, _ = log(journal, "Nurse", "small steps", "jokes at the right time")
    log(journal, "Therapist", "Small  steps")
    journal.confirm_skill(mine, "2.A.2.c")
    assert journal.skill_aliases() == {"small steps": "2.A.2.c"}
    named = journal.findings().skills
    assert named[named["skill"] == "Learning Strategies"]["confirmed"].tolist() == [True, False]


def test_kept_as_said_is_a_skill_of_ones_own_that_others_can_join(journal: Any) -> None:
    first, second = log(journal, "Beekeeper", "humming with the bees", "singing to bees")
    journal.confirm_skill(first, None)
    own = journal.skill_aliases()["humming with the bees"]
    journal.confirm_skill(second, own)
    named = journal.findings().skills_by_occupation()
    assert named["skill"].tolist() == ["humming with the bees"]
    assert named["phrases"].tolist() == ["humming with the bees; singing to bees"]


def test_keeping_as_said_overrules_the_look_up(journal: Any) -> None:
    (mention,) = log(journal, "Smith", "patience")
    journal.confirm_skill(mention, None)
    assert journal.findings().skills["skill"].isna().all()


def test_a_confirmation_can_be_undone(journal: Any) -> None:
    (mention,) = log(journal, "Smith", "keeping my head")
    journal.confirm_skill(mention, "1.C.4.a")
    journal.undo()
    assert journal.skill_aliases() == {}


def test_a_persons_name_in_a_skill_of_ones_own_is_redacted(journal: Any) -> None:
    (mention,) = log(journal, "Smith", "doing it like A. Person")
    journal.confirm_skill(mention, None)
    shown = journal.findings(redact=True).skills_by_occupation()["skill"].tolist()
    assert "Person" not in shown[0]


def test_strengths_are_set_against_what_people_name(journal: Any) -> None:
    journal.add_strength("staying calm")
    journal.add_strength("juggling chainsaws")
    log(journal, "Nurse", "patience", "listening")
    log(journal, "Clerk", "filing")
    fit = journal.findings().strengths_fit()
    used = fit[fit["people"] > 0]
    assert used[["strength", "occupation"]].to_numpy().tolist() == [["staying calm", "Nurse"]]
    assert len(fit) == 4
    needs = journal.findings().skill_needs()
    assert needs[needs["strength"]]["skill"].tolist() == ["Self-Control"]
    assert set(needs[~needs["strength"]]["skill"]) == {"Active Listening", "Administrative"}


def test_what_onet_rates_high_and_nobody_said_is_a_question(
    journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rated = {"29-1141": {"2.A.1.b": 4.25, "2.A.1.d": 4.12, "2.B.3.e": 1.2}}
    monkeypatch.setattr(infonb.reference, "importance", lambda soc: rated.get(soc, {}))
    log(journal, "Registered nurse", "listening", soc="29-1141")
    needs = journal.findings().skill_needs()
    assert needs["skill"].tolist() == ["Active Listening", "Speaking"]
    assert needs["importance"].tolist() == [4.25, 4.12]
    assert needs["people"].tolist() == [1, 0]
    assert needs["ask"].tolist()[1].startswith("Nobody mentioned Speaking, but O*NET rates it 4.1")
    assert needs["ask"].isna().tolist() == [True, False]


def test_charts_say_what_is_missing_in_words(journal: Any) -> None:
    from infonb import charts

    assert "No skills" in charts.skill_gap(journal.findings()).to_dict()["title"]["text"][0]
    assert "No strengths" in charts.strengths(journal.findings()).to_dict()["title"]["text"][0]
    log(journal, "Nurse", "patience")
    assert "None of" in charts.skill_gap(journal.findings()).to_dict()["title"]["text"][0]
    journal.add_strength("staying calm")
    for chart in (charts.skill_gap, charts.strengths, charts.skills, charts.overlap):
        assert chart(journal.findings()).to_dict()["description"]
