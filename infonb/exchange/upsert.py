"""Lines that are no interview: occupations, what one knows of oneself, themes, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table

from infonb import method
from infonb.exchange.entries import Entry
from infonb.exchange.identity import derived_id
from infonb.exchange.validate import Taking
from infonb.journal import columns, passages, schema
from infonb.journal.people import occupation_values


def occupation_named(taking: Taking, entry: Entry, title: Any, soc: Any) -> str | None:
    """The id of the occupation with this title, added where it is new; None with a problem."""
    if title is None or title == "":
        taking.problem(entry, "occupation", title, "is missing; name the occupation.")
        return None
    values = taking.checked(entry, "occupation", occupation_values, {"title": title})
    code = taking.checked(entry, "soc", columns.soc, soc)
    if values is None:
        return None
    table = schema.occupation
    told = taking.titles.get(values["title_key"])
    row = taking.write.find(table, told) if told else taking.write.titled(values["title_key"])
    if row is None:
        id = derived_id(
            "occupation", values["title"]
        )  # seeds draws: the same file, the same numbers
        return taking.write.add(table, {**values, "soc": code, "id": id})
    if code and row["soc"] is None:
        taking.write.change(table, row, {"soc": code})
    elif code and code != row["soc"]:
        what = f"differs from the {row['soc']} that {row['title']} has; it is left out."
        taking.problem(entry, "soc", code, what, error=False)
    return row["id"]


def take_occupation(taking: Taking, entry: Entry, id: str) -> str:
    """An occupation with what one thinks of it; the same title is the same occupation."""
    given = {key: entry.data.get(key) for key in ("title", "soc", "interest", "notes")}
    values = taking.columns(entry, given, occupation_values)
    if "title" not in values:
        if given["title"] is None:
            taking.problem(entry, "title", None, "is missing; name the occupation.")
        return "skipped"
    table = schema.occupation
    namesake = taking.write.titled(values["title_key"])
    row = taking.write.find(table, id) or namesake
    if row is None:
        taking.write.add(table, {**values, "id": id})
        return "added"
    if namesake is not None and namesake["id"] != row["id"]:
        taking.problem(entry, "title", values["title"], "is another occupation's title already.")
        return "skipped"
    return taking.complete(table, row, values)


def take_strength(taking: Taking, entry: Entry, id: str) -> str:
    """One of one's own strengths."""
    phrase = taking.checked(entry, "phrase", columns.name, entry.data.get("phrase"), "A strength")
    skill = taking.text(entry, "skill_id", entry.data.get("skill_id"))
    values = {"phrase": phrase, "skill_id": skill}
    if not phrase:
        return "skipped"
    known = taking.write.named(schema.strength.c.phrase, phrase)
    if known and known["id"] != id:
        values["phrase"] = known["phrase"]
    return taking.upsert(schema.strength, known["id"] if known else id, values)


def take_importance(taking: Taking, entry: Entry, _id: str) -> str:
    """How much a question matters to oneself, 0 to 5."""
    question = taking.question(entry, "question", entry.data.get("question"))
    value = taking.checked(entry, "value", columns.number, entry.data.get("value"), "value", 0, 5)
    if entry.data.get("value") is None:
        taking.problem(entry, "value", None, "is missing; write a number from 0 to 5.")
    if question is None or value is None:
        return "skipped"
    return taking.upsert(schema.importance, question, {"value": value})


def take_question(taking: Taking, entry: Entry, id: str) -> str:
    """A question of one's own; one that is there already under another key stays as it is."""
    data = entry.data
    stated = data.get("id")
    if stated in method.QUESTIONS or stated in (method.NOTES.key, method.ASK_NEXT.key):
        taking.problem(entry, "id", stated, "is a standard question's key; choose another.")
        return "skipped"
    prompt = taking.checked(entry, "prompt", columns.name, data.get("prompt"), "A question")
    values = {key: taking.text(entry, key, data.get(key)) for key in ("short", "low", "high")}
    if not prompt:
        return "skipped"
    row = taking.write.find(schema.question, id)
    if row is None:
        formerly = taking.questions.formerly(id)
        taking.own.add(id, prompt, formerly)
        taking.write.add(
            schema.question, {"id": id, "prompt": prompt, "formerly": formerly, **values}
        )
        return "added"
    remember_keys(taking, entry, row)
    if id not in taking.questions.met:
        return taking.complete(schema.question, row, {"prompt": prompt, **values})
    for key, value in values.items():
        if value is not None and row[key] not in (None, value):
            what = f"differs from {row[key]!r} here, which stays."
            taking.problem(entry, key, value, what, error=False)
    gaps = {key: value for key, value in values.items() if value and row[key] is None}
    return taking.complete(schema.question, row, gaps)


def remember_keys(taking: Taking, entry: Entry, row: Mapping[str, Any]) -> None:
    """Know a question of the journal by the key it has in this file, too.

    The file of a journal of an older form has new keys at every reading, and is known by the old
    ones.
    """
    if entry.beside is not None and row["id"] not in taking.questions.met:
        return
    formerly = taking.questions.formerly(row["id"], row["formerly"])
    if formerly != row["formerly"]:
        taking.write.change(schema.question, row, {"formerly": formerly})
        taking.own.add(row["id"], row["prompt"], formerly)


def take_theme(taking: Taking, entry: Entry, id: str) -> str:
    """A theme found in the answers."""
    name = taking.checked(entry, "name", columns.name, entry.data.get("name"), "A theme's name")
    description = taking.text(entry, "description", entry.data.get("description"))
    values = {"name": name, "description": description}
    if not name:
        return "skipped"
    known = taking.write.named(schema.theme.c.name, name)
    if known and known["id"] != id:  # another journal's: ours keeps its case
        values["name"] = known["name"]
    return taking.upsert(schema.theme, known["id"] if known else id, values)


def take_coding(taking: Taking, entry: Entry, id: str) -> str:
    """A passage of an answer that speaks of a theme; both stand above it in the file."""
    data, table = entry.data, schema.transcript if entry.data.get("transcript") else schema.answer
    if str(data.get("interview")) in taking.kept:
        return "skipped"
    interview, question, theme = (
        columns.text(str(data.get(key)), key) for key in ("interview", "question", "theme")
    )
    if table is schema.transcript:
        answer = taking.write.find(table, str(data["transcript"]))
    else:
        question = taking.questions.known(question) or question
        where = table.c.interview_id == interview, table.c.question == question
        answer = taking.first(table, *where)
    about = taking.write.named(schema.theme.c.name, theme)
    if answer is None:
        place = f"{interview} / {question}"
        taking.problem(entry, "interview", place, "has no such answer above this line.")
    if about is None:
        taking.problem(entry, "theme", data.get("theme"), "is no theme named above this line.")
    if answer is None or about is None:
        return "skipped"
    length, before = len(answer["text"]), len(taking.problems)
    start = taking.checked(
        entry, "start", columns.whole_number, data.get("start"), "start", 0, length
    )
    end = taking.checked(entry, "end", columns.whole_number, data.get("end"), "end", 0, length)
    texts = {key: taking.text(entry, key, data.get(key)) or "" for key in _AROUND}
    unplaced = start is None and end is None and data.get("quote") is not None
    if not unplaced:
        start, end = start or 0, length if end is None else end
        if start > end:
            taking.problem(entry, "start", start, f"lies behind the end, {end}.")
    if not taking.flawless(before):
        return "skipped"
    placed: dict[str, Any] = {"start": start, "end": end}
    if not unplaced and not texts["quote"]:
        texts = passages.anchored(answer["text"], start or 0, end or 0)
        placed = {}
    key = {f"{table.name}_id": answer["id"], "theme_id": about["id"]}
    values = {**key, **placed, **texts}
    return taking.upsert(schema.coding, id, values)


def take_decision(taking: Taking, entry: Entry, id: str) -> str:
    """What was decided, the next step and why."""
    data, before = entry.data, len(taking.problems)
    about = data.get("occupation")
    values = {
        "occupation_id": occupation_named(taking, entry, about, None) if about else None,
        **{key: taking.text(entry, key, data.get(key)) for key in ("next_step", "why")},
        **_at(taking, entry),
        **_said(taking, entry, "decision", "plan", "look_again"),
    }
    return _dated(taking, schema.decision, id, values) if taking.flawless(before) else "skipped"


def take_outcome(taking: Taking, entry: Entry, id: str) -> str:
    """How the search ended."""
    data, before = entry.data, len(taking.problems)
    values = {
        "kind": taking.checked(
            entry, "outcome", columns.name, data.get("outcome"), "How the search ended"
        ),
        **{
            key: taking.text(entry, key, data.get(key)) for key in ("title", "organisation", "note")
        },
        **_at(taking, entry),
    }
    return _dated(taking, schema.outcome, id, values) if taking.flawless(before) else "skipped"


def take_task(taking: Taking, entry: Entry, id: str) -> str:
    """Something owed that belongs to no interview."""
    data, before = entry.data, len(taking.problems)
    values = {
        "kind": taking.checked(
            entry, "task", columns.one_of, data.get("task"), "task", schema.TASK_KINDS
        ),
        "due": taking.checked(entry, "due", columns.partial_date, data.get("due"), "due"),
        "done_at": taking.checked(
            entry, "done_at", columns.moment_or_day, data.get("done_at"), "done_at"
        ),
        "draft": taking.text(entry, "draft", data.get("draft")),
    }
    return taking.upsert(schema.task, id, values) if taking.flawless(before) else "skipped"


_AROUND = ("quote", "prefix", "suffix")


def _rows_of(
    parent: Table, table: Table, *names: str, alone: bool = False
) -> Callable[[Taking, Entry, str], str]:
    """Takes rows of a table that belong to a record above them; to none where they may be alone."""

    def take(taking: Taking, entry: Entry, id: str) -> str:
        before, free = len(taking.problems), alone and not entry.data.get(parent.name)
        values = {
            f"{parent.name}_id": None if free else _there(taking, entry, parent, parent.name),
            **_said(taking, entry, table.name, *names),
        }
        return _whole(taking, entry, table, id, values, before)

    return take


take_transcript = _rows_of(schema.interview, schema.transcript, "text", "turns", "asks")
take_consent = _rows_of(schema.person, schema.consent, "to", "answer", "day")
take_reflection = _rows_of(schema.interview, schema.reflection, "prompt", "text", "at", alone=True)


def take_expectation(taking: Taking, entry: Entry, id: str) -> str:
    """What one expected of an occupation; what was expected first isn't written over."""
    before, question = len(taking.problems), entry.data.get("question")
    if question != method.START_PAY:
        question = taking.question(entry, "question", question)
    values = {
        "occupation_id": occupation_named(taking, entry, entry.data.get("occupation"), None),
        "question": question, **_said(taking, entry, "expectation", "rating", "amount", "at"),
    }  # fmt: skip
    return _whole(taking, entry, schema.expectation, id, values, before)


def take_contact(taking: Taking, entry: Entry, id: str) -> str:
    """Something that happened between oneself and a person, who stands above it."""
    before = len(taking.problems)
    values = {
        "person_id": _there(taking, entry, schema.person, "person"),
        "kind": _checked(taking, entry, "contact", "kind", entry.data.get("contact"), "contact"),
        **_said(taking, entry, "contact", "channel", "at", "note"),
    }
    return _whole(taking, entry, schema.contact, id, values, before)


def _there(taking: Taking, entry: Entry, table: Any, key: str) -> str | None:
    """The id of what a line belongs to, which stands above it or in the journal."""
    row = taking.write.find(table, str(entry.data.get(key)))
    if row is None:
        taking.problem(entry, key, entry.data.get(key), "isn't there, nor above this line.")
    return row["id"] if row else None


def _checked(
    taking: Taking, entry: Entry, table: str, column: str, value: Any, place: str = ""
) -> Any:
    stored = taking.checked(entry, place or column, columns.checked, table, {column: value})
    return (stored or {}).get(column)


def _said(taking: Taking, entry: Entry, table: str, *names: str) -> dict[str, Any]:
    """The columns of a line that say something, each checked."""
    given = {name: entry.data[name] for name in names if entry.data.get(name) is not None}
    return {name: _checked(taking, entry, table, name, value) for name, value in given.items()}


def _whole(
    taking: Taking, entry: Entry, table: Any, id: str, values: dict[str, Any], before: int
) -> str:
    """Add or change a row in which nothing is missing that must be there."""
    for name, column in columns.COLUMNS[table.name].items():
        if column.required and name not in values and name != "at":
            what = "is missing; write it, or leave the line out."
            taking.problem(entry, name, None, what)
    if not taking.flawless(before):
        return "skipped"
    if "at" in table.c:
        return _dated(taking, table, id, values)
    return taking.upsert(table, id, values)


def _at(taking: Taking, entry: Entry) -> dict[str, str]:
    stored = taking.checked(entry, "at", columns.moment_or_day, entry.data.get("at"), "at")
    return {"at": stored} if stored else {}


def _dated(taking: Taking, table: Any, id: str, values: dict[str, Any]) -> str:
    """Add or change; a new record without a moment gets that of the import."""
    if "at" not in values and taking.write.find(table, id) is None:
        values["at"] = taking.write.stamp()
    return taking.upsert(table, id, values)
