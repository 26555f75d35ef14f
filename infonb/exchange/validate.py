"""What all takers of entries share: the open write, and problems instead of exceptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select

from infonb.errors import InfonbError
from infonb.exchange.bulk import BulkWriter
from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.records import KNOWN
from infonb.journal import columns, schema
from infonb.journal.question_keys import OwnQuestions
from infonb.journal.transaction import Transaction

if TYPE_CHECKING:
    from infonb.exchange.identity import FileQuestions


class Validation:
    """An open write that takes entries; what can't be taken becomes a problem.

    Attributes
    ----------
    bulk : BulkWriter
    write : Transaction
        What writes through it.
    problems : list of ImportProblem
        Filled while validation.
    own : OwnQuestions
        The questions of one's own, those of this file included.
    questions : FileQuestions
        Which of them the file's own questions are.
    titles : dict of str to str
        Folded title -> occupation, for titles that a file without names has in place of the
        journal's.
    add_only : bool
        Whether the entry at hand may only add: names were left out of it, so what is there is
        better.
    beside : Entry or None
        The entry at hand, where it is of another journal: it replaces nothing.
    last : str or None
        When the entry at hand was last taken from a file, if it was.
    edits : bool
        Whether a later row that repeats most of an interview is an edit of it.
    added : dict of str to mapping
        Interviews of this file -> their answers.
    of_both : dict of (str, str) to list of str
        Person and occupation -> the interviews that are there.
    kept : set of str
        Interviews of the file that stayed as they are because of that.
    """

    def __init__(
        self,
        bulk: BulkWriter,
        problems: list[ImportProblem],
        own: OwnQuestions,
        questions: FileQuestions,
    ) -> None:
        self.bulk = bulk
        self.write = bulk.transaction
        self.problems = problems
        self.add_only = False
        self.beside: Entry | None = None
        self.last: str | None = None
        self.edits = False
        self.added: dict[str, Mapping[str, Any]] = {}
        self.of_both: dict[tuple[str, str], list[str]] = {}
        for row in bulk.all_of(schema.interview).values():
            both = (row["person_id"], row["occupation_id"])
            self.of_both.setdefault(both, []).append(row["id"])
        self.kept: set[str] = set()
        self.own = own
        self.questions = questions
        self.titles: dict[str, str] = {}

    # what an entry says -----------------------------------------------------------------------

    def checked(self, entry: Entry, place: str, check: Callable[..., Any], *given: Any) -> Any:
        """What a check of `infonb.journal.columns` gives for a value, or None and a problem."""
        try:
            return check(*given)
        except InfonbError as error:
            value = next((v for v in given if not isinstance(v, Transaction)), None)
            if isinstance(value, dict) and len(value) == 1:  # one column of several
                value = next(iter(value.values()))
            self.problem(entry, place, value, str(error))
            return None

    def question(self, entry: Entry, place: str, value: Any) -> str | None:
        """The key here of a question that an entry names, or None and a problem."""
        known = self.questions.known(value) if isinstance(value, str) else None
        return known or self.checked(entry, place, columns.question_key, value, self.own)

    def text(self, entry: Entry, place: str, value: Any) -> str | None:
        """Text, or None where nothing is said."""
        return self.checked(entry, place, columns.text_or_none, value, place.split(".")[-1])

    def columns(
        self,
        entry: Entry,
        given: Mapping[str, Any],
        check: Callable[[dict[str, Any]], dict[str, Any]],
        place: str = "",
    ) -> dict[str, Any]:
        """Values checked column by column; those that are missing are left out."""
        values: dict[str, Any] = {}
        for column, value in given.items():
            if value is not None:
                part = self.checked(entry, f"{place}{column}", check, {column: value}) or {}
                values.update({k: v for k, v in part.items() if k not in values})
        return values

    def part(self, entry: Entry, key: str, kind: type) -> Any:
        """A list or an object that an entry holds, empty where it is missing."""
        part = entry.data.get(key)
        if part is None:
            return kind()
        if isinstance(part, kind):
            return part
        what = "must be a list." if kind is list else "must be an object in braces."
        self.problem(entry, key, part, what)
        return kind()

    def parts(
        self, entry: Entry, key: str, kind: str, main: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The members of a list with their places; a text stands for its ``main`` key."""
        for number, part in enumerate(self.part(entry, key, list), start=1):
            place = f"{key}.{number}"
            if isinstance(part, str):
                part = {main: part}
            if not isinstance(part, Mapping):
                self.problem(entry, place, part, f'must be an object like {{"{main}": "…"}}.')
                continue
            self.note_unknown(entry, kind, part, place)
            yield place, part

    def note_unknown(
        self, entry: Entry, kind: str, data: Mapping[str, Any], place: str = ""
    ) -> None:
        """Report keys that nobody knows: they are left out, but not silently."""
        for key in data:
            if key not in KNOWN[kind]:
                where = f"{place}.{key}".lstrip(".")
                self.problem(entry, where, data[key], "is a key nobody knows; it is left out.",
                             error=False)  # fmt: skip

    def problem(self, entry: Entry, place: str, value: Any, what: str, error: bool = True) -> None:
        """Add a problem with one value of an entry."""
        self.problems.append(entry.problem(place, value, what, error))

    def flawless(self, since: int) -> bool:
        """Whether no error came up since there were that many problems."""
        new = self.problems[since:]
        return not new or not any(problem.error for problem in new)

    # what the journal holds -------------------------------------------------------------------

    def first(self, table: Table, *where: Any) -> dict[str, Any] | None:
        """The first row that fits, or None."""
        row = self.write.connection.execute(select(table).where(*where)).mappings().first()
        return dict(row) if row else None
