"""Before anything is written a dry run says what each column was taken for, and what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from infonb.exchange import ImportRefused

LIKE = "What do you like most about your job?"
TEN = "On a scale of 1 to 10, rate the job outlook"
FORM = f'Timestamp,Which occupation,Your shoes,Email Address,"{LIKE}","{TEN}"\n'
FORM += "3/4/2026 10:00:00,Nurse,blue,p@example.org,The quiet,7\n"


def fields(report: Any) -> dict[str, str]:
    return dict(zip(report.columns["header"], report.columns["field"], strict=True))


def test_it_says_columns_and_asks_for_the_rest_at_once(journal: Any, table: Any) -> None:
    report = journal.import_file(table(FORM), dry_run=True)
    assert report.format == "form"
    assert list(report.columns) == ["header", "field", "scale", "reading", "example", "file"]
    assert fields(report) == {
        "Timestamp": "date", "Which occupation": "occupation", "Your shoes": "",
        "Email Address": "leave out", LIKE: "enjoy_most", TEN: "outlook.rating",
    }  # fmt: skip
    rows = report.columns.set_index("header")
    assert rows.loc[TEN, "scale"] == "1..10" and rows.loc[TEN, "example"] == "7"
    asked = {problem.asks: problem for problem in report.problems if problem.error}
    assert {*asked} == {"answers", "scales", "dates"}
    assert asked["scales"].options == ("1..10",) and asked["answers"].column == "Your shoes"
    assert {"leave out", "enjoy_most", "home_life.rating", "date"} <= {*report.choices}
    assert journal.interviews() == []


def test_what_is_corrected_is_what_comes_in_and_can_be_taken_back(journal: Any, table: Any) -> None:
    path = table(FORM)
    said: Any = {"answers": {"Your shoes": "leave out", "Email Address": "notes"}, "dates": "dmy",
                 "scales": {TEN: (1, 10)}}  # fmt: skip
    seen = journal.import_file(path, dry_run=True, **said)
    assert not [problem for problem in seen.problems if problem.error]
    assert [line.what for line in seen.lines] == ["added"]
    assert fields(seen)["Email Address"] == "notes"
    assert "from 1 to 10" in seen.columns.set_index("header").loc[TEN, "reading"]
    done = journal.import_file(path, **said)
    assert done.columns.equals(seen.columns) and done.added == 1
    assert [interview.date for interview in journal.interviews()] == ["2026-04-03"]
    journal.undo()
    assert journal.interviews() == []


def test_a_table_that_nobody_knows_shows_its_columns(journal: Any, table: Any) -> None:
    path = table("Wer,Was er tut\nAda Loom,Analyst\n")
    report = journal.import_file(path, dry_run=True)
    assert report.format == "" and list(report.columns["header"]) == ["wer", "was er tut"]
    assert report.problems[0].asks == "format" and "people" in report.problems[0].options
    said: Any = {"format": "people", "answers": {"Wer": "name", "Was er tut": "job_title"}}
    seen = journal.import_file(path, dry_run=True, **said)
    assert fields(seen) == {"Wer": "name", "Was er tut": "job_title"} and not seen.problems
    assert "job_title" in seen.choices and "enjoy_most" not in seen.choices
    journal.import_file(path, **said)
    assert [(p.name, p.job_title) for p in journal.people()] == [("Ada Loom", "Analyst")]


@pytest.mark.parametrize("text", ["Name,Occupation,Phone\nAda,Analyst,5\n", "a,b\n1,2\n"])
def test_what_is_refused_is_told_by_a_dry_run_in_the_same_words(
    journal: Any, table: Any, text: str
) -> None:
    path = table(text)
    told = str(journal.import_file(path, dry_run=True))
    with pytest.raises(Exception, match="was not imported") as refused:
        journal.import_file(path)
    assert not isinstance(refused.value, ImportRefused)
    assert str(refused.value).removeprefix(path.name).strip() in told


def test_other_tables_say_their_columns_too(journal: Any, table: Any) -> None:
    long = journal.import_file(
        table("occupation,question,text,rating\nNurse,outlook,good,4\n"), dry_run=True
    )
    assert list(long.columns["field"]) == ["occupation", "question", "text", "rating"]
    linkedin = "First Name,Last Name,URL,Company,Position,Connected On\nA,L,u,Mill,Analyst,1 May\n"
    people = journal.import_file(table(linkedin), dry_run=True)
    assert people.format == "linkedin" and fields(people)["Company"] == "organisation"
    cards = table("BEGIN:VCARD\nFN:Ada\nEND:VCARD\n", name="a.vcf")
    assert journal.import_file(cards, dry_run=True).columns.empty
