from __future__ import annotations

import numpy as np
import pytest

from infonb.findings.acceptability import draw_means, leave_out, weigh, without
from infonb.findings.panel import panel

BLANK = float("nan")
RATINGS = [[4, 3, 4], [5, 2, 4], [3, 4, BLANK], [3, 5, 3], [4, 4, 2], [3, 5, 4], [5, 1, 5]]
WEIGHTS = np.repeat([[1], [1], [0.5], [1], [1], [1], [1]], 3, axis=1)
OCCUPATION = [0, 0, 0, 1, 1, 1, 2]
PEOPLE = list("abcdefg")
IMPORTANCE = [5, 3, 4]


def golden(ratings=RATINGS, weights=WEIGHTS):
    return panel(ratings, weights, OCCUPATION, people=PEOPLE, occupations=["A", "B", "C"])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_golden_shares_and_fits(seed):
    accepted = weigh(draw_means(golden(), seed=seed), IMPORTANCE)
    assert accepted.rank_shares[:, 0] == pytest.approx([0.35, 0.21, 0.44], abs=0.01)
    assert accepted.fit == pytest.approx([63.5, 60.4, 62.5], abs=0.3)
    assert accepted.fits.mean(axis=1) == pytest.approx([63.5, 60.4, 62.5], abs=0.3)
    assert accepted.leader == 2


def test_the_same_panel_and_seed_give_the_same_numbers_in_every_run():
    """Written down from the pinned NumPy; a NumPy with other streams may move the last places."""
    accepted = weigh(draw_means(golden()), IMPORTANCE)
    assert accepted.rank_shares[:, 0].round(6).tolist() == [0.3495, 0.21465, 0.43585]
    assert accepted.low == pytest.approx([49.492492, 49.313590, 39.024460], abs=2e-6)


def plain_simulation(ratings, weights, importance, certainty, draws, random):
    """The method as it is written down, one draw at a time and one occupation after another."""
    answers = np.arange(1, 6)
    occupations = np.array(OCCUPATION)
    fits = np.empty((draws, 3))
    for draw in range(draws):
        omega = random.dirichlet(certainty * np.array(importance) / sum(importance))
        for place in range(3):
            h = random.gamma(1 / 5, size=5)
            rows = np.flatnonzero(occupations == place)
            g = random.gamma(weights[rows, 0])
            means = []
            for column in range(len(importance)):
                said = np.array([ratings[row][column] for row in rows])
                rated = ~np.isnan(said)
                points = (g[rated] * said[rated]).sum() + (h * answers).sum()
                means.append(points / (g[rated].sum() + h.sum()))
            fits[draw, place] = 100 * (omega @ (np.array(means) - 1)) / 4
    return fits


def test_a_plain_simulation_of_the_method_agrees():
    fits = plain_simulation(RATINGS, WEIGHTS, IMPORTANCE, 15, 8000, np.random.default_rng(5))
    accepted = weigh(draw_means(golden()), IMPORTANCE, certainty=15)
    first = np.bincount(fits.argmax(axis=1), minlength=3) / len(fits)
    assert accepted.rank_shares[:, 0] == pytest.approx(first, abs=0.02)
    assert accepted.low == pytest.approx(np.quantile(fits, 0.1, axis=0), abs=1)
    assert accepted.high == pytest.approx(np.quantile(fits, 0.9, axis=0), abs=1)
    assert accepted.wins[0, 1] == pytest.approx((fits[:, 0] > fits[:, 1]).mean(), abs=0.02)


def test_moods_are_shared_by_all_questions():
    draws = draw_means(golden())
    one_person, same_rating = 2, [0, 2]
    first, last = draws.means[one_person, same_rating]
    assert np.array_equal(first, last)
    assert np.corrcoef(draws.means[0, 0], draws.means[0, 2])[0, 1] > 0.5


def test_moods_stay_shared_where_an_answer_has_a_weight_of_its_own():
    heard = panel([[5, 5]], [[1, 0.4]], [0], people=["a"], occupations=["A"])
    draws = draw_means(heard)
    light, full = draws.moods
    order = np.argsort(full)
    assert (np.diff(light[order]) >= 0).all()
    assert light.mean() == pytest.approx(0.4, abs=0.01) and full.mean() == pytest.approx(
        1, abs=0.01
    )
    assert light.var() == pytest.approx(0.4, abs=0.02) and full.var() == pytest.approx(1, abs=0.02)


def test_a_weight_that_moves_a_little_moves_the_shares_a_little():
    moved = WEIGHTS.copy()
    moved[0, 1] = 0.999
    before = weigh(draw_means(golden()), IMPORTANCE).rank_shares
    after = weigh(draw_means(golden(weights=moved)), IMPORTANCE).rank_shares
    assert after == pytest.approx(before, abs=0.002)


def test_a_weight_next_to_0_is_next_to_absent():
    almost = WEIGHTS.copy()
    almost[0] = 1e-6
    absent = WEIGHTS.copy()
    absent[0] = 0
    near = weigh(draw_means(golden(weights=almost)), IMPORTANCE)
    gone = weigh(draw_means(golden(weights=absent)), IMPORTANCE)
    assert near.rank_shares == pytest.approx(gone.rank_shares, abs=0.001)
    assert near.fit == pytest.approx(gone.fit, abs=0.001)


def test_central_weights_say_what_one_must_care_about():
    accepted = weigh(draw_means(golden()), IMPORTANCE)
    assert accepted.central_weights.sum(axis=1) == pytest.approx(1)
    home = accepted.central_weights[:, 1]
    assert home[1] > home[0] > home[2]


def test_more_certainty_narrows_the_importances():
    draws = draw_means(golden())
    spread = [weigh(draws, IMPORTANCE, certainty=k).importances.std() for k in (15, 30, 100)]
    assert spread == sorted(spread, reverse=True)


def test_importance_0_counts_for_nothing_at_all():
    draws = draw_means(golden())
    accepted = weigh(draws, [5, 0, 4])
    assert not accepted.importances[1].any()
    assert (accepted.central_weights[:, 1] == 0).all()
    two = panel(
        np.delete(RATINGS, 1, axis=1),
        np.delete(WEIGHTS, 1, axis=1),
        OCCUPATION,
        people=PEOPLE,
        occupations=["A", "B", "C"],
    )
    alone = weigh(draw_means(two), [5, 4])
    assert accepted.rank_shares.round(6).tolist() == alone.rank_shares.round(6).tolist()
    assert accepted.fit == pytest.approx(alone.fit)


def test_fragility_is_what_comes_out_without_the_person():
    draws = draw_means(golden())
    fragility = leave_out(draws, weigh(draws, IMPORTANCE))
    assert fragility.left_out == tuple(PEOPLE)
    for turn, person in enumerate(PEOPLE):
        anew = weigh(draw_means(draws.panel.without([person])), IMPORTANCE)
        kept = weigh(without(draws, [person]), IMPORTANCE)
        for other in (anew, kept):
            assert fragility.leader[turn] == other.leader
            assert fragility.share[turn] == pytest.approx(
                other.rank_shares[other.leader, 0], abs=1e-6
            )
            assert fragility.changes[turn] == (other.leader != 2)
    assert fragility.changes.tolist() == [False] * 6 + [True]


def test_a_person_heard_about_two_occupations_is_left_out_of_both():
    heard = panel([[5], [4], [3]], None, [0, 1, 2], people=["a", "a", "b"], occupations="XYZ")
    draws = draw_means(heard)
    fragility = leave_out(draws, weigh(draws, [1]))
    assert fragility.left_out == ("a", "b")
    assert fragility.leader.tolist() == [2, 0]
    assert without(draws, ["a"]).panel.answers().tolist() == [[0], [0], [1]]


@pytest.mark.parametrize(
    ("importance", "certainty", "words"),
    [
        ([0, 0, 0], 30, "All importances are 0"),
        ([1, -1, 1], 30, "from 0 up"),
        ([1, BLANK, 1], 30, "from 0 up"),
        ([1, 1], 30, "2 importances for 3 criteria"),
        ([1, 1, 1], 0, "Certainty"),
        ([1, 1, 1], float("inf"), "Certainty"),
    ],
)
def test_importances_that_say_nothing_are_refused_in_words(importance, certainty, words):
    with pytest.raises(ValueError, match=words):
        weigh(draw_means(golden(), draws=10), importance, certainty)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"occupation": [0, 0]}, "as many"),
        ({"occupation": [0, 3]}, "0 to 1"),
        ({"occupations": ["A", "A"]}, "same id"),
        ({"ratings": [[6], [1]]}, "from 1 to 5"),
        ({"ratings": [1, 2]}, "a column for each"),
    ],
)
def test_a_panel_that_cannot_be_is_refused_in_words(change, words):
    given = {"ratings": [[4], [1]], "occupation": [0, 1], "occupations": ["A", "B"], **change}
    if change.get("occupation") == [0, 0]:
        given["ratings"] = [[4]]
    with pytest.raises(ValueError, match=words):
        panel(
            given["ratings"],
            None,
            given["occupation"],
            people="ab",
            occupations=given["occupations"],
        )
