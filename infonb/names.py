"""People's names as letters: how they are compared, and which of them are ordinary words too."""

from __future__ import annotations

import unicodedata
from functools import cache

# letters that Unicode doesn't take apart into a plain letter and its mark
_PLAIN = {
    "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d",
    "Ð": "D", "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h",
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "′": "'", "＇": "'",
    "‐": "-", "‑": "-", "–": "-", "−": "-",
}  # fmt: skip

WORDS_TOO = frozenset(
    "abbey amber angel april art august autumn baker bank banks bar barber bell best bill bird "
    "black bond brook brooks brown bush butler carpenter carter case cash chance chase christian "
    "clay cliff cook cooper crystal daisy dale dawn day dean destiny dick dolly drew duke earl "
    "england eve faith farmer faye field fields fisher flora florence ford forest fox frank free "
    "french frost gardener gay gene glass glen gold good grace grant gray green grove guy hale "
    "hall hand harmony harper harry hazel heath heather hill holly hope house hunt hunter iris "
    "iron ivory ivy jack jade jay jewel joy judge jules june justice kane kay king knight lake "
    "lane law lee liberty lily lock long love major march mark marks marina marsh marshal marshall "
    "mason may mercy mike miles mill miller mills mint moon morning nick noble north olive page "
    "park parker pat patience peace pearl penny pepper peg pierce pike poole poppy porter potter "
    "powell power price prince queen rain ray reed rice rich rob robin rock rod rose ruby rush "
    "rusty sage sandy sawyer scout seal shaw sharp shepherd short sky skip smith snow sonny south "
    "spring star stern stone story strong sue summer summers sunny swan taylor teller temple terry "
    "tiger tucker turner van vane vera vernon victor viola violet wade walker ward waters weaver "
    "webb wells west white will willow winter winters wise wolf wood woods worth wright young "
    "zen".split()
)
"""Names that are words of the language, too: of these a capital alone says nothing."""


def plain(text: str) -> str:
    """Text without accents, invisible signs and typographic variants of quotes and hyphens.

    Case and spaces stay; what is written with the letters of another script stays as it is.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> plain("Zoë Groß‑O’Brien"), plain("Ü\\u00adnal\\u200b"), plain("王芳")
    ("Zoe Gross-O'Brien", 'Unal', '王芳')
    """
    if text.isascii() and "`" not in text:
        return text
    return "".join(map(_plain, unicodedata.normalize("NFKD", text)))


@cache
def _plain(character: str) -> str:
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""
    return _PLAIN.get(character, character)
