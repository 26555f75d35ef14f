"""Prompts to think about: a text under its question, kept as it is typed, for oneself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from infonb import method
from infonb.widgets.forms import passage

if TYPE_CHECKING:
    import ipywidgets as widgets

    from infonb.journal import Interview, Journal
    from infonb.widgets.forms import Form


class Prompts:
    """Texts by prompt, of one interview or of today.

    Parameters
    ----------
    form : Form
        Saves and says.
    keys : sequence of str
        Prompts of ``infonb.method.REFLECTIONS``.
    of : callable
        Gives the interview they are about; None where they are about the whole search.

    Attributes
    ----------
    texts : dict of str to ipywidgets.Textarea
    """

    def __init__(
        self,
        form: Form,
        keys: Sequence[str],
        of: Callable[[], Interview | None] = lambda: None,
    ) -> None:
        self._form, self._of = form, of
        self.texts: dict[str, widgets.Textarea] = {
            key: passage(method.REFLECTIONS[key], rows=2) for key in keys
        }
        for key, control in self.texts.items():
            form._on_change(control, lambda text, key=key: self._keep(key, text))

    def fill(self, journal: Journal) -> None:
        """What was noted: of the interview, or today."""
        about, today = self._of(), journal.today()
        noted: dict[str, str] = {}
        for each in journal.reflections(about) if about else journal.reflections():
            same_day = each.at is not None and each.at.date() == today
            if about is not None or (each.interview_id is None and same_day):
                noted[each.prompt] = each.text
        for key, control in self.texts.items():
            if control.value != noted.get(key, ""):
                control.value = noted.get(key, "")

    def _keep(self, prompt: str, text: str) -> Any:
        journal, about = self._form._journal, self._of()
        at = None if about else journal.today().isoformat()  # in a sample its own day
        journal.record_reflection(prompt, text, about, at)
