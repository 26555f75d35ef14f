"""Opening journals: one's own, a sample's throw-away copy, or whichever a notebook is to use."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import sys
import uuid
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from infonb.errors import InfonbError
from infonb.files import lasting_scratch_folder
from infonb.shipped import shipped_folder

if TYPE_CHECKING:
    from infonb.journal import Journal

SAMPLES = {"published": "2026-11-24", "example": "2026-06-15"}
"""Sample name -> the day it is fixed to."""

_PREFIX = "sample:"


def open_journal(location: str | os.PathLike[str] | None = None) -> Journal:
    """Open a journal, and make it if it is missing. Public as ``infonb.open``.

    Parameters
    ----------
    location : path or URL, optional
        A SQLite file, a URL such as ``"postgresql+psycopg://host/database"``, or
        ``"sample:example"``. By default what the environment variable ``INFONB_JOURNAL`` names,
        else ``journal.db`` in your data folder.

    Returns
    -------
    Journal
        A context manager; or call its ``close``.

    Raises
    ------
    InfonbError
        When it can't be opened; the message says why and what to do.

    Examples
    --------
    >>> with open_journal(tmp_path / "search.db") as journal:
    ...     journal.add_occupation("Beekeeper").title
    'Beekeeper'
    """
    from infonb.journal import Journal

    wanted = os.fspath(location) if location is not None else _default()
    if wanted.startswith(_PREFIX):
        return sample(wanted.removeprefix(_PREFIX))
    return Journal(wanted)


def sample(name: str = "published") -> Journal:
    """A throw-away copy of a sample journal; what you change in it is gone afterwards.

    Parameters
    ----------
    name : str
        ``"published"``: 21 real published interviews in our own words, sparse as notes are.
        ``"example"``: a fictional person's whole search, to a decision.

    Returns
    -------
    Journal
        Its ``today()`` is fixed.

    Examples
    --------
    >>> [o.title for o in sample("example").occupations()][:2]
    ['Occupational therapist', 'Elementary school teacher']
    """
    from infonb.journal import Journal

    if name not in SAMPLES:
        raise InfonbError(f"There is no sample {name!r}; choose one of {', '.join(SAMPLES)}.")
    folder, remove = lasting_scratch_folder()
    copy = os.path.join(folder, f"{name}.db")
    shutil.copyfile(_made_once(name), copy)
    journal = Journal(copy)
    weakref.finalize(journal, remove)
    journal.keep_setting("journal_id", uuid.uuid4().hex)  # drafts of another copy aren't its own
    journal.id = journal.setting("journal_id") or ""
    return journal


@functools.cache
def _made_once(name: str) -> str:
    """The sample as a closed journal file, made from its lines once per process."""
    from infonb.journal import Journal

    folder, remove = lasting_scratch_folder()
    atexit.register(remove)
    made = os.path.join(folder, f"{name}.db")
    with Journal(made) as journal:
        journal.keep_setting("today", SAMPLES[name])
        journal.keep_setting("sample", name)
        journal.import_file(shipped_folder("sample_data") / f"{name}.jsonl")
    return made


def check_journal(location: str | os.PathLike[str] | None = None) -> list[str]:
    """What is wrong with a journal, also with one that doesn't open, and which backup to use.

    Parameters
    ----------
    location : path or URL, optional
        As for `open_journal`. Nothing is made or changed.

    Returns
    -------
    list of str
        Empty when the journal is sound.

    Examples
    --------
    >>> check_journal("sample:published")
    []
    """
    from infonb.journal import check_file

    wanted = os.fspath(location) if location is not None else _default()
    if wanted.startswith(_PREFIX):
        with sample(wanted.removeprefix(_PREFIX)) as journal:
            return journal.check()
    return check_file(wanted)


def my_journal() -> Journal:
    """The journal a notebook is to use: what ``INFONB_JOURNAL`` names, else the published sample.

    What is overdue in your own journal is said on top of the notebook. It names people, so it is
    never said while a report is made.

    Examples
    --------
    >>> my_journal().setting("sample")
    'published'
    """
    journal = open_journal(os.environ.get("INFONB_JOURNAL") or f"{_PREFIX}published")
    if _is_read_by_its_owner() and journal.setting("sample") is None:
        from infonb.follow_up import overdue_sentence

        if overdue := overdue_sentence(journal):
            print(overdue)
    return journal


def _is_read_by_its_owner() -> bool:
    """Whether this is a notebook on somebody's screen: no report in the making, no script."""
    ipython = sys.modules.get("IPython")
    in_a_notebook = ipython is not None and ipython.get_ipython() is not None
    return in_a_notebook and not os.environ.get("INFONB_REDACT")


def _default() -> str:
    named = os.environ.get("INFONB_JOURNAL")
    if named:
        return named
    import platformdirs

    folder = Path(platformdirs.user_data_dir("infonb", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / "journal.db")
