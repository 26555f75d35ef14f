"""Which skills a phrase is most like, told from the phrases that are known.

A phrase becomes words, pairs of words, ideas (words that mean much the same, from
`data/skill_words.txt`) and runs of three to five letters; with the extra ``skills`` also a static
embedding of its meaning. Two views are added: the nearest known phrase of each skill, and the
middle of all its phrases. Where a phrase is worded as a task ("Inspect the work of others"), a
classifier of work activities joins them: ridge regression in kernel form, a column an activity.

Learnt when first used, from infonb's own phrases, and from O*NET's list of detailed work
activities where that is installed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np

from infonb.reference.skill_names import SMALL, plain, stem

Embed = Callable[[Sequence[str]], np.ndarray]
"""From texts to unit vectors, shape (n, d)."""

BLOCKS = {"word": 1.0, "idea": 0.9, "letters": 0.8}
"""How much each kind of feature counts; each block of a phrase is scaled to length 1 first."""

EMBEDDING = 2.0
"""How much the embedding counts beside all blocks together."""

RIDGE = 0.35
"""Of the kernel's mean diagonal."""

TASK = 1.2
"""What the classifier adds for an activity where the phrase is worded as a task."""

_TOTAL = sum(BLOCKS.values())


@dataclass(frozen=True)
class Features:
    """What phrases were made of when the model was learnt, and how rare each part is."""

    spaces: Mapping[str, dict[str, int]]
    """Block to feature to column."""
    rarity: list[float]

    @classmethod
    def of(cls, parts: Sequence[Mapping[str, Sequence[str]]]) -> Features:
        """Number all features that occur."""
        spaces: dict[str, dict[str, int]] = {}
        rarity: list[float] = []
        for block in BLOCKS:
            count: dict[str, int] = defaultdict(int)
            for part in parts:
                for feature in set(part[block]):
                    count[feature] += 1
            spaces[block] = {feature: len(rarity) + at for at, feature in enumerate(count)}
            seen = np.fromiter(count.values(), float)
            rarity += (np.log((1 + len(parts)) / (1 + seen)) + 1).tolist()
        return cls(spaces, rarity)

    def matrix(self, parts: Sequence[Mapping[str, Sequence[str]]]) -> Any:
        """Phrases × features, sparse: each block weighted by rarity and scaled."""
        from scipy.sparse import csr_matrix

        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for part in parts:
            for block, share in BLOCKS.items():
                space = self.spaces[block]
                weights: dict[int, float] = {}
                unknown = 0
                for feature in part[block]:
                    at = space.get(feature)
                    if at is None:
                        unknown += 1
                    else:
                        weights[at] = weights.get(at, 0.0) + self.rarity[at]
                length = sum(weight * weight for weight in weights.values()) + unknown
                if length:
                    scale = (share / _TOTAL / length) ** 0.5
                    columns += weights
                    values += [weight * scale for weight in weights.values()]
            ends.append(len(columns))
        shape = (len(parts), len(self.rarity))
        return csr_matrix((np.array(values, dtype=np.float32), columns, ends), shape=shape)


@dataclass(frozen=True)
class Model:
    """What was learnt; ``classes`` (skill ids) is the order of all scores."""

    classes: list[str]
    features: Features
    known: Any
    """Features × known phrases, sparse; a phrase of two skills stands twice, sorted by class."""
    first: np.ndarray
    """Column of ``known`` with which each class begins."""
    middles: Any
    """Features × classes, sparse."""
    activities: np.ndarray
    """Columns of ``classes`` that the classifier tells apart."""
    verbs: frozenset[str]
    embed: Embed | None
    vectors: tuple[np.ndarray, np.ndarray] | None
    """Embeddings: of known phrases, shape (d, n), and middles, shape (classes, d)."""

    def scores(self, phrase: str) -> np.ndarray:
        """How well each class fits, about 0 to 2, shape (classes,)."""
        near, middle = self.views(phrase)
        total = near + middle
        if self.is_task(phrase) and len(self.activities):
            total[self.activities] += TASK * self.activity(phrase)
        return total

    def views(self, phrase: str) -> tuple[np.ndarray, np.ndarray]:
        """How near the nearest phrase and the middle of each class are."""
        row = self.features.matrix([features(phrase)])
        near = (row @ self.known).toarray()[0]
        middle = (row @ self.middles).toarray()[0]
        if self.embed is not None and self.vectors is not None:
            vector = self.embed([phrase])[0]
            known, middles = self.vectors
            share = EMBEDDING / (1 + EMBEDDING)
            near = (1 - share) * near + share * (vector @ known)
            middle = (1 - share) * middle + share * (middles @ vector)
        return np.maximum.reduceat(near, self.first), middle

    def activity(self, phrase: str) -> np.ndarray:
        """The classifier's word on each activity, about 0 to 1."""
        words, meanings = self._classifier
        row = self.features.matrix([features(phrase)])
        found = row.data @ words[row.indices]
        if self.embed is not None and meanings is not None:
            found = found + self.embed([phrase])[0] @ meanings
        return found

    @cached_property
    def _classifier(self) -> tuple[np.ndarray, np.ndarray | None]:
        """Its weights, of features and of embeddings; learnt when first asked for."""
        ends = [*self.first[1:], self.known.shape[1]]
        owner = np.repeat(np.arange(len(self.classes)), np.subtract(ends, self.first))
        rows = np.flatnonzero(np.isin(owner, self.activities))
        wanted = (owner[rows][:, None] == self.activities[None, :]).astype(np.float32)
        vectors = self.vectors[0].T[rows] if self.vectors is not None else None
        known = self.known.T.tocsr()[rows]
        dual = _ridge(known, vectors, wanted)
        words = np.asarray(known.T @ dual, dtype=np.float32)
        return words, None if vectors is None else vectors.T @ dual

    def is_task(self, phrase: str) -> bool:
        """Whether a phrase is worded as lists of tasks are: "Inspect the work of others"."""
        words = plain(phrase).split()
        return len(words) > 2 and words[0] in self.verbs


def learn(
    examples: Iterable[tuple[str, str]],
    is_activity: Callable[[str], bool] = lambda id: id.startswith("4.A"),
    embed: Embed | None = None,
) -> Model:
    """Learn from pairs of phrase and skill id.

    Parameters
    ----------
    examples : iterable of (str, str)
        A phrase may stand with several ids.
    is_activity : callable
        Which ids the classifier tells apart.
    embed : callable, optional
        From texts to unit vectors.

    Examples
    --------
    >>> model = learn([("fixing cars", "fix"), ("mending roofs", "fix"), ("singing songs", "art")])
    >>> model.classes[model.scores("fixing roofs").argmax()]
    'fix'
    """
    pairs = sorted(set(examples), key=lambda pair: (pair[1], pair[0]))
    texts = [text for text, _ in pairs]
    parts = [features(text) for text in texts]
    space = Features.of(parts)
    known = space.matrix(parts)
    classes, first = np.unique([id for _, id in pairs], return_index=True)
    owner = np.searchsorted(classes, [id for _, id in pairs])
    vectors = None if embed is None else np.asarray(embed(texts), dtype=np.float32)
    chosen = np.array([at for at, id in enumerate(classes) if is_activity(id)], dtype=int)
    return Model(
        [str(id) for id in classes], space, known.T.tocsr(), first,
        _middles(known, owner, len(classes)).T.tocsr(),
        chosen, _verbs(texts), embed,
        None if vectors is None else (
            np.ascontiguousarray(vectors.T), _middles(vectors, owner, len(classes)),
        ),
    )  # fmt: skip


def features(phrase: str) -> dict[str, list[str]]:
    """What a phrase is made of, by block.

    Examples
    --------
    >>> features("fixing the bike")["word"]
    ['fix', 'bike', 'fix bike']
    """
    said = plain(phrase).split()
    stems = [stem(word) for word in said if word not in SMALL] or said
    ideas = _ideas()
    return {
        "word": [*stems, *(f"{a} {b}" for a, b in pairwise(stems))],
        "idea": [idea for word in stems for idea in ideas.get(word, (word,))],
        "letters": [run for word in stems for run in _runs(word)],
    }


@cache
def _runs(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(
        padded[start : start + length]
        for length in (3, 4, 5)
        for start in range(max(1, len(padded) - length + 1))
    )


@cache
def _ideas() -> Mapping[str, tuple[str, ...]]:
    """Stem of a word to the ideas it belongs to."""
    text = (files("infonb.reference") / "data" / "skill_words.txt").read_text(encoding="utf-8")
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for number, line in enumerate(text.splitlines()):
        for word in line.split():
            found[stem(word)][f"={number}"] = None
    return {word: tuple(ideas) for word, ideas in found.items()}


def _ridge(known: Any, vectors: np.ndarray | None, wanted: np.ndarray) -> np.ndarray:
    from scipy.linalg import cho_factor, cho_solve

    kernel = np.asarray((known @ known.T).todense(), dtype=np.float32)
    if vectors is not None:
        kernel += vectors @ vectors.T
    kernel[np.diag_indices_from(kernel)] += RIDGE * kernel.diagonal().mean()
    factor = cho_factor(kernel, overwrite_a=True, check_finite=False)
    return cho_solve(factor, wanted, check_finite=False)


def _middles(known: Any, owner: np.ndarray, classes: int) -> Any:
    """The middle of each class, scaled to length 1, shape (classes, features)."""
    from scipy.sparse import csr_matrix, diags

    rows = np.arange(len(owner))
    member = csr_matrix((np.ones(len(owner), np.float32), (owner, rows)), (classes, len(owner)))
    middles = member @ known
    squares = middles.multiply(middles) if hasattr(middles, "multiply") else middles**2
    length = np.sqrt(np.asarray(squares.sum(axis=1)).ravel())
    return diags((1 / np.maximum(length, 1e-9)).astype(np.float32)) @ middles


def _verbs(texts: Iterable[str]) -> frozenset[str]:
    """What tasks begin with: their first words, and -ing words in that form."""
    found = set()
    for text in texts:
        word = plain(text).split(" ")[0]
        if text.endswith("."):
            found.add(word)
        elif word.endswith("ing") and len(word) > 5:
            found |= {stem(word), stem(word) + "e"}
    return frozenset(found)
