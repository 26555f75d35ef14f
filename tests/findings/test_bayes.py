"""What few ratings can tell, and how often the band holds the truth they came from."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infonb.findings.bayes import (
    Band,
    agreements,
    aparts,
    bands,
    chance_apart,
    chance_mean_above,
    checked,
    count,
    count_by_group,
    next_person,
    too_few_to_tell,
)
from infonb.findings.verdict import differences

ratings_of_a_few = st.lists(st.integers(1, 5), max_size=8)
weights = st.floats(0, 1)


def band(ratings, weights=None, level=0.8):
    return Band(*(float(x) for x in bands(count(ratings, weights), level)))


def heard(ratings, weights):
    ratings, weights = checked(ratings, weights)
    return ratings[~np.isnan(ratings) & (weights > 0)]


def agreement(ratings, weights=None):
    told = heard(ratings, weights)
    if not told.size:
        return agreements([0], [0], [0])[0]
    return agreements([told.size], [told.min()], [told.max()])[0]


def apart(ratings, weights=None):
    squares = (checked(ratings, weights)[1] ** 2).sum()
    return float(aparts(count(ratings, weights), squares, heard(ratings, weights).size))


@pytest.mark.parametrize(
    ("ratings", "weights", "expected"),
    [
        ([4, 4, 5], None, (4.000, 3.389, 4.544)),
        ([1, 5, 3], [1, 0.5, 1], (2.714, 1.804, 3.667)),
    ],
)
def test_golden_bands(ratings, weights, expected):
    assert band(ratings, weights) == pytest.approx(expected, abs=5e-4)


def test_three_fives_stay_short_of_certainty():
    mean, low, high = band([5, 5, 5])
    assert mean == pytest.approx(4.5)
    assert (low, high) == pytest.approx((3.79, 4.97), abs=5e-3)


def test_without_a_rating_only_the_imaginary_interviewee_speaks():
    mean, low, high = band([])
    assert mean == 3
    assert low < 2 and high > 4
    assert band([float("nan")]) == (mean, low, high)


def test_one_rating_leaves_a_wide_band_that_three_alike_narrow():
    one, three = band([4]), band([4, 4, 4])
    assert three.high - three.low < one.high - one.low
    assert one.mean < three.mean


def test_many_groups_at_once_give_the_same_as_one_by_one():
    groups = {0: ([4, 4, 5], [1, 1, 1]), 1: ([], []), 2: ([1, 5, 3], [1, 0.5, 1])}
    rows = [(g, r, w) for g, both in groups.items() for r, w in zip(*both, strict=True)]
    group, ratings, weight = map(np.array, zip(*rows, strict=True))
    at_once = bands(count_by_group(group, ratings, weight, groups=3))
    for g, (r, w) in groups.items():
        assert band(r, w) == pytest.approx([column[g] for column in at_once])


@given(st.lists(st.tuples(st.integers(1, 5), weights), max_size=8))
def test_weight_0_is_as_good_as_absent(answers):
    heard = [answer for answer in answers if answer[1] > 0]
    assert band(*_columns(answers)) == band(*_columns(heard))
    assert agreement(*_columns(answers)) == agreement(*_columns(heard))
    assert apart(*_columns(answers)) == pytest.approx(apart(*_columns(heard)), nan_ok=True)


def _columns(answers):
    return [rating for rating, _ in answers], [weight for _, weight in answers]


@given(ratings_of_a_few, st.integers(1, 4), st.floats(0.5, 0.95))
def test_a_better_rating_never_lowers_the_mean(ratings, rating, level):
    worse, better = band([*ratings, rating], level=level), band([*ratings, rating + 1], level=level)
    assert better.mean > worse.mean
    assert 1 < worse.low < worse.mean < worse.high < 5


@pytest.mark.parametrize("ratings", [[0], [6], [3.5], [float("inf")]])
def test_a_rating_off_the_scale_is_refused_by_name(ratings):
    with pytest.raises(ValueError, match=str(ratings[0])):
        count(ratings)


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_0_to_1_is_refused(weight):
    with pytest.raises(ValueError, match="between 0 and 1"):
        count([3], [weight])


def test_the_mean_counts_one_imaginary_interviewee():
    assert band([5, 5, 1], [1, 0.5, 0]).mean == pytest.approx((1.5 * 5 + 3) / 2.5)


def test_the_next_person_is_likelier_to_agree_the_more_have_agreed():
    chances = [float(next_person(count([4] * n)).mean) for n in range(4)]
    assert chances == pytest.approx([0.4, 0.7, 0.8, 0.85])
    chance = next_person(count([4, 4, 5]))
    assert 0 < chance.low < chance.mean < chance.high < 1


def test_chance_of_a_mean_above_a_figure_agrees_with_the_band():
    counts = count([4, 4, 5])
    low, high = bands(counts, level=0.8)[1:]
    assert chance_mean_above(counts, [low, high]) == pytest.approx([0.9, 0.1])
    assert chance_mean_above(counts, [0.0, 5.75]).tolist() == [1, 0]


def test_too_few_to_tell_means_overlap_by_more_than_half_of_the_narrower():
    wide = Band(3.0, 2.0, 4.0)
    just_half, a_bit_more, within = Band(4, 3.5, 4.5), Band(4, 3.4, 4.4), Band(3, 2.9, 3.1)
    assert not too_few_to_tell(wide, just_half)
    assert too_few_to_tell(wide, a_bit_more)
    assert too_few_to_tell(wide, within) and too_few_to_tell(within, wide)
    assert not too_few_to_tell(wide, Band(4.5, 4.2, 4.8))
    missing = Band(*[float("nan")] * 3)
    assert too_few_to_tell(wide, missing)


DIFFERENCES = [
    ([4, 4, 5], [1, 2, 1], 0.989, "clear"),
    ([5, 5, 5], [3, 3, 3], 0.934, "clear"),
    ([5, 4], [2, 2], 0.929, "clear"),
    ([5, 4, 4], [3, 2, 3], 0.895, "hint"),
    ([4, 4], [2, 2], 0.888, "hint"),
    ([4, 4, 3], [2, 2, 3], 0.818, "hint"),
    ([4, 4, 5], [3, 4, 4], 0.514, "too few to tell"),
]


def spoken_of(one, other):
    chance = chance_apart(count(one), count(other))
    overlap = too_few_to_tell(bands(count(one)), bands(count(other)))
    return float(chance), differences([chance], [len(one)], [len(other)], [overlap])[0]


@pytest.mark.parametrize(("one", "other", "chance", "word"), DIFFERENCES)
def test_golden_differences_on_one_question(one, other, chance, word):
    found, said = spoken_of(one, other)
    assert (found, said) == (pytest.approx(chance, abs=0.005), word)


def test_the_chance_apart_agrees_with_draws():
    random = np.random.default_rng(0)
    for one, other, *_ in DIFFERENCES:
        drawn = [
            random.dirichlet(count(ratings) + 0.2, 200_000) @ np.arange(1, 6)
            for ratings in (one, other)
        ]
        exact = np.mean(drawn[0] > drawn[1] + 0.5)  # of the Dirichlets that the Betas stand for
        assert float(chance_apart(count(one), count(other))) == pytest.approx(exact, abs=0.03)


def test_one_voice_is_never_a_clear_difference():
    assert spoken_of([5], [1, 1, 1])[1] == "hint" and spoken_of([5], [1])[1] == "hint"


IDENTICAL = {
    "near each other": ([0, 0, 0.2, 0.4, 0.4], 0.6),
    "apart": ([0.05, 0.1, 0.25, 0.35, 0.25], 3.0),
    "every answer as common": ([0.2] * 5, 6.0),
}


@pytest.mark.parametrize("name", IDENTICAL)
def test_identical_occupations_are_seldom_told_apart(name):
    """Four occupations of one population, three people each, 15 questions; the docs have it."""
    shares, most = IDENTICAL[name]
    random, searches, questions = np.random.default_rng(1), 20, 15
    said = random.choice(np.arange(1, 6), p=shares, size=(searches, questions, 4, 3))
    counts = (said[..., None] == np.arange(1, 6)).sum(axis=-2)
    band = bands(counts)
    clear, rule = np.zeros((2, searches, questions), dtype=bool)
    for one, other in permutations(range(4), 2):
        higher = band.mean[..., one] > band.mean[..., other]
        chance = chance_apart(counts[..., one, :], counts[..., other, :])
        sides = [Band(*(part[..., side] for part in band)) for side in (one, other)]
        clear |= higher & (chance >= 0.9)
        rule |= higher & ~too_few_to_tell(*sides)
    new, old = clear.sum(axis=1).mean(), rule.sum(axis=1).mean()
    print(f"identical, opinions {name}: {new:.1f} of 15 questions clear; bands alone: {old:.1f}")
    assert new <= most and new <= old / 2


@pytest.mark.parametrize(
    ("ratings", "weights", "word"),
    [
        ([], None, None),
        ([float("nan")], None, None),
        ([4], None, "one voice"),
        ([4, 2], [1, 0], "one voice"),
        ([4, 2], [0, 0], None),
        ([2, 4], None, "split"),
        ([1, 3, 5], None, "split"),
        ([3, 4, 3], None, "agree"),
        ([5, 5], None, "agree"),
        ([3, 5], None, "mixed"),
        ([1, 3], None, "mixed"),
    ],
)
def test_agreement_is_a_word(ratings, weights, word):
    assert agreement(ratings, weights) == word


def test_words_for_many_groups_keep_their_shape():
    assert agreements([], [], []).tolist() == []


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0.01, 1)), min_size=2, max_size=8))
def test_apart_is_the_weighted_share_of_pairs_two_or_more_apart(answers):
    pairs = [(a, b) for i, a in enumerate(answers) for b in answers[:i]]
    far = sum(v * w for (r, v), (s, w) in pairs if abs(r - s) >= 2)
    expected = far / sum(v * w for (_, v), (_, w) in pairs)
    assert apart(*_columns(answers)) == pytest.approx(expected)


def test_apart_is_missing_with_fewer_than_two():
    assert np.isnan(apart([])) and np.isnan(apart([5])) and np.isnan(apart([1, 5], [1, 0]))
    assert np.isnan(aparts(np.zeros((2, 5)), [0, 0], [0, 0])).all()


# coverage -----------------------------------------------------------------------------------------

ANSWERS = np.arange(1, 6)
POPULATIONS = 200_000


def dirichlet(each):
    return lambda random: random.dirichlet(np.full(5, each), POPULATIONS)


def unimodal(random):
    centre, spread = random.uniform(1, 5, POPULATIONS), random.uniform(0.4, 1.5, POPULATIONS)
    return normalised(np.exp(-(((ANSWERS - centre[:, None]) / spread[:, None]) ** 2) / 2))


def people_who_like_their_work(random):
    shares = unimodal(random)
    return shares[shares @ ANSWERS >= 4]


def everyone_says_5(_):
    return np.tile([0.0, 0, 0, 0, 1], (100, 1))


def normalised(shares):
    return shares / shares.sum(axis=1, keepdims=True)


def coverage(shares, people, level, random):
    counts = random.multinomial(people, shares)
    # Few people give few different counts: the quantiles are computed once for each.
    different, which = np.unique(counts @ 10 ** np.arange(5), return_inverse=True)
    rows = np.zeros((len(different), 5))
    rows[which] = counts
    low, high = (side[which] for side in bands(rows, level)[1:])
    truth = shares @ ANSWERS
    return np.mean((low <= truth) & (truth <= high))


@pytest.mark.parametrize("level", [0.8, 0.9])
@pytest.mark.parametrize("people", [1, 2, 3, 5])
def test_the_band_covers_as_often_as_it_says_where_the_prior_is_true(people, level):
    random = np.random.default_rng(people)
    assert coverage(dirichlet(0.2)(random), people, level, random) == pytest.approx(level, abs=0.03)


def test_the_band_of_enthusiasts_is_known_to_miss():
    """The documentation says so; were it to change, the documentation should."""
    random = np.random.default_rng(0)
    assert coverage(everyone_says_5(random), 3, 0.8, random) == 0


def test_coverage_of_other_populations_is_printed():
    families = {
        "Dirichlet(.2), the prior": dirichlet(0.2),
        "unimodal": unimodal,
        "Dirichlet(1)": dirichlet(1),
        "Dirichlet(3)": dirichlet(3),
        "people who like their work": people_who_like_their_work,
        "everyone says 5": everyone_says_5,
    }
    random = np.random.default_rng(0)
    print(f"\ncoverage at 80 %{'':14}n = 1     2     3     5")
    for name, family in families.items():
        shares = family(random)
        covered = [coverage(shares, people, 0.8, random) for people in (1, 2, 3, 5)]
        print(f"{name:28}" + "".join(f"{share:6.2f}" for share in covered))
        assert all(0 <= share <= 1 for share in covered)
