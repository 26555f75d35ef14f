"""Whom to ask next, and why: coverage first, then split answers, beside it what it may be worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from infonb.english import a_few, count, first_capital, in_words
from infonb.errors import InfonbError
from infonb.findings.smaa import Panel
from infonb.findings.value_of_information import look_ahead
from infonb.findings.verdict import of_100
from infonb.frame import REAL, TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = {
    "occupation": TEXT, "why": TEXT, "interviews": WHOLE, "planned": WHOLE, "changes": REAL,
    "gain": REAL, "referrals": TEXT,
}  # fmt: skip


def next_interview(
    coverage: pd.DataFrame,
    contradictions: pd.DataFrame,
    people: pd.DataFrame,
    interviews: pd.DataFrame,
    heard: Panel | None,
    importance: Sequence[float],
    short: dict[str, str],
    more: int = 1,
    seed: int = 0,
) -> pd.DataFrame:
    """Occupations in the order in which to ask one more person.

    Parameters
    ----------
    coverage, contradictions, people, interviews : DataFrame
        Frames of a snapshot.
    heard : Panel or None
        The ratings that count, one criterion per importance; None where there are none.
    importance : sequence of float
        Above 0.
    short : dict
        Question to its short label.
    more : int
        How many more interviews to look ahead.
    seed : int
        Of the draws.

    Returns
    -------
    DataFrame
        occupation, why (in words), interviews (people talked to), planned, changes (chance that
        ``more`` interviews change which occupation fits best), gain (expected fit points),
        referrals (people named to you whom you have not talked to, separated by semicolons). Where
        all who were heard work in one kind of place, that is said, and who is known to work
        elsewhere is named first.

    Raises
    ------
    InfonbError
        When ``more`` isn't a whole number from 1 up.

    Examples
    --------
    >>> infonb.sample("example").findings().next_interview().occupation.iloc[0]
    'Occupational therapist'
    """
    if isinstance(more, bool) or not isinstance(more, (int, np.integer)) or more < 1:
        raise InfonbError(f"look_ahead is {more!r}; it must be a whole number from 1 up.")
    if heard is not None and heard.people:
        ahead = look_ahead(heard, list(importance), more=int(more), seed=seed)
        changes, gain = ahead.changes, ahead.gain
    else:
        changes = gain = np.full(len(coverage), np.nan)
    split = contradictions.drop_duplicates(["occupation", "question"])
    rows: list[dict[str, Any]] = []
    for place, row in enumerate(coverage.to_dict("records")):
        on = split.loc[split["occupation"] == row["occupation"], "question"].tolist()
        short_of = max(0, row["wanted"] - row["interviews"])
        alike = _alike(row["occupation"], interviews)
        rows.append(
            {
                **row, "changes": changes[place], "gain": gain[place],
                "referrals": _open_referrals(row["occupation"], people, interviews),
                "why": _why(row, short_of, [short[key].lower() for key in on], changes[place])
                + _elsewhere(alike, row["interviews"]),
                "urgency": (
                    -short_of, -len(on), alike is None, -np.nan_to_num(gain[place]),
                    row["interviews"], place,
                ),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: row["urgency"])
    return frame(rows, _COLUMNS)


def _why(row: dict[str, Any], short_of: int, split: list[str], changes: float) -> str:
    planned = ""
    if row["planned"]:
        planned = f" {first_capital(count(row['planned'], 'is', 'are'))} planned already."
    if row["interviews"] == 0:
        return f"No one asked yet: the first voice tells most.{planned}"
    if short_of:
        had = count(row["interviews"], "person", "people")
        return f"Only {had} so far: one may be the exception.{planned}"
    if split:
        return f"They contradict each other on {a_few(split)}: hear one more.{planned}"
    if changes == changes and changes >= 0.05:
        return (
            f"One more could change what comes first, in {of_100(changes)} of 100 cases.{planned}"
        )
    heard = first_capital(count(row["interviews"], "person", "people"))
    if changes != changes:
        return f"{heard} asked, and nothing that matters to you is rated yet.{planned}"
    return f"{heard} asked, and one more would hardly change what comes first.{planned}"


def _alike(occupation: str, interviews: pd.DataFrame) -> str | None:
    """The kind of workplace that all people heard share, where two or more were heard."""
    held = interviews[(interviews["occupation"] == occupation) & (interviews["status"] == "done")]
    kinds = held.drop_duplicates("person")["workplace"]
    folded = {" ".join(kind.split()).casefold() for kind in kinds.dropna()}
    all_known = len(kinds) > 1 and not kinds.isna().any()
    return kinds.iloc[0] if all_known and len(folded) == 1 else None


def _elsewhere(workplace: str | None, people: int) -> str:
    if workplace is None:
        return ""
    who = "Both" if people == 2 else f"All {in_words(people)}"
    return f" {who} work in one kind of place ({workplace}): ask somebody who doesn't."


def _open_referrals(occupation: str, people: pd.DataFrame, interviews: pd.DataFrame) -> str | None:
    about = interviews[interviews["occupation"] == occupation]
    named = people[people["referred_by"].isin(about["person"])]
    known = set(interviews.loc[interviews["status"] != "planned", "person"])
    fresh = named[~named["person"].isin(known)]
    if (alike := _alike(occupation, interviews)) is not None:  # who works elsewhere comes first
        fresh = fresh.sort_values("workplace", key=lambda w: (w == alike) | w.isna(), kind="stable")
    return "; ".join(fresh["person"]) or None
