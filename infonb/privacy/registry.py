"""What a report is to leave out, told by the journal in the kernel that ran the notebook.

The kernel has the journal open and all that reads it loaded; asked there, it costs next to nothing.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.names import WORDS_TOO, plain
from infonb.privacy.gate import LeftOut
from infonb.shipped import shipped_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from infonb.journal import Journal
    from infonb.privacy.redact import Naming

MIME_TYPE = "application/vnd.infonb.left-out+json"
"""MIME type of the output in which the kernel tells it."""

Rows = Mapping[str, list[dict[str, Any]]]

_AROUND = 2
"""Words on each side of what is left out that make a passage."""
_SHORTEST_SECRET = 20
"""Answers off the record that are shorter could be anybody's words."""

_OFFICIAL = ("titles.csv", "combined.csv", "facts.csv", "skill_names.csv", "skill_phrases.csv")
_AGENCIES = ("Bureau of Labor Statistics", "Department of Labor", "National Center for O*NET")
_NOBODY = frozenset(["not named", "unknown", "anonymous", "n a", "self employed", "freelance"])


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
        "import infonb.privacy.registry as _infonb_left_out\n"
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
        for journal in _journals():
            left_out |= left_out_of(journal.rows(), redact, written)
        self._told = left_out.to_json()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME_TYPE: self._told}


def _journals() -> Iterator[Journal]:
    """The journal that is named, and all that the notebook holds in its variables.

    Without either there is only the published sample, in which nobody is to be left out.
    """
    opened = "infonb.journal" in sys.modules
    if not (opened or os.environ.get("INFONB_JOURNAL")):
        return
    from infonb.journal import Journal
    from infonb.opening import my_journal

    with my_journal() as named:
        yield named
    main = vars(sys.modules["__main__"])
    yield from (value for value in [*main.values()] if isinstance(value, Journal))


def left_out_of(rows: Rows, redact: bool, written: Iterable[str] = ()) -> LeftOut:
    """What a page made of these rows must not say.

    What infonb itself says counts only as part of the journal's own texts: an organisation called
    "Nurse", somebody called "Baker" who is asked about bakers, or "Will" would else make every
    report impossible.

    Parameters
    ----------
    rows
        As `infonb.journal.Journal.rows` gives them.
    redact
        Whether everybody is left out, or only those who may not be named.
    written
        More texts to look for passages in, such as those of the notebook.

    Returns
    -------
    LeftOut

    Examples
    --------
    >>> left_out = left_out_of(journal.rows(), redact=True)
    >>> left_out.names, left_out.passages
    (('Sam',), ())
    """
    from infonb.privacy.redact import Naming, Redaction

    naming = Naming.of(rows, Redaction.EVERYBODY if redact else Redaction.UNNAMED)
    people = rows["person"]
    hidden = [person for person in people if person["id"] in naming.hidden]
    said = tuple(_said(rows, naming))
    if not hidden and not any(row["private"] for row in rows["answer"]):
        return LeftOut(said=said)
    titles = {_folded(title) for title in naming.titled.values()}
    shown = [person for person in people if person["id"] not in naming.hidden]
    named = {_folded(p[part]) for p in shown for part in ("name", "organisation") if p[part]}
    wording = _wording() + _joined([*named, *naming.called.values(), *naming.publishers])
    # titles stand beside labels that begin with them: "Nurse", "Nurse 1"
    never = _NOBODY | WORDS_TOO | titles | {f"{title} {title}" for title in titles}

    def counts(text: str) -> bool:
        """Whether it can be searched for anywhere."""
        folded = _folded(text)
        return len(folded) > 1 and folded not in never and f" {folded} " not in wording

    passages = [p for text in _texts(rows) for p in _passages(text, naming.clean)]
    for row in rows["occupation"]:
        passages += _passages(row["title"], lambda _, id=row["id"]: naming.titled[id])
    # a notebook's writer may give an address, a link, or their own number
    passages += [p for text in written for p in _passages(text, naming.without_names)]
    told = _joined(row["text"] for row in rows["answer"] if not row["private"])
    secrets = [row["text"] for row in rows["answer"] if row["private"]]

    def is_a_secret(text: str) -> bool:
        return len(text) >= _SHORTEST_SECRET and f" {_folded(text)} " not in told

    contacts = [person for person in people if person["id"] not in naming.published]
    return LeftOut(
        names=_those(counts, (person["name"] for person in hidden)),
        organisations=_those(counts, (person["organisation"] for person in hidden)),
        emails=_those(bool, (person["email"] for person in contacts)),
        phones=_those(bool, (person["phone"] for person in contacts)),
        passages=_those(lambda p: counts(p) and f" {_folded(p)} " not in _joined(titles), passages),
        private=_those(is_a_secret, [*secrets, *map(naming.clean, secrets)]),
        said=said,
    )


def _said(rows: Rows, naming: Naming) -> Iterator[tuple[str, str]]:
    """How people are called and what they said, as a page may show it."""
    person = {row["id"]: row["person_id"] for row in rows["interview"]}
    for row in rows["answer"]:
        text = None if row["private"] else naming.clean(row["text"])
        if text and text.strip():
            yield naming.called[person[row["interview_id"]]], " ".join(text.split())
    answer = {row["id"]: row for row in rows["answer"]}
    for row in rows["coding"]:
        whole = answer[row["answer_id"]]
        passage = naming.clean(whole["text"][row["start"] : row["end"]])
        if passage and not whole["private"]:
            yield naming.called[person[whole["interview_id"]]], " ".join(passage.split())


def _those(wanted: Callable[[str], bool], among: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(among) if text and wanted(text))


def _texts(rows: Rows) -> Iterator[str]:
    """Everything in the journal that was written freely."""
    from infonb.privacy.redact import TEXTS

    for table, columns in TEXTS.items():
        for row in rows[table]:
            yield from (row[column] for column in columns if row[column])


def _passages(text: str, clean: Callable[[str | None], str | None]) -> Iterator[str]:
    """The words around each place where something is left out of a text, as they were before."""
    cleaned = clean(text)
    if cleaned == text or cleaned is None:
        return
    before, after = text.split(), cleaned.split()
    changes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for kind, start, end, _, _ in changes:
        if kind != "equal":
            yield " ".join(before[max(0, start - _AROUND) : end + _AROUND])


@cache
def _wording() -> str:
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
    return _joined(said)


def _joined(texts: Iterable[str]) -> str:
    """Folded texts in one, each word between spaces."""
    return " ".join(["", *map(_folded, texts), ""])


def _folded(text: str) -> str:
    """The words of a text, in one case and spelling, parted by spaces."""
    return " ".join(re.findall(r"\w+", plain(text).lower()))
