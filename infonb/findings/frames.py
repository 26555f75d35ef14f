"""From the rows of a journal to tidy frames: joined, labelled, redacted, typed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infonb import method, reference
from infonb.errors import InfonbError
from infonb.frame import MOMENT, REAL, TEXT, TRUTH, WHOLE, frame
from infonb.privacy.redact import RedactedRows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Frames:
    """The tidy frames of a snapshot; columns as `infonb.findings.Findings` documents them."""

    occupations: pd.DataFrame
    people: pd.DataFrame
    interviews: pd.DataFrame
    answers: pd.DataFrame
    skills: pd.DataFrame
    strengths: pd.DataFrame
    themes: pd.DataFrame
    tasks: pd.DataFrame
    conduct: pd.DataFrame
    importances: pd.DataFrame
    decisions: pd.DataFrame
    leads: pd.DataFrame
    expected: pd.DataFrame
    contacts: pd.DataFrame
    reflections: pd.DataFrame
    lived: pd.DataFrame
    spoken: pd.DataFrame
    """What others than the one who asks say in transcripts, and no answer says, by turn."""
    person_id: dict[str, str]
    """Label to stable identity: seeds of draws, so that redaction changes no number."""
    occupation_id: dict[str, str]


def frames_from_rows(
    rows: RedactedRows, mentions: list[dict[str, Any]], questions: list[str]
) -> Frames:
    """All frames of a snapshot.

    Parameters
    ----------
    rows : RedactedRows
        Table name to rows in order of entry, without the names that are left out.
    mentions : list of dict
        Skill mentions and strengths as they stand in the journal: what they mean is known by
        what was said, whatever is left out of it.
    questions : list of str
        Every question's key, in the order in which answers are sorted.
    """
    return _Joined(rows, mentions, questions).frames()


class SkillNames:
    """What a skill mention or a strength is called.

    By what was confirmed for it; else by what was confirmed for the same words elsewhere in the
    journal; else by the catalogue, where the words are a known name of a skill: that is looked
    up, never guessed, so that "Excel" and "spreadsheets" count as one before anybody confirms.

    Examples
    --------
    >>> SkillNames([])({"phrase": "staying calm", "skill_id": None})
    ('1.C.4.a', 'Self-Control', 'work style')
    """

    def __init__(self, mentions: list[dict[str, Any]]) -> None:
        self._meant: dict[str, str | None] = {}
        self._own = {f"{reference.MINE}{row['id']}": row["phrase"] for row in mentions}
        for row in mentions:
            if (row["skill_id"] or "").startswith(reference.MINE):  # from another journal's file
                self._own.setdefault(row["skill_id"], row["phrase"])
            if row["confirmed"]:
                self._meant[_folded(row["phrase"])] = row["skill_id"]

    def __call__(self, row: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
        """Id, name and kind; missing where it is kept in the words in which it was said."""
        id, words = row["skill_id"], _folded(row["phrase"])
        if id is None and not row.get("confirmed"):
            known = reference.same_words(row["phrase"]) if words not in self._meant else None
            id = known.id if known else self._meant.get(words)
        skill = reference.skill(id)
        if skill:
            return id, skill.name, skill.kind
        return (id, self._own[id], "own") if id in self._own else (id, None, None)


def _folded(phrase: str) -> str:
    return " ".join(phrase.split()).casefold()


class _Joined:
    """Rows joined by identity."""

    def __init__(
        self, rows: RedactedRows, mentions: list[dict[str, Any]], questions: list[str]
    ) -> None:
        every = {name: rows.get(name, []) for name in _TABLES}
        self.rank = {key: place for place, key in enumerate(questions)}
        self.occupation = {row["id"]: row for row in every["occupation"]}
        self.interview = {row["id"]: row for row in every["interview"]}
        self.person = {row["id"]: row for row in every["person"]}
        self.answer = {row["id"]: row for row in every["answer"]}
        self.transcript = {row["id"]: row for row in every["transcript"]}
        self.publisher = {
            row["id"]: (json.loads(row["source"]) if row["source"] else {}).get("publisher")
            for row in every["interview"]
        }
        self.tried = {
            row["id"] for row in every["interview"] if method.is_first_hand(row["medium"])
        }
        self.lived_answers = [row for row in every["answer"] if row["interview_id"] in self.tried]
        self.rows = self._heard(every)
        self.heard = {i["person_id"] for i in self.rows["interview"] if i["status"] == "done"}
        self.shown_id = rows.id
        self.called, self.clean = rows.naming.called, rows.naming.clean
        named = SkillNames([row for row in mentions if "interview_id" in row])
        self.meant = {row["id"]: named(row) for row in mentions}

    def _heard(self, every: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
        """What others said: what one tried oneself, and oneself as a person, stay out."""
        of_answers = {row["id"] for row in self.lived_answers}
        of_transcripts = {
            row["id"] for row in every["transcript"] if row["interview_id"] in self.tried
        }
        oneself = {self.interview[id]["person_id"] for id in self.tried} - {
            row["person_id"] for row in every["interview"] if row["id"] not in self.tried
        }
        left_out = {
            "interview": ("id", self.tried), "person": ("id", oneself),
            "coding": ("answer_id", of_answers), "reflection": ("", set()),
        }  # fmt: skip
        kept = {}
        for name, rows in every.items():
            key, ids = left_out.get(name, ("interview_id", self.tried))
            kept[name] = [row for row in rows if row.get(key) not in ids] if ids else rows
        kept["coding"] = [
            row for row in kept["coding"] if row["transcript_id"] not in of_transcripts
        ]
        return kept

    def frames(self) -> Frames:
        return Frames(
            occupations=frame(self.occupations(), _OCCUPATIONS),
            people=frame(map(self.person_row, self.rows["person"]), _PEOPLE),
            interviews=frame(map(self.interview_row, self.rows["interview"]), _INTERVIEWS),
            answers=frame(self.answers(), _ANSWERS),
            skills=frame(self.skills(), _SKILLS),
            strengths=frame(self.strengths(), _STRENGTHS),
            themes=frame(self.themes(), _THEMES),
            tasks=frame(map(self.held_row, self.rows["task"]), _TASKS),
            conduct=frame(map(self.held_row, self.rows["conduct"]), _CONDUCT),
            importances=frame(
                [{"question": r["id"], "importance": r["value"]} for r in self.rows["importance"]],
                _IMPORTANCES,
            ),
            decisions=frame(self.decisions(), _DECISIONS),
            leads=frame(map(self.held_row, self.rows["lead"]), _LEADS),
            expected=frame(self.expected(), _EXPECTED),
            contacts=frame(self.contacts(), _CONTACTS),
            reflections=frame(
                [
                    {**self.held(r["interview_id"]), **r, "at": _moment(r["at"])}
                    for r in self.rows["reflection"]
                ],
                _REFLECTIONS,
            ),
            lived=frame(map(self.answer_row, self.lived_answers), _LIVED),
            spoken=frame(self.spoken(), _SPOKEN),
            person_id={label: id for id, label in self.called.items()},
            occupation_id={row["title"]: row["id"] for row in self.rows["occupation"]},
        )

    def occupations(self) -> list[dict[str, Any]]:
        return [{**row, "occupation": row["title"]} for row in self.rows["occupation"]]

    def person_row(self, row: dict[str, Any]) -> dict[str, Any]:
        label = self.called[row["id"]]
        return {
            **row, "person": label, "referred_by": self.called.get(row["referred_by"] or ""),
            "interviewed": row["id"] in self.heard,
        }  # fmt: skip

    def held(self, interview_id: str | None) -> dict[str, Any]:
        """What every frame says of the interview a row belongs to."""
        row = self.interview.get(interview_id or "")
        if row is None:
            return {}
        occupation = self.occupation[row["occupation_id"]]
        return {
            "interview": self.shown_id(row["id"]), "occupation": occupation["title"],
            "soc": occupation["soc"], "person": self.called[row["person_id"]],
            "date": row["date"], "status": row["status"],
            "publisher": self.publisher[row["id"]],
        }  # fmt: skip

    def held_row(self, row: dict[str, Any]) -> dict[str, Any]:
        return {**self.held(row["interview_id"]), **row,
                **({"done_at": _moment(row["done_at"])} if "done_at" in row else {})}  # fmt: skip

    def expected(self) -> list[dict[str, Any]]:
        """What was expected first, by occupation and question; whether it was before a talk."""
        first: dict[str, str] = {}
        for row in self.interview.values():
            if row["status"] not in ("declined", "cancelled"):
                begun = row["started_at"] or (row["date"] if row["status"] == "done" else None)
                if begun:
                    of = row["occupation_id"]
                    first[of] = min(first.get(of, begun), begun)
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for row in sorted(self.rows["expectation"], key=lambda row: row["at"]):
            begun, amount = first.get(row["occupation_id"]), row["amount"]
            found.setdefault(
                (row["occupation_id"], row["question"]),
                {
                    "occupation": self.occupation[row["occupation_id"]]["title"],
                    "question": row["question"],
                    "expected": row["rating"] if amount is None else amount,
                    "late": begun is not None and row["at"] >= begun,
                    "at": _moment(row["at"]),
                },
            )
        return list(found.values())

    def contacts(self) -> list[dict[str, Any]]:
        """What happened between oneself and people, in order of time."""
        return [
            {
                "person": self.called[row["person_id"]],
                "source": self.person[row["person_id"]]["source"],
                "kind": row["kind"], "channel": row["channel"], "at": _moment(row["at"]),
            }
            for row in sorted(self.rows["contact"], key=lambda row: row["at"])
        ]  # fmt: skip

    def interview_row(self, row: dict[str, Any]) -> dict[str, Any]:
        person = self.person[row["person_id"]]
        research = [row["research_occupation"], row["research_organisation"]]
        return {
            **row, **self.held(row["id"]),
            **{c: _moment(row[c]) for c in ("scheduled_at", "started_at", "ended_at")},
            "research": "\n".join(filter(None, research)) or None,
            "weight": 1.0 if row["weight"] is None else row["weight"],
            "workplace": person.get("workplace"), "years": person.get("years"),
        }  # fmt: skip

    def answers(self) -> list[dict[str, Any]]:
        order = {row["id"]: place for place, row in enumerate(self.rows["interview"])}
        rows = [row for row in self.rows["answer"] if self.counts(row)]
        rows.sort(
            key=lambda row: (order[row["interview_id"]], self.rank.get(row["question"], 10**6))
        )
        return [self.answer_row(row) for row in rows]

    def counts(self, answer: Mapping[str, Any]) -> bool:
        """Whether an answer is part of the findings."""
        return self.interview[answer["interview_id"]]["status"] not in ("declined", "cancelled")

    def answer_row(self, row: dict[str, Any]) -> dict[str, Any]:
        weights = (row["weight"], self.interview[row["interview_id"]]["weight"], 1.0)
        return {
            **row, **self.held(row["interview_id"]), "lived": row["rating"],
            "weight": next(float(weight) for weight in weights if weight is not None),
        }  # fmt: skip

    def skills(self) -> list[dict[str, Any]]:
        return [
            {**row, **self.held(row["interview_id"]), **self.skill(row)}
            for row in self.rows["skill_mention"]
            if self.interview[row["interview_id"]]["status"] not in ("declined", "cancelled")
        ]

    def strengths(self) -> list[dict[str, Any]]:
        return [{**row, **self.skill(row)} for row in self.rows["strength"]]

    def skill(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Canonical name, id and kind of a skill mention or a strength."""
        id, name, kind = self.meant[row["id"]]
        return {
            "skill_id": id, "kind": kind,
            "skill": self.clean(name) if kind == "own" else name,
        }  # fmt: skip

    def themes(self) -> list[dict[str, Any]]:
        theme = {row["id"]: row for row in self.rows["theme"]}
        found = []
        for row in self.rows["coding"]:
            answer = self.answer.get(row["answer_id"]) or self.transcript[row["transcript_id"]]
            if self.counts(answer):
                found.append(
                    {
                        **self.held(answer["interview_id"]),
                        "theme": theme[row["theme_id"]]["name"],
                        "description": theme[row["theme_id"]]["description"],
                        "question": answer.get("question"),
                        "quote": row["quote"],
                    }
                )
        return found

    def spoken(self) -> Iterator[dict[str, Any]]:
        """The turns of those who were asked, but for what stands in an answer already."""
        answered: dict[str, list[str]] = {}
        for row in self.rows["answer"]:
            answered.setdefault(row["interview_id"], []).append(row["text"])
        for row in filter(self.counts, self.rows["transcript"]):
            turns = json.loads(row["turns"]) if row["turns"] else [{"text": row["text"]}]
            weight = self.interview[row["interview_id"]]["weight"]
            held = {**self.held(row["interview_id"]), "weight": 1.0 if weight is None else weight}
            for turn in turns:
                asks = row["asks"] is not None and turn.get("speaker") == row["asks"]
                known = any(turn["text"] in text for text in answered.get(row["interview_id"], ()))
                if turn["text"].strip() and not asks and not known:
                    yield {**held, "text": turn["text"]}

    def decisions(self) -> list[dict[str, Any]]:
        return [
            {
                "occupation": self.occupation.get(row["occupation_id"], {}).get("title"),
                "next_step": row["next_step"], "why": row["why"],
                "at": _moment(row["at"]), "plan": row["plan"], "look_again": row["look_again"],
            }
            for row in self.rows["decision"]
        ]  # fmt: skip


def _moment(stored: str | None) -> Any:
    import datetime as dt

    try:
        return dt.datetime.fromisoformat(stored) if stored else None
    except (TypeError, ValueError):
        raise InfonbError(
            f"The journal is damaged: it holds {stored!r} where a moment should be. `infonb check` "
            "says which backup to use."
        ) from None


_TABLES = (
    "occupation", "person", "interview", "answer", "skill_mention", "strength", "importance",
    "theme", "transcript", "coding", "lead", "task", "conduct", "decision", "expectation",
    "contact", "reflection",
)  # fmt: skip
_OCCUPATIONS = {"occupation": TEXT, "soc": TEXT, "interest": WHOLE, "notes": TEXT}
_PEOPLE = {
    "person": TEXT, "job_title": TEXT, "organisation": TEXT, "email": TEXT, "phone": TEXT,
    "source": TEXT, "name_from": TEXT, "referred_by": TEXT, "has_card": TRUTH,
    "may_be_named": TRUTH, "interviewed": TRUTH, "workplace": TEXT, "years": WHOLE,
}  # fmt: skip
_INTERVIEWS = {
    "interview": TEXT, "occupation": TEXT, "soc": TEXT, "person": TEXT, "status": TEXT,
    "scheduled_at": MOMENT, "started_at": MOMENT, "ended_at": MOMENT, "date": TEXT,
    "minutes": WHOLE, "medium": TEXT, "research": TEXT, "confidence_before": WHOLE,
    "confidence_after": WHOLE, "weight": REAL, "weight_reason": TEXT, "publisher": TEXT,
    "workplace": TEXT, "years": WHOLE,
}  # fmt: skip
_ANSWERS = {
    "interview": TEXT, "occupation": TEXT, "soc": TEXT, "person": TEXT, "question": TEXT,
    "text": TEXT, "rating": WHOLE, "weight": REAL, "date": TEXT, "version": WHOLE,
    "private": TRUTH, "why": TEXT, "publisher": TEXT,
}  # fmt: skip
_SKILLS = {
    "interview": TEXT, "occupation": TEXT, "person": TEXT, "phrase": TEXT, "rank": WHOLE,
    "skill": TEXT, "skill_id": TEXT, "kind": TEXT, "confirmed": TRUTH,
}  # fmt: skip
_STRENGTHS = {"phrase": TEXT, "skill": TEXT, "skill_id": TEXT, "kind": TEXT}
_THEMES = {
    "theme": TEXT, "description": TEXT, "occupation": TEXT, "person": TEXT, "question": TEXT,
    "quote": TEXT,
}  # fmt: skip
_TASKS = {"kind": TEXT, "due": TEXT, "done_at": MOMENT, "person": TEXT, "occupation": TEXT}
_CONDUCT = {
    "interview": TEXT, "occupation": TEXT, "person": TEXT, "date": TEXT, "item": TEXT,
    "score": WHOLE,
}  # fmt: skip
_IMPORTANCES = {"question": TEXT, "importance": REAL}
_DECISIONS = {
    "occupation": TEXT, "next_step": TEXT, "why": TEXT, "at": MOMENT, "plan": TEXT,
    "look_again": TEXT,
}  # fmt: skip
_EXPECTED = {"occupation": TEXT, "question": TEXT, "expected": REAL, "late": TRUTH, "at": MOMENT}
_CONTACTS = {"person": TEXT, "source": TEXT, "kind": TEXT, "channel": TEXT, "at": MOMENT}
_SPOKEN = {"interview": TEXT, "occupation": TEXT, "person": TEXT, "text": TEXT, "weight": REAL}
_REFLECTIONS = {
    "interview": TEXT, "occupation": TEXT, "person": TEXT, "prompt": TEXT, "text": TEXT,
    "at": MOMENT,
}  # fmt: skip
_LIVED = {
    "occupation": TEXT, "question": TEXT, "lived": WHOLE, "text": TEXT, "date": TEXT,
    "private": TRUTH,
}  # fmt: skip
_LEADS = {"occupation": TEXT, "person": TEXT, "kind": TEXT, "text": TEXT, "status": TEXT}
