"""The outlook: what people said beside what the official figures say.

Of wages and levels of education in what people said only what is plainly meant is taken: an amount
beside a word of pay, a degree by its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from infonb import reference
from infonb.findings import bayes
from infonb.frame import REAL, TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = {
    "occupation": TEXT, "soc": TEXT, "n": WHOLE, "mean": REAL, "low": REAL, "high": REAL,
    "official_class": TEXT, "official_score": REAL, "growth_pct": REAL, "openings_k": REAL,
    "employment_k": REAL, "median_wage": WHOLE, "wage_p10": WHOLE, "wage_p25": WHOLE,
    "wage_p75": WHOLE, "wage_p90": WHOLE, "education": TEXT, "period": TEXT, "source": TEXT,
    "gap": TEXT, "wage_said_low": WHOLE, "wage_said_high": WHOLE, "wage_gap": TEXT,
    "education_said": TEXT, "education_gap": TEXT,
}  # fmt: skip
_HOPEFUL = "They sound more hopeful than the projection: ask what they see that it doesn't."
_WORRIED = "They sound less hopeful than the projection: ask what they see that it doesn't."
_EDUCATED = ("path_in", "preparation")

_AMOUNT = re.compile(
    r"(?P<dollar>\$|US\$|USD)\s?(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:\s?(?P<k>k|K|thousand)\b)?"
    r"|\b(?P<bare>\d{2,3})\s?(?P<only_k>k|K)\b"
)
_PAY = re.compile(
    r"\b(?:earn|pay|paid|salar|wage|income|make|making|made|starting|starts?|a year|per year|"
    r"annual|an hour|per hour|hourly|/\s?h(?:ou)?r|/\s?y(?:ea)?r)",
    re.IGNORECASE,
)
_HOURLY = re.compile(r"\s*(?:-\s*)?(?:an?|per|/)\s*h(?:ou)?r\b|\s*hourly", re.IGNORECASE)
_NEAR = 70
_HOURS = 2080
"""Hours of a working year, as the wage survey counts it."""
_LEAST, _MOST = 10_000, 600_000

LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        ("High school diploma or equivalent", r"\b(?:high[- ]school diploma|GED)\b"),
        ("Postsecondary nondegree award",
         r"\b(?:certificate (?:program|course|from)|trade school|vocational (?:school|program)|"
         r"technical (?:school|diploma))\b"),
        ("Apprenticeship", r"\bapprentice(?:ship|d)?\b"),
        ("Associate's degree", r"\bassociate(?:['’]?s)? degree\b|\bassociate['’]s\b"),
        ("Bachelor's degree",
         r"\bbachelor(?:['’]?s)?\b|\bundergraduate degree\b|\b(?:BSc|BA|BEng)\b"),
        ("Master's degree", r"\bmaster['’]s\b|\bmasters? degree\b|\b(?:MSc|MBA|MLIS|MEng|MFA)\b"),
        ("Doctoral or professional degree",
         r"\bdoctora(?:te|l)\b|\bPh\.?D\b|\b(?:law|medical) degree\b"),
    )
)  # fmt: skip
"""Levels in the words of the projections (apprenticeship is infonb's), lowest first."""


def outlook(occupations: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """What they said about outlook, wages and education beside the official figures.

    Parameters
    ----------
    occupations, answers : DataFrame
        Frames of a snapshot.

    Returns
    -------
    DataFrame
        One row per occupation: occupation, soc, n (people who rated the outlook), mean, low, high
        (1 shrinking to 5 booming, 80 % band), official_class (derived by infonb from the projected
        growth), official_score (the same on 1 to 5), growth_pct (over the whole period),
        openings_k and employment_k (thousands), median_wage and wage_p10, wage_p25, wage_p75,
        wage_p90 (dollars a year), education (typical entry), period, source (with vintages), gap
        (words to ask about, where ratings and projection differ by more than 0.75 with a chance of
        at least 0.8; else missing), wage_said_low and wage_said_high (the lowest and highest
        yearly wage that answers name), education_said (levels that answers on preparation and the
        way in name, with how many people), wage_gap and education_gap (words to ask about, where a
        wage lies outside the middle four fifths, or nobody named the typical level). What is not
        known is missing; answers of people with weight 0 don't count.

    Examples
    --------
    >>> findings = infonb.sample().findings()
    >>> findings.outlook().set_index("occupation").growth_pct["Wind turbine technician"]
    49.9
    """
    heard = answers[answers["weight"] > 0]
    rows = []
    for title, soc in zip(occupations["occupation"], occupations["soc"], strict=True):
        code = soc if isinstance(soc, str) else None
        official = official_figures(code)
        answered = heard[heard["occupation"] == title]
        rows.append(
            {
                "occupation": title, "soc": code, **official,
                **_rated(answered, official.get("official_score")),
                **_wages_said(answered, official), **_education_said(answered, official),
            }
        )  # fmt: skip
    return frame(rows, _COLUMNS)


def official_figures(soc: str | None) -> dict[str, Any]:
    """What the official figures say of an occupation, by column of `outlook`; else nothing.

    Examples
    --------
    >>> official_figures("29-1141")["official_class"], official_figures(None)
    ('as fast as average', {})
    """
    facts = reference.occupation(soc)
    if facts is None:
        return {}
    sources = [facts.projections_source, facts.wage_source]
    return {
        "official_class": facts.outlook.name if facts.outlook else None,
        "official_score": facts.outlook.score if facts.outlook else None,
        "growth_pct": facts.growth_pct, "openings_k": facts.openings_k,
        "employment_k": facts.employment_k, "median_wage": facts.median_wage,
        "wage_p10": facts.wage_p10, "wage_p25": facts.wage_p25, "wage_p75": facts.wage_p75,
        "wage_p90": facts.wage_p90, "education": facts.education, "period": facts.period,
        "source": "; ".join(filter(None, sources)) or None,
    }  # fmt: skip


def _rated(answered: pd.DataFrame, official: float | None) -> dict[str, Any]:
    rated = answered[(answered["question"] == "outlook") & answered["rating"].notna()]
    n = rated["person"].nunique()
    if n == 0:
        return {"n": 0}
    counts = bayes.count(
        rated["rating"].to_numpy(dtype=np.int64), rated["weight"].to_numpy(dtype=float)
    )
    band = bayes.bands(counts)
    return {
        "n": n, "mean": float(band.mean), "low": float(band.low), "high": float(band.high),
        "gap": gap_in_words(counts, official),
    }  # fmt: skip


def gap_in_words(counts: Any, official: float | None) -> str | None:
    """Words to ask about, where ratings and projection differ; else None."""
    if official is None or float(bayes.chance_of_a_gap(counts, official)) < bayes.SURE:
        return None
    return _HOPEFUL if float(bayes.bands(counts).mean) > official else _WORRIED


def _wages_said(answered: pd.DataFrame, official: dict[str, Any]) -> dict[str, Any]:
    named = [wage for text in answered["text"].dropna() for wage in wages_in(text)]
    if not named:
        return {}
    low, high = min(named), max(named)
    said: dict[str, Any] = {"wage_said_low": low, "wage_said_high": high}
    p10, p90 = official.get("wage_p10"), official.get("wage_p90")
    if p90 is not None and high > p90:
        said["wage_gap"] = (
            f"Somebody named ${high:,} a year, more than nine in ten earn (${p90:,}): ask in which "
            "jobs and after how long."
        )
    elif p10 is not None and low < p10:
        said["wage_gap"] = (
            f"Somebody named ${low:,} a year, less than nine in ten earn (${p10:,}): ask for how "
            "many hours, and how long one stays there."
        )
    return said


def _education_said(answered: pd.DataFrame, official: dict[str, Any]) -> dict[str, Any]:
    told = answered[answered["question"].isin(_EDUCATED)]
    people: dict[str, set[str]] = {}
    for person, text in zip(told["person"], told["text"].fillna(""), strict=True):
        for level in education_in(text):
            people.setdefault(level, set()).add(person)
    if not people:
        return {}
    levels = [level for level, _ in LEVELS if level in people]
    said = {"education_said": "; ".join(f"{level} ({len(people[level])})" for level in levels)}
    typical, speakers = official.get("education") or "", set().union(*people.values())
    if typical in dict(LEVELS) and typical not in people and len(speakers) > 1:
        spoken_of = " and ".join(_lower(level) for level in levels)
        said["education_gap"] = (
            f"Typical for a newcomer: {_lower(typical)}. They spoke of {spoken_of}: ask what is "
            "asked for today."
        )
    return said


def _lower(level: str) -> str:
    return level[:1].lower() + level[1:]


def wages_in(text: str) -> list[int]:
    """Wages that a text names, in dollars a year, in order.

    Parameters
    ----------
    text : str
        An answer as it was noted.

    Returns
    -------
    list of int
        Amounts of 10,000 to 600,000 dollars near a word of pay; hourly ones times 2,080 hours.

    Examples
    --------
    >>> wages_in("You start at $52k; after ten years it pays $95,000. The truck cost $80,000 more.")
    [52000, 95000]
    >>> wages_in("About $30 an hour.")
    [62400]
    """
    found = []
    for amount in _AMOUNT.finditer(text):
        sentence_end = re.search(r"[.;!?](?:\s|$)", text[amount.end() :])
        after = text[amount.end() :][: sentence_end.start() if sentence_end else _NEAR][:_NEAR]
        before = re.split(r"[.;!?]\s", text[max(0, amount.start() - _NEAR) : amount.start()])[-1]
        if _PAY.search(before) or _PAY.search(after):
            value = float((amount["number"] or amount["bare"]).replace(",", ""))
            value *= 1000 if amount["k"] or amount["only_k"] else 1
            value *= _HOURS if _HOURLY.match(text[amount.end() :]) and value < 1000 else 1
            if _LEAST <= value <= _MOST:
                found.append(round(value))
    return found


def education_in(text: str) -> list[str]:
    """Levels of education that a text names, lowest first.

    Examples
    --------
    >>> education_in("A bachelor's opens the door, but most here have a master's degree.")
    ["Bachelor's degree", "Master's degree"]
    """
    return [level for level, pattern in LEVELS if pattern.search(text)]
