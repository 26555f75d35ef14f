"""What the forms made of ipywidgets share: steps, saving on change, errors in words.

A form is filled from the journal and writes to it as soon as something is changed. Whatever goes
wrong is said inside the form; a traceback is for programmers.
"""

from __future__ import annotations

import html
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from sqlalchemy.exc import SQLAlchemyError

from infonb import clock, look
from infonb.errors import InfonbError
from infonb.journal import JournalFault
from infonb.widgets.manners import Fold, Manners

if TYPE_CHECKING:
    from infonb.journal import Journal

SAMPLE_CSS = Path(__file__).with_name("sample.css").read_text(encoding="utf-8")
_CSS = look.css() + Path(__file__).with_name("forms.css").read_text(encoding="utf-8") + SAMPLE_CSS
_DESCRIBED = {"description_width": "auto"}
_PLACE = "infonb-at-"
_count = itertools.count(1)
NONE = ""
"""Value of the entry of a list that means "none"; never stored."""
SAMPLE = (
    "A throw-away sample: nothing here is kept. For your own search run infonb new my-search in a "
    "terminal, and open the notebooks it makes."
)
"""What every form on a sample says, as long as it is open."""


PRACTICE = "Practice: nothing on this page is kept."
"""What a form says on a journal to practise in."""


def sample_words(journal: Journal) -> str:
    """What a form on a throw-away journal says; empty on one that is kept."""
    if not journal.is_throw_away:
        return ""
    return SAMPLE if journal.setting("sample") else PRACTICE


class _Depth(threading.local):
    """How deep this thread is in filling a form."""

    of_this_thread = 0


class Form(widgets.VBox):
    """A form on a journal, in steps of which one is shown.

    Parameters
    ----------
    journal : Journal
        What it is filled from and saved to.

    Attributes
    ----------
    said : str
        What it said last: what was saved, or what to do about a problem.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._depth = _Depth()
        self._turn = threading.RLock()
        self._manners = Manners()
        self._step = widgets.ToggleButtons(
            options=[""], description="Step", style={"button_width": "auto"}
        )
        self._step.add_class("infonb-steps")
        self._pages: dict[str, widgets.VBox] = {}
        self._undo: widgets.Button | None = None
        self._top = [
            styled(), self._manners,
            *([words(sample_words(journal), "sample")] if journal.is_throw_away else []),
        ]  # fmt: skip
        super().__init__(self._top)
        self.add_class("infonb")
        self.add_class("infonb-form")

    def __repr__(self) -> str:
        return f"{type(self).__name__}: run this cell to open the form"

    def _set_steps(self, steps: Mapping[str, Sequence[widgets.Widget]]) -> None:
        """Title of a step to its controls; the first is shown."""
        self._pages = {title: widgets.VBox(list(steps[title])) for title in steps}
        self._step.options = list(steps)
        self._step.observe(lambda _change: self._show_step(), "value")
        self.children = (*self._top, self._step, *self._pages.values())
        self._show_step()

    def go_to(self, step: str) -> None:
        """Show a step."""
        self._step.value = step

    def _show_step(self) -> None:
        self.say("")
        for title, page in self._pages.items():
            show(page, title == self._step.value)

    @property
    def said(self) -> str:
        return self._manners.said

    def say(
        self, text: str, trouble: bool = False, beside: widgets.DOMWidget | None = None
    ) -> None:
        """Words in the form, beside the control they are about where one is given."""
        with self._manners.hold_sync():
            self._manners.trouble = trouble
            if beside is not None:
                self._manners.beside = place_of(beside)
            self._manners.said = text

    def undo_button(self, refresh: Callable[[], Any], beside: widgets.DOMWidget) -> widgets.Button:
        """A button that takes back the removal just made, shown by `may_undo` until something else
        is changed."""
        button = link("Undo")
        show(button, False)

        def undo() -> str:
            taken_back = self._journal.undo()
            refresh()
            show(button, False)
            return f"Taken back: {taken_back}." if taken_back else "There is nothing to take back."

        self._on_click(button, undo, beside)
        return button

    def may_undo(self, button: widgets.Button) -> None:
        """What is being done can be taken back by this button."""
        self._undo = button
        show(button)
        self.focus_on(button)

    def focus_on(self, control: widgets.DOMWidget) -> None:
        """Put the caret there, as soon as it is drawn."""
        self._manners.focus = f"{place_of(control)} {next(_count)}"

    @property
    def _filling(self) -> bool:
        """Whether a change comes from filling the form. What a person changes meanwhile comes on
        another thread: it counts."""
        return self._depth.of_this_thread > 0

    @contextmanager
    def _filled(self) -> Iterator[None]:
        """While the form is being filled from the journal, nothing is written back."""
        self._depth.of_this_thread += 1
        try:
            yield
        finally:
            self._depth.of_this_thread -= 1

    def _attempt(self, action: Callable[[], Any], beside: widgets.DOMWidget | None = None) -> bool:
        """Do something with the journal, one at a time; say beside the control how it went.

        An action that returns False had nothing to save yet; one that returns a text has said it.
        """
        with self._turn:
            undo, self._undo = self._undo, None
            try:
                done = action()
            except JournalFault as error:
                self.say(f"Not saved. {error}", trouble=True, beside=beside)
                return False
            except InfonbError as error:
                self.say(str(error), trouble=True, beside=beside)
                if beside is not None:
                    self.focus_on(beside)
                return False
            except (SQLAlchemyError, OSError) as error:
                cause = getattr(error, "orig", None) or error
                text = f"Not saved. The journal can't be written just now: {cause}"
                self.say(text, trouble=True, beside=beside)
                return False
            if undo is not None and undo is not self._undo:
                show(undo, False)  # it would take back something else now
        where = "in the sample " if self._journal.is_throw_away else ""
        saved = f"saved {where}{clock.now().astimezone():%H:%M:%S}"
        self.say("" if done is False else done if isinstance(done, str) else saved, beside=beside)
        return True

    def _on_change(
        self,
        control: widgets.Widget,
        action: Callable[[Any], Any],
        beside: widgets.DOMWidget | None = None,
    ) -> None:
        """Call ``action`` with the new value whenever the person changes a control."""
        place = beside or control
        place_of(place)  # found by its class, which is to be there before it is drawn

        def changed(change: Any) -> None:
            if not self._filling:
                self._attempt(lambda: action(_none_if_none(control, change["new"])), place)

        control.observe(changed, "value")

    def observe_choice(self, control: widgets.Dropdown, action: Callable[[], Any]) -> None:
        """Call ``action`` when the person opens something else; nothing is saved by that."""
        control.observe(lambda _change: None if self._filling else action(), "value")

    def _on_click(
        self,
        button: widgets.Button,
        action: Callable[[], Any],
        beside: widgets.DOMWidget | None = None,
    ) -> None:
        place = beside or button
        place_of(place)
        button.on_click(lambda _button: self._attempt(action, place))


class Step:
    """One step of a form: its controls, and how they are filled from the journal.

    Parameters
    ----------
    form : Form
        The form it is part of, whose way of saving and saying is used.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self.journal: Journal = form._journal
        self.controls: list[widgets.Widget] = []

    def fill(self) -> None:
        """Show what the journal has now."""


def place_of(control: widgets.DOMWidget) -> str:
    """The class by which a control is found on the page; one of its own, made when first asked."""
    for name in control._dom_classes:
        if name.startswith(_PLACE):
            return name
    name = f"{_PLACE}{next(_count)}"
    control.add_class(name)
    return name


def show(part: widgets.DOMWidget, shown: bool = True) -> None:
    """Whether a part of a form is there to be seen."""
    part.layout.display = None if shown else "none"


def folded(
    label: str, rest: str, controls: Sequence[widgets.Widget], unfolded: bool = False
) -> widgets.VBox:
    """Controls behind one line that says what is there.

    Examples
    --------
    >>> part = folded("More", ": e-mail, phone", [line("E-mail")])
    >>> part.children[1].layout.display
    'none'
    """
    fold, inside = Fold(label=label, rest=rest, unfolded=unfolded), widgets.VBox(list(controls))
    show(inside, unfolded)
    fold.observe(lambda change: show(inside, change["new"]), "unfolded")
    part = widgets.VBox([fold, inside])
    part.add_class("infonb-part")
    return part


def _none_if_none(control: widgets.Widget, value: Any) -> Any:
    is_choice = isinstance(control, widgets.Dropdown | widgets.RadioButtons)
    return None if is_choice and value == NONE else value


def styled() -> widgets.HTML:
    """The style of the forms, once per form."""
    sheet = widgets.HTML(f"<style>{_CSS}</style>")
    sheet.layout.display = "none"
    return sheet


def words(text: str, kind: str = "") -> widgets.HTML:
    """A paragraph; ``text`` is shown as it is, whatever its characters."""
    paragraph = widgets.HTML(f"<p>{html.escape(text)}</p>" if text else "")
    if kind:
        paragraph.add_class(f"infonb-{kind}")
    return paragraph


def set_words(paragraph: widgets.HTML, lines: Iterable[str]) -> None:
    """Other words in a paragraph that is there."""
    paragraph.value = "".join(f"<p>{html.escape(line)}</p>" for line in lines)


def set_table(
    area: widgets.HTML, name: str, head: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """A table to read in an area that scrolls, by keyboard, too; ``name`` is read out."""
    titles = "".join(f'<th scope="col">{html.escape(each)}</th>' for each in head)
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in cells) for cells in rows)
    body = "".join(f"<tr>{cells}</tr>" for cells in lines)
    area.add_class("infonb-table")
    area.value = (
        f'<div role="region" tabindex="0" aria-label="{html.escape(name)}">'
        f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def heading(text: str) -> widgets.HTML:
    """The title of a part of a form."""
    return words(text, "heading")


def line(description: str, **more: Any) -> widgets.Text:
    """One line of text, handed over when it is left or Enter is pressed."""
    return widgets.Text(
        description=description, continuous_update=False, style=_DESCRIBED, layout=_wide(), **more
    )


def one_of_or_own(description: str, usual: Sequence[str], **more: Any) -> widgets.Combobox:
    """One line of text, with the usual words to choose from."""
    return widgets.Combobox(
        description=description, options=list(usual), continuous_update=False, style=_DESCRIBED,
        layout=_wide(), **more,
    )  # fmt: skip


def passage(description: str, rows: int = 3, **more: Any) -> widgets.Textarea:
    """Several lines of text, handed over while one types."""
    return widgets.Textarea(
        description=description, rows=rows, style=_DESCRIBED, layout=_wide(), **more
    )


def choice(description: str, options: Sequence[tuple[str, Any]], value: Any = None) -> Any:
    """One of a few, from a list that unfolds; see `offer` for an entry that means "none"."""
    control = widgets.Dropdown(description=description, style=_DESCRIBED, layout=_wide())
    offer(control, options)
    if value is not None or None in [value for _, value in options]:
        choose(control, value)
    return control


def offer(control: widgets.Dropdown, options: Sequence[tuple[str, Any]]) -> None:
    """New options in a list; what is chosen stays chosen where it is still there.

    An entry with the value None is seen and can be chosen like the others: a list shows nothing
    at all while its value is None, so that in the list it stands for `NONE`. Read what is chosen
    with `chosen`, set it with `choose`; both speak of None.

    Examples
    --------
    >>> control = choice("Occupation", [("a new one", None), ("Nurse", "o1")])
    >>> control.label, control.value, chosen(control)
    ('a new one', '', None)
    """
    before = control.value
    unique: list[tuple[str, Any]] = []
    seen: dict[str, int] = {}
    for text, value in options:  # two people may share a name; a list may not
        seen[text] = seen.get(text, 0) + 1
        text = f"{text} ({seen[text]})" if seen[text] > 1 else text
        unique.append((text, NONE if value is None else value))
    control.options = unique
    values = [value for _, value in unique]
    control.value = before if before in values else next(iter(values), None)


def chosen(control: widgets.ValueWidget) -> Any:
    """What a control holds; None where the entry that means "none" is chosen."""
    return _none_if_none(control, control.value)


def choose(control: widgets.Dropdown, value: Any) -> None:
    """Choose an entry of a list; None chooses the one that means "none"."""
    control.value = NONE if value is None else value


def row_of_radios(
    description: str, options: Sequence[tuple[str, Any]], value: Any = None
) -> widgets.RadioButtons:
    """One of a few, all in sight; an entry with the value None is read with `chosen`."""
    given = [(text, NONE if each is None else each) for text, each in options]
    has_none = any(each == NONE for _, each in given)
    return widgets.RadioButtons(
        description=description, options=given, value=NONE if value is None and has_none else value,
        orientation="horizontal", style=_DESCRIBED, layout=_wide(),
    )  # fmt: skip


def rating(
    description: str, none: str, options: Sequence[tuple[str, Any]], value: Any = None
) -> widgets.RadioButtons:
    """A scale as a row, its first place for what can't be said; see `scale`."""
    row = row_of_radios(description, [(none, None), *options], value)
    row.add_class("infonb-scale")
    return row


def whole_number(description: str, value: int, low: int, high: int) -> widgets.BoundedIntText:
    """A whole number between two others."""
    return widgets.BoundedIntText(
        description=description, value=value, min=low, max=high, style=_DESCRIBED, layout=_wide()
    )


def day(description: str) -> widgets.DatePicker:
    """A day, or none."""
    return widgets.DatePicker(description=description, style=_DESCRIBED, layout=_wide())


def moment(description: str) -> widgets.NaiveDatetimePicker:
    """A day and a time on the clock where you are, or none."""
    return widgets.NaiveDatetimePicker(description=description, style=_DESCRIBED, layout=_wide())


def tick(description: str, value: bool = False) -> widgets.Checkbox:
    """Yes or no."""
    return widgets.Checkbox(description=description, value=value, indent=False, layout=_wide())


def button(description: str, main: bool = False, of: str = "") -> widgets.Button:
    """Something to do; ``of`` what, where several buttons have the same words."""
    made = widgets.Button(description=description, layout=widgets.Layout(width="auto"))
    if of:
        made.tooltip = f"{description} {of}"  # read out in place of the short word
    if main:
        made.add_class("infonb-main")
    return made


def link(description: str, of: str = "") -> widgets.Button:
    """Something to do, less in sight."""
    made = button(description, of=of)
    made.add_class("infonb-quiet")
    return made


def row(*parts: widgets.Widget) -> widgets.HBox:
    """Controls beside each other, as far as there is room."""
    made = widgets.HBox(parts)
    made.add_class("infonb-row")
    return made


def entry(what: str, *details: str) -> widgets.HTML:
    """What a row of a list is about: its name, and a line below it."""
    below = "".join(f"<span>{html.escape(each)}</span>" for each in details if each)
    made = widgets.HTML(f"<p><b>{html.escape(what)}</b>{below}</p>")
    made.add_class("infonb-entry")
    return made


def title(text: str) -> widgets.HTML:
    """What a step is about, as a question."""
    made = widgets.HTML(f"<h3>{html.escape(text)}</h3>")
    made.add_class("infonb-title")
    return made


def scale(low: int, high: int, low_means: str, high_means: str) -> list[tuple[str, int]]:
    """The values of a scale with its ends in words.

    Examples
    --------
    >>> scale(1, 3, "no", "yes")
    [('1, no', 1), ('2', 2), ('3, yes', 3)]
    """
    ends = {low: f"{low}, {low_means}", high: f"{high}, {high_means}"}
    return [(ends.get(value, str(value)), value) for value in range(low, high + 1)]


def _wide() -> widgets.Layout:
    return widgets.Layout(width="100%", max_width="44rem")
