"""How people write job titles, and the one form in which titles are compared.

Upper and lower case, accents, abbreviations ("sr mgr"), American and British spelling, plurals
and words of rank don't tell occupations apart; here they are put aside, on both sides alike.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

LONGEST = 200
"""Characters of a title that are looked at; more is a pasted text, not a title."""

_APOSTROPHES = re.compile(r"['’‘`´]")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9+#]+")
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
    folded = unicodedata.normalize("NFKD", text[:LONGEST]).casefold().replace("&", " and ")
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    joined = _INITIALS.sub(lambda found: found[0].replace(".", ""), folded)
    plain = _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", joined)).strip()
    plain = _TWO_WORDS.sub(lambda found: _ONE_WORD[found[0]], plain)
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
    text = (files("infonb.reference") / "data" / "abbreviations.csv").read_text(encoding="utf-8")
    return _ORDINALS | {row["short"]: row["long"] for row in csv.DictReader(text.splitlines())}
