"""The step of `Prepare` that says what is due: whom to meet, thank, remind, ask; who answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.english import count, first_capital, in_words
from infonb.widgets import picking
from infonb.widgets.answered import CHANNELS, Standing, did_they_answer
from infonb.widgets.draft import Draft
from infonb.widgets.forms import (
    Step,
    button,
    entry,
    folded,
    heading,
    link,
    row,
    show,
    title,
    words,
)

if TYPE_CHECKING:
    from infonb.journal import Interview
    from infonb.widgets.prepare import Prepare

_AT_ONCE = 3
"""So many things are in sight; the others are behind a line."""
_ANSWERS_AT_ONCE = 2

_TASKS = {
    "thank_you": "Thank {who}",
    "review_notes": "Review the notes of {who}",
    "follow_up": "Follow up with {who}",
    "tell_outcome": "Tell {who} how your search ended",
}
_READ = ("thank_you", "tell_outcome")
"""Kinds of task whose letter is read here."""
_SENT = {"thank_you": "thanked", "tell_outcome": "kept_in_touch", "reminder": "reminded"}
"""Kind of letter -> what is noted when it is sent."""


@dataclass
class Letter:
    """What is read here, and what was noted when it was sent.

    Attributes
    ----------
    kind : str
        thank_you, tell_outcome or reminder.
    interview, person : str
        Ids: whom it is for.
    task : str or None
        What it does, where something is owed.
    contact : str or None
        What was noted when it was sent.
    done : list of str
        Tasks that were done by it.
    """

    kind: str
    interview: str
    person: str
    task: str | None = None
    contact: str | None = None
    done: list[str] = field(default_factory=list)


class Today(Step):
    """What is due, the most pressing first, each with the button that leads to it."""

    form: Prepare

    def __init__(self, form: Prepare) -> None:
        super().__init__(form)
        self.letter: Letter | None = None  # what is shown to be read
        self.reminders: dict[str, str] = {}  # interview -> what was changed in its reminder
        self.heading = title("Nothing to do today")
        self.hint = words("", "hint")
        self.list, self.later, self.answers, self.more_answers = (
            widgets.VBox() for _ in range(4)
        )  # fmt: skip
        for box in (self.list, self.later, self.answers, self.more_answers):
            box.add_class("infonb-list")
        self.more = folded("More", "", [self.later])
        self.notes = {
            "thank_you": Draft("Note", "thank_you"), "tell_outcome": Draft("News", "tell_outcome"),
            "reminder": Draft("Reminder", "reminder"),
        }  # fmt: skip
        self.sent, self.not_sent = link("I have sent it"), link("I haven't sent it")
        self.reading = widgets.VBox([*self.notes.values(), row(self.sent, self.not_sent)])
        self.waiting_for = heading("Waiting for an answer")
        self.undo = form.undo_button(form.refresh, self.answers)
        self.others_wait = folded("More", " answers", [self.more_answers])
        self.begin = button("Start with an occupation", main=True)
        self.controls = [
            self.heading, self.hint, self.list, self.more, self.reading, self.waiting_for,
            self.answers, self.undo, self.others_wait, self.begin,
        ]  # fmt: skip
        for kind, note in self.notes.items():
            form._on_change(note.text, lambda text, kind=kind: self._keep(kind, text))
            note.on_use(lambda how, note=note: form._attempt(lambda: self._used(how), note))
        form._on_click(self.sent, lambda: self._used("sent"), self.reading)
        form._on_click(self.not_sent, self._not_sent, self.reading)
        form._on_click(self.begin, lambda: self._lead("Occupations"))

    def fill(self) -> None:
        standing = Standing.of(self.journal)
        due, soon = self._tasks()
        rows = [
            *self._talks(), *self._look_again(), *due, *self._contacts("thank", "remind"),
            *self._days(standing), *self._guesses(), *self._contacts("ask"), *soon,
        ]  # fmt: skip
        waiting = self._waiting(standing)
        is_empty = not self.journal.occupations()
        number = "Nothing" if not rows else f"{first_capital(in_words(len(rows)))}"
        things = "to do today" if not rows else "thing to do" if len(rows) == 1 else "things to do"
        self.heading.value = title(f"{number} {things}").value
        self.hint.value = words(
            "This list tells you whom to ask, to meet and to thank. It fills itself."
            if is_empty
            else "" if rows
            else "No answer after three working days? Ask the next person." if waiting
            else "Add somebody to ask under People."
        ).value  # fmt: skip
        self.list.children = rows[:_AT_ONCE]
        self.later.children = rows[_AT_ONCE:]
        self.more.children[0].rest = f": {count(len(rows[_AT_ONCE:]), 'thing')}"
        show(self.list, bool(rows))
        show(self.more, len(rows) > _AT_ONCE)
        self.answers.children = waiting[:_ANSWERS_AT_ONCE]
        self.more_answers.children = waiting[_ANSWERS_AT_ONCE:]
        self.others_wait.children[0].rest = f": {len(waiting[_ANSWERS_AT_ONCE:])} who were asked"
        show(self.waiting_for, bool(waiting))
        show(self.answers, bool(waiting))
        show(self.others_wait, len(waiting) > _ANSWERS_AT_ONCE)
        show(self.begin, is_empty)
        self._show_letter()

    def _row(self, what: str, below: str, *doing: widgets.Widget) -> widgets.Widget:
        return row(entry(what, below), *doing)

    def _do(self, words: str, of: str, action: Callable[[], Any]) -> widgets.Button:
        made = button(words, of=of)
        self.form._on_click(made, action, self.list)
        return made

    # ------------------------------------------------ what is due

    def _talks(self) -> list[widgets.Widget]:
        known = picking.Known.of(self.journal)
        rows = []
        for interview in known.planned():
            at = interview.scheduled_at
            if at is None or at.date() > known.today + dt.timedelta(days=7):
                continue
            who = known.people[interview.person_id].name
            what = known.occupations[interview.occupation_id].title
            below = f"{what}: {picking.when(interview)}. The card is in 2-interview."
            open_ = self._do("Open the plan", f"with {who}", lambda i=interview: self._plan(i))
            rows.append(self._row(f"Talk with {who}", below, open_))
        return rows

    def _look_again(self) -> list[widgets.Widget]:
        due = follow_up.to_look_again(self.journal)
        if due is None or due.look_again is None:
            return []
        day = picking.spoken_date(due.look_again)
        return [self._row("Look again at what you decided", f"Since {day}. It is in 6-decide.")]

    def _days(self, standing: Standing) -> list[widgets.Widget]:
        """Those who said yes, and have no day yet."""
        known = picking.Known.of(self.journal)
        rows = []
        for interview in known.planned():
            if interview.scheduled_at is None and standing.said_yes(interview.person_id):
                who = known.people[interview.person_id].name
                what = known.occupations[interview.occupation_id].title
                plan = self._do("Choose a day", f"with {who}", lambda i=interview: self._plan(i))
                rows.append(self._row(f"Find a day with {who}", f"{what}. They said yes.", plan))
        return rows

    def _guesses(self) -> list[widgets.Widget]:
        """Occupations one will hear about, and hasn't said what one expects of."""
        planned = {each.occupation_id for each in self.journal.interviews(status="planned")}
        rows = []
        for occupation in self.form.guess.pending():
            if occupation.id in planned:
                guess = self._do(
                    "Say what you expect", f"of {occupation.title}",
                    lambda id=occupation.id: self._guess(id),
                )  # fmt: skip
                below = "One minute, before you hear anybody about it."
                rows.append(self._row(f"Guess: {occupation.title}", below, guess))
        return rows

    def _tasks(self) -> tuple[list[widgets.Widget], list[widgets.Widget]]:
        """What is owed by now, and what is within a week."""
        frame = self.journal.tasks()
        today = self.journal.today()
        near = (today + dt.timedelta(days=7)).isoformat()
        open_ = frame[frame["done_at"].isna()].astype(object)
        due, soon = [], []
        for task in open_.where(open_.notna(), None).to_dict("records"):
            if task["due"] and task["due"] > near:
                continue
            day = f"By {picking.spoken_date(task['due'])}" if task["due"] else "No day yet"
            late = ", overdue" if task["overdue"] else ""
            who = task["person"] or ""
            what = _TASKS[task["kind"]].format(who=who)
            if task["kind"] == "follow_up" and task["draft"]:
                what = f"{task['draft']} ({who})"
            if task["kind"] in _READ and task["interview"]:
                do = self._do("Read the note", f"to {who}", lambda id=task["task"]: self._read(id))
            else:
                do = link("Done", of=what)
                self.form._on_click(do, lambda id=task["task"]: self._done(id), self.list)
            is_due = task["due"] and task["due"] <= today.isoformat()
            (due if is_due else soon).append(self._row(what, f"{day}{late}.", do))
        return due, soon

    def _contacts(self, *kinds: str) -> list[widgets.Widget]:
        """Whom to thank, to remind and to ask, by the cadence; notes that are owed are tasks."""
        frame = follow_up.due_contacts(self.journal).astype(object)
        rows = []
        for due in frame.where(frame.notna(), None).to_dict("records"):
            if due["do"] not in kinds or due["task"]:
                continue
            who, person = due["name"], due["person"]
            what = f"{due['occupation']}. " if due["occupation"] else ""
            if due["do"] == "ask":
                do = self._do(
                    "Write the message", f"to {who}",
                    lambda i=due["interview"], p=person: self._ask(i, p),
                )  # fmt: skip
                rows.append(self._row(f"Ask {who}", f"{what}{due['why']}", do))
            elif due["do"] == "remind" and due["interview"]:
                do = self._do(
                    "Read the reminder", f"to {who}", lambda i=due["interview"]: self._remind(i)
                )
                asked = picking.spoken_date(due["since"])
                rows.append(self._row(f"Remind {who}", f"Asked on {asked}. {due['why']}", do))
            else:
                kind = "thanked" if due["do"] == "thank" else "reminded"
                do = link("Done", of=f"{due['do'].capitalize()} {who}")
                self.form._on_click(do, lambda p=person, k=kind: self._note(p, k), self.list)
                rows.append(self._row(f"{due['do'].capitalize()} {who}", due["why"], do))
        return rows

    def _waiting(self, standing: Standing) -> list[widgets.Widget]:
        names = {person.id: person.name for person in self.journal.people()}
        return [
            row(
                entry(names[id], standing.in_words(id)),
                did_they_answer(self.form, id, names[id], self.undo, self.answers),
            )
            for id in standing.unanswered()
            if id in names
        ]

    # ------------------------------------------------ what each button does

    def _lead(self, step: str) -> bool:
        self.form.go_to(step)
        return False

    def _plan(self, interview: Interview) -> bool:
        self.form.plan_with(interview)
        return False

    def _guess(self, occupation: str) -> bool:
        self.form.guess_of(occupation)
        return False

    def _ask(self, interview: str | None, person: str) -> bool:
        if interview is not None:
            self.form.write_to(self.journal.interview(interview))
            return False
        self.form.go_to("People")
        known = self.form.people.known
        known.box.children[0].unfolded = True
        known.which.value = person
        self.form.focus_on(known.write)
        return False

    def _note(self, person: str, kind: str) -> str:
        self.journal.record_contact(person, kind, at=self.journal.today().isoformat())
        self.form.refresh()
        return f"Noted: {kind} today."

    def _read(self, task: str) -> bool:
        found = self.journal.task(task)
        interview = self.journal.interview(found.interview_id or "")
        return self._open(Letter(found.kind, interview.id, interview.person_id, task))

    def _remind(self, interview: str) -> bool:
        person = self.journal.interview(interview).person_id
        return self._open(Letter("reminder", interview, person))

    def _open(self, letter: Letter) -> bool:
        self.letter = letter
        note = self.notes[letter.kind]
        text = (
            follow_up.draft(self.journal, letter.task)
            if letter.task
            else self.reminders.get(letter.interview)
            or follow_up.fresh(self.journal, letter.interview, letter.kind)
        )
        with self.form._filled():
            note.fill(text, self.journal.person(letter.person).email)
        self._show_letter()
        self.form.focus_on(note.text)
        return False

    def _show_letter(self) -> None:
        letter = self.letter
        show(self.reading, letter is not None)
        for kind, note in self.notes.items():
            show(note, letter is not None and kind == letter.kind)
        show(self.sent, letter is not None and letter.contact is None)
        show(self.not_sent, letter is not None and letter.contact is not None)

    def _keep(self, kind: str, text: str) -> bool | None:
        letter = self.letter
        if letter is None or letter.kind != kind or not text.strip():
            return False
        if letter.task is None:
            self.reminders[letter.interview] = text
            return False
        self.journal.add_task(letter.interview, kind, draft=text)
        return None

    def _used(self, how: str) -> str | bool:
        """It was copied, opened in the mail program, or said to be sent: note it."""
        letter = self.letter
        if letter is None or how == "refused":
            return False
        kind = _SENT[letter.kind]
        open_ = [task["id"] for task in self._owed(letter) if task["done_at"] is None]
        contact = self.journal.record_contact(
            letter.person, kind, CHANNELS.get(how), self.journal.today().isoformat()
        )
        if letter.task is not None and letter.task in open_:
            self.journal.done(letter.task)
        left = [task["id"] for task in self._owed(letter) if task["done_at"] is None]
        letter.contact, letter.done = contact.id, [id for id in open_ if id not in left]
        self.form.refresh()
        return f"Noted: {'told' if letter.kind == 'tell_outcome' else kind} today."

    def _owed(self, letter: Letter) -> list[dict[str, Any]]:
        """Letters of this kind that are owed to this person, in all interviews with them."""
        rows = self.journal.rows()
        talks = {each["id"] for each in rows["interview"] if each["person_id"] == letter.person}
        return [
            task
            for task in rows["task"]
            if task["kind"] == letter.kind and task["interview_id"] in talks
        ]

    def _not_sent(self) -> str | bool:
        letter = self.letter
        if letter is None:
            return False
        for contact in self.journal.contacts(letter.person):
            if contact.id == letter.contact:
                self.journal.remove(contact)
        for task in letter.done:
            self.journal.update(self.journal.task(task), done_at=None)
        letter.contact, letter.done = None, []
        self.form.refresh()
        return "Then it is still to be sent. The text is kept."

    def _done(self, task: str) -> str:
        found = self.journal.task(task)
        self.journal.done(found)
        self.form.refresh()
        return f"Done: {method.TASKS[found.kind].lower()}."
