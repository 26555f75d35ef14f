"""Words for how sure: the only place that says whether something leads, or is a difference.

Cards, sentences, titles and tables take their words from here. How often each word is right was
simulated; `docs/statistics.md` has the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOTHING_TO_COMPARE = "nothing to compare yet"
TOO_EARLY = "too early to say"
NOTHING_LEADS = "nothing leads yet"
A_LITTLE_AHEAD = "a little ahead"
LEADS = "leads"
LEADS_CLEARLY = "leads clearly"

_STEPS = (NOTHING_LEADS, A_LITTLE_AHEAD, LEADS, LEADS_CLEARLY)
_FROM = (0.60, 0.75, 0.90)
"""Share of draws from which each step but the first is said."""
ENOUGH = 2
"""People that each side needs before anything is said of which is better."""

CLEAR = "clear"
HINT = "hint"
TOO_FEW = "too few to tell"
_CLEAR_FROM = 0.90

HOW_SURE: Mapping[str, str] = MappingProxyType(
    {
        NOTHING_TO_COMPARE: "nothing to be sure of yet",
        TOO_EARLY: "not at all: too few were heard",
        NOTHING_LEADS: "not sure",
        A_LITTLE_AHEAD: "not very",
        LEADS: "more likely than not",
        LEADS_CLEARLY: "fairly sure, as far as so few can tell",
    }
)
"""Verdict to how sure one may be of it."""


def who_leads(shares: Sequence[float], heard: Sequence[int], fragile: bool = False) -> str:
    """How one may speak of the occupation that comes first most often.

    Parameters
    ----------
    shares
        Share of draws in which each ranked occupation comes first, the largest first.
    heard
        For the same occupations: how many people, with weight, rated a question that matters.
    fragile
        Whether leaving out one person changes who is first; that takes one step back.

    Examples
    --------
    >>> who_leads([.81, .19], [3, 3]), who_leads([.81, .19], [3, 3], fragile=True)
    ('leads', 'a little ahead')
    >>> who_leads([.91, .09], [1, 1]), who_leads([1.0], [3])
    ('too early to say', 'nothing to compare yet')
    """
    if len(shares) < 2:
        return NOTHING_TO_COMPARE
    if min(heard[:2]) < ENOUGH:
        return TOO_EARLY
    step = sum(shares[0] >= least for least in _FROM)
    return _STEPS[max(0, step - fragile)]


def differences(
    chance: ArrayLike, people: ArrayLike, others: ArrayLike, overlap: ArrayLike
) -> NDArray[np.object_]:
    """How one may speak of differences between two occupations on one question.

    Parameters
    ----------
    chance
        Shape (n,): that one is better by more than half a step, from `bayes.chance_apart`.
    people, others
        Shape (n,): people with weight on either side.
    overlap
        Shape (n,): whether the bands overlap by more than half of the narrower one.

    Returns
    -------
    ndarray of object, shape (n,)
        "clear"; "hint", which is listed and never a headline; or "too few to tell".

    Examples
    --------
    >>> differences([.95, .95, .88, .5], [2, 1, 3, 3], [2, 3, 3, 3], [0, 0, 0, 1]).tolist()
    ['clear', 'hint', 'hint', 'too few to tell']
    """
    enough = np.minimum(people, others) >= ENOUGH
    words = np.where(np.asarray(overlap, dtype=bool), TOO_FEW, HINT).astype(object)
    words[enough & (np.asarray(chance) >= _CLEAR_FROM)] = CLEAR
    return words


def of_100(share: float) -> str:
    """A share of draws as a count of 100.

    Examples
    --------
    >>> of_100(.4226), of_100(.002), of_100(.998), of_100(1)
    ('42', 'fewer than one', 'more than 99', '100')
    """
    if 0 < share < 0.005:
        return "fewer than one"
    return "more than 99" if 0.995 <= share < 1 else f"{100 * share:.0f}"
