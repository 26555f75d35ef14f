"""How often a typed title finds its occupation, first and among five, and how long it takes.

Three ways on the same titles in one run: rapidfuzz alone (the most similar titles by sorted words),
TF-IDF alone (by runs of three to five letters), and `match_title`.

    python benchmarks/titles.py

By default the titles are those in `tests/data/typed_titles.csv` and what comes with infonb is
searched. `INFONB_REFERENCE_DIR` names installed official data to search in. `INFONB_EVAL_TITLES`
names another file of titles (columns title or title_norm, soc or soc6, perhaps set and
index_release; several right codes with | between). `INFONB_EVAL_INDEX` names a file of titles
(Parquet, columns title_norm and soc6) of an older release, `INFONB_EVAL_RELEASE` which (27.0):
rows with that index_release are searched for in it, since newer titles hold their answers.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from time import perf_counter

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from infonb.reference import titles
from infonb.reference.official import store
from infonb.reference.text_match import Known, Matcher

TYPED = Path(__file__).parents[1] / "tests" / "data" / "typed_titles.csv"
Search = Callable[[str], Sequence[str]]
"""From a title to five codes, best first."""


def plain(title: str) -> str:
    """Lower case, letters and digits: all that the simple ways do to a title."""
    return " ".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def by_rapidfuzz(known: Sequence[Known]) -> Search:
    """Titles by similarity of their sorted words."""
    socs = _socs(known)
    written = list(socs)

    def search(title: str) -> list[str]:
        found = process.extract(plain(title), written, scorer=fuzz.token_sort_ratio, limit=20)
        return _first_five(soc for form, _, _ in found for soc in socs[form])

    return search


def by_tf_idf(known: Sequence[Known]) -> Search:
    """Titles by cosine of their weighted runs of letters."""
    socs = _socs(known)
    written = list(socs)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    postings = vectors.fit_transform(written).T.tocsr()

    def search(title: str) -> list[str]:
        likeness = (vectors.transform([plain(title)]) @ postings).toarray().ravel()
        near = np.argsort(-likeness, kind="stable")[:20]
        return _first_five(soc for number in near for soc in socs[written[number]])

    return search


def by_infonb(matcher: Matcher) -> Search:
    """What `match_title` does, with whatever was learnt."""
    return lambda title: [soc for soc, _, _ in titles.search(matcher, title)]


def measured(search: Search, rows: pd.DataFrame) -> tuple[float, float, float]:
    """Share right at first, share right among five, milliseconds a title."""
    first, five = [], []
    start = perf_counter()
    for title, soc in zip(rows["title"], rows["soc"], strict=True):
        found, right = search(title), set(soc.split("|"))
        first.append(bool(found) and found[0] in right)
        five.append(not right.isdisjoint(found[:5]))
    return mean(first), mean(five), 1000 * (perf_counter() - start) / max(len(rows), 1)


def main() -> None:
    """Print a table per set of titles."""
    cases = pd.read_csv(os.environ.get("INFONB_EVAL_TITLES") or TYPED, dtype=str)
    cases["soc"] = cases["soc6"] if "soc6" in cases else cases["soc"]
    cases["title"] = cases["title_norm"] if "title_norm" in cases else cases["title"]
    cases["set"] = cases.get("set", "typed")
    older, release = os.environ.get("INFONB_EVAL_INDEX"), os.environ.get("INFONB_EVAL_RELEASE")
    release = release or "27.0"
    is_older = cases.get("index_release", pd.Series("", cases.index)).eq(release)
    place = store.release()
    print("searched:", ", ".join(_sources()) if place else "what comes with infonb")
    _compare(cases[~is_older] if older else cases, titles.known_at(place), titles.learn(place))
    if older and is_older.any():
        stored = pd.read_parquet(older)
        old = [Known(title, soc) for title, soc in zip(stored["title_norm"], stored["soc6"],
                                                            strict=True)]  # fmt: skip
        print(f"searched: release {release}")
        known = [*titles.known_at(None), *old]
        _compare(cases[is_older], known, titles.learnt(known, titles.sentences_at(place)))
    elif is_older.any():
        print(f"titles newer than release {release} were searched for where they may stand already")


def _compare(cases: pd.DataFrame, known: Sequence[Known], matcher: Matcher) -> None:
    ways = {
        "rapidfuzz alone": by_rapidfuzz(known),
        "TF-IDF alone": by_tf_idf(known),
        "match_title": by_infonb(matcher),
    }
    for search in ways.values():
        search("warm up")
    for name, rows in cases.groupby("set"):
        print(f"\n{name}: {len(rows)} titles        first   of five   ms a title")
        for way, search in ways.items():
            first, five, took = measured(search, rows)
            print(f"  {way:28}{first:8.3f}{five:10.3f}{took:12.1f}")


def _sources() -> list[str]:
    return sorted({table.source for table in store.tables().values()})


def _socs(known: Sequence[Known]) -> dict[str, list[str]]:
    socs: dict[str, list[str]] = defaultdict(list)
    for entry in known:
        if entry.label not in socs[plain(entry.text)]:
            socs[plain(entry.text)].append(entry.label)
    return socs


def _first_five(socs: object) -> list[str]:
    return list(dict.fromkeys(socs))[:5]  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
