"""`Prepare`: what is due, whom to ask about what, what to ask, and how to ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb import method, reference
from infonb.widgets.forms import Form, Step
from infonb.widgets.prepare_guess import Guess
from infonb.widgets.prepare_occupations import Occupations
from infonb.widgets.prepare_people import People
from infonb.widgets.prepare_plan import Plan
from infonb.widgets.prepare_strengths import Strengths
from infonb.widgets.prepare_today import Today

if TYPE_CHECKING:
    from infonb.journal import Interview, Journal


class Prepare(Form):
    """The form before an interview: what is due, occupations, people, what is expected, the plan,
    own strengths.

    Filled from the journal, saved as you change it. It opens on what is due, and on occupations
    where there are none yet.

    Parameters
    ----------
    journal : Journal
        Where it is kept.

    Examples
    --------
    >>> import infonb
    >>> Prepare(infonb.sample("example"))
    Prepare: run this cell to open the form
    """

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        reference.load_matching(lambda: method.check_wording("Thank you for your time."))
        self.today = Today(self)
        self.occupations = Occupations(self)
        self.people = People(self)
        self.guess = Guess(self)
        self.plan = Plan(self)
        self.strengths = Strengths(self)
        self._steps: dict[str, Step] = {
            "Today": self.today, "Occupations": self.occupations, "People": self.people,
            "My guess": self.guess, "Plan": self.plan, "My strengths": self.strengths,
        }  # fmt: skip
        self._set_steps({title: step.controls for title, step in self._steps.items()})
        self.refresh()
        if not journal.occupations():
            self.go_to("Occupations")

    def refresh(self, *but: Step) -> None:
        """Show what the journal has now, in all steps but those that know it already."""
        with self._filled():
            for step in self._steps.values():
                if step not in but:
                    step.fill()

    def write_to(self, interview: Interview) -> None:
        """Show the request for an interview."""
        self.people.write(interview)
        self.go_to("People")

    def guess_of(self, occupation: str) -> None:
        """Show what is expected of an occupation."""
        self.guess.ask(occupation)
        self.go_to("My guess")

    def plan_with(self, interview: Interview) -> None:
        """Show the plan of an interview."""
        self.plan.choose(interview)
        self.go_to("Plan")
