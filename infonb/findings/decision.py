"""Which occupation leads, how surely, and what would change it: frames around `smaa`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
from infonb.findings.verdict import (
    A_LITTLE_AHEAD,
    ENOUGH,
    HOW_SURE,
    LEADS,
    LEADS_CLEARLY,
    NOTHING_LEADS,
    NOTHING_TO_COMPARE,
    TOO_EARLY,
    of_100,
    who_leads,
)
from infonb.frame import REAL, TEXT, TRUTH, WHOLE, frame, to_records
from infonb.html_repr import html_repr

if TYPE_CHECKING:
    import pandas as pd

NOBODY = "no one asked yet"
NOT_RATED = "not rated yet"
_NAMED = 2
"""People named at most where leaving out one of them changes who comes first."""


@dataclass(frozen=True, eq=False)
class Decision:
    """What leads under one set of importances, how surely, and on whose word.

    Attributes
    ----------
    ranking : DataFrame
        occupation, fit, low, high (0 to 100), interviews (people whose ratings count), first (share
        of draws in which it comes first; missing where nothing can be compared), note ("no one
        asked yet" or "not rated yet", where that is so). Those most often first come first; who
        can't be ranked comes last with missing numbers.
    rank_shares : DataFrame
        occupation, rank (from 1), share (0 to 1).
    wins : DataFrame
        occupation, other, share of draws in which the first beats the second.
    central_weights : DataFrame
        occupation, question, weight: the importances (summing to 1) under which it comes first.
    fragility : DataFrame
        left_out (a person), leader (who then comes first most often; missing where then fewer
        than two occupations are left to compare), share (how often it then comes first), changes
        (whether that is another leader).
    verdict : str
        What may be said of who leads, a word of `infonb.findings.verdict`.
    importance : dict of str to float
        The importances used, as stated.
    certainty : float
        How closely they are meant: 15 roughly, 30 more or less, 100 exactly.
    stated : bool
        Whether they are your own; otherwise all rated questions count alike.
    """

    ranking: pd.DataFrame
    rank_shares: pd.DataFrame
    wins: pd.DataFrame
    central_weights: pd.DataFrame
    fragility: pd.DataFrame
    verdict: str
    importance: Mapping[str, float]
    certainty: float
    stated: bool

    @property
    def leader(self) -> str | None:
        """The occupation that comes first most often; None where none can be ranked."""
        ranked = self.ranking[self.ranking["fit"].notna()]
        return None if ranked.empty else str(ranked["occupation"].iloc[0])

    def __repr__(self) -> str:
        shares = [
            f"{row['occupation']} in {of_100(row['first'])} of 100 ways"
            for row in to_records(self.ranking)
            if row["first"] is not None
        ]
        return f"<Decision: {'; first: '.join([self.headline(), *filter(None, [a_few(shares)])])}>"

    def _repr_html_(self) -> str:
        rows = [
            (
                row["occupation"],
                f"first in {of_100(row['first'])} of 100 ways" if row["first"] is not None else "",
                row["note"] or "",
            )
            for row in to_records(self.ranking)
        ]
        next_lines = [
            "decision.sentence()", "decision.ranking", "decision.fragility",
            "infonb.charts.decision(findings)",
        ]  # fmt: skip
        return html_repr(self.headline(), rows, next_lines)

    def headline(self) -> str:
        """What may be said of who leads, in a few words.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().headline()
        'Nothing leads yet'
        """
        if self.verdict in (A_LITTLE_AHEAD, LEADS, LEADS_CLEARLY):
            said = "is a little ahead" if self.verdict == A_LITTLE_AHEAD else self.verdict
            return f"{self.leader} {said}"
        return first_capital(self.verdict)

    def explanation(self) -> str:
        """How often which occupation comes first, and what that hangs on, in plain sentences."""
        ranked = self._ranked()
        if not ranked:
            return (
                "No answer that matters to you carries a rating. Rate what you heard from 1 to 5, "
                "or ask the first person."
            )
        if self.verdict == NOTHING_TO_COMPARE:
            return (
                f"{ranked[0]['occupation']} is the only occupation with ratings so far: ask "
                "somebody in another one."
            )
        told = [self._too_few()] if self.verdict == TOO_EARLY else [self._shares(), *self._voices()]
        told += self.heard_too_little()
        if not self.stated:
            told.append("All questions count alike here; say what matters to you, and look again.")
        return " ".join(told)

    def sentence(self) -> str:
        """The decision in a few plain sentences, with what it hangs on.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().sentence()[:58]
        'Nothing leads yet. Of those you heard, Occupational therap'
        """
        return f"{self.headline()}. {self.explanation()}"

    def in_brief(self) -> tuple[str, ...]:
        """What leads: question, answer and explanation, fit for ``infonb.report.cards``.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().in_brief()[:2]
        ('What leads?', 'Nothing leads yet')
        """
        is_ranking = self.verdict not in (NOTHING_TO_COMPARE, TOO_EARLY)
        told = self._shares() if is_ranking else self.explanation()
        return "What leads?", self.headline(), told

    def how_sure(self) -> tuple[str, ...]:
        """How sure that is: question, answer, explanation, and ``"warn"`` where it isn't.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().how_sure()[1]
        'Not sure: it hangs on one voice'
        """
        asked, sure = "How sure is that?", first_capital(HOW_SURE[self.verdict])
        if self.verdict == NOTHING_TO_COMPARE:
            return asked, sure, "Two occupations with ratings are what it takes."
        first = self._ranked()[0]
        band = (
            f"{first['occupation']} fits {first['fit']:.0f} of 100; {first['low']:.0f} to "
            f"{first['high']:.0f} is what so few can tell."
        )
        told = [*([] if self.verdict == TOO_EARLY else self._voices()), *self.heard_too_little()]
        if self.verdict != TOO_EARLY:
            if changing := self._changing():
                sure = f"{sure}: {_hangs_on(len(changing))}"
            elif self.verdict in (NOTHING_LEADS, A_LITTLE_AHEAD):
                sure = f"{sure}: others come close"
        if told or self.verdict not in (LEADS, LEADS_CLEARLY):
            return asked, sure, " ".join([*told, band]), "warn"
        return asked, sure, f"No single voice decides it. {band}"

    def deciding_voices(self) -> list[str]:
        """What would be without each person whose absence changes the leader, in words.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().deciding_voices()
        ['Without Chidinma Eze, Landscape architect would come first']
        """
        return [f"Without {row['left_out']}, {_then(row['leader'])}" for row in self._changing()]

    def heard_too_little(self) -> list[str]:
        """Sentences that name the occupations nobody or only one person was asked about.

        Examples
        --------
        >>> infonb.sample("example").findings().decide().heard_too_little()
        []
        """
        ranked = self._ranked()
        once = [row["occupation"] for row in ranked if row["interviews"] < ENOUGH]
        told = []
        for note, words in ((NOBODY, "No one was asked yet"), (NOT_RATED, "Nothing is rated yet")):
            without = self.ranking.loc[self.ranking["note"] == note, "occupation"].tolist()
            told += [f"{words} about {a_few(without)}."] if without else []
        if once and self.verdict != TOO_EARLY:
            told.append(f"Only one person was heard about {a_few(once)}.")
        return told

    def _ranked(self) -> list[dict[Any, Any]]:
        return self.ranking[self.ranking["fit"].notna()].to_dict("records")

    def _shares(self) -> str:
        first, second, *_ = self._ranked()
        sure = HOW_SURE[self.verdict] if self.verdict in (LEADS, LEADS_CLEARLY) else ""
        return (
            f"Of those you heard, {first['occupation']} comes first in {of_100(first['first'])} of "
            f"100 ways of weighing what you heard, {second['occupation']} in "
            f"{of_100(second['first'])}{': ' + sure if sure else ''}."
        )

    def _too_few(self) -> str:
        few = [row["occupation"] for row in self._ranked()[:2] if row["interviews"] < ENOUGH]
        whom = "one person" if len(few) == 1 else "one person each"
        return (
            f"Only {whom} rated what matters to you about {a_few(few)}: ask a second one, since "
            "one may be the exception."
        )

    def _changing(self) -> list[dict[Any, Any]]:
        """The people whose absence changes who comes first."""
        changes = self.fragility["changes"].fillna(False).astype(bool)
        rows = self.fragility[changes].astype(object)
        return rows.where(rows.notna(), None).to_dict("records")

    def _voices(self) -> list[str]:
        changing = self._changing()
        if len(changing) > _NAMED:
            return ["Leaving out any of several people would change what comes first."]
        return [f"{voice}." for voice in self.deciding_voices()]


def _then(leader: str | None) -> str:
    return f"{leader} would come first" if leader else "there would be nothing to compare"


def _hangs_on(people: int) -> str:
    many = "two" if people == _NAMED else "several"
    return "it hangs on one voice" if people == 1 else f"any of {many} people could tip it"


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
    asked: Collection[str],
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
        15 roughly, 30 more or less, 100 exactly.
    occupations : sequence of str
        Titles in the order of the panel.
    called : mapping
        Person id to label.
    asked : collection of str
        Occupations that somebody was asked about, rated or not.

    Raises
    ------
    InfonbError
        When the certainty is below 1.
    """
    if not (isinstance(certainty, (int, float)) and 1 <= certainty < np.inf):
        raise InfonbError(
            f"certainty is {certainty!r}; 15 is roughly, 30 more or less, 100 exactly."
        )
    if draws is None:
        rows = [
            {"occupation": title, "interviews": 0, "note": _note(title, asked)}
            for title in occupations
        ]
        return Decision(
            frame(rows, _RANKING), frame([], _SHARES), frame([], _WINS), frame([], _CENTRAL),
            frame([], _FRAGILE), NOTHING_TO_COMPARE, importance, certainty, stated,
        )  # fmt: skip
    accepted = weigh(draws, list(importance.values()), certainty)
    turn = in_turn(accepted)
    if len(turn) < 2:
        return Decision(
            _ranking(draws.panel, accepted, occupations, asked, first=False), frame([], _SHARES),
            frame([], _WINS), frame([], _CENTRAL), frame([], _FRAGILE), NOTHING_TO_COMPARE,
            importance, certainty, stated,
        )  # fmt: skip
    fragility = leave_out(draws, accepted)
    heard = draws.panel.heard()
    verdict = who_leads(
        [accepted.rank_shares[place, 0] for place in turn],
        [heard[place] for place in turn],
        bool(fragility.changes.any()),
    )
    return Decision(
        _ranking(draws.panel, accepted, occupations, asked),
        _rank_shares(accepted, occupations),
        _wins(accepted, occupations),
        _central(accepted, occupations, list(importance)),
        _fragility(fragility, draws.panel, occupations, called),
        verdict, importance, certainty, stated,
    )  # fmt: skip


def in_turn(accepted: Acceptability) -> list[int]:
    """Places of the ranked occupations, the one most often first at the front."""
    places = np.flatnonzero(accepted.ranked).tolist()
    return sorted(places, key=lambda p: (-accepted.rank_shares[p, 0], -accepted.fit[p], p))


def _note(occupation: str, asked: Collection[str]) -> str:
    return NOT_RATED if occupation in asked else NOBODY


def _ranking(
    heard: Panel,
    accepted: Acceptability,
    occupations: Sequence[str],
    asked: Collection[str],
    first: bool = True,
) -> pd.DataFrame:
    ranked = in_turn(accepted)
    rest = [place for place in range(len(occupations)) if place not in ranked]
    people = heard.heard()
    rows: list[dict[str, Any]] = []
    for place in [*ranked, *rest]:
        row: dict[str, Any] = {"occupation": occupations[place], "interviews": int(people[place])}
        if place in ranked:
            row |= {
                "fit": accepted.fit[place], "low": accepted.low[place],
                "high": accepted.high[place],
                "first": accepted.rank_shares[place, 0] if first else None,
            }  # fmt: skip
        else:
            row["note"] = _note(occupations[place], asked)
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
    fragility: Fragility, heard: Panel, occupations: Sequence[str], called: Mapping[str, str]
) -> pd.DataFrame:
    left: dict[str, set[int]] = {person: set() for person in fragility.left_out}
    for speaker, place in zip(heard.people, heard.occupation.tolist(), strict=True):
        for person in left.keys() - {speaker}:
            left[person].add(place)
    rows = [
        {
            "left_out": called[person],
            "leader": occupations[leader] if len(left[person]) > 1 else None,
            "share": share if len(left[person]) > 1 else None, "changes": bool(changes),
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
