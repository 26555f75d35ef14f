"""The journals that were opened in this run, and what each of them withholds.

A journal puts itself on the list when it is opened. Whatever leaves the program is compared with
what all of them withhold, however the journal was held: in a variable, a list, for one line.
"""

from __future__ import annotations

import contextlib
import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from infonb import method
from infonb.errors import InfonbError
from infonb.privacy.gate import LeftOut, folded
from infonb.privacy.redact import TEXTS, RedactedRows, Redaction
from infonb.privacy.spellings import WORDS_TOO

Rows = Mapping[str, list[dict[str, Any]]]

_AROUND = 2
"""Words on each side of what is left out that make a passage."""
_SHORTEST_SECRET = 20
"""Answers off the record that are shorter could be anybody's words."""
_NOBODY = frozenset(["not named", "unknown", "anonymous", "n a", "self employed", "freelance"])


class Opened(Protocol):
    """What the list needs of a journal."""

    def rows(self) -> Any:
        """Everything that is stored, by table."""
        ...

    def setting(self, key: str) -> str | None:
        """A setting of it, or None."""
        ...


class _Entry:
    """A journal that was opened, and how to open it once more when nobody holds it any longer."""

    def __init__(self, journal: Opened, location: str) -> None:
        self.journal = weakref.ref(journal)
        self.kind = type(journal)
        self.location = location
        self.is_closed = False
        self._is_sample: bool | None = None

    def is_sample(self) -> bool:
        """Whether it is one that ships, or a copy of it."""
        if self._is_sample is None:
            self._is_sample = False
            with contextlib.suppress(InfonbError):
                opened = self._opened()
                self._is_sample = opened is not None and opened.setting("sample") is not None
        return self._is_sample

    def state(self) -> object:
        """What changes whenever the journal's file does; None where that can't be told."""
        with contextlib.suppress(OSError):
            told = os.stat(self.location)
            return told.st_mtime_ns, told.st_size, told.st_ino
        return None

    def rows(self) -> Rows | None:
        """All that it holds; None for one whose file is gone, as a sample's copy is."""
        opened = self._opened()
        return opened.rows() if opened is not None else None

    def _opened(self) -> Opened | None:
        if "://" not in self.location and not os.path.exists(self.location):
            return None
        return self.journal() or self.kind(self.location)  # pyright: ignore[reportCallIssue]


_opened: dict[str, _Entry] = {}


def add(journal: Opened, location: str) -> None:
    """Put a journal on the list; a location stands on it once.

    Parameters
    ----------
    journal
        Held weakly.
    location : str
        Where it is opened again when nobody holds it any longer: an absolute path, or an address.
    """
    _opened[location] = _Entry(journal, location)


def close(journal: Opened) -> None:
    """Note that a journal was closed: what is wrong with it stops no other one's files."""
    for entry in _opened.values():
        if entry.journal() is journal:
            entry.is_closed = True


def opened() -> Iterator[Rows]:
    """The rows of each journal that was opened in this run and is still there."""
    for entry in list(_opened.values()):
        rows = entry.rows()
        if rows is not None:
            yield rows


def withheld(redact: bool = True, samples: bool = True) -> LeftOut:
    """What all journals that were opened in this run withhold from a picture, a table, a sheet.

    Parameters
    ----------
    redact : bool
        As in `left_out_of`.
    samples : bool
        Whether throw-away copies of samples count, too; nobody in them told anybody anything.

    Examples
    --------
    >>> "Sam" in withheld().names
    True
    """
    found = LeftOut()
    for location, entry in list(_opened.items()):
        if not samples and entry.is_sample():
            continue
        known = (location, redact), entry.state()
        kept = _withheld.get(known[0])
        if kept is not None and known[1] is not None and kept[0] == known[1]:
            found |= kept[1]
            continue
        try:
            rows = entry.rows()
        except InfonbError:
            if entry.journal() is not None and not entry.is_closed:
                raise
            continue  # it was closed, and is damaged or of a server that is gone
        if rows is not None:
            its = left_out_of(rows, redact, wording=wording())
            _withheld[known[0]] = known[1], its
            found |= its
    return found


_withheld: dict[tuple[str, bool], tuple[object, LeftOut]] = {}
"""What was told of a journal, and the state of its file then."""


@cache
def wording() -> str:
    """What files say that nobody wrote: questions, official titles and skills."""
    data = files("infonb.reference") / "data"
    lists = sorted(path.name for path in data.iterdir() if path.name.endswith(".csv"))
    said = [(data / name).read_text(encoding="utf-8") for name in lists]
    return joined([*said, str([*method.QUESTIONS.values()])])


def left_out_of(
    rows: Rows, redact: bool, written: Iterable[str] = (), wording: str = ""
) -> LeftOut:
    """What a page made of these rows must not say.

    What infonb itself says counts only as part of the journal's own texts: an organisation called
    "Nurse", somebody called "Baker" who is asked about bakers, or "Will" would else make every
    report impossible.

    Parameters
    ----------
    rows
        As `infonb.journal.Journal.rows` gives them.
    redact
        Whether everybody is left out, or only those who may not be named.
    written
        More texts to look for passages in, such as those of the notebook.
    wording
        What infonb itself says there, as `joined` makes it.

    Returns
    -------
    LeftOut

    Examples
    --------
    >>> left_out = left_out_of(journal.rows(), redact=True)
    >>> left_out.names, left_out.passages
    (('Sam',), ())
    """
    seen = RedactedRows(rows, Redaction.EVERYBODY if redact else Redaction.UNNAMED)
    naming = seen.naming
    people = rows["person"]
    hidden = [person for person in people if person["id"] in naming.hidden]
    said = tuple(_said(seen))
    if not hidden and not any(row["private"] for row in rows["answer"]):
        return LeftOut(said=said)
    shown = [person for person in people if person["id"] not in naming.hidden]
    named = [person[part] for person in shown for part in ("name", "organisation")]
    labels = [*naming.called.values(), *naming.publishers]
    # titles stand beside labels that begin with them: "Nurse", "Nurse 1"
    titles = joined([title for title in naming.titled.values() for _ in range(2)])
    usual = " ".join([wording, titles, joined([*filter(None, named), *labels])])

    def counts(text: str) -> bool:
        """Whether it can be searched for anywhere."""
        its = folded(text)
        return len(its) > 1 and its not in _NOBODY | WORDS_TOO and f" {its} " not in usual

    passages = [p for text in _texts(rows) for p in _passages(text, naming.clean)]
    for row in rows["occupation"]:
        passages += _passages(row["title"], lambda _, id=row["id"]: naming.titled[id])
    # a notebook's writer may give an address, a link, or their own number
    passages += [p for text in written for p in _passages(text, naming.without_names)]
    secrets = [row["text"] for row in rows["answer"] if row["private"]]
    told = joined(row["text"] for row in rows["answer"] if secrets and not row["private"])

    def is_a_secret(text: str) -> bool:
        return len(text) >= _SHORTEST_SECRET and f" {folded(text)} " not in told

    contacts = [person for person in people if person["id"] not in naming.published]
    return LeftOut(
        names=_those(bool, (person["name"] for person in hidden)),
        organisations=_those(bool, (person["organisation"] for person in hidden)),
        emails=_those(bool, (person["email"] for person in contacts)),
        phones=_those(bool, (person["phone"] for person in contacts)),
        passages=_those(counts, passages),
        private=_those(is_a_secret, [*secrets, *map(naming.clean, secrets)]),
        said=said,
        usual=(usual,),
    )


def _said(seen: RedactedRows) -> Iterator[tuple[str, str]]:
    """How people are called and what they said, as a page may show it."""
    person = {row["id"]: row["person_id"] for row in seen["interview"]}
    talk = {row["id"]: row["interview_id"] for t in ("answer", "transcript") for row in seen[t]}
    quotes = [(row["answer_id"] or row["transcript_id"], row["quote"]) for row in seen["coding"]]
    for id, text in [*((row["id"], row["text"]) for row in seen["answer"]), *quotes]:
        if text and text.strip():
            yield seen.naming.called[person[talk[id]]], " ".join(text.split())


def _those(wanted: Callable[[str], bool], among: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(among) if text and wanted(text))


def _texts(rows: Rows) -> Iterator[str]:
    """Everything in the journal that was written freely."""
    for table, columns in TEXTS.items():
        for row in rows.get(table, ()):
            yield from (row[column] for column in columns if row.get(column))


def _passages(text: str, clean: Callable[[str | None], str | None]) -> Iterator[str]:
    """The words around each place where something is left out of a text, as they were before."""
    cleaned = clean(text)
    if cleaned == text or cleaned is None:
        return
    from rapidfuzz.distance import Indel

    before, after = text.split(), cleaned.split()
    for change in Indel.opcodes(before, after):
        if change.tag == "delete":
            start, end = change.src_start, change.src_end
            yield " ".join(before[max(0, start - _AROUND) : end + _AROUND])


def joined(texts: Iterable[str]) -> str:
    """Folded texts in one, each word between spaces."""
    return " ".join(["", *map(folded, texts), ""])
