"""O*NET's detailed work activities, where its DWA Reference is installed: nothing of it ships."""

from __future__ import annotations

from infonb.reference import installed


def detailed_activities() -> tuple[tuple[str, str], ...]:
    """O*NET's detailed work activities with the id of the work activity they belong to.

    Returns
    -------
    tuple of (str, str)
        Empty where the DWA Reference isn't installed.

    Examples
    --------
    >>> detailed_activities()
    ()
    """
    stored = installed.columns("activities")
    return tuple(zip(stored["activity"], stored["element_id"], strict=True)) if stored else ()
