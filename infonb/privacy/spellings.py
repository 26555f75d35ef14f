"""What a person and an employer may be called in free text, as patterns.

Innocent words are never touched: a name that is a word of the language, too ("May", "Will",
"Baker"), counts only where it stands as a name; a word in which a name stands ("planning") never.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from infonb.privacy.contacts import phone_pattern

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
    return _PLAIN.get(character, character)


NOBODY = frozenset(["not named", "unknown", "anonymous", "n/a", "none", "?", "-"])
"""What stands in the place of a name, or of an organisation, when there is none."""

_NO_EMPLOYER = NOBODY | {"self-employed", "self employed", "freelance", "freelancer", "retired"}
_MONTHS = frozenset("april may june august".split())
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
_SLAVIC = "а|я|ы|и|у|ю|е|о|ой|ей|ою|ею|ом|ем|ым|им|ого|ому|ых|ами|ям|ах|й|ь"
_GREEK = "ος|ο|ου|ε|η|ης|α|ας|ά|άς|ού|ής|ή|ό|ός"
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa"}
)


@dataclass(frozen=True)
class Rule:
    """Something to look for in a text, and what to put there.

    Attributes
    ----------
    turn : tuple of bool, int
        Whole names and organisations go first, longer ones before shorter ones.
    needle : str
        Lower-case plain letters without which the pattern can't match.
    pattern : re.Pattern
    whose : str
        What it is called by: of two people with the same first name, it can't be told who is meant.
    shown : callable
        From what was found to what is put there.
    """

    turn: tuple[bool, int]
    needle: str
    pattern: re.Pattern[str]
    whose: str
    shown: Callable[[re.Match[str]], str]


def rules(
    people: Iterable[Mapping[str, Any]], called: Mapping[str, str], in_titles: bool = False
) -> list[Rule]:
    """All rules for these people, in the order in which they are to be used.

    Parameters
    ----------
    people : iterable of mapping
        Rows of the person table.
    called : mapping of str to str
        Person id to label.
    in_titles : bool
        Whether they are for titles of occupations, whose words begin with capitals anyway
        ("Line Cook").

    Examples
    --------
    >>> ada = {"id": "p", "name": "Ada Byron", "organisation": "Acme Ltd", "phone": None}
    >>> [rule.whose for rule in rules([ada], {"p": "Nurse 1"})][-3:]
    ['initials a b', 'byron', 'ada']
    """
    told: list[tuple[str, Rule]] = []
    for person in people:
        label = called[person["id"]]
        told += [(label, rule) for rule in _of_a_name(person["name"].strip(), label, in_titles)]
        told += [("[organisation]", rule) for rule in _of_an_employer(person["organisation"] or "")]
        if number := phone_pattern(person.get("phone") or ""):
            told.append(("[phone]", _rule("", number, "[phone]", len(person["phone"]))))
    labels: dict[str, set[str]] = {}
    for label, rule in told:
        labels.setdefault(rule.whose, set()).add(label)
    found: dict[tuple[str, int], Rule] = {}
    for label, rule in told:
        if len(labels[rule.whose]) > 1 and not label.startswith("["):
            rule = _rule(
                rule.needle, rule.pattern, "[name]", -rule.turn[1], rule.turn[0], rule.whose
            )
        found.setdefault((rule.pattern.pattern, rule.pattern.flags), rule)
    return sorted(found.values(), key=lambda rule: rule.turn)


def _rule(
    needle: str,
    pattern: re.Pattern[str],
    label: str,
    length: int,
    part: bool = False,
    whose: str | None = None,
) -> Rule:
    def shown(match: re.Match[str]) -> str:
        ending = match.groupdict().get("ending") or ""
        if ending == ".":
            return f"{label}." if _ENDS_HERE.match(match.string, match.end()) else label
        if ending and is_a_word(match[0].lower()):
            return match[0]
        return f"{label}'s" if ending else label

    return Rule((part, -length), needle, pattern, whose or label, shown)


@cache
def _common_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words of everyday and of infonb's own lists, and all; the file says where they are from."""
    path = files("infonb.privacy") / "data/common_words.txt"
    lines = [x for x in path.read_text(encoding="utf-8").split("\n") if not x.startswith("#")]
    everyday = WORDS_TOO.union(lines[0].split())
    return everyday, everyday.union(lines[2].split(), _FUNCTION_WORDS, _MONTHS)


def is_a_word(word: str) -> bool:
    """Whether a word, in lower case, is one of the language and so says nobody's name.

    Examples
    --------
    >>> is_a_word("will"), is_a_word("baker"), is_a_word("lovelace")
    (True, True, False)
    """
    return word in _MONTHS or word in _FUNCTION_WORDS or word in _common_words()[0]


# ---------------------------------------------------------------- a person


def _of_a_name(name: str, label: str, in_titles: bool = False) -> Iterator[Rule]:
    if name.casefold() in NOBODY:
        return
    parts = [part for part in re.split(r"[\s,]+", name) if _is_part(part)]
    ordinary = all(map(_is_common, parts))
    # "A. Baker" is a name, whatever "baker" is
    if len(parts) > 1 or not ordinary or (parts and len(name.split()) > 1):
        whole = [name, *_orders(parts)] if len(parts) <= 6 else [name]
        for spelling in dict.fromkeys(whole):
            whose = _whose(parts[0]) if len(parts) == 1 else _whose(spelling)
            for pattern in _whole(spelling, ordinary):
                yield _rule(_needle(spelling), pattern, label, len(spelling), whose=whose)
    if 2 <= len(parts) <= 6:
        yield from _with_initials(parts, label)
    for part in _single(parts) if len(parts) <= 6 else ():
        pattern = _as_a_name(part, in_titles) if _is_common(part) else _inflected(part)
        yield _rule(_needle(part), pattern, label, len(part), True, _whose(part))


def _is_part(part: str) -> bool:
    bare = part.strip(".()\"“”'")
    return len(bare) > 1 and bare.casefold() not in _NO_NAME


def _is_common(part: str) -> bool:
    bare = part.strip(".")
    return (len(bare) < 3 and bare.isascii()) or is_a_word(plain(bare).lower())


def _orders(parts: list[str]) -> Iterator[str]:
    """The name without titles, in either order, and without what stands in the middle."""
    first, last = parts[0], parts[-1]
    if len(parts) > 1:
        yield " ".join(parts)
        yield from (f"{last}{between} {' '.join(parts[:-1])}" for between in (",", ""))
    if len(parts) > 2:
        yield f"{first} {last}"


def _whole(name: str, ordinary: bool) -> Iterator[re.Pattern[str]]:
    if not ordinary:
        yield _words(name, re.IGNORECASE)
        return
    for spelling in dict.fromkeys([name, name.title(), name.upper()]):
        if spelling != spelling.lower() or spelling.lower() == spelling.upper():
            yield _words(spelling)


def _with_initials(parts: list[str], label: str) -> Iterator[Rule]:
    """ "A. Lovelace", "Ada L.", "A. L."; a full stop at the end of a sentence stays."""
    first, last = parts[0], parts[-1]
    if not (first[0].isalpha() and last[0].isalpha()):
        return
    f, l = re.escape(first[0].upper()), re.escape(last[0].upper())  # noqa: E741
    stop = r"(?P<ending>\.)(?!\w)"
    written = {
        f"{first[0]} {last}": rf"(?<!\w){f}\.\s?{_spelled(last)}(?!\w)",
        f"{first} {last[0]}": rf"(?<!\w){_spelled(first)}\s{l}{stop}",
    }
    if f"{first[0]}{last[0]}".lower() not in _ABBREVIATIONS:
        written[f"{first[0]} {last[0]}"] = rf"(?<![\w.]){f}\.\s?{l}{stop}"
    for whose, pattern in written.items():
        needle = _needle(last if len(whose.split()[0]) == 1 else first)
        needle = "" if len(whose) == 3 else needle
        yield _rule(
            needle, re.compile(pattern), label, len(whose), whose=f"initials {whose.lower()}"
        )


def _single(parts: list[str]) -> Iterator[str]:
    """Parts that can stand alone: with a capital, or in a script that has none; halves, too."""
    for part in parts:
        part = part.strip('()"“”')
        if part[0].isupper() or _is_uncased(part):
            yield part
        for half in part.split("-") if "-" in part else ():
            if len(half) > 2 and half[0].isupper() and not _is_common(half):
                yield half


def _is_uncased(part: str) -> bool:
    long = 2 if _UNPARTED.search(part) else 3
    return part.lower() == part.upper() and len(part) >= long


def _as_a_name(part: str, in_titles: bool = False) -> re.Pattern[str]:
    """A common word where it stands as a name: after a title, where it speaks or owns, and, unless
    it is a month, as a capital amid a sentence; in an occupation's title for whom one works."""
    word = rf"{re.escape(part)}(?!\w)"
    amid = "" if part.casefold() in _MONTHS else rf"|(?<=[a-zà-ÿ,;:] ){word}"
    if in_titles:
        amid = rf"|(?:(?<=\bto )|(?<=\bfor )|(?<=\bunder )|(?<=\bwith )){word}"
    return re.compile(rf"(?:{_AFTER_A_TITLE}){word}|(?<!\w){word}{_SPEAKS}{amid}")


def _inflected(part: str) -> re.Pattern[str]:
    """A part of a name with the endings that languages give it."""
    if re.search(r"[\u0400-\u04ff]", part) and len(part) > 3:
        return re.compile(rf"(?<!\w){re.escape(part.rstrip('аяоеиыйьуюэё'))}(?:{_SLAVIC})?(?!\w)")
    if re.search(r"[\u0370-\u03ff]", part) and len(part) > 3:
        stem = re.sub(rf"(?:{_GREEK})$", "", part)
        return re.compile(rf"(?<!\w){re.escape(stem)}(?:{_GREEK})?(?!\w)")
    upper = f"|{_spelled(part.upper())}" if len(part) > 3 else ""
    ending = r"(?P<ending>[sS])?" if len(part) > 2 else ""
    return re.compile(_bounded(part, rf"(?:{_spelled(part)}{upper}){ending}"))


# ---------------------------------------------------------------- an employer


def _of_an_employer(name: str) -> Iterator[Rule]:
    name = name.strip()
    if len(name) < 2 or name.casefold() in _NO_EMPLOYER:
        return
    short = _LEGAL.sub("", name)
    spellings = [name, short, re.sub(r"^The ", "", short)]
    spellings += [s.replace(" & ", " and ") for s in spellings]
    spellings += [s.replace(" and ", " & ") for s in spellings]
    for spelling in dict.fromkeys(spellings):
        for pattern in _employer(spelling):
            yield _rule(_needle(spelling), pattern, "[organisation]", len(spelling), whose="")


def _employer(name: str) -> Iterator[re.Pattern[str]]:
    words = re.findall(r"\w+", plain(name))
    ordinary = all(is_a_word(word.lower()) for word in words)
    if not words or len("".join(words)) < 2:
        return
    if len(words) > 1:
        # "Rose & Sons" is always a name; "City hospital" only with its capitals
        yield from _whole(name, ordinary and "&" not in name)
    elif not ordinary:
        yield _words(name, re.IGNORECASE if len(name) > 3 else 0)
    elif len(name) > 2:
        yield re.compile(rf"(?:{_AT_AN_EMPLOYER}){re.escape(name[0].upper() + name[1:])}(?!\w)")


# ---------------------------------------------------------------- letters


def _whose(text: str) -> str:
    return " ".join(plain(text).lower().replace(",", " ").split())


def _needle(text: str) -> str:
    """Plain letters that are there however the text is spelled."""
    letters = re.findall(r"[a-z]+", unicodedata.normalize("NFC", text).lower())
    return max(letters, key=len, default="")


def _words(text: str, flags: int = 0) -> re.Pattern[str]:
    """The words of a text, however they are spaced, accented and quoted."""
    return re.compile(_bounded(text, _spelled(text)), flags)


def _bounded(text: str, pattern: str) -> str:
    """The pattern where it is no part of a longer word; not all scripts part their words."""
    before = "" if _UNPARTED.match(text[0]) else r"(?<!\w)"
    after = "" if _UNPARTED.match(text[-1]) else r"(?!\w)"
    return f"{before}{pattern}{after}"


def _spelled(text: str) -> str:
    """The ways to write a text, with accents and without, as alternatives."""
    composed = unicodedata.normalize("NFC", text)
    ways = [text, composed, unicodedata.normalize("NFD", text), plain(text)]
    ways.append(composed.translate(_UMLAUTS))
    written = (
        r"\s+".join(re.sub("['’]", "['’‘ʼ`´]?", re.escape(word)) for word in way.split())
        for way in dict.fromkeys(ways)
    )
    return f"(?:{'|'.join(written)})"
