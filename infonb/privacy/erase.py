"""Taking a person out of free text for good, by the spellings that redaction and the gate know.

What is surely or likely the person is told from what may be an ordinary word, or somebody else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from infonb import reference
from infonb.privacy.spellings import (
    Found,
    Grade,
    Lazy,
    Spelling,
    Spellings,
    fold,
    is_a_word,
    is_in_the_dictionary,
    of_employer,
    rules,
)

REMOVED = "[name removed]"
"""What stands in the place of a person."""

EMPLOYER = "[organisation]"
"""What stands in the place of an employer."""

# labels that no text holds: whose a spelling is
_GONE, _KEPT, _SHARED = "\0gone", "\0kept", "[name]"
_TITLES = {
    "dr", "prof", "mr", "mrs", "ms", "miss", "sir", "herr", "frau", "von", "van", "der", "den",
    "del", "della", "dos", "das", "the", "and", "und", "jun", "sen", "bin", "ibn", "zur", "zum",
    "not", "named", "de", "la", "le",
}  # fmt: skip


@dataclass(frozen=True)
class Removal:
    """A place in a text that goes: where, the words, what stands there afterwards."""

    start: int
    end: int
    words: str
    instead: str
    grade: Grade


@dataclass(frozen=True)
class Traces:
    """What a person can be found by.

    Attributes
    ----------
    names, emails, phones, profiles, employers : frozenset of str
        All that were ever stored.
    others : frozenset of str
        Names of other people here: what they share isn't surely this person.
    employed : frozenset of str
        Employers of other people here: they are still left out for their sake.
    in_titles : frozenset of str
        Words, in lower case, of the occupations' titles here.

    Examples
    --------
    >>> ada = Traces(frozenset({"Ada Byron"}), employers=frozenset({"Vandelay Ltd"}))
    >>> without("Ada's at Vandelay.", ada.found("Ada's at Vandelay."))
    "[name removed]'s at [organisation]."
    """

    names: frozenset[str]
    emails: frozenset[str] = field(default=frozenset())
    phones: frozenset[str] = field(default=frozenset())
    profiles: frozenset[str] = field(default=frozenset())
    employers: frozenset[str] = field(default=frozenset())
    others: frozenset[str] = field(default=frozenset())
    employed: frozenset[str] = field(default=frozenset())
    in_titles: frozenset[str] = field(default=frozenset())

    def __or__(self, other: Traces) -> Traces:
        """What either of them can be found by."""
        return Traces(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(self)))

    @classmethod
    def from_json(cls, stored: Mapping[str, list[str]]) -> Traces:
        """As `to_json` gave them."""
        return cls(**{name: frozenset(texts) for name, texts in stored.items()})

    def to_json(self) -> dict[str, list[str]]:
        """Lists of text by kind."""
        return {f.name: sorted(getattr(self, f.name)) for f in fields(self)}

    def found(self, text: str, in_a_title: bool = False) -> list[Removal]:
        """Where the person, a way to reach them or their employer stands, in order."""
        if in_a_title and reference.is_a_title(text):
            return []
        found = _spellings(self).find(text, in_a_title)
        return [_removal(one) for one in found if one.label not in (_KEPT, _SHARED)]

    def surely_in(self, text: str) -> bool:
        """Whether the person surely stands in a text, however long: a word that is a first name,
        too, doesn't say so.

        Examples
        --------
        >>> Traces(frozenset({"Will Quist"})).surely_in("x" * 10**6 + " Will, or QUIST?")
        True
        """
        return any(
            removal.grade is Grade.SURE or " " in removal.words.strip()
            for part in self._parts(text)
            for removal in self.found(part)
            if removal.instead.startswith(REMOVED)
        )

    def _parts(self, text: str) -> Iterator[str]:
        """The stretches of a long text in which it is worth while to look."""
        if len(text) < 2 * _AROUND:
            yield text
            return
        folded = [text]
        if not text.isascii():
            folded.append(_MARKS.sub("", unicodedata.normalize("NFKD", text)))
        for each in folded:
            start = end = 0
            for match in _quick(self).finditer(each):
                if match.start() > end + _AROUND:
                    if end:
                        yield each[max(0, start - _AROUND) : end + _AROUND]
                    start = match.start()
                end = match.end()
            if end:
                yield each[max(0, start - _AROUND) : end + _AROUND]

    def unsure(self, text: str) -> list[tuple[int, int]]:
        """Where a word stands that may be the person: others are called so, or it is a word."""
        found = _spellings(self).find(text)
        taken = [(one.start, one.end) for one in found if one.label != _KEPT]
        shared = [(one.start, one.end) for one in found if one.label == _SHARED]
        folded = fold(text)
        words = [folded.span(*m.span(), text) for m in _unsure(self).finditer(folded.text)]
        free = [(a, b) for a, b in words if not any(s < b and a < e for s, e in taken)]
        return sorted({*shared, *free})


def _removal(one: Found) -> Removal:
    end, words = one.end, one.words
    instead = one.label.replace(_GONE, REMOVED) + one.ending
    if words.endswith(".") and not instead.endswith("."):  # it may end a sentence
        end, words = end - 1, words[:-1]
    if instead.endswith("'s") and not re.search(r"['’]s?$", words):
        instead = instead[:-2]
    return Removal(one.start, end, words, instead, one.spelling.grade)


@lru_cache(maxsize=64)
def _spellings(traces: Traces) -> Spellings:
    labelled = [*_of_people(traces), *_of_employers(traces)]
    return Spellings([spelling for spelling, _ in labelled], [label for _, label in labelled])


_AROUND = 200
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")


@lru_cache(maxsize=64)
def _quick(traces: Traces) -> re.Pattern[str]:
    """One of the words, or some of the figures, without which no spelling stands in a text."""
    spellings = [spelling for spelling, label in _of_people(traces) if label == _GONE]
    keys = {key for spelling in spellings for key in spelling.keys}
    words = {key for key in keys if key[:1].isalpha() and len(key) > 1}
    words |= {word for name in traces.names for word in words_of(name) if len(word) > 1}
    figures = [r"[ ().\-/]{0,3}".join(key[1:]) for key in keys if key.startswith("#")]
    either = "|".join([*map(re.escape, sorted(words)), *sorted(figures)])
    return re.compile(either or r"(?!)", re.IGNORECASE)


def _of_people(traces: Traces) -> Iterator[tuple[Spelling, str]]:
    rows = [_row(name=name) for name in sorted(traces.names)]
    rows += [_row(email=email) for email in sorted(traces.emails)]
    rows += [_row(phone=phone) for phone in sorted(traces.phones)]
    kept = [_row(name=name) for name in sorted(traces.others)]
    numbered = [{**row, "id": str(n)} for n, row in enumerate([*rows, *kept])]
    called = {row["id"]: _GONE if int(row["id"]) < len(rows) else _KEPT for row in numbered}
    for spelling, label in rules(numbered, called):
        if label in ("[phone]", "[e-mail]"):
            yield spelling, _GONE
        elif (
            label == _GONE
            and spelling.part
            and spelling.whose in traces.in_titles
            and is_in_the_dictionary(spelling.whose)
        ):
            yield spelling, _SHARED
        else:
            yield spelling, label
    for name in sorted(traces.names):  # "ada\u200bl": the engine knows longer ones
        joined = "".join(re.findall(r"[^\W\d_]+", fold(name).text.lower()))
        if 3 < len(joined) < 6 and joined.isascii() and not is_in_the_dictionary(joined):
            pattern = Lazy(rf"(?<![^\W_]){joined}(?![^\W_])", re.IGNORECASE)
            yield Spelling(pattern, frozenset([joined]), Grade.LIKELY, "", 4), _GONE
    for profile in sorted(traces.profiles):
        address = re.sub(r"^(?:https?://)?(?:www\.)?|[/?#]*$", "", profile.strip(), flags=re.I)
        keys = frozenset(word for word in words_of(address) if len(word) > 2)
        if len(address) > 5 and keys:
            pattern = Lazy(rf"(?:https?://)?(?:www\.)?{re.escape(address)}", re.IGNORECASE)
            yield Spelling(pattern, keys, Grade.SURE, "", len(address) + 12), _GONE


def _of_employers(traces: Traces) -> Iterator[tuple[Spelling, str]]:
    kept = {_of(name) for name in traces.employed}
    theirs = {spelling.pattern for name in traces.employed for spelling in of_employer(name)}
    for employer in sorted(traces.employers):
        if _of(employer) not in kept:
            for spelling in of_employer(employer):
                if spelling.pattern not in theirs:
                    yield spelling, EMPLOYER


def _row(name: str = "", email: str | None = None, phone: str | None = None) -> dict[str, Any]:
    return {"name": name, "email": email, "phone": phone, "organisation": None}


def _of(name: str) -> str:
    return " ".join(fold(name).text.lower().split())


@lru_cache(maxsize=64)
def _unsure(traces: Traces) -> re.Pattern[str]:
    """Words of the name that are others' or the language's, too, where they have a capital."""
    others = {word for name in traces.others for word in words_of(name)} | traces.in_titles
    words = {
        part.lower()
        for name in traces.names
        for part in re.findall(r"[^\W\d_]+", fold(name).text)
        if part[0] != part[0].lower() or part.upper() == part.lower()
    }
    unsure = sorted(
        word
        for word in words
        if len(word) > 1
        and word not in _TITLES
        and (is_a_word(word) or word in others or (len(word) < 3 and word.isascii()))
    )
    either = "|".join(re.escape(word[:1].upper() + word[1:]) for word in unsure)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if unsure else r"(?!)")


def words_of(name: str) -> frozenset[str]:
    """The words of a name, in lower case and without accents.

    Examples
    --------
    >>> sorted(words_of("José M. O'Hara"))
    ['hara', 'jose', 'm', 'o']
    """
    return frozenset(re.findall(r"[^\W\d_]+", fold(name).text.lower()))


def are_one(one: Mapping[str, Any], other: Mapping[str, Any], surely: bool = False) -> bool:
    """Whether two entries may be the same human.

    Parameters
    ----------
    one, other : mapping
        Rows of the person table.
    surely : bool
        Only by the same name, e-mail address, phone number or profile; else also by a name that
        is a way of writing the other: initials, a nickname, one more of several parts.

    Examples
    --------
    >>> are_one({"name": "Bob Quist"}, {"name": "Robert Quist"})
    True
    """
    for way, same in _SAME.items():
        mine, theirs = (same(row.get(way) or "") for row in (one, other))
        if mine and mine == theirs:
            return True
    names = [row.get("name") or "" for row in (one, other)]
    parts = [words_of(name) for name in names]
    if not all(parts):
        return False
    if parts[0] == parts[1]:
        return True
    if surely:
        return False
    fewer = min(parts, key=len)
    if len(fewer) > 1 and parts[0] | parts[1] in parts:
        return True
    return any(_is_a_way_of_writing(a, b) for a, b in (names, names[::-1]))


_SAME = {
    "email": lambda said: said.strip().casefold(),
    "phone": lambda said: "".join(filter(str.isdigit, said))[-7:],
    "profile": lambda said: re.sub(r"^https?://(www\.)?|/+$", "", said.strip().casefold()),
}


def _is_a_way_of_writing(name: str, other: str) -> bool:
    row = {**_row(name=name), "id": "n"}
    whole = [s for s, _ in rules([row], {"n": _GONE}) if not s.part and s.length > 3]
    found = Spellings(whole).find(other)
    return len(found) == 1 and found[0].words.strip() == other.strip()


def without(text: str, removals: Iterable[Removal]) -> str:
    """The text with each of these replaced."""
    for removal in sorted(removals, key=lambda one: one.start, reverse=True):
        text = text[: removal.start] + removal.instead + text[removal.end :]
    return text


def moved(passage: tuple[int, int], removals: Iterable[Removal]) -> tuple[int, int]:
    """Where a passage of the old text is in the new one; part of a name becomes all of it.

    Examples
    --------
    >>> ada = Removal(4, 7, "Ada", REMOVED, Grade.SURE)
    >>> moved((8, 10), [ada]), moved((5, 6), [ada])
    ((19, 21), (4, 18))
    """
    first, last = passage
    shift = 0
    for one in sorted(removals, key=lambda one: one.start):
        here, there = one.start + shift, one.start + shift + len(one.instead)
        shift += len(one.instead) - (one.end - one.start)
        if one.start < passage[0] < one.end:
            first = here
        elif one.end <= passage[0]:
            first = passage[0] + shift
        if one.start < passage[1] < one.end:
            last = there
        elif one.end <= passage[1]:
            last = passage[1] + shift
    return first, last
