"""What an interview's sheet holds, and the two pages that show it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from infonb import method
from infonb.errors import InfonbError
from infonb.journal import Interview, Journal
from infonb.look import css as tokens
from infonb.privacy.gate import LeftOut, leaks
from infonb.privacy.registry import withheld

_HERE = Path(__file__).parent
_MANY = 9
_HELLO = 1.0
"""Minutes of greeting before the first question."""


@dataclass(frozen=True)
class Asked:
    """A question of the sheet.

    Attributes
    ----------
    key, prompt : str
        Its key and what to say.
    low, high : str
        What a rating of 1 and of 5 means; empty where it isn't rated.
    starts : int
        The minute at which it is its turn.
    mine : tuple of str
        One's own strengths, where the question is about them.
    """

    key: str
    prompt: str
    low: str
    high: str
    starts: int
    mine: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What both pages say.

    Attributes
    ----------
    id, occupation, person, when : str
        The interview; ``when`` is empty where no time was set.
    minutes : int
        How long was asked for.
    questions : tuple of Asked
        The agenda in order, or a first one where none was made.
    before, closing : tuple of str
        What to bear in mind, and what to do when time is almost up.
    """

    id: str
    occupation: str
    person: str
    when: str
    minutes: int
    questions: tuple[Asked, ...]
    before: tuple[str, ...]
    closing: tuple[str, ...]


def find_interview(journal: Journal, wanted: str) -> Interview:
    """The interview that somebody means: by its id, by the person's name, or ``"next"``.

    Raises
    ------
    InfonbError
        When none fits, or several do; the message names them.

    Examples
    --------
    >>> find_interview(journal, "sam").id == interview.id
    True
    """
    interviews = journal.interviews()
    name = {person.id: person.name for person in journal.people()}
    for interview in interviews:
        if interview.id == wanted:
            return interview
    planned = [i for i in interviews if i.status == "planned"]
    if wanted.casefold() == "next":
        planned.sort(key=lambda i: (i.scheduled_at is None, str(i.scheduled_at or "")))
        fitting = planned[:1]
    else:
        fitting = [i for i in planned if wanted.casefold() in name[i.person_id].casefold()]
    if len(fitting) == 1:
        return fitting[0]
    listed = "\n".join(f"  {i.id}  {name[i.person_id]}" for i in fitting or planned)
    raise InfonbError(
        ("Several planned interviews fit" if fitting else "No planned interview fits")
        + f" {wanted!r}. "
        + (f"There are:\n{listed}" if listed else "None is planned yet.")
    )


def sheet_of(journal: Journal, interview: Interview | str) -> Sheet:
    """The facts of an interview's sheet.

    Examples
    --------
    >>> sheet_of(journal, interview).questions[0].key
    'path_in'
    """
    found = journal.interview(interview)
    person, about = journal.person(found.person_id), journal.occupation(found.occupation_id)
    when = found.scheduled_at.strftime("%Y-%m-%d %H:%M") if found.scheduled_at else ""
    items = {item.key: item.text for stage in method.CHECKLISTS.values() for item in stage}
    return Sheet(
        found.id, about.title, person.name, when, found.minutes,
        _questions(journal, found.questions or method.AGENDA_DEFAULT),
        tuple(items[k] for k in ("paper_and_pen", "listened", "did_not_ask_for_job")),
        tuple(items[k] for k in ("asked_for_referrals", "took_card", "thanked")),
    )  # fmt: skip


def others_named(page: str, sheet: Sheet) -> list[str]:
    """Whom else a sheet names, of all who are known to a journal opened in this run.

    A sheet is made for the talk with one person, who is named in its heading; a question or a
    strength of one's own may name others, who needn't be known to them.

    Parameters
    ----------
    page : str
        As `paper_page` or `fill_page` makes it.
    sheet : Sheet

    Returns
    -------
    list of str
        Names, employers and ways to reach somebody.

    Examples
    --------
    >>> facts = sheet_of(journal, interview)
    >>> others_named(paper_page(facts), facts)
    []
    """
    known = withheld()
    others = LeftOut(
        names=tuple(name for name in known.names if name != sheet.person),
        organisations=known.organisations, emails=known.emails, phones=known.phones,
    )  # fmt: skip
    without_whom = page.replace(escape(sheet.person), "")
    return list(dict.fromkeys(leak.what for leak in leaks(without_whom, others)))


def _questions(journal: Journal, keys: tuple[str, ...]) -> tuple[Asked, ...]:
    own = {row["id"]: row for row in journal.rows()["question"]}
    strengths = tuple(strength.phrase for strength in journal.strengths())
    asked: list[Asked] = []
    starts = _HELLO
    for key in keys:
        standard = method.QUESTIONS.get(key) or {
            q.key: q for q in (method.NOTES, method.ASK_NEXT)
        }.get(key)
        if standard is not None:
            prompt, low, high = standard.prompt, standard.low, standard.high
            minutes = standard.minutes
        else:
            row = own.get(key, {})
            prompt, minutes = row.get("prompt", key), 2.5
            low, high = row.get("low") or "not for me", row.get("high") or "just right for me"
        mine = strengths if key == "strengths_fit" else ()
        asked.append(Asked(key, prompt, low, high, int(starts), mine))
        starts += minutes
    return tuple(asked)


def paper_page(sheet: Sheet) -> str:
    """The sheet for paper: one page with space to write, a checklist and time marks.

    Examples
    --------
    >>> "Mechanical engineer" in paper_page(sheet_of(journal, interview))
    True
    """
    questions = "".join(
        f'<li><div class="ask"><span class="at">{q.starts}′</span> {escape(q.prompt)}'
        + (_circles(q) if q.low else "")
        + f'</div>{_strengths(q)}<div class="space"></div></li>'
        for q in sheet.questions
    )
    body = (
        f"<header><h1>{escape(sheet.person)}, {escape(sheet.occupation)}</h1>"
        f"<p>{escape(sheet.when) or 'Date: ________________'} · {sheet.minutes} minutes · began "
        "______ · ended ______</p>"
        f'<ul class="boxes">{_boxes(sheet.before)}</ul></header>'
        f"<ol>{questions}</ol>"
        '<section><h2>Skills used most</h2><p class="lines">1 ______________ 2 ______________ '
        "3 ______________</p>"
        f'<h2><span class="at">{max(1, sheet.minutes - 3)}′</span> Almost time</h2>'
        f'<ul class="boxes">{_boxes(sheet.closing)}</ul>'
        '<p class="lines">Whom else: ______________________ &nbsp; '
        "How much weight, 0 to 1: ______ because ________________</p></section>"
    )
    style = f"{tokens()}\n{_own('paper.css')}"
    kind = "paper many" if len(sheet.questions) > _MANY else "paper"
    return _page(f"Questions for {sheet.person}", body, style, "", kind)


def _strengths(question: Asked) -> str:
    mine = escape(" · ".join(question.mine))
    return f'<p class="mine">Mine: {mine}</p>' if mine else ""


def _circles(question: Asked) -> str:
    dots = " ".join(f"<b>{n}</b>" for n in range(1, 6))
    return (
        f'<span class="rate"><i>{escape(question.low)}</i> {dots} <i>{escape(question.high)}</i>'
        "</span>"
    )


def _boxes(items: tuple[str, ...]) -> str:
    return "".join(f"<li>☐ {escape(item)}</li>" for item in items)


def fill_page(sheet: Sheet) -> str:
    """The sheet for a phone: it keeps what is typed, and saves one line to take in.

    Examples
    --------
    >>> "<textarea" in fill_page(sheet_of(journal, interview))
    True
    """
    facts = {
        "id": sheet.id, "occupation": sheet.occupation, "minutes": sheet.minutes,
        "questions": [q.key for q in sheet.questions],
    }  # fmt: skip
    body = (
        f"<header><h1>{escape(sheet.person)}</h1><p>{escape(sheet.occupation)}</p>"
        f'<p id="clock" role="timer" aria-live="off">{sheet.minutes}:00</p>'
        '<button type="button" id="start">Start the clock</button></header>'
        f'<form id="answers">{"".join(map(_field, sheet.questions))}{_field(_NOTES)}'
        f"<fieldset><legend>Skills used most</legend>{_inputs('skill', 3)}</fieldset>"
        f"<fieldset><legend>Who else might talk with you?</legend>{_inputs('referral', 2)}"
        "</fieldset>"
        f"<fieldset><legend>Before you leave</legend><ul>{_boxes(sheet.closing)}</ul></fieldset>"
        '<button type="submit">Save as a file</button>'
        '<p id="said" role="status">What you type is kept on this phone until you save it. '
        "Nothing is sent.</p></form>"
        f'<script type="application/json" id="facts">{_json(facts)}</script>'
    )
    style = f"{tokens()}\n{_own('fill.css')}"
    return _page(f"Interview: {sheet.occupation}", body, style, _own("fill.js"), "fill")


_NOTES = Asked(method.NOTES.key, method.NOTES.prompt, "", "", 0)


def _field(question: Asked) -> str:
    key, prompt = escape(question.key, quote=True), escape(question.prompt)
    at = f'<span class="at">{question.starts}′</span> ' if question.starts else ""
    rating = ""
    if question.low:
        choices = "".join(
            f'<label><input type="radio" name="{key}.rating" value="{n}">{n}</label>'
            for n in range(1, 6)
        )
        rating = (
            f'<div class="rate" role="group" aria-label="How good this sounds for you">'
            f"<small>{escape(question.low)}</small>{choices}<small>{escape(question.high)}</small>"
            "</div>"
        )
    return (
        f"<fieldset><legend>{at}{prompt}</legend>{_strengths(question)}"
        f'<textarea name="{key}" rows="4" '
        f'aria-label="{escape(question.prompt, quote=True)}"></textarea>{rating}'
        f'<label class="private"><input type="checkbox" name="{key}.private"> off the record'
        "</label></fieldset>"
    )


def _inputs(name: str, how_many: int) -> str:
    return "".join(
        f'<input type="text" name="{name}.{n}" aria-label="{name} {n}" autocomplete="off">'
        for n in range(1, how_many + 1)
    )


def _own(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _json(facts: Any) -> str:
    return json.dumps(facts, ensure_ascii=True).replace("<", "\\u003c")


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _page(title: str, body: str, style: str, script: str, kind: str) -> str:
    """A page that may load nothing and run nothing but its own script."""
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; "
        f"script-src {_hash(script) if script else chr(39) + 'none' + chr(39)}; "
        "form-action 'none'; base-uri 'none'"
    )
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{style}</style></head>"
        f'<body class="infonb {kind}"><main>{body}</main>'
        + (f"<script>{script}</script>" if script else "")
        + "</body></html>\n"
    )
    return re.sub("[\ud800-\udfff\0]", "�", page)
