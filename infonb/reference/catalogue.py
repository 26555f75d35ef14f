"""The catalogue of skills: what each is called, what people call it, and looking words up in it.

Names of skills, knowledge, work activities and work styles are O*NET's elements; tools, software
and what stands under ``own:`` are infonb's list. The phrases are infonb's too. Looking up needs
nothing but the standard library: `infonb.reference.skills` guesses where nothing is found.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

MINE = "mine:"
"""How the id of a skill of the user's own begins; that of the mention that named it follows."""

NO_SKILL = "none"
"""What phrases are filed under that name no skill ("it depends")."""

_DATA = files("infonb.reference") / "data"


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill of the catalogue.

    Attributes
    ----------
    id : str
        O*NET's element id ("2.A.1.d"), ``own:…`` or ``tech:…``; stable.
    name : str
        What it is called everywhere.
    kind : str
        "skill", "knowledge", "work activity", "work style", "technology" or "own".
    group : str
        For a technology, the id of what kind of technology it is; else empty.
    description : str
        One line, for infonb's own.
    near : tuple of str
        Ids that come next where infonb's own doesn't fit.
    """

    id: str
    name: str
    kind: str
    group: str = ""
    description: str = ""
    near: tuple[str, ...] = ()


@cache
def skills() -> Mapping[str, Skill]:
    """Every skill of the catalogue by id, in a fixed order.

    Examples
    --------
    >>> skills()["1.C.4.a"].name, skills()["1.C.4.a"].kind
    ('Self-Control', 'work style')
    """
    return {
        row["id"]: Skill(
            row["id"], row["name"], row["kind"], row["group"], row["description"],
            tuple(filter(None, row["near"].split(";"))),
        )
        for row in _rows("skill_names.csv")
    }  # fmt: skip


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """What people call each skill, by id; under `NO_SKILL` what is none.

    Examples
    --------
    >>> "talking to people" in phrases()["2.A.1.d"]
    True
    """
    return {row["id"]: tuple(row["phrases"].split("; ")) for row in _rows("skill_phrases.csv")}


def skill(id: str | None) -> Skill | None:
    """The skill of an id, None where the catalogue has no such id.

    Examples
    --------
    >>> skill("2.A.1.d").name, skill("no such id")
    ('Speaking', None)
    """
    return skills().get(id or "")


def look_up(phrase: str) -> list[str]:
    """Ids of the skills a phrase is a known name of: no guess; empty where it is none.

    Case, punctuation, small words and what people put around a skill ("being good at …",
    "… skills") don't count. The first is the usual meaning.

    Examples
    --------
    >>> look_up("Being good at talking to people!"), look_up("some unheard-of thing")
    (['2.A.1.d'], [])
    """
    known = _known()
    for form in forms(phrase):
        if form in known:
            return [id for id in known[form] if id != NO_SKILL]
    return []


def is_no_skill(phrase: str) -> bool:
    """Whether a phrase is known to name no skill.

    Examples
    --------
    >>> is_no_skill("It depends"), is_no_skill("patience")
    (True, False)
    """
    return any(NO_SKILL in _known().get(form, ()) for form in forms(phrase))


@lru_cache(maxsize=20_000)
def plain(phrase: str) -> str:
    """A phrase in lower case, without accents and punctuation (but the + and # of languages).

    Examples
    --------
    >>> plain("C++, the «Café» way: don't!")
    "c++ the cafe way don't"
    """
    text = unicodedata.normalize("NFKD", phrase).casefold().replace("’", "'")
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<![\w])\.(?=net\b)", "dot", text)
    text = re.sub(r"[^\w+#']+", " ", text.replace("-", " ").replace("_", " "))
    return " ".join(word.strip("'") for word in text.split() if word.strip("'"))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its commonest endings, cautiously: what differs in meaning stays apart.

    Examples
    --------
    >>> [stem(w) for w in ("talking", "talks", "planned", "patience", "patients", "nursery")]
    ['talk', 'talk', 'plan', 'patience', 'patient', 'nursery']
    """
    if len(word) < 4 or not word.isalpha() or word in _WHOLE:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ings", "ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and re.search("[aeiouy]", rest):
            if rest[-1] == rest[-2] and rest[-1] not in "lsz":
                return rest[:-1]
            # "caring" is from "care", not from "car"
            return stem(rest + "e") if _SILENT_E.fullmatch(rest) else rest
    if word.endswith("es") and len(word) > 4 and word[-3] in "sxzh":
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 and word not in _KEEP_E else word


def forms(phrase: str) -> Iterator[str]:
    """The forms in which a phrase is looked up, from as said to its bare words.

    Examples
    --------
    >>> list(forms("I'm good at planning the weeks"))
    ["i'm good at planning the weeks", 'planning the weeks', '~plan week']
    """
    said = plain(phrase)
    yield said
    bare = _without_frame(said)
    if bare != said:
        yield bare
    if form := _stems(bare):
        yield form


def _stems(said: str) -> str:
    """The stems of two words or more; of a single word only the plural is taken off.

    "Fitting" and "fit", "driving" and "drive" mean other things when they stand alone.
    """
    words = [word for word in said.split() if word not in SMALL]
    if len(words) > 1:
        return "~" + " ".join(stem(word) for word in words)
    if words and words[0].endswith("s") and stem(words[0]) == words[0][:-1]:
        return "~" + words[0][:-1]
    return "~" + words[0] if words else ""


SMALL = frozenset(
    "a an the of to in on at for with and or my your our their his her its it is are be being been "
    "i you we they he she that this these those some any very really so just".split()
)
"""Words that don't tell skills apart."""

_SILENT_E = re.compile("[^aeiou]{1,2}[aeiou][^aeiouwxy]")
_WHOLE = frozenset(
    "nursing process business series analysis less always during bring being".split()
)
_KEEP_E = frozenset("patience nurse science people office knowledge store table course".split())

_BEFORE = re.compile(
    r"^(?:(?:well|oh|ok|mostly|mainly|definitely|basically|probably|really|very|just|also|i think|"
    r"i guess|i d say|i'd say|you need|you need to|you have to|one needs|you must|you should|"
    r"we need|it takes|having|to have|have|being able to|be able to|able to|the ability to|"
    r"ability to|an ability to|the skill of|skill in|skills in|skilled in|skilled at|being good at|"
    r"be good at|you have to be good at|i am good at|i'm good at|good at|being good with|"
    r"knowing how to|know how to|to know how to|how to|lots of|a lot of|plenty of|some|strong|"
    r"excellent|great|solid|basic|good|a good deal of|knowledge of|a knowledge of|experience with|"
    r"experience in|working knowledge of|proficiency in|proficient in|using|use of|a sense of|"
    r"working with|working in|expertise in|being|to be|be|to|the|a|an|my|your|their|some) )+"
)
_AFTER = re.compile(
    r"(?: (?:skills?|abilit(?:y|ies)|expertise|competenc[ey]|proficiency|and so on|and such|etc|"
    r"and stuff|i guess|i think|i suppose|of course|at work|every day|all day|all day long|"
    r"a lot))+$"
)


def _without_frame(said: str) -> str:
    """A phrase without what people put around a skill."""
    bare = _AFTER.sub("", _BEFORE.sub("", said))
    return bare or said


@cache
def words() -> frozenset[str]:
    """Every word of the catalogue and its phrases, plain."""
    return frozenset(word for form in _known() for word in form.removeprefix("~").split())


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """Every form of every name and phrase to the ids it stands for; exact forms win."""
    exact: dict[str, dict[str, None]] = {}
    loose: dict[str, dict[str, None]] = {}
    for those, id in _sayings():
        for phrase in those:
            said = plain(phrase)
            exact.setdefault(said, {})[id] = None
            bare = _without_frame(said)
            if len(bare.split()) > 1:
                loose.setdefault(bare, {})[id] = None
            several = len(bare.split()) > 1
            form = _stems(bare) if several or bare == said else ""
            if form and (" " in form or not several):
                loose.setdefault(form, {})[id] = None
    sure = {form: ids for form, ids in loose.items() if NO_SKILL not in ids or len(ids) == 1}
    return {form: tuple(ids) for form, ids in {**sure, **exact}.items()}


def _sayings() -> Iterator[tuple[tuple[str, ...], str]]:
    for each in skills().values():
        yield (each.name,), each.id
    for id, those in phrases().items():
        yield those, id


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines())
