"""Official facts about occupations: they know nothing of journals, findings or charts."""

from __future__ import annotations

from collections.abc import Callable

from infonb.reference.attribution import ATTRIBUTION
from infonb.reference.catalogue import MINE, Skill, skill
from infonb.reference.facts import (
    OccupationFacts,
    OutlookClass,
    Rated,
    importance,
    occupation,
    occupations,
    outlook_class,
)
from infonb.reference.pay import Wages, known_state, states, wages
from infonb.reference.skills import SkillMatch, match_skill, same_words
from infonb.reference.text_match import load_soon
from infonb.reference.titles import TitleMatch, is_a_title, match_title


def load_matching(*also: Callable[[], object]) -> None:
    """Load what `match_title` and `match_skill` need, on a thread of its own.

    A form calls it when it opens, so that no keystroke waits.

    Parameters
    ----------
    *also : callable
        What else to load behind it.
    """
    load_soon(
        lambda: match_title("nurse"),
        lambda: match_skill("keeping bees calm"),
        lambda: match_skill("QuuxFlarn Studio"),
        *also,
    )


__all__ = [
    "ATTRIBUTION",
    "MINE",
    "OccupationFacts",
    "OutlookClass",
    "Rated",
    "Skill",
    "SkillMatch",
    "TitleMatch",
    "Wages",
    "importance",
    "is_a_title",
    "known_state",
    "load_matching",
    "match_skill",
    "match_title",
    "occupation",
    "occupations",
    "outlook_class",
    "same_words",
    "skill",
    "states",
    "wages",
]
