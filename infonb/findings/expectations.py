"""What was expected before the first interview, beside what was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from infonb.findings import bayes
from infonb.findings.bayes import Numbers
from infonb.findings.ratings import rated
from infonb.findings.verdict import ENOUGH
from infonb.frame import REAL, TEXT, TRUTH, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

_LIVED = {
    "occupation": TEXT, "question": TEXT, "lived": WHOLE, "text": TEXT, "date": TEXT,
    "expected": REAL, "n": WHOLE, "heard": REAL, "mean": REAL, "low": REAL, "high": REAL,
}  # fmt: skip
_COLUMNS = {
    "occupation": TEXT, "question": TEXT, "expected": REAL, "n": WHOLE, "heard": REAL,
    "shift": REAL, "mean": REAL, "low": REAL, "high": REAL, "official": REAL, "chance": REAL,
    "surprise": TRUTH, "late": TRUTH,
}  # fmt: skip


def shift(counts: ArrayLike, expected: ArrayLike) -> Numbers:
    """By how much what was heard differs from what was expected; people only.

    The imaginary interviewee isn't somebody heard, so that three fives where five was expected
    are no shift.

    Parameters
    ----------
    counts
        Shape (..., K), as from `bayes.count_by_group`.
    expected
        Shape (...): 1 to K.

    Returns
    -------
    ndarray, shape (...)
        Weighted mean of the ratings less what was expected; NaN where nobody was heard.

    Examples
    --------
    >>> shift([[0, 0, 0, 2, 0], [0, 0, 0, 0, 0]], [5, 3]).tolist()
    [-1.0, nan]
    """
    counts = np.asarray(counts, dtype=float)
    total = counts.sum(axis=-1)
    points = counts @ np.arange(1, counts.shape[-1] + 1)
    heard = points / np.where(total > 0, total, 1.0)
    return np.where(total > 0, heard - np.asarray(expected, dtype=float), np.nan)


def surprise(counts: ArrayLike, expected: ArrayLike, people: ArrayLike) -> NDArray[np.bool_]:
    """Whether what was heard is a surprise: two people or more, and a gap that is likely.

    Parameters
    ----------
    counts
        Shape (..., K).
    expected
        Shape (...): 1 to K.
    people
        Shape (...): people with a rating and a weight above 0.

    Examples
    --------
    >>> surprise([[0, 2, 1, 0, 0], [0, 0, 3, 0, 0]], [4, 4], [3, 3]).tolist()
    [True, False]
    """
    return (np.asarray(people) >= ENOUGH) & (bayes.chance_of_a_gap(counts, expected) >= bayes.SURE)


def lived(
    tried: pd.DataFrame, expected: pd.DataFrame, answers: pd.DataFrame, summary: pd.DataFrame
) -> pd.DataFrame:
    """What was lived beside what had been expected and heard; see `Findings.lived`."""
    beside = tried[["occupation", "question"]].drop_duplicates()
    first = expected[expected["expected"].notna()]
    first = first.set_index(["occupation", "question"])["expected"].to_dict()
    told = rated(answers)
    told = told[told["weight"] > 0]
    points = told.assign(points=told["rating"] * told["weight"])
    sums = points.groupby(["occupation", "question"])[["points", "weight"]].sum()
    found = summary.set_index(["occupation", "question"])
    known = {}
    for pair in map(tuple, beside.to_numpy()):
        known[pair] = {"expected": first.get(pair), "n": 0}
        if pair in found.index and found.loc[pair, "n"]:
            heard = float(sums.loc[pair, "points"] / sums.loc[pair, "weight"])
            known[pair] |= found.loc[pair, ["n", "mean", "low", "high"]].to_dict()
            known[pair]["heard"] = heard
    rows = tried.sort_values("date", kind="stable").to_dict("records")
    return frame([{**row, **known[row["occupation"], row["question"]]} for row in rows], _LIVED)


def expectations(
    expected: pd.DataFrame,
    answers: pd.DataFrame,
    summary: pd.DataFrame,
    official: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What was expected of each occupation beside what people said of it.

    Parameters
    ----------
    expected : DataFrame
        occupation, question, expected (1 to 5, missing where none was noted), late (whether it was
        noted after a first interview about the occupation).
    answers : DataFrame
        Frame of a snapshot.
    summary : DataFrame
        From `infonb.findings.ratings.ratings`.
    official : DataFrame, optional
        From `infonb.findings.outlook.outlook`: the figures' score of the outlook.

    Returns
    -------
    DataFrame
        One row per expectation noted, in their order: occupation, question, expected, n (people
        heard, with weight), heard (their weighted mean), shift (heard less expected), mean, low,
        high (with the imaginary interviewee, as everywhere), official (1 to 5, of the outlook
        alone), chance (of a gap above 0.75 in one
        direction), surprise (two people or more, chance at least 0.8; never where ``late``), late.
        What nobody was heard on yet is missing.

    Examples
    --------
    >>> import pandas
    >>> findings = infonb.sample("example").findings()
    >>> expected = pandas.DataFrame({"occupation": ["Occupational therapist"],
    ...     "question": ["preparation"], "expected": [5], "late": [False]})
    >>> found = expectations(expected, findings.answers, findings.ratings())
    >>> found["shift"].round(2).tolist(), found["surprise"].tolist()
    ([-2.62], [True])
    """
    noted = expected[expected["expected"].notna()]
    told = rated(answers)
    told = told[told["weight"] > 0]
    found = summary.set_index(["occupation", "question"])
    figures: dict[str, float] = {}
    if official is not None:
        known = official[official["official_score"].notna()]
        figures = dict(zip(known["occupation"], known["official_score"], strict=True))
    rows = []
    for row in noted.to_dict("records"):
        pair = row["occupation"], row["question"]
        late = bool(row["late"])
        base = {"occupation": pair[0], "question": pair[1], "expected": row["expected"],
                "official": figures.get(pair[0]) if pair[1] == "outlook" else None}  # fmt: skip
        people = int(found.loc[pair, "n"]) if pair in found.index else 0
        if not people:
            rows.append({**base, "n": 0, "late": late})
            continue
        said = told[(told["occupation"] == pair[0]) & (told["question"] == pair[1])]
        counts = bayes.count(
            said["rating"].to_numpy(dtype=np.int64), said["weight"].to_numpy(dtype=float)
        )
        moved = float(shift(counts, row["expected"]))
        band = found.loc[pair, ["mean", "low", "high"]].astype(float).to_dict()
        rows.append(
            {
                **base, **band, "n": people, "heard": row["expected"] + moved, "shift": moved,
                "chance": float(bayes.chance_of_a_gap(counts, row["expected"])),
                "surprise": not late and bool(surprise(counts, row["expected"], people)),
                "late": late,
            }
        )  # fmt: skip
    return frame(rows, _COLUMNS)
