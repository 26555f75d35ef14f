"""What one more interview may be worth: it can only change a choice that it can change.

The next interviewees are drawn from a Pólya urn. It holds a ball for each person heard about an
occupation, as large as the weight of what they said, and one ball of size 1 for the imaginary
interviewee. Drawing a person means that the next one says the same, with weight 1, and leaves
blank what that person left blank; drawing the imaginary one means the same answer to every
question, each answer of the scale as likely as any other. Whoever was drawn joins the urn.

On average the urn leaves every mean fit where it is, so that an interview never looks worth more
than what its surprises could change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from infonb.findings.bayes import Numbers
from infonb.findings.smaa import DRAWS, Panel, importance_shares, stream

ROUNDING = 1e-9
"""Fits that differ by less than this are the same."""


@dataclass(frozen=True, eq=False)
class LookAhead:
    """What more interviews about one occupation may do, for each occupation in turn.

    Attributes
    ----------
    leader
        Place of the occupation with the best mean fit now, -1 where none is ranked. This need not
        be the one that comes first most often in `acceptability`: a very uncertain occupation can
        come first often and fit less on average.
    changes
        Shape (occupations,): chance that another occupation has the best mean fit afterwards.
    gain
        Shape (occupations,): by how many fit points (0 to 100) the best mean fit is expected to
        rise when one chooses afterwards instead of now; 0 or more.
    """

    leader: int
    changes: Numbers
    gain: Numbers


def look_ahead(
    panel: Panel,
    importance: ArrayLike,
    *,
    more: int = 1,
    draws: int = DRAWS,
    seed: int = 0,
) -> LookAhead:
    """Chance that more interviews change which occupation fits best, and what that is worth.

    Parameters
    ----------
    panel
        Who was heard, from `panel.panel`.
    importance
        Shape (criteria,), 0 or more, not all 0.
    more
        How many more interviews, all about one occupation, 1 or more.
    draws, seed
        As in `acceptability.draw_means`.

    Returns
    -------
    LookAhead
        NaN throughout when nobody was heard yet: there is no leader to change.

    Examples
    --------
    >>> from infonb.findings.smaa import panel
    >>> heard = panel([[4], [4], [4], [4], [5]], None, [0, 0, 0, 0, 1], people=list("abcde"),
    ...               occupations=["nurse", "baker", "dancer"])
    >>> ahead = look_ahead(heard, [1])
    >>> ahead.leader, ahead.changes.round(2).tolist(), ahead.gain.round(1).tolist()
    (1, [0.0, 0.3, 0.0], [0.0, 3.5, 0.0])
    """
    if more < 1:
        raise ValueError(f"Looking ahead takes at least one more interview, not {more}.")
    shares = importance_shares(importance, panel.criteria)
    now = panel.expected_fit(shares)
    turn = panel.ranked(shares)
    changes, gain = np.full((2, len(now)), np.nan)
    if not turn:
        return LookAhead(-1, changes, gain)
    leader = max(turn, key=lambda place: round(now[place] / ROUNDING))
    for place in range(len(now)):
        then = _fits_after(panel, place, shares, more, draws, seed)
        rivals = [now[other] for other in turn if other != place]
        # The leader's own rises change no choice, only its fall below the next best does. As the
        # urn keeps the mean, what is gained over staying with the leader is that shortfall.
        rise = max(rivals, default=-np.inf) - then if place == leader else then - now[leader]
        rise = np.where(rise > ROUNDING, rise, 0.0)
        changes[place], gain[place] = np.mean(rise > 0), np.mean(rise)
    return LookAhead(leader, changes, gain)


def _fits_after(
    panel: Panel, place: int, shares: Numbers, more: int, draws: int, seed: int
) -> Numbers:
    """Mean fits of one occupation after more interviews, shape (draws,)."""
    random = stream(seed, "next interviewees for " + panel.occupations[place])
    points, weight = (sums[place] for sums in panel.sums())
    said, weights = _interviews(panel, place)
    drawn: list[Numbers] = []
    for _ in range(more):
        at = (random.permutation(draws) + 0.5) / draws
        drawn.append(_next(said, weights, drawn, at, panel.scale))
    points = points + sum(drawn)
    weight = weight + sum((answers > 0).astype(float) for answers in drawn)
    return 100 * ((points / weight - 1) @ shares) / (panel.scale - 1)


def _interviews(panel: Panel, place: int) -> tuple[Numbers, Numbers]:
    """Ratings and weights by interview about one occupation, (interviews, criteria); 0 is blank."""
    rows = panel.rows(place)
    numbers, which = np.unique(panel.interview[rows], return_inverse=True)
    said, weights = np.zeros((2, len(numbers), panel.criteria))
    np.add.at(said, which, panel.ratings[rows])
    np.add.at(weights, which, panel.weight[rows][:, None] * (panel.ratings[rows] > 0))
    return said, weights


def _next(
    said: Numbers, weights: Numbers, drawn: list[Numbers], at: Numbers, scale: int
) -> Numbers:
    """What the next interviewee says, (draws, criteria), by where 0 <= `at` < 1 hits the urn.

    Balls lie side by side: people, the imaginary one, those drawn before. Within a person's ball
    an answer with a smaller weight of its own takes up only so much of it, else it stays blank.
    """
    sizes = weights.max(axis=1, initial=0.0)
    ends = np.concatenate([np.cumsum(sizes), [sizes.sum() + 1.0]])
    at = at * (ends[-1] + len(drawn))
    ball = np.searchsorted(ends, at, side="right")
    answers = np.empty((len(at), said.shape[1]))
    for person in range(len(said)):
        hit = np.flatnonzero(ball == person)
        within = at[hit] - (ends[person] - sizes[person])
        answers[hit] = said[person] * (within[:, None] < weights[person])
    hit = np.flatnonzero(ball == len(said))
    within = at[hit] - (ends[-1] - 1.0)
    answers[hit] = np.minimum(np.floor(within * scale), scale - 1)[:, None] + 1
    hit = np.flatnonzero(ball > len(said))
    for before, earlier in enumerate(drawn):
        same = hit[np.minimum(at[hit] - ends[-1], len(drawn) - 1).astype(int) == before]
        answers[same] = earlier[same]
    return answers
