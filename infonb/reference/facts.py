"""Official figures on occupations, each with its source and vintage.

What ships are titles, employment and wages of all occupations (`data/wages.csv`), and projections
and Job Zones for those of the samples (`data/facts.csv`). Where official files are installed,
their figures count. A figure that no source gives is missing.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from infonb.frame import REAL, TEXT, WHOLE, frame
from infonb.reference.official import store

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
    place = store.release()
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
    known = _facts(store.release())
    groups = set(_figures_of().values())
    return frame((_row(known[soc]) for soc in sorted(known) if soc not in groups), columns)


@cache
def shipped() -> Mapping[str, OccupationFacts]:
    """What comes with infonb, by code, whatever is installed: occupations of the SOC, no groups."""
    groups = set(_figures_of().values())
    return MappingProxyType(
        {soc: facts for soc, facts in _shipped_facts().items() if soc not in groups}
    )


def counted_with(soc: str) -> str | None:
    """The broader occupation that has figures where this one has none of its own."""
    return _figures_of().get(soc)


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


# outlook -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutlookClass:
    """What a projected growth is called, and where it stands on the rating scale."""

    name: str
    """From "decline" to "much faster than average"."""
    score: float
    """1 (decline) to 5 (much faster than average), to hold beside people's ratings."""


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


@cache
def _outlook_bounds() -> tuple[tuple[str, Decimal, OutlookClass], ...]:
    """Period, lower bound (one decimal, the lowest class has none) and class, best class first."""
    return tuple(
        (
            row["period"],
            Decimal(row["at_least"] or "-Infinity"),
            OutlookClass(row["name"], float(row["score"])),
        )
        for row in rows("outlook.csv")
    )


# O*NET's ratings ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rated:
    """An element of O*NET's content model, and how important it is for an occupation.

    Attributes
    ----------
    name : str
        Such as "Reading Comprehension".
    importance : float
        1 (not important) to 5 (extremely important).
    element_id, kind : str
        kind is "skill", "knowledge", "work activity" or "work style".
    source, vintage : str
        The release, and year and month of the rating (empty where not told).
    """

    name: str
    importance: float
    element_id: str
    kind: str
    source: str
    vintage: str


def rated(soc: str, kind: str) -> tuple[Rated, ...]:
    """Elements of one kind, the most important first; empty where nothing is installed or known.

    Parameters
    ----------
    soc : str
        A code of six digits gets the ratings of its general O*NET occupation (".00"), else the
        mean over the more detailed ones; a longer code gets its own.
    kind : str
        "skill", "knowledge", "work activity" or "work style".

    Examples
    --------
    >>> rated("17-2141", "skill")
    ()
    """
    known = _ratings(store.release()).get(soc, ())
    return tuple(element for element in known if element.kind == kind)


def importance(soc: str | None) -> Mapping[str, float]:
    """How important O*NET rates each skill for an occupation.

    Parameters
    ----------
    soc : str or None
        A SOC 2018 code, "17-2141". Where O*NET tells occupations under it apart, the general
        one (".00") speaks, else their mean.

    Returns
    -------
    mapping of str to float
        Element id to importance, 1 (not important) to 5 (extremely important); empty where
        nothing is installed or known.

    Examples
    --------
    >>> dict(importance("17-2141"))
    {}
    """
    known = _ratings(store.release()).get((soc or "")[:7], ())
    return {element.element_id: element.importance for element in known}


@lru_cache(maxsize=2)
def _ratings(place: Path | None) -> Mapping[str, tuple[Rated, ...]]:
    """Elements by code, of six digits and of eight, the most important first."""
    stored = store.columns("ratings")
    if not stored:
        return {}
    by_code: dict[str, list[Rated]] = {}
    for code, name, value, id, kind, source, vintage in zip(
        *(stored[column] for column in ("onet_soc", "element", "importance", "element_id", "kind",
                                        "source", "vintage")), strict=True,
    ):  # fmt: skip
        if value is not None:
            element = Rated(name, value, id, kind, source, vintage or "")
            by_code.setdefault(code, []).append(element)
    under: dict[str, list[str]] = {}
    for code in by_code:
        under.setdefault(code[:7], []).append(code)
    for soc, codes in under.items():
        general = f"{soc}.00"
        by_code[soc] = by_code[general] if general in by_code else _mean(
            [element for code in codes for element in by_code[code]]
        )  # fmt: skip
    return {
        code: tuple(sorted(elements, key=lambda element: (-element.importance, element.name)))
        for code, elements in by_code.items()
    }


def _mean(elements: list[Rated]) -> list[Rated]:
    together: dict[str, list[Rated]] = {}
    for element in elements:
        together.setdefault(element.element_id, []).append(element)
    return [
        Rated(
            same[0].name, round(sum(one.importance for one in same) / len(same), 2), id,
            same[0].kind, same[0].source, max(one.vintage for one in same),
        )
        for id, same in together.items()
    ]  # fmt: skip


# what ships --------------------------------------------------------------------------------------


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table, all cells as text.

    Examples
    --------
    >>> rows("outlook.csv")[0]["name"]
    'much faster than average'
    """
    text = (files("infonb.reference") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


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
    columns = store.columns(name)
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
