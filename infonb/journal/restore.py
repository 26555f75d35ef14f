"""Bringing a backup back: into an open journal, or into the place of a damaged file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from infonb.journal import backups, schema
from infonb.journal.engine import make_engine
from infonb.journal.errors import BackupUnusable, JournalFault, NewerJournal
from infonb.journal.integrity import examine
from infonb.journal.upgrade import prepare


def restore_file(journal: str | os.PathLike[str], backup: str | os.PathLike[str]) -> Path | None:
    """Put a backup in the place of a journal that can't be opened any more.

    The backup is verified first. What stood in the place is moved to the journal's backups.

    Parameters
    ----------
    journal, backup : path
        Both as files. No program may have the journal open.

    Returns
    -------
    Path or None
        Where the damaged file was moved.

    Examples
    --------
    >>> from infonb.journal import Journal
    >>> with Journal(str(tmp_path / "search.db")) as journal:
    ...     _ = journal.backup(tmp_path / "copy.db")
    >>> _ = (tmp_path / "search.db").write_bytes(b"damaged")
    >>> restore_file(tmp_path / "search.db", tmp_path / "copy.db").name[-11:]
    '-damaged.db'
    """
    path, source = (Path(place).expanduser().absolute() for place in (journal, backup))
    verify(source)
    aside = backups.set_aside(path, "damaged")
    backups.copy(source, path)
    return aside


def verify(backup: Path) -> None:
    """Refuse a backup that isn't a sound journal of this or an older infonb.

    Raises
    ------
    BackupUnusable, NewerJournal
        With the reason; nothing has been touched.
    """
    try:
        standing = examine(backup, to_write=False)
    except NewerJournal:
        raise
    except JournalFault as error:
        raise BackupUnusable(
            f"{backup} can't be restored from, and the journal was left as it is. {error}"
        ) from None
    if standing.revision is None:
        raise BackupUnusable(f"{backup} is empty, and the journal was left as it is.")


def todays_form(backup: Path, folder: Path) -> Path:
    """A private copy of a backup in today's form, to be removed by the caller."""
    part = folder / f".{backup.name}.{secrets.token_hex(4)}.restoring"
    backups.copy(backup, part)
    try:
        engine = make_engine(str(part))
        try:
            prepare(engine, str(part), keep=False)
        finally:
            engine.dispose()
        examine(part, to_write=False)
    except BaseException:
        remove(part)
        raise
    return part


def remove(part: Path) -> None:
    """Remove a copy and what SQLite keeps beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + end).unlink(missing_ok=True)


def carry(source: Connection, target: Connection) -> None:
    """Replace all rows of one journal by those of another, inside the target's transaction."""
    for table in reversed(schema.metadata.sorted_tables):
        target.execute(delete(table))
    for table in schema.metadata.sorted_tables:
        rows = [dict(row) for row in source.execute(select(table)).mappings()]
        referrers = []
        if table is schema.person:  # whoever refers somebody may come later
            referrers = [(row["id"], row["referred_by"]) for row in rows if row["referred_by"]]
            rows = [{**row, "referred_by": None} for row in rows]
        if rows:
            target.execute(insert(table), rows)
        for id, by in referrers:
            target.execute(update(table).where(table.c.id == id).values(referred_by=by))
    if target.dialect.name == "postgresql":
        target.exec_driver_sql(
            "SELECT setval(pg_get_serial_sequence('undo', 'id'), "
            "(SELECT coalesce(max(id), 0) + 1 FROM undo), false)"
        )
