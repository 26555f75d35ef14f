"""A calendar file (.ics): planned interviews as appointments, what is owed on its day.

Whom to remind stands there, too, on the day of `infonb.method.CADENCE`.

A task with a day is an appointment of that whole day, during which one is free. A to-do would be
the right word for it, but the calendars that most people use leave to-dos out when they take a
file in, and both together would show twice in the others. Once it is done it is called off, so
that validation a later file in removes it. Only a task without a day is a to-do.

Moments are written in UTC, so that every calendar shows them at the right time whatever zones it
knows. The same interview always has the same UID, so that validation a later file in changes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb import clock, method
from infonb.exchange.records import Outgoing
from infonb.exchange.vcard import escaped, lines_of
from infonb.journal.requests import Request, requests

if TYPE_CHECKING:
    from infonb.journal import Journal

REMINDER_MINUTES = 60
"""How long before an interview the calendar reminds: time to get there and to read one's notes."""

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

    def lines() -> Iterator[str]:
        yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//infonb//infonb//EN")
        yield "CALSCALE:GREGORIAN"
        for row in interview.values():
            if row["scheduled_at"] and row["status"] != "done":
                questions = [prompt.get(key, key) for key in asked.get(row["id"], [])]
                yield from _event(
                    outgoing.rows.id(row["id"]), row, about[row["occupation_id"]],
                    person[row["person_id"]], questions, redact,
                )  # fmt: skip
        for row in outgoing.rows["task"]:
            held = interview.get(row["interview_id"] or "")
            whom = person[held["person_id"]]["name"] if held else ""
            yield from _owed(outgoing.rows.id(row["id"]), row, whom)
        for request in requests(outgoing.rows):
            whom = person[request.person_id]["name"]
            yield from _reminder(outgoing.rows.id(request.id), request, whom)
        yield "END:VCALENDAR"

    return lines_of(lines())


def _event(
    id: str,
    row: Mapping[str, Any],
    occupation: str,
    person: Mapping[str, Any],
    questions: list[str],
    redact: bool,
) -> Iterator[str]:
    begins = dt.datetime.fromisoformat(row["scheduled_at"])
    told = [f"{row['minutes']} minutes, then thank them and ask who else might talk with you."]
    if not redact:
        contact = [person.get(key) for key in ("job_title", "organisation", "phone", "email")]
        told.insert(0, ", ".join(filter(None, contact)))
    told += [f"- {question}" for question in questions]
    yield "BEGIN:VEVENT"
    yield from _stamps("interview", id)
    yield f"DTSTART:{_utc(begins)}"
    length = dt.timedelta(minutes=row["minutes"])
    last = dt.datetime.max.replace(tzinfo=dt.UTC) - length  # `check` finds what lies beyond
    yield f"DTEND:{_utc(begins + length if begins <= last else begins)}"
    whom = f" with {person['name']}" if not redact else ""
    summary = f"Informational interview{whom}: {occupation}"
    yield f"SUMMARY:{escaped(summary)}"
    yield f"DESCRIPTION:{escaped(chr(10).join(filter(None, told)))}"
    if row["medium"] and not redact:
        yield f"LOCATION:{escaped(row['medium'])}"
    if row["status"] == "planned":
        yield "STATUS:CONFIRMED"
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{REMINDER_MINUTES}M")
        yield from (f"DESCRIPTION:{escaped(summary)}", "END:VALARM")
    else:
        yield "STATUS:CANCELLED"
    yield "END:VEVENT"


def _owed(id: str, row: Mapping[str, Any], whom: str) -> Iterator[str]:
    what = method.TASKS[row["kind"]] + (f": {whom}" if whom else "")
    if row["due"] and len(row["due"]) == len("2026-03-02"):
        day = dt.date.fromisoformat(row["due"])
        yield from _all_day("task", id, what, day, called_off=bool(row["done_at"]))
        return
    yield "BEGIN:VTODO"
    yield from _stamps("task", id)
    yield f"SUMMARY:{escaped(what)}"
    if row["done_at"]:
        yield f"COMPLETED:{_utc(dt.datetime.fromisoformat(row['done_at']))}"
    yield f"STATUS:{'COMPLETED' if row['done_at'] else 'NEEDS-ACTION'}"
    yield "END:VTODO"


def _reminder(id: str, request: Request, whom: str) -> Iterator[str]:
    """The one reminder on its day; called off once they answered, or were reminded."""
    what = f"Ask {whom} once more" if request.put_off else f"Remind {whom}, once"
    yield from _all_day("request", id, what, request.remind, called_off=not request.waits)


def _all_day(kind: str, id: str, what: str, day: dt.date, called_off: bool) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _stamps(kind, id)
    yield f"SUMMARY:{escaped(what)}"
    yield f"DTSTART;VALUE=DATE:{day.isoformat().replace('-', '')}"
    yield "TRANSP:TRANSPARENT"
    yield f"STATUS:{'CANCELLED' if called_off else 'CONFIRMED'}"
    yield "END:VEVENT"


def _stamps(kind: str, id: str) -> Iterator[str]:
    now = clock.now()
    yield f"UID:{escaped(f'{kind}-{id}')}@infonb"
    yield f"DTSTAMP:{_utc(now)}"
    # a calendar takes a change only where the number is higher than the one it knows
    yield f"SEQUENCE:{max(0, int((now - _EPOCH).total_seconds()) // 10)}"


def _utc(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
