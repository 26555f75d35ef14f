"""How often the right skill comes first, or among five, and what a phrase costs.

Beside its own ingredients, measured in one run on the same phrases: rapidfuzz, TF-IDF on runs of
letters, static embeddings (each giving the skills of the nearest known phrases). Phrases:
`tests/data/skills_dev.csv` and `skills_published.csv`; and where ``INFONB_EVAL_SKILLS`` names a
CSV (phrase, label, target), O*NET's detailed activities and technologies in it, once with what
comes with infonb alone. Where ``INFONB_EVAL_OFFICIAL`` names a folder with O*NET's Technology
Skills and DWA Reference, once more with these installed, but held out: the activities of the CSV
(which take all of their siblings with them) and every technology whose first word, most often the
maker, is one of the CSV's. All methods learn from the same phrases.

With ``--published``, the published interviews' phrases one by one instead: the skills they were
labelled with by hand, and what is matched.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from infonb.reference import catalogue, match_skill, skills, technologies  # noqa: E402
from infonb.reference.official import install, store  # noqa: E402
from infonb.reference.text_match import Embed, embedding, normalize  # noqa: E402

Case = tuple[str, frozenset[str]]
Method = Callable[[str], list[str]]

TECHNOLOGY = "onet_unspsc_commodity"
LEARNT_FROM = ("Technology Skills", "DWA Reference")


def main() -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["INFONB_REFERENCE_DIR"] = str(Path(place) / "installed")
        before, started, began = _memory(), time.process_time(), time.perf_counter()
        if "--published" in sys.argv[1:]:
            _published()
            return
        match_skill("warming up")
        print(f"first call {time.process_time() - started:.2f} s of processor time, "
              f"{time.perf_counter() - began:.2f} s in all, "
              f"{_memory() - before:.0f} MB")  # fmt: skip
        has = "yes" if embedding() else "no (extra `skills` is not installed)"
        print(f"embeddings: {has}\n")
        print(f"{'phrases':42}{'method':24}{'@1':>6}{'@5':>6}{'ms':>8}")
        _compare(_conversational())
        _confidence()
        sets = _official_phrases()
        _compare(sets)
        folder = os.environ.get("INFONB_EVAL_OFFICIAL")
        if folder and sets:
            _install_others(Path(folder), Path(place), sets)
            _compare({f"{name}, taught": cases for name, cases in sets.items()})


def _published() -> None:
    """One line a phrase, with a mark where the first match isn't among the labels."""
    called = catalogue.skills()
    print(f"{'':2}{'phrase':40}{'matched':52}labelled")
    for phrase, gold in _labelled("skills_published.csv", "kept"):
        first = next(iter(match_skill(phrase)), None)
        mark = "" if first and first.id in gold else "x"
        labels = "; ".join(sorted(called[id].name for id in gold))
        print(f"{mark:2}{phrase:40}{first.name[:50] if first else '':52}{labels}")


def _compare(sets: dict[str, list[Case]]) -> None:
    own = [(phrase, id) for phrase, id in skills.examples() if id != catalogue.NO_SKILL]
    of_phrases = _methods(own)
    of_products = _methods(list(technologies.examples())) if sets else {}
    for name, cases in sets.items():
        methods = of_products if name.startswith(TECHNOLOGY) else of_phrases
        for method, match in methods.items():
            _measure(name, cases, method, match)


def _methods(known: list[tuple[str, str]]) -> dict[str, Method]:
    methods: dict[str, Method] = {
        "match_skill": lambda phrase: [match.id for match in match_skill(phrase)],
        "rapidfuzz alone": _rapidfuzz(known),
        "TF-IDF letters alone": _letters(known),
    }
    if (embed := embedding()) is not None:
        methods["embeddings alone"] = _embeddings(known, embed)
    return methods


def _install_others(folder: Path, place: Path, sets: dict[str, list[Case]]) -> None:
    """Install O*NET's technologies and activities, and take the held-out ones out again."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    for file in folder.rglob("*"):
        if file.stem in LEARNT_FROM:
            (place / "official").mkdir(exist_ok=True)
            shutil.copyfile(file, place / "official" / file.name)
    install.update(place / "official", "0.0")
    phrases = {name: [phrase for phrase, _ in cases] for name, cases in sets.items()}
    makers = {_maker(phrase) for phrase in phrases.pop(TECHNOLOGY, ())}
    activities = {phrase for those in phrases.values() for phrase in those}
    now = store.release()
    assert now is not None
    for table, column, is_held_out in (
        ("technology", "example", lambda name: _maker(name) in makers),
        ("activities", "activity", activities.__contains__),
    ):
        whole = store.read(now / f"{table}.parquet")
        kept = [not is_held_out(name) for name in whole[column].to_pylist()]
        parquet.write_table(whole.filter(pa.array(kept)), now / f"{table}.parquet")
        print(f"{table}: {sum(kept)} of {len(kept)} rows learnt from")


def _maker(product: str) -> str:
    return product.split()[0].casefold()


def _measure(name: str, cases: list[Case], method: str, match: Method) -> None:
    for phrase in ("Inspect the work of others.", "GenieSoft Overture"):
        match(phrase)  # what is learnt when first needed
    started = time.process_time()
    found = [match(phrase) for phrase, _ in cases]
    spent = (time.process_time() - started) * 1000 / len(cases)
    first = np.mean(
        [ids[:1] != [] and ids[0] in gold for ids, (_, gold) in zip(found, cases, strict=True)]
    )
    among = np.mean(
        [bool(gold.intersection(ids[:5])) for ids, (_, gold) in zip(found, cases, strict=True)]
    )
    print(f"{f'{name} ({len(cases)})':42}{method:24}{first:6.2f}{among:6.2f}{spent:8.2f}")


def _conversational() -> dict[str, list[Case]]:
    return {
        "conversational, seen": _labelled("skills_dev.csv", "seen"),
        "conversational, kept aside": _labelled("skills_dev.csv", "kept"),
        "published interviews": _labelled("skills_published.csv", "kept"),
    }


def _official_phrases() -> dict[str, list[Case]]:
    path = os.environ.get("INFONB_EVAL_SKILLS")
    if not path:
        return {}
    called: dict[str, set[str]] = {}
    for each in catalogue.skills().values():
        called.setdefault(_folded(each.name), set()).add(each.id)
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sets: dict[str, list[Case]] = {}
    for row in rows:
        labels = [called.get(_folded(label), ()) for label in row["label"].split("|")]
        case = (row["phrase"], frozenset(id for ids in labels for id in ids))
        sets.setdefault(row["target"], []).append(case)
    return sets


def _labelled(file: str, half: str) -> list[Case]:
    with (ROOT / "tests" / "data" / file).open(encoding="utf-8", newline="") as opened:
        return [
            (row["phrase"], frozenset(row["skills"].split("|")))
            for row in csv.DictReader(opened)
            if row["skills"] and row["half"] == half
        ]


def _confidence() -> None:
    """How often a confident match is right, and how often what is no skill gets one."""
    rows = []
    for file in ("skills_dev.csv", "skills_published.csv"):
        with (ROOT / "tests" / "data" / file).open(encoding="utf-8", newline="") as opened:
            rows += [
                (row["phrase"], set(row["skills"].split("|"))) for row in csv.DictReader(opened)
            ]
    bets = [(found[0].id, gold) for phrase, gold in rows if (found := match_skill(phrase))
            and found[0].confident]  # fmt: skip
    wrong = sum("" in gold for _, gold in bets)
    right = sum(id in gold for id, gold in bets)
    none = sum("" in gold for _, gold in rows)
    print(f"\nconfident: {len(bets)} of {len(rows)} phrases, {right / len(bets):.2f} right; "
          f"{wrong} of {none} that name no skill")  # fmt: skip


def _ranked(scores: np.ndarray, owners: list[str]) -> list[str]:
    best: list[str] = []
    for at in np.argsort(-scores, kind="stable"):
        if owners[at] not in best:
            best.append(owners[at])
        if len(best) == 5:
            break
    return best


def _rapidfuzz(known: list[tuple[str, str]]) -> Method:
    from rapidfuzz import fuzz, process

    texts, owners = [normalize(text) for text, _ in known], [id for _, id in known]

    def match(phrase: str) -> list[str]:
        said = [normalize(phrase)]
        return _ranked(process.cdist(said, texts, scorer=fuzz.token_sort_ratio)[0], owners)

    return match


def _letters(known: list[tuple[str, str]]) -> Method:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts, owners = [_stems(text) for text, _ in known], [id for _, id in known]
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    postings = vectors.fit_transform(texts).T.tocsr()

    def match(phrase: str) -> list[str]:
        return _ranked((vectors.transform([_stems(phrase)]) @ postings).toarray()[0], owners)

    return match


def _stems(text: str) -> str:
    return skills.reduced(normalize(text))


def _embeddings(known: list[tuple[str, str]], embed: Embed) -> Method:
    vectors, owners = embed([normalize(text) for text, _ in known]), [id for _, id in known]
    return lambda phrase: _ranked(vectors @ embed([normalize(phrase)])[0], owners)


def _folded(name: str) -> str:
    return name.casefold().replace("(", "").replace(")", "")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
