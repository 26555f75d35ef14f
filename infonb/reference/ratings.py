"""How important O*NET rates skills, knowledge and work activities for an occupation.

None of it ships: it is there where O*NET's files are installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from infonb.reference import installed


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
    known = _ratings(installed.release()).get(soc, ())
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
    known = _ratings(installed.release()).get((soc or "")[:7], ())
    return {element.element_id: element.importance for element in known}


@lru_cache(maxsize=2)
def _ratings(place: Path | None) -> Mapping[str, tuple[Rated, ...]]:
    """Elements by code, of six digits and of eight, the most important first."""
    stored = installed.columns("ratings")
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
