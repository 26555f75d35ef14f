"""The first step of `Debrief`: what was said, what it is worth, what is off the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import method
from infonb.english import count
from infonb.errors import InfonbError
from infonb.widgets import picking
from infonb.widgets.forms import (
    Step,
    button,
    choice,
    chosen,
    folded,
    heading,
    line,
    offer,
    passage,
    rating,
    scale,
    set_words,
    show,
    tick,
    title,
    words,
)

if TYPE_CHECKING:
    from infonb.journal import Answer
    from infonb.widgets.debrief import Debrief

_AT_ONCE = 5
"""So many answers are in sight; the others are behind a line."""
_OFF = "Off the record: never in a report, a chart, or a file for others."


class Answers(Step):
    """Each answer with its rating and its mark; one of them can be corrected."""

    form: Debrief

    def __init__(self, form: Debrief) -> None:
        super().__init__(form)
        self.rows: dict[str, AnswerRow] = {}
        self.who = title("")
        self.hint = words("", "hint")
        self.finish = button("It was held: finish it", main=True)
        self.box, self.others = widgets.VBox(), widgets.VBox()
        self.rest = folded("More answers", "", [self.others])
        self.which = choice("Which note", [("choose", None)])
        self.text = passage("What was said")
        self.why = line("Why you rate it so")
        self.correcting = widgets.VBox([self.text, self.why])
        self.other = choice("Open another interview", [("choose", None)])
        self.next = button("Next", main=True)
        self.controls = [
            self.who, self.hint, self.finish, self.box, self.rest,
            folded("More", ": correct a note, say why, another interview",
                   [self.which, self.correcting, self.other]),
            self.next,
        ]  # fmt: skip
        form._on_click(self.finish, self._finish)
        form._on_click(self.next, lambda: form.next_step(self))
        form.observe_choice(self.which, self._picked)
        form.observe_choice(self.other, self._open_other)
        form._on_change(self.text, lambda text: self._correct(text=text))
        form._on_change(self.why, lambda why: self._correct(why=why))

    def fill(self) -> None:
        interview = self.form.interview
        person = self.journal.person(interview.person_id).name
        self.who.value = title(f"{person}, {picking.when(interview)}").value
        is_held = interview.status == "done"
        show(self.finish, not is_held)
        self._fill_rows()
        self.hint.value = words(
            "How would it be for you? Leave out what you can't tell."
            if self.rows
            else "Nothing was noted."
            if is_held
            else "It opens here as soon as you press Finish on the card."
        ).value
        questions = self.journal.questions()
        notes = [(questions[key].short, key) for key in self.rows]
        offer(self.which, [("choose", None), *notes])
        others = picking.choices(self.journal, held_first=True)
        offer(self.other, [("choose", None), *((o.label, o.id) for o in others)])
        self.other.value = ""
        show(self.other, self.form.may_open_others())
        self._show_note()

    def _fill_rows(self) -> None:
        """A row per answer; rows that are there stay, so that what has the caret keeps it."""
        interview, questions = self.form.interview, self.journal.questions()
        answers = {a.question: a for a in self.journal.answers(interview)}
        agenda = [*interview.questions, *answers]
        keys = [key for key in dict.fromkeys(agenda) if key in answers and key in questions]
        if any(row.interview != interview.id for row in self.rows.values()):
            self.rows = {}
        self.rows = {
            key: self.rows.get(key) or AnswerRow(self, interview.id, questions[key]) for key in keys
        }
        for key, row in self.rows.items():
            row.fill(answers[key])
        boxes = [row.box for row in self.rows.values()]
        for part, box in ((boxes[:_AT_ONCE], self.box), (boxes[_AT_ONCE:], self.others)):
            if part != list(box.children):
                box.children = part
        self.rest.children[0].rest = f": {count(len(boxes[_AT_ONCE:]), 'question')}"
        show(self.rest, len(boxes) > _AT_ONCE)

    def record(self, question: str, **changes: Any) -> str | None:
        """Write a change of an answer."""
        self.journal.record_answer(self.form.interview, question, **changes)
        if "rating" in changes or "private" in changes or "text" in changes:
            self.form.refresh(self)  # drafts come back to what was liked best
        if "private" in changes:
            with self.form._filled():
                self._fill_rows()
            return _OFF if changes["private"] else "On the record again."
        return None

    def _note(self) -> Answer | None:
        answers = self.journal.answers(self.form.interview)
        return next((a for a in answers if a.question == chosen(self.which)), None)

    def _show_note(self) -> None:
        note = self._note()
        show(self.correcting, note is not None)
        if note is not None:
            self.text.value, self.why.value = note.text, note.why or ""

    def _picked(self) -> None:
        with self.form._filled():
            self._show_note()
        self.form.focus_on(self.text)

    def _correct(self, **changes: Any) -> None:
        key = chosen(self.which)
        if key is None:
            raise InfonbError("Choose a note first.")
        self.record(key, **changes)
        with self.form._filled():
            self._fill_rows()

    def _open_other(self) -> None:
        if chosen(self.other) is not None:
            self.form.open_interview(chosen(self.other))

    def _finish(self) -> bool:
        self.journal.finish_interview(self.form.interview)
        self.form.refresh()
        return False


class AnswerRow:
    """One answer: the question, the words, the rating and the mark."""

    def __init__(self, step: Answers, interview: str, question: method.Question) -> None:
        self.interview = interview
        self.quote = words("", "quote")
        self.off = tick("off the record")
        self.rating: Any = None
        key = question.key
        if question.rated:
            self.rating = rating(
                question.to_oneself, "can't tell", scale(1, 5, question.low, question.high)
            )
            step.form._on_change(self.rating, lambda value: step.record(key, rating=value))
        step.form._on_change(self.off, lambda value: step.record(key, private=value))
        shown = [heading(question.prompt), self.quote, self.rating, self.off]
        self.box = widgets.VBox([part for part in shown if part is not None])
        self.box.add_class("infonb-answer")

    def fill(self, answer: Answer) -> None:
        """Show an answer as it is stored."""
        set_words(self.quote, [answer.text or "(no note)"])
        if answer.private:
            self.quote.add_class("infonb-private")
        else:
            self.quote.remove_class("infonb-private")
        self.off.value = answer.private
        if self.rating is not None:
            self.rating.value = answer.rating or ""
