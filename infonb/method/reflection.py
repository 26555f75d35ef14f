"""What one asks oneself: before an occupation is heard of, after an interview, after a round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

_GUESSED_FIRST = ("home_life", "typical_day", "outlook", "enjoy_most")
_GUESSES = 4
"""So many questions take a minute."""

REFLECTIONS = MappingProxyType(
    {
        "surprised": "What surprised you?",
        "changes": "What does it change?",
        "ask_next": "What will you ask next?",
        "first_thought": "Before you look: which one is it today?",
        "not_rated": "What do you know that you didn't rate?",
        "believe_now": "What do you believe now that you didn't before?",
        "change_my_mind": "What would change your mind?",
        "not_want": "What do you not want?",
        "smallest_step": "What is the smallest next step?",
        "look_again": "How did it go?",
    }
)
"""Prompt -> its words on the screen: three after an interview, then those of deciding."""


def questions_to_guess(importances: Mapping[str, float], rated: Collection[str]) -> list[str]:
    """The questions of which one says beforehand what one expects: four at most.

    Parameters
    ----------
    importances : mapping of str to float
        What matters, by question: those that matter most come first.
    rated : collection of str
        Questions whose answers are rated.

    Examples
    --------
    >>> questions_to_guess({"top_skills": 5, "outlook": 0, "home_life": 2},
    ...     {"top_skills", "home_life", "typical_day", "outlook"})
    ['top_skills', 'home_life', 'typical_day', 'outlook']
    """
    matter = [key for key, value in importances.items() if value > 0]
    matter.sort(key=lambda key: -importances[key])
    keys = dict.fromkeys([*matter, *_GUESSED_FIRST])
    return [key for key in keys if key in rated][:_GUESSES]
