"""A long text in parts that a page can hold: a part per line, no part too long to type in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 2_000
"""Characters of one part; a key pressed in a field of 100,000 words takes a fifth of a second."""
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)]*\s+(?=\w)")
_SPACE = re.compile(r"\s+(?=\w)")


@dataclass(frozen=True)
class Part:
    """A part of a text: where it begins, in code points, its letters, and who begins to speak."""

    start: int
    text: str
    speaker: str = ""


def text_parts(
    text: str, turns: Sequence[Mapping[str, Any]] = (), whole: bool = False
) -> list[Part]:
    """The parts of a text in order; between them are only blank lines and line ends.

    Parameters
    ----------
    turns : sequence of mapping
        Who said what, as a transcript has it.
    whole : bool
        Whether a short text of several lines is one part, as an answer is.

    Examples
    --------
    >>> [part.text for part in text_parts("Why?\\r\\n\\r\\nThe people.")]
    ['Why?', 'The people.']
    >>> text_parts("Why?\\n\\nPeople.", [{"speaker": "Me", "text": "Why?"}])[0].speaker
    'Me'
    """
    if whole and len(text) <= LONGEST:
        return [Part(0, text)]
    begins = dict(_speakers(text, turns))
    parts, speaker = [], ""
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        for start, end in _cut(text, line.start(), line.end()):
            words = text[start:end].removesuffix("\r")
            while begins and next(iter(begins)) < end:
                speaker = begins.pop(next(iter(begins)))
            parts.append(Part(start, words, speaker))
            speaker = ""
    return parts


def _speakers(text: str, turns: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Where each turn begins, as far as its words still stand in the text."""
    at = 0
    for turn in turns:
        words = str(turn.get("text") or "")
        found = text.find(words, at) if words.strip() else -1
        if found >= 0:
            yield found, str(turn.get("speaker") or "")
            at = found + len(words)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line cut behind sentences, else behind words, where it is too long."""
    while end - start > LONGEST:
        half, limit = start + LONGEST // 2, start + LONGEST
        ends = [m.end() for m in _SENTENCE.finditer(text, half, limit)]
        ends = ends or [m.end() for m in _SPACE.finditer(text, half, limit)]
        at = ends[-1] if ends else _grapheme_end(text, limit)
        yield start, at
        start = at
    if start < end:
        yield start, end


def _grapheme_end(text: str, at: int) -> int:
    """The end of a grapheme near a place."""
    import regex

    for match in regex.finditer(r"\X", text[at - 200 : at + 200]):
        if match.end() >= 200:
            return at - 200 + match.end()
    return min(at, len(text))
