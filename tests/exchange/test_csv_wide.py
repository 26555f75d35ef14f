"""A form downloaded another way is the same form; its dates are read in the shapes they come in."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from infonb.exchange import csv_wide
from infonb.exchange.tables import iso_day, iso_moment

CASES = Path(__file__).parent.parent / "data" / "cases"
LIKE = "What do you like most about your job?"
HEADER = ["Timestamp", "Which occupation", LIKE, "Interviewee"]


def test_one_form_in_three_downloads_is_one_interview(
    journal: Any, table: Any, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    rows = [(13, 14, "Nurse", "Ada"), (14, 9, "Clerk", "Ben")]
    ways = {
        "forms.csv": lambda d, h: f"2026/03/{d} {h % 12 or 12}:14:05 {'PM' if h > 11 else 'AM'} GMT+1",
        "sheet.csv": lambda d, h: f"{d}/03/2026 {h:02}:14:05",
        "us.csv": lambda d, h: f"3/{d}/2026 {h}:14:05",
        "korean.csv": lambda d, h: f"2026. 3. {d}. {'오후' if h > 11 else '오전'} {h % 12 or 12}:14:05",
        "serial.csv": lambda d, h: str(46081 + d + (h * 3600 + 845) / 86400),
    }  # fmt: skip
    reports = []
    for name, stamp in ways.items():
        lines = [f"{stamp(d, h)},{what},quiet,{who}" for d, h, what, who in rows]
        reports.append(journal.import_file(table("\n".join([",".join(HEADER), *lines]), name)))
    book = Workbook()
    book.active.append(HEADER)  # pyright: ignore[reportOptionalMemberAccess]
    for d, h, what, who in rows:
        cells = [dt.datetime(2026, 3, d, h, 14, 5), what, "quiet", who]
        book.active.append(cells)  # pyright: ignore[reportOptionalMemberAccess]
    book.save(tmp_path / "sheet.xlsx")
    reports.append(journal.import_file(tmp_path / "sheet.xlsx"))
    assert [(r.added, r.updated, r.skipped) for r in reports] == [(2, 0, 0)] + [(0, 0, 2)] * 5
    assert len(journal.interviews()) == len(journal.people()) == 2


def test_two_that_were_sent_at_one_moment_stay_two(journal: Any, table: Any) -> None:
    text = f"Timestamp,Which occupation,Interviewee,{LIKE}\n"
    text += "2026-03-13 14:14:05,Nurse,Ada,a\n2026-03-13 14:14:05,Nurse,Ben,b\n"
    text += "2026-03-13 14:14:06,Nurse,Ada,c\n"
    assert journal.import_file(table(text)).added == 3
    assert journal.import_file(table(text)).skipped == 3


@pytest.mark.parametrize(
    ("cell", "day"),
    {
        "13-Mar-26": "2026-03-13", "13-Mar-2026": "2026-03-13", "2026-3-2": "2026-03-02",
        "13. März 2026": "2026-03-13", "13 mars 2026": "2026-03-13",
        "Thursday, March 13, 2026": "2026-03-13", "13th March 2026": "2026-03-13",
        "March 2026": "2026-03", "Fri Mar 13 2026 14:05:11 GMT+0100": "2026-03-13",
        "Donnerstag, 26. Januar 2023 um 13:39:50 Uhr": "2023-01-26",
        "2026. 3. 2. 오후 2:14:05": "2026-03-02", "46094": "2026-03-13",
        "46094.5": "2026-03-13", "13/3/2569, 14:05": "2026-03-13", "1er juin 2026": "2026-06-01",
        "12 de marzo de 2026": "2026-03-12", "1 Sept 2026": "2026-09-01",
        "2026年3月2日 14:05": "2026-03-02", "5 dez 2026": "2026-12-05",
        "14 juil. 2025": "2025-07-14", "Juni 2026": "2026-06",
        "30 Febtember": "30 Febtember", "2 Marketing 2026": "2 Marketing 2026",
        "12345": "12345", "31 Feb 2026": "31 Feb 2026", "ju 2026": "ju 2026", "5 ma 2026": "5 ma 2026",
    }.items(),
)  # fmt: skip
def test_days_are_read_as_they_come_or_left_as_they_are(cell: str, day: str) -> None:
    assert iso_day(cell, "dmy") == day


def test_years_of_the_buddhist_era_are_said(journal: Any, table: Any) -> None:
    text = f'Timestamp,Which occupation,{LIKE}\n"13/3/2569, 14:05:00",Nurse,a\n'
    report = journal.import_file(table(text))
    assert [talk.date for talk in journal.interviews()] == ["2026-03-13"]
    assert "Buddhist" in str(report)


def test_noon_and_midnight() -> None:
    assert iso_moment("3/13/2026 12:05:00 AM", "mdy") == "2026-03-13T00:05:00"
    assert iso_moment("3/13/2026 12:05:00 PM", "mdy") == "2026-03-13T12:05:00"
    assert iso_moment("2026/03/13 午後 0:05:00", None) == "2026-03-13T12:05:00"
    assert iso_moment("March 2026", None) is iso_moment("yesterday", None) is None


RESUMES = {
    "r1_reactive_v4.json": ["Welding", "TIG", "MIG", "Welsh"],
    "r2_skills_strings.json": ["Welding", "Sewing"],
    "r3_keywords_string.json": ["Craft", "Welding", "Sewing"],
    "r4_skills_map.json": ["Craft", "Welding", "Sewing"],
    "r5_label_key.json": ["Welding", "Craft", "Sewing", "Baking"],
    "r7_utf16.json": ["Schweißen"],
}


@pytest.mark.parametrize("name", RESUMES)
def test_skills_of_resumes_in_other_shapes_become_strengths(journal: Any, name: str) -> None:
    journal.import_file(CASES / name)
    phrases = [row["phrase"] for row in journal.rows()["strength"]]
    assert sorted(phrases) == sorted(RESUMES[name])


@pytest.mark.parametrize("skill", [{"level": 3}, 5, ["Welding"]])
def test_a_skill_without_a_name_is_named(journal: Any, tmp_path: Path, skill: Any) -> None:
    path = tmp_path / "resume.json"
    path.write_text(json.dumps({"basics": {"name": "P"}, "skills": [skill]}), encoding="utf-8")
    with pytest.raises(Exception, match=r"skills\.0"):
        journal.import_file(path)
    assert journal.rows()["strength"] == []


def test_a_form_that_an_earlier_release_took_is_there_already(
    journal: Any, table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"Timestamp,Email Address,Which occupation,{LIKE}\n"
    path = table(text + "2026/03/13 2:14:05 PM GMT+1,p@example.org,Nurse,a\n")
    now = csv_wide._interview

    def before(*given: Any) -> Any:
        entry = now(*given)
        return replace(entry, data={**entry.data, "label": entry.formerly}, formerly=None)

    with monkeypatch.context() as patched:
        patched.setattr(csv_wide, "_interview", before)
        assert journal.import_file(path).added == 1
    again = journal.import_file(path)
    assert (again.added, again.updated, again.skipped) == (0, 0, 1)


def test_a_year_of_two_digits_turns_at_sixty_nine():
    assert iso_day("1/2/68", "mdy") == "2068-01-02"
    assert iso_day("1/2/69", "mdy") == "1969-01-02"
