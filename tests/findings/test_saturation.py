from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infonb.findings.saturation import discovery, next_discoveries

lists = st.lists(st.sets(st.integers(0, 12), max_size=6), min_size=1, max_size=7)


def test_the_estimate_of_good_and_toulmin():
    assert next_discoveries([1] * 4 + [2] * 3 + [3], 3) == pytest.approx(4 / 3 - 3 / 9 + 1 / 27)


def test_after_one_person_the_next_may_bring_as_many():
    assert next_discoveries([1, 1, 1], 1) == 3


def test_no_estimate_falls_below_0_or_is_made_without_people():
    assert next_discoveries([2, 2, 2], 2) == 0
    assert isnan(next_discoveries([], 0))
    assert next_discoveries([], 3) == 0


def test_things_named_by_nobody_do_not_count():
    assert next_discoveries([0, 0, 1], 2) == next_discoveries([1], 2)


def test_more_namings_than_people_are_refused():
    with pytest.raises(ValueError, match="4 of 3"):
        next_discoveries([4], 3)


def test_new_things_in_order_of_the_interviews():
    found = discovery([["a", "b", "a"], [], ["b", "c"], ["c"]])
    assert found.new.tolist() == [2, 0, 1, 0]
    assert found.known.tolist() == [2, 2, 3, 3]
    assert discovery([]).new.tolist() == [] and isnan(discovery([]).expected)


@given(lists)
def test_the_next_person_is_never_expected_to_bring_more_than_people_name(people):
    found = discovery(people)
    assert found.new.sum() == found.known[-1] == len(set().union(*people))
    assert 0 <= found.expected <= np.mean([len(things) for things in people]) + 1e-12


@given(lists, st.randoms(use_true_random=False))
def test_the_expectation_does_not_hang_on_the_order(people, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    assert discovery(people).expected == discovery(shuffled).expected
