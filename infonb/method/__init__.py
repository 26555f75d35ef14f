"""The method of the informational interview, as data: it knows nothing of journals or charts."""

from __future__ import annotations

from infonb.method.cadence import CADENCE, CLOSEST_FIRST, Pause, working_days
from infonb.method.checklists import CHECKLISTS, CONDUCT, TASKS, ChecklistItem
from infonb.method.conduct import BENEFITS, GOALS, RULES, Benefit, Rule
from infonb.method.drafts import (
    draft_news,
    draft_phone_script,
    draft_referral_request,
    draft_reminder,
    draft_request,
    draft_thank_you,
)
from infonb.method.questions import (
    AGENDA_DEFAULT,
    ASK_NEXT,
    NOTES,
    QUESTIONS,
    START_PAY,
    Question,
    minutes_needed,
    own_question,
)
from infonb.method.reflection import REFLECTIONS, questions_to_guess
from infonb.method.scales import (
    CONFIDENCE,
    IMPORTANCE,
    INTERVIEWS_WANTED,
    MINUTES,
    ONESELF,
    SOURCES,
    TRIED_IT,
    WEIGHT,
    WORKPLACES,
    Scale,
    is_first_hand,
)
from infonb.method.wording import Concern, check_wording

__all__ = [
    "AGENDA_DEFAULT",
    "ASK_NEXT",
    "BENEFITS",
    "CADENCE",
    "CHECKLISTS",
    "CLOSEST_FIRST",
    "CONDUCT",
    "CONFIDENCE",
    "GOALS",
    "IMPORTANCE",
    "INTERVIEWS_WANTED",
    "MINUTES",
    "NOTES",
    "ONESELF",
    "QUESTIONS",
    "REFLECTIONS",
    "RULES",
    "SOURCES",
    "START_PAY",
    "TASKS",
    "TRIED_IT",
    "WEIGHT",
    "WORKPLACES",
    "Benefit",
    "ChecklistItem",
    "Concern",
    "Pause",
    "Question",
    "Rule",
    "Scale",
    "check_wording",
    "draft_news",
    "draft_phone_script",
    "draft_referral_request",
    "draft_reminder",
    "draft_request",
    "draft_thank_you",
    "is_first_hand",
    "minutes_needed",
    "own_question",
    "questions_to_guess",
    "working_days",
]
