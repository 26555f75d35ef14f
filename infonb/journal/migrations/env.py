"""Run by Alembic: migrations happen on the connection, and in the transaction, that is open."""

from __future__ import annotations

from alembic import context


def run() -> None:
    """Run all migrations between the journal's form and the wanted one."""
    context.configure(
        connection=context.config.attributes["connection"],
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):  # not when something else imports it
    run()
