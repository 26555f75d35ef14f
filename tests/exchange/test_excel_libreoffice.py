"""A real LibreOffice opens the workbook and the CSV: every cell says what it said, none runs."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

import infonb
from infonb.exchange.excel import SHEETS

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
AS_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1"
AWKWARD = [
    "=1+1", "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "|x", "%0A=1",
    "'=1", "''@", "'til dawn", "007", "1/2", "2026-03-02", "TRUE", "1e5", "#REF!", "two\nlines",
    'say "so"', "a;b,c", "ünïcode 🌱 王", "_x000B_", "  spaces  ", "=cmd|' /C calc'!A0",
]  # fmt: skip
Convert = Callable[..., Path]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Open a file in LibreOffice and save it as something else; the folder it is in."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "Needs LibreOffice: apt-get install --no-install-recommends libreoffice-calc"
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def run(path: Path, to: str, *more: str) -> Path:
        out = tmp_path_factory.mktemp("converted")
        subprocess.run(
            [program, f"-env:UserInstallation={profile}", "--headless", *more,
             "--convert-to", to, "--outdir", str(out), str(path)],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        return out

    return run


def awkward(journal: Any) -> Any:
    """A journal that says every awkward thing wherever one can write."""
    nurse = journal.add_occupation("=Nurse()")
    for number, text in enumerate(AWKWARD):
        person = journal.add_person(text, organisation=text, name_from=text)
        talk = journal.plan_interview(person, nurse, date="2026-03-02", medium=text)
        journal.record_answer(talk, "outlook", text=text, rating=1 + number % 5, why=text)
        journal.record_skill(talk, text)
        journal.add_task(talk, "follow_up", due="2026-03-09", draft=text)
        journal.add_strength(text)
    return journal


@pytest.fixture(params=["awkward", "example"])
def shown(request: pytest.FixtureRequest, journal: Any) -> Any:
    return awkward(journal) if request.param == "awkward" else infonb.sample("example")


def told(cell: Any) -> str:
    """A cell as any program shows it."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def cells(path: Path, sheet: str) -> list[list[str]]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name(sheet).to_python()
    return [[told(cell) for cell in row] for row in rows]


def test_every_sheet_says_the_same_there(shown: Any, tmp_path: Path, convert: Convert) -> None:
    path = shown.export_file(tmp_path / "x.xlsx", redact=False)
    out = convert(path, EVERY_SHEET)
    for sheet in SHEETS:
        text = (out / f"x-{sheet}.csv").read_text(encoding="utf-8")
        there = list(csv.reader(text.splitlines(keepends=True)))
        here = cells(path, sheet)
        moments = {n for n, title in enumerate(here[0]) if title.endswith("_at")}
        for row, other in zip(here, there, strict=True):
            for column, (cell, shown_there) in enumerate(zip(row, other, strict=True)):
                if column not in moments:  # shown in a form of its own
                    assert told(shown_there) == cell, (sheet, here[0][column])


def test_saved_there_it_still_holds_no_formula(
    shown: Any, tmp_path: Path, convert: Convert
) -> None:
    path = shown.export_file(tmp_path / "x.xlsx", redact=False)
    again = convert(path, "xlsx") / "x.xlsx"
    for sheet in openpyxl.load_workbook(again):
        formulas = {str(cell.value) for row in sheet for cell in row if cell.data_type == "f"}
        assert formulas <= {"=TRUE()", "=FALSE()"}  # which is how it saves yes and no
    for sheet in SHEETS:
        assert cells(again, sheet) == cells(path, sheet)


def test_a_csv_opened_there_runs_nothing(shown: Any, tmp_path: Path, convert: Convert) -> None:
    path = shown.export_file(tmp_path / "x.csv", redact=False)
    again = convert(path, "xlsx", AS_CSV) / "x.xlsx"
    (sheet,) = openpyxl.load_workbook(again)
    assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    with path.open(encoding="utf-8-sig", newline="") as file:
        here = list(csv.reader(file))
    place = here[0].index("text")
    there = [row[place].value or "" for row in sheet]
    for row, cell in zip(here, there, strict=True):
        if not isinstance(cell, str) or row[place] == "1e5":
            continue  # a number or a day is shown as one there, which runs nothing
        assert told(cell) == told(row[place])


def test_what_comes_back_from_there_is_what_was_sent(
    shown: Any, tmp_path: Path, convert: Convert
) -> None:
    again = convert(shown.export_file(tmp_path / "x.xlsx", redact=False), "xlsx") / "x.xlsx"
    before = {a.id: (a.text, a.rating) for i in shown.interviews() for a in shown.answers(i)}
    report = shown.import_file(again)
    assert (report.added, report.problems) == (0, [])
    assert before == {
        a.id: (a.text, a.rating) for i in shown.interviews() for a in shown.answers(i)
    }
