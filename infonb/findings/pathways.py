"""How people got in, what it took, and what the typical way in is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb import reference
from infonb.frame import REAL, TEXT, WHOLE, frame, to_records

if TYPE_CHECKING:
    import pandas as pd

STEPS = ("path_in", "preparation", "entry_level", "progression", "advancement")
"""The questions that tell a pathway, in its order."""

_OFFICIAL = ("education", "experience", "training", "job_zone")


def pathways(occupations: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """What people said about the way in and up, beside the typical entry.

    Parameters
    ----------
    occupations, answers : DataFrame
        Frames of a snapshot.

    Returns
    -------
    DataFrame
        One row per answer to one of the five questions of `STEPS`: occupation, soc, person,
        question, text, rating, weight, publisher, then what the projections call typical for a
        newcomer: education, experience, training, and O*NET's job_zone (1 to 5), missing where
        not known.

    Examples
    --------
    >>> infonb.sample().findings().pathways().question.unique().tolist()[:2]
    ['path_in', 'preparation']
    """
    told = answers[answers["question"].isin(STEPS)]
    place = {title: number for number, title in enumerate(occupations["occupation"])}
    rows = [{**row, **_typical(row["soc"])} for row in told.to_dict("records")]
    rows.sort(key=lambda row: (place[row["occupation"]], STEPS.index(row["question"])))
    return frame(
        rows,
        {
            "occupation": TEXT, "soc": TEXT, "person": TEXT, "question": TEXT, "text": TEXT,
            "rating": WHOLE, "weight": REAL, "publisher": TEXT, "education": TEXT,
            "experience": TEXT, "training": TEXT, "job_zone": WHOLE,
        },
    )  # fmt: skip


def _typical(soc: object) -> dict[str, object]:
    facts = reference.occupation(soc) if isinstance(soc, str) else None
    return {column: getattr(facts, column, None) for column in _OFFICIAL}


def typical_entries(pathways: pd.DataFrame) -> dict[str, tuple[str, int | None]]:
    """What the projections call typical, by occupation: education, and O*NET's Job Zone if known.

    Parameters
    ----------
    pathways : DataFrame
        From `pathways`.

    Examples
    --------
    >>> typical_entries(infonb.sample().findings().pathways())["Registered nurse"]
    ("Bachelor's degree", 4)
    """
    known = pathways[pathways["education"].notna()].drop_duplicates("occupation")
    return {row["occupation"]: (row["education"], row["job_zone"]) for row in to_records(known)}
