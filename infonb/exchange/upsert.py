"""What a file holds, added or changed in a journal: interviews with their parts, and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, select

from infonb import method, reference
from infonb.exchange.entries import Entry
from infonb.exchange.identity import People, derived_id
from infonb.exchange.merge import BesideParts, NewParts, Parts, StandingParts, complete, upsert
from infonb.exchange.validate import Validation
from infonb.journal import columns, passages, schema
from infonb.journal.interviews import interview_values
from infonb.journal.people import occupation_values


def occupation_named(validation: Validation, entry: Entry, title: Any, soc: Any) -> str | None:
    """The id of the occupation with this title, added where it is new; None with a problem."""
    if title is None or title == "":
        validation.problem(entry, "occupation", title, "is missing; name the occupation.")
        return None
    values = validation.checked(entry, "occupation", occupation_values, {"title": title})
    code = validation.checked(entry, "soc", columns.soc, soc)
    if values is None:
        return None
    table = schema.occupation
    told = validation.titles.get(values["title_key"])
    row = (
        validation.write.find(table, told) if told else validation.bulk.titled(values["title_key"])
    )
    if row is None:
        id = derived_id(
            "occupation", values["title"]
        )  # seeds draws: the same file, the same numbers
        return validation.write.add(table, {**values, "soc": code, "id": id})
    if code and row["soc"] is None:
        validation.write.change(table, row, {"soc": code})
    elif code and code != row["soc"]:
        what = f"differs from the {row['soc']} that {row['title']} has; it is left out."
        validation.problem(entry, "soc", code, what, error=False)
    return row["id"]


def take_occupation(validation: Validation, entry: Entry, id: str) -> str:
    """An occupation with what one thinks of it; the same title is the same occupation."""
    given = {key: entry.data.get(key) for key in ("title", "soc", "interest", "notes")}
    values = validation.columns(entry, given, occupation_values)
    if "title" not in values:
        if given["title"] is None:
            validation.problem(entry, "title", None, "is missing; name the occupation.")
        return "skipped"
    table = schema.occupation
    namesake = validation.bulk.titled(values["title_key"])
    row = validation.write.find(table, id) or namesake
    if row is None:
        validation.write.add(table, {**values, "id": id})
        return "added"
    if namesake is not None and namesake["id"] != row["id"]:
        validation.problem(
            entry, "title", values["title"], "is another occupation's title already."
        )
        return "skipped"
    return complete(validation, table, row, values)


def take_strength(validation: Validation, entry: Entry, id: str) -> str:
    """One of one's own strengths."""
    phrase = validation.checked(
        entry, "phrase", columns.name, entry.data.get("phrase"), "A strength"
    )
    skill = validation.text(entry, "skill_id", entry.data.get("skill_id"))
    values = {"phrase": phrase, "skill_id": skill}
    if not phrase:
        return "skipped"
    known = validation.write.named(schema.strength.c.phrase, phrase)
    if known and known["id"] != id:
        values["phrase"] = known["phrase"]
    return upsert(validation, schema.strength, known["id"] if known else id, values)


def take_importance(validation: Validation, entry: Entry, _id: str) -> str:
    """How much a question matters to oneself, 0 to 5."""
    question = validation.question(entry, "question", entry.data.get("question"))
    value = validation.checked(
        entry, "value", columns.number, entry.data.get("value"), "value", 0, 5
    )
    if entry.data.get("value") is None:
        validation.problem(entry, "value", None, "is missing; write a number from 0 to 5.")
    if question is None or value is None:
        return "skipped"
    return upsert(validation, schema.importance, question, {"value": value})


def take_setting(validation: Validation, entry: Entry, _id: str) -> str:
    """Where one would live, unless that is chosen here already."""
    if entry.data.get("setting") != "state":
        what = "is no setting that a file may bring; known is state."
        validation.problem(entry, "setting", entry.data.get("setting"), what)
        return "skipped"
    given = validation.checked(entry, "value", columns.name, entry.data.get("value"), "A state")
    state = given and validation.checked(entry, "value", reference.known_state, given)
    here = select(schema.meta.c.value).where(schema.meta.c.key == "state")
    if not state or validation.write.connection.execute(here).scalar():
        return "skipped"
    validation.write.keep_setting("state", state)
    return "added"


def take_question(validation: Validation, entry: Entry, id: str) -> str:
    """A question of one's own; one that is there already under another key stays as it is."""
    data = entry.data
    stated = data.get("id")
    if stated in method.QUESTIONS or stated in (method.NOTES.key, method.ASK_NEXT.key):
        validation.problem(entry, "id", stated, "is a standard question's key; choose another.")
        return "skipped"
    prompt = validation.checked(entry, "prompt", columns.name, data.get("prompt"), "A question")
    values = {key: validation.text(entry, key, data.get(key)) for key in ("short", "low", "high")}
    if not prompt:
        return "skipped"
    row = validation.write.find(schema.question, id)
    if row is None:
        formerly = validation.questions.formerly(id)
        validation.own.add(id, prompt, formerly)
        validation.write.add(
            schema.question, {"id": id, "prompt": prompt, "formerly": formerly, **values}
        )
        return "added"
    remember_keys(validation, entry, row)
    if id not in validation.questions.met:
        return complete(validation, schema.question, row, {"prompt": prompt, **values})
    for key, value in values.items():
        if value is not None and row[key] not in (None, value):
            what = f"differs from {row[key]!r} here, which stays."
            validation.problem(entry, key, value, what, error=False)
    gaps = {key: value for key, value in values.items() if value and row[key] is None}
    return complete(validation, schema.question, row, gaps)


def remember_keys(validation: Validation, entry: Entry, row: Mapping[str, Any]) -> None:
    """Know a question of the journal by the key it has in this file, too.

    The file of a journal of an older form has new keys at every reading, and is known by the old
    ones.
    """
    if entry.beside is not None and row["id"] not in validation.questions.met:
        return
    formerly = validation.questions.formerly(row["id"], row["formerly"])
    if formerly != row["formerly"]:
        validation.write.change(schema.question, row, {"formerly": formerly})
        validation.own.add(row["id"], row["prompt"], formerly)


def take_theme(validation: Validation, entry: Entry, id: str) -> str:
    """A theme found in the answers."""
    name = validation.checked(entry, "name", columns.name, entry.data.get("name"), "A theme's name")
    description = validation.text(entry, "description", entry.data.get("description"))
    values = {"name": name}
    if description is not None:  # a list of names alone takes no description away
        values["description"] = description
    if not name:
        return "skipped"
    known = validation.write.named(schema.theme.c.name, name)
    if known and known["id"] != id:  # another journal's: ours keeps its case
        values["name"] = known["name"]
    return upsert(validation, schema.theme, known["id"] if known else id, values)


def take_coding(validation: Validation, entry: Entry, id: str) -> str:
    """A passage of an answer that speaks of a theme; both stand above it in the file."""
    data, table = entry.data, schema.transcript if entry.data.get("transcript") else schema.answer
    if str(data.get("interview")) in validation.kept:
        return "skipped"
    interview, question, theme = (
        columns.text(str(data.get(key)), key) for key in ("interview", "question", "theme")
    )
    if table is schema.transcript:
        answer = validation.write.find(table, str(data["transcript"]))
    else:
        question = validation.questions.known(question) or question
        where = table.c.interview_id == interview, table.c.question == question
        answer = validation.first(table, *where)
    about = validation.write.named(schema.theme.c.name, theme)
    if answer is None:
        place = f"{interview} / {question}"
        validation.problem(entry, "interview", place, "has no such answer above this line.")
    if about is None:
        validation.problem(entry, "theme", data.get("theme"), "is no theme named above this line.")
    if answer is None or about is None:
        return "skipped"
    length, before = len(answer["text"]), len(validation.problems)
    start = validation.checked(
        entry, "start", columns.whole_number, data.get("start"), "start", 0, length
    )
    end = validation.checked(entry, "end", columns.whole_number, data.get("end"), "end", 0, length)
    texts = {key: validation.text(entry, key, data.get(key)) or "" for key in _AROUND}
    unplaced = start is None and end is None and data.get("quote") is not None
    if not unplaced:
        start, end = start or 0, length if end is None else end
        if start > end:
            validation.problem(entry, "start", start, f"lies behind the end, {end}.")
    if not validation.flawless(before):
        return "skipped"
    placed: dict[str, Any] = {"start": start, "end": end}
    if not unplaced and not texts["quote"]:
        texts = passages.anchored(answer["text"], start or 0, end or 0)
        placed = {}
    key = {f"{table.name}_id": answer["id"], "theme_id": about["id"]}
    values = {**key, **placed, **texts}
    return upsert(validation, schema.coding, id, values)


def take_decision(validation: Validation, entry: Entry, id: str) -> str:
    """What was decided, the next step and why."""
    data, before = entry.data, len(validation.problems)
    about = data.get("occupation")
    values = {
        "occupation_id": occupation_named(validation, entry, about, None) if about else None,
        **{key: validation.text(entry, key, data.get(key)) for key in ("next_step", "why")},
        **_at(validation, entry),
        **_said(validation, entry, "decision", "plan", "look_again"),
    }
    if not validation.flawless(before):
        return "skipped"
    if not any(value for key, value in values.items() if key != "at"):
        validation.problem(entry, "", None, "decides nothing; it is left out.", error=False)
        return "skipped"
    return _dated(validation, schema.decision, id, values)


def take_outcome(validation: Validation, entry: Entry, id: str) -> str:
    """How the search ended."""
    data, before = entry.data, len(validation.problems)
    values = {
        "kind": validation.checked(
            entry, "outcome", columns.name, data.get("outcome"), "How the search ended"
        ),
        **{
            key: validation.text(entry, key, data.get(key))
            for key in ("title", "organisation", "note")
        },
        **_at(validation, entry),
    }
    return (
        _dated(validation, schema.outcome, id, values) if validation.flawless(before) else "skipped"
    )


def take_task(validation: Validation, entry: Entry, id: str) -> str:
    """Something owed that belongs to no interview."""
    data, before = entry.data, len(validation.problems)
    values = {
        "kind": validation.checked(
            entry, "task", columns.one_of, data.get("task"), "task", schema.TASK_KINDS
        ),
        "due": validation.checked(entry, "due", columns.partial_date, data.get("due"), "due"),
        "done_at": validation.checked(
            entry, "done_at", columns.moment_or_day, data.get("done_at"), "done_at"
        ),
        "draft": validation.text(entry, "draft", data.get("draft")),
    }
    return upsert(validation, schema.task, id, values) if validation.flawless(before) else "skipped"


_AROUND = ("quote", "prefix", "suffix")


def _rows_of(
    parent: Table, table: Table, *names: str, alone: bool = False
) -> Callable[[Validation, Entry, str], str]:
    """Takes rows of a table that belong to a record above them; to none where they may be alone."""

    def take(validation: Validation, entry: Entry, id: str) -> str:
        before, free = len(validation.problems), alone and not entry.data.get(parent.name)
        values = {
            f"{parent.name}_id": None if free else _there(validation, entry, parent, parent.name),
            **_said(validation, entry, table.name, *names),
        }
        return _whole(validation, entry, table, id, values, before)

    return take


take_transcript = _rows_of(schema.interview, schema.transcript, "text", "turns", "asks")
take_consent = _rows_of(schema.person, schema.consent, "to", "answer", "day")
take_reflection = _rows_of(schema.interview, schema.reflection, "prompt", "text", "at", alone=True)


def take_expectation(validation: Validation, entry: Entry, id: str) -> str:
    """What one expected of an occupation; what was expected first isn't written over."""
    before, question = len(validation.problems), entry.data.get("question")
    if question != method.START_PAY:
        question = validation.question(entry, "question", question)
    values = {
        "occupation_id": occupation_named(validation, entry, entry.data.get("occupation"), None),
        "question": question, **_said(validation, entry, "expectation", "rating", "amount", "at"),
    }  # fmt: skip
    return _whole(validation, entry, schema.expectation, id, values, before)


def take_contact(validation: Validation, entry: Entry, id: str) -> str:
    """Something that happened between oneself and a person, who stands above it."""
    before = len(validation.problems)
    values = {
        "person_id": _there(validation, entry, schema.person, "person"),
        "kind": _checked(
            validation, entry, "contact", "kind", entry.data.get("contact"), "contact"
        ),
        **_said(validation, entry, "contact", "channel", "at", "note"),
    }
    return _whole(validation, entry, schema.contact, id, values, before)


def _there(validation: Validation, entry: Entry, table: Any, key: str) -> str | None:
    """The id of what a line belongs to, which stands above it or in the journal."""
    said = str(entry.data.get(key))
    row = validation.write.find(table, said)
    if row is None and table is schema.person:  # by hand one writes a name
        called = [
            row
            for row in validation.bulk.all_of(table).values()
            if columns.fold_title(row["name"]) == columns.fold_title(said)
        ]
        row = called[0] if len(called) == 1 else None
    if row is None:
        validation.problem(entry, key, entry.data.get(key), "isn't there, nor above this line.")
    return row["id"] if row else None


def _checked(
    validation: Validation, entry: Entry, table: str, column: str, value: Any, place: str = ""
) -> Any:
    stored = validation.checked(entry, place or column, columns.checked, table, {column: value})
    return (stored or {}).get(column)


def _said(validation: Validation, entry: Entry, table: str, *names: str) -> dict[str, Any]:
    """The columns of a line that say something, each checked."""
    given = {name: entry.data[name] for name in names if entry.data.get(name) is not None}
    return {name: _checked(validation, entry, table, name, value) for name, value in given.items()}


def _whole(
    validation: Validation, entry: Entry, table: Any, id: str, values: dict[str, Any], before: int
) -> str:
    """Add or change a row in which nothing is missing that must be there."""
    for name, column in columns.COLUMNS[table.name].items():
        if column.required and name not in values and name != "at":
            what = "is missing; write it, or leave the line out."
            validation.problem(entry, name, None, what)
    if not validation.flawless(before):
        return "skipped"
    if "at" in table.c:
        return _dated(validation, table, id, values)
    return upsert(validation, table, id, values)


def _at(validation: Validation, entry: Entry) -> dict[str, str]:
    stored = validation.checked(entry, "at", columns.moment_or_day, entry.data.get("at"), "at")
    return {"at": stored} if stored else {}


def _dated(validation: Validation, table: Any, id: str, values: dict[str, Any]) -> str:
    """Add or change; a new record without a moment gets that of the import."""
    if "at" not in values and validation.write.find(table, id) is None:
        values["at"] = validation.write.stamp()
    return upsert(validation, table, id, values)


_COLUMNS = (
    "status", "scheduled_at", "started_at", "ended_at", "date", "minutes", "medium",
    "confidence_before", "confidence_after", "weight", "weight_reason",
)  # fmt: skip
_ITEMS = tuple(item.key for stage in method.CHECKLISTS.values() for item in stage)


_ANSWER: dict[str, tuple[Any, tuple[int, ...], Any]] = {
    "text": (columns.text, (), ""), "rating": (columns.whole_number, (1, 5), None),
    "why": (columns.text_or_none, (), None), "weight": (columns.weight, (), None),
    "private": (columns.truth, (), False),
}  # fmt: skip
"""Column of an answer -> its check, what that needs, and what an empty value means."""


def take_interview(validation: Validation, people: People, entry: Entry, id: str) -> str:
    """Take an interview; ``"added"``, ``"updated"`` or ``"skipped"`` where it has problems."""
    data = entry.data
    answers = validation.part(entry, "answers", dict)
    if data.get("answers") is None and data.get("status") in (None, "done"):
        validation.problem(entry, "answers", None, "is missing; write {} when there are none.")
    row = validation.write.find(schema.interview, id)
    if row is not None and validation.add_only:
        validation.kept.add(id)
        return "skipped"
    before = validation.write.touched
    values = {
        **_values(validation, entry),
        "occupation_id": occupation_named(
            validation, entry, data.get("occupation"), data.get("soc")
        ),
        "person_id": people.interviewee(entry, id, row),
    }
    if values["occupation_id"] is None or values["person_id"] is None:
        return "skipped"
    if row is None and (edited := _edit_of(validation, entry, id, values, answers)):
        id, row = edited, validation.write.the(schema.interview, edited)
        values["date"] = row["date"] or values.get("date")
    if row is None:
        validation.write.add(schema.interview, {"id": id, "status": "done", **values})
        validation.of_both.setdefault((values["person_id"], values["occupation_id"]), []).append(id)
        validation.added[id] = answers
    else:
        complete(validation, schema.interview, row, values)
    if row is None:
        parts: Parts = NewParts(validation, id)
    elif entry.beside is not None:
        parts = BesideParts(validation, id, entry)
    else:
        parts = StandingParts(validation, id, entry)
    _agenda(validation, entry, parts)
    said_to: dict[str | None, str] = {}
    for question, said in answers.items():
        key = validation.question(entry, f"answers.{question}", question)
        if key is not None and said_to.setdefault(key, question) != question:
            what = f"is the same question as {said_to[key]!r}; join the two answers."
            validation.problem(entry, f"answers.{question}", question, what)
        _answer(validation, entry, parts, question, key, said)
    for take in (_skills, _leads, _conduct, _tasks, _messages):
        take(validation, entry, parts)
    for place, part in validation.parts(entry, "referrals", "referral", "name"):
        name = validation.checked(entry, place, columns.name, part.get("name"), "A person's name")
        note = validation.text(entry, f"{place}.note", part.get("note"))
        if name:
            people.refer(entry, name, note, values["person_id"])
    if row is None:
        return "added"
    return "updated" if validation.write.touched > before else "skipped"


_LOOKED_AT = 5
"""Interviews of one person about one occupation that a row is compared with, from the last."""


def _edit_of(
    validation: Validation,
    entry: Entry,
    id: str,
    values: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> str | None:
    """The interview that a form's row is an edit of, where a person says that there are edits.

    Else None; where a row repeats at least half of an interview's answers that is asked.
    """
    if entry.formerly is None or entry.data.get("id") is not None:  # no row of a form, or known
        return None
    there = validation.of_both.get((values["person_id"], values["occupation_id"]), ())
    said = _texts(validation, answers) if there else {}
    for known in reversed(there[-_LOOKED_AT:]):
        if known in validation.added:
            stands = _texts(validation, validation.added[known])
        else:
            rows = validation.write.rows_of(schema.answer, interview_id=known)
            stands = {row["question"]: columns.fold_title(row["text"]) for row in rows}
        same = sum(stands.get(question) == text for question, text in said.items())
        if not said or 2 * same < len(said):
            continue
        row = validation.write.the(schema.interview, known)
        what = f"repeats {same} of {len(said)} answers of the interview of {row['date']}"
        if not validation.edits:
            what += (
                ", and both stand. If it is an edit of that one, journal.undo() this import and "
                "say edits=True (on the command line --edits)."
            )
            problem = entry.problem("", None, what, error=False)
            validation.problems.append(replace(problem, asks="edits"))
            return None
        validation.problem(entry, "", None, f"{what}, and is taken as an edit of it.", error=False)
        validation.write.add(schema.imported, {"id": f"edit:{id}", "fingerprint": known})
        before = validation.write.find(schema.imported, f"interview:{known}")
        if before is not None:
            validation.last = before["created_at"]
            validation.write.change(
                schema.imported, before, {"created_at": validation.write.stamp()}
            )
        return known
    return None


def _texts(validation: Validation, answers: Mapping[str, Any]) -> dict[str, str]:
    """Question -> its text, folded."""
    texts = {}
    for question, said in answers.items():
        text = said.get("text") if isinstance(said, Mapping) else said
        if isinstance(text, str) and text.strip():
            texts[validation.questions.known(question) or question] = columns.fold_title(text)
    return texts


def _values(validation: Validation, entry: Entry) -> dict[str, Any]:
    # moments come one by one, so the first one's zone is the interview's
    given = {column: entry.data.get(column) for column in _COLUMNS}
    values = validation.columns(entry, given, interview_values)
    if zone := validation.checked(entry, "zone", columns.zone, entry.data.get("zone"), "zone"):
        values["zone"] = zone
    if source := validation.part(entry, "source", dict):
        values["source"] = validation.checked(entry, "source", columns.source, source, "source")
    research = entry.data.get("research")
    parts = research if isinstance(research, Mapping) else {"occupation": research}
    validation.note_unknown(entry, "research", parts, "research")
    for about in ("occupation", "organisation"):
        if parts.get(about) is not None:
            values[f"research_{about}"] = validation.text(entry, "research", parts[about])
    return values


def _agenda(validation: Validation, entry: Entry, parts: Parts) -> None:
    asked = validation.part(entry, "questions", list)
    known = [validation.question(entry, "questions", key) for key in asked]
    if asked:
        parts.ask(list(dict.fromkeys(key for key in known if key)))


def _answer(
    validation: Validation, entry: Entry, parts: Parts, question: str, key: str | None, said: Any
) -> None:
    place, before = f"answers.{question}", len(validation.problems)
    if isinstance(said, str):
        said = {"text": said}
    if not isinstance(said, Mapping):
        validation.problem(entry, place, said, 'must be an object like {"text": "…", "rating": 4}.')
        return
    validation.note_unknown(entry, "answer", said, place)

    given: dict[str, Any] = {}  # what isn't said stays as it is: off the record, for one
    for column, (check, more, missing) in _ANSWER.items():
        if column in said:
            value = said[column]
            given[column] = missing if value is None else validation.checked(
                entry, f"{place}.{column}", check, value, column, *more
            )  # fmt: skip
    if key is not None and validation.flawless(before):
        parts.answer(key, given)


def _skills(validation: Validation, entry: Entry, parts: Parts) -> None:
    ranked: set[int] = set()
    for place, part in validation.parts(entry, "skills", "skill", "phrase"):
        before = len(validation.problems)
        confirmed = part.get("confirmed")
        skill = {
            "phrase": validation.checked(entry, place, columns.name, part.get("phrase"), "A skill"),
            "rank": validation.checked(
                entry, f"{place}.rank", columns.whole_number, part.get("rank"), "rank", 1, 3
            ),
            "skill_id": validation.text(entry, f"{place}.skill_id", part.get("skill_id")),
            "confirmed": confirmed is not None and validation.checked(
                entry, f"{place}.confirmed", columns.truth, confirmed, "confirmed"
            ),
        }  # fmt: skip
        if validation.flawless(before):
            if skill["rank"] in ranked:
                what = "is the rank of a skill before it, which keeps it; a rank belongs to one."
                validation.problem(entry, f"{place}.rank", skill["rank"], what, error=False)
                skill["rank"] = None
            elif skill["rank"]:
                ranked.add(skill["rank"])
            parts.skill(skill)


def _leads(validation: Validation, entry: Entry, parts: Parts) -> None:
    for place, part in validation.parts(entry, "leads", "lead", "text"):
        before = len(validation.problems)
        kind = part.get("kind")
        lead = {
            "text": validation.checked(entry, place, columns.name, part.get("text"), "A lead"),
            "kind": "job" if kind is None else validation.checked(
                entry, f"{place}.kind", columns.one_of, kind, "kind", schema.LEAD_KINDS
            ),
            "status": validation.text(entry, f"{place}.status", part.get("status")) or "open",
        }  # fmt: skip
        if validation.flawless(before):
            parts.lead(lead)


def _conduct(validation: Validation, entry: Entry, parts: Parts) -> None:
    for item, score in validation.part(entry, "conduct", dict).items():
        place = f"conduct.{item}"
        key = validation.checked(entry, place, columns.one_of, item, "checklist item", _ITEMS)
        value = validation.checked(entry, place, columns.whole_number, score, item, 0, 2)
        if key and value is not None:
            parts.judge(key, value)


def _tasks(validation: Validation, entry: Entry, parts: Parts) -> None:
    for place, part in validation.parts(entry, "tasks", "task", "kind"):
        before = len(validation.problems)
        kind = validation.checked(
            entry, place, columns.one_of, part.get("kind"), "kind", schema.TASK_KINDS
        )
        due = validation.checked(
            entry, f"{place}.due", columns.partial_date, part.get("due"), "due"
        )
        done = validation.checked(
            entry, f"{place}.done_at", columns.moment_or_day, part.get("done_at"), "done_at"
        )
        draft = validation.text(entry, f"{place}.draft", part.get("draft"))
        if validation.flawless(before):
            parts.owe({"kind": kind, "due": due, "draft": draft, "done_at": done})


def _messages(validation: Validation, entry: Entry, parts: Parts) -> None:
    for kind, text in validation.part(entry, "messages", dict).items():
        place = f"messages.{kind}"
        known = validation.checked(entry, place, columns.one_of, kind, "kind", schema.MESSAGE_KINDS)
        kept = validation.text(entry, place, text)
        if known and kept:
            parts.write(known, kept)
