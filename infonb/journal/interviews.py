"""Interviews: planned, held, answered question by question."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from infonb.errors import InfonbError
from infonb.frame import MOMENT, REAL, TEXT, TRUTH, WHOLE, frame
from infonb.journal import columns, schema
from infonb.journal.base import KEEP, as_record, id_of
from infonb.journal.people import Considering, question_in_words
from infonb.journal.records import Answer, Interview, Occupation, Person, SkillMention
from infonb.journal.transaction import StaleAnswer, Transaction

if TYPE_CHECKING:
    import pandas as pd

_COALESCE_SECONDS = 60
_DELETION_KEPT = 40
_SAVED = (
    "text", "rating", "why", "weight", "private", "version", "session", "session_at",
    "before_deletion", "updated_at",
)  # fmt: skip


def interview_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed about an interview, checked column by column; its zone is its moments'."""
    values = dict(values)
    for column in ("person_id", "occupation_id"):
        if column in values:
            values[column] = id_of(values[column], column.removesuffix("_id"))
    checked = columns.checked("interview", values)
    zones = (columns.moment(values[c], c)[1] for c in schema.TIMES["interview"] if c in values)
    if zone := next(filter(None, zones), None):
        checked.setdefault("zone", zone)
    return checked


class Interviewing(Considering):
    """The part of a journal about interviews and their answers."""

    def plan_interview(
        self,
        person: Person | str,
        occupation: Occupation | str,
        at: dt.datetime | str | None = None,
        minutes: int = 20,
        questions: Iterable[str] = (),
        research_occupation: str | None = None,
        research_organisation: str | None = None,
        confidence_before: int | None = None,
        medium: str | None = None,
        date: str | dt.date | None = None,
    ) -> Interview:
        """Plan an interview, or enter one that was held before (``date`` in the past).

        Parameters
        ----------
        person, occupation : record or id
            Whom you ask, about which occupation.
        at : datetime or ISO text, optional
            When; without a zone it is local time.
        minutes : int
            How long you asked for.
        questions : iterable of str
            Keys of the questions for the agenda, in order. Any other known question may still
            be answered.
        research_occupation, research_organisation : str, optional
            What you found out beforehand.
        confidence_before : int, optional
            1 (I would rather not) to 5 (I look forward to it).
        medium : str, optional
            In person, by phone, by video.
        date : text or date, optional
            Day, month or year of an interview held before.

        Returns
        -------
        Interview
            With status ``"planned"`` until `finish_interview`.

        Examples
        --------
        >>> nurse = journal.add_occupation("Nurse")
        >>> journal.plan_interview(journal.add_person("Ada"), nurse, questions=["path_in"]).minutes
        20
        """
        own = self.own_questions()
        keys = list(dict.fromkeys(columns.question_key(key, own) for key in questions))
        values = interview_values(
            {
                "person_id": person, "occupation_id": occupation, "scheduled_at": at,
                "minutes": minutes, "research_occupation": research_occupation,
                "research_organisation": research_organisation,
                "confidence_before": confidence_before, "medium": medium, "date": date,
            }
        )  # fmt: skip
        with self.transaction() as write:
            for table in (schema.person, schema.occupation):
                write.the(table, values[f"{table.name}_id"])
            id = write.add(schema.interview, {"status": "planned", **values})
            set_agenda(write, id, keys)
        return self.interview(id)

    def interview(self, id: str | Interview) -> Interview:
        """One interview, as it stands now, with its agenda.

        Raises
        ------
        InfonbError
            When there is none with this id.
        """
        return self._with_agenda([self._record(Interview, id_of(id, "interview"))])[0]

    def interviews(self, status: str | None = None) -> list[Interview]:
        """All interviews in order of entry, or those with one status."""
        if status is None:
            return self._with_agenda(self._records(Interview))
        columns.one_of(status, "status", schema.STATUSES)
        return self._with_agenda(self._records(Interview, status=status))

    def _with_agenda(self, interviews: list[Interview]) -> list[Interview]:
        asked: dict[str, list[str]] = {}
        query = select(schema.agenda).order_by(schema.agenda.c.position)
        if len(interviews) == 1:
            query = query.where(schema.agenda.c.interview_id == interviews[0].id)
        for row in self._rows(query):
            asked.setdefault(row["interview_id"], []).append(row["question"])
        return [replace(i, questions=tuple(asked.get(i.id, ()))) for i in interviews]

    def start_interview(
        self, interview: Interview | str, at: dt.datetime | None = None
    ) -> Interview:
        """Start the clock, once: a second call leaves the first start as it is."""
        with self.transaction() as write:
            row = self._interview_row(write, interview)
            if row["started_at"] is None:
                values = interview_values({"started_at": at or write.now})
                if row["zone"]:  # the zone it was planned in stays
                    values.pop("zone", None)
                write.change(schema.interview, row, values)
        return self.interview(row["id"])

    def record_answer(
        self,
        interview: Interview | str,
        question: str,
        text: str = KEEP,
        rating: int | None = KEEP,
        why: str | None = KEEP,
        weight: float | None = KEEP,
        private: bool = KEEP,
        version: int | None = None,
        session: str | None = None,
    ) -> Answer:
        """Save what was said to one question; on disk when it returns.

        What isn't given stays as it is (for a new answer: empty, not private). The text that is
        replaced goes to the history and can be brought back with `undo`.

        Parameters
        ----------
        interview : Interview or str
            The interview or its id.
        question : str
            A known question's key, on the agenda or not.
        text : str
            The notes, any characters.
        rating : int, optional
            Your own judgement of how good this sounds for you, 1 to 5; None removes it.
        why : str, optional
            The reason of the rating.
        weight : float, optional
            0 to 1, where this answer deserves another weight than the interview.
        private : bool
            Off the record: never in a report or export.
        version : int, optional
            The version you saw (0: you saw none). If another is stored, nothing is written.
        session : str, optional
            Name of a capture session: while one types, saves of the same session replace each
            other, and the history keeps one text a minute.

        Returns
        -------
        Answer
            As stored.

        Raises
        ------
        StaleAnswer
            When ``version`` isn't the stored one; it carries both texts.
        InfonbError
            When the interview or question isn't known, or a value is off its scale.

        Examples
        --------
        >>> answer = journal.record_answer(interview, "enjoy_most", text="The quiet", rating=4)
        >>> answer.version
        1
        """
        question = self._question(question)
        given = {
            "text": text if text is KEEP else columns.text(text, "text"),
            "rating": rating if rating is KEEP else columns.whole_number(rating, "rating", 1, 5),
            "why": why if why is KEEP else columns.text_or_none(why, "why"),
            "weight": weight if weight is KEEP else columns.weight(weight),
            "private": private if private is KEEP else columns.truth(private, "private"),
        }
        given = {column: value for column, value in given.items() if value is not KEEP}
        with self.transaction() as write:
            row = save_answer(
                write, id_of(interview, "interview"), question, given, version,
                columns.text_or_none(session, "session"),
            )  # fmt: skip
            told = question_in_words(write, question)
            write.remember_overwriting(f"the answer to {told} as it was before")
        return as_record(Answer, row)

    def end_session(self, session: str) -> int:
        """Close a capture session: from now on its texts go to the history when replaced.

        Parameters
        ----------
        session : str
            The name that `record_answer` was given.

        Returns
        -------
        int
            How many answers it had saved last.

        Examples
        --------
        >>> answer = journal.record_answer(interview, "outlook", text="Good", session="s")
        >>> journal.end_session("s")
        1
        """
        table = schema.answer
        with self.transaction() as write:
            ended = write.connection.execute(
                update(table)
                .where(table.c.session == columns.text(session, "session"))
                .values(session=None, session_at=None, before_deletion=None)
            )
            return ended.rowcount

    def answers(self, interview: Interview | str) -> list[Answer]:
        """The answers of one interview, in order of entry, private ones included."""
        return self._records(Answer, interview_id=id_of(interview, "interview"))

    def history(self, answer: Answer | str) -> pd.DataFrame:
        """All kept versions of an answer, oldest first; the last row is the current one.

        Returns
        -------
        pandas.DataFrame
            version, text, rating, why, weight, private, at, current.
        """
        id = id_of(answer, "answer")
        now = self._record(Answer, id)
        table = schema.answer_history
        kept = self._rows(
            select(table)
            .where(table.c.answer_id == id)
            .order_by(table.c.version, table.c.created_at)
        )
        rows = [
            {**row, "at": columns.read_moment(row["at"], None), "current": False} for row in kept
        ]
        rows.append({**vars(now), "at": now.updated_at, "current": True})
        return frame(
            rows,
            {
                "version": WHOLE, "text": TEXT, "rating": WHOLE, "why": TEXT, "weight": REAL,
                "private": TRUTH, "at": MOMENT, "current": TRUTH,
            },
        )  # fmt: skip

    def record_skill(
        self,
        interview: Interview | str,
        phrase: str,
        rank: int | None = None,
        skill_id: str | None = None,
        confirmed: bool = False,
    ) -> SkillMention:
        """A skill in the words in which it was said; said twice, it is kept once.

        Parameters
        ----------
        rank : int, optional
            1 to 3, 1 for the most used.

        Examples
        --------
        >>> journal.record_skill(interview, "reading drawings", rank=1).rank
        1
        """
        phrase = columns.name(phrase, "A skill")
        rank = columns.whole_number(rank, "rank", 1, 3)
        with self.transaction() as write:
            id = add_skill(
                write,
                self._interview_row(write, interview)["id"],
                {
                    "phrase": phrase, "rank": rank,
                    "confirmed": columns.truth(confirmed, "confirmed"),
                    "skill_id": columns.text_or_none(skill_id, "skill_id"),
                },
            )  # fmt: skip
            write.remember_overwriting(f"a change of the skill {phrase}")
        return self._record(SkillMention, id)

    def skills(self, interview: Interview | str) -> list[SkillMention]:
        """The skills named in one interview: ranked ones first."""
        mentions = self._records(SkillMention, interview_id=id_of(interview, "interview"))
        return sorted(mentions, key=lambda mention: mention.rank or 9)

    def confirm_skill(self, mention: SkillMention, skill_id: str | None) -> SkillMention:
        """Say what a phrase means, or that it stays in the words in which it was said.

        What is confirmed is remembered for the same words elsewhere: see `skill_aliases`.

        Parameters
        ----------
        mention : SkillMention
            From `skills` or `record_skill`.
        skill_id : str or None
            An id of ``infonb.reference.match_skill``, or a skill of your own from
            `skill_aliases`; None keeps it as said.

        Examples
        --------
        >>> mention = journal.record_skill(interview, "keeping my head")
        >>> journal.confirm_skill(mention, "1.C.4.a").confirmed
        True
        """
        with self.transaction() as write:
            row = write.the(schema.skill_mention, mention.id)
            values = {"skill_id": columns.text_or_none(skill_id, "skill_id"), "confirmed": True}
            if any(row[column] != value for column, value in values.items()):
                write.change(schema.skill_mention, row, values)
                write.remember_overwriting(f"what {row['phrase']} means")
        return self._record(SkillMention, mention.id)

    def skill_aliases(self) -> dict[str, str]:
        """Phrases whose meaning was confirmed, with the id chosen; the latest choice counts.

        A phrase kept as said is a skill of your own: its id is ``mine:`` and that of the mention,
        and other phrases can be given the same. Hand this to ``infonb.reference.match_skill``.

        Examples
        --------
        >>> mention = journal.record_skill(interview, "keeping my head")
        >>> mention = journal.confirm_skill(mention, "1.C.4.a")
        >>> journal.skill_aliases()
        {'keeping my head': '1.C.4.a'}
        """
        return {
            mention.phrase: mention.skill_id or f"mine:{mention.id}"
            for mention in self._records(SkillMention, confirmed=True)
        }

    def _question(self, key: str) -> str:
        try:
            return columns.question_key(key)
        except InfonbError:  # not a standard one: perhaps one's own
            return columns.question_key(key, self.own_questions())

    def _interview_row(self, write: Transaction, interview: Interview | str) -> dict[str, Any]:
        return write.the(schema.interview, id_of(interview, "interview"))


def set_agenda(write: Transaction, interview_id: str, keys: Iterable[str]) -> None:
    """Replace the questions of an interview's agenda."""
    table, keys = schema.agenda, list(keys)
    query = select(table).where(table.c.interview_id == interview_id).order_by(table.c.position)
    asked = write.connection.execute(query).mappings().all()
    if [row["question"] for row in asked] == keys:
        return
    for row in asked:
        write.remove(table, dict(row))
    for position, key in enumerate(keys):
        write.add(table, {"interview_id": interview_id, "question": key, "position": position})


def add_skill(write: Transaction, interview_id: str, values: Mapping[str, Any]) -> str:
    """Add a skill to an interview, or complete the mention that is there."""
    table = schema.skill_mention
    known = write.connection.execute(
        select(table).where(table.c.interview_id == interview_id)
    ).mappings()
    for row in known.all():
        if columns.fold_title(row["phrase"]) == columns.fold_title(values["phrase"]):
            changes = {
                column: values[column]
                for column in ("rank", "skill_id", "confirmed")
                if values.get(column) and values[column] not in (row[column], f"mine:{row['id']}")
            }
            if changes:
                write.change(table, dict(row), changes)
            return row["id"]
    return write.add(table, {"interview_id": interview_id, **values})


def save_answer(
    write: Transaction,
    interview_id: str,
    question: str,
    given: Mapping[str, Any],
    version: int | None = None,
    session: str | None = None,
) -> dict[str, Any]:
    """Insert or change one answer inside an open write; the row as stored."""
    stored = write.rows_of(schema.answer, interview_id=interview_id, question=question)
    found = stored[0] if stored else None
    if version is not None and version != (found["version"] if found else 0):
        raise StaleAnswer(as_record(Answer, found) if found else None, given.get("text", ""))
    if found is None:
        return _first_save(write, interview_id, question, given, session)
    if all(found[column] == value for column, value in given.items()):
        return found
    row = {**found, **given, "version": found["version"] + 1, "updated_at": write.stamp()}
    if _goes_on(found, session, write.now):
        row["before_deletion"] = _cut_so_far(write, found, row["text"])
        write_answer(write, row, found, remember=False)
        return row
    write.keep_version(found)
    row |= {"session": session, "session_at": row["updated_at"], "before_deletion": None}
    write_answer(write, row, found)
    write.changed(schema.answer, found, {column: row[column] for column in given})
    return row


def _first_save(
    write: Transaction,
    interview_id: str,
    question: str,
    given: Mapping[str, Any],
    session: str | None,
) -> dict[str, Any]:
    write.the(schema.interview, interview_id)
    at = write.stamp()
    row = {
        "id": uuid.uuid4().hex, "interview_id": interview_id, "question": question, "text": "",
        "rating": None, "why": None, "weight": None, "private": False, **given, "version": 1,
        "session": session, "session_at": at, "before_deletion": None, "updated_at": at,
        "created_at": at,
    }  # fmt: skip
    write.add(schema.answer, row)
    return row


def write_answer(
    write: Transaction, row: Mapping[str, Any], found: Mapping[str, Any], remember: bool = True
) -> None:
    """Store an answer's row as it is given; marked passages stay on their words."""
    if row["text"] != found["text"]:
        write.move_codings(row["id"], found["text"], row["text"], remember)
    write.change(schema.answer, row, {column: row[column] for column in _SAVED}, remember=False)


def _goes_on(row: Mapping[str, Any], session: str | None, now: dt.datetime) -> bool:
    """Whether a save belongs to the same minute of the same session as the one before."""
    if session is None or row["session"] != session or row["session_at"] is None:
        return False
    since = columns.read_moment(row["session_at"], None) or now
    return 0 <= (now - since).total_seconds() <= _COALESCE_SECONDS


def _cut_so_far(write: Transaction, found: Mapping[str, Any], text: str) -> str | None:
    """The text before a deletion that goes on save by save; kept once it is a long one."""
    longest = found["before_deletion"]
    if longest is None or len(found["text"]) >= len(longest):
        longest = found["text"]
    if len(longest) - len(text) > _DELETION_KEPT:
        write.keep_version(found, longest)
        return None
    return longest if len(text) < len(longest) else None
