"""vCard 3.0 and 4.0: contacts in and out."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.exchange.decoding import decoded, encoding_of
from infonb.exchange.entries import Entry, ImportProblem
from infonb.exchange.records import Leaving

if TYPE_CHECKING:
    from infonb.journal import Journal

SUFFIXES = (".vcf", ".vcard")
_OURS = "infonb:"
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LINE_BYTES = 75


def is_it(head: str) -> bool:
    """Whether a file that begins like this holds vCards."""
    return head.lstrip("\ufeff \t\r\n")[:11].upper() == "BEGIN:VCARD"


def entries(file: str, raw: bytes, problems: list[ImportProblem]) -> Iterator[Entry]:
    """Each card as a person; what a journal has no place for goes to the notes."""
    card: list[tuple[str, dict[str, str], str]] | None = None
    begun = 0
    for number, line in unfolded(decoded(file, raw, problems)):
        name, parameters, value = _property(line)
        if name == "BEGIN":
            card, begun = [], number
        elif name == "END" and card is not None:
            yield from _person(file, begun, card, problems)
            card = None
        elif card is not None:
            card.append((name, parameters, value))
    if card is not None:
        what = "begins a card that has no end; the file seems to be cut off."
        problems.append(ImportProblem(file, begun, "", "", what))


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Content lines with the number of their first line: folded ones are joined.

    Examples
    --------
    >>> list(unfolded("NOTE:one\\r\\n  two\\r\\nEND:VCARD"))
    [(1, 'NOTE:one two'), (3, 'END:VCARD')]
    """
    begun, line = 0, ""
    for number, part in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if part[:1] in (" ", "\t"):
            line += part[1:]
        elif line.endswith("=") and "QUOTED-PRINTABLE" in line.split(":", 1)[0].upper():
            line = line[:-1] + part  # the older way to go on
        else:
            if line.strip():
                yield begun, line
            begun, line = number, part
    if line.strip():
        yield begun, line


def _property(line: str) -> tuple[str, dict[str, str], str]:
    head, _, value = _split_outside_quotes(line)
    name, *given = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", head)
    parameters: dict[str, str] = {}
    for parameter in given:
        key, _, said = parameter.partition("=")
        key = key.strip().upper() if said else "TYPE"
        said = (said or parameter).strip('"').upper()
        parameters[key] = f"{parameters[key]},{said}" if key in parameters else said
    if parameters.get("ENCODING", "").startswith(("QUOTED", "Q")):
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        charset = _charset(parameters.get("CHARSET", "UTF-8"))
        if charset is None:
            parameters["GUESSED"] = parameters["CHARSET"]
        value = raw.decode(charset or encoding_of(raw) or "cp1252", "replace")
    return name.rpartition(".")[2].strip().upper(), parameters, value


def _charset(named: str) -> str | None:
    """The encoding that a card names, None where nobody knows it."""
    name = named.casefold().removeprefix("x-").replace("mac-", "mac_")
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
    card: list[tuple[str, dict[str, str], str]],
    problems: list[ImportProblem],
) -> Iterator[Entry]:
    first: dict[str, str] = {}
    ranks: dict[str, int] = {}
    for name, parameters, value in card:
        if "GUESSED" in parameters:
            what = f"is in {parameters['GUESSED']}, which isn't known; look whether it is right."
            problems.append(ImportProblem(file, row, name, repr(value[:60]), what, False))
        rank = _rank(parameters) if name in ("EMAIL", "TEL") else _LAST
        if value.strip(" ;") and (name not in first or rank < ranks[name]):
            first[name], ranks[name] = value, rank
    data: dict[str, Any] = {
        "name": _said(first.get("FN", "")) or _of_parts(first.get("N", "")),
        "organisation": _joined(first.get("ORG", "")),
        "job_title": _said(first.get("TITLE", "") or first.get("ROLE", "")),
        "email": _said(first.get("EMAIL", "")).removeprefix("mailto:"),
        "phone": _said(first.get("TEL", "")).removeprefix("tel:"),
        "notes": _ESCAPED.sub(_unescaped, first.get("NOTE", "")),
        **_ours(first),
    }
    if not data["name"]:
        data["name"] = data["organisation"] or data["email"]
    if not data["name"]:
        what = "is a card without a name; it is left out."
        problems.append(ImportProblem(file, row, "FN", "", what, False))
        return
    yield Entry("person", {key: value for key, value in data.items() if value}, file, row)


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
    leaving = Leaving.of(journal.rows(), redact)
    with path.open("w", encoding="utf-8", newline="") as out:
        for row in leaving.rows["person"]:
            card = _card(leaving.person(row), redact, version)
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
