"""The findings in brief: what was learned and what comes next; what leads is the decision's."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from infonb.english import count, first_capital, in_words
from infonb.findings.sentences import compared, told_apart

if TYPE_CHECKING:
    import pandas as pd

_LONGEST = 150
"""Characters of a next step in one's own words; the whole of it stands with the decision."""


def learned(
    answers: pd.DataFrame,
    ratings: pd.DataFrame,
    differences: pd.DataFrame,
    short: Mapping[str, str],
) -> tuple[str, ...]:
    """What was learned: question, answer and explanation.

    Parameters
    ----------
    answers, ratings, differences : DataFrame
        Of a snapshot.
    short : mapping of str to str
        Question to its short label.

    Examples
    --------
    >>> infonb.sample("example").findings().in_brief()[0][1]
    'One of 15 questions tells the occupations apart'
    """
    asked = "What did I learn?"
    if answers.empty:
        return asked, "Nothing yet", "The first interview is the hardest to arrange."
    people = first_capital(count(int(answers["person"].nunique()), "person", "people"))
    occupations = count(int(answers["occupation"].nunique()), "occupation")
    rated = int(answers["rating"].notna().sum())
    counted = f"{count(len(answers), 'answer')}, {in_words(rated) if rated else 'none'} rated"
    told = f"{people}, {occupations}: {counted}."
    clear, comparable = told_apart(differences), len(compared(ratings))
    if not comparable:
        more = "Rate" if not rated else "Ask about a second occupation, and rate"
        return asked, "Nothing to compare yet", f"{told} {more} what you heard from 1 to 5."
    if clear.empty:
        return asked, f"Too few to tell {occupations} apart", f"{told} Read what they said."
    widest = clear.iloc[0]
    on = short[widest["question"]].lower()
    of = f"{in_words(len(clear))} of {count(comparable, 'question')}"
    answer = "one question" if comparable == 1 else of
    return (
        asked,
        f"{first_capital(answer)} {'tells' if len(clear) == 1 else 'tell'} the occupations apart",
        f"Most of all {on}: {widest['higher']} sounds better than {widest['lower']}. {told}",
    )


def next_step(decisions: pd.DataFrame, ahead: pd.DataFrame) -> tuple[str, ...]:
    """What comes next: question, answer and explanation.

    Parameters
    ----------
    decisions : DataFrame
        Of a snapshot; the last of them counts that is no plan B.
    ahead : DataFrame
        From ``findings.next_interview()``, for who has decided nothing yet.

    Examples
    --------
    >>> infonb.sample("example").findings().in_brief()[3][1]
    'You decided: Occupational therapist'
    """
    asked = "What next?"
    decided = decisions[decisions["plan"].fillna("A") != "B"].sort_values(
        "at", kind="stable", na_position="first"
    )
    if len(decided):
        last = decided.fillna({"occupation": "", "next_step": "", "why": ""}).iloc[-1]
        step = str(last["next_step"]).strip() or str(last["why"]).strip()
        told = textwrap.shorten(step, _LONGEST, placeholder=" …") or "No next step was noted."
        return asked, f"You decided: {last['occupation'] or 'the next step'}", told
    if ahead.empty:
        return asked, "Note an occupation", "One that you would really pursue, and whom to ask."
    first = ahead.iloc[0]
    ask = "Ask the first" if first["interviews"] == 0 else "Hear one more"
    return asked, f"{ask}: {first['occupation']}", first["why"]
