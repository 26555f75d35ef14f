"""The forms of infonb in JupyterLab: prepare, log, debrief, mark themes, decide, take in a file.

Each takes a journal and saves what you enter at once; running a cell again brings everything
back. Nothing is loaded until a form is used, so that ``import infonb`` stays light.

Examples
--------
>>> sorted(__all__)[:2]
['Capture', 'Code']
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from infonb.widgets.capture import Capture
    from infonb.widgets.code import Code
    from infonb.widgets.debrief import Debrief
    from infonb.widgets.decide import Decide
    from infonb.widgets.follow import follow
    from infonb.widgets.import_form import Import
    from infonb.widgets.prepare import Prepare
    from infonb.widgets.rehearse import Rehearse

__all__ = ["Capture", "Code", "Debrief", "Decide", "Import", "Prepare", "Rehearse", "follow"]

# form -> the module it lives in
_FORMS = {name: f"infonb.widgets.{name.lower()}" for name in __all__}
_FORMS["Import"] = "infonb.widgets.import_form"  # "import" is a word of Python's own


def __getattr__(name: str) -> Any:
    if name in _FORMS:
        return getattr(importlib.import_module(_FORMS[name]), name)
    raise AttributeError(f"module 'infonb.widgets' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
