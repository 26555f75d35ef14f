"""What to do before, during and after an interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class ChecklistItem:
    """One line of a checklist.

    Attributes
    ----------
    key : str
        Its name in frames and files.
    text : str
        What to do, in words for the screen.
    why : str
        Why it matters, one sentence.
    conduct : bool
        Whether it is judged afterwards (0 no, 1 partly, 2 yes) as part of how one conducts
        interviews.
    """

    key: str
    text: str
    why: str
    conduct: bool = False


CHECKLISTS: Mapping[str, tuple[ChecklistItem, ...]] = MappingProxyType(
    {
        "before": (
            ChecklistItem(
                "said_how_name_was_got", "Say on first contact who gave you the name",
                "It turns a stranger's request into a friend's recommendation.", True,
            ),
            ChecklistItem(
                "asked_for_information", "Say that you look for information and guidance",
                "People gladly help somebody who wants to learn, and dread being asked for a job.",
                True,
            ),
            ChecklistItem(
                "asked_for_20_minutes", "Ask for twenty minutes",
                "A small, clear favour is easy to grant.", True,
            ),
            ChecklistItem(
                "prepared", "Read up on the occupation and the organisation",
                "Twenty minutes are too short for what a web page tells.", True,
            ),
            ChecklistItem(
                "questions_chosen", "Choose a few questions",
                "Time is short: six or seven good ones are plenty.",
            ),
            ChecklistItem(
                "dressed", "Dress and act as for a job interview",
                "You may meet this person again on the other side of a desk.", True,
            ),
            ChecklistItem(
                "paper_and_pen", "Bring paper and pen, and a watch",
                "Batteries die; notes by hand can be typed up later.",
            ),
        ),
        "during": (
            ChecklistItem(
                "listened", "Let them talk, and take notes",
                "You came to hear, not to impress.", True,
            ),
            ChecklistItem(
                "kept_to_time", "Keep to the twenty minutes",
                "You promised; they can offer more if they wish.", True,
            ),
            ChecklistItem(
                "did_not_ask_for_job", "Do not ask for a job, in any way",
                "It breaks the promise under which they agreed to talk.", True,
            ),
            ChecklistItem(
                "asked_for_referrals", "Ask who else might be open to such a talk",
                "The next interview is easiest to get through this one.", True,
            ),
            ChecklistItem(
                "took_card", "Take the business card",
                "So that the thank-you finds its way.", True,
            ),
            ChecklistItem(
                "thanked", "Thank them before you leave",
                "Their time was a gift.", True,
            ),
        ),
        "after": (
            ChecklistItem(
                "thank_you_sent", "Send a thank-you note at once",
                "The same day it is still a pleasure; next week it is a duty.",
            ),
            ChecklistItem(
                "conduct_judged", "Judge how well you conducted it",
                "The next one goes better for it.",
            ),
            ChecklistItem(
                "weight_decided", "Decide how much weight to give what was said",
                "Take it with a grain of salt: trust your own judgment.",
            ),
            ChecklistItem(
                "notes_reviewed", "Review the notes",
                "In two days you will have forgotten what the abbreviations meant.",
            ),
            ChecklistItem(
                "next_step_decided", "Decide the next step",
                "An interview that changes nothing was a nice chat.",
            ),
            ChecklistItem(
                "told_outcome", "When the search ends, tell everyone you interviewed",
                "They will want to know how it ended.",
            ),
        ),
    }
)  # fmt: skip
"""Stage (``"before"``, ``"during"``, ``"after"``) -> its items, in order."""

TASKS: Mapping[str, str] = MappingProxyType(
    {
        "thank_you": "Send the thank-you note", "review_notes": "Review the notes",
        "follow_up": "Follow up", "tell_outcome": "Tell how the search ended",
    }
)  # fmt: skip
"""Kind of task -> what to do."""

CONDUCT: Mapping[str, ChecklistItem] = MappingProxyType(
    {item.key: item for items in CHECKLISTS.values() for item in items if item.conduct}
)
"""The items by which one judges one's own interviewing: key -> item."""
