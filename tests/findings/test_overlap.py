from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from infonb.findings.overlap import (
    BUCKETS,
    bucket,
    common,
    compare,
    jackknife,
    ranked_only,
    share_overlap,
)


def test_between_and_within_are_means_over_pairs_of_people():
    one = [{"a", "b"}, {"a", "c"}, {"a", "b", "c"}]
    other = [{"b", "d"}, {"d"}]
    found = compare(one, other)
    assert found.shared == ("b",)
    assert found.between == pytest.approx(np.mean([0.5, 0, 0, 0, 0.5, 0]))
    assert found.within == pytest.approx(np.mean([0.5, 1, 1, 1]))
    assert compare(other, one) == found


def test_with_fewer_than_two_people_there_is_no_share_to_compare():
    found = compare([{"a"}], [{"a"}, {"a", "b"}])
    assert found.shared == ("a",)
    assert isnan(found.between) and isnan(found.within)
    assert compare([], []).shared == ()


def test_people_who_named_nothing_are_no_people_to_compare():
    assert isnan(compare([{"a"}, set()], [{"a"}, {"b"}]).between)


def test_common_is_measured_by_the_smaller_list():
    assert common({"a", "b", "c"}, {"a"}) == 1
    assert isnan(common(set(), {"a"}))


def test_ranked_skills_speak_alone_where_there_are_any():
    assert ranked_only(["a", "b", "c"], [1, float("nan"), 2]) == {"a", "c"}
    assert ranked_only(["a", "b"], [float("nan")] * 2) == {"a", "b"}


def test_a_person_stays_in_the_same_bucket():
    assert [bucket(person) for person in ("p1", "p2", "p3")] == [7, 5, 19]
    filled = np.bincount([bucket(f"person {n}") for n in range(4000)], minlength=BUCKETS)
    assert filled.size == BUCKETS and filled.min() > 120


def buckets(shares, people, random):
    sizes = random.multinomial(people, np.full(BUCKETS, 1 / BUCKETS))
    return random.binomial(sizes[:, None], shares), sizes


def test_overlap_is_one_where_shares_are_the_same_and_none_where_nothing_is_shared():
    people = np.full(BUCKETS, 3)
    named = np.tile([3, 1, 0], (BUCKETS, 1))
    assert share_overlap(named, people, named, people) == pytest.approx((1, 1, 1))
    assert share_overlap(named, people, named[:, ::-1] * [1, 0, 0], people).mean == 0
    assert np.isnan(share_overlap(0 * named, people, 0 * named, people).mean)


def test_all_pairs_of_occupations_at_once_give_the_same_as_one_by_one():
    random = np.random.default_rng(0)
    named, people = zip(*(buckets(random.beta(1, 3, 8), 60, random) for _ in range(3)), strict=True)
    named, people = np.array(named), np.array(people)
    pairs = [(0, 1), (0, 2), (1, 2)]
    first, second = map(list, zip(*pairs, strict=True))
    at_once = share_overlap(named[first], people[first], named[second], people[second])
    for row, (a, b) in enumerate(pairs):
        alone = share_overlap(named[a], people[a], named[b], people[b])
        assert [side[row] for side in at_once] == pytest.approx(list(alone))


def test_the_jackknife_has_the_spread_of_a_mean_that_is_known():
    values = np.array([0.2, 0.4, 0.6, 0.5, 0.3])
    left_out = (values.sum() - values) / 4
    found = jackknife(values.mean(), left_out)
    reach = 1.533206 * values.std(ddof=1) / np.sqrt(5)
    assert (found.low, found.high) == pytest.approx((0.4 - reach, 0.4 + reach), abs=1e-6)


def test_the_band_covers_unless_two_occupations_are_all_but_the_same():
    """At nominally 80 %. The docstring says where it reads low: those rows are printed only."""
    random = np.random.default_rng(1)
    print(f"\n{'':12}people   bias  covered")
    for family, spread in (("unlike", None), ("alike", 0.4), ("the same", 0.0)):
        for people in (30, 100, 1000):
            covered, bias = _coverage(spread, people, random)
            print(f"{family:12}{people:6}{bias:8.3f}{covered:8.2f}")
            if family == "unlike" and people >= 100:
                assert 0.72 < covered < 0.95
    assert bias < 0, "the same occupations read below 1"


def _coverage(spread, people, random, trials=200, skills=30):
    p = random.beta(0.7, 3, (trials, skills))
    noise = random.normal(0, 1, p.shape)
    q = random.beta(0.7, 3, p.shape) if spread is None else p * np.exp(spread * noise)
    q = np.minimum(q, 0.98)
    truth = np.minimum(p, q).sum(axis=1) / np.maximum(p, q).sum(axis=1)
    samples = [[buckets(row, people, random) for row in shares] for shares in (p, q)]
    (one, n_one), (other, n_other) = (map(np.array, zip(*s, strict=True)) for s in samples)
    found = share_overlap(one, n_one, other, n_other)
    return np.mean((found.low <= truth) & (truth <= found.high)), np.mean(found.mean - truth)
