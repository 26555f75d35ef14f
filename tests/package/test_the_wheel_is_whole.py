"""The wheel, built from the source distribution alone, does the main job away from the checkout."""

from __future__ import annotations

import email
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import infonb

ROOT = Path(__file__).parents[2]
JOB = """
import infonb, json, pathlib
journal = infonb.open("my-search/search.db")
nurse = journal.add_occupation("Registered nurse", soc="29-1141")
talk = journal.plan_interview(journal.add_person("Ada Lark"), nurse)
journal.record_answer(talk, "home_life", text="Three long shifts", rating=4)
journal.finish_interview(talk)
assert journal.check() == []
assert len(journal.findings().answers) == 1
assert infonb.reference.match_title("rn")[0].soc == "29-1141"
infonb.charts.ratings(infonb.sample("published").findings()).to_dict()
print(infonb.__file__)
"""


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    # a folder of its own for everything; nothing of the checkout is on the path
    named = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "INFONB_JOURNAL")}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**named, **env}, capture_output=True,
        encoding="utf-8", timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Built from what the source distribution holds, and from nothing else."""
    folder = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir", folder)
    run(*build, "--sdist", ROOT, cwd=folder)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    source = folder / archive.name.removesuffix(".tar.gz")
    run(*build, "--wheel", source, cwd=folder)
    shutil.rmtree(source)
    yield next(folder.glob("*.whl"))


def test_the_wheel_holds_what_it_needs_and_says_what_it_is(wheel: Path):
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        info = f"infonb-{infonb.__version__}.dist-info"
        about = email.message_from_bytes(packed.read(f"{info}/METADATA"))
    assert {"infonb/py.typed", f"{info}/licenses/LICENSE"} <= set(names)
    assert f"{info}/licenses/infonb/reference/data/LICENSES.md" in names
    for folder in ("notebooks", "sample_data"):
        for path in (ROOT / folder).iterdir():
            if path.suffix in (".ipynb", ".jsonl", ".md"):
                assert f"infonb/_shipped/{folder}/{path.name}" in names
    assert not [n for n in names if not n.startswith(("infonb/", info))]
    assert about["Version"] == infonb.__version__
    assert about["License-Expression"] == "BSD-3-Clause"


def test_away_from_the_checkout_it_makes_a_journal_logs_and_reports(wheel: Path, tmp_path: Path):
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    env = {"PYTHONPATH": str(site), "PYTHONWARNDEFAULTENCODING": ""}
    python = sys.executable
    run(python, "-m", "infonb", "new", "my-search", cwd=work, **env)
    names = {path.name for path in (work / "my-search" / "notebooks").iterdir()}
    assert {"0-start.ipynb", "6-decide.ipynb"} <= names
    assert str(site) in run(python, "-c", JOB, cwd=work, **env)
    run(
        python, "-m", "infonb", "--journal", "sample:published", "report", "--quiet",
        work / "my-search" / "notebooks" / "3-compare.ipynb", cwd=work, **env,
    )  # fmt: skip
    assert (work / "reports" / "3-compare.html").stat().st_size > 100_000


@pytest.mark.soak
def test_in_an_empty_environment_the_wheel_brings_all_it_needs(wheel: Path, tmp_path: Path):
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    bin = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = (bin / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel)
    run(*install, cwd=tmp_path, PYTHONWARNDEFAULTENCODING="")
    run(bin / "infonb", "new", "my-search", cwd=tmp_path)
    assert str(tmp_path / "env") in run(bin / "python", "-c", JOB, cwd=tmp_path)
    run(bin / "infonb", "--journal", "sample:example", "report", "--quiet", cwd=tmp_path)
    assert (tmp_path / "reports" / "report.html").exists()
    for notebook in sorted((tmp_path / "my-search" / "notebooks").glob("*.ipynb")):
        run(
            bin / "jupyter", "execute", notebook, cwd=tmp_path, INFONB_JOURNAL="sample:example",
            PYTHONWARNDEFAULTENCODING="",
        )  # fmt: skip


def test_the_version_stands_once():
    said = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {infonb.__version__}\n" in said
    assert f"\n## {infonb.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
