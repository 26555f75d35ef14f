"""`Draft`: a text to change and to send oneself, with a button that copies it and a mail link.

Nothing is ever sent by infonb: the link opens the text in one's own mail program. A form may note
that it was copied or opened.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

from infonb import follow_up, method
from infonb.widgets.forms import passage, set_words, words


class Sending(anywidget.AnyWidget):
    """Copies the draft it belongs to, or opens it in one's own mail program.

    Where copying isn't allowed it selects the text.

    Attributes
    ----------
    mail : str
        The link; empty where it can't be sent by mail.
    used : str
        What was pressed last: copied, mailed or refused (where copying isn't allowed), and a
        number, so that the same twice is heard twice.
    """

    _esm = Path(__file__).with_suffix(".js")
    label = traitlets.Unicode("Copy").tag(sync=True)
    mail = traitlets.Unicode("").tag(sync=True)
    used = traitlets.Unicode("").tag(sync=True)

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
        self.sending = Sending(label=f"Copy: {description.lower()}")
        self._kind = kind
        self._email: str | None = None
        self._concerns = words("", "concern")
        self.text.observe(lambda _change: self._follow(), "value")
        sending = widgets.HBox([self.sending])
        sending.add_class("infonb-sending")
        super().__init__([self.text, sending, self._concerns])
        self.add_class("infonb-draft")

    @property
    def link(self) -> str:
        """What opens it in one's own mail program; empty where it isn't sent by mail."""
        return self.sending.mail

    def on_use(self, hear: Callable[[str], object]) -> None:
        """Call ``hear`` when it was copied or opened: "copied", "mailed", or "refused"."""
        self.sending.observe(lambda change: hear(str(change["new"]).split(" ")[0]), "used")

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
            self.sending.mail = follow_up.mailto(self._email, subject, self.text.value)


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
