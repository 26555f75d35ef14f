"""Which occupation comes first how often, and on whose word.

Stochastic multicriteria acceptability analysis: draw many times what may be true of each
occupation and what may be true of one's own importances, and count how often each occupation
comes first, second, third.

    for a draw:   g_i ~ Gamma(w_i)    for each interviewee, for all criteria at once
                  h_k ~ Gamma(1/K)    for the occupation's imaginary interviewee, likewise
                  M = (sum g_i r_i + sum h_k k) / (sum g_i + sum h_k)     per criterion,
                                                      over those who gave it a rating
                  omega ~ Dirichlet(kappa v)          v = importances scaled to sum 1
                  fit = 100 sum omega (M - 1) / (K - 1)

One gamma per interviewee for all criteria, because people answer all questions in the same mood;
drawing each answer apart would be over-confident. Where a criterion was rated by nobody, the sums
over interviewees are empty and M is the imaginary interviewee's own draw. Fit lies on a fixed
scale from 0 to 100, so that one more occupation never reorders the others.

How the gammas are drawn: an interviewee shuffles the middles of as many equal slices of 0..1 as
there are draws (a stratified sample), and ``g_ic = GammaQuantile(u_i; w_ic)`` turns the shuffled
numbers into gammas for whatever weight the answer has. So one number per interviewee and draw
serves all criteria also where answers have weights of their own, a weight that moves a little
moves the draws a little, weight 0 gives 0, and the quantiles are computed once per weight.

A `Panel` holds the answers that count, sorted by stable ids, so that the order in which interviews
were logged, and people with weight 0, can't change a result. `stream` hands out the random
numbers: each name has its own, so that one more person or occupation leaves all others' alone.

Sources: Lahdelma, R., Hokkanen, J. & Salminen, P. (1998): SMAA - Stochastic multiobjective
acceptability analysis. European Journal of Operational Research 106, 137-143. Lahdelma, R. &
Salminen, P. (2001): SMAA-2: Stochastic multicriteria acceptability analysis for group decision
making. Operations Research 49 (3), 444-454. The posterior as measurement uncertainty, the shared
moods and the stratified draws are infonb's own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from infonb.findings.bayes import SCALE, Numbers, checked

DRAWS = 20_000
MORE_OR_LESS = 30.0
"""Default certainty of the stated importances; 15 is "roughly", 100 "exactly"."""


@dataclass(frozen=True, eq=False)
class Panel:
    """The answers that count, in a fixed order.

    There is a row for each interview, or, where its answers have weights of their own, one for
    each different weight among them. So a row has one weight.

    Attributes
    ----------
    ratings
        Shape (rows, criteria): 1 to `scale`; 0 where the row has no answer.
    weight
        Shape (rows,): above 0 to 1.
    occupation
        Shape (rows,): place of its occupation in `occupations`.
    interview
        Shape (rows,): number of its interview, rising from 0.
    people
        Stable id of the interviewee of each row.
    occupations
        Stable ids of all occupations, in the order given, also those nobody was asked about.
    scale
        Number of answers on the rating scale.
    """

    ratings: Numbers
    weight: Numbers
    occupation: NDArray[np.int64]
    interview: NDArray[np.int64]
    people: tuple[str, ...]
    occupations: tuple[str, ...]
    scale: int = SCALE

    @property
    def criteria(self) -> int:
        """How many criteria the ratings have."""
        return self.ratings.shape[1]

    def rows(self, place: int) -> list[int]:
        """Rows about the occupation at a place."""
        return np.flatnonzero(self.occupation == place).tolist()

    def answers(self) -> NDArray[np.int64]:
        """How many answers count, shape (occupations, criteria)."""
        answers = np.zeros((len(self.occupations), self.criteria), dtype=np.int64)
        np.add.at(answers, self.occupation, self.ratings > 0)
        return answers

    def heard(self) -> NDArray[np.int64]:
        """How many people were heard about each occupation, shape (occupations,)."""
        pairs = set(zip(self.people, self.occupation.tolist(), strict=True))
        places = np.array([place for _, place in pairs], dtype=np.int64)
        return np.bincount(places, minlength=len(self.occupations))

    def sums(self) -> tuple[Numbers, Numbers]:
        """Weighted ratings and weights, each summed over people, shape (occupations, criteria).

        The imaginary interviewee is in it: half the scale's ends at weight 1.
        """
        shape = (len(self.occupations), self.criteria)
        points, weight = np.full(shape, (1 + self.scale) / 2), np.ones(shape)
        np.add.at(points, self.occupation, self.weight[:, None] * self.ratings)
        np.add.at(weight, self.occupation, self.weight[:, None] * (self.ratings > 0))
        return points, weight

    def expected_fit(self, shares: Numbers) -> Numbers:
        """Exact mean fit of each occupation, 0 to 100, for importances that sum to 1.

        No draws are needed for it: importances and ratings are drawn independently. 50 where
        nobody was heard, which is what the imaginary interviewee says.
        """
        points, weight = self.sums()
        return 100 * ((points / weight - 1) * shares).sum(axis=1) / (self.scale - 1)

    def ranked(self, shares: Numbers) -> list[int]:
        """Places of the occupations with an answer on a criterion that matters.

        They come by id, so that ties go the same way in whatever order occupations were given.
        """
        heard = self.answers() @ (shares > 0)
        return sorted(np.flatnonzero(heard).tolist(), key=lambda place: self.occupations[place])

    def without(self, people: Collection[str]) -> Panel:
        """The same panel as if these people had never been asked."""
        stay = [row for row, person in enumerate(self.people) if person not in people]
        return Panel(
            self.ratings[stay],
            self.weight[stay],
            self.occupation[stay],
            self.interview[stay],
            tuple(self.people[row] for row in stay),
            self.occupations,
            self.scale,
        )


def panel(
    ratings: ArrayLike,
    weights: ArrayLike | None,
    occupation: ArrayLike,
    *,
    people: Sequence[str],
    occupations: Sequence[str],
    scale: int = SCALE,
) -> Panel:
    """Put what people said in the order and form that results are computed from.

    Parameters
    ----------
    ratings
        Shape (interviews, criteria): whole numbers 1 to `scale`, NaN for no rating.
    weights
        Shape (interviews, criteria), 0 to 1, each answer's own grain of salt; or (interviews, 1);
        None weighs every answer 1. An answer with weight 0 is as if it had not been given.
    occupation
        Shape (interviews,): place of the occupation in `occupations`.
    people
        A stable id for each row, the same for all interviews with one person.
    occupations
        A stable id for each occupation, no two the same.
    scale
        Number of answers on the rating scale.

    Raises
    ------
    ValueError
        When shapes don't fit, ids repeat, or a rating or weight is off its scale.

    Examples
    --------
    >>> heard = panel([[4, 3], [5, float("nan")], [2, 2]], [[1, .5], [1, 1], [0, 0]], [0, 0, 1],
    ...               people=["p2", "p1", "p3"], occupations=["nurse", "baker"])
    >>> list(zip(heard.people, heard.weight.tolist(), heard.ratings.tolist()))
    [('p1', 1.0, [5.0, 0.0]), ('p2', 0.5, [0.0, 3.0]), ('p2', 1.0, [4.0, 0.0])]
    """
    ratings, weights = checked(ratings, weights, scale)
    occupation = np.asarray(occupation, dtype=np.int64)
    people, occupations = tuple(map(str, people)), tuple(map(str, occupations))
    _check_shapes(ratings, occupation, people, occupations)
    heard = ~np.isnan(ratings) & (weights > 0)
    ratings, weights = np.where(heard, ratings, 0.0), np.where(heard, weights, 0.0)
    in_order = sorted(
        np.flatnonzero(heard.any(axis=1)).tolist(),
        key=lambda row: (
            occupations[occupation[row]],
            people[row],
            ratings[row].tolist(),
            weights[row].tolist(),
        ),
    )
    rows = [
        (interview, row, weight)
        for interview, row in enumerate(in_order)
        for weight in sorted(set(weights[row][heard[row]].tolist()))
    ]
    source = [row for _, row, _ in rows]
    weight = np.array([weight for _, _, weight in rows], dtype=float)
    return Panel(
        np.where(weights[source] == weight[:, None], ratings[source], 0.0),
        weight,
        occupation[source],
        np.array([interview for interview, _, _ in rows], dtype=np.int64),
        tuple(people[row] for row in source),
        occupations,
        scale,
    )


def _check_shapes(
    ratings: Numbers,
    occupation: NDArray[np.int64],
    people: Sequence[str],
    occupations: Sequence[str],
) -> None:
    if ratings.ndim != 2 or ratings.shape[1] == 0:
        raise ValueError("Ratings need a row for each interview and a column for each criterion.")
    if not len(ratings) == len(occupation) == len(people):
        raise ValueError(
            f"{len(ratings)} rows of ratings, {len(occupation)} occupations and "
            f"{len(people)} people: they should be as many."
        )
    if len(set(occupations)) < len(occupations):
        raise ValueError("Two occupations have the same id.")
    if occupation.size and not 0 <= occupation.min() <= occupation.max() < len(occupations):
        raise ValueError(f"An occupation's place is 0 to {len(occupations) - 1}.")


def importance_shares(importance: ArrayLike, criteria: int) -> Numbers:
    """Importances as shares of 1.

    Parameters
    ----------
    importance
        Shape (criteria,), 0 or more; only how they compare matters.
    criteria
        How many there should be.

    Raises
    ------
    ValueError
        When one is negative or missing, when all are 0, or when there are too many or too few.

    Examples
    --------
    >>> importance_shares([5, 0, 5], 3).tolist()
    [0.5, 0.0, 0.5]
    """
    importance = np.asarray(importance, dtype=float)
    if importance.shape != (criteria,):
        raise ValueError(f"{importance.size} importances for {criteria} criteria.")
    if not (np.isfinite(importance) & (importance >= 0)).all():
        raise ValueError("An importance is a number from 0 up.")
    if not importance.any():
        raise ValueError("All importances are 0: there is nothing to compare occupations by.")
    shares = importance / importance.max()
    # Without the last places, so that stating all of them ten times larger gives the same shares.
    shares = np.round(shares / shares.sum(), 12)
    return shares / shares.sum()


def stream(seed: int, name: str) -> np.random.Generator:
    """The random stream that belongs to a name, the same in every run and beside any others.

    Examples
    --------
    >>> [int(stream(0, name).integers(1000)) for name in ("interviewee p1", "interviewee p1")]
    [835, 835]
    """
    entropy = np.random.SeedSequence([seed, crc32(name.encode("utf-8"))])
    return np.random.Generator(np.random.PCG64(entropy))


@dataclass(frozen=True, eq=False)
class Draws:
    """What may be true of each occupation, drawn many times; importances play no part in it.

    Keep it while importances change: `weigh`, `leave_out` and `without` start from it.

    Attributes
    ----------
    panel
        The answers it was drawn from.
    means
        Drawn mean ratings M, shape (occupations, criteria, draws), 1 to K.
    moods
        Drawn gammas ``g`` of each row of the panel, shape (rows, draws).
    imaginary
        Points ``sum h_k k`` and weight ``sum h_k`` of the imaginary interviewees, shape
        (occupations, 2, draws).
    seed
        What the random streams were seeded with.
    """

    panel: Panel
    means: Numbers = field(repr=False)
    moods: Numbers = field(repr=False)
    imaginary: Numbers = field(repr=False)
    seed: int


@dataclass(frozen=True, eq=False)
class Acceptability:
    """How occupations compare under one set of importances.

    Occupations without an answer on a criterion that matters are not ranked: NaN throughout.

    Attributes
    ----------
    ranked
        Shape (occupations,): whether anybody was heard on a criterion with an importance above 0.
    fit, low, high
        Shape (occupations,), 0 to 100: exact mean of the fit, and the band drawn for it.
    rank_shares
        Shape (occupations, ranks): share of draws in which it has rank 1, 2, …; as many ranks as
        occupations, the last ones 0 where some are not ranked.
    wins
        Shape (occupations, occupations): share of draws in which the row beats the column.
    central_weights
        Shape (occupations, criteria): mean importances, summing to 1, where it comes first; NaN
        where it never does.
    leader
        Place of the occupation that comes first most often, -1 where none is ranked.
    importance
        Shape (criteria,): the stated importances, summing to 1.
    fits
        Drawn fits, shape (occupations, draws).
    importances
        Drawn importances, shape (criteria, draws); exactly 0 where the stated one is.
    """

    ranked: NDArray[np.bool_]
    fit: Numbers
    low: Numbers
    high: Numbers
    rank_shares: Numbers
    wins: Numbers
    central_weights: Numbers
    leader: int
    importance: Numbers
    fits: Numbers = field(repr=False)
    importances: Numbers = field(repr=False)


@dataclass(frozen=True, eq=False)
class Fragility:
    """Who comes first when one interviewee is left out, for each in turn.

    Attributes
    ----------
    left_out
        Ids of the interviewees, sorted.
    leader
        Shape (people,): place of the occupation that then comes first most often, -1 where none
        is left to rank.
    share
        Shape (people,): share of draws in which that one comes first; NaN where none is left.
    changes
        Shape (people,): whether that is another leader than with everybody.
    """

    left_out: tuple[str, ...]
    leader: NDArray[np.int64]
    share: Numbers
    changes: NDArray[np.bool_]


def draw_means(panel: Panel, *, draws: int = DRAWS, seed: int = 0) -> Draws:
    """Draw what may be true of each occupation.

    Parameters
    ----------
    panel
        Who was heard, from `panel.panel`.
    draws
        How many times, 1 or more.
    seed
        0 or more; the same seed and panel give the same numbers.

    Examples
    --------
    >>> from infonb.findings.smaa import panel
    >>> heard = panel([[4, 3], [5, 2]], None, [0, 0], people=["p1", "p2"], occupations=["nurse"])
    >>> draw_means(heard, draws=1000).means.mean(axis=2).round(1).tolist()
    [[4.0, 2.7]]
    """
    if draws < 1:
        raise ValueError(f"It takes at least one draw, not {draws}.")
    moods = np.empty((len(panel.people), draws))
    orders = {name: _order("interviewee " + name, draws, seed) for name in set(panel.people)}
    for row, name in enumerate(panel.people):
        moods[row] = gamma_quantiles(float(panel.weight[row]), draws)[orders[name]]
    imaginary = np.empty((len(panel.occupations), 2, draws))
    means = np.empty((len(panel.occupations), panel.criteria, draws))
    for place, name in enumerate(panel.occupations):
        imaginary[place] = _imaginary(name, panel.scale, draws, seed)
        rows = panel.rows(place)
        means[place] = _means(panel.ratings[rows], moods[rows], imaginary[place])
    return Draws(panel, means, moods, imaginary, seed)


def _order(name: str, draws: int, seed: int) -> NDArray[np.int64]:
    return stream(seed, name).permutation(draws)


@lru_cache(maxsize=128)
def gamma_quantiles(shape: float, draws: int) -> Numbers:
    """Quantiles of Gamma(shape) at the middles of equal slices of 0..1, in rising order."""
    middles = (np.arange(draws) + 0.5) / draws
    gammas = -np.log1p(-middles) if shape == 1 else gammaincinv(shape, middles)
    gammas.setflags(write=False)
    return gammas


def _imaginary(occupation: str, scale: int, draws: int, seed: int) -> Numbers:
    """Points and weight of an occupation's imaginary interviewee, shape (2, draws)."""
    random = stream(seed, "imaginary interviewee of " + occupation)
    both = np.zeros((2, draws))
    for answer in range(1, scale + 1):
        gammas = gamma_quantiles(1 / scale, draws)[random.permutation(draws)]
        both += np.multiply.outer([answer, 1], gammas)
    return both


def _means(ratings: Numbers, moods: Numbers, imaginary: Numbers) -> Numbers:
    """Drawn mean ratings of one occupation, shape (criteria, draws), from rows about it."""
    points, weight = imaginary
    answered = (ratings > 0).astype(float)
    # Where all answered everything, one row of weights serves all criteria.
    once = answered[:, :1] if (answered == answered[:, :1]).all() else answered
    points = points + np.einsum("rc,rd->cd", ratings, moods)
    return points / (weight + np.einsum("rc,rd->cd", once, moods))


def weigh(
    draws: Draws, importance: ArrayLike, certainty: float = MORE_OR_LESS, level: float = 0.8
) -> Acceptability:
    """Compare the occupations under stated importances.

    Parameters
    ----------
    draws
        From `draw_means`.
    importance
        Shape (criteria,), 0 or more. Only how they compare matters. A criterion with importance 0
        counts for nothing at all.
    certainty
        kappa, how closely the importances are meant, at least 1: 15 roughly, 30 more or less,
        100 exactly.
    level
        Of the band around the fit, within 0 to 1.

    Raises
    ------
    ValueError
        When importances are negative, missing, or all 0, or the certainty is below 1.

    Examples
    --------
    >>> from infonb.findings.smaa import panel
    >>> heard = panel([[4, 3], [2, 2]], None, [0, 1], people=["p1", "p2"],
    ...               occupations=["nurse", "baker"])
    >>> accepted = weigh(draw_means(heard), [5, 2])
    >>> accepted.leader, accepted.fit.round(1).tolist()
    (0, [58.9, 37.5])
    """
    panel = draws.panel
    shares = importance_shares(importance, panel.criteria)
    importances = draw_importances(shares, certainty, draws.means.shape[2], draws.seed)
    fits = _fits(draws.means, importances, panel.scale)
    turn = panel.ranked(shares)
    ranked = np.isin(np.arange(len(fits)), turn)
    fits[~ranked] = np.nan
    low, high = np.full((2, len(ranked)), np.nan)
    if ranked.any():
        sides = [(1 - level) / 2, (1 + level) / 2]
        low[ranked], high[ranked] = np.quantile(fits[ranked], sides, axis=1)
    fit = np.where(ranked, panel.expected_fit(shares), np.nan)
    rank_shares, wins = _places(fits, turn)
    first = _first(fits, turn)
    return Acceptability(
        ranked,
        fit,
        low,
        high,
        rank_shares,
        wins,
        _central_weights(first, importances, len(ranked)),
        _leader(np.bincount(first, minlength=len(fits)), fit, turn),
        shares,
        fits,
        importances,
    )


def draw_importances(shares: Numbers, certainty: float, draws: int, seed: int) -> Numbers:
    """Importances that may be meant by the stated ones, shape (criteria, draws), summing to 1.

    Dirichlet(certainty x shares); a share of 0 stays exactly 0 and leaves the others alone.

    Examples
    --------
    >>> draw_importances(np.array([.5, 0, .5]), 30, 1000, 0)[1].any()
    np.False_
    """
    if not 1 <= certainty < np.inf:
        raise ValueError(f"Certainty is a number from 1 up (30 is more or less), not {certainty}.")
    random = stream(seed, "importances")
    gammas = np.zeros((len(shares), draws))
    for criterion in np.flatnonzero(shares):
        gammas[criterion] = random.standard_gamma(certainty * shares[criterion], draws)
    return gammas / gammas.sum(axis=0)


def _fits(means: Numbers, importances: Numbers, scale: int) -> Numbers:
    """Drawn fits (…, draws) of drawn means (…, criteria, draws)."""
    weighted = np.einsum("...cd,cd->...d", means, importances)
    return 100 * (weighted - 1) / (scale - 1)


def _places(fits: Numbers, turn: Sequence[int]) -> tuple[Numbers, Numbers]:
    """Share of draws in each rank, and of those won against each other; NaN where not ranked.

    Of equal fits the occupation earlier in turn is ahead.
    """
    size, draws = fits.shape
    ordered = fits[turn]
    rank_shares = np.full((size, size), np.nan)
    wins = np.full((size, size), np.nan)
    for before, place in enumerate(turn):
        ahead = ordered > ordered[before]
        ahead[:before] |= ordered[:before] == ordered[before]
        rank_shares[place] = np.bincount(ahead.sum(axis=0), minlength=size) / draws
        wins[turn, place] = np.count_nonzero(ahead, axis=1) / draws
        wins[place, place] = np.nan
    return rank_shares, wins


def _first(fits: Numbers, turn: Sequence[int]) -> NDArray[np.int64]:
    """Place of the occupation that comes first in each draw; empty where none is ranked."""
    if not turn:
        return np.zeros(0, dtype=np.int64)
    best = fits[turn[0]]
    first = np.full(best.shape, turn[0], dtype=np.int64)
    for place in turn[1:]:
        first = np.where(fits[place] > best, place, first)
        best = np.maximum(best, fits[place])
    return first


def _central_weights(first: NDArray[np.int64], importances: Numbers, size: int) -> Numbers:
    central = np.full((size, len(importances)), np.nan)
    for place in np.unique(first):
        mine = first == place
        central[place] = (importances * mine).sum(axis=1) / np.count_nonzero(mine)
    return central


def _leader(often: NDArray[np.intp], fit: Numbers, turn: Sequence[int]) -> int:
    """Who comes first most often; among equals who fits better, then who is earlier in turn."""
    return max(turn, key=lambda place: (often[place], fit[place]), default=-1)


def without(draws: Draws, people: Collection[str]) -> Draws:
    """The same draws as if these people had never been asked; nothing is drawn anew.

    Examples
    --------
    >>> from infonb.findings.smaa import panel
    >>> heard = panel([[4, 3], [2, 2]], None, [0, 0], people=["p1", "p2"], occupations=["nurse"])
    >>> without(draw_means(heard), ["p2"]).panel.people
    ('p1',)
    """
    panel, gone = draws.panel, [name in people for name in draws.panel.people]
    rest, moods = panel.without(people), draws.moods[np.logical_not(gone)]
    means = draws.means.copy()
    for place in np.unique(panel.occupation[gone]):
        rows = rest.rows(place)
        means[place] = _means(rest.ratings[rows], moods[rows], draws.imaginary[place])
    return Draws(rest, means, moods, draws.imaginary, draws.seed)


def leave_out(draws: Draws, accepted: Acceptability) -> Fragility:
    """Leave each interviewee out in turn: who comes first then?

    Parameters
    ----------
    draws
        From `draw_means`.
    accepted
        From `weigh`, with the same draws.

    Examples
    --------
    >>> from infonb.findings.smaa import panel
    >>> heard = panel([[5, 4], [3, 2], [3, 4]], None, [0, 0, 1], people=["p1", "p2", "p3"],
    ...               occupations=["nurse", "baker"])
    >>> draws = draw_means(heard)
    >>> fragility = leave_out(draws, weigh(draws, [5, 2]))
    >>> list(zip(fragility.left_out, fragility.leader.tolist(), fragility.changes.tolist()))
    [('p1', 1, True), ('p2', 0, False), ('p3', 0, False)]
    """
    people = tuple(sorted(set(draws.panel.people)))
    leader, share = np.empty(len(people), dtype=np.int64), np.empty(len(people))
    for turn, person in enumerate(people):
        leader[turn], share[turn] = _leader_without(draws, accepted, person)
    return Fragility(people, leader, share, leader != accepted.leader)


def _leader_without(draws: Draws, accepted: Acceptability, person: str) -> tuple[int, float]:
    """Who comes first most often, and how often, when one person is left out."""
    panel = draws.panel
    gone = np.array(panel.people) == person
    fits = accepted.fits.copy()
    for place in np.unique(panel.occupation[gone]):
        rows = (panel.occupation == place) & ~gone
        means = _means(panel.ratings[rows], draws.moods[rows], draws.imaginary[place])
        fits[place] = _fits(means, accepted.importances, panel.scale)
    rest = panel.without([person])
    turn = rest.ranked(accepted.importance)
    first = _first(fits, turn)
    often = np.bincount(first, minlength=len(fits))
    leader = _leader(often, rest.expected_fit(accepted.importance), turn)
    return leader, often[leader] / fits.shape[1] if leader >= 0 else np.nan
