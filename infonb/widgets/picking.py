"""Which interview a form opens, and how interviews are named in its picker."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infonb import clock

if TYPE_CHECKING:
    from infonb.journal import Interview, Journal, Occupation, Person

_STILL_THE_NEXT = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Choice:
    """One line of a picker: the interview's id, its group ("Planned", "Held") and its words."""

    id: str
    group: str
    label: str


def spoken_moment(at: dt.datetime) -> str:
    """A date and time as one says it.

    Examples
    --------
    >>> spoken_moment(dt.datetime(2026, 6, 2, 14, 0))
    'Tuesday 2 June, 14:00'
    """
    return f"{at:%A} {at.day} {at:%B}, {at:%H:%M}"


def spoken_date(date: str) -> str:
    """A day, month or year as one says it.

    Examples
    --------
    >>> spoken_date("2026-03-02"), spoken_date("2026-03"), spoken_date("2026")
    ('2 March 2026', 'March 2026', '2026')
    """
    year, *rest = date.split("-")
    if not rest:
        return year
    month = dt.date(2000, int(rest[0]), 1).strftime("%B")
    return " ".join([*(str(int(day)) for day in rest[1:]), month, year])


def when(interview: Interview) -> str:
    """When an interview is planned or was held, in words; "no date yet" where nothing is known."""
    if interview.status == "planned" and interview.scheduled_at and not interview.date:
        return spoken_moment(interview.scheduled_at)
    if interview.status == "planned" and interview.scheduled_at:
        same_day = interview.scheduled_at.date().isoformat() == interview.date
        return spoken_moment(interview.scheduled_at) if same_day else spoken_date(interview.date)  # pyright: ignore[reportArgumentType]
    if interview.date:
        return spoken_date(interview.date)
    return "no date yet" if interview.status == "planned" else "date not noted"


@dataclass(frozen=True)
class Known:
    """The people, occupations and interviews of a journal, read once.

    Attributes
    ----------
    people, occupations : dict
        By id, in order of entry.
    interviews : list of Interview
        In order of entry.
    today : datetime.date
        Today, or the day a sample is fixed to.
    """

    people: dict[str, Person]
    occupations: dict[str, Occupation]
    interviews: list[Interview]
    today: dt.date

    @classmethod
    def of(cls, journal: Journal) -> Known:
        """What a journal has now."""
        return cls(
            {person.id: person for person in journal.people()},
            {occupation.id: occupation for occupation in journal.occupations()},
            journal.interviews(),
            journal.today(),
        )

    @property
    def now(self) -> dt.datetime:
        """Now; the beginning of the fixed day in a sample."""
        if self.today == clock.today():
            return clock.now()
        return dt.datetime.combine(self.today, dt.time(), dt.UTC)

    def held(self) -> list[Interview]:
        """Interviews that were held, the latest first."""
        held = [interview for interview in self.interviews if interview.status == "done"]
        return sorted(held, key=lambda interview: interview.date or "", reverse=True)

    def planned(self) -> list[Interview]:
        """Planned interviews: the running one, the next, the later ones, then those missed."""
        now = self.now

        def place(interview: Interview) -> tuple[int, dt.datetime]:
            at = interview.scheduled_at
            if interview.started_at is not None:
                return (0, interview.started_at)
            if at is None:
                return (2, now)
            return (1 if at >= now - _STILL_THE_NEXT else 3, at)

        planned = [interview for interview in self.interviews if interview.status == "planned"]
        return sorted(planned, key=place)

    def choices(self, held_first: bool = False) -> list[Choice]:
        """All interviews one can open; see `choices`."""

        def line(interview: Interview, group: str) -> Choice:
            who = self.people[interview.person_id].name
            what = self.occupations[interview.occupation_id].title
            return Choice(interview.id, group, f"{who}, {what}: {when(interview)}")

        planned = [line(interview, "Planned") for interview in self.planned()]
        held = [line(interview, "Held") for interview in self.held()]
        return held + planned if held_first else planned + held


def planned_in_order(journal: Journal) -> list[Interview]:
    """Planned interviews: the running one, the next, the later ones, then those missed."""
    return Known.of(journal).planned()


def choices(journal: Journal, held_first: bool = False) -> list[Choice]:
    """All interviews one can open, the likeliest first.

    Parameters
    ----------
    journal : Journal
        Where they are kept.
    held_first : bool
        Whether those already held come before the planned ones, as in a debrief.

    Returns
    -------
    list of Choice

    Examples
    --------
    >>> import infonb
    >>> [choice.label for choice in choices(infonb.sample("example"))][0]
    'Mark Lindqvist, Occupational therapist: Wednesday 24 June, 13:00'
    """
    return Known.of(journal).choices(held_first)
