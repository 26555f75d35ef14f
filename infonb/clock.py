"""The only source of "today" and "now", so that a sample or a test can fix the day."""

from __future__ import annotations

import datetime as dt
import os

from infonb.errors import InfonbError


def today() -> dt.date:
    """Today's date, or the one in the environment variable ``INFONB_TODAY``.

    Returns
    -------
    datetime.date

    Raises
    ------
    InfonbError
        When ``INFONB_TODAY`` is set to something that is no ISO date.

    Examples
    --------
    >>> os.environ["INFONB_TODAY"] = "2026-06-01"
    >>> today()
    datetime.date(2026, 6, 1)
    """
    fixed = os.environ.get("INFONB_TODAY")
    if not fixed:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(fixed)
    except ValueError:
        raise InfonbError(
            f"INFONB_TODAY is {fixed!r}; write a date like 2026-06-01, or unset it."
        ) from None


def now() -> dt.datetime:
    """The moment, in UTC to the microsecond; on a fixed day, the wall clock's time of that day.

    Examples
    --------
    >>> now().tzinfo
    datetime.timezone.utc
    """
    moment = dt.datetime.now(dt.UTC)
    if os.environ.get("INFONB_TODAY"):
        moment = dt.datetime.combine(today(), moment.timetz())
    return moment
