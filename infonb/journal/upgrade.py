"""The tables of a journal, made when it is new and brought to today's form when it is old."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import time
import uuid
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
)
from sqlalchemy import update as change
from sqlalchemy.exc import DBAPIError

from infonb.errors import InfonbWarning
from infonb.journal import engine as engines
from infonb.journal import open_files, schema
from infonb.journal.errors import (
    ForeignDatabase,
    MigrationFailed,
    NewerJournal,
    translated,
)
from infonb.journal.integrity import Standing, examine, refuse_foreign_definitions

_TURNING_SECONDS = 1.0
_said_of: set[str] = set()

MIGRATIONS = "infonb:journal/migrations"
"""Where Alembic finds the migrations: inside the package."""

revision_table = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def prepare(engine: Engine, location: str, keep: bool = True) -> None:
    """Make a new journal's tables, or bring an older journal's to today's form.

    Several processes may do this at once: one does it, the others wait and find it done.

    Parameters
    ----------
    keep : bool
        Whether a file of an older form is backed up first.

    Raises
    ------
    JournalFault
        When it can't be opened; it is left as it was then.
    """
    if engine.dialect.name == "sqlite":
        _prepare_file(engine, engines.file_of(location), keep)
    else:
        _prepare_server(engine, engines.shown(location))


def infonb_version() -> str:
    """The version of infonb that is running."""
    import infonb

    return infonb.__version__


# a file -----------------------------------------------------------------------------------------


def _prepare_file(engine: Engine, path: Path, keep: bool) -> None:
    standing = examine(path)
    if standing.revision is None:
        _make_private(path)
    _leave_write_ahead(path)
    if standing.revision is None:
        with engine.connect().execution_options(infonb_write=True) as connection:
            with connection.begin():
                revision = _revision(connection)
                if revision is None:
                    _make(connection)
            standing = Standing(revision or schema.REVISION)
    if standing.revision != schema.REVISION:
        _migrate_file(engine, path, standing, keep)


def _make_private(path: Path) -> None:
    """Make the file before SQLite does: readable by nobody else, as what follows beside it."""
    try:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        if path.stat().st_size == 0:
            path.chmod(0o600)
    except OSError as error:
        raise translated(error, path) from None


def _leave_write_ahead(path: Path) -> None:
    """Bring what an older infonb left in a write-ahead log into the file, for good.

    It needs the file for itself for a moment. Several may try at once, so each lets go of the
    file between two attempts; where another program keeps it, the journal is used as it is.
    """
    until = time.monotonic() + _TURNING_SECONDS
    while True:
        with open_files.connected(path, engines.BUSY_SECONDS) as raw:
            if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                return
            try:
                raw.execute("PRAGMA journal_mode=TRUNCATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (
                    sqlite3.SQLITE_BUSY,
                    sqlite3.SQLITE_LOCKED,
                ):
                    raise
        if time.monotonic() > until:
            break
        time.sleep(random.uniform(0.005, 0.05))
    if str(path) not in _said_of:
        _said_of.add(str(path))
        warnings.warn(
            f"Another program, perhaps an older infonb, has {path} open and keeps what was written "
            f"last in {path.name}-wal. Until it is closed and the journal opened again here, a "
            f"copy of {path.name} alone isn't complete; `infonb backup` makes one that is.",
            InfonbWarning,
            stacklevel=6,
        )


def _migrate_file(engine: Engine, path: Path, standing: Standing, keep: bool) -> None:
    from infonb.journal import backups

    _refuse_newer(str(path), standing)
    with engine.connect().execution_options(infonb_write=True) as connection:
        raw: Any = connection.connection.dbapi_connection
        # rebuilding a table would otherwise remove the rows that belong to its rows
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                revision = _revision(connection)
                if revision == schema.REVISION:  # another process was first
                    return
                kept = backups.keep(path, f"before-{schema.REVISION}") if keep else None
                _upgrade(connection, str(path), f"A backup is {kept}." if kept else "")
                refuse_foreign_definitions(path, raw)  # of today's form all is known
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


# a server ---------------------------------------------------------------------------------------


def _prepare_server(engine: Engine, where: str) -> None:
    with engine.connect() as connection:
        if _revision(connection) == schema.REVISION:
            return
    # the form is looked at again under the lock: another process may be first
    with engine.connect().execution_options(infonb_write=True) as connection, connection.begin():
        revision = _revision(connection)
        if revision is None:
            _refuse_foreign(connection, where)
            _make(connection)
        elif revision != schema.REVISION:
            written_by = connection.execute(
                select(schema.meta.c.value).where(schema.meta.c.key == "infonb_version")
            ).scalar()
            _refuse_newer(where, Standing(revision, written_by or ""))
            _upgrade(connection, where, "")


def _refuse_foreign(connection: Connection, where: str) -> None:
    there = set(inspect(connection).get_table_names()) & set(schema.metadata.tables)
    if there:
        raise ForeignDatabase(
            f"{where} holds tables of another program ({', '.join(sorted(there))}), and infonb "
            "leaves them alone; make a database of its own for the journal."
        )


# both -------------------------------------------------------------------------------------------


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(revision_table.name):
        return None
    return connection.execute(select(revision_table.c.version_num)).scalar()


def _make(connection: Connection) -> None:
    schema.metadata.create_all(connection, checkfirst=False)
    revision_table.create(connection)
    connection.execute(insert(revision_table), [{"version_num": schema.REVISION}])
    connection.execute(
        insert(schema.meta),
        [
            {"key": "journal_id", "value": uuid.uuid4().hex},
            {"key": "infonb_version", "value": infonb_version()},
        ],
    )
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")


def _refuse_newer(where: str, standing: Standing) -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(_configuration())
    if standing.revision in {step.revision for step in script.walk_revisions()}:
        return
    raise NewerJournal(
        f"{where} was last written by infonb {standing.written_by or 'of a newer version'} "
        f"(form {standing.revision}); this is infonb {infonb_version()} (form {schema.REVISION}). "
        "It was left as it is. Install the newer infonb to open it."
    )


def _configuration() -> Any:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", MIGRATIONS)
    return configuration


def _upgrade(connection: Connection, where: str, backup: str) -> None:
    """Run the migrations inside the open transaction, so that a failure undoes all of them."""
    from alembic import command

    configuration = _configuration()
    configuration.attributes["connection"] = connection
    try:
        command.upgrade(configuration, schema.REVISION)
        if connection.dialect.name == "sqlite":
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise MigrationFailed(f"{len(orphans)} rows would have lost what they belong to")
        connection.execute(
            change(schema.meta)
            .where(schema.meta.c.key == "infonb_version")
            .values(value=infonb_version())
        )
    except Exception as error:  # noqa: BLE001 - whatever it raises, the journal stays as it was
        of_the_database = isinstance(error, DBAPIError)  # which may quote what people said
        reason = translated(error, where) if of_the_database else error
        raise MigrationFailed(
            f"{where} is of an older infonb and couldn't be brought to today's form. "
            f"It is as it was. {backup} Please report this, and go on with the older infonb. "
            f"The reason: {reason}"
        ) from (None if of_the_database else error)
