"""An interview of a file, with its answers and all that belongs to it, into a journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from infonb import method
from infonb.exchange.entries import Entry
from infonb.exchange.merge import BesideParts, NewParts, Parts, StandingParts
from infonb.exchange.people import People
from infonb.exchange.upsert import occupation_named
from infonb.exchange.validate import Taking
from infonb.journal import columns, schema
from infonb.journal.interviews import interview_values

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


def take_interview(taking: Taking, people: People, entry: Entry, id: str) -> str:
    """Take an interview; ``"added"``, ``"updated"`` or ``"skipped"`` where it has problems."""
    data = entry.data
    answers = taking.part(entry, "answers", dict)
    if data.get("answers") is None and data.get("status") in (None, "done"):
        taking.problem(entry, "answers", None, "is missing; write {} when there are none.")
    row = taking.write.find(schema.interview, id)
    if row is not None and taking.gently:
        taking.kept.add(id)
        return "skipped"
    before = taking.write.touched
    values = {
        **_values(taking, entry),
        "occupation_id": occupation_named(taking, entry, data.get("occupation"), data.get("soc")),
        "person_id": people.interviewee(entry, id, row),
    }
    if values["occupation_id"] is None or values["person_id"] is None:
        return "skipped"
    if row is None and (edited := _edit_of(taking, entry, id, values, answers)):
        id, row = edited, taking.write.the(schema.interview, edited)
        values["date"] = row["date"] or values.get("date")
    if row is None:
        taking.write.add(schema.interview, {"id": id, "status": "done", **values})
        taking.of_both.setdefault((values["person_id"], values["occupation_id"]), []).append(id)
        taking.added[id] = answers
    else:
        taking.complete(schema.interview, row, values)
    if row is None:
        parts: Parts = NewParts(taking, id)
    elif entry.beside is not None:
        parts = BesideParts(taking, id, entry)
    else:
        parts = StandingParts(taking, id, entry)
    _agenda(taking, entry, parts)
    said_to: dict[str | None, str] = {}
    for question, said in answers.items():
        key = taking.question(entry, f"answers.{question}", question)
        if key is not None and said_to.setdefault(key, question) != question:
            what = f"is the same question as {said_to[key]!r}; join the two answers."
            taking.problem(entry, f"answers.{question}", question, what)
        _answer(taking, entry, parts, question, key, said)
    for take in (_skills, _leads, _conduct, _tasks, _messages):
        take(taking, entry, parts)
    for place, part in taking.parts(entry, "referrals", "referral", "name"):
        name = taking.checked(entry, place, columns.name, part.get("name"), "A person's name")
        note = taking.text(entry, f"{place}.note", part.get("note"))
        if name:
            people.refer(entry, name, note, values["person_id"])
    if row is None:
        return "added"
    return "updated" if taking.write.touched > before else "skipped"


_LOOKED_AT = 5
"""Interviews of one person about one occupation that a row is compared with, from the last."""


def _edit_of(
    taking: Taking, entry: Entry, id: str, values: Mapping[str, Any], answers: Mapping[str, Any]
) -> str | None:
    """The interview that a form's row is an edit of, where a person says that there are edits.

    Else None; where a row repeats at least half of an interview's answers that is asked.
    """
    if entry.formerly is None or entry.data.get("id") is not None:  # no row of a form, or known
        return None
    there = taking.of_both.get((values["person_id"], values["occupation_id"]), ())
    said = _texts(taking, answers) if there else {}
    for known in reversed(there[-_LOOKED_AT:]):
        if known in taking.added:
            stands = _texts(taking, taking.added[known])
        else:
            rows = taking.write.rows_of(schema.answer, interview_id=known)
            stands = {row["question"]: columns.fold_title(row["text"]) for row in rows}
        same = sum(stands.get(question) == text for question, text in said.items())
        if not said or 2 * same < len(said):
            continue
        row = taking.write.the(schema.interview, known)
        what = f"repeats {same} of {len(said)} answers of the interview of {row['date']}"
        if not taking.edits:
            what += (
                ", and both stand. If it is an edit of that one, journal.undo() this import and "
                "say edits=True (on the command line --edits)."
            )
            problem = entry.problem("", None, what, error=False)
            taking.problems.append(replace(problem, asks="edits"))
            return None
        taking.problem(entry, "", None, f"{what}, and is taken as an edit of it.", error=False)
        taking.write.add(schema.imported, {"id": f"edit:{id}", "fingerprint": known})
        before = taking.write.find(schema.imported, f"interview:{known}")
        if before is not None:
            taking.last = before["created_at"]
            taking.write.change(schema.imported, before, {"created_at": taking.write.stamp()})
        return known
    return None


def _texts(taking: Taking, answers: Mapping[str, Any]) -> dict[str, str]:
    """Question -> its text, folded."""
    texts = {}
    for question, said in answers.items():
        text = said.get("text") if isinstance(said, Mapping) else said
        if isinstance(text, str) and text.strip():
            texts[taking.questions.known(question) or question] = columns.fold_title(text)
    return texts


def _values(taking: Taking, entry: Entry) -> dict[str, Any]:
    # moments come one by one, so the first one's zone is the interview's
    given = {column: entry.data.get(column) for column in _COLUMNS}
    values = taking.columns(entry, given, interview_values)
    if zone := taking.checked(entry, "zone", columns.zone, entry.data.get("zone"), "zone"):
        values["zone"] = zone
    if source := taking.part(entry, "source", dict):
        values["source"] = taking.checked(entry, "source", columns.source, source, "source")
    research = entry.data.get("research")
    parts = research if isinstance(research, Mapping) else {"occupation": research}
    taking.note_unknown(entry, "research", parts, "research")
    for about in ("occupation", "organisation"):
        if parts.get(about) is not None:
            values[f"research_{about}"] = taking.text(entry, "research", parts[about])
    return values


def _agenda(taking: Taking, entry: Entry, parts: Parts) -> None:
    asked = taking.part(entry, "questions", list)
    known = [taking.question(entry, "questions", key) for key in asked]
    if asked:
        parts.ask(list(dict.fromkeys(key for key in known if key)))


def _answer(
    taking: Taking, entry: Entry, parts: Parts, question: str, key: str | None, said: Any
) -> None:
    place, before = f"answers.{question}", len(taking.problems)
    if isinstance(said, str):
        said = {"text": said}
    if not isinstance(said, Mapping):
        taking.problem(entry, place, said, 'must be an object like {"text": "…", "rating": 4}.')
        return
    taking.note_unknown(entry, "answer", said, place)

    given: dict[str, Any] = {}  # what isn't said stays as it is: off the record, for one
    for column, (check, more, missing) in _ANSWER.items():
        if column in said:
            value = said[column]
            given[column] = missing if value is None else taking.checked(
                entry, f"{place}.{column}", check, value, column, *more
            )  # fmt: skip
    if key is not None and taking.flawless(before):
        parts.answer(key, given)


def _skills(taking: Taking, entry: Entry, parts: Parts) -> None:
    for place, part in taking.parts(entry, "skills", "skill", "phrase"):
        before = len(taking.problems)
        confirmed = part.get("confirmed")
        skill = {
            "phrase": taking.checked(entry, place, columns.name, part.get("phrase"), "A skill"),
            "rank": taking.checked(
                entry, f"{place}.rank", columns.whole_number, part.get("rank"), "rank", 1, 3
            ),
            "skill_id": taking.text(entry, f"{place}.skill_id", part.get("skill_id")),
            "confirmed": confirmed is not None and taking.checked(
                entry, f"{place}.confirmed", columns.truth, confirmed, "confirmed"
            ),
        }  # fmt: skip
        if taking.flawless(before):
            parts.skill(skill)


def _leads(taking: Taking, entry: Entry, parts: Parts) -> None:
    for place, part in taking.parts(entry, "leads", "lead", "text"):
        before = len(taking.problems)
        kind = part.get("kind")
        lead = {
            "text": taking.checked(entry, place, columns.name, part.get("text"), "A lead"),
            "kind": "job" if kind is None else taking.checked(
                entry, f"{place}.kind", columns.one_of, kind, "kind", schema.LEAD_KINDS
            ),
            "status": taking.text(entry, f"{place}.status", part.get("status")) or "open",
        }  # fmt: skip
        if taking.flawless(before):
            parts.lead(lead)


def _conduct(taking: Taking, entry: Entry, parts: Parts) -> None:
    for item, score in taking.part(entry, "conduct", dict).items():
        place = f"conduct.{item}"
        key = taking.checked(entry, place, columns.one_of, item, "checklist item", _ITEMS)
        value = taking.checked(entry, place, columns.whole_number, score, item, 0, 2)
        if key and value is not None:
            parts.judge(key, value)


def _tasks(taking: Taking, entry: Entry, parts: Parts) -> None:
    for place, part in taking.parts(entry, "tasks", "task", "kind"):
        before = len(taking.problems)
        kind = taking.checked(
            entry, place, columns.one_of, part.get("kind"), "kind", schema.TASK_KINDS
        )
        due = taking.checked(entry, f"{place}.due", columns.partial_date, part.get("due"), "due")
        done = taking.checked(
            entry, f"{place}.done_at", columns.moment_or_day, part.get("done_at"), "done_at"
        )
        draft = taking.text(entry, f"{place}.draft", part.get("draft"))
        if taking.flawless(before):
            parts.owe({"kind": kind, "due": due, "draft": draft, "done_at": done})


def _messages(taking: Taking, entry: Entry, parts: Parts) -> None:
    for kind, text in taking.part(entry, "messages", dict).items():
        place = f"messages.{kind}"
        known = taking.checked(entry, place, columns.one_of, kind, "kind", schema.MESSAGE_KINDS)
        kept = taking.text(entry, place, text)
        if known and kept:
            parts.write(known, kept)
