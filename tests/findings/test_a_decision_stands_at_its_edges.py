"""Nobody asked, one person, all alike, nothing rated: an answer without a warning each time."""

from __future__ import annotations

import numpy as np
import pytest

from infonb.findings.acceptability import draw_means, leave_out, weigh, without
from infonb.findings.lookahead import look_ahead
from infonb.findings.panel import panel

BLANK = float("nan")
DRAWS = 2000


def decide(ratings, weights, occupation, occupations, importance=(1,)):
    ratings = np.array(ratings, dtype=float).reshape(-1, len(importance))
    people = [f"p{row}" for row in range(len(ratings))]
    heard = panel(ratings, weights, occupation, people=people, occupations=occupations)
    draws = draw_means(heard, draws=DRAWS)
    accepted = weigh(draws, importance)
    return accepted, leave_out(draws, accepted), look_ahead(heard, importance, draws=DRAWS)


@pytest.mark.parametrize(
    ("ratings", "weights", "occupation"),
    [
        ([], None, []),
        ([[BLANK], [BLANK]], None, [0, 1]),
        ([[4], [2]], [[0], [0]], [0, 1]),
    ],
    ids=["nobody", "no ratings", "zero weights"],
)
def test_where_nobody_said_anything_nobody_is_ranked(ratings, weights, occupation):
    accepted, fragility, ahead = decide(ratings, weights, occupation, ["A", "B"])
    assert accepted.leader == ahead.leader == -1
    assert not accepted.ranked.any()
    for found in (accepted.fit, accepted.low, accepted.rank_shares, accepted.wins, ahead.gain):
        assert np.isnan(found).all()
    assert fragility.left_out == () and fragility.share.size == 0


def test_no_occupations_at_all():
    accepted, fragility, ahead = decide([], None, [], [])
    assert accepted.leader == ahead.leader == -1
    assert accepted.fit.size == 0 and fragility.left_out == ()


def test_an_occupation_nobody_was_asked_about_is_no_rank():
    accepted, _, ahead = decide([[2]], None, [0], ["asked", "not asked"])
    assert accepted.ranked.tolist() == [True, False]
    assert accepted.leader == 0
    assert accepted.rank_shares[0].tolist() == [1, 0]
    assert np.isnan(accepted.rank_shares[1]).all() and np.isnan(accepted.fit[1])
    assert ahead.gain[1] > 0, "an interview there may well find something better"


def test_answers_only_on_what_does_not_matter_are_no_rank():
    accepted, *_ = decide([[4, BLANK], [BLANK, 4]], None, [0, 1], ["A", "B"], importance=(0, 3))
    assert accepted.ranked.tolist() == [False, True]


def test_one_person_is_all_there_is_and_the_fragility_says_so():
    accepted, fragility, ahead = decide([[4]], None, [0], ["A"])
    assert accepted.leader == 0 and accepted.rank_shares.tolist() == [[1]]
    assert np.isnan(accepted.wins).all()
    assert accepted.central_weights.tolist() == [[1]]
    assert fragility.leader.tolist() == [-1] and fragility.changes.tolist() == [True]
    assert np.isnan(fragility.share).all()
    assert ahead.changes.tolist() == [0] and ahead.gain.tolist() == [0]


def test_equal_occupations_share_the_lead_evenly():
    accepted, *_ = decide([[3]] * 6, None, [0, 0, 1, 1, 2, 2], ["C", "A", "B"])
    assert accepted.rank_shares == pytest.approx(1 / 3, abs=0.04)
    assert accepted.fit.tolist() == [50, 50, 50]


def test_one_criterion_has_all_the_weight():
    accepted, *_ = decide([[4], [2]], None, [0, 1], ["A", "B"])
    assert (accepted.importances == 1).all()


def test_a_question_nobody_of_an_occupation_rated_is_the_imaginary_interviewees_own_draw():
    accepted, *_ = decide([[5, BLANK], [5, 3]], None, [0, 1], ["A", "B"], importance=(1, 1))
    heard = panel([[5, BLANK]], None, [0], people=["p"], occupations=["A"])
    draws = draw_means(heard)
    unrated = draws.means[0, 1]
    assert unrated.mean() == pytest.approx(3, abs=0.02)
    assert unrated.var() == pytest.approx(1, abs=0.03), "variance 2 of the answers, halved by A = 1"
    assert np.isfinite(accepted.fit).all()


@pytest.mark.parametrize("weight", [1e-12, 1e-4, 0.05])
def test_the_smallest_weights_do_no_harm(weight):
    accepted, fragility, _ = decide([[5], [1]], [[weight], [weight]], [0, 1], ["A", "B"])
    assert np.isfinite(accepted.fit).all() and np.isfinite(fragility.share).all()
    assert accepted.fit[0] >= accepted.fit[1]


def test_leaving_nobody_out_changes_nothing():
    heard = panel([[4], [2]], None, [0, 1], people="ab", occupations="AB")
    draws = draw_means(heard, draws=DRAWS)
    assert np.array_equal(without(draws, []).means, draws.means)
    assert np.array_equal(without(draws, ["stranger"]).means, draws.means)


def test_input_is_left_as_it_was():
    ratings, weights = np.array([[4.0, BLANK]]), np.array([[1.0, 0.5]])
    kept = ratings.copy(), weights.copy()
    draws = draw_means(panel(ratings, weights, [0], people=["p"], occupations=["A"]), draws=DRAWS)
    means = draws.means.copy()
    leave_out(draws, weigh(draws, [1, 1]))
    np.testing.assert_array_equal(ratings, kept[0])
    np.testing.assert_array_equal(weights, kept[1])
    np.testing.assert_array_equal(draws.means, means)
