"""Requests for an interview that nobody answered yet, from the rows of a journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infonb.method import CADENCE

Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Request:
    """Somebody who was asked, and what became of it.

    Attributes
    ----------
    id : str
        Of the contact from which the days count: asked, or the answer "later".
    person_id : str
    since : datetime.date
        The day on which one asked, or was put off.
    interview_ids, occupation_ids : tuple of str
        What is planned with them, and about what.
    waits : bool
        Whether an answer may still come: none did, and nobody reminded them.
    unanswered : bool
        Whether none came, reminded or not.
    remind : datetime.date
        The day for the one reminder.
    put_off : bool
        Whether they said later.
    ask_next : datetime.date or None
        The day from which the next person is to be asked; None where they said later, since
        then one needn't wait.
    """

    id: str
    person_id: str
    since: dt.date
    interview_ids: tuple[str, ...]
    occupation_ids: tuple[str, ...]
    waits: bool
    unanswered: bool
    remind: dt.date
    put_off: bool
    ask_next: dt.date | None


def requests(rows: Rows) -> Iterator[Request]:
    """Each person who was asked, in the order in which they were.

    A day that was agreed on is an answer; so is an interview that was held or called off.

    Parameters
    ----------
    rows : mapping of str to list of dict
        As `infonb.journal.Journal.rows` gives them; contact and interview are read.

    Examples
    --------
    >>> ada = journal.add_person("Ada")
    >>> _ = journal.record_contact(ada, "asked", at="2026-05-14")
    >>> [(request.waits, str(request.remind)) for request in requests(journal.rows())]
    [(True, '2026-05-25')]
    """
    interviews: dict[str, list[dict[str, Any]]] = {}
    for row in rows["interview"]:
        interviews.setdefault(row["person_id"], []).append(row)
    by_person: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows["contact"], key=lambda row: row["at"]):
        by_person.setdefault(row["person_id"], []).append(row)
    for person, events in by_person.items():
        last = _last_request(events)
        if last is None:
            continue
        counts, silent, open_ = last
        since = dt.date.fromisoformat(counts["at"][:10])
        talks = interviews.get(person, [])
        planned = [row for row in talks if row["status"] == "planned"]
        settled = any(_settles(row, since) for row in talks)
        later = counts["kind"] == "answered_later"
        yield Request(
            counts["id"], person, since,
            interview_ids=tuple(row["id"] for row in planned),
            occupation_ids=tuple(row["occupation_id"] for row in planned),
            waits=silent and not settled,
            unanswered=open_ and not settled,
            remind=CADENCE["come_back" if later else "remind"].day(since),
            put_off=later,
            ask_next=None if later else CADENCE["ask_next"].day(since),
        )  # fmt: skip


def _last_request(events: list[dict[str, Any]]) -> tuple[dict[str, Any], bool, bool] | None:
    """What counts from the last request on, whether neither an answer nor a reminder came, and
    whether no answer did.

    To ask again while one waits is the reminder.
    """
    counts, waits, ended = None, False, True
    for row in events:
        if row["kind"] == "answered_later":
            counts, waits, ended = row, True, False
        elif row["kind"] in ("asked", "reminded"):
            if ended:
                counts, ended = row, False
                waits = row["kind"] == "asked"
            else:
                waits = False
        else:
            waits, ended = False, True
    return None if counts is None else (counts, waits, not ended)


def _settles(interview: Mapping[str, Any], since: dt.date) -> bool:
    """Whether an interview answers a request: a day was agreed on, or it came to its end."""
    if interview["status"] == "planned":
        return interview["scheduled_at"] is not None
    held = interview["date"]
    return held is None or held >= since.isoformat()[: len(held)]
