"""Times at the ends of the calendar, names without anything to see, zones that are none: at the door."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.cli import main
from infonb.exchange import ImportRefused

BEYOND = ["9999-12-31T23:59:00+00:00", "9999-12-31T23:59:00-12:00", "3000-01-01T00:00+00:00",
          "0001-01-01T00:00+00:00", "0999-12-31T00:00+00:00"]  # fmt: skip
UNSEEN = ["\u200b", "\u3164", " \u2060\ufeff ", "\u00ad", "\u2800\u115f", "\u200d\ufe0f", "\u034f"]
FILES = ("x.ics", "x.csv", "x.jsonl", "x.xlsx", "x.vcf")


@pytest.mark.parametrize("at", BEYOND)
def test_a_time_beyond_the_calendar_is_refused(journal: Any, help: Any, at: str) -> None:
    talk = help.plan(journal)
    before = journal.rows()
    for refused in (
        lambda: journal.plan_interview(talk.person_id, talk.occupation_id, at=at),
        lambda: journal.update(talk, scheduled_at=at),
        lambda: journal.update(talk, date=at[:10]),
        lambda: journal.add_task(talk, due=at[:10]),
        lambda: journal.record_outcome("job", at=at),
        lambda: journal.plan_interview(
            talk.person_id, talk.occupation_id, at=dt.datetime.fromisoformat(at)
        ),
    ):
        with pytest.raises(infonb.InfonbError, match="year from 1000 to 2999"):
            refused()
    assert journal.rows() == before
    journal.update(talk, scheduled_at="2999-12-31T23:00+00:00", date="1000")


@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_without_anything_to_see_is_empty(journal: Any, name: str) -> None:
    for add in (journal.add_person, journal.add_occupation, journal.add_question,
                journal.add_theme, journal.add_strength):  # fmt: skip
        with pytest.raises(infonb.InfonbError, match="is empty"):
            add(name)
    assert journal.add_person("Zo\u200bë", organisation=name).organisation is None


def changed(path: Path, help: Any, statement: str) -> None:
    with infonb.open(path) as journal:
        talk = help.plan(journal)
        journal.update(talk, scheduled_at="2026-03-02T10:00+01:00")
        journal.add_task(talk, due="2026-03-09")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(statement)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE interview SET scheduled_at = '9999-12-31T23:59:00.000000+00:00'", "scheduled_at"),
        ("UPDATE interview SET scheduled_at = '0001-01-01T00:00:00.000000+00:00', "
         "zone = 'America/New_York'", "scheduled_at"),
        ("UPDATE interview SET date = '9999-12-31'", "'9999-12-31'"),
        ("UPDATE task SET due = '9999-12-31'", "'9999-12-31'"),
        ("UPDATE interview SET zone = '+99:99'", "zone '+99:99'"),
        ("UPDATE interview SET zone = '-'", "zone '-'"),
        ("UPDATE interview SET scheduled_at = '0000-00-00'", "scheduled_at"),
        ("UPDATE person SET name = char(8203)", "person.name"),
    ],
)  # fmt: skip
def test_check_finds_them_and_no_export_crashes(
    tmp_path: Path, help: Any, capsys: Any, statement: str, what: str
) -> None:
    path = tmp_path / "search.db"
    changed(path, help, statement)
    assert main(["--journal", str(path), "check"]) == 1
    assert what in "".join(capsys.readouterr())
    for name in FILES:
        done = main(["--journal", str(path), "export", str(tmp_path / name), "--names"])
        said = "".join(capsys.readouterr())
        assert done == 0 or "damaged" in said
    with infonb.open(path) as journal:
        try:
            journal.findings()
        except infonb.InfonbError as error:
            assert "infonb check" in str(error)


@pytest.mark.parametrize("zone", ["+99:99", "-", "+1", "somewhere else", "../etc/passwd"])
def test_a_zone_that_is_none_is_refused_with_its_row(
    journal: Any, tmp_path: Path, zone: str
) -> None:
    line = {"occupation": "Nurse", "answers": {}, "id": "i1",
            "scheduled_at": "2026-03-02T10:00", "zone": zone}  # fmt: skip
    path = tmp_path / "notes.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(ImportRefused, match=r"notes\.jsonl, row 1, zone: .*Europe/Berlin"):
        journal.import_file(path)
    for good in ("Europe/Berlin", "+05:30", "UTC", "Etc/GMT+5"):
        path.write_text(json.dumps({**line, "zone": good, "id": good}), encoding="utf-8")
        journal.import_file(path)
    assert journal.check() == [] and len(journal.interviews()) == 4
