"""Forgetting a person: the name and the contact go, what was learned stays, without a name."""

from __future__ import annotations

import json
import re
import sqlite3
import time
import uuid
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, Text, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from infonb.errors import InfonbError, InfonbWarning
from infonb.files import scratch_folder
from infonb.journal import backups, passages, restore, schema
from infonb.journal.engine import make_engine
from infonb.journal.errors import JournalFault, translated
from infonb.journal.open_files import connected
from infonb.journal.transaction import Transaction, writing
from infonb.journal.undo import entries_of
from infonb.privacy.erase import Traces, fold, moved, spans, without, words_of

if TYPE_CHECKING:
    from infonb.journal.journal import Journal

FORGOTTEN = "Not named"
"""The name of a person who was forgotten."""

COPIES = "copies"
"""Setting that lists the files names were copied to, one a line."""

_UNFINISHED = "forgetting"
"""Setting that lists the persons whose forgetting was begun, one a line."""

_BLANK = {
    "name": FORGOTTEN, "job_title": None, "organisation": None, "email": None, "phone": None,
    "name_from": None, "notes": None, "profile": None, "has_card": False, "may_be_named": False,
}  # fmt: skip
_NEVER_TEXT = {
    "id", "created_at", "title_key", "soc", "status", "zone", "kind", "fingerprint", "key",
    "question", "session", "session_at", "updated_at", "at", "before", "skill_id", "item", "due",
    "date", "scheduled_at", "started_at", "ended_at", "done_at", "referred_by", "formerly",
    "plan", "look_again", "day", "to",
}  # fmt: skip
_NEVER_TEXT_HERE = {("person", "source"), ("person", "name")}  # somebody else's name is theirs
_TEXT_HERE = {"outcome": ["kind"], "lead": ["status"]}  # the same columns hold keys elsewhere
_NAMING_PARTS_OF_A_SOURCE = ("ref", "title", "url")


@dataclass(frozen=True)
class Mention:
    """Words that may be the person, or may be something else: for you to look at.

    Attributes
    ----------
    table, id, column : str
        Where they stand.
    words, text : str
        The words, and the text around them.
    """

    table: str
    id: str
    column: str
    words: str
    text: str


@dataclass(frozen=True)
class Forgotten:
    """What forgetting a person did.

    Attributes
    ----------
    places : int
        How many stored values were changed, in the journal and its automatic backups.
    unsure : tuple of Mention
        Left as they are: a first name that is a word too, or a name that others share.
    unreached : tuple of str
        Files and places that may still hold the name, with what to do.
    """

    places: int
    unsure: tuple[Mention, ...] = field(default=())
    unreached: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        lines = [f"The name was removed from {self.places} places."]
        lines += [f"Please look at {m.table}.{m.column}: “{m.text}”" for m in self.unsure]
        lines += [f"Not reached: {place}" for place in self.unreached]
        return "\n".join(lines)


def forget(journal: Journal, person_id: str) -> Forgotten:
    """Remove a person's name and contact; see `infonb.journal.Journal.forget`."""
    begun = {*_unfinished(journal), person_id}
    with journal.transaction() as write:
        _erase_what_is_deleted(write.connection)
        traces = traces_of(write, person_id)
        if traces is None:
            raise InfonbError(f"There is no person {person_id!r} in this journal.")
        places, unsure = forget_in(write, person_id, traces)
        write.keep_setting(_UNFINISHED, "\n".join(sorted(begun)))
    more, unreached = _forget_beyond_the_rows(journal, person_id, traces)
    return Forgotten(places + more, tuple(unsure), tuple(unreached))


def finish(journal: Journal) -> None:
    """Go on with what a killed run had begun: the rows are clean, file and backups may not be."""
    for person_id in _unfinished(journal):
        try:
            unreached = _forget_beyond_the_rows(journal, person_id, Traces(frozenset()))[1]
        except (JournalFault, OSError) as error:
            unreached = [str(error)]
        if unreached:
            warnings.warn(
                "Forgetting somebody was broken off, and couldn't be finished now: "
                + " ".join(unreached),
                InfonbWarning,
                stacklevel=4,
            )


def _unfinished(journal: Journal) -> list[str]:
    return (journal.setting(_UNFINISHED) or "").split()


def _forget_beyond_the_rows(
    journal: Journal, person_id: str, traces: Traces
) -> tuple[int, list[str]]:
    """Down to the bytes of the file, and in its backups; places changed, and what's not reached."""
    places = 0
    unreached = [
        f"{path}: you made this copy; delete it, or open it and forget the person there."
        for path in copies(journal)
        if Path(path).exists()
    ]
    if journal.path is None:
        unreached += _rewrite_server(journal._engine)
    else:
        unreached += rewrite_file(journal._engine, journal.path)
        for backup in backups.backups_of(journal.path):
            changed, problem = _forget_in_backup(backup, person_id, traces)
            places += changed
            unreached += problem
        unreached += _set_aside(journal.path)
    left = [id for id in _unfinished(journal) if id != person_id]
    journal.keep_setting(_UNFINISHED, "\n".join(left))
    return places, unreached


def copies(journal: Journal) -> list[str]:
    """The files that names were copied to on request."""
    return (journal.setting(COPIES) or "").splitlines()


# whom to look for -------------------------------------------------------------------------------


def traces_of(write: Transaction, person_id: str) -> Traces | None:
    """All names and contacts a person ever had here; None when there never was such a person."""
    rows = [write.find(schema.person, person_id), *_undone_rows(write, person_id)]
    rows = [row for row in rows if row]
    if not rows:
        return None
    others: set[str] = set()
    query = select(schema.person.c.name).where(schema.person.c.id != person_id)
    people = [n for n in write.connection.execute(query).scalars() if n != FORGOTTEN]
    for name in people:
        others |= words_of(name)
    for title in write.connection.execute(select(schema.occupation.c.title)).scalars():
        others |= words_of(title)
    return Traces(
        frozenset(row["name"] for row in rows if row.get("name") not in (None, FORGOTTEN)),
        frozenset(row[c] for row in rows for c in ("email", "phone") if row.get(c)),
        frozenset(others),
        frozenset(words_of(name) for name in people),
    )


def _undone_rows(write: Transaction, person_id: str) -> list[Mapping[str, Any]]:
    steps = write.connection.execute(select(schema.undo.c.before)).scalars()
    return [
        entry.get("row") or entry.get("was") or {}
        for step in steps
        for entry in entries_of(step)
        if entry["table"] == "person" and entry["id"] == person_id
    ]


# inside one journal -----------------------------------------------------------------------------


def forget_in(write: Transaction, person_id: str, traces: Traces) -> tuple[int, list[Mention]]:
    """Remove a person from all tables of one journal; places changed, and mentions left."""
    eraser = _Eraser(write, person_id, traces)
    eraser.person()
    for table in schema.metadata.sorted_tables:
        if table not in (schema.meta, schema.imported, schema.undo):
            eraser.texts(table)
    eraser.undo_steps()
    eraser.identities()
    return eraser.places, eraser.unsure


class _Eraser:
    def __init__(self, write: Transaction, person_id: str, traces: Traces) -> None:
        self.connection = write.connection
        self.write = write
        self.person_id = person_id
        self.places = 0
        self.unsure: list[Mention] = []
        self._sure, self._unsure = traces.sure(), traces.unsure()
        self._words = frozenset(word for name in traces.names for word in words_of(name))

    def person(self) -> None:
        t = schema.person
        row = self.write.find(t, self.person_id)
        if row is not None:
            self.places += sum(row[column] != value for column, value in _BLANK.items())
            self.connection.execute(update(t).where(t.c.id == self.person_id).values(**_BLANK))
        i = schema.interview
        query = select(i.c.id, i.c.source).where(i.c.person_id == self.person_id)
        for id, source in self.connection.execute(query).all():
            if source:
                kept = self.source(source)
                self.connection.execute(update(i).where(i.c.id == id).values(source=kept))
                self.places += kept != source

    def source(self, stored: str) -> str:
        """Where an interview was published, without what leads to the person."""
        try:
            parts = json.loads(stored).items()
        except (AttributeError, ValueError):
            return "{}"  # unreadable: whatever it holds goes
        kept = {key: value for key, value in parts if key not in _NAMING_PARTS_OF_A_SOURCE}
        return json.dumps(kept, ensure_ascii=False)

    def texts(self, table: Table) -> None:
        columns = text_columns(table)
        if not columns:
            return
        query = select(table.c.id, *(table.c[column] for column in columns))
        for row in map(dict, self.connection.execute(query).mappings().all()):
            changes = self.cleaned(table.name, row, columns)
            if changes:
                if table.name in ("answer", "transcript") and "text" in changes:
                    self.codings(table.name, row["id"], row["text"])
                if table is schema.occupation and "title" in changes:
                    changes["title_key"] = f"{changes['title']} {row['id']}".casefold()
                self.connection.execute(
                    update(table).where(table.c.id == row["id"]).values(**changes)
                )

    def cleaned(
        self, table: str, row: Mapping[str, Any], columns: list[str], note: bool = True
    ) -> dict[str, Any]:
        """What changes in some text columns of a row; unsure mentions are noted."""
        changes = {}
        for column in columns:
            text = row.get(column)
            if not isinstance(text, str) or not text:
                continue
            found = spans(text, self._sure)
            if found:
                changes[column] = without(text, found)
                self.places += 1
            if note:
                self.note(table, row["id"], column, changes.get(column, text))
        if table == schema.coding.name and "quote" in row:
            changes |= self.around(row)
        return changes

    def around(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A passage's words and those around it as one text: alone, half a name isn't told."""
        parts = ("prefix", "quote", "suffix")
        prefix, quote, suffix = (row.get(part) or "" for part in parts)
        whole = prefix + quote + suffix
        found = spans(whole, self._sure)
        start, end = moved((len(prefix), len(prefix) + len(quote)), found)
        whole = without(whole, found)
        prefix, quote, suffix = whole[:start], whole[start:end], whole[end:]
        first, last = re.match(r"\w+", prefix), re.search(r"\w+$", suffix)
        if first and any(word.endswith(fold(first[0]).text) for word in self._words):
            prefix = prefix[first.end() :]
        if last and any(word.startswith(fold(last[0]).text) for word in self._words):
            suffix = suffix[: last.start()]
        told = zip(parts, (prefix, quote, suffix), strict=True)
        return {part: text for part, text in told if text != row.get(part)}

    def note(self, table: str, id: str, column: str, text: str) -> None:
        for start, end in spans(text, self._unsure):
            # a name begins with a capital, where its script has them
            if text[start] == text[start].lower() and text[start] != text[start].upper():
                continue
            around = text[max(0, start - 30) : end + 30].replace("\n", " ")
            self.unsure.append(Mention(table, id, column, text[start:end], around))

    def codings(self, of: str, id: str, text: str) -> None:
        """Marked passages stay on their words."""
        t, found = schema.coding, spans(text, self._sure)
        for row in self.connection.execute(select(t).where(t.c[f"{of}_id"] == id)).all():
            if row.start is None:
                continue
            start, end = moved((row.start, row.end), found)
            values = passages.anchored(without(text, found), start, end)
            self.connection.execute(update(t).where(t.c.id == row.id).values(values))

    def undo_steps(self) -> None:
        t = schema.undo
        for step in self.connection.execute(select(t)).all():
            entries = [self.entry(entry) for entry in entries_of(step.before)]
            before = json.dumps(entries, ensure_ascii=False)
            what = without(step.what, spans(step.what, self._sure))
            if (before, what) != (step.before, step.what):
                self.connection.execute(
                    update(t).where(t.c.id == step.id).values(before=before, what=what)
                )

    def entry(self, entry: dict[str, Any]) -> dict[str, Any]:
        """One row of an undo step, so that undoing doesn't bring the name back."""
        table = schema.metadata.tables[entry["table"]]
        for part in ("row", "was"):
            stored = entry.get(part)
            if not stored:
                continue
            if table is schema.person and entry["id"] == self.person_id:
                stored |= {column: _BLANK[column] for column in stored if column in _BLANK}
            if (
                table is schema.interview
                and stored.get("source")
                and stored.get("person_id") == self.person_id
            ):
                stored["source"] = self.source(stored["source"])
            whole = {"id": entry["id"], **stored}
            stored |= self.cleaned(table.name, whole, text_columns(table), note=False)
        return entry

    def identities(self) -> None:
        """Identities that were made from a name, or hold it, become random ones."""
        i = schema.interview
        query = select(i.c.id).where(i.c.person_id == self.person_id)
        theirs = [("interview", id) for id in self.connection.execute(query).scalars()]
        for name, id in [("person", self.person_id), *theirs]:
            known = delete(schema.imported).where(schema.imported.c.id == f"{name}:{id}"[:80])
            self.connection.execute(known)
            if self.tells(name, id):
                pointing = delete(schema.imported).where(schema.imported.c.fingerprint == id)
                self.connection.execute(pointing)
                self.rename(schema.metadata.tables[name], id)

    def tells(self, table: str, id: str) -> bool:
        """Whether an identity holds the name, or was made from the name alone."""
        return bool(spans(id, [*self._sure, *self._unsure])) or (
            table == "person" and _is_derived(id)
        )

    def rename(self, table: Table, old: str) -> None:
        row = self.write.find(table, old)
        new = uuid.uuid4().hex
        if row is not None:
            self.connection.execute(insert(table), [{**row, "id": new}])
            for child in schema.metadata.sorted_tables:
                for key in child.foreign_keys:
                    if key.column.table is table:
                        self.connection.execute(
                            update(child).where(key.parent == old).values({key.parent: new})
                        )
            self.connection.execute(delete(table).where(table.c.id == old))
        t = schema.undo
        quoted = json.dumps(old, ensure_ascii=False)[1:]
        for step in self.connection.execute(select(t.c.id, t.c.before)).all():
            before = step.before.replace(f'"{quoted}', f'"{new}"')
            before = before.replace(f'"{table.name}:{quoted}', f'"{table.name}:{new}"')
            if before != step.before:
                self.connection.execute(update(t).where(t.c.id == step.id).values(before=before))


def text_columns(table: Table) -> list[str]:
    """The columns of a table in which somebody may have written a name.

    Examples
    --------
    >>> text_columns(schema.lead)
    ['text', 'status']
    """
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, Text)
        and not column.foreign_keys
        and column.name not in _NEVER_TEXT
        and (table.name, column.name) not in _NEVER_TEXT_HERE
    ] + _TEXT_HERE.get(table.name, [])


def _is_derived(id: str) -> bool:
    try:
        return uuid.UUID(hex=id).version == 5
    except ValueError:
        return False


# down to the bytes ------------------------------------------------------------------------------


def _erase_what_is_deleted(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def rewrite_file(engine: Engine, path: Path) -> list[str]:
    """Write a SQLite file anew, so that no page holds what was deleted; what stood in the way."""
    engine.dispose()
    try:
        with connected(path, busy_seconds=2) as raw:
            for pragma in ("secure_delete=ON", "temp_store=MEMORY"):
                raw.execute(f"PRAGMA {pragma}")
            _waiting_for_others(lambda: raw.execute("VACUUM"))
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        fault = translated(error, path)
        return [f"{path}: {fault} The name may still stand in its unused parts; forget again."]
    if busy:
        return [
            f"{path}-wal: another program has the journal open; close it and forget again, "
            "since the name may still stand there."
        ]
    return []


def _waiting_for_others(action: Any) -> None:
    until = time.monotonic() + 5
    while True:
        try:
            action()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.05)


def _forget_in_backup(backup: Path, person_id: str, known: Traces) -> tuple[int, list[str]]:
    """Forget a person in an automatic backup, which is replaced in one step."""
    try:
        with scratch_folder("infonb-forgetting-") as folder, backups.replacing(backup) as part:
            ready = restore.todays_form(backup, folder)
            places = _forget_in_copy(ready, person_id, known)
            if not places:
                raise _NothingToForget
            with backups.reading(ready) as clean:
                backups.copy_pages(clean, part)
    except _NothingToForget:
        return 0, []
    except (JournalFault, sqlite3.Error) as error:
        return 0, [f"{backup}: {error} If you don't need this backup, delete it."]
    return places, []


class _NothingToForget(Exception):
    """A backup from before the person was known stays as it is."""


def _forget_in_copy(path: Path, person_id: str, known: Traces) -> int:
    engine = make_engine(str(path))
    try:
        with writing(engine) as write:
            _erase_what_is_deleted(write.connection)
            here = traces_of(write, person_id)
            if here is not None:
                known |= here
            places, _ = forget_in(write, person_id, known)
        rewrite_file(engine, path)
        return places
    finally:
        engine.dispose()


def _set_aside(journal: Path) -> list[str]:
    folder = backups.folder_of(journal)
    return [
        f"{path}: it is damaged, so it wasn't searched; delete it when you don't need it."
        for path in sorted(folder.glob("*-damaged*.db"))
    ]


def _rewrite_server(engine: Engine) -> list[str]:
    unreached = [
        "The server's own log and backups: ask whoever runs it how long they are kept.",
    ]
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in schema.metadata.sorted_tables:
                connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')
    except DBAPIError as error:  # the rest is done all the same
        unreached.append(f"The tables' unused parts: {translated(error, 'the server')}")
    return unreached
