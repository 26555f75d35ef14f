"""Skills: who named what, in which occupation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from infonb.frame import TEXT, TRUTH, WHOLE, frame

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
