"""Prepare, Debrief and Decide: filled from the journal, saved on change, errors in words."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import ipywidgets as widgets
import pytest
from form_controls import every, find, of, shown

import infonb
from infonb.widgets import Capture, Debrief, Decide, Prepare
from infonb.widgets.draft import Draft, concerns_in_words
from infonb.widgets.referrals import referrals_in


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


def beside(form: Any) -> Any:
    """The control beside which the form says something."""
    return next(e for e in every(form) if form._manners.beside in getattr(e, "_dom_classes", ()))


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
    journal.add_occupation("Nurse", soc="29-1141", interest=4)
    form = Prepare(journal)
    of(form, "Change Nurse").click()
    find(form, "Person").value = ada.id
    find(form, "How seriously do you consider it?").value = ""
    first = {
        "Official title": "not chosen", "How you came to them": "not said", "Named by": "nobody",
    }  # fmt: skip
    for description, label in first.items():
        control = find(form, description)
        control.index = 0
        assert control.label == label
    [kept] = journal.occupations()
    assert (kept.soc, kept.interest) == (None, None)
    [kept] = [person for person in journal.people() if person.id == ada.id]
    assert (kept.source, kept.referred_by) == (None, None)


def test_what_is_changed_while_official_titles_are_looked_for_is_kept(
    journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for them takes a while; JupyterLab hands over changes meanwhile."""
    journal.add_occupation("Nurse", interest=4)
    looks, found = threading.Event(), threading.Event()

    def slowly(title: str) -> list[tuple[str, str]]:
        looks.set()
        assert found.wait(60)
        return []

    monkeypatch.setattr("infonb.widgets.prepare_occupations.suggested_socs", slowly)
    form = Prepare(journal)
    assert looks.wait(60)
    of(form, "Change Nurse").click()
    find(form, "How seriously do you consider it?").value = 2
    found.set()
    form.occupations.looking.join(60)
    assert [each.interest for each in journal.occupations()] == [2]
    assert find(form, "How seriously do you consider it?").value == 2


def test_a_weight_of_nothing_is_not_a_weight_that_was_not_said(journal: Any) -> None:
    talk = journal.plan_interview(journal.add_person("Ada L."), journal.add_occupation("Nurse"))
    weight = find(Debrief(journal, talk), "How much should it count?")
    assert weight.label == "not said: counts fully"
    weight.value = 0.0
    assert journal.interview(talk).weight == 0 and weight.label == "not at all"
    weight.index = 0
    assert journal.interview(talk).weight is None
    journal.update(journal.interview(talk), weight=0.85)
    assert find(Debrief(journal, talk), "How much should it count?").label == "0.85"


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


def test_an_occupation_and_a_person_are_kept_when_they_are_added(journal: Any) -> None:
    form = Prepare(journal)
    find(form, "First occupation").value = "Beekeeper"
    assert find(form, "Another occupation").value == "" and "Beekeeper is added" in form.said
    assert find(form, "What they do").label == "Beekeeper"
    find(form, "Name").value = "Grace H."
    find(form, "How you know of them").value = "friend"
    find(form, "E-mail").value = "grace@example.org"
    assert journal.people() == []
    find(form, "Only keep the name").click()
    [occupation], [person] = journal.occupations(), journal.people()
    assert (occupation.title, person.name, person.source) == ("Beekeeper", "Grace H.", "friend")
    assert person.email == "grace@example.org" and find(form, "Name").value == ""
    assert form.said == "Grace H. is in your list."


def test_typing_a_second_name_adds_and_never_renames(journal: Any) -> None:
    form = Prepare(journal)
    for title in ("Nurse", "Site engineer"):
        form.occupations.title.value = title
    for name in ("Ada L.", "Ben C."):
        find(form, "Name").value = name
        find(form, "Only keep the name").click()
    assert [o.title for o in journal.occupations()] == ["Nurse", "Site engineer"]
    assert [p.name for p in journal.people()] == ["Ada L.", "Ben C."]
    find(form, "Name").value = "ada l."
    find(form, "Only keep the name").click()
    assert "in your list already" in form.said and len(journal.people()) == 2


def test_another_name_is_asked_for_before_anything_is_renamed(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    of(form, "Change Nurse").click()
    find(form, "Another name for it").value = "Night nurse"
    assert "Press Rename" in form.said and journal.occupations()[0].title == "Nurse"
    find(form.occupations, "Rename").click()
    assert journal.occupations()[0].title == "Night nurse"
    find(form, "Person").value = interview.person_id
    find(form, "Another spelling of the name").value = "Ada Lovelace"
    assert "Press Rename" in form.said
    find(form.people, "Rename").click()
    assert journal.people()[1].name == "Ada Lovelace"


def test_what_is_removed_comes_back_by_undo_until_something_else_is_changed(
    journal: Any, interview: Any
) -> None:
    journal.add_strength("patience")
    form = Prepare(journal)
    of(form, "Change Nurse").click()
    find(form, "Remove it").click()
    assert journal.interviews() == [] and "with one interview" in form.said
    assert form.occupations.undo.layout.display is None
    form.occupations.undo.click()
    assert [o.title for o in journal.occupations()] == ["Nurse"] and len(journal.interviews()) == 1
    find(form, "Person").value = interview.person_id
    find(form, "Remove this person").click()
    form.people.known.undo.click()
    find(form, "Remove this plan").click()
    form.plan.undo.click()
    of(form, "Remove patience").click()
    assert journal.strengths() == []
    form.strengths.undo.click()
    assert len(journal.people()) == 2 and len(journal.interviews()) == 1
    assert [s.phrase for s in journal.strengths()] == ["patience"]
    of(form, "Remove patience").click()
    form.occupations.title.value = "Baker"
    assert form.strengths.undo.layout.display == "none"


def test_nothing_typed_is_said_with_an_example(journal: Any) -> None:
    form = Prepare(journal)
    form.occupations.add.click()
    assert "Type an occupation first, for example" in form.said
    assert beside(form) is form.occupations.add or form._manners.trouble
    find(form, "Write the message").click()
    assert "Type a name first" in form.said


def test_an_official_title_is_proposed_and_taken_only_when_confirmed(journal: Any) -> None:
    form = Prepare(journal)
    form.occupations.title.value = "Nurse"
    form.occupations.looking.join(120)
    assert "perhaps Registered Nurses" in shown(form)
    assert journal.occupations()[0].soc is None
    of(form, "Yes Nurse is Registered Nurses (29-1141)").click()
    assert journal.occupations()[0].soc == "29-1141"
    assert "Official title: Registered Nurses" in shown(form)


def test_the_person_just_entered_is_the_one_that_is_planned(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "Name").value = "Grace H."
    find(form, "Who gave you the name?").value = "sam ito"
    form.people.ask.click()
    person, made = journal.people()[-1], journal.interviews()[-1]
    assert (made.person_id, made.questions) == (person.id, infonb.method.AGENDA_DEFAULT)
    assert person.referred_by == journal.people()[0].id and person.name_from is None
    assert "Sam Ito gave me your name" in find(form, "Message").value
    find(form, "They said yes: plan it").click()
    assert form._step.value == "Plan" and find(form, "With").value == made.id
    find(form, "When").value = dt.datetime(2026, 12, 1, 14, 30)
    stored = journal.interview(made).scheduled_at
    assert stored.replace(tzinfo=None) == dt.datetime(2026, 12, 1, 14, 30)
    assert "Planned: Grace H." in form.said


def test_somebody_known_is_planned_with(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "With").value = f"new:{journal.people()[0].id}"
    assert find(form, "About").label == "Nurse"
    find(form, "Plan this interview").click()
    assert "Choose a day and a time" in form.said and len(journal.interviews()) == 1
    find(form, "When").value = dt.datetime(2026, 12, 1, 14, 30)
    find(form, "Plan this interview").click()
    made = next(i for i in journal.interviews() if i.id != interview.id)
    assert (made.person_id, made.minutes) == (journal.people()[0].id, 20)
    assert made.questions == infonb.method.AGENDA_DEFAULT


@pytest.mark.parametrize("stored", ["video", "by video", "walk in the park"])
def test_how_one_meets_is_chosen_once_however_it_was_stored(
    journal: Any, interview: Any, stored: str
) -> None:
    journal.update(interview, medium=stored)
    how = find(Prepare(journal), "How")
    assert [text for text, _ in how.options][:3] == ["in person", "by phone", "by video"]
    assert how.label == ("by video" if "video" in stored else stored)
    assert len(how.options) == (3 if "video" in stored else 4)
    how.label = "by phone"
    assert journal.interview(interview.id).medium == "phone"


def test_planning_without_a_person_is_refused_in_words(journal: Any) -> None:
    form = Prepare(journal)
    find(form, "Plan this interview").click()
    assert "Choose whom to ask first" in form.said and journal.interviews() == []
    assert beside(form) is form.plan.make


def test_questions_are_put_in_order_left_out_and_added(journal: Any, interview: Any) -> None:
    journal.update(interview, questions=infonb.method.AGENDA_DEFAULT)
    form = Prepare(journal)
    assert "If there is time:" in shown(form)
    order = find(form, "Your questions")
    order.value = "top_skills"
    find(form, "Ask earlier").click()
    find(form, "Ask earlier").click()
    assert journal.interview(interview).questions[2] == "top_skills" == order.value
    assert "is now number 3" in form.said
    find(form, "Ask later").click()
    assert journal.interview(interview).questions[3] == "top_skills"
    find(form, "Leave out").click()
    assert "top_skills" not in journal.interview(interview).questions
    find(form, "Add a question").value = "strengths_fit"
    assert journal.interview(interview).questions[-1] == "strengths_fit"
    assert find(form, "Add a question").label == "choose"


def test_the_estimate_warns_and_does_not_forbid(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    assert "2 questions take about" in shown(form)
    for key in infonb.method.QUESTIONS:
        if key not in journal.interview(interview).questions:
            find(form, "Add a question").value = key
    assert "perhaps leave some out" in shown(form)
    assert len(journal.interview(interview).questions) == 16


def test_a_question_of_ones_own_joins_the_agenda(journal: Any, interview: Any) -> None:
    form = Prepare(journal)
    find(form, "A question of your own").value = "Do you travel?"
    asked = journal.interview(interview).questions[-1]
    assert journal.questions()[asked].prompt == "Do you travel?"
    assert "3. Do you travel?" in shown(form)


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


def asking(journal: Any, interview: Any) -> Any:
    """The form with the request for an interview open."""
    form = Prepare(journal)
    form.write_to(interview)
    return form


def test_the_request_names_who_gave_the_name_and_asks_for_guidance(
    journal: Any, interview: Any
) -> None:
    form = asking(journal, interview)
    for description in ("Message", "On the phone"):
        draft = find(form, description).value
        for part in ("Sam Ito gave me your name", "information and guidance", "20 minutes"):
            assert part in draft.replace("\n", " ")
        assert concerns_in_words(draft, request=True) == []


def test_a_draft_that_asks_for_a_job_is_noticed_at_once(journal: Any, interview: Any) -> None:
    form = asking(journal, interview)
    find(form, "Message").value += " By the way, are you hiring?"
    assert "asks for a job" in shown(form)


def draft(form: Any, description: str) -> Draft:
    [found] = [e for e in every(form) if isinstance(e, Draft) and e.text.description == description]
    return found


def test_a_request_in_ones_own_words_outlives_the_kernel(journal: Any, interview: Any) -> None:
    form = asking(journal, interview)
    find(form, "Message").value = "Dear Ada, may I ask you something?"
    find(form, "On the phone").value = "Hello Ada"
    again = asking(journal, interview)
    assert find(again, "Message").value == "Dear Ada, may I ask you something?"
    assert find(again, "On the phone").value == "Hello Ada"
    find(again, "Message").value = ""
    assert "Sam Ito gave me your name" in find(asking(journal, interview), "Message").value


def test_a_draft_opens_in_ones_own_mail_program(journal: Any, interview: Any) -> None:
    form = asking(journal, interview)
    assert draft(form, "Message").link.startswith("mailto:?subject=")
    person = next(p for p in journal.people() if p.id == interview.person_id)
    journal.update(person, email='ada"><b@example.org')
    message = draft(asking(journal, interview), "Message")
    message.text.value += " Yours"
    assert message.link.startswith("mailto:ada%22%3E%3Cb@example.org?subject=Twenty%20minutes")
    assert message.link.endswith("%20Yours")
    assert "mailto" not in shown(draft(form, "On the phone"))


def test_official_figures_are_shown_beside_the_research(journal: Any, interview: Any) -> None:
    assert "BLS" in shown(Prepare(journal))


def test_today_says_whom_to_meet_to_thank_and_to_ask(journal: Any, interview: Any) -> None:
    ben = journal.add_person("Ben C.", name_from="the union")
    journal.finish_interview(interview)
    soon = journal.plan_interview(ben, interview.occupation_id, at=journal.today().isoformat())
    form = Prepare(journal)
    assert form._step.value == "Today"
    for words in ("Four things to do", "Talk with Ben C.", "Thank Ada L.", "Ask Sam Ito"):
        assert words in shown(form)
    of(form, "Read the note to Ada L.").click()
    assert find(form, "Note").value.startswith("Dear Ada L.")
    find(form.today, "I have sent it").click()
    assert "Three things to do" in shown(form)
    done = journal.tasks().set_index("kind")["done_at"]
    assert done.notna()["thank_you"]
    of(form, "Open the plan with Ben C.").click()
    assert (form._step.value, find(form, "With").value) == ("Plan", soon.id)


def test_an_empty_journal_begins_with_an_occupation(journal: Any) -> None:
    form = Prepare(journal)
    assert form._step.value == "Occupations"
    assert "This list tells you whom to ask" in shown(form.today)


# ---------------------------------------------------------------- Debrief


def test_ratings_and_the_grain_of_salt_are_kept(journal: Any, interview: Any) -> None:
    journal.record_answer(interview, "home_life", text="Every second weekend")
    form = Debrief(journal)
    rating = find(form, infonb.method.QUESTIONS["home_life"].to_oneself)
    assert ("1, bad for home life", 1) in rating.options
    rating.value = 2
    find(form, "Which note").value = "home_life"
    find(form, "Why you rate it so").value = "weekends"
    find(form, "How much should it count?").value = 0.5
    find(form, "Why?").value = "new in the job"
    [answer], stored = journal.answers(interview), journal.interview(interview)
    assert (answer.rating, answer.why, answer.text) == (2, "weekends", "Every second weekend")
    assert (stored.weight, stored.weight_reason) == (0.5, "new in the job")
    rating.value = ""
    assert journal.answers(interview)[0].rating is None


def test_what_was_said_is_corrected_and_taken_off_the_record(journal: Any, interview: Any) -> None:
    journal.record_answer(interview, "home_life", text="Every secnd weekend", private=True)
    form = Debrief(journal)
    off = find(form, "off the record")
    assert off.value
    off.value = False
    assert not journal.answers(interview)[0].private and form.said == "On the record again."
    off.value = True
    assert journal.answers(interview)[0].private and "never in a report" in form.said
    find(form, "Which note").value = "home_life"
    find(form, "What was said").value = "Every second weekend"
    assert journal.answers(interview)[0].text == "Every second weekend"
    assert "Every second weekend" in shown(form) and "secnd" not in shown(form)


def test_what_is_logged_and_finished_on_the_card_is_there_at_once(
    journal: Any, interview: Any
) -> None:
    card, form = Capture(journal), Debrief(journal)
    assert "opens here as soon as you press Finish" in shown(form)
    item = {"question": "home_life", "seq": 1, "version": 0, "rating": 4, "private": True}
    save = {"type": "save", "interview": interview.id, "session": "s", "view": "v"}
    card._handle_custom_msg({**save, "items": [{**item, "text": "Weekends are free"}]}, [])
    card._handle_custom_msg(
        {**save, "items": [], "operations": [{"type": "finish", "token": "f"}]}, []
    )
    assert "Weekends are free" in shown(form) and "opens here as soon" not in shown(form)
    assert find(form, infonb.method.QUESTIONS["home_life"].to_oneself).value == 4
    assert find(form, "off the record").value


def test_who_was_named_becomes_a_person_with_one_click(journal: Any, interview: Any) -> None:
    noted = "Grace Hopper (night shift), grace@example.org, +1 555 010 0199"
    journal.record_answer(interview, "ask_next", text=noted)
    form = Debrief(journal, interview)
    assert "night shift, grace@example.org, +1 555 010 0199" in shown(form.weight)
    of(form, "Add Grace Hopper to my people").click()
    made = journal.people()[-1]
    assert (made.name, made.source, made.referred_by) == (
        "Grace Hopper", "referral", interview.person_id,
    )  # fmt: skip
    assert (made.job_title, made.email) == ("night shift", "grace@example.org")
    assert made.phone == "+1 555 010 0199"
    assert "In your list, night shift" in shown(form)
    find(form, "Somebody else").value = "tom, porter, tom@example.org"
    assert [p.name for p in journal.people()][-1] == "tom"
    assert journal.people()[-1].job_title == "porter"


def test_person_leads_conduct_and_skills_are_kept(journal: Any, interview: Any) -> None:
    mention = journal.record_skill(interview, "staying calm", rank=1)
    form = Debrief(journal, interview)
    find(form, "They agreed to be named in what I share").value = True
    find(form, "I have their business card").value = True
    find(form, "I heard of").value = "internship"
    find(form, "What, and where").value = "Summer on the ward"
    find(form, "Keep it").click()
    find(form, "Keep to the twenty minutes").value = 1
    find(form, "How do you feel about asking the next person?").value = 5
    assert "Perhaps: Self-Control. Is that what they meant?" in shown(form)
    of(form, "Yes “staying calm” is Self-Control").click()
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
    find(form, "I have sent it").click()
    assert journal.tasks().set_index("kind")["done_at"].notna()["thank_you"]
    find(form, "I haven't sent it").click()
    assert journal.tasks().set_index("kind")["done_at"].isna()["thank_you"]
    sent = next(
        e
        for e in every(form)
        if str(getattr(e, "description", "")).startswith("Send the thank-you")
    )
    sent.value = True
    assert journal.tasks().set_index("kind")["done_at"].notna()["thank_you"]
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


def test_an_error_is_said_beside_the_control(journal: Any, interview: Any) -> None:
    form = Debrief(journal, interview)
    form.weight.add.click()
    assert "Type a name first, for example" in form.said and form._manners.trouble
    assert form.weight.add in every(beside(form))
    find(form, "Keep it").click()
    assert "Type what it is" in form.said and find(form, "Keep it") in every(beside(form))


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
    assert [found.name for found in referrals_in(text)] == names


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


def test_an_importance_is_unset_and_what_unset_means_is_said(journal: Any) -> None:
    form = Decide(journal)
    assert "Nothing is set: all questions count alike." in shown(form)
    find(form, "Life at home").value = 4.0
    assert "Only the one question you set counts; the 15" in shown(form) or (
        "Only the one question you set counts; the 14" in shown(form)
    )
    find(form, "Life at home").value = ""
    assert journal.importances() == {}
    assert "Nothing is set: all questions count alike." in shown(form)


def test_what_is_displayed_by_the_form_follows_it(capsys: Any) -> None:
    with infonb.sample("example") as journal:
        form, seen = Decide(journal, chart=False), []
        form.follow(lambda findings: seen.append(dict(journal.importances())))
        find(form, "Life at home").value = 0.0
        assert [each["home_life"] for each in seen] == [4, 0] and form._chart.outputs == ()


def test_recording_twice_records_once(journal: Any, interview: Any) -> None:
    journal.finish_interview(interview)
    form = Decide(journal)
    find(form, "Plan A").value = interview.occupation_id
    find(form, "Next step").value = "Apply"
    for _ in range(2):
        find(form, "Note this for now").click()
    assert len(journal.decisions()) == 1 and form.said == "That is noted already."
    find(form, "It ended with").value = "training"
    for _ in range(2):
        find(form, "Record how it ended").click()
    assert len(journal.outcomes()) == 1


def test_decision_and_outcome_are_recorded(journal: Any, interview: Any) -> None:
    journal.finish_interview(interview)
    form = Decide(journal)
    find(form, "Note this for now").click()
    assert "Choose the occupation" in form.said
    find(form, "Plan A").value = interview.occupation_id
    find(form, "Next step").value = "Apply"
    find(form, "Note this for now").click()
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
    assert "Not saved." in made.said and made._manners.trouble
    (tmp_path / "moved.db").rename(tmp_path / "search.db")
    made._attempt(lambda: journal.add_occupation("Teacher"))
    assert "Not saved." not in made.said
