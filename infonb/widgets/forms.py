"""What the forms made of ipywidgets share: steps, saving on change, errors in words.

A form is filled from the journal and writes to it as soon as something is changed. Whatever goes
wrong is said inside the form; a traceback is for programmers.
"""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
from sqlalchemy.exc import SQLAlchemyError

from infonb import clock, look
from infonb.errors import InfonbError
from infonb.journal import JournalFault

if TYPE_CHECKING:
    from infonb.journal import Journal

SAMPLE_CSS = Path(__file__).with_name("sample.css").read_text(encoding="utf-8")
_CSS = look.css() + Path(__file__).with_name("forms.css").read_text(encoding="utf-8") + SAMPLE_CSS
_DESCRIBED = {"description_width": "10rem"}
NONE = ""
"""Value of the entry of a list that means "none"; never stored."""
SAMPLE = (
    "A throw-away sample: nothing here is kept. For your own search run infonb new my-search in a "
    "terminal, and open the notebooks it makes."
)
"""What every form on a sample says, as long as it is open."""


class _Depth(threading.local):
    """How deep this thread is in filling a form."""

    of_this_thread = 0


class Form(widgets.VBox):
    """A form on a journal, in steps of which one is shown.

    Parameters
    ----------
    journal : Journal
        What it is filled from and saved to.
    steps : dict
        Title of a step to its controls.
    """

    def __init__(self, journal: Journal, steps: dict[str, Sequence[widgets.Widget]]) -> None:
        self._journal = journal
        self._depth = _Depth()
        self._turn = threading.RLock()
        self._said = words("")
        self._said.add_class("infonb-said")
        titles = list(steps)
        self._step = widgets.ToggleButtons(
            options=titles, description="Step", style={"button_width": "auto"}
        )
        self._pages = {title: widgets.VBox(list(steps[title])) for title in titles}
        self._step.observe(lambda _change: self._show_step(), "value")
        self._top = [styled(), *([words(SAMPLE, "sample")] if journal.is_throw_away else [])]
        super().__init__(
            [
                *self._top,
                *([self._step] if len(titles) > 1 else []),
                self._said,
                *self._pages.values(),
            ]
        )
        self.add_class("infonb")
        self.add_class("infonb-form")
        self._show_step()

    def __repr__(self) -> str:
        return f"{type(self).__name__}: run this cell to open the form"

    def _show_step(self) -> None:
        for title, page in self._pages.items():
            page.layout.display = "flex" if title == self._step.value else "none"

    def say(self, text: str, trouble: bool = False) -> None:
        """Words at the top of the form: what was saved, or what to do about a problem."""
        kind = "trouble" if trouble else "fine"
        self._said.value = (
            f'<p role="status" class="{kind}">{html.escape(text)}</p>' if text else ""
        )

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

    def _attempt(self, action: Callable[[], Any]) -> bool:
        """Do something with the journal, one at a time; say how it went.

        An action that returns False had nothing to save yet.
        """
        with self._turn:
            try:
                if action() is False:
                    self.say("")
                    return True
            except JournalFault as error:
                self.say(f"Not saved. {error}", trouble=True)
                return False
            except InfonbError as error:
                self.say(str(error), trouble=True)
                return False
            except (SQLAlchemyError, OSError) as error:
                cause = getattr(error, "orig", None) or error
                self.say(f"Not saved. The journal can't be written just now: {cause}", trouble=True)
                return False
        where = "in the sample " if self._journal.is_throw_away else ""
        self.say(f"saved {where}{clock.now().astimezone():%H:%M:%S}")
        return True

    def _on_change(self, control: widgets.Widget, action: Callable[[Any], Any]) -> None:
        """Call ``action`` with the new value whenever the person changes a control."""

        def changed(change: Any) -> None:
            if not self._filling:
                is_none = isinstance(control, widgets.Dropdown) and change["new"] == NONE
                self._attempt(lambda: action(None if is_none else change["new"]))

        control.observe(changed, "value")

    def _on_click(self, button: widgets.Button, action: Callable[[], Any]) -> None:
        button.on_click(lambda _button: self._attempt(action))


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


def heading(text: str) -> widgets.HTML:
    """The title of a part of a form."""
    return words(text, "heading")


def line(description: str, **more: Any) -> widgets.Text:
    """One line of text, handed over when it is left or Enter is pressed."""
    return widgets.Text(
        description=description, continuous_update=False, style=_DESCRIBED, layout=_wide(), **more
    )


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
    """What a control holds; None where the entry of a list that means "none" is chosen."""
    is_none = isinstance(control, widgets.Dropdown) and control.value == NONE
    return None if is_none else control.value


def choose(control: widgets.Dropdown, value: Any) -> None:
    """Choose an entry of a list; None chooses the one that means "none"."""
    control.value = NONE if value is None else value


def row_of_radios(description: str, options: Sequence[tuple[str, Any]], value: Any = None) -> Any:
    """One of a few, all in sight."""
    return widgets.RadioButtons(
        description=description, options=options, value=value, orientation="horizontal",
        style=_DESCRIBED, layout=_wide(),
    )  # fmt: skip


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


def button(description: str, main: bool = False) -> widgets.Button:
    """Something to do."""
    made = widgets.Button(description=description, layout=widgets.Layout(width="auto"))
    if main:
        made.add_class("infonb-main")
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
