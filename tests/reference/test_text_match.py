"""The one matcher of titles, skills and products."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infonb
from infonb.reference import text_match
from infonb.reference.text_match import Known, Matcher, Spelling, features, normalize

ROOT = Path(__file__).parents[2]
BLOCKS = {"words": 0.4, "letters": 0.6}
KNOWN = [
    Known("Zoo keeper", "39-2021"), Known("Wine steward", "35-3031"),
    Known("zoo guide", "39-7011"), Known("tour guide", "39-7011"), Known("guide", "39-2021"),
]  # fmt: skip
SENTENCES = [Known("Feeds lions and cleans their cages.", "39-2021"), Known("Nobody's.", "99-9999")]


def learnt(many: bool = False) -> Matcher:
    return Matcher.learn(KNOWN, normalize, features(BLOCKS), SENTENCES, many=many)


def first(matcher: Matcher, said: str) -> str:
    found = matcher.match(said)
    assert found is not None
    return matcher.labels[int(found.scores.argmax())]


@pytest.mark.parametrize("many", [False, True])
def test_what_is_like_a_known_text_means_the_same(many: bool) -> None:
    matcher = learnt(many)
    assert first(matcher, "zoo keepers") == "39-2021"
    assert first(matcher, "tour guides") == "39-7011"
    assert first(matcher, "wine") == "35-3031"


def test_what_is_like_nothing_known_is_no_match() -> None:
    assert learnt().match("qqq") is None
    assert learnt().match("") is None


def test_scores_are_shares_and_likeness_is_a_cosine() -> None:
    found = learnt(many=True).match("zoo keeper")
    assert found is not None
    assert ((found.scores >= 0) & (found.scores <= 1)).all() and found.scores.sum() <= 1.5
    assert found.likeness.max() == pytest.approx(1, abs=1e-5)
    assert len(found.likeness) == len(KNOWN)


def test_sentences_speak_for_a_label_but_are_never_the_reason() -> None:
    matcher = learnt()
    found = matcher.match("guide")
    assert found is not None
    assert matcher.because(matcher.labels.index("39-2021"), found.likeness) == "guide"
    assert "99-9999" not in matcher.labels


@given(st.text("abcdef gz", max_size=20))
@settings(max_examples=50, deadline=None)
def test_one_text_gets_the_row_that_scikit_learn_gives_it(text: str) -> None:
    matcher = learnt()
    said = normalize(text)
    theirs = matcher.features.transform([said]).toarray()
    assert np.allclose(matcher.row(said).toarray(), theirs, atol=1e-6)


@pytest.mark.parametrize("many", [False, True])
def test_the_same_texts_are_learnt_the_same_and_survive_being_stored(
    tmp_path: Path, many: bool
) -> None:
    one, other = learnt(many), learnt(many)
    one.save(tmp_path / "stored.npz")
    stored = Matcher.load(tmp_path / "stored.npz", features(BLOCKS))
    assert stored is not None
    for said in ("zoo guide", "keeper of wine", "tours"):
        scores = [found.scores for each in (one, other, stored) if (found := each.match(said))]
        assert len(scores) == 3
        assert (scores[0] == scores[1]).all() and np.allclose(scores[0], scores[2], atol=1e-6)
    assert stored.spelling.corrected(["zookeepr"]) == one.spelling.corrected(["zookeepr"])


@pytest.mark.parametrize("content", [b"", b"no index", None])
def test_what_is_stored_and_damaged_is_learnt_again_instead_of_an_error(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "stored.npz"
    if content is not None:
        path.write_bytes(content)
    assert Matcher.load(path, features(BLOCKS)) is None


def test_what_was_stored_in_another_form_is_learnt_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt().save(tmp_path / "stored.npz")
    monkeypatch.setattr(text_match, "FORM", text_match.FORM + 1)
    assert Matcher.load(tmp_path / "stored.npz", features(BLOCKS)) is None


def test_a_known_word_is_never_corrected() -> None:
    spelling = Spelling({"barrister": 1, "barista": 900, "layer": 50, "lawyer": 9})
    assert spelling.corrected(["barrister"]) == ["barrister"]
    assert spelling.corrected(["lawer"]) == ["lawyer"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nruse", ["nurse"]), ("enginneer", ["engineer"]), ("micro biologist", ["microbiologist"]),
        ("softwareenginer", ["software", "engineer"]), ("nurs", ["nurse"]), ("qzxvk", ["qzxvk"]),
    ],
)  # fmt: skip
def test_slips_of_the_keyboard_are_put_right(said: str, meant: list[str]) -> None:
    known = {"nurse": 9, "engineer": 7, "software": 4, "microbiologist": 1, "biologist": 3}
    assert Spelling(known).corrected(said.split()) == meant


def test_what_is_loaded_soon_is_loaded_on_another_thread_and_trouble_waits_for_who_asks() -> None:
    done = threading.Event()
    seen: list[threading.Thread] = []

    def trouble() -> None:
        raise infonb.InfonbError("the data is damaged")

    def work() -> None:
        seen.append(threading.current_thread())
        done.set()

    text_match.load_soon(trouble, work)
    assert done.wait(60) and seen[0] is not threading.current_thread()


@pytest.mark.parametrize(
    "code",
    [
        "import infonb; infonb.open",
        "from infonb import charts, report, findings, reference",
        "import infonb; j = infonb.sample('published'); f = j.findings(); f.skills; f.coverage; "
        "from infonb import charts; charts.skills(f); charts.ratings(f)",
    ],
)
def test_charts_and_reports_stay_free_of_the_matcher(code: str) -> None:
    heavy = f"{code}; import sys; sys.exit('sklearn' in sys.modules or 'rapidfuzz' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", heavy], check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0
