"""After the interview: weight, conduct, referrals, leads, tasks, decision and outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from infonb import method
from infonb.errors import InfonbError
from infonb.frame import MOMENT, TEXT, TRUTH, frame
from infonb.journal import columns, schema
from infonb.journal.base import id_of
from infonb.journal.forget import FORGOTTEN
from infonb.journal.interviews import Interviewing, interview_values
from infonb.journal.people import person_values
from infonb.journal.records import (
    Conduct,
    Decision,
    Interview,
    Lead,
    Message,
    Occupation,
    Outcome,
    Person,
    Task,
)
from infonb.journal.transaction import Transaction

if TYPE_CHECKING:
    import pandas as pd


class FollowingUp(Interviewing):
    """The part of a journal about what comes after an interview."""

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
            if ended_at is not None or (row["started_at"] and row["ended_at"] is None):
                values.update(interview_values({"ended_at": ended_at or write.now}))
                if row["zone"]:
                    values.pop("zone", None)
            held = values.get("date") or columns.partial_date(row["date"]) or self._day_of(row)
            write.change(schema.interview, row, {**values, "date": held, "status": "done"})
            write.remember_overwriting("a change of what followed an interview")
            due = held if len(held) == 10 else self.today().isoformat()
            next_day = (dt.date.fromisoformat(due) + dt.timedelta(days=1)).isoformat()
            add_task(write, row["id"], "thank_you", due)
            add_task(write, row["id"], "review_notes", next_day)
        return self.interview(row["id"])

    def _day_of(self, row: Mapping[str, Any]) -> str:
        for column in ("started_at", "scheduled_at"):
            at = columns.read_moment(row[column], row["zone"])
            if at is not None and at.date() <= self.today():
                return at.date().isoformat()
        return self.today().isoformat()

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
        p, name = schema.person, columns.name(name, "A person's name")
        with self.transaction() as write:
            by = write.the(p, self._interview_row(write, interview)["person_id"])
            known = write.named(p.c.name, name, p.c.referred_by == by["id"])
            details = {"source": "referral", "name_from": by["name"], "notes": note, **more}
            id = known["id"] if known else write.add(
                p, person_values(write, {"name": name, "referred_by": by["id"], **details})
            )  # fmt: skip
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
        t, i, p, o = schema.task, schema.interview, schema.person, schema.occupation
        query = (
            select(t, p.c.name.label("person"), o.c.title.label("occupation"))
            .select_from(t.outerjoin(i).outerjoin(p).outerjoin(o))
            .order_by(t.c.due.is_(None), t.c.due, t.c.created_at)
        )
        if due_by is not None:
            last = columns.partial_date(due_by, "due_by")
            query = query.where(t.c.due <= last, t.c.done_at.is_(None))
        today = self.today().isoformat()
        rows = [
            {
                **row, "task": row["id"], "interview": row["interview_id"],
                "done_at": columns.read_moment(row["done_at"], None),
                "overdue": bool(
                    row["due"] and row["due"] < today[: len(row["due"])] and not row["done_at"]
                ),
            }
            for row in self._rows(query)
        ]  # fmt: skip
        return frame(
            rows,
            {
                "task": TEXT, "kind": TEXT, "due": TEXT, "overdue": TRUTH, "done_at": MOMENT,
                "person": TEXT, "occupation": TEXT, "interview": TEXT, "draft": TEXT,
            },
        )  # fmt: skip

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

        Examples
        --------
        >>> journal.record_decision(None, "Ask one more nurse", "the answers are split").next_step
        'Ask one more nurse'
        """
        occupation_id = None if occupation is None else id_of(occupation, "occupation")
        with self.transaction() as write:
            if occupation_id:
                write.the(schema.occupation, occupation_id)
            id = write.add(
                schema.decision,
                {
                    "occupation_id": occupation_id, "at": write.stamp(),
                    "next_step": columns.text_or_none(next_step, "next_step"),
                    **columns.checked(
                        "decision", {"why": why, "plan": plan, "look_again": look_again}
                    ),
                },
            )  # fmt: skip
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


def rows_of(write: Transaction, table: Any, interview_id: str) -> list[dict[str, Any]]:
    """The rows of one interview in a table."""
    query = select(table).where(table.c.interview_id == interview_id)
    return [dict(row) for row in write.connection.execute(query).mappings()]


def set_conduct(write: Transaction, interview_id: str, item: str, score: int) -> str:
    """Set one conduct item of an interview; its id."""
    for row in rows_of(write, schema.conduct, interview_id):
        if row["item"] == item:
            if row["score"] != score:
                write.change(schema.conduct, row, {"score": score})
            return row["id"]
    return write.add(schema.conduct, {"interview_id": interview_id, "item": item, "score": score})


def set_message(write: Transaction, interview_id: str, kind: str, text: str | None) -> None:
    """Set or take away one message of an interview."""
    row = next((r for r in rows_of(write, schema.message, interview_id) if r["kind"] == kind), None)
    if row is None and text:
        values = {"interview_id": interview_id, "kind": kind, "text": text}
        write.add(schema.message, values)
    elif row is not None and text:
        write.change(schema.message, row, {"text": text})
    elif row is not None:
        write.remove(schema.message, row)


def add_task(
    write: Transaction,
    interview_id: str | None,
    kind: str,
    due: str | None,
    draft: str | None = None,
) -> str:
    """Add a task, or change the one of its kind that this interview has; its id."""
    if interview_id is not None:
        for row in rows_of(write, schema.task, interview_id):
            if row["kind"] == kind:
                changes = {"due": due or row["due"], "draft": draft or row["draft"]}
                if any(row[column] != value for column, value in changes.items()):
                    write.change(schema.task, row, changes)
                return row["id"]
    return write.add(
        schema.task,
        {"interview_id": interview_id, "kind": kind, "due": due, "draft": draft},
    )


def owe_the_news(write: Transaction, due: str) -> None:
    """One task per interviewee to tell how it ended, at the person's latest interview.

    Whoever was forgotten, or never named, can't be told.
    """
    table, person = schema.interview, schema.person
    held = write.connection.execute(
        select(table.c.id, table.c.person_id)
        .join(person)
        .where(table.c.status == "done", person.c.name != FORGOTTEN)
        .order_by(table.c.created_at)
    )
    latest = {row.person_id: row.id for row in held}
    told = set(
        write.connection.execute(
            select(table.c.person_id)
            .join(schema.task, schema.task.c.interview_id == table.c.id)
            .where(schema.task.c.kind == "tell_outcome")
        ).scalars()
    )
    for person_id, interview_id in latest.items():
        if person_id not in told:
            add_task(write, interview_id, "tell_outcome", due)
