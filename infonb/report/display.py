"""What a notebook says in words: sentences, notes, the cards of the first screen, provenance."""

from __future__ import annotations

import datetime as dt
import json
import numbers
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


PROVENANCE = "application/vnd.infonb.provenance+json"
"""MIME type of the output that tells a report what it rests on."""

OWN = "remove-cell"
"""Tag of cells that only a notebook's owner needs: a report neither runs nor shows them."""

NOTHING = "application/vnd.infonb.nothing+json"
"""MIME type that marks words standing where there is nothing to show."""


@dataclass(frozen=True, repr=False)
class Piece:
    """Something to show at the end of a cell, as HTML and as plain text.

    Parameters
    ----------
    html
        Finished HTML, with everything from outside already escaped.
    text
        The same for a terminal, a diff and a reader without HTML.
    data
        More of it by MIME type, for programs.
    """

    html: str
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """What Jupyter shows."""
        return {"text/html": _styled(self.html), "text/plain": self.text, **self.data}

    def _repr_html_(self) -> str:
        """The HTML, for whoever asks for it alone."""
        return self.html

    def __repr__(self) -> str:
        return self.text


_CARDS = "list-style: none; margin: 0; padding: 0"
_CARD = "border-top: 3px solid #0f7098; margin: 0 0 12px; max-width: 40em; padding: 6px 0 0"


def _styled(html: str) -> str:
    """The HTML for JupyterLab, which has no style sheet of ours; a report takes styles out.

    It sets every cell of a table to the right, and cards as a list with bullets.
    """
    if html.startswith("<table"):
        right = html.replace(
            ' class="infonb-number"', ' class="infonb-number" style="text-align: right"'
        )
        return re.sub(
            r"<(th|td)\b((?:(?!style=)[^>])*)>", r'<\1\2 style="text-align: left">', right
        )
    if html.startswith('<ul class="infonb-cards">'):
        made = html.replace(
            '<ul class="infonb-cards">', f'<ul class="infonb-cards" style="{_CARDS}">'
        )
        return re.sub(r'(<li class="infonb-card[^"]*")', rf'\1 style="{_CARD}"', made)
    return html


def sentence(text: str) -> Piece:
    """A finding in words, computed from the data, set larger than the text around it.

    Parameters
    ----------
    text
        Any text; it is shown as it is, never read as HTML. Without one nothing is shown.

    Returns
    -------
    Piece

    Examples
    --------
    >>> sentence("Two of three nurses would do it again.")
    Two of three nurses would do it again.
    """
    if not str(text):
        return Piece("", "")
    return Piece(f'<p class="infonb-sentence">{escape(str(text))}</p>', str(text))


def note(text: str) -> Piece:
    """What a chart or a number does not say, set smaller.

    Examples
    --------
    >>> note("Three people are not a survey.")._repr_html_()
    '<p class="infonb-note">Three people are not a survey.</p>'
    """
    return Piece(f'<p class="infonb-note">{escape(str(text))}</p>', str(text))


def nothing_to_show(text: str) -> Piece:
    """A note in the place of what is not there yet; a report drops a section of nothing else."""
    said = note(text)
    return Piece(said.html, said.text, {NOTHING: {}})


def cards(facts: Iterable[Sequence[str]]) -> Piece:
    """The key facts of a first screen, two to four of them.

    Parameters
    ----------
    facts
        Heading and explanation of each, or a question, its answer and an explanation. A last
        member ``"warn"`` marks a caution.

    Returns
    -------
    Piece

    Examples
    --------
    >>> cards([("Eleven people", "asked so far"), ("How sure?", "Not very", "one voice", "warn")])
    Eleven people: asked so far
    How sure? Not very: one voice
    """
    items, lines = [], []
    for fact in facts:
        *asked, heading, explanation = [str(said) for said in fact if said != "warn"]
        mark = " infonb-warn" if fact[-1] == "warn" else ""
        question = "".join(f"<small>{escape(said)}</small> " for said in asked)
        items.append(
            f'<li class="infonb-card{mark}">{question}'
            f"<strong>{escape(heading)}</strong>"
            f" <span>{escape(explanation)}</span></li>"
        )
        lines.append(f"{' '.join([*asked, heading])}: {explanation}")
    return Piece(f'<ul class="infonb-cards">{"".join(items)}</ul>', "\n".join(lines))


def provenance(
    *,
    journal_dates: Sequence[str] | str = (),
    interviews: int | None = None,
    people: int | None = None,
    occupations: int | None = None,
    sources: Iterable[str | Mapping[str, str]] = (),
    vintages: Mapping[str, str] | Iterable[str] = (),
) -> Piece:
    """What the notebook rests on; a report tells it at its foot.

    Parameters
    ----------
    journal_dates
        First and last date of the interviews, as ISO text (day, month or year), or words.
    interviews, people, occupations
        How many were counted.
    sources
        Publications the answers come from: words, or mappings with ``publisher``, ``title``,
        ``url`` and ``licence`` as far as known.
    vintages
        Official data and their date: ``{"Employment projections": "2024–34"}``, or words.

    Returns
    -------
    Piece
        Shown as one sentence in JupyterLab.

    Examples
    --------
    >>> provenance(interviews=11, people=9, journal_dates=["2026-03", "2026-05"])
    11 interviews with 9 people, March 2026 to May 2026.
    """
    facts = {
        "journal_dates": [journal_dates] if isinstance(journal_dates, str) else [*journal_dates],
        "interviews": None if interviews is None else int(interviews),
        "people": None if people is None else int(people),
        "occupations": None if occupations is None else int(occupations),
        "sources": [s if isinstance(s, str) else dict(s) for s in sources],
        "vintages": dict(vintages) if isinstance(vintages, Mapping) else [*vintages],
    }
    words = basis_in_words(facts)
    return Piece(
        f'<p class="infonb-note">{escape(words)}</p>',
        words,
        {PROVENANCE: json.loads(json.dumps(facts))},
    )


def basis_in_words(facts: Mapping[str, Any]) -> str:
    """How many were asked and when, as one sentence.

    Examples
    --------
    >>> basis_in_words({"interviews": 1, "journal_dates": ["2026-03-02", "2026-03-02"]})
    '1 interview, 2 March 2026.'
    >>> basis_in_words({"interviews": 3, "people": 2, "occupations": 1})
    '3 interviews with 2 people about 1 occupation.'
    >>> basis_in_words({"interviews": 0}), basis_in_words({})
    ('No interview yet.', '')
    """
    if facts.get("interviews") == 0:
        return "No interview yet."
    interviews, people, occupations = (
        f"{n} {one if n == 1 else many}" if isinstance(n := facts.get(many), int) else ""
        for one, many in (
            ("interview", "interviews"), ("person", "people"), ("occupation", "occupations"),
        )
    )  # fmt: skip
    counted = " with ".join(filter(None, [interviews, people]))
    counted = " about ".join(filter(None, [counted, occupations]))
    dates = facts.get("journal_dates") or []
    ends = [date_in_words(d) for d in ([dates] if isinstance(dates, str) else dates) if d]
    period = " to ".join(dict.fromkeys(ends))
    told = ", ".join(filter(None, [counted, period]))
    return f"{told}." if told else ""


def merged_basis(told: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What several notebooks on one journal rest on: its counts once, their sources together.

    Examples
    --------
    >>> merged_basis([{"people": 3, "sources": ["A"]}, {"people": 3, "sources": ["A", "B"]}])
    {'people': 3, 'sources': ['A', 'B'], 'vintages': []}
    """
    merged: dict[str, Any] = {}
    together: dict[str, list[Any]] = {"sources": [], "vintages": []}
    for facts in told:
        for key, value in facts.items():
            if key not in together:
                merged[key] = merged.get(key) or value
        for key, listed in together.items():
            given = facts.get(key) or []
            words = (
                [f"{name}: {of}" for name, of in given.items()]
                if isinstance(given, Mapping)
                else given
            )
            listed += [one for one in words if one not in listed]
    return {**merged, **together}


_MONTHS = "January February March April May June July August September October November December"


def date_in_words(date: Any) -> str:
    """A day, month or year as one would write it; other text stays as it is.

    Examples
    --------
    >>> date_in_words("2026-03-02"), date_in_words("2026-03"), date_in_words("spring 2026")
    ('2 March 2026', 'March 2026', 'spring 2026')
    """
    year, *rest = str(date)[:10].split("-")
    numbers = [int(part) for part in (year, *rest) if part.isascii() and part.isdigit()]
    if len(numbers) != 1 + len(rest) or len(numbers) > 3:
        return str(date)
    if len(numbers) == 1:
        return year
    if not 1 <= numbers[1] <= 12:
        return str(date)
    month = f"{_MONTHS.split()[numbers[1] - 1]} {year}"
    return f"{numbers[2]} {month}" if len(numbers) == 3 else month


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
        of three where one has five digits or more, or four and decimals (a year has none); dates
        are written out. Less than nothing gets a minus sign, not a hyphen.
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
        return nothing_to_show(f"{caption}: {nothing}.")
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
    grouped = any(
        _is_number(v) and abs(float(v)) >= (1_000 if decimals else 10_000) for v in values
    )
    shown = []
    for value in values:
        if _is_missing(value):
            shown.append(missing)
        elif callable(how):
            shown.append(str(how(value)))
        elif how is not None:
            shown.append(_with_minus(format(value, how)))
        else:
            shown.append(_as_text(value, decimals, grouped))
    return _Column(str(heading), shown, _is_numeric(values))


def _as_text(value: Any, decimals: int, grouped: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (dt.datetime, dt.date)):
        return date_in_words(value.isoformat())
    if _is_number(value):
        return _with_minus(format(value, f"{',' if grouped else ''}.{decimals}f"))
    return str(value)


def _with_minus(number: str) -> str:
    """A number as charts write it, too."""
    return f"−{number[1:]}" if number.startswith("-") else number


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
    return "half trusted" if share == 0.5 else f"trusted {100 * share:.0f}%"


def _text(value: Any) -> str:
    """The value as text; nothing when missing (None, NaN, NA)."""
    return "" if value is None or str(value) in ("nan", "<NA>", "NaT") else str(value).strip()


def _is_true(value: Any) -> bool:
    return _text(value) in ("True", "1", "1.0")
