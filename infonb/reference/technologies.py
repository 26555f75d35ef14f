"""What kind of software a product is: looked up where O*NET's list is installed, else guessed.

Nobody knows all products by name. One that infonb's catalogue doesn't have is proposed by its
kind, such as "Project management software": all known products and words vote for theirs, each by
how like it is to the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from infonb.reference import catalogue as names
from infonb.reference.official import store
from infonb.reference.text_match import Embed, Known, Matcher, features, normalize, stem

_WORD = re.compile(r"[\w+#'’-]+")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z][0-9]")
_SOFTWARE = frozenset({"software", "database", "databases"})


def kinds_of(phrase: str) -> tuple[str, ...]:
    """Ids of the kinds of software that a product is of, by O*NET's list of technologies.

    Looked up, never guessed: empty where it isn't installed or doesn't have the name. A product
    called by ordinary words alone ("Bargaining Power") must be written as it is there.

    Examples
    --------
    >>> kinds_of("no such product")
    ()
    """
    known = _named(store.release())
    for form in names.forms(phrase):
        if found := known.get(form):
            written, kinds = found
            if phrase.strip() in written or not _is_ordinary(form):
                return kinds
    return ()


def is_like_a_product(phrase: str) -> bool:
    """Whether a phrase is written as products are: by its capitals, or as some kind of software.

    Examples
    --------
    >>> [is_like_a_product(said) for said in ("GenieSoft Overture", "Beekeeping", "HR paperwork")]
    [True, False, False]
    """
    said = normalize(phrase).split()
    if said and said[-1] in _SOFTWARE and not said[0].endswith("ing"):
        return True
    words = _WORD.findall(phrase)
    begun = sum(word[0].isupper() or word[0].isdigit() for word in words)
    coined = [word for word in words if _MIXED.search(word) and not _all_in(word, names.words())]
    if len(words) < 2 or (coined and 2 * begun >= len(words)):
        return bool(coined)
    strange = any(_INNER_CAPITAL.search(word) or not _all_in(word, _ordinary()) for word in words)
    return strange and 5 * begun >= 3 * len(words)


def kinds_like(phrase: str, embed: Embed | None) -> dict[str, float]:
    """Ids of kinds of software with what speaks for each, 0 to 1: a guess.

    Parameters
    ----------
    phrase : str
    embed : callable, optional
        See `infonb.reference.text_match.embedding`.

    Examples
    --------
    >>> shares = kinds_like("Stage Lights TimesheetWizard", None)
    >>> max(shares, key=shares.get)
    'tech:time-accounting-software'
    """
    matcher = _matcher(store.release(), embed)
    found = matcher.match(normalize(_apart(phrase)))
    return dict(zip(matcher.labels, found.scores.tolist(), strict=True)) if found else {}


def examples() -> Iterator[tuple[str, str]]:
    """What is called by which kind: products and words of infonb's own, and O*NET's products."""
    for each in names.skills().values():
        if each.kind == "technology":
            for called in (each.name, *names.phrases().get(each.id, ())):
                yield called, each.group or each.id
    yield from products()


_BLOCKS = {"words": 1.0, "letters": 1.0}


@lru_cache(maxsize=2)
def _matcher(place: Path | None, embed: Embed | None) -> Matcher:
    """What was learnt of the data in a folder: a new update has a new folder."""
    known = (Known(_apart(called), kind) for called, kind in examples())
    return Matcher.learn(known, normalize, features(_BLOCKS, meaning=embed))


def _apart(name: str) -> str:
    """A name with the words in it apart: its kind is most often told in one of them.

    Examples
    --------
    >>> _apart("PatientChart Pro")
    'Patient Chart Pro'
    """
    return _INNER_CAPITAL.sub(" ", name)


@lru_cache(maxsize=2)
def _named(place: Path | None) -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Products of the installed list by their plain names: how they are written, and their kinds.

    Names that infonb's catalogue has too are left to it.
    """
    written: dict[str, set[str]] = {}
    kinds: dict[str, dict[str, None]] = {}
    for name, kind in products():
        said = normalize(name)
        written.setdefault(said, set()).add(name)
        kinds.setdefault(said, {})[kind] = None
    return {said: (frozenset(written[said]), tuple(kinds[said])) for said in kinds}


def _is_ordinary(said: str) -> bool:
    return _SOFTWARE.isdisjoint(said.split()) and _all_in(said, names.words())


def _all_in(words: str, known: frozenset[str]) -> bool:
    return all(word in known or stem(word) in known for word in normalize(words).split())


@cache
def _ordinary() -> frozenset[str]:
    """Words that name something else than technology."""
    return frozenset(
        word
        for id, said in names.phrases().items()
        if (each := names.skill(id)) is None or each.kind != "technology"
        for phrase in said
        for word in normalize(phrase).split()
    )


def detailed_activities() -> tuple[tuple[str, str], ...]:
    """O*NET's detailed work activities with the id of the work activity they belong to.

    Returns
    -------
    tuple of (str, str)
        Empty where the DWA Reference isn't installed.

    Examples
    --------
    >>> detailed_activities()
    ()
    """
    stored = store.columns("activities")
    return tuple(zip(stored["activity"], stored["element_id"], strict=True)) if stored else ()


def products() -> tuple[tuple[str, str], ...]:
    """O*NET's products and tools, each with the id of the kind of software it is.

    Returns
    -------
    tuple of (str, str)
        Each pair once; empty where Technology Skills isn't installed. A kind that infonb's
        catalogue doesn't know by name is left out.

    Examples
    --------
    >>> products()
    ()
    """
    stored = store.table("technology")
    if stored is None:
        return ()
    kinds = {each.name.casefold(): each.id for each in names.skills().values()
             if each.kind == "technology" and not each.group}  # fmt: skip
    columns = ["example", "commodity"]
    pairs = stored.select(columns).group_by(columns, use_threads=False).aggregate([]).to_pydict()
    return tuple(
        (name, kinds[kind.casefold()])
        for name, kind in zip(pairs["example"], pairs["commodity"], strict=True)
        if name and kind and kind.casefold() in kinds
    )
