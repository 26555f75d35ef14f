"""What was logged: the tables, the records and `Journal`, the front door."""

from __future__ import annotations

from infonb.journal.journal import Journal
from infonb.journal.records import (
    Answer,
    Coding,
    Conduct,
    Decision,
    Importance,
    Interview,
    Lead,
    Occupation,
    Outcome,
    Person,
    SkillMention,
    Strength,
    Task,
    Theme,
)
from infonb.journal.writing import StaleAnswer

__all__ = [
    "Answer",
    "Coding",
    "Conduct",
    "Decision",
    "Importance",
    "Interview",
    "Journal",
    "Lead",
    "Occupation",
    "Outcome",
    "Person",
    "SkillMention",
    "StaleAnswer",
    "Strength",
    "Task",
    "Theme",
]
