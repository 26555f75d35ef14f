"""Forgetting: the name and the contact are gone to the last byte, the answers stay."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.journal import Interview, Journal, JournalLocked, Person, backups

NAME, EMAIL, PHONE = "Adaline Quuxworth", "adaline@quux.example", "+49 170 1234567"
TRACES = (b"adaline", b"quux", b"1234567", b"quuxworth")


@pytest.fixture
def ada(journal: Journal) -> Person:
    """Somebody whose name stands everywhere a name can stand."""
    return known_everywhere(journal)


def known_everywhere(journal: Journal) -> Person:
    """Enter a person wherever a name can stand."""
    person = journal.add_person(
        NAME, email=EMAIL, phone=PHONE, source="friend", name_from="the Quuxworth family",
        job_title="Ward nurse", organisation="Quuxworth & Co", notes="Adaline calls after six",
    )  # fmt: skip
    interview = journal.plan_interview(
        person, journal.add_occupation("Nurse", notes="ask Adaline"), questions=["outlook"],
        research_occupation="as ADALINE says", research_organisation="call 0049-170-123 45 67",
    )  # fmt: skip
    other = journal.add_referral(interview, "Kim", note="an old friend of adaline quuxworth's")
    theirs = journal.plan_interview(other, journal.add_occupation("Teacher"))
    for text in ("Adaline said: it grows.", "Adaline Quuxworth said: it shrinks.", "It grows."):
        journal.record_answer(interview, "outlook", text=text, rating=3, why="Adaline is new")
    answer = journal.record_answer(theirs, "path_in", text="Through Adáline (AdaLine@Quux.example)")
    journal.code(answer, journal.add_theme("Adaline's circle", "what adaline said"), 8, 15)
    journal.record_skill(interview, "listening to Adaline", rank=1)
    journal.add_lead(interview, "Adaline's ward", kind="job", status="asked Adaline")
    journal.finish_interview(interview, weight=0.5, weight_reason="Adaline is biased")
    journal.add_task(interview, "thank_you", draft=f"Dear {NAME},")
    journal.keep_message(theirs, "request", "Adaline gave me your name.")
    journal.record_decision(None, "Ask Adaline again", "since Adaline knows")
    journal.record_outcome("job with Adaline", note="thanks to Adaline")
    journal.update(person, name="Adaline Quuxworth-Zed", phone="0170 1234567")
    journal.update(person, name=NAME, phone=PHONE)
    journal.remove(journal.add_lead(interview, "Adaline's cousin"))
    journal.remove(journal.plan_interview(person, journal.add_occupation("Clerk")))
    return person


def all_bytes(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and below, by name, in lower case."""
    return {p.name: p.read_bytes().lower() for p in folder.rglob("*") if p.is_file()}


def everything(journal: Journal) -> str:
    """All stored values of all tables, hidden ones too."""
    from sqlalchemy import select

    from infonb.journal import schema

    with journal._read() as connection:
        return " ".join(
            repr(connection.execute(select(table)).all()) for table in schema.metadata.sorted_tables
        ).lower()


def test_the_name_is_nowhere_and_the_answers_are_there(journal: Journal, ada: Person) -> None:
    interview = journal.interviews("done")[0]
    report = journal.forget(ada)
    stored = everything(journal)
    for trace in ("adaline", "quux", "1234567", "123 45 67"):
        assert trace not in stored
    answer = journal.answers(interview)[0]
    assert (answer.text, answer.rating) == ("It grows.", 3)
    assert "said: it shrinks." in " ".join(journal.history(answer)["text"])
    forgotten = journal.people()[0]
    assert (forgotten.name, forgotten.source) == ("Not named", "friend")
    assert (forgotten.email, forgotten.phone, forgotten.organisation) == (None, None, None)
    assert journal.people()[1].referred_by == forgotten.id
    assert report.places > 20
    assert report.unsure == ()
    assert journal.check() == []


def test_nothing_brings_the_name_back(journal: Journal, ada: Person) -> None:
    journal.forget(ada)
    while journal.undo():
        assert "adaline" not in everything(journal)
        assert "quux" not in everything(journal)
    assert journal.check() == []


def test_marked_passages_stay_on_their_words(journal: Journal, ada: Person) -> None:
    answer = journal.answers(journal.interviews()[1])[0]
    journal.forget(ada)
    after = journal.answers(answer.interview_id)[0]
    (coding,) = journal.codings(answer)
    assert after.text == "Through [name removed] ([name removed])"
    assert after.text[coding.start : coding.end] == "[name removed]"


def test_the_bytes_are_gone_from_every_file(tmp_path: Path) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        person = known_everywhere(journal)
    with infonb.open(tmp_path / "search.db") as journal:
        journal.restore(journal.backup(tmp_path / "search.db.backups" / "kept.db"))
        (tmp_path / "search.db.backups" / "kept.db").unlink()
        before = all_bytes(tmp_path)
        assert all(b"adaline" in before[name] for name in before if name.endswith(".db"))
        assert len([name for name in before if name.endswith(".db")]) >= 3
        report = journal.forget(person)
        assert report.unreached == ()
        for name, content in all_bytes(tmp_path).items():
            assert [t for t in TRACES if t in content] == [], name
        journal.add_person("Robin")
    for name, content in all_bytes(tmp_path).items():
        assert [t for t in TRACES if t in content] == [], name
    for backup in backups.backups_of(tmp_path / "search.db"):
        with infonb.open(backup) as old:  # and still is a journal with the answers
            assert [a.text for a in old.answers(old.interviews()[0])] == ["It grows."]
            assert old.check() == []


def test_copies_made_elsewhere_are_listed(file_journal: Journal, tmp_path: Path) -> None:
    person = file_journal.add_person("Adaline")
    copy = file_journal.backup(tmp_path / "monday.db")
    gone = file_journal.backup(tmp_path / "gone.db")
    gone.unlink()
    file_journal.note_copy(tmp_path / "export.jsonl")
    (tmp_path / "export.jsonl").write_text("{}", encoding="utf-8")
    report = file_journal.forget(person)
    assert [line.partition(":")[0] for line in report.unreached] == [
        str(copy), str(tmp_path / "export.jsonl"),
    ]  # fmt: skip
    assert "monday.db" in str(report)


def test_damaged_backups_are_listed(file_journal: Journal, tmp_path: Path) -> None:
    person = file_journal.add_person("Adaline")
    file_journal.close()
    (backup,) = backups.backups_of(tmp_path / "search.db")
    backup.write_bytes(backup.read_bytes()[:9000])
    (line,) = file_journal.forget(person).unreached
    assert line.startswith(str(backup))
    assert "delete it" in line


@pytest.mark.usefixtures("impatient")
def test_while_another_program_reads_the_journal_nobody_is_half_forgotten(
    file_journal: Journal, tmp_path: Path
) -> None:
    person = file_journal.add_person("Adaline")
    with closing(sqlite3.connect(tmp_path / "search.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM person").fetchone()
        with pytest.raises(JournalLocked, match="was not stored"):
            file_journal.forget(person)
        assert [p.name for p in file_journal.people()] == ["Adaline"]
        other.execute("ROLLBACK")
    assert file_journal.forget(file_journal.people()[0]).unreached == ()
    assert b"adaline" not in b"".join(all_bytes(tmp_path).values())


@pytest.mark.parametrize(
    ("name", "text", "left", "unsure"),
    [
        ("Will Barr", "Will Barr will see. Will did.", "[name removed] will see. Will did.", 1),
        (
            "Grace",
            "Grace said so, by the grace of God",
            "[name removed] said so, by the grace of God",
            0,
        ),
        ("Jo Zzyzx", "Jo left. joy. Zzyzx's", "Jo left. joy. [name removed]'s", 1),
        ("José Ñandú", "jose nandu, JOSÉ", "[name removed], [name removed]", 0),
        ("Müller-Lüdenscheidt", "Frau Müller-Lüdenscheidt", "Frau [name removed]", 0),
        ("王伟", "我问王伟怎么样", "我问[name removed]怎么样", 0),
        ("Adaline", "Adalines Idee. Madaline.", "[name removed] Idee. Madaline.", 0),
        ("Ada\u00a0L.", "Ada L. and ada\u200bl", "[name removed]. and [name removed]", 0),
        ("Dr. Anna von Zed", "Dr. No von Anna", "Dr. No von [name removed]", 0),
    ],
)
def test_mentions_are_found_or_listed(
    file_journal: Journal, name: str, text: str, left: str, unsure: int
) -> None:
    person = file_journal.add_person(name)
    interview = file_journal.plan_interview(person, file_journal.add_occupation("Clerk"))
    file_journal.record_answer(interview, "outlook", text=text)
    report = file_journal.forget(person)
    assert file_journal.answers(interview)[0].text == left
    assert len(report.unsure) == unsure
    assert all(m.column == "text" and m.words in left for m in report.unsure)


def test_a_name_that_others_share_is_listed_not_removed(file_journal: Journal, help: Any) -> None:
    interview: Interview = help.plan(file_journal, "Adaline Quux")
    file_journal.add_person("Adaline Byron")
    file_journal.record_answer(interview, "outlook", text="Adaline Quux and Adaline Byron")
    report = file_journal.forget(interview.person_id)
    assert file_journal.answers(interview)[0].text == "[name removed] and Adaline Byron"
    assert [m.words for m in report.unsure] == ["Adaline"]
    assert [p.name for p in file_journal.people()] == ["Not named", "Adaline Byron"]


def test_a_namesake_keeps_the_name(file_journal: Journal, help: Any) -> None:
    interview: Interview = help.plan(file_journal, "Adaline Quux")
    file_journal.add_person("Adaline Quux", notes="another one")
    file_journal.record_answer(interview, "outlook", text="As Adaline Quux says")
    report = file_journal.forget(interview.person_id)
    assert file_journal.answers(interview)[0].text == "As Adaline Quux says"
    assert any(m.words == "Adaline Quux" for m in report.unsure)
    assert [p.name for p in file_journal.people()] == ["Not named", "Adaline Quux"]


def test_identities_that_tell_the_name_are_changed(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(
        '{"id": "adaline-2026", "occupation": "Nurse", "person": {"id": "p-adaline", '
        '"name": "Adaline Quux"}, "answers": {"outlook": "good"}, "source": {"ref": "adaline", '
        '"publisher": "A paper", "title": "Adaline speaks", "url": "https://example.org/adaline"}}',
        encoding="utf-8",
    )
    journal.import_file(file)
    journal.forget(journal.people()[0])
    assert "adaline" not in everything(journal)
    (interview,) = journal.interviews()
    assert interview.source == {"publisher": "A paper"}
    assert [a.text for a in journal.answers(interview)] == ["good"]
    assert journal.check() == []


def test_a_removed_person_can_be_forgotten_too(journal: Journal, ada: Person) -> None:
    journal.remove(journal.people()[0])
    journal.forget(ada)
    assert "adaline" not in everything(journal)
    journal.undo()
    assert "adaline" not in everything(journal)
    assert "Not named" in [p.name for p in journal.people()]


def test_nobody_cannot_be_forgotten(journal: Journal) -> None:
    with pytest.raises(infonb.InfonbError, match="no person"):
        journal.forget("nobody")
    with pytest.raises(infonb.InfonbError, match="needs person"):
        journal.forget(journal.add_occupation("Nurse"))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("name", ["published", "example"])
def test_everybody_in_a_sample_can_be_forgotten(name: str) -> None:
    with infonb.sample(name) as journal:
        answers = sum(len(journal.answers(i)) for i in journal.interviews())
        for person in journal.people()[:4]:
            journal.forget(person)
        assert sum(len(journal.answers(i)) for i in journal.interviews()) == answers
        assert journal.check() == []


def test_a_forgetting_that_was_killed_is_finished_at_the_next_opening(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    with infonb.open(path) as journal:
        person = journal.add_person("Adaline Quist", email="aq@example.org", notes="Quist again")
    code = (
        "import os, sys, infonb\nfrom infonb.journal import forget\n"
        "forget.rewrite_file = lambda *_: os._exit(9)\n"
        "infonb.open(sys.argv[1]).forget(sys.argv[2])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), person.id], check=False, timeout=120
    )
    assert done.returncode == 9
    assert b"quist" in b"".join(all_bytes(tmp_path).values())
    infonb.open(path).close()
    assert b"quist" not in b"".join(all_bytes(tmp_path).values())
    assert b"aq@example.org" not in b"".join(all_bytes(tmp_path).values())
    with infonb.open(path) as journal:
        assert [p.name for p in journal.people()] == ["Not named"]
        assert journal.check() == []
