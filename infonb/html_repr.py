"""How infonb's objects show themselves in a notebook: a title, a few rows, what to type next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def html_repr(
    title: str, rows: Iterable[Sequence[object]] = (), next_lines: Iterable[str] = ()
) -> str:
    """A small table under a title, as HTML that needs no style sheet.

    Parameters
    ----------
    title
        What it is, in a few words.
    rows
        Cells of each row; the first one is the row's heading.
    next_lines
        Code that one may want to type next.

    Returns
    -------
    str
        HTML in which all texts are escaped.

    Examples
    --------
    >>> html_repr("Two <people>", [("here", 1)], ["journal.people()"])[27:62]
    '<strong>Two &lt;people&gt;</strong>'
    """
    body = "".join(
        f'<tr><th scope="row" style="text-align:left">{escape(str(head))}</th>'
        + "".join(f'<td style="text-align:left">{escape(str(cell))}</td>' for cell in cells)
        + "</tr>"
        for head, *cells in rows
    )
    table = f"<table>{body}</table>" if body else ""
    code = "<br>".join(f"<code>{escape(line)}</code>" for line in next_lines)
    after = f"<div>Next: {code}</div>" if code else ""
    return f'<div class="infonb-object"><strong>{escape(title)}</strong>{table}{after}</div>'
