"""Prepare, Debrief and Decide: filled from the journal, saved on change, errors in words."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import ipywidgets as widgets
import pytest

import infonb
from infonb.widgets import Debrief, Decide, Prepare
from infonb.widgets.debrief import names_in
from infonb.widgets.draft import Draft, concerns_in_words


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        yield journal


@pytest.fixture
def interview(journal: Any) -> Any:
    sam = journal.add_person("Sam Ito", source="neighbor")
    ada = journal.add_person("Ada L.", referred_by=sam, name_from="Sam, over the fence")
    nurse = journal.add_occupation("Nurse", soc="29-1141")
    return journal.plan_interview(ada, nurse, questions=["path_in", "home_life"])


def every(widget: Any) -> Iterator[Any]:
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def find(form: Any, description: str, kind: type = widgets.Widget) -> Any:
    found = [
        each
        for each in every(form)
        if getattr(each, "description", None) == description and isinstance(each, kind)
    ]
    assert len(found) == 1, (description, [getattr(e, "description", "") for e in every(form)])
    return found[0]


def said(form: Any) -> str:
    return form._said.value


def shown(form: Any) -> str:
    return " ".join(str(each.value) for each in every(form) if isinstance(each, widgets.HTML))


FORMS = [Prepare, Debrief, Decide]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sample", ["published", "example"])
def test_every_control_says_what_it_is(form: Any, sample: str) -> None:
    controls = (
        widgets.ValueWidget, widgets.Button,
    )  # fmt: skip
    with infonb.sample(sample) as journal:
        for each in every(form(journal)):
            if isinstance(each, controls) and not isinstance(each, widgets.HTML):
                assert each.description.strip(), each


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_journal_opens(form: Any, journal: Any) -> None:
    assert repr(form(journal)).endswith("run this cell to open the form")


def lists(form: Any) -> list[Any]:
    return [each for each in every(form) if isinstance(each, widgets.Dropdown)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", ["empty", "example", "published", "half filled in"])
def test_every_list_shows_what_is_chosen(form: Any, where: str, journal: Any) -> None:
    if where == "half filled in":
        talk = journal.plan_interview(journal.add_person("Ada L."), journal.add_occupation("Nurse"))
        journal.record_skill(talk, "patience")
        journal.record_skill(talk, "my own knack", confirmed=True)
        journal.finish_interview(talk)
        journal.record_decision(talk.occupation_id, "Apply", None)
    elif where != "empty":
        journal = infonb.sample(where)
    found = lists(form(journal))
    assert found
    for each in found:
        assert each.index is not None and each.label, each.description


def test_the_first_entry_of_a_list_is_seen_chosen_and_stored_as_nothing(journal: Any) -> None:
    ada = journal.add_person("Ada L.", source="neighbor", referred_by=journal.add_person("Sam"))
    nurse = journal.add_occupation("Nurse", soc="29-1141", interest=4)
    talk = journal.plan_interview(ada, nurse, medium="by phone")
    form = Prepare(journal)
    find(form, "Occupation").value, find(form, "Person").value = nurse.id, ada.id
    first = {
        "Official title": "not chosen", "How seriously": "not said", "How": "not said",
        "How you know of them": "not said", "Named by": "nobody",
    }  # fmt: skip
    for description, label in first.items():
        control = find(form, description)
        control.index = 0
        assert control.label == label
    [kept] = journal.occupations()
    assert (kept.soc, kept.interest) == (None, None)
    [kept] = [person for person in journal.people() if person.id == ada.id]
    assert (kept.source, kept.referred_by, journal.interview(talk).medium) == (None, None, None)
    again = Prepare(journal)
    find(again, "Occupation").value = nurse.id
    assert find(again, "How seriously").label == "not said"


def test_what_is_changed_while_the_form_is_still_being_filled_is_kept(
    journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for official titles takes a while; JupyterLab hands over changes meanwhile."""
    nurse = journal.add_occupation("Nurse", interest=4)
    form = Prepare(journal)
    looks, found = threading.Event(), threading.Event()

    def slowly(title: str) -> list[tuple[str, str]]:
        looks.set()
        assert found.wait(60)
        return []

    monkeypatch.setattr("infonb.widgets.prepare.suggested_socs", slowly)
    which = find(form, "Occupation")
    filling = threading.Thread(target=lambda: setattr(which, "value", nurse.id))
    filling.start()
    assert looks.wait(60)
    find(form, "How seriously").value = 2
    found.set()
    filling.join()
    assert [each.interest for each in journal.occupations()] == [2]


def test_a_weight_of_nothing_is_not_a_weight_that_was_not_said(journal: Any) -> None:
    talk = journal.plan_interview(journal.add_person("Ada L."), journal.add_occupation("Nurse"))
    weight = find(Debrief(journal, talk), "Weight")
    assert weight.label == "not said: counts as 1"
    weight.value = 0.0
    assert journal.interview(talk).weight == 0 and weight.label.startswith("0")
    weight.index = 0
    assert journal.interview(talk).weight is None


@pytest.mark.parametrize("form", FORMS)
def test_what_was_typed_is_shown_as_it_is(form: Any, journal: Any) -> None:
    evil = "<img src=x onerror=alert(1)>"
    interview = journal.plan_interview(journal.add_person(evil), journal.add_occupation(evil))
    journal.record_answer(interview, "path_in", text=evil)
    journal.record_answer(interview, "ask_next", text=evil)
    journal.add_lead(interview, evil)
    journal.record_decision(interview.occupation_id, evil, evil)
    assert "<img" not in shown(form(journal))


# ---------------------------------------------------------------- Prepare


def test_an_occupation_and_a_person_are_kept_as_they_are_typed(journal: Any) -> None:
    form = Prepare(journal)
    find(form, "Title").value = "Beekeeper"
    find(form, "How seriously").value = 4
    find(form, "Name").value = "Grace H."
    find(form, "How you know of them").value = "friend"
    find(form, "E-mail").value = "grace@example.org"
    [occupation], [person] = journal.occupations(), journal.people()
    assert (occupation.title, occupation.interest) == ("Beekeeper", 4)
    assert (person.name, person.source, person.email) == ("Grace H.", "friend", "grace@example.org")
    assert "saved" in said(form)


def test_what_is_typed_before_the_name_is_kept_with_it(journal: Any) -> None:
    form = Prepare(journal)
    find(form, "Phone").value = "555-0100"
    assert journal.people() == [] and "saved" not in said(form)
    find(form, "Name").value = "Grace H."
    assert journal.people()[0].phone == "555-0100"


def test_an_interview_is_planned_with_its_questions(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "Interview").value = ""
    find(form, "Person to ask").value = journal.people()[0].id
    find(form, "About").value = interview.occupation_id
    find(form, "When").value = dt.datetime(2026, 12, 1, 14, 30)
    find(form, infonb.method.QUESTIONS["outlook"].prompt).value = False
    find(form, "Plan this interview").click()
    made = next(i for i in journal.interviews() if i.id != interview.id)
    assert made.scheduled_at.replace(tzinfo=None) == dt.datetime(2026, 12, 1, 14, 30)
    assert made.minutes == 20
    assert set(made.questions) == set(infonb.method.AGENDA_DEFAULT) - {"outlook"}


def test_planning_without_a_person_is_refused_in_words(journal: Any) -> None:
    form = Prepare(journal)
    find(form, "Plan this interview").click()
    assert "Choose a person and an occupation" in said(form) and journal.interviews() == []


def test_the_estimate_warns_and_does_not_forbid(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    assert "2 questions take about" in shown(form)
    for question in infonb.method.QUESTIONS.values():
        find(form, question.prompt).value = True
    assert "perhaps leave some out" in shown(form)
    assert len(journal.interview(interview).questions) == 16


def test_a_question_of_ones_own_joins_the_agenda(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "A question of your own").value = "Do you travel?"
    asked = journal.interview(interview).questions[-1]
    assert journal.questions()[asked].prompt == "Do you travel?"
    assert find(form, "Do you travel?").value


def test_research_checklist_and_confidence_are_kept(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "About the organisation").value = "Two hundred beds"
    find(form, "How you feel about it").value = 2
    find(form, "Dress and act as for a job interview").value = True
    stored = journal.interview(interview)
    assert (stored.research_organisation, stored.confidence_before) == ("Two hundred beds", 2)
    again = Prepare(journal)
    assert journal.conduct(interview) == {"dressed": 2}
    assert find(again, "Dress and act as for a job interview").value
    assert find(again, "About the organisation").value == "Two hundred beds"


def test_the_request_names_who_gave_the_name_and_asks_for_guidance(
    journal: Any, interview: Any
) -> None:
    form = Prepare(journal)
    for description in ("Message", "On the phone"):
        draft = find(form, description).value
        for part in ("Sam Ito gave me your name", "information and guidance", "20 minutes"):
            assert part in draft.replace("\n", " ")
        assert concerns_in_words(draft, request=True) == []


def test_a_draft_that_asks_for_a_job_is_noticed_at_once(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "Message").value += " By the way, are you hiring?"
    assert "asks for a job" in shown(form)


def draft(form: Any, description: str) -> Draft:
    [found] = [e for e in every(form) if isinstance(e, Draft) and e.text.description == description]
    return found


def test_a_request_in_ones_own_words_outlives_the_kernel(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "Message").value = "Dear Ada, may I ask you something?"
    find(form, "On the phone").value = "Hello Ada"
    again = Prepare(journal)
    assert find(again, "Message").value == "Dear Ada, may I ask you something?"
    assert find(again, "On the phone").value == "Hello Ada"
    find(again, "Message").value = ""
    assert "Sam Ito gave me your name" in find(Prepare(journal), "Message").value


def test_what_was_written_before_the_plan_is_made_goes_with_it(
    journal: Any, interview: Any
) -> None:
    form = Prepare(journal)
    find(form, "Interview").value = ""
    find(form, "Message").value = "My own words"
    find(form, "Plan this interview").click()
    [made] = [i for i in journal.interviews() if i.id != interview.id]
    assert journal.messages(made) == {"request": "My own words"}
    assert journal.messages(interview) == {}
    assert find(form, "Message").value == "My own words"


def test_a_draft_opens_in_ones_own_mail_program(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    assert draft(form, "Message").link.startswith("mailto:?subject=")
    person = next(p for p in journal.people() if p.id == interview.person_id)
    journal.update(person, email='ada"><b@example.org')
    message = draft(Prepare(journal), "Message")
    message.text.value += " Yours"
    assert message.link.startswith("mailto:ada%22%3E%3Cb@example.org?subject=Twenty%20minutes")
    assert message.link.endswith("%20Yours")
    assert "mailto" not in shown(draft(form, "On the phone"))


def test_official_figures_are_shown_beside_the_research(journal: Any, interview: Any) -> None:
    assert "BLS" in shown(Prepare(journal))


# ---------------------------------------------------------------- Debrief


def test_ratings_and_the_grain_of_salt_are_kept(journal: Any, interview: Any) -> None:
    journal.record_answer(interview, "home_life", text="Every second weekend")
    form = Debrief(journal)
    rating = find(form, infonb.method.QUESTIONS["home_life"].to_oneself)
    assert ("1, bad for home life", 1) in rating.options
    rating.value = 2
    find(form, "Why").value = "weekends"
    find(form, "Weight").value = 0.6
    find(form, "Why this weight").value = "new in the job"
    [answer], stored = journal.answers(interview), journal.interview(interview)
    assert (answer.rating, answer.why, answer.text) == (2, "weekends", "Every second weekend")
    assert (stored.weight, stored.weight_reason) == (0.6, "new in the job")


def test_who_was_named_becomes_a_person_with_one_click(journal: Any, interview: Any) -> None:
    journal.record_answer(interview, "ask_next", text="Grace Hopper, on the night shift")
    form = Debrief(journal, interview)
    find(form, "Add Grace Hopper to the people").click()
    made = journal.people()[-1]
    assert (made.name, made.source, made.referred_by) == (
        "Grace Hopper",
        "referral",
        interview.person_id,
    )
    assert "In your list of people: Grace Hopper" in shown(form)


def test_person_leads_conduct_and_skills_are_kept(journal: Any, interview: Any) -> None:
    mention = journal.record_skill(interview, "staying calm", rank=1)
    form = Debrief(journal, interview)
    find(form, "They agreed to be named in what I share").value = True
    find(form, "I have their business card").value = True
    find(form, "I heard of").value = "internship"
    find(form, "What, and where").value = "Summer on the ward"
    find(form, "Keep it").click()
    find(form, "Keep to the twenty minutes").value = 1
    find(form, "Confidence after").value = 5
    find(form, "staying calm: Self-Control").click()
    person = next(p for p in journal.people() if p.id == interview.person_id)
    assert person.may_be_named and person.has_card
    assert [(lead.kind, lead.text) for lead in journal.leads(interview)] == [
        ("internship", "Summer on the ward")
    ]
    assert journal.conduct(interview) == {"kept_to_time": 1}
    assert journal.interview(interview).confidence_after == 5
    assert [m.confirmed for m in journal.skills(interview) if m.id == mention.id] == [True]


def test_finishing_makes_the_thank_you_fall_due_the_same_day(journal: Any, interview: Any) -> None:
    form = Debrief(journal, interview)
    find(form, "It was held: finish it").click()
    tasks = journal.tasks()
    due = tasks[tasks["kind"] == "thank_you"]["due"].iloc[0]
    assert str(due)[:10] == journal.today().isoformat()
    note = find(form, "Thank-you note")
    note.value = "Dear Ada, thank you."
    find(form, "Next step").value = "Visit the ward"
    find(form, "By").value = journal.today() + dt.timedelta(days=3)
    stored = {row["kind"]: row for row in journal.tasks().to_dict("records")}
    assert stored["thank_you"]["draft"] == "Dear Ada, thank you."
    assert stored["follow_up"]["draft"] == "Visit the ward"
    sent = next(
        e
        for e in every(form)
        if str(getattr(e, "description", "")).startswith("Send the thank-you")
    )
    sent.value = True
    assert journal.tasks().set_index("kind").loc["thank_you", "done_at"] is not None
    assert find(Debrief(journal, interview), "Thank-you note").value == "Dear Ada, thank you."


def test_the_thank_you_comes_back_to_what_was_said(journal: Any, interview: Any) -> None:
    journal.record_answer(interview, "path_in", text="Through a friend", rating=3)
    journal.record_answer(interview, "enjoy_most", text="The quiet at dawn")
    form = Debrief(journal, interview)
    note, whom_else = find(form, "Thank-you note"), find(form, "Ask whom else")
    assert "you mentioned, “Through a friend”" in note.value
    find(form, infonb.method.QUESTIONS["enjoy_most"].to_oneself).value = 5
    assert "you mentioned, “The quiet at dawn”" in note.value
    assert "you mentioned “The quiet at dawn”" in whom_else.value
    find(form, "E-mail").value = "ada@example.org"
    assert draft(form, "Thank-you note").link.startswith("mailto:ada@example.org?")
    whom_else.value = "Whom else may I ask?"
    assert find(Debrief(journal, interview), "Ask whom else").value == "Whom else may I ask?"


def test_a_note_typed_letter_by_letter_is_one_step_to_take_back(
    journal: Any, interview: Any
) -> None:
    form = Debrief(journal, interview)
    note = find(form, "Thank-you note")
    for text in ("First words", "First words, a", "First words, an", "First words, and more"):
        note.value = text
    journal.undo()
    assert find(Debrief(journal, interview), "Thank-you note").value == "First words"


def test_an_error_is_said_inside_the_form(journal: Any, interview: Any) -> None:
    form = Debrief(journal, interview)
    find(form, "Add to the people").click()
    assert "is empty" in said(form) and "trouble" in said(form)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Grace H. and Tom Okoro", ["Grace H.", "Tom Okoro"]),
        ("ask María de la Cruz about it", ["María de la Cruz"]),
        ("nobody in particular", []),
        ("Grace Hopper\nGrace Hopper", ["Grace Hopper"]),
    ],
)
def test_names_are_found_in_a_note(text: str, names: list[str]) -> None:
    assert names_in(text) == names


# ---------------------------------------------------------------- Decide


def test_importances_are_kept_and_the_chart_follows() -> None:
    with infonb.sample("example") as journal:
        form = Decide(journal)
        before = form._chart.outputs
        assert "vegalite" in next(iter(before[0]["data"]))
        find(form, "Life at home").value = 0.0
        assert journal.importances()["home_life"] == 0
        assert form._chart.outputs != before
        assert find(Decide(journal), "Life at home").value == 0


def test_decision_and_outcome_are_recorded(journal: Any, interview: Any) -> None:
    journal.finish_interview(interview)
    form = Decide(journal)
    find(form, "Record the decision").click()
    assert "Choose the occupation" in said(form)
    find(form, "I go for").value = interview.occupation_id
    find(form, "Next step").value = "Apply"
    find(form, "Record the decision").click()
    assert journal.decisions()[-1].next_step == "Apply"
    find(form, "It ended with").value = "training"
    find(form, "What").value = "Nursing school"
    find(form, "Record how it ended").click()
    assert journal.outcomes()[-1].title == "Nursing school"
    assert "tell_outcome" in set(journal.tasks()["kind"])


def test_everyone_is_told_how_it_ended_one_after_the_other(journal: Any, interview: Any) -> None:
    ben = journal.plan_interview(journal.add_person("Ben"), interview.occupation_id)
    for talk in (interview, ben):
        journal.finish_interview(talk)
    form = Decide(journal)
    assert form._news.box.layout.display == "none"
    find(form, "It ended with").value = "training"
    find(form, "What").value = "Nursing school"
    find(form, "Record how it ended").click()
    whom, news = find(form, "Whom to tell"), find(form, "News")
    assert [label for label, _ in whom.options] == ["Ada L., Nurse", "Ben, Nurse"]
    assert "Dear Ada L." in news.value and "Nursing school" in news.value
    news.value = "Dear Ada, I made it."
    whom.value = whom.options[1][1]
    assert "Dear Ben" in news.value
    find(form, "It is told").click()
    assert [label for label, _ in whom.options] == ["Ada L., Nurse"]
    assert find(Decide(journal), "News").value == "Dear Ada, I made it."
    find(form, "It is told").click()
    assert form._news.box.layout.display == "none"


@pytest.mark.parametrize("form", FORMS)
def test_a_journal_that_was_moved_is_never_called_saved(
    journal: Any, interview: Any, tmp_path: Any, form: Any
) -> None:
    made = form(journal)
    (tmp_path / "search.db").rename(tmp_path / "moved.db")
    made._attempt(lambda: journal.add_occupation("Teacher"))
    assert "Not saved." in said(made) and 'class="trouble"' in said(made)
    (tmp_path / "moved.db").rename(tmp_path / "search.db")
    made._attempt(lambda: journal.add_occupation("Teacher"))
    assert "Not saved." not in said(made)
