"""What is written around an interview: drafts filled from what was said, never sent.

A draft is plain text for the person to read, change and send. `mailto` makes a link that opens
it in one's own mail program. What was changed is kept in the journal and given back as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from infonb import method
from infonb.english import first_capital
from infonb.journal import Decision, Interview, Journal, Person, Task
from infonb.journal.forget import FORGOTTEN
from infonb.journal.requests import Request, Rows, requests

if TYPE_CHECKING:
    import pandas as pd

SUBJECTS = {
    "request": "Twenty minutes of your advice", "reminder": "Twenty minutes of your advice",
    "thank_you": "Thank you for your time",
    "referral": "One more question", "follow_up": "One more question",
    "tell_outcome": "How my search ended",
}  # fmt: skip
"""Kind of message -> its subject."""

_TELLING = ("enjoy_most", "motivation", "typical_day", "path_in", "home_life", "difficulties")
_LONGEST = 90
Row = Mapping[str, Any]
_LF, _CRLF = "\n", "\r\n"


def mentioned(journal: Journal, interview: Interview | str) -> str | None:
    """Something the interviewee said, in the words it was noted in, to come back to.

    The first sentence of the best rated answer about what they do and like; never one that was
    said off the record.

    Examples
    --------
    >>> answer = journal.record_answer(interview, "enjoy_most", text="The quiet at dawn. And more.")
    >>> mentioned(journal, interview)
    'The quiet at dawn'
    """
    said = [
        answer
        for answer in journal.answers(interview)
        if not answer.private and answer.question in _TELLING and answer.text.strip()
    ]
    said.sort(key=lambda answer: (-(answer.rating or 0), _TELLING.index(answer.question)))
    for answer in said:
        sentence = re.split(r"[.!?;\n]", answer.text.strip(), maxsplit=1)[0].strip()
        if 0 < len(sentence) <= _LONGEST:
            return sentence
    return None


def written(journal: Journal, interview: Interview | str, kind: str) -> str:
    """What one wrote to the person of an interview; a fresh draft where that is nothing yet.

    Parameters
    ----------
    kind : str
        ``"request"``, ``"phone_script"`` or ``"referral"``.

    Examples
    --------
    >>> journal.keep_message(interview, "request", "Hello Sam, …")
    >>> written(journal, interview, "request")
    'Hello Sam, …'
    """
    return journal.messages(interview).get(kind) or fresh(journal, interview, kind)


def fresh(journal: Journal, interview: Interview | str, kind: str) -> str:
    """A draft filled from the journal.

    Parameters
    ----------
    kind : str
        As for `written`, ``"reminder"``, or a kind of task: ``"thank_you"``, ``"tell_outcome"``,
        ``"follow_up"`` (which asks whom else to talk with), ``"review_notes"``.

    Examples
    --------
    >>> fresh(journal, interview, "request").splitlines()[0]
    'Dear Sam,'
    """
    found = journal.interview(interview)
    person, occupation = _who(journal, found)
    if kind in ("request", "phone_script"):
        drafted = method.draft_request if kind == "request" else method.draft_phone_script
        return drafted(person.name, occupation, name_from(journal, person), found.minutes)
    if kind == "reminder":
        return method.draft_reminder(person.name, occupation, found.minutes)
    if kind == "thank_you":
        return method.draft_thank_you(person.name, occupation, said=mentioned(journal, found))
    if kind == "tell_outcome":
        return method.draft_news(person.name, _ended(journal))
    if kind in ("referral", "follow_up"):
        said = mentioned(journal, found)
        return method.draft_referral_request(person.name, occupation, said=said)
    return "\n".join(f"- {item.text}" for item in method.CHECKLISTS["after"])


def name_from(journal: Journal, person: Person) -> str | None:
    """Who or what gave one a person's name, as a request begins with it.

    Examples
    --------
    >>> sam = journal.add_person("Sam")
    >>> name_from(journal, journal.add_person("Ada", referred_by=sam))
    'Sam'
    """
    return journal.person(person.referred_by).name if person.referred_by else person.name_from


def draft(journal: Journal, task: Task | str) -> str:
    """The text to begin with for something that is owed.

    What was written for the task before is given back as it is.

    Parameters
    ----------
    task : Task or str
        The task or its id.

    Raises
    ------
    InfonbError
        When there is no such task.

    Examples
    --------
    >>> draft(journal, journal.add_task(interview, "thank_you")).splitlines()[0]
    'Dear Sam,'
    """
    found = journal.task(task)
    if found.draft:
        return found.draft
    return fresh(journal, found.interview_id, found.kind) if found.interview_id else ""


def mailto(email: str | None, subject: str, text: str) -> str:
    """A link that opens a message in one's own mail program; nothing is sent.

    Examples
    --------
    >>> mailto("ada@example.org", "Thank you", "Dear Ada,")
    'mailto:ada@example.org?subject=Thank%20you&body=Dear%20Ada%2C'
    """
    to, about = quote(_plain(email or ""), safe="@"), quote(subject, safe="")
    return f"mailto:{to}?subject={about}&body={quote(_plain(text).replace(_LF, _CRLF), safe='')}"


def letter(journal: Journal, task: Task | str) -> str:
    """A task's draft under its address, where that is known, and its subject.

    A next step that was chosen comes first, and under it a message that asks whom else to talk
    with.

    Examples
    --------
    >>> letter(journal, journal.add_task(interview, "thank_you")).splitlines()[:3]
    ['Subject: Thank you for your time', '', 'Dear Sam,']
    """
    found = journal.task(task)
    text = draft(journal, found)
    if found.interview_id is None or found.kind not in SUBJECTS:
        return text
    step = ""
    if found.kind == "follow_up":
        step = f"{found.draft}\n\n" if found.draft else ""
        text = written(journal, found.interview_id, "referral")
    email = _who(journal, journal.interview(found.interview_id))[0].email
    to = f"To: {email}\n" if email else ""
    return f"{step}{to}Subject: {SUBJECTS[found.kind]}\n\n{text}"


def overdue(journal: Journal) -> pd.DataFrame:
    """What should have been done by now, the oldest first: for the top of one's notebooks.

    Returns
    -------
    pandas.DataFrame
        As ``journal.tasks()``.

    Examples
    --------
    >>> task = journal.add_task(interview, "thank_you", due="2020-01-01")
    >>> overdue(journal).kind.tolist()
    ['thank_you']
    """
    tasks = journal.tasks()
    return tasks[tasks["overdue"].astype(bool)].reset_index(drop=True)


def overdue_sentence(journal: Journal) -> str:
    """The same in words; empty when nothing is overdue.

    Examples
    --------
    >>> task = journal.add_task(interview, "thank_you", due="2020-01-01")
    >>> overdue_sentence(journal)
    'Overdue: Send the thank-you note (Sam, since 2020-01-01).'
    """
    late = overdue(journal).to_dict("records")
    if not late:
        return ""
    told = [
        f"{method.TASKS[row['kind']]} ("
        + (f"{row['person']}, " if isinstance(row["person"], str) else "")
        + f"since {row['due']})"
        for row in late[:3]
    ]
    more = f", and {len(late) - 3} more" if len(late) > 3 else ""
    return f"Overdue: {'; '.join(told)}{more}."


def due_contacts(journal: Journal, today: dt.date | None = None) -> pd.DataFrame:
    """Who is to be thanked, reminded and asked today.

    Of the people one hasn't asked yet, one per occupation is due: the closest, and of those the one
    who waits longest. Nobody is while an answer may still come soon: see
    ``infonb.method.CADENCE``.

    Parameters
    ----------
    today : datetime.date, optional
        By default the journal's today.

    Returns
    -------
    pandas.DataFrame
        One row per person and thing to do, in this order: do (thank, remind or ask), person (id),
        name, occupation, since (the day from which it was owed or one waits), waited (working days
        since then), why (in words), task (id, of a thank-you), interview (id).

    Examples
    --------
    >>> due_contacts(journal)[["do", "name", "occupation"]].values.tolist()
    [['ask', 'Sam', 'Mechanical engineer']]
    >>> rosalind = journal.add_person("Rosalind", source="directory")
    >>> _ = journal.plan_interview(rosalind, interview.occupation_id)
    >>> _ = journal.record_contact(interview.person_id, "asked", at="2026-05-14")
    >>> due_contacts(journal, dt.date(2026, 5, 18))["name"].tolist()  # Sam may still answer
    []
    >>> due_contacts(journal, dt.date(2026, 5, 25))[["do", "name"]].values.tolist()
    [['remind', 'Sam'], ['ask', 'Rosalind']]
    """
    from infonb.frame import TEXT, WHOLE, frame

    today = today or journal.today()
    rows = journal.rows()
    people = {row["id"]: row for row in rows["person"] if row["name"] != FORGOTTEN}
    title = {row["id"]: row["title"] for row in rows["occupation"]}
    asked = list(requests(rows))
    due = [
        *_to_thank(rows, today), *_to_remind(asked, today), *_to_ask(rows, people, asked, today),
    ]  # fmt: skip
    found = []
    for row in due:
        if row["person"] in people:
            since = row.get("since")
            waited = None if since is None else max(0, method.working_days(since, today))
            found.append(
                {
                    **row, "name": people[row["person"]]["name"],
                    "occupation": title.get(row.get("occupation") or ""), "waited": waited,
                    "since": None if since is None else since.isoformat(),
                }
            )  # fmt: skip
    columns = {
        "do": TEXT, "person": TEXT, "name": TEXT, "occupation": TEXT, "since": TEXT,
        "waited": WHOLE, "why": TEXT, "task": TEXT, "interview": TEXT,
    }  # fmt: skip
    return frame(found, columns)


def _to_thank(rows: Rows, today: dt.date) -> list[dict[str, Any]]:
    """Thanks that are owed: tasks that fall due, and whoever was met and not thanked since."""
    interview = {row["id"]: row for row in rows["interview"]}
    owed = sorted(
        (row for row in rows["task"] if row["kind"] == "thank_you" and row["interview_id"]),
        key=lambda row: row["due"] or "",
    )
    found = []
    for row in owed:
        held = interview[row["interview_id"]]
        day = dt.date.fromisoformat(row["due"]) if row["due"] else today
        if row["done_at"] is None and day <= today:
            found.append(
                {
                    "do": "thank", "person": held["person_id"], "occupation": held["occupation_id"],
                    "since": day, "why": "You talked.", "task": row["id"], "interview": held["id"],
                }
            )  # fmt: skip
    noted = {interview[row["interview_id"]]["person_id"] for row in owed}
    met: dict[str, dt.date] = {}
    for row in sorted(rows["contact"], key=lambda row: row["at"]):
        if row["kind"] == "met":
            met[row["person_id"]] = dt.date.fromisoformat(row["at"][:10])
        elif row["kind"] == "thanked":
            met.pop(row["person_id"], None)
    return found + [
        {"do": "thank", "person": person, "since": day, "why": "You met."}
        for person, day in met.items()
        if person not in noted and day <= today
    ]


def _to_remind(asked: list[Request], today: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "do": "remind", "person": request.person_id, "since": request.since,
            "occupation": next(iter(request.occupation_ids), None),
            "interview": next(iter(request.interview_ids), None),
            "why": f"{_pause(request).do}.",
        }
        for request in asked
        if request.waits and request.remind <= today
    ]  # fmt: skip


def _pause(request: Request) -> method.Pause:
    return method.CADENCE["come_back" if request.put_off else "remind"]


def _to_ask(
    rows: Rows, people: Mapping[str, Row], asked: list[Request], today: dt.date
) -> list[dict[str, Any]]:
    """The first of each occupation, where no answer may come soon."""
    too_early = {
        occupation
        for request in asked
        if request.waits and request.ask_next and today < request.ask_next
        for occupation in request.occupation_ids or (None,)
    }
    found, seen = [], set(too_early)
    for row, talk in _not_asked(rows, people):
        about = talk["occupation_id"] if talk else None
        if about in seen:
            continue
        seen.add(about)
        found.append(
            {
                "do": "ask", "person": row["id"], "occupation": about,
                "interview": talk["id"] if talk else None, "why": _known_from(row, people),
            }
        )  # fmt: skip
    return found


def to_look_again(journal: Journal, today: dt.date | None = None) -> Decision | None:
    """The decision whose day to look again has come, as long as nothing was noted of it since.

    Examples
    --------
    >>> _ = journal.record_decision(None, "Apply", plan="A", look_again="2020-05-01")
    >>> to_look_again(journal).next_step
    'Apply'
    >>> _ = journal.record_reflection("look_again", "As I had thought")
    >>> to_look_again(journal) is None
    True
    """
    decisions = journal.decisions()
    newest = next((each for each in reversed(decisions) if each.plan != "B"), None)
    with_day = [each for each in decisions if each.look_again]
    if newest is None or not with_day:
        return None
    day = with_day[-1].look_again or ""
    if with_day[-1].at and newest.at and with_day[-1].at < newest.at:
        return None  # decided anew since, without a day
    looked = any(
        each.prompt == "look_again" and each.at and each.at.date().isoformat() >= day
        for each in journal.reflections()
    )
    due = day <= (today or journal.today()).isoformat()
    return with_day[-1] if due and not looked else None


def to_ask(journal: Journal) -> list[Person]:
    """Everybody one hasn't asked yet, the closest first, then who waits longest.

    Examples
    --------
    >>> _ = journal.add_person("Rosalind", source="directory")
    >>> _ = journal.add_person("Ben", source="friend")
    >>> [person.name for person in to_ask(journal)]
    ['Sam', 'Ben', 'Rosalind']
    """
    rows = journal.rows()
    people = {row["id"]: row for row in rows["person"] if row["name"] != FORGOTTEN}
    return [Person.from_row(row) for row, _ in _not_asked(rows, people)]


def _not_asked(rows: Rows, people: Mapping[str, Row]) -> list[tuple[Row, Row | None]]:
    """People nobody asked yet, in the order to ask them, with what is planned with them."""
    contacted = {row["person_id"] for row in rows["contact"]}
    planned: dict[str, Row] = {}
    for row in rows["interview"]:
        begun = row["scheduled_at"] or row["started_at"] or method.is_first_hand(row["medium"])
        if row["status"] != "planned" or begun:
            contacted.add(row["person_id"])
        else:
            planned.setdefault(row["person_id"], row)

    def place(row: Row) -> tuple[int, str]:
        source = row["source"] or ("referral" if row["referred_by"] else None)
        order = method.CLOSEST_FIRST
        return (order.index(source) if source in order else len(order), row["created_at"])

    waiting = sorted((row for id, row in people.items() if id not in contacted), key=place)
    return [(row, planned.get(row["id"])) for row in waiting]


def _known_from(row: Row, people: Mapping[str, Row]) -> str:
    giver = people.get(row["referred_by"] or "", {}).get("name")
    if giver:
        return f"The name is from {giver}."
    if row["name_from"]:
        return f"How you know of them: {row['name_from'].rstrip('.')}."
    source = method.SOURCES.get(row["source"] or "")
    return f"{first_capital(source)}." if source else "In your list, not asked yet."


def _who(journal: Journal, interview: Interview) -> tuple[Person, str]:
    about = journal.occupation(interview.occupation_id)
    return journal.person(interview.person_id), about.title


def _ended(journal: Journal) -> str:
    outcomes = journal.outcomes()
    if not outcomes:
        return "[Say here how your search ended]"
    last: Any = outcomes[-1]
    if last.note:
        return last.note
    where = f" at {last.organisation}" if last.organisation else ""
    title = f": {last.title}" if last.title else ""
    return f"My search has ended with this: {last.kind}{title}{where}"


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


__all__ = [
    "SUBJECTS", "draft", "due_contacts", "fresh", "letter", "mailto", "mentioned", "name_from",
    "overdue", "overdue_sentence", "to_ask", "to_look_again", "written",
]  # fmt: skip
