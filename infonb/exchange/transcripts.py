"""Transcripts: a talk word for word, kept with its interview; what was asked is proposed only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from infonb import method
from infonb.errors import InfonbError
from infonb.exchange import upsert
from infonb.exchange.asked_questions import (
    ANOTHER,
    NO_QUESTION,
    AskedTurn,
    asked_turns,
    language_unknown,
    who_asks,
)
from infonb.exchange.captions import is_srt, is_vtt, read_captions
from infonb.exchange.entries import Asked, Entry, ImportProblem, KnownInterview
from infonb.exchange.merge import BesideParts
from infonb.exchange.speakers import read_conversation
from infonb.exchange.tables import decoded
from infonb.exchange.turns import Turn
from infonb.exchange.validate import Validation
from infonb.exchange.word import is_word, read_word
from infonb.journal import columns, schema
from infonb.journal.columns import fold_title
from infonb.journal.question_keys import OwnQuestions

SUFFIXES = (".vtt", ".srt", ".docx")
NOBODY = "nobody"
"""What to say where none of the speakers asks."""


@dataclass(frozen=True)
class Talk:
    """A transcript as it was read, before anything of it is taken.

    Attributes
    ----------
    turns : tuple of Turn
        Who said what, in order.
    speakers : tuple of str
        The one first who most likely asks: whose turns have a question mark most often.
    """

    turns: tuple[Turn, ...]
    speakers: tuple[str, ...] = field(default=())

    def asked(self, asks: str | None, own: Mapping[str, str] | None = None) -> list[AskedTurn]:
        """The turns of a speaker that ask something, each with three proposals.

        Parameters
        ----------
        asks : str or None
            Who asks; None where the transcript names nobody.
        own : mapping of str to str, optional
            Questions of one's own: key to prompt.
        """
        return asked_turns(self.turns, asks, own)


def read_transcript(path: str | Path) -> Talk:
    """Who said what in a transcript: WebVTT, SRT, Word, or plain text with speakers.

    Nothing is written. `infonb.journal.Journal.import_file` takes the file in.

    Parameters
    ----------
    path : path

    Raises
    ------
    InfonbError
        Where it can't be read, or nobody speaks in it.

    Examples
    --------
    >>> path = tmp_path / "talk.txt"
    >>> _ = path.write_text("Sam: Why nursing?\\nZoë: People.\\n", encoding="utf-8")
    >>> talk = infonb.exchange.read_transcript(path)
    >>> talk.speakers, talk.turns[1].text
    (('Sam', 'Zoë'), 'People.')
    """
    path = Path(path).expanduser()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InfonbError(f"{path} can't be read: {error.strerror}.") from error
    problems: list[ImportProblem] = []
    talk = _talk(path.name, raw, problems)
    if wrong := [problem for problem in problems if problem.error]:
        raise InfonbError(str(wrong[0]))
    return talk


def _talk(file: str, raw: bytes, problems: list[ImportProblem]) -> Talk:
    if is_word(raw):
        turns = read_conversation(read_word(file, raw))
    else:
        text = decoded(file, raw, problems).removeprefix("\ufeff")
        if is_vtt(text) or is_srt(text):
            turns = read_captions(file, text)
        else:
            turns = read_conversation(text.splitlines())
    return Talk(turns, tuple(who_asks(turns)))


def is_it(head: str) -> bool:
    """Whether a file that begins like this is a transcript: captions, or two who speak in turn."""
    if is_vtt(head) or is_srt(head):
        return True
    lines = head.splitlines()[:400]
    turns = read_conversation(lines)
    spoken = [turn for turn in turns if turn.speaker is not None]
    talks = len(spoken) > 3 or any("?" in turn.text for turn in spoken)
    return talks and len({turn.speaker for turn in spoken}) > 1 and 2 * len(spoken) >= len(turns)


def entries(file: str, raw: bytes, problems: list[ImportProblem], asked: Asked) -> Iterator[Entry]:
    """A transcript as one entry; of which interview it is and who asks in it is asked."""
    try:
        talk = _talk(file, raw, problems)
    except InfonbError as error:
        problems.append(ImportProblem(file, 1, "", "", str(error).removeprefix(f"{file} ")))
        return
    if is_word(raw) and len(talk.speakers) < 2:
        what = (
            "is a Word document in which no two speakers were found. A transcript has a name "
            "before what each of them says (Sam: Why?); a table belongs into a spreadsheet: "
            "copy it there and save that as CSV or .xlsx."
        )
        problems.append(ImportProblem(file, 1, "", "", what))
        return
    interview = _interview(file, talk, asked, problems)
    asks = _who_asks(file, talk, interview, asked, problems)
    found = [] if asks is None else talk.asked(asks or None, asked.own)
    said = {turn.name: turn for turn in found}
    answers = _answers(file, talk, said, asks or None, asked, problems)
    if interview is None or asks is None:
        return
    turns = [
        {"speaker": turn.speaker, "text": turn.text, "at": turn.at}
        if turn.at is not None else {"speaker": turn.speaker, "text": turn.text}
        for turn in talk.turns
    ]  # fmt: skip
    data: dict[str, Any] = {
        "interview": interview.id, "asks": asks or None, "turns": turns,
        "text": "\n\n".join(turn.text for turn in talk.turns),
    }  # fmt: skip
    if answers:
        data["answers"] = answers
    yield Entry("transcript", data, file, 1)


def _interview(
    file: str, talk: Talk, asked: Asked, problems: list[ImportProblem]
) -> KnownInterview | None:
    """The interview that a transcript is of, as was said; else it is asked."""
    speakers = {fold_title(name) for name in talk.speakers}
    known = sorted(asked.interviews(), key=lambda one: fold_title(one.person) not in speakers)
    if not known:
        what = (
            "is a transcript, and there is no interview yet to which it belongs: plan it first "
            "(the Prepare form, or journal.plan_interview), then import this file."
        )
        problems.append(ImportProblem(file, 1, "", "", what))
        return None
    wanted = fold_title(asked.interview or "")
    meant = [one for one in known if one.id == asked.interview] or [
        one for one in known if wanted and wanted == fold_title(one.person)
    ]
    if len(meant) == 1:
        return meant[0]
    listed = "; ".join(str(one) for one in (meant or known)[:5])
    more = len(meant or known) - 5
    what = f"of which interview is this the transcript? {listed}" + (
        f"; and {more} more." if more > 0 else "."
    )
    if asked.interview:
        several = "several interviews" if meant else "no interview"
        what = f"{asked.interview!r} names {several}; {what}"
    options = tuple(_told_apart(meant or known))
    problems.append(ImportProblem(file, 1, "", "", what, asks="interview", options=options))
    return None


def _told_apart(known: Sequence[KnownInterview]) -> Iterator[str]:
    """What each of some interviews is called: by whom, where that is one alone; else its id."""
    people = [fold_title(one.person) for one in known]
    for one in known:
        yield one.person if people.count(fold_title(one.person)) == 1 else one.id


def _who_asks(
    file: str,
    talk: Talk,
    interview: KnownInterview | None,
    asked: Asked,
    problems: list[ImportProblem],
) -> str | None:
    """Who asks, as was said; empty where nobody does, None where that is asked."""
    if not talk.speakers or fold_title(asked.asks or "") == NOBODY:
        return ""
    by_name = {fold_title(name): name for name in talk.speakers}
    if asked.asks and fold_title(asked.asks) in by_name:
        return by_name[fold_title(asked.asks)]
    speakers = who_asks(talk.turns, [interview.person] if interview else [])
    said = f"{asked.asks!r} is none of the speakers; " if asked.asks else ""
    shares = "; ".join(
        f"{name!r}, such as {_shortened(next(t.text for t in talk.turns if t.speaker == name))!r}"
        for name in speakers[:6]
    )
    what = f"{said}who of the speakers asks? {shares}."
    problems.append(ImportProblem(file, 1, "", "", what, asks="asks", options=(*speakers, NOBODY)))
    return None


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _answers(
    file: str,
    talk: Talk,
    said: Mapping[str, AskedTurn],
    asks: str | None,
    asked: Asked,
    problems: list[ImportProblem],
) -> dict[str, str]:
    """Question -> what was answered, for those turns that a person said what they ask."""
    keys = choices(asked.own)
    settled: dict[int, str] = {}
    for name, key in asked.answers.items():
        turn = said.get(name)
        if turn is None:
            what = "isn't a turn that asks; " + (
                f"those that do are {', '.join(list(said)[:8])}." if said else "none does."
            )
            problems.append(ImportProblem(file, 1, name, repr(key), what))
        elif key not in keys:
            own = asked.own.key(key) if key else None
            if own is not None:
                settled[turn.number] = own
                continue
            what = f"is no question; write one of {', '.join(keys)}."
            problems.append(ImportProblem(file, talk.turns[turn.number - 1].row, name, repr(key),
                                          what, asks="answers",
                                          options=(*turn.proposals, NO_QUESTION)))  # fmt: skip
        else:
            settled[turn.number] = key
    offered = [turn for turn in said.values() if turn.number not in settled]
    if language := language_unknown([*said.values()]):
        what = (
            f"what is asked seems to be in another language ({language}); how questions are "
            "asked is known in English, Spanish, German and French, so the proposals are guesses."
        )
        problems.append(ImportProblem(file, 1, "", "", what, error=False))
    for turn in offered:
        what = (
            f"may be {', '.join(turn.proposals)}; it becomes an answer only where you say so."
            if turn.proposals else "asks something; it becomes an answer only where you say so."
        )  # fmt: skip
        row = talk.turns[turn.number - 1].row
        problems.append(ImportProblem(
            file, row, turn.name, repr(_shortened(turn.text)), what, error=False, asks="answers",
            options=(*turn.proposals, ANOTHER, NO_QUESTION),
        ))  # fmt: skip
    stops = {turn.number for turn in offered}
    return _said_to(talk, settled, stops, asks)


def _said_to(
    talk: Talk, settled: Mapping[int, str], stops: set[int], asks: str | None
) -> dict[str, str]:
    """What others say after a turn that asks, up to the next one."""
    texts: dict[str, list[str]] = {}
    current: str | None = None
    for number, turn in enumerate(talk.turns, 1):
        if number in settled and settled[number] != NO_QUESTION:
            current = settled[number]
        elif number in stops:
            current = None
        elif current is not None and number not in settled and turn.speaker != (asks or ""):
            texts.setdefault(current, []).append(turn.text)
    return {key: "\n\n".join(parts) for key, parts in texts.items()}


def choices(own: OwnQuestions) -> tuple[str, ...]:
    """What ``answers`` may say that a turn of a transcript asks.

    Examples
    --------
    >>> choices(OwnQuestions())[-1]
    'not a question'
    """
    return (*method.QUESTIONS, *own, method.NOTES.key, method.ASK_NEXT.key, NO_QUESTION)


def take(validation: Validation, entry: Entry, id: str) -> str:
    """Keep a transcript with its interview, and what was said to the questions that were named.

    One that is there keeps its text: somebody may have corrected it. An answer that is there
    keeps its words, too; what the transcript says stands beside them.
    """
    data, write, before = entry.data, validation.write, validation.write.touched
    text: str | None = validation.checked(entry, "text", columns.text, data.get("text"), "text")
    same = {"interview_id": str(data.get("interview")), "text": text}
    known = write.find(schema.transcript, id)
    if known is None and text and (found := write.first(schema.transcript, same)):
        known = write.the(schema.transcript, found)
    if known is not None and data.get("id") is None:
        id, entry = known["id"], replace(entry, data={**data, "text": known["text"]})
    what = upsert.take_transcript(validation, entry, id)
    answers = validation.part(entry, "answers", dict)
    row = write.find(schema.transcript, id) if answers else None
    if row is None:
        return what
    for question, said in answers.items():
        place = f"answers.{question}"
        key = validation.question(entry, place, question)
        words = validation.checked(entry, place, columns.text, said, "text")
        if key is None or not words:
            continue
        BesideParts(validation, row["interview_id"], entry).answer(key, {"text": words})
    return what if what == "added" or write.touched == before else "updated"
