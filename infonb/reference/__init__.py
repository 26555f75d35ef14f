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

__all__ = [
    "ATTRIBUTION",
    "OccupationFacts",
    "OutlookClass",
    "occupation",
    "occupations",
    "outlook_class",
]
