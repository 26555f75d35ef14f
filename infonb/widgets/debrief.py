"""`Debrief`: what an interview was worth, whom it leads to, and what is owed now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb import method, reference
from infonb.errors import InfonbError
from infonb.widgets import changes, picking
from infonb.widgets.debrief_answers import Answers
from infonb.widgets.debrief_more import More
from infonb.widgets.debrief_names import WeightAndNames
from infonb.widgets.debrief_thanks import Thanks
from infonb.widgets.forms import Form, Step, show, title, words

if TYPE_CHECKING:
    from infonb.journal import Interview, Journal


class Debrief(Form):
    """The form after an interview: ratings, the grain of salt, referrals, thanks, tasks.

    Filled from the journal, saved as you change it. It follows `Capture`: when an interview is
    finished on the card it opens here.

    Parameters
    ----------
    journal : Journal
        Where it is kept.
    interview : Interview or str, optional
        The interview to open; without one the form has a picker, the latest held one first.

    Raises
    ------
    InfonbError
        When there is no such interview.

    Examples
    --------
    >>> import infonb
    >>> Debrief(infonb.sample("example"))
    Debrief: run this cell to open the form
    """

    def __init__(self, journal: Journal, interview: Interview | str | None = None) -> None:
        super().__init__(journal)
        reference.load_matching(lambda: method.check_wording("Thank you for your time."))
        self._only = journal.interview(interview).id if interview is not None else None
        self._id: str | None = None
        self.answers = Answers(self)
        self.weight = WeightAndNames(self)
        self.thanks = Thanks(self)
        self.more = More(self)
        self._steps: dict[str, Step] = {
            "What was said": self.answers, "Weight, names": self.weight, "Thanks": self.thanks,
            "More, if you like": self.more,
        }  # fmt: skip
        self._set_steps({name: step.controls for name, step in self._steps.items()})
        self._nothing = [
            title("Nothing to look back on yet"),
            words(
                "As soon as you finish an interview on the card it opens here by itself.", "hint"
            ),
        ]
        self.children = (*self.children, *self._nothing)
        offered = picking.choices(journal, held_first=True)
        first = self._only or next((each.id for each in offered), None)
        self.open_interview(first)
        changes.listen(self, journal, Debrief._heard)

    def open_interview(self, id: str | None) -> None:
        """Show an interview from its first step; without one, what will make one appear."""
        self._id = id
        show(self._step, id is not None)
        for page in self._pages.values() if id is None else ():
            show(page, False)
        for part in self._nothing:
            show(part, id is None)
        if id is not None:
            self._step.value = next(iter(self._steps))
            self._show_step()

    def refresh(self, *but: Step) -> None:
        """Show what the journal has now, in all steps but those that know it already."""
        with self._filled():
            for step in self._steps.values():
                if step not in but:
                    step.fill()

    @property
    def interview(self) -> Interview:
        """The interview that is shown, as the journal has it now."""
        if self._id is None:
            raise InfonbError("Choose an interview first.")
        return self._journal.interview(self._id)

    def may_open_others(self) -> bool:
        """Whether the form has a picker."""
        return self._only is None

    def _show_step(self) -> None:
        if self._id is not None:
            self.refresh()  # the card may have been written on meanwhile
        super()._show_step()

    def _heard(self, interview: str, finished: bool) -> None:
        """The card saved something of an interview."""
        if self._only not in (None, interview):
            return
        if finished:
            with self._turn:
                self.open_interview(interview)
        elif interview == self._id and self.interview.status == "done":
            with self._turn, self._filled():
                self.answers.fill()

    def next_step(self, of: Step) -> Any:
        """Go on to the step after this one."""
        titles = list(self._steps)
        at = next(i for i, title in enumerate(titles) if self._steps[title] is of)
        self.go_to(titles[at + 1])
        self.focus_on(self._step)
        return False
