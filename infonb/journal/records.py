"""What one reads back from a journal: frozen records, one class per thing.

Every record has an ``id`` that stays the same for good, in exports too. Times are aware datetimes
in the zone they were entered in; a ``date`` is text with the precision that is known:
``"2026"``, ``"2026-03"`` or ``"2026-03-02"``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self

from sqlalchemy import Table

from infonb.errors import InfonbError
from infonb.html_repr import html_repr
from infonb.journal import schema


@dataclass(frozen=True)
class Record:
    """What all records share.

    Attributes
    ----------
    id : str
        Stable identity.
    """

    table: ClassVar[str]
    id: str

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The record for a row of its table; columns it doesn't know are left out."""
        return cls(**{f.name: row[f.name] for f in fields(cls) if f.name in row})


@dataclass(frozen=True)
class Occupation(Record):
    """An occupation one would really pursue. ``interest`` is 1 (curious) to 5 (seriously)."""

    table: ClassVar[str] = "occupation"
    title: str
    soc: str | None = None
    interest: int | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Person(Record):
    """Somebody to talk to, or who was talked to.

    ``workplace`` is its kind (hospital, small firm), never the employer; ``years`` are those in the
    occupation; ``profile`` is an address that tells namesakes apart.
    """

    table: ClassVar[str] = "person"
    name: str
    job_title: str | None = None
    organisation: str | None = None
    email: str | None = None
    phone: str | None = None
    source: str | None = None
    name_from: str | None = None
    referred_by: str | None = None
    has_card: bool = False
    may_be_named: bool = False
    notes: str | None = None
    workplace: str | None = None
    years: int | None = None
    profile: str | None = None


@dataclass(frozen=True)
class Interview(Record):
    """An interview, planned or done. ``source`` says where it was published, if it was."""

    table: ClassVar[str] = "interview"
    person_id: str
    occupation_id: str
    status: str = "planned"
    scheduled_at: dt.datetime | None = None
    minutes: int = 20
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    date: str | None = None
    medium: str | None = None
    research_occupation: str | None = None
    research_organisation: str | None = None
    confidence_before: int | None = None
    confidence_after: int | None = None
    weight: float | None = None
    weight_reason: str | None = None
    source: Mapping[str, Any] | None = field(default=None, hash=False)
    questions: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """Its state; nobody's name, since outputs are saved in notebooks."""
        when = self.date or self.scheduled_at or "not set"
        rows = [
            ("status", self.status), ("when", when), ("minutes", self.minutes),
            ("questions", len(self.questions)),
        ]  # fmt: skip
        next_lines = [
            "infonb.widgets.Capture(journal, interview)",
            'journal.record_answer(interview, "enjoy_most", text="…", rating=4)',
        ]
        return html_repr("Interview", rows, next_lines)


@dataclass(frozen=True)
class Answer(Record):
    """What was said to one question. ``version`` counts the saves, from 1."""

    table: ClassVar[str] = "answer"
    interview_id: str
    question: str
    text: str = ""
    rating: int | None = None
    why: str | None = None
    weight: float | None = None
    private: bool = False
    version: int = 1
    updated_at: dt.datetime | None = None


@dataclass(frozen=True)
class SkillMention(Record):
    """A skill in the words in which it was said. ``rank`` 1 is the most used."""

    table: ClassVar[str] = "skill_mention"
    interview_id: str
    phrase: str
    rank: int | None = None
    skill_id: str | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class Strength(Record):
    """One of one's own strengths."""

    table: ClassVar[str] = "strength"
    phrase: str
    skill_id: str | None = None


@dataclass(frozen=True)
class Importance(Record):
    """How much a question matters to oneself, 0 to 5; its id is the question's key."""

    table: ClassVar[str] = "importance"
    value: float = 0


@dataclass(frozen=True)
class Theme(Record):
    """A theme found in the answers."""

    table: ClassVar[str] = "theme"
    name: str
    description: str | None = None


@dataclass(frozen=True)
class Transcript(Record):
    """A whole talk, word for word. ``turns`` say who spoke; ``asks`` is the speaker who asks."""

    table: ClassVar[str] = "transcript"
    interview_id: str
    text: str = ""
    turns: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    asks: str | None = None


@dataclass(frozen=True)
class Coding(Record):
    """A passage of an answer, or of a transcript, that speaks of a theme.

    Characters ``start`` to ``end``; both None where its words weren't found again after an edit.
    ``quote`` holds the words as they were marked, ``prefix`` and ``suffix`` what stood around them.
    """

    table: ClassVar[str] = "coding"
    answer_id: str | None
    theme_id: str
    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    transcript_id: str | None = None


@dataclass(frozen=True)
class Lead(Record):
    """A job, internship, event or reading heard of."""

    table: ClassVar[str] = "lead"
    interview_id: str
    kind: str
    text: str
    status: str = "open"


@dataclass(frozen=True)
class Task(Record):
    """Something owed: thank_you, review_notes, follow_up or tell_outcome."""

    table: ClassVar[str] = "task"
    kind: str
    interview_id: str | None = None
    due: str | None = None
    done_at: dt.datetime | None = None
    draft: str | None = None


@dataclass(frozen=True)
class Message(Record):
    """What one wrote to ask for an interview, or after it, in one's own words."""

    table: ClassVar[str] = "message"
    interview_id: str
    kind: str
    text: str = ""


@dataclass(frozen=True)
class Conduct(Record):
    """How one did on one item of the checklists: 0 no, 1 partly, 2 yes."""

    table: ClassVar[str] = "conduct"
    interview_id: str
    item: str
    score: int = 0


@dataclass(frozen=True)
class Decision(Record):
    """What was decided, the next step and why; plan A or B, and the day to look again."""

    table: ClassVar[str] = "decision"
    occupation_id: str | None = None
    next_step: str | None = None
    why: str | None = None
    at: dt.datetime | None = None
    plan: str | None = None
    look_again: str | None = None


@dataclass(frozen=True)
class Outcome(Record):
    """How the search ended."""

    table: ClassVar[str] = "outcome"
    kind: str
    title: str | None = None
    organisation: str | None = None
    note: str | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Expectation(Record):
    """What one expected of an occupation: a rating 1 to 5, or an amount for ``start_pay``."""

    table: ClassVar[str] = "expectation"
    occupation_id: str
    question: str
    rating: int | None = None
    amount: float | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Contact(Record):
    """Something that happened between oneself and a person: asked, reminded, met, thanked …"""

    table: ClassVar[str] = "contact"
    person_id: str
    kind: str
    channel: str | None = None
    at: dt.datetime | None = None
    note: str | None = None


@dataclass(frozen=True)
class Reflection(Record):
    """What one thought, after an interview or at the end of a round."""

    table: ClassVar[str] = "reflection"
    prompt: str
    text: str
    interview_id: str | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Consent(Record):
    """Whether somebody agreed ``to`` recording or quoting, and the day they were asked."""

    table: ClassVar[str] = "consent"
    person_id: str
    to: str
    answer: bool
    day: str


RECORDS: dict[str, type[Record]] = {
    cls.table: cls
    for cls in (
        Occupation, Person, Interview, Answer, SkillMention, Strength, Importance, Theme,
        Transcript, Coding, Lead, Task, Message, Conduct, Decision, Outcome, Expectation,
        Contact, Reflection, Consent,
    )
}  # fmt: skip


def id_of(thing: Record | str | None, kind: str) -> str:
    """The identity of a record, or the identity itself.

    Raises
    ------
    InfonbError
        When it is a record of another kind.
    """
    if isinstance(thing, str):
        return thing
    if isinstance(thing, Record) and thing.table == kind:
        return thing.id
    shown = type(thing).__name__ if thing is not None else "nothing"
    raise InfonbError(f"This needs {kind.replace('_', ' ')} or its id, not {shown}.")


def table_of(record: Record) -> Table:
    """The table a record lives in."""
    if not isinstance(record, Record) or type(record) not in RECORDS.values():
        raise InfonbError(f"This needs a record of the journal, not {type(record).__name__}.")
    return schema.metadata.tables[record.table]
