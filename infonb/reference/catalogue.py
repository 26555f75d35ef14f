"""The catalogue of skills: what each is called, what people call it, and looking words up in it.

Names of skills, knowledge, work activities and work styles are O*NET's elements; tools, software
and what stands under ``own:`` are infonb's list. The phrases are infonb's too. Looking up needs
nothing but the standard library: `infonb.reference.skills` guesses where nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from infonb.reference.facts import rows
from infonb.reference.text_match import normalize, stem

MINE = "mine:"
"""How the id of a skill of the user's own begins; that of the mention that named it follows."""

NO_SKILL = "none"
"""What phrases are filed under that name no skill ("it depends")."""


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
        for row in rows("skill_names.csv")
    }  # fmt: skip


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """What people call each skill, by id; under `NO_SKILL` what is none.

    Examples
    --------
    >>> "talking to people" in phrases()["2.A.1.d"]
    True
    """
    return {row["id"]: tuple(row["phrases"].split("; ")) for row in rows("skill_phrases.csv")}


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


def forms(phrase: str) -> Iterator[str]:
    """The forms in which a phrase is looked up, from as said to its bare words.

    Examples
    --------
    >>> list(forms("I'm good at planning the weeks"))
    ["i'm good at planning the weeks", 'planning the weeks', '~plan week']
    """
    said = normalize(phrase)
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
            said = normalize(phrase)
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
