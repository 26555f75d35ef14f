"""Official figures on occupations, each with its source and vintage.

What ships is a small table for the occupations of the samples (`data/facts.csv`) and the bounds
of the outlook classes (`data/outlook.csv`). A figure that no source gives is missing.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import asdict, dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from infonb.frame import REAL, TEXT, WHOLE, frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

ATTRIBUTION: Mapping[str, str] = MappingProxyType(
    {
        "O*NET": (
            "This product includes information from O*NET Database releases 29.3 and 30.2 by the "
            "U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used "
            "under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. infonb has modified "
            "all or some of this information. USDOL/ETA has not approved, endorsed, or tested "
            "these modifications."
        ),
        "BLS": (
            "Employment, growth, openings, education, experience and training: U.S. Bureau of "
            "Labor Statistics, Employment Projections 2024–34. Wages: U.S. Bureau of Labor "
            "Statistics, Occupational Employment and Wage Statistics, May 2025. Public domain. "
            "Outlook classes are derived by infonb from the projected growth."
        ),
    }
)
"""What has to stand beside the figures, by agency."""

_KIND = {"int": int, "float": float, "str": str}
_COLUMN = {int: WHOLE, float: REAL, str: TEXT}

# Also without the hyphen, with one of its look-alikes, and with O*NET's two extra digits.
_SOC_CODE = re.compile(r"([0-9]{2})[-‐‑‒–—]?([0-9]{4})(?:\.([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class OutlookClass:
    """What a projected growth is called, and where it stands on the rating scale."""

    name: str
    """From "decline" to "much faster than average"."""
    score: float
    """1 (decline) to 5 (much faster than average), to hold beside people's ratings."""


@dataclass(frozen=True, slots=True)
class OccupationFacts:
    """What official sources say about one occupation; a figure they don't give is None.

    `education`, `experience` and `training` are what a newcomer typically needs, in the words of
    the projections, where the word "None" means that nothing is needed.
    """

    soc: str
    """SOC 2018 code of six digits, such as "17-2141"."""
    title: str
    title_source: str
    employment_k: float | None
    """Jobs in the first year of the period, in thousands."""
    growth_pct: float | None
    """Projected change of employment over the whole period, in per cent."""
    openings_k: float | None
    """Projected openings a year, on average over the period, in thousands."""
    education: str | None
    experience: str | None
    training: str | None
    period: str | None
    """Years of the projection, such as "2024–34"."""
    projections_source: str | None
    median_wage: int | None
    """US dollars a year before tax, as are the percentiles."""
    wage_p10: int | None
    wage_p25: int | None
    wage_p75: int | None
    wage_p90: int | None
    wage_vintage: str | None
    wage_source: str | None
    job_zone: int | None
    """Preparation needed, 1 (little or none) to 5 (extensive)."""
    job_zone_vintage: str | None
    """Year and month in which the Job Zone was last looked at, such as "2024-08"."""
    job_zone_source: str | None

    @property
    def outlook(self) -> OutlookClass | None:
        """The class of the projected growth, None where growth is missing."""
        return outlook_class(self.growth_pct, self.period)


def occupation(soc: str | None) -> OccupationFacts | None:
    """Give what is known about an occupation, or None when nothing is.

    Parameters
    ----------
    soc
        A SOC 2018 or O*NET-SOC 2019 code. A more detailed O*NET occupation ("17-2141.02") gets
        the figures of its six-digit occupation, without the Job Zone, which may differ.

    Examples
    --------
    >>> facts = occupation("17-2141.00")
    >>> facts.title, facts.growth_pct, facts.period
    ('Mechanical Engineers', 9.1, '2024–34')
    >>> facts.outlook.name
    'much faster than average'
    >>> occupation("99-9999") is None
    True
    """
    code = _SOC_CODE.fullmatch((soc or "").strip())
    if code is None:
        return None
    major_group, rest, detail = code.groups()
    facts = _shipped_facts().get(f"{major_group}-{rest}")
    if facts is None or detail in (None, "00"):
        return facts
    return replace(facts, job_zone=None, job_zone_vintage=None, job_zone_source=None)


def occupations() -> pd.DataFrame:
    """Give all known facts, one row per occupation, in order of the codes.

    Returns
    -------
    DataFrame
        The fields of `OccupationFacts`, then `outlook_class` and `outlook_score`. Text is `str`,
        numbers are Arrow-backed; what is missing is NA.

    Examples
    --------
    >>> known = occupations()
    >>> known.loc[known.soc == "25-2021", "outlook_class"].item()
    'decline'
    """
    columns = {name: _COLUMN[kind] for name, kind in _kinds().items()}
    columns |= {"outlook_class": TEXT, "outlook_score": REAL}
    return frame((_row(facts) for facts in _shipped_facts().values()), columns)


def outlook_class(growth_pct: float | None, period: str | None) -> OutlookClass | None:
    """Say in words, and on the rating scale, what a projected growth means.

    The classes are infonb's reading of the Bureau of Labor Statistics' wording. Their bounds move
    with the growth of all employment, so they belong to a release: another period has its own.

    Parameters
    ----------
    growth_pct
        Growth over the whole period, in per cent. It is rounded to one decimal first, halves away
        from zero, because figures are published so and the bounds are stated so.
    period
        Years of the projection, such as "2024–34".

    Returns
    -------
    OutlookClass or None
        None when the growth is missing or no bounds are kept for the period.

    Examples
    --------
    >>> outlook_class(4.9, "2024–34")
    OutlookClass(name='as fast as average', score=3.4)
    """
    if growth_pct is None or not math.isfinite(growth_pct):
        return None
    # the decimal that was written, since the binary .95 lies below .95 and would round down
    growth = Decimal(str(growth_pct)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    for of_period, at_least, outlook in _outlook_bounds():
        if of_period == period and growth >= at_least:
            return outlook
    return None


def _row(facts: OccupationFacts) -> dict[str, Any]:
    outlook = facts.outlook
    return asdict(facts) | {
        "outlook_class": outlook and outlook.name,
        "outlook_score": outlook and outlook.score,
    }


def _kinds() -> dict[str, type]:
    """Each field's kind of value, read from its annotation so that the two can't part."""
    return {
        field.name: _KIND[str(field.type).removesuffix(" | None")]
        for field in fields(OccupationFacts)
    }


@cache
def _shipped_facts() -> Mapping[str, OccupationFacts]:
    kinds = _kinds()

    def read(row: dict[str, str]) -> OccupationFacts:
        values: dict[str, Any] = {
            name: kind(row[name]) if row[name] else None for name, kind in kinds.items()
        }
        return OccupationFacts(**values)

    return MappingProxyType({row["soc"]: read(row) for row in _table("facts.csv")})


@cache
def _outlook_bounds() -> tuple[tuple[str, Decimal, OutlookClass], ...]:
    """Period, lower bound (one decimal, the lowest class has none) and class, best class first."""
    return tuple(
        (
            row["period"],
            Decimal(row["at_least"] or "-Infinity"),
            OutlookClass(row["name"], float(row["score"])),
        )
        for row in _table("outlook.csv")
    )


def _table(name: str) -> list[dict[str, str]]:
    text = (files("infonb.reference") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
