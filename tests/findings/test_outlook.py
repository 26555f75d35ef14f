"""What people said of outlook, wages and education stands beside the figures, as a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import infonb
from infonb.findings.outlook import education_in, wages_in


@pytest.fixture
def journal(tmp_path):
    with infonb.open(tmp_path / "j.db") as journal:
        yield journal


def ask(journal, title, soc, weight=None, **answers):
    occupation = journal.add_occupation(title, soc=soc)
    interview = journal.plan_interview(journal.add_person("Sam"), occupation)
    for question, said in answers.items():
        given = {"rating": said} if isinstance(said, int) else {"text": said}
        journal.record_answer(interview, question, **given)
    journal.finish_interview(interview, weight=weight)


def row(journal, title):
    return journal.findings().outlook().set_index("occupation").loc[title]


def test_hope_beside_a_decline_is_a_question_not_an_error(journal):
    for _ in range(3):
        ask(journal, "Teacher", "25-2021", outlook=5)
    found = row(journal, "Teacher")
    assert (found.official_class, found.official_score, found.growth_pct) == ("decline", 1, -2.0)
    assert "ask what they see" in found.gap


def test_agreement_with_the_projection_is_no_question(journal):
    for _ in range(3):
        ask(journal, "Engineer", "17-2141", outlook=5)
    assert row(journal, "Engineer").gap != row(journal, "Engineer").gap  # missing


@pytest.mark.parametrize(
    ("said", "asked"),  # chances of .805 and .842 beside a decline, of .796 and .742
    [((1, 3), True), ((1, 2, 3), True), ((1, 1, 5), False), ((1, 1, 4), False)],
)
def test_a_gap_is_asked_about_from_a_chance_of_eight_in_ten(journal, said, asked):
    for rating in said:
        ask(journal, "Teacher", "25-2021", outlook=rating)
    found = row(journal, "Teacher")
    assert found.official_score == 1
    assert (found.gap == found.gap) is asked, found.gap


def test_a_wage_somebody_named_stands_beside_the_spread(journal):
    ask(journal, "Engineer", "17-2141", entry_level="You start at $72k, seniors make $230,000.")
    found = row(journal, "Engineer")
    assert (found.wage_said_low, found.wage_said_high) == (72000, 230000)
    assert found.wage_p90 < 230000 and "$230,000" in found.wage_gap


def test_education_people_named_stands_beside_the_typical_one(journal):
    ask(journal, "Librarian", "25-4022", preparation="A bachelor's got me in.")
    ask(journal, "Librarian", "25-4022", path_in="I had my bachelor's and a lucky week.")
    found = row(journal, "Librarian")
    assert found.education == "Master's degree"
    assert found.education_said == "Bachelor's degree (2)"
    assert "master's degree" in found.education_gap and "ask" in found.education_gap


def test_one_voice_on_education_is_no_gap(journal):
    ask(journal, "Librarian", "25-4022", preparation="A bachelor's got me in.")
    assert row(journal, "Librarian").education_gap != row(journal, "Librarian").education_gap


def test_people_with_weight_zero_do_not_count(journal):
    ask(journal, "Engineer", "17-2141", weight=0, outlook=1, entry_level="It pays $900 an hour.")
    found = row(journal, "Engineer")
    assert found.n == 0 and str(found.wage_said_low) == "<NA>"


@pytest.mark.parametrize("soc", [None, "99-9999", "not a code"])
def test_an_occupation_without_a_known_code_has_what_was_said_and_no_figures(journal, soc):
    if soc is None or soc == "99-9999":
        ask(journal, "Beekeeping coach", soc, outlook=4, entry_level="It pays $20,000 a year.")
        found = row(journal, "Beekeeping coach")
        assert found.n == 1 and found.wage_said_low == 20000
        official = ["official_class", "growth_pct", "median_wage", "education", "source", "gap"]
        assert found[official].isna().all()
    else:
        with pytest.raises(infonb.InfonbError):
            journal.add_occupation("Beekeeping coach", soc=soc)


def test_wages_without_a_projection_are_shown_with_their_source(journal):
    ask(journal, "Plumber", "47-2152", outlook=4)
    found = row(journal, "Plumber")
    assert found.wage_p10 < found.wage_p25 < found.median_wage < found.wage_p75 < found.wage_p90
    assert found.source == "BLS OEWS May 2025" and str(found.growth_pct) == "<NA>"


@pytest.mark.parametrize(
    ("text", "wages"),
    [
        ("You earn 55k to 60k.", [55000, 60000]),
        ("The pay is $41,500 a year.", [41500]),
        ("$25.50 per hour, paid weekly", [53040]),
        ("The machine cost $80,000.", []),
        ("A budget of $2,000,000 and good pay.", []),
        ("We ran 10k last Sunday.", []),
        ("In 2019 I earned my degree.", []),
    ],
)
def test_only_what_is_plainly_pay_is_taken_for_it(text, wages):
    assert wages_in(text) == wages


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("An associate degree is enough.", ["Associate's degree"]),
        ("Masters degree or PhD", ["Master's degree", "Doctoral or professional degree"]),
        ("A master carpenter taught me as an apprentice.", ["Apprenticeship"]),
        ("My associates were kind.", []),
    ],
)
def test_only_degrees_by_name_are_education(text, levels):
    assert education_in(text) == levels


@given(st.text())
def test_any_text_can_be_read_for_figures(text):
    assert all(10_000 <= wage <= 600_000 for wage in wages_in(text))
    education_in(text)
