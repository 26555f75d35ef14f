"""A scale that a person says is turned into 1 to 5; the number as given stays beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from infonb.cli import main
from infonb.exchange import ImportRefused

LIKE = "What do you like most about your job?"
TEN = "On a scale of 1 to 10, rate the job outlook"
STRESS = "Rate how stressful the work is (1 = not at all, 5 = extremely)"
STRESS_KEY = {STRESS: "difficulties.rating"}


def ratings(journal: Any) -> list[tuple[int | None, str | None]]:
    return [(a.rating, a.why) for i in journal.interviews() for a in journal.answers(i) if a.rating]


def form(table: Any, title: str, *cells: str) -> Path:
    title, cells = f'"{title}"', tuple(f'"{cell}"' for cell in cells)
    rows = [f"2026-03-02 10:00:{n:02d},Nurse,{cell},a" for n, cell in enumerate(cells)]
    return table("\n".join([f"Timestamp,Which occupation,{title},{LIKE}", *rows, ""]))


@pytest.mark.parametrize(
    ("ends", "cells"),
    [
        ((1, 10), {"1": 1, "3": 2, "5": 3, "6": 3, "7": 4, "10": 5, "3/10": 2, "2 out of 10": 1,
                   "5.5": 3}),
        ((0, 10), {"0": 1, "5": 3, "10": 5, "7": 4}),
        ((1, 7), {"1": 1, "2": 2, "4": 3, "6": 4, "7": 5}),
        ((0, 4), {"0": 1, "1": 2, "2": 3, "4": 5}),
        ((1, 9), {"2": 2, "4": 3, "6": 3, "8": 4}),  # 1.5, 2.5, 3.5, 4.5: halves towards 3
        ((1, 5), {"4.5": 4, "1.5": 2, "3": 3, "3,5": 3}),
        ((0, 100), {"0": 1, "50": 3, "80": 4, "100": 5}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True])
def test_it_is_turned_into_1_to_5(
    journal: Any, table: Any, ends: tuple[int, int], cells: dict[str, int], turned: bool
) -> None:
    path = form(table, TEN, *cells)
    report = journal.import_file(path, scales={TEN: ends}, reversed=[TEN] if turned else ())
    assert sorted(ratings(journal), key=str) == sorted(
        ((6 - rating if turned else rating, cell) for cell, rating in cells.items()), key=str
    )
    told = str(report)
    assert TEN in told and f"from {ends[0]} to {ends[1]}" in told
    assert f"{ends[0] if turned else ends[1]} is the good end" in told


@pytest.mark.parametrize("cell", ["0", "11", "3-4", "1st", "-1", "7 or 8", "4/5", "many", "5 5"])
def test_what_is_not_on_it_is_refused(journal: Any, table: Any, cell: str) -> None:
    with pytest.raises(ImportRefused, match="must be a number from 1 to 10"):
        journal.import_file(form(table, TEN, "3", cell), scales={TEN: (1, 10)})
    assert journal.interviews() == []


def test_a_scale_that_nobody_said_is_asked_for_with_what_to_type(journal: Any, table: Any) -> None:
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(form(table, TEN, "3"))
    assert f'--scale "{TEN}=1..10"' in str(refusal.value) and "--reversed" in str(refusal.value)


def test_a_reversed_column_is_asked_for_and_turned(journal: Any, table: Any) -> None:
    path = form(table, STRESS, "5", "2", "3")
    with pytest.raises(ImportRefused, match="--reversed"):
        journal.import_file(path, answers=STRESS_KEY)
    journal.import_file(path, answers=STRESS_KEY, reversed=[STRESS])
    assert sorted(ratings(journal)) == [(1, "5"), (3, "3"), (4, "2")]


def test_a_scale_of_ten_that_counts_the_other_way_is_still_asked(journal: Any, table: Any) -> None:
    title = "Rate how stressful the work is (1 = not at all, 10 = extremely)"
    path, key = form(table, title, "9"), {title: "difficulties.rating"}
    with pytest.raises(ImportRefused, match="--reversed"):
        journal.import_file(path, answers=key, scales={title: (1, 10)})
    journal.import_file(path, answers=key, scales={title: (1, 10)}, reversed=[title])
    assert ratings(journal) == [(1, "9")]


def test_every_column_of_ratings_says_how_it_is_read(journal: Any, table: Any) -> None:
    report = journal.import_file(form(table, "Rate the job outlook (1-5)", "4"))
    assert report.problems == []
    assert "Rate the job outlook (1-5): is read as ratings from 1 to 5; 5 is the good end" in str(
        report
    )


def test_the_command_takes_them(
    journal: Any, table: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("INFONB_JOURNAL", str(journal.path))
    path = str(form(table, TEN, "9", "many"))
    assert main(["import", path, "--scale", f"{TEN}=10..1"]) == 2
    assert main(["import", path, "--scale", f"{TEN}=1..10", "--reversed", TEN, "--skip-bad"]) == 0
    assert ratings(journal) == [(1, "9")]
    assert "row 3" in (told := capsys.readouterr().out) and "The row is left out." in told


def test_bad_rows_are_left_out_and_listed_where_that_is_said(journal: Any, table: Any) -> None:
    rows = ["2026-03-02,Nurse,Ada,a", "30 Febtember,Clerk,Ben,b", "2026-03-04,Cook,Cy,c,d,e"]
    path = table(f"Date,Which occupation,Interviewee,{LIKE}\n" + "\n".join(rows) + "\n")
    with pytest.raises(ImportRefused):
        journal.import_file(path)
    report = journal.import_file(path, skip_bad=True)
    assert report.added == 1 and [o.title for o in journal.occupations()] == ["Nurse"]
    assert {p.row for p in report.problems if "left out" in p.what} == {3, 4}
    assert journal.check() == []


def test_an_encoding_that_is_said_is_used(journal: Any, table: Any) -> None:
    text = f"Which occupation,Interviewee,{LIKE}\nNurse,Zoë,ça va\n"
    for encoding in ("mac_roman", "cp1252", "utf-16", "utf-8"):
        journal.import_file(table(text, f"{encoding}.csv", encoding), encoding=encoding)
    assert {p.name for p in journal.people()} == {"Zoë"}
    with pytest.raises(Exception, match="isn't known here"):
        journal.import_file(table(text), encoding="klingon")
