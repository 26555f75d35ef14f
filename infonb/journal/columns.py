"""Validation at the edge: what a person typed becomes a stored value, or a clear error."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
import zoneinfo
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from infonb import method
from infonb.errors import InfonbError
from infonb.journal import schema
from infonb.journal.errors import DamagedJournal, fault
from infonb.journal.records import Record

if TYPE_CHECKING:
    from infonb.journal.question_keys import OwnQuestions

R = TypeVar("R", bound=Record)

_SOC = re.compile(r"(\d{2}-\d{4})(?:\.\d{2})?", re.ASCII)
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
CANNOT_BE_STORED = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates."""


def text(value: Any, what: str) -> str:
    """Any text, whatever its characters; what no database can hold becomes U+FFFD.

    Raises
    ------
    InfonbError
        When ``value`` isn't text.

    Examples
    --------
    >>> text("a\\x00b", "note")
    'a\ufffdb'
    """
    if not isinstance(value, str):
        raise InfonbError(f"{what} must be text, not {type(value).__name__} {value!r}.")
    if CANNOT_BE_STORED.search(value) is None:
        return value
    paired = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.replace("\x00", "\ufffd")


def says_something(value: str) -> bool:
    """Whether there is anything to see in a text: spaces and characters without width are nothing.

    Examples
    --------
    >>> says_something("\u200b \u3164"), says_something("王")
    (False, True)
    """
    return any(
        not character.isspace()
        and character not in _BLANKS
        and unicodedata.category(character) not in _UNSEEN
        for character in value
    )


_UNSEEN = frozenset({"Cf", "Mn", "Me"})
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Characters that count as letters or signs and show nothing: fillers, and Braille without dots."""


def text_or_none(value: Any, what: str) -> str | None:
    """Text, or nothing where it is empty or blank."""
    if value is None:
        return None
    return text(value, what) if says_something(text(value, what)) else None


def name(value: Any, what: str) -> str:
    """Text that must say something."""
    clean = text(value, what)
    if not says_something(clean):
        raise InfonbError(f"{what} is empty; write something that tells it from the others.")
    return " ".join(clean.split()) if "\n" not in clean else clean.strip()


def fold_title(title: str) -> str:
    """The form in which titles are compared: case and space don't count.

    Examples
    --------
    >>> fold_title("  Registered   NURSE ")
    'registered nurse'
    """
    return " ".join(title.split()).casefold()


def title_key(title: str) -> str:
    """What no two occupations share: the folded title, shortened where an index couldn't hold it.

    Examples
    --------
    >>> title_key("  Registered   NURSE "), len(title_key("x" * 10_000))
    ('registered nurse', 433)
    """
    key = fold_title(title)
    if len(key) <= 500:
        return key
    return f"{key[:400]} {hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()}"


def whole_number(value: Any, what: str, low: int, high: int) -> int | None:
    """A whole number on a scale, or nothing.

    Examples
    --------
    >>> whole_number(9, "rating", 1, 5)
    Traceback (most recent call last):
    infonb.errors.InfonbError: rating is 9; it must be a whole number from 1 to 5, or left out.
    """
    if value is None:
        return None
    if _is_missing(value):
        return None
    try:
        fits = not isinstance(value, (bool, str)) and low <= value <= high and int(value) == value
    except (TypeError, ValueError):
        fits = False
    if not fits:
        raise InfonbError(
            f"{what} is {value!r}; it must be a whole number from {low} to {high}, or left out."
        )
    return int(value)


def weight(value: Any, what: str = "weight") -> float | None:
    """A weight from 0 (leave out) to 1 (trust fully), or nothing."""
    return number(value, what, 0, 1)


def number(value: Any, what: str, low: float, high: float) -> float | None:
    """A number in a range, or nothing."""
    if value is None or _is_missing(value):
        return None
    try:
        fits = not isinstance(value, (bool, str)) and low <= float(value) <= high
    except (TypeError, ValueError, OverflowError):
        fits = False
    if not fits:
        raise InfonbError(
            f"{what} is {value!r}; it must be a number from {low} to {high}, or left out."
        )
    return float(value)


def _is_missing(value: Any) -> bool:
    return type(value).__name__ in ("NAType", "NaTType") or (
        isinstance(value, float) and value != value
    )


def truth(value: Any, what: str) -> bool:
    """Yes or no."""
    if not _is_missing(value) and isinstance(value, (bool, int, float)) and value in (0, 1):
        return bool(value)
    if type(value).__module__ == "numpy" and type(value).__name__.startswith("bool"):
        return bool(value)
    raise InfonbError(f"{what} is {value!r}; it must be true or false.")


def one_of(value: Any, what: str, choices: Any) -> str:
    """One of a few known words."""
    if isinstance(value, str) and value in choices:
        return value
    raise InfonbError(f"{what} is {value!r}; choose one of {', '.join(choices)}.")


def soc(value: Any) -> str | None:
    """A six-digit SOC code; an O*NET-SOC code is cut to its SOC.

    Examples
    --------
    >>> soc("29-1141.00")
    '29-1141'
    """
    if value is None or value == "":
        return None
    match = _SOC.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise InfonbError(
            f"soc is {value!r}; a code looks like 17-2141. Leave it out when you don't know it."
        )
    return match[1]


def question_key(value: Any, own: OwnQuestions | None = None) -> str:
    """The key of a standard question, of the free note, or of a question of one's own.

    Of these a key that the question had before is known, too.
    """
    if isinstance(value, str):
        if value in method.QUESTIONS or value in (method.NOTES.key, method.ASK_NEXT.key):
            return value
        if own is not None and (key := own.key(value)) is not None:
            return key
    listed = [f"{key} ({prompt})" for key, prompt in own.items()] if own else []
    raise InfonbError(
        f"question {value!r} is not known. Known are {', '.join(method.QUESTIONS)}"
        + (f", and your own {', '.join(listed)}" if listed else "")
        + "; add_question makes one of your own."
    )


def partial_date(value: Any, what: str = "date") -> str | None:
    """A day, a month or a year, as text.

    Raises
    ------
    InfonbError
        When it is none of these, or no such day exists.

    Examples
    --------
    >>> partial_date("2014-12"), partial_date(dt.date(2026, 3, 2))
    ('2014-12', '2026-03-02')
    """
    if value is None or value == "" or _is_missing(value):
        return None
    if isinstance(value, dt.date):  # a moment, too
        return _inside_the_calendar(value.isoformat()[: len("2026-03-02")], what)
    clean = str(value).strip()
    match = _PARTIAL_DATE.fullmatch(clean)
    try:
        if match:
            dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
            return _inside_the_calendar(clean, what)
        if isinstance(value, str) and "T" in clean:
            return _inside_the_calendar(dt.datetime.fromisoformat(clean).date().isoformat(), what)
    except ValueError:
        pass
    raise InfonbError(
        f"{what} is {value!r}; write a day (2026-03-02), a month (2026-03) or a year (2026)."
    )


def day(value: Any, what: str) -> str | None:
    """A day, and no less: what is due in a whole year would be overdue at once.

    Examples
    --------
    >>> day("2026-03-02", "due")
    '2026-03-02'
    """
    clean = partial_date(value, what)
    if clean is not None and len(clean) != len("2026-03-02"):
        raise InfonbError(f"{what} is {value!r}; write a day, such as 2026-03-02.")
    return clean


def moment_or_day(value: Any, what: str) -> str | None:
    """A stored moment from a moment, or from a day (its noon in UTC).

    Examples
    --------
    >>> moment_or_day("2026-03-02", "at")
    '2026-03-02T12:00:00.000000+00:00'
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = value.isoformat()
    if isinstance(value, str) and len(value) == len("2026-03-02"):
        value = f"{partial_date(value, what)}T12:00:00+00:00"
    return moment(value, what)[0]


def source(value: Any, what: str = "source") -> str | None:
    """Where an interview was published, part by part in words, as stored text.

    Examples
    --------
    >>> source({"publisher": "A library"})
    '{"publisher": "A library"}'
    """
    if value is None or (isinstance(value, Mapping) and not value):
        return None
    if not isinstance(value, Mapping):
        raise InfonbError(f'{what} is {value!r}; write it in parts, such as {{"url": "…"}}.')
    parts: dict[str, Any] = {}
    for key, part in value.items():
        fits = isinstance(key, str) and (part is None or isinstance(part, (str, int, float)))
        if not fits or (isinstance(part, float) and part - part != 0):
            raise InfonbError(f"{what}: {key!r} is {part!r}; write it as text.")
        parts[text(key, what)] = text(part, f"{what}: {key}") if isinstance(part, str) else part
    return json.dumps(parts, ensure_ascii=False)


def turns(value: Any, what: str = "turns") -> str | None:
    """Who said what in a transcript, as stored text.

    Examples
    --------
    >>> turns([{"speaker": "Sam", "text": "Why nursing?", "at": 3}])
    '[{"speaker": "Sam", "text": "Why nursing?", "at": 3.0}]'
    """
    if not value:
        return None
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        raise InfonbError(f'{what} is {value!r}; write [{{"speaker": "…", "text": "…"}}, …].')
    stored = []
    for place, turn in enumerate(value, 1):
        if not isinstance(turn, Mapping) or not set(turn) <= {"speaker", "text", "at"}:
            raise InfonbError(
                f'{what}: turn {place} is {turn!r}; write {{"speaker": "…", "text": "…"}}.'
            )
        said: dict[str, Any] = {
            "speaker": text_or_none(turn.get("speaker"), f"{what}: speaker"),
            "text": text(turn.get("text"), f"{what}: text"),
        }
        if turn.get("at") is not None:
            said["at"] = number(turn["at"], f"{what}: seconds", 0, 10**6)
        stored.append(said)
    return json.dumps(stored, ensure_ascii=False)


FIRST_YEAR, LAST_YEAR = 1000, 2999
"""What a moment or a day may be: at the ends of the calendar nothing can be reckoned with it."""


def _inside_the_calendar(day: str, what: str) -> str:
    if not FIRST_YEAR <= int(day[:4]) <= LAST_YEAR:
        raise InfonbError(
            f"{what} is {day!r}; write a year from {FIRST_YEAR} to {LAST_YEAR}, such as 2026."
        )
    return day


def moment(value: Any, what: str) -> tuple[str | None, str | None]:
    """A point in time as UTC text, and the zone it was given in.

    Parameters
    ----------
    value : datetime.datetime, ISO text or None
        Without a zone it is taken as this computer's local time.

    Returns
    -------
    tuple of (str or None, str or None)
        Such as ``("2026-03-02T13:00:00.000000+00:00", "Europe/Berlin")``; the zone is an offset
        like ``"+01:00"`` where the name isn't known.
    """
    if value is None or value == "" or _is_missing(value):
        return None, None
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            value = None
    try:
        if isinstance(value, dt.datetime):
            aware = value if value.tzinfo else value.astimezone()
            key = getattr(aware.tzinfo, "key", None)
            offset = aware.isoformat()[-6:] if aware.utcoffset() else "+00:00"
            stored = stored_moment(aware)
            if FIRST_YEAR <= int(stored[:4]) <= LAST_YEAR:
                return stored, key or offset
    except (OverflowError, ValueError):  # at the ends of the calendar
        pass
    raise InfonbError(
        f"{what} must be a date and time like 2026-03-02T14:00+01:00, in a year from {FIRST_YEAR} "
        f"to {LAST_YEAR}."
    )


_OFFSET = re.compile(r"[+-](?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_ZONE_NAME = re.compile(r"[A-Za-z][\w+-]*(?:/[\w+-]+){0,2}", re.ASCII)


def zone(value: Any, what: str = "zone") -> str | None:
    """A time zone by its name or its offset, or nothing. Not every computer knows every name.

    Examples
    --------
    >>> zone("Europe/Berlin"), zone("-05:00")
    ('Europe/Berlin', '-05:00')
    """
    clean = text_or_none(value, what)
    if clean is None or _OFFSET.fullmatch(clean) or _ZONE_NAME.fullmatch(clean):
        return clean
    raise InfonbError(
        f"{what} is {value!r}; write a name like Europe/Berlin or an offset like +01:00."
    )


def stored_moment(aware: dt.datetime) -> str:
    """The text form in which moments are stored: UTC, microseconds always written."""
    return aware.astimezone(dt.UTC).isoformat(timespec="microseconds")


def read_moment(stored: str | None, zone: str | None) -> dt.datetime | None:
    """A stored moment, in the zone it was entered in.

    Raises
    ------
    DamagedJournal
        When what is stored is no moment.
    """
    if stored is None:
        return None
    try:
        at = dt.datetime.fromisoformat(stored)
        if zone and zone[0] in "+-":
            return at.astimezone(dt.datetime.fromisoformat(f"2000-01-01T00:00{zone}").tzinfo)
    except (TypeError, ValueError, OverflowError):
        raise fault(
            DamagedJournal, "The journal", f"it holds {stored!r} where a moment should be"
        ) from None
    try:
        return at.astimezone(zoneinfo.ZoneInfo(zone)) if zone else at
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
        return at


# every column that a person fills ---------------------------------------------------------------

Check = Callable[[Any, str], Any]


@dataclass(frozen=True)
class Column:
    """What may stand in a column.

    Attributes
    ----------
    check : callable
        Called with a value and what it is called; gives what is stored, or raises `InfonbError`.
    what : str
        What it is called in an error; by default the column's name.
    required : bool
        Whether it can't be nothing.
    update : bool
        Whether it can be changed later.
    """

    check: Check
    what: str = ""
    required: bool = False
    update: bool = True

    @property
    def is_moment(self) -> bool:
        """Whether a point in time is stored."""
        return self.check in (_moment, moment_or_day)


def _whole(low: int, high: int) -> Check:
    return lambda value, what: whole_number(value, what, low, high)


def _number(low: float, high: float) -> Check:
    return lambda value, what: number(value, what, low, high)


def _choice(choices: Collection[str], blank: bool = False) -> Check:
    return lambda value, what: None if blank and not value else one_of(value, what, choices)


def _moment(value: Any, what: str) -> str | None:
    return moment(value, what)[0]


_TEXT = Column(text_or_none)
_FLAG = Column(truth, required=True)
_KEY = Column(text, required=True, update=False)
_WEIGHT = Column(weight)
_CONFIDENCE = Column(_whole(1, 5))
_MOMENT = Column(_moment)
_AT = Column(moment_or_day, required=True, update=False)

COLUMNS: dict[str, dict[str, Column]] = {
    "occupation": {
        "title": Column(name, "An occupation's title", required=True),
        "soc": Column(lambda value, _what: soc(value)),
        "interest": Column(_whole(1, 5)), "notes": _TEXT,
    },
    "person": {
        "name": Column(name, "A person's name", required=True),
        "source": Column(_choice(method.SOURCES, blank=True)),
        "has_card": _FLAG, "may_be_named": _FLAG, "referred_by": _TEXT,
        "job_title": _TEXT, "organisation": _TEXT, "email": _TEXT, "phone": _TEXT,
        "name_from": _TEXT, "notes": _TEXT, "workplace": _TEXT, "profile": _TEXT,
        "years": Column(_whole(0, 80)),
    },
    "interview": {
        "person_id": Column(text, required=True), "occupation_id": Column(text, required=True),
        "status": Column(_choice(schema.STATUSES), required=True),
        "minutes": Column(lambda value, what: whole_number(value, what, 1, 600) or 20),
        "scheduled_at": _MOMENT, "started_at": _MOMENT, "ended_at": _MOMENT,
        "zone": Column(zone, update=False), "date": Column(partial_date),
        "medium": _TEXT, "research_occupation": _TEXT, "research_organisation": _TEXT,
        "confidence_before": _CONFIDENCE, "confidence_after": _CONFIDENCE,
        "weight": _WEIGHT, "weight_reason": _TEXT, "source": Column(source),
    },
    "question": {
        "prompt": Column(name, "A question", required=True, update=False),
        **dict.fromkeys(("short", "low", "high"), Column(text_or_none, update=False)),
    },
    "agenda": {"question": _KEY},
    "answer": {
        "question": _KEY, "text": Column(text, required=True), "rating": Column(_whole(1, 5)),
        "why": _TEXT, "weight": _WEIGHT, "private": _FLAG,
    },
    "skill_mention": {
        "phrase": Column(name, "A skill", required=True), "rank": Column(_whole(1, 3)),
        "skill_id": _TEXT, "confirmed": _FLAG,
    },
    "strength": {"phrase": Column(name, "A strength", required=True), "skill_id": _TEXT},
    "importance": {"value": Column(_number(0, 5), "importance", required=True)},
    "theme": {"name": Column(name, "A theme's name", required=True), "description": _TEXT},
    "coding": {
        "start": Column(_whole(0, 10**9)), "end": Column(_whole(0, 10**9)),
        **dict.fromkeys(("quote", "prefix", "suffix"), Column(text, required=True, update=False)),
    },
    "transcript": {
        "text": Column(name, "A transcript", required=True),
        "turns": Column(turns, update=False), "asks": _TEXT,
    },
    "lead": {
        "kind": Column(_choice(schema.LEAD_KINDS), required=True),
        "text": Column(name, "A lead", required=True),
        "status": Column(name, "A lead's status", required=True),
    },
    "task": {
        "kind": Column(_choice(schema.TASK_KINDS), required=True, update=False),
        "due": Column(day), "done_at": Column(moment_or_day), "draft": _TEXT,
    },
    "message": {
        "kind": Column(_choice(schema.MESSAGE_KINDS), required=True, update=False),
        "text": Column(text_or_none, "A message", required=True),
    },
    "conduct": {"item": _KEY, "score": Column(_whole(0, 2), required=True)},
    "decision": {
        "next_step": _TEXT, "why": _TEXT, "at": _AT,
        "plan": Column(_choice(schema.PLANS, blank=True)), "look_again": Column(day),
    },
    "outcome": {
        "kind": Column(name, "How the search ended", required=True),
        "title": _TEXT, "organisation": _TEXT, "note": _TEXT, "at": _AT,
    },
    "expectation": {
        "question": _KEY, "rating": Column(_whole(1, 5), update=False),
        "amount": Column(_number(0, 10**9), update=False), "at": _AT,
    },
    "contact": {
        "kind": Column(_choice(schema.CONTACT_KINDS), required=True), "channel": _TEXT,
        "at": Column(moment_or_day, required=True), "note": _TEXT,
    },
    "reflection": {
        "prompt": Column(name, "A prompt", required=True, update=False),
        "text": Column(name, "A reflection", required=True), "at": _AT,
    },
    "consent": {
        "to": Column(_choice(schema.CONSENTS), required=True, update=False), "answer": _FLAG,
        "day": Column(day, required=True),
    },
}  # fmt: skip
"""Table -> column -> what may stand in it. Keys, and what infonb keeps, aren't here."""

TIMES: dict[str, tuple[str, ...]] = {
    "answer": ("updated_at",),  # infonb keeps it
    **{
        table: times
        for table, held in COLUMNS.items()
        if (times := tuple(name for name, column in held.items() if column.is_moment))
    },
}
"""Columns that hold a moment, by table."""


def checked(table: str, values: Mapping[str, Any], changing: bool = False) -> dict[str, Any]:
    """What was typed for some columns of a row, as it is stored.

    Raises
    ------
    InfonbError
        When a column isn't known, can't be changed (where it is ``changing``), or a value doesn't
        fit.

    Examples
    --------
    >>> checked("theme", {"name": " Being  needed ", "description": ""})
    {'name': 'Being needed', 'description': None}
    >>> checked("conduct", {"score": None})
    Traceback (most recent call last):
    infonb.errors.InfonbError: score of a conduct is missing; it can't be nothing.
    """
    stored: dict[str, Any] = {}
    kind = table.replace("_", " ")
    a = "an" if kind[0] in "aeio" else "a"
    for column, value in values.items():
        known = COLUMNS[table].get(column)
        if known is None:
            raise InfonbError(f"{a.capitalize()} {kind} has no {column!r}.")
        if changing and not known.update:
            raise InfonbError(f"In {a} {kind}, {column!r} can't be changed.")
        stored[column] = known.check(value, known.what or column)
        if known.required and stored[column] is None:
            raise InfonbError(f"{column} of {a} {kind} is missing; it can't be nothing.")
    return stored


def as_record(kind: type[R], row: Mapping[str, Any]) -> R:
    """A row as its record: moments in their zone, published sources as mappings.

    Raises
    ------
    DamagedJournal
        When what is stored can't be read as what it should be.
    """
    values = dict(row)
    try:
        for column in TIMES.get(kind.table, ()):
            values[column] = read_moment(values[column], values.get("zone"))
        if kind.table == "interview" and values.get("source"):
            values["source"] = json.loads(values["source"])
        if kind.table == "transcript":
            values["turns"] = tuple(json.loads(values["turns"])) if values["turns"] else ()
    except (TypeError, ValueError) as error:
        reason = f"{kind.table} {row['id']} holds something unreadable ({error})"
        raise fault(DamagedJournal, "The journal", reason) from None
    return kind.from_row(values)
