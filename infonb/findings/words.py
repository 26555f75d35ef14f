"""Words: where one occurs, with what stands around it, and which ones tell occupations apart."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from infonb.frame import TEXT, WHOLE, frame
from infonb.reference.languages import STOP_WORDS, language_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

AROUND = 40
"""Characters shown on each side of a word, to the nearest whole word."""
MOST = 5
"""Words shown of an occupation."""
PEOPLE = 2
"""People of an occupation who use a word, at least."""
SHUFFLES, CHANCE = 300, 0.05
PRIOR = 500.0
"""Words that the prior counts, in the proportions of all that was said."""

DISTINCTIVE, TOO_LITTLE = "distinctive", "too little was said to tell"
_WORD = r"\p{L}[\p{L}\p{M}]*(?:['’\-]\p{L}[\p{L}\p{M}]*)*"
_LEFT_OUT = r"\[[^\]\n]{0,40}\]"
"""What stands in the place of a name."""
_COLUMNS = {"occupation": TEXT, "word": TEXT, "people": WHOLE, "quote": TEXT, "language": TEXT,
            "verdict": TEXT}  # fmt: skip


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: where each begins and ends, and the word folded.

    Examples
    --------
    >>> [word for *_, word in tokens("State-of-the-art: it’s 3 cafés.")]
    ['state-of-the-art', "it's", 'cafés']
    """
    for match in _pattern().finditer(text):
        yield match.start(), match.end(), folded(match[0])


@functools.cache
def _pattern() -> Any:
    import regex

    return regex.compile(_WORD)


def folded(word: str) -> str:
    """A word in one spelling, whatever its case, its apostrophe and its accents are made of."""
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'")


@functools.lru_cache(maxsize=65536)
def lemma(word: str, language: str | None) -> str:
    """The form of a word that a dictionary has; itself without the extra ``words``.

    Parameters
    ----------
    word : str
        Folded.
    language : str or None
        One of `infonb.reference.languages.STOP_WORDS`; in others nothing is looked up.

    Examples
    --------
    >>> lemma("nurses", None)
    'nurses'
    """
    if language not in STOP_WORDS or find_spec("simplemma") is None:
        return word
    import simplemma  # pyright: ignore[reportMissingImports]

    return folded(simplemma.lemmatize(word, lang=language))


def occurrences(text: str, word: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Where a word occurs in a text: any case, any form of it, or a phrase as it is.

    Parameters
    ----------
    text, word : str
        A star at the word's end stands for any ending.
    language : str or None

    Examples
    --------
    >>> list(occurrences("Nurses: a nurse's work.", "nurs*", "en"))
    [(0, 6), (10, 17)]
    """
    wanted = [w for *_, w in tokens(word)]
    found = list(tokens(text))
    if not wanted:
        at = text.casefold().find(word.casefold()) if word.strip() else -1
        if at >= 0:
            yield at, min(len(text), at + len(word))
        return
    open_end, forms = word.rstrip().endswith("*"), {}

    def alike(said: str, meant: str, last: bool) -> bool:
        if said == meant or (last and open_end and said.startswith(meant)):
            return True
        if len(wanted) > 1 or open_end or meant in STOP_WORDS.get(language or "", ()):
            return False
        meant_lemma = forms.setdefault(meant, lemma(meant, language))
        return lemma(said, language) == meant_lemma

    for place in range(len(found) - len(wanted) + 1):
        run = found[place : place + len(wanted)]
        pairs = zip(run, wanted, strict=True)
        if all(alike(r[2], w, n == len(wanted) - 1) for n, (r, w) in enumerate(pairs)):
            yield run[0][0], run[-1][1]


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place in a text, on one line, cut at whole words.

    Examples
    --------
    >>> around("I like the quiet.", 7, 10)
    ('I like', 'quiet.')
    """
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND and not text[start - AROUND - 1].isspace():
        before = f"…{before.partition(' ')[2]}" if " " in before.strip() else f"…{before}"
    elif start > AROUND:
        before = f"…{before}"
    if end + AROUND < len(text):
        cut = behind.rstrip().rpartition(" ")[0] if not text[end + AROUND].isspace() else behind
        behind = f"{cut or behind}…"
    return " ".join(before.split()), " ".join(behind.split())


@functools.lru_cache(maxsize=4096)
def likely_language(text: str) -> str | None:
    """Which of the known languages a text is in, told by its small words; None where by none.

    Examples
    --------
    >>> likely_language("I like the quiet."), likely_language("Ich mag die Ruhe.")
    ('en', 'de')
    """
    said = [word for *_, word in tokens(text)]
    counted = {name: sum(word in stop for word in said) for name, stop in STOP_WORDS.items()}
    best = max(counted, key=lambda name: counted[name])
    return best if counted[best] else None


def languages(spoken: pd.DataFrame) -> dict[str, str | None]:
    """Interview -> the language of what was said in it; None where that isn't sure."""
    texts = spoken.groupby("interview", sort=False)["text"].agg(" ".join)
    return {str(interview): language_of(text[:5000]) for interview, text in texts.items()}


def distinctive_words(said: pd.DataFrame, order: list[str], seed: int = 0) -> pd.DataFrame:
    """The words that tell what was said of an occupation from what was said of the others.

    Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008,
    "Fightin' Words"), each person counted once for a word, so that nobody who talks much decides.
    A word stands here only when at least two people of the occupation used it and it is further
    from the others than the best word of 95 of 100 shuffles, in which people are dealt to the
    occupations at random: with three people each most words are not. The occupation's own title
    tells nothing new and is left out. At most five for each occupation.

    Returns
    -------
    DataFrame
        occupation, word (as a dictionary has it), people (of the occupation who used it), quote
        (one of them, where they did), language (of most of what was said, ISO 639-1), verdict
        ("distinctive", or "too little was said to tell" in the one row of an occupation without
        such a word; its language is named there, where words of it can't be looked up).

    Examples
    --------
    >>> infonb.sample("example").findings().distinctive_words().columns.tolist()
    ['occupation', 'word', 'people', 'quote', 'language', 'verdict']
    """
    said = said[(said["weight"] > 0).fillna(False) & (said["text"].str.strip() != "")]
    spoken_in = languages(said)
    people, uses = _uses(said, spoken_in)
    mostly = {
        occupation: _most([spoken_in.get(i) for i in part["interview"]])
        for occupation, part in said.groupby("occupation", sort=False)
    }
    found = _beyond_chance(people, uses, order, seed)
    rows = []
    for occupation in order:
        told = [
            (word, number) for word, number in found.get(occupation, [])
            if not _of_the_title(word, occupation, mostly.get(occupation))
        ][:MOST]  # fmt: skip
        language = mostly.get(occupation)
        for word, number in told:
            rows.append({
                "occupation": occupation, "word": word, "people": number, "language": language,
                "quote": _quote(said, occupation, word, spoken_in), "verdict": DISTINCTIVE,
            })  # fmt: skip
        if not told:
            unknown = language is not None and language not in STOP_WORDS
            what = f"; words in this language ({language}) aren't looked up" if unknown else ""
            rows.append({"occupation": occupation, "language": language,
                         "verdict": f"{TOO_LITTLE}{what}"})  # fmt: skip
    return frame(rows, _COLUMNS)


def _most(values: list[str | None]) -> str | None:
    known = [value for value in values if value is not None]
    return max(sorted(set(known)), key=known.count) if known else None


def _uses(
    said: pd.DataFrame, spoken_in: Mapping[str, str | None]
) -> tuple[list[tuple[str, str]], dict[str, set[int]]]:
    """Who was asked of what, and of each word by which of these it was used."""
    import regex

    left_out = regex.compile(_LEFT_OUT)
    people: dict[tuple[str, str], int] = {}
    uses: dict[str, set[int]] = {}
    for interview, occupation, person, text in zip(
        said["interview"], said["occupation"], said["person"], said["text"], strict=True
    ):
        number = people.setdefault((occupation, person), len(people))
        language = spoken_in.get(interview)
        stop = STOP_WORDS.get(language or "", frozenset())
        for *_, word in tokens(left_out.sub(" ", text)):
            form = lemma(word, language)
            if word not in stop and form not in stop and len(form) > 1:
                uses.setdefault(form, set()).add(number)
    return list(people), uses


def _beyond_chance(
    people: list[tuple[str, str]], uses: Mapping[str, set[int]], order: list[str], seed: int
) -> dict[str, list[tuple[str, int]]]:
    """Each occupation's words that beat shuffled people, with how many used them."""
    import numpy as np

    vocabulary = sorted(word for word, by in uses.items() if len(by) >= PEOPLE)
    present = [title for title in order if any(occupation == title for occupation, _ in people)]
    if len(present) < 2 or not vocabulary:
        return {}
    used = np.zeros((len(people), len(vocabulary)))
    for column, word in enumerate(vocabulary):
        used[list(uses[word]), column] = 1.0
    place = {title: n for n, title in enumerate(present)}
    of = np.array([place[occupation] for occupation, _ in people])
    counts, scores = _scores(used, of, len(present))
    random = np.random.default_rng(seed)
    best = np.stack(
        [_scores(used, random.permutation(of), len(present))[1].max(axis=1)
         for _ in range(SHUFFLES)]
    )  # fmt: skip
    found: dict[str, list[tuple[str, int]]] = {}
    for n, title in enumerate(present):
        as_far = (best[:, [n]] >= scores[n] - 1e-9).sum(axis=0)
        beyond = (1 + as_far) / (1 + SHUFFLES) <= CHANCE
        for column in np.argsort(-scores[n], kind="stable"):
            if beyond[column] and counts[n, column] >= PEOPLE and scores[n, column] > 0:
                found.setdefault(title, []).append((vocabulary[column], int(counts[n, column])))
    return found


def _scores(used: np.ndarray, of: np.ndarray, groups: int) -> tuple[np.ndarray, np.ndarray]:
    """How many of each group used a word, and its log-odds against the others, standardised.

    A word that fewer than two of a group used can't be shown, and counts as nothing.
    """
    import numpy as np

    counts = np.stack([used[of == group].sum(axis=0) for group in range(groups)])
    total = counts.sum(axis=0)
    prior = PRIOR * total / total.sum()
    rest = total - counts
    size, others = counts.sum(axis=1, keepdims=True), rest.sum(axis=1, keepdims=True)
    here = np.log((counts + prior) / (size + PRIOR - counts - prior))
    there = np.log((rest + prior) / (others + PRIOR - rest - prior))
    scores = (here - there) / np.sqrt(1 / (counts + prior) + 1 / (rest + prior))
    return counts, np.where(counts >= PEOPLE, scores, 0.0)


def _of_the_title(word: str, title: str, language: str | None) -> bool:
    """Whether a word is one of a title's, or made of one: "nursing" of "Registered nurse"."""
    for *_, own in tokens(title):
        for form in {own, lemma(own, language)}:
            short = min(len(word), len(form))
            same = next((n for n in range(short) if word[n] != form[n]), short)
            if word == form or same >= max(4, 0.7 * short):
                return True
    return False


def _quote(
    said: pd.DataFrame, occupation: str, word: str, spoken_in: Mapping[str, str | None]
) -> str | None:
    part = said[said["occupation"] == occupation]
    for interview, text in zip(part["interview"], part["text"], strict=True):
        language = spoken_in.get(interview)
        for start, end, form in tokens(text):
            if lemma(form, language) == word:
                before, behind = around(text, start, end)
                left = f"{before} " if text[start - 1 : start].isspace() else before
                right = f" {behind}" if text[end : end + 1].isspace() else behind
                return f"{left}{text[start:end]}{right}".strip()
    return None
