"""Leaving people's names out, at the data level, before any frame exists.

An interviewee becomes "Registered nurse 2": the occupation they were asked about, numbered in
order of entry, so that every report of a journal uses the same words. Somebody who was not
interviewed becomes "Contact 3".
"""

from __future__ import annotations

import enum
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.$€£])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}(?:[ .-]?\d{3,4})?"
    r"(?![\w%]|\.\d)"
)
_NO_PHONE = re.compile(r"(?:19|20)\d\d[ .–-](?:19|20)?\d\d(?:\d\d)?|[1-9]\d{0,2}(?:[ .]\d{3})+")

_COMMON = frozenset(
    "art bond chase dale dawn drew faith field frank frost grace grant grove hale hall hill hope "
    "house hunt iris ivy jack joy june kay king lane law lily love mark marsh may mercy miles "
    "moon page park pat peace pearl penny pike poole price reed rich rob rod rose ruby rush sky "
    "stone summer sunny swan temple van violet wade ward wells west will wood young".split()
)
_MONTHS = frozenset("april may june august".split())
_NO_NAME = frozenset(
    "dr mr mrs ms mx miss sir prof professor jr sr rn md phd cpa esq ii iii iv".split()
)
_UNNAMED = frozenset(["not named", "unknown", "anonymous", "n/a", "?"])
# where a common word is a name: after a title, where it owns something, where it speaks
_AFTER_A_TITLE = "".join(
    rf"(?<=\b{title} )|" for title in ("Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Dr", "Dr.")
).replace(".", r"\.")
_SPEAKS = (
    r"(?=['’]s\b| (?:said|says|told|tells|thinks|thought|works|worked|showed|asked|knows|loves"
    r"|likes|mentioned|explained)\b)"
)


class Redaction(enum.Enum):
    """Whose names are left out: nobody's, those who may not be named, or everybody's.

    Private answers are dropped too, unless it is nobody's.
    """

    NOBODY = "nobody"
    UNNAMED = "those who may not be named"
    EVERYBODY = "everybody"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Redaction:
        """What ``INFONB_REDACT`` asks for: ``1`` everybody, ``0`` those who may not be named.

        A report sets it; without it a notebook is one's own and nothing is redacted.

        Examples
        --------
        >>> Redaction.from_environment({}), Redaction.from_environment({"INFONB_REDACT": "1"})
        (<Redaction.NOBODY: 'nobody'>, <Redaction.EVERYBODY: 'everybody'>)
        """
        asked = environment.get("INFONB_REDACT")
        if asked in (None, ""):
            return cls.NOBODY
        return cls.UNNAMED if asked == "0" else cls.EVERYBODY


@dataclass(frozen=True)
class Naming:
    """How the people of a journal are called, the same in every report and file of it.

    Attributes
    ----------
    called : dict of str to str
        Person id to label, see `labels`.
    clean : callable
        Leaves names and contacts out of a text, see `text_cleaner`.
    hidden : frozenset of str
        Ids of those who are not to be recognised.
    published : frozenset of str
        Ids of those who are quoted from a publication: called by role and publisher already.
    publishers : frozenset of str
        Who published them.
    """

    called: dict[str, str]
    clean: Callable[[str | None], str | None]
    hidden: frozenset[str]
    published: frozenset[str]
    publishers: frozenset[str]

    @classmethod
    def of(cls, rows: Mapping[str, list[dict[str, Any]]], redaction: Redaction) -> Naming:
        """From the rows of a journal, as `infonb.journal.Journal.rows` gives them.

        Examples
        --------
        >>> Naming.of(journal.rows(), Redaction.EVERYBODY).called.values()
        dict_values(['Mechanical engineer 1'])
        """
        title = {row["id"]: row["title"] for row in rows["occupation"]}
        person = {row["id"]: row for row in rows["person"]}
        asked: dict[str, str] = {}
        for row in rows["interview"]:
            asked.setdefault(row["person_id"], title[row["occupation_id"]])
        in_order = {id: person[id] for id in (*asked, *person)}
        called = labels(in_order.values(), asked, redaction)
        sources = {row["person_id"]: row["source"] for row in rows["interview"] if row["source"]}
        private = [row for row in rows["person"] if row["id"] not in sources]
        hidden = [row["id"] for row in private if _is_hidden(row, redaction)]
        publishers = (json.loads(source).get("publisher") for source in sources.values())
        return cls(
            called=called,
            clean=text_cleaner(private, called, redaction),
            hidden=frozenset(hidden),
            published=frozenset(sources),
            publishers=frozenset(filter(None, publishers)),
        )


def _is_hidden(person: Mapping[str, Any], redaction: Redaction) -> bool:
    if redaction is Redaction.UNNAMED:
        return not person["may_be_named"]
    return redaction is Redaction.EVERYBODY


def labels(
    people: Iterable[Mapping[str, Any]],
    occupation_of: Mapping[str, str],
    redaction: Redaction,
) -> dict[str, str]:
    """How each person is called in frames: unique, by name or by occupation and number.

    Parameters
    ----------
    people : iterable of mapping
        Rows of the person table, in the order in which they are to be numbered.
    occupation_of : mapping of str to str
        Person id to the title of the occupation they were first asked about.
    redaction : Redaction

    Returns
    -------
    dict of str to str
        Person id to label.

    Examples
    --------
    >>> people = [{"id": "p", "name": "Ada", "may_be_named": False}]
    >>> labels(people, {"p": "Nurse"}, Redaction.EVERYBODY)
    {'p': 'Nurse 1'}
    """
    called: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for person in people:
        role = occupation_of.get(person["id"], "Contact")
        numbers[role] = numbers.get(role, 0) + 1
        hidden = _is_hidden(person, redaction)
        called[person["id"]] = f"{role} {numbers[role]}" if hidden else person["name"]
    return _unique(called)


def _unique(called: Mapping[str, str]) -> dict[str, str]:
    """The same labels, those that stand more than once numbered."""
    unique: dict[str, str] = {}
    taken = set(called.values())
    once: set[str] = set()
    for id, label in called.items():
        if label in once:
            numbers = itertools.count(2)
            label = next(n for k in numbers if (n := f"{label} ({k})") not in taken | once)
        once.add(label)
        unique[id] = label
    return unique


def text_cleaner(
    people: Iterable[Mapping[str, Any]], called: Mapping[str, str], redaction: Redaction
) -> Callable[[str | None], str | None]:
    """A function that replaces names, organisations and contacts in free text.

    Full names are found in any case, with or without accents; a single part of a name only where
    it is capitalised. What is also a common word ("May", "Will") counts as a name after a title
    ("Ms. May"), where it owns or says something, and as a capital amid a sentence; months only
    in the first two cases.

    Parameters
    ----------
    people : iterable of mapping
        Rows of the person table whose names are to be replaced.
    called : mapping
        Person id to label, from `labels`.

    Examples
    --------
    >>> ada = {"id": "p", "name": "Ada Lovelace", "organisation": None, "may_be_named": False}
    >>> clean = text_cleaner([ada], {"p": "Nurse 1"}, Redaction.EVERYBODY)
    >>> clean("Ada's advice: write to ada@example.org")
    "Nurse 1's advice: write to [e-mail]"
    """
    if redaction is Redaction.NOBODY:
        return lambda text: text
    replacements: list[tuple[tuple[bool, int], re.Pattern[str], str]] = []
    for person in people:
        if _is_hidden(person, redaction):
            replacements += _patterns(person, called[person["id"]])
    replacements.sort(key=lambda item: item[0])

    def clean(text: str | None) -> str | None:
        if not text:
            return text
        text = _EMAIL.sub("[e-mail]", text)
        text = _PHONE.sub(_phone, text)
        for _, pattern, label in replacements:
            text = pattern.sub(label.replace("\\", r"\\"), text)
        return text

    return clean


def _phone(match: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in match[0])
    return match[0] if digits < 7 or _NO_PHONE.fullmatch(match[0]) else "[phone]"


def _patterns(
    person: Mapping[str, Any], label: str
) -> list[tuple[tuple[bool, int], re.Pattern[str], str]]:
    """What to look for, with its turn: whole names and organisations first, longer ones first."""
    found: list[tuple[str, re.Pattern[str], bool, str]] = []
    name = person["name"].strip()
    if name.casefold() not in _UNNAMED:
        parts = [part for part in re.split(r"[\s,]+", name) if _is_part(part)]
        if all(_is_common(part) for part in parts):
            spellings = {name.title(), name.upper()} if len(name.strip(".")) > 1 else set()
            found += [(name, _words(spelling), False, label) for spelling in spellings]
        else:
            found.append((name, _words(name, re.IGNORECASE), False, label))
        for part in parts if len(parts) <= 4 else ():
            if part[0].isupper():
                pattern = _as_a_name(part) if _is_common(part) else _words(part)
                found.append((part, pattern, True, label))
    if organisation := person.get("organisation"):
        pattern = _words(organisation, re.IGNORECASE)
        found.append((organisation, pattern, False, "[organisation]"))
    return [((part, -len(text)), pattern, shown) for text, pattern, part, shown in found]


def _is_part(part: str) -> bool:
    bare = part.strip(".")
    return len(bare) > 1 and bare.casefold() not in _NO_NAME


def _is_common(part: str) -> bool:
    short = len(part.strip(".")) < 3 and part.isascii()
    return short or part.casefold() in _COMMON | _MONTHS


def _as_a_name(part: str) -> re.Pattern[str]:
    """A common word where it stands as a name."""
    word = rf"{re.escape(part)}(?!\w)"
    amid = "" if part.casefold() in _MONTHS else rf"|(?<=[a-zà-ÿ,;:] ){word}"
    return re.compile(rf"(?:{_AFTER_A_TITLE[:-1]}){word}|(?<!\w){word}{_SPEAKS}{amid}")


def _words(text: str, flags: int = 0) -> re.Pattern[str]:
    """The words of a text, however they are spaced, accented and quoted."""
    composed = unicodedata.normalize("NFC", text)
    split = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in split if not unicodedata.combining(c))
    spellings = dict.fromkeys([text, composed, split, bare])
    written = "|".join(
        r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in spelling.split())
        for spelling in spellings
    )
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", flags)
