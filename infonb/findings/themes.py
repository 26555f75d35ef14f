"""Themes and quotes: what the coded passages speak of, and where a word occurs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.findings import words
from infonb.frame import TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

_QUOTES = {"occupation": TEXT, "person": TEXT, "question": TEXT, "text": TEXT, "theme": TEXT,
           "before": TEXT, "keyword": TEXT, "after": TEXT}  # fmt: skip


def themes_by_occupation(themes: pd.DataFrame) -> pd.DataFrame:
    """The framework matrix, tidy: theme by occupation with the passages themselves.

    Returns
    -------
    DataFrame
        theme, occupation, people (who spoke of it), passages, quotes (one line each).

    Examples
    --------
    >>> infonb.sample("example").findings().themes_by_occupation().theme.nunique()
    4
    """
    rows = []
    for (theme, occupation), part in themes.groupby(["theme", "occupation"], sort=False):
        rows.append(
            {
                "theme": theme, "occupation": occupation, "people": part["person"].nunique(),
                "passages": len(part), "quotes": "\n".join(
                    " ".join(quote.split()) for quote in part["quote"] if quote.strip()
                ),
            }
        )  # fmt: skip
    return frame(
        rows,
        {"theme": TEXT, "occupation": TEXT, "people": WHOLE, "passages": WHOLE, "quotes": TEXT},
    )


def on_record(themes: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """The passages that are not of an answer off the record."""
    key = ["occupation", "person", "question"]
    private = answers.loc[answers["private"].fillna(False), key]
    hidden = set(private.itertuples(index=False, name=None))
    passages = enumerate(themes[key].itertuples(index=False, name=None))
    return themes.iloc[[place for place, passage in passages if passage not in hidden]]


def quotes(
    themes: pd.DataFrame,
    answers: pd.DataFrame,
    theme: str | None = None,
    word: str | None = None,
    spoken: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Passages on a theme, answers without one, or each place where a word occurs in these.

    A word is found in any case and, with the extra ``words``, in any form it has in English,
    Spanish, German and French; ``"nurs*"`` stands for any ending, several words for a phrase.
    With a word transcripts are searched, too.

    Returns
    -------
    DataFrame
        occupation, person, question (missing for a transcript), text, theme (missing for plain
        answers); before, keyword, after (the word in its context, missing without one).

    Raises
    ------
    InfonbError
        When the theme isn't known.

    Examples
    --------
    >>> found = infonb.sample("example").findings().quotes(word="insurance")
    >>> found.keyword.str.lower().unique().tolist()
    ['insurance']
    """
    if theme is not None:
        if theme not in set(themes["theme"]):
            known = ", ".join(dict.fromkeys(themes["theme"])) or "none yet"
            raise InfonbError(f"theme {theme!r} is not known; themes are {known}.")
        found = themes[themes["theme"] == theme].assign(text=lambda f: f["quote"])
    else:
        found = answers[answers["text"].str.strip() != ""]
    rows = [{str(key): value for key, value in row.items()} for row in found.to_dict("records")]
    if word is not None:
        if theme is None and spoken is not None:
            rows += [{str(key): v for key, v in row.items()} for row in spoken.to_dict("records")]
        rows = list(_in_context(rows, word))
    return frame(rows, _QUOTES)


def _in_context(rows: list[dict[str, Any]], word: str) -> Iterator[dict[str, Any]]:
    """A row for each place where a word occurs, with what stands around it."""
    for row in rows:
        text = row["text"]
        for start, end in words.occurrences(text, word, words.likely_language(text)):
            before, after = words.around(text, start, end)
            yield row | {"before": before, "keyword": text[start:end], "after": after}
