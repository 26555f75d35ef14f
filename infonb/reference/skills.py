"""From what people say to the skills of the catalogue: `match_skill`.

What is surely meant is looked up: a known name, or a technology that is named. The rest is
guessed, by `infonb.reference.text_match`, and shown for a person to confirm. Phrases worded as
tasks ("Inspect the work of others") also ask a classifier that tells work activities apart.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from infonb.reference import catalogue as names
from infonb.reference import technologies
from infonb.reference.official import store
from infonb.reference.technologies import detailed_activities
from infonb.reference.text_match import (
    Embed,
    Known,
    Matcher,
    Spelling,
    embedding,
    features,
    normalize,
    stem,
)

SURE = 0.6
"""From this score a guess is put forward as confident: about five of six are right then."""

UNSURE_TOOL = 0.7
"""What a guess at a tool counts: what is only like its name is another tool, or a task."""

FAINT = 0.03
"""Below this a guess isn't worth showing."""

NONE = 0.8
"""From this share of the best guess, that it is no skill at all makes it doubtful."""

TASK = 0.6
"""What the classifier adds for an activity where the phrase is worded as a task."""

RIDGE = 0.35
"""How much the classifier is held back."""

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class SkillMatch:
    """A skill that a phrase may mean.

    Attributes
    ----------
    id, name, kind : str
        Of the catalogue (`infonb.reference.catalogue.Skill`); a skill of the user's own has
        the id it has in the journal.
    score : float
        0 to 1; 1 where the phrase is a known name. Scores order, they are no probabilities.
    confident : bool
        Whether one would bet on it. The first match only; false where the phrase may be no skill.
    """

    id: str
    name: str
    kind: str
    score: float
    confident: bool


def match_skill(
    phrase: str, n: int = 5, aliases: Mapping[str, str] | None = None
) -> list[SkillMatch]:
    """Skills that a phrase may mean, best first.

    Parameters
    ----------
    phrase : str
        As somebody said it.
    n : int
        At most so many.
    aliases : mapping of str to str, optional
        Phrases a person has confirmed, with the id they chose: ``journal.skill_aliases()``. They
        come before everything else. An id the catalogue doesn't have is a skill of their own,
        called by the first phrase that has it.

    Returns
    -------
    list of SkillMatch
        Empty where nothing is like it. Guesses are never forced: see ``confident``.

    Examples
    --------
    >>> match_skill("talking to people", n=1)
    [SkillMatch(id='2.A.1.d', name='Speaking', kind='skill', score=1.0, confident=True)]
    >>> [match.confident for match in match_skill("it depends", n=1)]
    []
    """
    said = _EXCEL_AT.sub("", normalize(phrase))
    if n < 1 or not said:
        return []
    own = _Own(aliases or {})
    found = dict.fromkeys([*own.look_up(phrase), *names.look_up(said)], 1.0)
    if not found and names.is_no_skill(said):
        return []
    found = found or dict.fromkeys(technologies.kinds_of(phrase), 1.0)
    named = _technologies_in(phrase)
    found = found or {id: 0.95 for id, whole in named if whole}
    if not found and (spelled := _spelled(said)) != said:
        found = dict.fromkeys(names.look_up(spelled), 0.9)
        said = spelled
    sure = bool(found)
    for near in [near for id in found for near in _beside(id)]:
        found.setdefault(near, 0.6)
    guesses, doubt = _guesses(said, n + len(found))
    if not sure and technologies.is_like_a_product(phrase):
        guesses, doubt = _of_a_product(phrase, guesses), True
    best = max(guesses.values())
    guesses.update({id: max(guesses.get(id, 0.0), 0.9 * best) for id, _ in named})
    for id, score in guesses.items():
        found.setdefault(id, min(score, 0.59) if sure else score)
    ordered = sorted(found.items(), key=lambda item: -item[1])[:n]
    best_is_a_tool = ordered[0][0].startswith("tech:") and ordered[0][0] not in dict(named)
    bet = sure or (ordered[0][1] >= SURE and not doubt and not best_is_a_tool)
    return [
        SkillMatch(id, *own.called(id), round(score, 3), bet and place == 0)
        for place, (id, score) in enumerate(ordered)
        if score >= FAINT
    ]


def same_words(phrase: str) -> names.Skill | None:
    """The skill a phrase is a known name of: looked up, never guessed.

    Examples
    --------
    >>> same_words("Talking to people").name, same_words("keeping bees calm")
    ('Speaking', None)
    """
    found = names.look_up(phrase)
    if not found and not names.is_no_skill(phrase):
        found = [id for id, whole in _technologies_in(phrase) if whole]
    return names.skill(found[0]) if found else None


class _Own:
    """Phrases a person has confirmed, and skills of their own."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._ids = {normalize(phrase): id for phrase, id in aliases.items()}
        self._called: dict[str, str] = {}
        for phrase, id in aliases.items():
            self._called.setdefault(id, phrase)

    def look_up(self, phrase: str) -> list[str]:
        id = self._ids.get(normalize(phrase))
        return [] if id is None else [id]

    def called(self, id: str) -> tuple[str, str]:
        skill = names.skill(id)
        return (skill.name, skill.kind) if skill else (self._called[id], "own")


def _beside(id: str) -> Sequence[str]:
    """What stands beside a skill: the kind of a technology, what is near to infonb's own."""
    skill = names.skill(id)
    if skill is None:
        return ()
    return (skill.group,) if skill.group else skill.near


# technologies -----------------------------------------------------------------------------------

_EVERYDAY = frozenset(
    "word access outlook slides teams project classroom camera cameras ruler level drill drills "
    "hammer tablet mixer drip sketch r go node rails windows swift rust spark sage epic slack zoom "
    "notion illustrator publisher exchange eclipse keynote scratch crane cranes harness bootstrap "
    "flask puppet containers oracle deputy unity maya rhino premiere canvas buffer looker redis "
    "basecamp chisel chisels pliers saws mixer monday com till pos hoist wrench level elastic "
    "wheelchair wheelchairs wheelchair screwdriver dart perl excavator tractor tractors digger "
    "lathe google calc react angular vue jam scope drone drones clickup asana dynamics".split()
)
"""Names that are ordinary words too: they count only where nothing else is said."""


@cache
def _technologies() -> Mapping[str, str]:
    """What a technology is called, plainly, to its id; everyday words left out."""
    found: dict[str, str] = {}
    for each in names.skills().values():
        if each.kind == "technology" and each.group:
            for called in (each.name, *names.phrases().get(each.id, ())):
                said = normalize(called)
                if said not in _EVERYDAY and len(said) > 1:
                    found.setdefault(said, each.id)
    return found


def _technologies_in(phrase: str) -> list[tuple[str, bool]]:
    """Technologies named inside a phrase, each with whether it is what the phrase is about.

    "Microsoft Project" is not what "Microsoft Project Siding" is about: that is another product.

    Examples
    --------
    >>> _technologies_in("Photoshop skills"), _technologies_in("Microsoft Project Siding")
    ([('tech:adobe-photoshop', True)], [('tech:microsoft-project', False)])
    """
    words = _EXCEL_AT.sub("", normalize(phrase)).split()
    known = _technologies()
    found: dict[str, int] = {}
    at = 0
    while at < len(words):
        for length in range(min(4, len(words) - at), 0, -1):
            id = known.get(" ".join(words[at : at + length]))
            if id:
                found[id] = max(found.get(id, 0), length)
                at += length - 1
                break
        at += 1
    telling = sum(word not in names.SMALL and word not in _AROUND for word in words)
    other = sum(found.values()) < telling and technologies.is_like_a_product(phrase)
    return [(id, not other and (2 * length > telling or length * len(found) * 2 > telling))
            for id, length in found.items()]  # fmt: skip


_AROUND = frozenset(
    "using use used working work knowing know good basic advanced skills skill programming "
    "coding software program programs system our writing making building developing daily "
    "level".split()
)


_EXCEL_AT = re.compile(r"\bexcel (?=(?:at|in)\b)")


# slips of the pen -------------------------------------------------------------------------------


def _spelled(said: str) -> str:
    """The phrase with each unknown word of five letters or more put right, if one letter does it.

    Examples
    --------
    >>> _spelled("comunication"), _spelled("nursery"), _spelled("long division on mondays")
    ('communication', 'nursery', 'long division on mondays')
    """
    known = names.words()
    return " ".join(
        word if len(word) < 5 or word in known or stem(word) in known
        else _spelling().slip(word) or word
        for word in said.split()
    )  # fmt: skip


@cache
def _spelling() -> Spelling:
    return Spelling(dict.fromkeys((word for word in names.words() if len(word) >= 5), 1))


# guesses ----------------------------------------------------------------------------------------


def _guesses(phrase: str, n: int) -> tuple[dict[str, float], bool]:
    """The best n skills with their scores, and whether the phrase may be none at all."""
    with _lock:  # what is being learnt is waited for, not learnt twice
        model = _model(store.release(), embedding())
    labels, scores = model.matcher.labels, model.scores(phrase)
    none_at = labels.index(names.NO_SKILL)
    none, scores[none_at] = float(scores[none_at]), -1.0
    scores[bisect_left(labels, "tech:") : bisect_left(labels, "tech;")] *= UNSURE_TOOL
    found = {labels[at]: float(scores[at]) for at in (-scores).argsort(kind="stable")[:n]}
    words = set(normalize(phrase).split())
    doubt = none >= NONE * max(found.values()) or not words.isdisjoint(_NO_SKILL)
    # of tasks worded as in lists, half to three quarters are right, however high they score
    return found, doubt or model.is_task(phrase)


def _of_a_product(phrase: str, guesses: Mapping[str, float]) -> dict[str, float]:
    """What a phrase may mean that is written as a product's name: kinds of software first."""
    shares = technologies.kinds_like(phrase, embedding())
    kinds = {id: 0.3 + share / 2 for id, share in shares.items() if share > 0.01}
    return {id: score / 2 for id, score in guesses.items()} | kinds


_NO_SKILL = frozenset(
    "licence license degree bachelor bachelor's master's phd diploma certificate certification "
    "permit visa insurance salary pay card shoes boss luck weekend vacation coffee lunch don't "
    "credential credentials diplomas licences licenses degrees parking jacket years vaccination "
    "question idea depends sure parents office desk born".split()
)
"""Words that make it doubtful that a skill is named at all."""


def examples() -> Iterator[tuple[str, str]]:
    """Phrases with the skill they name, to learn from: infonb's own, and O*NET's if installed."""
    for each in names.skills().values():
        yield each.name, each.id
    for id, those in names.phrases().items():
        for phrase in those:
            yield phrase, id
    yield from detailed_activities()


_BLOCKS = {"words": 1.0, "ideas": 0.9, "letters": 0.8}


def reduced(phrase: str) -> str:
    """The stems of the words that tell skills apart.

    Examples
    --------
    >>> reduced("fixing the bikes")
    'fix bike'
    """
    said = phrase.split()
    return " ".join([stem(word) for word in said if word not in names.SMALL] or said)


def _ideas_in(phrase: str) -> list[str]:
    ideas = _ideas()
    return [idea for word in reduced(phrase).split() for idea in ideas.get(word, (word,))]


@cache
def _ideas() -> Mapping[str, Sequence[str]]:
    """Stem of a word to the ideas it belongs to: words that mean much the same."""
    text = (files("infonb.reference") / "data" / "skill_words.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(text.splitlines()):
        for word in {stem(word) for word in line.split()}:
            found[word].append(f"={number}")
    return found


@dataclass(frozen=True)
class _Model:
    """What was learnt of skills."""

    matcher: Matcher
    activities: Any
    """Places of the labels that the classifier tells apart."""
    classifier: Any
    """Coefficients of a ridge regression, shape (features, activities)."""
    verbs: frozenset[str]
    """What tasks begin with."""

    def scores(self, phrase: str) -> Any:
        """How well each label fits, shape (labels,)."""
        found = self.matcher.match(phrase)
        if found is None:
            return self.matcher.share[[0]].toarray().ravel() * 0
        if self.is_task(phrase):
            row = self.matcher.row(phrase)
            found.scores[self.activities] += TASK * (row @ self.classifier).ravel()
        return found.scores

    def is_task(self, phrase: str) -> bool:
        """Whether a phrase is worded as lists of tasks are: "Inspect the work of others"."""
        words = phrase.split()
        return len(words) > 2 and words[0] in self.verbs


@lru_cache(maxsize=2)
def _model(place: Path | None, embed: Embed | None) -> _Model:
    """What was learnt of the data in a folder: a new update has a new folder."""
    import numpy as np
    from sklearn.linear_model import Ridge

    known = [Known(phrase, id) for phrase, id in examples()]
    matcher = Matcher.learn(known, normalize, features(_BLOCKS, reduced, _ideas_in, embed))
    activities = [at for at, id in enumerate(matcher.labels) if id.startswith("4.A")]
    share = matcher.share[:, activities].tocsr()
    rows = share.sum(axis=1).nonzero()[0]
    ridge = Ridge(alpha=RIDGE, fit_intercept=False)
    ridge.fit(matcher.rows[rows], share[rows].toarray())
    classifier = np.ascontiguousarray(ridge.coef_.T, dtype=np.float32)
    return _Model(matcher, activities, classifier, _verbs(entry.text for entry in known))


def _verbs(texts: Iterable[str]) -> frozenset[str]:
    """What tasks begin with: their first words, and -ing words in that form."""
    found = set()
    for text in texts:
        word = normalize(text).split(" ")[0]
        if text.endswith("."):
            found.add(word)
        elif word.endswith("ing") and len(word) > 5:
            found |= {stem(word), stem(word) + "e"}
    return frozenset(found)
