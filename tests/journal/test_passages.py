"""Codings stay on their words whatever is edited, or are listed as unplaced; none is lost."""

from __future__ import annotations

import random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from infonb.journal import Interview, Journal
from infonb.journal.passages import Edit, anchored

TEXT = (
    "I like the patients most, and the small talk at night. What is hard is the paperwork: every "
    "shift ends with an hour of it. My manager helps where she can, but the ward is short of staff."
)
PASSAGES = ("small talk at night", "an hour of it", "short of staff", "My manager helps")


def place(before: str, after: str, words: str) -> str | None:
    start = before.index(words)
    found = Edit(before, after).place(anchored(before, start, start + len(words)))
    return None if found is None else after[slice(*found)]


@pytest.mark.parametrize("words", PASSAGES)
@pytest.mark.parametrize(
    "edit",
    [
        lambda t: "Well. " + t, lambda t: t + " That is all.", lambda t: t.replace("\n", " "),
        lambda t: t.replace("patients", "people I care for"),
        lambda t: t.replace(". ", ".\n"), str.upper,
        lambda t: ". ".join(reversed(t.rstrip(".").split(". "))) + ".",
    ],
)  # fmt: skip
def test_an_edit_elsewhere_keeps_the_words(words: str, edit: object) -> None:
    after = edit(TEXT)  # type: ignore[operator]
    assert (place(TEXT, after, words) or "").casefold().strip(". ") == words.casefold()


@pytest.mark.parametrize("words", PASSAGES)
def test_words_that_are_gone_are_unplaced_not_moved_to_others(words: str) -> None:
    assert place(TEXT, TEXT.replace(words, ""), words) is None
    assert place(TEXT, TEXT.replace(words, "xyzzy plugh and so on"), words) is None
    assert place(TEXT, "Control, unit testing and Linux.", words) is None


def test_a_slip_mended_inside_keeps_the_passage() -> None:
    assert place("the smal talk at nihgt.", "the small talk at night.", "smal talk at nihgt") == (
        "small talk at night"
    )


def test_cut_and_pasted_words_are_found_again(journal: Journal, interview: Interview) -> None:
    answer = journal.record_answer(interview, "difficulties", text=TEXT)
    start = TEXT.index("an hour of it")
    coding = journal.code(answer, journal.add_theme("Paperwork"), start, start + 13)
    journal.record_answer(interview, "difficulties", text=TEXT.replace("an hour of it", ""))
    assert [c.id for c in journal.unplaced()] == [coding.id]
    journal.record_answer(interview, "difficulties", text="Paperwork: an hour of it, each shift.")
    [found] = journal.codings(answer)
    assert (found.id, found.start, found.quote) == (coding.id, 11, "an hour of it")
    assert journal.unplaced() == []


@pytest.mark.parametrize("text", ["👩🏽‍⚕️ nurses", "cafe\u0301s at night", "a\r\nb"])
def test_no_half_grapheme_is_marked(text: str, journal: Journal, interview: Interview) -> None:
    answer = journal.record_answer(interview, "enjoy_most", text=text)
    theme = journal.add_theme("T")
    for start in range(len(text)):
        coding = journal.code(answer, theme, start, start + 1)
        assert coding.start is not None and coding.end is not None
        assert text[coding.start : coding.end] == coding.quote
        assert not text[coding.end : coding.end + 1].startswith(("\u0301", "\u200d", "\ufe0f"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.text(max_size=12), st.integers(0, len(TEXT)), st.integers(0, 30))
def test_whatever_is_typed_a_passage_is_on_like_words_or_unplaced(
    seed: int, typed: str, at: int, gone: int
) -> None:
    words = random.Random(seed).choice(PASSAGES)
    after = TEXT[:at] + typed + TEXT[at + gone :]
    found = place(TEXT, after, words)
    start = TEXT.index(words)
    if at >= start + len(words) or at + gone <= start:
        assert found == words
    elif found is not None:
        kept = sum(found.casefold().count(c) for c in set(words.casefold()))
        assert kept > 0


def test_a_move_by_undo_brings_the_passage_back(journal: Journal, interview: Interview) -> None:
    answer = journal.record_answer(interview, "enjoy_most", text="The quiet, above all.")
    coding = journal.code(answer, journal.add_theme("Quiet"), 4, 9)
    journal.record_answer(interview, "enjoy_most", text="Nothing of the kind.")
    assert journal.codings(answer)[0].start is None
    placed = journal.update(journal.codings(answer)[0], start=0, end=7)
    assert placed.quote == "Nothing"
    journal.undo()
    assert [c.id for c in journal.unplaced()] == [coding.id]


def test_an_edit_of_a_long_text_is_compared_once(journal: Journal) -> None:
    words = ["word", "ward", "night", "shift", "people", "quiet"]
    long = " ".join(random.Random(1).choice(words) + str(n % 97) for n in range(20_000))
    edit = Edit(long, long[:50_000] + " and more" + long[50_000:])
    for at in range(0, 100_000, 1_000):
        found = edit.place(anchored(long, at, at + 20))
        assert found is not None
