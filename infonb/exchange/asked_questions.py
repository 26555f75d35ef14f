"""Who asks in a conversation, and which questions of the agenda: proposed, never decided."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infonb import method
from infonb.exchange.asked_wordings import LANGUAGES, REQUESTS, WORDINGS
from infonb.exchange.csv_wide import WAYS, matches
from infonb.exchange.turns import Turn

ANOTHER, NO_QUESTION = "another question", "not a question"
PROPOSED = 3
"""Questions that are proposed for a turn; the right one is among them in about four of five."""

_MOST = 2_000
"""Turns that ask, at most: more are looked at no further."""
_SENTENCES = re.compile(
    r"(?<=[.?!…])\s+|,?\s+(?:and|und|y|et)\s+(?=what|how|which|why|where|do|was|wie|welche|warum|"
    r"qué|cómo|cuál|que|comment|quel|pourquoi)"
)

_MARK = re.compile("[?？؟¿]")
_FILLER = re.compile(
    r"^(?:[\s,¿¡–-]|(?:so|and|well|okay|ok|now|then|great|thanks|thank you|please|also|und|gut|"
    r"dann|bitte|bueno|pues|y|entonces|alors|et|donc)\b)+"
)


@dataclass(frozen=True)
class AskedTurn:
    """A turn that asks something.

    Attributes
    ----------
    number : int
        Which of all turns it is, from 1.
    text : str
    proposals : tuple of str
        Keys of questions that it may ask, the likeliest first.
    """

    number: int
    text: str
    proposals: tuple[str, ...]

    @property
    def name(self) -> str:
        """What ``answers`` calls it."""
        return f"turn {self.number}"


def asks(text: str) -> bool:
    """Whether a turn asks something: with a question mark, or as one asks without.

    Examples
    --------
    >>> asks("Walk me through yesterday."), asks("I see."), asks("¿Y por qué?")
    (True, False, True)
    """
    sentences = (_FILLER.sub("", part.casefold()) for part in re.split(r"(?<=[.?!…])\s+", text))
    return _MARK.search(text) is not None or any(part.startswith(REQUESTS) for part in sentences)


def who_asks(turns: Sequence[Turn], interviewees: Sequence[str] = ()) -> list[str]:
    """The speakers, the one first who most likely asks.

    Parameters
    ----------
    turns : sequence of Turn
    interviewees : sequence of str
        Names of people who are asked: they come last.

    Examples
    --------
    >>> who_asks([Turn("Zoë", "Well."), Turn("Sam", "Why?"), Turn("Zoë", "It pays.")])
    ['Sam', 'Zoë']
    """
    said: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.speaker is not None:
            said.setdefault(turn.speaker, []).append(turn)
    asked = {_folded(name) for name in interviewees}
    share = {
        name: sum(_MARK.search(turn.text) is not None for turn in own) / len(own)
        for name, own in said.items()
    }
    return sorted(said, key=lambda name: (_folded(name) in asked, -share[name]))


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def asked_turns(
    turns: Sequence[Turn], asking: str | None, own: Mapping[str, str] | None = None
) -> list[AskedTurn]:
    """The turns that ask something, each with three questions that it may be.

    Parameters
    ----------
    turns : sequence of Turn
    asking : str or None
        The speaker who asks; None where nobody is named.
    own : mapping of str to str, optional
        Questions of one's own: key to prompt.

    Examples
    --------
    >>> talk = [Turn("Sam", "What do you like most about your job?"), Turn("Zoë", "The quiet.")]
    >>> asked_turns(talk, "Sam")[0].proposals[0]
    'enjoy_most'
    """
    found = [
        (number, turn.text)
        for number, turn in enumerate(turns, 1)
        if turn.speaker == asking and asks(turn.text)
    ][:_MOST]
    proposed = _proposals([text for _, text in found], own or {})
    return [
        AskedTurn(number, text, keys) for (number, text), keys in zip(found, proposed, strict=True)
    ]


def language_unknown(asked: Sequence[AskedTurn]) -> str | None:
    """The language of what is asked, where none of its wordings are known here."""
    text = " ".join(turn.text for turn in asked)[:4000]
    if len(text.split()) < 12:
        return None
    from infonb.reference.languages import language_of

    language = language_of(text)
    return language if language not in (None, *LANGUAGES) else None


def _proposals(texts: list[str], own: Mapping[str, str]) -> list[tuple[str, ...]]:
    import numpy as np
    from rapidfuzz import fuzz, process

    keys, ways = _known()
    keys = (*keys, *own)
    ways = (*ways, *(_plain(prompt) for prompt in own.values()))
    columns = {key: [n for n, k in enumerate(keys) if k == key] for key in dict.fromkeys(keys)}
    parts: list[str] = []
    of: list[int] = []
    for place, text in enumerate(texts):
        for part in _SENTENCES.split(text):
            if part and len(part.split()) > 1 and (asks(part) or part == text):
                parts.append(part)
                of.append(place)
    if not parts:
        return [() for _ in texts]
    alike: Any = process.cdist(
        [_plain(part) for part in parts], ways, scorer=fuzz.token_set_ratio, dtype=np.float32
    ) / 100  # fmt: skip
    meaning = _meaning(tuple(parts), ways)
    if meaning is not None:
        alike = 0.5 * alike + 0.5 * meaning
    best = np.stack([alike[:, places].max(axis=1) for places in columns.values()], axis=1)
    names = list(columns)
    where = {name: n for n, name in enumerate(names)}
    for row, part in enumerate(parts):
        for key, likeness in matches(part, own):
            if key in where:
                best[row, where[key]] += 0.4 * likeness
    found = []
    rows_of: dict[int, list[int]] = {}
    for row, place in enumerate(of):
        rows_of.setdefault(place, []).append(row)
    for place in range(len(texts)):
        rows = rows_of.get(place)
        if not rows:
            found.append(())
            continue
        ranked = np.argsort(-best[rows].max(axis=0), kind="stable")[:PROPOSED]
        found.append(tuple(names[n] for n in ranked))
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@functools.cache
def _known() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Question keys, each as often as there are wordings of it, and these."""
    pairs = [
        (key, _plain(way))
        for key, question in method.QUESTIONS.items()
        for way in (question.prompt, *WAYS.get(key, ()),
                    *(way for words in WORDINGS.values() for way in words.get(key, ())))
    ]  # fmt: skip
    return tuple(key for key, _ in pairs), tuple(way for _, way in pairs)


def _meaning(parts: tuple[str, ...], ways: tuple[str, ...]) -> Any:
    """How alike texts are in what they mean; None without the extra ``skills``."""
    from infonb.reference.text_match import embedding

    embed = embedding()
    return None if embed is None else embed(parts) @ embed(ways).T
