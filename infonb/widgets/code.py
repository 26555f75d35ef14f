"""`Code`: reading what people said, and marking the passages that speak of a theme.

As with `Capture`, Python holds the journal, ``code.js`` the screen, and what was said travels in
messages, never in synced traits, so that nothing of it lands in a saved notebook. Places in a
text are code points on the way, as in the journal; the browser counts UTF-16 and converts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from sqlalchemy.exc import SQLAlchemyError

from infonb import clock, look, method
from infonb.errors import InfonbError
from infonb.journal import Answer, JournalFault, Refused, Transcript
from infonb.widgets import changes, picking
from infonb.widgets.capture import PAGE_JS, in_words
from infonb.widgets.forms import SAMPLE_CSS, sample_words
from infonb.widgets.text_parts import text_parts

if TYPE_CHECKING:
    from infonb.journal import Coding, Interview, Journal
    from infonb.journal.undo import Step

_HERE = Path(__file__)
_AT_ONCE = 1_000
"""Answers that are shown on one page; of more, an occupation or an interview is opened."""
_QUOTES = 500
"""Passages of a theme that are listed beside the text."""

Message = dict[str, Any]


class Code(anywidget.AnyWidget):
    """Answers and transcripts to read, and their passages to mark with themes.

    Words are selected by mouse or keyboard; Enter gives them a theme, one that is there or one
    that is made by typing. What a theme holds stands beside the text, passages that lost their
    words in an edit on top.

    Parameters
    ----------
    journal : Journal
        Where the passages are kept.
    folded : bool
        Whether it waits behind one line until it is opened.

    Examples
    --------
    >>> import infonb
    >>> Code(infonb.sample("example"))
    Code: run this cell to open the card
    """

    _esm = PAGE_JS + _HERE.with_suffix(".js").read_text(encoding="utf-8")
    _css = look.css() + _HERE.with_suffix(".css").read_text(encoding="utf-8") + SAMPLE_CSS
    journal_id = traitlets.Unicode().tag(sync=True)  # a random id: the browser's copies carry it
    sample = traitlets.Unicode().tag(sync=True)  # what is said where nothing is kept
    folded = traitlets.Bool(False).tag(sync=True)

    def __init__(self, journal: Journal, folded: bool = False) -> None:
        self._journal = journal
        self._turn = threading.Lock()
        self._saving = False
        self._did: set[str] = set()
        self._steps: list[Step] = []
        super().__init__(journal_id=journal.id, sample=sample_words(journal), folded=folded)
        self.on_msg(self._hear)
        changes.listen(self, journal, Code._heard)

    def __repr__(self) -> str:
        return "Code: run this cell to open the card"

    def _heard(self, _interview: str, _finished: bool) -> None:
        """Another form saved something: what is on the screen may have changed."""
        if not self._saving:
            self.send({"type": "changed"})

    def _hear(self, _widget: Any, message: Message, _buffers: Any) -> None:
        """The one handler: an answer to every message, in words where it can't be done."""
        handlers: dict[str, Callable[[Message], Message]] = {
            "open": self._open, "save": self._save, "theme": self._theme,
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
        if answer["type"] == "saved" and answer["did"]:
            self._saving = True
            try:
                changes.saved(self._journal, "", False)
            finally:
                self._saving = False

    # ---------------------------------------------------------------- what there is to read

    def _open(self, message: Message) -> Message:
        texts = _Texts(self._journal)
        choices = texts.choices()
        known = [choice["id"] for choice in choices]
        wanted = message.get("reading")
        reading = wanted if wanted in known else next(iter(known), None)
        codings = self._journal.codings()
        placed = _by_text(codings)
        return {
            "type": "opened",
            "choices": choices,
            "reading": reading,
            "texts": [
                {**texts.described(text), "parts": texts.parts(text),
                 "codings": placed.get(text.id, [])}
                for text in texts.of(reading)
            ],
            **self._themes(codings, texts),
        }  # fmt: skip

    def _themes(self, codings: list[Coding], texts: _Texts | None = None) -> Message:
        """The themes with the number of their passages, and the passages without a place."""
        unplaced = [coding for coding in codings if coding.start is None]
        counted: dict[str, int] = {}
        for coding in codings:
            counted[coding.theme_id] = counted.get(coding.theme_id, 0) + 1
        if unplaced and texts is None:
            texts = _Texts(self._journal)
        return {
            "themes": [
                {
                    "id": theme.id, "name": theme.name, "description": theme.description or "",
                    "count": counted.get(theme.id, 0),
                }
                for theme in self._journal.themes()
            ],
            "unplaced": [
                {**texts.where(coding), "theme": coding.theme_id, "quote": coding.quote}
                for coding in unplaced
                if texts is not None
            ],
            "undoable": bool(self._steps),
        }  # fmt: skip

    def _theme(self, message: Message) -> Message:
        """All passages of a theme, in the words that stand there now."""
        texts = _Texts(self._journal)
        found = [
            coding
            for coding in self._journal.codings()
            if coding.theme_id == message["theme"] and coding.start is not None
        ]
        return {
            "type": "theme",
            "theme": message["theme"],
            "quotes": [
                {**texts.where(coding), "words": texts.words(coding)} for coding in found[:_QUOTES]
            ],
            "more": max(0, len(found) - _QUOTES),
        }

    # ---------------------------------------------------------------- what is done

    def _save(self, message: Message) -> Message:
        """Do what was done on the card; answer with what is stored now."""
        did: list[str] = []
        refused: dict[str, str] = {}
        said: list[str] = []
        touched: set[str] = set()
        for operation in message.get("operations", ()):
            token = operation["token"]
            try:
                if token not in self._did:
                    self._do(operation, touched, said)
            except InfonbError as error:
                if isinstance(error, JournalFault) and not isinstance(error, Refused):
                    raise  # not done, so it stays to be done
                refused[token] = str(error)
            self._did.add(token)
            did.append(token)
        codings = self._journal.codings()
        placed = _by_text(codings)
        return {
            "type": "saved",
            "did": did,
            "refused": refused,
            "said": " ".join(said),
            "at": clock.now().timestamp() * 1000,
            # nothing: passages of any text may have changed
            "codings": {id: placed.get(id, []) for id in touched or placed},
            "all": not touched,
            **self._themes(codings),
        }

    def _do(self, operation: Message, touched: set[str], said: list[str]) -> None:
        """One thing done on the card; doing it again changes nothing."""
        journal, before = self._journal, self._journal.last_step()
        match operation["type"]:
            case "mark":
                self._mark(operation)
                touched.add(operation["text"])
            case "place" | "drop" as kind:
                coding = next((c for c in journal.codings() if c.id == operation["coding"]), None)
                if coding is None and kind == "place":
                    raise InfonbError("This passage was dropped meanwhile.")
                if coding is not None:
                    touched.add(coding.answer_id or coding.transcript_id or "")
                    if kind == "drop":
                        journal.remove(coding)
                    else:
                        self._place(coding, operation)
            case "rename":
                journal.update(self._named(operation["theme"]), name=operation["name"])
            case "merge":
                journal.merge_themes(operation["theme"], into=operation["into"])
            case "remove theme":
                theme = self._named(operation["theme"])
                if any(coding.theme_id == theme.id for coding in journal.codings()):
                    raise InfonbError(f"{theme.name} has passages; merge it into another theme.")
                journal.remove(theme)
            case "undo":
                said.append(self._undo())
                return
            case unknown:
                raise InfonbError(f"The card doesn't know {unknown!r}; run the cell again.")
        step = journal.last_step()
        if step is not None and step != before:
            self._steps.append(step)

    def _mark(self, operation: Message) -> None:
        journal, text = self._journal, operation["text"]
        answer: Any = text
        if operation["kind"] == "transcript":
            found = (t for t in journal.transcripts(operation["interview"]) if t.id == text)
            answer = next(found, None)
            if answer is None:
                raise InfonbError("This transcript is no longer in the journal.")
        by_name = operation.get("name")
        journal.code(
            answer, None if by_name else operation["theme"], operation["start"], operation["end"],
            new_theme=by_name, quote=operation["quote"],
        )  # fmt: skip

    def _place(self, coding: Coding, operation: Message) -> None:
        start, end, quote = operation["start"], operation["end"], operation["quote"]
        if _Texts(self._journal).text(coding).text[start:end] != quote:
            raise InfonbError(
                "The text was changed meanwhile. Nothing was placed; select the words again."
            )
        self._journal.update(coding, start=start, end=end)

    def _undo(self) -> str:
        """Take back the last thing done here, unless something else was done since."""
        if not self._steps:
            raise InfonbError("Nothing was done here that could be taken back.")
        done = self._journal.undo(self._steps[-1])
        if done is None:
            self._steps.clear()
            raise InfonbError(
                "Something else was entered in this journal since, so it isn't taken back here. "
                "journal.undo() takes back whatever was last."
            )
        self._steps.pop()
        return f"Taken back: {done}."

    def _named(self, id: str) -> Any:
        theme = next((theme for theme in self._journal.themes() if theme.id == id), None)
        if theme is None:
            raise InfonbError("This theme is no longer in the journal.")
        return theme


class _Texts:
    """All that was said in a journal, read once, and whose it is."""

    def __init__(self, journal: Journal) -> None:
        self._known = picking.Known.of(journal)
        self._interviews = {interview.id: interview for interview in self._known.interviews}
        self._questions = {**journal.questions(), **method.QUESTIONS}
        every, self._transcripts = journal.answers(), journal.transcripts()
        self._answers = [answer for answer in every if answer.text.strip()]
        self._by_id: dict[str, Answer | Transcript] = {
            text.id: text for text in (*every, *self._transcripts)
        }

    def choices(self) -> list[Message]:
        """What one can open: all answers, those of an occupation, an interview with transcript."""
        made = []
        if len(self._answers) <= _AT_ONCE and self._answers:
            made.append({"id": "all", "group": "Answers", "label": "All answers"})
        spoken = {text.interview_id for text in (*self._answers, *self._transcripts)}
        about = {self._interviews[answer.interview_id].occupation_id for answer in self._answers}
        made += [
            {"id": f"occupation:{id}", "group": "Answers", "label": occupation.title}
            for id, occupation in self._known.occupations.items()
            if id in about
        ]
        return made + [
            {"id": f"interview:{choice.id}", "group": "Interviews", "label": choice.label}
            for choice in self._known.choices(held_first=True)
            if choice.id in spoken
        ]

    def of(self, reading: str | None) -> list[Answer | Transcript]:
        """The texts of what was chosen, interview by interview."""
        kind, _, id = (reading or "").partition(":")
        if kind == "interview":
            every: Sequence[Answer | Transcript] = (*self._answers, *self._transcripts)
            return [text for text in every if text.interview_id == id]
        place = {id: n for n, id in enumerate(self._interviews)}
        return sorted(
            (
                answer
                for answer in self._answers
                if kind == "all" or self._interviews[answer.interview_id].occupation_id == id
            ),
            key=lambda answer: place[answer.interview_id],
        )

    def parts(self, text: Answer | Transcript) -> list[Message]:
        """A text in pieces that a page can hold; see `text_parts`."""
        turns = text.turns if isinstance(text, Transcript) else ()
        return [vars(part) for part in text_parts(text.text, turns, isinstance(text, Answer))]

    def described(self, text: Answer | Transcript) -> Message:
        """Whose text it is, and about what."""
        interview = self._interviews[text.interview_id]
        return {
            "id": text.id,
            "interview": text.interview_id,
            "who": self._known.people[interview.person_id].name,
            "occupation": self._known.occupations[interview.occupation_id].title,
            **self._about(text, interview),
        }

    def _about(self, text: Answer | Transcript, interview: Interview) -> Message:
        if isinstance(text, Transcript):
            when = picking.when(interview)
            return {"kind": "transcript", "question": f"Transcript, {when}", "private": False}
        question = self._questions.get(text.question)
        prompt = question.prompt if question else text.question
        return {"kind": "answer", "question": prompt, "private": text.private}

    def text(self, coding: Coding) -> Answer | Transcript:
        """The text a passage is of.

        Raises
        ------
        InfonbError
            When there is none any more.
        """
        found = self._by_id.get(coding.answer_id or coding.transcript_id or "")
        if found is None:
            raise InfonbError("The text of this passage is no longer in the journal.")
        return found

    def words(self, coding: Coding) -> str:
        """The words a passage lies on now."""
        return self.text(coding).text[coding.start : coding.end]

    def where(self, coding: Coding) -> Message:
        """A passage and the text it is of."""
        return {"coding": coding.id, **self.described(self.text(coding))}


def _by_text(codings: list[Coding]) -> dict[str, list[Message]]:
    """The passages that have a place, by the text they are of."""
    found: dict[str, list[Message]] = {}
    for coding in codings:
        if coding.start is not None:
            found.setdefault(coding.answer_id or coding.transcript_id or "", []).append(
                {"id": coding.id, "theme": coding.theme_id, "start": coding.start,
                 "end": coding.end}
            )  # fmt: skip
    return found
