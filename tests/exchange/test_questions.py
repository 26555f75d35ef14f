"""What an import must know is asked in a terminal; elsewhere it exits 2 and names the flags."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.cli import main

LIKE = "What do you like most about your job?"
TEN = "On a scale of 1 to 10, rate the job outlook"
FORM = f'Timestamp,Which occupation,Your shoes,"{LIKE}","{TEN}"\n'
FORM += "3/4/2026 10:00:00,Nurse,blue,The quiet,9\n"


def in_a_terminal(answers: str, *command: str) -> tuple[int, str]:
    """Exit code and screen of a command whose terminal types these lines."""
    ours, its = os.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "infonb", *command], stdin=its, stdout=its, stderr=its
    )
    os.close(its)
    os.write(ours, answers.encode())
    screen = b""
    try:
        while chunk := os.read(ours, 4096):
            screen += chunk
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return running.wait(timeout=120), screen.decode("utf-8", "replace")


def taken(path: Path) -> list[tuple[str | None, dict[str, Any]]]:
    with infonb.open(path) as journal:
        return [
            (i.date, {a.question: a.text or a.rating for a in journal.answers(i)})
            for i in journal.interviews()
        ]


def test_a_terminal_asks_for_columns_scales_and_dates(tmp_path: Path, table: Any) -> None:
    file, journal = table(FORM), tmp_path / "search.db"
    infonb.open(journal).close()
    answers = {"Your shoes": "leave out", TEN: "10..1", "Timestamp": "never\ndmy"}
    code, screen = in_a_terminal(
        "\n".join([answers[TEN], answers["Your shoes"], answers["Timestamp"], ""]),
        "--journal", str(journal), "import", str(file),
    )  # fmt: skip
    assert code == 0, screen
    assert "what is this column?" in screen and "Write one of dmy, mdy." in screen
    assert taken(journal) == [("2026-04-03", {"enjoy_most": "The quiet", "outlook": 1})]


def test_ctrl_d_imports_nothing(tmp_path: Path, table: Any) -> None:
    file, journal = table(FORM), tmp_path / "search.db"
    infonb.open(journal).close()
    code, screen = in_a_terminal("\x04", "--journal", str(journal), "import", str(file))
    assert code == 2 and "Nothing was imported." in screen and taken(journal) == []


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_without_a_terminal_the_flags_are_named(
    tmp_path: Path, table: Any, capsys: Any, more: list[str]
) -> None:
    file, journal = table(FORM), tmp_path / "search.db"
    infonb.open(journal).close()
    command = ["--journal", str(journal), "import", str(file), *more]
    assert main(command) == 2
    line = capsys.readouterr().err.splitlines()[-1]
    typed = shlex.split(line.partition("infonb ")[2])
    assert f"{TEN}=1..10" in typed and "Your shoes=leave out" in typed and "dmy" in typed
    assert main(["--journal", str(journal), *typed]) == 0
    assert taken(journal) == [("2026-04-03", {"enjoy_most": "The quiet", "outlook": 5})]


@pytest.mark.parametrize(
    ("text", "encoding", "flag"),
    [
        ("Name,Occupation,Phone\nAda,Analyst,5\n", "utf-8", "--format people"),
        ("occupation,person,question,text\nNurse,Zoë,outlook,good\n", "mac_roman", "--encoding"),
        (f"Timestamp,{LIKE}\n2026-03-13,a\n", "utf-8", "--occupation"),
        (f"Which occupation,{LIKE},Rate how stressful the work is (1 = not at all 5 = extremely)\n"
         "Nurse,a,4\n", "utf-8", "--reversed"),
    ],
)  # fmt: skip
def test_each_kind_of_question_has_its_flag(
    tmp_path: Path, table: Any, capsys: Any, text: str, encoding: str, flag: str
) -> None:
    journal = tmp_path / "search.db"
    infonb.open(journal).close()
    assert main(["--journal", str(journal), "import", str(table(text, encoding=encoding))]) == 2
    assert flag in capsys.readouterr().err.splitlines()[-1]


def test_a_list_of_people_without_a_known_name_asks_for_it(journal: Any, table: Any) -> None:
    path = table("Wer,Was er tut\nAda Loom,Analyst\n")
    report = journal.import_file(path, format="people", dry_run=True)
    [problem] = report.problems
    assert (problem.asks, problem.column, problem.options[0]) == ("answers", "Wer", "name")
    assert list(report.columns["header"]) == ["Wer", "Was er tut"] and "name" in report.choices
    journal.import_file(path, format="people", answers={"Wer": "name"})
    assert [person.name for person in journal.people()] == ["Ada Loom"]


def test_what_only_the_file_can_mend_is_1(tmp_path: Path, table: Any, capsys: Any) -> None:
    journal = tmp_path / "search.db"
    infonb.open(journal).close()
    file = table("occupation,question,text,rating\nNurse,outlook,good,many\n")
    assert main(["--journal", str(journal), "import", str(file)]) == 1
    assert "Say what is asked" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "First Name,Last Name,Company\nZoë,Dye,Mill Works\n",
        f"Timestamp,Which occupation,{LIKE}\n2026-03-13,Nurse,Zoë\n",
        "occupation,person,question,text\nNurse,Zoë,outlook,good\n",
    ],
)
def test_letters_that_can_not_be_read_are_all_that_is_asked(
    journal: Any, table: Any, text: str
) -> None:
    report = journal.import_file(table(text, encoding="mac_roman"), dry_run=True)
    assert [problem.asks for problem in report.problems] == ["encoding"]
    assert "mac_roman" in report.problems[0].options


def test_a_terminal_asks_whose_a_transcript_is_and_what_its_turns_ask(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        talk = journal.plan_interview(
            journal.add_person("Zoë Quist"), journal.add_occupation("Meteorologist")
        )
    file = Path(__file__).parent / "transcripts" / "zoom.vtt"
    code, screen = in_a_terminal(
        "Zoë Quist\n\n\nanother question\nenjoy_least\n",
        "--journal", str(path), "import", str(file),
    )  # fmt: skip
    assert code == 0, screen
    assert "[Robin Ash]" in screen and "Write one of path_in" in screen and "1 updated" in screen
    with infonb.open(path) as journal:
        assert [answer.question for answer in journal.answers(talk)] == ["enjoy_least"]
