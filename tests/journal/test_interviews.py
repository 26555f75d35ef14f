"""Versions, history and undo: a text that somebody typed is never lost to another save."""

from __future__ import annotations

import copy
import datetime as dt
import pickle

import pytest

import infonb
from infonb import clock
from infonb.journal import Interview, Journal, StaleAnswer


class Clock:
    """A clock that a test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def pass_(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def texts(journal: Journal, interview: Interview) -> list[str]:
    """All kept texts of the answer about the outlook, oldest first."""
    return journal.history(journal.answers(interview)[0])["text"].tolist()


def test_a_stale_version_changes_nothing_and_carries_both_texts(
    journal: Journal, interview: Interview
) -> None:
    journal.record_answer(interview, "outlook", text="first")
    stored = journal.record_answer(interview, "outlook", text="theirs", version=1)
    with pytest.raises(StaleAnswer) as stale:
        journal.record_answer(interview, "outlook", text="mine", version=1)
    assert (stale.value.stored_text, stale.value.your_text) == ("theirs", "mine")
    assert stale.value.stored == stored
    assert "version=2" in str(stale.value)
    assert journal.answers(interview) == [stored]
    assert isinstance(stale.value, infonb.InfonbError)


def test_a_stale_answer_can_be_handed_on(journal: Journal, interview: Interview) -> None:
    journal.record_answer(interview, "outlook", text="theirs")
    with pytest.raises(StaleAnswer) as stale:
        journal.record_answer(interview, "outlook", text="mine", version=0)
    for other in (pickle.loads(pickle.dumps(stale.value)), copy.copy(stale.value)):
        assert (other.stored_text, other.your_text) == ("theirs", "mine")


def test_a_version_of_an_answer_that_is_gone_is_stale(
    journal: Journal, interview: Interview
) -> None:
    answer = journal.record_answer(interview, "outlook", text="first")
    journal.remove(answer)
    with pytest.raises(StaleAnswer) as stale:
        journal.record_answer(interview, "outlook", text="mine", version=1)
    assert stale.value.stored is None
    assert stale.value.your_text == "mine"
    assert journal.answers(interview) == []


def test_every_replaced_text_goes_to_the_history(journal: Journal, interview: Interview) -> None:
    for number, rating in ((1, 3), (2, 4), (3, 5)):
        journal.record_answer(interview, "outlook", text=f"text {number}", rating=rating)
    history = journal.history(journal.answers(interview)[0])
    assert history["text"].tolist() == ["text 1", "text 2", "text 3"]
    assert history["rating"].tolist() == [3, 4, 5]
    assert history["version"].tolist() == [1, 2, 3]
    assert history["current"].tolist() == [False, False, True]
    assert history["private"].tolist() == [False, False, False]


def test_one_session_within_a_minute_keeps_one_text(
    journal: Journal, interview: Interview, time: Clock
) -> None:
    for number in range(20):
        time.pass_(2)
        journal.record_answer(interview, "outlook", text="so far " * number, session="s")
    assert len(texts(journal, interview)) == 1
    assert journal.answers(interview)[0].version == 20


def test_a_history_row_is_kept_after_sixty_seconds(
    journal: Journal, interview: Interview, time: Clock
) -> None:
    journal.record_answer(interview, "outlook", text="at 0", session="s")
    time.pass_(60)
    journal.record_answer(interview, "outlook", text="at 60", session="s")
    assert texts(journal, interview) == ["at 60"]
    time.pass_(1)
    journal.record_answer(interview, "outlook", text="at 61", session="s")
    assert texts(journal, interview) == ["at 60", "at 61"]


def test_a_history_row_is_kept_before_a_long_deletion(
    journal: Journal, interview: Interview, time: Clock
) -> None:
    journal.record_answer(interview, "outlook", text="x" * 100, session="s")
    time.pass_(1)
    journal.record_answer(interview, "outlook", text="x" * 60, session="s")
    assert len(texts(journal, interview)) == 1
    journal.record_answer(interview, "outlook", text="y" * 100, session="s")
    time.pass_(1)
    journal.record_answer(interview, "outlook", text="y" * 59, session="s")
    assert texts(journal, interview) == ["y" * 100, "y" * 59]


def test_a_long_deletion_in_short_steps_is_kept_too(
    journal: Journal, interview: Interview, time: Clock
) -> None:
    for length in (50, 200, *range(190, -1, -10)):
        time.pass_(0.5)
        journal.record_answer(interview, "outlook", text="z" * length, session="s")
    kept = texts(journal, interview)
    assert "z" * 200 in kept
    assert kept[-1] == ""
    assert len(kept) <= 6


def test_correcting_a_word_keeps_no_history(
    journal: Journal, interview: Interview, time: Clock
) -> None:
    for length in (50, 45, 60, 55, 70, 40, 80):
        time.pass_(1)
        journal.record_answer(interview, "outlook", text="z" * length, session="s")
    assert len(texts(journal, interview)) == 1


def test_another_session_keeps_the_text_it_finds(
    journal: Journal, interview: Interview, time: Clock
) -> None:
    journal.record_answer(interview, "outlook", text="in the capture", session="s")
    time.pass_(1)
    journal.record_answer(interview, "outlook", text="in the debrief", session="t")
    time.pass_(1)
    journal.record_answer(interview, "outlook", text="by hand")
    assert texts(journal, interview) == ["in the capture", "in the debrief", "by hand"]


def test_a_session_that_ended_leaves_its_last_text(
    journal: Journal, interview: Interview, time: Clock
) -> None:
    journal.record_answer(interview, "outlook", text="first", session="s")
    time.pass_(1)
    journal.record_answer(interview, "outlook", text="last of it", session="s")
    assert journal.end_session("s") == 1
    assert journal.end_session("s") == 0
    time.pass_(1)
    journal.record_answer(interview, "outlook", text="new", session="s")
    assert texts(journal, interview) == ["last of it", "new"]


def test_undo_brings_an_overwritten_text_back(journal: Journal, interview: Interview) -> None:
    journal.record_answer(interview, "outlook", text="first", rating=2)
    second = journal.record_answer(interview, "outlook", text="second", rating=5)
    assert journal.undo() == "the answer to outlook as it was before"
    answer = journal.answers(interview)[0]
    assert (answer.text, answer.rating) == ("first", 2)
    assert answer.version == second.version + 1
    assert texts(journal, interview) == ["first", "second", "first"]
    with pytest.raises(StaleAnswer):  # an editor that holds the undone text notices
        journal.record_answer(interview, "outlook", text="third", version=second.version)


def test_undo_brings_a_removed_person_back_with_all_that_belongs_to_it(
    journal: Journal, interview: Interview
) -> None:
    answer = journal.record_answer(interview, "outlook", text="first")
    journal.record_answer(interview, "outlook", text="second")
    journal.code(answer, journal.add_theme("Future"), 0, 5)
    journal.record_skill(interview, "listening", rank=1)
    journal.add_referral(interview, "Kim")
    journal.finish_interview(interview)
    journal.update(interview, questions=["outlook", "path_in"])
    before, history = journal.rows(), texts(journal, interview)
    journal.remove(journal.people()[0])
    assert journal.interviews() == []
    assert [(p.name, p.referred_by) for p in journal.people()] == [("Kim", None)]
    assert journal.undo() == "the removal of person"
    assert journal.rows() == before
    assert texts(journal, interview) == history


def test_undo_takes_back_changes_one_by_one(journal: Journal, interview: Interview) -> None:
    person = journal.people()[0]
    journal.update(person, name="Robin B.")
    journal.update(interview, questions=["outlook"], minutes=30)
    journal.update(interview, questions=["path_in"])
    journal.set_importance("outlook", 2)
    journal.set_importance("outlook", 5)
    for expected in (("path_in",), ("outlook",), ()):
        if journal.interview(interview.id).questions != expected:
            journal.undo()
        while journal.importances() and journal.interview(interview.id).questions != expected:
            journal.undo()
        assert journal.interview(interview.id).questions == expected
    assert journal.interview(interview.id).minutes == 20
    assert journal.people()[0].name == "Robin B."
    journal.undo()
    assert journal.people()[0].name == "Robin"
    assert journal.undo() is None


def test_undo_does_not_touch_what_was_entered_since(journal: Journal) -> None:
    nurse = journal.add_occupation("Nurse")
    journal.update(nurse, interest=3)
    journal.add_occupation("nurse", soc="29-1141")  # fills a gap, no step of its own
    journal.undo()
    assert (journal.occupations()[0].interest, journal.occupations()[0].soc) == (None, "29-1141")


def test_an_overwritten_draft_and_reason_come_back(journal: Journal, interview: Interview) -> None:
    journal.add_task(interview, "thank_you", draft="Dear Robin, thank you for your patience")
    journal.add_task(interview, "thank_you", draft="Dear Robin")
    journal.undo()
    assert journal.tasks()["draft"].tolist() == ["Dear Robin, thank you for your patience"]
    journal.finish_interview(interview, weight=0.5, weight_reason="new in the job")
    journal.finish_interview(interview, weight=1.0, weight_reason="oops")
    journal.undo()
    finished = journal.interview(interview)
    assert (finished.weight, finished.weight_reason) == (0.5, "new in the job")


def test_what_cannot_come_back_beside_newer_things_says_so(journal: Journal) -> None:
    journal.remove(journal.add_occupation("Nurse"))
    newer = journal.add_occupation("nurse")
    before = journal.rows()
    with pytest.raises(infonb.InfonbError, match="Rename or remove"):
        journal.undo()
    assert journal.rows() == before
    journal.update(newer, title="Night nurse")
    journal.undo()  # the renaming
    assert journal.occupations() == [newer]


def test_what_is_gone_cannot_be_changed(journal: Journal) -> None:
    person = journal.add_person("Robin")
    journal.remove(person)
    for attempt in (
        lambda: journal.update(person, name="Kim"),
        lambda: journal.remove(person),
        lambda: journal.plan_interview(person, journal.add_occupation("Nurse")),
    ):
        with pytest.raises(infonb.InfonbError, match=r"no longer|no person"):
            attempt()


def test_undo_survives_closing(place: str) -> None:
    with infonb.open(place) as journal:
        journal.remove(journal.add_person("Robin"))
    with infonb.open(place) as journal:
        assert journal.undo() == "the removal of person"
        assert [p.name for p in journal.people()] == ["Robin"]


def test_undoing_an_import_leaves_no_trace(journal: Journal, tmp_path) -> None:
    journal.add_occupation("Nurse", interest=3)
    before = journal.rows()
    file = tmp_path / "one.jsonl"
    file.write_text(
        '{"id": "i1", "occupation": "Nurse", "soc": "29-1141", "person": {"name": "Kim"}, '
        '"answers": {"outlook": "good"}, "skills": ["listening"], "tasks": [{"kind": '
        '"thank_you"}], "referrals": ["Lee"], "leads": ["a fair"], "conduct": {"kept_to_time": 2}}',
        encoding="utf-8",
    )
    journal.import_file(file)
    after = journal.rows()
    file.write_text(
        '{"id": "i1", "occupation": "Nurse", "person": {"name": "Kim"}, "answers": '
        '{"outlook": "bad", "path_in": "by chance"}, "skills": ["listening", "lifting"]}',
        encoding="utf-8",
    )
    journal.import_file(file)
    journal.undo()
    assert _without_versions(journal.rows()) == _without_versions(after)
    journal.undo()
    assert journal.rows() == before


def _without_versions(rows: dict) -> dict:
    return {
        table: [
            {k: v for k, v in row.items() if k not in ("version", "updated_at")} for row in found
        ]
        for table, found in rows.items()
    }
