"""The gate of all that leaves: nobody who is to be left out is in the finished file.

Names are left out at the data level, before any frame exists (`infonb.privacy.redact`). This
module trusts nothing of that. It takes the finished page apart as a reader, a screen reader, a
search engine or a program would (text, attributes, what charts are drawn from, comments, escapes of
every kind) and asks the spellings (`infonb.privacy.spellings`), as redaction does: what is surely
somebody stops the file, what is likely or unsure is listed.
"""

from __future__ import annotations

import base64
import binascii
import bisect
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import cached_property, lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from infonb.errors import InfonbError
from infonb.privacy.contacts import without_contacts
from infonb.privacy.spellings import (
    Found,
    Grade,
    Spelling,
    Spellings,
    fold,
    is_in_the_dictionary,
    made,
    of_email,
    of_employer,
    of_person,
    of_phone,
    plain,
)


@dataclass(frozen=True)
class LeftOut:
    """What must not be in a page; see `infonb.privacy.registry` for how a journal tells it.

    Attributes
    ----------
    names, organisations, emails, phones : tuple of str
        As they stand in the journal. Their spellings are found anywhere in the page.
    passages : tuple of str
        A few words of the journal's own texts around what is left out of them, before it is: so
        that a single part of a name counts in these texts, and nowhere else.
    private : tuple of str
        Answers off the record.
    said : tuple of (str, str)
        What a page may show: how people are called and their words, to be read once more before
        it is sent (`quotes_in`).
    usual : tuple of str
        What the page says anyway, as `infonb.privacy.registry.joined` makes it: titles, labels,
        infonb's own words. A spelling that stands there, too, says nobody's name.
    """

    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    usual: tuple[str, ...] = ()

    def __or__(self, other: LeftOut) -> LeftOut:
        """What either of them leaves out."""
        both = {
            part.name: tuple(dict.fromkeys([*getattr(self, part.name), *getattr(other, part.name)]))
            for part in fields(self)
        }
        return LeftOut(**both)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> LeftOut:
        """As a kernel tells it.

        Examples
        --------
        >>> LeftOut.from_json(LeftOut(names=("Ada Lovelace",)).to_json()).names
        ('Ada Lovelace',)
        """
        said = tuple((who, words) for who, words in told.get("said", ()))
        return cls(**{**{name: tuple(values) for name, values in told.items()}, "said": said})

    def to_json(self) -> dict[str, list[Any]]:
        """Lists of text by kind."""
        return {name: list(values) for name, values in asdict(self).items()}


@dataclass(frozen=True)
class Leak:
    """Something found that is to be left out: what it is, where, and the words around it."""

    kind: str
    what: str
    where: str
    context: str
    grade: Grade = Grade.SURE


_KINDS = {
    "names": "the name",
    "organisations": "the organisation",
    "emails": "the e-mail address",
    "phones": "the phone number",
    "passages": "a text of the journal with a name or a contact in it,",
    "private": "an answer off the record,",
}
_SHOWN = 8
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")
_A_SENTENCE = 4
"""Words that a sentence has at least; fewer could be anybody's."""


def stop_leaks(page: str, left_out: LeftOut, name: str = "The report") -> None:
    """Let a page pass only if nobody and nothing that is left out can be found in it.

    Parameters
    ----------
    page
        The finished HTML.
    left_out
        What to look for.
    name
        What the message calls the page.

    Raises
    ------
    InfonbError
        When there is something; it says what, where, and what to do.

    Examples
    --------
    >>> stop_leaks("<p>Nurse 1 said so.</p>", LeftOut(names=("Ada Lovelace",)))
    >>> stop_leaks("<p>Ada&nbsp;<b>Love</b>lace said so.</p>", LeftOut(names=("Ada Lovelace",)))
    Traceback (most recent call last):
    infonb.errors.InfonbError: The report was not written: what is to be left out is in it.
    - the name “Ada Lovelace”: in the text “Ada Lovelace said so.”
    Take it out of the notebook, or of the text or title in the journal. Somebody who agreed to be named can be marked so in the journal, and is named with --names.
    """  # noqa: E501
    found = leaks(page, left_out)
    if not found:
        return
    lines = [
        f"- {_KINDS[leak.kind]} “{leak.what}”: {leak.where} “{leak.context}”" for leak in found
    ]
    more = [f"- and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    raise InfonbError(
        "\n".join(
            [
                f"{name} was not written: what is to be left out is in it.",
                *lines[:_SHOWN],
                *more,
                "Take it out of the notebook, or of the text or title in the journal. Somebody who"
                " agreed to be named can be marked so in the journal, and is named with --names.",
            ]
        )
    )


def check(file: Path, left_out: LeftOut, name: str) -> None:
    """Let a file leave only if nobody and nothing that is left out can be found in it.

    Parameters
    ----------
    file : Path
        Text of any kind, or a workbook, whose parts are read.
    left_out : LeftOut
    name : str
        What the message calls it.

    Raises
    ------
    InfonbError
        As `stop_leaks`.

    Examples
    --------
    >>> file = tmp_path / "answers.csv"
    >>> _ = file.write_text("who,said\\nNurse 1,I asked Ada_Lovelace", encoding="utf-8")
    >>> check(file, LeftOut(names=("Ada Lovelace",)), "answers.csv")
    Traceback (most recent call last):
    infonb.errors.InfonbError: answers.csv was not written: what is to be left out is in it.
    ...
    """
    content = file.read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for part in parts.namelist():
                text = parts.read(part).decode("utf-8", "replace")
                if part.endswith(".xml"):
                    text = re.sub(r"<[^>]*>", "\n", text)
                    stop_leaks(f"<pre>{text}</pre>", left_out, name)
                elif part.endswith(".qde"):
                    stop_leaks(f"<pre>{_attributes_too(text)}</pre>", left_out, name)
                elif part.endswith(".txt"):
                    stop_leaks(f"<pre>{escape(text)}</pre>", left_out, name)
        return
    text = content.decode("utf-8", "replace")
    if text.startswith("<?xml"):
        stop_leaks(f"<pre>{_attributes_too(text)}</pre>", left_out, name)
        return
    if text.startswith("BEGIN:V"):
        text = _SAME_IN_ALL.sub("", re.sub(r"\r?\n[ \t]", "", text))
    stop_leaks(text if text.startswith("<") else f"<pre>{escape(text)}</pre>", left_out, name)


_SAME_IN_ALL = re.compile(
    r"^(?:(?:BEGIN|END|VERSION|CALSCALE|METHOD|PRODID):.*"
    r"|UID:(?:infonb:|[a-z]+-)[\da-f]+(?:@infonb)?\b|[A-Z\-]+(?=[;:]))",
    re.MULTILINE,
)
"""What calendars and cards say of their format, and of the program that wrote them."""


def _attributes_too(xml: str) -> str:
    """The texts of an XML document and of its attributes, a line each, without its format's."""
    xml = re.sub(r'<\?xml[^>]*\?>| origin="infonb"| xmlns(?::\w+)?="[^"]*"', "", xml)
    return re.sub(r'</?[\w:]+(?:\s+[\w:]+=")?|"\s+[\w:]+="|"?\s*/?>', "\n", xml)


def leaks(page: str, left_out: LeftOut) -> list[Leak]:
    """All that is found in a page, each thing once, where it is found first.

    Examples
    --------
    >>> page = '<h2>Whom I asked</h2><img alt="ADA&#8203;LOVELACE" src="data:,"><p>(0555) 01 0100</p>'
    >>> known = LeftOut(names=("Ada Lovelace",), phones=("+49 555-010100",))
    >>> [(leak.what, leak.where) for leak in leaks(page.replace("&#8203;", " "), known)]
    [('Ada Lovelace', 'in the words of a picture, under “Whom I asked”,'), ('+49 555-010100', 'in the text, under “Whom I asked”,')]
    """  # noqa: E501
    return [leak for leak in _found(page, left_out) if leak.grade is Grade.SURE]


def doubts(page: str, left_out: LeftOut) -> list[Leak]:
    """What may be a name in a page, to be read once before it is sent: each spelling once.

    Examples
    --------
    >>> known = LeftOut(names=("William Torvane",))
    >>> [(d.what, d.grade.name) for d in doubts("<p>So Billy said, and Billy knows.</p>", known)]
    [('Billy', 'LIKELY')]
    """
    return [leak for leak in _found(page, left_out) if leak.grade is not Grade.SURE]


@lru_cache(maxsize=1)
def _found(page: str, left_out: LeftOut) -> tuple[Leak, ...]:
    """All that is found; of what is surely somebody, as it stands in the journal, the first."""
    if not any(getattr(left_out, kind) for kind in _KINDS):
        return ()
    said = _searched(page)
    kinds = [(kind, getattr(left_out, kind)) for kind in _SPELLED]
    found: dict[tuple[Grade, str, str], Leak] = {}
    known = _spellings_of(*(values for _, values in kinds))
    for at, one in said.spelled(known):
        kind, _, what = one.label.partition(":")
        grade, words = one.spelling.grade, folded(one.words)
        key = (grade, kind, what if grade is Grade.SURE else words)
        if key in found or any(f" {words} " in usual for usual in left_out.usual):
            continue
        shown = what if grade is Grade.SURE else one.words
        found[key] = Leak(kind, _short(shown), *said.place(*at), grade)
    leaks = list(found.values())
    for kind in ("passages", "private"):
        for what, at in said.texts(getattr(left_out, kind)).items():
            if kind == "private" or _says_more(said.between(*at), known):
                leaks.append(Leak(kind, _short(what), *said.place(*at)))
    return tuple(sorted(leaks, key=lambda leak: [*_KINDS].index(leak.kind)))


def _says_more(text: str, known: Spellings) -> bool:
    """Whether redaction would leave something out of it, as it is written here."""
    found = (one.spelling.grade for one in known.find(text))
    return without_contacts(text, is_in_the_dictionary) != text or any(found)


_SPELLED: dict[str, Callable[[str], Iterator[Spelling]]] = {
    "names": of_person,
    "organisations": of_employer,
    "emails": of_email,
    "phones": of_phone,
}


@lru_cache(maxsize=4)
def _spellings_of(*given: tuple[str, ...]) -> Spellings:
    """All spellings of what a journal knows, each with its kind and what it is a spelling of."""
    labels: list[str] = []
    spellings: list[Spelling] = []
    for (kind, spelled), values in zip(_SPELLED.items(), given, strict=True):
        for value in values:
            for spelling in made(spelled, value):
                spellings.append(spelling)
                labels.append(f"{kind}:{value}")
    return Spellings(spellings, labels)


def quotes_in(page: str, left_out: LeftOut) -> list[tuple[str, str]]:
    """Whose words stand in a page, and all they said there, each once, in the journal's order.

    Words can point to people though no name is in them; somebody should read them before a page
    is sent. An answer counts when it is there whole, or one of its sentences is.

    Examples
    --------
    >>> told = (("Nurse 1", "Nights are long. You get used to that."), ("Nurse 2", "No"))
    >>> quotes_in("<p>“You get <b>used</b> to that.”</p>", LeftOut(said=told))
    [('Nurse 1', 'Nights are long. You get used to that.')]
    """
    parts = {
        words: [
            words, *(part for part in _SENTENCE.split(words) if len(part.split()) >= _A_SENTENCE)
        ]
        for _, words in left_out.said
    }  # fmt: skip
    there = _searched(page).texts(part for several in parts.values() for part in several)
    found: list[tuple[str, str]] = []
    for who, words in left_out.said:
        told = any(who == other and words in longer for other, longer in found)
        if not told and any(part in there for part in parts[words]):
            found.append((who, words))
    return found


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:80]}…"


# ---------------------------------------------------------------- what a page says, and where

_INLINE = frozenset(
    "a abbr b cite code del em i ins kbd mark q s small span strong sub sup time u wbr".split()
)
_DATA = re.compile(r"data:[^,\s]{0,200};base64,([A-Za-z0-9+/=\s]+)")
_PRINTABLE = re.compile(rb"[\x20-\x7e]{6,}")
_ATTRIBUTES = {
    "href": "a link",
    "alt": "the words of a picture",
    "aria-label": "the words for screen readers",
    "title": "a hint",
    "content": "the metadata",
}
_LONG_NUMBER = 10**6


class _Page(HTMLParser):
    """Takes a page apart into pieces of text, each with the place where it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._heading = ""
        self._script: dict[str, str | None] | None = None

    def place(self, kind: str) -> str:
        """In words, with the heading it stands under."""
        return f"in {kind}, under “{self._heading}”," if self._heading else f"in {kind}"

    def add(self, kind: str, text: str) -> None:
        if text and not text.isspace():
            self.pieces.append((self.place(kind), text))

    def flush(self) -> str:
        text, self._text = "".join(self._text), []
        self.add("the text", text)
        return text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.flush()
        for name, value in attrs:
            self.add(_ATTRIBUTES.get(name, f"the attribute {name}"), value or "")
        if tag in ("script", "style"):
            self._script = dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            return
        if tag in ("script", "style") and self._script is not None:
            kind, text = self._script.get("type") or "", "".join(self._text)
            self._script, self._text = None, []
            self.script(text) if kind.endswith("json") else self.add(f"a {tag}", text)
            return
        text = self.flush()
        if tag in ("h1", "h2", "h3") and text.strip():
            self._heading = _short(text)

    def script(self, text: str) -> None:
        try:
            told = json.loads(text)
        except ValueError:
            self.add("a chart", text)
            return
        for said in _strings(told):
            self.add("a chart", said)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self.add("a comment", data)

    def handle_decl(self, decl: str) -> None:
        self.add("a declaration", decl)

    def unknown_decl(self, data: str) -> None:
        self.add("a declaration", data)

    def handle_pi(self, data: str) -> None:
        self.add("an instruction", data)


def _strings(told: Any) -> Iterator[str]:
    """Every text in a chart's data: values in order, then the names of fields."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _strings(value)
        yield from told
    elif isinstance(told, list):
        for value in told:
            yield from _strings(value)
    elif isinstance(told, int) and not isinstance(told, bool) and abs(told) >= _LONG_NUMBER:
        yield str(told)


def _readings(text: str) -> Iterator[str]:
    """The text, and what it says to those who decode the files within it."""
    yield text
    if "base64," in text:
        for match in _DATA.finditer(text):
            yield from _inside(re.sub(r"\s", "", match[1]))


def _inside(packed: str) -> Iterator[str]:
    """What base64 says: a text with its tags and without, or the words within a picture's bytes."""
    try:
        content = base64.b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error:
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        yield b"\n".join(_PRINTABLE.findall(content)).decode("ascii")
        return
    yield text
    if "<" in text:
        yield unescape(re.sub(r"<[^>]*>", "", text))


# ---------------------------------------------------------------- looking for something

_CHUNK, _OVERLAP = 20_000, 200
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"  # parted by nothing
    r"|[^\W\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+"
)


class _Searchable:
    """All that a page says, as one text."""

    def __init__(self, page: str) -> None:
        read = _Page()
        read.feed(_without_the_library(page))
        read.close()
        read.flush()
        self._starts: list[int] = []
        self._places: list[str] = []
        parts, at = [], 0
        for place, text in read.pieces:
            for reading in _readings(text):
                part = re.sub(r"\s+", " ", fold(reading).text)
                self._starts.append(at)
                self._places.append(place)
                parts.append(part)
                at += len(part) + 1
        self._lines = "\n".join(parts)

    def spelled(self, known: Spellings) -> Iterator[tuple[tuple[int, int], Found]]:
        """The spellings that stand in it, and where."""
        at = 0
        while at < len(self._lines):
            end = at + _CHUNK
            part = self._lines[at : end + _OVERLAP]
            for found in known.find(part):
                yield (at + found.start, at + found.end), found
            blank = max(self._lines.rfind(sign, end - _OVERLAP, end) for sign in " \n")
            at = blank if blank > at else end

    def texts(self, wanted: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Where these texts stand, word for word: in any case, whatever signs are between."""
        words = {text: tuple(_WORD.findall(fold(text).text.lower())) for text in wanted}
        begins: dict[tuple[str, ...], list[str]] = {}
        said = set(_WORD.findall(self._lower)) if words else set()
        for text, its in words.items():
            if its and said.issuperset(its):
                begins.setdefault(its[:2], []).append(text)
        found: dict[str, tuple[int, int]] = {}
        if not begins:
            return found
        last, start = "", 0
        for match in _WORD.finditer(self._lower):
            for key, at in (((match[0],), match.start()), ((last, match[0]), start)):
                for text in begins.get(key, ()):
                    if text not in found and (end := self._stands(words[text], at)):
                        found[text] = at, end
            last, start = match[0], match.start()
        return {text: found[text] for text in words if text in found}

    def between(self, start: int, end: int) -> str:
        """What is said there."""
        return self._lines[start:end]

    def _stands(self, words: tuple[str, ...], at: int) -> int | None:
        """Where a text that begins here ends; None where other words follow."""
        for word in words:
            match = _WORD.search(self._lower, at)
            if match is None or match[0] != word:
                return None
            at = match.end()
        return at

    @cached_property
    def _lower(self) -> str:
        lower = self._lines.lower()
        same = len(lower) == len(self._lines)
        return lower if same else "".join(c.lower()[:1] for c in self._lines)

    def place(self, start: int, end: int) -> tuple[str, str]:
        """Where a position is, and the words around it."""
        place = self._places[bisect.bisect_right(self._starts, start) - 1]
        first = self._lines.rfind("\n", 0, start) + 1
        last = self._lines.find("\n", end)
        last = len(self._lines) if last < 0 else last
        before, after = max(first, start - 40), min(last, end + 40)
        around = self._lines[before:after].strip()
        return place, f"{'…' * (before > first)}{around}{'…' * (after < last)}"


@lru_cache(maxsize=1)
def _searched(page: str) -> _Searchable:
    """The page taken apart, once for both who looks for leaks and who looks for quotes."""
    return _Searchable(page)


def _without_the_library(page: str) -> str:
    """The page without the drawing library, which is the same in every report."""
    return re.sub(r'(<script type="text/plain" id="vega">)[A-Za-z0-9+/=\s]*', r"\1", page)


def folded(text: str) -> str:
    """The words of a text, in one case and spelling, parted by spaces."""
    return " ".join(re.findall(r"\w+", plain(text).lower()))
