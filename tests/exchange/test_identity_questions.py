"""A question of a file is the journal's by its key, by a key it had, by its prompt; else new."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import infonb
from infonb.exchange import ImportRefused
from infonb.journal import Journal

OPAQUE = re.compile(r"own_[0-9a-f]{10}")
ASKED = {"kind": "question", "id": "own_travel", "prompt": "Do you travel?", "low": "never"}
TALK = {"id": "one", "occupation": "Nurse", "answers": {"own_travel": {"text": "often"}}}


def prompts(journal: Journal) -> dict[str, str]:
    return {row["id"]: row["prompt"] for row in journal.rows()["question"]}


def said(journal: Journal) -> list[tuple[str, str]]:
    return [(a.question, a.text) for i in journal.interviews() for a in journal.answers(i)]


def test_an_unknown_key_meets_the_question_of_its_prompt(journal: Journal, lines) -> None:
    key = journal.add_question("do you  travel?", short="Travel")
    journal.import_file(lines(ASKED, TALK, {"kind": "importance", "question": "own_travel",
                                            "value": 3}))  # fmt: skip
    assert prompts(journal) == {key: "do you travel?"}, "which stays as it is here"
    assert (journal.questions()[key].short, journal.questions()[key].low) == ("Travel", "never")
    assert said(journal) == [(key, "often")]
    assert journal.importances() == {key: 3}


def test_a_label_that_differs_is_told_and_stays(journal: Journal, lines) -> None:
    key = journal.add_question("Do you travel?", low="rarely")
    (problem,) = journal.import_file(lines(ASKED)).problems
    assert (problem.column, problem.value, problem.error) == ("low", "'never'", False)
    assert journal.questions()[key].low == "rarely"


@pytest.mark.parametrize("id", ["own_ada_lovelace", "q.1 b", "frage", "7", "own_3F9A01BC55", None])
def test_a_key_of_words_or_signs_becomes_one_of_ours(journal: Journal, lines, id) -> None:
    asked = {**ASKED, "id": id} if id else {"kind": "question", "prompt": ASKED["prompt"]}
    talk = {**TALK, "answers": {id: {"text": "often"}} if id else {}}
    file = lines(asked, talk)
    journal.import_file(file)
    ((key, prompt),) = prompts(journal).items()
    assert OPAQUE.fullmatch(key) and prompt == "Do you travel?"
    assert said(journal) == ([(key, "often")] if id else [])
    assert journal.import_file(file).counts == "0 added, 0 updated, 2 there already"
    journal.import_file(lines(asked, {**talk, "date": "2026"}, name="again.jsonl"))
    assert list(prompts(journal)) == [key]


def test_a_key_of_ours_is_kept_in_a_journal_that_has_none(journal: Journal, lines) -> None:
    journal.import_file(lines({**ASKED, "id": "own_3f9a01bc55"}))
    assert prompts(journal) == {"own_3f9a01bc55": "Do you travel?"}


def test_a_table_may_use_the_key_that_a_file_before_it_used(journal: Journal, lines, table) -> None:
    journal.add_question("Do you travel?")
    journal.import_file(lines({**ASKED, "id": "q.1 b"}))
    ((key, _),) = prompts(journal).items()
    journal.import_file(table("occupation,question,text\nNurse,q.1 b,often\n", name="long.csv"))
    form = table("occupation,q.1 b,stars\nBaker,never,2\n", name="form.csv")
    journal.import_file(form, format="form", answers={"stars": "q.1 b.rating"})
    assert said(journal) == [(key, "often"), (key, "never")]
    assert journal.answers(journal.interviews()[1])[0].rating == 2


def test_two_questions_of_a_file_never_become_one(journal: Journal, lines) -> None:
    here = journal.add_question("Do you travel?")
    talk = {**TALK, "answers": {"own_travel": "often", "own_travel_2": "never"}}
    file = lines(ASKED, {**ASKED, "id": "own_travel_2"}, talk)
    journal.import_file(file)
    assert len(prompts(journal)) == 2 and here in prompts(journal)
    assert sorted(text for _, text in said(journal)) == ["never", "often"]
    before = journal.rows()
    journal.import_file(lines(ASKED, {**ASKED, "id": "own_travel_2"}, {**talk, "minutes": 20},
                              name="again.jsonl"))  # fmt: skip
    assert journal.rows()["answer"] == before["answer"]
    assert journal.rows()["question"] == before["question"]


def test_two_answers_to_one_question_are_refused(journal: Journal, lines) -> None:
    journal.import_file(lines(ASKED))
    ((key, _),) = prompts(journal).items()
    talk = {**TALK, "answers": {"own_travel": "often", key: "never"}}
    with pytest.raises(ImportRefused, match=r"is the same question as 'own_travel'; join the two"):
        journal.import_file(lines(talk, name="two.jsonl"))
    assert said(journal) == []


def test_journals_with_one_question_are_joined(journal: Journal, tmp_path: Path) -> None:
    here = journal.add_question("Do you travel?", short="Travel")
    with infonb.open(tmp_path / "hers.db") as hers:
        there = hers.add_question("Do you travel?")
        talk = hers.plan_interview(
            hers.add_person("Ben"), hers.add_occupation("Nurse"), questions=[there]
        )
        hers.record_answer(talk, there, text="often")
        hers.set_importance(there, 4)
        csv = hers.export_file(tmp_path / "hers.csv", redact=False)
    for _ in range(2):
        journal.import_file(tmp_path / "hers.db")
    journal.import_file(csv)
    assert prompts(journal) == {here: "Do you travel?"}
    assert said(journal) == [(here, "often")]
    assert journal.interviews()[0].questions == (here,)
    assert journal.importances() == {here: 4}
    journal.export_file(tmp_path / "ours.jsonl", redact=False)
    with infonb.open(tmp_path / "third.db") as third:  # by all keys that it ever had
        third.import_file(tmp_path / "ours.jsonl")
        third.import_file(csv)
        assert prompts(third) == {here: "Do you travel?"}


@pytest.fixture
def named(journal: Journal) -> Journal:
    """A journal with names in titles and questions."""
    ada = journal.add_person("Ada Lovelace")
    key = journal.add_question("Does Ada Lovelace travel?", short="Ada?", low="as Ada")
    for title in ("Assistant to Ada Lovelace", "Assistant to Ada", "Nurse"):
        about = journal.add_occupation(title)
        talk = journal.plan_interview(ada, about, questions=[key, "outlook"], date="2026-03")
        journal.record_answer(talk, key, text="Ada does", rating=4)
    journal.record_decision(about, "Ask Ada")
    journal.set_importance(key, 3)
    return journal


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx", "vcf"])
def test_a_file_without_names_renames_nothing_where_it_came_from(
    named: Journal, tmp_path: Path, ending: str
) -> None:
    file, before = named.export_file(tmp_path / f"out.{ending}"), named.rows()
    report = named.import_file(file)
    assert (report.added, report.updated) == (0, 0)
    assert named.rows() == before


def test_what_was_removed_comes_back_to_the_title_it_had(named: Journal, tmp_path: Path) -> None:
    file, titles = named.export_file(tmp_path / "out.jsonl"), named.rows()["occupation"]
    for talk in named.interviews():
        named.remove(talk)
    named.import_file(file)
    assert named.rows()["occupation"] == titles
    about = [i.occupation_id for i in named.interviews()]
    assert about == [row["id"] for row in titles]


def test_titles_and_keys_without_names_come_back_in_another_journal(
    named: Journal, tmp_path: Path
) -> None:
    file = named.export_file(tmp_path / "out.jsonl")
    with infonb.open(tmp_path / "other.db") as other:
        other.import_file(file)
        assert [o.title for o in other.occupations()] == [
            "Assistant to [name]", "Assistant to [name] (2)", "Nurse",
        ]  # fmt: skip
        assert prompts(other) == dict.fromkeys(prompts(named), "Does Assistant to [name] 1 travel?")
        assert len(said(other)) == 3
        assert other.import_file(file).counts.startswith("0 added, 0 updated")
