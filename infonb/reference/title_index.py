"""Titles and their occupations, made ready to be searched as one types.

Two judges, half a say each. *Neighbours voting*: the most similar known titles (TF-IDF of words,
word pairs and character 3- to 5-grams, cosine) vote for their occupations. *A classifier*: a
softmax regression of low rank on the same features (as in Joulin et al. 2017, "Bag of tricks for
efficient text classification"), which knows what a word says about an occupation even where no
similar title is known. Together they were right more often than either.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse

from infonb.files import replacing
from infonb.reference.spelling import Spelling
from infonb.reference.title_words import normal, without_brackets, words

FORM = 2
"""Rises when titles are read or stored in another way; an index stored before is made again."""

_NEIGHBOURS = 40
_POWER = 5.0
_LETTERS, _WORDS = 0.6, 0.4
_RANK = 48
_ROUNDS = 3
_ROUNDS_OF_FEW = 5
_MANY = 20_000
"""Titles from which on the classifier is trained less often, but by several voices: one alone is
right a little more or less often by chance."""
_VOICES = 3
_BATCH = 256
_STEP = 0.3
_LEAST = 0.3
"""A best neighbour less similar than this is no neighbour: the text is no known kind of title."""
_FAINT = 0.005
"""What too little speaks for is not proposed."""
_COMMON = 0.02
"""How much a tenfold number of people in an occupation counts: it parts otherwise equal ones."""


@dataclass(frozen=True)
class KnownTitle:
    """A title as it is written, and an occupation that it names."""

    title: str
    soc: str
    weight: float = 1.0


@dataclass(frozen=True)
class Candidate:
    """An occupation, how likely (0 to 1), and the known title that speaks for it most."""

    soc: str
    score: float
    because: str


@dataclass(frozen=True)
class TitleIndex:
    """Everything needed to find occupations for a title; it never changes, so threads can share it.

    Made by `build`; `save` and `load` keep it in a file.
    """

    titles: Sequence[str]
    """Distinct known titles as written."""
    socs: Sequence[str]
    features: Sequence[str]
    """Those of two or more titles first: only they have a row in `inner`."""
    word_counts: Mapping[str, int]
    arrays: Mapping[str, np.ndarray]

    @classmethod
    def build(
        cls,
        known: Iterable[KnownTitle],
        jobs: Mapping[str, float] | None = None,
        texts: Iterable[KnownTitle] = (),
        seed: int = 0,
    ) -> TitleIndex:
        """Make an index of known titles.

        Parameters
        ----------
        known : iterable of KnownTitle
            What people call occupations; one title may name several.
        jobs : mapping of str to float, optional
            People employed, by SOC code: parts occupations that are otherwise equal.
        texts : iterable of KnownTitle
            Sentences about occupations, which only the classifier learns from.
        seed : int
            The same titles and seed give the same index.

        Examples
        --------
        >>> index = TitleIndex.build([KnownTitle("Zoo keeper", "39-2021"),
        ...                           KnownTitle("Wine steward", "35-3031")])
        >>> index.search("zookeper")[0].soc
        '39-2021'
        """
        written, belongs, socs = _distinct(known)
        documents = [form.split() for form in written]
        counted = [_features(document) for document in documents]
        seen = Counter(feature for features in counted for feature in features)
        ordered = sorted(seen, key=lambda feature: (seen[feature] < 2, feature))
        column = {feature: place for place, feature in enumerate(ordered)}
        frequency = np.array([seen[feature] for feature in ordered], dtype=np.float32)
        idf = (np.log((1 + len(written)) / (1 + frequency)) + 1).astype(np.float32)
        vectors = _vectors(counted, column, idf)
        shared = int((frequency >= 2).sum())

        place = {soc: number for number, soc in enumerate(socs)}
        extra = [text for text in texts if text.soc in place]
        said = _vectors([_features(words(text.title)) for text in extra], column, idf)
        aims = sparse.vstack([belongs, _one_each([place[t.soc] for t in extra], len(socs))], "csr")
        inputs = sparse.vstack([vectors, said], "csr")[:, :shared]
        voices = _VOICES if inputs.shape[0] > _MANY else 1
        random = np.random.default_rng(seed)
        trained = [_trained(inputs, aims, random) for _ in range(voices)]

        postings = vectors.T.tocsr().astype(np.float32)
        employed = np.array([max((jobs or {}).get(soc) or 3000.0, 300.0) for soc in socs])
        return cls(
            titles=list(written.values()),
            socs=socs,
            features=ordered,
            word_counts=Counter(word for document in documents for word in document),
            arrays={
                "idf": idf, "postings": postings.data, "posted": postings.indices.astype(np.int32),
                "starts": postings.indptr.astype(np.int64), "belongs": belongs.data,
                "belongs_to": belongs.indices.astype(np.int32),
                "belongs_from": belongs.indptr.astype(np.int64),
                "inner": np.stack([inner for inner, _ in trained], axis=1).astype(np.float16),
                "outer": np.stack([outer for _, outer in trained]),
                "common": (_COMMON * np.log10(employed / employed.min())).astype(np.float32),
            },
        )  # fmt: skip

    def search(self, text: str, n: int = 5) -> list[Candidate]:
        """The most likely occupations for a title, best first; empty where none is near."""
        typed = self._spelling.corrected(words(text))
        if len("".join(typed)) < 2 or n < 1:
            return []
        row = _vectors([_features(typed)], self._column, self.arrays["idf"])
        if not row.nnz:
            return []
        likeness = self._likeness(row)
        near = np.argpartition(-likeness, min(_NEIGHBOURS, len(likeness) - 1))[:_NEIGHBOURS]
        near = near[np.argsort(-likeness[near], kind="stable")]
        if likeness[near[0]] < _LEAST:
            return []
        votes = self._votes(near, likeness[near] ** _POWER)
        chances = self._chances(row)
        common = self.arrays["common"]
        total = (votes + chances + common) / (2 + common.max())
        order = np.argsort(-total, kind="stable")[:n]
        return [
            Candidate(str(self.socs[soc]), float(total[soc]), self._because(soc, likeness))
            for soc in order.tolist()
            if votes[soc] + chances[soc] > _FAINT
        ]

    def save(self, path: Path) -> None:
        """Write the index to a file, whole or not at all."""
        texts = {"form": FORM, "titles": self.titles, "socs": self.socs,
                 "features": self.features, "words": self.word_counts}  # fmt: skip
        packed = np.frombuffer(json.dumps(texts).encode(), np.uint8)
        with replacing(path) as part, part.open("wb") as file:
            np.savez(file, allow_pickle=False, texts=packed, **self.arrays)

    @classmethod
    def load(cls, path: Path) -> TitleIndex | None:
        """Read a stored index; None when there is none or it was stored in another form."""
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            texts = json.loads(arrays.pop("texts").tobytes())
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
            return None
        if texts["form"] != FORM:
            return None
        return cls(texts["titles"], texts["socs"], texts["features"], texts["words"], arrays)

    @cached_property
    def _column(self) -> dict[str, int]:
        return {feature: place for place, feature in enumerate(self.features)}

    @cached_property
    def _spelling(self) -> Spelling:
        pairs = (name[1:] for name in self.features if name[0] == "w" and " " in name)
        return Spelling(self.word_counts, set(pairs))

    @cached_property
    def _titles_of(self) -> dict[int, list[int]]:
        of: dict[int, list[int]] = {}
        starts, socs = self.arrays["belongs_from"], self.arrays["belongs_to"]
        for title in range(len(self.titles)):
            for soc in socs[starts[title] : starts[title + 1]]:
                of.setdefault(int(soc), []).append(title)
        return of

    def _likeness(self, row: sparse.csr_array) -> np.ndarray:
        """Cosine with every known title, from the postings of the features at hand."""
        starts = self.arrays["starts"]
        spans = [slice(starts[feature], starts[feature + 1]) for feature in row.indices]
        found = np.concatenate([self.arrays["posted"][span] for span in spans])
        weights = np.concatenate(
            [self.arrays["postings"][span] * value for span, value in zip(spans, row.data,
                                                                          strict=True)]
        )  # fmt: skip
        return np.bincount(found, weights, minlength=len(self.titles))

    def _votes(self, near: np.ndarray, weights: np.ndarray) -> np.ndarray:
        starts = self.arrays["belongs_from"]
        votes = np.zeros(len(self.socs))
        for title, weight in zip(near, weights, strict=True):
            span = slice(starts[title], starts[title + 1])
            votes[self.arrays["belongs_to"][span]] += weight * self.arrays["belongs"][span]
        return votes / weights.sum()

    def _chances(self, row: sparse.csr_array) -> np.ndarray:
        known = row.indices < len(self.arrays["inner"])
        inner = self.arrays["inner"][row.indices[known]].astype(np.float32)
        middle = np.einsum("f,fvr->vr", row.data[known], inner)
        return _softmax(np.einsum("vr,vrs->vs", middle, self.arrays["outer"])).mean(axis=0)

    def _because(self, soc: int, likeness: np.ndarray) -> str:
        titles = np.asarray(self._titles_of[soc])
        return self.titles[int(titles[np.argmax(likeness[titles])])]


def _distinct(
    known: Iterable[KnownTitle],
) -> tuple[dict[str, str], sparse.csr_array, list[str]]:
    """Each title once, in its comparable form, with the share of each occupation in it."""
    written: dict[str, str] = {}
    shares: dict[str, dict[str, float]] = {}
    for entry in known:
        for title in without_brackets(entry.title):
            form = normal(title)
            if form:
                written.setdefault(form, title)
                share = shares.setdefault(form, {})
                share[entry.soc] = max(share.get(entry.soc, 0.0), entry.weight)
    socs = sorted({soc for share in shares.values() for soc in share})
    place = {soc: number for number, soc in enumerate(socs)}
    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    for form in written:
        whole = sum(shares[form].values())
        columns += [place[soc] for soc in shares[form]]
        values += [weight / whole for weight in shares[form].values()]
        starts.append(len(columns))
    belongs = sparse.csr_array(
        (np.array(values, np.float32), np.array(columns), np.array(starts)),
        shape=(len(written), len(socs)),
    )
    return written, belongs, socs


def _features(document: Sequence[str]) -> dict[str, int]:
    """What a title is made of: "w" words and pairs of neighbours, "c" pieces of its words."""
    return Counter(_parts(document))


def _parts(document: Sequence[str]) -> Iterator[str]:
    for word in document:
        yield f"w{word}"
    for left, right in pairwise(document):
        yield f"w{left} {right}"
    for word in document:
        edged = f" {word} "
        for size in (3, 4, 5):
            for start in range(len(edged) - size + 1):
                yield f"c{edged[start : start + size]}"


def _vectors(
    counted: Sequence[Mapping[str, int]], column: Mapping[str, int], idf: np.ndarray
) -> sparse.csr_array:
    """Titles × features: letters and words each of their share's length, known ones only."""
    columns: list[int] = []
    amounts: list[float] = []
    is_word: list[bool] = []
    starts = [0]
    for features in counted:
        for name, n in features.items():
            place = column.get(name)
            if place is not None:
                columns.append(place)
                amounts.append(n)
                is_word.append(name[0] == "w")
        starts.append(len(columns))
    places, words_at = np.array(columns, dtype=np.int64), np.array(is_word, dtype=bool)
    values = (1 + np.log(np.array(amounts, dtype=float))) * idf[places]
    row = np.repeat(np.arange(len(counted)), np.diff(starts))
    for kind, share in ((words_at, _WORDS), (~words_at, _LETTERS)):
        length = np.sqrt(np.bincount(row[kind], values[kind] ** 2, minlength=len(counted)))
        values[kind] *= np.sqrt(share) / length[row[kind]]
    made = sparse.csr_array(
        (values.astype(np.float32), places, np.array(starts)), shape=(len(counted), len(idf))
    )
    made.sort_indices()
    return made


def _one_each(columns: Sequence[int], width: int) -> sparse.csr_array:
    """One 1 a row, in the columns given."""
    ones = np.ones(len(columns), np.float32)
    return sparse.csr_array(
        (ones, np.array(columns, dtype=np.int64), np.arange(len(columns) + 1)),
        shape=(len(columns), width),
    )


def _trained(
    inputs: sparse.csr_array, aims: sparse.csr_array, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Softmax regression through a narrow middle, by stochastic gradients with AdaGrad's steps."""
    inner = (0.1 * random.standard_normal((inputs.shape[1], _RANK))).astype(np.float32)
    outer = np.zeros((_RANK, aims.shape[1]), np.float32)
    inner_sum = np.full((inputs.shape[1], 1), 1e-6, np.float32)
    outer_sum = np.full(outer.shape, 1e-6, np.float32)
    rounds = _ROUNDS if inputs.shape[0] > _MANY else _ROUNDS_OF_FEW
    for turn in range(rounds):
        step = _STEP * (1 - turn / rounds)
        order = random.permutation(inputs.shape[0])
        for start in range(0, len(order), _BATCH):
            batch = inputs[order[start : start + _BATCH]]
            middle = batch @ inner
            slope = _softmax(middle @ outer) - aims[order[start : start + _BATCH]].toarray()
            slope /= _BATCH
            outer_slope, middle_slope = middle.T @ slope, slope @ outer.T
            used = np.unique(batch.indices)
            inner_slope = batch[:, used].T @ middle_slope
            outer_sum += outer_slope**2
            outer -= step * outer_slope / np.sqrt(outer_sum)
            inner_sum[used, 0] += (inner_slope**2).mean(axis=1)
            inner[used] -= step * inner_slope / np.sqrt(inner_sum[used])
    return inner, outer


def _softmax(values: np.ndarray) -> np.ndarray:
    grown = np.exp(values - values.max(axis=-1, keepdims=True))
    return grown / grown.sum(axis=-1, keepdims=True)
