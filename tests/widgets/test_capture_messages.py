"""Capture's Python side: one handler that says what the journal has."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

import infonb
from infonb.widgets import Capture


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        yield journal


@pytest.fixture
def interview(journal: Any) -> Any:
    return journal.plan_interview(
        journal.add_person("Ada Confidential"),
        journal.add_occupation("Bridge inspector"),
        questions=["path_in"],
    )


class Talk:
    """A card without a kernel: what goes in, and what comes out."""

    def __init__(self, card: Capture) -> None:
        self.card, self.heard = card, []
        card.send = lambda message, buffers=None: self.heard.append(message)  # type: ignore[method-assign]

    def say(self, **message: Any) -> dict[str, Any]:
        self.card._handle_custom_msg({"view": "v", **message}, [])
        return self.heard[-1]

    def save(
        self, interview: Any, text: str, version: int = 0, seq: int = 1, **more: Any
    ) -> dict[str, Any]:
        item = {
            "question": "path_in",
            "seq": seq,
            "version": version,
            "text": text,
            "rating": None,
            "private": False,
        }
        return self.say(type="save", interview=interview.id, session="s", items=[{**item, **more}])

    def do(self, interview: Any, *operations: dict[str, Any]) -> dict[str, Any]:
        named = [{"token": str(i), **operation} for i, operation in enumerate(operations)]
        return self.say(
            type="save", interview=interview.id, session="s", items=[], operations=named
        )


def test_importing_infonb_loads_no_widget_library() -> None:
    heavy = "anywidget", "ipywidgets", "altair", "pandas"
    code = f"import sys, infonb, infonb.widgets; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert found.stdout.strip() == "[]"


def test_what_is_acknowledged_was_read_back_from_the_journal(journal: Any, interview: Any) -> None:
    answer = Talk(Capture(journal)).save(interview, "a\x00b", seq=7)
    [item] = answer["items"]
    assert (item["text"], item["seq"], item["version"], item["wrote"]) == ("a\ufffdb", 7, 1, True)
    assert journal.answers(interview)[0].text == "a\ufffdb"


def test_a_stale_save_writes_nothing_and_shows_what_is_stored(journal: Any, interview: Any) -> None:
    journal.record_answer(interview, "path_in", text="theirs")
    [item] = Talk(Capture(journal)).save(interview, "mine", version=0)["items"]
    assert item["text"] == "theirs" and not item["wrote"]
    assert journal.answers(interview)[0].text == "theirs"


def test_nothing_of_a_person_is_in_what_a_notebook_stores(journal: Any, interview: Any) -> None:
    own = journal.add_question("Is Quixote here?")
    journal.record_answer(interview, own, text="Yes")
    card = Capture(journal)
    talk = Talk(card)
    assert "Quixote" in str(talk.say(type="hello"))
    talk.save(interview, "Xylophone")
    stored = f"{card.get_state()} {card._repr_mimebundle_()} {card!r}"
    for secret in ("Confidential", "Bridge", "Xylophone", "Quixote", interview.id):
        assert secret not in stored


def test_a_journal_that_cannot_be_written_is_said_in_words(
    journal: Any, interview: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(Capture(journal))

    def full(*_arguments: Any, **_more: Any) -> None:
        raise OperationalError("insert", {}, Exception("database or disk is full"))

    monkeypatch.setattr(journal, "record_answer", full)
    answer = talk.save(interview, "x")
    assert answer["type"] == "failed" and "disk is full" in answer["text"]


def test_one_refused_note_does_not_hold_up_the_others(journal: Any, interview: Any) -> None:
    talk = Talk(Capture(journal))
    good = {
        "question": "path_in",
        "seq": 1,
        "version": 0,
        "text": "kept",
        "rating": 4,
        "private": False,
    }
    bad = {**good, "question": "enjoy_most", "rating": 9}
    answer = talk.say(type="save", interview=interview.id, session="s", items=[bad, good])
    assert "rating is 9" in answer["refused"]["enjoy_most"]
    assert [a.text for a in journal.answers(interview)] == ["kept"]


def test_saves_from_many_threads_are_all_kept(journal: Any, interview: Any) -> None:
    card = Capture(journal)
    heard: list[Any] = []
    card.send = lambda message, buffers=None: heard.append(message)  # type: ignore[method-assign]
    questions = list(infonb.method.QUESTIONS)[:8]

    def write(question: str) -> None:
        for version in range(10):
            item = {
                "question": question,
                "seq": version + 1,
                "version": version,
                "text": f"{question} {version}",
                "rating": None,
                "private": False,
            }
            card._handle_custom_msg(
                {
                    "type": "save",
                    "view": "v",
                    "interview": interview.id,
                    "session": "s",
                    "items": [item],
                },
                [],
            )

    threads = [threading.Thread(target=write, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {a.question: a.text for a in journal.answers(interview)} == {
        q: f"{q} 9" for q in questions
    }
    assert len(heard) == 80 and all(message["type"] == "saved" for message in heard)


def test_doing_something_twice_changes_nothing(journal: Any, interview: Any) -> None:
    talk = Talk(Capture(journal))
    at = dt.datetime(2026, 3, 2, 14, tzinfo=dt.UTC)
    operations = [
        {"type": "start", "at": at.timestamp() * 1000},
        {"type": "skill", "phrase": "climbing", "rank": 1},
        {"type": "skill", "phrase": "patience", "rank": 1},
        {"type": "date", "date": "2026-03"},
        {"type": "finish"},
    ]
    for _ in range(2):
        assert talk.do(interview, *operations)["did"] == ["0", "1", "2", "3", "4"]
    assert journal.interview(interview).started_at == at
    assert {m.phrase: m.rank for m in journal.skills(interview)} == {
        "climbing": None,
        "patience": 1,
    }
    assert journal.interview(interview).status == "done"
    assert list(journal.tasks()["kind"]).count("thank_you") == 1


def test_what_cannot_be_done_is_refused_in_words(journal: Any, interview: Any) -> None:
    answer = Talk(Capture(journal)).do(
        interview, {"type": "date", "date": "2026-02-31"}, {"type": "odd"}
    )
    assert "2026-02-31" in answer["refused"]["0"] and "run the cell again" in answer["refused"]["1"]


def test_a_named_interview_is_the_only_one_on_the_card(journal: Any, interview: Any) -> None:
    other = journal.plan_interview(journal.add_person("Grace"), journal.occupations()[0])
    opened = Talk(Capture(journal, interview=other)).say(type="hello", interview=interview.id)
    assert opened["interview"]["id"] == other.id
    assert [choice["id"] for choice in opened["choices"]] == [other.id]
    with pytest.raises(infonb.InfonbError):
        Capture(journal, interview="nobody")


def test_a_finished_interview_has_no_clock(journal: Any, interview: Any) -> None:
    journal.finish_interview(interview, date="2026-03")
    card = Talk(Capture(journal)).say(type="hello")["interview"]
    assert card["past"] and card["date"] == "2026-03"


def test_yesterdays_interview_is_typed_up_and_todays_is_not(journal: Any, interview: Any) -> None:
    now = dt.datetime.now(dt.UTC)
    journal.update(interview, scheduled_at=now - dt.timedelta(days=2))
    assert Talk(Capture(journal)).say(type="hello")["interview"]["past"]
    journal.update(interview, scheduled_at=now)
    assert not Talk(Capture(journal)).say(type="hello")["interview"]["past"]


def test_the_running_interview_comes_before_the_next(journal: Any, interview: Any) -> None:
    soon = journal.plan_interview(
        journal.add_person("Grace"), journal.occupations()[0], at=dt.datetime.now(dt.UTC)
    )
    assert Talk(Capture(journal)).say(type="hello")["interview"]["id"] == soon.id
    journal.start_interview(interview)
    assert Talk(Capture(journal)).say(type="hello")["interview"]["id"] == interview.id


def test_unknown_messages_are_left_alone(journal: Any, interview: Any) -> None:
    talk = Talk(Capture(journal))
    talk.card._handle_custom_msg({"type": "reload"}, [])
    assert talk.heard == []


def test_samples_open_with_an_agenda_where_none_was_chosen() -> None:
    with infonb.sample("published") as journal:
        card = Talk(Capture(journal)).say(type="hello")["interview"]
        assert card["past"] and "path_in" in card["agenda"]
        assert card["agenda"][-2:] == ["ask_next", "notes"]


def test_a_journal_that_was_moved_takes_no_note_and_says_so(
    journal: Any, interview: Any, tmp_path: Any
) -> None:
    talk = Talk(Capture(journal))
    assert talk.save(interview, "before")["items"][0]["wrote"]
    (tmp_path / "search.db").rename(tmp_path / "moved.db")
    answer = talk.save(interview, "after", version=1)
    assert not any(item["wrote"] for item in answer["items"])
    assert "not saved" in answer["refused"]["path_in"]
    for operation in ({"type": "finish"}, {"type": "skill", "phrase": "listening", "rank": 1}):
        answer = talk.do(interview, operation)
        assert answer["type"] == "failed" and "not saved" in answer["text"]
    (tmp_path / "moved.db").rename(tmp_path / "search.db")
    assert talk.save(interview, "after", version=1)["items"][0]["wrote"]
