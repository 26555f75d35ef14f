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
    passage,
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
    from infonb.journal import Decision, Journal, Outcome

_ENDS = (
    ("a job", "job"), ("a training", "training"), ("studies", "study"),
    ("I stopped searching", "none"),
)  # fmt: skip
_AT_ONCE = 5
"""So many questions are in sight at first."""
_NOT_SET = ("not set", NONE)
_ALL_TOLD = ("everybody is told", None)


class Decide(Form):
    """The form for deciding: importance by question, the chart that follows, the decision.

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
        show(self._chart, chart)
        self._followers: list[Follower] = []
        self._decision = DecisionFields(journal)
        self._news = NewsFields()
        self._meaning = words("", "hint")
        low, high = method.IMPORTANCE.low_means, method.IMPORTANCE.high_means
        first, more = self._parted()
        self._folded = len(more)
        rest = folded("More questions", "", more)
        self._more = rest.children[0]
        self._set_steps(
            {
                "What matters": [
                    title("What matters most to you?"),
                    words(f"0: {low}. 5: {high}. The rest may stay “not set”.", "hint"),
                    self._meaning, *first, *([rest] if more else []),
                ],
                "Decision": self._decision.controls,
                "How it ended": [*self._decision.ending, self._news.box],
            },
        )  # fmt: skip
        self.children = (*self.children, self._chart)
        self._fill()
        self._connect()

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
        self._decision.show(self._journal)
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
        self._on_click(self._decision.record, self._record_decision)
        self._on_click(self._decision.record_end, self._record_end)
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
        follower.show(self._journal.findings())
        self._followers.append(follower)

    def _draw(self) -> None:
        """The charts of this moment; set as outputs, since messages come on another thread."""
        from infonb import charts

        findings = self._journal.findings()
        if self._chart.layout.display != "none":
            chart = charts.decision(findings)
            bundle = chart._repr_mimebundle_(
                exclude={"image/svg+xml"}
            )  # JupyterLab draws it itself
            self._chart.outputs = (
                {"output_type": "display_data", "data": _without_menu(bundle), "metadata": {}},
            )
        for follower in self._followers:
            follower.update(findings)

    def _record_decision(self) -> str:
        fields = self._decision
        occupation = chosen(fields.occupation)
        if occupation is None:
            raise InfonbError("Choose the occupation you go for, even if only for now.")
        if not fields.step.value.strip() and not fields.why.value.strip():
            raise InfonbError("Write the next step, or why; a sentence is enough.")
        step, why = fields.step.value.strip() or None, fields.why.value.strip() or None
        before = self._journal.decisions()[-1:]
        if [(d.occupation_id, d.next_step, d.why) for d in before] == [(occupation, step, why)]:
            return "That is recorded already."
        self._journal.record_decision(occupation, step, why)
        fields.show(self._journal)
        self._draw()
        return "Recorded for now. You can always decide again."

    def _record_end(self) -> str:
        fields = self._decision
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


class DecisionFields:
    """The controls of a decision, and of how the search ended."""

    def __init__(self, journal: Journal) -> None:
        titles = [(o.title, o.id) for o in journal.occupations()]
        self.made = words("", "quote")
        self.occupation = choice("For now I go for", [("choose", None), *titles])
        self.step = passage("Next step", rows=2)
        self.why = passage("Why")
        self.record = button("Record the decision", main=True)
        self.controls = [
            title("For now"),
            words("Not for ever: a next step is enough.", "hint"),
            self.made, self.occupation, self.step, self.why, self.record,
        ]  # fmt: skip
        self.ended = words("", "quote")
        self.kind = choice("It ended with", [("choose", None), *_ENDS])
        self.title = line("What")
        self.organisation = line("Where")
        self.record_end = button("Record how it ended", main=True)
        self.ending = [
            title("When the search ends"),
            words("Everyone you interviewed will want to know: each becomes a task.", "hint"),
            self.ended, self.kind, self.title, self.organisation, self.record_end,
        ]  # fmt: skip

    def show(self, journal: Journal) -> None:
        """What was decided before, the latest last; and the entry fields as they were left then."""
        titles = {o.id: o.title for o in journal.occupations()}
        decisions = journal.decisions()
        set_words(self.made, [decision_in_words(d, titles) for d in decisions])
        if decisions:
            latest = decisions[-1]
            choose(
                self.occupation, latest.occupation_id if latest.occupation_id in titles else None
            )
            self.step.value, self.why.value = latest.next_step or "", latest.why or ""
        set_words(self.ended, [outcome_in_words(outcome) for outcome in journal.outcomes()])


def decision_in_words(decision: Decision, titles: dict[str, str]) -> str:
    """A decision as one line: when, for what, and the next step."""
    what = titles.get(decision.occupation_id or "", "an occupation since removed")
    return f"{_on(decision.at)}{what}. {decision.next_step or decision.why or ''}"


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
