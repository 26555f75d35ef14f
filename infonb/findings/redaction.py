"""Leaving people's names out, at the data level, before any frame exists.

An interviewee becomes "Registered nurse 2": the occupation they were asked about, numbered in
order of entry, so that every report of a journal uses the same words. Somebody who was not
interviewed becomes "Contact 3".
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.$€£])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?|\d{2,4}[ .-])\d{3,4}(?:[ .-]?\d{3,4})?"
    r"(?![\w%]|\.\d)"
)
_YEARS = re.compile(r"(?:19|20)\d\d[ .–-]{1}(?:19|20)?\d\d(?:\d\d)?")

_COMMON = frozenset(
    "art bond chase dale dawn drew faith field frank frost grace grant grove hale hall hill hope "
    "house hunt iris ivy jack joy june kay king lane law lily love mark marsh may mercy miles "
    "moon page park pat peace pearl penny pike poole price reed rich rob rod rose ruby rush sky "
    "stone summer sunny swan temple van violet wade ward wells west will wood young".split()
)
_BEFORE_A_NAME = r"(?:(?<=\bMr\. )|(?<=\bMs\. )|(?<=\bMrs\. )|(?<=\bDr\. )|(?<=\bMr )|(?<=\bMs )|(?<=\bMrs )|(?<=\bDr ))"  # noqa: E501


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
        named = redaction is Redaction.NOBODY or (
            redaction is Redaction.UNNAMED and person["may_be_named"]
        )
        called[person["id"]] = person["name"] if named else f"{role} {numbers[role]}"
    return _unique(called)


def _unique(called: Mapping[str, str]) -> dict[str, str]:
    seen: dict[str, int] = {}
    unique: dict[str, str] = {}
    for id, label in called.items():
        seen[label] = seen.get(label, 0) + 1
        unique[id] = label if seen[label] == 1 else f"{label} ({seen[label]})"
    return unique


def text_cleaner(
    people: Iterable[Mapping[str, Any]], called: Mapping[str, str], redaction: Redaction
) -> Callable[[str | None], str | None]:
    """A function that replaces names, organisations and contacts in free text.

    Full names are found in any case; a single part of a name only where it is capitalised, and
    where it is also a common word ("May", "Will") only after a title such as "Ms.".

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
    replacements: list[tuple[re.Pattern[str], str]] = []
    for person in people:
        if redaction is Redaction.UNNAMED and person["may_be_named"]:
            continue
        replacements += _patterns(person, called[person["id"]])
    replacements.sort(key=lambda item: -len(item[0].pattern))

    def clean(text: str | None) -> str | None:
        if not text:
            return text
        text = _EMAIL.sub("[e-mail]", text)
        text = _PHONE.sub(lambda m: m[0] if _YEARS.fullmatch(m[0]) else "[phone]", text)
        for pattern, label in replacements:
            text = pattern.sub(label.replace("\\", r"\\"), text)
        return text

    return clean


def _patterns(person: Mapping[str, Any], label: str) -> list[tuple[re.Pattern[str], str]]:
    name = person["name"]
    found = [(_words(name, re.IGNORECASE), label)]
    parts = [part for part in re.split(r"[\s,]+", name) if len(part.strip(".")) > 1]
    for part in parts if len(parts) <= 4 else ():
        if not part[0].isupper():
            continue
        if part.casefold() in _COMMON:
            found.append((re.compile(_BEFORE_A_NAME + re.escape(part) + r"\b"), label))
        elif len(part) > 2:
            found.append((_words(part), label))
    if person.get("organisation"):
        found.append((_words(person["organisation"], re.IGNORECASE), "[organisation]"))
    return found


def _words(text: str, flags: int = 0) -> re.Pattern[str]:
    flexible = r"\s+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<!\w){flexible}(?!\w)", flags)
