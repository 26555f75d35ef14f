"""The tables of a journal. What may stand in a column is checked by the database itself.

Identities are text and stable. Times are ISO text in UTC (sorting as text sorts them in time), with
the interview's zone beside them. A ``created_at`` never repeats inside one write, so that order of
entry is kept.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION_ID = 0x1F0B_0001
"""Written into the SQLite header: "this file is an infonb journal"."""

REVISION = "0004"
"""The form of these tables; a migration of this name in ``migrations/`` leads to it."""

STATUSES = ("planned", "done", "declined", "cancelled")
LEAD_KINDS = ("job", "internship", "event", "reading")
TASK_KINDS = ("thank_you", "review_notes", "follow_up", "tell_outcome")
MESSAGE_KINDS = ("request", "phone_script", "referral")
CONTACT_KINDS = (
    "asked", "reminded", "answered_yes", "answered_no", "answered_later", "no_answer", "met",
    "thanked", "kept_in_touch",
)  # fmt: skip
CONSENTS = ("recording", "quoting")
PLANS = ("A", "B")

metadata: MetaData = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column:
    return Column("id", Text, primary_key=True)


def _created() -> Column:
    return Column("created_at", Text, nullable=False)


def _belongs_to(table: str, name: str | None = None, **more: object) -> Column:
    return Column(
        name or f"{table}_id",
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
        **more,  # pyright: ignore[reportArgumentType]
    )


def _between(column: str, low: float, high: float) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(
        f"{column} IN ({', '.join(repr(value) for value in values)})", name=column
    )


meta: Table = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

occupation: Table = Table(
    "occupation",
    metadata,
    _id(),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False, unique=True),
    Column("soc", Text),
    Column("interest", Integer),
    Column("notes", Text),
    _created(),
    _between("interest", 1, 5),
)

person: Table = Table(
    "person",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("job_title", Text),
    Column("organisation", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("source", Text),
    Column("name_from", Text),
    Column("referred_by", ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("has_card", Boolean, nullable=False, default=False),
    Column("may_be_named", Boolean, nullable=False, default=False),
    Column("notes", Text),
    _created(),
    Column("workplace", Text),
    Column("years", Integer),
    Column("profile", Text),
)

interview: Table = Table(
    "interview",
    metadata,
    _id(),
    _belongs_to("person"),
    _belongs_to("occupation"),
    Column("status", Text, nullable=False, default="planned"),
    Column("scheduled_at", Text),
    Column("minutes", Integer, nullable=False, default=20),
    Column("started_at", Text),
    Column("ended_at", Text),
    Column("zone", Text),
    Column("date", Text),
    Column("medium", Text),
    Column("research_occupation", Text),
    Column("research_organisation", Text),
    Column("confidence_before", Integer),
    Column("confidence_after", Integer),
    Column("weight", Float),
    Column("weight_reason", Text),
    Column("source", Text),
    _created(),
    _one_of("status", STATUSES),
    _between("minutes", 1, 600),
    _between("confidence_before", 1, 5),
    _between("confidence_after", 1, 5),
    _between("weight", 0, 1),
)

question: Table = Table(
    "question",
    metadata,
    _id(),
    Column("prompt", Text, nullable=False),
    Column("short", Text),
    Column("low", Text),
    Column("high", Text),
    Column("formerly", Text),
    _created(),
)

agenda: Table = Table(
    "agenda",
    metadata,
    _id(),
    _belongs_to("interview"),
    Column("question", Text, nullable=False),
    Column("position", Integer, nullable=False),
    _created(),
    UniqueConstraint("interview_id", "question", name="agenda_question"),
)

answer: Table = Table(
    "answer",
    metadata,
    _id(),
    Column("interview_id", ForeignKey("interview.id", ondelete="CASCADE"), nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False, default=""),
    Column("rating", Integer),
    Column("why", Text),
    Column("weight", Float),
    Column("private", Boolean, nullable=False, default=False),
    Column("version", Integer, nullable=False, default=1),
    Column("session", Text),
    Column("session_at", Text),
    Column("before_deletion", Text),
    Column("updated_at", Text, nullable=False),
    _created(),
    _between("rating", 1, 5),
    _between("weight", 0, 1),
    CheckConstraint("version >= 1", name="version"),
    UniqueConstraint("interview_id", "question", name="answer_question"),
)

answer_history: Table = Table(
    "answer_history",
    metadata,
    _id(),
    _belongs_to("answer"),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("rating", Integer),
    Column("why", Text),
    Column("weight", Float),
    Column("private", Boolean, nullable=False),
    Column("at", Text, nullable=False),
    _created(),
)

skill_mention: Table = Table(
    "skill_mention",
    metadata,
    _id(),
    _belongs_to("interview"),
    Column("phrase", Text, nullable=False),
    Column("rank", Integer),
    Column("skill_id", Text),
    Column("confirmed", Boolean, nullable=False, default=False),
    _created(),
    _between("rank", 1, 3),
)

strength: Table = Table(
    "strength",
    metadata,
    _id(),
    Column("phrase", Text, nullable=False),
    Column("skill_id", Text),
    _created(),
)

importance: Table = Table(
    "importance",
    metadata,
    _id(),
    Column("value", Float, nullable=False),
    _created(),
    _between("value", 0, 5),
)

theme: Table = Table(
    "theme",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("description", Text),
    _created(),
)

transcript: Table = Table(
    "transcript",
    metadata,
    _id(),
    _belongs_to("interview"),
    Column("text", Text, nullable=False),
    Column("turns", Text),
    Column("asks", Text),
    _created(),
)

coding: Table = Table(
    "coding",
    metadata,
    _id(),
    Column("answer_id", ForeignKey("answer.id", ondelete="CASCADE"), index=True),
    Column("transcript_id", ForeignKey("transcript.id", ondelete="CASCADE"), index=True),
    _belongs_to("theme"),
    Column("start", Integer),
    Column("end", Integer),
    Column("quote", Text, nullable=False, default=""),
    Column("prefix", Text, nullable=False, default=""),
    Column("suffix", Text, nullable=False, default=""),
    _created(),
    CheckConstraint('start >= 0 AND "end" >= start', name="range"),
)

lead: Table = Table(
    "lead",
    metadata,
    _id(),
    _belongs_to("interview"),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", Text, nullable=False, default="open"),
    _created(),
    _one_of("kind", LEAD_KINDS),
)

task: Table = Table(
    "task",
    metadata,
    _id(),
    Column("interview_id", ForeignKey("interview.id", ondelete="CASCADE"), index=True),
    Column("kind", Text, nullable=False),
    Column("due", Text),
    Column("done_at", Text),
    Column("draft", Text),
    _created(),
    _one_of("kind", TASK_KINDS),
)

message: Table = Table(
    "message",
    metadata,
    _id(),
    _belongs_to("interview"),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    _created(),
    _one_of("kind", MESSAGE_KINDS),
    UniqueConstraint("interview_id", "kind", name="message_kind"),
)

conduct: Table = Table(
    "conduct",
    metadata,
    _id(),
    _belongs_to("interview"),
    Column("item", Text, nullable=False),
    Column("score", Integer, nullable=False),
    _created(),
    _between("score", 0, 2),
    UniqueConstraint("interview_id", "item", name="conduct_item"),
)

decision: Table = Table(
    "decision",
    metadata,
    _id(),
    Column("occupation_id", ForeignKey("occupation.id", ondelete="SET NULL")),
    Column("next_step", Text),
    Column("why", Text),
    Column("at", Text, nullable=False),
    _created(),
    Column("plan", Text),
    Column("look_again", Text),
)

outcome: Table = Table(
    "outcome",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),
    Column("title", Text),
    Column("organisation", Text),
    Column("note", Text),
    Column("at", Text, nullable=False),
    _created(),
)

expectation: Table = Table(
    "expectation",
    metadata,
    _id(),
    _belongs_to("occupation"),
    Column("question", Text, nullable=False),
    Column("rating", Integer),
    Column("amount", Float),
    Column("at", Text, nullable=False),
    _created(),
    _between("rating", 1, 5),
)

contact: Table = Table(
    "contact",
    metadata,
    _id(),
    _belongs_to("person"),
    Column("kind", Text, nullable=False),
    Column("channel", Text),
    Column("at", Text, nullable=False),
    Column("note", Text),
    _created(),
    _one_of("kind", CONTACT_KINDS),
)

reflection: Table = Table(
    "reflection",
    metadata,
    _id(),
    Column("interview_id", ForeignKey("interview.id", ondelete="CASCADE"), index=True),
    Column("prompt", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
    _created(),
)

consent: Table = Table(
    "consent",
    metadata,
    _id(),
    _belongs_to("person"),
    Column("to", Text, nullable=False),
    Column("answer", Boolean, nullable=False),
    Column("day", Text, nullable=False),
    _created(),
    CheckConstraint("\"to\" IN ('recording', 'quoting')", name="to"),
)

imported: Table = Table(
    "imported",
    metadata,
    _id(),
    Column("fingerprint", Text, nullable=False),
    _created(),
)

undo: Table = Table(
    "undo",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("what", Text, nullable=False),
    Column("before", Text, nullable=False),
    _created(),
)

Index("ix_undo_created_at", undo.c.created_at)
