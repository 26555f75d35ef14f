"""There is one clock: `infonb.today`, which a variable can fix."""

from __future__ import annotations

import datetime as dt

import pytest

import infonb
from infonb import clock


@pytest.fixture(autouse=True)
def not_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INFONB_TODAY", raising=False)


def test_today_is_the_day_where_one_is(monkeypatch):
    before = dt.datetime.now().astimezone().date()
    assert before <= infonb.today() <= dt.datetime.now().astimezone().date()


def test_today_can_be_fixed(monkeypatch):
    monkeypatch.setenv("INFONB_TODAY", "2026-06-01")
    assert infonb.today() == dt.date(2026, 6, 1)
    assert clock.now().date() == dt.date(2026, 6, 1)
    assert clock.now().tzinfo is dt.UTC


def test_an_empty_variable_fixes_nothing(monkeypatch):
    monkeypatch.setenv("INFONB_TODAY", "")
    assert infonb.today() >= dt.date(2026, 1, 1)


@pytest.mark.parametrize("wrong", ["tomorrow", "2026-13-01", "01.06.2026", "2026-6-1"])
def test_a_day_that_is_none_is_refused_with_what_to_do(monkeypatch, wrong: str):
    monkeypatch.setenv("INFONB_TODAY", wrong)
    with pytest.raises(infonb.InfonbError, match="write a date like 2026-06-01"):
        infonb.today()


def test_moments_of_a_fixed_day_still_go_forward(monkeypatch):
    monkeypatch.setenv("INFONB_TODAY", "2026-06-01")
    moments = [clock.now() for _ in range(3)]
    assert moments == sorted(moments) or moments[-1].hour == 0


def test_a_journal_and_its_findings_follow_the_clock(monkeypatch, tmp_path):
    monkeypatch.setenv("INFONB_TODAY", "2026-06-01")
    with infonb.open(tmp_path / "search.db") as journal:
        assert journal.today() == journal.findings().today == dt.date(2026, 6, 1)
        talk = journal.plan_interview(journal.add_person("Ada"), journal.add_occupation("Nurse"))
        assert journal.finish_interview(talk).date == "2026-06-01"
        monkeypatch.setenv("INFONB_TODAY", "2026-06-09")
        assert journal.tasks().overdue.tolist() == [True, True]
        assert journal.findings().tasks.overdue.tolist() == [True, True]
