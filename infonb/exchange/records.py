"""From the rows of a journal to records in the shape of JSON Lines, in an order to take them in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infonb import method
from infonb.journal import columns
from infonb.privacy.redact import RedactedRows, Redaction, unnamed

Row = Mapping[str, Any]
Rows = Mapping[str, list[dict[str, Any]]]

LEFT_OUT = "redacted"
"""The key that marks a record whose names were left out: it never overwrites what is there."""

_PERSON = (
    "id", "name", "job_title", "organisation", "email", "phone", "source", "name_from",
    "referred_by", "has_card", "may_be_named", "notes", "workplace", "years", "profile",
)  # fmt: skip


_IDS = ("id", "referred_by", "interview")


_PARTS = {
    "interview": (
        "label", "occupation", "soc", "person", "research", "questions", "answers", "skills",
        "referrals", "leads", "conduct", "tasks", "messages",
    ),
    "question": ("formerly",),
    "importance": ("question",),
    "coding": ("interview", "question", "transcript", "theme"),
    "transcript": ("interview", "answers"),
    "decision": ("occupation",),
    "expectation": ("occupation",),
    "contact": ("person", "contact"),
    "consent": ("person",),
    "reflection": ("interview",),
    "outcome": ("outcome",),
    "owed": ("task",),
}  # fmt: skip
"""Kind of record -> keys of it that are no columns of its table: what it belongs to, its parts."""

_UNDER_ANOTHER_KEY = {
    "interview": ("person_id", "occupation_id", "research_occupation", "research_organisation"),
    "contact": ("kind",), "outcome": ("kind",), "owed": ("kind",), "answer": ("question",),
}  # fmt: skip
"""Kind of record -> columns that a file holds in another place."""


def _keys(kind: str, *more: str, table: str = "") -> tuple[str, ...]:
    held = columns.COLUMNS[table or kind]
    apart = _UNDER_ANOTHER_KEY.get(kind, ())
    return (*more, *(column for column in held if column not in apart), *_PARTS.get(kind, ()))


_RECORDS = (
    "interview", "person", "occupation", "question", "strength", "importance", "theme", "coding",
    "transcript", "decision", "expectation", "contact", "consent", "reflection", "outcome",
)  # fmt: skip

KNOWN: dict[str, tuple[str, ...]] = {
    **{kind: _keys(kind, "id", LEFT_OUT) for kind in _RECORDS},
    "owed": _keys("owed", "id", LEFT_OUT, table="task"),
    **{kind: _keys(kind) for kind in ("answer", "lead", "task")},
    "skill": _keys("skill", table="skill_mention"),
    "setting": ("id", "setting", "value", LEFT_OUT),
    "referral": ("name", "note"),
    "research": ("occupation", "organisation"),
}
"""Kind of record, or of a part of one -> the keys it may have."""


@dataclass(frozen=True)
class Outgoing:
    """What leaves a journal.

    Attributes
    ----------
    rows : mapping of str to list of dict
        As others may see them: where names are left out, every text is without them already.
    redact : bool
        Whether names, contacts and private answers stay behind.
    joined : set of str
        Ids of skills of one's own that other phrases were given, too.
    """

    rows: RedactedRows
    redact: bool
    joined: frozenset[str]

    @classmethod
    def of(cls, rows: Rows, redact: bool) -> Outgoing:
        """What leaves, with people called as in redacted findings."""
        # without redaction namesakes keep their names
        seen = RedactedRows(rows, Redaction.EVERYBODY if redact else Redaction.NOBODY)
        meant = {r["skill_id"] for part in ("skill_mention", "strength") for r in rows[part]}
        return cls(seen, redact, frozenset(filter(None, meant)))

    def marked(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A record without its empty keys; with the mark where names were left out."""
        told = {key: value for key, value in record.items() if value is not None}
        if not self.redact:
            return told
        named = [] if told.get("kind") == "question" else [key for key in _IDS if key in told]
        return told | {key: unnamed(told[key]) for key in named} | {LEFT_OUT: True}

    def person(self, row: Row) -> dict[str, Any]:
        """A person, without what isn't known or left out."""
        told = {key: row[key] for key in _PERSON if row[key] is not None}
        return told | {key: self.rows.id(told[key]) for key in _IDS if key in told}

    def skill(self, mention: Row) -> str | None:
        """What a mention means; a skill of one's own that others joined says so itself."""
        own = f"mine:{mention['id']}"
        return mention["skill_id"] or (own if own in self.joined else None)


def records(rows: Rows, redact: bool) -> Iterator[dict[str, Any]]:
    """All records of a journal, those first that others rest on.

    Parameters
    ----------
    rows : mapping of str to list of dict
        As `infonb.journal.Journal.rows` gives them.
    redact : bool
        Leave out names, contacts and private answers; every record is marked then and keeps its
        id, so that taking it in never overwrites or doubles what is there.

    Yields
    ------
    dict
        One line of JSON Lines.

    Examples
    --------
    >>> [line.get("kind", "interview") for line in records(journal.rows(), redact=True)]
    ['occupation', 'person', 'interview']
    """
    outgoing = Outgoing.of(rows, redact)
    parts = (_occupations, _people, _of_oneself, _interviews, _transcripts, _codings, _endings,
             _expectations, _contacts, _reflections)  # fmt: skip
    for told in parts:
        yield from map(outgoing.marked, told(outgoing))


def _occupations(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    for row in outgoing.rows["occupation"]:
        yield {
            "kind": "occupation", "id": row["id"], "title": row["title"], "soc": row["soc"],
            "interest": row["interest"], "notes": row["notes"],
        }  # fmt: skip


def _people(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    for row in outgoing.rows["person"]:
        yield {"kind": "person", **outgoing.person(row)}


def _of_oneself(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    own = {row["id"] for row in outgoing.rows["question"]}
    for row in outgoing.rows["question"]:
        texts = {key: row[key] for key in ("prompt", "short", "low", "high", "formerly")}
        yield {"kind": "question", "id": row["id"], **texts}
    standard = {*method.QUESTIONS, method.NOTES.key, method.ASK_NEXT.key}
    asked = {
        row["question"]: None for table in ("agenda", "answer") for row in outgoing.rows[table]
    }
    for key in asked:
        if key not in own and key not in standard:  # its question was removed, its answers weren't
            yield {"kind": "question", "id": key, "prompt": key}
    for row in outgoing.rows["strength"]:
        skill = row["skill_id"]
        yield {"kind": "strength", "id": row["id"], "phrase": row["phrase"],
               "skill_id": skill}  # fmt: skip
    for row in outgoing.rows["importance"]:
        yield {"kind": "importance", "question": row["id"], "value": row["value"]}
    for row in outgoing.rows["theme"]:
        texts = {key: row[key] for key in ("name", "description")}
        yield {"kind": "theme", "id": row["id"], **texts}


def _interviews(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    parts = ("agenda", "answer", "skill_mention", "lead", "conduct", "task", "message")
    held = {part: _by_interview(outgoing.rows[part]) for part in parts}
    occupation = {row["id"]: row for row in outgoing.rows["occupation"]}
    person = {row["id"]: row for row in outgoing.rows["person"]}
    for row in outgoing.rows["interview"]:
        about = occupation[row["occupation_id"]]
        yield {
            "id": row["id"], "occupation": about["title"], "soc": about["soc"],
            "person": outgoing.person(person[row["person_id"]]),
            **_of_interview(outgoing, row),
            **_said(outgoing, {part: held[part].get(row["id"], []) for part in parts}),
        }  # fmt: skip


def _of_interview(outgoing: Outgoing, row: Row) -> dict[str, Any]:
    plain = ("status", "date", "minutes", "confidence_before", "confidence_after", "weight", "zone")
    moments = ("scheduled_at", "started_at", "ended_at")
    research = {part: row[f"research_{part}"] for part in ("occupation", "organisation")}
    told = {
        **{column: row[column] for column in plain},
        **{column: moment(row[column], row["zone"]) for column in moments},
        **{column: row[column] for column in ("medium", "weight_reason")},
        "research": {k: v for k, v in research.items() if v is not None} or None,
    }
    if row["source"]:
        told["source"] = json.loads(row["source"])
    return told


def _said(outgoing: Outgoing, held: Mapping[str, list[Row]]) -> dict[str, Any]:
    """What was asked and said in an interview, and what came of it."""
    asked = sorted(held["agenda"], key=lambda row: row["position"])
    lists = {
        "questions": [row["question"] for row in asked],
        "skills": [
            full({"phrase": row["phrase"], "rank": row["rank"],
                  "skill_id": outgoing.skill(row), "confirmed": row["confirmed"]})
            for row in held["skill_mention"]
        ],
        "leads": [
            {"kind": row["kind"], "text": row["text"], "status": row["status"]}
            for row in held["lead"]
        ],
        "conduct": {row["item"]: row["score"] for row in held["conduct"]},
        "tasks": [
            full({"kind": row["kind"], "due": row["due"], "done_at": row["done_at"],
                  "draft": row["draft"]})
            for row in held["task"]
        ],
        "messages": {row["kind"]: row["text"] for row in held["message"]},
    }  # fmt: skip
    answers = {
        row["question"]: full(
            {"text": row["text"], "rating": row["rating"], "why": row["why"],
             "weight": row["weight"], "private": row["private"] or None}
        )
        for row in held["answer"]
    }  # fmt: skip
    return {"answers": answers, **{key: value for key, value in lists.items() if value}}


def _codings(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    answer = {row["id"]: row for row in outgoing.rows["answer"]}
    theme = {row["id"]: row["name"] for row in outgoing.rows["theme"]}
    transcript = {row["id"]: row for row in outgoing.rows["transcript"]}
    for row in outgoing.rows["coding"]:
        said = answer[row["answer_id"]] if row["answer_id"] else transcript[row["transcript_id"]]
        yield {
            "kind": "coding", "id": row["id"], "interview": said["interview_id"],
            "question": said.get("question"), "transcript": row["transcript_id"],
            "theme": theme[row["theme_id"]], "start": row["start"], "end": row["end"],
            # without a start and a quote it would be all of the answer
            "quote": row["marked"] if row["start"] is None else row["marked"] or None,
            **{part: row[part] or None for part in ("prefix", "suffix")},
        }  # fmt: skip


def _transcripts(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    for row in outgoing.rows["transcript"]:
        yield {
            "kind": "transcript", "id": row["id"], "interview": row["interview_id"],
            "text": row["text"], "asks": row["asks"],
            "turns": json.loads(row["turns"]) if row["turns"] else None,
        }  # fmt: skip


def _expectations(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    title = {row["id"]: row["title"] for row in outgoing.rows["occupation"]}
    for row in outgoing.rows["expectation"]:
        said = {key: row[key] for key in ("question", "rating", "amount", "at")}
        yield {"kind": "expectation", "id": row["id"],
               "occupation": title[row["occupation_id"]], **said}  # fmt: skip


def _contacts(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    """Whom one asked and how it went, and what they agreed to."""
    for row in outgoing.rows["contact"]:
        said = {key: row[key] for key in ("channel", "at", "note")}
        yield {"kind": "contact", "id": row["id"], "person": outgoing.rows.id(row["person_id"]),
               "contact": row["kind"], **said}  # fmt: skip
    for row in outgoing.rows["consent"]:
        said = {key: row[key] for key in ("to", "answer", "day")}
        yield {"kind": "consent", "id": row["id"], "person": outgoing.rows.id(row["person_id"]),
               **said}  # fmt: skip


def _reflections(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    """What one thought: for oneself, never for others."""
    for row in () if outgoing.redact else outgoing.rows["reflection"]:
        said = {key: row[key] for key in ("prompt", "text", "at")}
        yield {"kind": "reflection", "id": row["id"], "interview": row["interview_id"],
               **said}  # fmt: skip


def _endings(outgoing: Outgoing) -> Iterator[dict[str, Any]]:
    """Decisions, how it ended, and what is owed to nobody in particular."""
    title = {row["id"]: row["title"] for row in outgoing.rows["occupation"]}
    for row in outgoing.rows["decision"]:
        texts = {key: row[key] for key in ("next_step", "why")}
        about = title.get(row["occupation_id"])
        yield {
            "kind": "decision",
            "id": outgoing.rows.id(row["id"]),
            "occupation": about,
            **texts,
            "at": row["at"],
            "plan": row["plan"],
            "look_again": row["look_again"],
        }
    for row in outgoing.rows["outcome"]:
        texts = {key: row[key] for key in ("title", "organisation", "note")}
        yield {"kind": "outcome", "id": row["id"], "outcome": row["kind"], **texts,
               "at": row["at"]}  # fmt: skip
    for row in outgoing.rows["task"]:
        if row["interview_id"] is None:
            yield {"kind": "task", "id": row["id"], "task": row["kind"], "due": row["due"],
                   "done_at": row["done_at"], "draft": row["draft"]}  # fmt: skip


def full(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without the keys that hold nothing.

    Examples
    --------
    >>> full({"text": "", "rating": None})
    {'text': ''}
    """
    return {key: value for key, value in record.items() if value is not None}


def moment(stored: str | None, zone: str | None) -> str | None:
    """A stored moment as ISO text in the zone it was entered in.

    Examples
    --------
    >>> moment("2026-03-02T13:00:00.000000+00:00", "Europe/Berlin")
    '2026-03-02T14:00:00+01:00'
    """
    at = columns.read_moment(stored, zone)
    return at.isoformat() if at is not None else None


def _by_interview(rows: list[dict[str, Any]]) -> dict[str, list[Row]]:
    held: dict[str, list[Row]] = {}
    for row in rows:
        if row["interview_id"] is not None:
            held.setdefault(row["interview_id"], []).append(row)
    return held
