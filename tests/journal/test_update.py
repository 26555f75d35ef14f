"""Validation at the edge: what fits is stored as it should be, what doesn't has a clear error."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import infonb
from infonb.journal import columns


@given(st.text())
def test_any_text_can_be_stored(text: str) -> None:
    stored = columns.text(text, "text")
    stored.encode("utf-8")
    assert "\x00" not in stored
    assert columns.text(stored, "text") == stored


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00")))
def test_text_that_can_be_stored_stays_as_it_is(text: str) -> None:
    assert columns.text(text, "text") == text


def test_two_halves_of_one_sign_become_the_sign() -> None:
    assert columns.text("\ud83d\ude00", "text") == "\U0001f600"


@pytest.mark.parametrize("value", [4, 4.0, np.int64(4), np.float64(4)])
def test_a_rating_is_a_whole_number(value: Any) -> None:
    stored = columns.whole_number(value, "rating", 1, 5)
    assert (stored, type(stored)) == (4, int)


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT, np.nan])
def test_missing_is_missing(value: Any) -> None:
    assert columns.whole_number(value, "rating", 1, 5) is None
    assert columns.number(value, "weight", 0, 1) is None


@pytest.mark.parametrize("value", [0, 6, 4.5, True, "4", "", [4], float("inf"), 10**30])
def test_what_is_no_rating_is_refused_with_the_value(value: Any) -> None:
    with pytest.raises(infonb.InfonbError, match="whole number from 1 to 5") as error:
        columns.whole_number(value, "rating", 1, 5)
    assert repr(value) in str(error.value)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("2026-03-02", "2026-03-02"), ("2026-03", "2026-03"), ("2026", "2026"), (" 2026 ", "2026"),
        (dt.date(2026, 3, 2), "2026-03-02"), (dt.datetime(2026, 3, 2, 23), "2026-03-02"),
        ("2026-03-02T14:00:00+01:00", "2026-03-02"), (None, None), ("", None),
        (pd.Timestamp("2026-03-02"), "2026-03-02"), (pd.NaT, None),
    ],
)  # fmt: skip
def test_a_date_may_be_a_day_a_month_or_a_year(value: Any, stored: str | None) -> None:
    assert columns.partial_date(value) == stored


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13", "02.03.2026", "soon", 2026.5, "26"])
def test_what_is_no_date_is_refused(value: Any) -> None:
    with pytest.raises(infonb.InfonbError, match="write a day"):
        columns.partial_date(value)


@given(st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2200, 1, 1), timezones=st.timezones()))
def test_a_moment_comes_back_as_it_went_in(at: dt.datetime) -> None:
    stored, zone = columns.moment(at, "at")
    assert stored is not None
    assert stored.endswith("+00:00")
    back = columns.read_moment(stored, zone)
    assert back is not None
    assert back.astimezone(dt.UTC) == at.astimezone(dt.UTC)


def test_moments_sort_in_time_as_text() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    early = columns.moment(dt.datetime(2026, 3, 2, 12, tzinfo=berlin), "at")[0]
    late = columns.moment("2026-03-02T11:30:00.5Z", "at")[0]
    assert early is not None
    assert late is not None
    assert early < late


def test_a_soc_code_is_cut_to_its_six_digits() -> None:
    assert columns.soc("29-1141.00") == "29-1141"
    for wrong in ("291141", "29-114", "nurse", 29, "29-1141-00"):
        with pytest.raises(infonb.InfonbError, match="a code looks like"):
            columns.soc(wrong)


@given(st.text(min_size=1), st.text(min_size=1))
def test_titles_are_told_apart_as_people_do(one: str, other: str) -> None:
    assert columns.title_key(one) == columns.title_key(f"  {one} ")
    same = columns.fold_title(one) == columns.fold_title(other)
    assert (columns.title_key(one) == columns.title_key(other)) == same
