"""After an interview: thanks the same day, notes to review, news for everybody who gave time."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

import infonb
from infonb import follow_up, method
from infonb.cli import main


@pytest.fixture
def held(journal):
    """An interview that was held, with things said."""
    return hold(journal)


def hold(journal):
    nurse = journal.add_occupation("Registered nurse")
    ada = journal.add_person("Ada L.", email="ada@example.org", name_from="My neighbor Sam")
    talk = journal.plan_interview(ada, nurse, at="2026-03-02T14:00+01:00")
    journal.record_answer(talk, "difficulties", text="Said in confidence", rating=5, private=True)
    journal.record_answer(talk, "enjoy_most", text="The quiet at four in the morning. Really.",
                          rating=4)  # fmt: skip
    journal.record_answer(talk, "home_life", text="Hard on it", rating=1)
    journal.finish_interview(talk, date="2026-03-02")
    return talk


def task_of(journal, kind: str):
    tasks = journal.tasks()
    return tasks[tasks["kind"] == kind].iloc[0]["task"]


def test_thanks_fall_due_the_same_day_and_notes_the_next(journal, held):
    tasks = journal.tasks()
    assert dict(zip(tasks["kind"], tasks["due"], strict=True)) == {
        "thank_you": "2026-03-02", "review_notes": "2026-03-03",
    }  # fmt: skip


def test_a_thank_you_comes_back_to_what_was_said_but_never_to_what_was_private(journal, held):
    text = follow_up.draft(journal, task_of(journal, "thank_you"))
    assert "Dear Ada L.," in text and "“The quiet at four in the morning”" in text
    assert "confidence" not in text and "[" not in text
    assert method.check_wording(text) == []
    task = journal.task(task_of(journal, "thank_you"))
    journal.update(task, draft="My own words")
    assert follow_up.draft(journal, task.id) == "My own words"


def test_without_anything_said_a_gap_is_left(journal):
    talk = journal.plan_interview(journal.add_person("B"), journal.add_occupation("Baker"))
    assert "[something" in follow_up.draft(journal, journal.add_task(talk, "thank_you"))


def test_asking_whom_else_asks_for_nothing_more(journal, held):
    text = follow_up.draft(journal, journal.add_task(held, "follow_up"))
    assert "you mentioned “The quiet" in text and "somebody else" in text
    assert method.check_wording(text) == []


def test_when_the_search_ends_everybody_is_told_once(journal, held):
    nurse = journal.occupations()[0]
    again = journal.plan_interview(held.person_id, nurse)
    journal.finish_interview(again)
    other = journal.plan_interview(journal.add_person("Ben"), nurse)
    journal.finish_interview(other)
    journal.plan_interview(journal.add_person("Not yet asked"), nurse)
    forgotten = journal.add_person("Forgotten Fred")
    journal.finish_interview(journal.plan_interview(forgotten, nurse))
    journal.forget(forgotten)
    for _ in range(2):
        journal.record_outcome("training", "Nursing school", "the city college")
        tasks = journal.tasks()
        tell = tasks[tasks["kind"] == "tell_outcome"]
        assert sorted(tell["person"]) == ["Ada L.", "Ben"]
    text = follow_up.draft(journal, tell.iloc[0]["task"])
    assert "training: Nursing school at the city college." in text and "Thank you" in text
    assert method.check_wording(text) == []


def test_the_request_begins_with_how_one_got_the_name(journal, held):
    text = follow_up.written(journal, held, "request")
    assert "My neighbor Sam gave me your name" in text and "20 minutes" in text
    assert method.check_wording(text) == []
    grace = journal.add_referral(held, "Grace")
    journal.update(grace, name_from=None)
    talk = journal.plan_interview(grace, journal.occupations()[0])
    assert "Ada L gave me your name" in follow_up.written(journal, talk, "request")


def test_what_was_written_in_ones_own_words_is_given_back(journal, held):
    for kind in ("request", "phone_script", "referral"):
        drafted = follow_up.written(journal, held, kind)
        journal.keep_message(held, kind, "My own words")
        journal.keep_message(held, kind, "My better words")
        assert follow_up.written(journal, held, kind) == "My better words"
        journal.keep_message(held, kind, "  ")
        assert follow_up.written(journal, held, kind) == drafted
    with pytest.raises(infonb.InfonbError, match="kind is 'poem'"):
        journal.keep_message(held, "poem", "Roses")


def test_a_link_opens_the_draft_in_ones_own_mail_program(journal, held):
    text = follow_up.draft(journal, task_of(journal, "thank_you"))
    link = urlsplit(follow_up.mailto("ada@example.org", "Thank you for your time", text))
    assert (link.scheme, unquote(link.path)) == ("mailto", "ada@example.org")
    said = parse_qs(link.query)
    assert said["subject"] == ["Thank you for your time"]
    assert said["body"][0].replace("\r\n", "\n") == text
    awkward = follow_up.mailto("a&b?c=d@example.org", "x & y", "?&=#\n\ud800 ü")
    assert parse_qs(urlsplit(awkward).query)["body"] == ["?&=#\r\n? ü"]


def test_what_is_overdue_comes_first_in_a_sentence(journal, held, monkeypatch):
    monkeypatch.setenv("INFONB_TODAY", "2026-03-03")
    assert follow_up.overdue(journal)["kind"].tolist() == ["thank_you"]
    assert follow_up.overdue_sentence(journal) == (
        "Overdue: Send the thank-you note (Ada L., since 2026-03-02)."
    )
    journal.done(task_of(journal, "thank_you"))
    assert follow_up.overdue_sentence(journal) == ""


def test_the_command_lists_drafts_and_ticks_off(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("INFONB_TODAY", "2026-03-03")
    monkeypatch.setenv("INFONB_JOURNAL", str(tmp_path / "own.db"))
    with infonb.open(tmp_path / "own.db") as journal:
        hold(journal)
    assert main(["tasks"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == "1 2026-03-02 thank you Ada L., Registered nurse (overdue)".split()
    assert "review notes" in second and "overdue" not in second
    assert main(["tasks", "--draft", "1"]) == 0
    to, subject, _, dear, *_ = capsys.readouterr().out.splitlines()
    assert (to, dear) == ("To: ada@example.org", "Dear Ada L.,")
    assert subject == "Subject: Thank you for your time"
    assert main(["tasks", "--done", "1"]) == 0
    assert main(["tasks", "--done", "7"]) == 2
    capsys.readouterr()
    main(["tasks"])
    assert len(capsys.readouterr().out.splitlines()) == 1
    with infonb.open(tmp_path / "own.db") as journal:
        journal.add_task(None, "follow_up")
        journal.add_task(
            journal.interviews()[0], "follow_up", draft="Visit the ward", due="2026-03-04"
        )
    main(["tasks"])
    assert "any day" in capsys.readouterr().out
    main(["tasks", "--draft", "2"])
    said = capsys.readouterr().out
    assert said.startswith("Visit the ward\n\nTo: ada@example.org\nSubject: One more question")
    assert "Do you know somebody else" in said
