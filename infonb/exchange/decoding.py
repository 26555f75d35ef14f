"""Bytes to text, whatever program wrote them."""

from __future__ import annotations

import codecs

from infonb.exchange.entries import ImportProblem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PEEK = 4096


def encoding_of(raw: bytes) -> str | None:
    """The encoding of a file, told by its mark or by what it holds.

    Returns
    -------
    str or None
        ``"utf-8"``, ``"utf-8-sig"``, ``"utf-16"``, ``"utf-16-le"``, ``"utf-16-be"`` or
        ``"cp1252"``; None when it is none of these.

    Examples
    --------
    >>> encoding_of("Zoë".encode()), encoding_of("Zoë".encode("cp1252"))
    ('utf-8', 'cp1252')
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _if_it_fits(raw, encoding)
    peek = raw[:_PEEK]
    # Latin text in UTF-16 has a zero in every second byte
    for encoding, zeros, others in (
        ("utf-16-le", peek[1::2], peek[::2]), ("utf-16-be", peek[::2], peek[1::2]),
    ):  # fmt: skip
        if len(peek) > 1 and zeros.count(0) > 0.6 * len(zeros) > others.count(0):
            return _if_it_fits(raw, encoding)
    return _if_it_fits(raw, "utf-8") or (
        None if b"\x00" in raw else _if_it_fits(raw, "cp1252")
    )  # fmt: skip


def _if_it_fits(raw: bytes, encoding: str) -> str | None:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding


def decoded(file: str, raw: bytes, problems: list[ImportProblem]) -> str:
    """The text of a file; a note where its encoding was guessed, a problem where it can't be read.

    Parameters
    ----------
    file : str
        Its name.
    raw : bytes
    problems : list
        Gets what was not understood.
    """
    encoding = encoding_of(raw)
    if encoding is None:
        text = raw.decode("utf-8", "replace")
        place = text.find("\ufffd")
        number = text.count("\n", 0, place) + 1
        shown = text.splitlines()[number - 1 : number] or [""]
        what = "is neither UTF-8 nor UTF-16 nor Windows-1252; save the file as UTF-8."
        problems.append(ImportProblem(file, number, "", repr(shown[0][:60]), what))
        return ""
    if encoding == "cp1252":
        first = next(n for n, line in enumerate(raw.split(b"\n"), 1) if not line.isascii())
        line = raw.split(b"\n")[first - 1].decode("cp1252").strip()
        what = "is read as Windows-1252; look whether its letters are right."
        problems.append(ImportProblem(file, first, "", repr(line[:60]), what, False))
    return raw.decode(encoding)
