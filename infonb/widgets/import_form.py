"""`Import`: a file chosen, what was understood of it corrected, taken in, and taken back."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from infonb import method
from infonb.english import count
from infonb.errors import InfonbError
from infonb.exchange import questions
from infonb.widgets import changes
from infonb.widgets.file_picker import FilePicker
from infonb.widgets.forms import (
    NONE,
    Form,
    button,
    choice,
    choose,
    chosen,
    folded,
    heading,
    offer,
    set_table,
    set_words,
    show,
    tick,
    title,
    words,
)

if TYPE_CHECKING:
    from infonb.exchange import ImportProblem, ImportReport
    from infonb.journal import Journal

_FORMATS = {
    "journal": "another journal", "excel": "a workbook", "json_resume": "a résumé",
    "jsonl": "an export of infonb", "vcard": "contacts", "linkedin": "LinkedIn's connections",
    "google_contacts": "Google's contacts", "long_csv": "one answer per row",
    "form": "answers of a form, an interview per row", "people": "a list of people",
}  # fmt: skip
"""Format of `infonb.exchange.FORMATS` -> what the form calls it."""
_ENCODINGS = ("utf-8", "cp1252", "mac_roman", "cp1251", "gbk", "shift_jis", "utf-8-twice")
_ENDS = [(1, 3), (1, 4), (1, 5), (1, 6), (1, 7), (1, 9), (1, 10), (0, 4), (0, 5), (0, 10),
         (1, 100), (0, 100)]  # fmt: skip
_AS_READ = ("as it was read", None)
_SHOWN = 20


class Import(Form):
    """The form that takes in a file: contacts, answers of a form, a workbook, another journal.

    Nothing is written until its button is pressed, and what it wrote can be taken back. It asks
    what the command line asks, in the same words.

    Parameters
    ----------
    journal : Journal
        What takes it in.

    Attributes
    ----------
    report : ImportReport or None
        What the file held, as it is read now, or what was taken in.

    Examples
    --------
    >>> import infonb
    >>> Import(infonb.sample("example"))
    Import: run this cell to open the form
    """

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self.report: ImportReport | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="infonb-")
        self._path: Path | None = None
        self._arguments: dict[str, Any] = {}
        self.picker = FilePicker(self._picked, self._refused)
        self.summary = words("")
        self.columns = widgets.HTML()
        self._make_question()
        self._make_corrections()
        self._make_changes()
        self.undo = self.undo_button(self._emptied, self.picker)
        self.children = [
            *self._top, title("Take in a file"),
            words("Contacts, answers of a form, a workbook, another journal. Nothing changes until "
                  "you press “Take it in”.", "hint"),
            self.picker, self.undo, self.summary, self.question, self.columns, self.corrections,
            self.changes, self.problems, self.skip, self.edits, self.take,
        ]  # fmt: skip
        self._on_click(self.take, self._take)
        self._emptied()

    def _make_question(self) -> None:
        """What has to be said before the file can come in, one thing at a time."""
        self.answer = choice("Answer", [("choose", None)])
        self.typed = widgets.Combobox(
            description="Answer", continuous_update=False, style={"description_width": "auto"},
            layout=widgets.Layout(width="100%", max_width="44rem"),
        )  # fmt: skip
        self.asked = heading("")
        self.question = widgets.VBox([self.asked, self.answer, self.typed])
        self.question.add_class("infonb-panel")
        for control in (self.answer, self.typed):
            self._on_change(control, lambda said: self._answered(said) if said else False,
                            self.question)  # fmt: skip

    def _make_corrections(self) -> None:
        """Lists that correct what was read."""
        self.column = choice("Column", [("choose", None)])
        self.meaning = choice("It holds", [("choose", None)])
        self.scale = choice("Its scale", [_AS_READ])
        self.dates = choice(
            "Dates", [_AS_READ, ("day first: 3/4 is 3 April", "dmy"),
                      ("month first: 3/4 is 4 March", "mdy")]
        )  # fmt: skip
        self.format = choice("Each row is", [_AS_READ, ("an interview", "form"),
                                             ("a person", "people")])  # fmt: skip
        self.encoding = choice("Letters are written as", [_AS_READ, *((e, e) for e in _ENCODINGS)])
        self.of_column = widgets.VBox([self.column, self.meaning, self.scale, self.dates])
        self.corrections = folded(
            "Correct", ": what a column holds, its scale, dates, letters",
            [self.of_column, self.format, self.encoding],
        )  # fmt: skip
        self.observe_choice(self.column, self._show_column)
        self._on_change(self.meaning, lambda said: self._column_is(said) if said else False)
        self._on_change(self.scale, lambda said: self._scale_is(said) if said else False)
        for key in ("dates", "format", "encoding"):
            self._on_change(getattr(self, key), lambda said, key=key: self._said(key, said))

    def _make_changes(self) -> None:
        """What would change, and what stands in its way."""
        self.lines = widgets.HTML()
        self.changes = folded("What would change", "", [self.lines])
        self.problems = words("", "concern")
        self.skip = tick("Leave out the rows with something wrong")
        self.edits = tick("A row that repeats an interview changes that one")
        self.take = button("Take it in", main=True)
        for control in (self.skip, self.edits):
            self._on_change(control, lambda _ticked: self._read())

    # ---------------------------------------------------------------- reading

    def _refused(self, why: str) -> None:
        self.say(why, trouble=True, beside=self.picker)

    def _picked(self, name: str, content: bytes) -> None:
        self._attempt(lambda: self._open(name, content), self.picker)

    def _open(self, name: str, content: bytes) -> str:
        """Read a file that was chosen."""
        self._emptied()
        path = Path(self._folder.name) / (PurePosixPath(name.replace("\\", "/")).name or "file")
        path.write_bytes(content)
        self._path, self._arguments = path, {}
        try:
            return self._read()
        except Exception:
            self._emptied()
            raise

    def _emptied(self) -> None:
        """No file is chosen; what was taken in keeps its words."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
        self._path = self.report = None
        with self._filled():
            self.skip.value = self.edits.value = False
            for control in (self.dates, self.format, self.encoding):
                choose(control, None)
        set_words(self.summary, [])
        for part in (self.question, self.columns, self.corrections, self.changes, self.problems,
                     self.skip, self.edits, self.take, self.undo):  # fmt: skip
            show(part, False)

    def _read(self) -> str:
        """Read the file again, and show what was understood; the words for it."""
        assert self._path is not None
        self.report = self._journal.import_file(
            self._path, dry_run=True, skip_bad=self.skip.value, edits=self.edits.value,
            **self._arguments,
        )  # fmt: skip
        with self._filled():
            self._show(self.report)
        left = len(self._open_questions())
        return f"Read. {count(left, 'question')} left." if left else "Read. Nothing is left to ask."

    def _try(self, arguments: dict[str, Any]) -> str:
        """Read the file with other arguments, which stay only where it can be read so."""
        before, self._arguments = self._arguments, arguments
        try:
            return self._read()
        except InfonbError:
            self._arguments = before
            raise

    def _open_questions(self) -> list[ImportProblem]:
        found = self.report.problems if self.report else []
        return [problem for problem in found if problem.error and problem.asks]

    # ---------------------------------------------------------------- showing

    def _show(self, report: ImportReport) -> None:
        assert self._path is not None
        asks = self._open_questions()
        kinds = ", ".join(_FORMATS.get(kind, kind) for kind in filter(None, [report.format]))
        as_what = f" is read as {kinds}" if kinds else ""
        refused = any(problem.error for problem in report.problems)
        would = "Nothing can come in yet" if refused else f"Would be: {report.counts}"
        set_words(self.summary, [f"{self._path.name}{as_what}. {would}."])
        self._show_question(asks)
        self._show_columns(report)
        show(self.corrections)
        show(self.of_column, bool(report.readings))
        self._show_lines(report)
        wrong = [problem for problem in report.problems if problem not in asks]
        more = len(wrong) - _SHOWN
        said = [str(problem) for problem in wrong[:_SHOWN]]
        set_words(self.problems, [*said, *([f"… and {more} more"] if more > 0 else [])])
        show(self.problems, bool(wrong))
        show(self.skip, self.skip.value or any(p.error and not p.asks for p in wrong))
        show(self.edits, self.edits.value or any(p.asks == "edits" for p in wrong))
        show(self.take)

    def _show_question(self, asks: list[ImportProblem]) -> None:
        if not asks:
            set_words(self.asked, ["Nothing is left to ask."])
            self.question.children = [self.asked]
            return
        show(self.question)
        problem = asks[0]
        number = f"Of {len(asks)} questions the first: " if len(asks) > 1 else ""
        set_words(self.asked, [f"{number}{questions.prompt(problem)}"])
        free = problem.asks in ("occupation", "encoding")
        self.question.children = [self.asked, self.typed if free else self.answer]
        with self._filled():
            if free:
                known = [o.title for o in self._journal.occupations()]
                self.typed.options = problem.options or known
                self.typed.value = ""
            else:
                offer(self.answer, [("choose", None), *self._answers(problem)])
                choose(self.answer, None)

    def _answers(self, problem: ImportProblem) -> list[tuple[str, str]]:
        """What may be said to a question, the likeliest first."""
        if problem.asks == "answers":
            choices = self.report.choices if self.report else ()
            likely = dict.fromkeys([*problem.options, *choices])
            return [(self._in_words(field), field) for field in likely]
        if problem.asks == "scales":
            return [*_scales(problem.options), ("leave out", "leave out")]
        if problem.asks == "reversed":
            return [("yes", "yes"), ("leave out", "leave out")]
        names = {"dmy": "day first: 3/4 is 3 April", "mdy": "month first: 3/4 is 4 March",
                 "form": "an interview", "people": "a person"}  # fmt: skip
        return [(names.get(option, option), option) for option in problem.options]

    def _in_words(self, field: str) -> str:
        """What a column may hold, as one says it."""
        key, _, part = field.partition(".")
        own = self._journal.own_questions()
        known = method.QUESTIONS.get(key)
        name = known.short if known else own[key] if key in own else key.replace("_", " ")
        parts = {"rating": "a rating", "why": "why this rating"}
        asked = f"{name}: {parts.get(part, 'the answer')}" if known or key in own else name
        return f"question: {asked}" if known or key in own else asked

    def _show_columns(self, report: ImportReport) -> None:
        readings = report.readings
        rows = [(r.column, r.value, self._in_words(r.field) if r.field else "", r.what)
                for r in readings]  # fmt: skip
        head = ("Column", "First cell", "It holds", "Read as")
        set_table(self.columns, "What was understood", head, rows)
        show(self.columns, bool(readings))
        titles = list(dict.fromkeys(reading.column for reading in readings))
        asked = [problem.column for problem in self._open_questions()]
        before = chosen(self.column)
        offer(self.column, [("choose", None), *((title, title) for title in titles)])
        choose(self.column, before if before in titles else
               next((title for title in asked if title in titles), None))  # fmt: skip
        self._show_column()

    def _show_column(self) -> None:
        """What is said of the column chosen, in its lists."""
        report, name = self.report, chosen(self.column)
        reading = next((r for r in report.readings if r.column == name), None) if report else None
        with self._filled():
            show(self.meaning, reading is not None)
            show(self.scale, reading is not None and bool(reading.scale))
            if report is None or reading is None:
                return
            choices = dict.fromkeys([*filter(None, [reading.field]), *report.choices])
            offer(self.meaning, [("choose", None), *((self._in_words(c), c) for c in choices)])
            choose(self.meaning, reading.field or None)
            offer(self.scale, [_AS_READ, *_scales((reading.scale,) if reading.scale else ())])
            choose(self.scale, None)

    def _show_lines(self, report: ImportReport) -> None:
        words_for = {"added": "add", "updated": "change", "skipped": "leave"}
        rows = [(str(one.row), words_for[one.what], one.kind, one.about)
                for one in report.lines[:_SHOWN]]  # fmt: skip
        more = len(report.lines) - len(rows)
        rows += [("", "", "", f"… and {more} more")] if more > 0 else []
        set_table(self.lines, "What would change", ("Row", "What", "Kind", "About"), rows)
        self.changes.children[0].rest = f": {count(len(report.lines), 'record')}"
        show(self.changes, bool(report.lines))

    # ---------------------------------------------------------------- saying what is asked

    def _answered(self, said: str) -> str:
        problem = self._open_questions()[0]
        arguments = copy.deepcopy(self._arguments)
        if wrong := questions.settle(problem, said, arguments):
            raise InfonbError(wrong)
        read = self._try(arguments)
        asks = self._open_questions()
        if asks and (asks[0].asks, asks[0].column) == (problem.asks, problem.column):
            raise InfonbError(asks[0].what)  # it didn't help
        self.focus_on(self.question if asks else self.take)
        return read

    def _column_is(self, field: str) -> str:
        name, arguments = chosen(self.column), copy.deepcopy(self._arguments)
        arguments.setdefault("answers", {})[name] = field
        _forget_scale(arguments, name)
        return self._try(arguments)

    def _scale_is(self, ends: str) -> str:
        name, arguments = chosen(self.column), copy.deepcopy(self._arguments)
        _forget_scale(arguments, name)
        low, high = map(int, ends.split(".."))
        arguments.setdefault("scales", {})[name] = (min(low, high), max(low, high))
        if low > high:
            arguments.setdefault("reversed", []).append(name)
        return self._try(arguments)

    def _said(self, argument: str, value: str | None) -> str:
        rest = {key: each for key, each in self._arguments.items() if key != argument}
        return self._try({**rest, **({argument: value} if value else {})})

    # ---------------------------------------------------------------- taking in

    def _take(self) -> str:
        if asks := self._open_questions():
            raise InfonbError(f"Answer the question first. {questions.prompt(asks[0])}")
        assert self._path is not None
        name = self._path.name
        done = self._journal.import_file(
            self._path, skip_bad=self.skip.value, edits=self.edits.value, **self._arguments
        )
        self._emptied()
        self.report = done
        notes = [str(problem) for problem in done.problems[:_SHOWN]]
        set_words(self.summary, [f"Taken in from {name}: {done.counts}.", *notes])
        if done.added or done.updated:
            self.may_undo(self.undo)
            changes.saved(self._journal, NONE, False)
        return f"{name} is taken in."


def _scales(likely: tuple[str, ...]) -> list[tuple[str, str]]:
    """Ends of scales to choose from, the likely ones first, each in both directions.

    Examples
    --------
    >>> _scales(("1..8",))[:2]
    [('1 to 8, 8 is best', '1..8'), ('1 to 8, 1 is best', '8..1')]
    """
    ends = [(int(low), int(high)) for low, high in (each.split("..") for each in likely)]
    offered = []
    for low, high in dict.fromkeys([*ends, *_ENDS]):
        offered += [(f"{low} to {high}, {high} is best", f"{low}..{high}"),
                    (f"{low} to {high}, {low} is best", f"{high}..{low}")]  # fmt: skip
    return offered


def _forget_scale(arguments: dict[str, Any], name: str) -> None:
    """Nothing is said of a column's scale any more."""
    arguments.get("scales", {}).pop(name, None)
    if name in arguments.get("reversed", []):
        arguments["reversed"].remove(name)
