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
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from infonb import reference
from infonb.method import is_first_hand
from infonb.privacy.contacts import may_hold_contacts, without_contacts
from infonb.privacy.off_the_record import on_the_record
from infonb.privacy.spellings import Found, Text, is_a_word, is_in_the_dictionary, known_by


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
    titled : dict of str to str
        Occupation id to title, see `titles`.
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

    titled: dict[str, str]
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
        people, held = rows.get("person", []), rows.get("interview", [])
        person = {row["id"]: row for row in people}
        sources = {row["person_id"]: row["source"] for row in held if row["source"]}
        private = [row for row in people if row["id"] not in sources]
        hidden = [row["id"] for row in private if _is_hidden(row, redaction)]
        titled = titles(rows.get("occupation", []), private, redaction)
        asked: dict[str, str] = {}
        for row in held:
            if is_first_hand(row.get("medium")):
                continue  # oneself is nobody of that occupation: the others keep their numbers
            asked.setdefault(row["person_id"], titled[row["occupation_id"]])
        in_order = {id: person[id] for id in (*asked, *person)}
        called = labels(in_order.values(), asked, redaction)
        publishers = (json.loads(source).get("publisher") for source in sources.values())
        return cls(
            titled=titled,
            called=called,
            clean=text_cleaner(private, called, redaction),
            without_names=text_cleaner(private, called, redaction, contacts=False),
            hidden=frozenset(hidden),
            published=frozenset(sources),
            publishers=frozenset(filter(None, publishers)),
        )


TEXTS = {
    "occupation": ("notes",),
    "person": ("name_from", "notes", "workplace"),
    "interview": ("medium", "research_occupation", "research_organisation", "weight_reason"),
    "question": ("prompt", "short", "low", "high"),
    "answer": ("text", "why"),
    "skill_mention": ("phrase",),
    "strength": ("phrase",),
    "theme": ("name", "description"),
    "lead": ("text", "status"),
    "task": ("draft",),
    "message": ("text",),
    "decision": ("next_step", "why"),
    "outcome": ("kind", "title", "organisation", "note"),
    "contact": ("channel", "note"),
    "reflection": ("prompt", "text"),
    "transcript": ("text", "turns", "asks"),
    "coding": ("quote", "prefix", "suffix"),
}
"""Table to columns that are written freely, in which anybody may be named."""

_OF_A_PUBLICATION = ("ref", "publisher", "date", "licence", "read")
"""What stays of where an interview was published; its title may name somebody."""


_NAMELESS_ID = re.compile(r"[0-9a-f-]{32,36}|(?:(?![A-Za-z]{3})[\x21-\x7e])*")


def unnamed(id: str) -> str:
    """An identity that names nobody: one of words, which a file gave to a record, as its hash.

    Examples
    --------
    >>> unnamed("ex-01"), unnamed("talk-with-ada")
    ('ex-01', '7ff9d631d9ad5af0820b2aec150fbef4')
    """
    return id if _NAMELESS_ID.fullmatch(id) else uuid.uuid5(_SPACE, id).hex


_SPACE = uuid.UUID("b8f6b2a1-1c5e-4c0b-9d0e-6b1f2f0f7a55")


class RedactedRows(Mapping[str, list[dict[str, Any]]]):
    """The rows of a journal as others may see them: whoever reads these can't forget to clean.

    Texts and titles are without names and contacts, people are called by their labels, answers
    off the record and messages aren't there. The passages of codings are found by their words
    (``quote``, and ``marked`` as they were marked). Where nobody's names are left out, all other
    rows are as they were.

    Parameters
    ----------
    rows : mapping of str to list of dict
        As `infonb.journal.Journal.rows` gives them.
    redaction : Redaction

    Attributes
    ----------
    naming : Naming

    Examples
    --------
    >>> RedactedRows(journal.rows(), Redaction.EVERYBODY)["person"][0]["name"]
    'Mechanical engineer 1'
    """

    def __init__(self, rows: Mapping[str, list[dict[str, Any]]], redaction: Redaction) -> None:
        self.naming = Naming.of(rows, redaction)
        self._redaction = redaction
        self._rows = rows if self.is_whole else on_the_record(rows)
        self._seen: dict[str, list[dict[str, Any]]] = {}

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        if table not in self._seen:
            rows = self._rows[table]
            if table == "coding":
                self._seen[table] = list(self._codings(rows))
            else:
                self._seen[table] = rows if self.is_whole else list(self._cleaned(table, rows))
        return self._seen[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def id(self, id: str) -> str:
        """The identity of a record, as it may be seen."""
        return id if self.is_whole else unnamed(id)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self._redaction is Redaction.NOBODY

    def _cleaned(self, table: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        if table == "message":
            return
        clean = self.naming.clean
        for stored in rows:
            if table == "answer" and stored["private"]:
                continue
            row: dict[str, Any] = stored | {c: clean(stored.get(c)) for c in TEXTS.get(table, ())}
            if table == "occupation":
                row["title"] = self.naming.titled[row["id"]]
            elif table == "person":
                row |= self._person(row)
            elif table == "interview" and row["source"]:
                source = json.loads(row["source"])
                kept = {key: source[key] for key in _OF_A_PUBLICATION if key in source}
                row["source"] = json.dumps(kept, ensure_ascii=False)
            elif table == "transcript":
                row |= self._turns(stored)
            elif table == "question":
                row["formerly"] = None
            yield row

    def _codings(self, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Passages of the texts as they may be seen: of a passage alone no name can be told."""
        parts = [table for table in ("answer", "transcript") if table in self._rows]
        before = {row["id"]: row["text"] for table in parts for row in self._rows[table]}
        seen = {row["id"]: row["text"] for table in parts for row in self[table]}
        for row in rows:
            start, end, of = row["start"], row["end"], row["answer_id"] or row["transcript_id"]
            if of not in seen:  # off the record
                continue
            quote, prefix, suffix = row["quote"], row["prefix"], row["suffix"]
            if self.is_whole:
                shown = quote if start is None else before[of][start:end]
                yield {**row, "marked": quote, "quote": shown}
            elif start is None:
                around = prefix + quote + suffix
                cleaned = self.naming.clean(around) or ""
                marked = len(prefix), len(prefix) + len(quote)
                first, last = _passage_after(around, cleaned, *marked)
                shown = cleaned[first:last]
                yield {**row, "marked": shown, "quote": shown, "prefix": "", "suffix": ""}
            else:
                text = seen[of]
                first, last = _passage_after(before[of], text, start, end)
                yield {
                    **row, "start": first, "end": last,
                    "marked": text[first:last], "quote": text[first:last],
                    "prefix": text[max(0, first - len(prefix)) : first],
                    "suffix": text[last : last + len(suffix)],
                }  # fmt: skip

    def _turns(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Turns of a transcript without names: who speaks is called by what they are here."""
        held = {row["id"]: row["person_id"] for row in self._rows["interview"]}
        turns = json.loads(stored["turns"]) if stored["turns"] else []
        asks, label = stored["asks"], self.naming.called[held[stored["interview_id"]]]
        called = {asks: "Interviewer"} if asks else {}
        for turn in turns:
            if (speaker := turn.get("speaker")) is not None and speaker not in called:
                others = len(called) - ("Interviewer" in called.values())
                called[speaker] = f"Speaker {others + 1}" if others else label
        clean = self.naming.clean
        cleaned = [
            turn | {"speaker": called.get(turn.get("speaker")), "text": clean(turn.get("text"))}
            for turn in turns
        ]
        return {
            "turns": json.dumps(cleaned, ensure_ascii=False) if turns else None,
            "asks": called.get(asks),
        }

    def _person(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What changes in a person's row; to be named isn't to be called."""
        left_out = ["email", "phone", "notes", "profile"]
        if self._redaction is Redaction.EVERYBODY or not row["may_be_named"]:
            left_out += ["organisation", "job_title", "name_from"]
        return {"name": self.naming.called[row["id"]], **dict.fromkeys(left_out)}


def _passage_after(before: str, after: str, start: int, end: int) -> tuple[int, int]:
    """Where a passage is in a text without names; part of a name becomes all that replaces it.

    Examples
    --------
    >>> _passage_after("Ask Sam or Bo, often.", "Ask Nurse 1 or Nurse 2, often.", 4, 13)
    (4, 22)
    """
    if before == after:
        return start, end
    from rapidfuzz.distance import Indel

    words = [re.findall(r"\w+|\W", text) for text in (before, after)]
    edges = [list(itertools.accumulate(map(len, part), initial=0)) for part in words]
    first, last, gap = 0, len(after), 0
    found = False
    for kept in Indel.opcodes(*words).as_matching_blocks():
        a, b = edges[0][kept.a], edges[1][kept.b]
        c, d = edges[0][kept.a + kept.size], edges[1][kept.b + kept.size]
        if not found and start < c:
            first, found = (b + start - a if start >= a else gap), True
        if end <= c:
            last = b + end - a if end > a or end == start else b
            break
        gap = d
    if not found:
        first = gap
    return first, max(first, last)


def _is_hidden(person: Mapping[str, Any], redaction: Redaction) -> bool:
    if redaction is Redaction.UNNAMED:
        return not person["may_be_named"]
    return redaction is Redaction.EVERYBODY


def titles(
    occupations: Iterable[Mapping[str, Any]],
    people: Iterable[Mapping[str, Any]],
    redaction: Redaction,
) -> dict[str, str]:
    """Occupations' titles without the people and employers in them, each still unlike all others.

    An occupation that is called as in the lists of occupations names nobody, whoever is called
    "Baker".

    Parameters
    ----------
    occupations, people : iterable of mapping
        Rows of these tables.
    redaction : Redaction

    Returns
    -------
    dict of str to str
        Occupation id to title.

    Examples
    --------
    >>> ada = {"id": "p", "name": "Ada Byron", "organisation": None, "may_be_named": False}
    >>> told = [{"id": "o", "title": "Assistant to Ada"}, {"id": "q", "title": "Ada Byron's aide"}]
    >>> titles(told, [ada], Redaction.EVERYBODY)
    {'o': 'Assistant to [name]', 'q': "[name]'s aide"}
    """
    if redaction is Redaction.NOBODY:
        return {row["id"]: row["title"] for row in occupations}
    people = list(people)
    nobody = dict.fromkeys((person["id"] for person in people), "[name]")
    clean = text_cleaner(people, nobody, redaction, in_titles=True)
    names = {_folded(person["name"]) for person in people}

    def cleaned(title: str) -> str:
        found = clean(title) or title
        if found == title or reference.is_a_title(title):
            return title
        # who was entered as "Head barista" has no name
        ordinary = all(map(is_a_word, re.findall(r"\w+", _folded(title))))
        return title if ordinary and _folded(title) in names else found

    return _unique({row["id"]: cleaned(row["title"]) for row in occupations})


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


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
    """The same labels, those that stand more than once numbered; case doesn't tell them apart."""
    unique: dict[str, str] = {}
    taken = set(map(_folded, called.values()))
    once: set[str] = set()
    for id, label in called.items():
        if _folded(label) in once:
            numbered = (f"{label} ({number})" for number in itertools.count(2))
            label = next(text for text in numbered if _folded(text) not in taken | once)
        once.add(_folded(label))
        unique[id] = label
    return unique


def text_cleaner(
    people: Iterable[Mapping[str, Any]],
    called: Mapping[str, str],
    redaction: Redaction,
    contacts: bool = True,
    in_titles: bool = False,
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
    in_titles : bool
        Whether the texts are titles of occupations, whose words begin with capitals anyway ("Line
        Cook").

    Examples
    --------
    >>> ada = {"id": "p", "name": "Ada Lovelace", "organisation": None, "may_be_named": False}
    >>> clean = text_cleaner([ada], {"p": "Nurse 1"}, Redaction.EVERYBODY)
    >>> clean("Ada's advice: write to ada@example.org")
    "Nurse 1's advice: write to [e-mail]"
    """
    if redaction is Redaction.NOBODY:
        return lambda text: text
    hidden = [person for person in people if _is_hidden(person, redaction)]
    keys = ("name", "organisation", "phone", "email")
    known = tuple(tuple(person.get(key) for key in keys) for person in hidden)
    shown = {str(number): called[person["id"]] for number, person in enumerate(hidden)}

    readers: list[_Reader] = []  # made when there is a text

    def clean(text: str | None) -> str | None:
        if not text:
            return text
        if not readers:
            readers.append(_reader(known))
        cleaned, found = readers[0](text, contacts, in_titles)
        if not found:
            return cleaned
        parts, last = [], 0
        for one in found:
            parts += [cleaned[last : one.start], shown.get(one.label, one.label), one.ending]
            last = one.end
        return "".join([*parts, cleaned[last:]])

    return clean


_Reader = Callable[[str, bool, bool], tuple[str, list[Found]]]


@lru_cache(maxsize=8)
def _reader(people: tuple[tuple[str | None, ...], ...]) -> _Reader:
    """What tells, of a text, how it is without contacts, and which names stand in that."""
    known = known_by(people)

    @lru_cache(maxsize=50_000)  # findings, gate and files ask of the same texts
    def read(text: str, contacts: bool, in_titles: bool) -> tuple[str, list[Found]]:
        split = Text(text)
        if contacts and may_hold_contacts(text, split.words):
            text = without_contacts(text, is_in_the_dictionary)
            split = Text(text) if text != split.text else split
        return text, known.find(split, in_titles)

    return read
