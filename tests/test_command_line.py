"""The command `infonb`: what each command does, and its exit code: 0 fine, 1 the data, 2 the call."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import cli

ROOT = Path(__file__).parents[1]
COMMANDS = (
    "new lab report import export chart backup restore undo people interviews forget check tasks sheet doctor "
    "hand-in programme"
).split()
LINE = {
    "occupation": "Nurse",
    "person": "Ada",
    "date": "2026-03-02",
    "answers": {"outlook": "Fine"},
}


@pytest.fixture(autouse=True)
def search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal that is named; the working folder is empty otherwise."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "search.db"
    infonb.open(path).close()
    monkeypatch.setenv("INFONB_JOURNAL", str(path))
    monkeypatch.setenv("INFONB_TODAY", "2026-03-09")
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.jsonl"
    path.write_text(json.dumps(LINE), encoding="utf-8")
    return path


def exits(*arguments: str) -> int:
    """The exit code of a call that argparse itself ends."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    return int(ended.value.code or 0)


def test_help_lists_every_command_and_the_readme_names_each(capsys):
    assert exits("--help") == 0
    said = capsys.readouterr().out
    listed = re.findall(r"^    ([\w-]+)  ", said, re.MULTILINE)
    assert set(COMMANDS) <= set(listed)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in listed:
        assert f"`infonb {command}" in readme, f"the README doesn't tell of infonb {command}"
        assert exits(command, "--help") == 0
    assert "0 fine, 1 the data is at fault, 2 the call is" in " ".join(said.split())


def test_the_version_is_said(capsys):
    assert exits("--version") == 0
    assert capsys.readouterr().out.strip() == f"infonb {infonb.__version__}"


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["dance"],
        ["import"],
        ["backup"],
        ["new"],
        ["tasks", "--loud"],
        ["report", "--fast", "-o", "x"],
    ],
)
def test_a_call_that_cannot_be_understood_is_2(call: list[str], capsys):
    assert exits(*call) == 2
    assert "usage: infonb" in capsys.readouterr().err


def test_import_takes_files_and_says_what_came(notes: Path, search: Path, capsys):
    assert cli.main(["import", "notes.jsonl", "--dry-run"]) == 0
    assert "Would be: 1 added" in capsys.readouterr().out
    assert cli.main(["import", "notes.jsonl"]) == 0
    assert "notes.jsonl: 1 added, 0 updated, 0 there already" in capsys.readouterr().out
    assert cli.main(["import", str(notes), str(notes)]) == 0
    assert capsys.readouterr().out.count("1 there already") == 2
    with infonb.open(search) as journal:
        assert len(journal.interviews()) == 1


def test_import_of_bad_data_is_1_and_says_where(tmp_path: Path, capsys):
    (tmp_path / "bad.jsonl").write_text(json.dumps({**LINE, "date": "soon"}), encoding="utf-8")
    assert cli.main(["import", "bad.jsonl"]) == 1
    assert "bad.jsonl, row 1, date: 'soon'" in capsys.readouterr().err
    assert cli.main(["import", "bad.jsonl", "--dry-run"]) == 1
    assert "bad.jsonl, row 1, date: 'soon'" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_2(tmp_path: Path, capsys):
    for call in (["import", "nowhere.csv"], ["check", "nowhere.db"], ["report", "nowhere.ipynb"]):
        assert cli.main(call) == 2
        assert "There is no file nowhere" in capsys.readouterr().err
    assert not (tmp_path / "nowhere.db").exists()


@pytest.mark.parametrize(
    "command", [["tasks"], ["check"], ["backup", "copy.db"], ["report"], ["export", "x.jsonl"]]
)
def test_a_mistyped_journal_does_not_become_an_empty_one(
    tmp_path: Path, command: list[str], capsys
):
    assert cli.main(["--journal", "serach.db", *command]) == 2
    assert "serach.db" in capsys.readouterr().err
    assert not (tmp_path / "serach.db").exists()


def test_tasks_says_what_is_owed(search: Path, capsys):
    assert cli.main(["tasks"]) == 0
    assert "Nothing is owed." in capsys.readouterr().out
    with infonb.open(search) as journal:
        talk = journal.plan_interview(journal.add_person("Ada"), journal.add_occupation("Nurse"))
        journal.finish_interview(talk, date="2026-03-02")
        task = journal.tasks().task.iloc[0]
    assert cli.main(["tasks"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"2026-03-02 +thank you +Ada, Nurse  \(overdue\)", said)
    with infonb.open(search) as journal:
        journal.done(task)
    cli.main(["tasks"])
    assert "thank you" not in capsys.readouterr().out
    cli.main(["tasks", "--all"])
    assert "thank you" in capsys.readouterr().out


def test_backup_copies_the_journal(notes: Path, tmp_path: Path, capsys):
    cli.main(["import", "notes.jsonl"])
    assert cli.main(["backup", "copy.db"]) == 0
    assert "Copied to copy.db." in capsys.readouterr().out
    with infonb.open(tmp_path / "copy.db") as copy:
        assert len(copy.interviews()) == 1


def test_check_says_sound_or_what_is_wrong(tmp_path: Path, capsys):
    assert cli.main(["check"]) == 0
    assert "The journal is sound." in capsys.readouterr().out
    (tmp_path / "diary.db").write_text("Dear diary, " * 100, encoding="utf-8")
    assert cli.main(["check", "diary.db"]) == 1
    said = capsys.readouterr()
    assert "diary.db" in said.out + said.err and "The journal is sound" not in said.out


def test_export_leaves_names_out_unless_asked(notes: Path, tmp_path: Path, capsys):
    cli.main(["import", "notes.jsonl"])
    assert cli.main(["export", "shared.jsonl"]) == 0
    assert "Names are left out" in capsys.readouterr().out
    assert "Ada" not in (tmp_path / "shared.jsonl").read_text(encoding="utf-8")
    assert cli.main(["export", "whole.jsonl", "--names"]) == 0
    assert "Ada" in (tmp_path / "whole.jsonl").read_text(encoding="utf-8")
    assert cli.main(["export", "notes.docx"]) == 1


def test_the_journal_can_be_named_in_the_call(tmp_path: Path, notes: Path, capsys):
    assert cli.main(["--journal", "other.db", "import", "notes.jsonl"]) == 0
    assert (tmp_path / "other.db").exists()
    assert cli.main(["--journal", "sample:example", "tasks", "--all"]) == 0
    assert "thank you" in capsys.readouterr().out


@pytest.mark.parametrize("folder", [".", "notebooks"])
def test_in_the_folder_that_new_made_its_journal_is_meant(
    notes: Path, search: Path, monkeypatch: pytest.MonkeyPatch, folder: str
):
    monkeypatch.delenv("INFONB_JOURNAL")
    (search.parent / "notebooks").mkdir()
    monkeypatch.chdir(search.parent / folder)
    assert cli.main(["import", str(notes)]) == 0
    with infonb.open(search) as journal:
        assert len(journal.interviews()) == 1


def test_elsewhere_import_says_where_it_goes(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.delenv("INFONB_JOURNAL")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert cli.main(["import", str(notes)]) == 0
    assert "your data folder" in capsys.readouterr().err


def test_lab_hands_everything_on_to_jupyterlab(monkeypatch, search: Path):
    started: list[list[str]] = []
    monkeypatch.setattr(os, "spawnv", lambda mode, path, command: started.append(command) or 7)
    assert cli.main(["--journal", "search.db", "lab", "--no-browser", "--port", "8899"]) == 7
    assert started == [[sys.executable, "-m", "jupyter", "lab", "--no-browser", "--port", "8899"]]
    assert os.environ["INFONB_JOURNAL"] == str(search), "the notebooks lie in another folder"


def test_a_new_folder_is_ready_to_work_and_report_from(tmp_path: Path, capsys):
    made = subprocess.run(
        [sys.executable, "-m", "infonb", "new", "my search"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "Next: cd" in made.stdout
    folder = tmp_path / "my search"
    shipped = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (folder / "notebooks").iterdir()} == shipped
    assert cli.main(["check", str(folder / "search.db")]) == 0
    assert cli.main(["new", str(folder)]) == 2
    assert "isn't an empty folder" in capsys.readouterr().err
    notebook = folder / "notebooks" / "5-outlook.ipynb"
    call = [
        "--journal",
        str(folder / "search.db"),
        "report",
        str(notebook),
        "-o",
        str(folder / "out"),
    ]
    assert cli.main(call) == 0
    said = capsys.readouterr().out
    assert "opens without internet" in said and "Names are left out" in said
    page = (folder / "out" / "5-outlook.html").read_text(encoding="utf-8")
    assert "<html" in page and "Traceback" not in page


def test_infonb_alone_lists_its_commands(capsys):
    with pytest.raises(SystemExit):
        cli.main([])
    said = capsys.readouterr().err
    for command in ("new", "lab", "restore", "undo", "forget", "people", "interviews", "tasks"):
        assert re.search(rf"^    {command} ", said, re.M)


def commands(parser: Any) -> Iterator[tuple[str, Any]]:
    for action in parser._actions:
        if action.choices and isinstance(action.choices, dict):
            for name, inner in action.choices.items():
                yield name, inner
                yield from commands(inner)


def test_every_argument_says_what_it_is_and_every_command_has_an_example():
    for name, command in commands(cli._parser()):
        assert "Example: infonb " in (command.epilog or ""), name
        for action in command._actions:
            assert action.help or action.metavar == "COMMAND", (name, action.dest)


@pytest.mark.parametrize("folder", ["my search 2", "Zoë's Suche"])
def test_the_next_line_can_be_pasted_as_it_is(tmp_path: Path, folder: str):
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    made = subprocess.run(
        [sys.executable, "-m", "infonb", "new", folder], env=env,
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=120, check=True,
    )  # fmt: skip
    pasted = made.stdout.splitlines()[-1].removeprefix("Next: ") + " --version"
    done = subprocess.run(
        ["bash", "-c", pasted], env=env, cwd=tmp_path, capture_output=True, text=True,
        encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"[\d.]+\s*", done.stdout), "JupyterLab's version"


def test_people_and_interviews_are_listed(search: Path, capsys):
    assert cli.main(["people"]) == 0 and cli.main(["interviews"]) == 0
    assert "Nobody is noted yet" in (said := capsys.readouterr().out) and "No such" in said
    with infonb.open(search) as journal:
        ada, nurse = (
            journal.add_person("Ada L.", job_title="Nurse"),
            journal.add_occupation("Nurse"),
        )
        journal.finish_interview(journal.plan_interview(ada, nurse), date="2026-03-02")
        journal.plan_interview(ada, nurse, at="2026-12-24T10:00")
    cli.main(["people"])
    assert re.search(r"Ada L\. +Nurse, one talk", capsys.readouterr().out)
    cli.main(["interviews", "--status", "planned"])
    assert re.fullmatch(r"2026-12-24 10:00 +planned +Ada L\., Nurse\n", capsys.readouterr().out)


def test_what_was_done_last_is_taken_back(search: Path, notes: Path, capsys):
    cli.main(["import", "notes.jsonl"])
    assert cli.main(["undo"]) == 0
    assert "Taken back: " in capsys.readouterr().out
    with infonb.open(search) as journal:
        assert not journal.interviews()
    assert cli.main(["undo"]) == 0
    assert "nothing to take back" in capsys.readouterr().out


def test_a_backup_is_brought_back_and_what_was_there_is_kept(search: Path, notes: Path, capsys):
    assert cli.main(["backup", "empty.db"]) == 0
    cli.main(["import", "notes.jsonl"])
    assert cli.main(["restore", "empty.db"]) == 0
    assert "What was there is kept in " in capsys.readouterr().out
    with infonb.open(search) as journal:
        assert not journal.interviews()
    assert cli.main(["restore", "nowhere.db"]) == 2


def test_forgetting_asks_first_and_tells_namesakes_apart(search: Path, capsys):
    with infonb.open(search) as journal:
        ada, twin = journal.add_person("Ada L."), journal.add_person("ada  l.", job_title="Nurse")
        ben = journal.add_person("Ben")
    assert cli.main(["forget", "Ben"]) == 2, "asked, and nothing done"
    assert "--yes" in capsys.readouterr().out
    assert cli.main(["forget", "Ada L.", "--yes"]) == 2, "which of the two?"
    assert ada.id in (said := capsys.readouterr().out) and twin.id in said
    assert cli.main(["forget", ben.id, "--yes"]) == 0
    assert cli.main(["forget", "Ada L.", "--each", "--yes"]) == 0
    with infonb.open(search) as journal:
        assert not {"Ada L.", "ada  l.", "Ben"} & {person.name for person in journal.people()}
    assert cli.main(["forget", "Ada L.", "--yes"]) == 2
    assert "Nobody is called Ada L." in capsys.readouterr().err


def test_tasks_names_the_step(search: Path, capsys):
    with infonb.open(search) as journal:
        talk = journal.plan_interview(journal.add_person("Ada"), journal.add_occupation("Nurse"))
        journal.add_task(talk, "follow_up", draft="Shadow a night shift")
    cli.main(["tasks"])
    assert "Ada, Nurse: Shadow a night shift" in capsys.readouterr().out
