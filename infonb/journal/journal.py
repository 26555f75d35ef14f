"""`Journal`: everything that was logged, in one class with a method for each thing one does."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import time
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Boolean, Connection, Engine, Select, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from infonb import clock, files, method, reference
from infonb.errors import InfonbError
from infonb.files import scratch_folder
from infonb.html_repr import html_repr
from infonb.journal import backups, columns, forget, integrity, restore, schema
from infonb.journal.backups import back_up_today, keep_open
from infonb.journal.columns import as_record
from infonb.journal.contacts import add_contact, set_consent
from infonb.journal.engine import make_engine, shown
from infonb.journal.errors import DamagedJournal, JournalMoved, fault, translated
from infonb.journal.expectations import add_expectation, set_reflection
from infonb.journal.follow_up import (
    add_task,
    finish_interview,
    owe_the_news,
    set_conduct,
    set_message,
    tasks_frame,
    tasks_query,
)
from infonb.journal.forget import Forgotten
from infonb.journal.interviews import (
    add_skill,
    history_frame,
    history_query,
    interview_values,
    save_answer,
    set_agenda,
)
from infonb.journal.open_files import OpenFile
from infonb.journal.people import (
    add_occupation,
    add_referral,
    occupation_values,
    person_values,
    question_in_words,
)
from infonb.journal.question_keys import OwnQuestions, new_key
from infonb.journal.records import (
    Answer,
    Coding,
    Conduct,
    Consent,
    Contact,
    Decision,
    Expectation,
    Importance,
    Interview,
    Lead,
    Message,
    Occupation,
    Outcome,
    Person,
    Record,
    Reflection,
    SkillMention,
    Strength,
    Task,
    Theme,
    Transcript,
    id_of,
    table_of,
)
from infonb.journal.risky_folders import warn_about
from infonb.journal.themes import add_theme, mark, merge_themes
from infonb.journal.transaction import Transaction, writing
from infonb.journal.undo import Step, last_step, undo
from infonb.journal.update import changed_values
from infonb.journal.upgrade import prepare
from infonb.locations import file_of, is_url
from infonb.privacy import registry

if TYPE_CHECKING:
    import pandas as pd

    from infonb.exchange import ImportReport
    from infonb.findings import Findings


_LOOK_FOR_BACKUP_SECONDS = 600
R = TypeVar("R", bound=Record)
_OF_A_SESSION = ("session", "session_at", "before_deletion")


class _Unset:
    """Says "leave it as it is"; the default of arguments where None means "remove it"."""

    def __repr__(self) -> str:
        return "as it is"


_UNSET: Any = _Unset()


class Journal:
    """A journal of informational interviews, in a SQLite file or a PostgreSQL database.

    Made by ``infonb.open``. Use it in a ``with`` block, or call `close`. It may be used from any
    thread, and by several processes at once. Everything a method writes is on disk when the
    method returns; what was removed or overwritten comes back with `undo`.

    Parameters
    ----------
    location : str
        A file path, or a URL such as ``postgresql+psycopg://host/database``.

    Examples
    --------
    >>> import infonb
    >>> with infonb.sample() as journal:
    ...     len(journal.interviews(status="done"))
    21
    """

    is_throw_away: bool = False
    """Whether it is a sample's copy, gone with the program that opened it."""

    def __init__(self, location: str) -> None:
        files.remove_leftovers()
        self.location: str = shown(location)
        self.path: Path | None = None if is_url(location) else file_of(location)
        self._file = OpenFile(self.path) if self.path is not None else None
        self._engine = make_engine(location, self._file)
        # for those who never close it
        weakref.finalize(self, _dispose, self._engine, os.getpid(), self._file)
        self._writing = self._engine.execution_options(infonb_write=True)
        # a moment, not one per statement; SQLite reads like this anyway
        self._reading = (
            self._engine
            if self.path is not None
            else self._engine.execution_options(isolation_level="REPEATABLE READ")
        )
        self._process = os.getpid()
        self._wrote = False
        self._damage: DamagedJournal | None = None
        self._rescued: Path | None = None
        if self.path is not None:
            warn_about(self.path)
        try:
            with self._plainly():
                prepare(self._engine, location)
            self.id: str = self.setting("journal_id") or ""
            self._keep_today()
        except BaseException:
            self._engine.dispose()
            raise
        where = location if self.path is None else str(self.path.absolute())
        registry.add(self, where)  # pyright: ignore[reportArgumentType]
        forget.finish(self)

    def __repr__(self) -> str:
        return f"<infonb journal {self.location}>"

    def _repr_html_(self) -> str:
        """What is in it, counted; nobody's name, since outputs are saved in notebooks."""
        t = schema
        counted = {
            "occupations": t.occupation, "people": t.person, "interviews": t.interview,
            "answers": t.answer, "tasks": t.task,
        }  # fmt: skip
        with self._read() as connection:
            rows = [
                (name, connection.execute(select(func.count()).select_from(table)).scalar())
                for name, table in counted.items()
            ]
        next_lines = ["journal.findings()", "infonb.widgets.Prepare(journal)", "journal.tasks()"]
        return html_repr(f"Journal {self.location}", rows, next_lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections. Everything that returned before is already on disk."""
        try:
            if self._wrote:
                self._wrote = False
                self._keep_today()
        finally:
            registry.close(self)  # pyright: ignore[reportArgumentType]
            _dispose(self._engine, self._process, self._file)

    def today(self) -> dt.date:
        """Today, or the day a sample is fixed to."""
        fixed = self.setting("today")
        if not fixed:
            return clock.today()
        try:
            return dt.date.fromisoformat(fixed)
        except ValueError:
            reason = f"it is fixed to the day {fixed!r}, which is none"
            raise fault(DamagedJournal, self.location, reason) from None

    def setting(self, key: str) -> str | None:
        """A setting of this journal, such as ``"journal_id"``, or None."""
        with self._read() as connection:
            return connection.execute(
                select(schema.meta.c.value).where(schema.meta.c.key == key)
            ).scalar()

    def keep_setting(self, key: str, value: str) -> None:
        """Set a setting of this journal."""
        with self.transaction() as write:
            write.keep_setting(key, value)

    @property
    def state(self) -> str | None:
        """The state you would live in, whose pay stands beside the nation's; None at first.

        Examples
        --------
        >>> journal.set_state("vermont")
        >>> journal.state
        'Vermont'
        """
        return self.setting("state") or None

    def set_state(self, state: str | None) -> None:
        """Choose the state you would live in; None: none.

        Raises
        ------
        InfonbError
            When the wage survey knows no such state.
        """
        self.keep_setting("state", reference.known_state(state) if state else "")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One write: all on disk at the end of the ``with`` block, or nothing when it raises.

        Raises
        ------
        JournalFault
            When the journal can't be written.

        Examples
        --------
        >>> from infonb.journal import schema
        >>> with journal.transaction() as write:
        ...     id = write.add(schema.theme, {"name": "being needed"})
        >>> [theme.name for theme in journal.themes()]
        ['being needed']
        """
        if time.monotonic() > self._look_again:  # a kernel may run for days
            self._keep_today()
        if self._damage is not None:  # what is damaged is only read from now on
            raise self._damage
        self._wrote = True
        with self._plainly():
            if self._file is not None and not self._file.is_there():
                raise fault(JournalMoved, self.location)
            with writing(self._writing) as write:
                yield write

    # occupations, people and oneself ----------------------------------------------------------

    def add_occupation(
        self,
        title: str,
        soc: str | None = None,
        interest: int | None = None,
        notes: str | None = None,
    ) -> Occupation:
        """An occupation you would really pursue; the same title gives the one that is there.

        Parameters
        ----------
        title : str
            In your own words; case and space don't tell titles apart.
        soc : str, optional
            A SOC 2018 code such as ``"17-2141"``. Given later, it is filled in where none was.
        interest : int, optional
            How seriously you consider it, 1 to 5.
        notes : str, optional
            Anything.

        Returns
        -------
        Occupation

        Raises
        ------
        InfonbError
            When the title is empty or a value is off its scale.

        Examples
        --------
        >>> journal.add_occupation("Beekeeper") == journal.add_occupation(" beekeeper ")
        True
        """
        given = {"soc": soc, "interest": interest, "notes": notes}
        values = occupation_values({"title": title, **given})
        with self.transaction() as write:
            id = add_occupation(write, values)
        return self._record(Occupation, id)

    def add_person(
        self,
        name: str,
        source: str | None = None,
        name_from: str | None = None,
        referred_by: Person | str | None = None,
        job_title: str | None = None,
        organisation: str | None = None,
        email: str | None = None,
        phone: str | None = None,
        has_card: bool = False,
        may_be_named: bool = False,
        notes: str | None = None,
        workplace: str | None = None,
        years: int | None = None,
        profile: str | None = None,
    ) -> Person:
        """A person to talk to; always a new one, since two people can share a name.

        Parameters
        ----------
        name : str
            As you would address the person.
        source : str, optional
            How you can know of them: a key of ``infonb.method.SOURCES``.
        name_from : str, optional
            How you got the name, in words; the request begins with it.
        referred_by : Person or str, optional
            The person who named them, or that person's id.
        job_title, organisation, email, phone, profile, notes : str, optional
            Contact and context; left out of every report. A profile's address tells namesakes
            apart.
        workplace : str, optional
            Its kind, such as hospital or small firm; never the employer.
        years : int, optional
            Years in the occupation, 0 to 80.
        has_card, may_be_named : bool
            Whether you hold their business card; whether they agreed to be named.

        Returns
        -------
        Person

        Examples
        --------
        >>> journal.add_person("Ada L.", source="friend").may_be_named
        False
        """
        with self.transaction() as write:
            values = person_values(
                write,
                {
                    "name": name, "source": source, "name_from": name_from,
                    "referred_by": referred_by, "job_title": job_title,
                    "organisation": organisation, "email": email, "phone": phone,
                    "has_card": has_card, "may_be_named": may_be_named, "notes": notes,
                    "workplace": workplace, "years": years, "profile": profile,
                },
            )  # fmt: skip
            id = write.add(schema.person, values)
        return self._record(Person, id)

    def occupations(self) -> list[Occupation]:
        """All occupations, in order of entry."""
        return self._records(Occupation)

    def people(self) -> list[Person]:
        """All people, in order of entry."""
        return self._records(Person)

    def person(self, id: str | Person) -> Person:
        """One person, as they stand now.

        Raises
        ------
        InfonbError
            When there is none with this id.

        Examples
        --------
        >>> journal.person(journal.add_person("Ada").id).name
        'Ada'
        """
        return self._record(Person, id_of(id, "person"))

    def occupation(self, id: str | Occupation) -> Occupation:
        """One occupation, as it stands now.

        Raises
        ------
        InfonbError
            When there is none with this id.

        Examples
        --------
        >>> journal.occupation(journal.add_occupation("Beekeeper")).title
        'Beekeeper'
        """
        return self._record(Occupation, id_of(id, "occupation"))

    def add_strength(self, phrase: str, skill_id: str | None = None) -> Strength:
        """One of your own strengths; the same words give the one that is there.

        Examples
        --------
        >>> journal.add_strength("staying calm").phrase
        'staying calm'
        """
        phrase = columns.name(phrase, "A strength")
        values = {"phrase": phrase, "skill_id": columns.text_or_none(skill_id, "skill_id")}
        with self.transaction() as write:
            known = write.named(schema.strength.c.phrase, phrase)
            id = known["id"] if known else write.add(schema.strength, values)
        return self._record(Strength, id)

    def strengths(self) -> list[Strength]:
        """Your own strengths, in order of entry."""
        return self._records(Strength)

    def set_importance(self, question: str, value: float) -> Importance:
        """How much a question matters to you: 0 (I don't mind) to 5 (it decides).

        Examples
        --------
        >>> journal.set_importance("home_life", 4).value
        4.0
        """
        question = columns.question_key(question, self.own_questions())
        checked = columns.number(value, f"importance of {question}", 0, 5)
        if checked is None:
            raise InfonbError(f"importance of {question} is missing; give a number from 0 to 5.")
        with self.transaction() as write:
            row = write.find(schema.importance, question)
            if row is None:
                write.add(schema.importance, {"id": question, "value": checked})
            elif row["value"] != checked:
                write.change(schema.importance, row, {"value": checked})
                told = question_in_words(write, question)
                write.remember_overwriting(f"a change of the importance of {told}")
        return Importance(question, checked)

    def importances(self) -> dict[str, float]:
        """Question key to its importance, 0 to 5, for those that were set."""
        return {record.id: record.value for record in self._records(Importance)}

    def add_question(
        self,
        prompt: str,
        short: str | None = None,
        low: str | None = None,
        high: str | None = None,
    ) -> str:
        """A question of your own; its key, to be used like those of the standard ones.

        The key says nothing of the question. The same prompt gives the question that is there.

        Parameters
        ----------
        prompt : str
            What you will ask.
        short : str, optional
            A label for charts.
        low, high : str, optional
            What a rating of 1 and of 5 means; without them the answer can still be rated.

        Examples
        --------
        >>> key = journal.add_question("Do you travel?")
        >>> journal.questions()[key].prompt, journal.add_question("do you travel?") == key
        ('Do you travel?', True)
        """
        prompt = columns.name(prompt, "A question")
        given = {"short": short, "low": low, "high": high}
        more = {column: columns.text_or_none(text, column) for column, text in given.items()}
        with self.transaction() as write:
            known = write.named(schema.question.c.prompt, prompt)
            if known is not None:
                return known["id"]
            return write.add(schema.question, {"id": new_key(), "prompt": prompt, **more})

    def questions(self) -> dict[str, method.Question]:
        """All questions that can be asked here: the standard ones and your own."""
        rows = self._rows(select(schema.question).order_by(schema.question.c.created_at))
        own = {
            row["id"]: method.own_question(
 row["id"], row["prompt"], row["short"], row["low"], row["high"]
)
            for row in rows
        }  # fmt: skip
        return {**method.QUESTIONS, **own}

    def own_questions(self) -> OwnQuestions:
        """Your own questions, key to prompt, found by the keys they had before, too."""
        with self._read() as connection:
            return OwnQuestions.read(connection)

    # interviews and what was said -------------------------------------------------------------

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
            How: "in person", "phone", "video" or in own words.
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
        text: str = _UNSET,
        rating: int | None = _UNSET,
        why: str | None = _UNSET,
        weight: float | None = _UNSET,
        private: bool = _UNSET,
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
            "text": text if text is _UNSET else columns.text(text, "text"),
            "rating": rating if rating is _UNSET else columns.whole_number(rating, "rating", 1, 5),
            "why": why if why is _UNSET else columns.text_or_none(why, "why"),
            "weight": weight if weight is _UNSET else columns.weight(weight),
            "private": private if private is _UNSET else columns.truth(private, "private"),
        }
        given = {column: value for column, value in given.items() if value is not _UNSET}
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

    def answers(self, interview: Interview | str | None = None) -> list[Answer]:
        """The answers, of all or of one interview, in order of entry, private ones included."""
        where = {} if interview is None else {"interview_id": id_of(interview, "interview")}
        return self._records(Answer, **where)

    def history(self, answer: Answer | str) -> pd.DataFrame:
        """All kept versions of an answer, oldest first; the last row is the current one.

        Returns
        -------
        pandas.DataFrame
            version, text, rating, why, weight, private, at, current.
        """
        id = id_of(answer, "answer")
        now = self._record(Answer, id)
        return history_frame(self._rows(history_query(id)), now)

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
        values = {
            "phrase": columns.name(phrase, "A skill"),
            "rank": columns.whole_number(rank, "rank", 1, 3),
            "confirmed": columns.truth(confirmed, "confirmed"),
            "skill_id": columns.text_or_none(skill_id, "skill_id"),
        }
        with self.transaction() as write:
            id = add_skill(write, self._interview_row(write, interview)["id"], values)
            write.remember_overwriting(f"a change of the skill {values['phrase']}")
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

    # after an interview -----------------------------------------------------------------------

    def finish_interview(
        self,
        interview: Interview | str,
        weight: float | None = None,
        weight_reason: str | None = None,
        confidence_after: int | None = None,
        ended_at: dt.datetime | str | None = None,
        date: str | dt.date | None = None,
    ) -> Interview:
        """Mark an interview as done; the thank-you falls due the same day.

        Parameters
        ----------
        weight : float, optional
            The grain of salt: 0 (leave it out) to 1 (trust it fully); without one it counts 1.
        weight_reason : str, optional
            Why this weight.
        confidence_after : int, optional
            1 to 5.
        ended_at : datetime or ISO text, optional
            By default now, when the clock was started.
        date : text or date, optional
            When it was held; by default the day it started or was planned for, else today.

        Returns
        -------
        Interview

        Examples
        --------
        >>> journal.finish_interview(interview, weight=0.8, weight_reason="New in the job").status
        'done'
        """
        given = {
            "weight": weight, "weight_reason": weight_reason,
            "confidence_after": confidence_after, "date": date,
        }  # fmt: skip
        values = interview_values({k: v for k, v in given.items() if v is not None})
        with self.transaction() as write:
            row = self._interview_row(write, interview)
            finish_interview(write, row, values, ended_at, self.today())
            write.remember_overwriting("a change of what followed an interview")
        return self.interview(row["id"])

    def record_trial(
        self, occupation: Occupation | str, date: str | dt.date | None = None
    ) -> Interview:
        """You tried an occupation yourself: a day of shadowing, a course, a trial day.

        It is kept as an interview with yourself, shown apart as first-hand and never counted: in
        coverage, people, ratings, skills or what leads. Rate the same questions as for people.

        Parameters
        ----------
        date : text or date, optional
            Day, month or year; by default today. The same day is the same interview.

        Returns
        -------
        Interview
            Done; `record_answer` notes how it was.

        Examples
        --------
        >>> day = journal.record_trial(interview.occupation_id, date="2026-06-02")
        >>> journal.record_answer(day, "typical_day", text="On my feet all day", rating=4).rating
        4
        >>> journal.findings().coverage()["interviews"].tolist()
        [0]
        """
        day = columns.partial_date(date) if date is not None else self.today().isoformat()
        with self.transaction() as write:
            about = write.the(schema.occupation, id_of(occupation, "occupation"))["id"]
            of = {"occupation_id": about, "medium": method.TRIED_IT, "date": day, "status": "done"}
            p = schema.person
            me = write.named(p.c.name, method.ONESELF) or {}
            person = me.get("id") or write.add(
                p, {"name": method.ONESELF, "has_card": False, "may_be_named": False}
            )
            of["person_id"] = person
            id = write.first(schema.interview, of) or write.add(schema.interview, of)
        return self.interview(id)

    def add_referral(
        self,
        interview: Interview | str,
        name: str,
        note: str | None = None,
        **more: Any,
    ) -> Person:
        """Somebody the interviewee named becomes a person, with the link kept.

        Parameters
        ----------
        name : str
            Who was named. The same name from the same interviewee gives the one that is there.
        note : str, optional
            What was said about them.
        **more
            Anything `add_person` takes, such as ``email`` or ``job_title``.

        Returns
        -------
        Person
            With source ``"referral"`` and ``referred_by`` set.

        Examples
        --------
        >>> journal.add_referral(interview, "Grace H.", note="knows the night shift").source
        'referral'
        """
        name = columns.name(name, "A person's name")
        with self.transaction() as write:
            by = self._interview_row(write, interview)["person_id"]
            id = add_referral(write, by, name, {"notes": note, **more})
        return self._record(Person, id)

    def add_lead(
        self, interview: Interview | str, text: str, kind: str = "job", status: str = "open"
    ) -> Lead:
        """A job, internship, event or reading you heard of.

        Parameters
        ----------
        text : str
            What you heard.
        kind : str
            job, internship, event or reading. Kind and text may come in either order.
        status : str
            A word of your own; a new lead is open.

        Examples
        --------
        >>> journal.add_lead(interview, "Open day in May", kind="event").status
        'open'
        """
        if text in schema.LEAD_KINDS and kind not in schema.LEAD_KINDS:
            text, kind = kind, text
        values = {
            "text": columns.name(text, "A lead"),
            "kind": columns.one_of(kind, "kind", schema.LEAD_KINDS),
            "status": columns.name(status, "A lead's status"),
        }
        with self.transaction() as write:
            interview_id = self._interview_row(write, interview)["id"]
            said = {"interview_id": interview_id, "text": values["text"], "kind": values["kind"]}
            id = write.first(schema.lead, said) or write.add(schema.lead, {**said, **values})
        return self._record(Lead, id)

    def leads(self, interview: Interview | str) -> list[Lead]:
        """The leads of one interview."""
        return self._records(Lead, interview_id=id_of(interview, "interview"))

    def record_conduct(self, interview: Interview | str, item: str, score: int) -> Conduct:
        """How you did on one item of the checklists: 0 no, 1 partly, 2 yes.

        Examples
        --------
        >>> journal.record_conduct(interview, "kept_to_time", 2).score
        2
        """
        known = [entry.key for items in method.CHECKLISTS.values() for entry in items]
        columns.one_of(item, "checklist item", known)
        checked = columns.whole_number(score, item, 0, 2)
        if checked is None:
            raise InfonbError(f"{item} is missing; 0 is no, 1 partly, 2 yes.")
        with self.transaction() as write:
            interview_id = self._interview_row(write, interview)["id"]
            id = set_conduct(write, interview_id, item, checked)
            write.remember_overwriting(f"a change of {item}")
        return self._record(Conduct, id)

    def conduct(self, interview: Interview | str) -> dict[str, int]:
        """Checklist item to score, for one interview."""
        records = self._records(Conduct, interview_id=id_of(interview, "interview"))
        return {record.item: record.score for record in records}

    def add_task(
        self,
        interview: Interview | str | None,
        kind: str = "follow_up",
        due: str | dt.date | None = None,
        draft: str | None = None,
    ) -> Task:
        """Something owed; one of each kind per interview, a later call changes it.

        Parameters
        ----------
        kind : str
            thank_you, review_notes, follow_up or tell_outcome.
        due : date or ISO text, optional
            By when.
        draft : str, optional
            What to write.
        """
        columns.one_of(kind, "kind", schema.TASK_KINDS)
        due_day = columns.day(due, "due")
        with self.transaction() as write:
            interview_id = self._interview_row(write, interview)["id"] if interview else None
            id = add_task(write, interview_id, kind, due_day, columns.text_or_none(draft, "draft"))
            write.remember_typing("a change of a task")
        return self._record(Task, id)

    def task(self, task: Task | str) -> Task:
        """One task, as it stands now.

        Raises
        ------
        InfonbError
            When there is none.
        """
        return self._record(Task, id_of(task, "task"))

    def keep_message(self, interview: Interview | str, kind: str, text: str | None) -> None:
        """Keep what one wrote to an interviewee; nothing is sent.

        Parameters
        ----------
        kind : str
            request, phone_script or referral. (A thank-you and news are drafts of their tasks.)
        text : str or None
            Replaces what was kept; blank text takes it away, so that a fresh draft is offered.

        Examples
        --------
        >>> journal.keep_message(interview, "request", "Dear Sam, …")
        >>> journal.messages(interview)
        {'request': 'Dear Sam, …'}
        """
        columns.one_of(kind, "kind", schema.MESSAGE_KINDS)
        kept = columns.text_or_none(text, "A message")
        with self.transaction() as write:
            set_message(write, self._interview_row(write, interview)["id"], kind, kept)
            write.remember_typing("a change of a message")

    def messages(self, interview: Interview | str) -> dict[str, str]:
        """What one wrote to the person of an interview, by kind."""
        records = self._records(Message, interview_id=id_of(interview, "interview"))
        return {record.kind: record.text for record in records}

    def done(self, task: Task | str) -> Task:
        """A task is done; a second call leaves the first time as it is."""
        with self.transaction() as write:
            row = write.the(schema.task, id_of(task, "task"))
            if row["done_at"] is None:
                write.change(schema.task, row, {"done_at": write.stamp()})
                write.remember("a task marked as done")
        return self._record(Task, row["id"])

    def tasks(self, due_by: str | dt.date | None = None) -> pd.DataFrame:
        """What is owed, the earliest first; done tasks are left out when ``due_by`` is given.

        Parameters
        ----------
        due_by : date or ISO text, optional
            Only open tasks that are due on or before this day.

        Returns
        -------
        pandas.DataFrame
            task (id), kind, due, overdue, done_at, person, occupation, interview (id), draft.
        """
        last = columns.partial_date(due_by, "due_by")
        return tasks_frame(self._rows(tasks_query(last)), self.today())

    def record_decision(
        self,
        occupation: Occupation | str | None = None,
        next_step: str | None = None,
        why: str | None = None,
        plan: str | None = None,
        look_again: dt.date | str | None = None,
    ) -> Decision:
        """What you decided for now, the next step, and why.

        Parameters
        ----------
        plan : str, optional
            ``"A"``, or ``"B"`` for what you do if A doesn't work out.
        look_again : date or ISO text, optional
            The day on which you want to look at it again.

        Raises
        ------
        InfonbError
            When nothing is given at all.

        Examples
        --------
        >>> journal.record_decision(None, "Ask one more nurse", "the answers are split").next_step
        'Ask one more nurse'
        """
        occupation_id = None if occupation is None else id_of(occupation, "occupation")
        given = {"next_step": next_step, "why": why, "plan": plan, "look_again": look_again}
        values = {"occupation_id": occupation_id, **columns.checked("decision", given)}
        if not any(values.values()):
            raise InfonbError(
                "This decides nothing yet: give an occupation, a next step, or why you wait."
            )
        with self.transaction() as write:
            if occupation_id:
                write.the(schema.occupation, occupation_id)
            id = write.add(schema.decision, {**values, "at": write.stamp()})
        return self._record(Decision, id)

    def decisions(self) -> list[Decision]:
        """All decisions, in order of time."""
        return self._records(Decision)

    def record_outcome(
        self,
        kind: str,
        title: str | None = None,
        organisation: str | None = None,
        note: str | None = None,
        at: dt.datetime | str | None = None,
    ) -> Outcome:
        """How the search ended; everyone you interviewed is now to be told, once each.

        Parameters
        ----------
        kind : str
            In a word: job, training, study, none, …
        title, organisation, note : str, optional
            What it is, and where.
        at : datetime or ISO text, optional
            When; by default now.
        """
        with self.transaction() as write:
            when = columns.moment_or_day(at, "at") or write.stamp()
            id = write.add(
                schema.outcome,
                {
                    "kind": columns.name(kind, "How the search ended"), "at": when,
                    "title": columns.text_or_none(title, "title"),
                    "organisation": columns.text_or_none(organisation, "organisation"),
                    "note": columns.text_or_none(note, "note"),
                },
            )  # fmt: skip
            owe_the_news(write, (self.today() + dt.timedelta(days=7)).isoformat())
        return self._record(Outcome, id)

    def outcomes(self) -> list[Outcome]:
        """How the search ended, in order of time."""
        return self._records(Outcome)

    # what was expected, asking, and what one thinks -------------------------------------------

    def set_expectation(
        self,
        occupation: Occupation | str,
        question: str,
        rating: float | None,
        at: dt.datetime | str | None = None,
    ) -> Expectation:
        """What you expect of an occupation, before you hear of it; what was first said stays.

        Parameters
        ----------
        question : str
            A question's key, or ``"start_pay"``.
        rating : int
            1 to 5, with the question's own ends; for ``"start_pay"`` an amount a year.
        at : datetime or ISO text, optional
            When; by default now.

        Returns
        -------
        Expectation

        Raises
        ------
        InfonbError
            When the question isn't known or the rating is off its scale.

        Examples
        --------
        >>> nurse = journal.add_occupation("Registered nurse")
        >>> journal.set_expectation(nurse, "home_life", 2).rating
        2
        >>> journal.set_expectation(nurse, "start_pay", 41000).amount
        41000.0
        """
        with self.transaction() as write:
            about = write.the(schema.occupation, id_of(occupation, "occupation"))
            id = add_expectation(write, about["id"], question, rating, at)
        return self._record(Expectation, id)

    def expectations(self, occupation: Occupation | str | None = None) -> list[Expectation]:
        """What was expected, the first of each question first."""
        where = {} if occupation is None else {"occupation_id": id_of(occupation, "occupation")}
        return sorted(self._records(Expectation, **where), key=lambda e: str(e.at))

    def record_contact(
        self,
        person: Person | str,
        kind: str,
        channel: str | None = None,
        at: dt.datetime | str | None = None,
        note: str | None = None,
    ) -> Contact:
        """Something that happened between you and a person; twice on one day is once.

        ``answered_no`` declines what was planned with them, ``thanked`` does the thank-you.

        Parameters
        ----------
        kind : str
            asked, reminded, answered_yes, answered_no, answered_later, no_answer, met, thanked or
            kept_in_touch.
        channel : str, optional
            How, such as e-mail or phone.
        at : datetime, date or ISO text, optional
            When; by default now.
        note : str, optional
            Anything; left out of every report.

        Returns
        -------
        Contact

        Examples
        --------
        >>> ada = journal.add_person("Ada")
        >>> journal.record_contact(ada, "asked", channel="e-mail", at="2026-03-02").kind
        'asked'
        """
        given = {"kind": kind, "channel": channel, "note": note}
        if at is not None:
            given["at"] = at  # pyright: ignore[reportArgumentType]
        with self.transaction() as write:
            whom = write.the(schema.person, id_of(person, "person"))
            id = add_contact(write, whom["id"], given)
            write.remember("a note of what came of asking")
        return self._record(Contact, id)

    def contacts(self, person: Person | str | None = None) -> list[Contact]:
        """What happened between you and a person, or everybody, in order of time."""
        where = {} if person is None else {"person_id": id_of(person, "person")}
        return sorted(self._records(Contact, **where), key=lambda c: str(c.at))

    def record_consent(
        self, person: Person | str, to: str, answer: bool, day: dt.date | str | None = None
    ) -> Consent:
        """Whether somebody agreed to ``"recording"`` or ``"quoting"``, and the day you asked.

        Examples
        --------
        >>> journal.record_consent(journal.add_person("Ada"), "quoting", True).answer
        True
        """
        given = {"to": to, "answer": answer, "day": day or self.today().isoformat()}
        with self.transaction() as write:
            whom = write.the(schema.person, id_of(person, "person"))
            id = set_consent(write, whom["id"], given)
            write.remember_overwriting("a change of what somebody agreed to")
        return self._record(Consent, id)

    def consents(self, person: Person | str) -> dict[str, bool]:
        """What a person was asked to agree to, and whether they did."""
        found = self._records(Consent, person_id=id_of(person, "person"))
        return {consent.to: consent.answer for consent in found}

    def record_reflection(
        self,
        prompt: str,
        text: str | None,
        interview: Interview | str | None = None,
        at: dt.datetime | str | None = None,
    ) -> Reflection | None:
        """What you think, after an interview or at the end of a round; for yourself.

        The same prompt of the same interview, or of the same day, is changed; blank text takes it
        away.

        Examples
        --------
        >>> journal.record_reflection("surprised", "How much of it is writing", interview).text
        'How much of it is writing'
        """
        with self.transaction() as write:
            of = self._interview_row(write, interview)["id"] if interview is not None else None
            id = set_reflection(write, of, prompt, text, at)
            write.remember_typing("a change of what you noted for yourself")
        return self._record(Reflection, id) if id else None

    def reflections(self, interview: Interview | str | None = None) -> list[Reflection]:
        """What you thought, in order of time: all, or what belongs to one interview."""
        where = {} if interview is None else {"interview_id": id_of(interview, "interview")}
        return sorted(self._records(Reflection, **where), key=lambda r: str(r.at))

    # words ------------------------------------------------------------------------------------

    def add_theme(self, name: str, description: str | None = None) -> Theme:
        """A theme; the same name gives the one that is there.

        Examples
        --------
        >>> journal.add_theme("Being needed") == journal.add_theme("being needed")
        True
        """
        with self.transaction() as write:
            id = add_theme(write, name, description)
        return self._record(Theme, id)

    def themes(self) -> list[Theme]:
        """All themes, in order of entry."""
        return self._records(Theme)

    def merge_themes(self, theme: Theme | str, into: Theme | str) -> Theme:
        """Give all passages of one theme to another, and remove it; `undo` brings it back.

        Where both lie on the same words one passage stays. What the theme's description says is
        added to the other's.

        Parameters
        ----------
        theme : Theme or str
            The theme that goes, or its id.
        into : Theme or str
            The theme that stays.

        Returns
        -------
        Theme
            The theme that stays.

        Raises
        ------
        InfonbError
            When either isn't known, or both are the same.

        Examples
        --------
        >>> needed, wanted = journal.add_theme("Being needed"), journal.add_theme("Being wanted")
        >>> journal.merge_themes(wanted, into=needed).name
        'Being needed'
        >>> journal.undo()
        'the merging of two themes'
        """
        stays = id_of(into, "theme")
        with self.transaction() as write:
            merge_themes(write, id_of(theme, "theme"), stays)
            write.remember("the merging of two themes")
        return self._record(Theme, stays)

    def add_transcript(
        self,
        interview: Interview | str,
        text: str | None = None,
        turns: Sequence[Mapping[str, Any]] | None = None,
        asks: str | None = None,
    ) -> Transcript:
        """A whole talk, word for word; the same text of the same interview is there once.

        Parameters
        ----------
        text : str, optional
            By default the turns, each a paragraph.
        turns : sequence of mapping, optional
            ``{"speaker": …, "text": …, "at": seconds}``, in order.
        asks : str, optional
            The speaker who asks.

        Examples
        --------
        >>> said = [{"speaker": "Me", "text": "Why?"}, {"speaker": "Ada", "text": "People."}]
        >>> journal.add_transcript(interview, turns=said, asks="Me").text
        'Why?\\n\\nPeople.'
        """
        said = json.loads(columns.turns(turns) or "[]")
        whole = "\n\n".join(turn["text"] for turn in said)
        given = {"text": text if text is not None else whole, "turns": said, "asks": asks}
        values = columns.checked("transcript", given)
        with self.transaction() as write:
            of = self._interview_row(write, interview)["id"]
            same = {"interview_id": of, "text": values["text"]}
            id = write.first(schema.transcript, same) or write.add(
                schema.transcript, {**values, **same}
            )
        return self._record(Transcript, id)

    def transcripts(self, interview: Interview | str | None = None) -> list[Transcript]:
        """Transcripts, of all or of one interview, in order of entry."""
        where = {} if interview is None else {"interview_id": id_of(interview, "interview")}
        return self._records(Transcript, **where)

    def unplaced(self) -> list[Coding]:
        """Passages whose words weren't found again after an edit; place them or remove them."""
        return [coding for coding in self._records(Coding) if coding.start is None]

    def code(
        self,
        answer: Answer | Transcript | str,
        theme: Theme | str | None = None,
        start: int | None = 0,
        end: int | None = None,
        new_theme: str | None = None,
        quote: str | None = None,
    ) -> Coding:
        """Mark characters ``start`` to ``end`` of an answer as speaking of a theme.

        Half a grapheme is never marked: the range is widened to whole ones. The same words and
        theme are marked once; `undo` takes a marking back, and a theme made with it.

        Parameters
        ----------
        answer : Answer, Transcript or str
            Whose text it is; an id is an answer's.
        theme : Theme or str
            The theme or its id.
        start, end : int, optional
            By default the whole text; both None marks no place (unplaced).
        new_theme : str, optional
            In place of ``theme``: a name, of a theme that is made where there is none.
        quote : str, optional
            The words one has before one's eyes.

        Raises
        ------
        InfonbError
            When the range doesn't lie in the answer's text, or not on the words of ``quote``.

        Examples
        --------
        >>> answer = journal.record_answer(interview, "enjoy_most", text="The people, mostly.")
        >>> journal.code(answer, new_theme="People", start=4, end=10).quote
        'people'
        """
        first = columns.whole_number(start, "start", 0, 10**9)
        last = columns.whole_number(end, "end", 0, 10**9)
        table = schema.transcript if isinstance(answer, Transcript) else schema.answer
        with self.transaction() as write:
            if new_theme is None:
                about = write.the(schema.theme, id_of(theme, "theme"))["id"]
            else:
                about = add_theme(write, new_theme)
            id = mark(write, table, id_of(answer, table.name), about, (first, last), quote)
            write.remember("the marking of a passage")
        return self._record(Coding, id)

    def codings(self, answer: Answer | Transcript | str | None = None) -> list[Coding]:
        """The coded passages, of all texts or of one; unplaced ones have no start."""
        if answer is None:
            return self._records(Coding)
        if isinstance(answer, Transcript):
            return self._records(Coding, transcript_id=answer.id)
        return self._records(Coding, answer_id=id_of(answer, "answer"))

    # changing, removing, taking back ----------------------------------------------------------

    def update(self, record: R, **changes: Any) -> R:
        """Change some fields of a record; the record as it stands now.

        What was there before can be brought back with `undo`.

        Parameters
        ----------
        record : record
            From any of the methods that give records.
        **changes
            Field names and their new values, checked as when the record was made.

        Raises
        ------
        InfonbError
            When a field isn't known or a value doesn't fit; nothing is changed then.

        Examples
        --------
        >>> person = journal.add_person("Ada")
        >>> journal.update(person, may_be_named=True).may_be_named
        True
        """
        table = table_of(record)
        with self.transaction() as write:
            row = write.find(table, record.id)
            if row is None:
                raise InfonbError(f"This {record.table} is no longer in the journal.")
            if isinstance(record, Answer):
                return as_record(type(record), self._updated_answer(write, record, changes))
            if isinstance(record, Interview) and "questions" in changes:
                own = self.own_questions()
                keys = [columns.question_key(key, own) for key in changes.pop("questions")]
                set_agenda(write, record.id, dict.fromkeys(keys))
            values = changed_values(write, record, row, changes)
            if any(row[column] != value for column, value in values.items()):
                write.change(table, row, values)
                if table is schema.transcript and "text" in values:
                    write.move_codings(row["id"], row["text"], values["text"], of="transcript_id")
            write.remember(f"a change of {record.table.replace('_', ' ')}")
        return self.interview(record.id) if isinstance(record, Interview) else self._record(  # pyright: ignore[reportReturnType]
            type(record), record.id
        )  # fmt: skip

    def remove(self, record: Record) -> None:
        """Remove a record with all that belongs to it; `undo` brings it back.

        Removing a person or an occupation removes their interviews too.

        Examples
        --------
        >>> journal.remove(journal.add_person("Ada"))
        >>> journal.undo()
        'the removal of person'
        """
        table = table_of(record)
        with self.transaction() as write:
            row = write.find(table, record.id)
            if row is None:
                raise InfonbError(f"This {record.table} is no longer in the journal.")
            write.remove(table, row)
            write.remember(f"the removal of {record.table.replace('_', ' ')}")

    def last_step(self) -> Step | None:
        """What `undo` would take back now; None when there is nothing to take back.

        Examples
        --------
        >>> journal.remove(journal.add_person("Ada"))
        >>> journal.last_step().what
        'the removal of person'
        """
        with self._read() as connection:
            return last_step(connection)

    def undo(self, only: Step | None = None) -> str | None:
        """Take back the last removal, overwriting, change, marking or import.

        Parameters
        ----------
        only : Step, optional
            What `last_step` said: nothing is taken back where something was done since.

        Returns
        -------
        str or None
            What was taken back, in words; None when there is nothing to take back.
        """
        with self.transaction() as write:
            return undo(write, only)

    # keeping it safe --------------------------------------------------------------------------

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Copy the whole journal to a file, while it is in use.

        The copy is checked and then put in its place in one step: when it is interrupted, what
        was there before is still there. A journal on PostgreSQL becomes a file, too.

        Parameters
        ----------
        path : path
            A file; a backup of this journal that is there is replaced, anything else is not.

        Returns
        -------
        Path
            The file, readable by you alone. It is a journal that can be opened.

        Raises
        ------
        JournalFault
            When it can't be made.

        Examples
        --------
        >>> journal.backup(tmp_path / "monday.db").name
        'monday.db'
        """
        target = Path(path).expanduser().absolute()
        if self.path is not None:
            backups.copy_for_the_user(self.path, target, self.id)
        else:
            backups.refuse_other_files(target, None, self.id)
            self._copy_rows_to(target)
        self.note_copy(target)
        return target

    def restore(self, path: str | os.PathLike[str]) -> Path | None:
        """Bring a backup back in place of what the journal holds now.

        The backup is verified first, what the journal holds now is kept as a backup, and the
        change happens in one step. A backup of an older infonb is brought to today's form.

        Parameters
        ----------
        path : path
            A file that `backup` made, or an automatic backup.

        Returns
        -------
        Path or None
            The backup of what was there before; None on PostgreSQL, where the server keeps them.

        Raises
        ------
        BackupUnusable
            When the backup isn't sound; the journal is left as it is.

        Examples
        --------
        >>> monday = journal.backup(tmp_path / "monday.db")
        >>> _ = journal.add_occupation("Taken by mistake")
        >>> _ = journal.restore(monday)
        >>> "Taken by mistake" in [o.title for o in journal.occupations()]
        False
        """
        source = Path(path).expanduser().absolute()
        restore.verify(source)
        with scratch_folder("infonb-restoring-") as folder:
            return self._take_back(restore.todays_form(source, folder))

    def check(self) -> list[str]:
        """What is wrong with this journal, in plain words; an empty list when it is sound.

        Examples
        --------
        >>> journal.check()
        []
        """
        try:
            with self._read() as connection:
                found, rows = integrity.read(connection)
            return found or integrity.of_the_content(rows)
        except DamagedJournal as damage:
            return [str(damage)]

    def forget(
        self,
        person: Person | str | Collection[Person | str],
        dry_run: bool = False,
        clear_outputs: bool = False,
    ) -> Forgotten:
        """Remove a person's name and contact wherever they stand. This can't be undone.

        The person stays as somebody without a name, and so do the answers, which are anonymous
        then. The name is removed from all notes, answers and drafts, from the history, from what
        `undo` would bring back, and from the automatic backups; the bytes are gone from the
        journal's file, too. So is their employer, unless somebody else here works there: a
        report would no longer know that it is to be left out.

        Parameters
        ----------
        person : Person, str or several of them
            The person or its id; several entries of one human are forgotten together.
        dry_run : bool
            Only say what would be removed, place by place.
        clear_outputs : bool
            Clear the outputs of notebooks in the journal's folder that show the name.

        Returns
        -------
        Forgotten
            How many places were changed, mentions that are for you to look at, other entries that
            may be the same human, and what could not be reached: notebooks, reports and exports
            in the journal's folder with the name in them, and backups you made elsewhere. A file
            that still holds the name brings it back when it is imported again.

        Examples
        --------
        >>> ada = journal.add_person("Ada Lovelace", email="ada@example.org")
        >>> print(journal.forget(ada, dry_run=True))
        The name would be removed from two places; nothing was changed.
        person.name: “Ada Lovelace”
        person.email: “ada@example.org”
        >>> report = journal.forget(ada)
        >>> "Ada Lovelace" in [p.name for p in journal.people()]
        False
        """
        each = [person] if isinstance(person, str | Person) else person
        if not isinstance(each, Collection):
            each = [each]
        ids = [id_of(one, "person") for one in each]
        return forget.forget(self, ids, dry_run=dry_run, clear=clear_outputs)

    def note_copy(self, path: str | os.PathLike[str]) -> None:
        """Remember that names were copied to a file, so that `forget` can say where they stand."""
        known = forget.copies(self)
        here = str(Path(path).absolute())
        if here not in known:
            self.keep_setting(forget.COPIES, "\n".join([*known, here][-200:]))

    # reading it, files in and out -------------------------------------------------------------

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """All rows of all tables as plain values, read in one moment: what `findings` rest on.

        Returns
        -------
        dict of str to list of dict
            Table name to rows in order of entry; identities and stored values as they are.
        """
        left_out = {"meta", "undo", "imported", "answer_history"}
        found = self._rows_of(
            {
                table.name: select(*(c for c in table.c if c.name not in _OF_A_SESSION))
                for table in schema.metadata.sorted_tables
                if table.name not in left_out
            }
        )
        for rows in found.values():  # not by the database: a save would have to wait for it
            rows.sort(key=lambda row: (row["created_at"], row["id"]))
        return found

    def findings(self, redact: bool | None = None, private: bool = True) -> Findings:
        """What the answers say, as an immutable snapshot of this moment.

        Parameters
        ----------
        redact : bool, optional
            Whether people are named by role and number ("Registered nurse 2"), contacts left out
            and private answers dropped. By default the environment decides (a report sets it);
            in a notebook of your own nothing is redacted.
        private : bool
            Whether answers off the record are there; False in the notebooks that ship, since
            what a notebook shows is saved in it. Redacted they never are.

        Returns
        -------
        infonb.findings.Findings

        Examples
        --------
        >>> journal.findings().occupations.columns[0]
        'occupation'
        """
        from infonb.findings import Findings, Redaction

        if redact is None:
            asked = Redaction.from_environment(os.environ)
        else:
            asked = Redaction.EVERYBODY if redact else Redaction.NOBODY
        rows = self.rows()
        if not private:
            rows["answer"] = [row for row in rows["answer"] if not row["private"]]
        return Findings.from_rows(rows, today=self.today(), redaction=asked, state=self.state)

    def import_file(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,
        dry_run: bool = False,
        answers: Mapping[str, str] | None = None,
        dates: str | None = None,
        occupation: str | None = None,
        encoding: str | None = None,
        scales: Mapping[str, tuple[int, int]] | None = None,
        reversed: Collection[str] = (),
        skip_bad: bool = False,
        progress: Callable[[int, int], None] | None = None,
        edits: bool = False,
        interview: Interview | str | None = None,
        asks: str | None = None,
    ) -> ImportReport:
        """Take in a file that somebody else, or another program, wrote.

        One transaction: either every record is taken, or none. The same file twice adds nothing.

        Parameters
        ----------
        path : path
            The file.
        format : str, optional
            A key of ``infonb.exchange.FORMATS``; by default told from the content.
        dry_run : bool
            Only say what would happen, what each column was taken for (``report.columns``) and
            what is asked, each problem with the argument that settles it (``problem.asks``).
        answers : mapping of str to str, optional
            For the answers of a form: header -> what it means, where that isn't sure: a
            question's key, ``"home_life.rating"``, ``"person"``, …, or ``"leave out"``.
        dates : str, optional
            ``"dmy"`` or ``"mdy"``, where a table's dates could be read either way.
        occupation : str, optional
            What all rows of a form are about, where none of its columns says it.
        encoding : str, optional
            How the file's letters are written (``"mac_roman"``, ``"gbk"``), where that can't be
            told.
        scales : mapping of str to (int, int), optional
            A form's header -> the ends of its scale, where that isn't 1 to 5. Its numbers are
            turned into 1 to 5, to the nearest whole, halves towards 3; the number as given goes
            to the answer's ``why``.
        reversed : collection of str, optional
            Headers of ratings whose lower end is the good one.
        skip_bad : bool
            Leave out the rows with something wrong instead of refusing the file; they are listed.
        progress : callable, optional
            Called with the number of records taken so far, and of all.
        edits : bool
            Whether a row that repeats at least half of the answers of an interview with the same
            person about the same occupation changes that one. Else both stand, and it is asked.
        interview : Interview or str, optional
            Which interview a transcript is of, or its person's name; else that is asked.
        asks : str, optional
            Which of a transcript's speakers asks, or ``"nobody"``; else that is asked. What the
            others say becomes an answer only where ``answers`` says which question a turn is:
            ``{"turn 3": "enjoy_most"}``.

        Returns
        -------
        ImportReport
            added, updated and skipped counts, and problems (with file, row, column and value).

        Raises
        ------
        InfonbError
            When a record can't be taken; nothing is changed then.
        """
        from infonb import exchange

        asked = exchange.Asked(
            answers or {}, dates, occupation,
            scales=scales or {}, reversed=reversed, encoding=encoding, asks=asks,
            interview=interview.id if isinstance(interview, Interview) else interview,
        )  # fmt: skip
        return exchange.import_file(self, Path(path), format, dry_run, asked, progress, skip_bad,
                                    edits)  # fmt: skip

    def export_file(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,
        redact: bool = True,
        texts: bool = False,
    ) -> Path:
        """Write a file for others, or for another program.

        Parameters
        ----------
        path : path
            The file; the ending says the kind: ``.jsonl``, ``.csv`` (one row per answer),
            ``.xlsx`` (a sheet per frame), ``.vcf`` (people), ``.ics`` (a calendar of interviews
            to come and of tasks), ``.qdpx`` or ``.qdc`` (themes and coded passages for programs
            for qualitative analysis). A file that is there is replaced in one step.
        format : str, optional
            A key of ``infonb.exchange.WRITERS``, where the ending doesn't say it: ``"codebook"``
            is the CSV of themes that Taguette reads, ``"codings"`` one of coded passages.
            ``"programme"`` adds this journal to a folder of many, as Parquet; once more, it
            replaces its own part.
        redact : bool
            Leave out names, employers, contacts and private answers. JSON Lines with
            ``redact=False`` hold everything but the history, private answers too, marked so that
            they stay private; all other kinds never hold private answers.
        texts : bool
            Of a programme's folder: whether what people said is in it in words, too.

        Returns
        -------
        Path
            The file, readable by you alone.

        Raises
        ------
        InfonbError
            When the kind of file isn't known or it can't be written; what was there stays.

        Examples
        --------
        >>> journal.export_file(tmp_path / "search.csv").name
        'search.csv'
        """
        from infonb import exchange

        return exchange.export_file(self, Path(path), format=format, redact=redact, texts=texts)

    # the connection ---------------------------------------------------------------------------

    def _keep_today(self) -> None:
        """Make today's automatic backup where there is none; the next look is in a while."""
        self._look_again = time.monotonic() + _LOOK_FOR_BACKUP_SECONDS
        if self._file is not None and self._file.is_there():
            back_up_today(self._file.path)

    @contextlib.contextmanager
    def _read(self) -> Iterator[Connection]:
        """A moment of the journal; fetch and leave, since a save has to wait for it."""
        with self._plainly(), self._reading.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _plainly(self) -> Iterator[None]:
        """What goes wrong below is said in plain words, without what people said in it."""
        if os.getpid() != self._process:  # connections don't survive a fork
            self._engine.dispose(close=False)
            self._process = os.getpid()
        try:
            yield
        except JournalMoved:
            raise self._moved() from None
        except (DBAPIError, PoolTimeout, self._engine.dialect.loaded_dbapi.Error) as error:
            found = translated(error, self.location)
            if isinstance(found, DamagedJournal):
                self._damage = found
                if self._file is not None:
                    self._file.sound = False
            raise (self._moved() if isinstance(found, JournalMoved) else found) from None

    def _moved(self) -> JournalMoved:
        """The journal's file is gone: what is still open of it is kept, once, and said."""
        if self.path is not None and self._rescued is None:
            with contextlib.suppress(InfonbError, DBAPIError, sqlite3.Error, OSError):
                still_open = self._engine.raw_connection()
                try:
                    raw: Any = still_open.dbapi_connection
                    self._rescued = keep_open(raw, self.path, "moved")
                finally:
                    still_open.close()
        kept = f", and in the copy {self._rescued}" if self._rescued else ""
        return JournalMoved(str(fault(JournalMoved, self.location, kept)))

    def _rows(self, query: Select[Any]) -> list[dict[str, Any]]:
        """What a query gives, as plain values."""
        return self._rows_of({"": query})[""]

    def _rows_of(self, queries: Mapping[str, Select[Any]]) -> dict[str, list[dict[str, Any]]]:
        """What several queries give in one moment; the journal is free before it's worked on."""
        found: dict[str, Sequence[Any]] = {}
        with self._read() as connection:
            for name, query in queries.items():
                cursor: Any = connection.execute(query).cursor
                found[name] = cursor.fetchall()  # the driver's own rows: half the time
        return {name: _as_values(query, found[name]) for name, query in queries.items()}

    def _records(self, kind: type[R], **where: Any) -> list[R]:
        table = schema.metadata.tables[kind.table]
        query = select(table).order_by(table.c.created_at, table.c.id)
        for column, value in where.items():
            query = query.where(table.c[column] == value)
        return [as_record(kind, row) for row in self._rows(query)]

    def _record(self, kind: type[R], id: str) -> R:
        table = schema.metadata.tables[kind.table]
        rows = self._rows(select(table).where(table.c.id == id))
        if not rows:
            raise InfonbError(f"There is no {kind.table} {id!r} in this journal.")
        return as_record(kind, rows[0])

    def _with_agenda(self, interviews: list[Interview]) -> list[Interview]:
        asked: dict[str, list[str]] = {}
        query = select(schema.agenda).order_by(schema.agenda.c.position)
        if len(interviews) == 1:
            query = query.where(schema.agenda.c.interview_id == interviews[0].id)
        for row in self._rows(query):
            asked.setdefault(row["interview_id"], []).append(row["question"])
        return [replace(i, questions=tuple(asked.get(i.id, ()))) for i in interviews]

    def _question(self, key: str) -> str:
        try:
            return columns.question_key(key)
        except InfonbError:  # not a standard one: perhaps one's own
            return columns.question_key(key, self.own_questions())

    def _interview_row(self, write: Transaction, interview: Interview | str) -> dict[str, Any]:
        return write.the(schema.interview, id_of(interview, "interview"))

    def _copy_rows_to(self, target: Path) -> None:
        with backups.replacing(target) as part:
            engine = make_engine(str(part))
            try:
                prepare(engine, str(part))
                with (
                    self._read() as source,
                    engine.execution_options(infonb_write=True).begin() as copied,
                ):
                    restore.carry(source, copied)
                with engine.connect() as connection:
                    raw = connection.connection.dbapi_connection
                    raw.execute("PRAGMA journal_mode=DELETE")  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
            finally:
                engine.dispose()

    def _take_back(self, ready: Path) -> Path | None:
        kept = None
        if self.path is not None:
            kept = backups.keep(self.path, "before-restore")
            backups.replace_pages(ready, self.path)
        else:
            engine = make_engine(str(ready))
            try:
                with engine.connect() as source, self.transaction() as write:
                    restore.carry(source, write.connection)
            finally:
                engine.dispose()
        self.id: str = self.setting("journal_id") or ""
        return kept

    def _updated_answer(
        self, write: Transaction, record: Answer, changes: Mapping[str, Any]
    ) -> dict[str, Any]:
        given = columns.checked("answer", changes, changing=True)
        row = save_answer(write, record.interview_id, record.question, given)
        told = question_in_words(write, record.question)
        write.remember(f"the answer to {told} as it was before")
        return row


def check_file(location: str) -> list[str]:
    """What is wrong with a journal that may not open at all, and which backup to use then.

    Parameters
    ----------
    location : str
        A file or a PostgreSQL URL.

    Returns
    -------
    list of str
        Empty when the journal is sound. Nothing is made or changed; a file that isn't there is a
        problem, too.

    Examples
    --------
    >>> _ = (tmp_path / "search.db").write_bytes(b"SQLite format 3\\0 and then nothing")
    >>> check_file(str(tmp_path / "search.db"))[1][:38]
    'There is no sound automatic backup in '
    """
    try:
        if not is_url(location):
            integrity.examine(file_of(location), to_write=False)
        with Journal(location) as journal:
            return journal.check()
    except InfonbError as error:
        if is_url(location):
            return [str(error)]
        return [str(error), backups.advice(location)]


def _as_values(query: Select[Any], rows: Sequence[Any]) -> list[dict[str, Any]]:
    columns = [column.name for column in query.selected_columns]
    truths = [c.name for c in query.selected_columns if isinstance(c.type, Boolean)]
    values = [dict(zip(columns, row, strict=True)) for row in rows]
    for column in truths:  # SQLite itself knows only 1 and 0
        for row in values:
            if row[column] is not None:
                row[column] = bool(row[column])
    return values


def _dispose(engine: Engine, process: int, file: OpenFile | None) -> None:
    here = os.getpid() == process  # a forked child leaves its parent's open
    engine.dispose(close=here)
    if here and file is not None:
        file.mark_closed()
