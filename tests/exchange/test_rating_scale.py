"""Ratings of other scales, of other directions or of no scale give no number; second headers are left out."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import method
from infonb.cli import main
from infonb.exchange import ImportRefused
from infonb.exchange.csv_wide import matches, sure
from infonb.exchange.rating_scale import RatingScale, without_scale

DAY = "2026/03/02 2:14:05 PM GMT+1"
LIKE = "What do you like most about your job?"
NO_RATING = [
    "3/10", "2 out of 10", "4.5", "4,5", "3-4", "3–4", "4 or 2", "4 (or 5)", "4/2", "1st", "2nd",
    "1 to 10", "4+", "-4", "~4", "4?", "4½", "4 and a half", "4 - or five", "0", "6", "10", "45",
    "4 4", "1e0", "4_0", "40%", "0.8", "★★★★", "yes", "2026-03-04", "5 = extremely stressful",
    "1 (best)", "5 - strongly disagree", "V",
]  # fmt: skip
RATINGS = {
    "4": 4, " 4 ": 4, "4.0": 4, "4,0": 4, "4.": 4, "٤": 4, "４": 4, "4/5": 4, "4 out of 5": 4,
    "5 stars": 5, "5 - very good": 5, "1 (poor)": 1, "4: good, not great": 4, "": None,
}  # fmt: skip
OTHER_SCALES = [
    "On a scale of 1 to 10, rate the job outlook", "Job outlook (1-10)", "Job outlook (0 – 10)",
    "Rate the job outlook out of 10", "Job outlook /10", "Job outlook: ten-point scale",
    "Rate the job outlook from one to seven", "Rate the job outlook, 1 (low) to 10 (high)",
    "Rate the job outlook 1-4", "Rate the job outlook 0 to 5", "Rate the job outlook in percent",
    "Job outlook (1 = bleak, 10 = bright)", "Rating of the job outlook (10 = best)",
]  # fmt: skip
OTHER_WAY = [
    "Rate how stressful the work is (1 = not at all, 5 = extremely)",
    "Rate how stressful the work is (1-5)",
    "How difficult is the work, 1 to 5?",
    "Rate the difficulties (5 = extremely stressful)",
    "Rate the job outlook (1 = very good, 5 = very bad)",
    "Rate the job outlook, where 1 is best and 5 is worst",
    "Rate the difficulties (1 = none, 5 = many)",
    "Rate the job outlook (1 = highest, 5 = lowest)",
    "The work is stressful and difficult (1 = strongly disagree, 5 = strongly agree)",
    "The job outlook is good (1 = strongly agree, 5 = strongly disagree)",
    "Rate the job outlook from 5 to 1",
    "Rate the job outlook (1 = sehr gut, 5 = mangelhaft)",
]


def form(path: Path, *rows: list[str]) -> Path:
    """A form's answers, as CSV or workbook."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)  # pyright: ignore[reportOptionalMemberAccess]
    book.save(path)
    return path


def refused(journal: Any, path: Path, **more: Any) -> infonb.exchange.ImportProblem:
    """The first problem of a file that isn't taken, through both doors; nothing is changed."""
    before = journal.rows()
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(path, **more)
    assert journal.rows() == before
    return next(problem for problem in refusal.value.problems if problem.error)


@pytest.fixture(params=[".csv", ".xlsx"])
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return tmp_path / f"form{request.param}"


@pytest.mark.parametrize("cell", NO_RATING)
def test_what_is_no_whole_number_from_1_to_5_is_refused(
    journal: Any, file: Path, cell: str
) -> None:
    header = ["Timestamp", "Which occupation", "Rate the job outlook", LIKE]
    found = refused(
        journal, form(file, header, [DAY, "Nurse", "3", "a"], [DAY, "Clerk", cell, "b"])
    )
    assert (found.row, found.column, cell in found.value) == (3, "Rate the job outlook", True)
    assert "write one of 1, 2, 3, 4, 5" in found.what or "write 6 minus" in found.what
    long = form(file, ["occupation", "question", "text", "rating"], ["Nurse", "outlook", "", cell])
    found = refused(journal, long)
    assert (found.row, found.column, cell in found.value) == (2, "answers.outlook.rating", True)


@pytest.mark.parametrize("cell", RATINGS)
def test_what_is_one_is_read(journal: Any, file: Path, cell: str) -> None:
    header = ["Timestamp", "Which occupation", "Rate the job outlook", LIKE]
    journal.import_file(form(file, header, [DAY, "Nurse", cell, "a"]))
    journal.import_file(
        form(file, ["occupation", "question", "text", "rating"], ["Nurse", "outlook", "x", cell])
    )
    for interview in journal.interviews():
        rated = {a.question: a.rating for a in journal.answers(interview)}
        assert rated.get("outlook") == RATINGS[cell]


@pytest.mark.parametrize("title", [*OTHER_SCALES, *OTHER_WAY])
@pytest.mark.parametrize("said", [False, True])
def test_a_column_on_another_scale_is_refused_whatever_its_cells_are(
    journal: Any, file: Path, title: str, said: bool
) -> None:
    rows = [["Timestamp", "Which occupation", title, LIKE], [DAY, "Nurse", "3", "a"]]
    answers = {title: "outlook.rating"} if said else {}
    found = refused(journal, form(file, *rows), answers=answers)
    assert (found.row, found.column) == (1, title)
    remedy = "turn its numbers into 1 to 5" if title in OTHER_SCALES else "6 minus each number"
    if said or remedy in found.what:
        assert remedy in found.what and "leave out" in found.what
    else:  # what it asks isn't sure, so that is asked first
        assert ".rating" in found.what
    journal.import_file(form(file, *rows), answers={title: "leave out"})
    assert [a.rating for i in journal.interviews() for a in journal.answers(i)] == [None]


@pytest.mark.parametrize(
    "title",
    [
        "Rate the job outlook (1-5)", "Job outlook (1 = poor, 5 = excellent)",
        "Rate the job outlook, 1 (low) to 5 (high)", "Please rate [Job outlook]",
        "Rate the job outlook for the next 5 to 10 years", "Rate the job outlook in 2026",
        "Job outlook (5 stars)", "The job outlook is good (1 = disagree, 5 = agree)",
        "Rate the job outlook (1 = very bad, 5 = not bad)",
        "Rate how stress-free the work is (1-5)", "Rate how little stress there is (1-5)",
    ],
)  # fmt: skip
def test_a_scale_from_1_to_5_with_a_good_end_is_read(journal: Any, file: Path, title: str) -> None:
    rows = [["Timestamp", "Which occupation", title, LIKE], [DAY, "Nurse", "4", "a"]]
    report = journal.import_file(form(file, *rows), answers={title: "outlook.rating"})
    assert report.problems == []
    (rating,) = [a.rating for i in journal.interviews() for a in journal.answers(i) if a.rating]
    assert rating == 4


def test_headers_that_ask_for_no_rating_stay_text(journal: Any, file: Path) -> None:
    titles = ["Question 7: What do you like most about your job?", "Describe a typical day at work",
              "What are the top 3 skills (in order)?"]  # fmt: skip
    form(file, ["Timestamp", "Which occupation", *titles], [DAY, "Nurse", "5", "a", "b"])
    journal.import_file(file)
    (interview,) = journal.interviews()
    assert [(a.text, a.rating) for a in journal.answers(interview) if a.question == "enjoy_most"] \
        == [("5", None)]  # fmt: skip


@pytest.mark.parametrize("key", [key for key, q in method.QUESTIONS.items() if q.rated])
def test_the_header_that_a_refusal_asks_for_is_taken(journal: Any, file: Path, key: str) -> None:
    what = RatingScale.of("Rate it from 1 to 10").problem("Rate it from 1 to 10", key)
    title = what.split("call the column '")[1].split("', or leave")[0]
    assert sure(matches(without_scale(title))) == key
    form(file, ["Timestamp", "Which occupation", title, LIKE], [DAY, "Nurse", "2", "a"])
    assert journal.import_file(file, answers={LIKE: "leave out"}).problems == []
    (interview,) = journal.interviews()
    assert [(a.question, a.rating) for a in journal.answers(interview)] == [(key, 2)]


def test_where_a_header_leaves_the_good_end_open_it_is_said(journal: Any, file: Path) -> None:
    title = "Rate the difficulties (1-5)"
    form(file, ["Timestamp", "Which occupation", title, LIKE], [DAY, "Nurse", "2", "a"])
    (note,) = journal.import_file(file).problems
    assert (note.column, note.error) == (title, False) and "could live with it" in note.what


SECOND = {
    "Qualtrics, ids": (
        [["Which occupation", LIKE, "Describe a typical day at work"],
         ['{"ImportId":"QID1_TEXT"}', '{"ImportId":"QID2_TEXT"}', '{"ImportId": "QID3_TEXT"}']],
        2,
    ),
    "Qualtrics, as it comes": (
        [["StartDate", "Progress", "Q1", "Q2", "Q3"],
         ["Start Date", "Progress", "Which occupation", LIKE, "Describe a typical day at work"],
         ['{"ImportId":"startDate"}', '{"ImportId":"progress"}', '{"ImportId":"QID1_TEXT"}',
          '{"ImportId":"QID2_TEXT"}', '{"ImportId":"QID3_TEXT"}']],
        2,
    ),
    "SurveyMonkey": (
        [["Occupation", LIKE, "Describe a typical day at work"], ["Open-Ended Response"] * 3],
        2,
    ),
    "SurveyMonkey, choices": (
        [["Respondent ID", "Which occupation", LIKE, "What skills are most important?", "", ""],
         ["", "Response", "Open-Ended Response", "Calm", "Lifting", "Other (please specify)"]],
        2,
    ),
    "kinds of columns": (
        [["Which occupation", LIKE, "Describe a typical day at work"], ["text", "text", "text"]],
        2,
    ),
    "two files in one": (
        [["Which occupation", LIKE, "Describe a typical day at work"], ["Nurse", "a", "b"],
         ["Clerk", "c", "d"], ["Cook", "e", "f"], ["Baker", "e", "f"],
         ["Which occupation", LIKE, "Describe a typical day at work"]],
        6,
    ),
    "one row per answer": (
        [["occupation", "question", "text"], ["Occupation title", "", "Open-Ended Response"]],
        2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SECOND)
def test_a_second_header_row_is_no_interview(journal: Any, file: Path, name: str) -> None:
    rows, row = SECOND[name]
    last = ["Nurse", "outlook", "It grows"] if name == "one row per answer" else \
        [*[""] * (len(rows[0]) - 3), "Nurse", "a", "b"][-len(rows[0]) :]  # fmt: skip
    if name == "SurveyMonkey, choices":
        last = ["1", "Nurse", "a", "Calm", "", ""]
    report = journal.import_file(form(file, *rows, last))
    titles = {o.title for o in journal.occupations()}
    assert titles <= {"Nurse", "Clerk", "Cook", "Baker"} and "Nurse" in titles
    assert len(journal.interviews()) == len(titles)
    notes = [p for p in report.problems if "left out" in p.what and p.row in (1, row)]
    assert notes and not any(p.error for p in report.problems)


@pytest.mark.parametrize("answers", [{}, {LIKE: "enjoy_most"}])
def test_two_columns_of_one_header_are_both_kept(
    journal: Any, file: Path, answers: dict[str, str]
) -> None:
    header = ["Timestamp", "Which occupation", LIKE, "Describe a typical day at work", f"{LIKE} "]
    rows = [header, [DAY, "Nurse", "The quiet", "Long", "The people"]]
    (note,) = journal.import_file(form(file, *rows), answers=answers).problems
    assert note.row == 1 and LIKE in note.column and "(C, E); their cells are kept" in note.what
    (interview,) = journal.interviews()
    texts = {a.question: a.text for a in journal.answers(interview)}
    assert texts == {"enjoy_most": "The quiet\nThe people", "typical_day": "Long"}


def test_two_columns_of_one_header_can_be_told_apart(journal: Any, file: Path) -> None:
    header = ["Timestamp", "Which occupation", LIKE, "Describe a typical day at work", LIKE]
    form(file, header, [DAY, "Nurse", "The quiet", "Long", "The people"])
    journal.import_file(file, answers={f"{LIKE}#2": "notes"})
    (interview,) = journal.interviews()
    texts = {a.question: a.text for a in journal.answers(interview)}
    assert texts == {"enjoy_most": "The quiet", "typical_day": "Long", "notes": "The people"}
    two = ["Timestamp", "Which occupation", "Rate the job outlook", "Rate the job outlook", LIKE]
    form(file, two, [DAY, "Clerk", "4", "2", "a"])
    found = refused(journal, file)
    assert "could be several things" in found.what
    title = "Rate the job outlook"
    journal.import_file(file, answers={title: "outlook.rating", f"{title}#2": "leave out"})
    assert 4 in [a.rating for i in journal.interviews() for a in journal.answers(i)]


def test_two_columns_that_are_said_to_be_the_same_are_refused(journal: Any, file: Path) -> None:
    rows = [["Timestamp", "Which occupation", "Joys", "Delights", "Describe a typical day at work"],
            [DAY, "Nurse", "The quiet", "The people", "Long"]]  # fmt: skip
    said = {"Joys": "enjoy_most", "Delights": "enjoy_most"}
    found = refused(journal, form(file, *rows), answers=said)
    assert "is said to be 'enjoy_most', as others are (columns C, D)" in found.what
    journal.import_file(file, answers={**said, "Delights": "leave out"})
    (interview,) = journal.interviews()
    assert [a.text for a in journal.answers(interview)] == ["The quiet", "Long"]


def test_the_command_says_where_and_what_to_type(
    journal: Any, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("INFONB_JOURNAL", str(journal.path))
    title = "Rate the job outlook"
    form(file, ["Timestamp", "Which occupation", title, LIKE], [DAY, "Nurse", "3/10", "a"])
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr().err
    assert f"row 2, {title}: '3/10' is out of 10" in said and "write one of 1, 2, 3, 4, 5" in said
    assert "nothing was changed" in said and journal.interviews() == []
