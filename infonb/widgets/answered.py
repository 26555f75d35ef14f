"""Whether people answered a request: one row of radios where they stand, never a form of its own.

What was asked, reminded and thanked is noted by pressing Copy or the mail link of a draft; see
`infonb.widgets.draft.Draft.on_use`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ipywidgets as widgets

from infonb import method
from infonb.journal.requests import Request, requests
from infonb.widgets.forms import row_of_radios
from infonb.widgets.picking import spoken_date

if TYPE_CHECKING:
    from infonb.journal import Contact, Journal
    from infonb.widgets.prepare import Prepare

CHANNELS = {"mailed": "e-mail", "copied": "message", "called": "phone"}
"""What was pressed -> how it was sent."""
_ANSWERS = [
    ("not yet", None), ("yes", "answered_yes"), ("later", "answered_later"), ("no", "answered_no"),
]  # fmt: skip
_IN_WORDS = {
    "asked": "asked", "reminded": "reminded", "answered_yes": "said yes", "answered_no": "said no",
    "answered_later": "said later", "no_answer": "no answer", "met": "met", "thanked": "thanked",
    "kept_in_touch": "kept in touch",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """How things stand with the people one has asked.

    Attributes
    ----------
    contacts : dict of str to list of Contact
        By person, in order of time.
    requests : dict of str to Request
        By person, as far as they were asked.
    """

    contacts: dict[str, list[Contact]]
    requests: dict[str, Request]

    @classmethod
    def of(cls, journal: Journal) -> Standing:
        """What a journal has now."""
        contacts: dict[str, list[Contact]] = {}
        for contact in journal.contacts():
            contacts.setdefault(contact.person_id, []).append(contact)
        return cls(contacts, {each.person_id: each for each in requests(journal.rows())})

    def unanswered(self) -> list[str]:
        """People who were asked and haven't answered, the longest wait first."""
        waiting = [each for each in self.requests.values() if each.unanswered]
        return [each.person_id for each in sorted(waiting, key=lambda each: each.since)]

    def is_unanswered(self, person: str) -> bool:
        """Whether somebody was asked and hasn't answered."""
        return person in self.requests and self.requests[person].unanswered

    def said_yes(self, person: str) -> bool:
        """Whether what they said last is yes."""
        kinds = [each.kind for each in self.contacts.get(person, [])]
        return bool(kinds) and kinds[-1] == "answered_yes"

    def in_words(self, person: str) -> str:
        """The last that happened: "Asked on 20 April 2026, by message"; empty where nothing did.

        Examples
        --------
        >>> ada = journal.add_person("Ada")
        >>> _ = journal.record_contact(ada, "asked", channel="message", at="2026-04-20")
        >>> _ = journal.record_contact(ada, "answered_later", at="2026-04-21")
        >>> Standing.of(journal).in_words(ada.id)
        'Asked on 20 April 2026, by message; said later on 21 April 2026.'
        """
        said = []
        for each in self.contacts.get(person, [])[-2:]:
            how = f", by {each.channel}" if each.channel in CHANNELS.values() else ""
            day = spoken_date(each.at.date().isoformat()) if each.at else "a day not noted"
            said.append(f"{_IN_WORDS[each.kind]} on {day}{how}")
        text = "; ".join(said)
        return f"{text[0].upper()}{text[1:]}." if text else ""


def did_they_answer(
    form: Prepare, person: str, name: str, undo: widgets.Button, place: widgets.DOMWidget
) -> widgets.RadioButtons:
    """One tap that notes what somebody answered, and can be taken back."""
    answer = row_of_radios(f"Did {name} answer?", _ANSWERS)

    def note(kind: str | None) -> str | bool:
        if kind is None:
            return False
        said = note_answer(form.people.journal, person, kind)
        form.refresh()
        form.may_undo(undo)
        return said

    form._on_change(answer, note, place)
    return answer


def note_answer(journal: Journal, person: str, kind: str) -> str:
    """Note what somebody answered; what it means, in words.

    Examples
    --------
    >>> note_answer(journal, journal.add_person("Ada").id, "answered_yes")
    'Noted: yes. Choose a day under Plan.'
    """
    journal.record_contact(person, kind, at=journal.today().isoformat())
    if kind == "answered_yes":
        return "Noted: yes. Choose a day under Plan."
    if kind == "answered_no":
        return "Noted: no. Nothing is owed; ask the next person."
    day = method.CADENCE["come_back"].day(journal.today())
    return f"Noted: later. It comes back on {spoken_date(day.isoformat())}."


def note_sent(journal: Journal, person: str, how: str) -> Contact:
    """Note a request that was sent: asked, or reminded where an earlier one is unanswered.

    Examples
    --------
    >>> ada = journal.add_person("Ada")
    >>> _ = journal.record_contact(ada, "asked", at="2020-05-04")
    >>> contact = note_sent(journal, ada.id, "mailed")
    >>> contact.kind, contact.channel
    ('reminded', 'e-mail')
    """
    before = Standing.of(journal).requests.get(person)
    is_reminder = before and before.unanswered and before.since < journal.today()
    kind = "reminded" if is_reminder else "asked"
    return journal.record_contact(person, kind, CHANNELS.get(how), journal.today().isoformat())
