"""Keeping a journal safe: backups, restoring, checking, and forgetting a person on request."""

from __future__ import annotations

import os
from pathlib import Path

from infonb.files import scratch_folder
from infonb.journal import backups, condition, forget, restore
from infonb.journal.base import id_of
from infonb.journal.coding import CodingAnswers
from infonb.journal.engine import make_engine
from infonb.journal.errors import DamagedJournal
from infonb.journal.forget import Forgotten
from infonb.journal.records import Person
from infonb.journal.upgrade import prepare


class Keeping(CodingAnswers):
    """The part of a journal about its own safety."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        forget.finish(self)

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Copy the whole journal to a file, while it is in use.

        The copy is checked and then put in its place in one step: when it is interrupted, what
        was there before is still there. A journal on PostgreSQL becomes a file, too.

        Parameters
        ----------
        path : path
            A file; a backup of this journal that is there is replaced, anything else is not.

        Returns
        -------
        Path
            The file, readable by you alone. It is a journal that can be opened.

        Raises
        ------
        JournalFault
            When it can't be made.

        Examples
        --------
        >>> journal.backup(tmp_path / "monday.db").name
        'monday.db'
        """
        target = Path(path).expanduser().absolute()
        if self.path is not None:
            backups.copy_for_the_user(self.path, target, self.id)
        else:
            backups.refuse_other_files(target, None, self.id)
            self._copy_rows_to(target)
        self.note_copy(target)
        return target

    def _copy_rows_to(self, target: Path) -> None:
        with backups.replacing(target) as part:
            engine = make_engine(str(part))
            try:
                prepare(engine, str(part))
                with (
                    self._read() as source,
                    engine.execution_options(infonb_write=True).begin() as copied,
                ):
                    restore.carry(source, copied)
                with engine.connect() as connection:
                    raw = connection.connection.dbapi_connection
                    raw.execute("PRAGMA journal_mode=DELETE")  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
            finally:
                engine.dispose()

    def restore(self, path: str | os.PathLike[str]) -> Path | None:
        """Bring a backup back in place of what the journal holds now.

        The backup is verified first, what the journal holds now is kept as a backup, and the
        change happens in one step. A backup of an older infonb is brought to today's form.

        Parameters
        ----------
        path : path
            A file that `backup` made, or an automatic backup.

        Returns
        -------
        Path or None
            The backup of what was there before; None on PostgreSQL, where the server keeps them.

        Raises
        ------
        BackupUnusable
            When the backup isn't sound; the journal is left as it is.

        Examples
        --------
        >>> monday = journal.backup(tmp_path / "monday.db")
        >>> _ = journal.add_occupation("Taken by mistake")
        >>> _ = journal.restore(monday)
        >>> "Taken by mistake" in [o.title for o in journal.occupations()]
        False
        """
        source = Path(path).expanduser().absolute()
        restore.verify(source)
        with scratch_folder("infonb-restoring-") as folder:
            return self._take_back(restore.todays_form(source, folder))

    def _take_back(self, ready: Path) -> Path | None:
        kept = None
        if self.path is not None:
            kept = backups.keep(self.path, "before-restore")
            backups.replace_pages(ready, self.path)
        else:
            engine = make_engine(str(ready))
            try:
                with engine.connect() as source, self.transaction() as write:
                    restore.carry(source, write.connection)
            finally:
                engine.dispose()
        self.id: str = self.setting("journal_id") or ""
        return kept

    def check(self) -> list[str]:
        """What is wrong with this journal, in plain words; an empty list when it is sound.

        Examples
        --------
        >>> journal.check()
        []
        """
        try:
            with self._read() as connection:
                found, rows = condition.read(connection)
            return found or condition.of_the_content(rows)
        except DamagedJournal as damage:
            return [str(damage)]

    def forget(self, person: Person | str) -> Forgotten:
        """Remove a person's name and contact wherever they stand. This can't be undone.

        The person stays as somebody without a name, and so do the answers, which are anonymous
        then. The name is removed from all notes, answers and drafts, from the history, from what
        `undo` would bring back, and from the automatic backups; the bytes are gone from the
        journal's file, too.

        Parameters
        ----------
        person : Person or str
            The person or its id.

        Returns
        -------
        Forgotten
            How many places were changed, mentions that are for you to look at, and what could not
            be reached: backups you made elsewhere, for one. A file that still holds the name
            brings it back when it is imported again.

        Examples
        --------
        >>> ada = journal.add_person("Ada Lovelace", email="ada@example.org")
        >>> report = journal.forget(ada)
        >>> "Ada Lovelace" in [p.name for p in journal.people()]
        False
        """
        return forget.forget(self, id_of(person, "person"))

    def note_copy(self, path: str | os.PathLike[str]) -> None:
        """Remember that names were copied to a file, so that `forget` can say where they stand."""
        known = forget.copies(self)
        here = str(Path(path).absolute())
        if here not in known:
            self.keep_setting(forget.COPIES, "\n".join([*known, here][-200:]))
