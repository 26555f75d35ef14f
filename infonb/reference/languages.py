"""Which language a text is in, and the words of four of them that say little."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SURE = 0.99


def language_of(text: str) -> str | None:
    """The language of a text as ISO 639-1 has it; None where that isn't sure.

    Examples
    --------
    >>> language_of("Die Kinder sind laut, und abends bin ich müde.")
    'de'
    >>> language_of("")
    """
    if not text.strip():
        return None
    language, chance = identifier().classify(text)
    return str(language) if chance >= SURE else None


@cache
def identifier() -> LanguageIdentifier:
    """The model of languages, loaded once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
