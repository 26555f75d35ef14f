"""A conversation as plain text: whose name stands before, or above, what is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from infonb.exchange.turns import Turn, joined, seconds
from infonb.journal.columns import fold_title

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_TIME = rf"[\[(<]?(?P<at>{_CLOCK})[\])>]?"
_NAME = r"(?P<name>[^\W\d_][^:!?;<>\[\]\"“”„|\t\n]{0,47}?)"
_COLON = r"[ \t\u00a0\u202f]*[:：](?!//)(?=\s|$|[^\W\d_])"
_BEFORE = re.compile(rf"{_TIME}[ \t]*[-–—|]?[ \t]*{_NAME}{_COLON}[ \t]*(?P<text>.*)$")
_WITHIN = re.compile(rf"{_NAME}[ \t]*{_TIME}{_COLON}?[ \t]*(?P<text>.*)$")
_ABOVE = re.compile(rf"{_NAME}(?:[ \t]+|[ \t]*[-–—,|][ \t]*){_TIME}[ \t]*:?$")
_AFTER = re.compile(rf"{_TIME}[ \t]+[-–—|]?[ \t]*{_NAME}$")
_SAID = re.compile(rf"{_NAME}{_COLON}[ \t]*(?P<text>.*)$")
_Q_A = re.compile(r"(?P<name>[QAFR])[.)][ \t]+(?P<text>.*)$")
_ONLY_TIME = re.compile(rf"{_TIME}(?:[ \t]*(?:-->|[-–—])[ \t]*[\[(<]?{_CLOCK}[\])>]?)?$")
_FROM_TO = re.compile(rf"{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}$")
_PRESENT = re.compile(
    r"(?:speakers?|attendees|participants|present|teilnehmer(?:innen)?|sprecher|asistentes|"
    r"participantes|participants?|intervenants|personnes présentes)[ \t]*[:：]?[ \t]*(?P<who>.*)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"q|a|i|b|f|r|int|me|interviewer(?:in)?|interviewee|interviewte|befragte[rn]?|"
    r"entrevistador(?:a)?|entrevistad[oa]|enqu[êe]t(?:eur|rice|ée?)|intervieweur|interviewé(?:e)?|"
    r"(?:speaker|sprecher(?:in)?|hablante|orador|locuteur|participant|person|voice)[ \t]?\w{1,2}|"
    r"moderator|host|guest|student|ich|yo|moi"
)
_NO_NAME = frozenset(
    "speaker speakers sprecher name note notes also however example question answer title "
    "topic subject date time place location duration recording summary transcript "
    "meeting agenda action actions warning http https re "
    "from to cc invited attachments meeting-id hinweis datum zeit ort thema titel dauer außerdem "
    "beispiel frage antwort fecha hora lugar tema título nota además ejemplo pregunta respuesta "
    "lieu heure sujet titre remarque exemple réponse durée email e-mail phone tel link url".split()
)
_LONGEST_NAME = 5
"""Words of a name at most, what stands in brackets aside."""


def speaker_of(line: str, names: Collection[str]) -> tuple[str, str] | None:
    """Who says a line, where a known name stands before it, and what they say.

    Parameters
    ----------
    line : str
    names : collection of str
        Folded, as `names_in` gives them.

    Examples
    --------
    >>> speaker_of("Zoë Quist: I like it.", {"zoë quist"}), speaker_of("Also: tea.", set())
    (('Zoë Quist', 'I like it.'), None)
    """
    found = _SAID.match(line) or _Q_A.match(line)
    if found is None or fold_title(found["name"]) not in names:
        return None
    return " ".join(found["name"].split()), found["text"].strip()


def names_in(lines: Iterable[str]) -> frozenset[str]:
    """The names, folded, that stand before what is said, with a colon.

    A word and a colon is a name where it stands so twice, is a part in an interview ("Q",
    "Speaker 1"), or is named among those present. Where that leaves fewer than two, words that
    are written like names are taken, too.

    Examples
    --------
    >>> sorted(names_in(["Zoë: Why?", "Sam: Fun.", "Zoë: And?", "Also: tea."]))
    ['sam', 'zoë']
    """
    counted: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    present: set[str] = set()
    wanted = False  # who was present stands on the next line
    for line in lines:
        line = line.strip()
        if wanted and line:
            present |= _names_of(line)
            wanted = False
        head = _PRESENT.match(line)
        if head:
            present |= _names_of(head["who"])
            wanted = not head["who"].strip()
            continue
        found = _SAID.match(line) or _Q_A.match(line)
        if found and _may_be_a_name(found["name"]):
            folded = fold_title(found["name"])
            counted[folded] += 1
            spelled.setdefault(folded, found["name"])
    sure = {n for n, times in counted.items() if times > 1 or n in present or _ROLE.fullmatch(n)}
    if len(sure) < 2:
        sure |= {name for name in counted if _is_written_like_one(spelled[name])}
    return frozenset(sure)


def _names_of(line: str) -> set[str]:
    parts = re.split(r"\s*[,;•·]\s*|\s+(?:and|und|y|et|&)\s+", line)
    return {fold_title(part) for part in parts if part.strip()}


def _may_be_a_name(name: str) -> bool:
    folded = fold_title(name)
    words = re.sub(r"\([^)]*\)", "", folded).split()
    if _ROLE.fullmatch(folded):
        return True
    if not 1 <= len(words) <= _LONGEST_NAME or words[0] in _NO_NAME:
        return False
    return re.search(r"[.,](?:\s+\w+){3}", name) is None  # a sentence, no initial


def _is_written_like_one(name: str) -> bool:
    words = re.sub(r"\([^)]*\)", "", name).replace(".", " ").split()
    return 1 <= len(words) <= 3 and all(
        word[0].isupper() or word[0].lower() == word[0].upper() for word in words
    )


def read_conversation(lines: Iterable[str], first: int = 1) -> tuple[Turn, ...]:
    """The turns of a conversation; what stands above the first name is said by nobody.

    Parameters
    ----------
    lines : iterable of str
    first : int
        The number of the first of them in the file.

    Examples
    --------
    >>> [turn.speaker for turn in read_conversation(["Q: Why?", "A: Fun.", "And people."])]
    ['Q', 'A']
    """
    rows = [(row, _bare(line)) for row, line in enumerate(lines, first)]
    names = names_in(line for _, line in rows)
    turns = list(_turns(rows, names))
    if not any(turn.speaker for turn in turns):
        turns = list(_below_names([(row, line) for row, line in rows]))
    return joined((turn for turn in turns), "\n\n")


def _bare(line: str) -> str:
    """A line without the marks that Markdown puts around a name."""
    line = line.replace("\ufeff", "").strip().replace("\x00", "\ufffd")
    return re.sub(r"^(?:[*_]{1,3}|#+[ \t]+|>[ \t]+)([^*_]{1,60}?)([:：]?)[*_]{0,3}([:：]?)(?=\s|$)",
                  r"\1\2\3", line)  # fmt: skip


def _turns(rows: list[tuple[int, str]], names: frozenset[str]) -> Iterator[Turn]:
    speaker: str | None = None
    at: float | None = None
    said: list[str] = []
    start, who_comes, listed = 1, False, False

    def told() -> Turn:
        return Turn(speaker, "\n".join(said).strip("\n"), at, start)

    for row, line in rows:
        if who_comes and line:  # Teams: a line of times, the name below it
            speaker, who_comes = line, False
            continue
        if listed and line:
            listed = False
            continue
        head = _PRESENT.match(line) if speaker is None else None
        if head:
            listed = not head["who"].strip()
            continue
        if _ONLY_TIME.match(line):
            if any(said):
                yield told()
            found_at = _ONLY_TIME.match(line)
            at, said, start = seconds(found_at["at"] if found_at else ""), [], row
            who_comes = _FROM_TO.match(line) is not None
            continue
        found = _head(line, names)
        if found is None:
            if not said:
                start = row
            said.append(line)
            continue
        if any(said):
            yield told()
        speaker, when, text = found
        at = when if when is not None else (at if not any(said) else None)
        said, start = [text] if text else [], row
    if any(said):
        yield told()


def _head(line: str, names: frozenset[str]) -> tuple[str, float | None, str] | None:
    """Who begins to speak in a line, when, and what of it is said."""
    for form in (_ABOVE, _AFTER, _BEFORE, _WITHIN):
        found = form.match(line)
        if found and _may_be_a_name(found["name"]):
            text = found.groupdict().get("text") or ""
            colon = form is not _WITHIN or re.match(rf"{_NAME}[ \t]*{_TIME}[ \t]*[:：]", line)
            if colon or re.match(rf"{_NAME}[ \t]*[\[(<]", line):
                return found["name"].strip(" ,-–—|"), seconds(found["at"]), text.strip()
    said = speaker_of(line, names)
    return (said[0], None, said[1]) if said else None


def _below_names(rows: list[tuple[int, str]]) -> Iterator[Turn]:
    """Turns under names that stand alone on a line, at least two of them, each more than once."""
    alone = Counter(
        fold_title(line) for _, line in rows
        if line and _may_be_a_name(line) and _is_written_like_one(line)
        and not re.search(r"[.?!…,:]$", line)
    )  # fmt: skip
    names = {name for name, times in alone.items() if times > 1}
    speaker: str | None = None
    for row, line in rows:
        if len(names) > 1 and fold_title(line) in names:
            speaker = line
        else:
            yield Turn(speaker, line, None, row)
