"""The third step of `Debrief`: the thank-you note, and one thought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb import follow_up, method
from infonb.widgets.draft import Draft
from infonb.widgets.forms import Step, button, choose, link, rating, row, scale, show, title, words

if TYPE_CHECKING:
    from infonb.widgets.debrief import Debrief


class Thanks(Step):
    """The note, sent by oneself the same day, and how one feels about the next interview."""

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
        self.controls = [
            title("Thank them today"),
            words("Change it as you like, send it yourself: infonb sends nothing.", "hint"),
            self.note, row(self.sent, self.not_sent), self.feeling,
        ]  # fmt: skip
        form._on_change(self.note.text, self._keep)
        form._on_click(self.sent, self._sent)
        form._on_click(self.not_sent, self._not_sent, self.note)
        form._on_change(self.feeling, self._feel)

    def fill(self) -> None:
        interview = self.form.interview
        email = self.journal.person(interview.person_id).email
        task = self._task()
        kept = task["draft"] if task else None
        self.note.fill(kept or follow_up.fresh(self.journal, interview, "thank_you"), email)
        is_sent = bool(task and task["done_at"])
        show(self.sent, not is_sent)
        show(self.not_sent, is_sent)
        choose(self.feeling, interview.confidence_after)

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

    def _sent(self) -> str:
        task = self._task()
        if task is None:
            self._keep(self.note.text.value)
            task = self._task()
        assert task is not None
        self.journal.done(task["task"])
        self.form.refresh()
        return "Noted: thanked today. That is all that is needed; more is there if you like."

    def _not_sent(self) -> str:
        task = self._task()
        if task is not None:
            self.journal.update(self.journal.task(task["task"]), done_at=None)
        self.form.refresh()
        return "Then it is still to be sent."

    def _feel(self, value: int | None) -> None:
        self.journal.update(self.form.interview, confidence_after=value)


def tasks_of(journal: Any, interview: str) -> list[dict[str, Any]]:
    """The tasks of an interview as plain values, None for what is missing."""
    frame = journal.tasks()
    rows = frame[frame["interview"] == interview].astype(object)
    return rows.where(rows.notna(), None).to_dict("records")
