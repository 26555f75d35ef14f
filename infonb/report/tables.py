"""A table that everybody can read: captioned, its headers marked, everything escaped."""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from infonb.report.facts import Piece, date_in_words, note

if TYPE_CHECKING:
    import pandas as pd

MISSING = "–"


def table(
    frame: pd.DataFrame,
    caption: str,
    columns: Mapping[str, str] | None = None,
    formats: Mapping[str, str | Callable[[Any], str]] | None = None,
    missing: str = MISSING,
    nothing: str = "nothing yet",
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
        Without one, numbers get as many decimals as their column needs, two at most, and groups
        of three where one has five digits or more; dates are written out.
    missing
        What stands where nothing is known.
    nothing
        What is said after the caption where there is no row.

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
    >>> table(people[:0], "Decided so far")
    Decided so far: nothing yet.
    """
    if frame.empty:
        return note(f"{caption}: {nothing}.")
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    frame = frame.set_axis([str(name) for name in frame.columns], axis=1)
    headings = {name: name for name in frame.columns} if columns is None else columns
    shown = [
        _column(heading, frame[name].tolist(), (formats or {}).get(name), missing)
        for name, heading in headings.items()
    ]
    return Piece(_html(str(caption), shown), _plain(str(caption), shown))


def table_of(caption: str, columns: Mapping[str, list[Any]], formats: Mapping[str, str]) -> str:
    """Columns as the HTML of such a table.

    Parameters
    ----------
    caption
        What the table shows, in words.
    columns
        Heading to values; the first column is the row header.
    formats
        Heading to format, where there is one.

    Examples
    --------
    >>> "42%</td>" in table_of("Led", {"Who": ["Nurse"], "Share": [0.42]}, {"Share": ".0%"})
    True
    """
    return _html(
        caption,
        [
            _column(heading, values, formats.get(heading), MISSING)
            for heading, values in columns.items()
        ],
    )


def framed(table: str, label: str) -> str:
    """A table in a frame of its own, so that a wide one never widens the page.

    Examples
    --------
    >>> framed("<table></table>", "Who & when")
    '<div class="wide" role="group" aria-label="Who &amp; when"><table></table></div>'
    """
    return f'<div class="wide" role="group" aria-label="{escape(label)}">{table}</div>'


@dataclass(frozen=True)
class _Column:
    heading: str
    cells: list[str]
    is_number: bool

    @property
    def kind(self) -> str:
        """Its class: numbers stand to the right, short words on one line."""
        if self.is_number:
            return ' class="infonb-number"'
        return ' class="infonb-short"' if all(len(cell) <= 18 for cell in self.cells) else ""


def _column(
    heading: str, values: list[Any], how: str | Callable[[Any], str] | None, missing: str
) -> _Column:
    decimals = max((_decimals(v) for v in values), default=0)
    grouped = any(_is_number(v) and round(abs(float(v))) >= 10_000 for v in values)
    shown = []
    for value in values:
        if _is_missing(value):
            shown.append(missing)
        elif callable(how):
            shown.append(str(how(value)))
        elif how is not None:
            shown.append(format(value, how))
        else:
            shown.append(_as_text(value, decimals, grouped))
    return _Column(str(heading), shown, _is_numeric(values))


def _as_text(value: Any, decimals: int, grouped: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (dt.datetime, dt.date)):
        return date_in_words(value.isoformat())
    if _is_number(value):
        return format(value, f"{',' if grouped else ''}.{decimals}f")
    return str(value)


def _decimals(value: Any) -> int:
    """Decimals that a number needs, two at most."""
    if not _is_number(value) or isinstance(value, numbers.Integral):
        return 0
    return len(f"{float(value):.2f}".rstrip("0").partition(".")[2])


def _is_missing(value: Any) -> bool:
    return value is None or (str(value) in ("nan", "<NA>", "NaT") and not isinstance(value, str))


def _is_numeric(values: list[Any]) -> bool:
    known = [v for v in values if not _is_missing(v)]
    return bool(known) and all(_is_number(v) for v in known)


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, numbers.Real) and not isinstance(value, bool) and not _is_missing(value)
    )


def _html(caption: str, columns: list[_Column]) -> str:
    head = "".join(f'<th scope="col"{c.kind}>{escape(c.heading)}</th>' for c in columns)
    body = []
    for row in range(len(columns[0].cells) if columns else 0):
        first, *others = columns
        cells = [f'<th scope="row"{first.kind}>{escape(first.cells[row])}</th>']
        cells += [f"<td{c.kind}>{escape(c.cells[row])}</td>" for c in others]
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<table class="infonb-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def _plain(caption: str, columns: list[_Column]) -> str:
    lines = []
    for column in columns:
        said = [column.heading, *column.cells]
        width = max(map(len, said))
        lines.append([f"{words:{'>' if column.is_number else '<'}{width}}" for words in said])
    rows = ["  ".join(row).rstrip() for row in zip(*lines, strict=True)]
    return "\n".join([caption, *rows])
