"""Which language an answer is in, so that a screen reader speaks it as it is."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_PAGE = "en"
_WORDS = 5
_ENGLISH = re.compile(r"\b(the|and|of|with|she|his|her|they|their|that)\b", re.IGNORECASE)
"""Words of no other language near: most answers need no model, which takes time to load."""
_SURE = 0.99


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
    language, chance = _identifier().classify(text)
    return str(language) if language != _PAGE and chance >= _SURE else ""


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
