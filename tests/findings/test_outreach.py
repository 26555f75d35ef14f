"""Requests and their answers: whom silence counts for, and what few requests can tell."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from infonb.findings.outreach import agreed_share, outreach

MARCH = "2026-03-{:02}".format
TODAY = dt.date(2026, 3, 20)


def requests(*rows):
    """Day asked, day answered or None, answer or None, whether they met, who they are."""
    return pd.DataFrame(
        [
            (MARCH(asked), answered and MARCH(answered), answer, met, who)
            for asked, answered, answer, met, who in rows
        ],
        columns=["asked", "answered", "answer", "met", "who"],
    )


@pytest.mark.parametrize(
    ("agreed", "counted", "share", "low", "high"),
    [(1, 2, 0.5, 0.156, 0.844), (2, 3, 0.625, 0.315, 0.898), (0, 3, 0.125, 0.002, 0.339),
     (6, 6, 0.929, 0.806, 0.999)],
)  # fmt: skip
def test_golden_shares(agreed, counted, share, low, high):
    assert [float(x) for x in agreed_share(agreed, counted)] == pytest.approx(
        [share, low, high], abs=0.001
    )


def test_the_golden_three_requests():
    found = outreach(
        requests((1, 3, "no", False, "a"), (5, None, None, False, "a"), (12, 13, "yes", True, "b")),
        TODAY,
    ).iloc[0]
    assert (found["asked"], found["counted"], found["agreed"], found["met"]) == (3, 2, 0, 0)
    assert pd.isna(found["share"]), "below three counted requests only the counts are shown"
    assert found["days"] == 2


def test_a_request_counts_from_its_tenth_day_and_a_late_yes_does_not_count_as_agreed():
    found = outreach(
        requests(
            (10, 11, "yes", True, "a"),
            (11, 12, "yes", True, "a"),
            (1, 15, "yes", True, "a"),
            (2, 12, "yes", False, "a"),
            (3, 20, "no", False, "a"),
        ),
        TODAY,
    ).iloc[0]
    assert (found["counted"], found["agreed"], found["met"]) == (4, 2, 2)
    assert found["share"] == pytest.approx(2.5 / 5)
    assert found["days"] == 10, "half of the four answers had come by then"


def test_groups_come_apart_and_nobody_asked_is_no_share():
    found = outreach(
        requests((1, 3, "yes", True, "friend"), (1, None, None, False, None)), TODAY, by="who"
    )
    assert found["group"].tolist()[0] == "friend" and pd.isna(found["group"].iloc[1])
    assert found["days"].isna().tolist() == [False, True]
    none = outreach(requests(), TODAY).iloc[0]
    assert (none["asked"], none["counted"]) == (0, 0) and pd.isna(none["share"])


def test_more_agreed_than_counted_is_refused():
    with pytest.raises(ValueError, match="0 to all"):
        agreed_share(3, 2)
