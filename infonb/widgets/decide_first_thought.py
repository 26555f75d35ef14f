"""The first steps of `Decide`: a first thought before any number, then both side by side."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb.findings.verdict import NOTHING_LEADS, NOTHING_TO_COMPARE, TOO_EARLY, of_100
from infonb.widgets.forms import button, entry, folded, link, row, set_words, show, title, words
from infonb.widgets.reflecting import Prompts

if TYPE_CHECKING:
    from infonb.findings import Findings
    from infonb.findings.decision import Decision
    from infonb.journal import Journal
    from infonb.widgets.decide import Decide

CANT_SAY = "I can't say today"
_AT_ONCE = 6
"""So many occupations are in sight; the others are behind a line."""


class FirstThought:
    """Which one it is today: one tap, before any number is shown.

    On one's own journal numbers wait for it, once a day, as soon as there is something to compare.
    """

    def __init__(self, form: Decide) -> None:
        self.form = form
        journal = form._journal
        titles = [occupation.title for occupation in journal.occupations()]
        taps = [self._tap(text) for text in titles]
        first, more = taps[:_AT_ONCE], taps[_AT_ONCE:]
        self.is_asked = len(titles) > 1
        self.controls = [
            title("Before you look: which one is it today?"),
            words("Your first thought, no reasons needed. It is kept for you alone, never in a "
                  "report.", "hint"),
            row(*first, self._tap(CANT_SAY)),
            *([folded("More", f": {len(more)} other occupations", [row(*more)])] if more else []),
        ]  # fmt: skip

    def _tap(self, text: str) -> widgets.Button:
        made = link(text) if text == CANT_SAY else button(text)
        self.form._on_click(made, lambda: self._thought(text))
        return made

    def _thought(self, text: str) -> bool:
        journal = self.form._journal
        journal.record_reflection("first_thought", text, at=journal.today().isoformat())
        self.form.look()
        return False

    def today(self) -> str | None:
        """What was thought today; None where nothing was noted yet."""
        journal = self.form._journal
        for each in reversed(journal.reflections()):
            is_today = each.at is not None and each.at.date() == journal.today()
            if each.prompt == "first_thought" and is_today:
                return each.text
        return None

    def may_look(self) -> bool:
        """Whether numbers may be shown: to readers of a report and of a sample they are at once."""
        journal: Journal = self.form._journal
        is_a_report = bool(os.environ.get("INFONB_REDACT"))
        if is_a_report or journal.is_throw_away or not self.is_asked:
            return True
        return self.today() is not None


class SideBySide:
    """What one leaned to beside what one's ratings lean to; neither of the two is right."""

    def __init__(self, form: Decide) -> None:
        self.form = form
        self.yours, self.ratings = entry("You lean to"), entry("Your ratings lean to")
        self.sentence = words("")
        self.prompt = Prompts(form, ["not_rated"])
        self.next = button("Next: Plan A", main=True)
        self.matters = link("What matters to me")
        self.after = widgets.VBox([row(self.yours, self.ratings), self.sentence,
                                   *self.prompt.texts.values()])  # fmt: skip
        self.before = words("Say first which one it is, under Before you look.", "hint")
        self.controls = [
            title("Your thought and your ratings"), self.before, self.after,
            row(self.next, self.matters),
        ]  # fmt: skip
        form._on_click(self.next, lambda: self._go("Plan A"))
        form._on_click(self.matters, lambda: self._go("What matters"))

    def fill(self, findings: Findings | None, thought: str | None) -> None:
        """Show both; without findings, what to do first."""
        show(self.before, findings is None)
        show(self.after, findings is not None)
        if findings is None:
            return
        decision = findings.decide()
        leans = {None: "nothing noted today", CANT_SAY: "you can't say today"}
        self.yours.value = entry("You lean to", leans.get(thought, thought or "")).value
        self.ratings.value = entry("Your ratings lean to", *ratings_in_words(decision)).value
        set_words(self.sentence, [both_in_words(thought, leader_of(decision))])
        with self.form._filled():
            self.prompt.fill(self.form._journal)

    def _go(self, step: str) -> bool:
        self.form.go_to(step)
        self.form.focus_on(self.form._step)
        return False


def leader_of(decision: Decision) -> str | None:
    """The occupation the ratings lean to; None where they can't tell."""
    cant_tell = decision.verdict in (TOO_EARLY, NOTHING_TO_COMPARE)
    return None if cant_tell else decision.leader


def ratings_in_words(decision: Decision) -> list[str]:
    """What the ratings lean to, and how surely.

    Examples
    --------
    >>> ratings_in_words(infonb.sample("example").findings().decide())[0]
    'Occupational therapist, but nothing leads yet'
    """
    leader = leader_of(decision)
    if leader is None:
        return [decision.headline()]
    ranking = decision.ranking.set_index("occupation")
    share: Any = ranking.loc[leader, "first"]
    but = ", but nothing leads yet" if decision.verdict == NOTHING_LEADS else ""
    how = f"first in {of_100(float(share))} of 100 ways of weighing what you heard"
    return [f"{leader}{but}", how]


def both_in_words(thought: str | None, leader: str | None) -> str:
    """One's thought and one's ratings in a sentence.

    Examples
    --------
    >>> both_in_words("Nurse", "Judge")
    "You leaned to Nurse, your ratings to Judge: what do you know that you didn't rate?"
    >>> both_in_words("Nurse", "Nurse")
    'You and your ratings lean to Nurse.'
    """
    if leader is None:
        return "Your ratings can't tell yet. Trust your own judgment."
    if thought is None or thought == CANT_SAY:
        return f"Your ratings lean to {leader}. Trust your own judgment."
    if thought == leader:
        return f"You and your ratings lean to {leader}."
    return (
        f"You leaned to {thought}, your ratings to {leader}: what do you know that you didn't rate?"
    )
