"""Who comes first how often, and on whose word: golden numbers, edges, laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from infonb.findings.smaa import draw_means, leave_out, panel, weigh, without
from infonb.findings.value_of_information import look_ahead

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


# at its edges: nobody asked, one person, all alike ------------------------------------------------

EDGE_DRAWS = 2000


def results_of(ratings, weights, occupation, occupations, importance=(1,)):
    ratings = np.array(ratings, dtype=float).reshape(-1, len(importance))
    people = [f"p{row}" for row in range(len(ratings))]
    heard = panel(ratings, weights, occupation, people=people, occupations=occupations)
    draws = draw_means(heard, draws=EDGE_DRAWS)
    accepted = weigh(draws, importance)
    return accepted, leave_out(draws, accepted), look_ahead(heard, importance, draws=EDGE_DRAWS)


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
    accepted, fragility, ahead = results_of(ratings, weights, occupation, ["A", "B"])
    assert accepted.leader == ahead.leader == -1
    assert not accepted.ranked.any()
    for found in (accepted.fit, accepted.low, accepted.rank_shares, accepted.wins, ahead.gain):
        assert np.isnan(found).all()
    assert fragility.left_out == () and fragility.share.size == 0


def test_no_occupations_at_all():
    accepted, fragility, ahead = results_of([], None, [], [])
    assert accepted.leader == ahead.leader == -1
    assert accepted.fit.size == 0 and fragility.left_out == ()


def test_an_occupation_nobody_was_asked_about_is_no_rank():
    accepted, _, ahead = results_of([[2]], None, [0], ["asked", "not asked"])
    assert accepted.ranked.tolist() == [True, False]
    assert accepted.leader == 0
    assert accepted.rank_shares[0].tolist() == [1, 0]
    assert np.isnan(accepted.rank_shares[1]).all() and np.isnan(accepted.fit[1])
    assert ahead.gain[1] > 0, "an interview there may well find something better"


def test_answers_only_on_what_does_not_matter_are_no_rank():
    accepted, *_ = results_of([[4, BLANK], [BLANK, 4]], None, [0, 1], ["A", "B"], importance=(0, 3))
    assert accepted.ranked.tolist() == [False, True]


def test_one_person_is_all_there_is_and_the_fragility_says_so():
    accepted, fragility, ahead = results_of([[4]], None, [0], ["A"])
    assert accepted.leader == 0 and accepted.rank_shares.tolist() == [[1]]
    assert np.isnan(accepted.wins).all()
    assert accepted.central_weights.tolist() == [[1]]
    assert fragility.leader.tolist() == [-1] and fragility.changes.tolist() == [True]
    assert np.isnan(fragility.share).all()
    assert ahead.changes.tolist() == [0] and ahead.gain.tolist() == [0]


def test_equal_occupations_share_the_lead_evenly():
    accepted, *_ = results_of([[3]] * 6, None, [0, 0, 1, 1, 2, 2], ["C", "A", "B"])
    assert accepted.rank_shares == pytest.approx(1 / 3, abs=0.04)
    assert accepted.fit.tolist() == [50, 50, 50]


def test_one_criterion_has_all_the_weight():
    accepted, *_ = results_of([[4], [2]], None, [0, 1], ["A", "B"])
    assert (accepted.importances == 1).all()


def test_a_question_nobody_of_an_occupation_rated_is_the_imaginary_interviewees_own_draw():
    accepted, *_ = results_of([[5, BLANK], [5, 3]], None, [0, 1], ["A", "B"], importance=(1, 1))
    heard = panel([[5, BLANK]], None, [0], people=["p"], occupations=["A"])
    draws = draw_means(heard)
    unrated = draws.means[0, 1]
    assert unrated.mean() == pytest.approx(3, abs=0.02)
    assert unrated.var() == pytest.approx(1, abs=0.03), "variance 2 of the answers, halved by A = 1"
    assert np.isfinite(accepted.fit).all()


@pytest.mark.parametrize("weight", [1e-12, 1e-4, 0.05])
def test_the_smallest_weights_do_no_harm(weight):
    accepted, fragility, _ = results_of([[5], [1]], [[weight], [weight]], [0, 1], ["A", "B"])
    assert np.isfinite(accepted.fit).all() and np.isfinite(fragility.share).all()
    assert accepted.fit[0] >= accepted.fit[1]


def test_leaving_nobody_out_changes_nothing():
    heard = panel([[4], [2]], None, [0, 1], people="ab", occupations="AB")
    draws = draw_means(heard, draws=EDGE_DRAWS)
    assert np.array_equal(without(draws, []).means, draws.means)
    assert np.array_equal(without(draws, ["stranger"]).means, draws.means)


def test_input_is_left_as_it_was():
    ratings, weights = np.array([[4.0, BLANK]]), np.array([[1.0, 0.5]])
    kept = ratings.copy(), weights.copy()
    draws = draw_means(
        panel(ratings, weights, [0], people=["p"], occupations=["A"]), draws=EDGE_DRAWS
    )
    means = draws.means.copy()
    leave_out(draws, weigh(draws, [1, 1]))
    np.testing.assert_array_equal(ratings, kept[0])
    np.testing.assert_array_equal(weights, kept[1])
    np.testing.assert_array_equal(draws.means, means)


# laws that hold whatever was answered -------------------------------------------------------------

LAW_DRAWS = 400
SOME_WEIGHTS = st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0])

# A few examples each: what is tested is a law, and every example draws anew.
laws = settings(max_examples=40, deadline=None)


@st.composite
def journals(draw, most_occupations=4):
    """What a panel is made of: some occupations and criteria, up to four people for each."""
    criteria = draw(st.integers(1, 4))
    occupations = draw(st.integers(1, most_occupations))
    occupation = [place for place in range(occupations) for _ in range(draw(st.integers(0, 4)))]
    rows = len(occupation)

    def table(of):
        row = st.lists(of, min_size=criteria, max_size=criteria)
        return st.lists(row, min_size=rows, max_size=rows)

    ratings = draw(table(st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, BLANK])))
    weights = draw(table(SOME_WEIGHTS) | table(st.just(1.0)))
    importance = draw(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria))
    assume(any(importance))
    shape = (rows, criteria)
    return {
        "ratings": np.array(ratings, dtype=float).reshape(shape),
        "weights": np.array(weights, dtype=float).reshape(shape),
        "occupation": np.array(occupation, dtype=int),
        "people": [f"person {row}" for row in range(rows)],
        "occupations": [f"occupation {place}" for place in range(occupations)],
        "importance": importance,
    }


def panel_of(journal):
    return panel(
        journal["ratings"],
        journal["weights"],
        journal["occupation"],
        people=journal["people"],
        occupations=journal["occupations"],
    )


def results(journal, importance=None):
    """Everything that is reported, rounded as far as it is promised to be the same."""
    importance = journal["importance"] if importance is None else importance
    heard = panel_of(journal)
    draws = draw_means(heard, draws=LAW_DRAWS)
    accepted = weigh(draws, importance)
    fragility = leave_out(draws, accepted)
    ahead = look_ahead(heard, importance, draws=LAW_DRAWS)
    return {
        "fit": accepted.fit.round(6),
        "low": accepted.low.round(6),
        "high": accepted.high.round(6),
        "rank_shares": accepted.rank_shares.round(6),
        "wins": accepted.wins.round(6),
        "central": accepted.central_weights.round(6),
        "leader": accepted.leader,
        "left_out": fragility.left_out,
        "then": fragility.leader,
        "share": fragility.share.round(6),
        "changes": fragility.changes,
        "chance": ahead.changes.round(6),
        "gain": ahead.gain.round(6),
    }


def assert_same(one, other):
    assert one.keys() == other.keys()
    for name, value in one.items():
        np.testing.assert_array_equal(value, other[name], err_msg=name)


def with_rows(journal, rows):
    rows = list(rows)
    return journal | {
        "ratings": journal["ratings"][rows],
        "weights": journal["weights"][rows],
        "occupation": journal["occupation"][rows],
        "people": [journal["people"][row] for row in rows],
    }


@laws
@given(journals(), st.randoms(use_true_random=False))
def test_permuting_people_changes_nothing(journal, random):
    rows = list(range(len(journal["people"])))
    random.shuffle(rows)
    assert_same(results(journal), results(with_rows(journal, rows)))


@laws
@given(journals())
def test_weight_0_is_as_good_as_absent(journal):
    answered = journal["weights"] > 0
    blank = journal | {"ratings": np.where(answered, journal["ratings"], BLANK)}
    assert_same(results(journal), results(blank))
    assert_same(results(journal), results(with_rows(blank, np.flatnonzero(answered.any(axis=1)))))


@laws
@given(journals(), st.floats(1e-6, 1e6))
def test_scaling_all_importances_changes_nothing(journal, factor):
    scaled = [factor * importance for importance in journal["importance"]]
    assert_same(results(journal), results(journal, scaled))


@laws
@given(journals(), st.data())
def test_a_duplicate_occupation_does_not_reorder_the_others(journal, data):
    size = len(journal["occupations"])
    twin = data.draw(st.integers(0, size - 1))
    rows = np.flatnonzero(journal["occupation"] == twin)
    doubled = with_rows(journal, [*range(len(journal["people"])), *rows])
    doubled["occupation"][len(journal["people"]) :] = size
    doubled["people"][len(journal["people"]) :] = [f"twin {row}" for row in rows]
    doubled["occupations"] = [*journal["occupations"], "its twin"]
    alone, beside = results(journal), results(doubled)
    for name in ("fit", "low", "high"):
        np.testing.assert_array_equal(alone[name], beside[name][:size])
        np.testing.assert_array_equal(beside["fit"][size], beside["fit"][twin])
    np.testing.assert_array_equal(alone["wins"], beside["wins"][:size, :size])


@laws
@given(journals(), st.data())
def test_the_order_of_occupations_changes_nothing(journal, data):
    size = len(journal["occupations"])
    order = data.draw(st.permutations(range(size)))
    moved = journal | {
        "occupations": [journal["occupations"][place] for place in order],
        "occupation": np.argsort(order)[journal["occupation"]],
    }
    one, other = results(journal), results(moved)
    for name in ("fit", "low", "high", "rank_shares", "central", "chance", "gain"):
        np.testing.assert_array_equal(one[name][list(order)], other[name], err_msg=name)
    if one["leader"] >= 0:
        assert order[other["leader"]] == one["leader"]


@laws
@given(journals(), st.data())
def test_a_better_rating_never_lowers_the_fit(journal, data):
    could_be_better = (journal["ratings"] < 5) & (journal["weights"] > 0)
    assume(could_be_better.any())
    row, column = data.draw(st.sampled_from(np.argwhere(could_be_better).tolist()))
    better = journal | {"ratings": journal["ratings"].copy()}
    better["ratings"][row, column] += 1
    place = journal["occupation"][row]
    before, after = results(journal), results(better)
    if np.isnan(before["fit"][place]):
        return
    for name in ("fit", "low", "high"):
        assert after[name][place] >= before[name][place]
    assert after["rank_shares"][place, 0] >= before["rank_shares"][place, 0]


@laws
@given(journals())
def test_shares_are_shares(journal):
    found = results(journal)
    ranked = ~np.isnan(found["fit"])
    assert found["rank_shares"][ranked].sum(axis=1) == pytest.approx(1)
    assert found["rank_shares"][ranked].sum(axis=0)[: ranked.sum()] == pytest.approx(1)
    wins = found["wins"][np.ix_(ranked, ranked)]
    np.fill_diagonal(wins, 0.5)
    assert wins + wins.T == pytest.approx(1)
    assert ((found["low"] < found["fit"]) & (found["fit"] < found["high"]))[ranked].all()
    assert (found["gain"][~np.isnan(found["gain"])] >= 0).all()
