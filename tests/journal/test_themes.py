"""Themes are renamed and merged without losing a passage; a marking is taken back like the rest."""

from __future__ import annotations

import pytest

from infonb import InfonbError
from infonb.journal import Answer, Interview, Journal

TEXT = "I like the people, and the quiet at night."


@pytest.fixture
def answer(journal: Journal, interview: Interview) -> Answer:
    return journal.record_answer(interview, "enjoy_most", text=TEXT)


def marked(journal: Journal) -> list[tuple[str, str]]:
    names = {theme.id: theme.name for theme in journal.themes()}
    return sorted((names[c.theme_id], c.quote) for c in journal.codings())


def test_merging_gives_all_passages_to_the_theme_that_stays(
    journal: Journal, answer: Answer
) -> None:
    stays = journal.add_theme("Being needed", "Somebody waits for what one does.")
    gone = journal.add_theme("Being wanted", "One is asked for.")
    journal.code(answer, stays, 7, 17)
    journal.code(answer, gone, 7, 17)  # the same words: one passage is enough
    journal.code(answer, gone, 23, 32)
    journal.code(answer, gone, None, None)  # unplaced
    before = journal.rows()
    merged = journal.merge_themes(gone, into=stays)
    assert merged.description == "Somebody waits for what one does.\nOne is asked for."
    assert marked(journal) == [
        ("Being needed", ""), ("Being needed", "the people"), ("Being needed", "the quiet"),
    ]  # fmt: skip
    assert journal.check() == []
    assert journal.undo() == "the merging of two themes"
    assert journal.rows() == before


def test_a_theme_isnt_merged_into_itself_or_into_nothing(journal: Journal) -> None:
    theme = journal.add_theme("Quiet")
    with pytest.raises(InfonbError, match="into itself"):
        journal.merge_themes(theme, into=theme.id)
    with pytest.raises(InfonbError, match="no theme"):
        journal.merge_themes(theme, into="gone")
    assert [t.name for t in journal.themes()] == ["Quiet"]


def test_a_renamed_theme_keeps_its_passages_and_meets_no_other(
    journal: Journal, answer: Answer
) -> None:
    theme, other = journal.add_theme("Quiet"), journal.add_theme("People")
    journal.code(answer, theme, 23, 32)
    journal.update(theme, name="Calm")
    assert marked(journal) == [("Calm", "the quiet")]
    with pytest.raises(InfonbError, match="'people' already"):
        journal.update(theme, name="people")
    journal.undo()
    assert [t.name for t in journal.themes()] == ["Quiet", other.name]


def test_a_marking_is_taken_back_with_the_theme_made_for_it(
    journal: Journal, answer: Answer
) -> None:
    journal.code(answer, new_theme="Quiet", start=23, end=32)
    journal.code(answer, new_theme=" quiet ", start=23, end=32)  # there already: no step
    assert journal.undo() == "the marking of a passage"
    assert (journal.codings(), journal.themes()) == ([], [])
    assert journal.undo() is None


def test_other_words_than_those_seen_are_not_marked(journal: Journal, answer: Answer) -> None:
    journal.code(answer, new_theme="Quiet", start=27, end=32, quote="quiet")
    journal.record_answer(answer.interview_id, "enjoy_most", text="Oh, " + TEXT)
    with pytest.raises(InfonbError, match="changed meanwhile: 'quiet'"):
        journal.code(answer, new_theme="Other", start=27, end=32, quote="quiet")
    assert [t.name for t in journal.themes()] == ["Quiet"]


def test_a_passage_isnt_placed_on_words_that_have_its_theme(
    journal: Journal, answer: Answer
) -> None:
    theme = journal.add_theme("Quiet")
    journal.code(answer, theme, 23, 32)
    away = journal.code(answer, theme, None, None)
    with pytest.raises(InfonbError, match="have this theme already"):
        journal.update(away, start=23, end=32)
    assert journal.update(away, start=2, end=6).quote == "like"


def test_undo_of_one_step_leaves_another_alone(journal: Journal, answer: Answer) -> None:
    assert journal.last_step() is None
    journal.code(answer, new_theme="Quiet", start=23, end=32)
    mine = journal.last_step()
    journal.remove(journal.add_person("Ada"))
    assert journal.undo(mine) is None
    assert journal.undo() == "the removal of person"
    assert journal.undo(mine) == "the marking of a passage"
