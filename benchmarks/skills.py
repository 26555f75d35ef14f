"""How often the right skill comes first, or among five, and what a phrase costs.

Beside its own ingredients, measured in one run on the same phrases: rapidfuzz, TF-IDF on runs of
letters, static embeddings (each giving the skills of the nearest known phrases). Phrases:
`tests/data/skills_dev.csv` and `skills_published.csv`; and where ``INFONB_EVAL_SKILLS`` names a
CSV (phrase, label, target), O*NET's detailed activities and technologies in it. Those activities
are left out of what is learnt, as are all phrases of the first two where they are no known name.
"""

from __future__ import annotations

import csv
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from infonb.reference import match_skill, skill_names, skills  # noqa: E402
from infonb.reference.skill_model import Embed  # noqa: E402

Case = tuple[str, frozenset[str]]
Method = Callable[[str], list[str]]


def main() -> None:
    """Print one table."""
    before, started = _memory(), time.process_time()
    match_skill("warming up")
    print(f"first call {time.process_time() - started:.2f} s of processor time, "
          f"{_memory() - before:.0f} MB")  # fmt: skip
    known = [(phrase, id) for phrase, id in skills.examples() if id != skill_names.NO_SKILL]
    methods: dict[str, Method] = {
        "match_skill": lambda phrase: [match.id for match in match_skill(phrase)],
        "rapidfuzz alone": _rapidfuzz(known),
        "TF-IDF letters alone": _letters(known),
    }
    embed = skills._embedding()
    if embed is not None:
        methods["embeddings alone"] = _embeddings(known, embed)
    print(f"embeddings: {'yes' if embed else 'no (extra `skills` is not installed)'}\n")
    print(f"{'phrases':38}{'method':24}{'@1':>6}{'@5':>6}{'ms':>8}")
    for name, cases in _sets().items():
        for method, match in methods.items():
            _measure(name, cases, method, match)
    _confidence()


def _measure(name: str, cases: list[Case], method: str, match: Method) -> None:
    match("Inspect the work of others.")  # what is learnt when first needed
    started = time.process_time()
    found = [match(phrase) for phrase, _ in cases]
    spent = (time.process_time() - started) * 1000 / len(cases)
    first = np.mean(
        [ids[:1] != [] and ids[0] in gold for ids, (_, gold) in zip(found, cases, strict=True)]
    )
    among = np.mean(
        [bool(gold.intersection(ids[:5])) for ids, (_, gold) in zip(found, cases, strict=True)]
    )
    print(f"{f'{name} ({len(cases)})':38}{method:24}{first:6.2f}{among:6.2f}{spent:8.2f}")


def _sets() -> dict[str, list[Case]]:
    sets = {
        "conversational, seen": _labelled("skills_dev.csv", "seen"),
        "conversational, kept aside": _labelled("skills_dev.csv", "kept"),
        "published interviews": _labelled("skills_published.csv", "kept"),
    }
    path = os.environ.get("INFONB_EVAL_SKILLS")
    if path:
        called: dict[str, set[str]] = {}
        for each in skill_names.skills().values():
            called.setdefault(_folded(each.name), set()).add(each.id)
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for target in dict.fromkeys(row["target"] for row in rows):
            sets[target] = [
                (row["phrase"], frozenset(
                    id for label in row["label"].split("|") for id in called.get(_folded(label), ())
                ))
                for row in rows if row["target"] == target
            ]  # fmt: skip
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

    texts, owners = [skill_names.plain(text) for text, _ in known], [id for _, id in known]

    def match(phrase: str) -> list[str]:
        said = [skill_names.plain(phrase)]
        return _ranked(process.cdist(said, texts, scorer=fuzz.token_sort_ratio)[0], owners)

    return match


def _letters(known: list[tuple[str, str]]) -> Method:
    from infonb.reference import skill_model

    parts = [_only_letters(text) for text, _ in known]
    space = skill_model.Features.of(parts)
    matrix, owners = space.matrix(parts), [id for _, id in known]

    def match(phrase: str) -> list[str]:
        row = space.matrix([_only_letters(phrase)])
        return _ranked(np.asarray((matrix @ row.T).todense())[:, 0], owners)

    return match


def _only_letters(text: str) -> dict[str, list[str]]:
    from infonb.reference import skill_model

    return {"word": [], "idea": [], "letters": skill_model.features(text)["letters"]}


def _embeddings(known: list[tuple[str, str]], embed: Embed) -> Method:
    vectors, owners = embed([text for text, _ in known]), [id for _, id in known]
    return lambda phrase: _ranked(vectors @ embed([phrase])[0], owners)


def _folded(name: str) -> str:
    return name.casefold().replace("(", "").replace(")", "")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
