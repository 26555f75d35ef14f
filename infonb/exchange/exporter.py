"""Writing a journal to a file: names left out by default, in one step, private to its owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infonb.errors import InfonbError
from infonb.exchange import (
    calendar,
    codebook,
    csv_long,
    excel,
    jsonl,
    parquet,
    refi_qda,
    vcard,
)
from infonb.journal.backups import replacing
from infonb.privacy.gate import check
from infonb.privacy.registry import withheld

if TYPE_CHECKING:
    from infonb.journal import Journal


@dataclass(frozen=True)
class Writer:
    """A format that a journal can be written in.

    Attributes
    ----------
    suffixes : tuple of str
        Endings of a file name that mean it.
    write : callable
        ``write(journal, path, redact)``; one that adds also ``texts``.
    adds : bool
        Whether it adds to a folder, instead of making a file.
    """

    suffixes: tuple[str, ...]
    write: Callable[..., None]
    adds: bool = False


WRITERS: dict[str, Writer] = {
    "jsonl": Writer((".jsonl", ".ndjson"), jsonl.write),
    "long_csv": Writer((".csv",), csv_long.write),
    "excel": Writer((".xlsx",), excel.write),
    "vcard": Writer((".vcf", ".vcard"), vcard.write),
    "vcard3": Writer((), vcard.write_3),
    "calendar": Writer((".ics",), calendar.write),
    "codebook": Writer((), codebook.write),
    "codings": Writer((), codebook.write_codings),
    "qdc": Writer((".qdc",), refi_qda.write_codebook),
    "qdpx": Writer((".qdpx",), refi_qda.write),
    "programme": Writer((), parquet.write, adds=True),
}
"""Format name -> how to write it."""


def export_file(
    journal: Journal,
    path: Path,
    format: str | None = None,
    redact: bool = True,
    texts: bool = False,
) -> Path:
    """Write a journal to a file; see `infonb.journal.Journal.export_file`."""
    path = path.expanduser().absolute()
    writer = _writer(path, format)
    if journal.path is not None and path.exists() and path.samefile(journal.path):
        raise InfonbError(f"{path} is the journal itself; choose another name.")
    if (path.is_dir() and not writer.adds) or not path.parent.is_dir():
        raise InfonbError(f"{path} can't be written: {_wrong_place(path)}.")
    if not redact:
        journal.note_copy(path)  # before: a copy of names that nobody knows of is worse
    if writer.adds:
        writer.write(journal, path, redact, texts)
    else:
        with replacing(path) as part:
            writer.write(journal, part, redact)
            if redact:
                check(part, withheld(), str(path))
    return path


def _wrong_place(path: Path) -> str:
    return "it is a folder" if path.is_dir() else f"there is no folder {path.parent}"


def _writer(path: Path, format: str | None) -> Writer:
    if format is not None:
        if format not in WRITERS:
            raise InfonbError(f"format is {format!r}; choose one of {', '.join(WRITERS)}.")
        return WRITERS[format]
    for writer in WRITERS.values():
        if path.suffix.lower() in writer.suffixes:
            return writer
    known = ", ".join(suffix for writer in WRITERS.values() for suffix in writer.suffixes)
    raise InfonbError(
        f"{path.name}: the ending doesn't say which kind of file this is to be; known are {known}."
    )
