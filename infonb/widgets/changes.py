"""Forms on one journal hear from each other: what one saved, another shows."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from infonb.errors import InfonbError

if TYPE_CHECKING:
    from infonb.journal import Journal

Hear = Callable[[Any, str, bool], None]
_listening: weakref.WeakKeyDictionary[Any, tuple[str, Hear]] = weakref.WeakKeyDictionary()


def listen(form: Any, journal: Journal, hear: Hear) -> None:
    """Call ``hear(form, interview, finished)`` when another form saved something of an interview.

    The form is held weakly: one whose cell was run again is forgotten.
    """
    _listening[form] = (journal.id, hear)


def saved(journal: Journal, interview: str, finished: bool) -> None:
    """Something of an interview was saved; ``finished`` when it has just ended."""
    for form, (listens_to, hear) in list(_listening.items()):
        if listens_to == journal.id:
            # what was saved is saved; a form that can't read it says so itself when it is used
            with contextlib.suppress(InfonbError, SQLAlchemyError, OSError):
                hear(form, interview, finished)
