"""`Prepare`: whom to ask about what, what to ask, and how to ask for it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method, reference
from infonb.errors import InfonbError
from infonb.widgets import picking
from infonb.widgets.draft import Draft
from infonb.widgets.forms import (
    Form,
    button,
    choice,
    choose,
    chosen,
    heading,
    line,
    moment,
    offer,
    passage,
    row_of_radios,
    scale,
    set_words,
    tick,
    whole_number,
    words,
)

if TYPE_CHECKING:
    from infonb.journal import Interview, Journal, Occupation, Person

_MEDIA = ("in person", "by phone", "by video")
_NEW = ("a new one", None)


class Prepare(Form):
    """The form before an interview: occupations, people, the plan, and how to ask.

    Filled from the journal, saved as you change it.

    Parameters
    ----------
    journal : Journal
        Where it is kept.

    Examples
    --------
    >>> import infonb
    >>> Prepare(infonb.sample("example"))
    Prepare: run this cell to open the form
    """

    def __init__(self, journal: Journal) -> None:
        self._occupation = OccupationFields()
        self._person = PersonFields()
        self._plan = PlanFields()
        self._asking = AskingFields()
        super().__init__(
            journal,
            {
                "Occupations": self._occupation.controls,
                "People": self._person.controls,
                "Plan": self._plan.controls,
                "Find out": self._plan.findings,
                "Ask": self._asking.controls,
                "Before you go": self._plan.before,
            },
        )
        self._fill_lists()
        self._connect()
        self._open_next()

    # ------------------------------------------------ filling

    def _fill_lists(self) -> None:
        """The lists one chooses from, each keeping what is chosen."""
        occupations, people = self._journal.occupations(), self._journal.people()
        titles = [(occupation.title, occupation.id) for occupation in occupations]
        names = [(self._named(person), person.id) for person in people]
        planned = [
            (line_.label, line_.id)
            for line_ in picking.choices(self._journal)
            if line_.group == "Planned"
        ]
        with self._filled():
            offer(self._occupation.which, [_NEW, *titles])
            offer(self._person.which, [_NEW, *names])
            offer(self._person.referred_by, [("nobody", None), *names])
            offer(self._plan.which, [_NEW, *planned])
            offer(self._plan.person, [("choose", None), *names])
            offer(self._plan.occupation, [("choose", None), *titles])
            self._plan.offer_questions(self._journal.questions())

    def _named(self, person: Person) -> str:
        return f"{person.name}, {person.job_title}" if person.job_title else person.name

    def _open_next(self) -> None:
        planned = picking.planned_in_order(self._journal)
        if planned:
            self._plan.which.value = planned[0].id
        else:
            self._fill_plan(None)

    def _fill_occupation(self, occupation: Occupation | None) -> None:
        fields = self._occupation
        with self._filled():
            fields.title.value = occupation.title if occupation else ""
            fields.notes.value = (occupation.notes or "") if occupation else ""
            choose(fields.interest, occupation.interest if occupation else None)
            fields.offer_socs(occupation)

    def _fill_person(self, person: Person | None) -> None:
        with self._filled():
            for name, control in self._person.columns.items():
                value = getattr(person, name) if person else None
                if isinstance(control, widgets.Dropdown):
                    choose(control, value)
                else:
                    control.value = value or ""

    def _fill_plan(self, interview: Interview | None) -> None:
        fields = self._plan
        with self._filled():
            fields.fill(interview, self._journal.conduct(interview) if interview else {})
            if interview is not None:
                occupation = self._journal.occupation(interview.occupation_id)
                fields.show_facts(occupation)
        self._fill_request()
        self._estimate()

    def _fill_request(self) -> None:
        """What was written for the plan, else fresh drafts for its person and occupation."""
        person, occupation = self._chosen_person(), self._chosen_occupation()
        if person is None or occupation is None:
            return
        interview = self._chosen_interview()
        kept = self._journal.messages(interview) if interview else {}
        texts = self._fresh_request(person, occupation) | kept
        with self._filled():
            for kind, draft in self._asking.drafts.items():
                draft.fill(texts[kind], person.email)

    def _fresh_request(self, person: Person, occupation: Occupation) -> dict[str, str]:
        name_from = follow_up.name_from(self._journal, person)
        given = (person.name, occupation.title, name_from, self._plan.minutes.value)
        return {
            "request": method.draft_request(*given),
            "phone_script": method.draft_phone_script(*given),
        }

    def _keep_message(self, kind: str, text: str) -> bool:
        """Keep what was changed in a draft; kept with the plan where it isn't made yet."""
        interview = self._chosen_interview()
        if interview is None:
            return False
        is_draft = text == follow_up.fresh(self._journal, interview, kind)
        self._journal.keep_message(interview, kind, None if is_draft else text)
        return True

    def _chosen_person(self) -> Person | None:
        id = self._plan.person.value
        return self._journal.person(id) if id else None

    def _chosen_occupation(self) -> Occupation | None:
        id = self._plan.occupation.value
        return self._journal.occupation(id) if id else None

    def _chosen_interview(self) -> Interview | None:
        id = chosen(self._plan.which)
        return self._journal.interview(id) if id else None

    # ------------------------------------------------ what each control does

    def _connect(self) -> None:
        self._connect_occupation()
        self._connect_person()
        self._connect_plan()
        for kind, draft in self._asking.drafts.items():
            self._on_change(draft.text, lambda text, kind=kind: self._keep_message(kind, text))

    def _connect_occupation(self) -> None:
        fields = self._occupation

        def picked(change: Any) -> None:
            if not self._filling:
                found = [o for o in self._journal.occupations() if o.id == change["new"]]
                self._fill_occupation(found[0] if found else None)

        fields.which.observe(picked, "value")
        self._on_change(fields.title, self._title_entered)
        self._on_change(fields.soc, lambda value: self._change_occupation(soc=value))
        self._on_change(fields.interest, lambda value: self._change_occupation(interest=value))
        self._on_change(fields.notes, lambda value: self._change_occupation(notes=value))

    def _title_entered(self, title: str) -> bool:
        if not title.strip():
            return False
        if chosen(self._occupation.which) is None:
            occupation = self._journal.add_occupation(
                title, interest=chosen(self._occupation.interest),
                notes=self._occupation.notes.value or None,
            )  # fmt: skip
        else:
            occupation = self._change_occupation(title=title)
        self._fill_lists()
        with self._filled():
            self._occupation.which.value = occupation.id
        self._fill_occupation(occupation)
        return True

    def _change_occupation(self, **changes: Any) -> Any:
        id = self._occupation.which.value
        found = [o for o in self._journal.occupations() if o.id == id]
        if not found:
            return False  # kept as soon as there is a title
        return self._journal.update(found[0], **changes)

    def _connect_person(self) -> None:
        def picked(change: Any) -> None:
            if not self._filling:
                found = [p for p in self._journal.people() if p.id == change["new"]]
                self._fill_person(found[0] if found else None)

        self._person.which.observe(picked, "value")
        for name, control in self._person.columns.items():
            self._on_change(control, lambda value, name=name: self._person_changed(name, value))

    def _person_changed(self, name: str, value: Any) -> bool:
        id = self._person.which.value
        found = [p for p in self._journal.people() if p.id == id]
        if found:
            self._journal.update(found[0], **{name: value})
        elif name == "name" and value.strip():
            given: dict[str, Any] = {
                column: control.value or None for column, control in self._person.columns.items()
            }
            id = self._journal.add_person(**given).id
        else:
            return False  # kept as soon as there is a name
        self._fill_lists()
        with self._filled():
            self._person.which.value = id
        if name in ("name", "name_from", "referred_by", "email"):
            self._fill_request()
        return True

    def _connect_plan(self) -> None:
        fields = self._plan
        fields.which.observe(
            lambda _change: self._filling or self._fill_plan(self._chosen_interview()), "value"
        )
        self._on_click(fields.make, self._make_plan)
        for name, control in fields.columns.items():
            self._on_change(control, lambda value, name=name: self._plan_changed(name, value))
        self._on_change(fields.own_question, self._own_question)
        self._connect_questions()
        for key, control in fields.checklist.items():
            self._on_change(control, lambda value, key=key: self._checked(key, value))

    def _connect_questions(self) -> None:
        for control in self._plan.fresh_questions():
            self._on_change(control, lambda _value: self._agenda_changed())

    def _make_plan(self) -> None:
        fields = self._plan
        if chosen(fields.person) is None or chosen(fields.occupation) is None:
            raise InfonbError("Choose a person and an occupation; then it can be planned.")
        values = {name: chosen(control) for name, control in fields.columns.items()}
        person, occupation = values.pop("person"), values.pop("occupation")
        at, medium = values.pop("scheduled_at"), values.pop("medium")
        interview = self._journal.plan_interview(
            person, occupation, at=at, medium=medium, questions=fields.agenda(),
            **{name: value or None for name, value in values.items() if name != "minutes"},
            minutes=values["minutes"],
        )  # fmt: skip
        for kind, draft in self._asking.drafts.items():
            if draft.text.value != follow_up.fresh(self._journal, interview, kind):
                self._journal.keep_message(interview, kind, draft.text.value)
        self._fill_lists()
        fields.which.value = interview.id

    def _plan_changed(self, name: str, value: Any) -> bool:
        interview = self._chosen_interview()
        saves = interview is not None and not (name in ("person", "occupation") and value is None)
        if interview is not None and saves:
            self._journal.update(interview, **{name: value})
            if name in ("person", "occupation", "scheduled_at"):
                self._fill_lists()
        occupation = self._chosen_occupation()
        if name == "occupation" and occupation is not None:
            self._plan.show_facts(occupation)
        if name in ("person", "occupation", "minutes"):
            self._fill_request()
            self._estimate()
        return saves

    def _agenda_changed(self) -> bool:
        self._estimate()
        interview = self._chosen_interview()
        if interview is not None:
            self._journal.update(interview, questions=self._plan.agenda())
        return interview is not None

    def _own_question(self, prompt: str) -> bool:
        if not prompt.strip():
            return False
        key = self._journal.add_question(prompt)
        with self._filled():
            self._plan.offer_questions(self._journal.questions())
            self._plan.questions[key].value = True
            self._plan.own_question.value = ""
        self._connect_questions()
        self._agenda_changed()
        return True

    def _checked(self, key: str, value: bool) -> None:
        interview = self._chosen_interview()
        if interview is None:
            raise InfonbError("Plan the interview first; then tick what you have done for it.")
        self._journal.record_conduct(interview, key, 2 if value else 0)

    def _estimate(self) -> None:
        set_words(self._plan.estimate, [estimate(self._plan.agenda(), self._plan.minutes.value)])


def estimate(agenda: list[str], minutes: int) -> str:
    """How many questions fit the time, in words.

    Examples
    --------
    >>> estimate(["path_in", "typical_day"], 20)
    '2 questions take about 9 minutes with hello and goodbye. They fit into 20.'
    """
    if not agenda:
        return "Choose a few questions: six or seven fit into 20 minutes."
    needed = round(method.minutes_needed(agenda))
    count = "1 question takes" if len(agenda) == 1 else f"{len(agenda)} questions take"
    fits = (
        f"They fit into {minutes}."
        if needed <= minutes
        else f"You ask for {minutes}: perhaps leave some out, or ask the most important first."
    )
    return f"{count} about {needed} minutes with hello and goodbye. {fits}"


def suggested_socs(title: str) -> list[tuple[str, str]]:
    """Official occupations that a title may mean, best first; empty where nothing can tell.

    Examples
    --------
    >>> suggested_socs("")
    []
    """
    match_title = getattr(reference, "match_title", None)
    if match_title is None or not title.strip():
        return []
    return [(f"{match.title} ({match.soc})", match.soc) for match in match_title(title)]


def facts_in_words(soc: str | None) -> list[str]:
    """What the official figures say of an occupation, with their source; empty where unknown.

    Examples
    --------
    >>> facts_in_words(None)
    []
    """
    facts = reference.occupation(soc)
    if facts is None:
        return []
    said = []
    if facts.median_wage is not None:
        said.append(
            f"Half of them earn more than ${facts.median_wage:,} a year ({facts.wage_source})."
        )
    if facts.growth_pct is not None:
        said.append(
            f"Expected change of employment {facts.period}: {facts.growth_pct:+g} % "
            f"({facts.projections_source})."
        )
    if facts.education:
        said.append(f"Usual education: {facts.education}.")
    return [f"{facts.title}, {facts.soc}", *said] if said else []


class OccupationFields:
    """The controls about an occupation one would really pursue."""

    def __init__(self) -> None:
        self.which = choice("Occupation", [_NEW])
        self.title = line("Title", placeholder="in your own words")
        self.soc = choice("Official title", [("not chosen", None)])
        self.interest = choice(
            "How seriously", [("not said", None), *scale(1, 5, "curious", "I mean it")]
        )
        self.notes = passage("Notes")
        self.controls = [
            words("Only what you would really pursue: interviews cost everybody time.", "hint"),
            self.which, self.title, self.soc, self.interest, self.notes,
        ]  # fmt: skip

    def offer_socs(self, occupation: Occupation | None) -> None:
        """Official titles for what was typed; the chosen one stays."""
        offered = suggested_socs(occupation.title) if occupation else []
        soc = occupation.soc if occupation else None
        if soc and soc not in [code for _, code in offered]:
            facts = reference.occupation(soc)
            offered.insert(0, (f"{facts.title} ({soc})" if facts else soc, soc))
        offer(self.soc, [("not chosen", None), *offered])
        choose(self.soc, soc)
        self.soc.disabled = not offered


class PersonFields:
    """The controls about somebody to ask."""

    def __init__(self) -> None:
        self.which = choice("Person", [_NEW])
        self.referred_by = choice("Named by", [("nobody", None)])
        sources = [("not said", None), *((text, key) for key, text in method.SOURCES.items())]
        self.columns: dict[str, Any] = {
            "name": line("Name", placeholder="as you would address them"),
            "job_title": line("Job title"),
            "organisation": line("Organisation"),
            "source": choice("How you know of them", sources),
            "name_from": line("Who gave you the name", placeholder="the request begins with it"),
            "referred_by": self.referred_by,
            "email": line("E-mail"),
            "phone": line("Phone"),
        }
        self.controls = [
            words("Start with people you know, and with whom they know.", "hint"),
            self.which, *self.columns.values(),
        ]  # fmt: skip


class PlanFields:
    """The controls of one planned interview."""

    def __init__(self) -> None:
        self.which = choice("Interview", [_NEW])
        self.person = choice("Person to ask", [("choose", None)])
        self.occupation = choice("About", [("choose", None)])
        self.minutes = whole_number("Minutes to ask for", method.MINUTES, 5, 120)
        feeling = method.CONFIDENCE
        self.columns: dict[str, Any] = {
            "person": self.person,
            "occupation": self.occupation,
            "scheduled_at": moment("When"),
            "minutes": self.minutes,
            "medium": choice("How", [("not said", None), *((text, text) for text in _MEDIA)]),
            "research_occupation": passage("About the occupation"),
            "research_organisation": passage("About the organisation"),
            "confidence_before": row_of_radios(
                "How you feel about it", scale(1, 5, feeling.low_means, feeling.high_means)
            ),
        }
        self.make = button("Plan this interview", main=True)
        self.estimate = words("", "hint")
        self.own_question = line("A question of your own", placeholder="then Enter")
        self.questions: dict[str, widgets.Checkbox] = {}
        self.question_box = widgets.VBox()
        self._fresh: list[widgets.Checkbox] = []
        columns = self.columns
        self.controls = [
            self.which, self.person, self.occupation, columns["scheduled_at"], self.minutes,
            columns["medium"], heading("A few questions"), self.estimate, self.question_box,
            self.own_question, self.make,
        ]  # fmt: skip
        self.facts = words("", "quote")
        self.findings = [
            words("Twenty minutes are too short for what a web page tells.", "hint"),
            self.facts, columns["research_occupation"], columns["research_organisation"],
        ]  # fmt: skip
        self.checklist = {item.key: tick(item.text) for item in method.CHECKLISTS["before"]}
        self.before = [*self.checklist.values(), columns["confidence_before"]]

    def offer_questions(self, known: Any) -> None:
        """One tick per question; those that are there keep theirs."""
        for key, question in known.items():
            if key not in self.questions:
                self.questions[key] = tick(question.prompt)
                self._fresh.append(self.questions[key])
        self.question_box.children = list(self.questions.values())

    def fresh_questions(self) -> list[widgets.Checkbox]:
        """The ticks made since the last call."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def agenda(self) -> list[str]:
        """Keys of the ticked questions, in order."""
        return [key for key, control in self.questions.items() if control.value]

    def fill(self, interview: Interview | None, conduct: dict[str, int]) -> None:
        """Show one interview, or an empty plan with the usual few questions."""
        asked = interview.questions if interview else method.AGENDA_DEFAULT
        for key, control in self.questions.items():
            control.value = key in asked
        for key, control in self.checklist.items():
            control.value = conduct.get(key, 0) == 2
        self.make.layout.display = "none" if interview else "inline-flex"
        if interview is None:
            return
        self.person.value, self.occupation.value = interview.person_id, interview.occupation_id
        self.columns["scheduled_at"].value = local(interview.scheduled_at)
        self.minutes.value = interview.minutes
        medium = self.columns["medium"]
        if interview.medium and interview.medium not in _MEDIA:
            medium.options = [*medium.options, (interview.medium, interview.medium)]
        choose(medium, interview.medium)
        self.columns["research_occupation"].value = interview.research_occupation or ""
        self.columns["research_organisation"].value = interview.research_organisation or ""
        self.columns["confidence_before"].value = interview.confidence_before

    def show_facts(self, occupation: Occupation) -> None:
        """Official figures beside the notes."""
        set_words(self.facts, facts_in_words(occupation.soc))


def local(at: dt.datetime | None) -> dt.datetime | None:
    """A moment as the picker shows it: wall-clock time where it was planned."""
    return at.replace(tzinfo=None, second=0, microsecond=0) if at else None


class AskingFields:
    """The request, as a message and for the phone, with what to think about under each."""

    def __init__(self) -> None:
        self.drafts = {
            "request": Draft("Message", "request", rows=9),
            "phone_script": Draft("On the phone", "phone_script", rows=5),
        }
        self.controls = [
            words(
                "Copy what you need; infonb sends nothing. You ask for information and guidance, "
                "never for a job. Your own words are kept; empty the field to find a fresh draft "
                "here next time.", "hint",
            ),
            self.drafts["request"],
            words("About thirty seconds, read aloud:", "hint"), self.drafts["phone_script"],
        ]  # fmt: skip
