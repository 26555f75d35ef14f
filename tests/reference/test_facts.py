"""Official figures are given with their source and vintage, and never guessed."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from infonb import reference
from infonb.reference import OutlookClass, occupation, occupations, outlook_class

SAMPLE_OCCUPATIONS = [
    "15-1252",
    "17-1012",
    "17-2141",
    "19-2021",
    "25-2021",
    "25-4022",
    "27-1024",
    "29-1122",
    "29-1141",
    "31-2021",
    "49-9081",
]


def facts_of(soc: str) -> reference.OccupationFacts:
    facts = occupation(soc)
    assert facts is not None
    return facts


@pytest.mark.parametrize("soc", SAMPLE_OCCUPATIONS)
def test_every_occupation_of_the_samples_has_its_facts(soc):
    facts = facts_of(soc)
    assert facts.soc == soc
    assert facts.wage_p10 < facts.wage_p25 < facts.median_wage < facts.wage_p75 < facts.wage_p90
    assert facts.job_zone in {1, 2, 3, 4, 5}


def test_every_occupation_in_the_sample_files_is_covered():
    folder = Path(__file__).parents[2] / "sample_data"
    codes = {
        code
        for path in folder.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if (code := json.loads(line).get("soc"))
    }
    assert codes == set(SAMPLE_OCCUPATIONS)


# jobs and openings in thousands, growth in per cent, wage in dollars: as the agencies publish them
@pytest.mark.parametrize(
    ("soc", "employment", "growth", "openings", "wage", "zone", "education"),
    [
        ("17-2141", 293.1, 9.1, 18.1, 104110, 4, "Bachelor's degree"),
        ("25-2021", 1422.7, -2.0, 91.0, 63970, 4, "Bachelor's degree"),
        ("25-4022", 142.1, 1.7, 13.5, 68270, 5, "Master's degree"),
        ("29-1122", 160.0, 13.8, 10.2, 100330, 5, "Master's degree"),
        ("49-9081", 13.6, 49.9, 2.3, 64120, 3, "Postsecondary nondegree award"),
    ],
)
def test_figures_are_those_published(soc, employment, growth, openings, wage, zone, education):
    facts = facts_of(soc)
    assert (facts.employment_k, facts.growth_pct, facts.openings_k) == (
        employment,
        growth,
        openings,
    )
    assert (facts.median_wage, facts.job_zone, facts.education) == (wage, zone, education)


@pytest.mark.parametrize("soc", SAMPLE_OCCUPATIONS)
def test_each_family_of_figures_names_source_and_vintage(soc):
    facts = facts_of(soc)
    assert (facts.period, facts.projections_source) == (
        "2024–34",
        "BLS Employment Projections 2024–34",
    )
    assert (facts.wage_vintage, facts.wage_source) == ("May 2025", "BLS OEWS May 2025")
    assert facts.title_source == "O*NET 30.2"
    assert facts.job_zone_source == "O*NET 29.3"
    assert facts.job_zone_vintage is not None


@pytest.mark.parametrize(
    "written", ["17-2141", "17-2141.00", " 17-2141 ", "172141", "17–2141", "17‑2141"]
)
def test_a_code_is_found_however_it_is_written(written):
    assert occupation(written) == facts_of("17-2141")


@pytest.mark.parametrize(
    "unknown",
    [None, "", "99-9999", "17-214", "17-21411", "17-2141.0", "mechanical engineer", "١٧-٢١٤١"],
)
def test_what_is_not_known_is_none(unknown):
    assert occupation(unknown) is None


def test_a_more_detailed_occupation_gets_the_broader_figures_but_not_its_job_zone():
    nurse, critical_care = facts_of("29-1141"), facts_of("29-1141.03")
    assert critical_care.title == nurse.title
    assert critical_care.growth_pct == nurse.growth_pct
    assert nurse.job_zone is not None
    assert critical_care.job_zone is None
    assert critical_care.job_zone_source is None


def test_facts_can_not_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        facts_of("17-2141").growth_pct = 0.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("growth", "name", "score"),
    [
        (-100, "decline", 1),
        (-1, "decline", 1),
        (-0.9, "little or no change", 1.8),
        (0, "little or no change", 1.8),
        (0.9, "little or no change", 1.8),
        (1, "slower than average", 2.6),
        (2.9, "slower than average", 2.6),
        (3, "as fast as average", 3.4),
        (4.9, "as fast as average", 3.4),
        (5, "faster than average", 4.2),
        (6.9, "faster than average", 4.2),
        (7, "much faster than average", 5),
        (49.9, "much faster than average", 5),
    ],
)
def test_growth_has_the_class_its_bounds_give(growth, name, score):
    assert outlook_class(growth, "2024–34") == OutlookClass(name, score)


@pytest.mark.parametrize(
    ("between", "as_if"),
    [
        (-0.95, -1.0),
        (-0.94, -0.9),
        (0.94, 0.9),
        (0.95, 1.0),
        (2.94, 2.9),
        (2.95, 3.0),
        (4.94, 4.9),
        (4.95, 5.0),
        (6.94, 6.9),
        (6.95, 7.0),
    ],
)
def test_growth_between_two_published_decimals_is_rounded_to_one(between, as_if):
    assert outlook_class(between, "2024–34") == outlook_class(as_if, "2024–34")


@pytest.mark.parametrize("growth", [None, float("nan"), float("inf"), float("-inf")])
def test_without_a_growth_there_is_no_class(growth):
    assert outlook_class(growth, "2024–34") is None


@pytest.mark.parametrize("period", [None, "", "2034–44"])
def test_bounds_of_one_release_are_not_used_for_another(period):
    assert outlook_class(9.1, period) is None


def test_the_outlook_of_an_occupation_is_that_of_its_growth():
    assert facts_of("25-2021").outlook == OutlookClass("decline", 1)
    assert facts_of("19-2021").outlook == OutlookClass("little or no change", 1.8)
    without = dataclasses.replace(facts_of("25-2021"), growth_pct=None)
    assert without.outlook is None


def test_the_frame_has_one_tidy_row_per_occupation():
    frame = occupations()
    assert set(SAMPLE_OCCUPATIONS) <= set(frame.soc)
    assert frame.soc.is_unique and frame.soc.is_monotonic_increasing
    row = frame.set_index("soc").loc["29-1141"]
    assert (row.outlook_class, row.outlook_score) == ("as fast as average", 3.4)
    assert row.median_wage == facts_of("29-1141").median_wage


def test_the_frame_has_nullable_arrow_numbers_and_plain_text():
    kinds = {str(kind) for kind in occupations().dtypes}
    assert kinds == {"str", "int64[pyarrow]", "double[pyarrow]"}


def test_a_frame_once_changed_does_not_change_the_next():
    frame = occupations()
    frame["growth_pct"] = 0.0
    assert occupations().growth_pct.dropna().ne(0).all()


def test_missing_figures_stay_missing_in_record_and_frame():
    facts = facts_of("55-3016")
    given = {k for k, v in dataclasses.asdict(facts).items() if v is not None}
    assert given == {"soc", "title", "title_source"}
    row = occupations().set_index("soc").loc["55-3016"]
    assert row.notna().sum() == 2


def test_an_occupation_without_projection_has_its_wages_and_no_outlook():
    plumber = facts_of("47-2152")
    assert (plumber.growth_pct, plumber.openings_k, plumber.outlook) == (None, None, None)
    assert plumber.wage_p10 < plumber.median_wage < plumber.wage_p90
    assert (plumber.wage_source, plumber.wage_vintage) == ("BLS OEWS May 2025", "May 2025")


def test_figures_of_a_broader_occupation_say_so():
    counselor = facts_of("21-1014")
    assert counselor.title == "Mental Health Counselors"
    assert counselor.wages_of == "21-1018"
    assert counselor.median_wage == facts_of("21-1018").median_wage


def test_wages_that_are_not_published_are_missing():
    actors = facts_of("27-2011")
    assert (actors.median_wage, actors.wage_p90) == (None, None)


def test_groups_of_occupations_are_no_occupations():
    assert not {"21-1018", "13-1020"} & set(occupations().soc)


def test_agencies_are_credited_as_they_ask():
    onet = reference.ATTRIBUTION["O*NET"]
    assert "U.S. Department of Labor, Employment and Training Administration" in onet
    assert "CC BY 4.0" in onet
    assert "has not approved, endorsed, or tested" in onet
    for source in {facts_of(soc).job_zone_source for soc in SAMPLE_OCCUPATIONS}:
        assert source.removeprefix("O*NET ") in onet
    assert "2024–34" in reference.ATTRIBUTION["BLS"]
    assert "May 2025" in reference.ATTRIBUTION["BLS"]


def test_looking_up_an_occupation_loads_no_pandas():
    code = (
        "import sys; from infonb.reference import occupation; occupation('17-2141').outlook; "
        "sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
