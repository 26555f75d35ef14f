"""Two files say different things of one record: both are kept, side by side, once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import Table, select

from infonb.exchange.entries import Entry
from infonb.exchange.validate import Validation
from infonb.journal import columns, schema
from infonb.journal.follow_up import add_task, rows_of, set_conduct
from infonb.journal.interviews import add_skill, save_answer, set_agenda

_WITH_ROOM = {"person": "notes", "occupation": "notes", "theme": "description",
              "outcome": "note", "decision": "why", "message": "text"}  # fmt: skip
"""Table -> the column that has room for what the other journal says."""


def upsert(validation: Validation, table: Table, id: str, values: Mapping[str, Any]) -> str:
    """Add a row or change it; ``"added"``, ``"updated"`` or ``"skipped"``."""
    row = validation.write.find(table, id)
    if row is None:
        validation.write.add(table, {**values, "id": id})
        return "added"
    return complete(validation, table, row, values)


def complete(
    validation: Validation, table: Table, row: Mapping[str, Any], values: Mapping[str, Any]
) -> str:
    """Change what differs in a row; ``"updated"`` or ``"skipped"``."""
    if validation.add_only:
        return "skipped"
    if validation.beside is not None:
        changes = joined(validation, validation.beside, table, row, values)
    else:
        changes = {column: value for column, value in values.items() if row[column] != value}
    if changes:
        validation.write.change(table, row, changes)
    return "updated" if changes else "skipped"


def joined(
    validation: Validation,
    entry: Entry,
    table: Table,
    row: Mapping[str, Any],
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """What changes in a row: gaps are filled, the rest goes beside what stands.

    Every difference is reported, with both values.
    """
    changes: dict[str, Any] = {}
    differing: dict[str, Any] = {}
    for column, value in values.items():
        stands = row[column]
        if value is None or value == stands or column.endswith("_key"):
            continue
        if stands is None or stands == "":
            changes[column] = value
        elif column == "has_card":
            changes[column] = True
        else:
            differing[column] = value
    for column, value in differing.items():
        what = f"differs from {row[column]!r} here, which stays."
        validation.problem(entry, column, value, what, error=False)
    room = _WITH_ROOM.get(table.name)
    if room and differing:
        stands = changes.get(room, row[room]) or ""
        text = beside_text(stands, entry.file, differing, room)
        if text != stands:
            changes[room] = text
    return changes


def beside_text(stands: str, file: str, differing: Mapping[str, Any], room: str) -> str:
    """A text with what the other journal says behind it; once, however often it comes.

    Examples
    --------
    >>> once = beside_text("Kind", "her.db", {"phone": "5"}, "notes")
    >>> once, beside_text(once, "her.db", {"phone": "5"}, "notes") == once
    ('Kind\\n\\n[her.db says: phone 5]', True)
    """
    said = [f"{c.replace('_', ' ')} {v}" for c, v in differing.items() if c != room]
    blocks = [f"[{file} says: {'; '.join(said)}]"] if said else []
    if room in differing and differing[room] not in stands:
        blocks.append(f"[{file} says:]\n{differing[room]}")
    return "\n\n".join([*filter(None, [stands]), *(b for b in blocks if b not in stands)])


def answer_of_both(
    validation: Validation, entry: Entry, interview_id: str, question: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What to save of the other journal's answer, so that neither is lost.

    The one that goes on from the other is the newer; where neither does, both stand.
    """
    write = validation.write
    stored = write.rows_of(schema.answer, interview_id=interview_id, question=question)
    if not stored:
        return dict(given)
    found = stored[0]
    text, stands = given.get("text", ""), found["text"]
    save: dict[str, Any] = {"private": found["private"] or bool(given.get("private"))}
    for column in ("rating", "why", "weight"):
        if found[column] is None and given.get(column) is not None:
            save[column] = given[column]
    differing = {
        column: given[column]
        for column in ("rating", "why", "weight")
        if given.get(column) is not None and given[column] != found[column] and column not in save
    }
    if stands in (entry.beside or {}).get(question, ()) or not stands:  # theirs is newer
        save |= {"text": text or stands, **differing}
    elif text == stands or _was_here(validation, found, text):  # ours is newer, or the same
        if differing and text == stands:
            save["text"] = beside_text(stands, entry.file, differing, "text")
    else:
        save["text"] = beside_text(stands, entry.file, {**differing, "text": text}, "text")
    if save.get("text", stands) != stands and stands and text != save["text"]:
        what = "differs from what stands here; both are kept."
        validation.problem(entry, f"answers.{question}", text, what, error=False)
    return save


_SAID = ("text", "rating", "why", "weight")
_ONE_IMPORT = dt.timedelta(milliseconds=1)
"""How much later than an entry its answers may be stamped in the same import."""


def by_hand(
    validation: Validation, entry: Entry, interview_id: str, question: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What to save of a later file's answer: what was changed here since the last import stays.

    What the file says anew goes beside it, once.
    """
    write, last = validation.write, validation.last
    stored = write.rows_of(schema.answer, interview_id=interview_id, question=question)
    if last is None or not stored:
        return dict(given)
    found = stored[0]
    key = f"kept:{found['id']}"
    kept = write.find(schema.imported, key)
    changed = dt.datetime.fromisoformat(found["updated_at"])
    if kept is None and changed <= dt.datetime.fromisoformat(last) + _ONE_IMPORT:
        return dict(given)
    told = {c: given[c] for c in _SAID if given.get(c) not in (None, "", found[c])}
    save: dict[str, Any] = {"private": found["private"] or bool(given.get("private"))}
    if not told:
        return save
    print = hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()
    if kept is not None and kept["fingerprint"] == print:
        return save
    table = schema.answer_history
    before = write.connection.execute(select(table).where(table.c.answer_id == found["id"]))
    earlier = [dict(row) for row in before.mappings()]
    new = {c: v for c, v in told.items() if v not in [row[c] for row in earlier]}
    gaps = {c: v for c, v in new.items() if found[c] in (None, "")}
    differing = {c: v for c, v in new.items() if c not in gaps}
    save |= gaps
    if differing:
        stands = gaps.get("text", found["text"])
        save["text"] = beside_text(stands, entry.file, differing, "text")
    for column, value in told.items():
        if column not in gaps:
            both = "both are kept." if column in differing else "that stays."
            what = f"was changed here to {found[column]!r} since the last import; {both}"
            place = f"answers.{question}" + ("" if column == "text" else f".{column}")
            validation.problem(entry, place, value, what, error=False)
    if kept is None:
        write.add(schema.imported, {"id": key, "fingerprint": print})
    else:
        write.change(schema.imported, kept, {"fingerprint": print})
    return save


def _was_here(validation: Validation, found: Mapping[str, Any], text: str) -> bool:
    if not text or text in found["text"]:
        return True
    table = schema.answer_history
    before = select(table.c.id).where(table.c.answer_id == found["id"], table.c.text == text)
    return validation.write.connection.execute(before.limit(1)).scalar() is not None


class Parts(Protocol):
    """Where the parts of an interview go."""

    def ask(self, keys: list[str]) -> None:
        """Its agenda."""

    def answer(self, question: str, given: Mapping[str, Any]) -> None:
        """What was said to one question."""

    def skill(self, skill: Mapping[str, Any]) -> None:
        """A skill that was named."""

    def lead(self, lead: Mapping[str, Any]) -> None:
        """A lead."""

    def judge(self, item: str, score: int) -> None:
        """One item of the conduct."""

    def owe(self, task: Mapping[str, Any]) -> None:
        """A task."""

    def write(self, kind: str, text: str) -> None:
        """A message in one's own words."""


class StandingParts:
    """Completes and corrects an interview that is there."""

    def __init__(self, validation: Validation, interview_id: str, entry: Entry) -> None:
        self._validation, self._id, self._entry = validation, interview_id, entry

    def ask(self, keys: list[str]) -> None:
        """Replace the agenda."""
        set_agenda(self._validation.write, self._id, keys)

    def answer(self, question: str, given: Mapping[str, Any]) -> None:
        """Save an answer; the one that stood goes to the history, or stays if a hand wrote it."""
        given = by_hand(self._validation, self._entry, self._id, question, given)
        save_answer(self._validation.write, self._id, question, given)

    def skill(self, skill: Mapping[str, Any]) -> None:
        """Add a skill, or complete it."""
        add_skill(self._validation.write, self._id, skill)

    def lead(self, lead: Mapping[str, Any]) -> None:
        """Add a lead, or complete the one that says the same."""
        for row in rows_of(self._validation.write, schema.lead, self._id):
            if row["text"] == lead["text"]:
                complete(self._validation, schema.lead, row, lead)
                return
        self._validation.write.add(schema.lead, {"interview_id": self._id, **lead})

    def judge(self, item: str, score: int) -> None:
        """Set an item."""
        set_conduct(self._validation.write, self._id, item, score)

    def owe(self, task: Mapping[str, Any]) -> None:
        """Add a task, or change the one of its kind."""
        write = self._validation.write
        id = add_task(write, self._id, task["kind"], task["due"], task["draft"])
        if task["done_at"]:
            upsert(self._validation, schema.task, id, {"done_at": task["done_at"]})

    def write(self, kind: str, text: str) -> None:
        """Set a message."""
        rows = rows_of(self._validation.write, schema.message, self._id)
        row = next((row for row in rows if row["kind"] == kind), None)
        if row is not None:
            complete(self._validation, schema.message, row, {"text": text})
        else:
            told = {"interview_id": self._id, "kind": kind, "text": text}
            self._validation.write.add(schema.message, told)


class BesideParts(StandingParts):
    """Adds what another journal says of an interview that is there; replaces nothing."""

    def ask(self, keys: list[str]) -> None:
        """Add what is asked there behind what is asked here."""
        rows = rows_of(self._validation.write, schema.agenda, self._id)
        here = [row["question"] for row in sorted(rows, key=lambda row: row["position"])]
        super().ask(list(dict.fromkeys([*here, *keys])))

    def answer(self, question: str, given: Mapping[str, Any]) -> None:
        """Save what both say."""
        joined = answer_of_both(self._validation, self._entry, self._id, question, given)
        save_answer(self._validation.write, self._id, question, joined)

    def skill(self, skill: Mapping[str, Any]) -> None:
        """Add a skill; a rank that stands stays."""
        for row in rows_of(self._validation.write, schema.skill_mention, self._id):
            if columns.fold_title(row["phrase"]) == columns.fold_title(skill["phrase"]):
                told = {key: skill[key] for key in ("rank", "skill_id")}
                complete(self._validation, schema.skill_mention, row, told)
                return
        super().skill(skill)

    def judge(self, item: str, score: int) -> None:
        """Add an item that isn't judged here."""
        rows = rows_of(self._validation.write, schema.conduct, self._id)
        if item not in {row["item"] for row in rows}:
            super().judge(item, score)

    def owe(self, task: Mapping[str, Any]) -> None:
        """Add a task, or fill the gaps of the one of its kind."""
        for row in rows_of(self._validation.write, schema.task, self._id):
            if row["kind"] == task["kind"]:
                complete(self._validation, schema.task, row, task)
                return
        super().owe(task)


class NewParts:
    """Adds parts without asking the database: nothing can be there yet.

    Nothing of it is remembered: when the import is undone, it goes with its interview.
    """

    def __init__(self, validation: Validation, interview_id: str) -> None:
        self._write, self._id = validation.write, interview_id
        self._there: dict[tuple[str, str], dict[str, Any]] = {}

    def ask(self, keys: list[str]) -> None:
        """Make the agenda."""
        for position, key in enumerate(keys):
            self._add(schema.agenda, key, {"question": key, "position": position})

    def answer(self, question: str, given: Mapping[str, Any]) -> None:
        """Add an answer."""
        at = self._write.stamp()
        self._add(schema.answer, question, {"question": question, "updated_at": at, **given})

    def skill(self, skill: Mapping[str, Any]) -> None:
        """Add a skill; said twice it is kept once, with all that was said of it."""
        self._add(schema.skill_mention, columns.fold_title(skill["phrase"]), skill)

    def lead(self, lead: Mapping[str, Any]) -> None:
        """Add a lead."""
        self._add(schema.lead, lead["text"], lead)

    def judge(self, item: str, score: int) -> None:
        """Add an item."""
        self._add(schema.conduct, item, {"item": item, "score": score})

    def owe(self, task: Mapping[str, Any]) -> None:
        """Add a task."""
        self._add(schema.task, task["kind"], task)

    def write(self, kind: str, text: str) -> None:
        """Add a message."""
        self._add(schema.message, kind, {"kind": kind, "text": text})

    def _add(self, table: Any, key: str, values: Mapping[str, Any]) -> None:
        there = self._there.get((table.name, key))
        if there is None:
            told = {"interview_id": self._id, **values}
            id = self._write.add(table, told, remember=False)
            self._there[table.name, key] = {**told, "id": id}
            return
        changes = {c: v for c, v in values.items() if v not in (None, False) and there[c] != v}
        changes.pop("phrase", None)
        if changes:
            self._write.change(table, there, changes, remember=False)
            there.update(changes)
