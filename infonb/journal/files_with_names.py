"""Files that lie about a journal and hold somebody's name: notebooks, reports, exports, copies.

The folder of the journal is read with all below it, and what killed runs left in the folder for
temporary files. Nothing here is changed but outputs of notebooks, and these only on request.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import gzip
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from infonb import files
from infonb.journal import backups
from infonb.privacy.erase import Traces
from infonb.shipped import shipped_folder

_MOST_FILES = 5_000
_MOST_BYTES = 64_000_000
_NEVER = {"node_modules", "__pycache__", "site-packages"}
_UNREADABLE = {
    ".pdf", ".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".mp3", ".m4a", ".wav", ".ogg",
    ".mp4", ".mov", ".webm", ".rar", ".7z",
}  # fmt: skip
_PACKED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_LIBRARY = re.compile(r'(<script type="text/plain" id="vega">)[A-Za-z0-9+/=\s]*')
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Holding:
    """A file with the name in it, or one that can't be searched.

    Attributes
    ----------
    path : Path
    says : str
        What is the matter, and what to do.
    in_outputs, in_sources : bool
        Of a notebook, where the name stands: in what was shown, in what somebody wrote.
    """

    path: Path
    says: str
    in_outputs: bool = False
    in_sources: bool = False


_COPIES_FOR_THE_MOMENT = re.compile(r"infonb-(?:restoring|forgetting|other)-\w+")
_SQLITE = b"SQLite format 3\0"
_NOTHING = Holding(Path(), "")


def found(journal: Path, traces: Traces) -> Iterator[Holding]:
    """The files about a journal that hold what a person is known by.

    Parameters
    ----------
    journal : Path
        Its file; itself and its automatic backups are not looked at.
    traces : Traces

    Examples
    --------
    >>> _ = (tmp_path / "notes.txt").write_text("Call Ada Lovelace.", encoding="utf-8")
    >>> [one.path.name for one in found(tmp_path / "s.db", Traces(frozenset({"Ada Lovelace"})))]
    ['notes.txt']
    """
    if not (traces.names or traces.emails or traces.phones or traces.profiles):
        return
    unread: list[Path] = []
    number = 0
    for path in _files_about(journal):
        number += 1
        if number > _MOST_FILES:
            yield Holding(
                journal.parent,
                f"more than {_MOST_FILES} files lie here, and the rest wasn't searched.",
            )
            break
        in_its_name = _holds([path.name], traces)
        try:
            if path.suffix.lower() in _UNREADABLE or path.stat().st_size > _MOST_BYTES:
                if not in_its_name:
                    unread.append(path)
                    continue
            elif path.suffix == ".ipynb" and (one := _in_notebook(path, traces)):
                if one is not _NOTHING:
                    yield one
                    continue
                if not in_its_name:
                    continue
            elif not in_its_name and not _holds(_texts_of(path.read_bytes()), traces):
                continue
        except OSError as error:
            yield Holding(path, f"it couldn't be searched ({error.strerror}).")
            continue
        where = "its name holds the name" if in_its_name else "the name stands in it"
        yield Holding(path, f"{where}; {_what_to_do(path)}")
    if unread:
        named = ", ".join(path.name for path in unread[:5])
        more = f" and {len(unread) - 5} more" if len(unread) > 5 else ""
        yield Holding(
            unread[0].parent,
            f"{named}{more} can't be searched for a name; look at what they show, and delete those"
            " that show it.",
        )


def clear_outputs(notebook: Path) -> None:
    """Clear all that running a notebook has left in it, with what its forms held."""
    told = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in told.get("cells", []):
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
    told.get("metadata", {}).pop("widgets", None)
    files.write_text(notebook, json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def _what_to_do(path: Path) -> str:
    if path.name.startswith(".infonb-") or ".unfinished." in path.name:
        return "it is what a run that was broken off left behind; delete it."
    with contextlib.suppress(OSError), path.open("rb") as file:
        if file.read(16) == _SQLITE:
            return "if it is a journal open it and forget the person there, else delete it."
    return "delete it, or make it anew."


def _files_about(journal: Path) -> Iterator[Path]:
    own = {journal.name + end for end in ("", "-journal", "-wal", "-shm")}
    automatic = set(backups.backups_of(journal))
    for path in _walk(journal.parent):
        is_own = path.parent == journal.parent and path.name in own
        set_aside = path.parent == backups.folder_of(journal) and "-damaged" in path.name
        if not is_own and path not in automatic and not set_aside:
            yield path
    ours = os.getuid() if hasattr(os, "getuid") else None
    for folder in sorted(Path(tempfile.gettempdir()).iterdir()):
        if not _COPIES_FOR_THE_MOMENT.fullmatch(folder.name):
            continue
        with contextlib.suppress(OSError):
            if folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid in (ours, 0):
                yield from _walk(folder)
    typed = Path(os.environ.get("IPYTHONDIR") or Path.home() / ".ipython")
    yield from sorted(typed.glob("profile_*/history.sqlite"))


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NEVER and not Path(here, name, "pyvenv.cfg").exists()
        )
        for name in sorted(names):
            path = Path(here, name)
            if path.is_file() and not path.is_symlink():
                yield path


# ---------------------------------------------------------------- what a file says


def _holds(texts: Iterable[str], traces: Traces) -> bool:
    return any(map(traces.surely_in, texts))


def _in_notebook(path: Path, traces: Traces) -> Holding | None:
    """A notebook with the name in it; None for what isn't a notebook."""
    try:
        told = json.loads(path.read_bytes())
        cells = told["cells"]
        sources = {"".join(cell["source"]) for cell in cells}
        shown = [cell.get("outputs", []) for cell in cells]
        more = [told.get("metadata", {}), *(cell.get("metadata", {}) for cell in cells)]
        attached = [cell.get("attachments", {}) for cell in cells]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    outputs = _holds(_in_json([shown, more]), traces)
    written = _holds([*(sources - _of_the_shipped()), *_in_json(attached)], traces)
    if not outputs and not written:
        return _NOTHING
    says = []
    if outputs:
        says.append(
            "its outputs show the name; clear them (Edit, Clear Outputs of All Cells) and save, or"
            " forget with clear_outputs=True (infonb forget --clear-outputs)."
        )
    if written:
        says.append("the name stands in a cell; take it out.")
    return Holding(path, " ".join(says), outputs, written)


@cache
def _of_the_shipped() -> frozenset[str]:
    """Cells that infonb brought: whoever is called Sam isn't meant there."""
    found: set[str] = set()
    for path in shipped_folder("notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found |= {"".join(cell["source"]) for cell in cells}
    return frozenset(found)


def _in_json(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield from _readings(told)
    elif isinstance(told, dict):
        for key, part in told.items():
            yield key
            yield from _in_json(part)
    elif isinstance(told, list):
        if told and all(isinstance(part, str) for part in told):
            yield from _readings("".join(told))
        else:
            for part in told:
                yield from _in_json(part)


def _texts_of(content: bytes) -> Iterator[str]:
    """What a file says, packed or not."""
    if content.startswith(b"PK\x03\x04"):
        with contextlib.suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                left = _MOST_BYTES
                for part in packed.infolist():
                    yield part.filename
                    left -= part.file_size
                    if left > 0:
                        yield from _texts_of(packed.read(part))
            return
    if content.startswith(b"\x1f\x8b"):
        with contextlib.suppress(OSError, EOFError):
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                yield from _texts_of(packed.read(_MOST_BYTES))
            return
    if content.startswith(b"PAR1"):
        yield from _of_parquet(content)
        return
    if content.startswith(_SQLITE):
        yield content.decode("utf-8", "ignore")
        return
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from _readings(content.decode("utf-16", "replace"))
        return
    text = content.decode("utf-8", "replace")
    yield from _readings(text)
    if "\ufffd" in text:
        yield content.decode("cp1252", "replace")


def _of_parquet(content: bytes) -> Iterator[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with contextlib.suppress(pa.ArrowException):
        table = pq.read_table(pa.BufferReader(content))
        for column in table.columns:
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                yield "\n".join(filter(None, column.unique().to_pylist()))


def _readings(text: str) -> Iterator[str]:
    """The text, and what it says to those who take apart what is written in it."""
    yield text
    if "<" in text and ">" in text:
        text = _LIBRARY.sub(r"\1", text)
        yield unescape(re.sub(r"<[^>]*>", "", text))
    elif "&" in text and ";" in text:
        yield unescape(text)
    if "\\u" in text:
        yield _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    if re.search(r"\r?\n[ \t]", text):  # lines as calendars and contacts fold them
        yield re.sub(r"\r?\n[ \t]", "", text)
    if "=\n" in text or "=\r\n" in text:
        yield text.replace("=\r\n", "").replace("=\n", "")
    for match in _PACKED.finditer(text):
        with contextlib.suppress(binascii.Error, ValueError):
            packed = match[0]
            yield from _texts_of(base64.b64decode(packed + "=" * (-len(packed) % 4)))
