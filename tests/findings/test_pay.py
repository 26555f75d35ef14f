"""Pay in the nation and where one would live: as published, and what isn't says so."""

from __future__ import annotations

import pytest

import infonb
from infonb import charts, reference, report


@pytest.fixture
def journal(tmp_path):
    with infonb.open(tmp_path / "own.db") as made:
        yield made


CODES = {"Nurse": "29-1141", "Actor": "27-2011", "Athlete": "27-2021", "Baker": None}


@pytest.fixture
def paid(journal):
    for title, soc in CODES.items():
        journal.add_occupation(title, soc=soc)
    return journal


def said(journal, title: str, question: str, text: str, weight: float | None = None):
    occupation = next(o for o in journal.occupations() if o.title == title)
    talk = journal.plan_interview(journal.add_person("Ada L."), occupation)
    journal.record_answer(talk, question, text=text)
    journal.finish_interview(talk, weight=weight, date="2026-03-02")


def test_without_a_state_there_is_the_nation_alone(paid):
    assert paid.state is None
    assert set(paid.findings().pay()["place"]) == {"United States"}


def test_figures_are_those_of_the_survey_in_both_places(paid):
    paid.set_state(" california ")
    assert paid.state == "California" == paid.findings().state
    found = paid.findings().pay().set_index(["occupation", "place"])
    for place in reference.wages("29-1141", "California"):
        row = found.loc[("Nurse", place.place)]
        assert [int(row[n]) for n in ("wage_p10", "median_wage", "wage_p90")] == [
            place.p10, place.median, place.p90,
        ]  # fmt: skip
        assert row["source"] == place.source and bool(row["local"]) == (
            place.place != "United States"
        )


def test_what_is_not_published_is_missing_and_says_why(paid):
    paid.set_state("California")
    found = paid.findings().pay().set_index(["occupation", "place"])
    assert "not released" in found.loc[("Actor", "California"), "note"]
    assert found.loc[("Actor", "California")][["wage_p10", "median_wage"]].isna().all()
    assert found.loc[("Baker", "California"), "note"] == "no official figures"


def test_the_state_can_be_changed_and_left_out_and_must_be_one(paid):
    paid.set_state("Ohio")
    with pytest.raises(infonb.InfonbError, match="Bavaria"):
        paid.set_state("Bavaria")
    assert paid.state == "Ohio"
    paid.set_state(None)
    assert paid.state is None


def test_first_jobs_are_what_people_named_of_them(paid):
    said(paid, "Nurse", "entry_level", "Graduates start at $62,000, on nights $68k.")
    said(paid, "Nurse", "entry_level", "You earn $30 an hour at first.")
    said(paid, "Nurse", "entry_level", "I was paid $20,000 back then.", weight=0)
    said(paid, "Nurse", "advancement", "A head nurse makes $120,000.")
    nurse = next(o for o in paid.occupations() if o.title == "Nurse")
    paid.set_expectation(nurse, "start_pay", 70000)
    row = paid.findings().pay().iloc[0]
    assert row[["first_jobs_low", "first_jobs_high", "first_jobs_n"]].tolist() == [62000, 68000, 2]
    assert row["expected"] == 70000
    page = report.occupation(paid.findings(), "Nurse")._repr_html_()
    assert "two people named $62,000 to $68,000; I expected $70,000" in page
    assert "the lowest tenth of all in it earn up to $" in page


@pytest.mark.parametrize("state", [None, "California", "Wyoming"])
def test_the_lowest_tenth_is_never_called_what_one_starts_with(paid, state):
    paid.set_state(state)
    nurse = paid.occupations()[0]
    paid.set_expectation(nurse, "start_pay", 70000)
    said(paid, "Nurse", "entry_level", "Graduates start at $62,000.")
    findings = paid.findings()
    spec = charts.wages(findings).to_dict()
    words = " ".join([*spec["title"]["text"], *spec["title"]["subtitle"], spec["description"]])
    page = report.occupation(findings, "Nurse")._repr_html_()
    for text in (words.lower(), page.lower()):
        assert "entry pay" not in text and "starting pay" not in text
        assert "lowest tenth of beginners" not in text


def test_the_chart_draws_both_places_and_says_what_is_missing(paid):
    paid.set_state("California")
    spec = charts.wages(paid.findings()).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data]
    ticks = {row["occupation"]: row["local_median"] for row in rows if "local_median" in row}
    assert ticks == {"Nurse": 140.27, "Athlete": 79.04}
    notes = {row["occupation"]: row["note"] for row in rows if "note" in row}
    assert notes["Actor"] == "no official figures; here not released"
    assert notes["Athlete"].endswith("; here $79,040, top: $239,200 or more")
    assert notes["Baker"] == "no official figures; here no official figures"
    assert "the same in California" in " ".join(spec["title"]["subtitle"])
    assert not spec["title"]["text"][0].count("California"), "the title is of the nation"


def test_both_pages_say_what_it_pays_there(paid):
    paid.set_state("California")
    said(paid, "Nurse", "home_life", "Nights")
    page = report.occupation(paid.findings(), "Nurse")._repr_html_()
    assert "In California: $140,270" in page
    compared = report.side_by_side(paid.findings())._repr_html_()
    assert "in California $140,000" in compared


def test_a_file_brings_the_state_where_none_is_chosen(paid, tmp_path):
    paid.set_state("Ohio")
    file = paid.export_file(tmp_path / "x.jsonl", redact=False)
    assert "Ohio" not in paid.export_file(tmp_path / "bare.jsonl").read_text(encoding="utf-8")
    with infonb.open(tmp_path / "other.db") as other:
        other.import_file(file)
        assert other.state == "Ohio"
        other.set_state("Utah")
        other.import_file(file)
        assert other.state == "Utah"


@pytest.mark.parametrize(("line", "problem"), [
    ('{"kind": "setting", "setting": "state", "value": "Bavaria"}', "no state"),
    ('{"kind": "setting", "setting": "today", "value": "2026-01-01"}', "is no setting"),
    ('{"kind": "setting", "setting": "state"}', "value"),
])  # fmt: skip
def test_a_file_with_another_setting_is_refused(journal, tmp_path, line, problem):
    file = tmp_path / "x.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(infonb.InfonbError, match=problem):
        journal.import_file(file)
    assert journal.state is None
