"""How often the band holds the true mean of the population the ratings came from."""

from __future__ import annotations

import numpy as np
import pytest

from infonb.findings.estimates import bands

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
