"""`Capture`: the card one writes on while somebody is talking.

Python holds the journal and its meaning, ``capture.js`` the screen. What is typed travels in
messages, never in synced traits, so that nothing of it lands in a saved notebook. JupyterLab
hands messages over on a thread of their own; they are handled one at a time, and every answer
says what the journal *has*, read back after it was written.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from sqlalchemy.exc import SQLAlchemyError

from infonb import clock, look, method
from infonb.errors import InfonbError
from infonb.journal import JournalFault, Refused, StaleAnswer
from infonb.widgets import changes, picking
from infonb.widgets.forms import SAMPLE_CSS, sample_words

if TYPE_CHECKING:
    from infonb.journal import Answer, Interview, Journal

_HERE = Path(__file__)
PAGE_JS = _HERE.with_name("page.js").read_text(encoding="utf-8")
"""What all cards share in the browser."""
_PROCESS = uuid.uuid4().hex
_BEFORE_ONE_GOES = ("thanked", "asked_for_referrals", "took_card")
_COUNTED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

_CLOSING = {question.key: question for question in (method.ASK_NEXT, method.NOTES)}
_STANDARD = {**method.QUESTIONS, **_CLOSING}

Message = dict[str, Any]


class Capture(anywidget.AnyWidget):
    """The interview card: agenda, notes, ratings, skills and a clock.

    Every keystroke is kept in the browser at once and in the journal within half a second. When
    the kernel dies or the page closes, run the cell again: all that was typed is there.

    Parameters
    ----------
    journal : Journal
        Where the notes go.
    interview : Interview or str, optional
        The interview to open; without one the card has a picker, the next planned one first.

    Raises
    ------
    InfonbError
        When there is no such interview.

    Examples
    --------
    >>> import infonb
    >>> Capture(infonb.sample("example"))
    Capture: run this cell to open the card
    """

    _esm = PAGE_JS + _HERE.with_suffix(".js").read_text(encoding="utf-8")
    _css = look.css() + _HERE.with_suffix(".css").read_text(encoding="utf-8") + SAMPLE_CSS
    journal_id = traitlets.Unicode().tag(sync=True)  # a random id: the browser's drafts carry it
    sketch = traitlets.List().tag(sync=True)  # standard questions only: nothing anybody typed
    sample = traitlets.Unicode().tag(sync=True)  # what is said where nothing is kept

    def __init__(self, journal: Journal, interview: Interview | str | None = None) -> None:
        self._journal = journal
        self._only = journal.interview(interview).id if interview is not None else None
        self._turn = threading.Lock()
        self._born = time.time()
        known = picking.Known.of(journal)
        first = self._wanted(None, [choice.id for choice in self._choices(known)], known)
        asked = agenda(first, journal.answers(first)) if first else []
        super().__init__(
            journal_id=journal.id,
            sample=sample_words(journal),
            sketch=[
                {"key": key, **question_on_card(_STANDARD[key])}
                for key in asked
                if key in _STANDARD
            ],
        )
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return "Capture: run this cell to open the card"

    def _hear(self, _widget: Any, message: Message, _buffers: Any) -> None:
        """The one handler: an answer to every message, in words where it can't be done."""
        handlers: dict[str, Callable[[Message], Message]] = {
            "hello": self._open, "open": self._open, "save": self._save, "earlier": self._earlier,
            "ping": lambda _message: {"type": "pong"},
        }  # fmt: skip
        handler = handlers.get(str(message.get("type")))
        if handler is None:
            return
        with self._turn:
            try:
                answer = handler(message)
            except (InfonbError, SQLAlchemyError, OSError) as error:
                answer = {"type": "failed", "text": in_words(error)}
        self.send({**answer, "view": message.get("view"), "to": message.get("type")})
        if answer["type"] == "saved":
            changes.saved(self._journal, answer["interview"], bool(answer["finished"]))

    def _open(self, message: Message) -> Message:
        known = picking.Known.of(self._journal)
        choices = self._choices(known)
        wanted = message.get("interview")
        if message.get("type") == "hello" and not message.get("chosen"):
            # what this browser had open before; a finished one gives way to one that is planned
            planned = [choice.id for choice in choices if choice.group == "Planned"]
            wanted = wanted if wanted in planned or not planned else None
        found = self._wanted(wanted, [choice.id for choice in choices], known)
        return {
            "type": "opened",
            "born": self._born,
            "process": _PROCESS,
            "now": clock.now().timestamp() * 1000,
            "choices": [asdict(choice) for choice in choices],
            "people": [{"id": person.id, "name": person.name} for person in known.people.values()],
            "occupations": [occupation.title for occupation in known.occupations.values()],
            "today": known.today.isoformat(),
            "interview": on_card(self._journal, found, known) if found else None,
        }

    def _choices(self, known: picking.Known) -> list[picking.Choice]:
        return [choice for choice in known.choices() if self._only in (None, choice.id)]

    def _wanted(self, id: str | None, open_: list[str], known: picking.Known) -> Interview | None:
        chosen = self._only or (id if id in open_ else next(iter(open_), None))
        return next((each for each in known.interviews if each.id == chosen), None)

    def _save(self, message: Message) -> Message:
        """Write the notes and what else was done; answer with what is stored now."""
        interview, session = message["interview"], message.get("session")
        wrote: dict[str, int] = {}
        refused: dict[str, str] = {}
        for item in message.get("items", ()):
            try:
                saved = self._journal.record_answer(
                    interview, item["question"], text=item["text"], rating=item["rating"],
                    private=item["private"], version=item["version"], session=session,
                )  # fmt: skip
                wrote[saved.question] = saved.version
            except StaleAnswer:
                pass  # the answer below says what is stored; the screen shows both
            except InfonbError as error:
                refused[item["question"]] = str(error)
        before = self._journal.interview(interview).status
        did: list[str] = []
        for operation in message.get("operations", ()):
            try:
                self._do(interview, operation)
            except InfonbError as error:
                if isinstance(error, JournalFault) and not isinstance(error, Refused):
                    raise  # not done, so it stays to be done
                refused[operation["token"]] = str(error)
            did.append(operation["token"])
        sent = {item["question"]: item["seq"] for item in message.get("items", ())}
        found = {answer.question: answer for answer in self._journal.answers(interview)}
        stored = {key: as_stored(key, found.get(key)) for key in sent}
        answer: Message = {
            "type": "saved",
            "interview": interview,
            "at": clock.now().timestamp() * 1000,
            "items": [
                {**stored[key], "seq": seq, "wrote": wrote.get(key) == stored[key]["version"]}
                for key, seq in sent.items()
            ],
            "did": did,
            "refused": refused,
            "finished": False,
        }
        if did:
            known = picking.Known.of(self._journal)
            current = next(each for each in known.interviews if each.id == interview)
            answer["finished"] = current.status == "done" != before
            answer["card"] = on_card(self._journal, current, known)
            answer["choices"] = [asdict(choice) for choice in self._choices(known)]
        return answer

    def _do(self, interview: str, operation: Message) -> None:
        """One thing done on the card; doing it again changes nothing."""
        match operation["type"]:
            case "skill":
                set_skill(self._journal, interview, operation)
            case "start":
                at = dt.datetime.fromtimestamp(operation["at"] / 1000, dt.UTC)
                self._journal.start_interview(interview, at=at)
            case "date":
                record = self._journal.interview(interview)
                if record.date != operation["date"]:
                    self._journal.update(record, date=operation["date"])
            case "finish":
                if self._journal.interview(interview).status != "done":
                    self._journal.finish_interview(interview)
            case unknown:
                raise InfonbError(f"The card doesn't know {unknown!r}; run the cell again.")

    def _earlier(self, message: Message) -> Message:
        """An interview held before, to be typed up from paper: add it and open it."""
        journal = self._journal
        title, name = message["occupation"], message["name"]
        known = {person.id: person for person in journal.people()}
        if not message.get("person") and not name.strip():
            raise InfonbError("Whom did you talk to? Choose a person, or write a name.")
        if not title.strip():
            raise InfonbError("Which occupation was it about?")
        occupation = journal.add_occupation(title)
        person = known.get(message.get("person", "")) or journal.add_person(name)
        interview = journal.plan_interview(person, occupation, date=message["date"])
        return self._open({"interview": interview.id})


def in_words(error: Exception) -> str:
    """What went wrong, for the screen."""
    if isinstance(error, InfonbError):
        return str(error)
    cause = getattr(error, "orig", None) or error
    return f"The journal can't be written just now: {cause}"


def as_stored(question: str, answer: Answer | None) -> Message:
    """An answer as the journal has it; version 0 where it has none."""
    if answer is None:
        return {"question": question, "version": 0, "text": "", "rating": None, "private": False}
    return {
        "question": question, "version": answer.version, "text": answer.text,
        "rating": answer.rating, "private": answer.private,
    }  # fmt: skip


def set_skill(journal: Journal, interview: str, wanted: Message) -> None:
    """A skill is there with this rank (a rank belongs to one skill), or is gone."""
    folded = " ".join(wanted["phrase"].split()).casefold()
    mentions = journal.skills(interview)
    same = [m for m in mentions if " ".join(m.phrase.split()).casefold() == folded]
    if wanted.get("gone"):
        for mention in same:
            journal.remove(mention)
        return
    mention = same[0] if same else journal.record_skill(interview, wanted["phrase"])
    rank = wanted.get("rank")
    if mention.rank != rank:
        journal.update(mention, rank=rank)


def is_past(interview: Interview, today: dt.date) -> bool:
    """Whether an interview is typed up afterwards: it has no clock then, and is asked for its day.

    It is when it was finished; or when no clock was started and the day it was planned for is
    over, or a day other than the planned one was entered.

    Examples
    --------
    >>> is_past(interview, today=journal.today())
    False
    """
    if interview.status == "done":
        return True
    if interview.started_at is not None:
        return False
    planned_for = interview.scheduled_at.date().isoformat() if interview.scheduled_at else None
    if interview.date:
        return interview.date != planned_for or interview.date < today.isoformat()
    return planned_for is not None and planned_for < today.isoformat()


def agenda(interview: Interview, answers: list[Answer]) -> list[str]:
    """The questions on the card: those planned, else the usual few; and all that were answered."""
    answered = [answer.question for answer in answers]
    closing = tuple(_CLOSING)
    keys = [*(interview.questions or method.AGENDA_DEFAULT), *answered]
    return [*dict.fromkeys(key for key in keys if key not in closing), *closing]


def on_card(journal: Journal, interview: Interview, known: picking.Known) -> Message:
    """All that the card shows of one interview, as plain values."""
    person = known.people[interview.person_id]
    occupation = known.occupations[interview.occupation_id]
    answers = journal.answers(interview)
    questions, own = {**journal.questions(), **_STANDARD}, journal.own_questions()
    before = [
        ("About the occupation", interview.research_occupation),
        ("About the organisation", interview.research_organisation),
    ]
    return {
        "id": interview.id,
        "who": person.name,
        "about": " · ".join(
            part
            for part in (
                occupation.title, person.organisation, standing(interview, known.held()),
                picking.when(interview),
            )
            if part
        ),
        "status": interview.status,
        "minutes": interview.minutes,
        "started": interview.started_at.timestamp() * 1000 if interview.started_at else None,
        "date": interview.date
        or (interview.scheduled_at.date().isoformat() if interview.scheduled_at else None),
        "past": is_past(interview, known.today),
        "agenda": agenda(interview, answers),
        "questions": {
            key: question_on_card(question) | ({"formerly": own.hashes(key)} if key in own else {})
            for key, question in questions.items()
        },
        "answers": [as_stored(a.question, a) for a in answers],
        "skills": [{"phrase": m.phrase, "rank": m.rank} for m in journal.skills(interview)],
        "strengths": [strength.phrase for strength in journal.strengths()],
        "before": [{"title": title, "text": text} for title, text in before if text],
        "closing": [method.CONDUCT[key].text for key in _BEFORE_ONE_GOES],
    }  # fmt: skip


def question_on_card(question: method.Question) -> Message:
    """A question as the card shows it."""
    return {
        "prompt": question.prompt, "rated": question.rated, "oneself": question.to_oneself,
        "low": question.low, "high": question.high,
    }  # fmt: skip


def standing(interview: Interview, held: list[Interview]) -> str:
    """Which of the three people per occupation this is, in words.

    Examples
    --------
    >>> standing(interview, held=[])
    'first of three'
    """
    others = [
        other
        for other in held
        if other.occupation_id == interview.occupation_id and other.id != interview.id
    ]
    if interview.status == "done":
        others = [other for other in others if (other.date or "") <= (interview.date or "")]
    if len(others) >= method.INTERVIEWS_WANTED:
        return ""
    return f"{_COUNTED[len(others)]} of three"
