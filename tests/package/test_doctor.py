"""`infonb doctor` finds what is missing and says what to do; nothing is made or changed."""

from __future__ import annotations

import json
import os
import sys
from importlib import metadata
from pathlib import Path

import pytest

import infonb
from infonb import cli, doctor


@pytest.fixture(autouse=True)
def somewhere_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INFONB_JOURNAL", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def found(about: str, journal: str | None = None) -> doctor.Check:
    return next(check for check in doctor.examine(journal) if check.about == about)


def test_where_all_is_there_it_says_so_and_exits_with_0(tmp_path: Path, capsys):
    infonb.open(tmp_path / "search.db").close()
    assert cli.main(["--journal", "search.db", "doctor"]) == 0
    said = capsys.readouterr().out
    for about in (
        "Python",
        "packages",
        "forms in JupyterLab",
        "kernel",
        "browser",
        "Java",
        "journal",
    ):
        assert f"{about}" in said
    assert said.endswith("All that is needed is there.\n")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "data") == ["search.db"]


def test_a_journal_that_is_missing_or_damaged_is_to_be_mended(tmp_path: Path, capsys):
    assert cli.main(["doctor", "--journal", "nowhere.db"]) == 1
    assert "there is no file" in capsys.readouterr().out
    assert not (tmp_path / "nowhere.db").exists()
    (tmp_path / "torn.db").write_bytes(b"SQLite format 3\0 and then nothing")
    assert found("journal", "torn.db").state == "wrong"
    assert "backup" in found("journal", "torn.db").to_do


def test_where_no_journal_is_yet_it_says_how_to_begin():
    check = found("journal")
    assert (check.state, "infonb new" in check.to_do) == ("note", True)


def test_a_folder_that_is_synced_is_named(tmp_path: Path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with pytest.warns(infonb.InfonbWarning):
        infonb.open(folder / "search.db").close()
    check = found("folder", str(folder / "search.db"))
    assert check.state == "note"
    assert "Dropbox" in check.found and "backup" in check.to_do


def test_a_password_is_never_shown():
    checks = doctor.examine("postgresql+psycopg://ada:s3cret@localhost:1/search")
    assert not [check for check in checks if "s3cret" in str(check)]


def test_a_package_that_is_missing_or_too_old_is_named(monkeypatch: pytest.MonkeyPatch):
    wanted = [*(metadata.requires("infonb") or ()), "altair>=99", "a-thing-nobody-has>=1"]
    monkeypatch.setattr(metadata, "requires", lambda name: wanted)
    check = found("packages")
    assert check.state == "wrong"
    assert "altair" in check.found and "a-thing-nobody-has is missing" in check.found
    assert "environment of its own" in check.to_do


def test_an_extension_that_is_switched_off_is_named(tmp_path: Path, monkeypatch):
    config = tmp_path / "config" / "labconfig"
    config.mkdir(parents=True)
    off = {"disabledExtensions": {"anywidget": True}}
    (config / "page_config.json").write_text(json.dumps(off), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    check = found("forms in JupyterLab")
    assert (check.state, check.to_do) == ("wrong", "jupyter labextension enable anywidget")


def test_a_kernel_of_another_python_is_named(tmp_path: Path, monkeypatch):
    spec = tmp_path / "share" / "kernels" / "python3"
    spec.mkdir(parents=True)
    other = {"argv": ["/opt/other/bin/python", "-m", "ipykernel_launcher"], "display_name": "P"}
    (spec / "kernel.json").write_text(json.dumps(other), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    check = found("kernel")
    assert check.state == "wrong" and "/opt/other/bin/python" in check.found
    assert sys.executable in check.to_do


def test_a_browser_that_is_named_and_not_there_is_wrong(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INFONB_CHROMIUM", "/nowhere/chromium")
    assert found("browser for --pdf").state == "wrong"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(("version", "state"), [("1.8.0_292", "wrong"), ("21.0.2", "ok")])
def test_java_matters_where_spark_is(tmp_path: Path, monkeypatch, version: str, state: str):
    assert found("Java for Spark").state == "ok" or metadata.version("pyspark")
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda n: "4.0" if n == "pyspark" else real(n))
    assert found("Java for Spark").state == state


def test_versions_are_shown_for_a_report_of_a_fault(capsys):
    infonb.show_versions()
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"infonb: {infonb.__version__}"
    assert f"pandas: {metadata.version('pandas')}" in said
