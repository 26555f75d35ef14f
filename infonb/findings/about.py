"""Everything that was said about one occupation, question by question, and how it is shortened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.frame import REAL, TEXT, WHOLE, frame, to_records
from infonb.method import Question

if TYPE_CHECKING:
    import pandas as pd

_A_SENTENCE_ENDS = re.compile(r"[.!?][”“\"’]?(?=\s)")
_A_FEW_WORDS_MORE = 3
"""Nobody is sent elsewhere for so few."""


def about(
    occupation: str,
    answers: pd.DataFrame,
    summary: pd.DataFrame,
    importances: Mapping[str, float],
    questions: Mapping[str, Question],
) -> pd.DataFrame:
    """All that was said about one occupation, what matters most to you first.

    Parameters
    ----------
    occupation : str
        Its title.
    answers : DataFrame
        Frame of a snapshot.
    summary : DataFrame
        From `infonb.findings.ratings.ratings`.
    importances : mapping of str to float
        Question to importance, where one was stated.
    questions : mapping of str to infonb.method.Question
        In the order of the agenda.

    Returns
    -------
    DataFrame
        One row per answer that has words or a rating and is not private: question, heading (its
        short label), person, speaker (the person beside the occupation's title: "person 2", or
        the publisher), rating, weight, text, why (your remark), agreement (as in `ratings`),
        importance. Questions by importance, then in the agenda's order; within one from the
        lowest rating to the highest, unrated last.

    Examples
    --------
    >>> said = infonb.sample("example").findings(redact=True).about("Landscape architect")
    >>> said[["question", "speaker", "rating"]].head(2).to_numpy().tolist()
    [['enjoy_most', 'person 3', 4], ['enjoy_most', 'person 1', 5]]
    """
    agreement = {
        row["question"]: row["agreement"]
        for row in to_records(summary[summary["occupation"] == occupation])
    }
    rank = {key: place for place, key in enumerate(questions)}
    rows = []
    for row in to_records(answers[answers["occupation"] == occupation]):
        key = row["question"]
        if row["private"] or not ((row["text"] or "").strip() or row["rating"]):
            continue
        heading = questions[key].short if key in questions else key
        rows.append(
            {
                **row, "heading": heading, "speaker": speaker(row), "text": row["text"] or "",
                "agreement": agreement.get(key), "importance": importances.get(key),
            }
        )  # fmt: skip
    rows.sort(
        key=lambda row: (
            -(row["importance"] or 0), rank.get(row["question"], len(rank)),
            row["rating"] is None, row["rating"] or 0,
        )
    )  # fmt: skip
    return frame(
        rows,
        {
            "question": TEXT, "heading": TEXT, "person": TEXT, "speaker": TEXT, "rating": WHOLE,
            "weight": REAL, "text": TEXT, "why": TEXT, "agreement": TEXT, "importance": REAL,
        },
    )  # fmt: skip


def known(occupation: str, occupations: list[str]) -> str:
    """The title, if the journal has it; else an error that says which it has.

    Examples
    --------
    >>> known("Nurse", ["Nurse"])
    'Nurse'
    """
    if occupation in occupations:
        return occupation
    there = f"there are {', '.join(occupations)}" if occupations else "there is none yet"
    raise InfonbError(f"No occupation {occupation!r} in these findings; {there}.")


def speaker(row: Mapping[str, Any]) -> str:
    """Who said it, where the occupation's title stands beside it already.

    Examples
    --------
    >>> speaker({"person": "Nurse 2", "occupation": "Nurse", "publisher": None})
    'person 2'
    >>> speaker({"person": "Ada Lund", "occupation": "Nurse", "publisher": "JobShadow.com"})
    'JobShadow.com'
    """
    if row.get("publisher"):
        return str(row["publisher"])
    person, title = str(row.get("person") or ""), str(row.get("occupation") or "")
    rest = person.removeprefix(title).strip()
    return f"person {rest}" if person != rest and rest.isdigit() else person


def with_quotation_marks(text: str) -> str:
    """Straight quotation marks and apostrophes as print has them.

    Examples
    --------
    >>> with_quotation_marks('She doesn\\'t mind. "A day like this."')
    'She doesn’t mind. “A day like this.”'
    """
    text = re.sub(r'"([^"]*)"', r"“\1”", text)
    return re.sub(r"(?<=\w)'(?=\w)|(?<=s)'(?= )", "’", text)


def cut(text: str, words: int) -> tuple[str, str]:
    """The beginning of a text, and the rest.

    Parameters
    ----------
    text : str
        What was said.
    words : int
        About how many the beginning may have: whole sentences, else whole clauses, else words.

    Returns
    -------
    tuple of (str, str)
        The two parts as they stand in the text; the second is empty where all of it fits.

    Examples
    --------
    >>> cut("Quiet winters. From April to June every evening, and every weekend, too.", 4)
    ('Quiet winters.', 'From April to June every evening, and every weekend, too.')
    """
    text = text.strip()
    if len(text.split()) <= words + _A_FEW_WORDS_MORE:
        return text, ""
    kept = ""
    for end in _A_SENTENCE_ENDS.finditer(text):
        if len(text[: end.end()].split()) <= words:
            kept = text[: end.end()]
    if len(kept.split()) < words * 0.35:
        kept = "".join(re.findall(r"\S+\s*", text)[:words]).rstrip()
        clause = re.match(r"(.+\S[,;:])\s", kept + " ", re.DOTALL)  # rather after a clause
        if clause and len(clause[1].split()) > words * 0.5:
            kept = clause[1]
    return kept, text[len(kept) :].lstrip()


def shortened(text: str, words: int) -> str:
    """The beginning of a text, with a sign that more follows where it ends within a sentence.

    Examples
    --------
    >>> shortened("Every third weekend and some of the holidays in a hospital.", 5)
    'Every third weekend and some …'
    """
    kept, rest = cut(text, words)
    if not rest:
        return kept
    if kept.count("“") > kept.count("”"):
        return f"{kept} …”"
    return kept if kept.endswith((".", "!", "?", "”")) else f"{kept.rstrip(',;:')} …"
