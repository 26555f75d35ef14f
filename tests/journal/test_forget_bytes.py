"""Forgetting, beyond the rows: twins, employers, settings, backups, notebooks, files that lie about."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb import cli
from infonb.journal import Journal, backups

NAME = "Ingeborg Thistlewood"
TRACES = (b"ingeborg", b"thistlewood")


@pytest.fixture(autouse=True)
def nothing_else_lies_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No leftovers of other programs on this computer."""
    away = tmp_path.parent / f"{tmp_path.name}-away"
    away.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(away))
    monkeypatch.setenv("IPYTHONDIR", str(away))


def bytes_below(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes().lower() for p in folder.rglob("*") if p.is_file()}


def holding(folder: Path) -> list[str]:
    found = bytes_below(folder).items()
    return sorted(Path(name).name for name, content in found if any(t in content for t in TRACES))


def test_a_twin_and_a_title_don_t_keep_the_name(file_journal: Journal, tmp_path: Path) -> None:
    journal = file_journal
    person = journal.add_person("Ingeborg Thistlewood-Smythe", email="it@example.org")
    twin = journal.add_person(NAME, email="IT@example.org")
    talk = journal.plan_interview(person, journal.add_occupation(f"Assistant to {NAME}"))
    journal.record_answer(talk, "outlook", text=f"{NAME} says so; ask I. Thistlewood. Thistlewoods")
    looked = journal.forget(person, dry_run=True)
    assert looked.same == ((twin.id, NAME),)
    assert NAME in str(looked)
    assert [p.name for p in journal.people()] == ["Ingeborg Thistlewood-Smythe", NAME]
    done = journal.forget([person, twin])
    assert (done.same, done.unsure) == ((), ())
    assert [o.title for o in journal.occupations()] == ["Assistant to [name removed]"]
    journal.close()
    assert holding(tmp_path) == []
    with infonb.open(tmp_path / "search.db") as again:
        assert again.check() == []


def test_a_twin_that_was_removed_before_is_forgotten_along(
    file_journal: Journal, tmp_path: Path
) -> None:
    journal = file_journal
    person, twin = journal.add_person(NAME), journal.add_person(NAME, notes="Thistlewood, imported")
    journal.close()
    assert len(holding(tmp_path)) == 2, "the journal and today's backup"
    journal.remove(twin)
    assert journal.forget(person).unreached == ()
    while journal.undo():
        pass
    assert all(p.name != NAME for p in journal.people())
    journal.close()
    assert holding(tmp_path) == []


@pytest.mark.parametrize(
    ("employer", "text", "gone"),
    [
        ("Zzyzx Rockets", "Zzyzx Rockets is the best employer", "Zzyzx"),
        ("Vandelay Industries Ltd (VIGI)", "VIGI is strict, Vandelay's people say", "V"),
        ("Millborne Clinic", "nights at Millborne-Clinic", "Millborne"),
    ],
)
def test_the_employer_stays_left_out(
    file_journal: Journal, tmp_path: Path, employer: str, text: str, gone: str
) -> None:
    journal = file_journal
    person = journal.add_person(NAME, organisation=employer)
    kim = journal.add_person("Kim Abara")
    talk = journal.plan_interview(
        kim, journal.add_occupation("Welder"), research_organisation=f"{text}, it says"
    )
    journal.record_answer(talk, "outlook", text=text)
    before = journal.export_file(tmp_path / "before.csv").read_text(encoding="utf-8")
    journal.forget(person)
    after = journal.export_file(tmp_path / "after.csv").read_text(encoding="utf-8")
    assert gone not in before
    assert gone not in after
    assert before == after


def test_an_employer_of_somebody_else_stays_in_ones_own_words(
    file_journal: Journal, tmp_path: Path
) -> None:
    journal = file_journal
    person = journal.add_person(NAME, organisation="Zzyzx Rockets Inc")
    kim = journal.add_person("Kim Abara", organisation="Zzyzx Rockets")
    talk = journal.plan_interview(kim, journal.add_occupation("Welder"))
    journal.record_answer(talk, "outlook", text="Zzyzx Rockets grows")
    journal.forget(person)
    assert journal.answers(talk)[0].text == "Zzyzx Rockets grows"
    assert "Zzyzx" not in journal.export_file(tmp_path / "a.csv").read_text(encoding="utf-8")


def test_an_address_spelt_out_and_a_profile_go(file_journal: Journal) -> None:
    journal = file_journal
    person = journal.add_person(
        NAME, email="it77@hotmail.example", phone="+49 30 5550134",
        profile="https://www.linkedin.com/in/it77-x",
    )  # fmt: skip
    talk = journal.plan_interview(person, journal.add_occupation("Welder"))
    said = "it77 at hotmail dot example, 030/555 01 34, linkedin.com/in/it77-x"
    journal.record_answer(talk, "outlook", text=said)
    journal.forget(person)
    left = journal.answers(talk)[0].text
    assert [bit for bit in ("it77", "hotmail", "0134", "01 34", "linkedin") if bit in left] == []


def test_paths_of_copies_that_hold_the_name_go_and_are_named(
    file_journal: Journal, tmp_path: Path
) -> None:
    journal = file_journal
    person = journal.add_person(NAME)
    away = tmp_path.parent / f"{tmp_path.name}-away"
    there = journal.export_file(away / "Ingeborg export.csv", redact=False)
    journal.export_file(away / "Ingeborg gone.csv", redact=False).unlink()
    done = journal.forget(person)
    assert [line for line in done.unreached if line.startswith(str(there))]
    assert "gone.csv" not in str(done)
    assert not [
        key for key in ("copies", "forgetting") if "Ingeborg" in (journal.setting(key) or "")
    ]
    journal.close()
    assert holding(tmp_path) == []


def notebook(outputs: str, source: str = "charts.ratings(findings)") -> str:
    cell = {
        "cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": [source],
        "outputs": [{"output_type": "stream", "name": "stdout", "text": [outputs]}],
    }  # fmt: skip
    widgets = {"widgets": {"x": {"state": {"value": outputs}}}}
    return json.dumps({"cells": [cell], "metadata": widgets, "nbformat": 4, "nbformat_minor": 5})


def packed(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", f"<t>{text}</t>")
    return made.getvalue()


def test_notebooks_and_checkpoints_are_named_and_cleared_when_asked(tmp_path: Path) -> None:
    search = tmp_path / "search"
    assert cli.main(["new", str(search)]) == 0
    checkpoints = search / "notebooks" / ".ipynb_checkpoints"
    checkpoints.mkdir()
    shown = [search / "notebooks" / "3-compare.ipynb", checkpoints / "3-compare-checkpoint.ipynb"]
    for path in shown:
        path.write_text(notebook("Ingeborg T. and ingeborg thistlewood"), encoding="utf-8")
    mine = search / "notebooks" / "mine.ipynb"
    mine.write_text(notebook("x", 'journal.add_person("Ingeborg Thistlewood")'), encoding="utf-8")
    with infonb.open(search / "search.db") as journal:
        person = journal.add_person(NAME)
        told = journal.forget(person, dry_run=True).unreached
        assert sorted(line.partition(": ")[0] for line in told) == sorted(map(str, [*shown, mine]))
        done = journal.forget(person, clear_outputs=True)
    assert sorted(done.cleared) == sorted(map(str, shown))
    assert [line.partition(": ")[0] for line in done.unreached] == [str(mine)]
    assert holding(tmp_path) == ["mine.ipynb"]
    assert json.loads(shown[0].read_text(encoding="utf-8"))["cells"][0]["outputs"] == []
    assert {path.stat().st_mode & 0o777 for path in shown} == {0o600}


def test_reports_sheets_exports_and_leftovers_in_the_folder_are_named(
    file_journal: Journal, tmp_path: Path
) -> None:
    person = file_journal.add_person("José Ñandú-Thistlewood")
    inner = base64.b64encode(gzip.compress(b"x" * 300 + "by José Ñandú-Thistlewood".encode()))
    away = tmp_path.parent / f"{tmp_path.name}-away"
    lying: dict[Path, bytes] = {
        tmp_path / "reports" / "a.html": b"<p>Jos&eacute; <b>&Ntilde;and&uacute;</b>-Thistlewood",
        tmp_path / "reports" / "b.html": b"<script>" + inner + b"</script>",
        tmp_path / "c.jsonl": json.dumps({"name": "José Ñandú-Thistlewood"}).encode(),
        tmp_path / "d.xlsx": packed("Nandu-Thistlewood"),
        tmp_path / "e.vcf": b"FN:Jose Nandu-Thistle\r\n wood\r\n",
        tmp_path / ".infonb-0a1b2c3d.part": "José Ñandú-Thistlewood".encode(),
        tmp_path / "José Ñandú-Thistlewood.txt": b"nothing",
        tmp_path / "f.txt": "José Ñandú-Thistlewood".encode("utf-16"),
        tmp_path / "g.txt": "José Ñandú-Thistlewood".encode("latin-1"),
        tmp_path / "search.db.backups" / "by hand.csv": b"thistlewood",
        away / "infonb-restoring-abc123" / ".x.restoring": b"Thistlewood",
        away / "profile_default" / "history.sqlite": b"SQLite format 3\0 add_person('Thistlewood')",
        tmp_path / "innocent.txt": b"thistles in a wood; Jos stood there",
    }
    for path, content in lying.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "chart.png").write_bytes(b"\x89PNG")
    told = file_journal.forget(person).unreached
    named = {line.partition(": ")[0] for line in told}
    assert named == {str(p) for p in lying if p.name != "innocent.txt"} | {str(tmp_path)}
    assert any("chart.png" in line for line in told)
    assert any("broken off" in line for line in told if ".part" in line)


def test_what_is_written_beside_a_journal_is_found_in_what_it_wrote(tmp_path: Path) -> None:
    """Real exports with names, each of its kind."""
    with infonb.open(tmp_path / "search.db") as journal:
        person = journal.add_person(NAME, email="it@example.org")
        talk = journal.plan_interview(
            person, journal.add_occupation("Welder"), at="2026-12-10T10:00:00+00:00"
        )
        journal.record_answer(talk, "outlook", text="fine")
        for name in ("a.csv", "b.jsonl", "c.xlsx", "d.vcf", "e.ics"):
            journal.export_file(tmp_path / name, redact=False)
        journal.export_file(tmp_path / "class", format="programme", redact=False)
        told = str(journal.forget(person))
    assert [n for n in ("a.csv", "b.jsonl", "c.xlsx", "d.vcf", "e.ics") if n not in told] == []
    assert "class" in told


def killed_at(what: str, path: Path, person_id: str) -> None:
    code = (
        "import os, sys, infonb\nfrom infonb.journal import forget\n"
        f"{what} = lambda *_, **__: os._exit(9)\n"
        "infonb.open(sys.argv[1]).forget(sys.argv[2])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), person_id], check=False, timeout=200
    )
    assert done.returncode == 9


@pytest.mark.parametrize(
    "at",
    ["forget._forget_in_backup", "forget.backups.replacing", "forget.rewrite_file",
     "forget.files_with_names.found"],
)  # fmt: skip
def test_what_was_broken_off_is_finished_on_the_next_opening(tmp_path: Path, at: str) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:  # a backup from before the entry: only a text names them
        talk = journal.plan_interview(
            journal.add_person("Kim Abara"), journal.add_occupation("Welder")
        )
        journal.record_answer(talk, "outlook", text=f"Ask {NAME}")
    assert len(backups.backups_of(path)) == 1
    with infonb.open(path) as journal:
        person = journal.add_person(NAME, notes="Thistlewood")
    killed_at(at, path, person.id)
    infonb.open(path).close()
    assert holding(tmp_path) == []
    with infonb.open(path) as journal:
        assert [p.name for p in journal.people()] == ["Kim Abara", "Not named"]
        assert journal.check() == []
        assert not journal.setting("forgetting")


def test_what_cannot_be_finished_is_said_on_opening(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        person = journal.add_person(NAME)
    (tmp_path / "notes.txt").write_text(f"{NAME} called", encoding="utf-8")
    killed_at("forget._forget_in_backup", path, person.id)
    with pytest.warns(infonb.errors.InfonbWarning, match=r"notes\.txt"):
        infonb.open(path).close()
    infonb.open(path).close()  # said once


def test_a_dry_run_changes_no_byte_and_lists_every_place(
    file_journal: Journal, tmp_path: Path, help: Any
) -> None:
    talk = help.plan(file_journal, NAME)
    file_journal.record_answer(talk, "outlook", text="As Ingeborg says", why="since Thistlewood")
    file_journal.close()
    before = bytes_below(tmp_path)
    looked = file_journal.forget(talk.person_id, dry_run=True)
    file_journal.close()
    assert bytes_below(tmp_path) == before
    assert {(m.table, m.column) for m in looked.found} >= {
        ("person", "name"), ("answer", "text"), ("answer", "why"),
    }  # fmt: skip
    assert looked.places > len(looked.found), "backups count, too"
    assert "As Ingeborg says" in str(looked)


def test_the_command_shows_first_and_takes_twins_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "search.db")
    with infonb.open(path) as journal:
        journal.add_person("Ingeborg Thistlewood", email="it@example.org")
        journal.add_person("Thistlewood, Ingeborg")
    call = ["forget", NAME, "--journal", path]
    assert cli.main([*call, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "nothing was changed" in said
    assert "it@example.org" in said
    assert "Thistlewood, Ingeborg" in said
    assert cli.main(call) == 2
    said = capsys.readouterr().out
    assert "--each" in said
    assert "Thistlewood, Ingeborg" in said
    assert cli.main([*call, "--each", "--yes"]) == 0
    with infonb.open(path) as journal:
        assert [p.name for p in journal.people()] == ["Not named", "Not named"]
    assert holding(tmp_path) == []


def test_the_folder_of_a_search_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert cli.main(["new", str(tmp_path / "deep" / "search")]) == 0
    finally:
        os.umask(before)
    for path in (tmp_path / "deep" / "search", *(tmp_path / "deep" / "search").rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
