"""What is owed after an interview, in words: drafts filled from what was said, never sent.

A draft is plain text for the person to read, change and send. `mailto` makes a link that opens
it in one's own mail program.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from infonb import method
from infonb.journal import Interview, Journal, Person, Task

if TYPE_CHECKING:
    import pandas as pd

SUBJECTS = {
    "thank_you": "Thank you for your time", "follow_up": "One more question",
    "tell_outcome": "How my search ended", "request": "Twenty minutes of your advice",
}  # fmt: skip
"""Kind of message -> its subject."""

WORDS = {
    "thank_you": "Send the thank-you note", "review_notes": "Review the notes",
    "follow_up": "Follow up", "tell_outcome": "Tell how the search ended",
}  # fmt: skip
"""Kind of task -> what to do."""

_TELLING = ("enjoy_most", "motivation", "typical_day", "path_in", "home_life", "difficulties")
_LONGEST = 90
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


def draft(journal: Journal, task: Task | str, kind: str | None = None) -> str:
    """The text to begin with for something that is owed.

    What was written for the task before is given back as it is.

    Parameters
    ----------
    task : Task or str
        The task or its id.
    kind : str, optional
        ``"referral"`` for a follow-up that asks whom else to talk with.

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
    if found.interview_id is None:
        return ""
    interview = journal.interview(found.interview_id)
    person, occupation = _who(journal, interview)
    said = mentioned(journal, interview)
    if found.kind == "thank_you":
        return method.draft_thank_you(person.name, occupation, said=said)
    if found.kind == "tell_outcome":
        return method.draft_news(person.name, _ended(journal))
    if found.kind == "follow_up" or kind == "referral":
        return method.draft_referral_request(person.name, occupation, said=said)
    return "\n".join(f"- {item.text}" for item in method.CHECKLISTS["after"])


def request(journal: Journal, interview: Interview | str) -> str:
    """The first message to whom one plans to interview: how one got the name comes first.

    Examples
    --------
    >>> request(journal, interview).splitlines()[0]
    'Dear Sam,'
    """
    found = journal.interview(interview)
    person, occupation = _who(journal, found)
    named = person.name_from
    if person.referred_by and not named:
        named = next((p.name for p in journal.people() if p.id == person.referred_by), None)
    return method.draft_request(person.name, occupation, named, found.minutes)


def mailto(email: str | None, subject: str, text: str) -> str:
    """A link that opens a message in one's own mail program; nothing is sent.

    Examples
    --------
    >>> mailto("ada@example.org", "Thank you", "Dear Ada,")
    'mailto:ada@example.org?subject=Thank%20you&body=Dear%20Ada%2C'
    """
    to, about = quote(_plain(email or ""), safe="@"), quote(subject, safe="")
    return f"mailto:{to}?subject={about}&body={quote(_plain(text).replace(_LF, _CRLF), safe='')}"


def link(journal: Journal, task: Task | str) -> str:
    """The `mailto` link of a task's draft, addressed where the address is known."""
    found = journal.task(task)
    email = None
    if found.interview_id is not None:
        email = _who(journal, journal.interview(found.interview_id))[0].email
    return mailto(email, SUBJECTS.get(found.kind, ""), draft(journal, found))


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
        f"{WORDS[row['kind']]} ("
        + (f"{row['person']}, " if isinstance(row["person"], str) else "")
        + f"since {row['due']})"
        for row in late[:3]
    ]
    more = f", and {len(late) - 3} more" if len(late) > 3 else ""
    return f"Overdue: {'; '.join(told)}{more}."


def _who(journal: Journal, interview: Interview) -> tuple[Person, str]:
    person = next(p for p in journal.people() if p.id == interview.person_id)
    about = next(o for o in journal.occupations() if o.id == interview.occupation_id)
    return person, about.title


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
    "SUBJECTS", "WORDS", "draft", "link", "mailto", "mentioned", "overdue",
    "overdue_sentence", "request",
]  # fmt: skip
