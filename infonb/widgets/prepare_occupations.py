"""The step of `Prepare` about the work one could see oneself doing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import reference
from infonb.english import count, first_capital
from infonb.errors import InfonbError
from infonb.widgets.forms import (
    Step,
    button,
    choice,
    choose,
    entry,
    line,
    link,
    offer,
    passage,
    rating,
    row,
    scale,
    show,
    title,
    words,
)

if TYPE_CHECKING:
    from infonb.journal import Occupation
    from infonb.widgets.prepare import Prepare

_NOT_CHOSEN = ("not chosen", None)


def suggested_socs(title: str) -> list[tuple[str, str]]:
    """Official occupations that a title may mean, best first; empty where nothing can tell.

    Examples
    --------
    >>> suggested_socs("")
    []
    """
    if not title.strip():
        return []
    return [(f"{match.title} ({match.soc})", match.soc) for match in reference.match_title(title)]


class Occupations(Step):
    """Occupations as rows, one of them open to be changed; another one is added below."""

    form: Prepare

    def __init__(self, form: Prepare) -> None:
        super().__init__(form)
        self._known: dict[str, list[tuple[str, str]]] = {}  # title -> official ones, looked up once
        self.looking = threading.Thread()  # the search for official titles
        self.open: str | None = None  # id of the one that is being changed
        self.list = widgets.VBox()
        self.list.add_class("infonb-list")
        self.none = words("None yet. Type one below, in the words people use: “nurse”.", "hint")
        self.undo = form.undo_button(form.refresh, self.list)
        self.title = line("First occupation")
        self.add = button("Add", main=True)
        adding = row(self.title, self.add)
        self.change = Change(self)
        self.controls = [
            title("What work could you see yourself doing?"),
            words("Two are enough to start. Only work you would really do: each interview costs "
                  "somebody twenty minutes.", "hint"),
            self.none, self.list, self.undo, adding,
        ]  # fmt: skip
        form._on_change(self.title, lambda _title: self._entered(), adding)
        form._on_click(self.add, self._add, adding)

    def fill(self) -> None:
        occupations = self.journal.occupations()
        interviews = self.journal.interviews()
        show(self.none, not occupations)
        self.title.description = "Another occupation" if occupations else "First occupation"
        rows: list[widgets.Widget] = []
        for occupation in occupations:
            about = [i.status for i in interviews if i.occupation_id == occupation.id]
            rows.append(self._row(occupation, about.count("done"), about.count("planned")))
            if occupation.id == self.open:
                rows.append(self.change.box)
        self.list.children = rows
        self.change.fill(next((o for o in occupations if o.id == self.open), None))
        self._look_up([o for o in occupations if o.soc is None or o.id == self.open])

    def _row(self, occupation: Occupation, held: int, planned: int) -> widgets.Widget:
        is_open = occupation.id == self.open
        change = link("Close" if is_open else "Change", of=occupation.title)
        self.form._on_click(change, lambda: self._toggle(occupation.id))
        said = [
            f"{count(held, 'interview')} held" if held else "",
            f"{planned} planned" if planned else "",
        ]
        so_far = first_capital(", ".join(part for part in said if part) or "no interview yet") + "."
        official = official_title(occupation.soc)
        if official:
            return row(entry(occupation.title, f"{so_far} Official title: {official}."), change)
        offered = self.suggested(occupation.title)
        if is_open or not offered:
            return row(entry(occupation.title, so_far), change)
        name, soc = offered[0]
        perhaps = f"Official title, for figures on pay and jobs: perhaps {name}?"
        accept = button("Yes", of=f"{occupation.title} is {name}")
        self.form._on_click(accept, lambda: self._accept(occupation, soc), self.list)
        return row(entry(occupation.title, so_far, perhaps), accept, change)

    def suggested(self, title: str) -> list[tuple[str, str]]:
        """Official titles that were found for a title, best first."""
        return self._known.get(title, [])

    def _look_up(self, occupations: list[Occupation]) -> None:
        """Find official titles beside what goes on: the first search of a session takes seconds."""
        new = [o.title for o in occupations if o.title not in self._known]
        if not new or self.looking.is_alive():
            return

        def look_up() -> None:
            found = {title: suggested_socs(title) for title in new}
            with self.form._turn, self.form._filled():
                self._known |= found
                self.fill()

        self.looking = threading.Thread(target=look_up)
        self.looking.start()

    def _accept(self, occupation: Occupation, soc: str) -> str:
        self.changed(occupation, soc=soc)
        return f"Official title of {occupation.title}: {official_title(soc)}."

    def _toggle(self, id: str) -> bool:
        self.open = None if self.open == id else id
        with self.form._filled():
            self.fill()
        if self.open:
            self.form.focus_on(self.change.soc)
        return False

    def _entered(self) -> str | bool:
        return self._add() if self.title.value.strip() else False

    def _add(self) -> str | bool:
        typed = " ".join(self.title.value.split())
        if not typed:
            raise InfonbError("Type an occupation first, for example: nurse.")
        known = {o.id for o in self.journal.occupations()}
        occupation = self.journal.add_occupation(typed)
        with self.form._filled():
            self.title.value = ""
        if occupation.id in known:
            return f"{occupation.title} is in your list already."
        self.form.people.prefer(occupation)
        self.form.refresh()
        self.form.focus_on(self.title)
        return f"{occupation.title} is added. Add another, or go on to People."

    def changed(self, occupation: Occupation, **changes: Any) -> Occupation:
        """Write a change, and show it everywhere."""
        now = self.journal.update(occupation, **changes)
        self.form.refresh(*([] if "title" in changes or "soc" in changes else [self]))
        return now

    def remove(self, occupation: Occupation) -> str:
        """Remove it with what hangs on it; the button beside takes it back."""
        interviews = [i for i in self.journal.interviews() if i.occupation_id == occupation.id]
        self.journal.remove(occupation)
        self.open = None
        self.form.refresh()
        self.form.may_undo(self.undo)
        along = f", with {count(len(interviews), 'interview')}" if interviews else ""
        return f"{occupation.title} is removed{along}."


class Change:
    """What can be changed about one occupation: official title, interest, notes, name."""

    def __init__(self, step: Occupations) -> None:
        self.step = step
        self.occupation: Occupation | None = None
        self.soc = choice("Official title", [_NOT_CHOSEN])
        self.interest = rating(
            "How seriously do you consider it?", "not said", scale(1, 5, "curious", "I mean it")
        )
        self.notes = passage("Notes", rows=2)
        self.title = line("Another name for it")
        self.rename = button("Rename")
        naming = row(self.title, self.rename)
        self.remove = link("Remove it")
        self.box = widgets.VBox(
            [
                self.soc,
                words("Figures on pay and jobs use fixed titles. Take the closest.", "hint"),
                self.interest, self.notes, naming, self.remove,
            ]
        )  # fmt: skip
        self.box.add_class("infonb-panel")
        show(self.box, False)
        form = step.form
        form._on_change(self.soc, lambda value: self._changed(soc=value))
        form._on_change(self.interest, lambda value: self._changed(interest=value))
        form._on_change(self.notes, lambda value: self._changed(notes=value))
        form._on_change(self.title, lambda _value: self._asked(), naming)
        form._on_click(self.rename, self._rename, naming)
        form._on_click(self.remove, lambda: step.remove(self._now()), step.undo)

    def fill(self, occupation: Occupation | None) -> None:
        """Show one occupation, or nothing."""
        is_another = occupation is not None and (
            self.occupation is None or self.occupation.id != occupation.id
        )
        self.occupation = occupation
        show(self.box, occupation is not None)
        if occupation is None:
            return
        offered = list(self.step.suggested(occupation.title))
        if occupation.soc and occupation.soc not in [soc for _, soc in offered]:
            offered.insert(0, (official_title(occupation.soc), occupation.soc))
        offer(self.soc, [_NOT_CHOSEN, *offered])
        choose(self.soc, occupation.soc)
        choose(self.interest, occupation.interest)
        self.notes.value = occupation.notes or ""
        if is_another:
            self.title.value = occupation.title

    def _now(self) -> Occupation:
        if self.occupation is None:
            raise InfonbError("Choose an occupation first.")
        return self.occupation

    def _changed(self, **changes: Any) -> None:
        self.occupation = self.step.changed(self._now(), **changes)

    def _asked(self) -> str | bool:
        """A name typed over another is no reason yet to rename."""
        old, new = self._now().title, " ".join(self.title.value.split())
        if not new or new == old:
            return False
        return f"Press Rename: {old} becomes {new}. For another occupation use Add, below."

    def _rename(self) -> str:
        old, new = self._now().title, self.title.value
        if not new.strip():
            raise InfonbError("Type the new name first, for example: nurse.")
        self._changed(title=new)
        return f"{old} is now called {self._now().title}."


def official_title(soc: str | None) -> str:
    """The official title of a code; the code where nothing is known of it.

    Examples
    --------
    >>> official_title("29-1141"), official_title(None)
    ('Registered Nurses', '')
    """
    facts = reference.occupation(soc)
    return facts.title if facts else soc or ""
