"""Views in a notebook that follow what is saved in a form."""

from __future__ import annotations

import html
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from infonb.widgets import changes

if TYPE_CHECKING:
    from infonb.findings import Findings
    from infonb.journal import Journal

_WAIT = 1.0
"""Seconds of rest after a save until a view is made anew, so that no save waits for it."""


class Follower:
    """Something displayed in a notebook that follows the findings."""

    def __init__(self, view: Callable[[Findings], Any]) -> None:
        from IPython.display import DisplayHandle

        self.view = view
        self.handle = DisplayHandle()
        self._waiting: threading.Timer | None = None

    def show(self, findings: Findings) -> None:
        """Display it where the running cell is."""
        self.handle.display(self.view(findings))

    def wait(self, text: str) -> None:
        """Display words where the running cell is, until it is updated."""
        from IPython.display import HTML

        self.handle.display(HTML(f"<p>{html.escape(text)}</p>"))

    def update(self, findings: Findings) -> None:
        """Display it anew, at the same place."""
        # the picture beside a chart is for readers of the file; the page draws the chart itself
        self.handle.update(self.view(findings), exclude=["image/svg+xml"])

    def soon(self, journal: Journal) -> None:
        """Display it anew when nothing more was saved for a moment."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = threading.Timer(_WAIT, lambda: self.update(journal.findings()))
        self._waiting.daemon = True
        self._waiting.start()


_kept: list[Follower] = []


def follow(journal: Journal, view: Callable[[Findings], Any]) -> None:
    """Display what a function makes of the findings, anew when the card saves something.

    Parameters
    ----------
    journal : Journal
        Where the card saves.
    view : callable
        Takes `Findings` and gives a chart, a table or a sentence, such as ``charts.ratings``.

    Examples
    --------
    >>> import infonb
    >>> follow(infonb.sample("example"), lambda findings: len(findings.people))
    15
    """
    follower = Follower(view)
    follower.show(journal.findings())
    _kept.append(follower)
    changes.listen(follower, journal, lambda shown, _interview, _finished: shown.soon(journal))
