"""Migrations: from scratch they lead to today's tables, and they are all or nothing."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from older_forms import THIRD_FORM
from sqlalchemy import text

import infonb
from infonb.journal import (
    MigrationFailed,
    NewerJournal,
    backups,
    engine,
    schema,
    upgrade,
)

MIGRATIONS = Path(upgrade.__file__).with_name("migrations")


def migrations_with(folder: Path, body: str) -> str:
    """A copy of the migrations with one more; its place."""
    import shutil

    place = folder / "migrations"
    shutil.copytree(MIGRATIONS, place, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "versions" / "next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f'revision = "next"\ndown_revision = "{schema.REVISION}"\n\n\ndef upgrade():\n'
        + textwrap.indent(textwrap.dedent(body), "    "),
        encoding="utf-8",
    )
    return str(place)


@pytest.fixture
def next_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make this infonb one whose tables have a further form."""

    def turn_to(body: str) -> None:
        monkeypatch.setattr(upgrade, "MIGRATIONS", migrations_with(tmp_path, body))
        monkeypatch.setattr(schema, "REVISION", "next")

    return turn_to


REBUILD = """
recreate = "always" if op.get_bind().dialect.name == "sqlite" else "never"
with op.batch_alter_table("person", recreate=recreate) as batch:
    batch.add_column(sa.Column("pronoun", sa.Text()))
"""


def test_migrating_from_scratch_gives_the_tables_of_today(place: str) -> None:
    if "://" not in place:
        Path(place).touch()  # a connection never makes a file where one may have been moved
    made = engine.make_engine(place)
    with made.connect().execution_options(infonb_write=True) as connection, connection.begin():
        from alembic import command

        configuration = upgrade._configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")
        migrated = shape(connection)
        cascade = "" if made.dialect.name == "sqlite" else "CASCADE"
        for table in [*reversed(schema.metadata.sorted_tables), upgrade.revision_table]:
            connection.exec_driver_sql(f"DROP TABLE {table.name} {cascade}")
        upgrade._make(connection)
        assert shape(connection) == migrated
    made.dispose()


def shape(connection: Any) -> Any:
    """Everything the database knows about its tables, whatever order it was told in."""
    if connection.dialect.name == "sqlite":
        statements = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql != ''")
        return sorted(
            # a column that was added stands on the line of the one before it
            tuple(
                sorted(
                    line.strip().rstrip(",").replace('"', "")
                    for line in re.split(r"\n|, (?=\"?\w+\"? (?:TEXT|INTEGER))", sql)
                )
            )
            for (sql,) in statements
        )
    return [
        sorted(connection.execute(text(query)).all())
        for query in (
            "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '') "
            "FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace",
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        )
    ]


def test_the_form_of_today_is_the_last_migration() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(upgrade._configuration())
    assert script.get_current_head() == schema.REVISION


def test_an_older_journal_is_brought_to_todays_form(
    place: str, next_form: Callable[[str], None], help: Any
) -> None:
    with infonb.open(place) as journal:
        interview = help.plan(journal)
        journal.record_answer(interview, "outlook", text="good")
        before = journal.rows()
    next_form(REBUILD)
    with infonb.open(place) as journal:
        assert journal.rows() == before  # no child row went with the rebuilt table
        assert journal.setting("infonb_version") == infonb.__version__
        assert journal.check() == []
        with journal._read() as connection:
            assert connection.exec_driver_sql("SELECT pronoun FROM person").all() == [(None,)]
            if connection.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    with infonb.open(place) as journal:
        assert journal.rows() == before


def test_a_journal_of_the_first_form_keeps_everything_and_can_keep_messages(
    place: str, help: Any
) -> None:
    with infonb.open(place) as journal:
        help.plan(journal)
        before = {k: rows for k, rows in journal.rows().items() if k != "message"}
    back_to_the_first_form(place)
    with infonb.open(place) as journal:
        assert {k: rows for k, rows in journal.rows().items() if k != "message"} == before
        [interview] = journal.interviews()
        journal.keep_message(interview, "request", "Dear Robin, …")
        assert journal.messages(interview) == {"request": "Dear Robin, …"}
        assert journal.check() == []


def back_to_the_first_form(place: str) -> None:
    """Take away what later forms added."""
    made = engine.make_engine(place)
    with made.connect().execution_options(infonb_write=True) as connection, connection.begin():
        for statement in THIRD_FORM:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("DROP TABLE message")
        connection.exec_driver_sql("DROP INDEX ix_person_referred_by")
        connection.exec_driver_sql("ALTER TABLE question DROP COLUMN formerly")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    made.dispose()


def test_a_file_is_backed_up_before_it_is_migrated(
    tmp_path: Path, next_form: Callable[[str], None], help: Any
) -> None:
    path = tmp_path / "search.db"
    todays = schema.REVISION
    with infonb.open(path) as journal:
        help.plan(journal)
        before = journal.rows()
    next_form(REBUILD)
    infonb.open(path).close()
    (kept,) = (b for b in backups.backups_of(path) if "before-next" in b.name)
    assert backups.examine(kept, to_write=False).revision == todays
    with infonb.open(path) as journal:
        journal.restore(kept)  # a backup of an older form is brought to today's as well
        assert journal.rows() == before


@pytest.mark.parametrize(
    "body",
    [
        "op.add_column('person', sa.Column('pronoun', sa.Text()))\nraise RuntimeError('half way')",
        "op.execute('DELETE FROM person')\nop.execute('SELECT nonsense')",
        "op.execute('UPDATE interview SET person_id = 7')",
    ],
)
def test_a_migration_that_fails_leaves_everything_as_it_was(
    place: str, next_form: Callable[[str], None], help: Any, body: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with infonb.open(place) as journal:
        help.plan(journal)
        before = journal.rows()
    stored = Path(place).read_bytes() if "://" not in place else b""
    with monkeypatch.context() as patched:
        next_form(body)
        with pytest.raises(MigrationFailed, match="It is as it was"):
            infonb.open(place)
        patched.undo()
    monkeypatch.undo()
    if stored:
        assert Path(place).read_bytes() == stored
    with infonb.open(place) as journal:
        assert journal.rows() == before


def test_a_journal_of_a_newer_infonb_is_refused_by_name(place: str, help: Any) -> None:
    with infonb.open(place) as journal:
        help.plan(journal)
        journal.keep_setting("infonb_version", "7.2.0")
        with journal.transaction() as write:
            write.connection.execute(text("UPDATE alembic_version SET version_num = '0042'"))
    stored = Path(place).read_bytes() if "://" not in place else b""
    with pytest.raises(NewerJournal, match=r"infonb 7\.2\.0.*Install the newer infonb") as refused:
        infonb.open(place)
    assert infonb.__version__ in str(refused.value)
    if stored:
        assert Path(place).read_bytes() == stored


def test_a_newer_backup_is_not_restored(tmp_path: Path) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        journal.add_person("Robin")
        copy = journal.backup(tmp_path / "copy.db")
        with closing(sqlite3.connect(copy)) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '0042'")
            raw.commit()
        with pytest.raises(NewerJournal):
            journal.restore(copy)
        assert [p.name for p in journal.people()] == ["Robin"]


def test_two_processes_may_migrate_at_once(tmp_path: Path, help: Any) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        help.plan(journal)
        before = journal.rows()
    place = migrations_with(tmp_path, REBUILD)
    script = (
        "import sys, infonb\nfrom infonb.journal import schema, upgrade\n"
        f"upgrade.MIGRATIONS = {place!r}\nschema.REVISION = 'next'\n"
        "sys.stdin.readline()\ninfonb.open(sys.argv[1]).close()\n"
    )
    several = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path)],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )
        for _ in range(3)
    ]  # fmt: skip
    complaints = []
    for process in several:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in several:
        complaints.append(process.communicate(timeout=60)[1])
    assert complaints == ["", "", ""]
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("next",)]
        assert raw.execute("SELECT count(*) FROM person").fetchone() == (len(before["person"]),)


def test_alembic_is_not_loaded_for_a_journal_of_today(tmp_path: Path) -> None:
    code = (
        "import sys, infonb\n"
        "for _ in range(2): infonb.open(sys.argv[1]).close()\n"
        "print('alembic' in sys.modules, 'pandas' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "search.db")],
        capture_output=True, text=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.split() == ["False", "False"]


def test_tables_of_another_program_on_the_server_are_left_alone(database: str, help: Any) -> None:
    help.run_sql(database, "CREATE TABLE person (id int)", "INSERT INTO person VALUES (1)")
    with pytest.raises(infonb.InfonbError, match="another program"):
        infonb.open(database)
    assert help.run_sql(database, "SELECT * FROM person") == [(1,)]
