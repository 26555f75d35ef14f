"""What a few ratings can tell: a mean with its band, how far people agree, what the next may say.

One rule runs through all of it: every group of ratings starts with **one imaginary interviewee,
spread evenly over the answers** of the scale. With ratings ``r_i`` in 1..K and weights ``w_i`` in
[0, 1] (the grain of salt; 0 leaves a rating out; never renormalised),

    c_k = sum of the w_i with r_i = k,    alpha_k = c_k + 1/K,    A = sum of the alpha_k

are the parameters of a Dirichlet posterior for the shares of answers in the occupation. The
functions below work on ``counts``, the ``c_k`` without the imaginary interviewee, so that whole
tables of groups go through them at once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv

SCALE = 5
"""Answers on the rating scale: 1 to 5."""

GAP = 0.75
"""Points of the scale by which a true mean differs from a figure where that is worth saying."""
SURE = 0.8
"""Posterior chance of such a gap, in one direction, from which it is said."""
_SLICES = 200
"""Quantiles that stand for a Beta where two are compared."""

Numbers = NDArray[np.float64]


class Band(NamedTuple):
    """An estimate with its credible interval: floats, or arrays of one shape."""

    mean: Any
    low: Any
    high: Any


def count(ratings: ArrayLike, weights: ArrayLike | None = None, scale: int = SCALE) -> Numbers:
    """Weight given to each answer of the scale, in one group.

    Parameters
    ----------
    ratings
        Shape (n,), whole numbers 1 to `scale`; NaN is no rating and counts for nothing.
    weights
        Shape (n,), each within 0 to 1; None weighs all ratings 1.
    scale
        Number of answers on the scale.

    Returns
    -------
    ndarray, shape (scale,)
        ``c_k``, without the imaginary interviewee.

    Raises
    ------
    ValueError
        When a rating is off the scale, or a weight outside 0 to 1.

    Examples
    --------
    >>> count([1, 5, 3], [1, .5, 1]).tolist()
    [1.0, 0.0, 1.0, 0.0, 0.5]
    """
    ratings = np.asarray(ratings, dtype=float)
    group = np.zeros(ratings.shape, dtype=int)
    return count_by_group(group, ratings, weights, groups=1, scale=scale)[0]


def count_by_group(
    group: ArrayLike,
    ratings: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    groups: int,
    scale: int = SCALE,
) -> Numbers:
    """Weight given to each answer of the scale, for many groups at once.

    Parameters
    ----------
    group
        Shape (n,): the group each rating belongs to, 0 to `groups` - 1.
    ratings, weights, scale
        As in `count`.
    groups
        How many groups there are; a group without ratings gets a row of zeros.

    Returns
    -------
    ndarray, shape (groups, scale)

    Examples
    --------
    >>> count_by_group([0, 2, 2], [4, 1, 1], groups=3)[:, [0, 3]].tolist()
    [[0.0, 1.0], [0.0, 0.0], [2.0, 0.0]]
    """
    ratings, weights = checked(ratings, weights, scale)
    rated = ~np.isnan(ratings)
    cell = np.asarray(group, dtype=int)[rated] * scale + ratings[rated].astype(int) - 1
    counts = np.bincount(cell, weights[rated], minlength=groups * scale)
    return np.asarray(counts, dtype=float).reshape(groups, scale)


def checked(
    ratings: ArrayLike, weights: ArrayLike | None = None, scale: int = SCALE
) -> tuple[Numbers, Numbers]:
    """Ratings and weights as float arrays of one shape, refused when they can't be right.

    Weights are spread over the shape of the ratings; the weight of a missing rating doesn't
    matter and may be missing too.

    Raises
    ------
    ValueError
        Says which value is off the scale.

    Examples
    --------
    >>> checked([4, float("nan")], [1, .5])[0].tolist()
    [4.0, nan]
    >>> checked([6])
    Traceback (most recent call last):
    ValueError: A rating is a whole number from 1 to 5, not 6.0.
    """
    ratings = np.asarray(ratings, dtype=float)
    weights = np.ones_like(ratings) if weights is None else np.asarray(weights, dtype=float)
    weights = np.broadcast_to(weights, ratings.shape)
    rated = ~np.isnan(ratings)
    off = rated & ~((ratings >= 1) & (ratings <= scale) & (ratings == np.round(ratings)))
    if off.any():
        value = ratings[off].flat[0]
        raise ValueError(f"A rating is a whole number from 1 to {scale}, not {value}.")
    off = rated & ~((weights >= 0) & (weights <= 1))
    if off.any():
        raise ValueError(f"A weight lies between 0 and 1, not at {weights[off].flat[0]}.")
    return ratings, weights


def bands(counts: ArrayLike, level: float = 0.8) -> Band:
    """Mean ratings with their credible intervals, for any number of groups.

    With ``m = sum k alpha_k / A`` and ``s2 = sum k^2 alpha_k / A - m^2`` the interval is that of
    a Beta with the mean and the variance of the posterior of the mean, stretched over 1..K:
    ``mu = (m - 1) / (K - 1)``, ``v = s2 / ((K - 1)^2 (A + 1))``, ``nu = mu (1 - mu) / v - 1``,
    ``1 + (K - 1) BetaQuantile(.; mu nu, (1 - mu) nu)``.

    A group without ratings is the imaginary interviewee alone: mean 3, and a band over most of
    the scale. That is right as a state of knowledge and wrong as a finding: tables show such a
    group as having no rating.

    The interval covers the true mean about as often as `level` says, at one rating as at five,
    except where everybody is enthusiastic: it never reaches the ends of the scale.

    Parameters
    ----------
    counts
        Shape (..., K), as from `count_by_group`.
    level
        Chance that the interval holds the true mean, within 0 to 1.

    Returns
    -------
    Band
        Three arrays of shape (...), in points of the scale, 1 to K.

    Examples
    --------
    >>> bands([[0, 0, 0, 0, 3], [0, 0, 0, 0, 0]]).mean.tolist()
    [4.5, 3.0]
    """
    a, b, scale = _beta_of_the_mean(counts)
    mean = 1 + (scale - 1) * a / (a + b)
    low = 1 + (scale - 1) * betaincinv(a, b, (1 - level) / 2)
    high = 1 + (scale - 1) * betaincinv(a, b, (1 + level) / 2)
    return Band(mean, low, high)


def _beta_of_the_mean(counts: ArrayLike) -> tuple[Numbers, Numbers, int]:
    """Parameters of the Beta that stands for the true mean, scaled to 0..1; and K."""
    alpha = np.asarray(counts, dtype=float)
    scale = alpha.shape[-1]
    alpha = alpha + 1 / scale
    total = alpha.sum(axis=-1)
    answers = np.arange(scale) / (scale - 1)
    mu = (alpha * answers).sum(axis=-1) / total
    # Around the mean, not as a difference of squares: exact also where all agree.
    spread = (alpha * (answers - mu[..., None]) ** 2).sum(axis=-1) / total
    nu = mu * (1 - mu) * (total + 1) / spread - 1
    return mu * nu, (1 - mu) * nu, scale


def chance_mean_above(counts: ArrayLike, value: ArrayLike) -> Numbers:
    """Posterior chance that the true mean rating lies above a value.

    Parameters
    ----------
    counts
        Shape (..., K).
    value
        Points of the scale, broadcast against (...). Outside 1..K the chance is 1 or 0.

    Examples
    --------
    >>> chance_mean_above([0, 0, 0, 2, 1], [1, 3, 5]).round(2).tolist()
    [1.0, 0.98, 0.0]
    """
    a, b, scale = _beta_of_the_mean(counts)
    at = np.clip((np.asarray(value, dtype=float) - 1) / (scale - 1), 0, 1)
    return 1 - betainc(a, b, at)


def chance_of_a_gap(counts: ArrayLike, expected: ArrayLike, gap: float = GAP) -> Numbers:
    """Posterior chance that the true mean differs from a figure by more than a gap, one way.

    That of the likelier direction. It flags surprises here, and what people say against
    projections in `outlook`.

    Parameters
    ----------
    counts
        Shape (..., K).
    expected
        Shape (...): the figure, in points of the scale.
    gap
        Points of the scale.

    Examples
    --------
    >>> chance_of_a_gap([0, 2, 1, 0, 0], 4).round(2).tolist()
    0.97
    """
    expected = np.asarray(expected, dtype=float)
    above = chance_mean_above(counts, expected + gap)
    below = 1 - chance_mean_above(counts, expected - gap)
    return np.maximum(above, below)


def chance_apart(one: ArrayLike, other: ArrayLike, gap: float = 0.5) -> Numbers:
    """Posterior chance that one true mean rating lies above another by more than a gap.

    ``P(M1 - gap > M2)`` for the two Betas of `bands`, by quantiles of the second.

    Parameters
    ----------
    one, other
        Shape (..., K), broadcast against each other.
    gap
        Points of the scale.

    Examples
    --------
    >>> counts = [count(ratings) for ratings in ([4, 4, 5], [1, 2, 1], [3, 4, 4])]
    >>> chance_apart(counts[0], counts[1:]).round(2).tolist()
    [0.99, 0.51]
    """
    a, b, scale = _beta_of_the_mean(other)
    middles = (np.arange(_SLICES) + 0.5) / _SLICES
    values = 1 + (scale - 1) * betaincinv(a[..., None], b[..., None], middles)
    counts = np.asarray(one, dtype=float)[..., None, :]
    return chance_mean_above(counts, values + gap).mean(axis=-1)


def next_person(counts: ArrayLike, at_least: int = 4, level: float = 0.8) -> Band:
    """Chance that the next person's rating is `at_least` or better, with its credible interval.

    The chance has a Beta posterior with the weight of the answers from `at_least` up, and of
    those below, each with its part of the imaginary interviewee.

    Parameters
    ----------
    counts
        Shape (..., K).
    at_least
        An answer of the scale, 2 to K.
    level
        As in `bands`.

    Returns
    -------
    Band
        Chances, 0 to 1.

    Examples
    --------
    >>> round(float(next_person([0, 0, 0, 2, 1]).mean), 2)
    0.85
    """
    alpha = np.asarray(counts, dtype=float)
    scale = alpha.shape[-1]
    if not 2 <= at_least <= scale:
        raise ValueError(f"at_least is an answer from 2 to {scale}, not {at_least}.")
    alpha = alpha + 1 / scale
    good = alpha[..., at_least - 1 :].sum(axis=-1)
    poor = alpha[..., : at_least - 1].sum(axis=-1)
    low, high = (betaincinv(good, poor, (1 + side * level) / 2) for side in (-1, 1))
    return Band(good / (good + poor), low, high)


def too_few_to_tell(one: Band, other: Band) -> NDArray[np.bool_]:
    """Whether two bands overlap by more than half of the narrower one.

    Where one of them is missing there is nothing to tell by, so that the answer is True.

    Examples
    --------
    >>> good = bands(count([4, 4, 5]))
    >>> bool(too_few_to_tell(good, bands(count([3, 4, 4]))))
    True
    >>> bool(too_few_to_tell(good, bands(count([1, 2, 1]))))
    False
    """
    overlap = np.minimum(one.high, other.high) - np.maximum(one.low, other.low)
    narrower = np.minimum(np.subtract(one.high, one.low), np.subtract(other.high, other.low))
    return ~(overlap <= narrower / 2)


def agreements(n: ArrayLike, lowest: ArrayLike, highest: ArrayLike) -> NDArray[np.object_]:
    """How far people agree, in a word for each group.

    One rating is "one voice"; a lowest of 2 or less with a highest of 4 or more is "split"; else
    "agree" where they lie at most one apart and "mixed" where not. Chance-corrected coefficients
    of agreement are left out on purpose: they mislead with three people.

    Parameters
    ----------
    n
        Shape (g,): people with a rating and a weight above 0.
    lowest, highest
        Shape (g,): their lowest and highest rating; of no matter where `n` is 0.

    Returns
    -------
    ndarray of object, shape (g,)
        The words; None where `n` is 0.

    Examples
    --------
    >>> agreements([1, 3, 2, 2, 0], [4, 2, 4, 3, 0], [4, 5, 5, 5, 0]).tolist()
    ['one voice', 'split', 'agree', 'mixed', None]
    """
    n, lowest, highest = (np.asarray(x, dtype=float) for x in (n, lowest, highest))
    words = np.full(n.shape, "mixed", dtype=object)
    words[highest - lowest <= 1] = "agree"
    words[(lowest <= 2) & (highest >= 4)] = "split"
    words[n == 1] = "one voice"
    words[~(n > 0)] = None
    return words


def aparts(counts: ArrayLike, squares: ArrayLike, people: ArrayLike) -> Numbers:
    """Weighted share of pairs who are two or more answers apart, for any number of groups.

    The weight of a pair is the product of its two weights, so that sums over answers do for
    sums over pairs.

    Parameters
    ----------
    counts
        Shape (..., K), as from `count_by_group`.
    squares
        Shape (...): sum of the squared weights of the ratings.
    people
        Shape (...): people with a rating and a weight above 0.

    Returns
    -------
    ndarray, shape (...)
        Shares, 0 to 1; NaN with fewer than two people.

    Examples
    --------
    >>> aparts([[0, 1, 0, 1, 1], [0, 0, 0, 1, 0]], [3, 1], [3, 1]).round(3).tolist()
    [0.667, nan]
    """
    counts = np.asarray(counts, dtype=float)
    above = np.cumsum(counts[..., ::-1], axis=-1)[..., ::-1]
    far = (counts[..., :-2] * above[..., 2:]).sum(axis=-1)
    pairs = (counts.sum(axis=-1) ** 2 - np.asarray(squares, dtype=float)) / 2
    enough = (np.asarray(people) >= 2) & (pairs > 0)
    shares = far / np.where(enough, pairs, 1.0)
    return np.where(enough, np.clip(shares, 0, 1), np.nan)
