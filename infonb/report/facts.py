"""What a notebook says in words: sentences, notes, the cards of the first screen, provenance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

PROVENANCE = "application/vnd.infonb.provenance+json"
"""MIME type of the output that tells a report what it rests on."""


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
        return {"text/html": self.html, "text/plain": self.text, **self.data}

    def _repr_html_(self) -> str:
        """The HTML, for whoever asks for it alone."""
        return self.html

    def __repr__(self) -> str:
        return self.text


def sentence(text: str) -> Piece:
    """A finding in words, computed from the data, set larger than the text around it.

    Parameters
    ----------
    text
        Any text; it is shown as it is, never read as HTML.

    Returns
    -------
    Piece

    Examples
    --------
    >>> sentence("Two of three nurses would do it again.")
    Two of three nurses would do it again.
    """
    return Piece(f'<p class="infonb-sentence">{escape(str(text))}</p>', str(text))


def note(text: str) -> Piece:
    """What a chart or a number does not say, set smaller.

    Examples
    --------
    >>> note("Three people are not a survey.")._repr_html_()
    '<p class="infonb-note">Three people are not a survey.</p>'
    """
    return Piece(f'<p class="infonb-note">{escape(str(text))}</p>', str(text))


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
            f'<li class="infonb-card{mark}">{question}<strong>{escape(heading)}</strong>'
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
