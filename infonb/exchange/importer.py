"""Taking a file into a journal: all of it or nothing, and a report that names every problem."""

from __future__ import annotations

import codecs
import contextlib
import gc
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from sqlalchemy import select

from infonb.errors import InfonbError
from infonb.exchange import (
    codebook,
    csv_long,
    csv_wide,
    excel,
    google_contacts,
    journal_file,
    json_resume,
    jsonl,
    linkedin,
    people_table,
    transcripts,
    upsert,
    vcard,
)
from infonb.exchange.bulk import BulkWriter
from infonb.exchange.entries import Asked, Entry, ImportProblem, KnownInterview, Reading
from infonb.exchange.front_door import check_kind, is_archive, members
from infonb.exchange.identity import FileQuestions, Identities, People, fingerprint
from infonb.exchange.records import unnamed
from infonb.exchange.tables import TWICE, encoding_of, header_of, once, peek, written_twice
from infonb.exchange.upsert import take_interview
from infonb.exchange.validate import Validation
from infonb.exchange.word import is_word
from infonb.html_repr import html_repr
from infonb.journal import columns, schema
from infonb.journal.question_keys import OwnQuestions

if TYPE_CHECKING:
    import pandas as pd

    from infonb.journal import Journal

FORMATS: dict[str, ModuleType] = {
    "journal": journal_file, "excel": excel, "json_resume": json_resume, "jsonl": jsonl,
    "vcard": vcard, "linkedin": linkedin, "google_contacts": google_contacts, "codebook": codebook,
    "long_csv": csv_long, "form": csv_wide,
    "people": people_table, "transcript": transcripts,
}  # fmt: skip
"""Format name -> its module: ``SUFFIXES``, ``is_it(head)``, ``entries(file, raw, problems)``.

``entries`` may also take ``asked`` (an `Asked`) and ``path``.
"""

_PROGRESS_EVERY = 200
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLi")
_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """What became, or would become, of one record of a file.

    Attributes
    ----------
    row : int
        Where it stands.
    kind : str
        ``"interview"``, ``"person"``, …
    about : str
        Who or what it is, shortened.
    what : str
        ``"added"``, ``"updated"`` or ``"skipped"``.
    """

    row: int
    kind: str
    about: str
    what: str

    @classmethod
    def of(cls, entry: Entry, what: str) -> Line:
        """The line for an entry."""
        data = entry.data
        person = data.get("person")
        who = person.get("name") if isinstance(person, Mapping) else person
        told = [who, *(data.get(key) for key in _TELLING), data.get("date")]
        about = ", ".join(" ".join(part.split()) for part in told if isinstance(part, str) and part)
        about = about.encode("utf-8", "replace").decode("utf-8")
        return cls(entry.row, entry.kind, about if len(about) <= 60 else f"{about[:59]}…", what)


_TELLING = ("name", "organisation", "occupation", "title", "phrase", "question", "theme", "prompt",
            "outcome", "next_step", "task")  # fmt: skip


@dataclass
class ImportReport:
    """What an import did, or would do.

    Attributes
    ----------
    added, updated, skipped : int
        Records of the file (lines of JSON Lines, rows of a CSV): new in the journal, changed
        there, or there already.
    problems : list of ImportProblem
        What was not understood. Records with an ``error`` stop the import; the others say what
        was left out, such as a key nobody knows.
    dry_run : bool
        True when nothing was written on purpose.
    lines : list of Line
        What became of each record, in order.
    readings : list of Reading
        How each column of a table was read.
    format : str
        What the file was taken for, a key of `FORMATS`; empty where that has to be said.
    choices : tuple of str
        What ``answers`` may say that a column of such a table means.

    Examples
    --------
    >>> ImportReport(added=2).counts
    '2 added, 0 updated, 0 there already'
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    problems: list[ImportProblem] = field(default_factory=list)
    dry_run: bool = False
    lines: list[Line] = field(default_factory=list, repr=False)
    readings: list[Reading] = field(default_factory=list, repr=False)
    format: str = ""
    choices: tuple[str, ...] = field(default=(), repr=False)

    @property
    def columns(self) -> pd.DataFrame:
        """What was understood of a table: header, field, scale, reading, example, file.

        ``field`` is the word for it in ``answers``; it is empty where a column could be several
        things. With ``dry_run=True`` it is there for a file that would be refused, too, so that
        ``answers``, ``scales``, ``reversed`` and ``dates`` can be corrected before anything is
        written.
        """
        import pandas as pd

        rows = [(r.column, r.field, r.scale, r.what, r.value, r.file) for r in self.readings]
        titles = ["header", "field", "scale", "reading", "example", "file"]
        return pd.DataFrame(rows, columns=titles, dtype="object")

    @property
    def counts(self) -> str:
        """The three numbers in words."""
        return f"{self.added} added, {self.updated} updated, {self.skipped} there already"

    def table(self, most: int = _SHOWN) -> str:
        """What became of each record, as a table to read.

        Parameters
        ----------
        most : int
            How many rows to show.
        """
        shown = [
            (str(line.row), _IN_WORDS[line.what], line.kind, line.about)
            for line in self.lines[:most]
        ]
        rows = [("row", "what", "kind", "about"), *shown]
        widths = [max(len(row[n]) for row in rows) for n in range(3)]
        table = [
            "  ".join([*(cell.ljust(w) for cell, w in zip(row[:3], widths, strict=True)), row[3]])
            for row in rows
        ]
        more = len(self.lines) - len(shown)
        return "\n".join([*table, *([f"… and {more} more"] if more > 0 else [])])

    def _repr_html_(self) -> str:
        title = ("Would be: " if self.dry_run else "Taken in: ") + self.counts
        rows = [
            (f"row {one.row}", one.column, one.value, one.what) for one in self.problems[:_SHOWN]
        ]
        more = len(self.problems) - len(rows)
        rows += [(f"… and {more} more", "", "", "")] if more > 0 else []
        return html_repr(title, rows, [] if self.dry_run else ["journal.undo()"])

    def __str__(self) -> str:
        lines = [("Would be: " if self.dry_run else "") + self.counts]
        if self.dry_run and self.lines:
            lines.append(self.table())
        ratings = [str(reading) for reading in self.readings if reading.scale and not reading.error]
        return "\n".join([*lines, *ratings, *map(str, self.problems)])


_IN_WORDS = {"added": "add", "updated": "change", "skipped": "leave"}


class ImportRefused(InfonbError):
    """A file that can't be taken; nothing was changed. ``problems`` says all that is wrong."""

    def __init__(self, path: Path, problems: list[ImportProblem]) -> None:
        self.problems = problems
        errors = [problem for problem in problems if problem.error]
        shown = "\n".join(f"  {problem}" for problem in errors[:20])
        more = f"\n  … and {len(errors) - 20} more" if len(errors) > 20 else ""
        super().__init__(
            f"{path.name} was not imported and nothing was changed. Please correct:\n{shown}{more}"
        )


def import_file(
    journal: Journal,
    path: Path,
    format: str | None = None,
    dry_run: bool = False,
    asked: Asked | None = None,
    progress: Callable[[int, int], None] | None = None,
    skip_bad: bool = False,
    edits: bool = False,
) -> ImportReport:
    """Take a file into a journal; see `infonb.journal.Journal.import_file`."""
    asked = replace(
        asked or Asked(), own=journal.own_questions(), interviews=partial(_interviews_of, journal)
    )
    found: list[ImportProblem] = []
    formats: list[str] = []
    try:
        entries = _entries(path, format, asked, found, formats)
    except UnknownFile as error:
        if not dry_run:
            raise
        return ImportReport(dry_run=True, problems=[error.problem], readings=error.readings)
    if journal.path is not None and path.exists() and path.samefile(journal.path):
        raise InfonbError(f"{path} is this journal itself.")
    while True:
        if skip_bad:
            entries = _without_bad(entries, found)
        report = _take(journal, path, entries, found, dry_run, progress, edits)
        bad = [problem for problem in report.problems if problem.error]
        left = _without_bad(entries, bad) if skip_bad else entries
        if len(left) == len(entries):
            break
        entries, found = left, [*found, *(problem for problem in bad if not problem.error)]
    report.format = ", ".join(dict.fromkeys(formats))
    report.choices = _choices(report.readings, asked)
    if "transcript" in formats:
        report.choices = tuple(dict.fromkeys([*report.choices, *transcripts.choices(asked.own)]))
    refused = any(problem.error for problem in report.problems)
    if refused and not dry_run:
        raise ImportRefused(path, report.problems)
    return report


def _choices(readings: list[Reading], asked: Asked) -> tuple[str, ...]:
    """What may be said of the columns of the tables that were read."""
    tables = {reading.table for reading in readings}
    form = csv_wide.choices(asked.own) if "form" in tables else ()
    people = people_table.choices() if "people" in tables else ()
    return tuple(dict.fromkeys([*form, *people]))


def _interviews_of(journal: Journal) -> list[KnownInterview]:
    """The interviews that a transcript may be of: those without one first, the latest first."""
    people = {person.id: person.name for person in journal.people()}
    titles = {one.id: one.title for one in journal.occupations()}
    has_one = {one.interview_id for one in journal.transcripts()}
    known = [
        (one.id in has_one, KnownInterview(
            one.id, people[one.person_id], titles[one.occupation_id],
            one.date or (one.scheduled_at.date().isoformat() if one.scheduled_at else None),
        ))
        for one in journal.interviews() if one.status in ("planned", "done")
    ]  # fmt: skip
    latest = sorted(known, key=lambda pair: pair[1].day or "", reverse=True)
    return [one for _, one in sorted(latest, key=lambda pair: pair[0])]


def _without_bad(entries: list[Entry], problems: list[ImportProblem]) -> list[Entry]:
    """The entries that nothing is wrong with; what is wrong with the others becomes a note."""
    places = {(entry.file, row): entry for entry in entries for row in entry.places}
    bad: set[int] = set()
    for number, problem in enumerate(problems):
        entry = places.get((problem.file, problem.row))
        if problem.error and (entry is not None or problem.of_row):
            bad |= {id(entry)}
            what = f"{problem.what} The row is left out."
            problems[number] = replace(problem, what=what, error=False)
    return [entry for entry in entries if id(entry) not in bad]


def _take(
    journal: Journal,
    path: Path,
    entries: list[Entry],
    found: list[ImportProblem],
    dry_run: bool,
    progress: Callable[[int, int], None] | None,
    edits: bool,
) -> ImportReport:
    """Take entries, all of them or none."""
    report = ImportReport(dry_run=dry_run)
    report.readings = list(
        dict.fromkeys(problem for problem in found if isinstance(problem, Reading))
    )
    report.problems = [problem for problem in found if not isinstance(problem, Reading)]
    with journal.transaction() as opened, _nothing_collected():
        bulk = BulkWriter(opened.connection)
        write = bulk.transaction
        taker = _Taker(bulk, report.problems, entries)
        taker.validation.edits = edits
        for number, entry in enumerate(entries):
            if progress is not None and number % _PROGRESS_EVERY == 0:
                progress(number, len(entries))
            what = taker.take(entry)
            setattr(report, what, getattr(report, what) + entry.records)
            report.lines.append(Line.of(entry, what))
        taker.people.finish()
        refused = any(problem.error for problem in report.problems)
        if refused or dry_run:
            write.connection.rollback()
        else:
            bulk.flush()
            write.remember(f"the import of {path.name}")
    if progress is not None:
        progress(len(entries), len(entries))
    return report


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without looking for garbage: the many rows held are none, and it takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Taker:
    """Takes entries of all kinds, each once."""

    def __init__(
        self, bulk: BulkWriter, problems: list[ImportProblem], entries: list[Entry]
    ) -> None:
        own = OwnQuestions.read(bulk.connection)
        self.validation = Validation(bulk, problems, own, FileQuestions(own, entries))
        self.people = People(self.validation)
        self._identities = Identities()
        self._ids: dict[str, str] | None = None
        self._takers: dict[str, Callable[[Entry, str], str]] = {
            "interview": lambda entry, id: take_interview(self.validation, self.people, entry, id),
            "person": self.people.take,
            **{kind: partial(take, self.validation) for kind, take in _CONSIDERATIONS.items()},
        }

    def take(self, entry: Entry) -> str:
        """Take an entry unless it is there word for word; "added", "updated" or "skipped"."""
        take, known_kinds = self._takers.get(entry.kind), ", ".join(self._takers)
        if take is None:
            what = f"is no kind of record; known are {known_kinds}."
            self.validation.problem(entry, "kind", entry.kind, what)
            return "skipped"
        if entry.data.get("redacted") is True:
            entry = self._with_our_ids(entry)
        entry = self._as_before(self._labelled(entry))
        print = fingerprint(entry)
        id = self.validation.checked(entry, "id", lambda _: self._identities.of(entry, print),
                                 entry.data.get("id"))  # fmt: skip
        if id is None:
            return "skipped"
        if entry.kind == "question":
            id = self.validation.questions.key(id)
        elif entry.kind == "importance":
            id = self.validation.questions.known(id) or id
        self.validation.beside = entry if entry.beside is not None else None
        self.validation.add_only = entry.data.get("redacted") is True
        if self.validation.add_only and entry.kind != "interview":
            table = schema.metadata.tables.get(entry.kind)
            row = None if table is None else self.validation.write.find(table, id)
            if row is not None and entry.kind == "question":
                upsert.remember_keys(self.validation, entry, row)
            title = entry.data.get("title")
            if row is not None and entry.kind == "occupation" and isinstance(title, str):
                self.validation.titles[columns.title_key(columns.text(title, "title"))] = row["id"]
            if row is not None:
                return "skipped"
        elif self.validation.add_only:  # which says itself what else to leave alone
            return take(entry, id)
        elif self._is_there(entry.kind, id, print):
            return "skipped"
        elif entry.kind == "interview":
            id = self._edited(id)
        if entry.kind != "person":  # people say it themselves, with their place
            known = "owed" if entry.kind == "task" else entry.kind
            self.validation.note_unknown(entry, known, entry.data)
        return take(entry, id)

    def _with_our_ids(self, entry: Entry) -> Entry:
        """A record without names says an identity's hash where the identity is one of words."""
        if self._ids is None:
            self._ids = {
                unnamed(id): id
                for table in map(schema.metadata.tables.get, self._takers)
                if table is not None
                for id in self.validation.write.connection.execute(select(table.c.id)).scalars()
                if unnamed(id) != id
            }
        ids, data = self._ids, dict(entry.data)
        if isinstance(person := data.get("person"), Mapping):
            data["person"] = dict(person)
        for part in (data, data.get("person")):
            for key in ("id", "referred_by", "interview", "label", "person", "transcript"):
                if isinstance(part, dict) and isinstance(told := part.get(key), str):
                    part[key] = ids.get(told, told)
        return replace(entry, data=data)

    def _labelled(self, entry: Entry) -> Entry:
        """A table's interview whose label is an id here is that interview: we wrote the table."""
        label = entry.data.get("label")
        if not isinstance(label, str) or entry.kind != "interview" or entry.data.get("id"):
            return entry
        if self.validation.write.find(schema.interview, columns.text(label, "label")) is None:
            return entry
        return replace(entry, data={**entry.data, "id": label})

    def _as_before(self, entry: Entry) -> Entry:
        """An interview that was taken under the label of an earlier release is that one."""
        if not entry.formerly:
            return entry
        before = replace(entry, data={**entry.data, "label": entry.formerly})
        id = Identities().of(before, "")
        known = self.validation.write.find(schema.interview, id)
        return entry if known is None else replace(entry, data={**entry.data, "id": id})

    def _is_there(self, kind: str, id: str, print: str) -> bool:
        """Whether this was taken before and still stands; from now on it was."""
        write, key = self.validation.write, f"{kind}:{id}"
        known = write.find(schema.imported, key)
        self.validation.last = known["created_at"] if known is not None else None
        if known is None:
            write.add(schema.imported, {"id": key, "fingerprint": print})
            return False
        if known["fingerprint"] != print:
            write.change(
                schema.imported, known, {"fingerprint": print, "created_at": write.stamp()}
            )
            return False
        # what was removed since is taken again
        if kind == "transcript":
            return write.find(schema.transcript, id) is not None
        return kind != "interview" or write.find(schema.interview, self._edited(id)) is not None

    def _edited(self, id: str) -> str:
        """The interview that a row was said to be an edit of, else its own."""
        known = self.validation.write.find(schema.imported, f"edit:{id}")
        return known["fingerprint"] if known is not None else id


_CONSIDERATIONS: dict[str, Callable[[Validation, Entry, str], str]] = {
    "occupation": upsert.take_occupation,
    "question": upsert.take_question,
    "strength": upsert.take_strength,
    "importance": upsert.take_importance,
    "theme": upsert.take_theme,
    "coding": upsert.take_coding,
    "decision": upsert.take_decision,
    "outcome": upsert.take_outcome,
    "task": upsert.take_task,
    "transcript": transcripts.take,
    "expectation": upsert.take_expectation,
    "contact": upsert.take_contact,
    "consent": upsert.take_consent,
    "reflection": upsert.take_reflection,
    "setting": upsert.take_setting,
}


def _entries(
    path: Path,
    format: str | None,
    asked: Asked,
    problems: list[ImportProblem],
    formats: list[str],
) -> list[Entry]:
    if format is not None and format not in FORMATS:
        raise InfonbError(f"format is {format!r}; choose one of {', '.join(FORMATS)}.")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InfonbError(f"{path} can't be read: {error.strerror}.") from error
    check_kind(path.name, raw)
    if not is_archive(raw):
        return _read(path, raw, format, asked, problems, formats)
    found: list[Entry] = []
    unknown: list[ImportProblem] = []
    known, last = 0, UnknownFile(path.name, "holds nothing that is known here.")
    for name, held in members(path.name, raw):
        own: list[ImportProblem] = []
        try:
            check_kind(name, held)
            entries = _read(path.with_name(name), held, format, asked, own, formats)
        except UnknownFile as error:
            what = f"is in {path.name} and nothing that is known here; it is left out."
            unknown.append(ImportProblem(name, 1, "", "", what, False))
            last = error
            continue
        known += 1
        found += entries
        problems += own
    if not known:
        raise last
    problems += unknown
    return found


class UnknownFile(InfonbError):
    """A file that none of the formats knows; ``readings`` are the columns of a table."""

    problems: list[ImportProblem]

    def __init__(self, file: str, what: str, header: list[str] | None = None) -> None:
        fields = people_table.may_be(header or [])
        self.problem = ImportProblem(
            file, 1, "", "", what, asks="format" if header else "",
            options=("people", "form") if fields else ("form", "people") if header else (),
        )  # fmt: skip
        self.readings = [
            Reading(file, 1, title, "", "isn't known for sure.", True, field=fields.get(title, ""))
            for title in header or []
            if title
        ]
        self.problems = [self.problem]
        super().__init__(f"{file} {what}")


def _read(
    path: Path,
    raw: bytes,
    format: str | None,
    asked: Asked,
    problems: list[ImportProblem],
    formats: list[str],
) -> list[Entry]:
    """What one file holds."""
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        return []
    encoding = asked.encoding or encoding_of(raw)
    cards = vcard.is_it(raw[:64].decode("latin-1"))
    if not asked.encoding and encoding in ("utf-8", "utf-8-sig"):
        problems += written_twice(path.name, raw)
    if asked.encoding and not cards:
        raw = _in_utf_8(path, raw, asked.encoding)
    elif not cards and encoding is not None and encoding.startswith("utf-16"):
        raw = raw.decode(encoding).encode("utf-8")
    formats.append(format or _told(path, raw))
    module = FORMATS[formats[-1]]
    said = {"asked": asked, "path": path}
    wanted = inspect.signature(module.entries).parameters
    options = {key: value for key, value in said.items() if key in wanted}
    return list(module.entries(path.name, raw, problems, **options))


def _unknown_table(header: list[str]) -> str:
    """Why a table isn't taken: what was recognised, which format it might be, what to type."""
    titles = [title for title in header if title]
    shown = ", ".join(repr(title[:40]) for title in titles[:8]) or "nothing"
    more = f" and {len(titles) - 8} more" if len(titles) > 8 else ""
    return (
        f"was not imported and nothing was changed: its columns ({shown}{more}) are "
        "none that are known here. If each row is an interview and the headers are questions, say "
        'format="form" and what each column means, answers={"HEADER": "enjoy_most"} (on the '
        "command line --format form --answer HEADER=KEY). If each row is a person, say "
        'format="people" and answers={"HEADER": "name"} (--format people --answer HEADER=name). '
        f"For one row per answer the columns are {', '.join(csv_long.COLUMNS)}; occupation and "
        "question are needed."
    )


def _perhaps_people(header: list[str], columns: Mapping[str, str]) -> str:
    """That a table may be a list of people, and how to say so."""
    meant = ", ".join(f"{title!r} as {field}" for title, field in columns.items())
    left = [title for title in header if title and title not in columns]
    more = f" ({', '.join(map(repr, left))} would be left out)" if left else ""
    return (
        "was not imported and nothing was changed: it looks like a list of people, "
        f'with {meant}{more}. If that is right, say format="people" (on the command line '
        '--format people); else say what a column is, answers={"HEADER": "job_title"} '
        "(--answer HEADER=job_title), too."
    )


def _in_utf_8(path: Path, raw: bytes, encoding: str) -> bytes:
    """A file's bytes in UTF-8, from the encoding that a person says it has."""
    try:
        if encoding == TWICE:
            return once(raw.decode("utf-8-sig")).encode("utf-8")
        return raw.decode(encoding).encode("utf-8")
    except LookupError:
        what = 'write one such as "cp1252", "mac_roman", "cp1251", "gbk" or "shift_jis".'
        raise InfonbError(f"encoding is {encoding!r}, which isn't known here; {what}") from None
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        row = raw.count(b"\n", 0, at) + 1
        what = f"{path.name}, row {row}: isn't {encoding} at byte {at + 1}; say another encoding."
        raise InfonbError(what) from None


def _told(path: Path, raw: bytes) -> str:
    """The format, told from how the file begins, else from its name."""
    if is_word(raw):
        return "transcript"
    begins = raw[:4].startswith(_BINARY)
    head = raw[:65536].decode("utf-8", "replace") if begins else peek(raw)
    head = head.removeprefix("\ufeff")
    for name, module in FORMATS.items():
        if module.is_it(head):
            return name
    header = header_of(head)
    if path.suffix.lower() in csv_long.SUFFIXES and "question" not in header:
        if columns := people_table.may_be(header):
            raise UnknownFile(path.name, _perhaps_people(header, columns), header)
        if "occupation" not in header:
            raise UnknownFile(path.name, _unknown_table(header), header)
    for name, module in FORMATS.items():
        if path.suffix.lower() in module.SUFFIXES and module not in (excel, journal_file):
            return name
    raise UnknownFile(
        path.name,
        f"is neither JSON Lines nor a CSV with one row per answer "
        f"(columns {', '.join(csv_long.COLUMNS)}), nor any other file that is known here: "
        f"{', '.join(FORMATS)}. See README, 'Files in and out'.",
    )
