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


def test_a_passage_that_never_had_a_place_gets_none_by_a_file(
    journal: Journal, interview: Interview, tmp_path: Path
) -> None:
    answer = journal.record_answer(interview, "enjoy_most", text="The quiet, above all.")
    journal.code(answer, journal.add_theme("Quiet"), None, None)
    for redact in (False, True):
        file = journal.export_file(tmp_path / f"{redact}.jsonl", redact=redact)
        with infonb.open(tmp_path / f"{redact}.db") as other:
            other.import_file(file)
            assert [(c.start, c.end, c.quote) for c in other.unplaced()] == [(None, None, "")]


def test_a_passage_leaves_without_the_name_it_is_beside_or_part_of(
    journal: Journal, interview: Interview, tmp_path: Path
) -> None:
    journal.update(journal.person(interview.person_id), name="Robin Vandermeer")
    text = "Nights are long, says my friend Robin Vandermeer, who is kind, and so they are."
    answer = journal.record_answer(interview, "enjoy_most", text=text)
    said = [{"speaker": "Robin Vandermeer", "text": text}]
    talk = journal.add_transcript(interview, turns=said)
    for theme, (start, end) in {
        "Before": (0, 16), "Half": (32, 37), "Surname": (40, 49), "After": (53, 61), "Kind": (57, 61),
    }.items():  # fmt: skip
        journal.code(answer, journal.add_theme(theme), start, end)
        journal.code(talk, journal.add_theme(theme), start, end)
    for word in ("Robin", "Vandermeer, who"):
        start = text.index(word)
        away = journal.code(answer, journal.add_theme("Away"), start, start + len(word))
        journal.update(away, start=None, end=None)
    file = journal.export_file(tmp_path / "theirs.jsonl")
    told = file.read_text(encoding="utf-8").lower()
    assert [part for part in ("robin", "vander", "meer") if part in told] == []
    themes = journal.findings(redact=True).themes
    quotes = "|".join(themes["quote"]).lower()
    assert [part for part in ("robin", "vander", "meer") if part in quotes] == []
    with infonb.open(tmp_path / "other.db") as other:
        assert other.import_file(file).problems == [] and other.check() == []
        quoted = {row["quote"] for row in other.rows()["coding"]}
        assert {"Nights are long,", "kind"} <= quoted


def test_half_a_name_beside_a_passage_is_forgotten_too(
    journal: Journal, interview: Interview
) -> None:
    person = journal.person(interview.person_id)
    journal.update(person, name="Zora Vandermeerkamp")
    text = "So says Zora Vandermeerkamp, whom I met at the ward, about nights. Zora Vandermeerkamp."
    answer = journal.record_answer(interview, "enjoy_most", text=text)
    talk = journal.add_transcript(interview, text=text)
    away = []
    for place in (text.index("at the"), text.index("about"), text.index("So"), 16):
        for of in (answer, talk):
            journal.code(of, journal.add_theme(f"At {place}"), place, place + 6)
            away.append(journal.code(of, journal.add_theme(f"Away {place}"), place, place + 6))
    for coding in away:
        journal.update(coding, start=None, end=None)
    journal.remove(away[0])
    journal.forget(person)
    journal.undo()
    rows = journal.rows()["coding"]
    left = str([[row[part] for part in ("prefix", "quote", "suffix")] for row in rows]).lower()
    assert [part for part in ("zora", "van", "meer", "kamp", "amp") if part in left] == []
    assert len(rows) == 16 and journal.check() == []
    placed = [row for row in rows if row["start"] is not None and row["answer_id"]]
    stored = journal.answers(interview)[0].text
    assert [stored[row["start"] : row["end"]] for row in placed] == [r["quote"] for r in placed]


@pytest.mark.parametrize("turns", [["Why?"], "Why?", 5, {"text": "Why?"}, [None], [{"said": "x"}]])
def test_turns_that_are_none_are_refused(
    journal: Journal, interview: Interview, turns: Any
) -> None:
    with pytest.raises(infonb.InfonbError, match="turn"):
        journal.add_transcript(interview, turns=turns)
    assert journal.transcripts() == []


def without_times(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = [{k: v for k, v in row.items() if k not in ("created_at", "answer_id")} for row in rows]
    return sorted(kept, key=lambda row: row["id"])
