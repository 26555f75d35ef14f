"""Findings as sentences: every number in them is computed, none is typed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from infonb.english import a_few, count, first_capital, in_words
from infonb.findings.verdict import CLEAR, HINT

if TYPE_CHECKING:
    import pandas as pd

    from infonb.findings.snapshot import Findings

LIMITS = (
    "Whom you could reach is not a random sample. A band says how much so few answers can tell if "
    "these people are typical; it can't say whether they are."
)
"""Stated wherever a number is shown."""


def compared(findings: Findings) -> int:
    """How many questions are rated for more than one occupation."""
    known = findings.ratings().query("n > 0")
    return int((known.groupby("question")["occupation"].nunique() > 1).sum())


def told_apart(differences: pd.DataFrame, verdict: str = CLEAR) -> pd.DataFrame:
    """The widest difference of each question on which there is a clear one, or else a hint.

    Parameters
    ----------
    differences : DataFrame
        From ``findings.differences()``.
    verdict : str
        "clear", or "hint" for the questions on which no difference is clear but one may be.

    Returns
    -------
    DataFrame
        The rows of those differences, the widest first.

    Examples
    --------
    >>> told_apart(infonb.sample("example").findings().differences())["question"].tolist()
    ['preparation']
    """
    clear = set(differences.loc[differences["verdict"] == CLEAR, "question"])
    found = differences[differences["verdict"] == verdict]
    if verdict != CLEAR:
        found = found[~found["question"].isin(clear)]
    return found.drop_duplicates("question")


def coverage_in_words(findings: Findings) -> str:
    """Where the time went, as a sentence or two.

    Examples
    --------
    >>> coverage_in_words(infonb.sample().findings())[:47]
    'You asked 21 people about seven occupations. 48'
    """
    answers = findings.answers
    if answers.empty:
        return "Nobody was asked yet."
    held = findings.coverage()
    people = count(int(answers["person"].nunique()), "person", "people")
    occupations = count(int(answers["occupation"].nunique()), "occupation")
    rated = int(answers["rating"].notna().sum())
    told = f"You asked {people} about {occupations}."
    rating = f" {rated} of {len(answers)} answers carry a rating of your own." if rated else ""
    if rated == len(answers):
        rating = " Every answer carries a rating of your own."
    thin = held[held["interviews"] == 1]["occupation"].tolist()
    one = f" Only one voice on {a_few(thin)}: hear a second one." if thin else ""
    return told + rating + one


def ratings_in_words(findings: Findings) -> str:
    """What the ratings can tell and what they can't, as a sentence or two.

    Examples
    --------
    >>> ratings_in_words(infonb.sample().findings())[:30]
    'On none of 10 questions can so'
    """
    differences = findings.differences()
    clear, asked = told_apart(differences), compared(findings)
    if not asked:
        return "No question is rated for two occupations yet, so there is nothing to compare."
    hints = _hints(findings, told_apart(differences, HINT))
    if clear.empty:
        where = "On none of " + count(asked, "question") if asked > 1 else "On no question"
        return (
            f"{where} can so few people tell the occupations apart: read what they said rather "
            f"than the means.{hints}"
        )
    widest = clear.iloc[0]
    short = findings.questions[widest["question"]].short.lower()
    rest = "; on the others, read what people said" if len(clear) < asked else ""
    return (
        f"{first_capital(widest['higher'])} sounds clearly better than {widest['lower']} on "
        f"{short}. The ratings tell occupations apart on {in_words(len(clear))} of "
        f"{count(asked, 'question')}{rest}.{hints}"
    )


def _hints(findings: Findings, hints: pd.DataFrame) -> str:
    if hints.empty:
        return ""
    told = a_few(
        [
            f"{row['higher']} sounded better than {row['lower']} on "
            f"{findings.questions[row['question']].short.lower()}"
            for row in hints.to_dict("records")
        ],
        2,
    )
    return f" Hints, no more, since so few people can't tell: {told}."


def split_in_words(findings: Findings) -> str:
    """Where people of one occupation contradict each other."""
    split = findings.contradictions()
    if split.empty:
        return (
            "Nobody contradicts anybody: no answer is rated 2 or less by one and 4 or more by "
            "another person of the same occupation."
        )
    pairs = split.drop_duplicates(["occupation", "question"])
    told = [
        f"{row['occupation']} on {findings.questions[row['question']].short.lower()}"
        for row in pairs.to_dict("records")
    ]
    return (
        f"People of one occupation contradict each other in {count(len(told), 'place')}: "
        f"{a_few(told)}. Both can be right: same title, different work."
    )


def skills_in_words(findings: Findings) -> str:
    """How many skills were named, and how many by more than one person."""
    from infonb.findings.skills import with_names

    named = findings.skills_by_occupation()
    if named.empty:
        return "Nobody has named a skill yet."
    people = with_names(findings.skills).groupby("name")["person"].nunique()
    twice = int((people > 1).sum())
    own = int(named.loc[named["strength"].fillna(False).astype(bool), "skill"].nunique())
    yours = f" You have {in_words(own)} of them too." if own else ""
    return (
        f"{first_capital(count(len(people), 'skill'))} {'was' if len(people) == 1 else 'were'} "
        f"named, {in_words(twice) if twice else 'none'} of them by more than one person.{yours}"
    )


def outlook_in_words(findings: Findings) -> str:
    """How said and projected outlook compare, as something to ask about."""
    table = findings.outlook()
    known = table[table["growth_pct"].notna()]
    if known.empty:
        return "No occupation here has official figures; a SOC code would bring them."
    best = known.loc[known["growth_pct"].astype(float).idxmax()]
    least = known.loc[known["growth_pct"].astype(float).idxmin()]
    told = (
        f"Projected to grow most: {best['occupation']} ({_signed(best['growth_pct'])} over "
        f"{best['period']}); least: {least['occupation']} ({_signed(least['growth_pct'])}). "
        "Growth is not openings: a large occupation that shrinks can hire more people a year "
        "than a small one that booms."
        if len(known) > 1
        else f"{best['occupation']}: {_signed(best['growth_pct'])} over {best['period']}."
    )
    gaps = table.loc[table["gap"].notna(), "occupation"].tolist()
    return told + (f" Worth asking about: {a_few(gaps)}." if gaps else "")


def pathways_in_words(findings: Findings) -> str:
    """How people came in, beside what is typical, as a sentence."""
    told = findings.pathways()
    ways = told[(told["question"] == "path_in") & (told["text"].str.strip() != "")]
    if ways.empty:
        return "Nobody told yet how they came in."
    people = first_capital(count(int(ways["person"].nunique()), "person", "people"))
    return f"{people} told how they came in. What a projection calls typical is one way of several."


SENTENCES: Mapping[str, Callable[[Findings], str]] = MappingProxyType(
    {
        "coverage": coverage_in_words,
        "ratings": ratings_in_words,
        "split": split_in_words,
        "skills": skills_in_words,
        "outlook": outlook_in_words,
        "pathways": pathways_in_words,
        "limits": lambda findings: LIMITS,
    }
)
"""What can be said about: name -> function from findings to a sentence or two."""


def basis(findings: Findings, official: bool = False) -> dict[str, Any]:
    """What the findings rest on, fit for ``infonb.report.provenance(**…)``.

    Parameters
    ----------
    official : bool
        Whether official figures are used; then their attributions and vintages come along.

    Returns
    -------
    dict
        journal_dates (first and last, as text), interviews, people, occupations (counts of what was
        held), sources (publishers), vintages.

    Examples
    --------
    >>> basis(infonb.sample("example").findings())["journal_dates"]
    ['2026-03-04', '2026-05-13']
    """
    from infonb import reference

    held = findings.interviews.query("status == 'done'")
    dates = sorted(held["date"].dropna())
    return {
        "journal_dates": [dates[0], dates[-1]] if dates else [],
        "interviews": len(held),
        "people": int(held["person"].nunique()),
        "occupations": int(held["occupation"].nunique()),
        "sources": held["publisher"].dropna().drop_duplicates().tolist(),
        "vintages": list(reference.ATTRIBUTION.values()) if official else [],
    }


def _signed(percent: float) -> str:
    return f"{'−' if percent < 0 else '+'}{abs(float(percent)):.1f} %"
