"""The long CSV, one row per answer, as spreadsheets of all countries write it."""

from __future__ import annotations

import pytest

from infonb.exchange import ImportRefused

PLAIN = """interview,occupation,soc,person,job_title,organisation,date,question,text,rating,weight,skills
A,Nurse,29-1141,Ada,Ward nurse,City Hospital,2026-03-02,enjoy_most,The quiet,4,0.5,calm; listening
A,,,,,,,home_life,"Hard, with ""nights"" ",2,,
B,Librarian,,Ben,,,2026-03,outlook,Fine,,,
"""


def test_rows_become_interviews_with_answers_and_skills(journal, table):
    report = journal.import_file(table(PLAIN))
    assert (report.added, report.problems) == (3, [])
    a, b = journal.interviews()
    assert [(x.question, x.text, x.rating, x.weight) for x in journal.answers(a)] == [
        ("enjoy_most", "The quiet", 4, 0.5), ("home_life", 'Hard, with "nights" ', 2, None),
    ]  # fmt: skip
    assert [(s.phrase, s.rank) for s in journal.skills(a)] == [("calm", 1), ("listening", 2)]
    assert (a.date, b.date, a.status) == ("2026-03-02", "2026-03", "done")
    assert [p.organisation for p in journal.people()] == ["City Hospital", None]
    assert [o.soc for o in journal.occupations()] == ["29-1141", None]
    again = journal.import_file(table(PLAIN))
    assert (again.added, again.updated, again.skipped) == (0, 0, 3)


def variants() -> dict[str, tuple[str, str]]:
    def cells(separator: str) -> str:
        import csv
        import io

        out = io.StringIO()
        csv.writer(out, delimiter=separator).writerows(csv.reader(io.StringIO(PLAIN)))
        return out.getvalue()

    return {
        "byte order mark": ("\ufeff" + PLAIN, "utf-8"),
        "semicolons": (cells(";"), "utf-8"),
        "semicolons and decimal commas": (cells(";").replace("0.5", "0,5"), "utf-8"),
        "decimal commas in quotes": (PLAIN.replace("0.5", '"0,5"'), "utf-8"),
        "tabs": (cells("\t"), "utf-8"),
        "Windows line ends": (PLAIN.replace("\n", "\r\n"), "utf-8"),
        "old Mac line ends": (PLAIN.replace("\n", "\r"), "utf-8"),
        "blank lines": ("\n\n" + PLAIN.replace("\n", "\n\n") + ",,,,\n", "utf-8"),
        "capitals in the header": (PLAIN.replace("occupation,soc", "Occupation , SOC"), "utf-8"),
        "empty cells at the end": (PLAIN.replace("\n", ",,\n"), "utf-8"),
        "cells cut short": (PLAIN.replace(",,,\n", "\n"), "utf-8"),
    }


@pytest.mark.parametrize("name", variants())
def test_every_spreadsheets_way_of_writing_it_is_the_same(journal, table, tmp_path, name: str):
    import infonb

    text, encoding = variants()[name]
    report = journal.import_file(table(text, encoding=encoding))
    assert not [p for p in report.problems if p.error]
    with infonb.open(tmp_path / "plain.db") as plain:
        plain.import_file(table(PLAIN, name="plain.csv"))
        for frame in ("answers", "skills", "people", "occupations"):
            ours, theirs = (getattr(j.findings(), frame) for j in (journal, plain))
            assert ours.drop(columns="interview", errors="ignore").equals(
                theirs.drop(columns="interview", errors="ignore")
            )


def test_quoted_newlines_stay_and_rows_are_counted_as_lines(journal, table):
    text = 'occupation,question,text,rating\nNurse,outlook,"one\ntwo\n",3\nNurse,notes,x,9\n'
    with pytest.raises(ImportRefused, match=r"notes\.csv, row 5, answers\.notes\.rating: 9 "):
        journal.import_file(table(text))
    journal.import_file(table(text.replace("x,9", "x,")))
    (interview,) = journal.interviews()
    assert journal.answers(interview)[0].text == "one\ntwo\n"


def test_without_labels_occupation_person_and_date_tell_interviews_apart(journal, table):
    text = (
        "occupation,person,date,question,text\nNurse,Ada,2026,outlook,a\nnurse , ada,2026,notes,b\n"
        "Nurse,Ben,2026,outlook,c\nNurse,Ada,2025,outlook,d\nLibrarian,Ada,2026,outlook,e\n"
    )
    journal.import_file(table(text))
    assert len(journal.interviews()) == 4
    assert [o.title for o in journal.occupations()] == ["Nurse", "Librarian"]
    assert [p.name for p in journal.people()] == ["Ada", "Ben"]


def test_a_header_alone_adds_nothing(journal, table):
    report = journal.import_file(table(PLAIN.splitlines()[0]))
    assert (report.added, report.problems) == (0, [])


@pytest.mark.parametrize(
    ("text", "row", "column", "remedy"),
    [
        ("occupation,question,rating\nNurse,outlook,9", 2, "answers.outlook.rating", "from 1 to 5"),
        ("occupation,question,rating\nNurse,outlook,4.5", 2, "answers.outlook.rating", "whole"),
        ("occupation,question,rating\nNurse,outlook,good", 2, "answers.outlook.rating", "whole"),
        ("occupation,question,rating\nNurse,outlook,nan", 2, "answers.outlook.rating", "whole"),
        ("occupation,question,weight\nNurse,outlook,2", 2, "answers.outlook.weight", "0 to 1"),
        ("occupation,question\nNurse,mood", 2, "answers.mood", "Known are"),
        ("occupation,question\n,outlook", 2, "occupation", "name the occupation"),
        ("occupation,question,date\nNurse,outlook,2.3.6", 2, "date", "write a day"),
        ("occupation,question,soc\nNurse,outlook,29", 2, "soc", "17-2141"),
        ("occupation,question,text\nNurse,outlook,a,b", 2, "", "double quotes"),
        ("occupation,question,text\nNurse,outlook,a\nNurse,outlook,b", 3, "question", "stands twice"),
        ("occupation,question,text\nNurse,,a", 2, "question", "is empty"),
        ("occupation,text\nNurse,a", 1, "question", "is missing"),
        ("occupation,question,text,text\nNurse,outlook,a,b", 1, "text", "stands twice"),
        ('occupation,question,text\nNurse,outlook,"a\nNurse,notes,b', 2, "", "double quotes"),
        ("interview,occupation,question\nA,Nurse,outlook\nA,Baker,notes", 3, "occupation", "differs"),
        ("interview,occupation,question,person\nA,Nurse,outlook,Ada\nA,,notes,Ben", 3, "person", "differs"),
    ],
)  # fmt: skip
def test_every_fault_names_its_row_and_nothing_is_written(
    journal, table, text, row, column, remedy
):
    before = journal.rows()
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(table(text))
    problem = next(p for p in refusal.value.problems if p.error)
    assert (problem.file, problem.row, problem.column) == ("notes.csv", row, column)
    assert remedy in problem.what
    assert journal.rows() == before


def test_a_column_nobody_knows_is_reported(journal, table):
    report = journal.import_file(table("occupation,question,text,mood\nNurse,outlook,a,good"))
    assert [(p.row, p.column, p.error) for p in report.problems] == [(1, "mood", False)]
    assert report.added == 1


def test_two_files_may_use_the_same_labels(journal, table):
    for person in ("Ada", "Ben"):
        text = f"interview,occupation,person,question,text\n1,Nurse,{person},outlook,a"
        assert journal.import_file(table(text, name=f"{person}.csv")).added == 1
    assert len(journal.interviews()) == 2
