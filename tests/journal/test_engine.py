"""A database URL may hold a password: no repr, error, log or traceback ever shows it."""

from __future__ import annotations

import logging
import pickle
import sys
import traceback
from typing import Any

import pytest
from sqlalchemy.engine import make_url

import infonb
from infonb.journal import ServerUnreachable

SECRET = "s3cret-word"


def with_password(url: str, password: str = SECRET) -> str:
    """The URL of a database, with a password (the server of the tests asks for none)."""
    return make_url(url).set(password=password).render_as_string(hide_password=False)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgres"])
def test_all_forms_of_the_url_work(database: str, scheme: str) -> None:
    url = scheme + database.partition("postgresql")[2]
    with infonb.open(url) as journal:
        assert journal.add_person("Robin").name == "Robin"


def test_neither_repr_nor_attributes_show_it(database: str) -> None:
    with infonb.open(with_password(database)) as journal:
        assert SECRET not in repr(journal)
        assert SECRET not in str(journal.location)
        assert SECRET not in repr(vars(journal))
        assert SECRET not in repr(journal._engine)


def test_a_password_in_the_query_is_hidden_too(database: str) -> None:
    joint = "&" if "?" in database else "?"
    with infonb.open(f"{database}{joint}password={SECRET}") as journal:
        assert SECRET not in repr(vars(journal))


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{SECRET}@127.0.0.1:1/search?connect_timeout=2",
        f"postgresql+psycopg://me:{SECRET}@nowhere.invalid/search?connect_timeout=2",
        f"postgresql://me@127.0.0.1:1/search?connect_timeout=2&password={SECRET}",
        f"postgresql://me:{SECRET}@127.0.0.1:port/search",
        f"postgresql://me:a@{SECRET}@127.0.0.1/search",
        f"postgresql://me:a/{SECRET}@127.0.0.1/search",
        f"mysql://me:{SECRET}@127.0.0.1/search",
        f"nonsense+{SECRET}://me:{SECRET}@127.0.0.1/search",
        f"://me:{SECRET}@127.0.0.1/search",
    ],
)
def test_no_error_and_no_traceback_shows_it(url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(infonb.InfonbError) as error:
        infonb.open(url)
    shown = "".join(traceback.format_exception(error.value))
    chain: BaseException | None = error.value
    while chain is not None:  # what is merely suppressed counts, too
        shown += f"{chain!r} {chain}"
        chain = chain.__cause__ or chain.__context__
    assert SECRET not in shown.replace(f"nonsense+{SECRET}", "nonsense")
    assert SECRET not in caplog.text
    assert SECRET not in str(pickle.loads(pickle.dumps(error.value)))


def test_a_server_that_is_not_there_is_said_in_plain_words() -> None:
    with pytest.raises(ServerUnreachable, match=r"postgresql://127\.0\.0\.1:1/search can't be"):
        infonb.open(f"postgresql://me:{SECRET}@127.0.0.1:1/search?connect_timeout=2")


def test_without_psycopg_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(infonb.InfonbError, match=r'pip install "infonb\[postgres\]"'):
        infonb.open("postgresql://localhost/search")


def test_a_database_that_is_not_there_is_named(postgres: str) -> None:
    url = make_url(postgres).set(database="not_there", password=SECRET)
    with pytest.raises(ServerUnreachable, match="not_there") as error:
        infonb.open(url.render_as_string(hide_password=False))
    assert SECRET not in str(error.value)


def test_the_log_holds_neither_passwords_nor_what_people_said(
    database: str, help: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, "sqlalchemy")  # what `echo=True` shows
    with infonb.open(with_password(database)) as journal:
        journal.record_answer(help.plan(journal), "outlook", text="whispered words")
    assert "INSERT" in caplog.text
    assert SECRET not in caplog.text
    assert "whispered" not in caplog.text


def test_a_broken_connection_shows_neither(database: str, postgres: str, help: Any) -> None:
    with infonb.open(with_password(database)) as journal:
        interview = help.plan(journal)
        with pytest.raises(ServerUnreachable) as error, journal.transaction() as write:
            pid = write.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            help.run_sql(postgres, f"SELECT pg_terminate_backend({pid})")
            write.connection.exec_driver_sql("SELECT 1")
        assert SECRET not in "".join(traceback.format_exception(error.value))
        assert journal.record_answer(interview, "outlook", text="and on").version == 1
