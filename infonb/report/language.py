"""Which language an answer is in, so that a screen reader speaks it as it is."""

from __future__ import annotations

import re

from infonb.reference.languages import SURE, identifier

_PAGE = "en"
_WORDS = 5
_ENGLISH = re.compile(r"\b(the|and|of|with|she|his|her|they|their|that)\b", re.IGNORECASE)
"""Words of no other language near: most answers need no model, which takes time to load."""


def language_of(text: str) -> str:
    """The language of a text where it surely isn't that of the page; else nothing.

    Parameters
    ----------
    text
        In people's words; of fewer than five no language can be told.

    Returns
    -------
    str
        As HTML's ``lang`` has it.

    Examples
    --------
    >>> language_of("Die Kinder sind laut, und abends bin ich müde.")
    'de'
    >>> language_of("Paper until eight in the evening."), language_of("Sehr schön.")
    ('', '')
    """
    if len(text.split()) < _WORDS or _ENGLISH.search(text):
        return ""
    language, chance = identifier().classify(text)
    return str(language) if language != _PAGE and chance >= SURE else ""
