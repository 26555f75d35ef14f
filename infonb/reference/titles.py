"""From a title as somebody types it to official occupations: `match_title`.

With only what comes with infonb it knows the titles of the SOC and infonb's own list of everyday
titles; where O*NET's titles are installed it knows these, too. It proposes, a person chooses.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from infonb.files import NotWritten
from infonb.reference import facts
from infonb.reference.official import store
from infonb.reference.text_match import Known, Matcher, features, normalize

FILE = "titles.npz"
"""The index of installed titles, beside their tables."""

_LEARNT = frozenset({"occupations", "titles"})
_OWN = 3.0
"""How much an everyday title of infonb's own list counts beside one of O*NET's: the list names
one occupation, O*NET all that were ever heard of."""

_CODE = re.compile(r"\d\d-?\d{4}(\.\d\d)?")
_SENTENCE_END = re.compile(r"(?<=[.;]) ")
_lock = threading.Lock()

_BLOCKS = {"words": 0.4, "letters": 0.6}
_LEAST = 0.3
"""A best neighbour less similar than this is no neighbour: the text is no known kind of title."""
_FAINT = 0.005
"""What too little speaks for is not proposed."""
_COMMON = 0.004
"""How much a tenfold number of people in an occupation counts: it parts otherwise equal ones."""


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
        TitleMatch(soc, known.title, round(score, 3), because)
        for soc, score, because in search(_matcher(), said, n)
        if (known := facts.occupation(soc)) is not None
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
    return frozenset(map(_compared, [*titles, *(row["title"] for row in facts.rows("titles.csv"))]))


def _compared(title: str) -> str:
    return " ".join(title.split()).casefold()


def search(matcher: Matcher, text: str, n: int = 5) -> list[tuple[str, float, str]]:
    """Codes for a title, best first, each with its score and the known title that is nearest."""
    typed = matcher.spelling.corrected(words(text))
    found = matcher.match(" ".join(typed)) if len("".join(typed)) > 1 else None
    if found is None or found.likeness.max() < _LEAST:
        return []
    scores = found.scores + _common(tuple(matcher.labels))
    best = (-scores).argsort(kind="stable")[:n]
    return [
        (matcher.labels[at], min(float(scores[at]), 1.0), matcher.because(at, found.likeness))
        for at in best.tolist()
        if found.scores[at] > _FAINT
    ]


@lru_cache(maxsize=2)
def _common(socs: tuple[str, ...]) -> Any:
    """What parts occupations that are otherwise equal: how many people are in them."""
    import numpy as np

    employed = {entry.soc: float(entry.employees or 3000) for entry in facts.shipped().values()}
    return _COMMON * np.log10([max(employed.get(soc, 3000.0), 300.0) / 300.0 for soc in socs])


def learns_from(tables: set[str]) -> bool:
    """Whether what was learnt before doesn't suit tables of these names any more."""
    return not _LEARNT.isdisjoint(tables)


def learn(place: Path | None) -> Matcher:
    """Learn infonb's own titles and those installed in a folder.

    Parameters
    ----------
    place : Path or None
        The folder of an update; None for what comes with infonb alone.
    """
    return learnt(known_at(place), sentences_at(place))


def learnt(known: Iterable[Known], beside: Iterable[Known] = ()) -> Matcher:
    """What is learnt of titles, and of sentences about occupations beside them."""
    parts = (
        Known(part, entry.label, entry.weight)
        for entry in known
        for part in without_brackets(entry.text)
    )
    return Matcher.learn(parts, normal, features(_BLOCKS), beside, many=True)


def known_at(place: Path | None) -> list[Known]:
    """The titles that `learn` knows."""
    own = [Known(entry.title, entry.soc) for entry in facts.shipped().values()]
    own += [Known(row["title"], row["soc"], _OWN) for row in facts.rows("titles.csv")]
    return own if place is None else [*own, *_installed(place)]


def _matcher() -> Matcher:
    place = store.release()
    with _lock:
        return _matcher_at(place)


@cache
def _matcher_at(place: Path | None) -> Matcher:
    if place is None:
        return learn(None)
    stored = Matcher.load(place / FILE, features(_BLOCKS))
    if stored is None:
        stored = learn(place)
        with suppress(NotWritten):  # a folder one may only read: learnt again in the next session
            stored.save(place / FILE)
    return stored


def _installed(place: Path) -> Iterator[Known]:
    for name, kinds in (("occupations", ("title",)), ("titles", ("title", "short", "occupation"))):
        path = place / f"{name}.parquet"
        stored = store.read(path).to_pydict() if path.exists() else {"onet_soc": []}
        for kind in kinds:
            for code, title in zip(stored["onet_soc"], stored.get(kind, ()), strict=False):
                if title:
                    yield Known(title, code[:7])


def sentences_at(place: Path | None) -> Iterator[Known]:
    """What O*NET's descriptions say of occupations, in pieces."""
    if place is None or not (place / "occupations.parquet").exists():
        return
    stored = store.read(place / "occupations.parquet").to_pydict()
    for code, text in zip(stored["onet_soc"], stored.get("description", ()), strict=False):
        for sentence in _SENTENCE_END.split(text or ""):
            if len(sentence) > 15:
                yield Known(sentence, code[:7])


# how titles are written ---------------------------------------------------------------------------

LONGEST = 200
"""Characters of a title that are looked at; more is a pasted text, not a title."""

_APOSTROPHES = re.compile(r"['’‘`´]")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_RANK = frozenset(
    "senior junior jnr snr sr jr i ii iii iv v vi 1 2 3 4 5 l1 l2 l3 l4 l5 level grade band "
    "fulltime parttime ft entry entrylevel midlevel mid experienced "
    "temp temporary seasonal remote contract permanent freelance selfemployed".split()
)
_LINKS = frozenset("a an and at for in of on or the to with".split())
_ONE_WORD = {
    "back end": "backend", "child care": "childcare", "day care": "daycare", "dev ops": "devops",
    "e commerce": "ecommerce", "entry level": "entrylevel", "fore man": "foreman",
    "fork lift": "forklift", "free lance": "freelance", "front end": "frontend",
    "full stack": "fullstack", "full time": "fulltime", "hair dresser": "hairdresser",
    "health care": "healthcare", "house keeper": "housekeeper", "land scaper": "landscaper",
    "life guard": "lifeguard", "mid level": "midlevel", "part time": "parttime",
    "pre school": "preschool", "self employed": "selfemployed", "web site": "website",
    "book keeper": "bookkeeper", "care giver": "caregiver", "care taker": "caretaker",
    "fire fighter": "firefighter", "bar tender": "bartender", "ware house": "warehouse",
    "r and d": "research development", "r d": "research development", "q a": "qa", "u x": "ux",
    "h r": "hr", "i t": "it",
}  # fmt: skip
_TWO_WORDS = re.compile(r"\b(?:" + "|".join(sorted(_ONE_WORD, key=len, reverse=True)) + r")\b")
_BRITISH = (("isation", "ization"), ("isations", "ization"), ("ising", "izing"), ("iser", "izer"),
            ("yser", "yzer"), ("ysing", "yzing"), ("colour", "color"), ("labour", "labor"),
            ("behaviour", "behavior"), ("centre", "center"), ("theatre", "theater"),
            ("programme", "program"), ("jewellery", "jewelry"), ("jeweller", "jeweler"),
            ("counsellor", "counselor"), ("tyre", "tire"), ("paediatric", "pediatric"),
            ("orthopaedic", "orthopedic"), ("anaesthe", "anesthe"), ("gynaec", "gynec"),
            ("aluminium", "aluminum"), ("modeller", "modeler"), ("traveller", "traveler"),
            ("enquiry", "inquiry"), ("armour", "armor"), ("mould", "mold"), ("plough", "plow"),
            ("defence", "defense"), ("licence", "license"), ("archaeo", "archeo"),
            ("organis", "organiz"), ("catalogu", "catalog"), ("haemat", "hemat"),
            ("oestr", "estr"), ("foetal", "fetal"), ("aeroplane", "airplane"),
            ("upholster", "upholster"), ("draught", "draft"), ("artefact", "artifact"))  # fmt: skip


def normal(text: str) -> str:
    """The form in which titles are compared: plain words, one space between them.

    Parameters
    ----------
    text : str
        A title as somebody wrote it. Only the first 200 characters count.

    Returns
    -------
    str
        Words of a–z, 0–9, + and #; empty when none is left. Words of rank go, unless nothing
        else would remain.

    Examples
    --------
    >>> normal("Sr. Mgr, Labour Relations")
    'manager labor relation'
    >>> normal("Teachers, 3rd grade")
    'teacher third grade'
    >>> normal("C++ Developers II")
    'c++ developer'
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `normal`, as a list.

    Examples
    --------
    >>> words("R&D engineer")
    ['research', 'development', 'engineer']
    """
    plain = _APOSTROPHES.sub("", text[:LONGEST]).replace("&", " and ")
    plain = _TWO_WORDS.sub(lambda found: _ONE_WORD[found[0]], normalize(plain))
    written = [part for word in plain.split() for part in _written_out(word)]
    spelled = [_american(word) for word in written if word not in _LINKS] or written
    kept = [word for word in spelled if not _is_rank(word, spelled)]
    return [_singular(word) for word in kept or spelled]


def without_brackets(title: str) -> Iterator[str]:
    """A title and what stands in its brackets, which is most often another way to write it.

    Examples
    --------
    >>> list(without_brackets("RN (Registered Nurse)"))
    ['RN', 'Registered Nurse']
    """
    outside = _IN_BRACKETS.sub(" ", title).strip()
    for part in (outside, *_IN_BRACKETS.findall(title)):
        if part.strip():
            yield " ".join(part.split())


def _written_out(word: str) -> list[str]:
    return _abbreviations().get(word, word).split()


def _american(word: str) -> str:
    for british, american in _BRITISH:
        if british in word:
            return word.replace(british, american)
    return word


def _is_rank(word: str, among: list[str]) -> bool:
    # "third grade teacher" tells its pupils' age, "grade 3" tells somebody's pay
    if word == "grade":
        return not any(ordinal in among for ordinal in _ORDINALS.values())
    return word in _RANK


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") else word


_ORDINALS = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth",
    "6th": "sixth", "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth",
    "11th": "eleventh", "12th": "twelfth",
}  # fmt: skip


@cache
def _abbreviations() -> Mapping[str, str]:
    return _ORDINALS | {row["short"]: row["long"] for row in facts.rows("abbreviations.csv")}
