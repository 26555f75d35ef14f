"""A programme's folder: each journal has a part, whole or not there, nobody's names, any engine."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import infonb
from infonb.cli import main
from infonb.exchange import parquet
from infonb.exchange.parquet import TABLES, Key

SECRETS = ["Ada", "Lovelace", "ada@example.org", "Engine Works", "Not for others"]


def tell(journal: Any, title: str = "Nurse", soc: str | None = "29-1141") -> Any:
    ada = journal.add_person("Ada Lovelace", email="ada@example.org", organisation="Engine Works")
    talk = journal.plan_interview(ada, journal.add_occupation(title, soc=soc), date="2026-03-02")
    journal.record_answer(talk, "outlook", text="Ada Lovelace: it grows", rating=4, why="so Ada")
    journal.record_answer(talk, "home_life", text="Not for others", rating=1, private=True)
    journal.record_skill(talk, "staying calm", rank=1)
    return journal.finish_interview(talk, weight=0.5)


@pytest.fixture
def run(journal: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("INFONB_JOURNAL", str(journal.path))

    def command(*words: Any) -> None:
        assert main([str(word) for word in words]) == 0

    return command


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(folder / name)


def key_of(folder: Path) -> Key:
    return Key.of(folder, is_new=False)


def hashed(folder: Path, journal: Any) -> int:
    """How a folder calls a journal."""
    return key_of(folder).number("journal", journal.id)


def part_files(folder: Path, journal: Any) -> list[Path]:
    return parquet.files_of(folder, key_of(folder).name("part", journal.id))


TOLD = 5  # tables with rows, of a journal that tell() filled


def every_file(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_journal_is_put_in_by_major_group_with_what_it_says(journal: Any, tmp_path: Path) -> None:
    tell(journal)
    tell(journal, "Beekeeper", soc=None)
    folder = journal.export_file(tmp_path / "class", format="programme")
    answers = table(folder, "answers")
    assert list(answers.columns) == [*TABLES["answers"], "soc_major"]
    assert answers["text"].eq("").all() and answers["why"].isna().all()
    told = answers.sort_values("soc_major")[["soc_major", "occupation", "rating", "weight"]]
    assert told.astype(str).to_numpy().tolist() == [
        ["29", "Nurse", "4", "0.5"], ["none", "Beekeeper", "4", "0.5"],
    ]  # fmt: skip
    assert set(table(folder, "skills")["skill"]) == {"Self-Control"}
    assert table(folder, "interviews")["interview"].nunique() == len(journal.interviews())
    assert set(answers["occupation_key"]) == {"29-1141", "beekeeper"}
    about = json.loads((folder / "programme.json").read_text(encoding="utf-8"))
    assert about == {"schema": 2, "tables": TABLES}
    assert "Answers off the record are never in here" in (folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize("redact", [True, False])
def test_private_answers_never_leave_and_names_only_where_asked(
    journal: Any, tmp_path: Path, redact: bool
) -> None:
    tell(journal)
    journal.keep_message(journal.interviews()[0], "request", "Dear Ada Lovelace")
    folder = journal.export_file(tmp_path / "class", format="programme", redact=redact, texts=True)
    words = " ".join(table(folder, name).to_csv() for name in TABLES if (folder / name).exists())
    assert [s for s in SECRETS if s in words] == ([] if redact else ["Ada", "Lovelace"])
    assert ("class" in str(journal.forget(journal.people()[0]))) == (not redact)


def test_the_same_journal_replaces_its_part_and_leaves_the_others(
    journal: Any, tmp_path: Path
) -> None:
    tell(journal)
    folder = tmp_path / "class"
    with infonb.open(tmp_path / "other.db") as other:
        tell(other, "Teacher", "25-2021")
        for one in (journal, other, journal):
            one.export_file(folder, format="programme")
        assert len(every_file(folder)) == 2 + 2 + 2 * TOLD
        assert len(table(folder, "answers")) == 2
        nurse = journal.occupations()[0]
        journal.update(nurse, soc="31-1131")
        journal.export_file(folder, format="programme")
        answers = table(folder, "answers")
        assert set(answers["soc_major"].astype(int)) == {31, 25} and len(answers) == 2
        assert set(answers["journal"]) == {hashed(folder, journal), hashed(folder, other)}
        (copy,) = {journal.backup(tmp_path / "copy.db")}
        with infonb.open(copy) as same:
            same.export_file(folder, format="programme")
        assert len(table(folder, "answers")) == 2


@pytest.mark.parametrize("at", [1, 3, 4])
def test_a_broken_export_leaves_the_part_that_was_there(
    journal: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    talk = tell(journal)
    folder = journal.export_file(tmp_path / "class", format="programme")
    before = every_file(folder)
    journal.record_answer(talk, "path_in", text="By chance")
    write, steps = parquet._write_rows, []

    def breaks(rows: Any, path: Path) -> None:
        steps.append(path)
        if len(steps) == at:
            raise OSError(28, "No space left on device")
        write(rows, path)

    with monkeypatch.context() as patched:
        patched.setattr(parquet, "_write_rows", breaks)
        with pytest.raises(infonb.InfonbError, match=r"(?i)disk|space"):
            journal.export_file(folder, format="programme")
    assert every_file(folder) == before
    assert len(table(folder, "answers")) == 1
    (listed,) = part_files(folder, journal)[:1]
    stray = folder / "answers" / "soc_major=29" / f"{listed.name[:40]}-00000000.parquet"
    stray.write_bytes(b"left by a power cut")
    journal.export_file(folder, format="programme")
    assert len(table(folder, "answers")) == 2 and not stray.exists()


def test_an_empty_journal_has_an_empty_part(journal: Any, tmp_path: Path) -> None:
    folder = journal.export_file(tmp_path / "class", format="programme")
    assert [file.parts[-3] for file in part_files(folder, journal)] == ["journals"]
    assert len(list((folder / "journals.d").iterdir())) == 1


def test_a_folder_of_something_else_or_of_a_newer_infonb_is_left_alone(
    journal: Any, tmp_path: Path
) -> None:
    tell(journal)
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(infonb.InfonbError, match="holds something else"):
        journal.export_file(tmp_path / "photos", format="programme")
    folder = journal.export_file(tmp_path / "class", format="programme")
    (folder / "programme.json").write_text('{"schema": 9}', encoding="utf-8")
    before = every_file(folder)
    with pytest.raises(infonb.InfonbError, match="schema 9, this infonb knows 2"):
        journal.export_file(folder, format="programme")
    assert every_file(folder) == before and len(every_file(tmp_path / "photos")) == 1
    with pytest.raises(infonb.InfonbError, match="no folder"):
        journal.export_file(tmp_path / "missing" / "class", format="programme")


def read_settings(journal: Any, folder: Path) -> dict[str, Any]:
    """A journal's list in a programme's folder."""
    listed = folder / "journals.d" / f"{key_of(folder).name('part', journal.id)}.json"
    return {"path": listed, **json.loads(listed.read_text(encoding="utf-8"))}


def test_a_list_in_the_folder_removes_nothing_but_its_own_part(
    journal: Any, tmp_path: Path, run: Any
) -> None:
    tell(journal)
    folder = journal.export_file(tmp_path / "class", format="programme")
    thesis, beside = tmp_path / "thesis.docx", folder / "answers" / "plan.parquet"
    for precious in (thesis, beside, folder / "answers" / "soc_major=29" / "mine.parquet"):
        precious.write_bytes(b"months of work")
    told = read_settings(journal, folder)
    path = told.pop("path")
    for bad in (
        [str(thesis), "../thesis.docx", "README.md", "programme.json", "answers/plan.parquet",
         "answers/soc_major=29/mine.parquet", 7, None],
        "../thesis.docx", None, {"a": 1}, 3,
    ):  # fmt: skip
        path.write_text(json.dumps({**told, "files": bad}), encoding="utf-8")
        assert part_files(folder, journal) == []
        run("export", folder, "--format", "programme")
    path.write_text("[]", encoding="utf-8")
    run("export", folder, "--format", "programme")
    assert thesis.read_bytes() == beside.read_bytes() == b"months of work"
    kept = {"README.md", "programme.json", "answers/plan.parquet",
            "answers/soc_major=29/mine.parquet"}  # fmt: skip
    assert kept < set(every_file(folder)) and len(every_file(folder)) == 4 + 1 + TOLD


@pytest.mark.parametrize(
    "id", ["../../victim/pwned", "*", "/tmp/pwned", "..", "", "a" * 5000, "c:\\x", "né\udce9"]
)
def test_a_journal_of_any_id_writes_inside_the_folder_and_leaves_the_others(
    journal: Any, tmp_path: Path, id: str
) -> None:
    tell(journal)
    folder = journal.export_file(tmp_path / "class", format="programme")
    before = set(every_file(tmp_path / "class"))
    with infonb.open(tmp_path / "received.db") as received:
        tell(received, "Teacher", "25-2021")
        received.keep_setting("journal_id", id.encode("utf-8", "replace").decode())
    outside = set(every_file(tmp_path)) - {f"class/{name}" for name in before}
    for _ in range(2):
        with infonb.open(tmp_path / "received.db") as received:
            received.export_file(folder, format="programme")
    after = set(every_file(folder))
    assert before < after and len(after - before) == 1 + TOLD
    grown = {name for name in every_file(tmp_path) if not name.startswith(("class", "received"))}
    assert grown <= outside
    assert set(table(folder, "answers")["occupation"]) == {"Nurse", "Teacher"}


def test_a_code_that_is_none_leads_nowhere(journal: Any, tmp_path: Path) -> None:
    tell(journal)
    place = journal.path
    journal.close()
    with contextlib.closing(sqlite3.connect(place)) as raw, raw:
        raw.execute("UPDATE occupation SET soc = '/../../../pwned'")
    with infonb.open(place) as again:
        folder = again.export_file(tmp_path / "class", format="programme")
    assert {file.split("/")[1] for file in every_file(folder) if "soc_major" in file} == {
        "soc_major=none"
    }
    assert not list(tmp_path.glob("**/*pwned*"))


def test_a_link_out_of_the_folder_is_refused(journal: Any, tmp_path: Path) -> None:
    tell(journal)
    folder = journal.export_file(tmp_path / "class", format="programme")
    elsewhere = tmp_path / "elsewhere"
    (folder / "answers").rename(elsewhere)
    (folder / "answers").symlink_to(elsewhere, target_is_directory=True)
    before = every_file(elsewhere)
    with pytest.raises(infonb.InfonbError, match="is a link to another place"):
        journal.export_file(folder, format="programme")
    assert every_file(elsewhere) == before


def test_a_folder_of_the_former_layout_is_left_as_it_is(journal: Any, tmp_path: Path) -> None:
    tell(journal)
    folder = tmp_path / "class"
    (folder / "journals").mkdir(parents=True)
    (folder / "programme.json").write_text('{"schema": 1}', encoding="utf-8")
    with pytest.raises(infonb.InfonbError, match="schema 1, this infonb knows 2; use another"):
        journal.export_file(folder, format="programme")
    assert every_file(folder) == ["programme.json"]


def test_the_key_lies_beside_the_folder_and_nothing_in_it_tells_a_journal(
    journal: Any, tmp_path: Path
) -> None:
    talk = tell(journal)
    folder = journal.export_file(tmp_path / "class", format="programme")
    assert (tmp_path / "class.key").stat().st_mode & 0o077 == 0
    everything = "".join(every_file(folder)) + "".join(
        table(folder, name).to_csv() for name in TABLES if (folder / name).exists()
    )
    known = hashlib.sha256(journal.id.encode()).hexdigest()[:16]
    assert not [id for id in (journal.id, talk.id, known) if id in everything]
    other = journal.export_file(tmp_path / "other", format="programme")
    assert hashed(folder, journal) != hashed(other, journal)
    (tmp_path / "class.key").unlink()
    with pytest.raises(infonb.InfonbError, match=r"the key of .* is missing"):
        journal.export_file(folder, format="programme")


def test_a_folder_made_at_once_holds_only_what_was_collected(journal: Any, tmp_path: Path) -> None:
    tell(journal)
    part = parquet.Part(journal.id, parquet.rows_of(journal), "2026-autumn", "10b")
    for parts in ([part, parquet.Part("another", part.rows)], [part]):
        parquet.write_collected(tmp_path / "class", parts)
        assert table(tmp_path / "class", "answers")["journal"].nunique() == len(parts)
    assert set(table(tmp_path / "class", "answers")["term"]) == {"2026-autumn"}
    with pytest.raises(infonb.InfonbError, match="hand this journal in instead"):
        journal.export_file(tmp_path / "class", format="programme")
    journal.export_file(tmp_path / "each", format="programme")
    with pytest.raises(infonb.InfonbError, match="exported into it one by one"):
        parquet.write_collected(tmp_path / "each", [part])


def test_the_command_adds_to_a_programme(
    journal: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    tell(journal)
    monkeypatch.setenv("INFONB_JOURNAL", str(journal.path))
    assert main(["export", str(tmp_path / "class"), "--format", "programme"]) == 0
    assert "Names are left out" in capsys.readouterr().out
    assert len(table(tmp_path / "class", "answers")) == 1
