"""What a person and an employer may be called in free text, as patterns.

Innocent words are never touched: a name that is a word of the language, too ("May", "Will",
"Baker"), counts only where it stands as a name; a word in which a name stands ("planning") never.
"""

from __future__ import annotations

import enum
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from html import unescape
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import unquote

from infonb import reference

# letters that Unicode doesn't take apart into a plain letter and its mark
_PLAIN = {
    "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d",
    "Ð": "D", "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h",
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "′": "'", "＇": "'",
    "‐": "-", "‑": "-", "–": "-", "−": "-",
}  # fmt: skip

WORDS_TOO = frozenset(
    "abbey amber angel april art august autumn baker bank banks bar barber bell best bill bird "
    "black bond brook brooks brown bush butler carpenter carter case cash chance chase christian "
    "clay cliff cook cooper crystal daisy dale dawn day dean destiny dick dolly drew duke earl "
    "england eve faith farmer faye field fields fisher flora florence ford forest fox frank free "
    "french frost gardener gay gene glass glen gold good grace grant gray green grove guy hale "
    "hall hand harmony harper harry hazel heath heather hill holly hope house hunt hunter iris "
    "iron ivory ivy jack jade jay jewel joy judge jules june justice kane kay king knight lake "
    "lane law lee liberty lily lock long love major march mark marks marina marsh marshal marshall "
    "mason may mercy mike miles mill miller mills mint moon morning nick noble north olive page "
    "park parker pat patience peace pearl penny pepper peg pierce pike poole poppy porter potter "
    "powell power price prince queen rain ray reed rice rich rob robin rock rod rose ruby rush "
    "rusty sage sandy sawyer scout seal shaw sharp shepherd short sky skip smith snow sonny south "
    "spring star stern stone story strong sue summer summers sunny swan taylor teller temple terry "
    "tiger tucker turner van vane vera vernon victor viola violet wade walker ward waters weaver "
    "webb wells west white will willow winter winters wise wolf wood woods worth wright young "
    "zen".split()
)
"""Names that are words of the language, too: of these a capital alone says nothing."""


def plain(text: str) -> str:
    """Text without accents, invisible signs and typographic variants of quotes and hyphens.

    Case and spaces stay; what is written with the letters of another script stays as it is.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> plain("Zoë Groß‑O’Brien"), plain("Ü\\u00adnal\\u200b"), plain("王芳")
    ("Zoe Gross-O'Brien", 'Unal', '王芳')
    """
    if text.isascii() and "`" not in text:
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKD", text)))


@cache
def _plain(character: str) -> str:
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    lower = character.lower()
    if character not in _PLAIN and lower in _PLAIN:  # a capital of it, as it is folded in a key
        return _PLAIN[lower].capitalize()
    return _PLAIN.get(character, character)


NOBODY = frozenset(["not named", "unknown", "anonymous", "n/a", "none", "?", "-"])
"""What stands in the place of a name, or of an organisation, when there is none."""

_NO_EMPLOYER = NOBODY | {"self-employed", "self employed", "freelance", "freelancer", "retired"}
_SHORT_MONTHS = frozenset("jan jun".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday".split()
)
"""Words that have their capital anyway, of days too."""
_NO_NAME = frozenset(
    "dr mr mrs ms mx miss sir prof professor jr sr rn md phd cpa esq ii iii iv".split()
)
_TITLES = ("Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Mx", "Mx.", "Miss", "Dr", "Dr.", "Prof.")
_AFTER_A_TITLE = "|".join(rf"(?<=\b{re.escape(title)} )" for title in _TITLES)
_SPEAKS = (
    r"(?=['’]s\b| (?:said|says|told|tells|thinks|thought|works|worked|showed|shows|asked|asks|knows"
    r"|knew|loves|loved|likes|liked|mentioned|mentions|explained|explains|gave|gives|wrote|writes"
    r"|recommended|recommends|suggested|suggests|warned|warns|answered|replied|laughed|called"
    r"|studied|joined|introduced|named)\b)"
)
_AT_AN_EMPLOYER = "|".join(
    rf"(?<=\b{word} )" for word in ("at", "for", "from", "with", "joined", "left", "by")
)
_LEGAL = re.compile(
    r",?\s(?:Inc|Incorporated|Ltd|Limited|LLC|LLP|Corp|Corporation|Co|Company|PLC|GmbH|AG|SE|SA|KG"
    r"|BV|Pty|e\.?V)\.?$",
    re.IGNORECASE,
)
_LEGAL_TOO = re.compile(
    r"^(?:株式会社|有限会社|合同会社|주식회사|㈜|\(주\)|\(株\))\s?"
    r"|\s?(?:株式会社|有限会社|合同会社|股份有限公司|有限公司|公司|주식회사)$"
)
# two capitals with dots that are no initials
_ABBREVIATIONS = frozenset(
    "us uk eu un am pm ad bc ba bs ma ms md jd dc la it hr pr pt ot rn ai tv id ie eg ps pa vs st "
    "cv cc vp gp op dj ac cs ny nj nh nm nc nd sc sd ri".split()
)
_FUNCTION_WORDS = frozenset(
    "about above after again all also an and any are as at aunt be because been before being "
    "below between both boss but by can cousin could dad daughter did do does down during each "
    "father few for friend from get got had has have he her here hers him his how if in into is it "
    "its just like made make many me mom more most mother much must my neighbor never no nor not "
    "now of off on once one only or other our out over own same she should since sister so some "
    "son such than that the their them then there these they thing this those though through to "
    "too uncle under until up upon us very was we well were what when where which while who whom "
    "why wife with without would yes yet you your".split()
)
_ENDS_HERE = re.compile(r"\s*$|\s+[A-ZÀ-Ý]|\s*\n", re.MULTILINE)
_UNPARTED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SLAVIC = (
    "а|я|ы|и|у|ю|е|о|ой|ей|ою|ею|ом|ем|ым|им|ого|ому|ых|ам|ами|ям|ями|ах|ях|ов|ев|ия|ию|ием|ии|ий"
    "|ие|иям|й|ь"
)
_GREEK = "ος|ο|ου|ε|η|ης|α|ας|ά|άς|ού|ής|ή|ό|ός"


@cache
def _common_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of everyday and of infonb's own lists, all words, and what English writes with a
    capital (places, first names); the file says where they are from."""
    path = files("infonb.privacy") / "data/common_words.txt"
    lines = [x for x in path.read_text(encoding="utf-8").split("\n") if not x.startswith("#")]
    everyday = WORDS_TOO.union(lines[0].split())
    return (
        everyday,
        everyday.union(lines[2].split(), _FUNCTION_WORDS, _MONTHS),
        frozenset(lines[4].split()),
    )


def is_a_word(word: str) -> bool:
    """Whether a word, in lower case, is one of the language and so says nobody's name.

    Examples
    --------
    >>> is_a_word("will"), is_a_word("baker"), is_a_word("lovelace")
    (True, True, False)
    """
    return word in _MONTHS or word in _FUNCTION_WORDS or word in _common_words()[0]


def is_in_the_dictionary(word: str) -> bool:
    """Whether English writes a word, in lower case, without a capital, however rare it is."""
    words = _common_words()[1]
    return word in words or word.removesuffix("s") in words


class Grade(enum.IntEnum):
    """How sure it is that somebody is meant.

    *Sure* is replaced, and stops what leaves; *likely* is replaced, and listed; *unsure* is left.
    """

    UNSURE = 0
    LIKELY = 1
    SURE = 2


class Pattern(Protocol):
    """How a spelling is looked for in a text."""

    def spans(self, text: Text) -> Iterator[tuple[int, int, str]]:
        """Where it stands in the folded text, and the ending it has there."""
        ...


@dataclass(frozen=True, slots=True)
class Lazy:
    """A regular expression that is made when a text has a word for it: most never are."""

    pattern: str
    flags: int = 0

    def spans(self, text: Text) -> Iterator[tuple[int, int, str]]:
        """As `Pattern.spans`; the ending is what the group of this name holds."""
        compiled = _compiled(self.pattern, self.flags)
        at = compiled.groupindex.get("ending")
        for match in compiled.finditer(text.folded):
            yield *match.span(), (at and match[at]) or ""


_compiled = lru_cache(maxsize=20_000)(re.compile)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands alone, an *s* at its end or not."""

    word: str
    any_case: bool
    capitals: bool
    """Whether it may be written in capitals, too."""
    plural: bool

    def spans(self, text: Text) -> Iterator[tuple[int, int, str]]:
        """As `Pattern.spans`."""
        lower = self.word.lower()
        for form in (lower, lower + "s") if self.plural else (lower,):
            for start, end in text.places.get(form, ()):
                last = start + len(lower)
                written = text.folded[start:last]
                cased = written == self.word or (self.capitals and written == self.word.upper())
                figures = self.any_case and text.folded[end : end + 1].isdigit()  # a handle's
                if (self.any_case or cased) and text.stands_alone(start, end, figures):
                    yield start, end, text.folded[last:end]


@dataclass(frozen=True, slots=True)
class Capitalised:
    """A word that stands alone and begins with a capital, whatever follows: "MacIntyre"."""

    word: str

    def spans(self, text: Text) -> Iterator[tuple[int, int, str]]:
        """As `Pattern.spans`."""
        for start, end in text.places.get(self.word, ()):
            if text.folded[start].isupper() and text.stands_alone(start, end):
                yield start, end, ""


@dataclass(frozen=True, slots=True)
class NoTitle:
    """A name that is a word, too, where it isn't one of an occupation's: "Software Engineer"."""

    pattern: str
    word: str
    """What stands where the pattern matches, in lower case; nothing where that can be several."""

    def spans(self, text: Text) -> Iterator[tuple[int, int, str]]:
        """As `Pattern.spans`."""
        compiled = _compiled(self.pattern, 0)
        if self.word:
            places = text.places.get(self.word, ())
            found = (match for at, _ in places if (match := compiled.match(text.folded, at)))
        else:
            found = compiled.finditer(text.folded)
        for start, end in (match.span() for match in found):
            if not _is_in_a_title(text.folded, start, end):
                yield start, end, ""


def _is_in_a_title(text: str, start: int, end: int) -> bool:
    """Whether the words beside this one make it a title of the reference."""
    before = _WORDS_BEFORE.search(text, max(0, start - 60), start)
    after = _WORDS_AFTER.match(text, end)
    heads = _PIECE.findall(before[0]) if before else []
    tails = _PIECE.findall(after[0]) if after else []
    return any(
        reference.is_a_title("".join([*heads[n:], text[start:end], *tails[:m]]).strip())
        for n in range(len(heads) + 1) for m in range(len(tails) + 1)
        if n < len(heads) or m
    )  # fmt: skip


_WORDS_BEFORE = re.compile(r"(?:[A-Za-z]+[ -]){1,3}\Z")
_WORDS_AFTER = re.compile(r"(?:[ -][A-Za-z]+){1,2}")
_PIECE = re.compile(r"[ -]?[A-Za-z]+[ -]?")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in this order, in any case, parted by a few signs, or joined where these are all."""

    words: tuple[str, ...]
    joined: bool

    def spans(self, text: Text) -> Iterator[tuple[int, int, str]]:
        """As `Pattern.spans`."""
        lower = text.lower
        gap = _ANY_GAP if self.joined else _GAP
        for words in _joins(self.words) if self.joined else (self.words,):
            for start, end in text.places.get(words[0], ()):
                for word in words[1:]:
                    between = gap.match(lower, end)
                    if between is None or not lower.startswith(word, between.end()):
                        break
                    end = between.end() + len(word)
                else:
                    after = lower[end : end + 1]
                    if not after.isalpha() and text.begins(start):
                        yield start, end, ""


_ANY_GAP, _GAP = re.compile(r"[\s._+\-/,|]{1,3}"), re.compile(r"[\s_,]\s?|-")


@lru_cache(maxsize=10_000)
def _joins(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words, and what they become when some that stand beside one another are joined.

    Examples
    --------
    >>> _joins(("mary", "kate"))
    (('mary', 'kate'), ('marykate',))
    """
    if len(words) == 1:
        return (words,)
    rest = _joins(words[1:])
    return (*((words[0], *more) for more in rest),
            *((words[0] + more[0], *more[1:]) for more in rest))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which somebody may stand in a text.

    Attributes
    ----------
    pattern : Pattern
        For text as `fold` gives it.
    keys : frozenset of str
        Words of a text, as `words_of` gives them, one of which is there when the pattern matches.
    grade : Grade
    whose : str
        What it is called by: of two people with the same first name, it can't be told who is meant.
    length : int
        Longer ones go before shorter ones.
    part : bool
        Whether it is a part of a name; whole names go first.
    also : frozenset of str
        More words, one of which is there, too, when the pattern matches; none where it is empty.
    titles : bool, optional
        Whether it counts in titles of occupations only, whose words begin with capitals anyway
        ("Line Cook"), or in all other texts only; by default in both.
    """

    pattern: Pattern
    keys: frozenset[str]
    grade: Grade
    whose: str
    length: int
    part: bool = False
    also: frozenset[str] = frozenset()
    titles: bool | None = None


# ---------------------------------------------------------------- letters of a text


@dataclass(frozen=True)
class Folded:
    """Text without accents, invisible signs and typographic variants; case stays.

    ``at`` says where each of its characters was; None where nothing moved.
    """

    text: str
    at: tuple[int, ...] | None

    def span(self, start: int, end: int, text: str) -> tuple[int, int]:
        """Where a stretch of it stands in the text that was folded, with the marks on its end."""
        if self.at is None:
            return start, end
        first, last = self.at[start], self.at[end - 1] + 1
        if escape := _ESCAPE.match(text, last - 1):
            last = escape.end()
        while last < len(text) and unicodedata.combining(text[last]):
            last += 1
        return first, last


def fold(text: str) -> Folded:
    """Text in the letters in which names are looked for.

    Examples
    --------
    >>> fold("Jos\u00e9\u00a0\u00d8").text, fold("\uff21\u00addA").text
    ('Jose O', 'AdA')
    >>> fold("ada%20lovelace, Ada&nbsp;Byron").text
    'ada lovelace, Ada Byron'
    """
    escapes = (
        {match.start(): match for match in _ESCAPE.finditer(text)} if _may_be_escaped(text) else {}
    )
    if text.isascii() and "`" not in text and not escapes:
        return Folded(text, None)
    letters: list[str] = []
    at: list[int] = []
    written = 0
    for position, character in enumerate(text):
        if position < written:
            continue
        if escape := escapes.get(position):
            character, written = _unescaped(escape[0]), escape.end()
        for part in map(_folded_character, character):
            letters += part
            at += [position] * len(part)
    return Folded(_composed("".join(letters), at), tuple(at))


_ESCAPE = re.compile(
    r"%[2-7][\da-fA-F]|%[cdCD][\da-fA-F]%[89abAB][\da-fA-F]|%[eE][\da-fA-F](?:%[89abAB][\da-fA-F]){2}"
    r"|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,8}\d?);|\\u(?:[\da-fA-F]{4}|\{[\da-fA-F]{1,6}\})|\\x[\da-fA-F]{2}"
)
"""A character as links, web pages and data write it."""


def _may_be_escaped(text: str) -> bool:
    return "&" in text or "%" in text or "\\" in text


def _unescaped(escape: str) -> str:
    if escape[0] == "%":
        return unquote(escape)
    if escape[0] == "&":
        return unescape(escape)
    code = int(escape[2:].strip("{}"), 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else escape


def _composed(text: str, at: list[int]) -> str:
    """Syllables of Korean are put together again, those that were typed in parts, too."""
    if not _JAMO.search(text):
        return text
    letters, places, last = [], [], 0
    for match in _JAMO.finditer(text):
        letters += text[last : match.start()]
        places += at[last : match.start()]
        syllable = unicodedata.normalize("NFC", match[0])
        letters += syllable
        places += [at[match.start()]] * len(syllable)
        last = match.end()
    letters += text[last:]
    places += at[last:]
    at[:] = places
    return "".join(letters)


_JAMO = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")


@cache
def _folded_character(character: str) -> str:
    if "\uac00" <= character <= "\ud7a3":
        return character
    folded = "".join(map(_plain, unicodedata.normalize("NFKD", character)))
    return " " if folded.isspace() and folded != "\n" else folded


class Text:
    """A text as spellings are looked for in it: folded, and split into its words once.

    Attributes
    ----------
    text, folded, lower : str
    words : set of str
        As `words_of` gives them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._fold = fold(text)
        self.folded = self._fold.text
        self.words = words_of(self.folded)

    @cached_property
    def lower(self) -> str:
        """The folded text in lower case, as long as it was."""
        lower = self.folded.lower()
        if len(lower) != len(self.folded):
            lower = "".join(c.lower()[:1] for c in self.folded)
        return lower

    @cached_property
    def places(self) -> dict[str, list[tuple[int, int]]]:
        """Where each run of letters stands."""
        places: dict[str, list[tuple[int, int]]] = {}
        for match in _LETTERS.finditer(self.lower):
            places.setdefault(match[0], []).append(match.span())
        return places

    def begins(self, at: int) -> bool:
        """Whether no letter and no figure stands before."""
        return not self.folded[at - 1 : at].isalnum()

    def stands_alone(self, start: int, end: int, figures: bool = False) -> bool:
        """Whether neither stands before, nor after, where figures may."""
        return self.begins(start) and (figures or not self.folded[end : end + 1].isalnum())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text."""
        return self._fold.span(start, end, self.text)


_PARTED = {n: " " for n in range(128) if not chr(n).isalpha()}  # control characters, too
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d[\d ().\-/]{4,}")
_DIGIT = re.compile(r"\d")
_ALONE = frozenset("bcdefghjklmnopqrstuvwxyz")
_INITIALS = re.compile(
    r"(?<![^\W_])[^\W\d_](?:[.\s\-]{1,2}[^\W\d_](?![^\W\d_])){1,3}|(?<![^\W_])[A-Z]\."
)
_UNPARTED_HERE, _CYRILLIC_HERE, _GREEK_HERE = "\u2026unparted", "\u2026cyrillic", "\u2026greek"
_CYRILLIC, _GREEK_LETTER = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[\u0370-\u03ff]")


def words_of(folded: str) -> set[str]:
    """The words of a folded text, in lower case, by which spellings are looked up.

    Letters that stand alone beside one another are also there as one word after a full stop.

    Examples
    --------
    >>> sorted(words_of("Ask A. L. or Ada_Byron2"))
    ['.a', '.al', '.l', 'a', 'ada', 'ask', 'byron', 'l', 'or']
    """
    lower = folded.lower()
    if folded.isascii():
        words = set(lower.translate(_PARTED).split())
    else:
        words = set(_LETTERS.findall(lower))
        if _UNPARTED.search(folded):
            words.add(_UNPARTED_HERE)
        if _CYRILLIC.search(folded):
            words.add(_CYRILLIC_HERE)
        if _GREEK_LETTER.search(folded):
            words.add(_GREEK_HERE)
    for run in _DIGITS.findall(folded) if _DIGIT.search(folded) else ():
        digits = "".join(filter(str.isdigit, run))
        words.update(f"#{digits[n : n + 5]}" for n in range(len(digits) - 4))
    if "." in folded or not _ALONE.isdisjoint(words) or not folded.isascii():
        for match in _INITIALS.finditer(folded):
            letters = "".join(_LETTERS.findall(match[0].lower()))
            words.update(f".{letters[:n]}" for n in range(1, len(letters) + 1))
            words.update(f".{letters[n:]}" for n in range(len(letters)))
    return words


# ---------------------------------------------------------------- all of them


@dataclass(frozen=True, slots=True)
class Found:
    """A spelling that stands in a text: where, what, whose, and with which ending."""

    start: int
    end: int
    words: str
    spelling: Spelling
    label: str
    ending: str = ""


class Spellings:
    """The spellings of some people and employers, looked up by the words of a text.

    Parameters
    ----------
    spellings : iterable of Spelling
    labels : sequence of str
        What is put in the place of each; nothing where they aren't given.

    Examples
    --------
    >>> known = Spellings(of_person("Ada Lovelace"))
    >>> [(f.words, f.spelling.grade.name) for f in known.find("ADA LOVELACE, or adalovelace")]
    [('ADA LOVELACE', 'SURE'), ('adalovelace', 'SURE')]
    """

    def __init__(self, spellings: Iterable[Spelling], labels: Sequence[str] = ()) -> None:
        given = [*spellings]
        labelled = zip(given, labels or [""] * len(given), strict=True)
        self._ordered = sorted(
            labelled, key=lambda one: (one[0].grade is Grade.UNSURE, one[0].part, -one[0].length)
        )
        self._by_key: dict[str, list[int]] = {}
        self._near: dict[str, list[int]] = {}
        self._looked_up: dict[str, tuple[int, ...]] = {}
        for number, (spelling, _) in enumerate(self._ordered):
            for key in spelling.keys:
                if key.startswith("~"):
                    for less in _less(key[1:]):
                        self._near.setdefault(less, []).append(number)
                else:
                    self._by_key.setdefault(key, []).append(number)
        self._keys = self._by_key.keys()

    def find(self, text: str | Text, in_titles: bool = False) -> list[Found]:
        """What stands in a text and isn't innocent, in its order, none in another.

        Parameters
        ----------
        text : str or Text
        in_titles : bool
            Whether it is the title of an occupation.
        """
        split = Text(text) if isinstance(text, str) else text
        known = self._keys & split.words
        tried = [
            (number, self._ordered[number][0].pattern)
            for number in {number for word in known for number in self._by_key[word]}
            if not (also := self._ordered[number][0].also) or not also.isdisjoint(split.words)
            if self._ordered[number][0].titles in (None, in_titles)
        ]
        if self._near:
            tried += [
                (number, Capitalised(word))
                for word in split.words.difference(_common_words()[1], _common_words()[2], known)
                if len(word) > 4
                for number in self._like(word)
            ]
        if not tried:
            return []
        found: list[Found] = []
        taken: list[tuple[int, int]] = []
        for number, pattern in sorted(tried, key=lambda one: one[0]):
            spelling, label = self._ordered[number]
            for start, end, ending in pattern.spans(split):
                if start == end or any(start < last and first < end for first, last in taken):
                    continue
                after = _after(split.folded, start, end, ending)
                if after is None:
                    continue
                taken.append((start, end))
                at = split.span(start, end)
                found.append(Found(*at, split.text[at[0] : at[1]], spelling, label, after))
        return sorted(found, key=lambda one: one.start)

    def _like(self, word: str) -> tuple[int, ...]:
        """Spellings that are one letter off a word."""
        if word not in self._looked_up:
            near = {n for less in _less(word) for n in self._near.get(less, ())}
            names = {n: k[1:] for n in near for k in self._ordered[n][0].keys if k[0] == "~"}
            self._looked_up[word] = tuple(
                sorted(n for n, name in names.items() if _is_one_off(word, name))
            )
        return self._looked_up[word]


def _after(text: str, start: int, end: int, ending: str) -> str | None:
    """What is put after the label; None where a word is innocent after all."""
    if ending == ".":
        return "." if _ENDS_HERE.match(text, end) else ""
    if ending and is_a_word(text[start:end].lower()):
        return None
    return "'s" if ending else ""


def _less(word: str) -> Iterator[str]:
    yield word
    for n in range(1, len(word)):
        yield word[:n] + word[n + 1 :]


def _is_one_off(word: str, name: str) -> bool:
    """Whether one letter is another, missing, added, or changed places with the next."""
    if word == name or word[0] != name[0] or abs(len(word) - len(name)) > 1:
        return False
    if word in (name + "s", name + "e", name + "y", name + "i", name + "n"):
        return False  # another name, or an ending
    if word[:-1] == name[:-1] and word[-1] in "aeiouy" and name[-1] in "aeiouy":
        return False  # "Sandro" is not Sandra
    first = next((n for n, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), len(name))
    one, two = word[first:], name[first:]
    return (
        one[1:] == two[1:] or one[1:] == two or one == two[1:]
        or (one[2:] == two[2:] and one[:2] == two[1::-1])
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def made(spelled: Callable[..., Iterator[Spelling]], *given: Any) -> tuple[Spelling, ...]:
    """The spellings of a name, made once for redaction and for the gate."""
    return tuple(spelled(*given))


def rules(
    people: Iterable[Mapping[str, Any]], called: Mapping[str, str]
) -> list[tuple[Spelling, str]]:
    """All spellings of these people and their employers that are replaced, each with its label.

    Parameters
    ----------
    people : iterable of mapping
        Rows of the person table.
    called : mapping of str to str
        Person id to label.

    Examples
    --------
    >>> ada = {"id": "p", "name": "Ada Byron", "organisation": "Acme Ltd", "phone": None}
    >>> known = Spellings(*zip(*rules([ada], {"p": "Nurse 1"})))
    >>> [(found.words, found.label) for found in known.find("so Ada of Acme said")]
    [('Ada', 'Nurse 1'), ('Acme', '[organisation]')]
    """
    given: list[tuple[str, Spelling]] = []
    for person in people:
        label = called[person["id"]]
        given += [(label, spelling) for spelling in made(of_person, person["name"] or "")]
        employer = made(of_employer, person["organisation"] or "")
        given += [("[organisation]", spelling) for spelling in employer]
        given += [("[phone]", s) for s in made(of_phone, person.get("phone") or "")]
        given += [("[e-mail]", s) for s in made(of_email, person.get("email") or "")]
    given = [(label, spelling) for label, spelling in given if spelling.grade]
    labels: dict[str, set[str]] = {}
    own = {s.whose for _, s in given if s.whose and not s.whose.startswith("nickname ")}
    for label, spelling in given:
        labels.setdefault(spelling.whose.removeprefix("nickname "), set()).add(label)
    found: dict[tuple[Any, ...], tuple[Spelling, str]] = {}
    for label, spelling in given:
        whose = spelling.whose.removeprefix("nickname ")
        if whose != spelling.whose and whose in own:
            continue  # somebody is called so
        if len(labels[whose]) > 1 and not label.startswith("["):
            label = "[name]"
        near = spelling.keys if spelling.pattern is _NEVER else None
        found.setdefault((spelling.pattern, near, spelling.titles), (spelling, label))
    return list(found.values())


@lru_cache(maxsize=8)
def known_by(people: tuple[tuple[str | None, ...], ...]) -> Spellings:
    """All spellings of some people and their employers that are replaced.

    Parameters
    ----------
    people : tuple of tuple of str
        Name, employer, phone and e-mail of each.

    Returns
    -------
    Spellings
        Each labelled with the number of whom it is, or with what is put there.

    Examples
    --------
    >>> known = known_by((("Sam Lee", "Acmetron", None, None), ("Sam Fox", None, None, None)))
    >>> [(found.words, found.label) for found in known.find("Ask Sam Fox of Acmetron, or Sam.")]
    [('Sam Fox', '1'), ('Acmetron', '[organisation]'), ('Sam', '[name]')]
    """
    keys = ("id", "name", "organisation", "phone", "email")
    rows: list[dict[str, Any]] = [
        dict(zip(keys, (str(n), *one), strict=True)) for n, one in enumerate(people)
    ]
    labelled = rules(rows, {str(number): str(number) for number in range(len(people))})
    return Spellings([spelling for spelling, _ in labelled], [label for _, label in labelled])


# ---------------------------------------------------------------- a person

_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_BETWEEN = r"[\s._+\-/,|]{0,3}"
_NEVER = Lazy(r"(?!)")
_THREE_CAPITALS = frozenset(
    "usa ceo cfo cto coo cio phd mba nhs icu nyc cad cam sql api faq pdf hiv dna rna aka asap diy "
    "tbd tba eta fbi cia nasa llc ltd inc lab led lcd gps gpa sat act gre ged bsc msc esl atm atv "
    "ada osha fda epa irs sec nba nfl abc bbc cnn npr pbs vip vpn usb url www html css xml erp crm "
    "kpi roi okr est pst mst cst gmt utc mon tue wed thu fri sun jan feb mar apr jun jul aug sep "
    "oct nov dec".split()
)


def of_person(name: str) -> Iterator[Spelling]:
    """The spellings of a person's name.

    Parameters
    ----------
    name : str
        As it is stored.

    Examples
    --------
    >>> known = Spellings(of_person("Søren Kowalski"))
    >>> [found.words for found in known.find("Soeren, kowalski, Kowalskiego, Kovalski")]
    ['Soeren, kowalski', 'Kowalskiego', 'Kovalski']
    """
    name = " ".join(fold_spaces(name).split())
    if not name or name.casefold() in NOBODY:
        return
    if "," in name and len(name.split(",")) == 2:
        last, _, first = (part.strip() for part in name.partition(","))
        if first and not set(first.casefold().replace(".", "").split()) <= _NO_NAME:
            name = f"{first} {last}"
    quoted = re.findall(r"[(\"“„'‘]([^\W\d_][^()\"“”„]*?)[)\"”“'’](?=\s|$|,)", name)
    parts = [part for part in re.split(r"[\s,]+", name) if _is_part(part)]
    if not parts:
        yield from _of_letters(name)
        return
    bare = [part for part in parts if part.strip("(\"“„'‘)”’") not in quoted] or parts
    if len(name.split()) > 6:
        yield _phrase([name], Grade.SURE, name, any_case=True)
        return
    ordinary = all(map(_is_common, bare))
    first, last = bare[0], bare[-1]
    one_word = len(bare) == 1
    if not one_word or not ordinary or len(name.split()) > 1:
        described = ordinary and name.split()[0].lower() in {"a", *_FUNCTION_WORDS}
        sure = Grade.LIKELY if one_word and (ordinary or described) else Grade.SURE
        orders = [name.split(), bare]
        if len(bare) > 1:
            orders.append([last, *bare[:-1]])
        if len(bare) > 2 and first != last:
            orders += [[first, last], [last, first]]
            given, family = _parted(bare)
            for its in [family, *(more for _, more in _with_particles(given[1:]))]:
                if len(its) > 1:
                    orders += [[first, *its], [*its, *given], its]
        if one_word and ordinary:
            orders.remove(bare)  # "A Nurse", "Dr. No": the word alone is no name
        for order in orders:
            # "Nurse AAA Day" without its second part is two words
            words_only = not ordinary and all(map(_is_common, order))
            if described and any(word[:1].islower() for word in order):
                order = [word.capitalize() for word in order]
            whose = _whose(first) if one_word else _whose(" ".join(order))
            grade = Grade.LIKELY if words_only else sure
            any_case = not (ordinary or words_only)
            if one_word and any_case:
                any_case = first.islower() or (len(first) > 4 and _is_unusual(first))
            yield _phrase(order, grade, whose, any_case=any_case)
    if len(bare) > 1:
        yield from _with_initials(bare)
    if not one_word and not ordinary and not _is_common(last) and len(_letters(last)) > 4:
        joined = _letters(first)[:1] + _letters(last)
        if not is_in_the_dictionary(joined):
            yield _phrase([joined], Grade.LIKELY, f"joined {joined}", any_case=True)
        for word, other in ((first, last), (last, first)):
            yield from _with_a_letter(word, other)
    singles = list(dict.fromkeys([*_single(bare), *_single(quoted)]))
    polish = any(_POLISH.search(part) for part in bare)
    for part in singles:
        yield from _of_a_part(part, polish)
        if split := _OF_TWO.fullmatch(part):
            yield _phrase([*split.groups()], Grade.SURE, _whose(part), any_case=True)
    yield from _nicknames(bare, singles, quoted)
    yield from _unparted(name, bare)


_OF_TWO = re.compile(r"(Mc|Mac)([A-ZÀ-Ý][\w'’]{3,})")
"""A name that is also written as two words."""


def _with_a_letter(word: str, other: str) -> Iterator[Spelling]:
    """A name and the first letter of the other one, joined: "AdalineQ", "quillanbya"."""
    letters, letter = _letters(word), _letters(other)[:1]
    joined = letters + letter
    if len(letters) < 5 or not _is_unusual(word) or not letter.isascii() or not letters.isascii():
        return
    if letter != "s" and not is_in_the_dictionary(joined) and not _is_proper(joined):
        yield _phrase([joined], Grade.LIKELY, f"joined {joined}", any_case=True)


def fold_spaces(text: str) -> str:
    """The text without invisible signs, full-width letters as usual ones."""
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return (
        unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text))
        if not text.isascii()
        else text
    )


def _is_part(part: str) -> bool:
    bare = part.strip(".()\"“”„'‘’")
    wide = len(fold(bare).text) > 1 and not bare.isascii() and not _UNPARTED.search(bare)
    return (len(bare) > 1 or (wide and bare not in "ÆæŒœ")) and bare.casefold() not in _NO_NAME


@lru_cache(maxsize=10_000)
def _is_common(part: str) -> bool:
    bare = part.strip(".")
    return (len(bare) < 3 and bare.isascii()) or is_a_word(plain(bare).lower())


@lru_cache(maxsize=10_000)
def _is_plain(part: str) -> bool:
    """Whether a part is letters from a to z that are written in one way."""
    bare = fold(part).text
    return (
        bare.isascii() and bare.isalpha() and _WAYS.keys().isdisjoint(part.lower())
        and len(bare) == len(unicodedata.normalize("NFC", part))
    )  # fmt: skip


def _is_proper(part: str) -> bool:
    """Whether English knows it as a name of places or people, so that anybody may be meant."""
    return _letters(part) in _common_words()[2]


@lru_cache(maxsize=10_000)
def _is_unusual(part: str) -> bool:
    """Whether a part is no word, so that it says somebody's name in any case."""
    letters = _letters(part)
    short = 3 if not part.isascii() else 5 if _is_proper(part) else 4
    return len(letters) >= short and not is_in_the_dictionary(letters) and letters not in _COUNTRIES


_COUNTRIES = frozenset("china chad cuba iran iraq israel jordan georgia india kenya malta".split())


@lru_cache(maxsize=10_000)
def _letters(text: str) -> str:
    if text.isascii() and text.isalpha():
        return text.lower()
    return "".join(re.findall(r"[^\W\d_]", fold(text).text.lower()))


_WAYS = {
    "ä": "ae?", "ö": "oe?", "ü": "ue?", "ø": "oe?", "å": "aa?", "æ": "ae?", "œ": "oe?", "ß": "ss?",
    "ð": "(?:d|th)", "đ": "dj?", "þ": "th?",
    ".": r"\.?", "-": r"[\s\-_]?", "‐": r"[\s\-_]?", "‑": r"[\s\-_]?", "–": r"[\s\-_]?",
    "ı": "i", "ё": "[её]", **dict.fromkeys("'’‘ʼ`´", r"['\s]?"),
}  # fmt: skip


@lru_cache(maxsize=10_000)
def _written(part: str) -> str:
    """A pattern, for folded text, of a word with its accents or without."""
    if part.isascii() and part.isalpha():
        return part
    pattern = ""
    for character in unicodedata.normalize("NFC", part.replace("ẞ", "ß")):
        lower = character.lower() if character != "İ" else "i"
        way = _WAYS.get(lower)
        if way is None:
            pattern += re.escape(fold(character).text)
        elif lower != character and way[0].isalpha():
            pattern += way[0].upper() + (rf"[{way[1]}{way[1].upper()}]?" if way[1:2] else "")
        else:
            pattern += way
    return pattern


_FLEXIBLE = {"ä": ("a", "ae"), "ö": ("o", "oe"), "ü": ("u", "ue"), "ø": ("o", "oe"),
             "å": ("a", "aa"), "ß": ("ss", "s"), "æ": ("ae", "a"), "œ": ("oe", "o"),
             "ð": ("d", "th"), "đ": ("d", "dj"), "þ": ("th", "t")}  # fmt: skip


@lru_cache(maxsize=10_000)
def _keys_of(part: str) -> frozenset[str]:
    """The words one of which stands in a text where `_written` matches."""
    if part.isascii() and part.isalpha():
        return frozenset([part.lower()])
    if _UNPARTED.search(part):
        return frozenset([_UNPARTED_HERE])
    composed = unicodedata.normalize("NFC", part).lower().replace("i̇", "i")
    ways = itertools.islice(itertools.product(*(_FLEXIBLE.get(c, (c,)) for c in composed)), 32)
    keys: set[str] = set()
    for way in ways:
        folded = fold("".join(way)).text.lower()
        keys.update(_LETTERS.findall(folded))
        keys.add("".join(_LETTERS.findall(folded)))
    if "'" in fold(part).text:
        keys = {key for key in keys if len(key) > 1}
    return frozenset(keys)


def _phrase(words: list[str], grade: Grade, whose: str, *, any_case: bool) -> Spelling:
    """The words in this order: parted by blanks, points, hyphens, underscores, or by nothing."""
    letters = [_letters(word) for word in words]
    joined = "".join(letters)
    long = len(joined) >= 6 and not is_in_the_dictionary(joined)
    rare = sorted(range(len(words)), key=lambda n: _rarity(words[n]), reverse=True)[:2]
    length = len(" ".join(words))
    if any_case and all(map(_is_plain, words)):
        keys = [
            frozenset(
                "".join(letters[first:last])
                for first in range(at + 1) for last in range(at + 1, len(words) + 1)
            ) if long else frozenset([letters[at]])
            for at in rare
        ]  # fmt: skip
        return Spelling(Words(tuple(letters), long), keys[0], grade, whose, length, also=keys[-1])
    all_joined = _keys_of("".join(words)) if len(words) > 1 else frozenset()
    keys = [_keys_of(words[at]) | all_joined for at in rare]
    written = [_written(word) for word in words]
    if any_case:
        between = _BETWEEN if long else r"(?:[\s_,]\s?|-)"
        patterns = [between.join(written)]
    else:
        between = r"[\s_,]\s?"
        capitals = [_written(w[:1].upper() + w[1:]) for w in words]
        patterns = [
            (r"[\s_]?" if long else between).join(capitals),
            between.join(_written(w.upper()) for w in words),
        ]
        if any(w[:1].isupper() for w in words) or not words[0].isascii():
            patterns.append(between.join(written))
    body = "|".join(dict.fromkeys(patterns))
    before = "" if _UNPARTED.match(words[0][0]) else _START
    after = "" if _UNPARTED.match(words[-1][-1]) else r"(?![^\W\d_])" if any_case else _END
    pattern = Lazy(f"{before}(?:{body}){after}", re.IGNORECASE if any_case else 0)
    usual = frozenset(key for key in keys[0] if len(key) == 1 and key.isascii())
    return Spelling(pattern, keys[0] - usual or keys[0], grade, whose, length, also=keys[-1])


def _rarity(word: str) -> tuple[bool, bool, int]:
    letters = _letters(word)
    return not is_a_word(letters), not is_in_the_dictionary(letters), len(letters)


def _of_letters(name: str) -> Iterator[Spelling]:
    """A name of letters that stand alone: "X Æ", "J. D."."""
    letters = [word.strip(".") for word in re.split(r"[\s.]+", name) if word.strip(".")]
    if len(letters) < 2 or not all(len(x) == 1 and x.isalpha() for x in letters):
        return
    folded = [_written(letter) for letter in letters]
    short = "".join(letters).lower()
    joins = [r"\.\s?", r"\s"] if short in _ABBREVIATIONS or is_a_word(short) else [r"\.?\s?"]
    body = "|".join(join.join(folded) for join in joins)
    ending = r"(?P<ending>\.)?" if "." in name else ""
    letters_folded = fold("".join(letters)).text.lower()
    keys = {f".{letters_folded}", letters_folded, *(fold(x).text.lower() for x in letters)}
    pattern = Lazy(f"{_START}(?:{body}){ending}{_END}{_NO_FAMILY_NAME}")
    yield Spelling(pattern, frozenset(keys), Grade.LIKELY, _whose(name), len(name))


def _parted(parts: list[str]) -> tuple[list[str], list[str]]:
    """Given names, and the family name with what stands before it: "van", "de la".

    Examples
    --------
    >>> _parted("Willem Anton van der Berg".split()), _parted(["Ada", "Byron"])
    ((['Willem', 'Anton'], ['van', 'der', 'Berg']), (['Ada'], ['Byron']))
    """
    at = len(parts) - 1
    while at > 1 and _letters(parts[at - 1]) in _PARTICLES:
        at -= 1
    return parts[:at], parts[at:]


def _with_particles(parts: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each part that has such words before it, with these: "de la Vega" amid a name."""
    for at, part in enumerate(parts):
        first = at
        while first > 0 and _letters(parts[first - 1]) in _PARTICLES:
            first -= 1
        if first < at and _letters(part) not in _PARTICLES:
            yield part, parts[first : at + 1]


_HYPHEN = re.compile(r"[-‐‑–]")
_PARTICLES = frozenset(
    "van von der den de la las los du di da dos das del della el al bin ibn ter ten zu zur le af av"
    " y e mac saint st".split()
)
_NO_FAMILY_NAME = (
    r"(?!\.?\s(?!(?:I|He|She|It|We|They|You|The|This|That|These|Those|But|And|So|Then|In|On|At|For|When"
    r"|If|My|Our|His|Her|Their|There|What|Who|How|As|After|Before|Not|No|Yes|Now)\b)[A-Z][a-z])"
)
"""After initials: "J. D. Power" is somebody else."""


def _with_initials(parts: list[str]) -> Iterator[Spelling]:
    """ "A. Lovelace", "Ada L.", "A. L.", "W. A. van Berg"; a full stop of the sentence stays."""
    given, family = _parted(parts)
    first, last = parts[0], parts[-1]
    if not (first[0].isalpha() and last[0].isalpha()) or _UNPARTED.search(first + last):
        return
    f, l = fold(first[0].upper()).text[:1], fold(last[0].upper()).text[:1]  # noqa: E741
    stop = r"(?P<ending>\.)(?!\w)"
    point = r"(?:\.\s?|\s)" if f not in "AI" else r"\.\s?"
    middle = ""
    for name in given[1:]:
        letter = fold(name[0].upper()).text[:1]
        middle += rf"(?:-?{re.escape(letter)}(?:\.\s?|\s)|{_written(name)}\s)?"
    heads = [half[0] for name in given for half in _HYPHEN.split(name) if half[:1].isalpha()]
    joined = fold("".join(heads).upper()).text
    several = rf"|{re.escape(joined)}\s" if len(heads) > 1 else ""
    alone = {f".{f}" if f in "AI" else f, joined} if several else {f".{f}" if f in "AI" else f}
    written = [
        (f"{first} {l}", rf"{_START}{_written(first)}\s{l}{stop}", _keys_of(first), {f".{l}"})
    ]
    for its in {family[-1]: family, **dict(_with_particles(given[1:]))}.values():
        before = "".join(rf"(?:{_written(word)}\s)?" for word in its[:-1])
        pattern = rf"{_START}(?:{f}{point}{middle}{several}){before}{_written(its[-1])}{_END}"
        written.append((f"{f} {its[-1]}", pattern, _keys_of(its[-1]), alone))
    if f"{f}{l}".lower() not in _ABBREVIATIONS:
        pattern = rf"(?<![\w.]){f}\.\s?{l}{stop}{_NO_FAMILY_NAME}"
        written.append((f"{f} {l}", pattern, frozenset([f".{f}{l}".lower()]), set()))
    for whose, pattern, keys, also in written:
        grade = Grade.SURE if len(whose) > 4 else Grade.LIKELY
        more = frozenset(word.lower() for word in also)
        whose = f"initials {whose.lower()}"
        yield Spelling(Lazy(pattern), keys, grade, whose, len(whose), also=more)
    halves = [half for part in parts for half in re.split(r"[-‐‑–]", part) if half[:1].isalpha()]
    letters = [fold(half[0]).text[:1] for half in halves]
    fewer = [fold(half[0]).text[:1] for half in halves if _letters(half) not in _PARTICLES]
    for these in [letters, *([fewer] if 3 <= len(fewer) < len(letters) else [])]:
        if not 3 <= len(these) <= 6:
            continue
        short = "".join(these)
        dotted = r"\.\s?".join(map(re.escape, these)) + r"(?P<ending>\.)?"
        key = short.lower()
        patterns = rf"(?<![\w.])(?:{dotted})(?![\w]){_NO_FAMILY_NAME}"
        yield Spelling(Lazy(patterns), frozenset([f".{key}", f".{key[:3]}"]), Grade.LIKELY,
                       f"initials {key}", len(short) + 1)  # fmt: skip
        if not is_a_word(key) and key not in _THREE_CAPITALS:
            yield Spelling(Word(short, False, False, False), frozenset([key]), Grade.LIKELY,
                           f"initials {key}", len(short))  # fmt: skip
    for part in parts:
        halves = [half for half in re.split(r"[-‐‑–]", part) if half[:1].isupper()]
        if len(halves) == 2:
            a, b = (fold(half[0]).text[:1] for half in halves)
            yield Spelling(Lazy(rf"{_START}{a}\.?-{b}(?P<ending>\.)?{_END}"),
                           frozenset([f".{a}{b}".lower()]), Grade.LIKELY,
                           f"initials {a}-{b}".lower(), 3)  # fmt: skip


def _single(parts: Iterable[str]) -> Iterator[str]:
    """Parts that can stand alone; halves of those with a hyphen, too."""
    for part in parts:
        part = part.strip("()\"“”„'‘’")
        if len(part) < 2:
            continue
        if part[0].isupper() or _is_uncased(part) or _is_unusual(part) or " " in part:
            yield part
        for half in _halves(part):
            if len(half) > 2 and half[0].isupper() and not _is_common(half):
                yield half


def _halves(word: str) -> list[str]:
    """The parts of a word with a hyphen; none of one without."""
    halves = _HYPHEN.split(word)
    return halves if len(halves) > 1 else []


def _is_uncased(part: str) -> bool:
    long = 2 if _UNPARTED.search(part) else 3
    return part.lower() == part.upper() and len(part) >= long


def _of_a_part(part: str, polish: bool) -> Iterator[Spelling]:
    keys, whose, folded = _keys_of(part), _whose(part), fold(part).text
    if _is_common(part):
        for titles in (False, True):
            pattern = _as_a_name(part, titles)
            yield Spelling(pattern, keys, Grade.LIKELY, whose, len(part), True, titles=titles)
        if _is_plain(part) and len(part) > 2:
            pattern = Word(folded.capitalize(), False, False, False)
            yield Spelling(pattern, keys, Grade.UNSURE, whose, len(part), True)
        return
    if _CYRILLIC.search(part) and len(part) > 3:
        stem = folded.rstrip("аяоеиыйьуюэё")
        flags = re.IGNORECASE if len(part) > 5 else 0
        pattern = Lazy(rf"{_START}{re.escape(stem)}(?:{fold(_SLAVIC).text})?{_END}", flags)
        yield Spelling(pattern, frozenset([_CYRILLIC_HERE]), Grade.LIKELY, whose, len(part), True)
        return
    if _GREEK_LETTER.search(part) and len(part) > 3:
        stem = re.sub(rf"(?:{_GREEK})$", "", folded)
        flags = re.IGNORECASE if len(part) > 5 else 0
        pattern = Lazy(rf"{_START}{re.escape(stem)}(?:{fold(_GREEK).text})?{_END}", flags)
        yield Spelling(pattern, frozenset([_GREEK_HERE]), Grade.LIKELY, whose, len(part), True)
        return
    unusual = _is_unusual(part)
    grade = Grade.SURE if unusual and not _is_proper(part) else Grade.LIKELY
    capitals = len(part) > 3 or (
        len(part) == 3 and not keys & _THREE_CAPITALS and not any(map(is_in_the_dictionary, keys))
    )
    near = _letters(part)
    if unusual and len(near) >= 6 and near.isascii() and " " not in part:
        yield Spelling(_NEVER, frozenset([f"~{near}"]), Grade.LIKELY, whose, len(part), True)
    if polish and len(folded) > 3:
        for form in sorted(_polish(folded.lower())):
            pattern = Word(form.capitalize(), unusual, True, False)
            yield Spelling(pattern, frozenset([form]), Grade.LIKELY, whose, len(part), True)
    if _is_plain(part):
        pattern: Pattern = Word(folded, unusual, capitals, True)
        if near in _PLACES:
            pattern = Lazy(
                rf"{_NOT_WHERE}{_START}(?:{folded}|{folded.upper()})(?P<ending>s)?{_END}"
            )
        elif near in _SHORT_MONTHS:
            pattern = Lazy(rf"(?<!\d )(?<!\d\. ){_START}{folded}(?P<ending>s)?{_END}(?!\.? ?\d)")
        keys |= {key + "s" for key in keys}
        yield Spelling(pattern, keys, grade, whose, len(part), True)
        return
    written = _written(part)
    if capitals and not unusual:
        written += f"|{_written(part.upper())}"
    ending = r"(?P<ending>s)?" if len(part) > 2 and not _UNPARTED.search(part) else ""
    before = "" if _UNPARTED.match(part[0]) else _START
    after = "" if _UNPARTED.match(part[-1]) else _END
    flags = re.IGNORECASE if unusual else 0
    if not unusual and ending:
        ending = "(?P<ending>[sS])?"
    pattern = Lazy(f"{before}(?:{written}){ending}{after}", flags)
    keys |= {key + "s" for key in keys} if ending else frozenset()
    yield Spelling(pattern, keys, grade, whose, len(part), True)


_POLISH = re.compile(r"[łńśźżćąęŁŃŚŹŻĆ]|(?:sk|ck|dzk)[ia]$|(?:wicz|czyk|asz|ysz)$")


def _polish(name: str) -> Iterator[str]:
    """A name in the cases of Polish."""
    if name.endswith(("ski", "cki", "dzki")):
        endings = [name + x for x in ("ego", "emu", "m", "ch", "mi")]
    elif name.endswith(("ska", "cka", "dzka")):
        endings = [name[:-1] + "iej"]
    elif name.endswith("a"):
        endings = [name[:-1] + x for x in ("y", "i", "e", "o", "ie")]
    elif name.endswith("ek"):
        endings = [name[:-2] + x for x in ("ka", "kowi", "kiem", "ku")]
    elif name[-1] in "aeiouy":
        endings = []
    else:
        endings = [name + x for x in ("a", "owi", "em", "iem", "ie", "u", "y", "ow")]
    return (form for form in endings if not is_in_the_dictionary(form))


_PRONOUNS = frozenset(
    "he she it i we you they who one me him her us them this that the of and or to in on at for"
    " with by from my your our".split()
)
_BESIDE_A_MONTH = "|".join(
    rf"(?<=\b{word} )"
    for word in (
        "with",
        "asked",
        "met",
        "thank",
        "thanked",
        "told",
        "tell",
        "know",
        "knew",
        "ask",
        "like",
        "called",
        "call",
        "phoned",
        "emailed",
        "visited",
        "saw",
        "interviewed",
        "introduced",
        "mentioned",
        "dear",
        "Dear",
        "Hi",
        "hi",
        "hello",
        "Hello",
        "Thanks",
        "thanks",
        "named",
        "helped",
        "hired",
        "joined",
        "as",
        "spoke to",
        "talked to",
        "wrote to",
        "talk to",
        "speak to",
        "write to",
        "according to",
        "listened to",
        "thanks to",
        "said",
        "says",
    )
)


_PLACES = frozenset(
    "adelaide africa alexandria alma america arizona asia aspen atlanta austin bath berlin "
    "boston bristol brittany brooklyn burlington cairo calais camden carolina charleston "
    "charlotte chelsea chester cleveland cologne cork cuba dakota dallas denver derby devon "
    "dover dublin durham england essen essex florence florida geneva georgia glasgow hagen "
    "halifax halle hamilton havana holland houston hull india ireland israel jackson jamaica "
    "jersey jordan kent kenya kingston lancaster leeds lima lincoln london lourdes madison "
    "malta memphis messina mexico milan montana nevada norfolk orlando oxford paris petra "
    "preston raleigh reading richmond rio roma rome salem savannah scotland selma sicily siena "
    "sofia stafford surrey sydney trenton troy tyrone valencia valetta venice verona victoria "
    "vienna virginia wales warsaw washington wellington wells winchester windsor worms york "
    "zurich".split()
)
"""Names that places have, too: who is in Paris, or near it, is in a place."""
_NOT_WHERE = "".join(
    rf"(?<!\b{before} )"
    for before in (
        *("in", "In", "near", "Near", "around", "outside", "across", "throughout", "New"),
        *("moved to", "move to", "went to", "go to", "came to", "trip to", "flew to", "back to"),
        *("based in", "en", "nach", "à"),
    )
)  # fmt: skip


def _as_a_name(part: str, in_titles: bool = False) -> Pattern:
    """A common word where it stands as a name: after a title, where it speaks or owns, and as a
    capital amid a sentence, a month only beside words that go with people; in an occupation's
    title for whom one works."""
    word = rf"{_written(part[:1].upper() + part[1:])}{_END}"
    if fold(part).text.lower() in _FUNCTION_WORDS and fold(part).text.lower() in _PRONOUNS:
        return Lazy(rf"(?:{_AFTER_A_TITLE}){word}")
    where = _NOT_WHERE if _letters(part) in _PLACES else ""
    amid = rf"|(?<=[a-z,;:] )(?<!\b[tT]he ){where}{word}"
    if part.casefold() in _MONTHS:
        amid = rf"|(?:{_BESIDE_A_MONTH}){word}(?! \d| \w+ \d{{4}})|(?<=\b[aA] ){word}(?=[.,;!?]|$)"
    if in_titles:
        amid = rf"|(?:(?<=\bto )|(?<=\bfor )|(?<=\bunder )|(?<=\bwith )){word}"
    pattern = rf"(?:{_AFTER_A_TITLE}){word}|{_START}{word}{_SPEAKS}{amid}"
    if in_titles:
        return Lazy(pattern)
    return NoTitle(pattern, fold(part).text.lower() if _is_plain(part) else "")


@cache
def _nicknamer() -> Any:
    from nicknames import NickNamer

    return NickNamer()


def _nicknames(parts: list[str], singles: list[str], quoted: list[str]) -> Iterator[Spelling]:
    first = fold(parts[0]).text.lower()
    if len(parts) < 2 or not first.isascii():
        return
    named = _nicknamer()
    longer = named.canonicals_of(first)
    others = named.nicknames_of(first) | longer
    if len(longer) <= 6:  # "Liz", who is called "Beth" elsewhere; "Al" may be anybody
        others |= {nick for name in longer for nick in named.nicknames_of(name)}
    own = {_whose(part) for part in (*parts, *singles)}
    others = sorted(n for n in others if n.isalpha() and n.isascii() and n not in own)
    for nick in [*others, *quoted]:
        name = nick.capitalize() if nick in others else nick
        whose = f"nickname {_whose(name)}"
        both = _whose(f"{name} {parts[-1]}")
        any_case = not _is_common(parts[-1])
        yield _phrase([name, parts[-1]], Grade.LIKELY, both, any_case=any_case)
        if nick in others and len(nick) > 2 and not is_a_word(nick):
            pattern = Word(name, False, False, False)
            yield Spelling(pattern, frozenset([nick]), Grade.LIKELY, whose, len(nick), True)


_CHINESE_TITLE = (
    "老师|先生|女士|小姐|太太|医生|大夫|经理|教授|主任|同学|总|工|博士|护士|师傅|律师|院长|校长|老板|姐|哥|阿姨|叔"
    "|老師|醫生|經理|護士|師傅|律師|院長|校長|老闆|總"
)
_KOREAN_TITLE = "씨|선생|교수|대리|과장|부장|차장|팀장|사장|박사|님|이사|간호사|의사"
_JAPANESE_TITLE = "さん|様|さま|先生|氏|くん|君|ちゃん|部長|課長|教授|看護師"
_KOREAN_AFTER = (
    r"(?:(?=이?(?:가|는|은|을|를|의|에게|한테|와|과|랑|도|만|야|아|님|씨|께|께서|로|으로|부터|까지|처럼|보다)?"
    rf"(?![\uac00-\ud7a3]))|(?=\s?(?:{_KOREAN_TITLE})))"
)
_KOREAN = re.compile(r"[\uac00-\ud7a3]{2,4}")
_CHINESE = re.compile(r"[\u3400-\u9fff]{2,4}")


def _unparted(name: str, parts: list[str]) -> Iterator[Spelling]:
    """Given names, and surnames with a title, in Chinese, Japanese and Korean."""
    whole = "".join(parts)
    keys = frozenset([_UNPARTED_HERE])

    def found(pattern: str, whose: str, part: bool = True) -> Spelling:
        return Spelling(Lazy(pattern), keys, Grade.LIKELY, whose, len(pattern), part)

    if len(parts) > 1 and _CHINESE.fullmatch(whole[:4]):
        yield found(re.escape(whole), whole, False)
        for part in parts:
            yield found(rf"{re.escape(part)}(?=\s?(?:{_JAPANESE_TITLE}))", part)
        return
    if len(parts) != 1:
        return
    if _KOREAN.fullmatch(whole) and len(whole) >= 2:
        if len(whole) >= 3:
            yield found(rf"(?<![\uac00-\ud7a3]){whole[-2:]}{_KOREAN_AFTER}", whole[-2:])
            yield found(rf"(?<![\uac00-\ud7a3]){whole[:-2]}\s{whole[-2:]}", whole, False)
        surname = whole[: max(1, len(whole) - 2)]
        yield found(rf"(?<![\uac00-\ud7a3]){surname}(?=\s?(?:{_KOREAN_TITLE}))", surname)
    elif _CHINESE.fullmatch(whole):
        if len(whole) >= 3:
            yield found(whole[-2:], whole[-2:])
        ways = (rf"{whole[:cut]}\s{whole[cut:]}" for cut in (1, 2) if cut < len(whole))
        yield found("|".join(ways), whole, False)
        for surname in {whole[0], whole[:2] if len(whole) == 4 else whole[0]}:
            yield found(rf"{surname}(?=\s?(?:{_CHINESE_TITLE}|{_JAPANESE_TITLE}))", surname)
            yield found(rf"(?<=[老小阿]){surname}", surname)


# ---------------------------------------------------------------- an employer


def of_employer(name: str) -> Iterator[Spelling]:
    """The spellings of an employer's name.

    Examples
    --------
    >>> known = Spellings(of_employer("Vandelay Industries Ltd (VIGI)"))
    >>> [found.words for found in known.find("Vandelay's rules; vandelay-industries.example; VIGI")]
    ['Vandelay', 'vandelay-industries', 'VIGI']
    """
    name = " ".join(fold_spaces(name).split())
    if len(name) < 2 or name.casefold() in _NO_EMPLOYER:
        return
    brackets = re.search(r"\s*\(([^()]+)\)", name)
    if brackets:
        yield from of_employer(brackets[1])
        name = name.replace(brackets[0], "").strip() or name
    short = _LEGAL_TOO.sub("", _LEGAL.sub("", name)) or name
    spellings = [name, short, re.sub(r"^The ", "", short)]
    spellings += [s.replace(" & ", " and ") for s in spellings]
    spellings += [s.replace(" and ", " & ") for s in spellings]
    spellings += [re.sub(r"\b(?:St\.?|Saint) ", t, s) for s in spellings for t in ("St. ", "Saint ")
                  if re.search(r"\b(?:St\.?|Saint) ", s)]  # fmt: skip
    for spelling in dict.fromkeys(spellings):
        yield from _employer(spelling)
    for spelling in _of_its_words(re.sub(r"^The ", "", short)):
        yield replace(spelling, titles=False)


def _employer(name: str) -> Iterator[Spelling]:
    words = re.findall(r"\w+", plain(name))
    ordinary = all(is_a_word(word.lower()) for word in words)
    if not words or len("".join(words)) < 2:
        return
    if len(words) > 1:
        # "Rose & Sons" is always a name; "City hospital" only with its capitals
        any_case = not ordinary or "&" in name
        yield _phrase(name.split(), Grade.SURE, "", any_case=any_case)
    elif not ordinary:
        flags = re.IGNORECASE if len(name) > 3 and not is_in_the_dictionary(_letters(name)) else 0
        pattern = f"{_START}(?:{_written(name)}|{_written(name.upper())}){_END}"
        if len(name) > 3:
            flags = re.IGNORECASE
        yield Spelling(Lazy(pattern, flags), _keys_of(name), Grade.SURE, "", len(name))
    elif len(name) > 2:
        word = _written(name[0].upper() + name[1:])
        pattern = Lazy(rf"(?:{_AT_AN_EMPLOYER}){word}{_END}")
        yield Spelling(pattern, _keys_of(name), Grade.LIKELY, "", len(name))


def _of_its_words(name: str) -> Iterator[Spelling]:
    """A word by which it is known, and its first letters."""
    words = [word for word in re.split(r"[\s,/&]+", name) if word[:1].isalpha()]
    _, _, proper = _common_words()
    if len(words) < 2:
        return
    saint = words[0].rstrip(".").lower() in ("st", "saint")
    if saint:
        of = words[1]
        if not is_a_word(_letters(of)) or "'" in plain(of):
            body = rf"{_START}(?:St\.?|Saint)\s{_written(of)}{_END}"
            keys = _keys_of(of) | {_letters(of).removesuffix("s")}
            yield Spelling(Lazy(body, re.IGNORECASE), keys, Grade.LIKELY, "", len(of) + 3)
        if is_in_the_dictionary(_letters(of)):
            return
        words = words[1:]
    elif len(words) == 2 and "&" in name:
        a, b = (re.escape(fold(word[0].upper()).text[:1]) for word in words)
        pattern = Lazy(rf"{_START}{a}\s?(?:&|\+)\s?{b}{_END}")
        yield Spelling(pattern, frozenset([a.lower(), b.lower()]), Grade.LIKELY, "", 3)
    for word in [*words, *itertools.chain.from_iterable(map(_halves, words))]:
        letters = _letters(word)
        if len(letters) < 4 or is_a_word(letters) or letters in proper or not word[0].isupper():
            continue
        rare = not is_in_the_dictionary(letters)
        body = f"{_written(word)}|{_written(word.upper())}"
        pattern: Pattern = Lazy(f"{_START}(?:{body}){_END}", re.IGNORECASE if rare else 0)
        if _is_plain(word):
            pattern = Word(fold(word).text, rare, True, rare)
        keys = _keys_of(word)
        keys |= {key + "s" for key in keys}
        yield Spelling(pattern, keys, Grade.LIKELY, "", len(word), True)
    if len(words) < 2:
        return
    first, second = words[0], words[1]
    if not is_a_word(_letters(first)):
        body = rf"{_START}{_written(first)}[\s\-_]?{_written(second.removesuffix('s'))}s?{_END}"
        flags = 0 if is_in_the_dictionary(_letters(first)) else re.IGNORECASE
        one = _keys_of(second.removesuffix("s"))
        both = {a + b for a in _keys_of(first) for b in one}
        both |= {key + "s" for key in both}
        yield Spelling(
            Lazy(body, flags), _keys_of(first) | both, Grade.LIKELY, "", len(first) + 4,
            also=one | {key + "s" for key in one} | both,
        )  # fmt: skip
    capitals = "".join(fold(word[0]).text[:1] for word in words if word[0].isupper())
    key = capitals.lower()
    if len(capitals) >= 3 and not is_a_word(key) and key not in _THREE_CAPITALS:
        pattern = Word(capitals, False, False, False)
        yield Spelling(pattern, frozenset([key]), Grade.LIKELY, "", len(capitals), True)


# ---------------------------------------------------------------- ways to reach somebody


def of_phone(number: str) -> Iterator[Spelling]:
    """A known phone number, however it is parted.

    Examples
    --------
    >>> known = Spellings(of_phone("+49 30 555-01"))
    >>> [found.words for found in known.find("(030) 55501, 0049/30/55501; 30 55 502")]
    ['(030) 55501', '0049/30/55501']
    """
    digits = re.sub(r"\D", "", number).lstrip("0")[-7:]
    if len(digits) < 5:
        return
    before = r"(?<![\w.])(?!\d\.\d{4})(?:\+?\(?\d[\d ().\-/]{0,10})?"
    parted = r"[ ().\-/]{0,3}".join(digits)
    pattern = Lazy(rf"{before}{parted}(?!\w|\.\d)")
    yield Spelling(pattern, frozenset([f"#{digits[-5:]}"]), Grade.SURE, "", len(number))


def of_email(address: str) -> Iterator[Spelling]:
    """A known e-mail address, spelt out, too: "ada at example dot org", "ada at example.org"."""
    local, _, host = address.strip().partition("@")
    if not local or not host:
        return
    dot = r"(?:\.|\s?[\[({]?\s?\bdot\b\s?[\])}]?\s?)"
    at = r"(?:@|\s?[\[({]?\s?(?:\bat\b|@)\s?[\])}]?\s?)"
    written = [dot.join(map(re.escape, part.split("."))) for part in (local, host)]
    pattern = Lazy(rf"(?<![\w.]){at.join(written)}(?!\w)", re.IGNORECASE)
    its, of = (frozenset(_LETTERS.findall(part.lower())[:1]) for part in (local, host))
    yield Spelling(pattern, its or of, Grade.SURE, "", len(address), also=of)


def _whose(text: str) -> str:
    return " ".join(plain(text).lower().replace(",", " ").split())
