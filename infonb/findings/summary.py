"""The findings in brief: what was learned, what leads, how sure that is, and what comes next."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from infonb.english import count, first_capital, in_words
from infonb.findings.sentences import compared, told_apart

if TYPE_CHECKING:
    from infonb.findings.snapshot import Findings

_LONGEST = 150
"""Characters of a next step in one's own words; the whole of it stands with the decision."""


def in_brief(findings: Findings) -> list[tuple[str, ...]]:
    """Four short answers to what a reader asks first, every number computed.

    Returns
    -------
    list of tuple of str
        Question, answer, explanation; a fourth member ``"warn"`` marks a caution. Fit for
        ``infonb.report.cards``.

    Examples
    --------
    >>> for question, answer, *_ in in_brief(infonb.sample("example").findings()):
    ...     print(question, answer)
    What did I learn? One of 15 questions tells the occupations apart
    What leads? Nothing leads yet
    How sure is that? Not sure: it hangs on one voice
    What next? You decided: Occupational therapist
    """
    decision = findings.decide()
    return [_learned(findings), decision.in_brief(), decision.how_sure(), _next(findings)]


def _learned(findings: Findings) -> tuple[str, ...]:
    asked, answers = "What did I learn?", findings.answers
    if answers.empty:
        return asked, "Nothing yet", "The first interview is the hardest to arrange."
    people = first_capital(count(int(answers["person"].nunique()), "person", "people"))
    occupations = count(int(answers["occupation"].nunique()), "occupation")
    rated = int(answers["rating"].notna().sum())
    counted = f"{count(len(answers), 'answer')}, {in_words(rated) if rated else 'none'} rated"
    told = f"{people}, {occupations}: {counted}."
    clear, comparable = told_apart(findings.differences()), compared(findings)
    if not comparable:
        more = "Rate" if not rated else "Ask about a second occupation, and rate"
        return asked, "Nothing to compare yet", f"{told} {more} what you heard from 1 to 5."
    if clear.empty:
        return asked, f"Too few to tell {occupations} apart", f"{told} Read what they said."
    widest = clear.iloc[0]
    short = findings.questions[widest["question"]].short.lower()
    of = f"{in_words(len(clear))} of {count(comparable, 'question')}"
    answer = "one question" if comparable == 1 else of
    return (
        asked,
        f"{first_capital(answer)} {'tells' if len(clear) == 1 else 'tell'} the occupations apart",
        f"Most of all {short}: {widest['higher']} sounds better than {widest['lower']}. {told}",
    )


def _next(findings: Findings) -> tuple[str, ...]:
    asked = "What next?"
    decided = findings.decisions.sort_values("at", kind="stable", na_position="first")
    if len(decided):
        last = decided.fillna({"occupation": "", "next_step": "", "why": ""}).iloc[-1]
        step = str(last["next_step"]).strip() or str(last["why"]).strip()
        told = textwrap.shorten(step, _LONGEST, placeholder=" …") or "No next step was noted."
        return asked, f"You decided: {last['occupation'] or 'the next step'}", told
    ahead = findings.next_interview()
    if ahead.empty:
        return asked, "Note an occupation", "One that you would really pursue, and whom to ask."
    first = ahead.iloc[0]
    ask = "Ask the first" if first["interviews"] == 0 else "Hear one more"
    return asked, f"{ask}: {first['occupation']}", first["why"]
