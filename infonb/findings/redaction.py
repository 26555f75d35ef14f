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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from infonb.findings.contacts import without_contacts
from infonb.findings.name_rules import is_a_word, rules
from infonb.names import plain

_FIRST_PLACE = 0xF0000
"""Private characters, one per replacement, keep the place of labels until all names are found: a
label ("Baker 2") may itself hold what is somebody's name."""


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
    without_names : callable
        Leaves out only what the journal knows, not every address that anybody wrote.
    hidden : frozenset of str
        Ids of those who are not to be recognised.
    published : frozenset of str
        Ids of those who are quoted from a publication: called by role and publisher already.
    publishers : frozenset of str
        Who published them.
    """

    called: dict[str, str]
    clean: Callable[[str | None], str | None]
    without_names: Callable[[str | None], str | None]
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
            without_names=text_cleaner(private, called, redaction, contacts=False),
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
    people: Iterable[Mapping[str, Any]],
    called: Mapping[str, str],
    redaction: Redaction,
    contacts: bool = True,
) -> Callable[[str | None], str | None]:
    """A function that replaces names, organisations and contacts in free text.

    Full names are found in any case, with or without accents; a single part of a name only where
    it is capitalised. What is also a common word ("May", "Will") counts as a name after a title
    ("Ms. May"), where it owns or says something, and as a capital amid a sentence; months only
    in the first two cases. What two people share ("Sam") becomes "[name]". Ways to reach anybody
    are left out, too: mail, phone, profiles, handles, links, postal addresses.

    Parameters
    ----------
    people : iterable of mapping
        Rows of the person table whose names are to be replaced.
    called : mapping
        Person id to label, from `labels`.
    contacts : bool
        Whether ways to reach anybody are replaced, too.

    Examples
    --------
    >>> ada = {"id": "p", "name": "Ada Lovelace", "organisation": None, "may_be_named": False}
    >>> clean = text_cleaner([ada], {"p": "Nurse 1"}, Redaction.EVERYBODY)
    >>> clean("Ada's advice: write to ada@example.org")
    "Nurse 1's advice: write to [e-mail]"
    """
    if redaction is Redaction.NOBODY:
        return lambda text: text
    found = rules((person for person in people if _is_hidden(person, redaction)), called)

    def clean(text: str | None) -> str | None:
        if not text:
            return text
        if contacts:
            text = without_contacts(text, is_a_word)
        letters = plain(text).lower()
        labels: list[str] = []

        def keep_the_place(match: re.Match[str]) -> str:
            labels.append(rule.shown(match))
            return chr(_FIRST_PLACE + len(labels) - 1)

        for rule in found:
            if rule.needle in letters:
                text = rule.pattern.sub(keep_the_place, text)
        return "".join(
            labels[ord(c) - _FIRST_PLACE] if 0 <= ord(c) - _FIRST_PLACE < len(labels) else c
            for c in text
        ) if labels else text  # fmt: skip

    return clean
