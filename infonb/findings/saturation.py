"""How many new things each further interview brought, and how many the next may bring.

Things are skills or themes: whatever people name and one can tell apart. When hardly anything new
comes up the search is saturated, and time is better spent on another occupation.

Source: Good, I. J. & Toulmin, G. H. (1956): The number of new species, and the increase in
population coverage, when a sample is increased. Biometrika 43, 45-63. Estimators of everything
that could still be found, such as Chao's, are left out on purpose: they are noise at n = 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from infonb.findings.progress import in_order
from infonb.findings.skills import with_names
from infonb.frame import REAL, TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd


def saturation(
    interviews: pd.DataFrame,
    skills: pd.DataFrame,
    themes: pd.DataFrame,
    occupations: Sequence[str],
) -> pd.DataFrame:
    """What each further person brought, and what the next may be expected to bring.

    Returns
    -------
    DataFrame
        One row per occupation and person talked to, in order of date: occupation, order (from
        1), person, date, new_skills, known_skills (so far), next_skills (Good–Toulmin estimate of
        new ones from one more person, the same on all rows of an occupation), new_themes,
        known_themes, next_themes. Missing where nothing is noted of a person: they were perhaps
        not asked, and don't count in the estimate. Skills said in other words count as new until
        confirmed.

    Examples
    --------
    >>> found = infonb.sample("example").findings().saturation()
    >>> found.known_skills.iloc[:3].tolist()
    [3, 5, 8]
    """
    held = in_order(interviews)
    named = with_names(skills)
    rows: list[dict[str, Any]] = []
    for occupation in occupations:
        talks = held[held["occupation"] == occupation].drop_duplicates("person")
        people = talks["person"].tolist()
        mine = named[named["occupation"] == occupation]
        coded = themes[themes["occupation"] == occupation]
        by_skill = _brought([set(mine.loc[mine["person"] == p, "name"]) for p in people])
        by_theme = _brought([set(coded.loc[coded["person"] == p, "theme"]) for p in people])
        for number, row in enumerate(talks.to_dict("records")):
            rows.append(
                {
                    "occupation": occupation, "order": number + 1, "person": row["person"],
                    "date": row["date"],
                    **{f"{part}_skills": value for part, value in by_skill[number].items()},
                    **{f"{part}_themes": value for part, value in by_theme[number].items()},
                }
            )  # fmt: skip
    return frame(
        rows,
        {
            "occupation": TEXT, "order": WHOLE, "person": TEXT, "date": TEXT, "new_skills": WHOLE,
            "known_skills": WHOLE, "next_skills": REAL, "new_themes": WHOLE,
            "known_themes": WHOLE, "next_themes": REAL,
        },
    )  # fmt: skip


def _brought(lists: Sequence[set[Hashable]]) -> list[dict[str, Any]]:
    """What each person brought, missing where nothing is noted of them."""
    heard = [number for number, things in enumerate(lists) if things]
    found = discovery([lists[number] for number in heard])
    rows: list[dict[str, Any]] = [{"new": None, "known": None, "next": None} for _ in lists]
    for place, number in enumerate(heard):
        rows[number] = {
            "new": int(found.new[place]), "known": int(found.known[place]), "next": found.expected,
        }  # fmt: skip
    return rows


@dataclass(frozen=True, eq=False)
class Discovery:
    """What came up as interviews went on.

    Attributes
    ----------
    new
        Shape (people,): things each person named that nobody before them had.
    known
        Shape (people,): things named by then.
    expected
        How many new things the next person may bring; NaN before the first.
    """

    new: NDArray[np.int64]
    known: NDArray[np.int64]
    expected: float


def discovery(lists: Sequence[Collection[Hashable]]) -> Discovery:
    """Follow what was new from person to person.

    Parameters
    ----------
    lists
        What each person named, in order of the interviews; naming something twice is naming it.

    Examples
    --------
    >>> found = discovery([{"drawing", "planning"}, {"drawing", "patience"}, {"planning"}])
    >>> found.new.tolist(), found.known.tolist(), round(found.expected, 2)
    ([2, 1, 0], [2, 3, 3], 0.11)
    """
    named: Counter[Hashable] = Counter()
    known = []
    for things in lists:
        named.update(set(things))
        known.append(len(named))
    known = np.array(known, dtype=np.int64)
    return Discovery(
        np.diff(known, prepend=0), known, next_discoveries(list(named.values()), len(lists))
    )


def next_discoveries(times_named: ArrayLike, people: int) -> float:
    """How many new things the next person may be expected to bring.

    ``f1/n - f2/n^2 + f3/n^3`` with ``f_j`` things named by exactly j of n people: the first terms
    of the estimate of Good and Toulmin for one more person. It never exceeds what people named on
    average; where the terms happen to give less than 0 the answer is 0.

    Parameters
    ----------
    times_named
        Shape (things,): by how many people each thing was named; those named by none don't count.
    people
        How many people were asked, n.

    Returns
    -------
    float
        0 or more; NaN when nobody was asked.

    Raises
    ------
    ValueError
        When a thing was named by more people than were asked.

    Examples
    --------
    >>> round(next_discoveries([1, 1, 1, 2, 3], people=3), 3)
    0.926
    """
    times_named = np.asarray(times_named, dtype=np.int64)
    if times_named.max(initial=0) > people:
        raise ValueError(f"Something was named by {times_named.max()} of {people} people.")
    if people < 1:
        return float("nan")
    once, twice, thrice = (int(np.count_nonzero(times_named == j)) for j in (1, 2, 3))
    return max(0.0, once / people - twice / people**2 + thrice / people**3)
