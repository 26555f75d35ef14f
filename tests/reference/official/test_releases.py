"""Official releases are read as they come, and refused where a column has another name."""

from __future__ import annotations

import pytest
from made_up_release import ONET, PROJECTIONS, SINCE_30_3, WAGES, renamed, write, zipped

import infonb
from infonb import reference
from infonb.reference.official import store
from infonb.reference.official.install import status, update
from infonb.reference.technologies import detailed_activities


def facts_of(soc: str) -> reference.OccupationFacts:
    facts = reference.occupation(soc)
    assert facts is not None
    return facts


@pytest.mark.parametrize("ending", [".txt", ".xlsx"])
def test_text_and_workbook_releases_give_the_same_figures(home, release, ending):
    update(release(ending))
    facts = facts_of("17-2141")
    assert (facts.employment_k, facts.growth_pct, facts.openings_k) == (300.5, -10.0, 12.3)
    assert (facts.median_wage, facts.wage_p10, facts.wage_p90) == (100500, 70000, 150000)
    assert (facts.education, facts.experience, facts.job_zone) == ("Bachelor's degree", "None", 4)
    assert facts.description == "Design engines. Oversee tests of machines."
    assert [(s.name, s.importance) for s in facts.skills] == [
        ("Mathematics", 4.2),
        ("Reading Comprehension", 3.9),
    ]


def test_every_figure_says_whose_it_is_and_of_when(home, release):
    update(release())
    facts = facts_of("17-2141")
    assert (facts.projections_source, facts.period) == (
        "BLS Employment Projections 2030–40",
        "2030–40",
    )
    assert (facts.wage_source, facts.wage_vintage) == ("BLS OEWS May 2031", "May 2031")
    assert (facts.job_zone_source, facts.job_zone_vintage) == ("O*NET 31.7", "2031-08")
    assert (facts.skills[0].source, facts.skills[0].vintage) == ("O*NET 31.7", "2031-08")
    assert "31.7" in reference.ATTRIBUTION["O*NET"]
    assert "2030–40" in reference.ATTRIBUTION["BLS"] and "May 2031" in reference.ATTRIBUTION["BLS"]


def test_installed_figures_win_and_others_stay(home, release):
    before = facts_of("25-2021")
    update(release())
    assert facts_of("17-2141").growth_pct == -10.0
    assert facts_of("25-2021").growth_pct == before.growth_pct
    assert facts_of("25-2021").projections_source == "BLS Employment Projections 2024–34"


def test_a_period_without_known_bounds_has_growth_but_no_class(home, release):
    update(release())
    assert facts_of("17-2141").outlook is None


def test_an_occupation_that_only_the_release_knows_is_known(home, release):
    update(release())
    gardener = facts_of("99-1001")
    assert (gardener.title, gardener.growth_pct, gardener.education) == (
        "Moon Gardeners",
        300.0,
        None,
    )
    assert gardener.median_wage is None


def test_a_dash_or_a_star_is_missing_and_a_capped_wage_says_so(home, release):
    update(release())
    assert facts_of("27-2011").median_wage is None
    eyes = facts_of("29-1241")
    assert (eyes.employees, eyes.wage_p25, eyes.median_wage) == (None, 150000, None)
    assert eyes.wage_note is not None and "median" in eyes.wage_note


def test_an_occupation_counted_with_others_says_with_which(home, release):
    update(release())
    counselor = facts_of("21-1014")
    assert (counselor.growth_pct, counselor.projections_of) == (10.0, "21-1018")


def test_a_more_detailed_occupation_has_its_own_title_zone_and_ratings(home, release):
    update(release())
    nurse, critical = facts_of("29-1141"), facts_of("29-1141.03")
    assert (critical.title, critical.job_zone) == ("Critical Care Nurses", 5)
    assert critical.median_wage == nurse.median_wage
    assert critical.skills[0].importance == 3.0
    assert nurse.skills[0].importance == 3.5  # the mean, since no general one is rated
    assert reference.importance("29-1141") == {"2.A.1.d": 3.5}


def test_zips_are_read_without_unpacking_them_also_in_folders_and_in_each_other(
    home, release, tmp_path
):
    folder = release()
    wages = tmp_path / "oesm31nat"
    wages.mkdir()
    (folder / "national_M2031_dl.xlsx").rename(wages / "national_M2031_dl.xlsx")
    zipped(folder / "oesm31nat.zip", wages)
    update(zipped(tmp_path / "all.zip", folder))
    assert facts_of("17-2141").median_wage == 100500
    assert facts_of("17-2141").job_zone_source == "O*NET 31.7"


@pytest.mark.parametrize(
    ("name", "rows", "old", "new"),
    [
        ("Job_Zones", ONET["Job Zones"], "Job Zone", "Zone of the Job"),
        ("Skills", ONET["Skills"], "Data Value", "Value"),
        ("occupation", PROJECTIONS, "Employment change, percent, 2030–40", "Growth 2030–40"),
        ("national_M2031_dl", WAGES, "A_MEDIAN", "ANN_MEDIAN"),
    ],
)
def test_a_renamed_column_is_refused_by_file_and_name_and_nothing_changes(
    home, release, name, rows, old, new
):
    folder = release(**{name: renamed(rows, old, new)})
    with pytest.raises(infonb.InfonbError) as refused:
        update(folder)
    said = str(refused.value)
    assert name.replace("_", " ").split()[0] in said and f"“{new}”" in said
    assert old.replace("2030–40", "(period)") in said
    assert store.tables() == {}


def test_columns_of_older_releases_are_known(home, release):
    titles = renamed(ONET["Alternate Titles"], "Alternate Title", "Lay Title")
    folder = release(without=["Alternate Titles"])
    write(folder / "Lay Titles.txt", titles)
    older = renamed(renamed(WAGES, "O_GROUP", "OCC_GROUP"), "OCC_CODE", "occ_code")
    write(folder / "national_M2031_dl.xlsx", older, "national_M2031_dl")
    update(folder)
    assert facts_of("17-2141").median_wage == 100500
    assert reference.match_title("regolith raker")[0].soc == "99-1001"


def newest(folder, ending=".txt", called=str):
    for name, rows in SINCE_30_3.items():
        write(folder / f"{called(name)}{ending}", rows)
    return folder


@pytest.mark.parametrize(
    ("kind", "ending", "called"),
    [
        ("text", ".txt", str),
        ("excel", ".xlsx", str),
        ("csv", ".csv", lambda name: name.lower().replace(" ", "_")),
    ],
)
def test_files_are_known_by_the_names_they_have_since_release_30_3(
    home, tmp_path, kind, ending, called
):
    done = update(
        zipped(tmp_path / "new.zip", newest(tmp_path / f"db_32_0_{kind}", ending, called))
    )
    assert done.unused == []
    skills = facts_of("17-2141").skills
    assert [(s.name, s.importance, s.source) for s in skills] == [
        ("Social Perceptiveness", 4.2, "O*NET 32.0"),
        ("Reading Comprehension", 3.9, "O*NET 32.0"),
    ]
    assert reference.match_title("regolith raker")[0].soc == "99-1001"
    assert reference.match_skill("Lunara DomeWatch")[0].name == "Facilities management software"
    assert detailed_activities() == (("Read moon maps.", "4.A.1.a.1"),)
    missing = " ".join(done.missing)
    assert "Skills" not in missing and "Job Titles" not in missing and "DWAs" not in missing


def test_an_older_release_lacks_nothing_of_the_newer_names(home, release):
    missing = " ".join(update(release()).missing)
    assert "Transferable Skills" not in missing and "Essential Skills" not in missing
    assert "Software Skills" in missing and "Transferable Skills" not in status()


def test_of_two_releases_in_a_folder_the_newer_names_count_and_nothing_stands_twice(
    home, release, tmp_path
):
    release()
    newest(tmp_path / "db_32_0_text")
    update(tmp_path)
    assert [s.name for s in facts_of("17-2141").skills] == [
        "Social Perceptiveness", "Reading Comprehension",
    ]  # fmt: skip


def test_skills_of_before_hold_those_that_carry_over(home, release):
    folder = release()
    write(folder / "Transferable Skills.txt", SINCE_30_3["Transferable Skills"])
    update(folder)
    names = [s.name for s in facts_of("17-2141").skills]
    assert names == ["Mathematics", "Reading Comprehension"]


@pytest.mark.parametrize("ending", [".txt", ".csv", ".xlsx"])
def test_a_release_whose_files_all_have_other_names_is_refused_with_them(home, tmp_path, ending):
    folder = newest(tmp_path / "db_40_0_text", ending, lambda name: f"New {name}")
    with pytest.raises(infonb.InfonbError, match="New Job Titles") as refused:
        update(folder)
    assert "Essential Skills" in str(refused.value) and store.tables() == {}


def test_a_comma_separated_file_cut_off_is_refused(home, tmp_path):
    path = write(tmp_path / "job_zones.csv", ONET["Job Zones"])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(infonb.InfonbError, match=r"job_zones\.csv, row 4 .* cut off"):
        update(path)


def test_missing_files_are_named_with_what_stays_unavailable(home, release):
    done = update(release(without=["Job Zones", "Work Activities", "national_M2031_dl"]))
    said = str(done)
    assert "Job Zones: Job Zones" in said
    assert "top work activities: Work Activities" in said
    assert "oesm25nat.zip" in said
    assert facts_of("99-1001").job_zone is None
    assert "top work activities" in status()


def test_without_a_stated_release_the_source_says_so_unless_one_is_given(home, release, tmp_path):
    folder = release().rename(tmp_path / "files")
    update(folder)
    assert facts_of("17-2141").job_zone_source == "O*NET, release not stated"
    update(folder, onet_release="31.5")
    assert facts_of("17-2141").job_zone_source == "O*NET 31.5"


def test_a_row_that_ends_early_is_a_file_cut_off(home, release):
    folder = release()
    path = folder / "Skills.txt"
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(infonb.InfonbError, match=r"Skills\.txt, row 6 .* cut off"):
        update(folder)


@pytest.mark.parametrize(
    ("name", "says"), [("all.zip", "no whole zip"), ("occupation.xlsx", "no whole Excel")]
)
def test_a_damaged_file_is_named(home, tmp_path, name, says):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 and then the line went dead")
    with pytest.raises(infonb.InfonbError, match=says):
        update(path)


def test_a_cell_that_is_no_number_is_named(home, release):
    rows = [list(row) for row in ONET["Job Zones"]]
    rows[1][2] = "four"
    with pytest.raises(infonb.InfonbError, match=r"Job Zones\.txt.*four"):
        update(release(Job_Zones=rows))


def test_a_folder_without_official_files_is_refused_with_what_is_wanted(home, tmp_path):
    (tmp_path / "holiday.txt").write_text("sun\tsea\n", encoding="utf-8")
    with pytest.raises(infonb.InfonbError, match=r"occupation\.xlsx"):
        update(tmp_path)


def test_detailed_activities_are_there_once_installed(home, release):
    assert detailed_activities() == ()
    update(release())
    assert detailed_activities() == (("Read moon maps.", "4.A.1.a.1"),)
