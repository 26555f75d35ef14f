"""`Decide`: what matters to you, what follows from it, and what you decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.errors import InfonbError
from infonb.widgets.draft import Draft
from infonb.widgets.forms import (
    Form,
    button,
    choice,
    choose,
    chosen,
    heading,
    line,
    offer,
    passage,
    row_of_radios,
    set_words,
    words,
)
from infonb.widgets.picking import spoken_date

if TYPE_CHECKING:
    import datetime as dt

    from infonb.journal import Decision, Journal, Outcome

_ENDS = (
    ("a job", "job"), ("a training", "training"), ("studies", "study"),
    ("I stopped searching", "none"),
)  # fmt: skip
_ALL_TOLD = ("everybody is told", None)


class Decide(Form):
    """The form for deciding: importance by question, the chart that follows, the decision.

    Filled from the journal, saved as you change it.

    Parameters
    ----------
    journal : Journal
        Where it is kept.

    Examples
    --------
    >>> import infonb
    >>> Decide(infonb.sample("example"))
    Decide: run this cell to open the form
    """

    def __init__(self, journal: Journal) -> None:
        self._matters = {
            key: _importance(question)
            for key, question in journal.questions().items()
            if question.rated
        }
        self._chart = widgets.Output()
        self._decision = DecisionFields(journal)
        self._news = NewsFields()
        low, high = method.IMPORTANCE.low_means, method.IMPORTANCE.high_means
        super().__init__(
            journal,
            {
                "What matters": [
                    words(f"How much does each matter to you? 0: {low}. 5: {high}.", "hint"),
                    *self._matters.values(),
                ],
                "Decision": self._decision.controls,
                "How it ended": [*self._decision.ending, self._news.box],
            },
        )
        self.children = (*self.children, self._chart)
        self._fill()
        self._connect()

    def _fill(self) -> None:
        stored = self._journal.importances()
        with self._filled():
            for key, control in self._matters.items():
                value = stored.get(key)
                if value is not None and value not in [number for _, number in control.options]:
                    control.options = sorted(
                        [*control.options, (f"{value:g}", value)], key=lambda o: o[1]
                    )
                control.value = value
        self._decision.show(self._journal)
        self._fill_news()
        self._draw()

    def _fill_news(self) -> None:
        with self._filled():
            self._news.show(self._journal)

    def _connect(self) -> None:
        for key, control in self._matters.items():
            self._on_change(control, lambda value, key=key: self._weigh(key, value))
        self._on_click(self._decision.record, self._record_decision)
        self._on_click(self._decision.record_end, self._record_end)
        self._news.whom.observe(lambda _change: self._filling or self._fill_news(), "value")
        self._on_change(self._news.draft.text, self._keep_news)
        self._on_click(self._news.told, self._told)

    def _weigh(self, question: str, value: float | None) -> bool:
        if value is None:
            return False
        self._journal.set_importance(question, value)
        self._draw()
        return True

    def _draw(self) -> None:
        """The chart of this moment; set as an output, since messages come on another thread."""
        from infonb import charts

        chart = charts.decision(self._journal.findings())
        bundle = chart._repr_mimebundle_(exclude={"image/svg+xml"})  # JupyterLab draws it itself
        self._chart.outputs = (
            {"output_type": "display_data", "data": _without_menu(bundle), "metadata": {}},
        )

    def _record_decision(self) -> None:
        fields = self._decision
        occupation = chosen(fields.occupation)
        if occupation is None:
            raise InfonbError("Choose the occupation you go for.")
        if not fields.step.value.strip() and not fields.why.value.strip():
            raise InfonbError("Write the next step, or why; a sentence is enough.")
        self._journal.record_decision(
            occupation, fields.step.value or None, fields.why.value or None
        )
        fields.show(self._journal)

    def _record_end(self) -> None:
        fields = self._decision
        kind = chosen(fields.kind)
        if kind is None:
            raise InfonbError("Say in a word how the search ended.")
        self._journal.record_outcome(
            kind, title=fields.title.value or None,
            organisation=fields.organisation.value or None,
        )  # fmt: skip
        fields.show(self._journal)
        self._fill_news()

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
        self.occupation = choice("I go for", [("choose", None), *titles])
        self.step = passage("Next step", rows=2)
        self.why = passage("Why")
        self.record = button("Record the decision", main=True)
        self.controls = [self.made, self.occupation, self.step, self.why, self.record]
        self.ended = words("", "quote")
        self.kind = choice("It ended with", [("choose", None), *_ENDS])
        self.title = line("What")
        self.organisation = line("Where")
        self.record_end = button("Record how it ended", main=True)
        self.ending = [
            heading("When the search ends"),
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
    return row_of_radios(question.short, [(str(value), float(value)) for value in range(6)])
