"""`Rehearse`: the phone script, said aloud once against the clock."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from infonb import look, method


class Rehearse(anywidget.AnyWidget):
    """A text to say aloud, with a clock that says how long it took. Nothing is recorded.

    Parameters
    ----------
    text : str, optional
        What is said; by default the phone script of a practice interview.

    Examples
    --------
    >>> Rehearse()
    Rehearse: run this cell to open it
    """

    _esm = Path(__file__).with_suffix(".js")
    _css = look.css() + Path(__file__).with_name("forms.css").read_text(encoding="utf-8")
    text = traitlets.Unicode().tag(sync=True)

    def __init__(self, text: str | None = None) -> None:
        script = method.draft_phone_script("Robin", "Baker", "My neighbor Sam", 5)
        super().__init__(text=text or script)

    def __repr__(self) -> str:
        return "Rehearse: run this cell to open it"
