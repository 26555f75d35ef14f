"""The last step of `Debrief`, none of it needed: skills, leads, conduct, details, the next step."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.english import count
from infonb.errors import InfonbError
from infonb.widgets import picking
from infonb.widgets.debrief_thanks import tasks_of
from infonb.widgets.draft import Draft
from infonb.widgets.forms import (
    Step,
    button,
    choice,
    day,
    folded,
    heading,
    line,
    passage,
    row,
    row_of_radios,
    show,
    tick,
    title,
    words,
)
from infonb.widgets.skill_chips import SkillChips

if TYPE_CHECKING:
    from infonb.widgets.debrief import Debrief

_LEADS = {
    "job": "a job",
    "internship": "an internship",
    "event": "an event",
    "reading": "something to read",
}
_TASKS = {**method.TASKS, "follow_up": "Next step"}


class More(Step):
    """Each part behind a line of its own."""

    form: Debrief

    def __init__(self, form: Debrief) -> None:
        super().__init__(form)
        self.skills = Skills(self)
        self.leads = Leads(self)
        self.conduct = {
            key: row_of_radios(item.text, [("no", 0), ("partly", 1), ("yes", 2)])
            for key, item in method.CONDUCT.items()
        }
        self.person: dict[str, Any] = {
            "may_be_named": tick("They agreed to be named in what I share"),
            "has_card": tick("I have their business card"),
            "job_title": line("Job title"),
            "organisation": line("Organisation"),
            "email": line("E-mail"),
            "phone": line("Phone"),
        }
        self.consents = {
            "quoting": tick("They agreed to be quoted"),
            "recording": tick("They agreed to be recorded"),
        }
        self.asked_on = day("The day you asked")
        self.step = passage("Next step", rows=2)
        self.due = day("By")
        self.tasks = widgets.VBox()
        self.referral = Draft("Ask whom else", "referral")
        self.controls = [
            title("If you have five more minutes"),
            words("None of this is needed.", "hint"),
            self.skills.box, self.leads.box,
            folded("How did you do?", "", [*self.conduct.values()]),
            folded("Their details", ": whether they may be named or quoted, card, e-mail",
                   [self.person["may_be_named"], *self.consents.values(), self.asked_on,
                    *(each for name, each in self.person.items() if name != "may_be_named")]),
            folded("Your next step", " and what is owed",
                   [self.step, self.due, heading("Tasks"), self.tasks]),
            folded("Some days later", ": ask whom else you could talk with", [
                words("If they named nobody yet, they may think of somebody now.", "hint"),
                self.referral,
            ]),
        ]  # fmt: skip
        self._connect()

    def _connect(self) -> None:
        form = self.form
        for key, control in self.conduct.items():
            form._on_change(control, lambda value, key=key: self._judge(key, value))
        for name, control in self.person.items():
            form._on_change(control, lambda value, name=name: self._change_person(name, value))
        for to, control in self.consents.items():
            form._on_change(control, lambda value, to=to: self._agree(to, value))
        form._on_change(self.asked_on, self._asked_on)
        form._on_change(self.step, lambda _value: self._keep_step())
        form._on_change(self.due, lambda _value: self._keep_step())
        form._on_change(self.referral.text, self._keep_referral)

    def fill(self) -> None:
        interview = self.form.interview
        person = self.journal.person(interview.person_id)
        scores = self.journal.conduct(interview)
        for key, control in self.conduct.items():
            control.value = scores.get(key)
        for name, control in self.person.items():
            control.value = getattr(person, name) or type(control.value)()
        self._fill_consents(person.id)
        found = tasks_of(self.journal, interview.id)
        step = next((task for task in found if task["kind"] == "follow_up"), None)
        self.step.value = (step["draft"] or "") if step else ""
        self.due.value = _day(step["due"]) if step else None
        self.referral.fill(follow_up.written(self.journal, interview, "referral"), person.email)
        self.skills.fill()
        self.leads.fill()
        self.fill_tasks()

    def fill_tasks(self) -> None:
        """What is owed of this interview, with a tick for each."""
        shown: list[widgets.Widget] = []
        for task in tasks_of(self.journal, self.form.interview.id):
            is_done = task["done_at"] is not None
            due = picking.spoken_date(str(task["due"])) if task["due"] else "no day yet"
            control = tick(f"{_TASKS[task['kind']]}: {'done' if is_done else f'by {due}'}", is_done)
            self.form._on_change(
                control, lambda value, id=task["task"]: self._finish_task(id, value), self.tasks
            )
            shown.append(control)
        self.tasks.children = shown or [words("They come when the interview is finished.", "hint")]

    def _finish_task(self, id: str, is_done: bool) -> None:
        if is_done:
            self.journal.done(id)
        else:
            self.journal.update(self.journal.task(id), done_at=None)
        self.form.refresh()

    def _judge(self, key: str, score: int | None) -> bool | None:
        if score is None:
            return False
        self.journal.record_conduct(self.form.interview, key, score)
        return None

    def _change_person(self, name: str, value: Any) -> None:
        person = self.journal.person(self.form.interview.person_id)
        self.journal.update(person, **{name: value})
        if name == "email":
            with self.form._filled():
                self.form.thanks.fill()

    def _fill_consents(self, person: str) -> None:
        """What they agreed to; the day they were asked is there as soon as they were."""
        given = {
            row["to"]: row for row in self.journal.rows()["consent"] if row["person_id"] == person
        }
        for to, control in self.consents.items():
            control.value = bool(given[to]["answer"]) if to in given else False
        days = [row["day"] for row in given.values()]
        self.asked_on.value = _day(max(days)) if days else None
        show(self.asked_on, bool(given))

    def _agree(self, to: str, answer: bool) -> str:
        person = self.form.interview.person_id
        self.journal.record_consent(person, to, answer)
        with self.form._filled():
            self._fill_consents(person)
        return f"Noted with today's date: {'yes' if answer else 'no'}."

    def _asked_on(self, value: dt.date | None) -> bool | None:
        person = self.form.interview.person_id
        if value is None:
            return False
        for to, answer in self.journal.consents(person).items():
            self.journal.record_consent(person, to, answer, value)
        return None

    def _keep_step(self) -> bool | None:
        text, due = self.step.value, self.due.value
        if not text.strip() and due is None:
            return False
        self.journal.add_task(self.form.interview, "follow_up", due=due, draft=text)
        with self.form._filled():
            self.fill_tasks()
        return None

    def _keep_referral(self, text: str) -> None:
        interview = self.form.interview
        is_draft = text == follow_up.fresh(self.journal, interview, "referral")
        self.journal.keep_message(interview, "referral", None if is_draft else text)


class Skills:
    """What they named, in their words, with what it may mean."""

    def __init__(self, step: More) -> None:
        self.step = step
        self.list = widgets.VBox()
        self.skill = line("Another skill")
        self.add = button("Add")
        adding = row(self.skill, self.add)
        self.box = folded("Skills", "", [
            words("In the words they used, with what they may mean. You decide.", "hint"),
            self.list, adding,
        ])  # fmt: skip
        step.form._on_change(self.skill, lambda _text: self._entered(), adding)
        step.form._on_click(self.add, self._add, adding)

    def fill(self) -> None:
        """The skills of the interview."""
        form, journal = self.step.form, self.step.journal
        mentions = journal.skills(form.interview)
        open_ = sum(not mention.confirmed for mention in mentions)
        self.box.children[0].rest = f": {count(open_, 'word')} to confirm" if open_ else ""
        self.list.children = [SkillChips(form, journal, mention) for mention in mentions]

    def _entered(self) -> str | bool:
        return self._add() if self.skill.value.strip() else False

    def _add(self) -> str:
        phrase = " ".join(self.skill.value.split())
        if not phrase:
            raise InfonbError("Type a skill first, for example: staying calm.")
        self.step.journal.record_skill(self.step.form.interview, phrase, confirmed=True)
        with self.step.form._filled():
            self.skill.value = ""
            self.fill()
        return f"“{phrase}” is added, as said."


class Leads:
    """A job, an internship, an event, something to read."""

    def __init__(self, step: More) -> None:
        self.step = step
        self.list = widgets.VBox()
        self.kind = choice("I heard of", [(text, kind) for kind, text in _LEADS.items()], "job")
        self.what = line("What, and where")
        self.add = button("Keep it")
        adding = row(self.what, self.add)
        self.box = folded(
            "A job, course or event", " they mentioned", [self.list, self.kind, adding]
        )
        step.form._on_click(self.add, self._add, adding)

    def fill(self) -> None:
        """The leads of the interview."""
        leads = self.step.journal.leads(self.step.form.interview)
        self.list.children = [
            words(f"{_LEADS[lead.kind].capitalize()}: {lead.text}", "quote") for lead in leads
        ]

    def _add(self) -> str:
        if not self.what.value.strip():
            raise InfonbError("Type what it is and where first, for example: open day, 3 March.")
        lead = self.step.journal.add_lead(
            self.step.form.interview, self.what.value, self.kind.value
        )
        self.what.value = ""
        self.fill()
        return f"Kept: {_LEADS[lead.kind]}."


def _day(stored: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(stored)) if stored and len(str(stored)) == 10 else None
