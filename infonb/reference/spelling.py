"""Slips of the keyboard: a word nobody knows is taken for the known one that is nearest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise


class Spelling:
    """Known words, and how to get from a mistyped one to them.

    Every known word is found by what is left of it when one letter is dropped, so that looking a
    word up takes a few dictionary look-ups instead of a comparison with all words.

    Parameters
    ----------
    counts : mapping of str to int
        How often each known word occurs; of two equally near words the more frequent is taken.
    pairs : collection of str
        Words that are known to stand side by side, such as "data base".

    Examples
    --------
    >>> spelling = Spelling({"nurse": 9, "registered": 5, "software": 4, "engineer": 7})
    >>> spelling.corrected(["regsitered", "nurse"])
    ['registered', 'nurse']
    >>> spelling.corrected(["softwareenginer"])
    ['software', 'engineer']
    >>> spelling.corrected(["zzzz"])
    ['zzzz']
    """

    def __init__(self, counts: Mapping[str, int], pairs: Collection[str] = ()) -> None:
        self._counts = dict(counts)
        self._pairs = frozenset(pairs)
        self._by_rest: dict[str, list[str]] = {}
        self._by_ends: dict[str, list[str]] = {}
        for word in self._counts:
            if len(word) >= 4:
                self._by_ends.setdefault(_ends(word), []).append(word)
                for rest in {word, *_shorter(word)}:
                    self._by_rest.setdefault(rest, []).append(word)

    def corrected(self, words: list[str]) -> list[str]:
        """The words with each unknown one replaced, joined or split where that makes it known."""
        return [known for word in self._joined(words) for known in self._known(word)]

    def slip(self, word: str) -> str | None:
        """The known word that one slip makes of it; None where there is none, or several.

        For texts in which a word that isn't known is more often a rare word than a slip.

        Examples
        --------
        >>> spelling = Spelling({"planning": 1, "planting": 1, "patience": 1})
        >>> spelling.slip("pateince"), spelling.slip("planing"), spelling.slip("plonk")
        ('patience', None, None)
        """
        near = {known for known in self._one_off(word) if distance(word, known) == 1}
        return near.pop() if len(near) == 1 else None

    def _joined(self, words: list[str]) -> list[str]:
        """Words with a needless space between them made one: "micro biologist"."""
        for place, (left, right) in enumerate(pairwise(words)):
            if left + right in self._counts and f"{left} {right}" not in self._pairs:
                return [*words[:place], left + right, *self._joined(words[place + 2 :])]
        return words

    def _known(self, word: str) -> list[str]:
        if word in self._counts or len(word) < 4 or not word.isalpha():
            return [word]
        near = self._nearest(word, self._one_off(word), 1)
        if near is None and len(word) >= 6:
            parts = self._parted(word, near=False)
            if parts:
                return parts
            near = self._nearest(word, self._two_off(word), 2)
            if near is None:
                return self._parted(word, near=True) or [word]
        return [near or word]

    def _one_off(self, word: str) -> set[str]:
        return {known for rest in {word, *_shorter(word)} for known in self._by_rest.get(rest, ())}

    def _two_off(self, word: str) -> set[str]:
        """Words two slips away, as far as looking them up is quick: their ends are right."""
        twice = {rest for once in _shorter(word) for rest in _shorter(once)}
        near = {known for rest in twice for known in self._by_rest.get(rest, ())}
        return near | set(self._by_ends.get(_ends(word), ()))

    def _nearest(self, word: str, among: Iterable[str], most: int) -> str | None:
        near = [
            known
            for known in among
            if abs(len(known) - len(word)) <= most and distance(word, known) <= most
        ]
        # people seldom get the first letter wrong, and leave letters out more often than they
        # take another one: "lawer" is a lawyer, not a layer
        return max(
            near,
            key=lambda known: (
                -distance(word, known), known[0] == word[0],
                len(known) > len(word) or sorted(known) == sorted(word), self._counts[known], known,
            ),
            default=None,
        )  # fmt: skip

    def _parted(self, word: str, near: bool) -> list[str] | None:
        """The word as two known ones that were written together, the most frequent such two."""
        best: tuple[int, list[str]] | None = None
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            end: str | None = right if right in self._counts else None
            if near and end is None and len(left) > 3 and len(right) > 4:
                end = self._nearest(right, self._one_off(right), 1)
            if left in self._counts and end is not None and len(end) > 3:
                score = min(self._counts[left], self._counts[end])
                if best is None or score > best[0]:
                    best = (score, [left, end])
        return best[1] if best else None


def distance(one: str, other: str) -> int:
    """How many letters to drop, add, change or swap with their neighbour to get to the other.

    Restricted Damerau–Levenshtein distance.

    Examples
    --------
    >>> distance("nruse", "nurse"), distance("techer", "teacher")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]


def _shorter(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _ends(word: str) -> str:
    return f"{word[:2]}…{word[-2:]}"
