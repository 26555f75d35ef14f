"""What an occupation pays in the whole nation and in a state, with what isn't published as such.

The states' figures come with infonb (`data/wages_by_state.csv.gz`, the Bureau of Labor Statistics'
Occupational Employment and Wage Statistics, in the public domain); the nation's are those of
`infonb.reference.occupation`, newer where newer ones are installed.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from infonb.errors import InfonbError
from infonb.reference import facts

NATION = "United States"

_NO_YEARLY_PAY = "the survey gives no yearly pay for this occupation"
_FOOTNOTES = {
    "f4": _NO_YEARLY_PAY,
    "f5": "$239,200 or more, the survey doesn't say how much",
    "f8": "not released by the survey",
}
_WORDS = {"p10": "lowest tenth", "median": "median", "p90": "highest tenth"}


@dataclass(frozen=True, slots=True)
class Wages:
    """What people in an occupation earn in one place, US dollars a year before tax.

    Attributes
    ----------
    soc : str
        SOC 2018 code of six digits.
    place : str
        `NATION` or a state.
    p10, median, p90 : int or None
        One of ten earns less than ``p10``, half less than ``median``, one of ten more than
        ``p90``; None where it isn't published.
    note : str or None
        Which figures aren't published, and why.
    source, vintage : str
        Such as "BLS OEWS May 2025" and "May 2025".
    of : str or None
        Code of the broader occupation whose wages these are, where this one has none of its own.
    """

    soc: str
    place: str
    p10: int | None
    median: int | None
    p90: int | None
    note: str | None
    source: str
    vintage: str
    of: str | None = None


def states() -> tuple[str, ...]:
    """States, the District of Columbia and the territories that the survey covers, by name.

    Examples
    --------
    >>> len(states()), states()[:2]
    (54, ('Alabama', 'Alaska'))
    """
    return tuple(_shipped())


def wages(soc: str | None, state: str | None = None) -> tuple[Wages, ...]:
    """What an occupation pays in the nation and, if asked, in a state.

    Parameters
    ----------
    soc : str or None
        A SOC 2018 code.
    state : str, optional
        One of `states`, in any case.

    Returns
    -------
    tuple of Wages
        The nation's first. A place without a figure for the occupation, not even one that isn't
        published, is left out.

    Raises
    ------
    InfonbError
        When there is no such state.

    Examples
    --------
    >>> [(each.place, each.median) for each in wages("29-1141", "California")]
    [('United States', 97550), ('California', 140270)]
    """
    known = facts.occupation(soc)
    place = None if state is None else known_state(state)
    found = [] if known is None else [_nation(known), place and _in_state(known.soc, place)]
    return tuple(each for each in found if each)


def known_state(name: str) -> str:
    """A state as the survey calls it.

    Raises
    ------
    InfonbError
        When there is no such state.

    Examples
    --------
    >>> known_state(" new  york")
    'New York'
    """
    said = " ".join(name.split()).casefold()
    for state in states():
        if state.casefold() == said:
            return state
    raise InfonbError(
        f"There is no state “{name}” in the survey. States go by their full names: "
        f"{', '.join(states())}."
    )


def _nation(known: facts.OccupationFacts) -> Wages | None:
    if known.wage_source is None:
        return None
    p10, median, p90 = known.wage_p10, known.median_wage, known.wage_p90
    note = known.wage_note or (None if p10 or median or p90 else f"{_NO_YEARLY_PAY}.".capitalize())
    vintage = known.wage_vintage or ""
    return Wages(
        known.soc, NATION, p10, median, p90, note, known.wage_source, vintage, known.wages_of
    )


def _in_state(soc: str, state: str) -> Wages | None:
    own = _shipped()[state]
    of = None if soc in own else facts.counted_with(soc)
    cells = own.get(of or soc)
    if cells is None:
        return None
    p10, median, p90 = (int(cell) if cell.isdigit() else None for cell in cells)
    lacking: dict[str, list[str]] = {}
    for name, cell in zip(_WORDS, cells, strict=True):
        if not cell.isdigit():
            lacking.setdefault(_FOOTNOTES[cell], []).append(_WORDS[name])
    said = "; ".join(f"{', '.join(names)}: {why}" for why, names in lacking.items())
    note = f"{said[0].upper()}{said[1:]}." if said else None
    return Wages(soc, state, p10, median, p90, note, f"BLS OEWS {_vintage()}", _vintage(), of)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    packed = (files("infonb.reference") / "data" / "wages_by_state.csv.gz").read_bytes()
    return tuple(csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines()))


def _vintage() -> str:
    return _rows()[0]["wage_vintage"]


@cache
def _shipped() -> Mapping[str, Mapping[str, tuple[str, str, str]]]:
    """Lowest tenth, median and highest tenth by state and code, as published or a footnote."""
    known: dict[str, dict[str, tuple[str, str, str]]] = {}
    state = ""
    for row in _rows():
        state = row["state"] or state
        cells = (row["wage_p10"], row["median_wage"], row["wage_p90"])
        known.setdefault(state, {})[row["soc"]] = cells
    return MappingProxyType(known)
