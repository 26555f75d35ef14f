"""`Decide`: what matters to you, what follows from it, and what you decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.english import count, in_words
from infonb.errors import InfonbError
from infonb.journal import Importance
from infonb.widgets.decide_first_thought import FirstThought, SideBySide
from infonb.widgets.decide_plans import LookAgain, Plans
from infonb.widgets.draft import Draft
from infonb.widgets.follow import Follower
from infonb.widgets.forms import (
    NONE,
    Form,
    button,
    choice,
    choose,
    chosen,
    folded,
    heading,
    line,
    offer,
    rating,
    set_words,
    show,
    title,
    words,
)
from infonb.widgets.picking import spoken_date

if TYPE_CHECKING:
    import datetime as dt

    from infonb.findings import Findings
    from infonb.journal import Journal, Outcome

_ENDS = (
    ("a job", "job"), ("a training", "training"), ("studies", "study"),
    ("I stopped searching", "none"),
)  # fmt: skip
_AT_ONCE = 5
"""So many questions are in sight at first."""
_NOT_SET = ("not set", NONE)
_WITH_NUMBERS = ("Side by side", "What matters")
"""The steps that show the chart."""
_ALL_TOLD = ("everybody is told", None)


class Decide(Form):
    """The form for deciding: a first thought, importance by question, the chart, two plans.

    Filled from the journal, saved as you change it.

    Parameters
    ----------
    journal : Journal
        Where it is kept.
    chart : bool
        Whether the form shows the chart of the decision itself; without it `follow` puts charts
        where they are wanted.

    Examples
    --------
    >>> import infonb
    >>> Decide(infonb.sample("example"))
    Decide: run this cell to open the form
    """

    def __init__(self, journal: Journal, chart: bool = True) -> None:
        super().__init__(journal)
        self._matters = {
            key: _importance(question)
            for key, question in journal.questions().items()
            if question.rated
        }
        self._chart = widgets.Output()
        self._has_chart = chart
        self._followers: list[Follower] = []
        self.thought, self.both = FirstThought(self), SideBySide(self)
        self.plans, self.again = Plans(self), LookAgain(self)
        self._ending = EndFields()
        self._news = NewsFields()
        self._meaning = words("", "hint")
        low, high = method.IMPORTANCE.low_means, method.IMPORTANCE.high_means
        first, more = self._parted()
        self._folded = len(more)
        rest = folded("More questions", "", more)
        self._more = rest.children[0]
        steps: dict[str, list[Any]] = {
            "Before you look": self.thought.controls,
            "Look again": self.again.controls,
            "Side by side": self.both.controls,
            "What matters": [
                title("What matters most to you?"),
                words(f"0: {low}. 5: {high}. The rest may stay “not set”.", "hint"),
                self._meaning, *first, *([rest] if more else []),
            ],
            "Plan A": self.plans.controls,
            "How it ended": [*self._ending.controls, self._news.box],
        }  # fmt: skip
        if not self.again.is_due:
            del steps["Look again"]
        if not self.thought.is_asked:
            del steps["Before you look"], steps["Side by side"]
        self._may_look = self.thought.may_look()
        self._set_steps(steps)
        self.children = (*self.children, self._chart)
        self._fill()
        self._connect()
        if self.thought.is_asked and self.thought.today() is not None:
            self._go_on()

    def _show_step(self) -> None:
        super()._show_step()
        show(self._chart, self._has_chart and self._step.value in _WITH_NUMBERS)

    def look(self) -> None:
        """The first thought is noted: numbers may be shown."""
        self._may_look = True
        with self._filled():
            self.again.fill()
        self._draw()
        self._go_on()
        self.focus_on(self._step)

    def _go_on(self) -> None:
        self.go_to("Look again" if self.again.is_due else "Side by side")

    def decided(self) -> None:
        """Something was decided: show it wherever it stands."""
        with self._filled():
            self.plans.fill()
        self._draw()

    def _parted(self) -> tuple[list[Any], list[Any]]:
        """The questions in sight: those that were set, and the usual ones up to five."""
        stored = self._journal.importances()
        answered = Counter(
            answer.question
            for interview in self._journal.interviews(status="done")
            for answer in self._journal.answers(interview)
        )
        often = [key for key, _ in answered.most_common()]
        likely = [*stored, *often, *method.AGENDA_DEFAULT, *self._matters]
        order = [key for key in dict.fromkeys(likely) if key in self._matters]
        at_once = max(_AT_ONCE, sum(key in stored for key in order))
        return (
            [self._matters[key] for key in order[:at_once]],
            [self._matters[key] for key in order[at_once:]],
        )

    def _fill(self) -> None:
        stored = self._journal.importances()
        with self._filled():
            for key, control in self._matters.items():
                value = stored.get(key)
                known = [number for _, number in control.options if number != NONE]
                if value is not None and value not in known:
                    whole = sorted([*known, value])
                    control.options = [_NOT_SET, *((f"{number:g}", number) for number in whole)]
                choose(control, value)
            self.plans.fill()
            self.again.fill()
            self._ending.show(self._journal)
        self._fill_news()
        self._say_what_counts()
        self._draw()

    def _say_what_counts(self) -> None:
        stored = self._journal.importances()
        left = sum(key not in stored for key in self._matters)
        self._more.rest = f": {count(self._folded, 'question')}"
        set_words(self._meaning, [what_counts(stored, left)])

    def _fill_news(self) -> None:
        with self._filled():
            self._news.show(self._journal)

    def _connect(self) -> None:
        for key, control in self._matters.items():
            self._on_change(control, lambda value, key=key: self._weigh(key, value))
        self._on_click(self._ending.record_end, self._record_end)
        self.observe_choice(self._news.whom, self._fill_news)
        self._on_change(self._news.draft.text, self._keep_news)
        self._on_click(self._news.told, self._told)

    def _weigh(self, question: str, value: float | None) -> None:
        if value is None:
            self._journal.remove(Importance(question))
        else:
            self._journal.set_importance(question, value)
        self._say_what_counts()
        self._draw()

    def follow(self, view: Callable[[Findings], Any]) -> None:
        """Display what a function makes of the findings, anew at each change in this form.

        Parameters
        ----------
        view : callable
            Takes `Findings` and gives a chart, a table or a sentence, such as
            ``charts.decision``.
        """
        follower = Follower(view)
        if self._may_look:
            follower.show(self._journal.findings())
        else:
            follower.wait("This shows once you have said, in the form, which one it is today.")
        self._followers.append(follower)

    def _draw(self) -> None:
        """The charts of this moment; set as outputs, since messages come on another thread."""
        from infonb import charts

        thought = self.thought.today()
        if not self._may_look:
            self.both.fill(None, thought)
            return
        findings = self._journal.findings()
        if self.thought.is_asked:
            self.both.fill(findings, thought)
        if self._has_chart:
            chart = charts.decision(findings)
            bundle = chart._repr_mimebundle_(
                exclude={"image/svg+xml"}
            )  # JupyterLab draws it itself
            self._chart.outputs = (
                {"output_type": "display_data", "data": _without_menu(bundle), "metadata": {}},
            )
        for follower in self._followers:
            follower.update(findings)

    def _record_end(self) -> str:
        fields = self._ending
        kind = chosen(fields.kind)
        if kind is None:
            raise InfonbError("Say in a word how the search ended.")
        title, where = fields.title.value.strip() or None, fields.organisation.value.strip() or None
        before = self._journal.outcomes()[-1:]
        if [(o.kind, o.title, o.organisation) for o in before] == [(kind, title, where)]:
            return "That is recorded already."
        self._journal.record_outcome(kind, title=title, organisation=where)
        fields.show(self._journal)
        self._fill_news()
        return "Recorded. Everyone you interviewed will want to know: see below."

    def _keep_news(self, text: str) -> bool:
        task = chosen(self._news.whom)
        if task is None or not text.strip():
            return False
        self._journal.add_task(self._journal.task(task).interview_id, "tell_outcome", draft=text)
        return True

    def _told(self) -> None:
        self._journal.done(chosen(self._news.whom))
        self._fill_news()


class NewsFields:
    """The controls for telling everyone how it ended, one after the other."""

    def __init__(self) -> None:
        self.whom = choice("Whom to tell", [_ALL_TOLD])
        self.draft = Draft("News", "tell_outcome")
        self.told = button("It is told")
        self.box = widgets.VBox([heading("Tell them"), self.whom, self.draft, self.told])

    def show(self, journal: Journal) -> None:
        """Those still to be told, and what to write to the chosen one; nothing when all are."""
        frame = journal.tasks()
        owed = frame[(frame["kind"] == "tell_outcome") & frame["done_at"].isna()]
        people = [(f"{row.person}, {row.occupation}", row.task) for row in owed.itertuples()]
        self.box.layout.display = "flex" if people else "none"
        offer(self.whom, people or [_ALL_TOLD])
        if people:
            task = journal.task(chosen(self.whom))
            interview = journal.interview(task.interview_id or "")
            email = journal.person(interview.person_id).email
            self.draft.fill(follow_up.draft(journal, task), email)


class EndFields:
    """The controls of how the search ended."""

    def __init__(self) -> None:
        self.ended = words("", "quote")
        self.kind = choice("It ended with", [("choose", None), *_ENDS])
        self.title = line("What")
        self.organisation = line("Where")
        self.record_end = button("Record how it ended", main=True)
        self.controls = [
            title("When the search ends"),
            words("Everyone you interviewed will want to know: each becomes a task.", "hint"),
            self.ended, self.kind, self.title, self.organisation, self.record_end,
        ]  # fmt: skip

    def show(self, journal: Journal) -> None:
        """How it ended, as far as that was noted."""
        set_words(self.ended, [outcome_in_words(outcome) for outcome in journal.outcomes()])


def outcome_in_words(outcome: Outcome) -> str:
    """How the search ended, as one line.

    Examples
    --------
    >>> outcome_in_words(journal.record_outcome("job", title="Aide", at="2026-06-12"))
    '12 June 2026: Aide'
    """
    kinds = {kind: text for text, kind in _ENDS}
    what = outcome.title or kinds.get(outcome.kind, outcome.kind)
    return f"{_on(outcome.at)}{what}" + (
        f", {outcome.organisation}" if outcome.organisation else ""
    )


def _on(at: dt.datetime | None) -> str:
    return f"{spoken_date(at.date().isoformat())}: " if at else ""


def _without_menu(bundle: dict[str, Any]) -> dict[str, Any]:
    """The chart without the menu that its renderer adds: it has no name for a screen reader."""
    plain = {}
    for kind, content in bundle.items():
        if isinstance(content, dict):
            usermeta = content.get("usermeta", {})
            options = {**usermeta.get("embedOptions", {}), "actions": False}
            content = {**content, "usermeta": {**usermeta, "embedOptions": options}}
        plain[kind] = content
    return plain


def _importance(question: method.Question) -> Any:
    return rating(question.short, "not set", [(str(value), float(value)) for value in range(6)])


def what_counts(stored: Mapping[str, float], left: int) -> str:
    """What the importances that were set, and those that weren't, do to the result.

    Examples
    --------
    >>> what_counts({}, 15)
    'Nothing is set: all questions count alike.'
    >>> what_counts({"home_life": 5.0}, 14)
    'Only the one question you set counts; the 14 that are not set count nothing.'
    >>> what_counts({"home_life": 0.0}, 14)
    'You set nothing above 0: all questions count alike.'
    """
    above = sum(value > 0 for value in stored.values())
    if not stored:
        return "Nothing is set: all questions count alike."
    if not above:
        return "You set nothing above 0: all questions count alike."
    counting = "the one question you set counts"
    if above > 1:
        counting = f"the {in_words(above)} questions you set above 0 count"
    rest = f"; the {in_words(left)} that are not set count nothing" if left else ""
    return f"Only {counting}{rest}."
