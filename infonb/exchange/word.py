"""Word documents: their paragraphs and tables as lines, hostile ones refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from infonb.errors import InfonbError

MOST_PARTS = 2_000
MOST_BYTES = 200_000_000
"""Of all parts of a document, unpacked."""
DEEPEST = 200
"""Elements within elements; a document has some twenty."""

_PIECE = 1 << 18
_DOCUMENT = "word/document.xml"
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


def is_word(raw: bytes) -> bool:
    """Whether a file is a Word document (``.docx``)."""
    if not raw.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return _DOCUMENT in packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def read_word(file: str, raw: bytes) -> list[str]:
    """The lines of a document: of a paragraph each, of a table's row ``speaker: text``.

    What was inserted while changes were tracked is read, what was deleted isn't.

    Raises
    ------
    InfonbError
        Where it can't be read, or is made to do harm.
    """
    _check(file, raw)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        body: Any = docx.Document(io.BytesIO(raw)).element.body
    except (OpcError, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise _unreadable(file, error) from None
    return [line for block in _blocks(body) for line in _lines(block)]


def _unreadable(file: str, error: object) -> InfonbError:
    return InfonbError(
        f"{file} is a Word document that can't be read ({error}); save it again, or as plain text."
    )


def _check(file: str, raw: bytes) -> None:
    """Refuse what unpacks to more than a computer holds, leaves its place or names entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            for part in parts:
                name = part.filename
                if name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name):
                    raise InfonbError(
                        f"{file} holds a part {name[:60]!r}, which lies outside of it: no Word "
                        "document does; nothing was read."
                    )
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or size > MOST_BYTES:
                raise InfonbError(
                    f"{file} has {len(parts):,} parts of {size:,} bytes when it is unpacked; at "
                    f"most {MOST_PARTS:,} and {MOST_BYTES:,} are read. Save it as plain text."
                )
            for part in parts:
                _look_into(file, packed, part)
    except expat.ExpatError as error:
        raise _unreadable(file, error) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
            ValueError) as error:  # fmt: skip
        raise _unreadable(file, error) from None


def _look_into(file: str, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part piece by piece: it is as long as it says, and has no document type."""
    parser = expat.ParserCreate() if part.filename.endswith((".xml", ".rels")) else None
    depth = 0

    def refuse(*_: object) -> None:
        raise InfonbError(
            f"{file} has a document type in {part.filename}, which no Word document has; it could "
            "be made to read other files. Nothing was read."
        )

    def deeper(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise InfonbError(f"{file} has more than {DEEPEST} elements within one another in "
                              f"{part.filename}; save it as plain text.")  # fmt: skip

    def higher(*_: object) -> None:
        nonlocal depth
        depth -= 1

    if parser is not None:
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler, parser.EndElementHandler = deeper, higher
    read = 0
    with packed.open(part) as opened:
        while piece := opened.read(_PIECE):
            read += len(piece)
            if read > part.file_size:
                raise InfonbError(f"{file}: {part.filename} is longer than it says.")
            if parser is not None:
                parser.Parse(piece)
    if parser is not None:
        parser.Parse(b"", True)


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables, in order, also those within content controls."""
    for child in element:
        if _tag(child) in ("p", "tbl"):
            yield child
        elif _tag(child) not in ("sectPr", "del", "moveFrom"):
            yield from _blocks(child)


def _lines(block: Any) -> Iterator[str]:
    if _tag(block) == "p":
        yield from _text(block).split("\n")
        return
    for row in (child for child in block.iter() if _tag(child) == "tr"):
        cells = [" ".join(_text_of_cell(cell).split()) for cell in row if _tag(cell) == "tc"]
        cells = [cell for cell in cells if cell]
        if len(cells) > 1 and not cells[-1].endswith(":"):
            time = [c for c in cells[:-1] if re.fullmatch(r"[\[(]?[\d:.,]+[\])]?", c)]
            who = [c for c in cells[:-1] if c not in time]
            yield " ".join([*time[:1], f"{' '.join(who).rstrip(':')}: {cells[-1]}" if who
                            else cells[-1]])  # fmt: skip
        else:
            yield from cells


def _text_of_cell(cell: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter() if _tag(paragraph) == "p")


def _text(paragraph: Any) -> str:
    """What a paragraph says; deleted text and what older programs are shown isn't said."""
    said: list[str] = []
    todo = [iter(paragraph)]
    while todo:
        child = next(todo[-1], None)
        if child is None:
            todo.pop()
            continue
        name = _tag(child)
        if name == "t":
            said.append(child.text or "")
        elif name in _BREAKS:
            said.append(_BREAKS[name])
        elif name not in ("del", "moveFrom", "Fallback", "pPr", "rPr", "instrText"):
            todo.append(iter(child))
    return "".join(said)
