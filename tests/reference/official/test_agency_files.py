"""Against the agencies' own files, which are no part of infonb: `make test-official`."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from infonb import reference
from infonb.reference.official.install import update

pytestmark = pytest.mark.official

CHECKS = "checks.csv"


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    named = os.environ.get("INFONB_OFFICIAL")
    assert named, "Set INFONB_OFFICIAL to the folder of the agencies' files (onet/ and bls/)."
    folder = Path(named)
    assert folder.is_dir(), f"INFONB_OFFICIAL names {folder}, which is no folder."
    patch = pytest.MonkeyPatch()
    patch.setenv("INFONB_REFERENCE_DIR", str(tmp_path_factory.mktemp("installed")))
    update(folder)
    yield folder
    patch.undo()


def checks(official: Path) -> list[dict[str, str]]:
    found = [place / CHECKS for place in (official, official.parent) if (place / CHECKS).exists()]
    assert found, f"There is no {CHECKS} in {official} or beside it."
    with found[0].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_twenty_occupations_are_right_to_the_digit(official):
    rows = checks(official)
    assert len(rows) == 20
    for row in rows:
        facts = reference.occupation(row["soc"])
        assert facts is not None
        assert facts.title == row["title"]
        assert facts.employment_k == float(row["emp_2024_k"])
        assert facts.growth_pct == float(row["growth_pct_2024_34"])
        assert facts.openings_k == float(row["annual_openings_k"])
        assert facts.education == row["education"]
        assert facts.job_zone == int(row["job_zone"])
        assert facts.median_wage == float(row["median_wage_2025"])
        assert (facts.period, facts.wage_vintage) == ("2024–34", "May 2025")


def test_every_occupation_with_figures_has_their_source(official):
    known = reference.occupations()
    for figure, source in (
        ("growth_pct", "projections_source"), ("median_wage", "wage_source"),
        ("job_zone", "job_zone_source"),
    ):  # fmt: skip
        assert known.loc[known[figure].notna(), source].notna().all()
    assert known["growth_pct"].notna().sum() > 800


def test_most_important_skills_and_knowledge_are_there(official):
    facts = reference.occupation("17-2141")
    assert facts is not None
    assert facts.knowledge[0].name == "Design" and facts.knowledge[0].importance == 4.5
    assert len(facts.skills) == 35 and len(facts.knowledge) == 33


def test_titles_typed_in_haste_find_their_occupation_among_sixty_thousand(official):
    typed = Path(__file__).parents[2] / "data" / "typed_titles.csv"
    with typed.open(encoding="utf-8", newline="") as file:
        rows = [(row["title"], set(row["soc"].split("|"))) for row in csv.DictReader(file)]
    found = [[match.soc for match in reference.match_title(said)] for said, _ in rows]
    first = sum(socs[:1] != [] and socs[0] in right for socs, (_, right) in zip(found, rows,
                                                                               strict=True))  # fmt: skip
    five = sum(not right.isdisjoint(socs) for socs, (_, right) in zip(found, rows, strict=True))
    assert first / len(rows) >= 0.9 and five / len(rows) >= 0.96
