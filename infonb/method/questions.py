"""The standard questions: fifteen of them, sixteen keys (most and least enjoyed are two)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Question:
    """One question of the agenda.

    Attributes
    ----------
    key : str
        Its name in frames and files, such as ``"home_life"``.
    group : str
        ``"way in"``, ``"the work"``, ``"the future"``, ``"life"`` or ``"you"``.
    prompt : str
        What to ask, in words one can say aloud.
    short : str
        A label for charts and tables, a few words.
    to_oneself : str
        The question a rating answers: how good does this sound for me?
    low, high : str
        What a rating of 1 and of 5 means. Empty where the answer isn't rated.
    minutes : float
        How long an answer usually takes.
    """

    key: str
    group: str
    prompt: str
    short: str
    to_oneself: str
    low: str
    high: str
    minutes: float = 2.5

    @property
    def rated(self) -> bool:
        """Whether the answer is rated from 1 to 5."""
        return bool(self.low)


_ALL = (
    Question(
        "path_in", "way in", "How did you come to this kind of work, and to this job?",
        "The way in", "How open is the way in for me?",
        "hard to get in", "an open way in", 3,
    ),
    Question(
        "preparation", "way in",
        "What education and training did you have, and what does one need today?",
        "Preparation", "Is the preparation within my reach?",
        "out of my reach", "within my reach", 2,
    ),
    Question(
        "enjoy_most", "the work", "What do you enjoy most about your work?",
        "Enjoyed most", "How much of that would I enjoy?",
        "little I'd enjoy", "much I'd enjoy", 2,
    ),
    Question(
        "enjoy_least", "the work", "And what do you enjoy least?",
        "Enjoyed least", "How much of that would bother me?",
        "a lot I'd dislike", "little to complain of", 2,
    ),
    Question(
        "top_skills", "the work", "Which three skills do you use most?",
        "Skills used", "How close are these skills to mine?",
        "far from mine", "close to mine", 2,
    ),
    Question(
        "typical_day", "the work", "What does a usual day look like, or a usual week?",
        "A usual day", "Would such a day suit me?",
        "not for me", "just right for me", 3,
    ),
    Question(
        "motivation", "the work", "What keeps you going in this work?",
        "What drives them", "Would that drive me too?",
        "not what drives me", "what drives me", 2,
    ),
    Question(
        "difficulties", "the work", "What is regularly hard about it?",
        "Difficulties", "Could I live with these difficulties?",
        "too hard for me", "I could live with it", 2.5,
    ),
    Question(
        "advancement", "the future", "What chances are there to advance, and where do they end?",
        "Chances to advance", "How far could I get?",
        "a dead end", "wide open", 2,
    ),
    Question(
        "progression", "the future", "What steps do people usually take in this field?",
        "Usual steps", "How clear are the steps?",
        "unclear or slow", "clear and steady", 2,
    ),
    Question(
        "stay_competitive", "the future", "What does one have to know to keep up?",
        "Keeping up", "Could I keep up gladly?",
        "a treadmill", "manageable", 2,
    ),
    Question(
        "outlook", "the future", "How do you think the occupation will fare in the coming years?",
        "Outlook", "Will there be work?",
        "shrinking", "booming", 2,
    ),
    Question(
        "home_life", "life", "What does the job do to your life at home?",
        "Life at home", "Is it good for life at home?",
        "bad for home life", "good for home life", 2.5,
    ),
    Question(
        "entry_level", "way in", "Which titles and duties does one start with?",
        "Where one starts", "Would I like to start there?",
        "an unattractive start", "an attractive start", 2,
    ),
    Question(
        "learn_more", "you", "How could I find out more about the field?",
        "Finding out more", "", "", "", 1.5,
    ),
    Question(
        "strengths_fit", "you", "These are my strengths: how would they fit your field?",
        "My strengths there", "How well do my strengths fit?",
        "a poor fit", "a strong fit", 2.5,
    ),
)  # fmt: skip

QUESTIONS: Mapping[str, Question] = MappingProxyType({q.key: q for q in _ALL})
"""Question key -> `Question`, in the order one asks them."""


def own_question(
    key: str, prompt: str, short: str | None, low: str | None, high: str | None
) -> Question:
    """A question of one's own; without worded ends it is rated as any other.

    Examples
    --------
    >>> own_question("own_travel", "Do you travel?", None, None, None).high
    'just right for me'
    """
    ends = low or "not for me", high or "just right for me"
    return Question(key, "own", prompt, short or prompt, prompt, *ends)


NOTES = Question("notes", "you", "Anything else", "Other notes", "", "", "", 0)
"""The free note of an interview: kept like an answer, never rated."""

START_PAY = "start_pay"
"""What is expected in money, beside the questions: the pay one begins with, a year."""

ASK_NEXT = Question(
    "ask_next", "you", "Who else might be open to such a talk?", "Whom to ask next", "", "", "", 1
)
"""The closing question; who is named can become a person in the debrief."""

AGENDA_DEFAULT = (
    "path_in",
    "typical_day",
    "enjoy_most",
    "enjoy_least",
    "top_skills",
    "home_life",
    "outlook",
)
"""A few questions that fit twenty minutes, for a first agenda."""


def minutes_needed(keys: Iterable[str]) -> float:
    """How long a choice of questions usually takes, hello and goodbye (3 minutes) included.

    Parameters
    ----------
    keys : iterable of str
        Question keys; one that isn't a standard question counts 2.5 minutes.

    Returns
    -------
    float
        Minutes.

    Examples
    --------
    >>> minutes_needed(AGENDA_DEFAULT)
    19.5
    """
    return 3 + sum(QUESTIONS[key].minutes if key in QUESTIONS else 2.5 for key in keys)
