"""Themes and quotes: what the coded passages speak of, and where a word occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infonb.errors import InfonbError
from infonb.frame import TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

_QUOTES = {"occupation": TEXT, "person": TEXT, "question": TEXT, "text": TEXT, "theme": TEXT}


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
                "passages": len(part), "quotes": "\n".join(part["quote"]),
            }
        )  # fmt: skip
    return frame(
        rows,
        {"theme": TEXT, "occupation": TEXT, "people": WHOLE, "passages": WHOLE, "quotes": TEXT},
    )


def quotes(
    themes: pd.DataFrame, answers: pd.DataFrame, theme: str | None = None, word: str | None = None
) -> pd.DataFrame:
    """Passages on a theme, or answers in which a word occurs (any case), or both.

    Returns
    -------
    DataFrame
        occupation, person, question, text, theme (missing for plain answers).

    Raises
    ------
    InfonbError
        When the theme isn't known.

    Examples
    --------
    >>> infonb.sample("example").findings().quotes(word="paperwork").columns.tolist()
    ['occupation', 'person', 'question', 'text', 'theme']
    """
    if theme is not None:
        if theme not in set(themes["theme"]):
            known = ", ".join(dict.fromkeys(themes["theme"])) or "none yet"
            raise InfonbError(f"theme {theme!r} is not known; themes are {known}.")
        found = themes[themes["theme"] == theme].assign(text=lambda f: f["quote"])
    else:
        found = answers[answers["text"].str.strip() != ""]
    if word is not None:
        found = found[found["text"].str.contains(word, case=False, regex=False)]
    columns = [name for name in _QUOTES if name in found.columns]
    return frame(found[columns].to_dict("records"), _QUOTES)
