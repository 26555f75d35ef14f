"""Keys of one's own questions: random, the same everywhere, and the old ones still understood."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from older_forms import THIRD_FORM
from sqlalchemy import text

import infonb
from infonb.journal import Journal, backups, engine

PROMPT = "Is it true that Ada Lovelace runs the ward at Charité?"
OLD = "own_is_it_true_that_ada_lovelace_runs_the_wa"
OPAQUE = re.compile(r"own_[0-9a-f]{10}")


def test_a_key_says_nothing_of_its_question(journal: Journal) -> None:
    key = journal.add_question(PROMPT)
    assert OPAQUE.fullmatch(key)
    assert journal.add_question(f" {PROMPT.upper()} ") == key
    assert journal.add_question("Do you travel?") != key
    assert journal.questions()[key].prompt == PROMPT


def test_undoing_names_the_question_by_its_prompt(journal: Journal, help: Any) -> None:
    interview, key = help.plan(journal), journal.add_question("Do you travel?")
    for words in ("no", "yes"):
        journal.record_answer(interview, key, text=words)
    assert journal.undo() == "the answer to “Do you travel?” as it was before"


def filled(place: str, help: Any) -> Any:
    """A journal in which the key of a question stands wherever it can; its rows."""
    with infonb.open(place) as journal:
        key = journal.add_question(PROMPT, short="Runs it", low="no", high="yes")
        person = journal.add_person("Ada Lovelace")
        about = journal.add_occupation("Nurse")
        interview = journal.plan_interview(person, about, questions=[key, "outlook"])
        journal.record_answer(interview, "outlook", text="good")
        journal.record_answer(interview, key, text="she does", rating=4)
        journal.record_answer(interview, key, text="she did")
        journal.set_importance(key, 2)
        journal.set_importance(key, 4)
        journal.code(journal.answers(interview)[1], journal.add_theme("power"), 0, 3)
        other = journal.plan_interview(person, about, questions=[key])
        journal.record_answer(other, key, text="to be removed")
        journal.remove(other)
        rows = journal.rows()
        with journal.transaction() as write:
            for kind in ("question", "importance"):
                row = {"id": f"{kind}:{key}", "fingerprint": "f", "now": "2026-01-01"}
                write.connection.execute(
                    text("INSERT INTO imported (id, fingerprint, created_at)"
                         " VALUES (:id, :fingerprint, :now)"), row,
                )  # fmt: skip
    return key, rows


def back_to_the_second_form(place: str, old: dict[str, str]) -> None:
    """As an older infonb left it: keys made of words, wherever they stand."""
    made = engine.make_engine(place)
    with made.connect().execution_options(infonb_write=True) as connection, connection.begin():
        run = connection.exec_driver_sql
        for statement in THIRD_FORM:
            run(statement)
        for new, key in old.items():
            run(f"UPDATE question SET id = '{key}' WHERE id = '{new}'")
            run(f"UPDATE importance SET id = '{key}' WHERE id = '{new}'")
            for table in ("agenda", "answer"):
                run(f"UPDATE {table} SET question = '{key}' WHERE question = '{new}'")
            run(f"UPDATE undo SET before = replace(before, '{new}', '{key}')")
            run(f"UPDATE undo SET what = replace(what, '“{PROMPT}”', '{key}')")
            run(f"UPDATE imported SET id = replace(id, '{new}', '{key}')")
        run("ALTER TABLE question DROP COLUMN formerly")
        run("UPDATE alembic_version SET version_num = '0002'")
    made.dispose()


@pytest.fixture
def older(place: str, help: Any) -> tuple[str, Any]:
    """Where a journal of the second form is, and its rows with the new key in place of OLD."""
    key, rows = filled(place, help)
    back_to_the_second_form(place, {key: OLD})
    return place, json.loads(json.dumps(rows).replace(key, OLD))


def everything(journal: Journal) -> str:
    """All that is stored, but for hashes."""
    with journal._read() as connection:
        tables = ("question", "answer", "agenda", "importance", "imported", "undo", "coding")
        return "\n".join(
            str(connection.exec_driver_sql(f"SELECT * FROM {table}").all()) for table in tables
        )


def test_an_older_journals_keys_are_renamed_wherever_they_stand(older: Any) -> None:
    place, before = older
    with infonb.open(place) as journal:
        (key,) = [row["id"] for row in journal.rows()["question"]]
        assert OPAQUE.fullmatch(key)
        now = json.loads(json.dumps(journal.rows()).replace(key, OLD))
        assert now["question"][0].pop("formerly") and before["question"][0].pop("formerly") is None
        assert now == before
        assert "ada_lovelace" not in everything(journal)
        assert journal.check() == []
        assert journal.undo() == "the removal of interview"
        assert [i.questions for i in journal.interviews()] == [(key, "outlook"), (key,)]
        assert journal.answers(journal.interviews()[1])[0].question == key
        assert journal.undo() == "the marking of a passage"
        assert journal.undo() == f"a change of the importance of “{PROMPT}”"
        assert journal.importances() == {key: 2}
        assert journal.undo() == f"the answer to “{PROMPT}” as it was before"
        assert [a.text for a in journal.answers(journal.interviews()[0])] == ["good", "she does"]
        assert journal.check() == []


def test_the_old_key_is_still_accepted(older: Any, tmp_path: Path) -> None:
    with infonb.open(older[0]) as journal:
        (interview,), (key,) = journal.interviews(), journal.importances()
        assert journal.record_answer(interview, OLD, text="by the old key").question == key
        assert journal.set_importance(OLD, 5).id == key
        assert journal.add_question(PROMPT) == key
        again = journal.plan_interview(
            journal.people()[0], journal.occupations()[0], questions=[OLD, key]
        )
        assert again.questions == (key,)
        assert journal.update(again, questions=["outlook", OLD]).questions == ("outlook", key)
        with pytest.raises(infonb.InfonbError, match=f"{key} \\(Is it true"):
            journal.record_answer(interview, "own_is_it_true", text="")


def test_files_with_the_old_key_are_still_taken(older: Any, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    records = [
        {"kind": "question", "id": OLD, "prompt": PROMPT, "short": "Runs it", "low": "no",
         "high": "yes"},
        {"id": "one", "occupation": "Nurse", "answers": {OLD: {"text": "in lines"}},
         "questions": [OLD]},
        {"kind": "importance", "question": OLD, "value": 1},
    ]  # fmt: skip
    lines.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    long = tmp_path / "long.csv"
    long.write_text(
        f"interview,occupation,question,text\ntwo,Nurse,{OLD},in rows\n", encoding="utf-8"
    )
    wide = tmp_path / "wide.csv"
    wide.write_text(
        f"occupation,{OLD},How we rate it,outlook\nNurse,in a form,3,good\n", encoding="utf-8"
    )
    with infonb.open(older[0]) as journal:
        journal.import_file(lines)
        journal.import_file(long)
        journal.import_file(wide, format="form", answers={"How we rate it": f"{OLD}.rating"})
        (key,) = journal.importances()
        assert journal.importances() == {key: 1}
        said = [a for i in journal.interviews() for a in journal.answers(i) if a.question == key]
        assert [a.text for a in said] == ["she did", "in lines", "in rows", "in a form"]
        assert said[-1].rating == 3
        assert [row["id"] for row in journal.rows()["question"]] == [key]
        assert journal.import_file(lines).counts == "0 added, 0 updated, 3 there already"
        assert "ada_lovelace" not in everything(journal)


def test_answers_whose_question_is_gone_keep_what_its_key_said(place: str, help: Any) -> None:
    key, _ = filled(place, help)
    back_to_the_second_form(place, {key: OLD})
    made = engine.make_engine(place)
    with made.connect().execution_options(infonb_write=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM question")
    made.dispose()
    with infonb.open(place) as journal:
        (row,) = journal.rows()["question"]
        assert row["prompt"] == "is it true that ada lovelace runs the wa"
        assert OPAQUE.fullmatch(row["id"])
        assert journal.check() == []
        assert "ada lovelace" not in str(journal.findings(redact=True).questions).lower()


def test_a_question_that_was_used_outlives_the_undoing_of_its_import(
    journal: Journal, help: Any, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    asked = [{"kind": "question", "prompt": f"Do you {verb}?"} for verb in ("travel", "dance")]
    file.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    interview = help.plan(journal)
    journal.import_file(file)
    travel, _ = (row["id"] for row in journal.rows()["question"])
    journal.record_answer(interview, travel, text="yes")
    assert journal.undo() == "the import of questions.jsonl"
    assert [row["prompt"] for row in journal.rows()["question"]] == ["Do you travel?"]
    assert journal.check() == []


def bytes_of(path: Path) -> bytes:
    beside = [path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal")]
    return b"".join(p.read_bytes() for p in [*beside, *backups.backups_of(path)] if p.exists())


def test_no_byte_of_an_older_files_keys_is_left(tmp_path: Path, help: Any) -> None:
    path = tmp_path / "search.db"
    key, _ = filled(str(path), help)
    back_to_the_second_form(str(path), {key: OLD})
    assert b"ada_lovelace" in path.read_bytes()
    infonb.open(path).close()
    assert b"ada_lovelace" not in path.read_bytes()


@pytest.mark.parametrize("older", [False, True])
def test_forgetting_a_person_leaves_no_name_in_a_key(
    tmp_path: Path, help: Any, older: bool
) -> None:
    path = tmp_path / "search.db"
    key, _ = filled(str(path), help)
    if older:
        back_to_the_second_form(str(path), {key: OLD})
    with infonb.open(path) as journal:
        told = journal.forget(journal.people()[0])
        assert "lovelace" not in everything(journal).lower()
    assert told.unreached == ()
    assert b"lovelace" not in bytes_of(path).lower()
    assert len(backups.backups_of(path)) == 1 + older  # what was before the migration, too
