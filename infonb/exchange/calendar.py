"""A calendar file (.ics): planned interviews as appointments, what is owed on its day.

Whom to remind stands there, too, on the day of `infonb.method.CADENCE`.

A task with a day is an appointment of that whole day, during which one is free. A to-do would be
the right word for it, but the calendars that most people use leave to-dos out when they take a
file in, and both together would show twice in the others. Once it is done it is called off, so
that a later file removes it. Only a task without a day is a to-do.

Moments are written in UTC, so that every calendar shows them at the right time whatever zones it
knows. The same interview always has the same UID, so that a later file changes it. The icalendar
library writes the lines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from infonb import clock, method
from infonb.errors import InfonbError
from infonb.exchange.records import Outgoing
from infonb.journal import columns
from infonb.journal.requests import Request, requests

if TYPE_CHECKING:
    from icalendar import Component, Event

    from infonb.journal import Journal

REMINDER_MINUTES = 60
"""How long before an interview the calendar reminds: time to get there and to read one's notes."""

C = TypeVar("C", bound="Component")

_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def write(journal: Journal, path: Path, redact: bool) -> None:
    """Interviews to come or called off, tasks, reminders; names only without redaction."""
    path.write_bytes(calendar(journal, redact).encode("utf-8"))


def calendar(journal: Journal, redact: bool = True) -> str:
    """The file's text.

    Parameters
    ----------
    redact : bool
        Whether people are called by occupation and number, and contacts are left out.

    Examples
    --------
    >>> calendar(journal).splitlines()[:2]
    ['BEGIN:VCALENDAR', 'VERSION:2.0']
    """
    outgoing = Outgoing.of(journal.rows(), redact)
    about = {row["id"]: row["title"] for row in outgoing.rows["occupation"]}
    person = {row["id"]: outgoing.person(row) for row in outgoing.rows["person"]}
    interview = {row["id"]: row for row in outgoing.rows["interview"]}
    asked: dict[str, list[str]] = {}
    for row in sorted(outgoing.rows["agenda"], key=lambda row: row["position"]):
        asked.setdefault(row["interview_id"], []).append(row["question"])
    own = {row["id"]: row["prompt"] for row in outgoing.rows["question"]}
    prompt = {key: question.prompt for key, question in method.QUESTIONS.items()} | own

    def components() -> Iterator[Component]:
        for row in interview.values():
            if row["scheduled_at"] and row["status"] != "done":
                questions = [prompt.get(key, key) for key in asked.get(row["id"], [])]
                yield _interview(
                    outgoing.rows.id(row["id"]), row, about[row["occupation_id"]],
                    person[row["person_id"]], questions, redact,
                )  # fmt: skip
        for row in outgoing.rows["task"]:
            held = interview.get(row["interview_id"] or "")
            whom = person[held["person_id"]]["name"] if held else ""
            yield _owed(outgoing.rows.id(row["id"]), row, whom)
        for request in requests(outgoing.rows):
            whom = person[request.person_id]["name"]
            yield _reminder(outgoing.rows.id(request.id), request, whom)

    from icalendar import Calendar

    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", "-//infonb//infonb//EN")
    file.add("calscale", "GREGORIAN")
    for component in components():
        file.add_component(component)
    return file.to_ical().decode("utf-8")


def _moment(stored: str) -> dt.datetime:
    """A stored moment, in UTC."""
    try:
        at = columns.read_moment(stored, None)
        assert at is not None
        return at.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise InfonbError(
            f"The journal is damaged: it holds {stored!r} where a moment should be. infonb check "
            "says which backup to use."
        ) from None


def _interview(
    id: str,
    row: Mapping[str, Any],
    occupation: str,
    person: Mapping[str, Any],
    questions: list[str],
    redact: bool,
) -> Event:
    from icalendar import Alarm, Event

    begins = _moment(row["scheduled_at"])
    notes = [f"{row['minutes']} minutes, then thank them and ask who else might talk with you."]
    if not redact:
        contact = [person.get(key) for key in ("job_title", "organisation", "phone", "email")]
        notes.insert(0, ", ".join(filter(None, contact)))
    notes += [f"- {question}" for question in questions]
    length = dt.timedelta(minutes=row["minutes"])
    last = dt.datetime.max.replace(tzinfo=dt.UTC) - length  # `check` finds what lies beyond
    whom = f" with {person['name']}" if not redact else ""
    event = _stamped(Event(), "interview", id, f"Informational interview{whom}: {occupation}")
    event.add("dtstart", begins)
    event.add("dtend", begins + length if begins <= last else begins)
    event.add("description", "\n".join(filter(None, notes)))
    if row["medium"] and not redact:
        event.add("location", row["medium"])
    event.add("status", "CONFIRMED" if row["status"] == "planned" else "CANCELLED")
    if row["status"] == "planned":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", dt.timedelta(minutes=-REMINDER_MINUTES))
        alarm.add("description", event["summary"])
        event.add_component(alarm)
    return event


def _owed(id: str, row: Mapping[str, Any], whom: str) -> Component:
    from icalendar import Todo

    what = method.TASKS[row["kind"]] + (f": {whom}" if whom else "")
    if row["due"] and len(row["due"]) == len("2026-03-02"):
        day = dt.date.fromisoformat(row["due"])
        return _all_day("task", id, what, day, called_off=bool(row["done_at"]))
    todo = _stamped(Todo(), "task", id, what)
    if row["done_at"]:
        todo.add("completed", _moment(row["done_at"]))
    todo.add("status", "COMPLETED" if row["done_at"] else "NEEDS-ACTION")
    return todo


def _reminder(id: str, request: Request, whom: str) -> Event:
    """The one reminder on its day; called off once they answered, or were reminded."""
    what = f"Ask {whom} once more" if request.put_off else f"Remind {whom}, once"
    return _all_day("request", id, what, request.remind, called_off=not request.waits)


def _all_day(kind: str, id: str, what: str, day: dt.date, called_off: bool) -> Event:
    from icalendar import Event

    event = _stamped(Event(), kind, id, what)
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    return event


def _stamped(component: C, kind: str, id: str, summary: str) -> C:
    now = clock.now()
    component.add("uid", f"{kind}-{id}@infonb")
    component.add("dtstamp", now.astimezone(dt.UTC))
    # a calendar takes a change only where the number is higher than the one it knows
    component.add("sequence", max(0, int((now - _EPOCH).total_seconds()) // 10))
    component.add("summary", summary)
    return component
