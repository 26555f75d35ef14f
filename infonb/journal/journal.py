"""`Journal`: the front door to everything that was logged."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from infonb.errors import InfonbError
from infonb.journal import columns, schema
from infonb.journal.base import as_record, id_of, table_of
from infonb.journal.coding import passage_in
from infonb.journal.contacts import add_contact, set_consent
from infonb.journal.expectations import add_expectation, set_reflection
from infonb.journal.interviews import interview_values, save_answer, set_agenda
from infonb.journal.keeping import Keeping
from infonb.journal.people import (
    occupation_values,
    person_values,
    question_in_words,
)
from infonb.journal.records import (
    Answer,
    Coding,
    Consent,
    Contact,
    Expectation,
    Interview,
    Occupation,
    Person,
    Record,
    Reflection,
)
from infonb.journal.transaction import Transaction

if TYPE_CHECKING:
    from infonb.exchange import ImportReport
    from infonb.findings import Findings

R = TypeVar("R", bound=Record)

_OF_A_SESSION = ("session", "session_at", "before_deletion")


class Journal(Keeping):
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
            values = _checked(write, record, row, changes)
            if any(row[column] != value for column, value in values.items()):
                write.change(table, row, values)
                if table is schema.transcript and "text" in values:
                    write.move_codings(row["id"], row["text"], values["text"], of="transcript_id")
            write.remember(f"a change of {record.table.replace('_', ' ')}")
        return self.interview(record.id) if isinstance(record, Interview) else self._record(  # pyright: ignore[reportReturnType]
            type(record), record.id
        )  # fmt: skip

    def _updated_answer(
        self, write: Transaction, record: Answer, changes: Mapping[str, Any]
    ) -> dict[str, Any]:
        given = columns.checked("answer", changes, changing=True)
        row = save_answer(write, record.interview_id, record.question, given)
        told = question_in_words(write, record.question)
        write.remember(f"the answer to {told} as it was before")
        return row

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

    def undo(self) -> str | None:
        """Take back the last removal, overwriting, change or import.

        Returns
        -------
        str or None
            What was taken back, in words; None when there is nothing to take back.
        """
        with self.transaction() as write:
            return write.undo()

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

    def findings(self, redact: bool | None = None) -> Findings:
        """What the answers say, as an immutable snapshot of this moment.

        Parameters
        ----------
        redact : bool, optional
            Whether people are named by role and number ("Registered nurse 2"), contacts left out
            and private answers dropped. By default the environment decides (a report sets it);
            in a notebook of your own nothing is redacted.

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
        return Findings.from_rows(self.rows(), today=self.today(), redaction=asked)

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
            scales=scales or {}, reversed=reversed, encoding=encoding,
        )  # fmt: skip
        return exchange.import_file(self, Path(path), format, dry_run, asked, progress, skip_bad,
                                    edits)  # fmt: skip

    def export_file(
        self, path: str | os.PathLike[str], format: str | None = None, redact: bool = True
    ) -> Path:
        """Write a file for others, or for another program.

        Parameters
        ----------
        path : path
            The file; the ending says the kind: ``.jsonl``, ``.csv`` (one row per answer),
            ``.xlsx`` (a sheet per frame), ``.vcf`` (people) or ``.ics`` (a calendar of interviews
            to come and of tasks). A file that is there is replaced in one step.
        format : str, optional
            A key of ``infonb.exchange.WRITERS``, where the ending doesn't say it.
            ``"programme"`` adds this journal to a folder of many, as Parquet; once more, it
            replaces its own part.
        redact : bool
            Leave out names, employers, contacts and private answers. JSON Lines with
            ``redact=False`` hold everything but the history, private answers too, marked so that
            they stay private; all other kinds never hold private answers.

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

        return exchange.export_file(self, Path(path), format=format, redact=redact)


def _checked(
    write: Transaction, record: Record, row: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    """What changes in a row, column by column, and beside the rows that are there."""
    changes = dict(changes)
    if isinstance(record, Interview):
        if "zone" in changes:
            raise InfonbError("An interview has no 'zone'; give its times with their offset.")
        for kind in ("person", "occupation"):
            if kind in changes:
                changes[f"{kind}_id"] = id_of(changes.pop(kind), kind)
            if f"{kind}_id" in changes:
                write.the(schema.metadata.tables[kind], changes[f"{kind}_id"])
        return interview_values(changes)
    if isinstance(record, Person):
        return person_values(write, changes, of=record.id)
    if isinstance(record, Occupation):
        values = occupation_values(changes)
    else:
        values = columns.checked(record.table, changes, changing=True)
    _refuse_a_twin(write, record, row, values)
    if isinstance(record, Coding) and {"start", "end"} & values.keys():
        of = schema.answer if row["answer_id"] else schema.transcript
        text = write.the(of, row[f"{of.name}_id"])["text"]
        start, end = (values.get(k, row[k]) for k in ("start", "end"))
        if (start is None) != (end is None):
            raise InfonbError("start or end of a coding is missing; give both, or neither.")
        values |= passage_in(text, start, end)
        if values["start"] is None:  # its words stay as they were marked
            values = {"start": None, "end": None}
    return values


_NAMED = {
    "occupation": "title", "strength": "phrase", "theme": "name", "skill_mention": "phrase",
}  # fmt: skip
"""Table -> the column that no two of its rows share, in an interview where they belong to one."""


def _refuse_a_twin(
    write: Transaction, record: Record, row: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    column = _NAMED.get(record.table)
    if column is None or column not in values:
        return
    table = schema.metadata.tables[record.table]
    where = [table.c.id != record.id]
    if "interview_id" in table.c:
        where.append(table.c.interview_id == row["interview_id"])
    if write.named(table.c[column], values[column], *where) is not None:
        kind = record.table.replace("_", " ")
        a = "an" if kind[0] in "aeio" else "a"
        raise InfonbError(f"There is {a} {kind} {values[column]!r} already.")
