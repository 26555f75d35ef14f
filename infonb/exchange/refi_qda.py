"""REFI-QDA: the exchange format of programs for qualitative analysis, such as NVivo and QualCoder.

A project (``.qdpx``) is a zip of an XML file and a text for each interview; passages are said in
code points of that text. So that every program slices the same words, texts are UTF-8 without a
mark, end their lines with a line feed and hold no control character.
"""

from __future__ import annotations

import json
import re
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import XMLGenerator

from infonb import method
from infonb.errors import InfonbError
from infonb.exchange.records import Outgoing
from infonb.privacy.off_the_record import on_the_record

if TYPE_CHECKING:
    from infonb.journal import Journal

_SPACE = uuid.UUID("0a6f4b1e-52ce-4a43-8a57-2f5d0c0c9b1d")
_PROJECT, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_ORIGIN = "infonb"
_LONGEST_NAME = 120
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same journal gives the same file."""

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_MOMENT = re.compile(r"[\d-]{10}T[\d:.]+(?:Z|[+-]\d\d:\d\d)")
_PATH = re.compile(r'[/\\:*?"<>|.\n\t]+')


def guid(kind: str, id: str) -> str:
    """The identity that a record has in such a file: always the same one.

    Examples
    --------
    >>> guid("theme", "ex-01") == guid("theme", "ex-01") != guid("interview", "ex-01")
    True
    """
    return str(uuid.uuid5(_SPACE, f"{kind}\x1f{id}"))


def writable(text: str) -> str:
    """A text in which every program counts the same: a place in it stays the same place.

    Line ends must be single before (`single`); a control character becomes U+FFFD.

    Examples
    --------
    >>> writable("a\\x0bb\\rc")
    'a�b\\nc'
    """
    return _UNWRITABLE.sub("\ufffd", text.replace("\r", "\n"))


def single(text: str, at: int | None = None) -> int:
    """How long a text is up to a place when each line ends with one character.

    Examples
    --------
    >>> single("a\\r\\nb"), single("a\\r\\nb", 3)
    (3, 2)
    """
    part = text if at is None else text[:at]
    if at is not None and part.endswith("\r") and text[at : at + 1] == "\n":
        part = part[:-1]
    return len(part) - part.count("\r\n")


@dataclass
class Source:
    """A text that passages are marked in, and where in it each part of the journal stands.

    Attributes
    ----------
    id, name : str
    parts : list of str
    places : dict of str to list of (int, int, str)
        Id of an answer or a transcript -> where its pieces begin in it, where in the source,
        and their text.
    """

    id: str
    name: str
    parts: list[str] = field(default_factory=list)
    places: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    _length: int = 0

    def add(self, text: str, of: str | None = None, at: int = 0) -> None:
        """Add a text at the end; ``of`` whom it is, and from which character of that."""
        if of is not None:
            self.places.setdefault(of, []).append((at, self._length, text))
        clean = writable(text.replace("\r\n", "\n"))
        self.parts.append(clean)
        self._length += len(clean)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)

    def range(self, of: str, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` of an answer or a transcript stand."""
        first = last = 0
        for begins, stands, text in self.places[of]:
            if begins <= start:
                first = stands + single(text, min(start - begins, len(text)))
            if begins < end or start == end == begins:
                last = stands + single(text, min(end - begins, len(text)))
        return first, max(first, last)


@dataclass(frozen=True)
class Passage:
    """A coded passage of a source."""

    id: str
    theme: str
    start: int
    end: int
    at: str | None


def write_codebook(journal: Journal, path: Path, redact: bool) -> None:
    """The themes as a codebook (``.qdc``)."""
    themes = Outgoing.of(journal.rows(), redact).rows["theme"]
    if not themes:
        raise InfonbError(
            "This journal has no theme yet, and a codebook without one is no codebook: add one "
            "first (journal.add_theme)."
        )
    with path.open("wb") as out:
        xml = _Xml(out)
        with xml("CodeBook", xmlns=_CODEBOOK, origin=_ORIGIN):
            _codes(xml, themes)
        xml.end()


def write(journal: Journal, path: Path, redact: bool) -> None:
    """Interviews, themes and passages as a project (``.qdpx``); nothing that is off the record."""
    outgoing = Outgoing.of(on_the_record(journal.rows()), redact)
    themes = outgoing.rows["theme"]
    sources = list(_sources(outgoing))
    passages, unplaced = _passages(outgoing, sources)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        with packed.open(zipfile.ZipInfo("project.qde", _WHEN), "w", force_zip64=True) as out:
            xml = _Xml(out)
            user = guid("user", "")
            with xml("Project", xmlns=_PROJECT, name=_ORIGIN, origin=_ORIGIN):
                with xml("Users"):
                    xml.leaf("User", guid=user, name=_ORIGIN, id=_ORIGIN)
                if themes:
                    with xml("CodeBook"):
                        _codes(xml, themes)
                if sources:
                    with xml("Sources"):
                        for source in sources:
                            _source(xml, source, passages[source.id], user)
                if unplaced:
                    xml.text_of("Description", "Passages whose words weren't found again after an "
                                "edit: " + "; ".join(unplaced))  # fmt: skip
            xml.end()
        for source in sources:
            info = zipfile.ZipInfo(f"Sources/{guid('source', source.id)}.txt", _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, source.text.encode("utf-8"))


class _Xml:
    """An XML document as it is written: each character that it can't hold becomes U+FFFD."""

    def __init__(self, out: Any) -> None:
        self._out = XMLGenerator(out, "utf-8", short_empty_elements=True)
        self._out.startDocument()
        self._open: list[str] = []

    def __call__(self, tag: str, /, **given: str) -> _Xml:
        clean = {key: writable(value.replace("\r\n", "\n")) for key, value in given.items()}
        self._out.startElement(tag, clean)  # pyright: ignore[reportArgumentType]
        self._open.append(tag)
        return self

    def __enter__(self) -> _Xml:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.endElement(self._open.pop())

    def leaf(self, tag: str, /, **given: str) -> None:
        """An element without anything in it."""
        with self(tag, **given):
            pass

    def text_of(self, tag: str, text: str) -> None:
        """An element with a text."""
        with self(tag):
            self._out.characters(writable(text.replace("\r\n", "\n")))

    def end(self) -> None:
        """Nothing follows."""
        self._out.endDocument()


def _codes(xml: _Xml, themes: Sequence[Mapping[str, Any]]) -> None:
    with xml("Codes"):
        for row in themes:
            with xml("Code", guid=guid("theme", row["id"]), name=row["name"], isCodable="true"):
                if row["description"]:
                    xml.text_of("Description", row["description"])


def _source(xml: _Xml, source: Source, passages: Sequence[Passage], user: str) -> None:
    id, text = guid("source", source.id), source.text
    path = f"internal://{id}.txt"
    with xml("TextSource", guid=id, name=source.name, plainTextPath=path, creatingUser=user):
        xml.text_of("Description", source.id)
        for passage in passages:
            quote = " ".join(text[passage.start : passage.end].split())[:_LONGEST_NAME]
            when = {"creationDateTime": passage.at} if passage.at else {}
            by = {"creatingUser": user, **when}
            place = {"startPosition": str(passage.start), "endPosition": str(passage.end)}
            selection = guid("selection", passage.id)
            with (
                xml("PlainTextSelection", guid=selection, name=quote, **place, **by),
                xml("Coding", guid=guid("coding", passage.id), **by),
            ):
                xml.leaf("CodeRef", targetGUID=guid("theme", passage.theme))


def _sources(outgoing: Outgoing) -> Iterator[Source]:
    """A text for each interview with its answers, and one for each transcript."""
    rows = outgoing.rows
    person = {row["id"]: row for row in rows["person"]}
    title = {row["id"]: row["title"] for row in rows["occupation"]}
    prompts = {key: question.prompt for key, question in method.QUESTIONS.items()}
    prompts |= {question.key: question.short for question in (method.NOTES, method.ASK_NEXT)}
    prompts |= {row["id"]: row["prompt"] for row in rows["question"]}
    order = {key: place for place, key in enumerate(prompts)}
    names: set[str] = set()
    for row in rows["interview"]:
        who = person[row["person_id"]]["name"]
        name = f"{title[row['occupation_id']]}, {who}"
        answers = [
            answer for answer in rows["answer"]
            if answer["interview_id"] == row["id"] and not answer["private"]
            and answer["text"].strip()
        ]  # fmt: skip
        answers.sort(key=lambda answer: order.get(answer["question"], len(order)))
        if answers:
            source = Source(outgoing.rows.id(row["id"]), _named(name, names))
            for answer in answers:
                source.add(f"{prompts.get(answer['question'], answer['question'])}\n")
                source.add(answer["text"], answer["id"])
                source.add("\n\n")
            yield source
        for transcript in rows["transcript"]:
            if transcript["interview_id"] == row["id"]:
                id = outgoing.rows.id(transcript["id"])
                yield _transcript(transcript, id, _named(f"{name}, transcript", names))


def _transcript(row: Mapping[str, Any], id: str, name: str) -> Source:
    """A transcript, with who speaks before each turn where its text is that of its turns."""
    source, at = Source(id, name), 0
    turns = json.loads(row["turns"]) if row["turns"] else []
    if "\n\n".join(turn["text"] for turn in turns) != row["text"]:
        turns = [{"text": row["text"]}]
    for turn in turns:
        if turn.get("speaker"):
            source.add(f"{turn['speaker']}: ")
        source.add(turn["text"], row["id"], at)
        source.add("\n\n")
        at += len(turn["text"]) + 2
    return source


def _named(name: str, taken: set[str]) -> str:
    """A name that no other source has, and that may be a file's."""
    name = " ".join(_PATH.sub(" ", name).split())[:_LONGEST_NAME] or "interview"
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    taken.add(free.casefold())
    return free


def _passages(
    outgoing: Outgoing, sources: Sequence[Source]
) -> tuple[dict[str, list[Passage]], list[str]]:
    """Each source's passages, and what is said of those that have no place."""
    holds = {part: source for source in sources for part in source.places}
    theme = {row["id"]: row["name"] for row in outgoing.rows["theme"]}
    found: dict[str, list[Passage]] = {source.id: [] for source in sources}
    unplaced = []
    for row in outgoing.rows["coding"]:
        of = row["answer_id"] or row["transcript_id"]
        if of not in holds:  # off the record
            continue
        if row["start"] is None:
            unplaced.append(f"“{row['marked']}” ({theme[row['theme_id']]})")
            continue
        source = holds[of]
        start, end = source.range(of, row["start"], row["end"])
        found[source.id].append(Passage(row["id"], row["theme_id"], start, end, _at(row)))
    return found, unplaced


def _at(row: Mapping[str, Any]) -> str | None:
    at = row.get("created_at")
    return at if isinstance(at, str) and _MOMENT.fullmatch(at) else None
