"""What a projected growth is called, and where it stands on the rating scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from infonb.reference.shipped_data import rows


@dataclass(frozen=True, slots=True)
class OutlookClass:
    """What a projected growth is called, and where it stands on the rating scale."""

    name: str
    """From "decline" to "much faster than average"."""
    score: float
    """1 (decline) to 5 (much faster than average), to hold beside people's ratings."""


def outlook_class(growth_pct: float | None, period: str | None) -> OutlookClass | None:
    """Say in words, and on the rating scale, what a projected growth means.

    The classes are infonb's reading of the Bureau of Labor Statistics' wording. Their bounds move
    with the growth of all employment, so they belong to a release: another period has its own.

    Parameters
    ----------
    growth_pct
        Growth over the whole period, in per cent. It is rounded to one decimal first, halves away
        from zero, because figures are published so and the bounds are stated so.
    period
        Years of the projection, such as "2024–34".

    Returns
    -------
    OutlookClass or None
        None when the growth is missing or no bounds are kept for the period.

    Examples
    --------
    >>> outlook_class(4.9, "2024–34")
    OutlookClass(name='as fast as average', score=3.4)
    """
    if growth_pct is None or not math.isfinite(growth_pct):
        return None
    # the decimal that was written, since the binary .95 lies below .95 and would round down
    growth = Decimal(str(growth_pct)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    for of_period, at_least, outlook in _outlook_bounds():
        if of_period == period and growth >= at_least:
            return outlook
    return None


@cache
def _outlook_bounds() -> tuple[tuple[str, Decimal, OutlookClass], ...]:
    """Period, lower bound (one decimal, the lowest class has none) and class, best class first."""
    return tuple(
        (
            row["period"],
            Decimal(row["at_least"] or "-Infinity"),
            OutlookClass(row["name"], float(row["score"])),
        )
        for row in rows("outlook.csv")
    )
