"""Finding the controls of a form by the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets as widgets


def every(widget: Any) -> Iterator[Any]:
    """A form with everything in it."""
    yield widget
    for child in getattr(widget, "children", None) or getattr(widget, "controls", ()):
        yield from every(child)


def is_shown(part: Any) -> bool:
    return part.layout.display != "none"


def find(form: Any, description: str) -> Any:
    """The one control with these words."""
    found = [each for each in every(form) if getattr(each, "description", None) == description]
    assert len(found) == 1, (description, [getattr(e, "description", "") for e in every(form)])
    return found[0]


def of(form: Any, words: str) -> Any:
    """The button that is read out so."""
    buttons = [each for each in every(form) if isinstance(each, widgets.Button)]
    found = [each for each in buttons if each.tooltip == words]
    assert len(found) == 1, (words, [each.tooltip for each in buttons])
    return found[0]


def shown(form: Any) -> str:
    """All words of a form, shown or not."""
    return " ".join(str(each.value) for each in every(form) if isinstance(each, widgets.HTML))
