"""The step of `Decide` about two plans, and the one that looks again on the day that was set."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.english import count, in_words
from infonb.errors import InfonbError
from infonb.widgets.forms import (
    button,
    choice,
    choose,
    chosen,
    day,
    folded,
    heading,
    line,
    passage,
    rating,
    scale,
    set_words,
    show,
    title,
    words,
)
from infonb.widgets.picking import spoken_date
from infonb.widgets.reflecting import Prompts

if TYPE_CHECKING:
    from infonb.journal import Decision, Interview, Journal
    from infonb.widgets.decide import Decide

_RATED = 4
"""So many questions are rated anew on the day to look again."""
MYSELF = "Myself"
"""Who is noted as interviewed where one tried the work oneself."""


class Plans:
    """Plan A with its next step; once it is noted, plan B and the day to look again."""

    def __init__(self, form: Decide) -> None:
        self.form = form
        titles = [(o.title, o.id) for o in form._journal.occupations()]
        self.made = words("", "quote")
        self.occupation = choice("Plan A", [("choose", None), *titles])
        self.step = passage("Next step", rows=2)
        self.why = passage("Why", rows=2)
        self.record = button("Note this for now", main=True)
        self.again = day("Look again on")
        self.other = choice("Plan B", [("choose", None), *titles])
        self.other_step = passage("Its next step", rows=2)
        self.record_other = button("Note plan B")
        self.later = widgets.VBox(
            [
                self.again,
                folded("Plan B", ", in case", [self.other, self.other_step, self.record_other]),
            ]
        )
        self.thoughts = Prompts(
            form, ("believe_now", "change_my_mind", "not_want", "smallest_step")
        )
        first, *more = self.thoughts.texts.values()
        self.controls = [
            title("For now"),
            words("Not for ever: a next step is enough.", "hint"),
            self.made, self.occupation, self.step, self.why, self.record, self.later,
            folded("Looking back", " on this round of interviews", [
                first, folded("Three more questions", " to yourself", more),
            ]),
        ]  # fmt: skip
        form._on_click(self.record, self._record)
        form._on_change(self.again, self._look_again)
        form._on_click(self.record_other, self._record_other)

    def fill(self) -> None:
        """What was decided before, the latest last; and the fields as they were left then."""
        journal = self.form._journal
        titles = {o.id: o.title for o in journal.occupations()}
        set_words(self.made, [decision_in_words(d, titles) for d in journal.decisions()])
        plan, other = latest_plans(journal)
        show(self.later, plan is not None)
        if plan is not None:
            choose(self.occupation, plan.occupation_id if plan.occupation_id in titles else None)
            self.step.value, self.why.value = plan.next_step or "", plan.why or ""
            self.again.value = dt.date.fromisoformat(plan.look_again) if plan.look_again else None
        if other is not None:
            choose(self.other, other.occupation_id if other.occupation_id in titles else None)
            self.other_step.value = other.next_step or ""
        self.thoughts.fill(journal)

    def _record(self) -> str:
        journal, occupation = self.form._journal, chosen(self.occupation)
        if occupation is None:
            raise InfonbError("Choose the occupation you go for, even if only for now.")
        if not self.step.value.strip() and not self.why.value.strip():
            raise InfonbError("Write the next step, or why; a sentence is enough.")
        step, why = self.step.value.strip() or None, self.why.value.strip() or None
        before = latest_plans(journal)[0]
        if before and (before.occupation_id, before.next_step, before.why) == (
            occupation, step, why,
        ):  # fmt: skip
            return "That is noted already."
        journal.record_decision(occupation, step, why, plan="A")
        self.form.decided()
        self.form.focus_on(self.again)
        return "Noted for now. On which day do you want to look at it again?"

    def _look_again(self, value: dt.date | None) -> str | None:
        plan = latest_plans(self.form._journal)[0]
        if plan is None:
            raise InfonbError("Note plan A first.")
        self.form._journal.update(plan, look_again=value)
        self.form.decided()
        if value is None:
            return None
        return f"On {spoken_date(value.isoformat())} this page asks how it went."

    def _record_other(self) -> str:
        journal, occupation = self.form._journal, chosen(self.other)
        if occupation is None:
            raise InfonbError("Choose what you do if plan A doesn't work out.")
        step = self.other_step.value.strip() or None
        before = latest_plans(journal)[1]
        if before and (before.occupation_id, before.next_step) == (occupation, step):
            return "That is noted already."
        journal.record_decision(occupation, step, None, plan="B")
        self.form.decided()
        return "Plan B is noted, in case."


class LookAgain:
    """What was decided and on what ground, how it went, and what one lived oneself."""

    def __init__(self, form: Decide) -> None:
        self.form = form
        journal = form._journal
        self.plan, self.other = latest_plans(journal)
        due = follow_up.to_look_again(journal)
        self.is_due = due is not None and self.plan is not None
        self.about = self.plan.occupation_id if self.plan else None
        self.talk: Interview | None = None
        self.decided = words("", "quote")
        self.thoughts = Prompts(form, ["look_again"])
        self.tried = line("What did you try yourself?",
                          placeholder="a day of shadowing, a course")  # fmt: skip
        self.keys = self._questions()
        questions = journal.questions()
        self.rows = {
            key: rating(
                questions[key].to_oneself, "can't tell",
                scale(1, 5, questions[key].low, questions[key].high),
            )
            for key in self.keys
        }  # fmt: skip
        self.beside = {key: words("", "hint") for key in self.keys}
        self.next = button("Decide again: Plan A", main=True)
        parts: list[Any] = []
        for key, control in self.rows.items():
            part = widgets.VBox([heading(questions[key].short), self.beside[key], control])
            part.add_class("infonb-answer")
            parts.append(part)
        self.lived = widgets.VBox(
            [self.tried, words("Rate only what you lived yourself. It changes no other number.",
                               "hint"), *parts]
        )  # fmt: skip
        self.controls = [
            title("You wanted to look again: how did it go?"),
            self.decided, *self.thoughts.texts.values(), self.lived, self.next,
        ]  # fmt: skip
        form._on_change(self.tried, self._tried)
        for key, control in self.rows.items():
            form._on_change(control, lambda value, key=key: self._lived(key, value))
        form._on_click(self.next, self._next)

    def _questions(self) -> list[str]:
        """What was expected of it, else what would be asked beforehand."""
        journal = self.form._journal
        known = journal.questions()
        noted = [e.question for e in journal.expectations(self.about)] if self.about else []
        keys = [key for key in dict.fromkeys(noted) if key in known and known[key].rated]
        rated = [key for key, question in known.items() if question.rated]
        keys += method.questions_to_guess(journal.importances(), rated)
        return list(dict.fromkeys(keys))[:_RATED]

    def fill(self) -> None:
        """What was decided, what was expected and heard, and what was noted today."""
        if not self.is_due or self.plan is None:
            return
        journal = self.form._journal
        set_words(self.decided, ground_in_words(journal, self.plan, self.other))
        self.thoughts.fill(journal)
        show(self.lived, self.about is not None)
        self.talk = self._talk_of_today()
        answers = {a.question: a for a in journal.answers(self.talk)} if self.talk else {}
        note = answers.get(method.NOTES.key)
        self.tried.value = note.text if note else ""
        predicted = self._predicted() if self.form._may_look else {}
        for key, control in self.rows.items():
            choose(control, answers[key].rating if key in answers else None)
            self.beside[key].value = words(predicted.get(key, "")).value

    def _predicted(self) -> dict[str, str]:
        """By question what was expected, and how one rated what people said."""
        journal, about = self.form._journal, self.about
        if about is None:
            return {}
        expected: dict[str, int] = {}
        for each in journal.expectations(about):
            if each.rating is not None:
                expected.setdefault(each.question, each.rating)
        title = {o.id: o.title for o in journal.occupations()}.get(about)
        ratings = journal.findings().ratings()
        mine = ratings[(ratings["occupation"] == title) & (ratings["n"] > 0)]
        heard = {row["question"]: row for row in mine.to_dict("records")}
        found = {}
        for key in self.keys:
            parts = [f"You expected {expected[key]}"] if key in expected else []
            if key in heard:
                people = count(int(heard[key]["n"]), "person", "people")
                parts.append(f"you rated what {people} said {heard[key]['mean']:.1f}")
            said = "; ".join(parts)
            found[key] = f"{said[0].upper()}{said[1:]}." if said else ""
        return found

    def _talk_of_today(self) -> Interview | None:
        today = self.form._journal.today().isoformat()
        return next(
            (
                each
                for each in self.form._journal.interviews()
                if method.is_first_hand(each.medium)
                and (each.occupation_id, each.date) == (self.about, today)
            ),
            None,
        )

    def _first_hand(self) -> Interview:
        """The interview with oneself, made when the first thing is noted of it."""
        journal = self.form._journal
        self.talk = self.talk or self._talk_of_today()
        if self.talk is None:
            oneself = {i.person_id for i in journal.interviews() if method.is_first_hand(i.medium)}
            person = next(
                (p for p in journal.people() if p.id in oneself or p.name == MYSELF), None
            ) or journal.add_person(MYSELF)
            made = journal.plan_interview(
                person, self.about or "", questions=self.keys, medium=method.TRIED_IT
            )
            today = journal.today().isoformat()
            self.talk = journal.update(made, status="done", date=today)
        return self.talk

    def _tried(self, text: str) -> bool | None:
        if not text.strip() and self.talk is None:
            return False
        self.form._journal.record_answer(self._first_hand(), method.NOTES.key, text=text)
        return None

    def _lived(self, question: str, value: int | None) -> bool | None:
        if value is None and self.talk is None:
            return False
        self.form._journal.record_answer(self._first_hand(), question, rating=value)
        self.form.decided()
        return None

    def _next(self) -> bool:
        self.form.go_to("Plan A")
        self.form.focus_on(self.form._step)
        return False


def latest_plans(journal: Journal) -> tuple[Decision | None, Decision | None]:
    """Plan A and plan B as they were decided last."""
    decisions = journal.decisions()
    plan = next((each for each in reversed(decisions) if each.plan != "B"), None)
    return plan, next((each for each in reversed(decisions) if each.plan == "B"), None)


def ground_in_words(journal: Journal, plan: Decision, other: Decision | None) -> list[str]:
    """What was decided, and what it stood on then."""
    titles = {o.id: o.title for o in journal.occupations()}
    decided = plan.at.date().isoformat() if plan.at else journal.today().isoformat()
    then = [
        each
        for each in journal.interviews(status="done")
        if (each.date or "") <= decided and not method.is_first_hand(each.medium)
    ]
    about = sum(each.occupation_id == plan.occupation_id for each in then)
    thoughts = [
        each.text
        for each in journal.reflections()
        if each.prompt == "first_thought" and each.at and each.at.date().isoformat() <= decided
    ]
    return [
        decision_in_words(plan, titles),
        *([f"Because: {plan.why}"] if plan.why and plan.next_step else []),
        f"On the ground of {count(len(then), 'interview')}, {in_words(about)} of them about it.",
        *([f"Your first thought was: {thoughts[-1]}."] if thoughts else []),
        *([decision_in_words(other, titles)] if other else []),
    ]


def decision_in_words(decision: Decision, titles: dict[str, str]) -> str:
    """A decision as one line: when, which plan, for what, the next step, the day to look again."""
    what = titles.get(decision.occupation_id or "", "an occupation since removed")
    plan = f"plan {decision.plan}: " if decision.plan else ""
    on = f"{spoken_date(decision.at.date().isoformat())}: " if decision.at else ""
    step = (decision.next_step or decision.why or "").rstrip(".")
    again = f" Look again on {spoken_date(decision.look_again)}." if decision.look_again else ""
    return f"{on}{plan}{what}. {step}{'.' if step else ''}{again}"
