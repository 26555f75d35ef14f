"""What can go wrong with a journal's file or server: an error each, in plain words.

Whatever is raised here, nothing that was saved before is lost, and the change in hand was not
made by halves.
"""

from __future__ import annotations

import errno
import sqlite3

from infonb.errors import InfonbError


class JournalFault(InfonbError):
    """Something is wrong where the journal is kept, not with what was entered."""


class DiskFull(JournalFault):
    """No room left to write."""


class ReadOnlyJournal(JournalFault):
    """The file or its folder may not be written."""


class JournalMoved(JournalFault):
    """The file was moved, renamed, deleted or replaced while it was open."""


class FolderMissing(JournalFault):
    """The folder that is to hold the file isn't there."""


class NotAFile(JournalFault):
    """A folder, or something else that is no file, stands where the journal should be."""


class NotAJournal(JournalFault):
    """The file is no SQLite database."""


class ForeignDatabase(JournalFault):
    """The database belongs to another program."""


class AlteredJournal(JournalFault):
    """The file defines what infonb never does, such as a trigger; it isn't opened."""


class DamagedJournal(JournalFault):
    """The content can't be trusted; it is never opened for writing."""


class JournalLocked(JournalFault):
    """Another program has been writing for longer than we wait."""


class NewerJournal(JournalFault):
    """A newer infonb made it, or has changed its form."""


class MigrationFailed(JournalFault):
    """A journal of an older infonb couldn't be brought to today's form; it is as it was."""


class BackupUnusable(JournalFault):
    """A backup that can't be made here, or can't be restored from."""


class ServerUnreachable(JournalFault):
    """The PostgreSQL server doesn't answer, or broke off."""


class Refused(JournalFault):
    """The database's own rules refused a value; nothing was changed."""


_SQLITE = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: ReadOnlyJournal,
    sqlite3.SQLITE_BUSY: JournalLocked,
    sqlite3.SQLITE_LOCKED: JournalLocked,
    sqlite3.SQLITE_CORRUPT: DamagedJournal,
    sqlite3.SQLITE_NOTADB: NotAJournal,
    sqlite3.SQLITE_CONSTRAINT: Refused,
}
_POSTGRES = {
    "08": ServerUnreachable,
    "22": Refused,
    "23": Refused,
    "25006": ReadOnlyJournal,
    "28": ServerUnreachable,
    "3D": ServerUnreachable,
    "42501": ReadOnlyJournal,
    "53100": DiskFull,
    "53": ServerUnreachable,
    "54": Refused,
    "55P03": JournalLocked,
    "57": ServerUnreachable,
}
_WORDS: dict[type[JournalFault], str] = {
    DiskFull: "The disk that holds {where} is full. What was saved before is safe; this last "
    "change was not stored. Make room on the disk, then save again.",
    ReadOnlyJournal: "{where} may only be read, so nothing can be saved there. Copy the journal "
    "to a folder of your own and open it there, or ask for the right to write.",
    JournalMoved: "{where} was moved, renamed, deleted or replaced while it was open here, so this "
    "last change was not saved. What was saved before is in the file that was moved{reason}. Put "
    "it back under its old name and save again, or open it where it is now.",
    JournalLocked: "Another program has kept {where} locked for a while. What was saved before is "
    "safe; this last change was not stored. Close the other program, then save again.",
    DamagedJournal: "{where} is damaged, so it isn't opened for writing: {reason}. Don't delete "
    "it. `infonb check` says which backup to use.",
    AlteredJournal: "{where} holds what no journal of infonb has: {reason}. Such parts can change "
    "or remove what is saved, so it was left as it is and not opened. If it came from somebody "
    "else, ask for an export in its place (`infonb export journal.jsonl`) and import that. If you "
    "added them yourself, remove them with the program that made them (DROP TRIGGER, DROP VIEW, "
    "DROP INDEX, DROP TABLE), and open it again.",
    NotAJournal: "{where} is no journal: it isn't a SQLite database. If it is a file to import, "
    "open a journal and use import_file.",
    Refused: "The journal refused this, and nothing was changed: {reason}",
    ServerUnreachable: "The PostgreSQL server of {where} can't be reached or broke off: {reason}. "
    "What was saved before is safe. Whether the very last change was stored isn't known; look "
    "before you repeat it.",
    JournalFault: "{where} can't be used: {reason}",
}


def fault(kind: type[JournalFault], where: object, reason: str = "") -> JournalFault:
    """An error of one kind in its usual words.

    Examples
    --------
    >>> fault(NotAJournal, "notes.txt").args[0][:28]
    'notes.txt is no journal: it '
    """
    return kind(_WORDS[kind].format(where=where, reason=reason))


def translated(error: BaseException, where: object) -> JournalFault:
    """What a database driver or the system reported, as an error for the person.

    Parameters
    ----------
    error : exception
        Of SQLAlchemy, sqlite3, psycopg or the operating system.
    where : str or path
        The journal, as it may be shown.
    """
    original = getattr(error, "orig", None) or error
    if isinstance(original, OSError):
        return _of_the_system(original, where)
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None:
        if code == sqlite3.SQLITE_READONLY_DBMOVED:
            return fault(JournalMoved, where)
        return fault(_SQLITE.get(code & 0xFF, JournalFault), where, str(original))
    if type(original).__module__.startswith("psycopg"):
        return _of_postgres(original, where)
    if isinstance(original, sqlite3.Error):
        # without a code the driver itself complains: of a value, or of text that is no UTF-8
        value = isinstance(original, (sqlite3.ProgrammingError, sqlite3.InterfaceError))
        return fault(Refused if value else DamagedJournal, where, str(original))
    if "QueuePool" in str(original):
        return fault(JournalLocked, where)
    return fault(JournalFault, where, str(original))


def _of_the_system(error: OSError, where: object) -> JournalFault:
    reason = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fault(DiskFull, where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return fault(ReadOnlyJournal, where)
    return fault(JournalFault, where, f"{reason[:1].lower()}{reason[1:]}.")


def _of_postgres(error: BaseException, where: object) -> JournalFault:
    state = getattr(error, "sqlstate", None) or ""
    kind = next((kind for key, kind in _POSTGRES.items() if state.startswith(key)), None)
    if kind is None:  # a connection that fails or breaks has no state
        broke_off = type(error).__name__ == "OperationalError" and not state
        kind = ServerUnreachable if broke_off else JournalFault
    # the first line only: the detail of a refusal repeats what people said
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    reason = primary or (str(error).strip().splitlines() or ["no reason was given"])[0]
    return fault(kind, where, reason.rstrip("."))
