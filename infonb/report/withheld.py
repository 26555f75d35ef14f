"""What a report is to leave out, asked of the journals in the kernel that ran the notebook.

The kernel has the journals open and all that reads them loaded; asked there, it costs next to
nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.privacy import registry
from infonb.privacy.gate import LeftOut
from infonb.shipped import shipped_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

MIME_TYPE = "application/vnd.infonb.left-out+json"
"""MIME type of the output in which the kernel tells it."""

_OFFICIAL = ("titles.csv", "combined.csv", "facts.csv", "skill_names.csv", "skill_phrases.csv")
_AGENCIES = ("Bureau of Labor Statistics", "Department of Labor", "National Center for O*NET")


def asking_cell(redact: bool, written: Iterable[str]) -> NotebookNode:
    """A cell that asks the kernel, to be run after all others.

    Parameters
    ----------
    redact
        Whether everybody is left out, or only those who may not be named.
    written
        Texts of the notebook itself.
    """
    from nbformat.v4 import new_code_cell

    return new_code_cell(
        "import infonb.report.withheld as _infonb_left_out\n"
        f"_infonb_left_out.Told({bool(redact)}, {[*written]!r})"
    )


def answered(cell: NotebookNode) -> LeftOut:
    """What the kernel answered.

    Raises
    ------
    InfonbError
        When there is no answer: an unchecked page is not to be written.
    """
    for output in cell.outputs:
        if MIME_TYPE in output.get("data", {}):
            return LeftOut.from_json(output.data[MIME_TYPE])
    raise InfonbError(
        "The report was not written: after the last cell the journal could not be asked who is to"
        " be left out. Does the notebook change how results are shown?"
    )


class Told:
    """The answer, as a cell shows it.

    Parameters
    ----------
    redact, written
        As in `asking_cell`.
    """

    def __init__(self, redact: bool, written: Iterable[str]) -> None:
        left_out = LeftOut()
        if os.environ.get("INFONB_JOURNAL"):  # named, though the notebook may not open it
            from infonb.opening import my_journal

            my_journal().close()
        for rows in registry.opened():
            left_out |= registry.left_out_of(rows, redact, written, wording())
        self._told = left_out.to_json()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME_TYPE: self._told}


@cache
def wording() -> str:
    """What infonb itself says in reports: questions, notebooks, occupations, skills, the page."""
    from infonb import method
    from infonb.reference import ATTRIBUTION

    data, page = files("infonb.reference") / "data", files("infonb.report")
    said = [(data / name).read_text(encoding="utf-8") for name in _OFFICIAL]
    said += [(page / "templates/page.html.j2").read_text(encoding="utf-8")]
    said += [str([*method.QUESTIONS.values()]), *ATTRIBUTION.values(), *_AGENCIES]
    for path in sorted(shipped_folder("notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        said += ["".join(cell["source"]) for cell in cells]
    return registry.joined(said)
