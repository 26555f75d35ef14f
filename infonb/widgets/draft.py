"""`Draft`: a text to change and to send oneself, with a button that copies it and a mail link.

Nothing is ever sent by infonb: the link opens the text in one's own mail program.
"""

from __future__ import annotations

import html
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

from infonb import follow_up, method
from infonb.widgets.forms import passage, set_words, words


class CopyButton(anywidget.AnyWidget):
    """Copies the draft it belongs to; where that isn't allowed it selects the text."""

    _esm = Path(__file__).with_suffix(".js")
    label = traitlets.Unicode("Copy").tag(sync=True)

    def __repr__(self) -> str:
        return "Copy"


class Draft(widgets.VBox):
    """One text, with what to think about before sending it.

    Parameters
    ----------
    description : str
        What it is called on the screen.
    kind : str
        A key of `infonb.follow_up.SUBJECTS` where it can be sent by mail; ``"phone_script"``
        where it is read aloud.
    rows : int
        How many lines are in sight.

    Attributes
    ----------
    text : ipywidgets.Textarea
        To be observed by the form that keeps it.

    Examples
    --------
    >>> note = Draft("Thank-you note", "thank_you")
    >>> note.fill("Dear Ada, are you hiring?", "ada@example.org")
    >>> note.link.startswith("mailto:ada@example.org?subject=Thank%20you"), len(note.concerns)
    (True, 1)
    """

    def __init__(self, description: str, kind: str, rows: int = 7) -> None:
        self.text = passage(description, rows=rows)
        self.link = ""
        self._kind = kind
        self._email: str | None = None
        self._open = widgets.HTML()
        self._concerns = words("", "concern")
        self.text.observe(lambda _change: self._follow(), "value")
        copies = CopyButton(label=f"Copy: {description.lower()}")
        can_be_mailed = kind in follow_up.SUBJECTS
        sending = widgets.HBox([copies, *([self._open] if can_be_mailed else [])])
        sending.add_class("infonb-sending")
        super().__init__([self.text, sending, self._concerns])
        self.add_class("infonb-draft")

    @property
    def concerns(self) -> list[str]:
        """What to think about before sending it, in words."""
        return concerns_in_words(self.text.value, self._kind in ("request", "phone_script"))

    def fill(self, text: str, email: str | None = None) -> None:
        """Show a text, addressed where the address is known."""
        self._email = email
        self.text.value = text
        self._follow()

    def _follow(self) -> None:
        """The link and the concerns, for the text as it is now."""
        set_words(self._concerns, self.concerns)
        subject = follow_up.SUBJECTS.get(self._kind)
        if subject is not None:
            self.link = follow_up.mailto(self._email, subject, self.text.value)
            self._open.value = (
                f'<a href="{html.escape(self.link)}" target="_blank" rel="noopener">'
                "Open in your mail program</a>"
            )


def concerns_in_words(text: str, request: bool | None = None) -> list[str]:
    """What `infonb.method.check_wording` finds, for the screen.

    Examples
    --------
    >>> concerns_in_words("Are you hiring?", request=False)[0][:34]
    '“Are you hiring”: This asks for a '
    """
    if not text.strip():
        return []
    return [
        f"“{text[c.start : c.end]}”: {c.why} Better: {c.instead}"
        if c.end
        else f"{c.why} {c.instead}"
        for c in method.check_wording(text, request=request)
    ]
