"""When to ask the next person, when to remind, when to leave it; and whom to ask first.

Asking the next person after three working days and reminding once after seven is the "3B7"
routine of S. Dalton, *The 2-Hour Job Search* (2012); that one reminds once and then leaves it
stands on Simon Fraser University's pages on requesting an information interview, which send their
readers to that routine. Both are advice, nobody measured them. To come back after four weeks to
somebody who said "later" is our own.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType

from infonb.method.scales import SOURCES


@dataclass(frozen=True)
class Pause:
    """What to do once so many working days went by.

    Attributes
    ----------
    after : int
        Working days, Monday to Friday, since one asked or was put off.
    do : str
        In words for the screen.
    source : str
        Whose advice it is.
    """

    after: int
    do: str
    source: str

    def day(self, since: dt.date) -> dt.date:
        """The day on which it falls due.

        Examples
        --------
        >>> CADENCE["ask_next"].day(dt.date(2026, 5, 14))
        datetime.date(2026, 5, 19)
        """
        day = since
        while working_days(since, day) < self.after and day < dt.date.max:
            day += dt.timedelta(days=1)
        return day


CADENCE = MappingProxyType(
    {
        "ask_next": Pause(3, "No answer yet: ask the next person", "Dalton's 3B7 routine"),
        "remind": Pause(
            7, "One friendly reminder, then leave it", "Dalton's 3B7 routine; SFU career pages"
        ),
        "come_back": Pause(20, "They said later: ask once more, then leave it", "our own"),
    }
)
"""What to do, by how long one waited."""

CLOSEST_FIRST = tuple(SOURCES)
"""Whom to ask first: people you know, whom they named, then strangers."""


def working_days(since: dt.date, until: dt.date) -> int:
    """Working days, Monday to Friday, after one day up to another; holidays aren't known.

    Examples
    --------
    >>> working_days(dt.date(2026, 5, 15), dt.date(2026, 5, 18))  # from a Friday to the Monday
    1
    """
    weeks, days = divmod((until - since).days, 7)
    rest = ((since + dt.timedelta(days=day)).weekday() < 5 for day in range(1, days + 1))
    return 5 * weeks + sum(rest)
