"""Every error that is meant for the person using infonb."""

from __future__ import annotations


class InfonbError(Exception):
    """Something the person can do something about; the message says what.

    Everything infonb raises on purpose derives from this class.

    Examples
    --------
    >>> raise InfonbError("rating 9 is not between 1 and 5")
    Traceback (most recent call last):
    infonb.errors.InfonbError: rating 9 is not between 1 and 5
    """

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the message; where it was raised helps only who writes infonb."""
        return [
            *str(self).splitlines(),
            "",
            f"({type(self).__name__}; for the traceback: import traceback; traceback.print_last())",
        ]


class InfonbWarning(UserWarning):
    """Something that works now but may go wrong; the message says what to do.

    Examples
    --------
    >>> issubclass(InfonbWarning, UserWarning)
    True
    """
