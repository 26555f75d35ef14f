"""Which question a column's header asks: by its words, and only where they leave no doubt."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Mapping

from infonb import method

_WAYS: Mapping[str, tuple[str, ...]] = {
    "path_in": (
        "how did you get into this field", "how did you get started in this career",
        "how did you get your job", "what path led you to this position",
        "how did you come to choose this occupation", "tell me about your career path",
    ),
    "preparation": (
        "what education or training is required", "what degree or qualifications do you need",
        "how did you prepare for this work", "what did you study", "what credentials are needed",
    ),
    "enjoy_most": (
        "what do you like most about your job", "what do you like best",
        "what is the most rewarding part", "what are the best parts of the work",
        "what do you love about it", "what is your favorite part", "likes",
    ),
    "enjoy_least": (
        "what do you like least about your job", "what do you dislike",
        "what are the worst parts", "what is the least enjoyable part", "dislikes",
    ),
    "top_skills": (
        "what skills are most important", "what are the top three skills",
        "which skills do you use", "what abilities and skills are needed",
    ),
    "typical_day": (
        "what is a typical day like", "describe a typical day at work",
        "what does your average week look like", "how do you spend your time day to day",
        "what are your daily duties",
    ),
    "motivation": (
        "what motivates you", "what drives you", "why do you do this work",
        "what keeps you motivated",
    ),
    "difficulties": (
        "what are the biggest challenges", "what is the hardest part",
        "what problems do you face", "what is difficult about the work", "what is stressful",
    ),
    "advancement": (
        "what are the opportunities for advancement", "is there room for promotion",
        "how far can you be promoted",
    ),
    "progression": (
        "what is the usual career progression", "what does the career ladder look like",
        "what steps come after this position",
    ),
    "stay_competitive": (
        "how do you stay current in the field", "how do you keep your skills up to date",
        "what do you need to know to stay competitive", "what continuing education is needed",
    ),
    "outlook": (
        "what is the job outlook", "what is the future of this occupation",
        "how is the field changing", "is the demand growing", "what trends do you see",
    ),
    "home_life": (
        "how is your work life balance", "how does the job affect your family",
        "how does your work affect your personal life", "what about life at home and leisure",
    ),
    "entry_level": (
        "what are entry level positions", "what is an entry level job title",
        "what jobs do beginners start in", "how would a newcomer start",
    ),
    "learn_more": (
        "where can I learn more", "how can I find out more about this career",
        "what should I read", "what resources and associations do you recommend",
    ),
    "strengths_fit": (
        "how would my strengths fit", "would someone with my background fit",
        "do you think I would be suited to this work", "how do my skills match",
    ),
    "ask_next": (
        "who else should I talk to", "can you refer me to other people to interview",
        "whom else would you recommend I speak with",
    ),
    "notes": ("notes", "other notes", "comments", "anything else", "additional comments"),
}  # fmt: skip
"""Question key -> other ways in which people ask it."""

_STOP = frozenset(
    "a about an and are as at be by can could did do does doing for from had has have how i if in "
    "is it its me my of on one or our please should so some someone tell than that the there they "
    "this these to us was we were what when where which who will with would you your s job work "
    "field career occupation think describe people person usual usually like".split()
)
_FOLDED = {
    "favourite": "favorite", "rewarding": "best", "favorite": "best", "love": "best",
    "enjoy": "enjoy", "enjoyable": "enjoy", "enjoyed": "enjoy", "challenge": "hard",
    "challenges": "hard", "challenging": "hard", "difficult": "hard", "difficulties": "hard",
    "hardest": "hard", "training": "train", "trained": "train", "skills": "skill",
    "typical": "typical", "average": "typical", "daily": "day", "promoted": "promote",
    "promotion": "promote", "advancement": "advance", "opportunities": "chance",
    "opportunity": "chance", "chances": "chance", "motivates": "motivate", "drives": "motivate",
    "motivated": "motivate", "motivation": "motivate", "degree": "education",
    "qualifications": "education", "qualification": "education", "credentials": "education",
    "strengths": "strength", "home": "home", "family": "home", "personal": "home",
    "balance": "home", "future": "outlook", "trends": "outlook", "competitive": "keep",
    "current": "keep", "liked": "best", "likes": "best", "dislikes": "least", "dislike": "least",
    "worst": "least", "least": "least", "most": "most", "notes": "note", "comments": "note",
}  # fmt: skip

SURE, CLEAR = 0.55, 0.15
"""How alike a header must be to its question, and how much more than to the next."""


def matches(header: str, own: Mapping[str, str] | None = None) -> list[tuple[str, float]]:
    """Questions that a header may ask, the likeliest first, with a likeness from 0 to 1.

    Parameters
    ----------
    header : str
        A column's header.
    own : mapping of str to str, optional
        Questions of one's own: key to prompt.

    Examples
    --------
    >>> matches("What do you like most about your job?")[0][0]
    'enjoy_most'
    """
    own = own or {}
    clean = header.strip()
    if clean in method.QUESTIONS or clean in own or clean in _WAYS:
        return [(clean, 1.0)]
    said = _words(clean)
    if not said:
        return []
    found: dict[str, float] = {}
    for key, ways in _asked().items():
        found[key] = max(_alike(said, way) for way in ways)
    for key, prompt in own.items():
        found[key] = 1.0 if _plain(prompt) == _plain(clean) else _alike(said, _words(prompt))
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [(key, likeness) for key, likeness in ranked if likeness > 0.2][:3]


def sure(found: list[tuple[str, float]]) -> str | None:
    """The question that is meant, where there is no doubt.

    Examples
    --------
    >>> sure(matches("Describe a typical day at work")), sure(matches("What do you enjoy?"))
    ('typical_day', None)
    """
    if not found or found[0][1] < SURE:
        return None
    if len(found) > 1 and found[0][1] - found[1][1] < CLEAR:
        return None
    return found[0][0]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    kept = [_FOLDED.get(word) or word for word in words if word not in _STOP]
    if re.search(r"\blike (?:the )?(?:most|best|about)|you (?:most )?like\b", text.casefold()):
        kept.append("best")
    if "least" in kept:
        kept = [word for word in kept if word not in ("best", "enjoy", "most")]
    elif "best" in kept or {"enjoy", "most"} <= {*kept}:
        kept = ["best" if word in ("enjoy", "most") else word for word in kept]
    return frozenset(kept)


@functools.cache
def _asked() -> dict[str, tuple[frozenset[str], ...]]:
    every = {**method.QUESTIONS, "notes": method.NOTES, "ask_next": method.ASK_NEXT}
    return {
        key: tuple(
            filter(None, map(_words, (question.prompt, question.short, *_WAYS.get(key, ()))))
        )
        for key, question in every.items()
    }


@functools.cache
def _weights() -> dict[str, float]:
    """How much a word tells: those that several questions use tell less."""
    used: dict[str, int] = {}
    for ways in _asked().values():
        for word in frozenset().union(*ways):
            used[word] = used.get(word, 0) + 1
    return {word: 1 / math.sqrt(times) for word, times in used.items()}


def _alike(said: Iterable[str], way: frozenset[str]) -> float:
    said = frozenset(said)
    weights = _weights()

    def heavy(words: frozenset[str]) -> float:
        return sum(weights.get(word, 0.5) for word in words)

    both = heavy(said & way)
    return 0.0 if not both else 2 * both / (heavy(said) + heavy(way))
