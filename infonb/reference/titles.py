"""From a title as somebody types it to official occupations: `match_title`.

With only what comes with infonb it knows the titles of the SOC and infonb's own list of everyday
titles; where O*NET's titles are installed it knows these, too. It proposes, a person chooses.
"""

from __future__ import annotations

import csv
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from infonb.files import NotWritten
from infonb.reference import facts
from infonb.reference.official import store

if TYPE_CHECKING:
    from infonb.reference.title_index import KnownTitle, TitleIndex

FILE = "titles.npz"
"""The index of installed titles, beside their tables."""

_LEARNT = frozenset({"occupations", "titles"})
_OWN = 3.0
"""How much an everyday title of infonb's own list counts beside one of O*NET's: the list names
one occupation, O*NET all that were ever heard of."""

_CODE = re.compile(r"\d\d-?\d{4}(\.\d\d)?")
_SENTENCE_END = re.compile(r"(?<=[.;]) ")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """An occupation that a title may mean.

    Attributes
    ----------
    soc, title : str
        SOC 2018 code of six digits and its official title.
    score : float
        0 to 1, how much speaks for it; scores order, they are no probabilities.
    because : str
        The known title that speaks for it most.
    """

    soc: str
    title: str
    score: float
    because: str


def match_title(text: str, n: int = 5) -> list[TitleMatch]:
    """Occupations that a title may mean, best first, to choose from.

    Abbreviations ("sr sw eng"), slips of the keyboard, words of rank and British usage are taken
    care of. Safe to call from several threads; a call takes a few milliseconds, the first one of
    a session up to two seconds.

    Parameters
    ----------
    text : str
        As somebody types it. A SOC code finds itself.
    n : int
        At most so many.

    Returns
    -------
    list of TitleMatch
        Empty for an empty text, and where nothing is like it.

    Examples
    --------
    >>> [(match.title, match.because) for match in match_title("site enginer", n=1)]
    [('Civil Engineers', 'site engineer')]
    >>> match_title("qwxzk")
    []
    """
    said = text.strip()
    if n < 1 or not said:
        return []
    if _CODE.fullmatch(said):
        found = facts.occupation(said)
        return [TitleMatch(found.soc, found.title, 1.0, found.title)] if found else []
    return [
        TitleMatch(found.soc, known.title, round(found.score, 3), found.because)
        for found in _index().search(said, n)
        if (known := facts.occupation(found.soc)) is not None
    ]


def is_a_title(text: str) -> bool:
    """Whether this is a title as it stands in the SOC or in infonb's own list, in any case.

    Examples
    --------
    >>> is_a_title("line cook"), is_a_title("Cook of Ada Lovelace")
    (True, False)
    """
    return _compared(text) in _listed()


@cache
def _listed() -> frozenset[str]:
    titles = [entry.title for entry in facts.shipped().values()]
    return frozenset(map(_compared, [*titles, *(title for _, title in _everyday())]))


def _compared(title: str) -> str:
    return " ".join(title.split()).casefold()


def learns_from(tables: set[str]) -> bool:
    """Whether an index made before doesn't suit tables of these names any more."""
    return not _LEARNT.isdisjoint(tables)


def index_of(place: Path | None) -> TitleIndex:
    """An index of infonb's own titles and those installed in a folder.

    Parameters
    ----------
    place : Path or None
        The folder of an update; None for what comes with infonb alone.
    """
    from infonb.reference.title_index import TitleIndex

    jobs = {entry.soc: float(entry.employees or 0) for entry in facts.shipped().values()}
    return TitleIndex.build(known_at(place), jobs, sentences_at(place))


def known_at(place: Path | None) -> list[KnownTitle]:
    """The titles that `index_of` learns."""
    from infonb.reference.title_index import KnownTitle

    own = [KnownTitle(entry.title, entry.soc) for entry in facts.shipped().values()]
    own += [KnownTitle(title, soc, _OWN) for soc, title in _everyday()]
    return own if place is None else [*own, *_installed(place)]


def _index() -> TitleIndex:
    place = store.release()
    with _lock:
        return _index_at(place)


@cache
def _index_at(place: Path | None) -> TitleIndex:
    from infonb.reference.title_index import TitleIndex

    if place is None:
        return index_of(None)
    stored = TitleIndex.load(place / FILE)
    if stored is None:
        stored = index_of(place)
        with suppress(NotWritten):  # a folder one may only read: learnt again in the next session
            stored.save(place / FILE)
    return stored


@cache
def _everyday() -> tuple[tuple[str, str], ...]:
    text = (files("infonb.reference") / "data" / "titles.csv").read_text(encoding="utf-8")
    return tuple((row["soc"], row["title"]) for row in csv.DictReader(text.splitlines()))


def _installed(place: Path) -> Iterator[KnownTitle]:
    from infonb.reference.title_index import KnownTitle

    for name, kinds in (("occupations", ("title",)), ("titles", ("title", "short", "occupation"))):
        path = place / f"{name}.parquet"
        stored = store.read(path).to_pydict() if path.exists() else {"onet_soc": []}
        for kind in kinds:
            for code, title in zip(stored["onet_soc"], stored.get(kind, ()), strict=False):
                if title:
                    yield KnownTitle(title, code[:7])


def sentences_at(place: Path | None) -> Iterator[KnownTitle]:
    """What O*NET's descriptions say of occupations, in pieces."""
    from infonb.reference.title_index import KnownTitle

    if place is None or not (place / "occupations.parquet").exists():
        return
    stored = store.read(place / "occupations.parquet").to_pydict()
    for code, text in zip(stored["onet_soc"], stored.get("description", ()), strict=False):
        for sentence in _SENTENCE_END.split(text or ""):
            if len(sentence) > 15:
                yield KnownTitle(sentence, code[:7])
