"""Codings stay on their words whatever is edited, or are listed as unplaced; none is lost."""

from __future__ import annotations

import random
import re

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


Letters = list[tuple[str, "int | None"]]  # each with its place in the text before; None is new
_OTHER = "the pay is fair but nobody asked me about that before we moved to a town".split()


def _typed(words: str) -> Letters:
    return [(letter, None) for letter in words]


def _edits(text: str, start: int, end: int, r: random.Random) -> dict[str, Letters]:
    """The kinds of edits at which passages were measured to go astray."""
    old: Letters = [(letter, place) for place, letter in enumerate(text)]

    def other(n: int) -> Letters:
        return _typed(" ".join(r.choice(_OTHER) for _ in range(n)))

    typos = old.copy()
    for _ in range(3):
        at = r.randrange(len(typos))
        typos[at] = (r.choice("abcdefgh"), typos[at][1])
    between: Letters = []
    for letter in old:
        between += [
            letter,
            *(other(1) + _typed(" ") if letter[0] == " " and r.random() < 0.2 else []),
        ]
    cut = text.find(". ") + 2
    return {
        "put before": other(5) + _typed(". ") + old,
        "put behind": old + _typed(" ") + other(5),
        "rewritten": old[:start] + other(len(text[start:end].split())) + old[end:],
        "deleted": old[:start] + old[end:],
        "deleted and typed around": other(2) + _typed(" ") + old[:start] + old[end:] + other(3),
        "all rewritten": other(12),
        "capitals": [(letter.upper(), place) for letter, place in old],
        "line breaks": [("\n" if letter == " " else letter, place) for letter, place in old],
        "typos": typos,
        "typed all over": between,
        "a sentence moved": old if start < cut < end else [*old[cut:], *_typed(" "), *old[:cut]],
    }


def test_hardly_any_edit_puts_a_passage_on_other_words() -> None:
    r = random.Random(20)
    words = [m.span() for m in re.finditer(r"\w+", TEXT)]
    tried = wrong = away = 0
    for _ in range(100):
        first = r.randrange(len(words))
        last = min(len(words) - 1, first + r.choice([0, 1, 2, 3, 5, 8]))
        start, end = words[first][0], words[last][1]
        for letters in _edits(TEXT, start, end, r).values():
            after = "".join(letter for letter, _ in letters)
            left = {place for _, place in letters if place is not None} & set(range(start, end))
            found = Edit(TEXT, after).place(anchored(TEXT, start, end))
            on = {place for _, place in letters[slice(*found)]} & left if found else set()
            tried += 1
            wrong += found is not None and not on
            away += found is None and len(left) == end - start
    assert wrong <= 0.015 * tried
    assert away <= 0.005 * tried


def test_a_mark_typed_behind_a_passage_is_part_of_its_last_letter() -> None:
    marked = anchored("a cafe at night", 2, 6)
    assert Edit("a cafe at night", "a cafe\u0301 at night").place(marked) == (2, 7)


def test_flags_are_not_parted() -> None:
    flags = "\U0001f1e9\U0001f1ea" * 50
    assert anchored(flags, 71, 72)["start"] == 70


def test_two_passages_of_a_theme_never_come_to_lie_on_the_same_words(
    journal: Journal, interview: Interview
) -> None:
    text = "It is hard, and again it is hard."
    answer = journal.record_answer(interview, "difficulties", text=text)
    theme = journal.add_theme("Hard")
    gone, kept = journal.code(answer, theme, 3, 10), journal.code(answer, theme, 25, 32)
    journal.record_answer(interview, "difficulties", text=text[11:])
    assert [(c.id, c.start) for c in journal.codings(answer)] == [(gone.id, None), (kept.id, 14)]
    journal.record_answer(interview, "difficulties", text=text)
    assert {c.id: c.start for c in journal.codings(answer)}[kept.id] == 25


def test_two_edits_far_apart_in_a_long_text_leave_all_between_in_place() -> None:
    r = random.Random(3)
    text = " ".join(r.choice(_OTHER) + str(r.randrange(500)) for _ in range(20_000))
    edit = Edit(text, f"Well, {text} That is all.")
    for at in range(0, len(text) - 40, 5_000):
        assert edit.place(anchored(text, at, at + 40)) == (at + 6, at + 46)


@given(
    st.text("ab ", max_size=30), st.text("ab ", max_size=30),
    st.integers(0, 30), st.integers(0, 30),
)  # fmt: skip
def test_a_moved_passage_lies_in_the_text(before: str, after: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(before)), min(two, len(before))))
    place = Edit(before, after).place(anchored(before, start, end))
    if place is not None:
        assert 0 <= place[0] <= place[1] <= len(after)
    passage = before[start:end]
    if len(passage) >= 6 and passage in after:
        assert place is not None and after[slice(*place)] == passage


def test_a_corrected_transcript_keeps_its_passages(journal: Journal, interview: Interview) -> None:
    talk = journal.add_transcript(interview, text="Why? For the quiet at night, mostly.")
    coding = journal.code(talk, journal.add_theme("Quiet"), 13, 27)
    talk = journal.update(talk, text="Why nursing? For the quiet at night, mostly.")
    [found] = journal.codings(talk)
    assert talk.text[found.start : found.end] == coding.quote == "quiet at night"
    journal.undo()
    assert journal.codings(talk)[0].start == 13
