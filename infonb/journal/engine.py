"""Connections to SQLite and PostgreSQL, set up so that an acknowledged write is on disk."""

from __future__ import annotations

import random
import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from infonb.errors import InfonbError
from infonb.journal import schema
from infonb.journal.open_files import OpenFile
from infonb.locations import file_of, is_url

BUSY_SECONDS = 10
"""How long a write waits for its turn when another program is writing."""

_POSTGRES = "postgresql+psycopg"


def server_of(location: str) -> URL:
    """The parts of a PostgreSQL URL; ``postgresql://`` and ``postgres://`` use psycopg 3.

    Raises
    ------
    InfonbError
        When it can't be read, or names another kind of database. The text never repeats the URL,
        which may hold a password.
    """
    try:
        url = make_url(location)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise InfonbError(
            "This database URL can't be read. It looks like "
            "postgresql://user:password@host:5432/database; signs such as @ : / # in a password "
            "are written %40 %3A %2F %23."
        ) from None
    if backend not in ("postgresql", "postgres"):
        raise InfonbError(f"A journal is a file or a PostgreSQL URL, not {backend}://…")
    if location.partition("?")[0].count("@") > 1:
        raise InfonbError("This database URL has more than one @; in a password it is written %40.")
    query = dict(url.query)
    password = query.pop("password", url.password)
    return url.set(drivername=_POSTGRES, query=query, password=password)  # pyright: ignore[reportArgumentType]


def shown(location: str) -> str:
    """A location for messages: never with a user or a password.

    Examples
    --------
    >>> shown("postgresql+psycopg://me:secret@db.example:5433/search?sslmode=require")
    'postgresql://db.example:5433/search'
    """
    if not is_url(location):
        return location
    url = server_of(location)
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{host}{port}/{url.database or ''}"


def make_engine(location: str, file: OpenFile | None = None) -> Engine:
    """An engine for a file path or a PostgreSQL URL; nothing is opened yet.

    Neither its log nor its errors show parameters: they are what people said.
    """
    if not is_url(location):
        file = file or OpenFile(file_of(location))
        engine = create_engine(
            URL.create("sqlite", database=str(file.path)),
            creator=lambda: file.connect(BUSY_SECONDS),
            hide_parameters=True,
        )
        event.listen(engine, "close", lambda connection, _record: file.closing(connection))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    url = server_of(location)
    try:
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError:
        raise InfonbError(
            'A journal on PostgreSQL needs one more part: pip install "infonb[postgres]".'
        ) from None
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    # a write takes the lock at once: upgrading later would fail in spite of the busy timeout
    raw: Any = connection.connection.dbapi_connection
    if raw.in_transaction:
        return
    if _writes(connection):
        begin_write(raw)
    else:
        raw.execute("BEGIN")


def begin_write(raw: sqlite3.Connection) -> None:
    """Wait for one's turn to write, as long as `BUSY_SECONDS`.

    Left to itself, SQLite looks ten times a second only, and where several save without a pause
    one of them may wait for ever.
    """
    until = time.monotonic() + BUSY_SECONDS
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(0.001, 0.004))
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def _prepare_postgres(dbapi_connection: Any, _record: Any) -> None:
    with dbapi_connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = {int(BUSY_SECONDS * 1000)}")
    dbapi_connection.commit()


def _begin_postgres(connection: Connection) -> None:
    # one writer at a time, as in SQLite: what a write reads can't change before it commits
    if _writes(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({schema.APPLICATION_ID})")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("infonb_write"))
