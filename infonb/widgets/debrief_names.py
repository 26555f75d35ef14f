"""The second step of `Debrief`: how much it counts, and whom they named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import method
from infonb.errors import InfonbError
from infonb.widgets.forms import (
    Step,
    button,
    choose,
    entry,
    line,
    link,
    row,
    row_of_radios,
    title,
    words,
)
from infonb.widgets.referrals import Referral, referral_in, referrals_in

if TYPE_CHECKING:
    from infonb.journal import Person
    from infonb.widgets.debrief import Debrief

_WEIGHTS = [
    ("not said: counts fully", None), ("fully", 1.0), ("mostly", 0.7), ("half", 0.5),
    ("hardly", 0.2), ("not at all", 0.0),
]  # fmt: skip


class WeightAndNames(Step):
    """The grain of salt, and the people who were named."""

    form: Debrief

    def __init__(self, form: Debrief) -> None:
        super().__init__(form)
        self.weight = row_of_radios("How much should it count?", _WEIGHTS)
        self.reason = line("Why?")
        self.named = widgets.VBox()
        self.named.add_class("infonb-list")
        self.somebody = line("Somebody else", placeholder="name, work, e-mail")
        self.add = button("Add")
        adding = row(self.somebody, self.add)
        self.next = button("Next", main=True)
        self.controls = [
            title("How much should it count?"),
            words("One person's view, on one day. Trust your own judgment.", "hint"),
            self.weight, self.reason, title("Whom did they name?"), self.named, adding, self.next,
        ]  # fmt: skip
        form._on_change(self.weight, lambda value: self._weigh(weight=value))
        form._on_change(self.reason, lambda value: self._weigh(weight_reason=value))
        form._on_change(self.somebody, lambda _text: self._entered(), adding)
        form._on_click(self.add, self._add, adding)
        form._on_click(self.next, lambda: form.next_step(self))

    def fill(self) -> None:
        interview = self.form.interview
        stored = interview.weight
        options = [(text, "" if value is None else value) for text, value in _WEIGHTS]
        if stored not in [value for _, value in _WEIGHTS]:
            options.append((f"{stored:g}", stored))  # pyright: ignore[reportArgumentType]
        if list(self.weight.options) != options:
            self.weight.options = options
        choose(self.weight, stored)
        self.reason.value = interview.weight_reason or ""
        self.fill_names()

    def fill_names(self) -> None:
        """Whom the notes name, and who of them is in the list of people already."""
        interview = self.form.interview
        key = method.ASK_NEXT.key
        noted = [a.text for a in self.journal.answers(interview) if a.question == key]
        added = [p for p in self.journal.people() if p.referred_by == interview.person_id]
        known = {person.name.casefold() for person in added}
        rows: list[widgets.Widget] = [words(text, "quote") for text in noted if text.strip()]
        for found in referrals_in("\n".join(noted)):
            if found.name.casefold() not in known:
                rows.append(self._proposal(found))
        rows += [row(entry(person.name, self._in_words(person))) for person in added]
        self.named.children = rows

    def _proposal(self, found: Referral) -> widgets.Widget:
        add = button("Add", of=f"{found.name} to my people")
        change = link("Change", of=found.name)
        self.form._on_click(add, lambda: self._added(found), self.named)
        self.form._on_click(change, lambda: self._change(found), self.named)
        return row(entry(found.name, ", ".join(found.details.values())), add, change)

    def _in_words(self, person: Person) -> str:
        details = (person.job_title, person.email, person.phone, person.notes)
        return ", ".join(["In your list", *(each for each in details if each)])

    def _change(self, found: Referral) -> str:
        with self.form._filled():
            self.somebody.value = ", ".join([found.name, *found.details.values()])
        self.form.focus_on(self.somebody)
        return "Change it under Somebody else, then press Add."

    def _weigh(self, **changes: Any) -> None:
        self.journal.update(self.form.interview, **changes)

    def _entered(self) -> str | bool:
        return self._add() if self.somebody.value.strip() else False

    def _add(self) -> str:
        if not self.somebody.value.strip():
            raise InfonbError("Type a name first, for example: Grace Park.")
        found = referral_in(self.somebody.value)
        with self.form._filled():
            self.somebody.value = ""
        self.form.focus_on(self.somebody)
        return self._added(found)

    def _added(self, found: Referral) -> str:
        person = self.journal.add_referral(self.form.interview, found.name, **found.details)
        with self.form._filled():
            self.fill_names()
        noted = ", ".join(found.details.values())
        return f"{person.name} is in your list{f', with {noted}' if noted else ''}."
