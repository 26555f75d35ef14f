"""The answers of a form (Google Forms, Microsoft Forms): one row per interview, questions above."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from infonb import method
from infonb.errors import InfonbError
from infonb.exchange.entries import Asked, Entry, ImportProblem, Reading
from infonb.exchange.header_rows import without_second_headers
from infonb.exchange.rating_scale import HIGH, LOW, RatingScale, is_rated, without_scale
from infonb.exchange.tables import (
    Grid,
    csv_grid,
    examples,
    has_header,
    iso_day,
    iso_moment,
    order_of,
)
from infonb.journal.columns import fold_title
from infonb.journal.question_keys import OwnQuestions

WAYS: Mapping[str, tuple[str, ...]] = {
    "path_in": (
        "how did you get into this field", "how did you get started in this career",
        "how did you get your job", "what path led you to this position",
        "how did you come to choose this occupation", "tell me about your career path",
    ),
    "preparation": (
        "what education or training is required", "what degree or qualifications do you need",
        "how did you prepare for this work", "what did you study", "what credentials are needed",
    ),
    "enjoy_most": (
        "what do you like most about your job", "what do you like best",
        "what is the most rewarding part", "what are the best parts of the work",
        "what do you love about it", "what is your favorite part", "likes",
    ),
    "enjoy_least": (
        "what do you like least about your job", "what do you dislike",
        "what are the worst parts", "what is the least enjoyable part", "dislikes",
    ),
    "top_skills": (
        "what skills are most important", "what are the top three skills",
        "which skills do you use", "what abilities and skills are needed",
    ),
    "typical_day": (
        "what is a typical day like", "describe a typical day at work",
        "what does your average week look like", "how do you spend your time day to day",
        "what are your daily duties",
    ),
    "motivation": (
        "what motivates you", "what drives you", "why do you do this work",
        "what keeps you motivated",
    ),
    "difficulties": (
        "what are the biggest challenges", "what is the hardest part",
        "what problems do you face", "what is difficult about the work", "what is stressful",
    ),
    "advancement": (
        "what are the opportunities for advancement", "is there room for promotion",
        "how far can you be promoted",
    ),
    "progression": (
        "what is the usual career progression", "what does the career ladder look like",
        "what steps come after this position",
    ),
    "stay_competitive": (
        "how do you stay current in the field", "how do you keep your skills up to date",
        "what do you need to know to stay competitive", "what continuing education is needed",
    ),
    "outlook": (
        "what is the job outlook", "what is the future of this occupation",
        "how is the field changing", "is the demand growing", "what trends do you see",
    ),
    "home_life": (
        "how is your work life balance", "how does the job affect your family",
        "how does your work affect your personal life", "what about life at home and leisure",
    ),
    "entry_level": (
        "what are entry level positions", "what is an entry level job title",
        "what jobs do beginners start in", "how would a newcomer start",
    ),
    "learn_more": (
        "where can I learn more", "how can I find out more about this career",
        "what should I read", "what resources and associations do you recommend",
    ),
    "strengths_fit": (
        "how would my strengths fit", "would someone with my background fit",
        "do you think I would be suited to this work", "how do my skills match",
    ),
    "ask_next": (
        "who else should I talk to", "can you refer me to other people to interview",
        "whom else would you recommend I speak with",
    ),
    "notes": ("notes", "other notes", "comments", "anything else", "additional comments"),
}  # fmt: skip
"""Question key -> other ways in which people ask it."""

_STOP = frozenset(
    "a about an and are as at be by can could did do does doing for from had has have how i if in "
    "is it its me my of on one or our please should so some someone tell than that the there they "
    "this these to us was we were what when where which who will with would you your s job work "
    "field career occupation think describe people person usual usually like".split()
)
_FOLDED = {
    "favourite": "favorite", "rewarding": "best", "favorite": "best", "love": "best",
    "enjoy": "enjoy", "enjoyable": "enjoy", "enjoyed": "enjoy", "challenge": "hard",
    "challenges": "hard", "challenging": "hard", "difficult": "hard", "difficulties": "hard",
    "hardest": "hard", "training": "train", "trained": "train", "skills": "skill",
    "typical": "typical", "average": "typical", "daily": "day", "promoted": "promote",
    "promotion": "promote", "advancement": "advance", "opportunities": "chance",
    "opportunity": "chance", "chances": "chance", "motivates": "motivate", "drives": "motivate",
    "motivated": "motivate", "motivation": "motivate", "degree": "education",
    "qualifications": "education", "qualification": "education", "credentials": "education",
    "strengths": "strength", "home": "home", "family": "home", "personal": "home",
    "balance": "home", "future": "outlook", "trends": "outlook", "competitive": "keep",
    "current": "keep", "liked": "best", "likes": "best", "dislikes": "least", "dislike": "least",
    "worst": "least", "least": "least", "most": "most", "notes": "note", "comments": "note",
}  # fmt: skip

SURE, CLEAR = 0.55, 0.15
"""How alike a header must be to its question, and how much more than to the next."""


def matches(header: str, own: Mapping[str, str] | None = None) -> list[tuple[str, float]]:
    """Questions that a header may ask, the likeliest first, with a likeness from 0 to 1.

    Parameters
    ----------
    header : str
        A column's header.
    own : mapping of str to str, optional
        Questions of one's own: key to prompt.

    Examples
    --------
    >>> matches("What do you like most about your job?")[0][0]
    'enjoy_most'
    """
    own = own or {}
    clean = header.strip()
    if clean in method.QUESTIONS or clean in own or clean in WAYS:
        return [(clean, 1.0)]
    said = _words(clean)
    if not said:
        return []
    found: dict[str, float] = {}
    for key, ways in _asked().items():
        found[key] = max(_alike(said, way) for way in ways)
    for key, prompt in own.items():
        found[key] = 1.0 if _plain(prompt) == _plain(clean) else _alike(said, _words(prompt))
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [(key, likeness) for key, likeness in ranked if likeness > 0.2][:3]


def sure(found: list[tuple[str, float]]) -> str | None:
    """The question that is meant, where there is no doubt.

    Examples
    --------
    >>> sure(matches("Describe a typical day at work")), sure(matches("What do you enjoy?"))
    ('typical_day', None)
    """
    if not found or found[0][1] < SURE:
        return None
    if len(found) > 1 and found[0][1] - found[1][1] < CLEAR:
        return None
    return found[0][0]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    kept = [_FOLDED.get(word) or word for word in words if word not in _STOP]
    if re.search(r"\blike (?:the )?(?:most|best|about)|you (?:most )?like\b", text.casefold()):
        kept.append("best")
    if "least" in kept:
        kept = [word for word in kept if word not in ("best", "enjoy", "most")]
    elif "best" in kept or {"enjoy", "most"} <= {*kept}:
        kept = ["best" if word in ("enjoy", "most") else word for word in kept]
    return frozenset(kept)


@functools.cache
def _asked() -> dict[str, tuple[frozenset[str], ...]]:
    every = {**method.QUESTIONS, "notes": method.NOTES, "ask_next": method.ASK_NEXT}
    return {
        key: tuple(filter(None, map(_words, (question.prompt, question.short, *WAYS.get(key, ())))))
        for key, question in every.items()
    }


@functools.cache
def _weights() -> dict[str, float]:
    """How much a word tells: those that several questions use tell less."""
    used: dict[str, int] = {}
    for ways in _asked().values():
        for word in frozenset().union(*ways):
            used[word] = used.get(word, 0) + 1
    return {word: 1 / math.sqrt(times) for word, times in used.items()}


def _alike(said: Iterable[str], way: frozenset[str]) -> float:
    said = frozenset(said)
    weights = _weights()

    def heavy(words: frozenset[str]) -> float:
        return sum(weights.get(word, 0.5) for word in words)

    both = heavy(said & way)
    return 0.0 if not both else 2 * both / (heavy(said) + heavy(way))


SUFFIXES: tuple[str, ...] = ()
LEAVE_OUT = "leave out"
"""What to answer for a column that is nobody's business."""

FIELDS: Mapping[str, str] = {
    "occupation": r"(?:which |the )?(?:occupation|profession)(?: (?:name|title))?|"
                  r"occupation (?:of|asked)\b.*|"
                  r"(?:which|what) (?:occupation|profession) (?:did|is|was|do)\b.*",
    "person": r"(?:name of (?:the )?(?:person|interviewee)|interviewee(?:'?s? name)?|"
              r"who(?:m)? did you (?:interview|talk to|speak with)|person interviewed|person)",
    "job_title": r"(?:their |interviewee'?s? )?(?:job title|position|title)",
    "organisation": r"(?:their )?(?:organi[sz]ation|company|employer|workplace|"
                    r"where do they work)(?: name)?",
    "date": r"(?:date|interview date|date of (?:the )?interview|when (?:was|did) .*interview.*)",
    "soc": r"soc(?: code)?",
    "medium": r"(?:how did you (?:talk|meet|speak)|medium|format of the interview)",
}  # fmt: skip
"""What a column can say about an interview -> how its header reads."""

_SUBMITTED = (
    "timestamp", "completion time", "start time", "recorded date", "recordeddate", "end date",
    "enddate", "start date", "startdate", "submission date", "submitted at", "date submitted",
    "zeitstempel", "fertigstellungszeit", "startzeit", "horodateur", "heure de fin",
    "heure de début", "marca temporal", "hora de finalización", "hora de inicio",
    "carimbo de data/hora", "hora de conclusão", "hora de início", "informazioni cronologiche",
    "ora di completamento", "ora di inizio", "tijdstempel", "sygnatura czasowa",
    "отметка времени", "タイムスタンプ", "타임스탬프", "时间戳记",
)  # fmt: skip
"""When a form was sent, the best column first."""

_RESPONDENT = (
    "id", "start time", "completion time", "email", "email address", "username",
    "last modified time", "score", "total points", "quiz feedback", "total score", "points",
    "status", "response type", "ip address", "ipaddress", "progress", "finished", "duration",
    "duration (in seconds)", "response id", "responseid", "recipient last name",
    "recipientlastname", "recipient first name", "recipientfirstname", "recipient email",
    "recipientemail", "external data reference", "externalreference", "externaldatareference",
    "location latitude", "locationlatitude", "location longitude", "locationlongitude",
    "distribution channel", "distributionchannel", "user language", "userlanguage",
    "respondent id", "collector id", "custom data 1", "respondent_id", "collector_id",
    "date_created", "date_modified", "ip_address", "email_address", "submission id",
    "e-mail", "e-mail-adresse", "nutzername", "punktzahl", "zeitpunkt der letzten änderung",
    "adresse e-mail", "adresse de messagerie", "nom d'utilisateur",
    "heure de la dernière modification",
    "correo electrónico", "dirección de correo electrónico", "nombre de usuario", "puntuación",
    "hora de la última modificación", "endereço de e-mail", "hora da última modificação",
    "pontuação", "indirizzo email",
)  # fmt: skip
_MICROSOFTS = {"name", "language", "nom", "nombre", "nome", "sprache", "langue", "idioma", "lingua",
               "first name", "last name"}  # fmt: skip
"""Columns about who filled in the form where its program's own columns stand before them."""

_PROGRAMS_OWN = {
    "completion time", "fertigstellungszeit", "heure de fin", "hora de finalización",
    "hora de conclusão", "ora di completamento", "respondent id", "respondent_id",
}  # fmt: skip
_WHO = {"id", "email", "email address", "username", "response id", "responseid", "respondent id",
        "respondent_id", "e-mail", "submission id"}  # fmt: skip
"""Columns that tell one who sent a form from the next."""

_SENT_BEFORE = ("timestamp", "completion time", "start time")
_RESPONDENT_BEFORE = (
    "id", "start time", "completion time", "email", "email address", "username",
    "last modified time", "score", "total points", "quiz feedback",
)  # fmt: skip
"""What interviews of forms were told apart by once: journals have taken them so."""

_OF_A_QUIZ = re.compile(r"(.*\S)\s*\[(?:score|feedback)\]|(?:points|feedback) - (.+)")
_MARK = re.compile(r"\W*(?:eof|end of (?:file|report|data|export|document|responses))\W*")
_TOTAL = re.compile(r"(?:grand )?(?:total|sum|average|mean|count|responses)s?\b.{0,20}")

_SEVERAL = re.compile(r"#\d+$")
_LIST = re.compile(r"\s*[;,\n]\s*(?:and\s+)?|\s+and\s+")


@dataclass
class Columns:
    """What each column of a form holds.

    Attributes
    ----------
    meant : dict of int to str
        Column to a field's name, a question's key, or a key with ``.rating`` behind it.
    unsure : dict of str to list of str
        Header to the keys it may mean.
    clashes : dict of str to str
        Header to why it can't be taken beside another column.
    joined : dict of str to list of int
        Header to the columns of equal headers whose cells make one answer.
    """

    meant: dict[int, str] = field(default_factory=dict)
    unsure: dict[str, list[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    clashes: dict[str, str] = field(default_factory=dict)
    joined: dict[str, list[int]] = field(default_factory=dict)


def knows(header: list[str]) -> bool:
    """Whether a table with this header has questions above its columns."""
    keys = [sure(matches(without_scale(title))) for title in header]
    asked = [key for key in keys if key not in (None, "notes")]
    way = FIELDS["occupation"]
    about = any(re.fullmatch(way, title) for title in header)
    sent = bool({*header} & {*_SUBMITTED})
    return len(asked) >= 2 or (bool(asked) and (about or sent)) or (about and sent)


def is_it(head: str) -> bool:
    """Whether a file that begins like this holds the answers of a form."""
    return not head.lstrip().startswith(("{", "[")) and has_header(head, knows)


def entries(
    file: str,
    raw: bytes,
    problems: list[ImportProblem],
    asked: Asked | None = None,
) -> Iterator[Entry]:
    """Each row as an interview; columns nobody is sure of are asked for.

    Parameters
    ----------
    asked : Asked, optional
        ``answers`` say what a header means: a question's key, a key with ``.rating`` behind it, a
        name of `FIELDS`, or ``"leave out"``.
    """
    yield from of_grid(csv_grid(file, raw, problems, knows), problems, asked)


def of_grid(
    grid: Grid, problems: list[ImportProblem], asked: Asked | None = None
) -> Iterator[Entry]:
    """The same from a table."""
    if not grid.header and any(problem.error for problem in problems):
        return
    asked = asked or Asked()
    occupation = asked.occupation
    rows = without_second_headers(grid, list(grid.rows), _is_header, problems)
    rows = _without_marks(grid, rows, problems)
    grid, rows = _told_apart(grid, rows, asked, problems)
    columns = columns_of(grid.header, asked.answers, asked.own)
    scales = _scales(grid, columns, asked, problems)
    _say(grid, columns, occupation, problems)
    orders: dict[int, str | None] = {}
    for column, title in enumerate(grid.header):
        if columns.meant.get(column) == "date" or title.strip().casefold() in _SUBMITTED:
            used = columns.meant.get(column) == "date" or "date" not in columns.meant.values()
            said = [(row, cells[column]) for row, cells in rows]
            orders[column] = order_of(grid.file, title, said, asked.dates, problems if used else [])
    problems += _readings(grid, rows, columns, orders, scales, asked.own)
    nameless = "occupation" not in columns.meant.values() and not occupation
    if columns.unsure or columns.clashes or nameless:
        return
    for row, cells in rows:
        yield _interview(grid, columns, orders, scales, row, cells, occupation, problems)


def _is_header(cell: str) -> bool:
    """Whether a cell is what stands above a column of a form."""
    folded = fold_title(cell)
    if folded in _RESPONDENT or folded in _SUBMITTED:
        return True
    if any(re.fullmatch(way, folded) for way in FIELDS.values()):
        return True
    return len(folded.split()) > 2 and sure(matches(cell)) not in (None, "notes")


def _scales(
    grid: Grid, columns: Columns, asked: Asked, problems: list[ImportProblem]
) -> dict[int, RatingScale]:
    """The scale of each column of ratings; those that aren't from 1 to 5 are problems."""
    said = {fold_title(title): ends for title, ends in asked.scales.items()}
    turned = {fold_title(title) for title in asked.reversed}
    _only_ratings(grid, columns, {*said, *turned})
    scales: dict[int, RatingScale] = {}
    for column, meant in columns.meant.items():
        key, _, part = meant.partition(".")
        if part != "rating":
            continue
        title = grid.header[column]
        told = fold_title(title)
        scale = scales[column] = RatingScale.of(title).as_said(said.get(told), told in turned)
        if what := scale.problem(title, key):
            ends = "{}..{}".format(*scale.span)
            asks = ("reversed", (title,)) if scale.span == (LOW, HIGH) else ("scales", (ends,))
            problems.append(
                ImportProblem(grid.file, grid.at, title, "", what, asks=asks[0], options=asks[1])
            )
            continue
        sure = scale.said or scale.reversed or scale.good_end(scale.ends)
        if scale.asks < 0 and not sure and key in method.QUESTIONS:
            what = f"doesn't say which end is good; 5 is taken as {method.QUESTIONS[key].high!r}."
            problems.append(ImportProblem(grid.file, grid.at, title, "", what, False))
    return scales


def choices(own: OwnQuestions) -> tuple[str, ...]:
    """What ``answers`` may say that a column of a form means.

    Examples
    --------
    >>> choices(OwnQuestions())[-1], "enjoy_most.rating" in choices(OwnQuestions())
    ('leave out', True)
    """
    keys = [*method.QUESTIONS, *own]
    parts = (f"{key}{part}" for key in keys for part in ("", ".rating", ".why"))
    return (*FIELDS, *parts, method.NOTES.key, method.ASK_NEXT.key, LEAVE_OUT)


def _readings(
    grid: Grid,
    rows: list[tuple[int, list[str]]],
    columns: Columns,
    orders: Mapping[int, str | None],
    scales: Mapping[int, RatingScale],
    own: OwnQuestions,
) -> Iterator[Reading]:
    """How each column is read."""
    dated = "date" in columns.meant.values()
    for column, (title, cell) in enumerate(examples(grid, rows)):
        meant, scale = columns.meant.get(column), scales.get(column)
        key = (meant or "").partition(".")[0]
        ends = "{}..{}".format(*scale.span) if scale else ""
        asks = title in columns.unsure or title in columns.clashes
        if scale is not None:
            asks = bool(scale.problem(title, key))
            what = "holds ratings on a scale to say." if asks else scale.reading(key)
        elif meant == "date" or (column in orders and not dated):
            order = orders.get(column)
            what = {"dmy": "is a day, day first.", "mdy": "is a day, month first."}.get(
                order or "", "is a day; say which comes first, day or month."
            )
            meant = meant or "date"
        elif meant and meant in FIELDS:
            what = f"is the interview's {meant.replace('_', ' ')}."
        elif meant is not None:
            asked = method.QUESTIONS.get(key)
            what = f"answers {(asked.prompt if asked else own.get(key, key))!r}."
        elif asks:
            what = "could be several things."
        elif not title.strip():
            continue
        else:
            meant, what = LEAVE_OUT, "is left out."
        yield Reading(grid.file, grid.at, title, cell, what, asks, field=meant or "", scale=ends,
                      table="form")  # fmt: skip


def _only_ratings(grid: Grid, columns: Columns, said: set[str]) -> None:
    """Columns whose scale a person says hold ratings, whatever their header."""
    for column, title in enumerate(grid.header):
        meant = columns.meant.get(column, "")
        if fold_title(title) not in said:
            continue
        if meant and "." not in meant and meant not in FIELDS:
            columns.meant[column] = f"{meant}.rating"
        elif title in columns.unsure:
            columns.unsure[title] = [
                key if "." in key else f"{key}.rating" for key in columns.unsure[title]
            ]


def columns_of(header: list[str], answers: Mapping[str, str], own: OwnQuestions) -> Columns:
    """What each column holds, by the person's own word first."""
    found = Columns()
    said = {fold_title(title): meant for title, meant in answers.items()}
    respondent = {*_RESPONDENT, *_SUBMITTED}
    if _PROGRAMS_OWN & {*map(fold_title, header)}:
        respondent |= _MICROSOFTS
    for column, title in enumerate(header):
        folded = fold_title(title)
        if not folded:
            continue
        if said.get(folded, said.get(_SEVERAL.sub("", folded))) is not None:
            meant = said.get(folded) or said[_SEVERAL.sub("", folded)]
            if meant != LEAVE_OUT:
                found.meant[column] = _meant(meant, own)
        elif folded in respondent or _of_a_quiz(folded, header):
            found.left.append(title)
        elif name := next((f for f, way in FIELDS.items() if re.fullmatch(way, folded)), None):
            found.meant[column] = name
        else:
            _question(found, column, title, own)
    taken = [column for column in range(len(header)) if column in found.meant or
             header[column] in found.unsure]  # fmt: skip
    for column in taken:
        title, key = header[column], found.meant.get(column)
        same = [c for c in taken if key is not None and found.meant.get(c) == key]
        alike = {_SEVERAL.sub("", fold_title(header[c])) for c in same}
        if len(same) > 1 and len(alike) == 1 and key not in FIELDS and "." not in str(key):
            found.joined[title] = same
        elif len(same) > 1 and all(fold_title(header[c]) in said for c in same):
            found.clashes[title] = (
                f"is said to be {key!r}, as others are (columns {_letters(same)}); join their "
                f'cells into one column, or say "{LEAVE_OUT}" for all but one.'
            )
        elif len(same) > 1 and fold_title(title) not in said and key is not None:
            found.unsure[title] = [key]
    return found


def _of_a_quiz(folded: str, header: list[str]) -> bool:
    """Whether a column holds the points for, or a word on, another one of the form."""
    match = _OF_A_QUIZ.fullmatch(folded)
    return match is not None and (match[1] or match[2]) in map(fold_title, header)


def _without_marks(
    grid: Grid, rows: list[tuple[int, list[str]]], problems: list[ImportProblem]
) -> list[tuple[int, list[str]]]:
    """Rows without those at the end that are a mark of it, or sums."""
    rows = list(rows)
    while rows:
        row, cells = rows[-1]
        filled = [cell.strip() for cell in cells if cell.strip()]
        first = filled[0].casefold() if filled else ""
        alone = len(filled) == 1 < len([title for title in grid.header if title.strip()])
        numbers = all(re.fullmatch(r"[\d.,/ %]+", cell) for cell in filled[1:])
        if not (_MARK.fullmatch(first) if alone else numbers and _TOTAL.fullmatch(first)):
            break
        what = "is a mark or a sum at the end, no interview; the row is left out."
        problems.append(ImportProblem(grid.file, row, "", repr(filled[0][:60]), what, False))
        rows.pop()
    return rows


def _told_apart(
    grid: Grid, rows: list[tuple[int, list[str]]], asked: Asked, problems: list[ImportProblem]
) -> tuple[Grid, list[tuple[int, list[str]]]]:
    """The table with equal headers numbered, without columns that hold nothing."""
    held = {n for _, cells in rows for n, cell in enumerate(cells) if cell.strip()}
    said = {fold_title(title) for title in (*asked.answers, *asked.scales, *asked.reversed)}
    seen: dict[str, int] = {}
    header: list[str] = []
    for column, title in enumerate(grid.header):
        folded = fold_title(title)
        seen[folded] = seen.get(folded, 0) + 1
        header.append(f"{title.strip()}#{seen[folded]}" if folded and seen[folded] > 1 else title)
        program = folded in (*_RESPONDENT, *_SUBMITTED, *_MICROSOFTS)
        if rows and column not in held and folded and folded not in said and not program:
            what = "is a column without any cell; it is left out."
            if not _known(folded, asked.own):
                problems.append(ImportProblem(grid.file, grid.at, title, "", what, False))
                header[-1] = ""
        elif column in held and not folded:
            row, cell = next((row, c[column]) for row, c in rows if c[column].strip())
            what = "stands below no header; its column is left out."
            shown = repr(cell.strip()[:60])
            problems.append(ImportProblem(grid.file, row, _letters([column]), shown, what, False))
    return replace(grid, header=header, rows=()), rows


def _known(folded: str, own: OwnQuestions) -> bool:
    fields = any(re.fullmatch(way, folded) for way in FIELDS.values())
    return fields or sure(matches(without_scale(folded), own)) is not None


def _letters(columns: list[int]) -> str:
    """Columns as spreadsheets call them."""
    from openpyxl.utils import get_column_letter

    return ", ".join(get_column_letter(column + 1) for column in columns)


def _meant(said: str, own: OwnQuestions) -> str:
    """What a person said that a column means, with the key that a question of one's own has now."""
    key, dot, part = said.rpartition(".")
    if not own.key(said) and dot and (known := own.key(key)):
        return f"{known}.{part}"
    return own.key(said) or said


def _question(found: Columns, column: int, title: str, own: OwnQuestions) -> None:
    if known := own.key(title.strip()):
        found.meant[column] = known
        return
    rated = is_rated(title)
    asked = matches(without_scale(title) if rated else title, own)
    key = sure(asked)
    suffix = ".rating" if rated else ""
    if key is None:
        found.unsure[title] = [f"{key}{suffix}" for key, _ in asked]
    else:
        found.meant[column] = key + suffix


def _say(
    grid: Grid, columns: Columns, occupation: str | None, problems: list[ImportProblem]
) -> None:
    for title, what in columns.clashes.items():
        problems.append(
            ImportProblem(grid.file, grid.at, title, "", what, asks="answers", options=(LEAVE_OUT,))
        )
    for title, keys in columns.unsure.items():
        if title in columns.clashes:
            continue
        maybe = f"It may be {' or '.join(keys)}. " if keys else ""
        what = (
            f"is a column that could be several things. {maybe}Say which: "
            f'answers={{{title!r}: "{keys[0] if keys else "notes"}"}}, another question\'s key, '
            f'one of {", ".join(FIELDS)}, or "{LEAVE_OUT}" '
            "(on the command line --answer HEADER=KEY)."
        )
        problems.append(
            ImportProblem(grid.file, grid.at, title, "", what, asks="answers",
                          options=(*keys, LEAVE_OUT))
        )  # fmt: skip
    for same in {tuple(columns): None for columns in columns.joined.values()}:
        what = (
            f"stands above {len(same)} columns ({_letters(list(same))}); their cells are kept, one "
            "below the other."
        )
        problems.append(ImportProblem(grid.file, grid.at, grid.header[same[0]], "", what, False))
    for title in columns.left:
        if title.strip().casefold() not in _SUBMITTED:
            what = "is about who filled in the form; it is left out."
            problems.append(ImportProblem(grid.file, grid.at, title, "", what, False))
    if "occupation" not in columns.meant.values() and not occupation:
        what = (
            'is no column of the form; say what it is about with occupation="…" '
            "(on the command line --occupation)."
        )
        problems.append(
            ImportProblem(grid.file, grid.at, "occupation", "", what, asks="occupation")
        )


def _interview(
    grid: Grid,
    columns: Columns,
    orders: Mapping[int, str | None],
    scales: Mapping[int, RatingScale],
    row: int,
    cells: list[str],
    occupation: str | None,
    problems: list[ImportProblem],
) -> Entry:
    data: dict[str, Any] = {"occupation": occupation, "answers": {}}
    person: dict[str, str] = {}
    for column, meant in columns.meant.items():
        cell = cells[column]
        key, _, part = meant.partition(".")
        if not cell.strip():
            continue
        if column in scales:
            try:
                answer = data["answers"].setdefault(key, {})
                answer[part] = scales[column].rating(cell)
                if scales[column].said or scales[column].reversed:
                    answer["why"] = "; ".join(filter(None, (answer.get("why"), cell.strip())))
            except InfonbError as error:
                shown = repr(cell.strip()[:60])
                problems.append(
                    ImportProblem(grid.file, row, grid.header[column], shown, str(error))
                )
        elif part == "why" and "why" in data["answers"].get(key, {}):
            data["answers"][key]["why"] += f"; {cell}"
        elif part:
            data["answers"].setdefault(key, {})[part] = cell
        elif meant == "date":
            data["date"] = iso_day(cell, orders.get(column))
        elif meant in ("person", "job_title", "organisation"):
            person["name" if meant == "person" else meant] = cell.strip()
        elif meant in FIELDS:
            data[meant] = cell.strip()
        else:
            answer = data["answers"].setdefault(key, {})
            answer["text"] = f"{answer['text']}\n{cell}" if "text" in answer else cell
            if key == "top_skills" and (skills := _skills(cell)):
                data["skills"] = skills
    submitted = [cells[c].strip() for c in orders if columns.meant.get(c) != "date"]
    if submitted and "date" not in columns.meant.values():
        best = sorted(orders, key=lambda c: _SUBMITTED.index(fold_title(grid.header[c])))
        data["date"] = next((iso_day(cells[c], orders[c]) for c in best if cells[c].strip()), None)
    if person:
        data["person"] = person
    if not any(submitted):
        return Entry("interview", data, grid.file, row)
    # a form grows at its end: the same row is the same interview, in whatever dialect
    titles = [title.strip().casefold() for title in grid.header]
    sent = [iso_moment(cells[c], orders[c]) or cells[c].strip() for c in orders
            if columns.meant.get(c) != "date"]  # fmt: skip
    who = [cells[c] for c, title in enumerate(titles) if title in _WHO]
    data["label"] = "\x1f".join([*sent, *who])
    before = [cells[c].strip() for c in orders if titles[c] in _SENT_BEFORE
              and columns.meant.get(c) != "date"]  # fmt: skip
    before += [cells[c] for c, title in enumerate(titles) if title in _RESPONDENT_BEFORE]
    return Entry("interview", data, grid.file, row, formerly="\x1f".join(before))


def _skills(cell: str) -> list[dict[str, Any]]:
    """Skills where the cell is a short list of them; else none, and the text says it."""
    parts = [part.strip(" .•-–*") for part in _LIST.split(cell.strip())]
    parts = [re.sub(r"^\d[.)]\s*", "", part) for part in parts if part]
    if not 2 <= len(parts) <= 6 or any(len(part.split()) > 4 for part in parts):
        return []
    return [
        {"phrase": part, "rank": rank if rank <= 3 else None}
        for rank, part in enumerate(dict.fromkeys(parts), start=1)
    ]
