"""JSON Lines: one record a line; a line without ``kind`` is an interview."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from infonb.exchange.entries import Entry, ImportProblem


def is_it(head: str) -> bool:
    """Whether a file that begins like this is JSON Lines."""
    return head.lstrip().startswith("{")


def entries(path: Path, problems: list[ImportProblem]) -> Iterator[Entry]:
    """The lines of a file as entries; what isn't a JSON object becomes a problem.

    Parameters
    ----------
    path : Path
        A UTF-8 file, with or without byte order mark.
    problems : list
        Filled with what was not understood.
    """
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        data, wrong = _parse(line)
        if data is None:
            shown = line.decode("utf-8", errors="replace").strip()[:60]
            problems.append(ImportProblem(path.name, number, "", repr(shown), wrong))
            continue
        kind = data.pop("kind", "interview")
        yield Entry(str(kind), data, path.name, number)


def _parse(line: bytes) -> tuple[dict | None, str]:
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, f"is not UTF-8 at byte {error.start + 1}; save the file as UTF-8."
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" at character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return None, f"is not JSON{where}; each line must be one object in braces."
    if not isinstance(data, dict):
        return None, "is no object; each line must be one object in braces."
    return data, ""
