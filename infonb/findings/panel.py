"""Who was heard about which occupation: the ratings that comparing occupations starts from.

A `Panel` holds the answers that count, sorted by stable ids, so that the order in which interviews
were logged, and people with weight 0, can't change a result. `stream` hands out the random
numbers: each name has its own, so that one more person or occupation leaves all others' alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

from infonb.findings.estimates import SCALE, Numbers, checked


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
