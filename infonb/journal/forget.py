"""Forgetting a person: the name and the contact go, what was learned stays, without a name."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import sqlite3
import time
import uuid
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, Text, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from infonb.english import count
from infonb.errors import InfonbError, InfonbWarning
from infonb.files import scratch_folder
from infonb.journal import backups, columns, files_with_names, passages, restore, schema
from infonb.journal.engine import make_engine
from infonb.journal.errors import JournalFault, translated
from infonb.journal.open_files import connected
from infonb.journal.transaction import Transaction, writing
from infonb.journal.undo import entries_of
from infonb.privacy.erase import Traces, are_one, moved, without, words_of

if TYPE_CHECKING:
    from infonb.journal.journal import Journal

FORGOTTEN = "Not named"
"""The name of a person who was forgotten."""

COPIES = "copies"
"""Setting that lists the files names were copied to, one a line."""

_UNFINISHED = "forgetting"
"""Setting that says whose forgetting was begun, and by what they are found, until it is done."""

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
_WITHOUT_NAMES_AS_IDS = (
    schema.meta, schema.imported, schema.undo, schema.question, schema.importance
)  # fmt: skip
_OWN_SETTINGS = ("journal_id", "today", "sample", _UNFINISHED)
_RANDOM = re.compile(r"[0-9a-f]{32}")
_JSON_HERE = {("interview", "source"), ("transcript", "turns")}
_TEXT_HERE = {"outcome": ["kind"], "lead": ["status"]}  # the same columns hold keys elsewhere
_NAMING_PARTS_OF_A_SOURCE = ("ref", "title", "url")


@dataclass(frozen=True)
class Mention:
    """Words in the journal that are the person, or may be something else.

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
    """What forgetting a person did, or would do.

    Attributes
    ----------
    places : int
        How many stored values were changed, in the journal and its automatic backups.
    unsure : tuple of Mention
        Left as they are: a first name that is a word too, or a name that others share.
    unreached : tuple of str
        Files and places that may still hold the name, with what to do.
    same : tuple of (str, str)
        Identity and name of other entries that may be the same human, to be forgotten together.
    cleared : tuple of str
        Notebooks whose outputs were cleared.
    found : tuple of Mention
        Of a dry run, each place in the journal that would be changed.
    dry_run : bool
        Whether nothing was changed.
    """

    places: int
    unsure: tuple[Mention, ...] = field(default=())
    unreached: tuple[str, ...] = field(default=())
    same: tuple[tuple[str, str], ...] = field(default=())
    cleared: tuple[str, ...] = field(default=())
    found: tuple[Mention, ...] = field(default=())
    dry_run: bool = False

    def __str__(self) -> str:
        places = count(self.places, "place")
        if self.dry_run:
            lines = [f"The name would be removed from {places}; nothing was changed."]
        else:
            lines = [f"The name was removed from {places}."]
        lines += [f"{m.table}.{m.column}: “{m.text}”" for m in self.found]
        lines += [f"Outputs {self._tense} cleared: {place}" for place in self.cleared]
        lines += [f"Please look at {m.table}.{m.column}: “{m.text}”" for m in self.unsure]
        lines += [f"Not reached: {place}" for place in self.unreached]
        if self.same:
            lines.append(
                "The same person may stand here more than once, and then is to be forgotten in "
                "all entries together, which removes what now counts as somebody else's name:"
            )
            lines += [f"  {id}  {name}" for id, name in self.same]
        return "\n".join(lines)

    @property
    def _tense(self) -> str:
        return "would be" if self.dry_run else "were"


def forget(
    journal: Journal, person_ids: Collection[str], dry_run: bool = False, clear: bool = False
) -> Forgotten:
    """Remove a person's name and contact; see `infonb.journal.Journal.forget`."""
    ids = list(dict.fromkeys(person_ids))
    listed = copies(journal)
    done: list[tuple[Traces, _Eraser, list[tuple[str, str]]]] = []
    try:
        with journal.transaction() as write:
            _erase_what_is_deleted(write.connection)
            traces = traces_of(write, ids)
            if traces is None:
                raise InfonbError(f"There is no person {ids[0]!r} in this journal.")
            same = alike(write, ids)
            eraser = forget_in(write, ids, traces)
            done.append((traces, eraser, same))
            if dry_run:
                raise _OnlyLooked
            _note_unfinished(write, {"ids": ids, "traces": traces.to_json(), "copies": listed})
    except _OnlyLooked:
        pass
    traces, eraser, same = done[0]
    rest = _Rest(journal, ids, traces, listed, dry_run, clear)
    rest.forget()
    return Forgotten(
        eraser.places + rest.places, tuple(eraser.unsure), tuple(rest.unreached), tuple(same),
        tuple(rest.cleared), tuple(eraser.found) if dry_run else (), dry_run,
    )  # fmt: skip


class _OnlyLooked(Exception):
    """A dry run: what was changed is taken back."""


def finish(journal: Journal) -> None:
    """Go on with what a killed run had begun: the rows are clean, file and backups may not be."""
    begun = _unfinished(journal)
    if begun is None:
        return
    traces = Traces.from_json(begun["traces"])
    try:
        rest = _Rest(journal, begun["ids"], traces, begun["copies"])
        rest.forget()
        unreached = rest.unreached
    except (JournalFault, OSError) as error:
        unreached = [str(error)]
    if unreached:
        warnings.warn(
            "Forgetting somebody was broken off and has now been gone on with, but for this: "
            + " ".join(unreached),
            InfonbWarning,
            stacklevel=4,
        )


def _unfinished(journal: Journal) -> dict[str, Any] | None:
    stored = journal.setting(_UNFINISHED)
    if not stored:
        return None
    try:
        begun = json.loads(stored)
        return {"ids": begun["ids"], "traces": begun["traces"], "copies": begun["copies"]}
    except (KeyError, TypeError, ValueError):  # as infonb noted it before: identities, one a line
        return {"ids": stored.split(), "traces": Traces(frozenset()).to_json(), "copies": []}


def _note_unfinished(write: Transaction, what: dict[str, Any] | None) -> None:
    _erase_what_is_deleted(write.connection)
    write.keep_setting(_UNFINISHED, json.dumps(what, ensure_ascii=False) if what else "")


class _Rest:
    """Forgetting beyond the rows: backups, the bytes of the file, and files that lie about."""

    def __init__(
        self,
        journal: Journal,
        ids: list[str],
        traces: Traces,
        listed: list[str],
        dry_run: bool = False,
        clear: bool = False,
    ) -> None:
        self.journal, self.ids, self.traces = journal, ids, traces
        self.listed, self.dry_run, self.clear = listed, dry_run, clear
        self.places = 0
        self.unreached: list[str] = []
        self.cleared: list[str] = []

    def forget(self) -> None:
        path = self.journal.path
        self.unreached += [
            f"{copy}: you made this copy; delete it, or open it and forget the person there."
            for copy in self.listed
            if Path(copy).exists()
        ]
        if path is None:
            if not self.dry_run:
                self.unreached += _rewrite_server(self.journal._engine)
                self._note(None)
            return
        looked_at = self._backups(path, set())
        self._files(path)
        if not self.dry_run:
            # what the names were kept for is done but for the bytes, which need no name
            self._note({"ids": [], "traces": Traces(frozenset()).to_json(), "copies": []})
            standing = rewrite_file(self.journal._engine, path)
            self.unreached += standing
            self._backups(path, looked_at)  # another program may have made one meanwhile
            if not standing:
                self._note(None)
        self.unreached += _set_aside(path)

    def _note(self, what: dict[str, Any] | None) -> None:
        with self.journal.transaction() as write:
            _note_unfinished(write, what)

    def _backups(self, path: Path, looked_at: set[Path]) -> set[Path]:
        living = {person.id for person in self.journal.people()} - set(self.ids)
        for backup in backups.backups_of(path):
            if backup not in looked_at:
                changed, problem = _forget_in_backup(
                    backup, self.ids, self.traces, living, self.dry_run
                )
                self.places += changed
                self.unreached += problem
                looked_at.add(backup)
        return looked_at

    def _files(self, path: Path) -> None:
        known = {Path(copy) for copy in self.listed}
        for file in files_with_names.found(path, self.traces):
            if file.path in known:
                continue
            if self.clear and file.in_outputs:
                if not self.dry_run:
                    files_with_names.clear_outputs(file.path)
                self.cleared.append(str(file.path))
                if not file.in_sources:
                    continue
            self.unreached.append(f"{file.path}: {file.says}")


def copies(journal: Journal) -> list[str]:
    """The files that names were copied to on request."""
    return (journal.setting(COPIES) or "").splitlines()


# whom to look for -------------------------------------------------------------------------------


def traces_of(
    write: Transaction, ids: Collection[str], living: Collection[str] | None = None
) -> Traces | None:
    """All by which a person was ever known here; None when there never was such a person.

    Entries that were removed, and surely are the same human, count, too; of a backup also those
    that aren't among the ``living``.
    """
    undone = _undone_rows(write)
    rows = _rows_of_people(write)
    theirs = [row for id, row in [*rows, *undone] if id in ids]
    if not theirs:
        return None
    gone = _removed_entries(rows, undone, ids, theirs, living)
    theirs += [row for id, row in [*rows, *undone] if id in gone]
    others = [row for id, row in rows if id not in ids and id not in gone]
    titles = write.connection.execute(select(schema.occupation.c.title)).scalars()

    def every(column: str, among: list[Mapping[str, Any]]) -> frozenset[str]:
        return frozenset(row[column] for row in among if row.get(column) not in (None, FORGOTTEN))

    return Traces(
        names=every("name", theirs),
        emails=every("email", theirs),
        phones=every("phone", theirs),
        profiles=every("profile", theirs),
        employers=every("organisation", theirs),
        others=every("name", others),
        employed=every("organisation", others),
        in_titles=frozenset(word for title in titles for word in words_of(title)),
    )


def alike(write: Transaction, ids: Collection[str]) -> list[tuple[str, str]]:
    """Identity and name of other entries that may be the same human."""
    rows = _rows_of_people(write)
    named = [(id, row) for id, row in rows if row["name"] != FORGOTTEN]
    theirs = [row for id, row in named if id in ids]
    return [
        (id, row["name"])
        for id, row in named
        if id not in ids and any(are_one(row, mine) for mine in theirs)
    ]


def _rows_of_people(write: Transaction) -> list[tuple[str, Mapping[str, Any]]]:
    found = write.connection.execute(select(schema.person)).mappings().all()
    return [(str(row["id"]), {**row}) for row in found]


def _undone_rows(write: Transaction) -> list[tuple[str, Mapping[str, Any]]]:
    """What undoing would bring back of people."""
    steps = write.connection.execute(select(schema.undo.c.before)).scalars()
    return [
        (entry["id"], entry.get("row") or entry.get("was") or {})
        for step in steps
        if '"person"' in step
        for entry in entries_of(step)
        if entry["table"] == "person"
    ]


def _removed_entries(
    rows: list[tuple[str, Mapping[str, Any]]],
    undone: list[tuple[str, Mapping[str, Any]]],
    ids: Collection[str],
    theirs: list[Mapping[str, Any]],
    living: Collection[str] | None,
) -> set[str]:
    """Entries that nobody sees any more and that surely are the same human."""
    here = {id for id, _ in rows} if living is None else living
    theirs = [row for row in theirs if row.get("name") != FORGOTTEN]
    return {
        id
        for id, row in [*rows, *undone]
        if id not in here and id not in ids and any(are_one(row, m, surely=True) for m in theirs)
    }


# inside one journal -----------------------------------------------------------------------------


def forget_in(
    write: Transaction,
    ids: Collection[str],
    traces: Traces,
    living: Collection[str] | None = None,
) -> _Eraser:
    """Remove a person from all tables of one journal."""
    rows, undone = _rows_of_people(write), _undone_rows(write)
    theirs = [row for id, row in [*rows, *undone] if id in ids]
    theirs += [{"name": name} for name in traces.names]
    gone = _removed_entries(rows, undone, ids, theirs, living)
    eraser = _Eraser(write, [*ids, *sorted(gone)], traces)
    for id in eraser.ids:
        eraser.person(id)
    for table in schema.metadata.sorted_tables:
        if table not in (schema.meta, schema.imported, schema.undo):
            eraser.texts(table)
    eraser.undo_steps()
    eraser.identities()
    eraser.settings()
    return eraser


class _Eraser:
    def __init__(self, write: Transaction, ids: list[str], traces: Traces) -> None:
        self.connection = write.connection
        self.write = write
        self.ids = ids
        self.traces = traces
        self.places = 0
        self.unsure: list[Mention] = []
        self.found: list[Mention] = []
        self._words = frozenset(word for name in traces.names for word in words_of(name))

    def person(self, person_id: str) -> None:
        t = schema.person
        row = self.write.find(t, person_id)
        if row is not None:
            for column, value in _BLANK.items():
                if row[column] != value:
                    self.went("person", person_id, column, str(row[column]))
            self.connection.execute(update(t).where(t.c.id == person_id).values(**_BLANK))
        i = schema.interview
        query = select(i.c.id, i.c.source).where(i.c.person_id == person_id)
        for id, source in self.connection.execute(query).all():
            if source:
                kept = self.source(source)
                self.connection.execute(update(i).where(i.c.id == id).values(source=kept))
                if kept != source:
                    self.went("interview", id, "source", source)

    def went(self, table: str, id: str, column: str, words: str, around: str = "") -> None:
        """Count a place, and say what stood there."""
        self.places += 1
        self.found.append(Mention(table, id, column, words, around or words))

    def source(self, stored: str) -> str:
        """Where an interview was published, without what leads to the person."""
        try:
            parts = json.loads(stored).items()
        except (AttributeError, ValueError):
            return "{}"  # unreadable: whatever it holds goes
        kept = {key: value for key, value in parts if key not in _NAMING_PARTS_OF_A_SOURCE}
        return json.dumps(kept, ensure_ascii=False)

    def texts(self, table: Table) -> None:
        written = text_columns(table)
        if not written:
            return
        query = select(table.c.id, *(table.c[column] for column in written))
        for row in map(dict, self.connection.execute(query).mappings().all()):
            changes = self.cleaned(table.name, row, written)
            if changes:
                if table.name in ("answer", "transcript") and "text" in changes:
                    self.codings(table.name, row["id"], row["text"])
                if table is schema.occupation and "title" in changes:
                    changes |= self.title(row["id"], changes["title"])
                self.connection.execute(
                    update(table).where(table.c.id == row["id"]).values(**changes)
                )

    def title(self, id: str, title: str) -> dict[str, str]:
        """An occupation's title, unlike all others."""
        t = schema.occupation
        query = select(t.c.title_key).where(t.c.id != id)
        taken = set(self.connection.execute(query).scalars())
        numbered = itertools.chain([title], (f"{title} ({n})" for n in itertools.count(2)))
        unlike = next(one for one in numbered if columns.title_key(one) not in taken)
        return {"title": unlike, "title_key": columns.title_key(unlike)}

    def cleaned(
        self, table: str, row: Mapping[str, Any], written: list[str], note: bool = True
    ) -> dict[str, Any]:
        """What changes in some text columns of a row; unsure mentions are noted."""
        changes = {}
        for column in written:
            text = row.get(column)
            if not isinstance(text, str) or not text:
                continue
            after = self.text(table, column, text)
            if after != text:
                changes[column] = after
                found = self.traces.found(text, (table, column) == ("occupation", "title"))
                words = found[0].words if found else text
                around = _around(text, found[0].start, found[0].end) if found else text
                self.went(table, row["id"], column, words, around)
            if note:
                self.note(table, row["id"], column, after)
        if table == schema.coding.name and "quote" in row:
            changes |= self.around(row)
        return changes

    def text(self, table: str, column: str, text: str) -> str:
        """A text without the person; of what is stored as JSON each text in it."""
        if (table, column) in _JSON_HERE:
            with contextlib.suppress(ValueError):
                told = json.loads(text)
                after = _each_text(told, lambda said: without(said, self.traces.found(said)))
                return text if after == told else json.dumps(after, ensure_ascii=False)
        in_a_title = (table, column) == ("occupation", "title")
        return without(text, self.traces.found(text, in_a_title))

    def around(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A passage's words and those around it as one text: alone, half a name isn't told."""
        parts = ("prefix", "quote", "suffix")
        prefix, quote, suffix = (row.get(part) or "" for part in parts)
        whole = prefix + quote + suffix
        found = self.traces.found(whole)
        start, end = moved((len(prefix), len(prefix) + len(quote)), found)
        whole = without(whole, found)
        prefix, quote, suffix = whole[:start], whole[start:end], whole[end:]
        first, last = re.match(r"\w+", prefix), re.search(r"\w+$", suffix)
        if first and any(word.endswith(first[0].lower()) for word in self._words):
            prefix = prefix[first.end() :]
        if last and any(word.startswith(last[0].lower()) for word in self._words):
            suffix = suffix[: last.start()]
        told = zip(parts, (prefix, quote, suffix), strict=True)
        return {part: text for part, text in told if text != row.get(part)}

    def note(self, table: str, id: str, column: str, text: str) -> None:
        texts = [text]
        if (table, column) in _JSON_HERE:
            with contextlib.suppress(ValueError):
                texts = []
                _each_text(json.loads(text), texts.append)
        for one in texts:
            for start, end in self.traces.unsure(one):
                around = _around(one, start, end)
                self.unsure.append(Mention(table, id, column, one[start:end], around))

    def codings(self, of: str, id: str, text: str) -> None:
        """Marked passages stay on their words."""
        t, found = schema.coding, self.traces.found(text)
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
            what = without(step.what, self.traces.found(step.what))
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
            if table is schema.person and entry["id"] in self.ids:
                stored |= {column: _BLANK[column] for column in stored if column in _BLANK}
            if (
                table is schema.interview
                and stored.get("source")
                and stored.get("person_id") in self.ids
            ):
                stored["source"] = self.source(stored["source"])
            whole = {"id": entry["id"], **stored}
            stored |= self.cleaned(table.name, whole, text_columns(table), note=False)
        return entry

    def identities(self) -> None:
        """Identities that were made from a name, or hold it, become random ones."""
        i = schema.interview
        query = select(i.c.id).where(i.c.person_id.in_(self.ids))
        theirs = {("interview", id) for id in self.connection.execute(query).scalars()}
        theirs |= {("person", id) for id in self.ids}
        for name, id in sorted(theirs):
            known = delete(schema.imported).where(schema.imported.c.id == f"{name}:{id}"[:80])
            self.connection.execute(known)
            if name == "person" and _is_derived(id):
                self.change_identity(schema.person, id)
        for table in schema.metadata.sorted_tables:
            if table not in _WITHOUT_NAMES_AS_IDS:
                for id in self.connection.execute(select(table.c.id)).scalars().all():
                    if self.tells(id):
                        self.change_identity(table, id)
        t = schema.imported
        for id, fingerprint in self.connection.execute(select(t.c.id, t.c.fingerprint)).all():
            if self.tells(id) or self.tells(fingerprint):
                self.connection.execute(delete(t).where(t.c.id == id))

    def tells(self, id: str) -> bool:
        """Whether an identity holds the name."""
        return not _RANDOM.fullmatch(id) and bool(self.traces.found(id))

    def change_identity(self, table: Table, id: str) -> None:
        pointing = delete(schema.imported).where(schema.imported.c.fingerprint == id)
        self.connection.execute(pointing)
        self.rename(table, id)

    def settings(self) -> None:
        """Where copies were made to: paths that hold the name, or where nothing is any more."""
        t = schema.meta
        for key, value in self.connection.execute(select(t.c.key, t.c.value)).all():
            if key == COPIES:
                kept = "\n".join(
                    path
                    for path in value.splitlines()
                    if Path(path).exists() and not self.traces.found(path)
                )
            elif key in _OWN_SETTINGS:
                continue
            else:
                kept = without(value, self.traces.found(value))
            if kept != value:
                self.went("meta", key, "value", value)
                self.write.keep_setting(key, kept)

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


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 30) : end + 30].replace("\n", " ")


def _each_text(told: Any, change: Callable[[str], Any]) -> Any:
    """What JSON said, each of its texts changed."""
    if isinstance(told, str):
        return change(told)
    if isinstance(told, list):
        return [_each_text(part, change) for part in told]
    if isinstance(told, dict):
        return {key: _each_text(part, change) for key, part in told.items()}
    return told


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


def _forget_in_backup(
    backup: Path, ids: list[str], known: Traces, living: set[str], dry_run: bool
) -> tuple[int, list[str]]:
    """Forget a person in an automatic backup, which is replaced in one step."""
    places = 0
    try:
        with scratch_folder("infonb-forgetting-") as folder:
            ready = restore.todays_form(backup, folder)
            places = _forget_in_copy(ready, ids, known, living)
            if places and not dry_run:
                with backups.replacing(backup) as part, backups.reading(ready) as clean:
                    backups.copy_pages(clean, part)
    except (JournalFault, sqlite3.Error) as error:
        return 0, [f"{backup}: {error} If you don't need this backup, delete it."]
    return places, []


def _forget_in_copy(path: Path, ids: list[str], known: Traces, living: set[str]) -> int:
    engine = make_engine(str(path))
    try:
        with writing(engine) as write:
            _note_unfinished(write, None)  # it was copied while somebody was being forgotten
            here = traces_of(write, ids, living)
            if here is not None:
                known |= here
            places = forget_in(write, ids, known, living).places
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
