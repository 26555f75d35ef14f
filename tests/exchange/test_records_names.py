"""Titles, own questions and their keys name nobody, in the bytes of every way out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import icalendar
import pyarrow.parquet as pq
import pytest

from infonb.journal import Journal

NAMES = ("quist", "ottoline", "oyelaran", "xanthe", "vandelay")


@pytest.fixture
def named(journal: Journal) -> Journal:
    """A journal whose titles and questions hold names of people and an employer."""
    quist = journal.add_person("Ottoline Quist", organisation="Vandelay Works")
    other = journal.add_person("Xanthe Oyelaran-Whitcombe")
    key = journal.add_question(
        "Is it true that Ottoline Quist runs Vandelay Works?", short="Quist at Vandelay Works?",
        low="never with Ottoline", high="as Xanthe does",
    )  # fmt: skip
    for person, title in (
        (quist, "Assistant to Ottoline Quist"), (other, "assistant to Xanthe Oyelaran-Whitcombe"),
        (quist, "Engineer at Vandelay Works"), (other, "Nurse"),
    ):  # fmt: skip
        about = journal.add_occupation(title, notes="Ask Quist")
        talk = journal.plan_interview(
            person, about, at="2026-12-24T10:00", questions=[key, "outlook"]
        )
        journal.record_answer(talk, key, text="Quist does", rating=4)
        journal.record_answer(talk, "outlook", text="Good, says Xanthe", rating=5)
        journal.record_skill(talk, "calming Quist", rank=1)
        journal.add_lead(talk, "A place at Vandelay Works", kind="job", status="asked Quist")
        journal.add_task(talk, "follow_up", due="2026-12-28")
    journal.finish_interview(talk)
    journal.record_decision(about, "Ask Ottoline", "Xanthe says so")
    journal.record_outcome("a job with Quist", title="Quist's aide", organisation="Vandelay Works")
    journal.set_importance(key, 4)
    return journal


def bytes_of(path: Path) -> bytes:
    """All that a file or folder holds, unpacked."""
    if path.is_dir():
        files = [*path.rglob("*.*")]
        packed = [str(pq.read_table(f).to_pylist()).encode() for f in files if ".parq" in f.name]
        return b"".join([*packed, *(f.read_bytes() for f in files if f.is_file())])
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return b"".join(map(book.read, book.namelist()))
    return path.read_bytes().replace(b"\r\n ", b"")  # a calendar folds its lines


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx", ".ics", ".vcf", ""])
def test_no_byte_of_a_name_leaves(named: Journal, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    written = bytes_of(named.export_file(path, format=None if ending else "programme")).lower()
    assert [name for name in NAMES if name.encode() in written] == []
    if ending != ".vcf":  # which holds people alone
        assert b"engineer at [organisation]" in written


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx", ".ics", ".vcf", ""])
def test_no_name_leaves_in_an_identity_that_a_file_gave(
    journal: Journal, lines, tmp_path: Path, ending: str
) -> None:
    talk = {"id": "talk-with-ottoline-quist", "occupation": "Nurse", "answers": {"outlook": "Good"},
            "person": {"id": "quist", "name": "Ottoline Quist"}}  # fmt: skip
    about = {
        "kind": "coding", "id": "quist-coding", "interview": talk["id"], "question": "outlook",
        "theme": "calm", "start": 0, "end": 4,
    }  # fmt: skip
    journal.import_file(
        lines(
            {"kind": "occupation", "id": "nurse-like-quist", "title": "Nurse"},
            {"kind": "person", "id": "xanthe", "name": "Xanthe", "referred_by": "quist"},
            {"kind": "strength", "id": "as-quist", "phrase": "calm"},
            {"kind": "theme", "id": "quist", "name": "calm"}, talk, about,
            {**talk, "id": "ottoline-2", "status": "planned", "scheduled_at": "2026-12-24T10:00"},
            {"kind": "decision", "id": "d-quist", "next_step": "Ask"},
            {"kind": "outcome", "id": "o-quist", "outcome": "job"},
            {"kind": "task", "id": "t-quist", "task": "follow_up", "due": "2026-12-24"},
        )
    )  # fmt: skip
    path = tmp_path / f"out{ending}"
    file = journal.export_file(path, format=None if ending else "programme")
    written = bytes_of(file).lower()
    assert [name for name in NAMES if name.encode() in written] == []
    if ending in (".jsonl", ".csv", ".xlsx", ".vcf"):
        before, report = journal.rows(), journal.import_file(file)
        assert (report.added, report.updated) == (0, 0)
        assert journal.rows() == before


def test_a_calendar_asks_without_names(named: Journal, tmp_path: Path) -> None:
    calendar = icalendar.Calendar.from_ical(named.export_file(tmp_path / "x.ics").read_bytes())
    said = [(str(e["SUMMARY"]), str(e["DESCRIPTION"])) for e in calendar.walk("VEVENT")
            if "DESCRIPTION" in e]  # fmt: skip
    about, told = said[0]
    assert about == "Informational interview: Assistant to [name]"
    assert "- Is it true that Assistant to [name] 1 runs [organisation]?" in told
    whole = named.export_file(tmp_path / "y.ics", redact=False).read_text(encoding="utf-8")
    assert "- Is it true that Ottoline Quist runs" in whole.replace("\n ", "")


def test_titles_that_become_equal_are_told_apart(named: Journal) -> None:
    findings = named.findings(redact=True)
    assert findings.occupations.occupation.tolist() == [
        "Assistant to [name]", "assistant to [name] (2)", "Engineer at [organisation]", "Nurse",
    ]  # fmt: skip
    assert findings.people.person.tolist() == ["Assistant to [name] 1", "assistant to [name] (2) 1"]
    for frame in (findings.answers, findings.decisions, findings.coverage(), findings.ratings()):
        assert not any(name in frame.to_csv().lower() for name in NAMES)
    assert named.findings(redact=False).occupations.occupation[0] == "Assistant to Ottoline Quist"
