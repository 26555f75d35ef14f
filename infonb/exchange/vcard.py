"""vCard: contacts of versions 2.1, 3.0 and 4.0 in, of 3.0 and 4.0 out."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.exchange.entries import Asked, Entry, ImportProblem
from infonb.exchange.records import Outgoing
from infonb.exchange.tables import encoding_of

if TYPE_CHECKING:
    from infonb.journal import Journal

SUFFIXES = (".vcf", ".vcard")
_OURS = "infonb:"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LINE_BYTES = 75


def is_it(head: str) -> bool:
    """Whether a file that begins like this holds vCards."""
    return head.lstrip("\ufeff \t\r\n")[:11].upper() == "BEGIN:VCARD"


Card = list[tuple[str, dict[str, str], str]]


def entries(
    file: str, raw: bytes, problems: list[ImportProblem], asked: Asked | None = None
) -> Iterator[Entry]:
    """Each card as a person; what a journal has no place for goes to the notes.

    Every property is decoded by itself: cards of several phones may stand in one file, each
    property may name its own character set.
    """
    cards: list[tuple[int, Card]] = []  # those that are open, the outer ones first
    for number, line in _content_lines(raw):
        name, parameters, value = _property(line, asked.encoding if asked else None)
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            cards.append((number, []))
        elif name == "END" and value.strip().upper() == "VCARD" and cards:
            begun, card = cards.pop()
            yield from _person(file, begun, card, problems)
        elif cards:
            cards[-1][1].append((name, parameters, value))
    for begun, _ in cards[:1]:
        what = "begins a card that has no end; the file seems to be cut off."
        problems.append(ImportProblem(file, begun, "", "", what))


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Content lines with the number of their first line: folded ones are joined.

    Examples
    --------
    >>> list(unfolded("NOTE:one\\r\\n  two\\r\\nEND:VCARD"))
    [(1, 'NOTE:one two'), (3, 'END:VCARD')]
    """
    for number, line in _content_lines(text.encode("utf-8", "replace")):
        yield number, line.decode("utf-8", "replace")


def _content_lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The same of bytes, which may be in several encodings."""
    encoding = encoding_of(raw)
    if encoding and encoding.startswith("utf-16"):
        raw = raw.decode(encoding).encode("utf-8")
    begun, line = 0, b""
    for number, part in enumerate(re.split(rb"\r\n|\n|\r", raw.lstrip(codecs.BOM_UTF8)), start=1):
        quoted = b"QUOTED-PRINTABLE" in line.split(b":", 1)[0].upper()
        if quoted and line.endswith(b"="):  # a soft break; some programs fold behind it, too
            line = line[:-1] + part.lstrip(b" \t")
        elif part[:1] in (b" ", b"\t") and line:
            line += part[1:]
        else:
            if line.strip():
                yield begun, line
            begun, line = number, part
    if line.strip():
        yield begun, line


_ENCODINGS = {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B", "Q"}


def _property(raw: bytes, encoding: str | None = None) -> tuple[str, dict[str, str], str]:
    """A property's name, its parameters, and its value as text."""
    head, _, value = _split_outside_quotes(raw.decode("latin-1"))
    name, *given = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", head)
    parameters: dict[str, str] = {}
    for parameter in given:
        key, _, said = parameter.partition("=")
        said = (said or parameter).strip().strip('"').upper()
        if "=" in parameter:
            key = key.strip().upper()
        elif said in _ENCODINGS:
            key = "ENCODING"
        else:
            key = "CHARSET" if _charset(said) and not said.isalpha() else "TYPE"
        parameters[key] = f"{parameters[key]},{said}" if key in parameters else said
    held = value.encode("latin-1")
    if parameters.get("ENCODING", "") in ("QUOTED-PRINTABLE", "Q"):
        held = quopri.decodestring(held)
    charset = _charset(parameters.get("CHARSET", "")) or encoding
    if "CHARSET" in parameters and _charset(parameters["CHARSET"]) is None and not held.isascii():
        parameters["GUESSED"] = parameters["CHARSET"]
    for tried in (charset, encoding_of(held), "cp1252"):
        try:
            text = held.decode(tried or "utf-8")
        except UnicodeDecodeError:
            continue
        if charset not in (None, tried):
            parameters["GUESSED"] = f"{parameters.get('CHARSET', charset)} by its own word"
        elif charset is None and tried == "cp1252" and "GUESSED" not in parameters:
            parameters["GUESSED"] = ""
        break
    else:
        text = held.decode("cp1252", "replace")
        parameters["GUESSED"] = parameters.get("CHARSET", "")
    return name.rpartition(".")[2].strip().upper(), parameters, text


def _charset(named: str) -> str | None:
    """The encoding that a card names, None where nobody knows it."""
    name = named.casefold().strip().removeprefix("x-").replace("mac-", "mac_")
    try:
        b"ab".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return name


def _split_outside_quotes(line: str) -> tuple[str, str, str]:
    quoted = False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _person(
    file: str,
    row: int,
    card: Card,
    problems: list[ImportProblem],
) -> Iterator[Entry]:
    first: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for name, parameters, value in card:
        if "GUESSED" in parameters:
            charset = parameters["GUESSED"]
            what = (
                f"is in {charset}, which isn't known; look whether it is right."
                if charset else "is read as Windows-1252; look whether its letters are right."
            )  # fmt: skip
            problems.append(ImportProblem(file, row, name, repr(value[:60]), what, False))
        rank = _rank(parameters) if name in ("EMAIL", "TEL") else _LAST
        if value.strip(" ;") and (name not in first or rank < ranks[name]):
            first[name], ranks[name] = value, rank
    data: dict[str, Any] = {
        "name": _said(first.get("FN", "")) or _of_parts(first.get("N", "")),
        "organisation": _joined(first.get("ORG", "")),
        "job_title": _said(first.get("TITLE", "") or first.get("ROLE", "")),
        "email": _address(first.get("EMAIL", "")),
        "phone": _address(first.get("TEL", "")),
        **_ours(first),
    }
    if not data["name"]:
        data["name"] = data["organisation"] or data["email"]
    data["notes"] = "\n".join(_notes(card, first, problems, file, row))
    if not data["name"]:
        what = "is a card without a name; it is left out."
        problems.append(ImportProblem(file, row, "FN", "", what, False))
        return
    yield Entry("person", {key: value for key, value in data.items() if value}, file, row)


_IN_PLACE = {"FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "NOTE"}
_NO_NEWS = {"VERSION", "UID", "REV", "PRODID", "KIND", "SORT-STRING", "CLASS", "MAILER", "AGENT",
            "X-ABLABEL", "X-ABADR", "X-ABUID", "X-ABSHOWAS", "CLIENTPIDMAP", "CREATED",
            "PROFILE", "SOURCE", "X-IMAGETYPE", "X-IMAGEHASH", "X-WAB-GENDER"}  # fmt: skip
_LEFT_OUT = {"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN",
             "X-THUMBNAIL"}  # fmt: skip
_CALLED = {
    "EMAIL": "Email", "TEL": "Phone", "URL": "Web", "ADR": "Address", "NICKNAME": "Nickname",
    "BDAY": "Birthday", "IMPP": "Messages", "CATEGORIES": "Groups", "ROLE": "Role",
    "X-SOCIALPROFILE": "Profile", "ORG": "Organisation", "TITLE": "Job title", "LABEL": "Address",
    "FN": "Name", "ANNIVERSARY": "Anniversary", "RELATED": "Related", "LANG": "Language",
}  # fmt: skip


def _notes(
    card: Card, first: dict[str, str], problems: list[ImportProblem], file: str, row: int
) -> Iterator[str]:
    """The notes, and a line for each thing that has no place of its own."""
    yield from (_ESCAPED.sub(_unescaped, v) for name, _, v in card if name == "NOTE" and v.strip())
    left: list[str] = []
    seen = {_address(first[name]) for name in ("EMAIL", "TEL") if name in first}
    for name, parameters, value in card:
        said = _address(value) if name in ("EMAIL", "TEL") else _joined(value)
        ours = name.startswith("X-INFONB-") or name in _NO_NEWS
        if ours or not said or name == "NOTE" or said in seen:
            continue
        if name in _LEFT_OUT or parameters.get("ENCODING") in ("B", "BASE64"):
            left.append(name)
        elif name == "N" or (name == "ROLE" and "TITLE" not in first):
            continue
        elif name not in _IN_PLACE or value != first.get(name):
            seen.add(said)
            kinds = [part.casefold() for part in parameters.get("TYPE", "").split(",")]
            kind = ", ".join(k for k in kinds if k not in ("pref", "internet", "voice", ""))
            yield f"{_CALLED.get(name, name)}{f' ({kind})' if kind else ''}: {said}"
    if left:
        what = "has no place in a journal; it is left out."
        problems.append(ImportProblem(file, row, ", ".join(dict.fromkeys(left)), "", what, False))


def _address(value: str) -> str:
    """An e-mail address or a telephone number without the words of a URI around it."""
    said = re.sub(r"^(?:mailto|tel):", "", _said(value), flags=re.IGNORECASE)
    return re.sub(r";ext=(\w+).*", r" ext. \1", said, flags=re.IGNORECASE)


_LAST = 101


def _rank(parameters: dict[str, str]) -> int:
    """How much an address is preferred: 1 is the most."""
    said = parameters.get("PREF", "")
    if said.isdecimal():
        return int(said)
    return 1 if "PREF" in parameters or "PREF" in parameters.get("TYPE", "") else _LAST


def _ours(first: dict[str, str]) -> dict[str, Any]:
    """What only our own cards say."""
    uid = _said(first.get("UID", ""))
    told: dict[str, Any] = {
        "source": _said(first.get("X-INFONB-SOURCE", "")),
        "name_from": _said(first.get("X-INFONB-NAME-FROM", "")),
        "has_card": first.get("X-INFONB-HAS-CARD") == "yes",
        "may_be_named": first.get("X-INFONB-MAY-BE-NAMED") == "yes",
        "redacted": first.get("X-INFONB-NAMES-LEFT-OUT") == "yes",
    }
    return {**told, "id": uid.removeprefix(_OURS)} if uid.startswith(_OURS) else told


def _said(value: str) -> str:
    return _ESCAPED.sub(_unescaped, value).strip()


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def _parts(value: str) -> list[str]:
    """The parts of a compound value."""
    return [_said(part) for part in re.split(r"(?<!\\)((?:\\\\)*);", value + ";")[::2]]


def _joined(value: str) -> str:
    return ", ".join(filter(None, _parts(value)))


def _of_parts(value: str) -> str:
    family, given, more, prefix, suffix = [*_parts(value), "", "", "", "", ""][:5]
    return " ".join(filter(None, (prefix, given, more, family, suffix)))


# out ----------------------------------------------------------------------------------------------


def write(journal: Journal, path: Path, redact: bool) -> None:
    """People as vCard 4.0; with names left out, how they are called and nothing else."""
    _write(journal, path, redact, "4.0")


def write_3(journal: Journal, path: Path, redact: bool) -> None:
    """People as vCard 3.0, for programs that don't read 4.0."""
    _write(journal, path, redact, "3.0")


def _write(journal: Journal, path: Path, redact: bool, version: str) -> None:
    outgoing = Outgoing.of(journal.rows(), redact)
    with path.open("w", encoding="utf-8", newline="") as out:
        for row in outgoing.rows["person"]:
            card = _card(outgoing.person(row), redact, version)
            out.writelines(f"{folded(line)}\r\n" for line in card)


def _card(person: dict[str, Any], redact: bool, version: str) -> Iterator[str]:
    *given, family = person["name"].split()
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"UID:{escaped(_OURS + person['id'])}"
    yield f"FN:{escaped(person['name'])}"
    yield f"N:{escaped(family)};{escaped(' '.join(given))};;;"
    for name, key in _FIELDS:
        if person.get(key):
            yield f"{name}:{escaped(person[key])}"
    for name in ("has_card", "may_be_named"):
        if person.get(name):
            yield f"X-INFONB-{name.upper().replace('_', '-')}:yes"
    if redact:
        yield "X-INFONB-NAMES-LEFT-OUT:yes"
    yield "END:VCARD"


_FIELDS = (
    ("ORG", "organisation"), ("TITLE", "job_title"), ("EMAIL", "email"), ("TEL", "phone"),
    ("NOTE", "notes"), ("X-INFONB-SOURCE", "source"), ("X-INFONB-NAME-FROM", "name_from"),
)  # fmt: skip


def escaped(text: str) -> str:
    """Text as vCard and iCalendar hold it.

    Examples
    --------
    >>> print(escaped("Ada, of A;B\\nLtd"))
    Ada\\, of A\\;B\\nLtd
    """
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, written)
    text = re.sub(r"\r\n|\r|\n", r"\\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f]", "\ufffd", text)


def folded(line: str) -> str:
    """A content line cut where it is longer than 75 bytes, never inside a character.

    Examples
    --------
    >>> [len(part.encode()) for part in folded("NOTE:" + "ü" * 60).split("\\r\\n")]
    [75, 51]
    """
    parts: list[str] = []
    part, length = "", 0
    for character in line:
        size = len(character.encode("utf-8"))
        if length + size > _LINE_BYTES:
            parts.append(part)
            part, length = " ", 1
        part, length = part + character, length + size
    return "\r\n".join([*parts, part])


def lines_of(parts: Iterable[str]) -> str:
    """Content lines as a file holds them."""
    return "".join(f"{folded(line)}\r\n" for line in parts)
