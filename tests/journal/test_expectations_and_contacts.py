"""What was expected, whom one asked, what somebody agreed to, what one thought: kept and told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.journal import Interview, Journal


def test_what_was_expected_first_stays(journal: Journal) -> None:
    nurse = journal.add_occupation("Nurse")
    journal.set_expectation(nurse, "home_life", 4, at="2026-03-01")
    journal.set_expectation(nurse, "home_life", 2, at="2026-05-01")
    journal.set_expectation(nurse, "home_life", 2, at="2026-05-02")
    journal.set_expectation(nurse, "start_pay", 41_000)
    told = [(e.question, e.rating, e.amount) for e in journal.expectations(nurse)]
    assert told == [("home_life", 4, None), ("home_life", 2, None), ("start_pay", None, 41_000.0)]
    assert journal.check() == []


@pytest.mark.parametrize(
    ("question", "rating", "said"),
    [("home_life", 9, "from 1 to 5"), ("home_life", None, "missing"),
     ("start_pay", -1, "number"), ("no such question", 3, "not known")],
)  # fmt: skip
def test_an_expectation_off_its_scale_is_refused(
    journal: Journal, question: str, rating: Any, said: str
) -> None:
    with pytest.raises(infonb.InfonbError, match=said):
        journal.set_expectation(journal.add_occupation("Nurse"), question, rating)
    assert journal.expectations() == []


def test_who_says_no_is_no_longer_planned_and_undo_asks_again(
    journal: Journal, interview: Interview
) -> None:
    journal.record_contact(interview.person_id, "asked", channel="e-mail", at="2026-03-02")
    journal.record_contact(interview.person_id, "answered_no", at="2026-03-05")
    assert [c.kind for c in journal.contacts(interview.person_id)] == ["asked", "answered_no"]
    assert journal.interview(interview.id).status == "declined"
    journal.undo()
    assert journal.interview(interview.id).status == "planned"
    with pytest.raises(infonb.InfonbError, match="choose one of asked"):
        journal.record_contact(interview.person_id, "stalked")


def test_thanking_somebody_does_the_thank_you(journal: Journal, interview: Interview) -> None:
    journal.finish_interview(interview)
    journal.record_contact(interview.person_id, "thanked", at="2026-03-05")
    tasks = journal.tasks().set_index("kind")
    assert tasks.loc["thank_you", "done_at"] is not None
    assert tasks["done_at"].isna().tolist().count(True) == len(tasks) - 1


def test_the_newer_consent_counts(journal: Journal) -> None:
    ada = journal.add_person("Ada", workplace="hospital", years=12)
    journal.record_consent(ada, "recording", False, day="2026-03-01")
    journal.record_consent(ada, "recording", True, day="2026-03-02")
    journal.record_consent(ada, "quoting", True)
    assert journal.consents(ada) == {"recording": True, "quoting": True}
    assert (journal.person(ada.id).workplace, journal.person(ada.id).years) == ("hospital", 12)


def test_a_reflection_is_changed_and_taken_away(journal: Journal, interview: Interview) -> None:
    journal.record_reflection("surprised", "How quiet it is", interview)
    journal.record_reflection("surprised", "How loud it is", interview)
    journal.record_reflection("before_you_look", "Nurse", at="2026-03-01")
    assert [r.text for r in journal.reflections(interview)] == ["How loud it is"]
    assert len(journal.reflections()) == 2
    assert journal.record_reflection("surprised", " ", interview) is None
    assert journal.reflections(interview) == []


def test_all_of_it_goes_out_and_comes_in(
    journal: Journal, interview: Interview, tmp_path: Path
) -> None:
    person, nurse = interview.person_id, interview.occupation_id
    journal.set_expectation(nurse, "home_life", 4)
    journal.set_expectation(nurse, "start_pay", 41_000)
    journal.record_contact(person, "asked", channel="phone", note="rang twice")
    journal.record_consent(person, "quoting", True)
    journal.record_reflection("surprised", "How quiet it is", interview)
    journal.record_reflection("smallest_step", "Ring the college")
    journal.record_decision(nurse, "Shadow a shift", plan="A", look_again="2026-12-01")
    said = [{"speaker": "Me", "text": "Why?"}, {"speaker": "Ada", "text": "For the people."}]
    transcript = journal.add_transcript(interview, turns=said, asks="Me")
    theme = journal.add_theme("People")
    journal.code(transcript, theme, 10, 16)
    answer = journal.record_answer(interview, "enjoy_most", text="The quiet, above all.")
    journal.code(answer, theme, 4, 9)
    journal.record_answer(interview, "enjoy_most", text="Nothing of the kind.")
    assert [c.quote for c in journal.unplaced()] == ["quiet"]
    file = journal.export_file(tmp_path / "all.jsonl", redact=False)
    with infonb.open(tmp_path / "other.db") as other:
        report = other.import_file(file)
        assert report.problems == []
        mine, theirs = journal.rows(), other.rows()
        for table in ("expectation", "contact", "consent", "reflection", "decision", "transcript",
                      "coding"):  # fmt: skip
            assert without_times(theirs[table]) == without_times(mine[table]), table
        assert other.import_file(file).added == 0 and other.check() == []


def test_others_get_no_reflection_and_no_name_in_a_note(
    journal: Journal, interview: Interview, tmp_path: Path
) -> None:
    name = journal.person(interview.person_id).name
    journal.record_contact(interview.person_id, "asked", note=f"{name} likes mornings")
    journal.record_reflection("surprised", "What I would tell nobody", interview)
    journal.add_transcript(interview, turns=[{"speaker": name, "text": f"I am {name}."}], asks=None)
    told = journal.export_file(tmp_path / "theirs.jsonl").read_text(encoding="utf-8")
    assert name not in told and "tell nobody" not in told
    assert "likes mornings" in told


def without_times(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = [{k: v for k, v in row.items() if k not in ("created_at", "answer_id")} for row in rows]
    return sorted(kept, key=lambda row: row["id"])
