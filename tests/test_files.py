"""A file is there whole or not at all, and what a killed run leaves is gone after the next start."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import infonb
from infonb import charts, files
from infonb.errors import InfonbError

HELD = """
    import sys, time
    import infonb
    from infonb import files

    search, folder = sys.argv[1], sys.argv[-1]

    def hang():
        print("there", flush=True)
        time.sleep(600)

    def hang_at(moment):
        sys.addaudithook(lambda event, about: event == moment and "infonb-" in str(about[0]) and hang())
"""


@pytest.fixture
def at_home(tmp_path: Path) -> dict[str, str]:
    """An environment with folders of its own for what programs keep and for the moment."""
    folders = {"XDG_STATE_HOME": "state", "TMPDIR": "tmp", "XDG_DATA_HOME": "data"}
    for folder in folders.values():
        (tmp_path / folder).mkdir()
    return {**os.environ, **{name: str(tmp_path / folder) for name, folder in folders.items()}}


def killed_at_work(code: str, environment: dict[str, str], *arguments: object) -> None:
    """Run code until it says that it is in the midst of it, then kill it as a power cut would."""
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HELD) + textwrap.dedent(code), *map(str, arguments)],
        env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "there\n"
        run.send_signal(signal.SIGKILL)


def started_again(environment: dict[str, str], journal: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", "import infonb, sys; infonb.open(sys.argv[1]).close()", journal],
        env=environment, check=True,
    )  # fmt: skip


def holding_the_name(folder: Path) -> list[str]:
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and b"Lovelace" in path.read_bytes()
    )


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "search" / "search.db"
    path.parent.mkdir()
    with infonb.open(path) as journal:
        journal.add_person("Ada Lovelace")
        journal.backup(tmp_path / "monday.db")
    return path


@pytest.mark.parametrize(
    ("moment", "work"),
    [
        ("os.rename", "infonb.open(search).backup(folder + '/elsewhere.db')"),
        ("os.rename", "infonb.open(search).export_file(folder + '/all.jsonl', redact=False)"),
        ("shutil.rmtree", "infonb.open(search).restore(folder + '/monday.db')"),
        ("shutil.rmtree", "infonb.open(folder + '/other.db').import_file(search)"),
        ("os.rename", "j = infonb.open(search); j.forget(j.people()[0])"),
        ("shutil.rmtree", "j = infonb.sample('example'); j.add_person('Ada Lovelace'); del j"),
    ],
    ids=["backup", "export", "restore", "import", "forget", "sample"],
)
def test_what_a_killed_run_leaves_is_gone_after_the_next_start(
    moment: str, work: str, at_home: dict[str, str], journal: Path, tmp_path: Path
) -> None:
    killed_at_work(f"hang_at({moment!r})\n{work}", at_home, journal, tmp_path)
    left = [path for path in tmp_path.rglob("*infonb-*") if "pytest" not in path.name]
    assert any(holding_the_name(path.parent if path.is_file() else path) for path in left)
    started_again(at_home, journal)
    assert not any(path.exists() for path in left)
    assert not list((tmp_path / "state" / "infonb" / "unfinished").iterdir())


def test_a_run_that_still_writes_is_let_be(
    at_home: dict[str, str], journal: Path, tmp_path: Path
) -> None:
    code = textwrap.dedent(HELD) + textwrap.dedent("""
        from pathlib import Path
        with files.replacing(Path(sys.argv[1])) as part:
            part.write_text("Dear Sam", encoding="utf-8")
            print("there", flush=True)
            sys.stdin.readline()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "letter.txt"], env=at_home,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "there\n"
        started_again(at_home, journal)
        run.communicate("\n")
    assert run.returncode == 0
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "Dear Sam"


def test_a_note_that_names_somebody_elses_file_removes_nothing(
    at_home: dict[str, str], journal: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "thesis.docx"
    mine.write_text("years of work", encoding="utf-8")
    killed_at_work('files._note(__import__("pathlib").Path(sys.argv[1])); hang()', at_home, mine)
    started_again(at_home, journal)
    assert mine.exists()
    assert not list((tmp_path / "state" / "infonb" / "unfinished").iterdir())


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "letter.txt"
    files.write_text(target, "Dear Sam")
    with pytest.raises(ZeroDivisionError), files.replacing(target) as part:
        part.write_text("Dear", encoding="utf-8")
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert target.read_text(encoding="utf-8") == "Dear Sam"


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    link = tmp_path / "letter.txt"
    link.symlink_to(tmp_path / "shared" / "letter.txt")
    files.write_text(link, "Dear Sam")
    assert link.is_symlink()
    assert (tmp_path / "shared" / "letter.txt").read_text(encoding="utf-8") == "Dear Sam"


@pytest.mark.parametrize("place", [".", "no such folder/letter.txt", "pipe"])
def test_what_is_no_file_is_refused_in_words(place: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InfonbError, match=r"can't be written: "):
        files.write_text(tmp_path / place, "Dear Sam")
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_whatever_may_hold_names_is_its_owners_alone(tmp_path: Path) -> None:
    os.umask(0o022)
    with infonb.sample("example") as journal:
        charts.save(charts.coverage(journal.findings()), tmp_path / "coverage.svg")
        journal.export_file(tmp_path / "all.jsonl", redact=False)
        infonb.report.build(
            [_story(tmp_path)], tmp_path / "names.html", "sample:example", redact=False
        )
        infonb.report.build([_story(tmp_path)], tmp_path / "open.html", "sample:example")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes["coverage.svg"] == modes["all.jsonl"] == modes["names.html"] == 0o600
    assert modes["open.html"] == 0o644


def _story(folder: Path) -> Path:
    import nbformat

    cells = [nbformat.v4.new_markdown_cell("# Who leads?")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "story.ipynb")
    return folder / "story.ipynb"
