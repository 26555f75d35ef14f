"""The step of `Prepare` about oneself: one's own strengths, which the interview asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ipywidgets as widgets

from infonb.errors import InfonbError
from infonb.widgets.forms import Form, Step, button, entry, line, link, row, show, title, words

if TYPE_CHECKING:
    from infonb.journal import Strength


class Strengths(Step):
    """What one is good at, in one's own words: added, and removed."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self.list = widgets.VBox()
        self.list.add_class("infonb-list")
        self.none = words("None yet. Type one below, for example “explaining things”.", "hint")
        self.undo = form.undo_button(self.fill, self.list)
        self.phrase = line("A strength")
        self.add = button("Add", main=True)
        adding = row(self.phrase, self.add)
        self.controls = [
            title("What are you good at?"),
            words("The card shows them when you ask how they would fit.", "hint"),
            self.none, self.list, self.undo, adding,
        ]  # fmt: skip
        form._on_change(self.phrase, lambda _text: self._entered(), adding)
        form._on_click(self.add, self._add, adding)

    def fill(self) -> None:
        strengths = self.journal.strengths()
        show(self.none, not strengths)
        self.list.children = [self._row(strength) for strength in strengths]

    def _row(self, strength: Strength) -> widgets.Widget:
        remove = link("Remove", of=strength.phrase)
        self.form._on_click(remove, lambda: self._remove(strength), self.undo)
        return row(entry(strength.phrase), remove)

    def _entered(self) -> str | bool:
        return self._add() if self.phrase.value.strip() else False

    def _add(self) -> str | bool:
        phrase = " ".join(self.phrase.value.split())
        if not phrase:
            raise InfonbError("Type one thing first, for example: explaining things.")
        with self.form._filled():
            self.phrase.value = ""
        self.journal.add_strength(phrase)
        self.fill()
        self.form.focus_on(self.phrase)
        return f"“{phrase}” is added."

    def _remove(self, strength: Strength) -> str:
        self.journal.remove(strength)
        self.fill()
        self.form.may_undo(self.undo)
        return f"“{strength.phrase}” is removed."
