"""The scales people answer on, each with worded ends, and the method's fixed numbers."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

MINUTES = 20
"""What you ask for, and keep to."""

INTERVIEWS_WANTED = 3
"""People per occupation: the method's own guideline."""


@dataclass(frozen=True)
class Scale:
    """A scale with worded ends.

    Attributes
    ----------
    low, high : float
        The smallest and the largest value.
    low_means, high_means : str
        What they mean, in words for the screen.
    """

    low: float
    high: float
    low_means: str
    high_means: str

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies on the scale, ends included.

        Examples
        --------
        >>> CONFIDENCE.holds(5), CONFIDENCE.holds(0)
        (True, False)
        """
        return self.low <= value <= self.high


CONFIDENCE = Scale(1, 5, "I would rather not", "I look forward to it")
WEIGHT = Scale(0, 1, "leave it out", "trust it fully")
IMPORTANCE = Scale(0, 5, "I don't mind", "it decides")

TRIED_IT = "tried it"
"""How one heard of an occupation by doing it oneself: a day of shadowing, a course, a trial day."""

ONESELF = "Myself"
"""Whom such an interview is with."""


def is_first_hand(medium: str | None) -> bool:
    """Whether an interview is what one tried oneself: it is shown apart and never counted.

    Examples
    --------
    >>> is_first_hand("Tried it"), is_first_hand("video"), is_first_hand(None)
    (True, False, False)
    """
    return " ".join((medium or "").split()).casefold() == TRIED_IT


SOURCES = MappingProxyType(
    {
        "friend": "a friend",
        "family": "family",
        "neighbor": "a neighbor",
        "supervisor": "a supervisor",
        "coworker": "a coworker",
        "referral": "named by somebody you interviewed",
        "directory": "a directory",
        "association": "a professional association",
        "other": "somewhere else",
    }
)
"""How you can know of a person: key and words for the screen."""

WORKPLACES = (
    "hospital", "practice or clinic", "school", "university", "small firm", "large firm",
    "public office", "non-profit", "self-employed", "from home",
)  # fmt: skip
"""Kinds of workplace to choose from, or to add to in own words; never an employer's name."""
