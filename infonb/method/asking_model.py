# ruff: noqa: E501
"""How much a sentence reads like asking for a job: a linear classifier, learnt from our own lines.

The patterns of `infonb.method.wording` say why; what they have no words for is judged here. It
learns from ``data/asking.csv`` when first asked (about a second, nothing is stored) and counts
words, classes of words ("boss", "recruiter" and "HR" are one) and pairs of classes that stand
near each other. How often it is right is measured in
``tests/method/test_asking_model.py``.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_NEAR = 5
"""Words so far apart make a pair."""
_KNOWN = 0.6
"""A text of which less is known by its words isn't judged: a table, a formula, another language."""

_CLASSES = {
    "job": "job jobs position positions opening openings vacancy vacancies internship internships traineeship traineeships apprenticeship apprenticeships placement placements role roles employment post posts gig gigs shift shifts headcount contract contracts seat desk project chair slot",
    "member": "assistant intern trainee apprentice junior helper driver cook employee colleague colleagues member candidate volunteer substitute receptionist clerk technician bookkeeper engineer mechanic translator freelancer subcontractor contractor nurse electrician",
    "papers": "cv résumé resume résumés resumes papers application applications portfolio profile certificates transcripts details qualifications candidacy letter samples reference references info",
    "boss": "boss manager supervisor director hr recruiter recruiters principal head owner chief editor secretary whoever",
    "organisation": "company team firm department office hospital school lab clinic studio agency organisation organization practice business shop institute library staff crew unit plant site workshop bank restaurant kitchen ward branch café museum theatre theater bakery garage farm store institution employer yours group warehouse mill port brewery bar depot",
    "place": "place spot room space niche corner use need",
    "hire": "hire hiring hired recruit recruiting recruits employ employed employing hires fill filling",
    "pay": "pay paid salary wage wages money unpaid rate rates income euros dollars charge cent budget cash price payroll cheap cheaply cheaper",
    "free": "free available availability flexible ready",
    "start": "start begin starting beginning relocate",
    "people": "people beginners beginner one they usually field trade occupation industry profession someone somebody anyone person graduates newcomers usual common typical general most employers companies firms line sector others applicants trainees interns apprentices juniors students hospitals schools nowadays experience",
    "talk": "talk call minutes questions question chat hear learn know understand tell describe explain answer twenty coffee conversation phone video meet meeting advice guidance curious opinion feedback wonder",
    "watch": "watch shadow see visit sit look show tour shoulder",
    "thank": "thank thanks grateful appreciate thankful enjoyed pleasure",
    "help": "help useful contribute support assist hand relieve services service offer serve",
    "pass": "forward pass send share leave drop submit bring upload mention recommend refer introduce vouch connect slide slip put",
    "want": "want love like hope dream wish keen eager delighted thrilled honored honoured proud happy glad prefer interested",
    "chance": "chance shot break trial try test prove opportunity opportunities possibility odds",
    "take": "take taking join joining accept taken onboard aboard consider considered",
    "hardship": "desperate broke unemployed jobless redundant savings mouths feed loan bills debt beg rent laid lost",
    "day": "monday tuesday wednesday thursday friday saturday sunday tomorrow january february march april june july august september october november december week weeks month months summer winter spring christmas easter immediately soon",
    "past": "did was were had got took made been became began came went started found",
    "you": "you u", "your": "your ur",
    "not": "not never no without instead rather neither nor nothing",
    "but": "but though although still however unless yet",
    "how": "how what which who whom why when where whose",
    "if": "if should case ever whenever",
    "can": "could can would may might will",
    "do": "do does is are have has",
}  # fmt: skip
_CLASS = {
    word: name.upper() for name, words in reversed(_CLASSES.items()) for word in words.split()
}


def _words(text: str) -> list[str]:
    text = re.sub(r"n't\b", " not", text.lower().replace("’", "'"))
    return re.findall(r"\w+|[?!]", re.sub(r"'(d|ll|re|ve|m|s)\b", r" \1", text))


def _grams(words: list[str]) -> list[str]:
    words = ["<", *words, ">"]
    return [" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]


def _by_words(text: str) -> list[str]:
    return _grams(_words(text))


def _by_classes(text: str) -> list[str]:
    return _grams([_CLASS.get(word, word) for word in _words(text)])


def _by_pairs(text: str) -> list[str]:
    words = [_CLASS.get(word, word) for word in _words(text)]
    return [f"{a} {b}" for i, a in enumerate(words) for b in words[i + 1 : i + 1 + _NEAR]]


def learn(lines: list[tuple[str, bool]]) -> Pipeline:
    """A classifier of texts, from texts and whether each asks for a job."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    model = make_pipeline(
        make_union(
            TfidfVectorizer(analyzer=_by_words, sublinear_tf=True),
            TfidfVectorizer(analyzer=_by_classes, sublinear_tf=True),
            TfidfVectorizer(analyzer=_by_pairs, sublinear_tf=True, min_df=2),
        ),
        LogisticRegression(C=3, solver="liblinear", random_state=0),
    )
    return model.fit([text for text, _ in lines], [asks for _, asks in lines])


def labelled_lines() -> list[tuple[str, bool]]:
    """The lines it learns from, and whether each asks for a job."""
    data = resources.files("infonb.method") / "data" / "asking.csv"
    rows = csv.DictReader(data.read_text(encoding="utf-8").splitlines())
    return [(row["text"], row["kind"] == "asks_for_job") for row in rows]


@lru_cache(maxsize=1)
def _model() -> tuple[Pipeline, frozenset[str]]:
    """The classifier, and the words it has seen."""
    lines = labelled_lines()
    return learn(lines), frozenset(word for text, _ in lines for word in _words(text))


@lru_cache(maxsize=4096)
def asking(text: str) -> float:
    """How much a text reads like asking for a job, from 0 to 1; 0 where few words are known.

    Examples
    --------
    >>> asking("I'd work the first month for nothing.") > asking("Thank you for your time.")
    True
    """
    model, seen = _model()
    words = _words(text)
    if sum(word in seen for word in words) < _KNOWN * max(1, len(words)):
        return 0.0
    return float(model.predict_proba([text])[0, 1])
