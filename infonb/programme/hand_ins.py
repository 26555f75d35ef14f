"""What a student hands in: one small file, without names, and without texts unless ticked.

The file is plain text that says what it is. It goes through the same gate as everything that
leaves a journal, and it is shown whole before it is written.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb import method
from infonb.errors import InfonbError
from infonb.exchange.parquet import NOT_GIVEN, Part
from infonb.exchange.programme_rows import TABLES, Rows, rows_of
from infonb.files import replacing
from infonb.privacy.gate import check
from infonb.privacy.registry import withheld
from infonb.privacy.spellings import plain

if TYPE_CHECKING:
    from infonb.journal import Journal

SCHEMA = 2
"""Version of the file, that of the tables it becomes."""

ENDING = ".hand-in.json"
WHAT = (
    "This is what one student hands in of their informational interviews, made by infonb. It holds "
    "ratings, counts and skills, no names, no contacts, nothing off the record, and words of "
    "people only where the student ticked the question. It is for the adviser of the programme "
    "alone: don't publish it or pass it on."
)
CONSENT = (
    "I have seen all of this file and hand it in for the programme, whose findings are published "
    "only for groups of five students and more. I can hand in again, which replaces this, or ask "
    "the adviser to remove it."
)
_REMEMBERED = "hand_in"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,23}")
_LABEL_LENGTH = 40
_LETTERS, _DIGITS = "BCDFGHJKMNPQRSTVWXZ", "23456789"


@dataclass(frozen=True)
class HandIn:
    """What one student hands in.

    Attributes
    ----------
    code : str
        From the adviser's list.
    part : Part
        The journal's id, term, cohort and rows.
    texts : tuple of str
        Questions whose texts are in it.
    day : str
        When it was made.
    """

    code: str
    part: Part
    texts: tuple[str, ...]
    day: str

    @property
    def file_name(self) -> str:
        """By its code."""
        return f"{self.code}{ENDING}"

    @property
    def done(self) -> dict[str, int]:
        """Counts of interviews, questions, thank-yous and reflections, for the adviser."""
        return {name: int(self.part.rows["journals"][0][name] or 0) for name in TABLES["journals"]}

    def to_json(self) -> str:
        """The file, a row to a line."""
        about = {
            "what": WHAT, "schema": SCHEMA, "code": self.code, "journal": self.part.id,
            "term": self.part.term, "cohort": self.part.cohort, "day": self.day,
            "consent": {"given": True, "day": self.day, "words": CONSENT},
            "texts": list(self.texts),
        }  # fmt: skip
        lines = [f" {_json(key)}: {_json(value)}," for key, value in about.items()]
        tables = []
        for table, rows in self.part.rows.items():
            told = [_json(list(TABLES[table])), *(_json(list(row.values())) for row in rows)]
            tables.append(f"  {_json(table)}: [\n   " + ",\n   ".join(told) + "\n  ]")
        return "\n".join(["{", *lines, ' "tables": {', ",\n".join(tables), " }", "}"]) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def codes(number: int) -> list[str]:
    """Codes for a list of students, at random; two signs or more tell any two of them apart.

    Parameters
    ----------
    number : int
        How many, 1 to 2,000.

    Returns
    -------
    list of str
        Letters without vowels, so that no code is a word, and digits that are no letters.

    Examples
    --------
    >>> len(set(codes(30)))
    30
    """
    if not 1 <= number <= 2000:
        raise InfonbError(f"{number} codes can't be made; ask for 1 to 2,000.")
    found: list[str] = []
    near: set[str] = (
        set()
    )  # every code with one sign left out: equal ones differ in that sign alone
    while len(found) < number:
        code = "".join(secrets.choice(signs) for signs in (_LETTERS, _DIGITS) * 3)
        around = {f"{code[:at]} {code[at + 1 :]}" for at in range(len(code))}
        if near.isdisjoint(around):
            near |= around
            found.append(code)
    return found


def prepare(
    journal: Journal,
    code: str | None = None,
    *,
    term: str | None = None,
    cohort: str | None = None,
    texts: Collection[str] = (),
) -> HandIn:
    """What would be handed in; nothing is written.

    Parameters
    ----------
    journal : Journal
    code : str, optional
        The one the adviser gave; that of the last time where it is left out.
    term, cohort : str, optional
        Such as ``"2026-autumn"`` and ``"10b"``; those of the last time where they are left out.
    texts : collection of str
        Keys of the questions whose texts are handed in, too.

    Raises
    ------
    InfonbError
        When there is no code, or the code names somebody, or a question isn't known.

    Examples
    --------
    >>> prepare(journal, "K7M4Q2", term="2026-autumn").file_name
    'K7M4Q2.hand-in.json'
    >>> prepare(journal, "sam")
    Traceback (most recent call last):
    infonb.errors.InfonbError: The code 'sam' names somebody in the journal; ...
    """
    before = _remembered(journal)
    code = code or before.get("code")
    if not code:
        raise InfonbError(
            "No code is given. Your adviser has a list of them; say yours: infonb hand-in --as CODE"
        )
    _check_code(journal, code)
    for label, said in (("term", term), ("cohort", cohort)):
        if said is not None:
            _check_label(journal, label, said)
    known = {*method.QUESTIONS, *journal.findings().questions}
    for key in texts:
        if key not in known:
            raise InfonbError(f"There is no question {key!r}; its texts can't be handed in.")
    part = Part(
        journal.id, rows_of(journal, texts=set(texts)),
        term or before.get("term") or NOT_GIVEN, cohort or before.get("cohort") or NOT_GIVEN,
    )  # fmt: skip
    return HandIn(code, part, tuple(sorted(texts)), journal.today().isoformat())


def preview(hand_in: HandIn) -> str:
    """What is handed in, in words, and then the file itself, letter by letter.

    Examples
    --------
    >>> print(preview(prepare(journal, "K7M4Q2")).splitlines()[0])
    What is handed in as K7M4Q2 (term not given, cohort not given):
    """
    done, part = hand_in.done, hand_in.part
    ticked = ", ".join(hand_in.texts)
    lines = [
        f"What is handed in as {hand_in.code} (term {part.term}, cohort {part.cohort}):",
        f"- for the adviser's list: {in_words(done)}",
        f"- {_count(len(part.rows['answers']), 'answer')}: ratings and weights; "
        + (f"words only of: {ticked}" if ticked else "no words"),
        f"- {_count(len(part.rows['skills']), 'skill')} that people named, and "
        f"{_count(len(part.rows['expectations']), 'rating')} you expected",
        "- nobody's name, employer or contact, and nothing off the record",
        "This is the file:",
        "",
        hand_in.to_json(),
    ]
    return "\n".join(lines)


def in_words(done: Mapping[str, int]) -> str:
    """What a student did, as the adviser's page says it, too.

    Examples
    --------
    >>> in_words({"interviews": 3, "questions": 12, "thank_yous": 1, "reflections": 0})
    '3 interviews, 12 answers, 1 thank-you sent, 0 reflections'
    """
    one = {
        "interviews": ("interview", None), "questions": ("answer", None),
        "thank_yous": ("thank-you sent", "thank-yous sent"), "reflections": ("reflection", None),
    }  # fmt: skip
    return ", ".join(_count(number, *one[key]) for key, number in done.items())


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def hand_in(
    journal: Journal,
    folder: str | Path,
    code: str | None = None,
    *,
    term: str | None = None,
    cohort: str | None = None,
    texts: Collection[str] = (),
) -> Path:
    """Hand in: write the file into a folder, in place of what the same journal handed in before.

    Calling it is the consent that the file notes; `preview` shows all of it first.

    Parameters
    ----------
    journal, code, term, cohort, texts
        As in `prepare`.
    folder : path
        Where the adviser collects.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InfonbError
        As `prepare`; when the folder is missing; when another journal has the code; when the gate
        finds something that is to be left out. Nothing is written then.

    Examples
    --------
    >>> hand_in(journal, tmp_path, "K7M4Q2").name
    'K7M4Q2.hand-in.json'
    """
    return write(journal, prepare(journal, code, term=term, cohort=cohort, texts=texts), folder)


def write(journal: Journal, given: HandIn, folder: str | Path) -> Path:
    """Write what `prepare` made; see `hand_in`."""
    folder = Path(folder).expanduser()
    if not folder.is_dir():
        raise InfonbError(f"There is no folder {folder}; ask your adviser where to hand in.")
    path = folder / given.file_name
    former = []
    for other in sorted(folder.glob(f"*{ENDING}")):
        try:
            theirs = read(other)
        except InfonbError:
            if other == path:
                continue  # damaged, and ours by its name: replaced
            continue
        if theirs.part.id == given.part.id:
            former.append(other)
        elif theirs.code.casefold() == given.code.casefold():
            raise InfonbError(
                f"{other}: another journal was handed in as {given.code}. Look whether the code is "
                "yours, or ask your adviser for another. Nothing was written."
            )
    with replacing(path) as part:
        part.write_text(given.to_json(), encoding="utf-8", newline="\n")
        check(part, withheld(), str(path))
    for other in former:
        if other != path:
            other.unlink(missing_ok=True)
    kept = {"code": given.code, "term": given.part.term, "cohort": given.part.cohort,
            "folder": str(folder.absolute())}  # fmt: skip
    journal.keep_setting(_REMEMBERED, json.dumps(kept))
    return path


def last_folder(journal: Journal) -> str | None:
    """The folder that the journal was handed in to the last time."""
    return _remembered(journal).get("folder")


def _remembered(journal: Journal) -> dict[str, str]:
    try:
        told = json.loads(journal.setting(_REMEMBERED) or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _check_code(journal: Journal, code: str) -> None:
    if not _CODE.fullmatch(code):
        raise InfonbError(
            f"{code!r} is no code: up to 24 letters and digits, and - or _ between them. Take the "
            "one from your adviser's list."
        )
    _refuse_names(journal, "code", code)


def _check_label(journal: Journal, label: str, said: str) -> None:
    if not said.strip() or len(said) > _LABEL_LENGTH or not said.isprintable():
        raise InfonbError(f"The {label} {said!r} can't be used; write up to {_LABEL_LENGTH} signs.")
    _refuse_names(journal, label, said)


def _refuse_names(journal: Journal, what: str, said: str) -> None:
    """Refuse a code or a label that names anybody in the journal, whole or in part, in any case."""
    tokens = set(re.findall(r"[^\W\d_]+", plain(said).casefold()))
    joined = "".join(re.findall(r"[^\W\d_]+", plain(said).casefold()))
    for person in journal.people():
        for name in filter(None, (person.name, person.organisation, person.email)):
            parts = re.findall(r"[^\W\d_]+", plain(name).casefold())
            parts = [part for part in parts if len(part) > 1]  # an initial is in many a code
            if any(part in tokens or (len(part) > 2 and part in joined) for part in parts):
                raise InfonbError(
                    f"The {what} {said!r} names somebody in the journal; take one that names "
                    "nobody, such as a code from your adviser's list."
                )


def read(path: Path) -> HandIn:
    """Read what somebody handed in, every value checked.

    Parameters
    ----------
    path : pathlib.Path

    Raises
    ------
    InfonbError
        When it is damaged or something else; it names the file, the table, the row and what is
        wrong.

    Examples
    --------
    >>> path = hand_in(journal, tmp_path, "K7M4Q2")
    >>> read(path) == prepare(journal)
    True
    """
    try:
        told = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise InfonbError(f"{path} can't be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise InfonbError(f"{path} is damaged or no hand-in; ask for it once more.") from None
    if not isinstance(told, dict) or "tables" not in told or "journal" not in told:
        raise InfonbError(f"{path} is something else, not what infonb hand-in writes.")
    if told.get("schema") != SCHEMA:
        raise InfonbError(
            f"{path} has schema {told.get('schema')!r}, this infonb reads {SCHEMA}; have it handed "
            "in again with the same infonb as yours."
        )
    if not (isinstance(told.get("consent"), dict) and told["consent"].get("given") is True):
        raise InfonbError(f"{path} notes no consent; have it handed in once more.")
    words: dict[str, Any] = {
        name: told.get(name) for name in ("code", "journal", "term", "cohort", "day")
    }
    for name, value in words.items():
        if not isinstance(value, str) or not value or len(value) > 200:
            raise InfonbError(f"{path}: {name} is {value!r}, which is none.")
    if not _CODE.fullmatch(words["code"]):
        raise InfonbError(f"{path}: {words['code']!r} is no code.")
    texts = told.get("texts")
    if not isinstance(texts, list) or not all(isinstance(key, str) for key in texts):
        raise InfonbError(f"{path}: texts is {texts!r}, which is no list of questions.")
    part = Part(words["journal"], _tables(path, told["tables"]), words["term"], words["cohort"])
    return HandIn(words["code"], part, tuple(texts), words["day"])


def _tables(path: Path, told: Any) -> Rows:
    if not isinstance(told, dict) or set(told) != set(TABLES):
        raise InfonbError(f"{path}: its tables aren't those of schema {SCHEMA}.")
    found: Rows = {}
    for table, kinds in TABLES.items():
        rows = told[table]
        if not isinstance(rows, list) or not rows or rows[0] != list(kinds):
            raise InfonbError(f"{path}, table {table}: its columns aren't those of this schema.")
        found[table] = [
            _row(f"{path}, table {table}, row {number}", row, kinds)
            for number, row in enumerate(rows[1:], start=1)
        ]
    if len(found["journals"]) != 1:
        raise InfonbError(f"{path}, table journals: one row is expected.")
    return found


_RANGES = {
    "rating": (1, 5), "expected": (1, 5), "weight": (0, 1), "confidence_before": (1, 5),
    "confidence_after": (1, 5), "interest": (1, 5), "rank": (1, 3), "minutes": (1, 600),
    "nth": (1, 10_000), "interviews": (0, 10_000), "questions": (0, 1_000_000),
    "thank_yous": (0, 10_000), "reflections": (0, 10_000),
}  # fmt: skip
_NEEDED = {"interview", "person", "occupation", "question", "status", "skill_id"}
_LONGEST = 100_000


def _row(where: str, values: Any, kinds: Mapping[str, str]) -> dict[str, Any]:
    """A row as its columns have it, or what is wrong with it."""
    if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != len(kinds):
        raise InfonbError(f"{where}: {len(kinds)} values are expected.")
    row: dict[str, Any] = dict(zip(kinds, values, strict=True))
    for name, value in row.items():
        kind = kinds[name]
        if value is None:
            if name in _NEEDED or kind == "truth" or (name == "weight" and "rating" in kinds):
                raise InfonbError(f"{where}: {name} is missing.")
            continue
        low, high = _RANGES.get(name, (float("-inf"), float("inf")))
        if not _fits(value, kind) or (kind in ("whole", "real") and not low <= value <= high):
            raise InfonbError(f"{where}: {name} is {value!r}, which can't be right.")
        if kind == "text" and name not in ("text", "why", "prompt") and not value.isprintable():
            row[name] = "".join(c if c.isprintable() else " " for c in value)
    return row


def _fits(value: Any, kind: str) -> bool:
    if kind == "truth" or isinstance(value, bool):
        return kind == "truth" and isinstance(value, bool)
    if kind in ("text", "id"):
        return isinstance(value, str) and len(value) <= (_LONGEST if kind == "text" else 64)
    return isinstance(value, int if kind == "whole" else (int, float))
