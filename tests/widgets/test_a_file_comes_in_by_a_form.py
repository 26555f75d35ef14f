"""`Import`: what a file holds is shown, asked and corrected in a form, taken in and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pytest

import infonb
from infonb.exchange import questions
from infonb.widgets import Import

LIKE = "What do you like most about your job?"
TEN = "On a scale of 1 to 10, rate the job outlook"
FORM = f'Timestamp,Which occupation,Your shoes,"{LIKE}","{TEN}"\n'
FORM += "3/4/2026 10:00:00,Nurse,blue,The quiet,9\n"


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        yield journal


@pytest.fixture
def form(journal: Any) -> Any:
    return Import(journal)


def choose_file(form: Any, content: str | bytes, name: str = "answers.csv") -> None:
    """What the browser sends when a file is chosen: its pieces, one after the other."""
    raw = content.encode() if isinstance(content, str) else content
    half = len(raw) // 2
    for piece, part in enumerate((raw[:half], raw[half:])):
        form.picker._handle_custom_msg({"name": name, "piece": piece, "pieces": 2},
                                       [memoryview(part)])  # fmt: skip


def question(form: Any) -> str:
    return form.asked.value


def seen(part: Any) -> bool:
    return part.layout.display != "none"


def answer(form: Any, label: str) -> None:
    values = dict(form.answer.options)
    form.answer.value = values[label]


def stored(journal: Any) -> list[Any]:
    return [(i.date, {a.question: a.text or a.rating for a in journal.answers(i)})
            for i in journal.interviews()]  # fmt: skip


def test_it_asks_what_the_command_line_asks_then_takes_in_and_takes_back(
    form: Any, journal: Any
) -> None:
    assert not seen(form.take)
    choose_file(form, FORM)
    assert "an interview per row. Nothing can come in yet" in form.summary.value
    assert "Your shoes" in form.columns.value and "job outlook" in form.columns.value
    said = {"scales": "1 to 10, 1 is best", "answers": "leave out",
            "dates": "day first: 3/4 is 3 April"}  # fmt: skip
    for _ in range(3):
        [asks, *_] = form._open_questions()
        assert questions.prompt(asks).replace("'", "&#x27;") in question(form)
        answer(form, said[asks.asks])
    assert "Nothing is left" in form.said and stored(journal) == []
    assert "Would be: 1 added" in form.summary.value and "Nurse" in form.lines.value
    form.take.click()
    assert stored(journal) == [("2026-04-03", {"enjoy_most": "The quiet", "outlook": 1})]
    assert "Taken in from answers.csv: 1 added" in form.summary.value and seen(form.undo)
    assert not list(Path(form._folder.name).iterdir())  # no copy of it is left
    form.undo.click()
    assert stored(journal) == [] and "Taken back" in form.said and not seen(form.undo)


def test_taking_in_waits_for_the_answers(form: Any, journal: Any) -> None:
    choose_file(form, FORM)
    form.take.click()
    assert form.said.startswith("Answer the question first.") and stored(journal) == []
    assert form._manners.trouble


def test_columns_scales_and_dates_are_corrected_by_lists(form: Any, journal: Any) -> None:
    text = f'Timestamp,Which occupation,Remarks,"{LIKE}",Rate the job outlook from 1 to 10\n'
    choose_file(form, text + "13/04/2026 10:00:00,Nurse,kind,The quiet,9\n")
    form.column.value = LIKE
    assert form.meaning.label == "question: Enjoyed most: the answer", form.meaning.options
    form.meaning.value = "enjoy_least"
    form.column.value = "Rate the job outlook from 1 to 10"
    form.scale.value = "10..1"
    form.column.value = "Remarks"
    form.meaning.value = "notes"
    assert form._open_questions() == []
    form.take.click()
    [interview] = journal.interviews()
    kept = {a.question: a.text or a.rating for a in journal.answers(interview)}
    assert kept == {"enjoy_least": "The quiet", "outlook": 1, "notes": "kind"}


def test_a_table_nobody_knows_is_said_to_be_people(form: Any, journal: Any) -> None:
    choose_file(form, "Wer,Was er tut\nAda Loom,Analyst\n")
    assert "what is each row?" in question(form)
    answer(form, "a person")
    assert "Wer: what is this column?" in question(form)
    answer(form, "name")
    form.column.value = "Was er tut"
    form.meaning.value = "job_title"
    form.take.click()
    assert [(p.name, p.job_title) for p in journal.people()] == [("Ada Loom", "Analyst")]


def test_what_has_no_list_is_typed(form: Any, journal: Any) -> None:
    choose_file(form, f"Timestamp,{LIKE}\n2026-03-13,The quiet\n")
    assert "which occupation" in question(form) and form.typed in form.question.children
    form.typed.value = "Nurse"
    form.take.click()
    assert [o.title for o in journal.occupations()] == ["Nurse"]
    choose_file(
        form, "occupation,person,question,text\nBaker,Zoë,outlook,good\n".encode("mac_roman")
    )
    assert "how are its letters written?" in question(form)
    form.typed.value = "klingon"
    assert "isn't known here" in form.said and form._manners.trouble
    assert "how are its letters written?" in question(form)  # as it was
    form.typed.value = "mac_roman"
    form.take.click()
    assert "Zoë" in [p.name for p in journal.people()]


def test_bad_rows_are_listed_and_left_out_if_one_says_so(form: Any, journal: Any) -> None:
    choose_file(
        form, "occupation,question,text,rating\nNurse,outlook,good,4\nBaker,outlook,bad,many\n"
    )
    assert "many" in form.problems.value and seen(form.skip)
    form.take.click()
    assert "was not imported" in form.said and stored(journal) == []
    form.skip.value = True
    form.take.click()
    assert [o.title for o in journal.occupations()] == ["Nurse"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("notes.pdf", b"%PDF-1.7\n", "PDF"), ("a.docx", b"PK\x05\x06" + bytes(18), ""),
     ("../../evil.csv", b"\xff\xfe\x00", "")],
)  # fmt: skip
def test_another_file_says_what_it_is_and_leaves_nothing(
    form: Any, journal: Any, name: str, content: bytes, words: str
) -> None:
    choose_file(form, content, name)
    assert words in form.said + form.problems.value
    assert all(path.parent == Path(form._folder.name) for path in Path(form._folder.name).iterdir())
    assert stored(journal) == [] and not journal.people()


def test_two_files_at_once_are_one_too_many(form: Any) -> None:
    form.picker._handle_custom_msg({"several": 2}, [])
    assert form.said == "One file at a time, please." and form._manners.trouble


def test_every_control_has_a_name(form: Any) -> None:
    choose_file(form, FORM)

    def every(widget: Any) -> Any:
        yield widget
        for child in getattr(widget, "children", ()):
            yield from every(child)

    for each in every(form):
        if isinstance(each, widgets.ValueWidget | widgets.Button) and not isinstance(
            each, widgets.HTML
        ):
            assert each.description.strip(), each
