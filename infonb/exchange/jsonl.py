"""JSON Lines: one record a line; a line without ``kind`` is an interview."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.records import records

if TYPE_CHECKING:
    from infonb.journal import Journal

SUFFIXES = (".jsonl", ".ndjson")


def is_it(head: str) -> bool:
    """Whether a file that begins like this is JSON Lines."""
    return head.lstrip().startswith(("{", "["))


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """The lines of a file as entries; what isn't a JSON object becomes a problem.

    Parameters
    ----------
    file : str
        The file's name.
    raw : bytes
        Its content, UTF-8 with or without byte order mark.
    problems : list
        Filled with what was not understood.
    """
    for number, line in enumerate(raw.removeprefix(codecs.BOM_UTF8).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            data = _parsed(line)
        except _NotUnderstood as wrong:
            shown = line.decode("utf-8", errors="replace").strip()[:60]
            problems.append(ImportProblem(file, number, wrong.column, repr(shown), str(wrong)))
            continue
        kind = data.pop("kind", "interview")
        yield Entry(kind if isinstance(kind, str) else repr(kind), data, file, number)


def write(journal: Journal, path: Path, redact: bool) -> None:
    """Everything but the history; without redaction nothing else is left out."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for record in records(journal.rows(), redact):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
        if journal.state and not redact:
            setting = {"kind": "setting", "setting": "state", "value": journal.state}
            out.write(json.dumps(setting) + "\n")


class _NotUnderstood(ValueError):
    """Why a line can't be read, and the key it is about."""

    def __init__(self, why: str, column: str = "") -> None:
        super().__init__(why)
        self.column = column


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"), object_pairs_hook=_object)
    except _NotUnderstood:
        raise
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 at byte {error.start + 1}; save the file as UTF-8."
        raise _NotUnderstood(what) from None
    except json.JSONDecodeError as error:
        what = f"is not JSON at character {error.colno}; each line must be one object in braces."
        raise _NotUnderstood(what) from None
    except (RecursionError, ValueError):  # nested too deep, a number of thousands of digits
        what = "is not JSON that can be read; each line must be one object in braces."
        raise _NotUnderstood(what) from None
    if not isinstance(data, dict):
        raise _NotUnderstood("is no object; each line must be one object in braces.")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _NotUnderstood(f"has the key {twice!r} twice; join the two.", twice)
    return made
