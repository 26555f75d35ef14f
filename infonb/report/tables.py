"""A table that everybody can read: captioned, its headers marked, everything escaped."""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from infonb.report.facts import Piece, date_in_words

if TYPE_CHECKING:
    import pandas as pd

MISSING = "–"


def table(
    frame: pd.DataFrame,
    caption: str,
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, str | Callable[[Any], str]] | None = None,
    missing: str = MISSING,
) -> Piece:
    """A frame as a table with a caption, column and row headers, and numbers to the right.

    Parameters
    ----------
    frame
        Any frame. Its index is the row header when it has a name; else the first column is.
    caption
        What the table shows, in words.
    columns
        Column name → heading. When given, only these columns are shown, in this order.
    formats
        Column name → format as in ``format(value, "+.1f")``, or a function from value to text.
        Without one, whole numbers of five digits or more are grouped, other numbers get as many
        decimals as the column needs, two at most; dates are written out.
    missing
        What stands where nothing is known.

    Returns
    -------
    Piece

    Raises
    ------
    KeyError
        When `columns` names a column that is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"occupation": ["Nurse"], "n": [3], "mean": [4.25]})
    >>> table(people, "Asked so far", columns={"occupation": "Occupation", "mean": "Mean"})
    Asked so far
    Occupation  Mean
    Nurse       4.25
    """
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    headings = {str(c): str(c) for c in frame.columns} if columns is None else dict(columns)
    frame = frame.set_axis([str(c) for c in frame.columns], axis=1)
    formats = formats or {}
    cells = {
        name: _column(frame[name].tolist(), formats.get(name), missing) for name in headings
    }
    right = {name for name in headings if _is_numeric(frame[name].tolist())}
    rows = list(zip(*cells.values(), strict=True))
    return Piece(
        _html(str(caption), headings, rows, right), _plain(str(caption), headings, rows, right)
    )


def _column(values: list[Any], how: str | Callable[[Any], str] | None, missing: str) -> list[str]:
    """One column's values as text."""
    decimals = max((_decimals(v) for v in values), default=0)
    shown = []
    for value in values:
        if _is_missing(value):
            shown.append(missing)
        elif callable(how):
            shown.append(str(how(value)))
        elif how is not None:
            shown.append(format(value, how))
        else:
            shown.append(_as_text(value, decimals))
    return shown


def _as_text(value: Any, decimals: int) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (dt.datetime, dt.date)):
        return date_in_words(value.isoformat())
    if isinstance(value, numbers.Real):
        whole = round(abs(float(value))) >= 10_000
        return format(value, f"{',' if whole else ''}.{decimals}f")
    return str(value)


def _decimals(value: Any) -> int:
    """Decimals that a number needs, two at most."""
    if _is_missing(value) or isinstance(value, (bool, numbers.Integral)):
        return 0
    if not isinstance(value, numbers.Real):
        return 0
    return len(f"{float(value):.2f}".rstrip("0").partition(".")[2])


def _is_missing(value: Any) -> bool:
    return value is None or str(value) in ("nan", "<NA>", "NaT") and not isinstance(value, str)


def _is_numeric(values: list[Any]) -> bool:
    known = [v for v in values if not _is_missing(v)]
    return bool(known) and all(
        isinstance(v, numbers.Real) and not isinstance(v, bool) for v in known
    )


def _html(
    caption: str, headings: dict[str, str], rows: list[tuple[str, ...]], right: set[str]
) -> str:
    names = list(headings)
    align = {name: ' class="infonb-number"' if name in right else "" for name in names}
    head = "".join(f'<th scope="col"{align[n]}>{escape(headings[n])}</th>' for n in names)
    body = []
    for row in rows:
        cells = [f'<th scope="row"{align[names[0]]}>{escape(row[0])}</th>'] if row else []
        cells += [
            f"<td{align[name]}>{escape(cell)}</td>"
            for name, cell in zip(names[1:], row[1:], strict=True)
        ]
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<table class="infonb-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def _plain(
    caption: str, headings: dict[str, str], rows: list[tuple[str, ...]], right: set[str]
) -> str:
    lines = [tuple(headings.values()), *rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    sides = [">" if name in right else "<" for name in headings]
    told = [
        "  ".join(f"{c:{s}{w}}" for c, s, w in zip(line, sides, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([caption, *told])
