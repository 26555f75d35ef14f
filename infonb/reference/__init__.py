"""Official facts about occupations: they know nothing of journals, findings or charts."""

from __future__ import annotations

from infonb.reference.facts import (
    ATTRIBUTION,
    OccupationFacts,
    OutlookClass,
    occupation,
    occupations,
    outlook_class,
)
from infonb.reference.skill_names import MINE, Skill, skill
from infonb.reference.skill_official import importance
from infonb.reference.skills import SkillMatch, match_skill, same_words

__all__ = [
    "ATTRIBUTION",
    "MINE",
    "OccupationFacts",
    "OutlookClass",
    "Skill",
    "SkillMatch",
    "importance",
    "match_skill",
    "occupation",
    "occupations",
    "outlook_class",
    "same_words",
    "skill",
]
