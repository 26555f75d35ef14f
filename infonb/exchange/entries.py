"""What every format is asked and gives: entries in the shape of JSON Lines, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from infonb.journal.question_keys import OwnQuestions


@dataclass(frozen=True)
class KnownInterview:
    """An interview of the journal that a file may be about.

    Attributes
    ----------
    id, person, occupation : str
    day : str or None
        When it was, or is planned.
    """

    id: str
    person: str
    occupation: str
    day: str | None = None

    def __str__(self) -> str:
        return f"{self.person} ({', '.join(filter(None, [self.occupation, self.day]))})"


@dataclass(frozen=True)
class Asked:
    """What a person said about a file, for those formats that need it.

    Attributes
    ----------
    answers : mapping of str to str
        A form's header -> what it means.
    dates : str or None
        ``"dmy"`` or ``"mdy"``.
    occupation : str or None
        What all rows of a form are about.
    own : OwnQuestions
        Questions of one's own in the journal.
    scales : mapping of str to (int, int)
        A form's header -> the ends of its scale, the lower first.
    reversed : collection of str
        Headers whose lower end is the good one.
    encoding : str or None
        How the file's letters are written, where that can't be told.
    interview : str or None
        Which interview a transcript is of: its id, or the person's name.
    asks : str or None
        Which of a transcript's speakers asks.
    interviews : callable
        Gives the interviews that a transcript may be of, the likeliest first.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    dates: str | None = None
    occupation: str | None = None
    own: OwnQuestions = field(default_factory=OwnQuestions)
    scales: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    reversed: Collection[str] = ()
    encoding: str | None = None
    interview: str | None = None
    asks: str | None = None
    interviews: Callable[[], Sequence[KnownInterview]] = tuple


@dataclass(frozen=True)
class ImportProblem:
    """Something in a file that was not understood.

    Attributes
    ----------
    file : str
        The file's name.
    row : int
        Line of the file, from 1.
    column : str
        Column, or key with dots (``answers.enjoy_most.rating``).
    value : str
        What stands there, shortened.
    what : str
        What is wrong and what to do.
    error : bool
        Whether the import is refused because of it.
    of_row : bool
        Whether it is of a row alone that gave no entry.
    asks : str
        The argument of `infonb.journal.Journal.import_file` that settles it, such as
        ``"answers"`` or ``"dates"``; empty where only the file can be corrected.
    options : tuple of str
        What may be said there, the likeliest first.
    """

    file: str
    row: int
    column: str
    value: str
    what: str
    error: bool = True

    of_row: bool = False
    asks: str = ""
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" + (f", {self.column}" if self.column else "")
        value = f" {self.value}" if self.value else ""
        return f"{place}:{value} {self.what}" if value else f"{place}: {self.what}"


@dataclass(frozen=True)
class Reading(ImportProblem):
    """How a column was read: no problem, and said all the same. ``value`` is its first cell.

    Attributes
    ----------
    field : str
        What the column holds, as ``answers`` calls it; empty where that has to be said.
    scale : str
        The ends of a column of ratings, such as ``"1..10"``; else empty.
    table : str
        The format of the table that it belongs to.
    """

    field: str = ""
    scale: str = ""
    table: str = ""

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, {self.column}: {self.what}"


@dataclass(frozen=True)
class Entry:
    """One record of a file.

    Attributes
    ----------
    kind : str
        ``"interview"``, or what the line says it is.
    data : dict
        Its content, keys as in JSON Lines.
    file, row : str, int
        Where it stands.
    records : int
        How many rows of the file it took (a CSV has one per answer).
    rows : dict
        Dotted key -> row, where parts of it stand on other rows than ``row``.
    beside : mapping of str to list of str, optional
        For an entry of another journal: what its answers said before, by question. Such an entry
        replaces nothing; where both journals say something, both are kept.
    formerly : str, optional
        What an interview's label was in earlier releases, where a journal may know it by that.
    """

    kind: str
    data: dict[str, Any]
    file: str
    row: int
    records: int = 1
    rows: tuple[tuple[str, int], ...] = ()
    beside: Mapping[str, list[str]] | None = None
    formerly: str | None = None

    @property
    def places(self) -> set[int]:
        """The rows it stands on."""
        return {self.row, *(row for _, row in self.rows)}

    def problem(self, column: str, value: Any, what: str, error: bool = True) -> ImportProblem:
        """A problem with one value of this entry."""
        column = column.encode("utf-8", "backslashreplace").decode("utf-8")
        shown = "" if value is None else repr(value)
        if len(shown) > 80:
            shown = shown[:77] + "…"
        row = next((row for key, row in self.rows if column.startswith(key)), self.row)
        return ImportProblem(self.file, row, column, shown, what, error)
