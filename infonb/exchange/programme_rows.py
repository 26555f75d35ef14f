"""What a journal gives to a programme: rows without names, and without texts unless asked for.

The same rows stand in what a student hands in and in a programme's Parquet folder. What tells a
person or an interview here is told again by a key of the programme's own when it is collected
(`infonb.exchange.parquet`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from infonb import method, reference
from infonb.frame import to_records
from infonb.journal import columns

if TYPE_CHECKING:
    from infonb.findings import Findings
    from infonb.journal import Journal

Rows = dict[str, list[dict[str, Any]]]

TABLES: dict[str, dict[str, str]] = {
    "journals": {
        "interviews": "whole", "questions": "whole", "thank_yous": "whole", "reflections": "whole",
    },
    "occupations": {"occupation": "text", "soc": "text", "interest": "whole"},
    "interviews": {
        "interview": "id", "occupation": "text", "soc": "text", "person": "id",
        "status": "text", "nth": "whole", "month": "text", "minutes": "whole",
        "confidence_before": "whole", "confidence_after": "whole", "weight": "real",
    },
    "answers": {
        "interview": "id", "occupation": "text", "soc": "text", "person": "id",
        "question": "text", "text": "text", "rating": "whole", "why": "text", "weight": "real",
        "month": "text",
    },
    "skills": {
        "interview": "id", "occupation": "text", "soc": "text", "person": "id",
        "skill": "text", "skill_id": "text", "kind": "text", "rank": "whole",
    },
    "expectations": {
        "occupation": "text", "soc": "text", "question": "text", "expected": "whole",
        "late": "truth",
    },
    "questions": {"question": "text", "prompt": "text"},
}  # fmt: skip
"""Table -> its columns and their kinds; ``id`` tells things apart and says nothing else."""

ALL_TEXTS = True
"""In place of question keys: the texts of every question."""

_SAID_BY_ONESELF = (method.NOTES.key, method.ASK_NEXT.key)
_SKILLS = "top_skills"


def rows_of(
    journal: Journal, *, redact: bool = True, texts: Collection[str] | bool = False
) -> Rows:
    """What a journal gives to a programme.

    Parameters
    ----------
    journal : Journal
    redact : bool
        Whether names and contacts stay out of the texts and titles, too. Answers off the record
        are never given.
    texts : collection of str, or bool
        Keys of the questions whose texts are given; True for all. The words of a skill that no
        catalogue knows are a text of ``top_skills``, the prompt of an own question one of its own.

    Returns
    -------
    dict of str to list of dict
        Table to rows with the columns of `TABLES`. A question of one's own is called by the hash
        of its prompt, so that the same one is the same in every journal. Days are months.

    Examples
    --------
    >>> {table: len(rows) for table, rows in rows_of(journal).items() if rows}
    {'journals': 1, 'occupations': 1, 'interviews': 1}
    """
    findings, stored = journal.findings(redact=redact), journal.rows()
    wanted = _Wanted(texts)
    keys = {key: _question(key, q.prompt) for key, q in findings.questions.items()}
    soc = dict(zip(findings.occupations["occupation"], findings.occupations["soc"], strict=True))

    def of(row: Mapping[str, Any]) -> dict[str, Any]:
        """The occupation and the people of a row, as a programme tells them."""
        code = soc[row["occupation"]]
        told: dict[str, Any] = {"soc": code if isinstance(code, str) else None}
        for kind in ("interview", "person"):
            if kind in row:
                told[kind] = local_id(journal.id, kind, row[kind])
        if "date" in row:
            told["month"] = _month(row["date"])
        return {**row, **told}

    answers = [
        {
            **of(row), "question": keys.get(row["question"], _question(row["question"], "")),
            "text": row["text"] if wanted(row["question"]) else "",
            "why": row["why"] if wanted(row["question"]) else None,
        }
        for row in to_records(findings.answers)
        if not row["private"]
        and (row["question"] not in _SAID_BY_ONESELF or wanted(row["question"]))
    ]  # fmt: skip
    given: Rows = {
        "journals": [_done(findings, stored)],
        "occupations": [of(row) for row in to_records(findings.occupations)],
        "interviews": [of(row) for row in _numbered(findings)],
        "answers": answers,
        "skills": [_skill(of(row), wanted(_SKILLS)) for row in to_records(findings.skills)],
        "expectations": [
            {**of(row), "question": keys[row["question"]], "expected": round(row["expected"])}
            for row in to_records(findings.expectations())
            if row["question"] in keys
        ],
        "questions": [
            {"question": keys[key], "prompt": findings.questions[key].prompt}
            for key in keys
            if keys[key] != key and wanted(key)
        ],
    }
    return {
        table: [{name: row.get(name) for name in columns} for row in given[table]]
        for table, columns in TABLES.items()
    }


class _Wanted:
    """Whether the text of a question is given."""

    def __init__(self, texts: Collection[str] | bool) -> None:
        self._texts = texts

    def __call__(self, question: str) -> bool:
        return self._texts if isinstance(self._texts, bool) else question in self._texts


def local_id(journal: str, kind: str, id: str) -> str:
    """What tells a person or an interview in one journal's rows; it can't be turned back."""
    said = "\0".join((journal, kind, id))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _question(key: str, prompt: str) -> str:
    if key in method.QUESTIONS or key in _SAID_BY_ONESELF:
        return key
    asked = re.sub(r"\W+", " ", columns.fold_title(prompt or key)).strip()
    return f"own-{hashlib.sha256(asked.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _skill(row: dict[str, Any], words: bool) -> dict[str, Any]:
    """A skill of the catalogue by its name; others by a hash of their words, or by the words."""
    if row["skill_id"] is not None and reference.skill(row["skill_id"]):
        return row
    said = " ".join((row["skill"] or row["phrase"]).split())
    number = hashlib.sha256(said.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return {**row, "skill": said if words else None, "skill_id": f"own-{number}", "kind": "own"}


def _numbered(findings: Findings) -> list[dict[str, Any]]:
    """Interviews, those held with their number in order of date."""
    order = {row["interview"]: row["order"] for row in to_records(findings.confidence())}
    return [{**row, "nth": order.get(row["interview"])} for row in to_records(findings.interviews)]


def _done(findings: Findings, stored: Mapping[str, list[dict[str, Any]]]) -> dict[str, int]:
    """What a student did, in numbers."""
    held = findings.interviews["status"] == "done"
    tasks = [row for row in stored["task"] if row["kind"] == "thank_you" and row["done_at"]]
    said = findings.answers
    answered = said[(said["text"].str.strip() != "") | said["rating"].notna()]
    return {
        "interviews": int(held.sum()), "questions": len(answered),
        "thank_yous": len(tasks), "reflections": len(stored["reflection"]),
    }  # fmt: skip


def _month(date: str | None) -> str | None:
    return date[:7] if date else None
