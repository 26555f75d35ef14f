"""Journals of every shape that findings and charts must bear, each made once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import settings

import infonb
from infonb.findings import Findings, Redaction
from infonb.journal import Journal
from infonb.privacy import registry

# a busy machine is no fault, and a run that failed can be run again; `make soak` looks further
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True, scope="module")
def a_run_of_each_modules_own() -> Iterator[None]:
    """What one module's fixtures opened is withheld from no file of the next."""
    before = dict(registry._opened)
    yield
    registry._opened.clear()
    registry._opened.update(before)


@pytest.fixture(autouse=True)
def a_run_of_its_own() -> Iterator[None]:
    """What one test opened is withheld from no file of the next."""
    before = dict(registry._opened)
    yield
    registry._opened.clear()
    registry._opened.update(before)


ODD_TITLES = ["<b>&", "Very " * 39 + "long", "🙂 Clown", "\"Quoted\" 'n' \\ split(datum.x)", "a\nb"]


def _interview(
    journal: Journal, occupation: str, person: Any = "Ada", date: str | None = "2026-03-02"
) -> Any:
    who = journal.add_person(person) if isinstance(person, str) else person
    return journal.plan_interview(who, journal.add_occupation(occupation), date=date)


def _held(journal: Journal, occupation: str, person: Any = "Ada", weight: float | None = None,
          date: str | None = "2026-03-02", **answers: Any) -> Any:  # fmt: skip
    interview = _interview(journal, occupation, person, date)
    for question, said in answers.items():
        given = {"rating": said} if isinstance(said, int) else {"text": said}
        journal.record_answer(interview, question, **given)
    return journal.finish_interview(interview, weight=weight)


def empty(journal: Journal) -> None:
    pass


def one_occupation(journal: Journal) -> None:
    journal.add_occupation("Nurse", soc="29-1141")


def one_answer(journal: Journal) -> None:
    _held(journal, "Nurse", outlook=4)


def unrated_answers(journal: Journal) -> None:
    _held(journal, "Nurse", outlook="Fine", path_in="By chance", date="2026-04")
    _held(journal, "Baker", "Ben", home_life="Early mornings", date="2024")


def planned_with_answers(journal: Journal) -> None:
    interview = _interview(journal, "Nurse", date=None)
    journal.record_answer(interview, "outlook", text="Typed ahead", rating=3)
    journal.record_skill(interview, "calm")


def declined_and_cancelled(journal: Journal) -> None:
    for status, person in (("declined", "Ada"), ("cancelled", "Ben")):
        interview = _interview(journal, "Nurse", person)
        journal.record_answer(interview, "outlook", text="Never said", rating=5)
        journal.record_skill(interview, "flying")
        journal.update(journal.interview(interview.id), status=status)


def weight_zero(journal: Journal) -> None:
    _held(journal, "Nurse", "Ada", 0, outlook=1, home_life=1)
    nurse = _held(journal, "Nurse", "Ben", 1, outlook=5).occupation_id
    journal.set_expectation(nurse, "outlook", 1, at="2025-12-01")
    journal.set_expectation(nurse, "home_life", 5, at="2025-12-01")
    _held(journal, "Baker", "Cleo", 0, outlook=2)


def own_questions(journal: Journal) -> None:
    key = journal.add_question("Do you travel? <i>", short="Travel")
    _held(journal, "Nurse", **{key: 4})
    _held(journal, "Baker", "Ben", **{key: 1, "notes": "Smells good", "ask_next": "Cleo"})


def private_answers(journal: Journal) -> None:
    interview = _held(journal, "Nurse", outlook="Fine")
    journal.record_answer(interview, "home_life", text="Off the record", rating=1, private=True)


def namesakes(journal: Journal) -> None:
    for rating in (2, 4, 5):
        _held(journal, "Nurse", "Sam Lee", outlook=rating)
    journal.add_person("Sam Lee (2)")


def one_person_two_occupations(journal: Journal) -> None:
    ada = journal.add_person("Ada", source="friend")
    for occupation, rating in (("Nurse", 5), ("Baker", 2)):
        journal.record_skill(_held(journal, occupation, ada, outlook=rating), "calm")


def odd_titles(journal: Journal) -> None:
    for number, title in enumerate(ODD_TITLES):
        interview = _held(
            journal, title, title, outlook=1 + number % 5, path_in=title, enjoy_most=title
        )
        journal.record_skill(interview, title)
        journal.add_strength(title)
        journal.set_expectation(interview.occupation_id, "outlook", 5 - number, at="2025-12-01")
        journal.record_contact(interview.person_id, "asked", channel=title, note=title)


def all_alike(journal: Journal) -> None:
    for person in ("Ada", "Ben", "Cleo"):
        talk = _held(journal, "Nurse", person, outlook=5, home_life=5, enjoy_most=5)
        journal.record_contact(talk.person_id, "asked", at="2026-03-01")
    journal.set_expectation(talk.occupation_id, "home_life", 5, at="2025-12-01")
    journal.set_expectation(talk.occupation_id, "outlook", 5)


SHAPES: dict[str, Callable[[Journal], None]] = {
    shape.__name__: shape
    for shape in (
        empty, one_occupation, one_answer, unrated_answers, planned_with_answers,
        declined_and_cancelled, weight_zero, own_questions, private_answers, namesakes,
        one_person_two_occupations, odd_titles, all_alike,
    )
}  # fmt: skip


def crowd_lines(occupations: int = 12, people: int = 40) -> Iterator[str]:
    """Interviews as JSON Lines: every occupation with that many people, each with six ratings."""
    asked = ("enjoy_most", "home_life", "outlook", "path_in", "strengths_fit", "typical_day")
    for o in range(occupations):
        for p in range(people):
            yield json.dumps({
                "occupation": f"Occupation {o + 1}", "soc": ["29-1141", "17-2141", None][o % 3],
                "person": f"Person {o}-{p}", "date": f"2026-{p % 12 + 1:02d}-02",
                "answers": {
                    question: {"text": f"Voice {p}", "rating": 1 + (o * 7 + p * 3 + q) % 5}
                    for q, question in enumerate(asked)
                },
                "skills": [{"phrase": f"skill {(o + p + k) % 30}", "rank": k + 1} for k in range(3)],
            })  # fmt: skip


class Shapes:
    """Journals by name, each made when it is first asked for."""

    odd_titles = ODD_TITLES

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Journal] = {}
        self._findings: dict[tuple[str, str], Findings] = {}

    def journal(self, name: str) -> Journal:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Journal:
        if name in ("published", "example"):
            return infonb.sample(name)
        journal = infonb.open(self._folder / f"{name}.db")
        journal.keep_setting("today", "2026-06-15")
        if name == "crowd":
            path = self._folder / "crowd.jsonl"
            path.write_text("\n".join(crowd_lines()), encoding="utf-8")
            journal.import_file(path)
        else:
            SHAPES[name](journal)
        return journal

    def findings(self, name: str, redaction: str = "NOBODY") -> Findings:
        key = (name, redaction)
        if key not in self._findings:
            journal = self.journal(name)
            self._findings[key] = Findings.from_rows(
                journal.rows(), today=journal.today(), redaction=Redaction[redaction]
            )
        return self._findings[key]

    def close(self) -> None:
        for journal in self._made.values():
            journal.close()


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shapes]:
    made = Shapes(tmp_path_factory.mktemp("shapes"))
    yield made
    made.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``shape``: every small journal and both samples; ``redaction``: all three."""
    if "shape" in metafunc.fixturenames:
        metafunc.parametrize("shape", [*SHAPES, "published", "example"])
    if "redaction" in metafunc.fixturenames and not any(
        "redaction" in str(mark.args[:1])
        for mark in metafunc.definition.iter_markers("parametrize")
    ):
        metafunc.parametrize("redaction", [r.name for r in Redaction])


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook of code cells; a text that starts with # and a space is Markdown."""

    def write(*cells: str, name: str = "story.ipynb") -> Path:
        made = nbformat.v4.new_notebook()
        made.cells = [
            nbformat.v4.new_markdown_cell(cell)
            if cell.startswith("# ")
            else nbformat.v4.new_code_cell(cell)
            for cell in cells
        ]
        path = tmp_path / name
        nbformat.write(made, path)
        return path

    return write
