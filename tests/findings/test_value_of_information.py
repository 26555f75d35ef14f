from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from infonb.findings.smaa import panel
from infonb.findings.value_of_information import _fits_after, look_ahead

BLANK = float("nan")


def exact(people, weights, importance, rival, more):
    """Chance to leave `rival` behind and mean rise above it, by every way the urn can go."""
    importance = np.array(importance) / sum(importance)
    urn = [(w, np.array(said)) for said, w in zip(people, weights, strict=True)]
    urn += [(1 / 5, np.full(len(importance), k)) for k in range(1, 6)]
    chance = rise = 0.0
    for path in product(range(len(urn) + more), repeat=more):
        balls, likely = list(urn), 1.0
        for ball in path:
            if ball >= len(balls):
                likely = 0.0
                break
            likely *= balls[ball][0] / sum(weight for weight, _ in balls)
            balls.append((1.0, balls[ball][1]))
        if likely:
            total = sum(weight for weight, _ in balls)
            mean = sum(weight * said for weight, said in balls) / total
            fit = 100 * (importance @ (mean - 1)) / 4
            chance += likely * (fit > rival + 1e-9)
            rise += likely * max(0.0, fit - rival)
    return chance, rise


@pytest.mark.parametrize("more", [1, 2])
def test_it_agrees_with_going_through_every_possible_interview(more):
    people, weights = [[4, 2], [3, 4]], [1.0, 0.5]
    heard = panel(
        [*people, [4, 3]],
        np.repeat([[1.0], [0.5], [1.0]], 2, axis=1),
        [0, 0, 1],
        people="abc",
        occupations=["asked twice", "leads"],
    )
    ahead = look_ahead(heard, [2, 1], more=more)
    assert ahead.leader == 1
    rival = heard.expected_fit(np.array([2, 1]) / 3)[1]
    expected = exact(people, weights, [2, 1], rival, more)
    assert (ahead.changes[0], ahead.gain[0]) == pytest.approx(expected, abs=0.02)


def test_the_urn_keeps_the_mean_fit_where_it_is():
    heard = panel(
        [[4, 2, BLANK], [5, BLANK, 1], [1, 3, 3]],
        [[1, 0.3, 1], [0.5, 1, 0.2], [1, 1, 1]],
        [0, 0, 0],
        people="abc",
        occupations=["A"],
    )
    shares = np.array([0.5, 0.3, 0.2])
    for more in (1, 3):
        after = _fits_after(heard, 0, shares, more, 40_000, 0)
        assert after.mean() == pytest.approx(heard.expected_fit(shares)[0], abs=0.1)


def test_more_interviews_can_change_more():
    heard = panel([[4], [3], [3]], None, [0, 1, 1], people="abc", occupations="AB")
    gains = [look_ahead(heard, [1], more=more).gain for more in (1, 2, 4)]
    assert (np.diff(gains, axis=0) > 0).all()


def test_little_is_to_be_gained_where_much_is_known():
    said = [[5]] * 8 + [[1]] * 8 + [[3]]
    heard = panel(
        said, None, [0] * 8 + [1] * 8 + [2], people=map(str, range(17)), occupations="ABC"
    )
    ahead = look_ahead(heard, [1])
    assert ahead.leader == 0
    assert ahead.gain.tolist() == [0, 0, 0] and ahead.changes.tolist() == [0, 0, 0]


def test_a_third_interview_is_worth_more_where_only_one_was_held():
    heard = panel(
        [[4]] * 5 + [[4]], None, [0] * 5 + [1], people=map(str, range(6)), occupations="AB"
    )
    ahead = look_ahead(heard, [1])
    assert ahead.leader == 0
    assert ahead.gain[1] > ahead.gain[0]


def test_the_same_seed_gives_the_same_numbers_and_others_stay_alone():
    heard = panel([[4], [3]], None, [0, 1], people="ab", occupations="AB")
    wider = panel([[4], [3], [1]], None, [0, 1, 2], people="abc", occupations="ABC")
    one, again, beside = (look_ahead(each, [1]) for each in (heard, heard, wider))
    assert one.gain.tolist() == again.gain.tolist() == beside.gain[:2].tolist()


def test_asking_for_no_more_interviews_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        look_ahead(panel([[3]], None, [0], people="a", occupations="A"), [1], more=0)


def test_a_difference_of_rounding_makes_nobody_lead():
    said, weights = [[2, 5, 4], [1, 2, 5], [3, 1, 4]], [0.7, 0.9, 0.2]
    turned = [2, 0, 1]  # the same three people, in another order
    heard = panel(
        [*said, *(said[i] for i in turned)],
        np.repeat(np.array([*weights, *(weights[i] for i in turned)])[:, None], 3, axis=1),
        [0, 0, 0, 1, 1, 1],
        people="abcdef",
        occupations=["one", "the same"],
    )
    importance = np.array([1, 5, 1])
    now = heard.expected_fit(importance / importance.sum())
    assert 0 < now[1] - now[0] < 1e-9
    assert look_ahead(heard, importance).leader == 0
