"""The step of `Prepare` that takes a minute: what one expects before anybody is heard."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import ipywidgets as widgets

from infonb import clock, method
from infonb.errors import InfonbError
from infonb.widgets.forms import (
    Step,
    button,
    choice,
    choose,
    chosen,
    folded,
    line,
    offer,
    rating,
    scale,
    show,
    title,
    words,
)

if TYPE_CHECKING:
    from infonb.journal import Expectation, Interview, Occupation
    from infonb.widgets.prepare import Prepare

_A_SLIP = dt.timedelta(hours=1)
"""So long what was expected can be set right; what is expected later stands behind it."""
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(k?)", re.IGNORECASE)
_HINT = "A guess now lets you see later what surprised you. “No idea” is a fine answer."
_NOTHING = "Nothing to guess just now: it is noted, or you have heard somebody already."
_NONE_YET = "Add an occupation first, then say in a minute what you expect of it."
_LATE = "You have heard somebody about it already: what you note now is marked as noted late."


class Guess(Step):
    """Four questions and the pay to begin with, for occupations nobody was heard about yet."""

    form: Prepare

    def __init__(self, form: Prepare) -> None:
        super().__init__(form)
        self.hint = words(_HINT, "hint")
        self.about = choice("Which occupation", [("choose", None)])
        self.late = words(_LATE, "hint")
        self.rows = widgets.VBox()
        self.pay = line("Pay you expect to start with, a year", placeholder="no idea")
        self.done = button("Done", main=True)
        self.fields = widgets.VBox([self.late, self.rows, self.pay, self.done])
        self.other = choice("An occupation you have noted, or heard of", [("choose", None)])
        self.others = folded("More", ": the other occupations", [self.other])
        self.controls = [
            title("One minute: what do you expect?"), self.hint, self.about, self.fields,
            self.others,
        ]  # fmt: skip
        form.observe_choice(self.about, lambda: self._open(chosen(self.about)))
        form.observe_choice(self.other, lambda: self._open(chosen(self.other)))
        form._on_change(self.pay, self._expect_pay)
        form._on_click(self.done, self._done)
        self._id: str | None = None

    def pending(self) -> list[Occupation]:
        """Occupations nobody was heard about, and nothing was guessed of; those planned first."""
        noted = {each.occupation_id for each in self.journal.expectations()}
        interviews = self.journal.interviews()
        heard = {i.occupation_id for i in interviews if _begun(i)}
        planned = {i.occupation_id for i in interviews if i.status == "planned"}
        found = [o for o in self.journal.occupations() if o.id not in noted | heard]
        return sorted(found, key=lambda occupation: occupation.id not in planned)

    def fill(self) -> None:
        every, pending = self.journal.occupations(), self.pending()
        # what is being filled in stays, though it is noted as soon as it has its first number
        mine = [o for o in every if o.id == self._id and o not in pending]
        first = [*pending, *mine]
        rest = [o for o in every if o not in pending]
        offer(self.about, [(o.title, o.id) for o in first] or [("choose", None)])
        offer(self.other, [("choose", None), *((o.title, o.id) for o in rest)])
        self.other.value = ""
        if self._id not in [o.id for o in every]:
            self._id = pending[0].id if pending else None
        choose(self.about, self._id)
        show(self.about, bool(first))
        show(self.others, bool(rest))
        text = _HINT if first else _NOTHING if every else _NONE_YET
        self.hint.value = words(text).value
        self._show()

    def ask(self, occupation: str) -> None:
        """Show what is expected of an occupation."""
        with self.form._filled():
            self._id = occupation
            self.fill()

    def _open(self, id: str | None) -> None:
        if id is not None:
            self.ask(id)
        self.form.say("")

    def _show(self) -> None:
        show(self.fields, self._id is not None)
        if self._id is None:
            return
        show(self.late, self._is_heard())
        questions = self.journal.questions()
        noted = {each.question: each for each in self.journal.expectations(self._id)}
        rated = [key for key, question in questions.items() if question.rated]
        keys = method.questions_to_guess(self.journal.importances(), rated)
        keys += [key for key in noted if key in rated and key not in keys]
        made = []
        for key in keys:
            question = questions[key]
            row = rating(question.short, "no idea", scale(1, 5, question.low, question.high))
            choose(row, noted[key].rating if key in noted else None)
            self.form._on_change(row, lambda value, key=key: self._expect(key, value))
            made.append(row)
        if [row.description for row in made] != [row.description for row in self.rows.children]:
            self.rows.children = made
        for row, new in zip(self.rows.children, made, strict=True):
            row.value = new.value  # the row that has the caret stays
        pay = noted.get(method.START_PAY)
        self.pay.value = f"{pay.amount:,.0f}" if pay and pay.amount is not None else ""

    def _is_heard(self) -> bool:
        return any(i.occupation_id == self._id and _begun(i) for i in self.journal.interviews())

    # ------------------------------------------------ what each control does

    def _expect(self, question: str, value: float | None) -> str | None:
        """Note it; a slip of this hour is set right, what was said before stays first."""
        if self._id is None:
            raise InfonbError("Choose an occupation first.")
        noted = [e for e in self.journal.expectations(self._id) if e.question == question]
        slip = noted[-1] if noted and self._is_slip(noted[-1]) else None
        if slip is not None:
            self.journal.remove(slip)
        if value is None:
            said = None if slip or not noted else "What you expected first stays noted."
        else:
            self.journal.set_expectation(self._id, question, value)
            said = "Noted. What you expected first stays beside it." if noted[:-1] or (
                noted and slip is None
            ) else None  # fmt: skip
        self.form.refresh(self)
        return said

    def _is_slip(self, expected: Expectation) -> bool:
        at = expected.at
        return at is not None and clock.now() - at < _A_SLIP and not self._is_heard()

    def _expect_pay(self, text: str) -> str | bool | None:
        if not text.strip():
            return self._expect(method.START_PAY, None)
        match = _AMOUNT.fullmatch(re.sub(r"[\s,$_]", "", text))
        if match is None:
            raise InfonbError("Type a number, for example 48000, or leave it empty.")
        amount = float(match[1]) * (1000 if match[2] else 1)
        said = self._expect(method.START_PAY, amount)
        with self.form._filled():
            self.pay.value = f"{amount:,.0f}"
        return said

    def _done(self) -> str:
        """On to the next one nobody was heard about, else to the plan."""
        left = [o for o in self.pending() if o.id != self._id]
        about = next((o.title for o in self.journal.occupations() if o.id == self._id), "")
        noted = self.journal.expectations(self._id)
        said = f"{about}: {'noted' if noted else 'nothing noted, which is fine'}."
        self._id = left[0].id if left else None
        self.form.refresh()
        if left:
            self.form.focus_on(self.about)
            return f"{said} Next: {left[0].title}."
        self.form.go_to("Plan")
        self.form.focus_on(self.form._step)
        return said


def _begun(interview: Interview) -> bool:
    return interview.status == "done" or interview.started_at is not None
