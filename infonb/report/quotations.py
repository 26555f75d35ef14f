"""What people said, in their own words, side by side."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from infonb.report.facts import Piece

if TYPE_CHECKING:
    import pandas as pd


def quotes(frame: pd.DataFrame) -> Piece:
    """Quotations side by side, each with who said it.

    Parameters
    ----------
    frame
        One row per quotation. Columns ``person`` and ``text``; where there, ``occupation``,
        ``source`` or ``publisher`` (where it was published), ``weight`` (0–1, how far it is
        trusted) and ``private``. Rows without text and rows marked private are left out, and so
        are an occupation and a publisher that the person's label tells already.

    Returns
    -------
    Piece

    Examples
    --------
    >>> import pandas as pd
    >>> quotes(pd.DataFrame({"person": ["Nurse 1"], "text": ["Ask the wards."], "weight": [0.5]}))
    “Ask the wards.”
      Nurse 1, half trusted
    """
    said, lines = [], []
    for row in frame.to_dict("records"):
        words = _text(row.get("text"))
        if not words or _is_true(row.get("private")):
            continue
        who = ", ".join(_attribution(row))
        foot = f"<footer>{escape(who)}</footer>" if who else ""
        said.append(f'<blockquote class="infonb-quote"><p>{escape(words)}</p>{foot}</blockquote>')
        lines.append(f"“{words}”" + (f"\n  {who}" if who else ""))
    if not said:
        return Piece('<p class="infonb-note">Nobody has been quoted yet.</p>', "No quotes yet.")
    return Piece(f'<div class="infonb-quotes">{"".join(said)}</div>', "\n".join(lines))


def _attribution(row: dict[str, Any]) -> list[str]:
    published = _text(row.get("publisher")) or _text(row.get("source"))
    person, occupation = _text(row.get("person")), _text(row.get("occupation"))
    new = [said for said in (occupation, published) if said.casefold() not in person.casefold()]
    parts = [f"published by {said}" if said == published else said for said in new]
    return [part for part in (person, *parts, _trust(row.get("weight"))) if part]


def _trust(weight: Any) -> str:
    """How far an answer is trusted, in words; nothing when fully or unknown."""
    if not _text(weight):
        return ""
    share = float(weight)
    if share >= 1:
        return ""
    if share <= 0:
        return "left out of the numbers"
    return "half trusted" if share == 0.5 else f"trusted {100 * share:.0f}\u00a0%"


def _text(value: Any) -> str:
    """The value as text; nothing when missing (None, NaN, NA)."""
    return "" if value is None or str(value) in ("nan", "<NA>", "NaT") else str(value).strip()


def _is_true(value: Any) -> bool:
    return _text(value) in ("True", "1", "1.0")
