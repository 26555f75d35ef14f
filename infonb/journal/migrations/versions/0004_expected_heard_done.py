"""What was expected, whom one asked, what one thought; passages outlive edits of their text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_AROUND = 32


def _text(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _of(table: str, parent: str) -> sa.ForeignKeyConstraint:
    column = f"{parent}_id"
    return sa.ForeignKeyConstraint(
        [column], [f"{parent}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE"
    )


def upgrade() -> None:
    """Add columns and tables; make the table of codings anew, with the words they are on."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    for column in (_text("workplace"), sa.Column("years", sa.Integer()), _text("profile")):
        op.add_column("person", column)
    for column in (_text("plan"), _text("look_again")):
        op.add_column("decision", column)
    _make_tables()
    _make_codings(connection)


def _make_tables() -> None:
    made, id = _text("created_at", False), _text("id", False)
    op.create_table(
        "transcript", id._copy(), _text("interview_id", False), _text("text", False),
        _text("turns"), _text("asks"), made._copy(), _of("transcript", "interview"),
        sa.PrimaryKeyConstraint("id", name="pk_transcript"),
    )  # fmt: skip
    op.create_table(
        "expectation", id._copy(), _text("occupation_id", False), _text("question", False),
        sa.Column("rating", sa.Integer()), sa.Column("amount", sa.Float()), _text("at", False),
        made._copy(), sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_expectation_rating"),
        _of("expectation", "occupation"),
        sa.PrimaryKeyConstraint("id", name="pk_expectation"),
    )  # fmt: skip
    op.create_table(
        "contact", id._copy(), _text("person_id", False), _text("kind", False), _text("channel"),
        _text("at", False), _text("note"), made._copy(),
        sa.CheckConstraint(
            "kind IN ('asked', 'reminded', 'answered_yes', 'answered_no', 'answered_later', "
            "'no_answer', 'met', 'thanked', 'kept_in_touch')", name="ck_contact_kind",
        ),
        _of("contact", "person"), sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )  # fmt: skip
    op.create_table(
        "reflection", id._copy(), _text("interview_id"), _text("prompt", False),
        _text("text", False), _text("at", False), made._copy(), _of("reflection", "interview"),
        sa.PrimaryKeyConstraint("id", name="pk_reflection"),
    )  # fmt: skip
    op.create_table(
        "consent", id._copy(), _text("person_id", False), _text("to", False),
        sa.Column("answer", sa.Boolean(), nullable=False), _text("day", False), made._copy(),
        sa.CheckConstraint("\"to\" IN ('recording', 'quoting')", name="ck_consent_to"),
        _of("consent", "person"), sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )  # fmt: skip
    for table, parent in (
        ("transcript", "interview"), ("expectation", "occupation"), ("contact", "person"),
        ("reflection", "interview"), ("consent", "person"),
    ):  # fmt: skip
        op.create_index(f"ix_{table}_{parent}_id", table, [f"{parent}_id"], unique=False)


def _make_codings(connection: sa.Connection) -> None:
    former = sa.table("coding", *map(sa.column, ("id", "answer_id", "theme_id", "start", "end",
                                                 "created_at")))  # fmt: skip
    answer = sa.table("answer", sa.column("id"), sa.column("text"))
    rows = [dict(row) for row in connection.execute(sa.select(former)).mappings()]
    texts: dict[str, str] = {}
    if rows:
        texts = {row.id: row.text for row in connection.execute(sa.select(answer))}
    op.drop_table("coding")
    op.create_table(
        "coding", _text("id", False), _text("answer_id"), _text("transcript_id"),
        _text("theme_id", False), sa.Column("start", sa.Integer()), sa.Column("end", sa.Integer()),
        _text("quote", False), _text("prefix", False), _text("suffix", False),
        _text("created_at", False),
        sa.CheckConstraint('start >= 0 AND "end" >= start', name="ck_coding_range"),
        _of("coding", "answer"), _of("coding", "transcript"), _of("coding", "theme"),
        sa.PrimaryKeyConstraint("id", name="pk_coding"),
    )  # fmt: skip
    for column in ("answer_id", "transcript_id", "theme_id"):
        op.create_index(f"ix_coding_{column}", "coding", [column], unique=False)
    names = ("id", "answer_id", "theme_id", "start", "end", "quote", "prefix", "suffix",
             "created_at")  # fmt: skip
    coding = sa.table("coding", *map(sa.column, names))
    for row in rows:
        text, start, end = texts.get(row["answer_id"], ""), row["start"], row["end"]
        around = {
            "quote": text[start:end], "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
        }  # fmt: skip
        connection.execute(sa.insert(coding).values({**row, **around}))
