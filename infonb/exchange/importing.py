"""Taking a file into a journal: all of it or nothing, and a report that names every problem."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from infonb.errors import InfonbError
from infonb.exchange import considerations, json_resume, jsonl, long_csv
from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.identity import Identities, fingerprint
from infonb.exchange.interviews import take_interview
from infonb.exchange.people import People
from infonb.exchange.taking import Taking
from infonb.journal import edge, tables
from infonb.journal.writing import Write

if TYPE_CHECKING:
    from infonb.journal import Journal

FORMATS: dict[str, ModuleType] = {
    "json_resume": json_resume, "jsonl": jsonl, "long_csv": long_csv,
}  # fmt: skip
"""Format name -> its module: ``SUFFIXES``, ``is_it(head)``, ``entries(file, raw, problems)``."""


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
    """

    added: int = 0
    updated: int = 0
    skipped: int = 0
    problems: list[ImportProblem] = field(default_factory=list)
    dry_run: bool = False

    def __str__(self) -> str:
        counts = f"{self.added} added, {self.updated} updated, {self.skipped} there already"
        lines = [("Would be: " if self.dry_run else "") + counts]
        return "\n".join([*lines, *(str(problem) for problem in self.problems)])


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
    journal: Journal, path: Path, format: str | None = None, dry_run: bool = False
) -> ImportReport:
    """Take a file into a journal; see `infonb.journal.Journal.import_file`."""
    report = ImportReport(dry_run=dry_run)
    entries = _entries(path, format, report.problems)
    with journal._write() as write:
        taker = _Taker(write, report.problems)
        for entry in entries:
            what = taker.take(entry)
            setattr(report, what, getattr(report, what) + entry.records)
        taker.people.finish()
        refused = any(problem.error for problem in report.problems)
        if refused or dry_run:
            write.connection.rollback()
        else:
            write.remember(f"the import of {path.name}")
    if refused and not dry_run:
        raise ImportRefused(path, report.problems)
    return report


class _Taker:
    """Takes entries of all kinds, each once."""

    def __init__(self, write: Write, problems: list[ImportProblem]) -> None:
        self.taking = Taking(write, problems)
        self.people = People(self.taking)
        self._identities = Identities()
        self._takers: dict[str, Callable[[Entry, str], str]] = {
            "interview": lambda entry, id: take_interview(self.taking, self.people, entry, id),
            "person": self.people.take,
            **{kind: partial(take, self.taking) for kind, take in _CONSIDERATIONS.items()},
        }

    def take(self, entry: Entry) -> str:
        """Take an entry unless it is there word for word; "added", "updated" or "skipped"."""
        take, known_kinds = self._takers.get(entry.kind), ", ".join(self._takers)
        if take is None:
            what = f"is no kind of record; known are {known_kinds}."
            self.taking.problem(entry, "kind", entry.kind, what)
            return "skipped"
        entry = self._labelled(entry)
        print = fingerprint(entry)
        id = self.taking.checked(entry, "id", lambda _: self._identities.of(entry, print),
                                 entry.data.get("id"))  # fmt: skip
        if id is None:
            return "skipped"
        self.taking.gently = entry.data.get("redacted") is True
        if self.taking.gently and entry.kind != "interview":
            table = tables.metadata.tables[entry.kind]
            if self.taking.write.find(table, id) is not None:
                return "skipped"
        elif self.taking.gently:  # which says itself what else to leave alone
            return take(entry, id)
        elif self._is_there(entry.kind, id, print):
            return "skipped"
        if entry.kind != "person":  # people say it themselves, with their place
            known = "owed" if entry.kind == "task" else entry.kind
            self.taking.note_unknown(entry, known, entry.data)
        return take(entry, id)

    def _labelled(self, entry: Entry) -> Entry:
        """A table's interview whose label is an id here is that interview: we wrote the table."""
        label = entry.data.get("label")
        if not isinstance(label, str) or entry.kind != "interview" or entry.data.get("id"):
            return entry
        if self.taking.write.find(tables.interview, edge.text(label, "label")) is None:
            return entry
        return replace(entry, data={**entry.data, "id": label})

    def _is_there(self, kind: str, id: str, print: str) -> bool:
        """Whether this was taken before and still stands; from now on it was."""
        write, key = self.taking.write, f"{kind}:{id}"
        known = write.find(tables.imported, key)
        if known is None:
            write.add(tables.imported, {"id": key, "fingerprint": print})
            return False
        if known["fingerprint"] != print:
            write.change(tables.imported, known, {"fingerprint": print})
            return False
        # what was removed since is taken again
        return kind != "interview" or write.find(tables.interview, id) is not None


_CONSIDERATIONS: dict[str, Callable[[Taking, Entry, str], str]] = {
    "occupation": considerations.take_occupation,
    "question": considerations.take_question,
    "strength": considerations.take_strength,
    "importance": considerations.take_importance,
    "theme": considerations.take_theme,
    "coding": considerations.take_coding,
    "decision": considerations.take_decision,
    "outcome": considerations.take_outcome,
    "task": considerations.take_task,
}


def _entries(path: Path, format: str | None, problems: list[ImportProblem]) -> list[Entry]:
    if format is not None and format not in FORMATS:
        raise InfonbError(f"format is {format!r}; choose one of {', '.join(FORMATS)}.")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InfonbError(f"{path} can't be read: {error.strerror}.") from error
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        return []
    module = FORMATS[format or _told(path, raw)]
    return list(module.entries(path.name, raw, problems))


def _told(path: Path, raw: bytes) -> str:
    """The format, told from how the file begins, else from its name."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InfonbError(f"{path.name} is UTF-16; save it as UTF-8 and import it again.")
    head = raw[:65536].decode("utf-8-sig", errors="replace")
    for name, module in FORMATS.items():
        if module.is_it(head):
            return name
    for name, module in FORMATS.items():
        if path.suffix.lower() in module.SUFFIXES:
            return name
    raise InfonbError(
        f"{path.name} is neither JSON Lines nor a CSV with one row per answer "
        f"(columns {', '.join(long_csv.COLUMNS)}). See README, 'Files in and out'."
    )
