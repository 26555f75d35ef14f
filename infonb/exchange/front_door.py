"""What a file is before it is read: an archive to look into, or a document that is no table."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from infonb.errors import InfonbError
from infonb.exchange.workbook_limits import check_size

_TAKEN = (".csv", ".tsv", ".txt", ".vcf", ".vcard", ".json", ".jsonl", ".xlsx", ".xls", ".ods")
_PAGES = "In Pages choose File > Export To > Word, then copy the table into a spreadsheet"
_TABLE = "copy its table into a spreadsheet and save that as CSV or .xlsx"
_INSIDE = (
    ("ppt/presentation.xml", "a PowerPoint file", _TABLE),
    ("Index/Document.iwa", "an Apple Numbers, Pages or Keynote file",
     "open it there, choose File > Export To > CSV (or Excel), and import that file"),
    ("Index.zip", "an Apple Numbers, Pages or Keynote file",
     "open it there, choose File > Export To > CSV (or Excel), and import that file"),
)  # fmt: skip
_WORKBOOKS = ("xl/", "[Content_Types].xml", "content.xml", "mimetype")


def check_kind(file: str, raw: bytes) -> None:
    """Refuse what is no table, with a word on what it is and what to do.

    Raises
    ------
    InfonbError

    Examples
    --------
    >>> check_kind("notes.pdf", b"%PDF-1.7")
    Traceback (most recent call last):
    infonb.errors.InfonbError: notes.pdf is a PDF; copy its table into a spreadsheet and save that as CSV or .xlsx.
    """  # noqa: E501
    found = _kind(file, raw)
    if found:
        raise InfonbError(f"{file} is {found[0]}; {found[1]}.")


def _kind(file: str, raw: bytes) -> tuple[str, str] | None:
    head = raw[:512].lstrip()
    ending = file.casefold().rpartition(".")[2]
    if raw.startswith(b"%PDF"):
        return "a PDF", _TABLE
    if head.startswith(b"{\\rtf"):
        return "a Rich Text document", _TABLE
    if raw.startswith(b"\xd0\xcf\x11\xe0") and (
        ending in ("doc", "ppt", "msg") or "WordDocument".encode("utf-16-le") in raw
    ):
        return "an old Word document or an Outlook message", _TABLE
    if raw[:4] in (b"\x89PNG", b"GIF8") or raw[:3] == b"\xff\xd8\xff":
        return "a picture", "type what it shows into a spreadsheet, and import that"
    if re.match(rb"<(?:!doctype html|html|\?xml)", head, re.IGNORECASE) and ending != "xml":
        return "a web page", "copy its table into a spreadsheet and save that as CSV or .xlsx"
    if raw.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return "a packed file", "unpack it and import what is in it"
    names = _names(raw)
    for inside, what, do in _INSIDE:
        if inside in names:
            return what, do
    return None


def _names(raw: bytes) -> list[str]:
    if not raw.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return packed.namelist()
    except zipfile.BadZipFile:
        return []


def is_archive(raw: bytes) -> bool:
    """Whether a file is a zip of other files, no workbook."""
    names = _names(raw)
    return bool(names) and not any(name.startswith(_WORKBOOKS) for name in names)


def members(file: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of an archive that may hold people or interviews, by name.

    Raises
    ------
    InfonbError
        Where there are none, or where one is locked or too large.
    """
    try:
        check_size(raw)
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            wanted = [
                info for info in packed.infolist()
                if info.filename.casefold().endswith(_TAKEN) and not info.is_dir()
                and not re.search(r"(?:^|/)(?:__MACOSX/|\.)", info.filename)
            ]  # fmt: skip
            if not wanted:
                held = ", ".join(info.filename for info in packed.infolist()[:5])
                raise InfonbError(
                    f"{file} is a zip without a table or contacts in it (it holds {held}); "
                    "unpack it and import the file that you mean."
                )
            for info in wanted:
                yield info.filename.rpartition("/")[2], packed.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        what = f"{file} is a zip that can't be unpacked here ({error}); unpack it yourself."
        raise InfonbError(what) from None
