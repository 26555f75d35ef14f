"""What is put into a journal comes out of it again: every public method, on both engines."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import infonb
from infonb.journal import Interview, Journal


def test_the_same_title_is_the_same_occupation(journal: Journal) -> None:
    first = journal.add_occupation("Mechanical engineer")
    again = journal.add_occupation("  mechanical   ENGINEER ", soc="17-2141", interest=4)
    assert again.id == first.id
    assert (again.soc, again.interest) == ("17-2141", 4)
    assert journal.add_occupation("Mechanical engineer", soc="11-1011").soc == "17-2141"
    assert [o.title for o in journal.occupations()] == ["Mechanical engineer"]


def test_a_title_may_be_as_long_as_it_likes(journal: Journal) -> None:
    long = "".join(chr(97 + (n * n) % 26) for n in range(20_000))
    assert journal.add_occupation(long).id == journal.add_occupation(long.upper()).id
    assert journal.add_occupation(long + "!").id != journal.add_occupation(long).id


def test_two_people_may_share_a_name(journal: Journal) -> None:
    assert journal.add_person("Robin").id != journal.add_person("Robin").id
    assert len(journal.people()) == 2


def test_a_person_keeps_every_field(journal: Journal) -> None:
    by = journal.add_person("Kim")
    fields: dict[str, Any] = {
        "source": "referral", "name_from": "Kim, at the gym", "job_title": "Ward nurse",
        "organisation": "City hospital", "email": "r@example.org", "phone": "0123",
        "has_card": True, "may_be_named": True, "notes": "calls after six",
    }  # fmt: skip
    person = journal.add_person("Robin", referred_by=by, **fields)
    assert {name: getattr(person, name) for name in fields} == fields
    assert person.referred_by == by.id
    assert person == journal.people()[1]


def test_people_may_not_be_named_unless_they_said_so(journal: Journal) -> None:
    assert journal.add_person("Robin").may_be_named is False


def test_an_interview_keeps_its_zone_and_agenda(journal: Journal) -> None:
    at = dt.datetime(2026, 3, 2, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    interview = journal.plan_interview(
        journal.add_person("Robin"), journal.add_occupation("Nurse"), at=at, minutes=30,
        questions=["outlook", "path_in", "outlook"], medium="by phone", confidence_before=2,
        research_occupation="shortage", research_organisation="600 beds",
    )  # fmt: skip
    assert interview.scheduled_at == at
    assert interview.scheduled_at is not None
    assert str(interview.scheduled_at.tzinfo) == "Europe/Berlin"
    assert interview.questions == ("outlook", "path_in")
    assert (interview.minutes, interview.status) == (30, "planned")
    assert journal.interviews("planned") == [interview] == journal.interviews()
    assert journal.interviews("done") == []


def test_an_answer_is_kept_with_all_its_parts(journal: Journal, interview: Interview) -> None:
    given: dict[str, Any] = {
        "text": "Ärzte, 'quotes', 🩺 and\nlines", "rating": 4, "why": "sounds like me",
        "weight": 0.5, "private": True,
    }  # fmt: skip
    answer = journal.record_answer(interview, "enjoy_most", **given)
    assert {name: getattr(answer, name) for name in given} == given
    assert journal.answers(interview) == [answer]
    assert answer.version == 1
    assert answer.updated_at is not None


def test_what_is_not_given_stays_as_it_is(journal: Journal, interview: Interview) -> None:
    journal.record_answer(interview, "outlook", text="good", rating=4, private=True)
    answer = journal.record_answer(interview, "outlook", rating=None)
    assert (answer.text, answer.rating, answer.private) == ("good", None, True)
    assert answer.private is True


def test_saving_the_same_again_is_no_new_version(journal: Journal, interview: Interview) -> None:
    first = journal.record_answer(interview, "outlook", text="good", rating=4)
    assert journal.record_answer(interview, "outlook", text="good", rating=4) == first


def test_any_known_question_may_be_answered(journal: Journal, interview: Interview) -> None:
    own = journal.add_question("Do you travel?", low="never", high="all the time")
    for key in (*infonb.method.QUESTIONS, own):
        assert journal.record_answer(interview, key, text="yes").question == key
    assert own in journal.questions()


def test_what_no_database_can_hold_becomes_a_replacement_sign(
    journal: Journal, interview: Interview
) -> None:
    answer = journal.record_answer(interview, "outlook", text="a\x00b\ud83dc")
    assert answer.text == "a\ufffdb\ufffdc"
    assert journal.record_skill(interview, "x\x00y").phrase == "x\ufffdy"
    assert journal.add_strength("calm", skill_id="a\x00").skill_id == "a\ufffd"


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("outlook", {"rating": 6}),
        ("outlook", {"rating": 0}),
        ("outlook", {"rating": 2.5}),
        ("outlook", {"rating": True}),
        ("outlook", {"rating": "4"}),
        ("outlook", {"weight": 1.01}),
        ("outlook", {"weight": -0.1}),
        ("outlook", {"text": None}),
        ("outlook", {"text": 7}),
        ("outlook", {"private": "perhaps"}),
        ("salary", {"text": "no such question"}),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(
    journal: Journal, interview: Interview, question: str, given: dict[str, Any]
) -> None:
    journal.record_answer(interview, "outlook", text="good", rating=4)
    before = journal.rows()
    with pytest.raises(infonb.InfonbError, match=r"outlook|salary|rating|weight|text|private"):
        journal.record_answer(interview, question, **given)
    assert journal.rows() == before


def test_an_answer_needs_its_interview(journal: Journal) -> None:
    with pytest.raises(infonb.InfonbError, match="no interview"):
        journal.record_answer("nobody", "outlook", text="good")


def test_a_skill_said_twice_is_kept_once(journal: Journal, interview: Interview) -> None:
    journal.record_skill(interview, "Listening")
    skill = journal.record_skill(interview, " listening", rank=2, skill_id="2.A.1.b")
    assert (skill.phrase, skill.rank, skill.skill_id) == ("Listening", 2, "2.A.1.b")
    journal.record_skill(interview, "Lifting", rank=1)
    assert [s.phrase for s in journal.skills(interview)] == ["Lifting", "Listening"]


def test_finishing_makes_the_thank_you_due(journal: Journal, interview: Interview) -> None:
    started = journal.start_interview(interview)
    assert journal.start_interview(interview).started_at == started.started_at
    done = journal.finish_interview(
        interview, weight=0.8, weight_reason="new in the job", confidence_after=4
    )
    assert (done.status, done.weight, done.confidence_after) == ("done", 0.8, 4)
    assert done.ended_at is not None
    assert done.date == journal.today().isoformat()
    tasks = journal.tasks()
    assert tasks["kind"].tolist() == ["thank_you", "review_notes"]
    assert tasks["due"].tolist()[0] == done.date
    assert tasks["person"].tolist() == ["Robin", "Robin"]


def test_a_task_is_done_once(journal: Journal, interview: Interview) -> None:
    task = journal.add_task(interview, "follow_up", due="2026-03-02", draft="Dear Robin")
    assert journal.add_task(interview, "follow_up", due="2026-03-05").id == task.id
    assert len(journal.tasks(due_by="2026-03-05")) == 1
    done = journal.done(task)
    assert journal.done(task).done_at == done.done_at
    assert len(journal.tasks(due_by="2026-03-05")) == 0
    assert len(journal.tasks()) == 1


def test_who_was_named_becomes_a_person(journal: Journal, interview: Interview) -> None:
    named = journal.add_referral(interview, "Kim", note="night shift", email="k@example.org")
    assert (named.source, named.referred_by) == ("referral", interview.person_id)
    assert (named.notes, named.email, named.name_from) == ("night shift", "k@example.org", "Robin")
    assert journal.add_referral(interview, " kim ").id == named.id


def test_leads_conduct_themes_and_strengths_are_kept(
    journal: Journal, interview: Interview
) -> None:
    lead = journal.add_lead(interview, "Open day", kind="event")
    assert journal.add_lead(interview, "Open day", kind="event") == lead
    assert journal.leads(interview) == [lead]
    journal.record_conduct(interview, "kept_to_time", 1)
    journal.record_conduct(interview, "kept_to_time", 2)
    assert journal.conduct(interview) == {"kept_to_time": 2}
    strength = journal.add_strength("Staying calm")
    assert journal.add_strength("staying  CALM") == strength
    assert journal.strengths() == [strength]
    journal.set_importance("home_life", 4)
    journal.set_importance("home_life", 2.5)
    assert journal.importances() == {"home_life": 2.5}


def test_a_passage_is_coded_once(journal: Journal, interview: Interview) -> None:
    answer = journal.record_answer(interview, "enjoy_most", text="I like people")
    theme = journal.add_theme("People")
    coding = journal.code(answer, theme, 7, 13)
    assert journal.code(answer, theme, 7, 13) == coding
    assert journal.code(answer, theme).end == 13
    assert len(journal.codings(answer)) == 2
    with pytest.raises(infonb.InfonbError, match="don't lie"):
        journal.code(answer, theme, 7, 14)


def test_a_marked_passage_stays_on_its_words_when_the_text_changes(
    journal: Journal, interview: Interview
) -> None:
    answer = journal.record_answer(interview, "enjoy_most", text="I like people, and the quiet.")
    people = journal.code(answer, journal.add_theme("People"), 7, 13)
    quiet = journal.code(answer, journal.add_theme("Quiet"), 19, 28)
    changed = journal.record_answer(
        interview, "enjoy_most", text="To be frank, I like people, and the quiet."
    )
    marked = {c.id: changed.text[c.start : c.end] for c in journal.codings(answer)}
    assert marked == {people.id: "people", quiet.id: "the quiet"}
    journal.record_answer(interview, "enjoy_most", text="I like people.")
    assert [c.id for c in journal.codings(answer) if c.start is not None] == [people.id]
    assert [(c.id, c.quote) for c in journal.unplaced()] == [(quiet.id, "the quiet")]
    journal.undo()
    placed = {c.id for c in journal.codings(answer) if c.start is not None}
    assert placed == {people.id, quiet.id}
    assert journal.check() == []


def test_an_outcome_owes_everyone_the_news_once(journal: Journal, interview: Interview) -> None:
    journal.finish_interview(interview)
    again = journal.plan_interview(interview.person_id, interview.occupation_id)
    journal.finish_interview(again)
    journal.record_outcome("job", title="Ward nurse", at="2026-06-01T10:00+00:00")
    journal.record_outcome("training")
    tasks = journal.tasks()
    told = tasks[tasks["kind"] == "tell_outcome"]
    assert told["interview"].tolist() == [again.id]
    assert [o.kind for o in journal.outcomes()] == ["job", "training"]


def test_a_decision_keeps_its_reason(journal: Journal) -> None:
    nurse = journal.add_occupation("Nurse")
    decision = journal.record_decision(nurse, "Ask for a day on the ward", "all three said so")
    assert journal.decisions() == [decision]
    assert decision.occupation_id == nurse.id


def test_a_change_is_checked_like_the_first_entry(journal: Journal, interview: Interview) -> None:
    assert journal.update(interview, status="cancelled").status == "cancelled"
    assert journal.update(interview, questions=["outlook"]).questions == ("outlook",)
    with pytest.raises(infonb.InfonbError, match="status"):
        journal.update(interview, status="forgotten")
    with pytest.raises(infonb.InfonbError, match="no 'colour'"):
        journal.update(interview, colour="red")
    nurse = journal.occupations()[0]
    journal.add_occupation("Teacher")
    with pytest.raises(infonb.InfonbError, match="already"):
        journal.update(nurse, title="teacher")


def test_order_is_the_order_of_entry(journal: Journal) -> None:
    names = [f"P{n}" for n in range(30)]
    for name in names:
        journal.add_person(name)
    assert [p.name for p in journal.people()] == names


def test_what_was_kept_is_there_when_it_is_opened_again(place: str, help: Any) -> None:
    with infonb.open(place) as journal:
        interview = help.plan(journal)
        journal.record_answer(interview, "outlook", text="good", rating=4)
        before, identity = journal.rows(), journal.id
    with infonb.open(place) as journal:
        assert journal.rows() == before
        assert journal.id == identity


def test_the_database_itself_refuses_what_python_let_through(place: str, help: Any) -> None:
    from sqlalchemy import update

    from infonb.journal import Refused, schema

    with infonb.open(place) as journal:
        answer = journal.record_answer(help.plan(journal), "outlook", text="good", rating=4)
        wrong: list[tuple[Any, dict[str, Any]]] = [
            (schema.answer, {"rating": 9}), (schema.answer, {"weight": 1.5}),
            (schema.answer, {"version": 0}), (schema.answer, {"text": None}),
            (schema.interview, {"status": "lost"}), (schema.interview, {"person_id": "nobody"}),
            (schema.interview, {"minutes": 0}), (schema.occupation, {"interest": 6}),
        ]  # fmt: skip
        for table, values in wrong:
            with pytest.raises(Refused), journal.transaction() as write:
                write.connection.execute(update(table).values(**values))
        assert journal.answers(answer.interview_id) == [answer]


def test_a_refusal_does_not_repeat_what_people_said(journal: Journal, interview: Interview) -> None:
    from sqlalchemy import update

    from infonb.journal import schema

    journal.record_answer(interview, "outlook", text="told in confidence")
    with pytest.raises(infonb.InfonbError) as refused, journal.transaction() as write:
        write.connection.execute(update(schema.answer).values(rating=9))
    assert "confidence" not in str(refused.value)
    assert refused.value.__cause__ is None
