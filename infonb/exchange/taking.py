"""From entries to rows of a journal, inside one write."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, select

from infonb import method
from infonb.errors import InfonbError
from infonb.exchange.entries import Entry, ImportProblem
from infonb.journal import edge, tables
from infonb.journal.considering import occupation_values, person_values
from infonb.journal.following_up import add_task, rows_of, set_conduct
from infonb.journal.interviewing import add_skill, interview_values, save_answer, set_agenda
from infonb.journal.writing import Write

_SPACE = uuid.UUID("6d5f6a0e-1b1f-5a51-9a64-0f1e8b8f4c11")

_KNOWN: dict[str, tuple[str, ...]] = {
    "interview": (
        "id", "label", "occupation", "soc", "person", "status", "scheduled_at", "started_at",
        "ended_at", "date", "minutes", "medium", "research", "confidence_before",
        "confidence_after", "weight", "weight_reason", "questions", "answers", "skills",
        "referrals", "leads", "conduct", "tasks", "source",
    ),
    "person": (
        "id", "name", "job_title", "organisation", "email", "phone", "source", "name_from",
        "referred_by", "has_card", "may_be_named", "notes",
    ),
    "answer": ("text", "rating", "why", "weight", "private"),
    "skill": ("phrase", "rank", "skill_id", "confirmed"),
    "referral": ("name", "note"),
    "lead": ("kind", "text", "status"),
    "task": ("kind", "due", "done_at", "draft"),
    "occupation": ("id", "title", "soc", "interest", "notes"),
    "question": ("id", "prompt", "short", "low", "high"),
    "strength": ("id", "phrase", "skill_id"),
    "importance": ("id", "question", "value"),
    "theme": ("id", "name", "description"),
    "coding": ("id", "interview", "question", "start", "end", "theme"),
    "decision": ("id", "occupation", "next_step", "why", "at"),
    "outcome": ("id", "outcome", "title", "organisation", "note", "at"),
}  # fmt: skip

_INTERVIEW_COLUMNS = (
    "status", "scheduled_at", "started_at", "ended_at", "date", "minutes", "medium",
    "confidence_before", "confidence_after", "weight", "weight_reason", "source",
)  # fmt: skip

_TELLING = {
    "occupation": ("title",), "person": ("name", "email"), "strength": ("phrase",),
    "theme": ("name",), "question": ("prompt",),
}  # fmt: skip


def derived_id(kind: str, *parts: str | None) -> str:
    """The identity of a record that came without one: the same content, the same identity."""
    return uuid.uuid5(_SPACE, "\x1f".join([kind, *(part or "" for part in parts)])).hex


class Taking:
    """Takes entries into an open write; what can't be taken becomes a problem, not an exception."""

    def __init__(self, write: Write, today: dt.date, problems: list[ImportProblem]) -> None:
        self.write = write
        self.today = today
        self.problems = problems
        self._own = set(write.connection.execute(select(tables.question.c.id)).scalars())
        self._seen: dict[str, int] = {}
        self._people: dict[str, dict[str, Any]] = {}  # those of this file, by folded name
        self._referrers: list[tuple[Entry, str, Any]] = []

    def identity(self, entry: Entry) -> str:
        """The identity of an entry: its own, or one derived from what tells it apart.

        Two entries of a file that nothing tells apart are counted, so call it once per entry.
        """
        data = entry.data
        if isinstance(data.get("id"), str) and data["id"].strip():
            return edge.text(data["id"], "id").strip()
        if entry.kind == "importance":
            return str(data.get("question"))
        id = derived_id(entry.kind, *(_folded(part) for part in _telling(entry)))
        count = self._seen[id] = self._seen.get(id, 0) + 1
        return id if count == 1 else derived_id(entry.kind, id, str(count))

    def take(self, entry: Entry, id: str) -> str:
        """Take one entry; ``"added"``, ``"updated"`` or ``"skipped"``."""
        taker = _TAKERS.get(entry.kind)
        if taker is None:
            known = ", ".join(_TAKERS)
            self._problem(entry, "kind", entry.kind, f"is no kind of record; known are {known}.")
            return "skipped"
        self._note_unknown(entry, entry.kind, entry.data)
        try:
            return taker(self, entry, id)
        except InfonbError as error:
            self._problem(entry, "", None, str(error))
            return "skipped"

    def finish(self) -> None:
        """Link people to who referred them, now that all are there."""
        for entry, person_id, referrer in self._referrers:
            if not isinstance(referrer, str):
                self._problem(entry, "person.referred_by", referrer, "must be a name or an id.")
                continue
            known = self.write.find(tables.person, referrer) or self._named(referrer, None)
            by = known["id"] if known else self._new_person(entry, {"name": referrer})
            row = self.write.find(tables.person, person_id)
            if row is not None and by not in (None, person_id, row["referred_by"]):
                self.write.change(tables.person, row, {"referred_by": by})

    # interviews -----------------------------------------------------------------------------

    def _take_interview(self, entry: Entry, id: str) -> str:
        data = entry.data
        answers = self._part(entry, "answers", dict)
        if "answers" not in data and data.get("status") in (None, "done"):
            self._problem(entry, "answers", None, "is missing; write {} when there are none.")
        row = self.write.find(tables.interview, id)
        values = {
            **self._interview_values(entry),
            "occupation_id": self._occupation(entry),
            "person_id": self._interviewee(entry, id),
        }
        if values["occupation_id"] is None or values["person_id"] is None:
            return "skipped"
        if row is None:
            values.setdefault("status", "done")
            self._add(tables.interview, {"id": id, **values})
        elif any(row[column] != value for column, value in values.items()):
            self.write.change(tables.interview, row, values)
        if asked := self._part(entry, "questions", list):
            known = [
                self._checked(entry, "questions", edge.question_key, q, self._own) for q in asked
            ]
            set_agenda(self.write, id, dict.fromkeys(key for key in known if key))
        for question, said in answers.items():
            self._answer(entry, id, question, said)
        self._skills_and_leads(entry, id)
        self._conduct_and_tasks(entry, id)
        self._referrals(entry, values["person_id"])
        return "added" if row is None else "updated"

    def _interview_values(self, entry: Entry) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column in _INTERVIEW_COLUMNS:
            given = entry.data.get(column)
            if given is None:
                continue
            part = self._checked(entry, column, interview_values, {column: given}) or {}
            if values.get("zone"):  # the first moment's zone is the interview's
                part.pop("zone", None)
            values.update(part)
        research = entry.data.get("research")
        parts = research if isinstance(research, Mapping) else {"occupation": research}
        for about in ("occupation", "organisation"):
            if parts.get(about) is not None:
                column = f"research_{about}"
                values[column] = self._checked(
                    entry, "research", edge.text_or_none, parts[about], "research"
                )
        return values

    def _answer(self, entry: Entry, interview_id: str, question: Any, said: Any) -> None:
        place = f"answers.{question}"
        if isinstance(said, str):
            said = {"text": said}
        if not isinstance(said, Mapping):
            self._problem(entry, place, said, 'must be an object like {"text": "…", "rating": 4}.')
            return
        before = len(self.problems)
        key = self._checked(entry, place, edge.question_key, question, self._own)
        self._note_unknown(entry, "answer", said, place)
        given = {
            "text": self._checked(
                entry, f"{place}.text", edge.text, said.get("text") or "", "text"
            ),
            "rating": self._checked(
                entry, f"{place}.rating", edge.whole_number, said.get("rating"), "rating", 1, 5
            ),
            "why": self._checked(entry, f"{place}.why", edge.text_or_none, said.get("why"), "why"),
            "weight": self._checked(entry, f"{place}.weight", edge.weight, said.get("weight")),
            "private": self._checked(
                entry, f"{place}.private", edge.truth, said.get("private") or False, "private"
            ),
        }
        if not any(problem.error for problem in self.problems[before:]):
            save_answer(self.write, interview_id, key, given)

    def _skills_and_leads(self, entry: Entry, interview_id: str) -> None:
        for place, part in self._parts(entry, "skills", "skill", "phrase"):
            phrase = self._checked(entry, place, edge.name, part.get("phrase"), "A skill")
            rank = self._checked(
                entry, f"{place}.rank", edge.whole_number, part.get("rank"), "rank", 1, 3
            )
            skill = {
                "phrase": phrase, "rank": rank, "skill_id": part.get("skill_id"),
                "confirmed": bool(part.get("confirmed")),
            }  # fmt: skip
            if phrase:
                add_skill(self.write, interview_id, skill)
        stored = {row["text"] for row in rows_of(self.write, tables.lead, interview_id)}
        for place, part in self._parts(entry, "leads", "lead", "text"):
            lead = {
                "text": self._checked(entry, place, edge.name, part.get("text"), "A lead"),
                "kind": self._checked(
                    entry, f"{place}.kind", edge.one_of, part.get("kind") or "job", "kind",
                    tables.LEAD_KINDS,
                ),
                "status": part.get("status") or "open",
            }  # fmt: skip
            if lead["text"] and lead["kind"] and lead["text"] not in stored:
                self.write.add(tables.lead, {"interview_id": interview_id, **lead})

    def _conduct_and_tasks(self, entry: Entry, interview_id: str) -> None:
        items = {item.key for stage in method.CHECKLISTS.values() for item in stage}
        for item, score in self._part(entry, "conduct", dict).items():
            place = f"conduct.{item}"
            key = self._checked(entry, place, edge.one_of, item, "checklist item", items)
            value = self._checked(entry, place, edge.whole_number, score, item, 0, 2)
            if key and value is not None:
                set_conduct(self.write, interview_id, key, value)
        for place, part in self._parts(entry, "tasks", "task", "kind"):
            kind = self._checked(
                entry, place, edge.one_of, part.get("kind"), "kind", tables.TASK_KINDS
            )
            due = self._checked(entry, f"{place}.due", edge.partial_date, part.get("due"), "due")
            done = self._checked(entry, f"{place}.done_at", _moment_or_day, part.get("done_at"))
            if kind is None:
                continue
            id = add_task(self.write, interview_id, kind, due, part.get("draft"))
            row = self.write.find(tables.task, id)
            if row is not None and done and row["done_at"] != done:
                self.write.change(tables.task, row, {"done_at": done}, remember=False)

    def _referrals(self, entry: Entry, by: str) -> None:
        for place, part in self._parts(entry, "referrals", "referral", "name"):
            name = self._checked(entry, place, edge.name, part.get("name"), "A person's name")
            if not name:
                continue
            known = self._named(name, None)
            if known is None:
                values = {"name": name, "notes": part.get("note"), "source": "referral"}
                self._new_person(entry, {**values, "referred_by": by})
            elif known["referred_by"] is None and known["id"] != by:
                self.write.change(tables.person, known, {"referred_by": by})

    # occupations and people -----------------------------------------------------------------

    def _occupation(self, entry: Entry) -> str | None:
        given = {"title": entry.data.get("occupation"), "soc": entry.data.get("soc")}
        if not given["title"]:
            self._problem(entry, "occupation", given["title"], "is missing; name the occupation.")
            return None
        titled = self._checked(entry, "occupation", occupation_values, {"title": given["title"]})
        soc = self._checked(entry, "soc", edge.soc, given["soc"])
        return self._occupation_with({**titled, "soc": soc})[0] if titled else None

    def _occupation_with(self, values: Mapping[str, Any]) -> tuple[str, str]:
        table = tables.occupation
        row = self._first(table, table.c.title_key == values["title_key"])
        if row is None:
            id = values.get("id") or derived_id("occupation", values["title_key"])
            self._add(table, {**values, "id": id})
            return id, "added"
        gaps = {k: v for k, v in values.items() if k != "id" and v is not None and row[k] is None}
        if gaps:
            self.write.change(table, row, gaps)
        return row["id"], "updated" if gaps else "skipped"

    def _interviewee(self, entry: Entry, interview_id: str) -> str | None:
        given = entry.data.get("person")
        if given is None:
            row = self.write.find(tables.interview, interview_id)
            nobody = {"name": "Not named"}
            return row["person_id"] if row else self._new_person(entry, nobody, interview_id)
        if isinstance(given, str):
            given = {"name": given}
        if not isinstance(given, Mapping):
            self._problem(entry, "person", given, 'must be an object like {"name": "…"}.')
            return None
        return self._person(entry, {"name": "Not named", **given}, "person.")

    def _person(self, entry: Entry, given: Mapping[str, Any], place: str) -> str | None:
        self._note_unknown(entry, "person", given, place.rstrip("."))
        values: dict[str, Any] = {}
        for column, value in given.items():
            if value is None or column in ("id", "referred_by") or column not in _KNOWN["person"]:
                continue
            checked = self._checked(
                entry, place + column, person_values, self.write, {column: value}
            )
            values.update(checked or {})
        if not values.get("name"):
            return None
        by_id = given.get("id") if isinstance(given.get("id"), str) else None
        known = self.write.find(tables.person, by_id) if by_id else None
        known = known or self._named(values["name"], values.get("email"))
        if known is None:
            id = self._new_person(entry, values, by_id)
        else:
            id = known["id"]
            changes = {k: v for k, v in values.items() if known[k] != v}
            if changes:
                self.write.change(tables.person, known, changes)
            self._people[edge.folded(values["name"])] = {**known, **changes}
        if given.get("referred_by") and id:
            self._referrers.append((entry, id, given["referred_by"]))
        return id

    def _named(self, name: str, email: str | None) -> dict[str, Any] | None:
        """The person of this name: of this file, or taken from such a file before."""
        key = edge.folded(name)
        known = self._people.get(key)
        if known is None:
            return self.write.find(tables.person, derived_id("person", key))
        known = self.write.find(tables.person, known["id"])
        if known and email and known["email"] not in (None, email):
            return None
        return known

    def _new_person(
        self, entry: Entry, values: Mapping[str, Any], salt: str | None = None
    ) -> str | None:
        key = edge.folded(str(values["name"]))
        id = derived_id("person", key)
        if salt is not None or self.write.find(tables.person, id) is not None:
            id = salt if salt == values.get("id") and salt else derived_id(
                "person", key, salt or str(values.get("email"))
            )  # fmt: skip
        if self.write.find(tables.person, id) is None:
            self._add(tables.person, {**values, "id": id})
        self._people[key] = {**values, "id": id}
        return id

    # other lines ----------------------------------------------------------------------------

    def _take_occupation(self, entry: Entry, id: str) -> str:
        given = {k: v for k, v in entry.data.items() if k in _KNOWN["occupation"] and k != "id"}
        values = self._columns(entry, given, occupation_values)
        if "title_key" not in values:
            return "skipped"
        return self._occupation_with({"soc": None, **values, "id": entry.data.get("id")})[1]

    def _take_person(self, entry: Entry, id: str) -> str:
        count = len(self._all(tables.person))
        self._person(entry, entry.data, "")
        return "added" if len(self._all(tables.person)) > count else "updated"

    def _take_strength(self, entry: Entry, id: str) -> str:
        phrase = self._checked(entry, "phrase", edge.name, entry.data.get("phrase"), "A strength")
        values = {"phrase": phrase, "skill_id": entry.data.get("skill_id")}
        return self._upsert(tables.strength, id, values) if phrase else "skipped"

    def _take_importance(self, entry: Entry, id: str) -> str:
        question = self._checked(
            entry, "question", edge.question_key, entry.data.get("question"), self._own
        )
        value = self._checked(entry, "value", edge.number, entry.data.get("value"), "value", 0, 5)
        if question is None or value is None:
            return "skipped"
        return self._upsert(tables.importance, question, {"value": value})

    def _take_question(self, entry: Entry, id: str) -> str:
        prompt = self._checked(entry, "prompt", edge.name, entry.data.get("prompt"), "A question")
        if not prompt:
            return "skipped"
        self._own.add(id)
        more = {key: entry.data.get(key) for key in ("short", "low", "high")}
        return self._upsert(tables.question, id, {"prompt": prompt, **more})

    def _take_theme(self, entry: Entry, id: str) -> str:
        name = self._checked(entry, "name", edge.name, entry.data.get("name"), "A theme's name")
        values = {"name": name, "description": entry.data.get("description")}
        return self._upsert(tables.theme, id, values) if name else "skipped"

    def _take_coding(self, entry: Entry, id: str) -> str:
        data, answers = entry.data, tables.answer
        answer = self._first(
            answers,
            answers.c.interview_id == str(data.get("interview")),
            answers.c.question == str(data.get("question")),
        )
        named = [t for t in self._all(tables.theme) if t["name"] == data.get("theme")]
        if answer is None:
            where = f"{data.get('interview')} / {data.get('question')}"
            self._problem(entry, "interview", where, "has no such answer above this line.")
        if not named:
            self._problem(entry, "theme", data.get("theme"), "is no theme named above this line.")
        if answer is None or not named:
            return "skipped"
        start, end = data.get("start", 0), data.get("end", len(answer["text"]))
        if not (isinstance(start, int) and isinstance(end, int)) or not (
            0 <= start <= end <= len(answer["text"])
        ):
            self._problem(
                entry, "start", (start, end),
                f"doesn't lie in the answer's {len(answer['text'])} characters.",
            )  # fmt: skip
            return "skipped"
        values = {
            "answer_id": answer["id"], "theme_id": named[0]["id"], "start": start, "end": end
        }  # fmt: skip
        return self._upsert(tables.coding, id, values)

    def _take_decision(self, entry: Entry, id: str) -> str:
        occupation_id = None
        if entry.data.get("occupation"):
            occupation_id = self._occupation(entry)
        values = {key: entry.data.get(key) for key in ("next_step", "why")}
        return self._upsert(
            tables.decision, id, {**values, "occupation_id": occupation_id, "at": self._at(entry)}
        )

    def _take_outcome(self, entry: Entry, id: str) -> str:
        kind = self._checked(
            entry, "outcome", edge.name, entry.data.get("outcome"), "How the search ended"
        )
        values = {key: entry.data.get(key) for key in ("title", "organisation", "note")}
        if not kind:
            return "skipped"
        return self._upsert(tables.outcome, id, {**values, "kind": kind, "at": self._at(entry)})

    def _at(self, entry: Entry) -> str:
        stored = self._checked(entry, "at", _moment_or_day, entry.data.get("at"))
        return stored or self.write.stamp()

    # pieces ---------------------------------------------------------------------------------

    def _upsert(self, table: Table, id: str, values: Mapping[str, Any]) -> str:
        row = self.write.find(table, id)
        if row is None:
            self._add(table, {**values, "id": id})
            return "added"
        if all(row[column] == value for column, value in values.items()):
            return "skipped"
        self.write.change(table, row, values)
        return "updated"

    def _add(self, table: Table, values: Mapping[str, Any]) -> None:
        self.write.add(table, values, remember=True)

    def _first(self, table: Table, *where: Any) -> dict[str, Any] | None:
        row = self.write.connection.execute(select(table).where(*where)).mappings().first()
        return dict(row) if row else None

    def _all(self, table: Table) -> list[Mapping[str, Any]]:
        return [dict(row) for row in self.write.connection.execute(select(table)).mappings()]

    def _columns(
        self, entry: Entry, given: Mapping[str, Any], check: Callable[..., dict[str, Any]]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column, value in given.items():
            values.update(self._checked(entry, column, check, {column: value}) or {})
        return values

    def _part(self, entry: Entry, key: str, kind: type) -> Any:
        part = entry.data.get(key)
        if part is None:
            return kind()
        if isinstance(part, kind):
            return part
        self._problem(
            entry, key, part, "must be a list." if kind is list else "must be an object in braces."
        )
        return kind()

    def _parts(
        self, entry: Entry, key: str, kind: str, main: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for number, part in enumerate(self._part(entry, key, list), start=1):
            place = f"{key}.{number}"
            if isinstance(part, str):
                part = {main: part}
            if not isinstance(part, Mapping):
                self._problem(entry, place, part, f'must be an object like {{"{main}": "…"}}.')
                continue
            self._note_unknown(entry, kind, part, place)
            yield place, part

    def _checked(self, entry: Entry, place: str, check: Callable[..., Any], *given: Any) -> Any:
        try:
            return check(*given)
        except InfonbError as error:
            value = given[1] if check is person_values else given[0]
            shown = (
                value[place.split(".")[-1]]
                if isinstance(value, dict) and len(value) == 1
                else value
            )
            self._problem(entry, place, shown, str(error))
            return None

    def _note_unknown(
        self, entry: Entry, kind: str, data: Mapping[str, Any], place: str = ""
    ) -> None:
        for key in data:
            if key not in _KNOWN[kind]:
                self._problem(
                    entry, f"{place}.{key}".lstrip("."), data[key],
                    "is a key nobody knows; it is left out.", error=False,
                )  # fmt: skip

    def _problem(self, entry: Entry, place: str, value: Any, what: str, error: bool = True) -> None:
        self.problems.append(entry.problem(place, value, what, error))


_TAKERS: dict[str, Callable[[Taking, Entry, str], str]] = {
    "interview": Taking._take_interview,
    "occupation": Taking._take_occupation,
    "person": Taking._take_person,
    "question": Taking._take_question,
    "strength": Taking._take_strength,
    "importance": Taking._take_importance,
    "theme": Taking._take_theme,
    "coding": Taking._take_coding,
    "decision": Taking._take_decision,
    "outcome": Taking._take_outcome,
}


def _telling(entry: Entry) -> list[Any]:
    """What tells an entry from others of its kind."""
    data = entry.data
    if entry.kind != "interview":
        keys = _TELLING.get(entry.kind) or _KNOWN.get(entry.kind, ())
        return [data.get(key) for key in keys]
    person, source = (
        part if isinstance(part, Mapping) else {"name": part}
        for part in (data.get("person"), data.get("source"))
    )
    held = data.get("date") or data.get("scheduled_at")
    return [data.get("label"), data.get("occupation"), person.get("name"), held, source.get("ref")]


def _folded(part: Any) -> str:
    return edge.folded(str(part)) if part is not None else ""


def _moment_or_day(value: Any) -> str | None:
    if isinstance(value, str) and len(value) == 10:
        value = f"{edge.partial_date(value)}T12:00:00+00:00"
    return edge.moment(value, "a moment")[0]
