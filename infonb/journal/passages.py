"""Marked passages stay on their words when a text is edited, or are known to be unplaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from infonb.errors import InfonbError

AROUND = 32
"""Characters kept of what stands before and behind a passage."""
ALIKE = 0.55
"""How much of a passage's words must still stand there (indel ratio, case aside)."""
_WORD = re.compile(r"\w+|[^\w\s]")
_WINDOW = 20_000
"""Characters of a changed part whose words are compared one by one; in a longer one only the
very words of a passage are looked for."""


def anchored(text: str, start: int, end: int) -> dict[str, Any]:
    """A passage with its words and what stands around them, on whole graphemes.

    Examples
    --------
    >>> anchored("I like the work.", 7, 10)["quote"]
    'the'
    >>> anchored("cafe\u0301 work", 0, 4)["end"]
    5
    """
    start, end = _on_graphemes(text, start, end)
    return {
        "start": start, "end": end, "quote": text[start:end],
        "prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND],
    }  # fmt: skip


def _on_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest range of whole graphemes that holds a range; an empty one stays empty."""
    import regex

    if start >= end:
        return start, end
    first = max(0, start - 1024, text.rfind(" ", 0, start), text.rfind("\n", 0, start) - 1)
    edges = [first, *(first + m.end() for m in regex.finditer(r"\X", text[first : end + 64]))]
    return (
        max((edge for edge in edges if edge <= start), default=start),
        min((edge for edge in edges if edge >= end), default=end),
    )


class Edit:
    """One change of a text, compared once for all the passages in it.

    Parameters
    ----------
    before, after : str
        The text as it was and as it is.

    Examples
    --------
    >>> edit = Edit("I like my work.", "Yes, I do like my work.")
    >>> edit.place({"start": 2, "end": 6, "quote": "like", "prefix": "I ", "suffix": " my work."})
    (10, 14)
    >>> edit = Edit("I like my work.", "Never mind.")
    >>> edit.place({"start": 2, "end": 14, "quote": "like my work", "prefix": "", "suffix": ""})
    """

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = before, after
        shortest = min(len(before), len(after))
        self._head = _common(before, after, shortest)
        self._tail = _common(before[::-1], after[::-1], shortest - self._head)
        self._kept: list[tuple[int, int, int, int]] | None = None

    def place(self, passage: Mapping[str, Any]) -> tuple[int, int] | None:
        """Where a passage stands now; None when its words aren't there any more.

        Parameters
        ----------
        passage : mapping
            start, end (both None when it was unplaced), quote, prefix, suffix.
        """
        place = self._place(passage)
        return None if place is None else _on_graphemes(self.after, *place)

    def _place(self, passage: Mapping[str, Any]) -> tuple[int, int] | None:
        start, end, quote = passage["start"], passage["end"], passage["quote"]
        if start is not None and end is not None:
            if start == end:
                at = self._moved(start)
                return at, at
            quote = quote or self.before[start:end]
            if end <= self._head:
                return start, end
            if self._is_behind(start):
                by = len(self.after) - len(self.before)
                return start + by, end + by
        if not quote:
            return None
        from rapidfuzz.distance import Indel

        wanted, best, place = quote.casefold(), 0.0, None
        few = len(_WORD.findall(quote)) < 2 and len(quote) < 6
        for first, last in self._candidates(passage, quote):
            if last - first > 3 * len(quote):
                continue  # too long to be alike, and long to compare
            ratio = Indel.normalized_similarity(wanted, self.after[first:last].casefold())
            if few and not self._beside(passage, first, last):
                continue  # a short word may be any other of its kind
            if ratio > best:
                best, place = ratio, (first, last)
        return place if best >= ALIKE and place is not None else None

    def leaves(self, passage: Mapping[str, Any]) -> bool:
        """Whether a passage stands wholly before or behind what was changed."""
        start, end = passage["start"], passage["end"]
        return start is not None and (end <= self._head or self._is_behind(start))

    def _is_behind(self, position: int) -> bool:
        return position >= len(self.before) - self._tail

    def _candidates(self, passage: Mapping[str, Any], quote: str) -> Iterator[tuple[int, int]]:
        again = list(_all(quote, self.after))
        if again:
            near = self._moved(passage["start"]) if passage["start"] is not None else None
            at = max(again, key=lambda at: self._context(passage, quote, at, near))
            yield at, at + len(quote)
        if passage["start"] is None:
            return
        start, end = passage["start"], passage["end"]
        moved = self._moved(start), self._moved(end)
        yield moved
        kept = [
            (a + max(start - b, 0), a + min(end, b + n) - b)
            for b, _, a, n in self._blocks()
            if b < end and b + n > start
        ]
        if kept:
            yield kept[0][0], kept[-1][1]
        left = [a + n for b, _, a, n in self._blocks() if b + n <= start]
        right = [a for b, _, a, _n in self._blocks() if b >= end]
        first = max([self._head, *left]) if left else min(self._head, moved[0])
        last = min(right) if right else max(len(self.after) - self._tail, moved[1])
        between = self.after[first:last]
        first += len(between) - len(between.lstrip())
        last -= len(between) - len(between.rstrip())
        if first < last:
            yield first, last

    def _context(
        self, passage: Mapping[str, Any], quote: str, at: int, near: int | None
    ) -> tuple[bool, int, int]:
        end = at + len(quote)
        whole = not (
            (self.after[at - 1 : at].isalnum() and quote[:1].isalnum())
            or (self.after[end : end + 1].isalnum() and quote[-1:].isalnum())
        )
        prefix, suffix = passage["prefix"], passage["suffix"]
        before, behind = self.after[max(0, at - AROUND) : at], self.after[end : end + AROUND]
        alike = _common(prefix[::-1], before[::-1], AROUND) + _common(suffix, behind, AROUND)
        return whole, alike, -abs(at - near) if near is not None else 0

    def _beside(self, passage: Mapping[str, Any], first: int, last: int) -> bool:
        """Whether what stood beside a passage on either side stands there."""
        before, behind = self.after[max(0, first - 8) : first], self.after[last : last + 8]
        return _folded(before) == _folded(passage["prefix"][-8:]) or (
            _folded(behind) == _folded(passage["suffix"][:8])
        )

    def _moved(self, position: int) -> int:
        if position <= self._head:
            return position
        if self._is_behind(position):
            return position + len(self.after) - len(self.before)
        return min(position, len(self.after) - self._tail)

    def _blocks(self) -> list[tuple[int, int, int, int]]:
        """Words that stand in both texts: start before, its end, start after, its length."""
        if self._kept is None:
            from rapidfuzz.distance import Indel

            self._kept = []
            if max(len(self.before), len(self.after)) - self._head - self._tail <= _WINDOW:
                old = self._words(self.before)
                new = self._words(self.after)
                pairs = Indel.opcodes([w for _, w in old], [w for _, w in new])
                for op in pairs:
                    if op.tag == "equal":
                        for i, j in zip(
                            range(op.src_start, op.src_end),
                            range(op.dest_start, op.dest_end),
                            strict=True,
                        ):
                            at, word = old[i]
                            self._kept.append((at, at + len(word), new[j][0], len(word)))
        return self._kept

    def _words(self, text: str) -> list[tuple[int, str]]:
        """The words of the changed part, from whole words on."""
        first = max(0, self._head - 80)
        last = min(len(text), len(text) - self._tail + 80)
        while first > 0 and text[first - 1].isalnum():
            first -= 1
        return [(m.start(), m[0].casefold() if len(m[0].casefold()) == len(m[0]) else m[0])
                for m in _WORD.finditer(text, first, last)]  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _all(words: str, text: str) -> Iterator[int]:
    """Where some words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _common(one: str, other: str, most: int) -> int:
    """How many characters two texts begin alike."""
    most = min(most, len(one), len(other))
    low = 0
    while low < most:  # halves first: texts are long and edits short
        step = 1 << max((most - low).bit_length() - 1, 0)
        while step and one[low : low + step] != other[low : low + step]:
            step >>= 1
        if not step:
            break
        low += step
    return min(low, most)


def passage_in(text: str, start: int | None, end: int | None) -> dict[str, Any]:
    """A passage of a text with its words; without a start and an end it is unplaced.

    Raises
    ------
    InfonbError
        When it doesn't lie in the text.
    """
    if start is None and end is None:
        return {"start": None, "end": None, "quote": "", "prefix": "", "suffix": ""}
    first, last = start or 0, len(text) if end is None else end
    refuse_outside(first, last, text)
    return anchored(text, first, last)


def refuse_outside(start: int, end: int, text: str) -> None:
    """Refuse a passage that doesn't lie in an answer's text."""
    if not start <= end <= len(text):
        raise InfonbError(f"Characters {start} to {end} don't lie in this answer of {len(text)}.")
