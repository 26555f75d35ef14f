"""Turns of a conversation: who said what, from the second it began at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from infonb.journal.columns import fold_title


@dataclass(frozen=True)
class Turn:
    """What one speaker said without a break.

    Attributes
    ----------
    speaker : str or None
        As the file calls them; None where it doesn't say.
    text : str
    at : float or None
        Seconds from the start.
    row : int
        Where it stands in the file: a line, a cue or a paragraph, from 1.
    """

    speaker: str | None
    text: str
    at: float | None = None
    row: int = 1


_ENDED = re.compile(r"[.?!…。？！]['\"”’»)\]]*$")
_UNKNOWN = re.compile(r"(?:unknown|unidentified)(?: speaker)?|inconnu|unbekannt|desconocido")


def joined(turns: Iterable[Turn], between: str = " ") -> tuple[Turn, ...]:
    """Neighbouring turns of one speaker as one; without speakers, up to the end of a sentence.

    One spelling of a name stands for all its cases; an unknown speaker is none.

    Examples
    --------
    >>> [t.text for t in joined([Turn("Zoë", "Well,"), Turn("ZOË", "yes."), Turn("Sam", "Ah.")])]
    ['Well, yes.', 'Ah.']
    """
    return tuple(_joined(turns, between))


def _joined(turns: Iterable[Turn], between: str) -> Iterator[Turn]:
    spelled: dict[str, str] = {}
    last: Turn | None = None
    said: list[str] = []
    for turn in turns:
        name = " ".join((turn.speaker or "").split()) or None
        if name is not None and _UNKNOWN.fullmatch(name.casefold()):
            name = None
        if name is not None:
            name = spelled.setdefault(fold_title(name), name)
        turn = replace(turn, speaker=name)
        if not turn.text.strip():
            continue
        ended = name is None and said and _ENDED.search(said[-1][-8:])
        if last is None or last.speaker != name or ended:
            if last is not None:
                yield replace(last, text=between.join(said))
            last, said = turn, []
        said.append(turn.text)
    if last is not None:
        yield replace(last, text=between.join(said))


def seconds(time: str) -> float | None:
    """A time such as ``1:02:03.5``, ``0:03`` or ``00:00:01,000`` in seconds.

    Examples
    --------
    >>> seconds("[1:02:03.5]"), seconds("0:03"), seconds("soon")
    (3723.5, 3.0, None)
    """
    parts = re.findall(r"\d+(?:[.,]\d+)?", time)
    if not 2 <= len(parts) <= 3:
        return None
    total = 0.0
    for part in parts:
        total = total * 60 + float(part.replace(",", "."))
    return total if total <= 10**6 else None
