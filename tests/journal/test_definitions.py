"""A received journal that acts by itself, or holds what no journal writes, is refused at the door."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from older_forms import THIRD_FORM

import infonb
from infonb.cli import main
from infonb.journal import AlteredJournal, DamagedJournal, JournalFault, check_file, restore_file

ACTING = {
    "the trigger spy": "CREATE TRIGGER spy AFTER UPDATE ON answer BEGIN "
    "UPDATE answer SET text = 'not what was said' WHERE id = NEW.id; END",
    "the trigger gone": "CREATE TRIGGER gone AFTER INSERT ON answer BEGIN "
    "DELETE FROM interview; END",
    "the view peek": "CREATE VIEW peek AS SELECT name FROM person",
    "the column or rule shout": "ALTER TABLE answer ADD COLUMN shout TEXT AS (upper(text))",
    "the column or rule stored": "ALTER TABLE person ADD COLUMN stored TEXT DEFAULT 'x'",
    "the index by_case": "CREATE INDEX by_case ON person (lower(name))",
    "the index one": "CREATE UNIQUE INDEX one ON answer (text)",
    "the index some": "CREATE INDEX some ON answer (text) WHERE rating > 3",
    "the table words": "CREATE VIRTUAL TABLE words USING fts5(text)",
    "the table mine": "CREATE TABLE mine (text)",
}
REWRITTEN = {
    "private BOOLEAN NOT NULL": "private BOOLEAN NOT NULL DEFAULT 0",
    "rating BETWEEN 1 AND 5": "rating BETWEEN 1 AND 500",
    "UNIQUE (interview_id, question)": "UNIQUE (interview_id, question) ON CONFLICT REPLACE",
    "question TEXT NOT NULL": "question TEXT COLLATE NOCASE NOT NULL",
    "text TEXT NOT NULL, ": "text TEXT NOT NULL AS ('not what was said'), ",
    "version INTEGER NOT NULL": "version TEXT NOT NULL",
    "CONSTRAINT ck_answer_version": "/* , */ CONSTRAINT ck_answer_version",
}


@pytest.fixture
def received(tmp_path: Path, help: Any) -> Path:
    with infonb.open(tmp_path / "received.db") as journal:
        talk = help.plan(journal)
        journal.record_answer(talk, "outlook", text="It grows", rating=4)
    return tmp_path / "received.db"


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def refused(path: Path, kind: type[JournalFault], what: str, tmp_path: Path, capsys: Any) -> None:
    """Opening, check, import and restoring refuse it in these words; it stays as it is."""
    before = path.read_bytes()
    with pytest.raises(kind) as opened:
        infonb.open(path)
    assert what in str(opened.value)
    assert what in check_file(str(path))[0]
    assert main(["--journal", str(path), "check"]) == 1
    assert what in "".join(capsys.readouterr())
    with infonb.open(tmp_path / "mine.db") as mine:
        rows = mine.rows()
        for take in (mine.import_file, mine.restore):
            with pytest.raises(infonb.InfonbError) as error:
                take(path)
            assert what in str(error.value)
        assert mine.rows() == rows
    with pytest.raises(infonb.InfonbError, match="can't be restored from"):
        restore_file(tmp_path / "elsewhere.db", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("what", ACTING)
def test_a_file_with_parts_of_its_own_is_refused(
    received: Path, tmp_path: Path, capsys: Any, what: str
) -> None:
    change(received, ACTING[what])
    refused(received, AlteredJournal, what, tmp_path, capsys)
    with pytest.raises(AlteredJournal, match=r"infonb export journal\.jsonl.*DROP TRIGGER"):
        infonb.open(received)


@pytest.mark.parametrize("ours", REWRITTEN)
def test_a_table_of_other_rules_is_refused(
    received: Path, tmp_path: Path, capsys: Any, ours: str
) -> None:
    with closing(sqlite3.connect(received)) as raw, raw:
        (sql,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'answer'").fetchone()
        sql = " ".join(sql.split())
        assert ours in sql
        raw.execute("PRAGMA writable_schema=ON")
        raw.execute(
            "UPDATE sqlite_master SET sql = ? WHERE name = 'answer' AND type = 'table'",
            (sql.replace(ours, REWRITTEN[ours], 1),),
        )
    refused(received, AlteredJournal, "of the table answer", tmp_path, capsys)


def test_an_older_journal_is_looked_at_before_it_is_changed(
    received: Path, tmp_path: Path, capsys: Any
) -> None:
    change(
        received,
        *THIRD_FORM,
        "DROP TABLE message",
        "ALTER TABLE question DROP COLUMN formerly",
        "DROP INDEX ix_person_referred_by",
        "UPDATE alembic_version SET version_num = '0001'",
        "CREATE TRIGGER spy AFTER UPDATE ON alembic_version BEGIN DELETE FROM answer; END",
    )
    refused(received, AlteredJournal, "the trigger spy", tmp_path, capsys)
    change(received, "DROP TRIGGER spy")
    with infonb.open(received) as journal:
        assert journal.check() == [] and len(journal.rows()["answer"]) == 1


def test_what_is_added_while_a_journal_is_open_is_found_by_check(received: Path) -> None:
    with infonb.open(received) as journal:
        change(received, ACTING["the trigger spy"])
        assert any("the trigger spy" in problem for problem in journal.check())


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE answer SET text = x'fffe00'", "answer.text of row 1 holds bytes"),
        ("UPDATE answer SET why = CAST('so' AS BLOB)", "answer.why of row 1 holds bytes"),
        ("UPDATE person SET name = x'41'", "person.name of row 1 holds bytes"),
        ("UPDATE person SET has_card = 'often'", "person.has_card of row 1 holds neither"),
        ("UPDATE answer SET version = 'many'", "answer.version of row 1 holds no whole number"),
    ],
)
def test_a_value_that_no_journal_writes_is_refused(
    received: Path, tmp_path: Path, capsys: Any, statement: str, what: str
) -> None:
    change(received, statement)
    refused(received, DamagedJournal, what, tmp_path, capsys)


def test_text_that_is_no_text_is_found_and_said(
    received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    change(received, "UPDATE answer SET text = CAST(x'4100fe' AS TEXT)")
    assert "answer.text of row 1 is no readable text" in check_file(str(received))[0]
    with infonb.open(tmp_path / "mine.db") as mine:
        before = mine.rows()
        with pytest.raises(infonb.InfonbError, match="received") as error:
            mine.import_file(received)
        assert "SELECT" not in str(error.value) and mine.rows() == before
    shutil.copy(received, tmp_path / "own.db")
    for name in ("x.csv", "x.jsonl", "x.xlsx", "x.ics", "x.vcf"):
        words = ["--journal", str(tmp_path / "own.db"), "export", str(tmp_path / name)]
        assert main(words) == 1
        assert "damaged" in capsys.readouterr().err
        assert not (tmp_path / name).exists()
