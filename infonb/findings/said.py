"""Figures in what people said: wages in dollars a year, and levels of education.

Only what is plainly meant is taken: an amount beside a word of pay, a degree by its name.
"""

from __future__ import annotations

import re

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
