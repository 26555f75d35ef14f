"""How alike two occupations are in the skills people name.

With a few people a percentage is mostly chance: two people *within* one occupation share little
too. So the small comparison sets how much people of two occupations share beside how much people
of one share (`compare`). From about 30 people per occupation the shares of people naming each
skill can be compared (`share_overlap`), from sums over 20 fixed buckets of people that any engine
can make. Resampling sets of skills is left out on purpose: it reads low.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import nan
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from infonb.english import a_few
from infonb.findings.bayes import Band, Numbers
from infonb.findings.skills import with_names
from infonb.frame import REAL, TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

BUCKETS = 20
"""Fixed groups of people that the jackknife leaves out in turn."""


def skill_overlap(skills: pd.DataFrame, occupations: Sequence[str]) -> pd.DataFrame:
    """What two occupations share, beside what people inside one share.

    Three people can't tell a percentage, so like is compared with like: the mean over pairs of
    people of shared skills over the smaller list, between the two occupations and within them.

    Parameters
    ----------
    skills : DataFrame
        Frame of a snapshot.
    occupations : sequence of str
        Order of occupations.

    Returns
    -------
    DataFrame
        One row per pair of occupations with skills: occupation_a, occupation_b, shared (number
        of skills named in both), skills (these, separated by semicolons), between, within (0 to
        1; missing where one has fewer than two people who named skills), sentence.

    Examples
    --------
    >>> overlap = infonb.sample("example").findings().skill_overlap()
    >>> overlap.shared.tolist()
    [2, 3, 1, 1, 2, 1]
    """
    named = with_names(skills)
    lists: dict[str, list[frozenset[object]]] = {}
    for occupation in occupations:
        mine = named[named["occupation"] == occupation]
        if len(mine):
            lists[occupation] = [
                ranked_only(part["name"].tolist(), part["rank"].to_numpy("float64", na_value=nan))
                for _, part in mine.groupby("person", sort=False)
            ]
    rows = []
    for a, b in combinations(lists, 2):
        found = compare(lists[a], lists[b])
        rows.append(
            {
                "occupation_a": a, "occupation_b": b, "shared": len(found.shared),
                "skills": "; ".join(map(str, found.shared)) or None,
                "between": found.between, "within": found.within,
                "sentence": _overlap_sentence(a, b, [str(s) for s in found.shared], found),
            }
        )  # fmt: skip
    return frame(
        rows,
        {
            "occupation_a": TEXT, "occupation_b": TEXT, "shared": WHOLE, "skills": TEXT,
            "between": REAL, "within": REAL, "sentence": TEXT,
        },
    )  # fmt: skip


def _overlap_sentence(a: str, b: str, shared: list[str], found: Comparison) -> str:
    if not shared:
        return f"No skill is named for both {a} and {b}."
    told = f"{a} and {b} share {a_few(shared)}."
    if found.between != found.between:
        return f"{told} With so few lists there is nothing to compare that with."
    if found.within == 0:
        return f"{told} People inside one occupation share nothing either."
    ratio = found.between / found.within
    how = "about as much as" if 0.75 <= ratio <= 1.33 else "more than" if ratio > 1 else "less than"
    return f"{told} Two of them share {how} two people of one occupation do."


@dataclass(frozen=True)
class Comparison:
    """Skills that people of two occupations name.

    Attributes
    ----------
    shared
        Skills named in both, sorted by their text.
    between
        Mean, over pairs of one person from each, of what the two share; 0 to 1.
    within
        The same over pairs from one occupation, both occupations' pairs together.

    Both are NaN unless each occupation has two people who named a skill.
    """

    shared: tuple[Hashable, ...]
    between: float
    within: float


def compare(
    one: Sequence[Collection[Hashable]], other: Sequence[Collection[Hashable]]
) -> Comparison:
    """Compare what people share across two occupations with what they share inside one.

    Parameters
    ----------
    one, other
        For each person of the occupation, the skills they named, from `ranked_only` where skills
        were ranked. People who named none are left out.

    Examples
    --------
    >>> compare([{"drawing", "planning"}, {"drawing", "physics"}],
    ...         [{"patience", "planning"}, {"patience"}])
    Comparison(shared=('planning',), between=0.125, within=0.75)
    """
    here = [frozenset(skills) for skills in one if skills]
    there = [frozenset(skills) for skills in other if skills]
    shared = tuple(sorted(frozenset().union(*here) & frozenset().union(*there), key=str))
    if min(len(here), len(there)) < 2:
        return Comparison(shared, float("nan"), float("nan"))
    pairs = [*combinations(here, 2), *combinations(there, 2)]
    return Comparison(
        shared,
        float(np.mean([common(a, b) for a, b in product(here, there)])),
        float(np.mean([common(a, b) for a, b in pairs])),
    )


def common(one: Collection[Hashable], other: Collection[Hashable]) -> float:
    """Shared skills as a share of the smaller of two lists; NaN where one is empty.

    Examples
    --------
    >>> common({"drawing", "planning", "physics"}, {"drawing", "patience"})
    0.5
    """
    smaller = min(len(set(one)), len(set(other)))
    return len(set(one) & set(other)) / smaller if smaller else float("nan")


def ranked_only(skills: Sequence[Hashable], ranks: ArrayLike) -> frozenset[Hashable]:
    """The skills a person ranked, or all they named where they ranked none.

    Parameters
    ----------
    skills
        Skills one person named.
    ranks
        Shape (skills,): 1 for the most used; NaN where not ranked.

    Examples
    --------
    >>> sorted(ranked_only(["drawing", "planning", "patience"], [2, 1, float("nan")]))
    ['drawing', 'planning']
    """
    ranked = ~np.isnan(np.asarray(ranks, dtype=float))
    return frozenset(
        skill for skill, has in zip(skills, ranked, strict=True) if has or not ranked.any()
    )


def bucket(person: str) -> int:
    """The bucket a person belongs to, 0 to 19, the same everywhere and always.

    Examples
    --------
    >>> bucket("p1")
    7
    """
    return crc32(str(person).encode("utf-8")) % BUCKETS


def share_overlap(
    named_one: ArrayLike,
    people_one: ArrayLike,
    named_other: ArrayLike,
    people_other: ArrayLike,
    level: float = 0.8,
) -> Band:
    """Overlap of the shares of people who name each skill, for occupations with many people.

    ``sum_s min(p_s, q_s) / sum_s max(p_s, q_s)`` of the shares in the two occupations.
    It reads low where occupations are alike and people few: two that are exactly alike read about
    .7 at 30 people each, .83 at 100, .94 at 1,000 (30 skills, most of them rare). So compare
    overlaps with one another, at like numbers of people, rather than with 1.

    Parameters
    ----------
    named_one, named_other
        Shape (..., 20, skills): people naming each skill, by `bucket`.
    people_one, people_other
        Shape (..., 20): people who named any skill, by bucket.
    level
        Of the band.

    Returns
    -------
    Band
        `mean` is the overlap, 0 to 1, NaN where nobody named a skill; the band as in `jackknife`.

    Examples
    --------
    >>> people = np.full(20, 5)
    >>> nurses = np.tile([5, 2, 1], (20, 1))
    >>> carers = np.tile([5, 1, 2], (20, 1))
    >>> share_overlap(nurses, people, carers, people).mean.round(2)
    np.float64(0.78)
    """
    p, p_left_out = _shares(named_one, people_one)
    q, q_left_out = _shares(named_other, people_other)
    return jackknife(_overlap(p, q), _overlap(p_left_out, q_left_out), level)


def _shares(named: ArrayLike, people: ArrayLike) -> tuple[Numbers, Numbers]:
    """Share of people naming each skill: of all, and without each bucket in turn."""
    named = np.asarray(named, dtype=float)
    people = np.asarray(people, dtype=float)[..., None]
    of_all, all_people = named.sum(axis=-2), people.sum(axis=-2)
    left = np.maximum(all_people[..., None, :] - people, 1)
    return of_all / np.maximum(all_people, 1), (of_all[..., None, :] - named) / left


def _overlap(p: Numbers, q: Numbers) -> Numbers:
    larger = np.maximum(p, q).sum(axis=-1)
    some = larger > 0
    return np.where(some, np.minimum(p, q).sum(axis=-1) / np.where(some, larger, 1), np.nan)


def jackknife(value: ArrayLike, left_out: ArrayLike, level: float = 0.8) -> Band:
    """A value between 0 and 1 with the band that leaving out each bucket in turn gives it.

    With G buckets the standard error is ``sqrt((G - 1) / G sum (left_out - their mean)^2)``. The
    band reaches Student's t times that beyond the value and beyond the value freed of its
    first-order bias, ``G value - (G - 1) mean(left_out)``, whichever is farther.

    Parameters
    ----------
    value
        Shape (...).
    left_out
        Shape (..., G): the value without each bucket.
    level
        Of the band, within 0 to 1.

    Examples
    --------
    >>> [round(float(x), 3) for x in jackknife(.5, [.45, .5, .55, .5])]
    [0.5, 0.4, 0.6]
    """
    value, left_out = np.asarray(value, dtype=float), np.asarray(left_out, dtype=float)
    groups = left_out.shape[-1]
    centre = left_out.mean(axis=-1)
    squares = ((left_out - centre[..., None]) ** 2).sum(axis=-1)
    reach = stdtrit(groups - 1, (1 + level) / 2) * np.sqrt((groups - 1) / groups * squares)
    unbiased = groups * value - (groups - 1) * centre
    low = np.clip(np.minimum(value, unbiased) - reach, 0, 1)
    high = np.clip(np.maximum(value, unbiased) + reach, 0, 1)
    return Band(value[()], low, high)
