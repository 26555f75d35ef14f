"""What belongs to an interview, into one that stands or into one that is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from infonb.exchange import beside
from infonb.exchange.entries import Entry
from infonb.exchange.validate import Taking
from infonb.journal import columns, schema
from infonb.journal.follow_up import add_task, rows_of, set_conduct
from infonb.journal.interviews import add_skill, save_answer, set_agenda


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

    def __init__(self, taking: Taking, interview_id: str, entry: Entry) -> None:
        self._taking, self._id, self._entry = taking, interview_id, entry

    def ask(self, keys: list[str]) -> None:
        """Replace the agenda."""
        set_agenda(self._taking.write, self._id, keys)

    def answer(self, question: str, given: Mapping[str, Any]) -> None:
        """Save an answer; the one that stood goes to the history, or stays if a hand wrote it."""
        given = beside.by_hand(self._taking, self._entry, self._id, question, given)
        save_answer(self._taking.write, self._id, question, given)

    def skill(self, skill: Mapping[str, Any]) -> None:
        """Add a skill, or complete it."""
        add_skill(self._taking.write, self._id, skill)

    def lead(self, lead: Mapping[str, Any]) -> None:
        """Add a lead, or complete the one that says the same."""
        for row in rows_of(self._taking.write, schema.lead, self._id):
            if row["text"] == lead["text"]:
                self._taking.complete(schema.lead, row, lead)
                return
        self._taking.write.add(schema.lead, {"interview_id": self._id, **lead})

    def judge(self, item: str, score: int) -> None:
        """Set an item."""
        set_conduct(self._taking.write, self._id, item, score)

    def owe(self, task: Mapping[str, Any]) -> None:
        """Add a task, or change the one of its kind."""
        write = self._taking.write
        id = add_task(write, self._id, task["kind"], task["due"], task["draft"])
        if task["done_at"]:
            self._taking.upsert(schema.task, id, {"done_at": task["done_at"]})

    def write(self, kind: str, text: str) -> None:
        """Set a message."""
        rows = rows_of(self._taking.write, schema.message, self._id)
        row = next((row for row in rows if row["kind"] == kind), None)
        if row is not None:
            self._taking.complete(schema.message, row, {"text": text})
        else:
            told = {"interview_id": self._id, "kind": kind, "text": text}
            self._taking.write.add(schema.message, told)


class BesideParts(StandingParts):
    """Adds what another journal says of an interview that is there; replaces nothing."""

    def ask(self, keys: list[str]) -> None:
        """Add what is asked there behind what is asked here."""
        rows = rows_of(self._taking.write, schema.agenda, self._id)
        here = [row["question"] for row in sorted(rows, key=lambda row: row["position"])]
        super().ask(list(dict.fromkeys([*here, *keys])))

    def answer(self, question: str, given: Mapping[str, Any]) -> None:
        """Save what both say."""
        joined = beside.answer(self._taking, self._entry, self._id, question, given)
        save_answer(self._taking.write, self._id, question, joined)

    def skill(self, skill: Mapping[str, Any]) -> None:
        """Add a skill; a rank that stands stays."""
        for row in rows_of(self._taking.write, schema.skill_mention, self._id):
            if columns.fold_title(row["phrase"]) == columns.fold_title(skill["phrase"]):
                told = {key: skill[key] for key in ("rank", "skill_id")}
                self._taking.complete(schema.skill_mention, row, told)
                return
        super().skill(skill)

    def judge(self, item: str, score: int) -> None:
        """Add an item that isn't judged here."""
        rows = rows_of(self._taking.write, schema.conduct, self._id)
        if item not in {row["item"] for row in rows}:
            super().judge(item, score)

    def owe(self, task: Mapping[str, Any]) -> None:
        """Add a task, or fill the gaps of the one of its kind."""
        for row in rows_of(self._taking.write, schema.task, self._id):
            if row["kind"] == task["kind"]:
                self._taking.complete(schema.task, row, task)
                return
        super().owe(task)


class NewParts:
    """Adds parts without asking the database: nothing can be there yet.

    Nothing of it is remembered: when the import is undone, it goes with its interview.
    """

    def __init__(self, taking: Taking, interview_id: str) -> None:
        self._write, self._id = taking.write, interview_id
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
