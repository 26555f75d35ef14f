"""Which occupation leads, how surely, and what would change it: frames around `acceptability`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from infonb.english import a_few, first_capital
from infonb.errors import InfonbError
from infonb.findings.ratings import rated
from infonb.findings.smaa import (
    Acceptability,
    Draws,
    Fragility,
    Panel,
    draw_means,
    leave_out,
    panel,
    weigh,
)
from infonb.frame import REAL, TEXT, TRUTH, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

NOBODY = "no one asked yet"
_CLOSE = 0.5
"""A leader that comes first in less than half of the draws doesn't lead clearly."""
_LEVEL = 0.05
"""Two that come first about as often are level."""


@dataclass(frozen=True, eq=False)
class Decision:
    """What leads under one set of importances, how surely, and on whose word.

    Attributes
    ----------
    ranking : DataFrame
        occupation, fit, low, high (0 to 100), interviews (whose ratings count), first (share of
        draws in which it comes first), note ("no one asked yet" where that is so). Those most
        often first come first; who can't be ranked comes last with missing numbers.
    rank_shares : DataFrame
        occupation, rank (from 1), share (0 to 1).
    wins : DataFrame
        occupation, other, share of draws in which the first beats the second.
    central_weights : DataFrame
        occupation, question, weight: the importances (summing to 1) under which it leads.
    fragility : DataFrame
        left_out (a person), leader (without that person), share (how often it then comes first),
        changes (whether that is another leader).
    importance : dict of str to float
        The importances used, as stated.
    certainty : float
        How sure you are of them: 15 roughly, 30 fairly sure, 100 certain.
    stated : bool
        Whether they are your own; otherwise all rated questions count alike.
    """

    ranking: pd.DataFrame
    rank_shares: pd.DataFrame
    wins: pd.DataFrame
    central_weights: pd.DataFrame
    fragility: pd.DataFrame
    importance: Mapping[str, float]
    certainty: float
    stated: bool

    @property
    def leader(self) -> str | None:
        """The occupation that comes first most often; None where none can be ranked."""
        ranked = self.ranking[self.ranking["fit"].notna()]
        return None if ranked.empty else str(ranked["occupation"].iloc[0])

    def sentence(self) -> str:
        """The decision in two plain sentences, with the caveat that applies.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().sentence().split(" leads")[0]
        'Occupational therapist'
        """
        ranked = self.ranking[self.ranking["fit"].notna()]
        if ranked.empty:
            return (
                "Nothing can lead yet: no answer that matters to you carries a rating. "
                "Rate what you heard from 1 to 5, or ask the first person."
            )
        if len(ranked) == 1:
            only = ranked["occupation"].iloc[0]
            return (
                f"{only} is the only occupation with ratings so far, so there is nothing to "
                "compare it with. Ask somebody in another one."
            )
        first, second = ranked.iloc[0], ranked.iloc[1]
        shares = (
            f"comes first in {first['first']:.0%} of the ways your ratings and importances can be "
            f"read, {second['occupation']} in {second['first']:.0%}. {self._caveat(ranked)}"
        )
        if first["first"] - second["first"] < _LEVEL:
            return f"Nothing leads yet: {first['occupation']} {shares}"
        clear = "leads" if first["first"] >= _CLOSE else "leads, but not clearly"
        return f"{first['occupation']} {clear}: it {shares}"

    def in_brief(self) -> tuple[str, ...]:
        """What leads: question, answer and explanation, fit for ``infonb.report.cards``.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().in_brief()[:2]
        ('What leads?', 'Occupational therapist')
        """
        asked = "What leads?"
        ranked = self.ranking[self.ranking["fit"].notna()]
        if ranked.empty:
            return asked, "Nothing can lead yet", "No answer that matters to you carries a rating."
        first, *others = ranked.to_dict("records")
        if not others:
            return asked, f"Only {first['occupation']} is rated", "Ask somebody in another one."
        shares = a_few([f"{row['occupation']} in {row['first']:.0%}" for row in others[:2]])
        ways = "of the ways your ratings and importances can be read"
        if first["first"] - others[0]["first"] < _LEVEL:
            return (
                asked,
                "Nothing leads yet",
                f"{first['occupation']} comes first in {first['first']:.0%} {ways}, {shares}.",
            )
        return (
            asked,
            first["occupation"],
            f"It comes first in {first['first']:.0%} {ways}, {shares}.",
        )

    def deciding_voices(self) -> list[str]:
        """What would be without each person whose absence changes the leader, in words.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().deciding_voices()
        ['Without Chidinma Eze, Landscape architect would lead']
        """
        changing = self.fragility[self.fragility["changes"].fillna(False).astype(bool)]
        return [first_capital(_without(row)) for _, row in changing.iterrows()]

    def _caveat(self, ranked: pd.DataFrame) -> str:
        changing = self.fragility[self.fragility["changes"].fillna(False).astype(bool)]
        few = ranked[ranked["interviews"] < 3]["occupation"].tolist()
        unasked = self.ranking[self.ranking["note"] == NOBODY]["occupation"].tolist()
        if len(changing) == 1:
            return f"It hangs on one voice: {_without(changing.iloc[0])}."
        if len(changing) > 1:
            return (
                f"It is fragile: leaving out any of {a_few(changing['left_out'].tolist())} "
                "would change the leader."
            )
        if unasked:
            return f"No one was asked yet about {a_few(unasked)}, which could change it."
        if few:
            return f"Fewer than three people were heard about {a_few(few)}, so this can change."
        if not self.stated:
            return "All questions count alike here; say what matters to you, and look again."
        return (
            "No single interviewee decides it; whether these people are typical, numbers can't say."
        )


def _without(row: pd.Series) -> str:
    """What would be without one person: another leader, or nobody's ratings at all."""
    leader = row["leader"]
    then = f"{leader} would lead" if isinstance(leader, str) else "nothing could lead"
    return f"without {row['left_out']}, {then}"


def criteria(
    importance: Mapping[str, float] | None,
    stored: Mapping[str, float],
    answers: pd.DataFrame,
    questions: Sequence[str],
) -> tuple[dict[str, float], bool]:
    """The importances to use: given, else stored, else equal over rated questions.

    Returns
    -------
    tuple of (dict of str to float, bool)
        Question to importance above 0, in the questions' order; whether they were stated.

    Raises
    ------
    InfonbError
        When a question isn't known, an importance isn't a number from 0 up, or all are 0.
    """
    wanted = importance if importance is not None else stored
    for key, value in wanted.items():
        if key not in questions:
            raise InfonbError(f"question {key!r} is not known; keys are {', '.join(questions)}.")
        number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
        if not number or not 0 <= value < np.inf:
            raise InfonbError(f"importance of {key} is {value!r}; give a number from 0 to 5.")
    chosen = {key: float(wanted[key]) for key in questions if wanted.get(key, 0) > 0}
    if chosen:
        return chosen, True
    if importance:
        raise InfonbError("All importances are 0; give at least one question more than that.")
    heard = set(rated(answers)["question"])
    return {key: 1.0 for key in questions if key in heard}, False


def make_panel(
    answers: pd.DataFrame,
    occupations: Sequence[str],
    asked: Sequence[str],
    person_id: Mapping[str, str],
    occupation_id: Mapping[str, str],
) -> Panel:
    """The ratings that count, interview by question, under stable identities."""
    given = rated(answers)
    given = given[given["question"].isin(asked) & (given["weight"] > 0)]
    interviews = given.drop_duplicates("interview")
    row = {id: number for number, id in enumerate(interviews["interview"])}
    column = {key: number for number, key in enumerate(asked)}
    ratings = np.full((len(row), len(column)), np.nan)
    weights = np.zeros_like(ratings)
    at = (given["interview"].map(row).to_numpy(int), given["question"].map(column).to_numpy(int))
    ratings[at] = given["rating"].to_numpy(dtype=float)
    weights[at] = given["weight"].to_numpy(dtype=float)
    place = {title: number for number, title in enumerate(occupations)}
    return panel(
        ratings, weights, interviews["occupation"].map(place).to_numpy(int),
        people=[person_id[label] for label in interviews["person"]],
        occupations=[occupation_id[title] for title in occupations],
    )  # fmt: skip


def decide(
    draws: Draws | None,
    importance: Mapping[str, float],
    stated: bool,
    certainty: float,
    occupations: Sequence[str],
    called: Mapping[str, str],
) -> Decision:
    """Weigh draws under importances and put the result into frames.

    Parameters
    ----------
    draws : Draws or None
        From `infonb.findings.smaa.draw_means`, criteria in the order of
        ``importance``; None where there is nothing to draw from.
    importance : mapping
        Question to importance above 0.
    stated : bool
        Whether they are the person's own.
    certainty : float
        15 roughly, 30 fairly sure, 100 certain.
    occupations : sequence of str
        Titles in the order of the panel.
    called : mapping
        Person id to label.

    Raises
    ------
    InfonbError
        When the certainty is below 1.
    """
    if not (isinstance(certainty, (int, float)) and 1 <= certainty < np.inf):
        raise InfonbError(
            f"certainty is {certainty!r}; 15 is roughly, 30 fairly sure, 100 certain."
        )
    if draws is None:
        rows = [{"occupation": title, "interviews": 0, "note": NOBODY} for title in occupations]
        return Decision(
            frame(rows, _RANKING), frame([], _SHARES), frame([], _WINS), frame([], _CENTRAL),
            frame([], _FRAGILE), importance, certainty, stated,
        )  # fmt: skip
    accepted = weigh(draws, list(importance.values()), certainty)
    return Decision(
        _ranking(draws.panel, accepted, occupations),
        _rank_shares(accepted, occupations),
        _wins(accepted, occupations),
        _central(accepted, occupations, list(importance)),
        _fragility(leave_out(draws, accepted), occupations, called),
        importance, certainty, stated,
    )  # fmt: skip


def in_turn(accepted: Acceptability) -> list[int]:
    """Places of the ranked occupations, the one most often first at the front."""
    places = np.flatnonzero(accepted.ranked).tolist()
    return sorted(places, key=lambda p: (-accepted.rank_shares[p, 0], -accepted.fit[p], p))


def _ranking(heard: Panel, accepted: Acceptability, occupations: Sequence[str]) -> pd.DataFrame:
    ranked = in_turn(accepted)
    rest = [place for place in range(len(occupations)) if place not in ranked]
    rows: list[dict[str, Any]] = []
    for place in [*ranked, *rest]:
        interviews = len({heard.people[row] for row in heard.rows(place)})
        row: dict[str, Any] = {"occupation": occupations[place], "interviews": interviews}
        if place in ranked:
            row |= {
                "fit": accepted.fit[place], "low": accepted.low[place],
                "high": accepted.high[place], "first": accepted.rank_shares[place, 0],
            }  # fmt: skip
        else:
            row["note"] = NOBODY
        rows.append(row)
    return frame(rows, _RANKING)


def _rank_shares(accepted: Acceptability, occupations: Sequence[str]) -> pd.DataFrame:
    ranked = in_turn(accepted)
    return frame(
        [
            {"occupation": occupations[p], "rank": rank + 1, "share": accepted.rank_shares[p, rank]}
            for p in ranked
            for rank in range(len(ranked))
        ],
        _SHARES,
    )


def _wins(accepted: Acceptability, occupations: Sequence[str]) -> pd.DataFrame:
    ranked = in_turn(accepted)
    return frame(
        [
            {"occupation": occupations[a], "other": occupations[b], "share": accepted.wins[a, b]}
            for a in ranked
            for b in ranked
            if a != b
        ],
        _WINS,
    )


def _central(
    accepted: Acceptability, occupations: Sequence[str], questions: Sequence[str]
) -> pd.DataFrame:
    return frame(
        [
            {
                "occupation": occupations[p], "question": key,
                "weight": accepted.central_weights[p, number],
            }
            for p in in_turn(accepted)
            for number, key in enumerate(questions)
        ],
        _CENTRAL,
    )  # fmt: skip


def _fragility(
    fragility: Fragility, occupations: Sequence[str], called: Mapping[str, str]
) -> pd.DataFrame:
    rows = [
        {
            "left_out": called[person],
            "leader": occupations[leader] if leader >= 0 else None,
            "share": share, "changes": bool(changes),
        }
        for person, leader, share, changes in zip(
            fragility.left_out, fragility.leader, fragility.share, fragility.changes, strict=True
        )
    ]  # fmt: skip
    order = {label: number for number, label in enumerate(called.values())}
    rows.sort(key=lambda row: order[row["left_out"]])
    return frame(rows, _FRAGILE)


def draws_for(heard: Panel | None, seed: int) -> Draws | None:
    """Draws of a panel, or None where nobody's rating counts.

    Raises
    ------
    InfonbError
        When the seed isn't a whole number from 0 up.
    """
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise InfonbError(f"seed is {seed!r}; it must be a whole number from 0 up.")
    return draw_means(heard, seed=int(seed)) if heard is not None and heard.people else None


_RANKING = {
    "occupation": TEXT, "fit": REAL, "low": REAL, "high": REAL, "interviews": WHOLE,
    "first": REAL, "note": TEXT,
}  # fmt: skip
_SHARES = {"occupation": TEXT, "rank": WHOLE, "share": REAL}
_WINS = {"occupation": TEXT, "other": TEXT, "share": REAL}
_CENTRAL = {"occupation": TEXT, "question": TEXT, "weight": REAL}
_FRAGILE = {"left_out": TEXT, "leader": TEXT, "share": REAL, "changes": TRUTH}
