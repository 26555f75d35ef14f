"""Ratings per occupation and question: the frames around `infonb.findings.bayes`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from infonb.errors import InfonbError
from infonb.findings import bayes, verdict
from infonb.frame import REAL, TEXT, WHOLE, frame, from_columns

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = {
    "occupation": TEXT, "question": TEXT, "n": WHOLE, "weight": REAL, "mean": REAL, "low": REAL,
    "high": REAL, "agreement": TEXT, "apart": REAL, "next_high": REAL,
}  # fmt: skip


_DIFFERENCES = {
    "question": TEXT, "higher": TEXT, "lower": TEXT, "gap": REAL, "chance": REAL, "verdict": TEXT,
}  # fmt: skip
_VERDICTS = (verdict.CLEAR, verdict.HINT, verdict.TOO_FEW)


def rated(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that carry a rating."""
    return answers[answers["rating"].notna()]


def ratings(
    answers: pd.DataFrame,
    occupations: Sequence[str],
    questions: Sequence[str],
    level: float = 0.8,
) -> pd.DataFrame:
    """Mean rating with its band, per occupation and question.

    Every mean counts one imaginary interviewee, spread evenly over the answers; formulas in
    `infonb.findings.bayes`. The band says how much so few people can tell if they are
    typical; it can't say whether they are.

    Parameters
    ----------
    answers : DataFrame
        occupation, person, question, rating (1 to 5), weight (0 to 1).
    occupations, questions : sequence of str
        The order of the rows.
    level : float
        Credibility of the band, between 0 and 1.

    Returns
    -------
    DataFrame
        One row per occupation and question with at least one rating: occupation, question,
        n (people with weight above 0), weight (sum), mean, low, high (1 to 5, missing where
        n is 0), agreement ("one voice", "agree", "mixed", "split"), apart (share of pairs two
        or more apart, 0 to 1, missing where n < 2), next_high (chance that the next person
        rates 4 or 5).

    Raises
    ------
    InfonbError
        When ``level`` isn't between 0 and 1.

    Examples
    --------
    >>> infonb.sample().findings().ratings().round(2).iloc[0][["n", "mean"]].tolist()
    [1, 3.5]
    """
    check_level(level)
    given = rated(answers)
    pairs = _pairs(given, occupations, questions)
    if not pairs:
        return frame([], _COLUMNS)
    group = _groups(given, pairs)
    values = given["rating"].to_numpy(dtype=np.int64)
    weights = given["weight"].to_numpy(dtype=float)
    counts = bayes.count_by_group(group, values, weights, groups=len(pairs))
    squares = np.bincount(group, weights=weights**2, minlength=len(pairs))
    heard = weights > 0
    people = given["person"].to_numpy(dtype=object)
    n = np.array(
        [len(set(people[(group == g) & heard])) for g in range(len(pairs))], dtype=np.int64
    )
    voices = np.bincount(group[heard], minlength=len(pairs))
    lowest, highest = np.full(len(pairs), 9), np.zeros(len(pairs), dtype=np.int64)
    np.minimum.at(lowest, group[heard], values[heard])
    np.maximum.at(highest, group[heard], values[heard])
    return from_columns(
        {
            "occupation": [pair[0] for pair in pairs],
            "question": [pair[1] for pair in pairs],
            **of_sums(counts, squares, n, voices, lowest, highest, level),
        },
        _COLUMNS,
    )


def check_level(level: float) -> None:
    """Refuse a credibility that isn't between 0 and 1."""
    if not 0 < level < 1:
        raise InfonbError(f"level is {level!r}; it must lie between 0 and 1, such as 0.8.")


def of_sums(
    counts: ArrayLike,
    squares: ArrayLike,
    n: ArrayLike,
    voices: ArrayLike,
    lowest: ArrayLike,
    highest: ArrayLike,
    level: float = 0.8,
) -> dict[str, Any]:
    """The columns of `ratings` from sums over groups of answers: one journal's, or a programme's.

    Parameters
    ----------
    counts
        Shape (g, 5): weight given to each answer of the scale.
    squares
        Shape (g,): sum of the squared weights.
    n
        Shape (g,): people with weight.
    voices
        Shape (g,): ratings with weight; more than `n` where somebody was asked twice.
    lowest, highest
        Shape (g,): of the ratings with weight.
    level
        Of the band.

    Returns
    -------
    dict of str to array
        n, weight, mean, low, high, agreement, apart, next_high; missing where `n` is 0.

    Examples
    --------
    >>> found = of_sums([[0, 0, 0, 2, 1]], [3], [3], [3], [4], [5])
    >>> found["mean"].tolist(), found["low"].round(3).tolist(), found["agreement"]
    ([4.0], [3.389], ['agree'])
    """
    counts, n = np.asarray(counts, dtype=float), np.asarray(n, dtype=np.int64)
    band = bayes.bands(counts, level)
    following = bayes.next_person(counts).mean
    known = n > 0
    return {
        "n": n,
        "weight": counts.sum(axis=1),
        "mean": np.where(known, band.mean, np.nan),
        "low": np.where(known, band.low, np.nan),
        "high": np.where(known, band.high, np.nan),
        "agreement": list(bayes.agreements(voices, lowest, highest)),
        "apart": bayes.aparts(counts, squares, voices),
        "next_high": np.where(known, following, np.nan),
    }


def _pairs(
    given: pd.DataFrame, occupations: Sequence[str], questions: Sequence[str]
) -> list[tuple[str, str]]:
    there = set(zip(given["occupation"], given["question"], strict=True))
    return [(o, q) for o in occupations for q in questions if (o, q) in there]


def _groups(given: pd.DataFrame, pairs: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
    """Place of each answer's pair among the pairs."""
    place = {pair: number for number, pair in enumerate(pairs)}
    return np.array([place[p] for p in zip(given["occupation"], given["question"], strict=True)])


def differences(answers: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    """Which occupation sounds better than which, question by question, and how surely.

    Parameters
    ----------
    answers : DataFrame
        Frame of a snapshot.
    summary : DataFrame
        From `ratings`, with bands of 80 %.

    Returns
    -------
    DataFrame
        One row per question and pair of occupations both rated: question, higher and lower
        (occupations), gap (between the two means, points of the scale), chance (that the true gap
        is more than half a step), verdict ("clear", "hint" or "too few to tell"). The clear ones
        come first, the widest gap at the front.

    Examples
    --------
    >>> infonb.sample("example").findings().differences().iloc[0]["verdict"]
    'clear'
    """
    known = summary[summary["n"] > 0].reset_index(drop=True)
    pairs = list(zip(known["occupation"], known["question"], strict=True))
    given = rated(answers)
    given = given[given["weight"] > 0]
    counts = bayes.count_by_group(
        _groups(given, pairs), given["rating"].to_numpy(dtype=np.int64),
        given["weight"].to_numpy(dtype=float), groups=len(pairs),
    )  # fmt: skip
    mean, low, high = (known[name].to_numpy(dtype=float) for name in ("mean", "low", "high"))
    both = [
        (one, other) if mean[one] >= mean[other] else (other, one)
        for one, other in combinations(range(len(pairs)), 2)
        if pairs[one][1] == pairs[other][1]
    ]
    if not both:
        return frame([], _DIFFERENCES)
    above, below = np.array(both).T
    # With few people many pairs look the same: each is computed once.
    alike, which = np.unique(np.hstack([counts[above], counts[below]]), axis=0, return_inverse=True)
    chance = bayes.chance_apart(alike[:, : bayes.SCALE], alike[:, bayes.SCALE :])[which.ravel()]
    people = known["n"].to_numpy(dtype=np.int64)
    overlap = bayes.too_few_to_tell(
        *(bayes.Band(mean[side], low[side], high[side]) for side in (above, below))
    )
    words = verdict.differences(chance, people[above], people[below], overlap)
    gap = mean[above] - mean[below]
    order = np.lexsort((-gap, [_VERDICTS.index(word) for word in words]))
    return from_columns(
        {
            "question": [pairs[place][1] for place in above[order]],
            "higher": [pairs[place][0] for place in above[order]],
            "lower": [pairs[place][0] for place in below[order]],
            "gap": gap[order], "chance": chance[order], "verdict": list(words[order]),
        },
        _DIFFERENCES,
    )  # fmt: skip


def contradictions(answers: pd.DataFrame, summary: pd.DataFrame) -> pd.DataFrame:
    """Where people of one occupation are split: the lowest and the highest voice, side by side.

    Parameters
    ----------
    answers : DataFrame
        Frame of a snapshot.
    summary : DataFrame
        From `ratings`.

    Returns
    -------
    DataFrame
        Two rows per split question, the low voice first: occupation, question, person, rating,
        text, weight, publisher. Those most apart come first.

    Examples
    --------
    >>> split = infonb.sample("example").findings().contradictions()
    >>> split.rating.tolist()[:2]
    [2, 5]
    """
    heard = rated(answers)
    heard = heard[heard["weight"] > 0]
    rows = []
    for pair in summary[summary["agreement"] == "split"].to_dict("records"):
        voices = heard[
            (heard["occupation"] == pair["occupation"]) & (heard["question"] == pair["question"])
        ].sort_values("rating", kind="stable")
        rows.append(voices.iloc[[0, -1]].to_dict("records"))
    rows.sort(key=lambda both: both[0]["rating"] - both[1]["rating"])
    return frame(
        [row for both in rows for row in both],
        {
            "occupation": TEXT, "question": TEXT, "person": TEXT, "rating": WHOLE, "text": TEXT,
            "weight": REAL, "publisher": TEXT,
        },
    )  # fmt: skip


def matrix(
    answers: pd.DataFrame,
    occupations: Sequence[str],
    questions: Sequence[str],
    value: str = "rating",
) -> pd.DataFrame:
    """Question × occupation.

    Parameters
    ----------
    answers : DataFrame
        Frame of a snapshot.
    occupations, questions : sequence of str
        The order of columns and rows.
    value : str
        ``"rating"``: the mean as in `ratings`. ``"n"``: how many people rated. ``"text"``: what
        was said, one line per person.

    Returns
    -------
    DataFrame
        Index ``question`` (those with an answer), one column per occupation; missing where
        nothing was said.

    Raises
    ------
    InfonbError
        When ``value`` is none of the three.

    Examples
    --------
    >>> infonb.sample().findings().matrix("n").loc["enjoy_most", "Librarian"]
    3
    """
    import pandas as pd

    if value not in ("rating", "n", "text"):
        raise InfonbError(f"value is {value!r}; choose rating, n or text.")
    if value == "text":
        said = answers[answers["text"].str.strip() != ""]
        lines = said["person"] + ": " + said["text"]
        cells = (
            said.assign(line=lines)
            .groupby(["occupation", "question"], sort=False)["line"]
            .agg("\n".join)
            .reset_index()
        )
        column, kind = "line", "str"
    else:
        cells = ratings(answers, occupations, questions)
        column = "mean" if value == "rating" else "n"
        kind = "double[pyarrow]" if value == "rating" else "int64[pyarrow]"
    there = set(cells["question"])
    index = pd.Index([q for q in questions if q in there], name="question", dtype="str")
    table = pd.DataFrame(index=index, columns=pd.Index(occupations, name="occupation", dtype="str"))
    by_occupation = {
        o: part.set_index("question")[column] for o, part in cells.groupby("occupation")
    }
    for occupation in occupations:
        part = by_occupation.get(occupation)
        values = pd.Series(index=index, dtype=kind) if part is None else part.reindex(index)
        table[occupation] = values.astype(kind)
    return table
