"""The look: one file of design tokens for the forms, the reports and the charts.

The values stand in ``tokens.css``, as CSS variables under the class ``infonb``. Style sheets use
them as ``var(--ink)``; Python reads the same values from `TOKENS`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["CATEGORIES", "TOKENS", "css", "pixels"]

_FILE = Path(__file__).with_name("tokens.css")


@cache
def css() -> str:
    """The style sheet with all tokens, to be put before one that uses them.

    Returns
    -------
    str
        The text of ``tokens.css``.

    Examples
    --------
    >>> "--ink:" in css()
    True
    """
    return _FILE.read_text(encoding="utf-8")


def read_tokens(sheet: str) -> dict[str, dict[str, str]]:
    """The variables of a token sheet, as they are in light and in dark.

    Parameters
    ----------
    sheet
        CSS whose values may read ``light-dark(a, b)``, ``var(--other, fallback)`` or both.

    Returns
    -------
    dict
        ``{"light": {name: value}, "dark": {name: value}}``, names without the dashes. A ``var``
        counts by its fallback: outside JupyterLab nothing else is there.

    Examples
    --------
    >>> read_tokens(".x { --ink: var(--jp, light-dark(#000, #fff)); --radius: 2px; }")["dark"]
    {'ink': '#fff', 'radius': '2px'}
    """
    without_comments = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for name, written in re.findall(r"--([\w-]+)\s*:\s*([^;]+);", without_comments):
        fallback = re.fullmatch(r"var\(\s*--[\w-]+\s*,\s*(.+)\)", written.strip(), re.DOTALL)
        value = fallback[1].strip() if fallback else written.strip()
        pair = re.fullmatch(r"light-dark\(\s*([^,]+?)\s*,\s*([^,]+?)\s*\)", value)
        light[name], dark[name] = (pair[1], pair[2]) if pair else (value, value)
    return {"light": light, "dark": dark}


TOKENS: dict[str, dict[str, str]] = read_tokens(css())
"""Every token by theme and name: ``TOKENS["light"]["ink"]``."""

CATEGORIES: tuple[str, ...] = tuple(
    value for name, value in TOKENS["light"].items() if name.startswith("category-")
)
"""Colours for things of equal rank, told apart by colour-blind readers on light and dark paper."""


def pixels(name: str) -> int:
    """A size of the tokens in pixels, as charts need it: they know no ``rem``.

    Parameters
    ----------
    name
        A token given in ``rem``, of 16 pixels each.

    Examples
    --------
    >>> pixels("text-s")
    13
    """
    return round(16 * float(TOKENS["light"][name].removesuffix("rem")))
