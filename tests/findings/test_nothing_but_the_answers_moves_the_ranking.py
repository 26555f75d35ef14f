"""Laws that hold whatever was answered."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from infonb.findings.acceptability import draw_means, leave_out, weigh
from infonb.findings.lookahead import look_ahead
from infonb.findings.panel import panel

DRAWS = 400
BLANK = float("nan")
WEIGHTS = st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0])

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
    weights = draw(table(WEIGHTS) | table(st.just(1.0)))
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
    draws = draw_means(heard, draws=DRAWS)
    accepted = weigh(draws, importance)
    fragility = leave_out(draws, accepted)
    ahead = look_ahead(heard, importance, draws=DRAWS)
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
