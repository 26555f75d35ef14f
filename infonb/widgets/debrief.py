"""`Debrief`: what an interview was worth, whom it leads to, and what is owed now."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import follow_up, method
from infonb.errors import InfonbError
from infonb.widgets import picking
from infonb.widgets.draft import Draft
from infonb.widgets.forms import (
    Form,
    button,
    choice,
    choose,
    day,
    heading,
    line,
    offer,
    passage,
    row_of_radios,
    scale,
    tick,
    words,
)
from infonb.widgets.skill_chips import SkillChips

if TYPE_CHECKING:
    from infonb.journal import Answer, Interview, Journal

_LEADS = {
    "job": "a job",
    "internship": "an internship",
    "event": "an event",
    "reading": "something to read",
}
_TASKS = {**method.TASKS, "follow_up": "Next step"}


class Debrief(Form):
    """The form after an interview: ratings, the grain of salt, referrals, tasks.

    Filled from the journal, saved as you change it.

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
        self._chosen: Interview | None = None
        offered = picking.choices(journal, held_first=True)
        first = journal.interview(interview).id if interview is not None else None
        named = [(each.label, each.id) for each in offered]
        self._which = choice("Interview", named or [("no interview yet", None)])
        self._said_box = widgets.VBox()
        self._skill_box = widgets.VBox()
        self._lead_box = widgets.VBox()
        self._task_box = widgets.VBox()
        self._named_box = widgets.VBox()
        self._weighing = Weighing()
        self._person = PersonAfter()
        self._adding = Adding()
        self._conduct = {key: _judged(item.text) for key, item in method.CONDUCT.items()}
        self._writing = Writing()
        super().__init__(
            journal,
            {
                "What was said": [self._said_box, *self._weighing.controls],
                "Skills": [self._skill_box, self._adding.skill],
                "People and leads": [
                    heading("Whom they named"), self._named_box, *self._adding.referral,
                    heading("The person"), *self._person.columns.values(),
                    heading("Jobs, internships, events, reading"), self._lead_box,
                    *self._adding.lead,
                ],
                "How it went": [*self._conduct.values(), self._weighing.confidence],
                "What next": [*self._writing.controls, heading("Tasks"), self._task_box],
            },
        )  # fmt: skip
        if interview is None:
            top = len(self._top)
            self.children = (*self.children[:top], self._which, *self.children[top:])
        self._connect()
        if first is None and offered:
            first = offered[0].id
        if first is None:
            self.say("No interview yet. Plan one with Prepare, and log it with Capture.")
        else:
            self._open(first)

    # ------------------------------------------------ filling

    def _open(self, id: str) -> None:
        interview = self._journal.interview(id)
        self._chosen = interview
        with self._filled():
            if id in [value for _, value in self._which.options]:
                self._which.value = id
            self._weighing.fill(interview)
            self._person.fill(self._journal.person(interview.person_id))
            scores = self._journal.conduct(interview)
            for key, control in self._conduct.items():
                control.value = scores.get(key)
        self._fill_answers()
        self._fill_skills()
        self._fill_referrals()
        self._fill_leads()
        self._fill_writing()
        self._fill_tasks()

    def _interview(self) -> Interview:
        if self._chosen is None:
            raise InfonbError("Choose an interview first.")
        return self._journal.interview(self._chosen)

    def _fill_answers(self) -> None:
        questions = self._journal.questions()
        shown: list[widgets.Widget] = []
        for answer in self._journal.answers(self._interview()):
            question = questions.get(answer.question)
            if question is None:
                continue
            shown += [heading(question.prompt), words(answer.text or "(no note)", "quote")]
            if question.rated:
                shown += self._rating(answer, question)
        self._said_box.children = shown or [words("Nothing is noted yet.", "hint")]

    def _rating(self, answer: Answer, question: method.Question) -> list[widgets.Widget]:
        radios = row_of_radios(
            question.to_oneself, scale(1, 5, question.low, question.high), answer.rating
        )
        why = line("Why", value=answer.why or "")
        self._on_change(radios, lambda value: self._record(answer.question, rating=value))
        self._on_change(why, lambda value: self._record(answer.question, why=value))
        return [radios, why]

    def _record(self, question: str, **changes: Any) -> None:
        self._journal.record_answer(self._interview(), question, **changes)
        if "rating" in changes:
            self._fill_writing()  # drafts come back to what was liked best

    def _fill_skills(self) -> None:
        mentions = self._journal.skills(self._interview())
        self._skill_box.children = [
            words("In the words they used, with what they may mean. You decide.", "hint"),
            *(SkillChips(self, self._journal, mention) for mention in mentions),
        ]  # fmt: skip

    def _fill_referrals(self) -> None:
        interview = self._interview()
        noted = [
            a.text for a in self._journal.answers(interview) if a.question == method.ASK_NEXT.key
        ]
        by = interview.person_id
        known = [p for p in self._journal.people() if p.referred_by == by]
        shown: list[widgets.Widget] = [words(text, "quote") for text in noted if text.strip()]
        shown += (
            [words(f"In your list of people: {', '.join(p.name for p in known)}", "hint")]
            if known
            else []
        )
        names = {p.name.casefold() for p in known}
        for name in names_in(" \n".join(noted)):
            if name.casefold() not in names:
                add = button(f"Add {name} to the people")
                self._on_click(add, lambda name=name: self._add_referral(name, None))
                shown.append(add)
        self._named_box.children = shown

    def _add_referral(self, name: str, note: str | None) -> None:
        self._journal.add_referral(self._interview(), name, note=note)
        self._fill_referrals()

    def _fill_leads(self) -> None:
        leads = self._journal.leads(self._interview())
        self._lead_box.children = [
            words(f"{_LEADS[lead.kind].capitalize()}: {lead.text}", "quote") for lead in leads
        ]

    def _fill_writing(self) -> None:
        interview = self._interview()
        email = self._journal.person(interview.person_id).email
        tasks = self._tasks()
        kept = next((t["draft"] for t in tasks if t["kind"] == "thank_you" and t["draft"]), None)
        step = next((t for t in tasks if t["kind"] == "follow_up"), None)
        thanks = kept or follow_up.fresh(self._journal, interview, "thank_you")
        with self._filled():
            self._writing.note.fill(thanks, email)
            whom_else = follow_up.written(self._journal, interview, "referral")
            self._writing.referral.fill(whom_else, email)
            self._writing.step.value = (step["draft"] or "") if step else ""
            self._writing.step_due.value = _day(step["due"]) if step else None
        is_held = interview.status == "done"
        self._writing.finish.layout.display = "none" if is_held else "inline-flex"

    def _tasks(self) -> list[dict[str, Any]]:
        """The tasks of this interview as plain values, None for what is missing."""
        frame = self._journal.tasks()
        rows = frame[frame["interview"] == self._interview().id].astype(object)
        return rows.where(rows.notna(), None).to_dict("records")

    def _fill_tasks(self) -> None:
        shown: list[widgets.Widget] = []
        for task in self._tasks():
            is_done = task["done_at"] is not None
            due = picking.spoken_date(str(task["due"])) if task["due"] else "no day yet"
            control = tick(f"{_TASKS[task['kind']]}: {'done' if is_done else f'by {due}'}", is_done)
            control.disabled = is_done
            self._on_change(control, lambda _value, id=task["task"]: self._finish_task(id))
            shown.append(control)
        self._task_box.children = shown or [
            words("They come when the interview is finished.", "hint")
        ]

    def _finish_task(self, id: str) -> None:
        self._journal.done(id)
        self._fill_tasks()

    # ------------------------------------------------ what each control does

    def _connect(self) -> None:
        self._which.observe(lambda change: self._filling or self._open(change["new"]), "value")
        for name, control in self._weighing.columns.items():
            self._on_change(control, lambda value, name=name: self._weigh(name, value))
        for name, control in self._person.columns.items():
            self._on_change(control, lambda value, name=name: self._change_person(name, value))
        for key, control in self._conduct.items():
            self._on_change(control, lambda value, key=key: self._judge(key, value))
        adding = self._adding
        self._on_change(adding.skill, self._add_skill)
        self._on_click(adding.add_referral, self._referral_entered)
        self._on_click(adding.add_lead, self._lead_entered)
        self._on_change(self._writing.note.text, self._keep_note)
        self._on_change(self._writing.referral.text, self._keep_referral)
        self._on_change(self._writing.step, lambda _value: self._keep_step())
        self._on_change(self._writing.step_due, lambda _value: self._keep_step())
        self._on_click(self._writing.finish, self._finish)

    def _weigh(self, name: str, value: Any) -> None:
        self._journal.update(self._interview(), **{name: value})

    def _change_person(self, name: str, value: Any) -> None:
        person = self._journal.person(self._interview().person_id)
        self._journal.update(person, **{name: value})
        if name == "email":
            self._fill_writing()

    def _judge(self, key: str, score: int | None) -> None:
        if score is not None:
            self._journal.record_conduct(self._interview(), key, score)

    def _add_skill(self, phrase: str) -> bool:
        if not phrase.strip():
            return False
        self._journal.record_skill(self._interview(), phrase, confirmed=True)
        with self._filled():
            self._adding.skill.value = ""
        self._fill_skills()
        return True

    def _referral_entered(self) -> None:
        name, note = self._adding.name, self._adding.note
        self._add_referral(name.value, note.value or None)
        name.value = note.value = ""

    def _lead_entered(self) -> None:
        self._journal.add_lead(self._interview(), self._adding.what.value, self._adding.kind.value)
        self._adding.what.value = ""
        self._fill_leads()

    def _keep_referral(self, text: str) -> None:
        interview = self._interview()
        is_draft = text == follow_up.fresh(self._journal, interview, "referral")
        self._journal.keep_message(interview, "referral", None if is_draft else text)

    def _keep_note(self, text: str) -> bool:
        if not text.strip():
            return False
        interview = self._interview()
        due = (
            None
            if any(t["kind"] == "thank_you" and t["due"] for t in self._tasks())
            else self._journal.today()
        )
        self._journal.add_task(interview, "thank_you", due=due, draft=text)
        self._fill_tasks()
        return True

    def _keep_step(self) -> bool:
        text, due = self._writing.step.value, self._writing.step_due.value
        if not text.strip() and due is None:
            return False
        self._journal.add_task(self._interview(), "follow_up", due=due, draft=text)
        self._fill_tasks()
        return True

    def _finish(self) -> None:
        interview = self._journal.finish_interview(self._interview())
        self._open(interview.id)


class Weighing:
    """The grain of salt, and how one feels after it."""

    def __init__(self) -> None:
        weight, feeling = method.WEIGHT, method.CONFIDENCE
        steps = [
            (f"1, {weight.high_means}", 1.0),
            *((f"{tenth / 10:g}", tenth / 10) for tenth in range(9, 0, -1)),
            (f"0, {weight.low_means}", 0.0),
        ]
        self._steps = [("not said: counts as 1", None), *steps]
        self.confidence = row_of_radios(
            "Confidence after", scale(1, 5, feeling.low_means, feeling.high_means)
        )
        self.columns: dict[str, Any] = {
            "weight": choice("Weight", self._steps),
            "weight_reason": line("Why this weight"),
            "confidence_after": self.confidence,
        }
        self.controls = [
            heading("Take it with a grain of salt"),
            words("One person's view, on one day. Trust your own judgment.", "hint"),
            self.columns["weight"], self.columns["weight_reason"],
        ]  # fmt: skip

    def fill(self, interview: Interview) -> None:
        """Show one interview's weight and confidence."""
        known = [value for _, value in self._steps]
        options = list(self._steps)
        if interview.weight not in known:
            options.append((f"{interview.weight:g}", interview.weight))
        offer(self.columns["weight"], options)
        choose(self.columns["weight"], interview.weight)
        self.columns["weight_reason"].value = interview.weight_reason or ""
        self.confidence.value = interview.confidence_after


class PersonAfter:
    """What one knows of the person now."""

    def __init__(self) -> None:
        self.columns: dict[str, Any] = {
            "may_be_named": tick("They agreed to be named in what I share"),
            "has_card": tick("I have their business card"),
            "job_title": line("Job title"),
            "organisation": line("Organisation"),
            "email": line("E-mail"),
            "phone": line("Phone"),
        }

    def fill(self, person: Any) -> None:
        """Show one person."""
        for name, control in self.columns.items():
            control.value = getattr(person, name) or type(control.value)()


class Adding:
    """Controls that add something heard."""

    def __init__(self) -> None:
        self.skill = line("Another skill", placeholder="then Enter")
        self.name = line("Somebody they named")
        self.note = line("What they said of them")
        self.add_referral = button("Add to the people")
        self.referral = [self.name, self.note, self.add_referral]
        self.kind = choice("I heard of", [(text, kind) for kind, text in _LEADS.items()], "job")
        self.what = line("What, and where")
        self.add_lead = button("Keep it")
        self.lead = [self.kind, self.what, self.add_lead]


class Writing:
    """The thank-you note, and the next step."""

    def __init__(self) -> None:
        self.finish = button("It was held: finish it", main=True)
        self.note = Draft("Thank-you note", "thank_you")
        self.referral = Draft("Ask whom else", "referral")
        self.step = passage("Next step", rows=2)
        self.step_due = day("By")
        self.controls = [
            self.finish,
            words("Send it the same day, yourself: infonb sends nothing.", "hint"),
            self.note, heading("The next step"), self.step, self.step_due,
            heading("Some days later"),
            words("If they named nobody yet, they may think of somebody now.", "hint"),
            self.referral,
        ]  # fmt: skip


def names_in(text: str) -> list[str]:
    """Names in a note on whom to ask next: two or more capitalised words that follow each other.

    Examples
    --------
    >>> names_in("Grace H. (night shift), and her boss Tom Okoro; perhaps the union")
    ['Grace H.', 'Tom Okoro']
    """
    capital = "[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞİŁŃŇŐŒŘŚŞŠŤŮŰŹŻŽ]"
    part = rf"{capital}[\w'’-]*\.?"
    particles = r"(?:(?:de|del|di|van|von|der|den|da|dos|la|le|al|bin)[ \t]+)*"
    found = re.findall(rf"\b{part}(?:[ \t]+{particles}{part})+", text)
    return list(dict.fromkeys(" ".join(name.split()) for name in found))


def _judged(text: str) -> Any:
    row = row_of_radios(text, [("no", 0), ("partly", 1), ("yes", 2)])
    row.add_class("infonb-judged")
    return row


def _day(stored: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(stored)) if stored and len(str(stored)) == 10 else None
