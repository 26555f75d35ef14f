"""Code's Python side: what is marked lies on the words one saw, and is called saved when it is."""

from __future__ import annotations

import json
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from sqlalchemy.exc import OperationalError

import infonb
from infonb.widgets import Code, changes
from infonb.widgets.text_parts import LONGEST, text_parts

TEXT = "👩🏽‍⚕️ nurses smile at the cafe\u0301s.\r\nAnd at night."


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        yield journal


@pytest.fixture
def interview(journal: Any) -> Any:
    interview = journal.plan_interview(
        journal.add_person("Ada Confidential"), journal.add_occupation("Nurse")
    )
    journal.record_answer(interview, "enjoy_most", text=TEXT)
    return interview


class Card:
    """A card without a kernel: what goes in, and what comes out."""

    def __init__(self, journal: Any) -> None:
        self.code, self.heard = Code(journal), []
        self.code.send = lambda message, buffers=None: self.heard.append(message)  # type: ignore[method-assign]
        self.count = 0

    def say(self, **message: Any) -> dict[str, Any]:
        self.code._handle_custom_msg({"view": "v", **message}, [])
        return self.heard[-1]

    def open(self, reading: str | None = None) -> dict[str, Any]:
        return self.say(type="open", reading=reading)

    def do(self, type: str, **operation: Any) -> dict[str, Any]:
        self.count += 1
        operation = {"token": f"t{self.count}", "type": type, **operation}
        return self.say(type="save", operations=[operation])

    def mark(self, text: dict[str, Any], quote: str, **theme: str) -> dict[str, Any]:
        [part] = [part for part in text["parts"] if quote in part["text"]]
        start = part["start"] + part["text"].index(quote)
        about = {key: text[key] for key in ("kind", "interview")}
        return self.do(
            "mark", text=text["id"], **about, start=start, end=start + len(quote), quote=quote,
            **theme,
        )  # fmt: skip


@pytest.fixture
def card(journal: Any, interview: Any) -> Card:
    return Card(journal)


def quotes(journal: Any) -> list[str]:
    return [coding.quote for coding in journal.codings()]


def test_what_is_called_saved_is_in_the_journal(journal: Any, card: Card) -> None:
    [text] = card.open()["texts"]
    answer = card.mark(text, "👩🏽‍⚕️", name="People")
    assert (answer["type"], answer["refused"]) == ("saved", {})
    [[stored]] = answer["codings"].values()
    assert quotes(journal) == ["👩🏽‍⚕️"]
    assert (stored["start"], stored["end"]) == (0, len("👩🏽‍⚕️"))
    assert [(t["name"], t["count"]) for t in answer["themes"]] == [("People", 1)]


def test_the_same_message_twice_marks_once(journal: Any, card: Card) -> None:
    [text] = card.open()["texts"]
    card.mark(text, "nurses", name="People")
    again = Card(journal)  # the cell was run again, and the answer hadn't come through
    for each in (card, again):
        each.count = 0
        each.mark(text, "nurses", name="People")
    assert quotes(journal) == ["nurses"]
    assert again.do("undo")["refused"]  # nothing was done by that one


def test_words_that_changed_meanwhile_are_not_marked(
    journal: Any, interview: Any, card: Card
) -> None:
    [text] = card.open()["texts"]
    journal.record_answer(interview, "enjoy_most", text="Now: " + TEXT)
    answer = card.mark(text, "nurses", name="People")
    assert "changed meanwhile" in answer["refused"]["t1"]
    assert (journal.codings(), journal.themes()) == ([], [])


def test_a_journal_that_cant_be_written_keeps_the_marking_waiting(
    journal: Any, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    [text] = card.open()["texts"]

    def locked(*_args: Any, **_more: Any) -> None:
        raise OperationalError("insert", {}, Exception("database is locked"))

    monkeypatch.setattr(journal, "code", locked)
    answer = card.mark(text, "nurses", name="People")
    assert (answer["type"], answer["to"]) == ("failed", "save")
    assert "database is locked" in answer["text"]
    monkeypatch.undo()
    card.count = 0
    assert card.mark(text, "nurses", name="People")["did"] == ["t1"]
    assert quotes(journal) == ["nurses"]


def test_undo_takes_back_what_was_done_here_and_nothing_else(journal: Any, card: Card) -> None:
    [text] = card.open()["texts"]
    card.mark(text, "nurses", name="People")
    card.mark(text, "night", name="Night")
    people, night = journal.themes()
    card.do("merge", theme=night.id, into=people.id)
    assert card.do("undo")["said"] == "Taken back: the merging of two themes."
    assert [t.name for t in journal.themes()] == ["People", "Night"]
    assert [t["name"] for t in card.do("undo")["themes"]] == ["People"]
    journal.remove(journal.add_person("Grace"))
    refused = card.do("undo")["refused"]
    assert "Something else was entered" in next(iter(refused.values()))
    assert quotes(journal) == ["nurses"]
    assert journal.undo() == "the removal of person"


def test_a_passage_without_a_place_is_listed_placed_and_dropped(
    journal: Any, interview: Any, card: Card
) -> None:
    [text] = card.open()["texts"]
    card.mark(text, "nurses smile", name="People")
    journal.record_answer(interview, "enjoy_most", text="Nothing of the kind, no.")
    opened = card.open()
    [lost] = opened["unplaced"]
    assert (lost["quote"], lost["who"]) == ("nurses smile", "Ada Confidential")
    assert opened["texts"][0]["codings"] == []
    wrong = card.do("place", coding=lost["coding"], start=0, end=7, quote="Never a")
    assert "changed meanwhile" in next(iter(wrong["refused"].values()))
    placed = card.do("place", coding=lost["coding"], start=0, end=7, quote="Nothing")
    assert placed["unplaced"] == [] and quotes(journal) == ["Nothing"]
    assert card.do("undo")["unplaced"][0]["quote"] == "nurses smile"
    assert card.do("drop", coding=lost["coding"])["unplaced"] == []
    assert card.do("drop", coding=lost["coding"])["refused"] == {}
    assert card.do("undo")["unplaced"][0]["coding"] == lost["coding"]


def test_a_passage_of_an_emptied_answer_is_still_listed(
    journal: Any, interview: Any, card: Card
) -> None:
    [text] = card.open()["texts"]
    card.mark(text, "nurses smile", name="People")
    journal.record_answer(interview, "enjoy_most", text="")
    assert [each["quote"] for each in card.open()["unplaced"]] == ["nurses smile"]


def test_a_theme_with_passages_is_merged_not_removed(journal: Any, card: Card) -> None:
    [text] = card.open()["texts"]
    theme = card.mark(text, "nurses", name="People")["themes"][0]["id"]
    assert "has passages" in next(iter(card.do("remove theme", theme=theme)["refused"].values()))
    empty = journal.add_theme("Empty")
    assert [t["name"] for t in card.do("remove theme", theme=empty.id)["themes"]] == ["People"]
    twin = journal.add_theme("Night")
    refused = card.do("rename", theme=twin.id, name="people")["refused"]
    assert "'people' already" in next(iter(refused.values()))


def test_all_quotes_of_a_theme_are_in_the_words_of_now(
    journal: Any, interview: Any, card: Card
) -> None:
    [text] = card.open()["texts"]
    theme = card.mark(text, "nurses smile", name="People")["themes"][0]["id"]
    journal.record_answer(interview, "enjoy_most", text=TEXT.upper())
    [quote] = card.say(type="theme", theme=theme)["quotes"]
    assert quote["words"] == "NURSES SMILE"


def test_a_transcript_comes_in_turns_and_is_marked_by_its_own_places(
    journal: Any, interview: Any, card: Card
) -> None:
    turns = [{"speaker": "Me", "text": "Why? 😀"}, {"speaker": "Ada", "text": "The quiet."}]
    journal.add_transcript(interview, turns=turns, asks="Me")
    _answer, talk = card.open(f"interview:{interview.id}")["texts"]
    assert [(p["speaker"], p["text"]) for p in talk["parts"]] == [
        ("Me", "Why? 😀"), ("Ada", "The quiet."),
    ]  # fmt: skip
    assert card.mark(talk, "quiet", name="Quiet")["refused"] == {}
    assert quotes(journal) == ["quiet"]


def test_another_form_that_saves_is_followed(journal: Any, interview: Any, card: Card) -> None:
    card.open()
    changes.saved(journal, interview.id, False)
    assert card.heard[-1] == {"type": "changed"}
    heard: list[str] = []
    listener = type("Listener", (), {})()
    changes.listen(listener, journal, lambda *_: heard.append("saved"))
    [text] = card.open()["texts"]
    card.mark(text, "nurses", name="People")
    assert heard == ["saved"]
    assert card.heard[-1]["type"] == "saved"


def test_nothing_that_was_said_is_in_the_state_that_a_notebook_saves(
    journal: Any, card: Card
) -> None:
    [text] = card.open()["texts"]
    card.mark(text, "nurses", name="Warmth")
    state = json.dumps({k: v for k, v in card.code.get_state().items() if not k.startswith("_")})
    assert not [word for word in ("nurses", "Warmth", "Confidential") if word in state]


def test_so_many_answers_that_a_page_cant_hold_them_open_by_occupation(
    journal: Any, interview: Any, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert card.open()["choices"][0]["id"] == "all"
    monkeypatch.setattr("infonb.widgets.code._AT_ONCE", 0)
    opened = card.open("all")
    assert opened["reading"] == f"occupation:{interview.occupation_id}"
    assert [text["kind"] for text in opened["texts"]] == ["answer"]


WORDS = [
    "a", "Ä. ", "👩🏽‍⚕️", "e\u0301", " ", "\n", "\r\n", "\n\n", "word. ", "x" * 700, "\u2028", "漢字。",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.booleans())
def test_parts_of_a_text_hold_every_letter_at_its_place(pieces: list[str], whole: bool) -> None:
    text = "".join(pieces)
    at = 0
    for part in text_parts(text, whole=whole):
        assert text[at : part.start].strip() == ""
        assert text[part.start : part.start + len(part.text)] == part.text
        assert len(part.text) <= LONGEST + 200
        at = part.start + len(part.text)
        assert not text[at : at + 1].startswith(("\u0301", "\u200d", "\ufe0f"))
    assert text[at:].strip() == ""
