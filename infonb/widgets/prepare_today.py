"""The step of `Prepare` that says what is due: whom to meet, to thank, to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.english import count, first_capital, in_words
from infonb.widgets import picking
from infonb.widgets.draft import Draft
from infonb.widgets.forms import Step, button, entry, folded, link, row, show, title, words

if TYPE_CHECKING:
    from infonb.journal import Person
    from infonb.widgets.prepare import Prepare

_AT_ONCE = 3
"""So many things are in sight; the others are behind a line."""

_TASKS = {
    "thank_you": "Thank {who}",
    "review_notes": "Review the notes of {who}",
    "follow_up": "Follow up with {who}",
    "tell_outcome": "Tell {who} how your search ended",
}
_READ = ("thank_you", "tell_outcome")
"""Kinds of task whose letter is read here."""


class Today(Step):
    """What is due, the most pressing first, each with the button that leads to it."""

    form: Prepare

    def __init__(self, form: Prepare) -> None:
        super().__init__(form)
        self.task: str | None = None  # whose letter is shown
        self.heading = title("Nothing to do today")
        self.hint = words("", "hint")
        self.list, self.later = widgets.VBox(), widgets.VBox()
        for box in (self.list, self.later):
            box.add_class("infonb-list")
        self.more = folded("More", "", [self.later])
        self.note = Draft("Note", "thank_you")
        self.begin = button("Start with an occupation", main=True)
        self.controls = [
            self.heading, self.hint, self.list, self.more, self.note, self.begin,
        ]  # fmt: skip
        form._on_change(self.note.text, self._keep)
        form._on_click(self.begin, lambda: self._lead("Occupations"))

    def fill(self) -> None:
        rows = [*self._interviews(), *self._tasks(), *self._to_ask()]
        is_empty = not self.journal.occupations()
        number = "Nothing" if not rows else f"{first_capital(in_words(len(rows)))}"
        things = "to do today" if not rows else "thing to do" if len(rows) == 1 else "things to do"
        self.heading.value = title(f"{number} {things}").value
        self.hint.value = words(
            "This list tells you whom to ask, to meet and to thank. It fills itself."
            if is_empty
            else "Add somebody to ask under People." if not rows else ""
        ).value  # fmt: skip
        self.list.children = rows[:_AT_ONCE]
        self.later.children = rows[_AT_ONCE:]
        self.more.children[0].rest = f": {count(len(rows[_AT_ONCE:]), 'thing')}"
        show(self.list, bool(rows))
        show(self.more, len(rows) > _AT_ONCE)
        show(self.begin, is_empty)
        show(self.note, self.task is not None)

    def _row(self, what: str, below: str, *doing: widgets.Widget) -> widgets.Widget:
        return row(entry(what, below), *doing)

    def _do(self, words: str, of: str, action: Callable[[], Any]) -> widgets.Button:
        made = button(words, of=of)
        self.form._on_click(made, action, self.list)
        return made

    def _interviews(self) -> list[widgets.Widget]:
        known = picking.Known.of(self.journal)
        rows = []
        for interview in known.planned():
            who = known.people[interview.person_id].name
            what = known.occupations[interview.occupation_id].title
            at = interview.scheduled_at
            if at is not None and at.date() > known.today + dt.timedelta(days=7):
                continue
            if at is None:
                below = f"{what}. No day yet: did {who} answer?"
                doing = [
                    self._do("Read the message", f"to {who}", lambda i=interview: self._write(i)),
                    self._do("Choose a day", f"with {who}", lambda i=interview: self._plan(i)),
                ]
            else:
                below = f"{what}: {picking.when(interview)}. The card is in 2-interview."
                doing = [
                    self._do("Open the plan", f"with {who}", lambda i=interview: self._plan(i))
                ]
            rows.append(
                self._row(f"Ask {who}" if at is None else f"Talk with {who}", below, *doing)
            )
        return rows

    def _tasks(self) -> list[widgets.Widget]:
        frame = self.journal.tasks()
        near = (self.journal.today() + dt.timedelta(days=7)).isoformat()
        open_ = frame[frame["done_at"].isna()].astype(object)
        rows = []
        for task in open_.where(open_.notna(), None).to_dict("records"):
            if task["due"] and task["due"] > near:
                continue
            due = f"By {picking.spoken_date(task['due'])}" if task["due"] else "No day yet"
            late = ", overdue" if task["overdue"] else ""
            who = task["person"] or ""
            what = _TASKS[task["kind"]].format(who=who)
            if task["kind"] == "follow_up" and task["draft"]:
                what = f"{task['draft']} ({who})"
            doing = [link("Done", of=what)]
            self.form._on_click(doing[0], lambda id=task["task"]: self._done(id), self.list)
            if task["kind"] in _READ:
                doing.insert(
                    0,
                    self._do("Read the note", f"to {who}", lambda id=task["task"]: self._read(id)),
                )
            rows.append(self._row(what, f"{due}{late}.", *doing))
        return rows

    def _to_ask(self) -> list[widgets.Widget]:
        talked = {interview.person_id for interview in self.journal.interviews()}
        names = {person.id: person.name for person in self.journal.people()}
        rows = []
        for person in self.journal.people():
            if person.id not in talked:
                giver = names.get(person.referred_by or "") or person.name_from
                below = f"The name is from {giver}." if giver else "In your list, not asked yet."
                ask = self._do(
                    "Write the message", f"to {person.name}", lambda p=person: self._ask(p)
                )
                rows.append(self._row(f"Ask {person.name}", below, ask))
        return rows

    # ------------------------------------------------ what each button does

    def _lead(self, step: str) -> bool:
        self.form.go_to(step)
        return False

    def _write(self, interview: Any) -> bool:
        self.form.write_to(interview)
        return False

    def _plan(self, interview: Any) -> bool:
        self.form.plan_with(interview)
        return False

    def _ask(self, person: Person) -> bool:
        self.form.go_to("People")
        known = self.form.people.known
        known.box.children[0].unfolded = True
        known.which.value = person.id
        self.form.focus_on(known.write)
        return False

    def _read(self, task: str) -> bool:
        self.task = task
        found = self.journal.task(task)
        interview = self.journal.interview(found.interview_id or "")
        with self.form._filled():
            email = self.journal.person(interview.person_id).email
            self.note.fill(follow_up.draft(self.journal, found), email)
        show(self.note)
        self.form.focus_on(self.note.text)
        return False

    def _keep(self, text: str) -> bool | None:
        if self.task is None or not text.strip():
            return False
        found = self.journal.task(self.task)
        self.journal.add_task(found.interview_id, found.kind, draft=text)
        return None

    def _done(self, task: str) -> str:
        found = self.journal.task(task)
        self.journal.done(found)
        if task == self.task:
            self.task = None
        self.form.refresh()
        return f"Done: {method.TASKS[found.kind].lower()}."
