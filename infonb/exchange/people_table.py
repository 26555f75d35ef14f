"""Any table with a person per row: contacts of Google, LinkedIn, Outlook, or one's own list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from infonb.exchange.entries import Asked, Entry, ImportProblem, Reading
from infonb.exchange.tables import Grid, csv_grid, examples, fold_header, has_header

SUFFIXES: tuple[str, ...] = ()
_SEVERAL = " ::: "
LEAVE_OUT = "leave out"

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "full name", "fullname", "display name", "displayname", "file as", "contact",
        "vollständiger name", "anzeigename", "nom complet", "nom affiché", "nombre completo",
        "nombre para mostrar", "nome completo", "nome para exibição", "contact name",
    ),
    "prefix": ("name prefix",),
    "given": (
        "first name", "given name", "firstname", "first_name", "vorname", "prénom",
        "nombre", "nombre de pila", "primeiro nome", "forename", "nome próprio",
    ),
    "middle": (
        "middle name", "additional name", "weitere vornamen", "zweiter vorname",
        "deuxième prénom", "segundo nombre", "nome do meio",
    ),
    "family": (
        "last name", "family name", "surname", "lastname", "last_name", "nachname",
        "nom de famille", "apellidos", "apellido", "sobrenome", "apelido", "familienname",
    ),
    "suffix": ("name suffix", "suffix"),
    "organisation": (
        "organization name", "organization 1 - name", "organisation name", "company",
        "organization", "organisation", "employer", "companies", "company name", "firma",
        "unternehmen", "arbeitgeber", "société", "entreprise", "empresa", "organización",
        "organização", "compañía", "workplace",
    ),
    "job_title": (
        "organization title", "organization 1 - title", "organisation title", "job title",
        "position", "role", "occupation", "profession", "jobtitle", "beruf", "stellung",
        "berufsbezeichnung", "poste", "fonction", "profession", "titre", "cargo", "puesto",
        "posición", "posição", "función", "what they do",
    ),
    "email": (
        "email", "e-mail", "email address", "e-mail address", "primary email", "emails", "mail",
        "secondary email", "e-mail-adresse", "primäre e-mail-adresse", "email-adresse",
        "sekundäre e-mail-adresse", "adresse e-mail", "adresse de messagerie", "courriel",
        "première adresse électronique", "correo electrónico", "correo",
        "dirección de correo electrónico", "correo electrónico principal", "endereço de e-mail",
        "endereço de email", "e-mail principal",
    ),
    "phone": (
        "phone", "phone number", "telephone", "business phone", "mobile phone", "work phone",
        "mobile number", "home phone", "mobile", "primary phone", "phonenumbers", "cell",
        "cell phone", "phone numbers", "telefon", "telefon geschäftlich", "mobiltelefon",
        "telefon privat", "handy", "téléphone", "téléphone (bureau)", "tél. mobile",
        "téléphone mobile", "téléphone (domicile)", "teléfono", "teléfono del trabajo",
        "teléfono móvil", "móvil", "teléfono particular", "telefone", "telefone comercial",
        "celular", "telemóvel", "telefone celular",
    ),
    "notes": ("notes", "note", "comments", "notizen", "remarques", "notas", "comentarios"),
    "name_from": ("source of contact", "how i know them", "referred by"),
    "profile": ("url", "profile url", "linkedin url", "linkedin profile", "linkedin"),
}  # fmt: skip
_SLOTS = (
    (re.compile(r"e-?mail ?\d* ?(?:- value|address)|e-mail-adresse \d|adresse e-mail \d"), "email"),
    (re.compile(r"phone \d+ - value|(?:business|home|other|car|company main|mobile) phone ?\d*"),
     "phone"),
)  # fmt: skip
_LINKEDIN = {
    "connected on", "connecté le", "verbunden am", "conectado el", "fecha de conexión",
    "conectado em", "collegato il",
}  # fmt: skip
_ENOUGH = {"email", "phone", "organisation", "job_title"}
_SURE = {"given", "family"}


def field_of(title: str) -> str | None:
    """What a column of contacts holds, by its header in five languages.

    Examples
    --------
    >>> field_of("nachname"), field_of("e-mail 2 - value"), field_of("shoe size")
    ('family', 'email', None)
    """
    for field, names in _COLUMNS.items():
        if title in names:
            return field
    return next((field for way, field in _SLOTS if way.fullmatch(title)), None)


def _fields(header: list[str]) -> dict[int, str]:
    found = {n: field for n, title in enumerate(header) if (field := field_of(title))}
    fields = {*found.values()}
    if "nom" in header and "given" in fields:  # French: "Prénom, Nom"
        found[header.index("nom")] = "family"
    if "companies" in header and "title" in header:  # LinkedIn's imported contacts
        found[header.index("title")] = "job_title"
    if "nome" in header:
        found[header.index("nome")] = "given" if "family" in fields else "name"
    return found


def knows(header: list[str]) -> bool:
    """Whether a table with this header, folded, surely has a person per row."""
    fields = {*_fields(header).values()}
    return fields >= _SURE and bool(_ENOUGH & fields) and "question" not in header


def is_it(head: str) -> bool:
    """Whether a file that begins like this surely holds contacts."""
    return has_header(head, knows)


def may_be(header: list[str]) -> dict[str, str]:
    """What the columns of one's own list may hold: header -> field; empty where it is none."""
    found = _fields(header)
    fields = {*found.values()}
    named = "name" in fields or {"given", "family"} & fields
    if not named or len(fields & _ENOUGH) < 1 or "question" in header:
        return {}
    return {header[n]: field for n, field in found.items()}


def entries(
    file: str, raw: bytes, problems: list[ImportProblem], asked: Asked | None = None
) -> Iterator[Entry]:
    """Each row as a person.

    Parameters
    ----------
    asked : Asked, optional
        ``answers`` say what a header means: a name of the fields, or ``"leave out"``.
    """
    said = {*fold_header(asked.answers)} if asked else set()
    grid = csv_grid(file, raw, problems,
                    lambda header: bool(may_be(header) or said & {*header}))  # fmt: skip
    yield from of_grid(grid, problems, asked)


def of_grid(
    grid: Grid, problems: list[ImportProblem], asked: Asked | None = None, **given: str
) -> Iterator[Entry]:
    """The same from a table; ``given`` is what all of them have in common."""
    if not grid.header and any(problem.error for problem in problems):
        return
    header = fold_header(grid.header)
    fields = _fields(header)
    for title, meant in (asked.answers if asked else {}).items():
        folded = fold_header([title])[0]
        for n, known in enumerate(header):
            if known == folded:
                fields[n] = meant
    wrong = set(fields.values()) - {*_COLUMNS, LEAVE_OUT}
    rows = list(grid.rows)
    if wrong or not _NAMES & {*fields.values()}:
        what = (
            f"is no field of a person; choose of {', '.join(_COLUMNS)} and {LEAVE_OUT!r}: "
            'answers={"HEADER": "name"} (on the command line --answer HEADER=name).'
        )
        shown = repr(", ".join(sorted(wrong)) or "the name")
        unsaid = [title for n, title in enumerate(grid.header) if title.strip() and n not in fields]
        if wrong or not unsaid:
            problems.append(ImportProblem(grid.file, grid.at, "", shown, what))
            return
        what = "may hold the name, which no column is known to hold; say what it is."
        problems.append(ImportProblem(grid.file, grid.at, unsaid[0], "", what, asks="answers",
                                      options=(*_COLUMNS, LEAVE_OUT)))  # fmt: skip
        problems += _readings(grid, rows, fields)
        return
    linkedin = bool(_LINKEDIN & {*header})
    if linkedin:
        given = {"name_from": "LinkedIn", **given}
    left: dict[str, tuple[int, str]] = {}
    problems += _readings(grid, rows, fields)
    for row, cells in rows:
        for n, title in enumerate(grid.header):
            if n not in fields and cells[n].strip() and title.strip():
                left.setdefault(title, (row, cells[n]))
        data = _person(fields, cells)
        if not linkedin and not _PROFILE.search(data.get("profile", "")):
            data.pop("profile", None)
        if not data:
            what = "has no name; it is left out."
            problems.append(ImportProblem(grid.file, row, "Name", "", what, False))
            continue
        yield Entry("person", {**given, **data}, grid.file, row)
    plain = [title for title in left if not _SILENT.search(title)]
    if plain:
        row, cell = left[plain[0]]
        what = "has no place in a journal; such columns are left out."
        shown = repr(cell.strip()[:60])
        problems.append(ImportProblem(grid.file, row, ", ".join(plain), shown, what, False))


_NAMES = {"name", "given", "family", "organisation", "email"}
"""Fields of which one is needed, so that somebody is named."""
_PROFILE = re.compile(r"\blinkedin\.\w+/(?:in|pub)/", re.IGNORECASE)
_SILENT = re.compile(r"label|type$|^(?:url|connected on)$", re.IGNORECASE)


def _readings(
    grid: Grid, rows: list[tuple[int, list[str]]], fields: Mapping[int, str]
) -> Iterator[Reading]:
    for column, (title, cell) in enumerate(examples(grid, rows)):
        field = fields.get(column, LEAVE_OUT)
        what = "is left out." if field == LEAVE_OUT else f"is the person's {_IN_WORDS[field]}."
        if title.strip():
            yield Reading(grid.file, grid.at, title, cell, what, False, field=field,
                          table="people")  # fmt: skip


_IN_WORDS = {
    field: field.replace("_", " ") for field in _COLUMNS
} | {"prefix": "title before the name", "given": "given name", "middle": "middle name",
     "family": "family name", "suffix": "part behind the name", "email": "e-mail address",
     "phone": "telephone number", "name_from": "source"}  # fmt: skip


def choices() -> tuple[str, ...]:
    """What ``answers`` may say that a column of a list of people means."""
    return (*_COLUMNS, LEAVE_OUT)


def _person(fields: Mapping[int, str], cells: list[str]) -> dict[str, str]:
    """What a row says of somebody; nothing where it names nobody."""
    said: dict[str, list[str]] = {}
    for n, field in fields.items():
        several = [cells[n]] if field == "notes" else cells[n].split(_SEVERAL)
        for part in several:
            cell = part if field == "notes" else part.strip()
            if cell.strip() and cell not in said.setdefault(field, []):
                said[field].append(cell)
    data = {key: values[0] for key, values in said.items()}
    parts = (data.pop(key, "") for key in ("prefix", "given", "middle", "family", "suffix"))
    name = " ".join(filter(None, parts))
    name = data.get("name") or name or data.get("organisation") or data.get("email")
    data.pop(LEAVE_OUT, None)
    if not name:
        return {}
    more = [
        f"{word}: {', '.join(values)}"
        for key, word in (("email", "Email"), ("phone", "Phone"), ("organisation", "Organisation"),
                          ("job_title", "Job title"))
        if (values := said.get(key, [])[1:])
    ]  # fmt: skip
    notes = "\n".join([*said.get("notes", []), *more])
    return {**data, "name": name, **({"notes": notes} if notes else {})}
