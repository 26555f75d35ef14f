"""Random writes, undo, closing and backups, against a plain-dict model of the same journal."""

from __future__ import annotations

import copy
import shutil
import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

import infonb
from infonb.journal import StaleAnswer, columns

# `explain` traces every line of a run that failed: minutes, for which no test has time
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
QUESTIONS = ("outlook", "path_in", "typical_day")
TEXTS = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=60
)
NAMES = TEXTS.map(lambda text: " ".join(text.split())).filter(columns.says_something)

Model = dict[str, dict[str, Any]]


class JournalAgainstDict(RuleBasedStateMachine):
    """`model` is what should be in the journal; `steps` what undoing should bring back."""

    people = Bundle("people")
    interviews = Bundle("interviews")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="infonb-model-"))
        self.place = str(self.folder / "search.db")
        self.journal = infonb.open(self.place)
        self.model: Model = {"people": {}, "occupations": {}, "interviews": {}, "answers": {}}
        self.steps: list[Model] = []
        self.session = 0

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.folder)

    def _step(self) -> None:
        """What is done next can be undone: keep the model as it is."""
        self.steps.append(copy.deepcopy(self.model))

    @initialize()
    def begin(self) -> None:
        nurse = self.journal.add_occupation("Nurse")
        self.occupation = nurse
        self.model["occupations"][nurse.id] = "Nurse"

    @rule(target=people, name=NAMES)
    def add_person(self, name: str) -> str:
        person = self.journal.add_person(name)
        self.model["people"][person.id] = name
        self._also_in_steps("people", person.id, name)
        return person.id

    def _also_in_steps(self, part: str, key: Any, value: Any) -> None:
        # what is merely added isn't undone: it is there after every undo
        for step in self.steps:
            step[part][key] = value

    @rule(target=interviews, person=people)
    def plan(self, person: str) -> Any:
        if person not in self.model["people"]:
            with pytest.raises(infonb.InfonbError):
                self.journal.plan_interview(person, self.occupation)
            return multiple()
        interview = self.journal.plan_interview(person, self.occupation)
        self.model["interviews"][interview.id] = person
        self._also_in_steps("interviews", interview.id, person)
        return interview.id

    @rule(
        interview=interviews, question=st.sampled_from(QUESTIONS), text=TEXTS,
        rating=st.none() | st.integers(1, 5),
    )  # fmt: skip
    def answer(self, interview: str, question: str, text: str, rating: int | None) -> None:
        if interview not in self.model["interviews"]:
            with pytest.raises(infonb.InfonbError):
                self.journal.record_answer(interview, question, text=text)
            return
        key, before = (interview, question), self.model["answers"].get((interview, question))
        saved = self.journal.record_answer(interview, question, text=text, rating=rating)
        if before is None:
            self.model["answers"][key] = (text, rating)
            self._also_in_steps("answers", key, (text, rating))
        elif before != (text, rating):
            self._step_unless_only_filled(before, (text, rating))
            self.model["answers"][key] = (text, rating)
        assert (saved.text, saved.rating) == (text, rating)

    def _step_unless_only_filled(self, before: tuple[Any, Any], after: tuple[Any, Any]) -> None:
        if before[0] == after[0] and before[1] is None:  # nothing was overwritten
            return
        self._step()

    @rule(interview=interviews, question=st.sampled_from(QUESTIONS), behind=st.integers(1, 3))
    def save_with_a_stale_version(self, interview: str, question: str, behind: int) -> None:
        if (interview, question) not in self.model["answers"]:
            return
        stored = {a.question: a for a in self.journal.answers(interview)}[question]
        with pytest.raises(StaleAnswer) as stale:
            self.journal.record_answer(
                interview, question, text="mine", version=stored.version + behind
            )
        assert stale.value.stored_text == stored.text

    @rule(interview=interviews, question=st.sampled_from(QUESTIONS))
    def every_text_is_in_the_history(self, interview: str, question: str) -> None:
        for stored in self.journal.answers(interview):
            if stored.question == question:
                history = self.journal.history(stored)
                assert history["text"].tolist()[-1] == stored.text
                assert history["version"].is_monotonic_increasing

    @rule(person=people, name=NAMES)
    def rename(self, person: str, name: str) -> None:
        known = {p.id: p for p in self.journal.people()}
        if person not in known:
            return
        if self.model["people"][person] != name:
            self._step()
        self.journal.update(known[person], name=name)
        self.model["people"][person] = name

    @rule(person=consumes(people))
    def remove_person(self, person: str) -> None:
        known = {p.id: p for p in self.journal.people()}
        if person not in known:
            return
        self._step()
        self.journal.remove(known[person])
        del self.model["people"][person]
        gone = [i for i, p in self.model["interviews"].items() if p == person]
        for interview in gone:
            self._drop_interview(interview)

    @rule(interview=consumes(interviews))
    def remove_interview(self, interview: str) -> None:
        if interview not in self.model["interviews"]:
            return
        self._step()
        self.journal.remove(self.journal.interview(interview))
        self._drop_interview(interview)

    def _drop_interview(self, interview: str) -> None:
        del self.model["interviews"][interview]
        for key in [k for k in self.model["answers"] if k[0] == interview]:
            del self.model["answers"][key]

    @precondition(lambda self: self.steps)
    @rule()
    def undo(self) -> None:
        assert self.journal.undo() is not None
        self.model = self.steps.pop()

    @precondition(lambda self: not self.steps)
    @rule()
    def undo_nothing(self) -> None:
        assert self.journal.undo() is None

    @rule()
    def open_again(self) -> None:
        self.journal.close()
        self.journal = infonb.open(self.place)

    @rule()
    def back_up_and_restore(self) -> None:
        backup = self.journal.backup(self.folder / "copy.db")
        self.journal.add_occupation("Taken by mistake")
        self.journal.restore(backup)

    @invariant()
    def agrees(self) -> None:
        rows = self.journal.rows()
        assert {r["id"]: r["name"] for r in rows["person"]} == self.model["people"]
        assert {r["id"]: r["title"] for r in rows["occupation"]} == self.model["occupations"]
        assert {r["id"]: r["person_id"] for r in rows["interview"]} == self.model["interviews"]
        assert {
            (r["interview_id"], r["question"]): (r["text"], r["rating"]) for r in rows["answer"]
        } == self.model["answers"]
        assert self.journal.check() == []


class TestJournalAgainstDict(JournalAgainstDict.TestCase):
    settings = settings(
        max_examples=25, stateful_step_count=25, deadline=None, phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.mark.soak
@pytest.mark.timeout(3600)
class TestJournalAgainstDictForLong(JournalAgainstDict.TestCase):
    settings = settings(
        max_examples=250, stateful_step_count=50, deadline=None, phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
