"""A journal of today's form, made one of the third form: what stood there before 0004."""

from __future__ import annotations

THIRD_FORM = (
    *(f"ALTER TABLE person DROP COLUMN {name}" for name in ("workplace", "years", "profile")),
    *(f"ALTER TABLE decision DROP COLUMN {name}" for name in ("plan", "look_again")),
    'CREATE TABLE kept AS SELECT id, answer_id, theme_id, start, "end", created_at FROM coding',
    "DROP TABLE coding",
    """CREATE TABLE coding (
        id TEXT NOT NULL,
        answer_id TEXT NOT NULL,
        theme_id TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        CONSTRAINT pk_coding PRIMARY KEY (id),
        CONSTRAINT ck_coding_range CHECK (start >= 0 AND "end" >= start),
        CONSTRAINT fk_coding_answer_id FOREIGN KEY(answer_id) REFERENCES answer (id)
            ON DELETE CASCADE,
        CONSTRAINT fk_coding_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
            ON DELETE CASCADE
    )""",
    "CREATE INDEX ix_coding_answer_id ON coding (answer_id)",
    "CREATE INDEX ix_coding_theme_id ON coding (theme_id)",
    "INSERT INTO coding SELECT * FROM kept",
    "DROP TABLE kept",
    *(f"DROP TABLE {name}" for name in ("consent", "reflection", "contact", "expectation",
                                        "transcript")),
    "UPDATE alembic_version SET version_num = '0003'",
)  # fmt: skip
