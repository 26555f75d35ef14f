"""Bytes to text, whatever program wrote them."""

from __future__ import annotations

import codecs
import re

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
    if encoding == "cp1252" and (problem := _no_windows_1252(file, raw)):
        problems.append(problem)
        return ""
    if encoding == "cp1252":
        first = next(n for n, line in enumerate(raw.split(b"\n"), 1) if not line.isascii())
        line = raw.split(b"\n")[first - 1].decode("cp1252").strip()
        what = "is read as Windows-1252; look whether its letters are right."
        problems.append(ImportProblem(file, first, "", repr(line[:60]), what, False))
    return raw.decode(encoding)


TWICE = "utf-8-twice"
"""What to say for a file whose UTF-8 was taken for Windows-1252 once and written again."""

_LOOKS_TWICE = re.compile(
    "[ÂÃ][\x80-\x9f\xa1-\xbfŒœŠšŸŽžƒˆ˜]"  # letters of Latin-1
    "|[\xc4-\xf4][\x80-\x9f\xa1-\xaa\xac-\xba\xbc-\xbfŒœŠšŸŽžƒˆ˜]|â€"  # others; no «, no »
)


def once(text: str) -> str:
    """Text that was encoded twice as it was before; the rest as it is.

    Examples
    --------
    >>> once("ZoÃ« likes S\u00c3O Paulo, itâ€™s Zoë")
    'Zoë likes SÃO Paulo, it’s Zoë'
    """

    def before(match: re.Match[str]) -> str:
        try:
            return match[0].encode("cp1252", "infonb_c1").decode("utf-8")
        except UnicodeError:
            return match[0]

    return re.sub(r"[\xc2-\xf4][^\x00-\x7f]+", before, text)


def _c1(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that Windows-1252 has no letter for stand for themselves."""
    if isinstance(error, UnicodeEncodeError) and ord(error.object[error.start]) < 0xA0:
        return bytes([ord(error.object[error.start])]), error.start + 1
    raise error


codecs.register_error("infonb_c1", _c1)


def written_twice(file: str, raw: bytes) -> list[ImportProblem]:
    """A note where a file's letters seem to have been encoded twice, and what reads them right."""
    if raw.isascii():
        return []
    for row, line in enumerate(raw.split(b"\n"), start=1):
        if line.isascii():
            continue
        text = line.decode("utf-8", "replace").strip()
        if _LOOKS_TWICE.search(text) and (read := once(text)) != text:
            what = (
                f"seems to be encoded twice, and is taken as it is; encoding={TWICE!r} (on the "
                f"command line --encoding {TWICE}) reads {read[:60]!r}."
            )
            shown = repr(text[:60])
            return [ImportProblem(file, row, "", shown, what, False, asks="encoding",
                                  options=(TWICE, "utf-8"))]  # fmt: skip
    return []


_NO_PLACE = re.compile(
    r"(?<=[^\W\d_])[ˆ‰‹¡¢£¤¥¦§¨©ª«¬®¯±²³¶¸¹»¼½¾¿†‡•˜™›„‚…](?=[^\W\d_])"  # a sign within a word
    r"|(?<=[a-zß-ÿ])[À-ÖØ-ÞŠŽŒŸ]"  # a capital after a small letter
    r"|[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{3}"  # more accents in a row than any word has
    r"|(?<![^\W\d_])[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{2}(?![^\W\d_])"  # a word of nothing else
    r"|(?<=[^\W\d_])[‘](?=[\s,;.]|$)"  # an opening quotation mark at a word's end
)
_OTHERS = ("mac_roman", "cp1251", "gb18030", "cp1250", "shift_jis", "euc_kr", "big5", "cp1253",
           "cp1255", "cp1256", "koi8_r", "cp866", "cp437")  # fmt: skip


def _no_windows_1252(file: str, raw: bytes) -> ImportProblem | None:
    """A problem where text read as Windows-1252 is no text, with other ways to read it."""
    text = raw.decode("cp1252")
    match = None if "‚" in text and "‘" in text else _NO_PLACE.search(text)
    if match is None:
        return None
    row = text.count("\n", 0, match.start()) + 1
    line = raw.split(b"\n")[row - 1].strip()
    ways, fitting = [], []
    for encoding in _likely(raw):
        try:
            read = raw.decode(encoding)
            if not _NO_PLACE.search(read) and not re.search("[\u2500-\u25ff\x80-\x9f]", read):
                fitting.append(encoding)
                ways.append(f"encoding={encoding!r} reads {line.decode(encoding)[:40]!r}")
        except UnicodeDecodeError:
            continue
    told = "; ".join(ways[:6]) or "save the file as UTF-8"
    what = (
        f"is no text in Windows-1252; say how the file's letters are written: {told} (on the "
        "command line --encoding), or save it as UTF-8."
    )
    shown = repr(line.decode("cp1252")[:60])
    asks = "encoding" if fitting else ""
    return ImportProblem(file, row, "", shown, what, asks=asks, options=tuple(fitting[:6]))


def _likely(raw: bytes) -> list[str]:
    """Encodings that a file may have, the likeliest first."""
    from charset_normalizer import from_bytes

    found = [match.encoding for match in from_bytes(raw) if match.encoding != "cp1252"]
    at = {name: place for place, name in enumerate(found)}
    return sorted(_OTHERS, key=lambda name: at.get(name, len(at)))
