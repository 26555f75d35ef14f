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
from itertools import chain, pairwise, repeat
from typing import Any

import numpy as np

from infonb.reference.catalogue import SMALL, plain, stem

Embed = Callable[[Sequence[str]], np.ndarray]
"""From texts to unit vectors, shape (n, d)."""

BLOCKS = {"word": 1.0, "idea": 0.9, "letters": 0.8}
"""How much each kind of feature counts; each block of a phrase is scaled to length 1 first."""

EMBEDDING = 1.0
"""How much the embedding counts beside all blocks together."""

VOTE, VOTE_OF_MEANING = 3.0, 4.0
"""To which power likeness counts as a vote, without and with the embedding, which finds all things
a little like one another."""

RIDGE = 0.35
"""Of the kernel's mean diagonal."""

TASK = 1.2
"""What the classifier adds for an activity where the phrase is worded as a task."""

_TOTAL = sum(BLOCKS.values())


@dataclass(frozen=True)
class Rows:
    """Phrases as rows of weighted features: row, column and weight of each entry, by row."""

    row: np.ndarray
    column: np.ndarray
    weight: np.ndarray

    def middles(self, owner: np.ndarray, classes: int) -> Rows:
        """The middle of the rows of each class, scaled to length 1."""
        cells, at = np.unique(
            owner[self.row] * (self.column.max() + 1) + self.column, return_inverse=True
        )
        weight = np.bincount(at, self.weight)
        row, column = np.divmod(cells, self.column.max() + 1)
        length = np.sqrt(np.bincount(row, weight**2, minlength=classes))
        return Rows(row, column, (weight / np.maximum(length[row], 1e-9)).astype(np.float32))

    def of(self, wanted: np.ndarray, width: int) -> Any:
        """Some of the rows as a sparse matrix, in the order wanted."""
        from scipy.sparse import csr_matrix

        place = np.full(self.row.max() + 1, -1)
        place[wanted] = np.arange(len(wanted))
        kept = place[self.row] >= 0
        cells = (self.weight[kept], (place[self.row[kept]], self.column[kept]))
        return csr_matrix(cells, shape=(len(wanted), width))


@dataclass(frozen=True)
class Features:
    """What phrases were made of when the model was learnt, and how rare each part is."""

    columns: Mapping[str, dict[str, int]]
    """Block to feature to column."""
    rarity: np.ndarray
    block: np.ndarray
    """Place of each column's block in `BLOCKS`."""

    @classmethod
    def learnt(cls, parts: Sequence[Mapping[str, Sequence[str]]]) -> tuple[Features, Rows]:
        """Number all features that occur; and the phrases as rows of them."""
        columns: dict[str, dict[str, int]] = {}
        width = 0
        for name in BLOCKS:
            found = dict.fromkeys(chain.from_iterable(part[name] for part in parts))
            columns[name] = dict(zip(found, range(width, width + len(found)), strict=True))
            width += len(found)
        block = np.repeat(np.arange(len(BLOCKS)), [len(columns[name]) for name in BLOCKS])
        counted = _counted(columns, parts, width)
        seen = np.bincount(counted[1], minlength=width)
        features = cls(columns, np.log((1 + len(parts)) / (1 + seen)) + 1, block)
        return features, features._weighed(*counted)

    def rows(self, parts: Sequence[Mapping[str, Sequence[str]]]) -> Rows:
        """Phrases as rows: each block weighted by rarity and scaled."""
        return self._weighed(*_counted(self.columns, parts, len(self.rarity)))

    def _weighed(
        self, row: np.ndarray, column: np.ndarray, count: np.ndarray, unknown: np.ndarray
    ) -> Rows:
        weight = count * self.rarity[column]
        block = self.block[column]
        part = row * len(BLOCKS) + block
        length = np.bincount(part, weight**2, minlength=len(unknown)) + unknown
        share = np.array(list(BLOCKS.values()))[block] / _TOTAL
        return Rows(row, column, (weight * np.sqrt(share / length[part])).astype(np.float32))


def _counted(
    columns: Mapping[str, dict[str, int]], parts: Sequence[Mapping[str, Sequence[str]]], width: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and count of each feature known; and of others how many, by row and block."""
    found, rows = [], []
    unknown = np.zeros((len(parts), len(columns)), int)
    for place, (name, known) in enumerate(columns.items()):
        lengths = np.array([len(part[name]) for part in parts])
        said = chain.from_iterable(part[name] for part in parts)
        column = np.fromiter(map(known.get, said, repeat(-1)), int, lengths.sum())
        row = np.repeat(np.arange(len(parts)), lengths)
        unknown[:, place] = np.bincount(row[column < 0], minlength=len(parts))
        found.append(column[column >= 0])
        rows.append(row[column >= 0])
    cells, count = np.unique(
        np.concatenate(rows) * width + np.concatenate(found), return_counts=True
    )
    return *np.divmod(cells, width), count, unknown.ravel()


@dataclass(frozen=True)
class Model:
    """What was learnt; ``classes`` (skill ids) is the order of all scores."""

    classes: list[str]
    features: Features
    known: Rows
    """Known phrases, then the middle of each class; a phrase of two skills stands twice, sorted
    by class."""
    first: np.ndarray
    """Row of ``known`` with which each class begins, shape (classes,)."""
    activities: np.ndarray
    """Places of the ``classes`` that the classifier tells apart."""
    verbs: frozenset[str]
    embed: Embed | None
    vectors: np.ndarray | None
    """Embeddings of the rows of ``known``, shape (rows, d)."""

    def scores(self, phrase: str) -> np.ndarray:
        """How well each class fits, about 0 to 2, shape (classes,)."""
        near, middle = self._likeness(phrase)
        total = np.maximum.reduceat(near, self.first) + middle
        if self.is_task(phrase) and len(self.activities):
            total[self.activities] += TASK * self.activity(phrase)
        return total

    def votes(self, phrase: str) -> np.ndarray:
        """Share of each class when all known phrases vote, 0 to 1, shape (classes,).

        Says more than the nearest phrase where the classes are few and their names many.
        """
        near, _ = self._likeness(phrase)
        power = VOTE if self.embed is None else VOTE_OF_MEANING
        votes = np.add.reduceat(np.maximum(near, 0) ** power, self.first)
        return votes / max(votes.sum(), 1e-9)

    def _likeness(self, phrase: str) -> tuple[np.ndarray, np.ndarray]:
        """How like each known phrase and the middle of each class are, about 0 to 1."""
        said = self.features.rows([features(phrase)])
        row, weight, starts = self._postings
        spans = [slice(starts[at], starts[at + 1]) for at in said.column]
        likeness = np.zeros(self._rows)
        if spans:
            shares = np.repeat(said.weight, starts[said.column + 1] - starts[said.column])
            shares *= np.concatenate([weight[span] for span in spans])
            likeness = np.bincount(
                np.concatenate([row[span] for span in spans]), shares, minlength=self._rows
            )
        if self.embed is not None and self.vectors is not None:
            # not "@": for one vector, waking a second thread takes longer than the product
            meaning = np.einsum("rd,d->r", self.vectors, self.embed([phrase])[0])
            likeness = (likeness + EMBEDDING * meaning) / (1 + EMBEDDING)
        phrases = self._rows - len(self.classes)
        return likeness[:phrases], likeness[phrases:]

    @cached_property
    def _rows(self) -> int:
        return int(self.known.row.max()) + 1

    @cached_property
    def _postings(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows and weights sorted by column, and where each column starts."""
        order = np.argsort(self.known.column, kind="stable")
        width = len(self.features.rarity)
        counts = np.bincount(self.known.column, minlength=width)
        starts = np.concatenate(([0], np.cumsum(counts)))
        return self.known.row[order], self.known.weight[order], starts

    def activity(self, phrase: str) -> np.ndarray:
        """The classifier's word on each activity, about 0 to 1."""
        words, meanings = self._classifier
        said = self.features.rows([features(phrase)])
        found = said.weight @ words[said.column]
        if self.embed is not None and meanings is not None:
            found = found + self.embed([phrase])[0] @ meanings
        return found

    @cached_property
    def _classifier(self) -> tuple[np.ndarray, np.ndarray | None]:
        """Its weights, of features and of embeddings; learnt when first asked for."""
        ends = [*self.first[1:], self._rows - len(self.classes)]
        owner = np.repeat(np.arange(len(self.classes)), np.subtract(ends, self.first))
        rows = np.flatnonzero(np.isin(owner, self.activities))
        wanted = (owner[rows][:, None] == self.activities[None, :]).astype(np.float32)
        vectors = None if self.vectors is None else self.vectors[rows]
        known = self.known.of(rows, len(self.features.rarity))
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
    space, known = Features.learnt(parts)
    classes, first = np.unique([id for _, id in pairs], return_index=True)
    owner = np.searchsorted(classes, [id for _, id in pairs])
    middles = known.middles(owner, len(classes))
    chosen = np.array([at for at, id in enumerate(classes) if is_activity(id)], dtype=int)
    return Model(
        [str(id) for id in classes], space,
        Rows(
            np.concatenate([known.row, middles.row + len(pairs)]),
            np.concatenate([known.column, middles.column]),
            np.concatenate([known.weight, middles.weight]),
        ),
        first, chosen, _verbs(texts), embed,
        None if embed is None else _with_middles(embed(texts), first),
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


def _with_middles(vectors: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Embeddings, then the middle of each class, scaled to length 1."""
    middles = np.add.reduceat(vectors, first)
    length = np.linalg.norm(middles, axis=1, keepdims=True)
    return np.vstack([vectors, middles / np.maximum(length, 1e-9)]).astype(np.float32)


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
