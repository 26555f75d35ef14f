"""One matcher for titles, skills and products: from words to what they may mean.

A text becomes words, pairs of words and runs of letters, weighted by how rare they are
(scikit-learn's TF-IDF). Judges then speak for the labels of known texts. *Votes* of the nearest
known texts. *Ridge regression* on the nearest, worked out for the text at hand: it tells words that
decide from words that many share, and doesn't count the same thing said ten times ten times. *The
middle* of each label's texts. And where there are texts by the thousand, a *linear classifier*.
Together they were right more often than any alone (`docs/skills.md`, `docs/reference.md`).

Nothing heavy is imported before something is matched; a form says `load_soon` when it opens.
"""

from __future__ import annotations

import io
import json
import re
import threading
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.files import replacing

if TYPE_CHECKING:
    import numpy as np

FORM = 3
"""Rises when texts are read or stored in another way; what was stored before is learnt again."""

_VOTERS, _POWER = 40, 5
_NEAR, _RIDGE = 100, 2.0
"""How many neighbours the ridge regression is on, and how much it is held back."""
_JUDGES = {"votes": 1.0, "ridge": 2.0, "middle": 1.0, "classifier": 1.0}
_RANK, _ROUNDS, _FEW_ROUNDS, _MANY, _BATCH, _STEP = 48, 3, 5, 20_000, 256, 0.3
"""Of the classifier: how many numbers stand between features and labels, how often all texts are
gone through where there are many and where few, how many at once, and how far a step goes."""
_MEANING = 0.5
"""What the embedding counts, where there is one, beside words and letters together."""


# words -------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def normalize(text: str) -> str:
    """A text in lower case, without accents and punctuation (but the + and # of languages).

    Examples
    --------
    >>> normalize("C++, the «Café» way: don't!"), normalize("R.N. & more")
    ("c++ the cafe way don't", 'rn more')
    """
    folded = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _INITIALS.sub(lambda found: found[0].replace(".", ""), folded)
    folded = re.sub(r"(?<![\w])\.(?=net\b)", "dot", folded)
    folded = re.sub(r"[^\w+#']+", " ", folded.replace("-", " ").replace("_", " "))
    return " ".join(word.strip("'") for word in folded.split() if word.strip("'"))


_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its commonest endings, cautiously: what differs in meaning stays apart.

    Examples
    --------
    >>> [stem(w) for w in ("talking", "talks", "planned", "patience", "patients", "nursery")]
    ['talk', 'talk', 'plan', 'patience', 'patient', 'nursery']
    """
    if len(word) < 4 or not word.isalpha() or word in _WHOLE:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ings", "ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and re.search("[aeiouy]", rest):
            if rest[-1] == rest[-2] and rest[-1] not in "lsz":
                return rest[:-1]
            # "caring" is from "care", not from "car"
            return stem(rest + "e") if _SILENT_E.fullmatch(rest) else rest
    if word.endswith("es") and len(word) > 4 and word[-3] in "sxzh":
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 and word not in _KEEP_E else word


_SILENT_E = re.compile("[^aeiou]{1,2}[aeiou][^aeiouwxy]")
_WHOLE = frozenset(
    "nursing process business series analysis less always during bring being".split()
)
_KEEP_E = frozenset("patience nurse science people office knowledge store table course".split())


class Spelling:
    """Slips of the keyboard: a word nobody knows is taken for the known one that is nearest.

    Parameters
    ----------
    counts : mapping of str to int
        How often each known word occurs; of two equally near words the more frequent is taken.
    pairs : collection of str
        Words that are known to stand side by side, such as "data base".

    Examples
    --------
    >>> spelling = Spelling({"nurse": 9, "registered": 5, "software": 4, "engineer": 7})
    >>> spelling.corrected(["regsitered", "nurse"]), spelling.corrected(["softwareenginer"])
    (['registered', 'nurse'], ['software', 'engineer'])
    >>> spelling.corrected(["zzzz"])
    ['zzzz']
    """

    def __init__(self, counts: Mapping[str, int], pairs: Collection[str] = ()) -> None:
        self._counts = dict(counts)
        self._pairs = frozenset(pairs)
        self._words = [word for word in self._counts if len(word) >= 4]

    def corrected(self, words: Sequence[str]) -> list[str]:
        """The words with each unknown one replaced, joined or split where that makes it known."""
        return [known for word in self._joined(list(words)) for known in self._known(word)]

    def slip(self, word: str) -> str | None:
        """The known word that one slip makes of it; None where there is none, or several.

        For texts in which a word that isn't known is more often a rare word than a slip.

        Examples
        --------
        >>> spelling = Spelling({"planning": 1, "planting": 1, "patience": 1})
        >>> spelling.slip("pateince"), spelling.slip("planing"), spelling.slip("plonk")
        ('patience', None, None)
        """
        near = self._within(word, 1)
        return next(iter(near)) if len(near) == 1 else None

    def _within(self, word: str, most: int) -> dict[str, int]:
        """Known words so many letters away, dropped, added, changed or swapped, with how many."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(
            word, self._words, scorer=OSA.distance, processor=None, limit=None, score_cutoff=most
        )
        return {known: int(distance) for known, distance, _ in found}

    def _joined(self, words: list[str]) -> list[str]:
        """Words with a needless space between them made one: "micro biologist"."""
        for place, (left, right) in enumerate(pairwise(words)):
            if left + right in self._counts and f"{left} {right}" not in self._pairs:
                return [*words[:place], left + right, *self._joined(words[place + 2 :])]
        return words

    def _known(self, word: str) -> list[str]:
        if word in self._counts or len(word) < 4 or not word.isalpha():
            return [word]
        long = len(word) >= 6
        near = self._within(word, 2 if long else 1)
        nearest = self._nearest(word, near)
        if nearest and near[nearest] == 1:
            return [nearest]
        if long and (parts := self._parted(word, most=0)):
            return parts
        if nearest:
            return [nearest]
        return (self._parted(word, most=1) if long else None) or [word]

    def _nearest(self, word: str, near: Mapping[str, int]) -> str | None:
        # people seldom get the first letter wrong, and leave letters out more often than they
        # take another one: "lawer" is a lawyer, not a layer
        return max(
            near,
            key=lambda known: (
                -near[known], known[0] == word[0],
                len(known) > len(word) or sorted(known) == sorted(word), self._counts[known], known,
            ),
            default=None,
        )  # fmt: skip

    def _parted(self, word: str, most: int) -> list[str] | None:
        """The word as two known ones that were written together, the most frequent such two."""
        best: tuple[int, list[str]] | None = None
        for cut in range(3, len(word) - 3):
            left, right = word[:cut], word[cut:]
            if left not in self._counts:
                continue
            end: str | None = right if right in self._counts else None
            if most and end is None and len(left) > 3 and len(right) > 4:
                end = self._nearest(right, self._within(right, most))
            if end is not None and len(end) > 3:
                score = min(self._counts[left], self._counts[end])
                if best is None or score > best[0]:
                    best = (score, [left, end])
        return best[1] if best else None


# features ----------------------------------------------------------------------------------------


def features(
    blocks: Mapping[str, float],
    reduced: Callable[[str], str] | None = None,
    ideas: Callable[[str], Iterable[str]] | None = None,
    meaning: Embed | None = None,
) -> Any:
    """Vectorizers that make a row of each normalized text, side by side, unfitted.

    Parameters
    ----------
    blocks : mapping of str to float
        How much each counts: "words" (and pairs of them), "letters" (runs of three to five within
        a word), and "ideas" where given.
    reduced : callable, optional
        From a text to the words of it that tell, by their stems.
    ideas : callable, optional
        From a text to the ideas in it, words that mean much the same.
    meaning : callable, optional
        An embedding; it counts half.

    Returns
    -------
    sklearn.pipeline.FeatureUnion
        Rows of length 1 where a text has something of each block; scikit-learn's classifiers
        can stand behind it in a pipeline.

    Examples
    --------
    >>> made = features({"words": 0.5, "letters": 0.5})
    >>> made.fit_transform(["zoo keeper", "wine steward"]).shape
    (2, 54)
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion
    from sklearn.preprocessing import FunctionTransformer

    kinds: dict[str, dict[str, Any]] = {
        "words": {"token_pattern": r"\S+", "ngram_range": (1, 2), "preprocessor": reduced},
        "letters": {"analyzer": "char_wb", "ngram_range": (3, 5), "preprocessor": reduced},
        "ideas": {"analyzer": ideas},
    }
    made: list[tuple[str, Any]] = [
        (name, TfidfVectorizer(lowercase=False, sublinear_tf=True, dtype=np.float32, **kinds[name]))
        for name in blocks
    ]
    whole = sum(blocks.values()) / (1 - _MEANING if meaning else 1)
    weights = {name: (share / whole) ** 0.5 for name, share in blocks.items()}
    if meaning:
        made.append(("meaning", FunctionTransformer(meaning)))
        weights["meaning"] = _MEANING**0.5
    return FeatureUnion(made, transformer_weights=weights)


Embed = Callable[[Sequence[str]], Any]
"""From texts to unit vectors, shape (n, d)."""

_WEIGHTS = Path("weights") / "l2_supercat_256.safetensors"
_TOKENS = Path("tokenizers") / "l2_supercat_tokenizer_config.json"
_WIDTH = 64
"""How many of the 256 numbers are used: the first ones are trained to do alone, and are right as
often within .01 as twice as many, in half the time."""


@cache
def embedding() -> Embed | None:
    """What turns texts into unit vectors, shape (n, 64); None without the extra ``skills``.

    A text without words is all zeros. A vector is the mean of its tokens' vectors, as the package
    makes it; it is read from the package's files, without a network and without the package: to
    import it takes longer than all the rest, and sets up logging for the whole program.
    """
    found = find_spec("wordllama")
    place = Path(next(iter(found.submodule_search_locations or ()))) if found else None
    if place is None or not (place / _WEIGHTS).exists() or not (place / _TOKENS).exists():
        return None
    import numpy as np
    from safetensors import safe_open  # pyright: ignore[reportMissingImports]
    from tokenizers import Tokenizer  # pyright: ignore[reportMissingImports]

    tokens = Tokenizer.from_file(str(place / _TOKENS))
    tokens.no_padding()
    tokens.no_truncation()
    with safe_open(place / _WEIGHTS, framework="numpy") as file:
        weights = np.ascontiguousarray(file.get_tensor("embedding.weight")[:, :_WIDTH])

    def embed(texts: Sequence[str]) -> np.ndarray:
        said = tokens.encode_batch_fast(list(texts), add_special_tokens=False)
        lengths = np.array([len(each.ids) for each in said])
        ids = np.fromiter((id for each in said for id in each.ids), int, lengths.sum())
        sums = np.zeros((len(texts), _WIDTH), np.float32)
        if len(ids):
            some = lengths > 0
            starts = np.concatenate(([0], lengths.cumsum()[:-1]))[some]
            sums[some] = np.add.reduceat(weights[ids].astype(np.float32), starts)
        return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    return embed


# the matcher -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A text as it is written, and a label that it stands for."""

    text: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Match:
    """What speaks for each label, 0 to 1, and how like the text is to each known one, 0 to 1."""

    scores: np.ndarray
    likeness: np.ndarray


@dataclass(frozen=True)
class Matcher:
    """Known texts, ready to be searched; it never changes, so threads can share it."""

    labels: list[str]
    texts: list[str]
    """Distinct known texts, normalized; those that only the judges but not the voters heed last."""
    written: list[str]
    """The first as they were written, without those last ones."""
    features: Any
    rows: Any
    """Features of each text, a sparse matrix."""
    share: Any
    """How much each text stands for each label, a sparse matrix; rows sum to 1."""
    classifier: tuple[np.ndarray, np.ndarray] | None = None
    """From features to a few numbers, and from these to labels."""

    @classmethod
    def learn(
        cls,
        known: Iterable[Known],
        normal: Callable[[str], str],
        features: Any,
        beside: Iterable[Known] = (),
        many: bool = False,
    ) -> Matcher:
        """Learn known texts.

        Parameters
        ----------
        known : iterable of Known
            A text may stand for several labels.
        normal : callable
            Gives the form in which texts are compared; where it is empty, the text is left out.
        features : sklearn transformer
            Unfitted; see `features`.
        beside : iterable of Known
            Longer texts about labels, which say something but are nothing one would type.
        many : bool
            Whether labels have texts by the dozen. A classifier is trained then, too, which takes
            seconds; and in the middle of a label what many of its texts share counts by its root.

        Examples
        --------
        >>> blocks = features({"words": 0.5, "letters": 0.5})
        >>> matcher = Matcher.learn([Known("zoo keeper", "39-2021"), Known("wine steward",
        ...                         "35-3031")], normalize, blocks)
        >>> matcher.labels[matcher.match("zookeeper").scores.argmax()]
        '39-2021'
        """
        import numpy as np
        from scipy import sparse

        written: dict[str, str] = {}
        shares: dict[str, dict[str, float]] = {}
        for entry in known:
            if form := normal(entry.text):
                written.setdefault(form, entry.text)
                of = shares.setdefault(form, {})
                of[entry.label] = max(of.get(entry.label, 0.0), entry.weight)
        labels = sorted({label for of in shares.values() for label in of})
        place = {label: at for at, label in enumerate(labels)}
        forms = list(written)
        cells = [
            (row, place[label], weight / sum(shares[form].values()))
            for row, form in enumerate(forms)
            for label, weight in shares[form].items()
        ]
        for entry in beside:
            if entry.label in place and (form := normal(entry.text)):
                cells.append((len(forms), place[entry.label], 1.0))
                forms.append(form)
        fitted = features.fit(forms[: len(written)])
        row, column, value = zip(*cells, strict=True)
        share = sparse.csr_array(
            (np.array(value, np.float32), (row, column)), shape=(len(forms), len(labels))
        )
        rows = sparse.csr_array(fitted.transform(forms), dtype=np.float32)
        classifier = _trained(rows, share) if many else None
        return cls(labels, forms, list(written.values()), fitted, rows, share, classifier)

    def match(self, text: str) -> Match | None:
        """What speaks for each label; None where no known text has anything in common.

        Parameters
        ----------
        text : str
            Normalized as the known texts are.
        """
        import numpy as np
        from scipy import sparse
        from scipy.sparse.linalg import cg

        row = self.row(text)
        likeness = self._likeness(row)
        near = self._nearest(likeness, _NEAR)
        if not len(near):
            return None
        voting = self._nearest(likeness[: len(self.written)], _VOTERS)
        votes = likeness[voting] ** _POWER @ self.share[voting]
        around = self.rows[near]
        # nothing dense here and below: BLAS wakes a second thread for it, which takes longer
        kernel = around @ around.T + _RIDGE * sparse.eye_array(len(near), dtype=np.float32)
        weights, _ = cg(kernel, likeness[near], rtol=1e-4)
        ridge = np.maximum(weights @ self.share[near], 0)
        judged = {
            "votes": votes / max(votes.sum(), 1e-9), "ridge": ridge / max(ridge.sum(), 1e-9),
            "middle": np.maximum((row @ self._middles).toarray().ravel(), 0),
        }  # fmt: skip
        if self.classifier:
            inner, outer = self.classifier
            judged["classifier"] = _softmax(np.einsum("r,rs->s", (row @ inner).ravel(), outer))
        scores = np.sum([_JUDGES[judge] * said for judge, said in judged.items()], axis=0)
        whole = sum(_JUDGES[judge] for judge in judged)
        return Match(scores / whole, likeness[: len(self.written)])

    def row(self, text: str) -> Any:
        """The features of a normalized text, a sparse row.

        As `features.transform` gives it, whose checks take ten times as long as the work.
        """
        import numpy as np
        from scipy import sparse

        columns, weights = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
        for start, weight, parts, vocabulary, idf in self._blocks:
            found = Counter(vocabulary[part] for part in parts(text) if part in vocabulary)
            place = np.fromiter(found, np.int32, len(found))
            times = np.fromiter(found.values(), np.float32, len(found))
            values = (1 + np.log(times)) * idf[place]
            columns.append(place + start)
            weights.append(weight * values / max(np.linalg.norm(values), 1e-9))
        if self._meaning:
            embed, weight = self._meaning
            weights.append(weight * embed([text])[0])
            columns.append(np.arange(len(weights[-1])) + self.rows.shape[1] - len(weights[-1]))
        # of the type that the known texts' have, which would be copied otherwise
        column, value = np.concatenate(columns).astype(np.int32), np.concatenate(weights)
        ends = np.array([0, len(column)], np.int32)
        return sparse.csr_array((value, column, ends), shape=(1, self.rows.shape[1]))

    @cached_property
    def _blocks(self) -> list[tuple[int, float, Callable[[str], Iterable[str]], Any, Any]]:
        """Of each vectorizer its first column, its weight, what it makes of a text, and how rare
        that is."""
        found, start = [], 0
        for name, each in self.features.transformer_list:
            if name != "meaning":
                weight = self.features.transformer_weights[name]
                found.append((start, weight, each.build_analyzer(), each.vocabulary_, each.idf_))
                start += len(each.vocabulary_)
        return found

    @cached_property
    def _meaning(self) -> tuple[Embed, float] | None:
        weights = self.features.transformer_weights
        found = dict(self.features.transformer_list).get("meaning")
        return (found.func, weights["meaning"]) if found else None

    def because(self, label: int, likeness: np.ndarray) -> str:
        """The known text of a label that is most like what was matched, as it is written."""
        known = self._of[:, [label]].indices
        return self.written[known[likeness[known].argmax()]]

    def _likeness(self, row: Any) -> np.ndarray:
        """Cosine with every known text: only what shares a feature is looked at."""
        return (row @ self._postings).toarray().ravel()

    @staticmethod
    def _nearest(likeness: np.ndarray, n: int) -> np.ndarray:
        """Places of the n most like, those at all like."""
        import numpy as np

        near = np.argpartition(-likeness, min(n, len(likeness) - 1))[:n]
        return near[likeness[near] > 0]

    @cached_property
    def _postings(self) -> Any:
        return self.rows.T.tocsr()

    @cached_property
    def _of(self) -> Any:
        return self.share[: len(self.written)].tocsc()

    @cached_property
    def _middles(self) -> Any:
        """The middle of each label's texts, by column."""
        import numpy as np
        from sklearn.preprocessing import normalize as scaled

        middles = (self.share.T @ self.rows).tocsr()
        if self.classifier:
            middles.data = np.sqrt(middles.data)
        return scaled(middles).T.tocsr()

    @cached_property
    def spelling(self) -> Spelling:
        """Corrects towards the words of the known texts."""
        known = [form.split() for form in self.texts[: len(self.written)]]
        pairs = {f"{left} {right}" for words in known for left, right in pairwise(words)}
        return Spelling(Counter(word for words in known for word in words), pairs)

    def save(self, path: Path) -> None:
        """Write what was learnt to a file, whole or not at all."""
        import numpy as np

        fitted = dict(self.features.transformer_list)
        texts = {
            "form": FORM, "labels": self.labels, "texts": self.texts, "written": self.written,
            "found": {name: sorted(each.vocabulary_, key=each.vocabulary_.__getitem__)
                      for name, each in fitted.items()},
        }  # fmt: skip
        arrays = {f"idf {name}": each.idf_ for name, each in fitted.items()}
        for name, matrix in (("rows", self.rows), ("share", self.share)):
            arrays |= {f"{name} {part}": getattr(matrix, part) for part in _PARTS}
        if self.classifier:
            arrays |= dict(zip(("inner", "outer"), self.classifier, strict=True))
        packed = np.frombuffer(json.dumps(texts).encode(), np.uint8)
        with replacing(path) as part, part.open("wb") as file:
            np.savez(file, allow_pickle=False, texts=packed, **arrays)

    @classmethod
    def load(cls, path: Path, features: Any) -> Matcher | None:
        """Read what `save` wrote; None when there is none, or it is damaged or of another form.

        Parameters
        ----------
        features : sklearn transformer
            As those it was learnt with, unfitted.
        """
        import numpy as np
        from scipy import sparse

        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            texts = json.loads(arrays["texts"].tobytes())
            if texts["form"] != FORM:
                return None
            for name, each in features.transformer_list:
                each.vocabulary_ = {word: at for at, word in enumerate(texts["found"][name])}
                each.idf_ = arrays[f"idf {name}"]
            heights = len(texts["texts"])
            widths = {"rows": sum(map(len, texts["found"].values())), "share": len(texts["labels"])}
            matrices = {
                name: sparse.csr_array(
                    tuple(arrays[f"{name} {part}"] for part in _PARTS), shape=(heights, width)
                )
                for name, width in widths.items()
            }
        except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
            return None
        classifier = (arrays["inner"], arrays["outer"]) if "inner" in arrays else None
        known = (texts["labels"], texts["texts"], texts["written"])
        return cls(*known, features, **matrices, classifier=classifier)


_PARTS = ("data", "indices", "indptr")


def _trained(rows: Any, share: Any) -> tuple[np.ndarray, np.ndarray]:
    """Softmax regression through a narrow middle, by stochastic gradients with AdaGrad's steps.

    As in Joulin et al. 2017, "Bag of tricks for efficient text classification". scikit-learn has
    nothing that is right as often within a minute: its SGD and ridge learn each of nine hundred
    labels alone, its perceptron steps through all features for every batch.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    random = np.random.default_rng(0)
    # what a single text has tells nothing of others
    often = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]) > 1)
    every = np.zeros((rows.shape[1], _RANK), np.float32)
    rows = rows[:, often]
    inner = (0.1 * random.standard_normal((rows.shape[1], _RANK))).astype(np.float32)
    outer = np.zeros((_RANK, share.shape[1]), np.float32)
    inner_sum = np.full((rows.shape[1], 1), 1e-6, np.float32)
    outer_sum = np.full(outer.shape, 1e-6, np.float32)
    rounds = _ROUNDS if rows.shape[0] > _MANY else _FEW_ROUNDS
    with threadpool_limits(1):  # for products as small as these, other threads cost more than help
        for turn in range(rounds):
            step = _STEP * (1 - turn / rounds)
            order = random.permutation(rows.shape[0])
            for start in range(0, len(order), _BATCH):
                chosen = order[start : start + _BATCH]
                batch = rows[chosen]
                middle = batch @ inner
                slope = (_softmax(middle @ outer) - share[chosen].toarray()) / _BATCH
                outer_slope, middle_slope = middle.T @ slope, slope @ outer.T
                used = np.unique(batch.indices)
                inner_slope = batch[:, used].T @ middle_slope
                outer_sum += outer_slope**2
                outer -= step * outer_slope / np.sqrt(outer_sum)
                inner_sum[used, 0] += (inner_slope**2).mean(axis=1)
                inner[used] -= step * inner_slope / np.sqrt(inner_sum[used])
    every[often] = inner
    return every, outer


def _softmax(values: np.ndarray) -> np.ndarray:
    import numpy as np

    grown = np.exp(values - values.max(axis=-1, keepdims=True))
    return grown / grown.sum(axis=-1, keepdims=True)


# loading -----------------------------------------------------------------------------------------

_loading = threading.Lock()


def load_soon(*work: Callable[[], object]) -> None:
    """Do on a thread of its own what the first match would have to wait for.

    Parameters
    ----------
    *work : callable
        Such as a first match.
    """

    def run() -> None:
        with _loading:
            for each in work:
                with suppress(InfonbError):  # said to whoever asks for a match
                    each()

    # no daemon: Python that ends while a compiled library is being imported may abort
    threading.Thread(target=run, name="infonb-text-match").start()
