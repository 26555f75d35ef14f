"""What one tried oneself is shown apart as first-hand, and counts nowhere."""

from __future__ import annotations

import json

import icalendar
import pandas as pd
import pytest

import infonb
from infonb import charts, follow_up, method, report
from infonb.findings.snapshot import SENTENCES

QUESTIONS = ("typical_day", "home_life", "enjoy_most", "preparation")


def tried(journal, occupation, rating: int, date: str = "2026-06-02"):
    """A day of it, rated the same on every question, with all that an interview can hold."""
    day = journal.record_trial(occupation, date=date)
    for question in QUESTIONS:
        journal.record_answer(day, question, text="On my feet, at 85,000 a year", rating=rating)
    journal.record_skill(day, "a skill that nobody named", rank=1)
    journal.record_skill(day, "listening", rank=2)
    answer = next(a for a in journal.answers(day) if a.question == "typical_day")
    journal.code(answer, journal.add_theme("Only lived"), 0, 10)
    journal.record_conduct(day, "kept_to_time", 0)
    return day


@pytest.fixture
def journal(tmp_path):
    with infonb.open(tmp_path / "own.db") as made:
        made.keep_setting("today", "2026-06-15")
        yield made


@pytest.fixture
def example(tmp_path):
    journal = infonb.open(tmp_path / "search.db")
    with infonb.sample("example") as sample:
        file = sample.export_file(tmp_path / "example.jsonl", redact=False)
        journal.keep_setting("today", sample.today().isoformat())
    journal.import_file(file)
    yield journal
    journal.close()


FRAMES = (
    "occupations", "people", "interviews", "answers", "skills", "strengths", "themes", "tasks",
    "conducted", "importances", "decisions", "leads",
)  # fmt: skip
METHODS = (
    "coverage", "ratings", "differences", "contradictions", "matrix", "skills_by_occupation",
    "strengths_fit", "skill_needs", "skill_proposals", "outlook", "expectations", "outreach",
    "pathways", "skill_overlap", "themes_by_occupation", "quotes", "next_interview", "confidence",
    "conduct", "saturation", "network", "side_by_side",
)  # fmt: skip


def counted(findings) -> dict[str, object]:
    found: dict[str, object] = {name: getattr(findings, name) for name in FRAMES}
    found |= {name: getattr(findings, name)() for name in METHODS}
    decision = findings.decide()
    found |= {
        name: getattr(decision, name)
        for name in ("ranking", "acceptability", "fragility")
        if hasattr(decision, name)
    }
    found |= {title: findings.about(title) for title in findings.occupations["occupation"]}
    found["sentences"] = [findings.sentence(about) for about in SENTENCES]
    found["in brief"] = findings.in_brief()
    found["basis"] = findings.basis()
    return found


@pytest.mark.parametrize("redact", [False, True])
def test_nothing_that_counts_is_changed_by_trying_it(example, redact):
    before = counted(example.findings(redact=redact))
    drawn = {n: getattr(charts, n)(example.findings(redact=redact)).to_dict()
             for n in charts.__all__}  # fmt: skip
    for occupation in example.occupations():
        tried(example, occupation, rating=1)
        tried(example, occupation, rating=1, date="2026-06-03")
    after = counted(example.findings(redact=redact))
    for name, was in before.items():
        if isinstance(was, pd.DataFrame):
            pd.testing.assert_frame_equal(was, after[name], obj=name)
        else:
            assert was == after[name], name
    for name, was in drawn.items():
        assert getattr(charts, name)(example.findings(redact=redact)).to_dict() == was, name


def test_it_is_shown_beside_what_was_expected_and_heard(example):
    title = example.occupations()[0].title
    tried(example, example.occupations()[0], rating=2)
    found = example.findings().lived()
    found = found[(found["occupation"] == title) & (found["date"] == "2026-06-02")]
    assert found["question"].tolist() and set(found["question"]) == set(QUESTIONS)
    assert set(found["lived"]) == {2}
    given = example.findings().answers
    said = given[(given["occupation"] == title) & (given["question"] == "home_life")]
    heard = (said["rating"] * said["weight"]).sum() / said["weight"].sum()
    row = found[found["question"] == "home_life"].iloc[0]
    assert row["heard"] == pytest.approx(float(heard)) and row["n"] == 3
    page = report.occupation(example.findings(), title)._repr_html_()
    assert "Tried it myself, 2026-06-02" in page and "(2 of 5, people " in page


def test_without_anybody_heard_it_stands_alone(journal):
    day = journal.record_trial(journal.add_occupation("Baker"), date="2026-06")
    journal.record_answer(day, "typical_day", rating=5)
    found = journal.findings().lived()
    assert found[["occupation", "lived", "date", "n"]].values.tolist() == [
        ["Baker", 5, "2026-06", 0]
    ]
    assert found["heard"].isna().all()
    assert journal.findings().ratings().query("n > 0").empty
    assert journal.findings().sentence("coverage") == "Nobody was asked yet."


def test_the_same_day_is_the_same_trial_and_oneself_is_one_person(journal):
    baker = journal.add_occupation("Baker")
    first = journal.record_trial(baker, date="2026-06-02")
    assert journal.record_trial(baker, date="2026-06-02").id == first.id
    assert journal.record_trial(baker, date="2026-06-03").id != first.id
    assert [person.name for person in journal.people()] == [method.ONESELF]
    assert journal.findings().people.empty


@pytest.mark.parametrize("medium", ["tried it", "Tried it", " TRIED  it"])
def test_an_interview_of_a_file_that_says_so_counts_as_little(journal, tmp_path, medium):
    lines = [
        {"occupation": "Baker", "person": who, "date": "2026-06-02", "medium": how,
         "answers": {"home_life": {"rating": rating}}}
        for who, how, rating in (("Me", medium, 2), ("Ada", "phone", 4))
    ]  # fmt: skip
    file = tmp_path / "x.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    journal.import_file(file)
    assert journal.findings().coverage()["interviews"].tolist() == [1]
    assert journal.findings().lived()["lived"].tolist() == [2]


def test_nobody_owes_oneself_a_thank_you_or_the_news(journal):
    baker = journal.add_occupation("Baker")
    me = journal.add_person("Robin")
    day = journal.plan_interview(me, baker, medium="tried it")
    assert follow_up.to_ask(journal) == []
    journal.finish_interview(day, date="2026-06-02")
    journal.record_outcome("job")
    assert "thank_you" not in set(journal.tasks()["kind"])
    assert "tell_outcome" not in set(journal.tasks()["kind"])
    assert follow_up.due_contacts(journal).empty


def test_people_keep_their_numbers_where_names_are_left_out(journal):
    baker = journal.add_occupation("Baker")
    journal.record_trial(baker, date="2026-03-01")
    talk = journal.plan_interview(journal.add_person("Ada L."), baker)
    journal.record_answer(talk, "home_life", text="Fine", rating=4)
    journal.finish_interview(talk, date="2026-03-02")
    assert journal.findings(redact=True).answers["person"].tolist() == ["Baker 1"]


def test_what_was_expected_after_trying_it_is_late(journal):
    baker = journal.add_occupation("Baker")
    journal.record_trial(baker, date="2026-03-01")
    journal.set_expectation(baker, "home_life", 2, at="2026-03-02")
    assert journal.findings().expectations()["late"].tolist() == [True]


def test_a_calendar_and_jsonl_hold_it_and_bring_it_back(journal, tmp_path):
    tried(journal, journal.add_occupation("Baker"), rating=3)
    file = journal.export_file(tmp_path / "x.jsonl", redact=False)
    calendar = journal.export_file(tmp_path / "x.ics").read_text(encoding="utf-8")
    assert not icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    with infonb.open(tmp_path / "other.db") as other:
        other.import_file(file)
        assert other.findings().lived()["lived"].tolist() == [3] * len(QUESTIONS)
        assert other.findings().coverage()["interviews"].tolist() == [0]
