"""infonb: interview three people in each occupation you consider, and see it side by side.

Importing this package is light: pandas, Altair and the widgets load when first used.

Examples
--------
>>> import infonb
>>> journal = infonb.sample("example")
>>> journal.findings().coverage().occupation.tolist()[:2]
['Occupational therapist', 'Elementary school teacher']
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from infonb.clock import today
from infonb.errors import InfonbError, InfonbWarning

if TYPE_CHECKING:
    from infonb import charts, findings, method, programme, reference, report, widgets
    from infonb.doctor import show_versions
    from infonb.journal import Journal, StaleAnswer
    from infonb.opening import my_journal, practice, sample, whose
    from infonb.opening import open_journal as open

__version__ = "0.1.0"
__all__ = [
    "InfonbError",
    "InfonbWarning",
    "Journal",
    "StaleAnswer",
    "charts",
    "findings",
    "method",
    "my_journal",
    "open",
    "practice",
    "programme",
    "reference",
    "report",
    "sample",
    "show_versions",
    "today",
    "whose",
    "widgets",
]

# public name -> where it lives; loaded on first use
_DOORS = {
    "open": ("infonb.opening", "open_journal"),
    "sample": ("infonb.opening", "sample"),
    "practice": ("infonb.opening", "practice"),
    "whose": ("infonb.opening", "whose"),
    "my_journal": ("infonb.opening", "my_journal"),
    "show_versions": ("infonb.doctor", "show_versions"),
    "Journal": ("infonb.journal", "Journal"),
    "StaleAnswer": ("infonb.journal", "StaleAnswer"),
}
_PACKAGES = {
    "charts",
    "exchange",
    "findings",
    "journal",
    "method",
    "programme",
    "reference",
    "report",
    "widgets",
}


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        module, attribute = _DOORS[name]
        return getattr(importlib.import_module(module), attribute)
    if name in _PACKAGES:
        return importlib.import_module(f"infonb.{name}")
    raise AttributeError(f"module 'infonb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
