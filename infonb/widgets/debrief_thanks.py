"""The third step of `Debrief`: the thank-you note, and one thought for oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb import follow_up, method
from infonb.widgets.answered import CHANNELS
from infonb.widgets.draft import Draft
from infonb.widgets.forms import (
    Step,
    button,
    choose,
    folded,
    link,
    rating,
    row,
    scale,
    show,
    title,
    words,
)
from infonb.widgets.reflecting import Prompts

if TYPE_CHECKING:
    from infonb.journal import Interview, Journal
    from infonb.widgets.debrief import Debrief

_MUCH = 2
"""Points from which what was heard differs much from what was expected."""


class Thanks(Step):
    """The note, sent by oneself the same day, how one feels about the next one, and a thought."""

    form: Debrief

    def __init__(self, form: Debrief) -> None:
        super().__init__(form)
        feeling = method.CONFIDENCE
        self.note = Draft("Thank-you note", "thank_you")
        self.sent = button("I have sent it", main=True)
        self.not_sent = link("I haven't sent it")
        self.feeling = rating(
            "How do you feel about asking the next person?", "can't say",
            scale(1, 5, feeling.low_means, feeling.high_means),
        )  # fmt: skip
        self.thoughts = Prompts(form, ("surprised", "changes", "ask_next"), lambda: form.interview)
        self.unlike = words("", "hint")
        surprised, *two_more = self.thoughts.texts.values()
        self.controls = [
            title("Thank them today"),
            words("Change it as you like, send it yourself: copying it notes that you thanked "
                  "them.", "hint"),
            self.note, row(self.sent, self.not_sent), self.feeling,
            title("And one thought, for yourself"), self.unlike, surprised,
            folded("Two more questions", " to yourself", two_more),
        ]  # fmt: skip
        form._on_change(self.note.text, self._keep)
        self.note.on_use(lambda how: form._attempt(lambda: self._used(how), self.note))
        form._on_click(self.sent, lambda: self._used("sent"), self.note)
        form._on_click(self.not_sent, self._not_sent, self.note)
        form._on_change(self.feeling, self._feel)

    def fill(self) -> None:
        interview = self.form.interview
        email = self.journal.person(interview.person_id).email
        task = self._task()
        kept = task["draft"] if task else None
        self.note.fill(kept or follow_up.fresh(self.journal, interview, "thank_you"), email)
        self._show_sent()
        choose(self.feeling, interview.confidence_after)
        self.thoughts.fill(self.journal)
        self.unlike.value = words(unlike_expected(self.journal, interview)).value

    def _show_sent(self) -> None:
        task = self._task()
        is_sent = bool(task and task["done_at"])
        show(self.sent, not is_sent)
        show(self.not_sent, is_sent)

    def _task(self) -> dict[str, Any] | None:
        found = tasks_of(self.journal, self.form.interview.id)
        return next((task for task in found if task["kind"] == "thank_you"), None)

    def _keep(self, text: str) -> bool | None:
        if not text.strip():
            return False
        task = self._task()
        due = None if task and task["due"] else self.journal.today()
        self.journal.add_task(self.form.interview, "thank_you", due=due, draft=text)
        with self.form._filled():
            self.form.more.fill_tasks()
        return None

    def _used(self, how: str) -> str | bool:
        """It was copied, opened in the mail program, or said to be sent: they are thanked."""
        if how == "refused":
            return False
        task = self._task()
        if task is None:
            self._keep(self.note.text.value)
            task = self._task()
        assert task is not None
        today = self.journal.today().isoformat()
        person = self.form.interview.person_id
        self.journal.record_contact(person, "thanked", CHANNELS.get(how), today)
        if self.journal.task(task["task"]).done_at is None:
            self.journal.done(task["task"])
        self._after()
        return "Noted: thanked today. That is all that is needed; more is there if you like."

    def _not_sent(self) -> str:
        for contact in self.journal.contacts(self.form.interview.person_id):
            if (
                contact.kind == "thanked"
                and contact.at
                and contact.at.date() == self.journal.today()
            ):
                self.journal.remove(contact)
        task = self._task()
        if task is not None:
            self.journal.update(self.journal.task(task["task"]), done_at=None)
        self._after()
        return "Then it is still to be sent."

    def _after(self) -> None:
        self.form.refresh(self)  # the text that was just typed stays as it is
        with self.form._filled():
            self._show_sent()

    def _feel(self, value: int | None) -> None:
        self.journal.update(self.form.interview, confidence_after=value)


def unlike_expected(journal: Journal, interview: Interview) -> str:
    """What was heard in an interview that differs most from what was expected, in words.

    Examples
    --------
    >>> _ = journal.set_expectation(interview.occupation_id, "typical_day", 4)
    >>> _ = journal.record_answer(interview, "typical_day", text="Lists", rating=2)
    >>> unlike_expected(journal, interview)
    'You expected 4 of 5, and heard 2: a usual day.'
    """
    expected: dict[str, int] = {}
    for each in journal.expectations(interview.occupation_id):
        if each.rating is not None:
            expected.setdefault(each.question, each.rating)
    gaps = [
        (abs(a.rating - expected[a.question]), a.question, a.rating)
        for a in journal.answers(interview)
        if a.rating is not None and a.question in expected
    ]
    gap, question, heard = max(gaps, default=(0, "", 0), key=lambda each: each[0])
    if gap < _MUCH:
        return ""
    short = journal.questions()[question].short
    named = short if short[1:2].isupper() else short[0].lower() + short[1:]
    return f"You expected {expected[question]} of 5, and heard {heard}: {named}."


def tasks_of(journal: Any, interview: str) -> list[dict[str, Any]]:
    """The tasks of an interview as plain values, None for what is missing."""
    frame = journal.tasks()
    rows = frame[frame["interview"] == interview].astype(object)
    return rows.where(rows.notna(), None).to_dict("records")
