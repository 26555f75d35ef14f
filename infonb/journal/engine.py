"""Connections to SQLite and PostgreSQL, set up so that an acknowledged write is on disk."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.engine import make_url

from infonb.errors import InfonbError
from infonb.journal import tables

BUSY_SECONDS = 10


def is_url(location: str) -> bool:
    """Whether a journal's location is a database URL rather than a file."""
    return "://" in location


def make_engine(location: str) -> Engine:
    """An engine for a file path or a PostgreSQL URL; nothing is opened yet."""
    if is_url(location):
        url = make_url(location)
        if url.get_backend_name() not in ("postgresql", "sqlite"):
            raise InfonbError(
                f"A journal is a file or a PostgreSQL URL, not {url.get_backend_name()}://…"
            )
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() == "postgresql")
    else:
        engine = create_engine(
            f"sqlite:///{Path(location).as_posix()}", connect_args={"timeout": BUSY_SECONDS}
        )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi_connection: sqlite3.Connection, _record: Any) -> None:
    dbapi_connection.isolation_level = None  # we issue BEGIN ourselves
    cursor = dbapi_connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # a write takes the lock at once: upgrading later would fail in spite of the busy timeout
    writes = connection.get_execution_options().get("infonb_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_schema(engine: Engine) -> None:
    """Make the tables of a new journal, or leave those that are there."""
    with engine.execution_options(infonb_write=True).begin() as connection:
        tables.metadata.create_all(connection)
        known = connection.execute(
            select(tables.meta.c.value).where(tables.meta.c.key == "journal_id")
        ).scalar()
        if known is None:
            connection.execute(
                insert(tables.meta),
                [
                    {"key": "journal_id", "value": uuid.uuid4().hex},
                    {"key": "schema_version", "value": str(tables.SCHEMA_VERSION)},
                ],
            )
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id={tables.APPLICATION_ID}")
