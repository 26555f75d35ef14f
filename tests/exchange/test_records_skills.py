"""Skills of one's own keep what they mean through a file, with names and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import reference


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Any]:
    """Two beekeepers whose phrases were joined, one skill of the catalogue, two strengths."""
    with infonb.open(tmp_path / "bees.db") as opened:
        occupation = opened.add_occupation("Beekeeper")
        for name, phrases in (
            ("Ada Confidential", ("humming like Confidential", "spotting trouble in a crowd")),
            ("Bo Discreet", ("singing to bees", "reading the smoke")),
        ):
            interview = opened.plan_interview(opened.add_person(name), occupation)
            said = [opened.record_skill(interview, phrase) for phrase in phrases]
            opened.finish_interview(interview)
            own = opened.skill_aliases().get("humming like Confidential")
            opened.confirm_skill(said[0], own)
        opened.confirm_skill(said[1], "own:senses")
        opened.add_strength("whistling", skill_id=opened.skill_aliases()["singing to bees"])
        yield opened


@pytest.mark.parametrize("redact", [True, False])
def test_phrases_joined_by_hand_stay_joined_in_another_journal(
    journal: Any, tmp_path: Path, redact: bool
) -> None:
    journal.export_file(tmp_path / "bees.jsonl", redact=redact)
    with infonb.open(tmp_path / "other.db") as other:
        assert other.import_file(tmp_path / "bees.jsonl").problems == []
        named = other.findings().skills_by_occupation()
        joined = named[named["people"] == 2].iloc[0]
        assert joined["kind"] == "own" and joined["strength"]
        assert ("Confidential" in joined["skill"]) is not redact
        assert set(named["skill"]) >= {reference.skill("own:senses").name}  # pyright: ignore
        aliases = other.skill_aliases()
        assert len(aliases) == 3 and len(set(aliases.values())) == 2
        match = reference.match_skill("Singing  to BEES", aliases=aliases)[0]
        assert match.kind == "own" and match.confident
        assert (
            journal.findings(redact=redact)
            .skill_overlap()
            .equals(other.findings(redact=redact).skill_overlap())
        )


@pytest.mark.parametrize("redact", [True, False])
def test_a_journals_own_file_changes_nothing_in_it(
    journal: Any, tmp_path: Path, redact: bool
) -> None:
    before = journal.rows()
    journal.export_file(tmp_path / "bees.jsonl", redact=redact)
    report = journal.import_file(tmp_path / "bees.jsonl")
    assert (report.added, report.problems) == (0, [])
    after = journal.rows()
    for table in ("skill_mention", "strength"):
        assert after[table] == before[table]


def test_a_file_taken_on_leaves_again_the_same(journal: Any, tmp_path: Path) -> None:
    journal.export_file(tmp_path / "first.jsonl", redact=False)
    with infonb.open(tmp_path / "other.db") as other:
        other.import_file(tmp_path / "first.jsonl")
        other.export_file(tmp_path / "again.jsonl", redact=False)
    assert (tmp_path / "again.jsonl").read_text(encoding="utf-8") == (
        tmp_path / "first.jsonl"
    ).read_text(encoding="utf-8")


def test_forgetting_who_said_it_leaves_the_skill_and_takes_the_name(journal: Any) -> None:
    ada = next(person for person in journal.people() if person.name == "Ada Confidential")
    shared = journal.skill_aliases()["singing to bees"]
    journal.forget(ada)
    aliases = journal.skill_aliases()
    assert not any("Confidential" in phrase for phrase in aliases)
    assert list(aliases.values()).count(shared) == 2
    named = journal.findings().skills_by_occupation()
    assert named[named["people"] == 2]["strength"].tolist() == [True]
    assert not named["skill"].str.contains("Confidential").any()


def test_removing_the_interview_that_named_it_leaves_the_others_words(journal: Any) -> None:
    first = journal.interviews()[0]
    journal.remove(first)
    named = journal.findings().skills_by_occupation()
    assert "singing to bees" in named["skill"].tolist()
    assert journal.check() == []
