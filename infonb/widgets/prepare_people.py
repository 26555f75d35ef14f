"""The step of `Prepare` about people: somebody to ask, the request, and what is known of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.english import count
from infonb.errors import InfonbError
from infonb.widgets.answered import Standing, did_they_answer, note_answer, note_sent
from infonb.widgets.draft import Draft
from infonb.widgets.forms import (
    Step,
    button,
    choice,
    choose,
    chosen,
    folded,
    line,
    link,
    offer,
    one_of_or_own,
    row,
    show,
    title,
    words,
)

if TYPE_CHECKING:
    from infonb.journal import Interview, Occupation, Person
    from infonb.widgets.prepare import Prepare

_SOURCES = [("not said", None), *((text, key) for key, text in method.SOURCES.items())]
_NOBODY = ("choose", None)


class People(Step):
    """Somebody to ask is added by name and who gave it; the request is written with both."""

    form: Prepare

    def __init__(self, form: Prepare) -> None:
        super().__init__(form)
        self.name = line("Name")
        self.occupation = choice("What they do", [])
        self.name_from = line("Who gave you the name?")
        self.details: dict[str, Any] = {
            "job_title": line("Job title"),
            "organisation": line("Organisation"),
            "source": choice("How you know of them", _SOURCES),
            "email": line("E-mail"),
            "phone": line("Phone"),
            **_of_their_work(),
        }
        self.ask = button("Write the message", main=True)
        self.keep = link("Only keep the name")
        self.adding = widgets.VBox(
            [
                self.name, self.occupation, self.name_from,
                words("Your message begins with it. Nobody did? Say where you found it.", "hint"),
                folded("More", ": job title, e-mail, phone, kind of workplace",
                       [*self.details.values()]),
                row(self.ask, self.keep),
            ]
        )  # fmt: skip
        self.request = Request(self)
        self.known = KnownPeople(self)
        self.controls = [
            title("Whom could you ask?"),
            words("Start with people you know, and with whom they know. One is enough for today.",
                  "hint"),
            self.adding, self.request.box, self.known.box,
        ]  # fmt: skip
        for control in (self.name, self.name_from):
            form._on_change(control, lambda _value: False)
        form._on_click(self.ask, self._ask)
        form._on_click(self.keep, self._keep)

    def fill(self) -> None:
        titles = [(o.title, o.id) for o in self.journal.occupations()]
        offer(self.occupation, [*titles, ("something else", None)])
        self.known.fill()
        self.request.fill()

    def prefer(self, occupation: Occupation) -> None:
        """Whom one adds next does this."""
        with self.form._filled():
            titles = [(o.title, o.id) for o in self.journal.occupations()]
            offer(self.occupation, [*titles, ("something else", None)])
            choose(self.occupation, occupation.id)

    def write(self, interview: Interview) -> None:
        """Show the request for an interview."""
        with self.form._filled():
            self.request.open(interview)

    # ------------------------------------------------ what each control does

    def _ask(self) -> str | bool:
        occupation = chosen(self.occupation)
        if not self.name.value.strip():
            self.form.focus_on(self.name)
            raise InfonbError("Type a name first, for example: Grace Park.")
        if occupation is None:
            raise InfonbError("Choose what they do; add it under Occupations if it isn't there.")
        person = self._added()
        interview = self.journal.plan_interview(person, occupation, questions=method.AGENDA_DEFAULT)
        self._emptied(interview)
        self.write(interview)
        self.form.focus_on(self.request.drafts["request"].text)
        return False

    def _keep(self) -> str:
        person = self._added()
        self._emptied(None)
        self.form.focus_on(self.name)
        return f"{person.name} is in your list."

    def _added(self) -> Person:
        """The person as typed; asked first where somebody is called so already."""
        name = " ".join(self.name.value.split())
        if not name:
            raise InfonbError("Type a name first, for example: Grace Park.")
        people = self.journal.people()
        if any(person.name.casefold() == name.casefold() for person in people):
            raise InfonbError(
                f"{name} is in your list already: see Your people. For somebody else of that "
                "name, add a word that tells them apart."
            )
        name_from = " ".join(self.name_from.value.split()) or None
        giver = next((p for p in people if p.name.casefold() == (name_from or "").casefold()), None)
        details: dict[str, Any] = {
            column: chosen(control) or None for column, control in self.details.items()
        }
        details["years"] = years_in(details["years"])
        given = None if giver else name_from
        return self.journal.add_person(name, name_from=given, referred_by=giver, **details)

    def _emptied(self, interview: Interview | None) -> None:
        with self.form._filled():
            for control in (self.name, self.name_from, *self.details.values()):
                control.value = ""
        self.form.refresh()
        if interview is not None:
            with self.form._filled():
                self.form.plan.prefer(interview)


class Request:
    """The message that asks for an interview, the same for the phone, and what comes after it."""

    def __init__(self, step: People) -> None:
        self.step = step
        self.interview: str | None = None
        self.about = words("", "heading")
        self.drafts = {
            "request": Draft("Message", "request", rows=9),
            "phone_script": Draft("On the phone", "phone_script", rows=5),
        }
        self.called = button("I have called them")
        self.sent = button("I have sent it", main=True)
        self.not_sent = link("I haven't sent it")
        self.contact: str | None = None  # what was noted when it was sent
        self.plan = button("They said yes: plan it")
        self.another = button("Add another person")
        form = step.form
        self.box = widgets.VBox(
            [
                self.about,
                words("Change it as you like; it asks for information and guidance, never for a "
                      "job. Send it yourself: copying it notes that you asked today.", "hint"),
                self.drafts["request"], self.sent, self.not_sent,
                folded("Or on the phone", ", about thirty seconds read aloud",
                       [self.drafts["phone_script"], self.called]),
                row(self.another, self.plan),
            ]
        )  # fmt: skip
        show(self.box, False)
        for kind, draft in self.drafts.items():
            form._on_change(draft.text, lambda text, kind=kind: self._keep(kind, text))
        message = self.drafts["request"]
        message.on_use(lambda how: form._attempt(lambda: self._sent(how), message))
        form._on_click(self.sent, lambda: self._sent("copied"), message)
        form._on_click(self.called, lambda: self._sent("called"))
        form._on_click(self.not_sent, self._not_sent, message)
        form._on_click(self.another, self._close)
        form._on_click(self.plan, self._plan)

    def open(self, interview: Interview | None) -> None:
        """Show the request for an interview, or the fields for another person."""
        self.interview = interview.id if interview else None
        self._show_sent(None)
        self.fill()
        show(self.box, interview is not None)
        show(self.step.adding, interview is None)

    def fill(self) -> None:
        """What was written, else fresh drafts."""
        journal = self.step.journal
        found = [i for i in journal.interviews() if i.id == self.interview]
        if not found:
            self.interview = None
            show(self.box, False)
            show(self.step.adding)
            return
        person = journal.person(found[0].person_id)
        self.about.value = words(
            f"{person.name}, {journal.occupation(found[0].occupation_id).title}"
        ).value
        for kind, draft in self.drafts.items():
            draft.fill(follow_up.written(journal, found[0], kind), person.email)

    def _keep(self, kind: str, text: str) -> bool | None:
        """Keep what was changed in a draft; an emptied one is written afresh next time."""
        if self.interview is None:
            return False
        journal = self.step.journal
        is_draft = text == follow_up.fresh(journal, self.interview, kind)
        journal.keep_message(self.interview, kind, None if is_draft else text)
        return None

    def _show_sent(self, contact: str | None, refused: bool = False) -> None:
        self.contact = contact
        show(self.sent, refused)
        show(self.not_sent, contact is not None)

    def _sent(self, how: str) -> str | bool:
        """Note that they were asked, or reminded; where copying isn't allowed, ask."""
        if self.interview is None or how == "refused":
            self._show_sent(None, refused=self.interview is not None)
            return False
        form, journal = self.step.form, self.step.journal
        person = journal.person(journal.interview(self.interview).person_id)
        contact = note_sent(journal, person.id, how)
        self._show_sent(contact.id)
        form.refresh(self.step)  # the text that was just typed stays as it is
        with form._filled():
            self.step.known.fill()
        return f"Noted: {contact.kind} today. Under Today you can say what {person.name} answers."

    def _not_sent(self) -> str:
        journal = self.step.journal
        for contact in journal.contacts():
            if contact.id == self.contact:
                journal.remove(contact)
        self._show_sent(None)
        self.step.form.refresh(self.step)
        with self.step.form._filled():
            self.step.known.fill()
        return "Then nothing is noted. The message is kept."

    def _close(self) -> bool:
        with self.step.form._filled():
            self.open(None)
        self.step.form.focus_on(self.step.name)
        return False

    def _plan(self) -> bool:
        if self.interview is not None:
            form, journal = self.step.form, self.step.journal
            interview = journal.interview(self.interview)
            if Standing.of(journal).is_unanswered(interview.person_id):
                note_answer(journal, interview.person_id, "answered_yes")
                form.refresh(self.step)
            form.plan_with(interview)
        return False


class KnownPeople:
    """The people who are there, one of them shown to be changed."""

    def __init__(self, step: People) -> None:
        self.step = step
        form = step.form
        self.which = choice("Person", [_NOBODY])
        self.undo = form.undo_button(form.refresh, self.which)
        self.referred_by = choice("Named by", [("nobody", None)])
        self.columns: dict[str, Any] = {
            "job_title": line("Their job title"),
            "organisation": line("Their organisation"),
            "email": line("Their e-mail"),
            "phone": line("Their phone"),
            "source": choice("How you came to them", _SOURCES),
            "referred_by": self.referred_by,
            "name_from": line("Or who else gave the name"),
            **_of_their_work(),
        }
        self.so_far = words("", "hint")
        self.answer = widgets.VBox()
        self.answer_undo = form.undo_button(form.refresh, self.answer)
        self.name = line("Another spelling of the name")
        self.rename = button("Rename")
        naming = row(self.name, self.rename)
        self.write = button("Write to them")
        self.remove = link("Remove this person")
        rest = ("job_title", "organisation", "phone", "workplace", "years", "name_from")
        self.panel = widgets.VBox(
            [
                self.so_far, self.answer, self.answer_undo,
                *(control for name, control in self.columns.items() if name not in rest),
                folded("More", ": work, phone, who else gave the name, another spelling",
                       [*(self.columns[name] for name in rest), naming]),
                row(self.write, self.remove),
            ]
        )  # fmt: skip
        self.panel.add_class("infonb-panel")
        self.box = folded("Your people", "", [self.which, self.undo, self.panel])
        form.observe_choice(self.which, self._picked)
        for name, control in self.columns.items():
            form._on_change(control, lambda value, name=name: self._change(name, value))
        form._on_change(self.name, lambda _value: self._asked(), naming)
        form._on_click(self.rename, self._rename, naming)
        form._on_click(self.write, self._write)
        form._on_click(self.remove, self._remove, self.undo)

    def fill(self) -> None:
        """The list, and the chosen person."""
        people = self.step.journal.people()
        names = [(named(person), person.id) for person in people]
        offer(self.which, [_NOBODY, *names])
        offer(self.referred_by, [("nobody", None), *names])
        self.box.children[0].rest = f": {len(people)}"
        show(self.box, bool(people))
        self._show()

    def _now(self) -> Person | None:
        id = chosen(self.which)
        return next((p for p in self.step.journal.people() if p.id == id), None)

    def _picked(self) -> None:
        with self.step.form._filled():
            self._show()

    def _show(self) -> None:
        person = self._now()
        show(self.panel, person is not None)
        if person is None:
            return
        standing = Standing.of(self.step.journal)
        self.so_far.value = words(standing.in_words(person.id)).value
        self.answer.children = (
            [did_they_answer(self.step.form, person.id, person.name, self.answer_undo, self.answer)]
            if standing.is_unanswered(person.id)
            else []
        )
        for name, control in self.columns.items():
            value = getattr(person, name)
            if name == "years":
                value = None if value is None else str(value)
            if isinstance(control, widgets.Dropdown):
                choose(control, value)
            else:
                control.value = value or ""
        self.name.value = person.name

    def _chosen(self) -> Person:
        person = self._now()
        if person is None:
            raise InfonbError("Choose a person first.")
        return person

    def _change(self, name: str, value: Any) -> None:
        if name == "years":
            value = years_in(value)
        self.step.journal.update(self._chosen(), **{name: value})
        if name in ("job_title", "email", "referred_by", "name_from"):
            self.step.form.refresh()

    def _asked(self) -> str | bool:
        old, new = self._chosen().name, " ".join(self.name.value.split())
        if not new or new == old:
            return False
        return f"Press Rename: {old} becomes {new}, with all that was said and written."

    def _rename(self) -> str:
        person = self._chosen()
        if not self.name.value.strip():
            raise InfonbError("Type the name first, for example: Grace Park.")
        now = self.step.journal.update(person, name=self.name.value)
        self.step.form.refresh()
        return f"{person.name} is now called {now.name}."

    def _write(self) -> bool:
        """The request of what is planned with them, or of a new plan."""
        journal, person = self.step.journal, self._chosen()
        planned = [i for i in journal.interviews(status="planned") if i.person_id == person.id]
        if planned:
            self.step.write(planned[0])
            return False
        occupation = chosen(self.step.occupation)
        if occupation is None:
            raise InfonbError("Add what they do under Occupations first.")
        interview = journal.plan_interview(person, occupation, questions=method.AGENDA_DEFAULT)
        self.step.form.refresh()
        self.step.write(interview)
        return False

    def _remove(self) -> str:
        person = self._chosen()
        interviews = [i for i in self.step.journal.interviews() if i.person_id == person.id]
        self.step.journal.remove(person)
        self.step.form.refresh()
        self.step.form.may_undo(self.undo)
        along = f", with {count(len(interviews), 'interview')}" if interviews else ""
        return f"{person.name} is removed{along}."


def _of_their_work() -> dict[str, Any]:
    """The kind of their workplace, and their years in the occupation."""
    return {
        "workplace": one_of_or_own("Kind of workplace", method.WORKPLACES,
                                   placeholder="never the employer's name"),
        "years": line("Years in this work"),
    }  # fmt: skip


def years_in(text: str | None) -> int | None:
    """Years as they were typed; None where nothing was.

    Examples
    --------
    >>> years_in(" 12 years"), years_in("")
    (12, None)
    """
    if not text or not text.strip():
        return None
    match = re.fullmatch(r"(\d{1,2})(?: ?years?)?", text.strip())
    if match is None:
        raise InfonbError("Type the years as a number, for example 12, or leave it empty.")
    return int(match[1])


def named(person: Person) -> str:
    """Name and job title, as a list shows a person."""
    return f"{person.name}, {person.job_title}" if person.job_title else person.name
