"""What was said off the record stays so in a transcript, too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Rows = Mapping[str, list[dict[str, Any]]]

_MARK = "[off the record]"
_SHORTEST = 20
"""Characters of a turn; shorter ones could be anybody's words."""


def on_the_record(rows: Rows) -> Rows:
    """The rows of a journal, with the words of answers off the record covered in transcripts.

    A turn, or a paragraph, that such an answer of the same interview holds is covered, each
    character by one, so that passages stay where they are.

    Parameters
    ----------
    rows : mapping of str to list of dict
        As `infonb.journal.Journal.rows` gives them.

    Examples
    --------
    >>> said = "Honestly, I'd leave."
    >>> answer = journal.record_answer(interview, "notes", text=said, private=True)
    >>> kept = journal.add_transcript(interview, text="Well.\\n\\nHonestly, I'd leave.")
    >>> on_the_record(journal.rows())["transcript"][0]["text"]
    'Well.\\n\\n[off the record]████'
    """
    secrets: dict[str, list[str]] = {}
    for row in rows.get("answer", ()):
        if row["private"] and len(row["text"].strip()) >= _SHORTEST:
            secrets.setdefault(row["interview_id"], []).append(row["text"])
    if not secrets or not rows.get("transcript"):
        return rows
    covered = [
        _covered(row, secrets[row["interview_id"]]) if row["interview_id"] in secrets else row
        for row in rows["transcript"]
    ]
    return {**rows, "transcript": covered}


def _covered(row: dict[str, Any], secrets: list[str]) -> dict[str, Any]:
    turns = json.loads(row["turns"]) if row["turns"] else []
    text = row["text"]
    said = sorted({*_parts(turns, text, secrets), *secrets}, key=len, reverse=True)
    for part in said:
        text = text.replace(part, _cover(part))
        for turn in turns:
            turn["text"] = turn["text"].replace(part, _cover(part))
    stored = json.dumps(turns, ensure_ascii=False) if turns else row["turns"]
    return {**row, "text": text, "turns": stored}


def _parts(turns: list[dict[str, Any]], text: str, secrets: list[str]) -> Iterator[str]:
    """The turns and paragraphs that an answer off the record holds."""
    for part in (*(turn["text"] for turn in turns), *text.split("\n\n")):
        part = part.strip()
        if len(part) >= _SHORTEST and any(part in secret for secret in secrets):
            yield part


def _cover(part: str) -> str:
    return _MARK + "█" * (len(part) - len(_MARK))
