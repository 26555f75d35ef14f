"""What ipywidgets leaves out: names and keys of a form's controls, words beside them, a fold.

`Manners` is unseen, one per form; `Fold` is the line "more". Both are small pieces of the page.
"""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__)


class Manners(anywidget.AnyWidget):
    """The unseen part of a form.

    It names rows of radios and makes each one group, keeps keys pressed on a radio or a tick from
    JupyterLab's commands, and shows the form's words beside the control they are about.

    Attributes
    ----------
    said : str
        The words.
    trouble : bool
        Whether they are about a problem.
    beside : str
        The class by which the control is found.
    focus : str
        The class of the control that is to have the focus, and a number, so that asking twice is
        heard twice.
    """

    _esm = _HERE.with_suffix(".js")
    said = traitlets.Unicode("").tag(sync=True)
    trouble = traitlets.Bool(False).tag(sync=True)
    beside = traitlets.Unicode("").tag(sync=True)
    focus = traitlets.Unicode("").tag(sync=True)

    def __repr__(self) -> str:
        return self.said


class Fold(anywidget.AnyWidget):
    """The line that says what waits behind it, a button that can be reached by keyboard.

    Attributes
    ----------
    label, rest : str
        What is behind it: the word in bold, and the rest of the line.
    unfolded : bool
        Whether it is shown.
    """

    _esm = _HERE.with_name("fold.js")
    label = traitlets.Unicode("More").tag(sync=True)
    rest = traitlets.Unicode("").tag(sync=True)
    unfolded = traitlets.Bool(False).tag(sync=True)  # a trait can't be called "open"

    def __repr__(self) -> str:
        return f"{self.label}{self.rest}"
