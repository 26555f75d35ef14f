"""Official figures on occupations, each with its source and vintage.

What ships are titles, employment and wages of all occupations (`data/wages.csv`), and projections
and Job Zones for those of the samples (`data/facts.csv`). Where official files are installed,
their figures count. A figure that no source gives is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from infonb.frame import REAL, TEXT, WHOLE, frame
from infonb.reference import installed
from infonb.reference.outlook_classes import OutlookClass, outlook_class
from infonb.reference.ratings import Rated, rated
from infonb.reference.shipped_data import rows

if TYPE_CHECKING:
    import pandas as pd

_KIND = {"int": int, "float": float, "str": str}
_COLUMN = {int: WHOLE, float: REAL, str: TEXT}

# Also without the hyphen, with one of its look-alikes, and with O*NET's two extra digits.
_SOC_CODE = re.compile(r"([0-9]{2})[-‐‑‒–—]?([0-9]{4})(?:\.([0-9]{2}))?")

_WAGES = ("employees", "wage_p10", "wage_p25", "median_wage", "wage_p75", "wage_p90")
_PROJECTED = ("employment_k", "growth_pct", "openings_k", "education", "experience", "training")


@dataclass(frozen=True, slots=True)
class OccupationFacts:
    """What official sources say about one occupation; a figure they don't give is None.

    `education`, `experience` and `training` are what a newcomer typically needs, in the words of
    the projections, where the word "None" means that nothing is needed.
    """

    soc: str
    """SOC 2018 code of six digits, such as "17-2141"."""
    title: str
    title_source: str | None = None
    employment_k: float | None = None
    """Jobs in the first year of the period, in thousands, self-employed people included."""
    growth_pct: float | None = None
    """Projected change of employment over the whole period, in per cent."""
    openings_k: float | None = None
    """Projected openings a year, on average over the period, in thousands."""
    education: str | None = None
    experience: str | None = None
    training: str | None = None
    period: str | None = None
    """Years of the projection, such as "2024–34"."""
    projections_source: str | None = None
    projections_of: str | None = None
    """Code of the broader occupation that is projected, where this one isn't by itself."""
    employees: int | None = None
    """People employed, self-employed not counted."""
    median_wage: int | None = None
    """US dollars a year before tax, as are the percentiles."""
    wage_p10: int | None = None
    wage_p25: int | None = None
    wage_p75: int | None = None
    wage_p90: int | None = None
    wage_note: str | None = None
    """Which wages are missing because they are higher than the survey publishes."""
    wage_vintage: str | None = None
    wage_source: str | None = None
    wages_of: str | None = None
    """Code of the broader occupation whose wages these are, where this one has none of its own."""
    job_zone: int | None = None
    """Preparation needed, 1 (little or none) to 5 (extensive)."""
    job_zone_vintage: str | None = None
    """Year and month in which the Job Zone was last looked at, such as "2024-08"."""
    job_zone_source: str | None = None
    description: str | None = None
    """What people in it do; only where O*NET's files are installed."""
    onet_soc: str | None = None
    """The more detailed O*NET occupation that was asked for, such as "29-1141.03"."""

    @property
    def outlook(self) -> OutlookClass | None:
        """The class of the projected growth, None where growth is missing."""
        return outlook_class(self.growth_pct, self.period)

    @property
    def skills(self) -> tuple[Rated, ...]:
        """Skills, the most important first; empty where O*NET's files aren't installed."""
        return rated(self.onet_soc or self.soc, "skill")

    @property
    def knowledge(self) -> tuple[Rated, ...]:
        """Fields of knowledge, the most important first, under the same condition."""
        return rated(self.onet_soc or self.soc, "knowledge")

    @property
    def activities(self) -> tuple[Rated, ...]:
        """Work activities, the most important first, under the same condition."""
        return rated(self.onet_soc or self.soc, "work activity")


def occupation(soc: str | None) -> OccupationFacts | None:
    """Give what is known about an occupation, or None when nothing is.

    Parameters
    ----------
    soc
        A SOC 2018 or O*NET-SOC 2019 code. A more detailed O*NET occupation ("17-2141.02") gets
        the figures of its six-digit occupation; title, Job Zone and description are its own, or
        missing.

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
    place = installed.release()
    facts = _facts(place).get(f"{major_group}-{rest}")
    if facts is None or detail in (None, "00"):
        return facts
    onet_soc = f"{facts.soc}.{detail}"
    own = _detailed(place).get(onet_soc, {})
    none = dict.fromkeys(("job_zone", "job_zone_vintage", "job_zone_source", "description"))
    return replace(facts, **none | own, onet_soc=onet_soc)


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
    known = _facts(installed.release())
    groups = set(_figures_of().values())
    return frame((_row(known[soc]) for soc in sorted(known) if soc not in groups), columns)


@cache
def shipped() -> Mapping[str, OccupationFacts]:
    """What comes with infonb, by code, whatever is installed: occupations of the SOC, no groups."""
    groups = set(_figures_of().values())
    return MappingProxyType(
        {soc: facts for soc, facts in _shipped_facts().items() if soc not in groups}
    )


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


# what ships --------------------------------------------------------------------------------------


@cache
def _shipped_facts() -> Mapping[str, OccupationFacts]:
    known: dict[str, dict[str, Any]] = {}
    for row in rows("wages.csv"):
        source = f"BLS OEWS {row['wage_vintage']}"
        known[row["soc"]] = {**row, "title_source": source, "wage_source": source}
    for row in rows("combined.csv"):
        figures = known.get(row["figures_of"], {})
        wages = {name: figures.get(name) for name in (*_WAGES, "wage_vintage", "wage_source")}
        known[row["soc"]] = {"title": row["title"], "title_source": "SOC 2018", **wages,
                             "wages_of": row["figures_of"], "soc": row["soc"]}  # fmt: skip
    for row in rows("facts.csv"):
        known[row["soc"]] = {**known.get(row["soc"], {}), **row}
    kinds = _kinds()
    return MappingProxyType(
        {
            soc: OccupationFacts(**{
                name: kinds[name](value) for name, value in values.items() if value
            })
            for soc, values in known.items()
        }
    )  # fmt: skip


@cache
def _figures_of() -> Mapping[str, str]:
    """Occupations without figures of their own, and the broader one whose figures they share."""
    return {row["soc"]: row["figures_of"] for row in rows("combined.csv")}


# what is installed -------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _facts(place: Path | None) -> Mapping[str, OccupationFacts]:
    """All facts by code: those that ship, each family replaced by what is installed."""
    known = dict(_shipped_facts())
    if place is None:
        return MappingProxyType(known)
    own = _detailed(place)
    projections, wages = _by_soc("projections"), _by_soc("wages")
    for soc in {code[:7] for code in own} | set(projections) | set(wages):
        facts = known.get(soc) or OccupationFacts(soc, "")
        figures = projections.get(soc) or wages.get(soc) or {"title": "", "source": None}
        if not facts.title:
            facts = replace(facts, title=figures["title"], title_source=figures["source"])
        known[soc] = replace(facts, **own.get(f"{soc}.00", {}))
    for soc, facts in known.items():
        known[soc] = replace(facts, **_projected(soc, projections), **_paid(soc, wages))
    return MappingProxyType({soc: facts for soc, facts in known.items() if facts.title})


def _projected(soc: str, projections: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    of, row = _whose(soc, projections)
    if row is None:
        return {}
    values = {name: row[name] for name in _PROJECTED}
    return {**values, "period": row["vintage"], "projections_source": row["source"],
            "projections_of": of}  # fmt: skip


def _paid(soc: str, wages: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    of, row = _whose(soc, wages)
    if row is None:
        return {}
    values = {name: row[name] for name in _WAGES}
    above = row["at_least"]
    note = f"Higher than the survey publishes: {_in_words(above)}." if above else None
    return {**values, "wage_vintage": row["vintage"], "wage_source": row["source"],
            "wages_of": of, "wage_note": note}  # fmt: skip


def _whose(
    soc: str, figures: Mapping[str, dict[str, Any]]
) -> tuple[str | None, dict[str, Any] | None]:
    """The figures of an occupation, or of the broader one that it is counted in."""
    if soc in figures:
        return None, figures[soc]
    for broader in (_figures_of().get(soc, ""), f"{soc[:6]}0"):
        if broader in figures:
            return broader, figures[broader]
    return None, None


def _in_words(columns: str) -> str:
    return columns.replace("wage_p", "percentile ").replace("median_wage", "median")


def _by_soc(name: str) -> dict[str, dict[str, Any]]:
    return {row["soc"]: row for row in _installed_rows(name)}


def _installed_rows(name: str) -> Iterator[dict[str, Any]]:
    columns = installed.columns(name)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


@lru_cache(maxsize=2)
def _detailed(place: Path | None) -> Mapping[str, dict[str, Any]]:
    """What O*NET says of each of its occupations, by its longer code."""
    known: dict[str, dict[str, Any]] = {}
    for row in _installed_rows("occupations"):
        known[row["onet_soc"]] = {
            "title": row["title"], "title_source": row["source"],
            "description": row["description"],
        }  # fmt: skip
    for row in _installed_rows("job_zones"):
        known.setdefault(row["onet_soc"], {}).update(
            job_zone=row["job_zone"], job_zone_vintage=row["vintage"],
            job_zone_source=row["source"],
        )  # fmt: skip
    return known
