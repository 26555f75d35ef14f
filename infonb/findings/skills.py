"""Skills: who named what, in which occupation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import nan
from typing import TYPE_CHECKING

from infonb.findings.overlap import Comparison, compare, ranked_only
from infonb.findings.words import a_few
from infonb.frame import REAL, TEXT, TRUTH, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd


def with_names(skills: pd.DataFrame) -> pd.DataFrame:
    """Skill mentions with a column ``name``: the canonical name, else the words as first said.

    Two phrases that differ only in case and space have the same name.
    """
    folded = skills["phrase"].str.split().str.join(" ").str.casefold()
    spelled = skills.assign(folded=folded).drop_duplicates("folded").set_index("folded")["phrase"]
    as_said = folded.map(spelled) if len(folded) else folded
    return skills.assign(name=skills["skill"].where(skills["skill"].notna(), as_said))


def skills_by_occupation(
    skills: pd.DataFrame,
    interviews: pd.DataFrame,
    strengths: pd.DataFrame,
    occupations: Sequence[str],
) -> pd.DataFrame:
    """How many of the people asked named each skill.

    Parameters
    ----------
    skills, interviews, strengths : DataFrame
        Frames of a snapshot.
    occupations : sequence of str
        Order of occupations.

    Returns
    -------
    DataFrame
        One row per occupation and skill named there: occupation, skill (canonical name, or the
        words as said), kind, people (who named it), of (people talked to), phrases (the words
        used, separated by semicolons), strength (whether it is one of your own). Skills that
        more occupations share come first.

    Examples
    --------
    >>> infonb.sample().findings().skills_by_occupation().columns.tolist()
    ['occupation', 'skill', 'kind', 'people', 'of', 'phrases', 'strength']
    """
    named = with_names(skills)
    held = interviews[interviews["status"] == "done"]
    talked_to = held.groupby("occupation")["person"].nunique()
    own = set(with_names(strengths)["name"].str.casefold()) if len(strengths) else set()
    shared = named.groupby("name").agg(
        occupations=("occupation", "nunique"), people=("person", "nunique")
    )
    order = {title: place for place, title in enumerate(occupations)}
    rows = []
    for (occupation, name), part in named.groupby(["occupation", "name"], sort=False):
        rows.append(
            {
                "occupation": occupation, "skill": name,
                "kind": next(iter(part["kind"].dropna()), None),
                "people": part["person"].nunique(),
                "of": max(int(talked_to.get(occupation, 0)), part["person"].nunique()),
                "phrases": "; ".join(dict.fromkeys(part["phrase"])),
                "strength": name.casefold() in own,
            }
        )  # fmt: skip
    rows.sort(
        key=lambda row: (
            -int(shared.loc[row["skill"], "occupations"]),
            -int(shared.loc[row["skill"], "people"]),
            row["skill"].casefold(),
            order[row["occupation"]],
        )
    )
    return frame(
        rows,
        {
            "occupation": TEXT, "skill": TEXT, "kind": TEXT, "people": WHOLE, "of": WHOLE,
            "phrases": TEXT, "strength": TRUTH,
        },
    )  # fmt: skip


def skill_overlap(skills: pd.DataFrame, occupations: Sequence[str]) -> pd.DataFrame:
    """What two occupations share, beside what people inside one share.

    Three people can't tell a percentage, so like is compared with like: the mean over pairs of
    people of shared skills over the smaller list, between the two occupations and within them.

    Parameters
    ----------
    skills : DataFrame
        Frame of a snapshot.
    occupations : sequence of str
        Order of occupations.

    Returns
    -------
    DataFrame
        One row per pair of occupations with skills: occupation_a, occupation_b, shared (number
        of skills named in both), between, within (0 to 1; missing where one has fewer than two
        people who named skills), sentence.

    Examples
    --------
    >>> infonb.sample("example").findings().skill_overlap().shared.sum()
    np.int64(1)
    """
    named = with_names(skills)
    lists: dict[str, list[frozenset[object]]] = {}
    for occupation in occupations:
        mine = named[named["occupation"] == occupation]
        if len(mine):
            lists[occupation] = [
                ranked_only(part["name"].tolist(), part["rank"].to_numpy("float64", na_value=nan))
                for _, part in mine.groupby("person", sort=False)
            ]
    rows = []
    for a, b in combinations(lists, 2):
        found = compare(lists[a], lists[b])
        rows.append(
            {
                "occupation_a": a, "occupation_b": b, "shared": len(found.shared),
                "between": found.between, "within": found.within,
                "sentence": _overlap_sentence(a, b, [str(s) for s in found.shared], found),
            }
        )  # fmt: skip
    return frame(
        rows,
        {
            "occupation_a": TEXT, "occupation_b": TEXT, "shared": WHOLE, "between": REAL,
            "within": REAL, "sentence": TEXT,
        },
    )  # fmt: skip


def _overlap_sentence(a: str, b: str, shared: list[str], found: Comparison) -> str:
    if not shared:
        return f"No skill is named for both {a} and {b} in the same words."
    told = f"{a} and {b} share {a_few(shared)}."
    if found.between != found.between:
        return f"{told} With so few lists there is nothing to compare that with."
    if found.within == 0:
        return f"{told} People inside one occupation share nothing in the same words either."
    ratio = found.between / found.within
    how = "about as much as" if 0.75 <= ratio <= 1.33 else "more than" if ratio > 1 else "less than"
    return f"{told} Two of them share {how} two people of one occupation do."
