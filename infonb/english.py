"""English as sentences need it: numbers and lists in words."""

from __future__ import annotations

from collections.abc import Sequence

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def in_words(number: int) -> str:
    """Numbers up to nine as words, larger ones as digits.

    Examples
    --------
    >>> in_words(3), in_words(12)
    ('three', '12')
    """
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    Examples
    --------
    >>> count(1, "person", "people"), count(12, "interview")
    ('one person', '12 interviews')
    """
    return f"{in_words(number)} {one if number == 1 else many or one + 's'}"


def a_few(words: Sequence[str], most: int = 3) -> str:
    """Words joined as one says them; past ``most`` the rest is counted.

    Examples
    --------
    >>> a_few(["nurse", "librarian"]), a_few(["a", "b", "c", "d", "e"])
    ('nurse and librarian', 'a, b, c and 2 more')
    """
    if len(words) > most + 1:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def first_capital(text: str) -> str:
    """The text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def decimal(number: float) -> str:
    """A number to one decimal, which a whole one doesn't show.

    Examples
    --------
    >>> decimal(2.34), decimal(3.0)
    ('2.3', '3')
    """
    return f"{number:.1f}".removesuffix(".0")
