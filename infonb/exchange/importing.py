"""Taking a file into a journal: all of it or nothing, and a report that names every problem."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from infonb.errors import InfonbError
from infonb.exchange import jsonl, long_csv
from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.taking import Taking
from infonb.journal import tables

if TYPE_CHECKING:
    from infonb.journal import Journal

FORMATS: dict[str, ModuleType] = {"jsonl": jsonl, "long_csv": long_csv}
"""Format name -> the module that knows it: ``is_it(head)`` and ``entries(path, problems)``."""


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
    module = FORMATS[_format(path, format)]
    entries = list(module.entries(path, report.problems))
    with journal._write() as write:
        taking = Taking(write, journal.today(), report.problems)
        for entry in entries:
            what = _take(taking, entry)
            setattr(report, what, getattr(report, what) + entry.records)
        taking.finish()
        refused = any(problem.error for problem in report.problems)
        if refused or dry_run:
            write.connection.rollback()
        else:
            write.remember(f"the import of {path.name}")
    if refused and not dry_run:
        raise ImportRefused(path, report.problems)
    return report


def _take(taking: Taking, entry: Entry) -> str:
    """Take one entry unless it is there word for word; "added", "updated" or "skipped"."""
    id = taking.identity(entry)
    canonical = json.dumps(entry.data, sort_keys=True, ensure_ascii=True, default=str)
    fingerprint = hashlib.sha256(canonical.encode("ascii")).hexdigest()
    known = taking.write.find(tables.imported, f"{entry.kind}:{id}"[:80])
    if known is None:
        what = taking.take(entry, id)
        row = {"id": f"{entry.kind}:{id}"[:80], "fingerprint": fingerprint}
        taking.write.add(tables.imported, row, remember=True)
        return what
    if known["fingerprint"] == fingerprint:
        return "skipped"
    taking.write.change(tables.imported, known, {"fingerprint": fingerprint})
    return taking.take(entry, id)


def _format(path: Path, format: str | None) -> str:
    if format is not None:
        if format not in FORMATS:
            raise InfonbError(f"format is {format!r}; choose one of {', '.join(FORMATS)}.")
        return format
    head = _head(path)
    for name, module in FORMATS.items():
        if module.is_it(head):
            return name
    raise InfonbError(
        f"{path.name} is neither JSON Lines nor a CSV with one row per answer "
        f"(columns {', '.join(long_csv.COLUMNS)}). See README, 'Files in and out'."
    )


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            start = file.read(65536)
    except OSError as error:
        raise InfonbError(f"{path} can't be read: {error.strerror}.") from error
    return start.decode("utf-8-sig", errors="replace")
