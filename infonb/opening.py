"""Opening journals: one's own, a sample's throw-away copy, or whichever is meant where one is.

Which journal is one rule, the same in notebooks and for every command: the one that is named in
the call (``--journal``), else by the environment variable ``INFONB_JOURNAL`` (empty counts as
unset), else that of the search folder one is in. Where there is none of these, commands and
`open_journal` use the one in the user's data folder, and notebooks show the published sample.
"""

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
from infonb.locations import file_of, is_url
from infonb.shipped import shipped_folder

if TYPE_CHECKING:
    from infonb.journal import Journal

SAMPLES = {"published": "2026-11-24", "example": "2026-06-15"}
"""Sample name -> the day it is fixed to."""

JOURNAL = "search.db"
"""The journal of a search folder."""

NOTEBOOKS = "notebooks"
"""Where the notebooks of a search folder lie."""

MARK = ".infonb"
"""The file by which a search folder is known from any folder below it."""

_PREFIX = "sample:"
_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = slice(68, 72)


def open_journal(location: str | os.PathLike[str] | None = None) -> Journal:
    """Open a journal, and make it if it is missing. Public as ``infonb.open``.

    Parameters
    ----------
    location : path or URL, optional
        A SQLite file, a URL such as ``"postgresql+psycopg://host/database"``, or
        ``"sample:example"``. By default what the environment variable ``INFONB_JOURNAL`` names,
        else the journal of the search folder you are in, else ``journal.db`` in your data folder.

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

    wanted = os.fspath(location) if location is not None else (_found() or data_journal())
    if wanted.startswith(_PREFIX):
        return sample(wanted.removeprefix(_PREFIX))
    return Journal(_from_the_notebooks(wanted))


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
    journal.is_throw_away = True
    weakref.finalize(journal, remove)
    journal.keep_setting("journal_id", uuid.uuid4().hex)  # drafts of another copy aren't its own
    journal.id = journal.setting("journal_id") or ""
    return journal


def practice() -> Journal:
    """A throw-away journal to practise in: one short interview with somebody who plays along.

    Examples
    --------
    >>> [interview.minutes for interview in practice().interviews()]
    [5]
    """
    from infonb.journal import Journal

    folder, remove = lasting_scratch_folder()
    journal = Journal(os.path.join(folder, "practice.db"))
    journal.is_throw_away = True
    weakref.finalize(journal, remove)
    friend = journal.add_person("A friend who plays along", name_from="My own courage")
    baker = journal.add_occupation("Baker", soc="51-3011")
    asked = ["path_in", "enjoy_most", "home_life"]
    journal.plan_interview(friend, baker, minutes=5, questions=asked)
    return journal


def whose(journal: Journal) -> str:
    """Whose journal it is, in a sentence for the first line of a notebook.

    In a report to others only a sample says so: whose journal it rests on its reader knows.

    Examples
    --------
    >>> whose(sample("example"))
    'This page shows a sample, the search of a fictional person. It is a throw-away copy.'
    """
    to_others = bool(os.environ.get("INFONB_REDACT"))
    if not journal.is_throw_away:
        return "" if to_others else "This page shows your own journal."
    name = journal.setting("sample")
    what = {
        "published": "a sample: published interviews of real people, in our own words",
        "example": "a sample, the search of a fictional person",
    }
    shown = what.get(name or "", "a journal to practise in")
    return f"This page shows {shown}." + ("" if to_others else " It is a throw-away copy.")


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

    wanted = os.fspath(location) if location is not None else (find_journal() or data_journal())
    if wanted.startswith(_PREFIX):
        with sample(wanted.removeprefix(_PREFIX)) as journal:
            return journal.check()
    return check_file(_from_the_notebooks(wanted))


def my_journal() -> Journal:
    """The journal a notebook is to use, however the notebook was opened.

    It is the one that ``INFONB_JOURNAL`` names, else that of the search folder in which the
    notebook lies, else the published sample, on which every form says that nothing is kept.

    What is overdue in your own journal is said on top of the notebook. It names people, so it is
    never said while a report is made.

    Raises
    ------
    InfonbError
        When the search folder has lost its journal, or ``INFONB_JOURNAL`` names a file that the
        notebook's folder doesn't have: an empty journal would be made in silence.

    Examples
    --------
    >>> my_journal().setting("sample")
    'published'
    """
    named = _found()
    file = file_of_journal(named) if named else None
    if named and file and not os.path.isabs(named) and not file.exists():
        raise InfonbError(
            f"INFONB_JOURNAL names {named}, and there is no {file}. Notebooks run in the folder"
            " they lie in; give the whole path."
        )
    journal = open_journal(named or f"{_PREFIX}published")
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


def find_journal(folder: str | os.PathLike[str] | None = None) -> str | None:
    """What names the journal: ``INFONB_JOURNAL``, else the search folder one is in.

    A search folder is one with the mark `MARK`, which ``infonb new`` leaves; the nearest upwards
    counts. Where no folder has one, two kinds without it are known: the nearest with `JOURNAL`
    beside infonb's notebooks, as ``infonb new`` made them before there was a mark, and the folder
    itself if its `JOURNAL` is infonb's.

    Parameters
    ----------
    folder : path, optional
        Where to begin; by default the working folder.

    Returns
    -------
    str or None
        As for `open_journal`; a file that a folder has lost is named all the same.

    Examples
    --------
    >>> (tmp_path / "notebooks").mkdir()
    >>> (tmp_path / MARK).touch()
    >>> Path(find_journal(tmp_path / "notebooks")) == tmp_path / "search.db"
    True
    """
    named = os.environ.get("INFONB_JOURNAL")
    if named:
        return named
    own = _search_folder(Path.cwd() if folder is None else Path(folder).absolute())
    return str(own / JOURNAL) if own else None


def data_journal() -> str:
    """The journal in the user's data folder, which is made."""
    import platformdirs

    folder = Path(platformdirs.user_data_dir("infonb", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / "journal.db")


def file_of_journal(location: str) -> Path | None:
    """The file that a location names, from whichever folder; None for a sample or a database.

    Raises
    ------
    InfonbError
        When it names nothing that could be a journal.

    Examples
    --------
    >>> file_of_journal("sample:example"), file_of_journal("postgresql+psycopg://localhost/search")
    (None, None)
    """
    if location.startswith(_PREFIX) or is_url(location):
        return None
    return file_of(_from_the_notebooks(location))


def _found() -> str | None:
    """As `find_journal`, but where a search folder has lost its journal none is made in silence."""
    named = find_journal()
    if named and not os.environ.get("INFONB_JOURNAL") and not os.path.exists(named):
        raise InfonbError(
            f"{Path(named).parent} is the folder of a search, and its journal {JOURNAL} is gone."
            f" Put it or a backup back; infonb.open({named!r}) makes a new one."
        )
    return named


def _search_folder(folder: Path) -> Path | None:
    upwards = [folder, *folder.parents]
    marked = (each for each in upwards if os.path.exists(each / MARK))
    older = (each for each in upwards if _was_made_before_the_mark(each))
    own = folder if _is_journal(folder / JOURNAL) else None
    return next(marked, None) or next(older, own)


def _was_made_before_the_mark(folder: Path) -> bool:
    journal, notebooks = folder / JOURNAL, folder / NOTEBOOKS
    if not (os.path.isfile(journal) and os.path.isdir(notebooks)):
        return False
    shipped = shipped_folder("notebooks").glob("*.ipynb")
    return _is_journal(journal) or any(os.path.exists(notebooks / each.name) for each in shipped)


def _is_journal(path: Path) -> bool:
    """Whether a file says of itself that it is infonb's; nothing is opened for long or changed."""
    try:
        with path.open("rb") as file:
            header = file.read(_APPLICATION_ID_AT.stop)
    except OSError:
        return False
    if not header.startswith(_MAGIC):
        return False
    from infonb.journal.schema import APPLICATION_ID

    return int.from_bytes(header[_APPLICATION_ID_AT], "big") == APPLICATION_ID


def _from_the_notebooks(location: str) -> str:
    """``search.db`` in the notebooks of a search folder is the folder's, not a second one."""
    here = Path.cwd() if location == JOURNAL and not os.path.exists(location) else None
    if here is not None and here.name == NOTEBOOKS and _search_folder(here) == here.parent:
        return str(here.parent / JOURNAL)
    return location
