"""Finding a person in free text: the name in its many spellings, the address, the number.

What is surely the person is told from what may be an ordinary word, or somebody else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from infonb.privacy.spellings import WORDS_TOO

REMOVED = "[name removed]"

_TITLES = {
    "dr", "prof", "mr", "mrs", "ms", "miss", "sir", "herr", "frau", "von", "van", "der", "den",
    "del", "della", "dos", "das", "the", "and", "und", "jun", "sen", "bin", "ibn", "zur", "zum",
    "not", "named",
}  # fmt: skip


@dataclass(frozen=True)
class Traces:
    """What a person can be found by.

    Attributes
    ----------
    names : frozenset of str
        Full names, one for each spelling that was ever stored.
    contacts : frozenset of str
        E-mail addresses and telephone numbers.
    others : frozenset of str
        Words, folded, that are part of other people's names or of occupations here.
    namesakes : frozenset of frozenset of str
        Other people's names here, each as its words.
    """

    names: frozenset[str]
    contacts: frozenset[str] = field(default=frozenset())
    others: frozenset[str] = field(default=frozenset())
    namesakes: frozenset[frozenset[str]] = field(default=frozenset())

    def __or__(self, other: Traces) -> Traces:
        return Traces(
            self.names | other.names, self.contacts | other.contacts,
            self.others | other.others, self.namesakes | other.namesakes,
        )  # fmt: skip

    def sure(self) -> list[re.Pattern[str]]:
        """Patterns, for folded text, that are this person."""
        patterns = [_phrase(name) for name in self._whole() if not self._ambiguous(name)]
        patterns += [p for contact in self.contacts if (p := _contact(contact)) is not None]
        return patterns + [_phrase(word) for word in self._parts() if not self._unsure(word)]

    def unsure(self) -> list[re.Pattern[str]]:
        """Patterns, for folded text, that may be this person."""
        patterns = [_phrase(name) for name in self._whole() if self._ambiguous(name)]
        return patterns + [_phrase(word) for word in self._parts() if self._unsure(word)]

    def _whole(self) -> list[str]:
        return sorted(name for name in self.names if _words(name))

    def _ambiguous(self, name: str) -> bool:
        words = _words(name)
        return words_of(name) in self.namesakes or (len(words) == 1 and self._unsure(words[0]))

    def _parts(self) -> list[str]:
        words = {word for name in self.names for word in _words(name)}
        return sorted(word for word in words if len(word) > 1 and word not in _TITLES)

    def _unsure(self, name: str) -> bool:
        word = fold(name).text.strip()
        short = len(word) < 3 and word[:1] != word[:1].upper()  # scripts without case say more
        return short or word in WORDS_TOO or word in self.others


@dataclass(frozen=True)
class Folded:
    """Text without case, accents and invisible signs; ``at`` says where each character was."""

    text: str
    at: tuple[int, ...]


def fold(text: str) -> Folded:
    """Text in the form in which names are compared.

    Examples
    --------
    >>> fold("José\\u00a0M.").text
    'jose m.'
    """
    letters: list[str] = []
    at: list[int] = []
    for position, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character).casefold():
            if unicodedata.combining(part) or unicodedata.category(part) == "Cf":
                continue
            letters.append(" " if part.isspace() else part)
            at.append(position)
    return Folded("".join(letters), tuple(at))


def words_of(name: str) -> frozenset[str]:
    """The words of a name, folded."""
    return frozenset(_words(name))


def spans(text: str, patterns: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Where any of the patterns stands in a text: sorted, joined where they overlap.

    Examples
    --------
    >>> spans("Ask ADA or ada.", Traces(frozenset({"Ada L."})).sure())
    [(4, 7), (11, 14)]
    """
    folded = fold(text)
    found = []
    for pattern in patterns:
        for match in pattern.finditer(folded.text):
            end = folded.at[match.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            found.append((folded.at[match.start()], end))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def without(text: str, found: Iterable[tuple[int, int]]) -> str:
    """The text with every span replaced by `REMOVED`."""
    for start, end in sorted(found, reverse=True):
        text = text[:start] + REMOVED + text[end:]
    return text


def moved(passage: tuple[int, int], found: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Where a passage of the old text is in the new one; part of a name becomes all of it.

    Examples
    --------
    >>> moved((8, 10), [(4, 7)]), moved((5, 6), [(4, 7)])
    ((19, 21), (4, 18))
    """
    first, last = passage
    shift = 0
    for start, end in sorted(found):
        here, there = start + shift, start + shift + len(REMOVED)
        shift += len(REMOVED) - (end - start)
        if start < passage[0] < end:
            first = here
        elif end <= passage[0]:
            first = passage[0] + shift
        if start < passage[1] < end:
            last = there
        elif end <= passage[1]:
            last = passage[1] + shift
    return first, last


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(name).text)


def _phrase(name: str) -> re.Pattern[str]:
    """The words of a name in order, whatever stands between them; not inside other words."""
    words = _words(name)
    between = r"[\s.\-,'’]*" if len(words) > 1 else ""
    inner = between.join(re.escape(word) for word in words)
    cased = [word[0] != word[0].upper() for word in (words[0], words[-1])]
    before = r"(?<!\w)" if cased[0] else ""  # scripts without case don't part their words
    after = r"s?(?!\w)" if cased[1] else ""
    return re.compile(before + inner + after)


def _contact(contact: str) -> re.Pattern[str] | None:
    folded = fold(contact).text.strip()
    digits = re.sub(r"\D", "", folded)
    if "@" in folded:
        return re.compile(re.escape(folded))
    between = r"[\s\-/().]*"
    if len(digits) >= 9:  # whatever is dialled before: +49, 0049, 0
        before = r"(?<!\d)(?:[+(\d][\d\s\-/().]{0,12})?"
        return re.compile(before + between.join(digits[-8:]) + r"(?!\d)")
    if len(digits) >= 6:
        return re.compile(r"(?<!\d)\(?" + between.join(digits) + r"(?!\d)")
    return re.compile(re.escape(folded)) if len(folded) >= 4 else None
