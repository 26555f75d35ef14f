"""The step of `Prepare` about one interview: when, how, and which questions in which order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import method, reference
from infonb.errors import InfonbError
from infonb.widgets import picking
from infonb.widgets.forms import (
    Step,
    button,
    choice,
    choose,
    chosen,
    folded,
    heading,
    line,
    link,
    moment,
    offer,
    passage,
    rating,
    row,
    row_of_radios,
    scale,
    set_words,
    show,
    tick,
    title,
    whole_number,
    words,
)
from infonb.widgets.prepare_people import named

if TYPE_CHECKING:
    from infonb.journal import Interview
    from infonb.widgets.prepare import Prepare

_MEDIA = {"in person": "in person", "by phone": "phone", "by video": "video"}
"""What the form says -> what is stored."""
_NEW = "new:"  # before a person's id, where nothing is planned with them yet
_ASKED_FIRST = 5
"""So many questions are asked; what follows waits for time that is left."""


class Plan(Step):
    """The plan of one interview, kept as it is changed once it is made."""

    form: Prepare

    def __init__(self, form: Prepare) -> None:
        super().__init__(form)
        feeling = method.CONFIDENCE
        self.which = choice("With", [("choose", None)])
        self.occupation = choice("About", [("choose", None)])
        self.agenda = Agenda(self)
        self.facts = words("", "quote")
        self.columns: dict[str, Any] = {
            "occupation": self.occupation,
            "scheduled_at": moment("When"),
            "medium": row_of_radios("How", [*_MEDIA.items()]),
            "minutes": whole_number("Minutes to ask for", method.MINUTES, 5, 120),
            "research_occupation": passage("About the occupation"),
            "research_organisation": passage("About the organisation"),
            "confidence_before": rating(
                "How you feel about it", "can't say", scale(1, 5, feeling.low_means,
                feeling.high_means)
            ),
        }  # fmt: skip
        columns = self.columns
        self.checklist = {item.key: tick(item.text) for item in method.CHECKLISTS["before"]}
        self.make = button("Plan this interview", main=True)
        self.remove = link("Remove this plan")
        self.undo = form.undo_button(form.refresh, self.which)
        self.controls = [
            title("Plan the interview"),
            self.which, self.undo, self.occupation, columns["scheduled_at"], columns["medium"],
            *self.agenda.controls,
            folded("More", ": minutes, what you found out, before you go", [
                columns["minutes"],
                heading("What you found out"),
                words("Twenty minutes are too short for what a web page tells.", "hint"),
                self.facts, columns["research_occupation"], columns["research_organisation"],
                heading("Before you go"), *self.checklist.values(), columns["confidence_before"],
                self.remove,
            ]),
            self.make,
        ]  # fmt: skip
        self._connect()

    def _connect(self) -> None:
        form = self.form
        form.observe_choice(self.which, self._open)
        for name, control in self.columns.items():
            form._on_change(control, lambda value, name=name: self._changed(name, value))
        for key, control in self.checklist.items():
            form._on_change(control, lambda value, key=key: self._checked(key, value))
        form._on_click(self.make, self._make)
        form._on_click(self.remove, self._remove, self.undo)

    # ------------------------------------------------ filling

    def fill(self) -> None:
        known = picking.Known.of(self.journal)
        planned = known.planned()
        asked = {interview.person_id for interview in known.interviews}
        options: list[tuple[str, Any]] = [
            (line.label, line.id) for line in known.choices() if line.group == "Planned"
        ]
        people = sorted(known.people.values(), key=lambda person: person.id in asked)
        options += [(named(person), _NEW + person.id) for person in people]
        if not options:
            options = [("nobody yet: add somebody under People", None)]
        is_new = chosen(self.which) is None
        offer(self.which, options)
        offer(
            self.occupation,
            [("choose", None), *((o.title, o.id) for o in known.occupations.values())],
        )
        if is_new and planned:
            self.which.value = planned[0].id
        self.agenda.offer()
        self._show()

    def prefer(self, interview: Interview) -> None:
        """Whom one plans with next."""
        self.choose(interview)

    def choose(self, interview: Interview) -> None:
        """Show the plan of an interview."""
        with self.form._filled():
            if interview.id in [value for _, value in self.which.options]:
                self.which.value = interview.id
            self._show()

    def _open(self) -> None:
        with self.form._filled():
            if self._interview() is None:
                self._empty()
            self._show()
        self.form.say("")

    def _show(self) -> None:
        interview = self._interview()
        show(self.occupation, interview is None and bool(self._person()))
        show(self.remove, interview is not None)
        at = interview.scheduled_at if interview else None
        self.make.description = "Plan this interview" if at is None else "It stays planned so"
        show(self.make, at is None)
        self.agenda.show(interview.questions if interview else method.AGENDA_DEFAULT)
        conduct = self.journal.conduct(interview) if interview else {}
        for key, control in self.checklist.items():
            control.value = conduct.get(key, 0) == 2
        if interview is not None:
            self._fill_columns(interview)
        elif chosen(self.occupation) is None:
            self._only_occupation()
        self._show_facts()

    def _fill_columns(self, interview: Interview) -> None:
        columns = self.columns
        choose(self.occupation, interview.occupation_id)
        columns["scheduled_at"].value = local(interview.scheduled_at)
        columns["minutes"].value = interview.minutes
        how = _MEDIA.get(interview.medium or "", interview.medium)
        medium = columns["medium"]
        if how and how not in [value for _, value in medium.options]:
            medium.options = [*medium.options, (how, how)]
        medium.value = how
        for name in ("research_occupation", "research_organisation"):
            columns[name].value = getattr(interview, name) or ""
        choose(columns["confidence_before"], interview.confidence_before)

    def _empty(self) -> None:
        """The columns as before anything was said of an interview."""
        for name, control in self.columns.items():
            is_choice = name in ("occupation", "confidence_before")
            if name == "minutes":
                control.value = method.MINUTES
            elif name.startswith("research"):
                control.value = ""
            else:
                control.value = "" if is_choice else None

    def _only_occupation(self) -> None:
        values = [value for _, value in self.occupation.options]
        if len(values) == 2:
            self.occupation.value = values[1]

    def _show_facts(self) -> None:
        found = [o for o in self.journal.occupations() if o.id == chosen(self.occupation)]
        set_words(self.facts, facts_in_words(found[0].soc) if found else [])

    def _interview(self) -> Interview | None:
        id = chosen(self.which)
        return self.journal.interview(id) if id and not id.startswith(_NEW) else None

    def _person(self) -> str | None:
        id = chosen(self.which)
        return id.removeprefix(_NEW) if id and id.startswith(_NEW) else None

    # ------------------------------------------------ what each control does

    def _changed(self, name: str, value: Any) -> str | bool | None:
        interview = self._interview()
        if name == "occupation":
            self._show_facts()
        if name == "minutes":
            self.agenda.estimate()
        if interview is None or (name == "occupation" and value is None):
            return False
        now = self.journal.update(interview, **{name: value})
        if name == "scheduled_at":
            self.form.refresh()
            return planned_in_words(now, self._who(now)) if value else None
        if name in ("occupation", "minutes"):
            self.form.refresh(self)
        return None

    def _checked(self, key: str, value: bool) -> None:
        interview = self._interview()
        if interview is None:
            raise InfonbError("Plan the interview first; then tick what you have done for it.")
        self.journal.record_conduct(interview, key, 2 if value else 0)

    def _make(self) -> str:
        columns = self.columns
        at = columns["scheduled_at"].value
        interview, person = self._interview(), self._person()
        if interview is None and person is None:
            raise InfonbError("Choose whom to ask first; add somebody under People.")
        if interview is None and chosen(self.occupation) is None:
            raise InfonbError("Choose what it is about, under About.")
        if at is None:
            self.form.focus_on(columns["scheduled_at"])
            raise InfonbError("Choose a day and a time under When; both are needed.")
        if interview is None:
            values: dict[str, Any] = {
                name: chosen(control) or None for name, control in columns.items()
            }
            interview = self.journal.plan_interview(
                person or "", values.pop("occupation"), at=values.pop("scheduled_at"),
                questions=self.agenda.keys, **values,
            )  # fmt: skip
        self.form.refresh()
        self.choose(interview)
        return planned_in_words(interview, self._who(interview))

    def _who(self, interview: Interview) -> str:
        return self.journal.person(interview.person_id).name

    def _remove(self) -> str:
        interview = self._interview()
        if interview is None:
            raise InfonbError("Nothing is planned here.")
        who = self._who(interview)
        self.journal.remove(interview)
        self.form.refresh()
        self.form.may_undo(self.undo)
        return f"The plan with {who} is removed."


class Agenda:
    """The questions in the order in which they are asked, and what changes it."""

    def __init__(self, step: Plan) -> None:
        self.step = step
        self.keys: list[str] = []
        self.shown = words("")
        self.shown.add_class("infonb-agenda")
        self.fits = words("", "hint")
        self.order = widgets.Select(
            description="Your questions", rows=8, layout=widgets.Layout(width="100%")
        )
        self.earlier, self.later = button("Ask earlier"), button("Ask later")
        self.out = link("Leave out")
        self.add = choice("Add a question", [("choose", None)])
        self.own = line("A question of your own", placeholder="then Enter")
        moving = row(self.earlier, self.later, self.out)
        self.controls = [
            heading("Five questions, in this order"), self.shown, self.fits,
            folded("Change the questions", " or their order",
                   [self.order, moving, self.add, self.own]),
        ]  # fmt: skip
        form = step.form
        form._on_click(self.earlier, lambda: self._move(-1), moving)
        form._on_click(self.later, lambda: self._move(1), moving)
        form._on_click(self.out, self._leave_out, moving)
        form._on_change(self.add, self._added)
        form._on_change(self.own, self._own)

    def offer(self) -> None:
        """Questions that can be added."""
        known = self.step.journal.questions()
        closing = (method.ASK_NEXT.key, method.NOTES.key)
        rest = [(q.prompt, key) for key, q in known.items() if key not in (*self.keys, *closing)]
        offer(self.add, [("choose", None), *rest])
        self.add.value = ""

    def show(self, keys: Any, at: str | None = None) -> None:
        """Show an agenda; ``at`` is the question that is chosen in the list."""
        self.keys = list(keys) or list(method.AGENDA_DEFAULT)
        known = self.step.journal.questions()
        prompts = [(known[key].prompt, key) for key in self.keys if key in known]
        lines = [f"{number}. {prompt}" for number, (prompt, _) in enumerate(prompts, 1)]
        later = lines[_ASKED_FIRST:]
        set_words(
            self.shown, [*lines[:_ASKED_FIRST], *(["If there is time:", *later] if later else [])]
        )
        named = [(f"{number}. {prompt}", key) for number, (prompt, key) in enumerate(prompts, 1)]
        at = at if at is not None else self.order.value
        self.order.options = named
        self.order.value = at if at in self.keys else (self.keys[0] if named else None)
        self.offer()
        self.estimate()

    def estimate(self) -> None:
        """Whether they fit the time."""
        minutes = self.step.columns["minutes"].value
        set_words(self.fits, [estimate(self.keys, minutes)])

    def _changed(self, keys: list[str], at: str | None) -> None:
        interview = self.step._interview()
        if interview is not None:
            self.step.journal.update(interview, questions=keys)
        with self.step.form._filled():
            self.show(keys, at)

    def _prompt(self, key: str) -> str:
        return f"“{self.step.journal.questions()[key].prompt}”"

    def _move(self, by: int) -> str:
        key = self.order.value
        if key is None:
            raise InfonbError("Choose a question in the list first.")
        keys = [each for each in self.keys if each != key]
        place = min(len(keys), max(0, self.keys.index(key) + by))
        keys.insert(place, key)
        self._changed(keys, key)
        return f"{self._prompt(key)} is now number {place + 1}."

    def _leave_out(self) -> str:
        key = self.order.value
        if key is None or len(self.keys) < 2:
            raise InfonbError("One question at least is asked.")
        place = self.keys.index(key)
        keys = [each for each in self.keys if each != key]
        self._changed(keys, keys[min(place, len(keys) - 1)])
        return f"{self._prompt(key)} is left out."

    def _added(self, key: str | None) -> str | bool:
        if key is None:
            return False
        self._changed([*self.keys, key], key)
        return f"{self._prompt(key)} is added, last."

    def _own(self, prompt: str) -> str | bool:
        if not prompt.strip():
            return False
        concerns = method.check_wording(prompt, request=False)
        key = self.step.journal.add_question(prompt)
        with self.step.form._filled():
            self.own.value = ""
        if key not in self.keys:
            self._changed([*self.keys, key], key)
        added = f"{self._prompt(key)} is added, last."
        return " ".join([added, *(f"{concern.why} {concern.instead}" for concern in concerns)])


def planned_in_words(interview: Interview, who: str) -> str:
    """What is planned, as one says it."""
    when = picking.when(interview)
    return f"Planned: {who}, {when}. The card in 2-interview opens on it."


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


def local(at: dt.datetime | None) -> dt.datetime | None:
    """A moment as the picker shows it: wall-clock time where it was planned."""
    return at.replace(tzinfo=None, second=0, microsecond=0) if at else None
