"""What one writes to an interviewee in one's own words is kept; removing people looks nobody up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of messages, and an index on who referred whom."""
    op.create_table(
        "message",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('request', 'phone_script', 'referral')", name="ck_message_kind"
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interview.id"],
            name="fk_message_interview_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("interview_id", "kind", name="message_kind"),
    )
    op.create_index("ix_message_interview_id", "message", ["interview_id"], unique=False)
    op.create_index("ix_person_referred_by", "person", ["referred_by"], unique=False)
