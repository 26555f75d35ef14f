"""Files that are there whole or not at all, and what a killed run left behind, removed later.

Whatever infonb writes goes into a file beside its place first and takes that place in one step.
Such a file, and a folder for the moment, is noted down while it is there: a run that was killed or
lost its power couldn't clear up, and what it left may hold names. The next run reads the notes.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from infonb.errors import InfonbError

_OURS = re.compile(r"\.infonb-[0-9a-f]{8}\.part|.+\.[0-9a-f]{8}\.unfinished\.\w+|infonb-[\w-]+")
_NOTE = re.compile(r"(\w+)-(\d+)-[0-9a-f]{8}")
_LONG_AGO_SECONDS = 24 * 60 * 60
"""After a day nobody writes on: another machine's notes, of whose programs nothing is known."""


class NotWritten(InfonbError):
    """A file that can't be written; what stood in its place still does. The cause says why."""


@contextlib.contextmanager
def replacing(target: Path, *, private: bool = True, hidden: bool = True) -> Iterator[Path]:
    """A new file that takes the target's place, on disk, once all went well.

    Parameters
    ----------
    target
        The file to write; a link is followed. Its folder must be there.
    private
        Whether it is readable by its owner alone, as whatever may hold names should be.
    hidden
        Whether the unfinished file is a hidden one; some programs may write none. It then has
        the target's ending, too.

    Yields
    ------
    pathlib.Path
        An empty file beside the target, to be written to.

    Raises
    ------
    NotWritten
        When the system refuses; the target is as it was.

    Examples
    --------
    >>> with replacing(tmp_path / "letter.txt") as part:
    ...     _ = part.write_text("Dear Sam", encoding="utf-8")
    >>> (tmp_path / "letter.txt").read_text(encoding="utf-8")
    'Dear Sam'
    """
    place = Path(os.path.realpath(target))
    number = secrets.token_hex(4)
    ours = f".infonb-{number}.part" if hidden else f"{place.stem}.{number}.unfinished{place.suffix}"
    part = place.with_name(ours)
    try:
        with _noted(part):
            if place.exists() and not stat.S_ISREG(place.stat().st_mode):
                raise OSError(None, "that is no file")
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            yield part
            os.chmod(part, 0o600 if private else 0o666 & ~_umask())
            _to_disk(part)
            os.replace(part, place)
            with contextlib.suppress(OSError):  # some file systems flush no folders
                _to_disk(place.parent)
    except OSError as error:
        raise NotWritten(f"{target} can't be written: {_reason(error, target)}.") from error


def write_text(target: Path, text: str, *, private: bool = True) -> None:
    """Write a text as UTF-8, whole or not at all; see `replacing`.

    Examples
    --------
    >>> write_text(tmp_path / "no such folder" / "letter.txt", "Dear Sam")
    Traceback (most recent call last):
    infonb.files.NotWritten: ... can't be written: there is no folder ...no such folder.
    """
    with replacing(target, private=private) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


@contextlib.contextmanager
def scratch_folder(prefix: str = "infonb-") -> Iterator[Path]:
    """A private folder for the moment; it goes with all that is in it.

    Examples
    --------
    >>> with scratch_folder() as folder:
    ...     _ = (folder / "draft.txt").write_text("Dear Sam", encoding="utf-8")
    >>> folder.exists()
    False
    """
    folder, remove = lasting_scratch_folder(prefix)
    try:
        yield folder
    finally:
        remove()


def lasting_scratch_folder(prefix: str = "infonb-") -> tuple[Path, Callable[[], None]]:
    """A private folder, and what removes it when it is no longer needed."""
    remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    note = _note(folder)
    return folder, lambda: _remove(folder, note)


@cache  # once a run
def remove_leftovers() -> None:
    """Remove the unfinished files and the folders of runs that ended before they could do it."""
    with contextlib.suppress(OSError):
        for note in _notes().iterdir():
            if _abandoned(note):
                left = Path(note.read_text(encoding="utf-8", errors="surrogateescape"))
                # the notes are only texts: nothing else is ever removed for their sake
                _remove(left if _OURS.fullmatch(left.name) else note, note)


@contextlib.contextmanager
def _noted(part: Path) -> Iterator[None]:
    remove_leftovers()
    note = _note(part)
    try:
        yield
    finally:
        _remove(part, note)


def _notes() -> Path:
    import platformdirs

    return platformdirs.user_state_path("infonb", appauthor=False) / "unfinished"


def _note(path: Path) -> Path | None:
    """Note down what is to be gone after this run; None where no note can be kept."""
    with contextlib.suppress(OSError):
        folder = _notes()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        note = folder / f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
        note.write_text(str(path.absolute()), encoding="utf-8", errors="surrogateescape")
        _to_disk(note)
        return note
    return None


def _remove(left: Path, note: Path | None) -> None:
    """Remove a file with what SQLite keeps beside it, or a folder; then its note."""
    with contextlib.suppress(OSError):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            for end in ("", "-journal", "-wal", "-shm"):
                left.with_name(left.name + end).unlink(missing_ok=True)
    # what couldn't be removed keeps its note, for the next run
    if note is not None and not left.exists():
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)


def _abandoned(note: Path) -> bool:
    """Whether the run that made a note has ended."""
    known = _NOTE.fullmatch(note.name)
    if known is None:
        return False
    written = note.stat().st_mtime
    if known[1] != _machine():
        return time.time() - written > _LONG_AGO_SECONDS
    import psutil

    try:
        # a later program may have got the same number
        return psutil.Process(int(known[2])).create_time() > written + 1
    except psutil.NoSuchProcess:
        return True
    except psutil.Error:
        return False


@cache
def _machine() -> str:
    return re.sub(r"\W", "_", platform.node()) or "here"


def _reason(error: OSError, target: Path) -> str:
    if not target.absolute().parent.is_dir():
        return f"there is no folder {target.parent}"
    return error.strerror or str(error)


def _umask() -> int:
    """The permissions this process withholds."""
    current = os.umask(0)
    os.umask(current)
    return current


def _to_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders, and needs none to be flushed
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
