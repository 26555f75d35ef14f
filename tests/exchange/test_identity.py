"""People of a file: one person per name unless something says otherwise; referrals linked."""

from __future__ import annotations

from typing import Any


def interview(person: Any, occupation: str = "Nurse", **more: Any) -> dict[str, Any]:
    return {"occupation": occupation, "person": person, "answers": {}, **more}


def test_a_name_is_one_person_across_lines_and_files(journal, lines):
    journal.import_file(lines(interview("Ada L."), interview({"name": "ada  l."}, "Librarian")))
    journal.import_file(lines(interview("Ada L.", "Meteorologist"), name="more.jsonl"))
    (ada,) = journal.people()
    assert [i.person_id for i in journal.interviews()] == [ada.id] * 3


def test_two_people_of_the_same_name_in_different_files_stay_two(journal, lines):
    one = {"name": "Sam", "email": "sam@example.org", "organisation": "North Hospital"}
    other = {"name": "Sam", "email": "s.b@example.org", "organisation": "City Library"}
    journal.import_file(lines(interview(one), name="a.jsonl"))
    report = journal.import_file(lines(interview(other, "Librarian"), name="b.jsonl"))
    assert [p.error for p in report.problems] == [False]
    assert "another person" in str(report.problems[0])
    assert [p.email for p in journal.people()] == ["sam@example.org", "s.b@example.org"]
    for number, (person, name) in enumerate([(one, "a.jsonl"), (other, "b.jsonl")]):
        again = interview(person, ["Nurse", "Librarian"][number])
        assert journal.import_file(lines(again, name=name)).skipped == 1
    assert len(journal.people()) == 2


def test_an_organisation_alone_tells_namesakes_apart(journal, lines):
    journal.import_file(
        lines(
            interview({"name": "Sam", "organisation": "North Hospital"}, date="2026-01-01"),
            interview({"name": "Sam", "organisation": "City Library"}, "Librarian"),
            interview({"name": "Sam", "organisation": "north hospital"}, date="2026-01-02"),
        )
    )
    sams = [i.person_id for i in journal.interviews()]
    assert sams[0] == sams[2] != sams[1] and len(journal.people()) == 2


def test_an_id_settles_who_it_is(journal, lines):
    journal.import_file(
        lines(
            {"kind": "person", "id": "p1", "name": "Sam"},
            {"kind": "person", "id": "p2", "name": "Sam"},
            interview({"id": "p2", "name": "Sam"}),
            interview({"id": "p1", "name": "Sam"}, "Librarian"),
        )
    )
    assert [p.id for p in journal.people()] == ["p1", "p2"]
    assert [i.person_id for i in journal.interviews()] == ["p2", "p1"]


def test_an_interviewee_without_a_name_is_somebody_of_their_own(journal, lines):
    nameless = [None, {}, {"job_title": "Nurse"}, {"job_title": "Nurse"}, {"name": None}]
    report = journal.import_file(
        lines(*(interview(p, date=f"2026-01-0{n}") for n, p in enumerate(nameless, start=1)))
    )
    assert (report.added, report.problems) == (5, [])
    assert len(journal.people()) == 5
    findings = journal.findings()
    assert findings.people.person.is_unique and findings.coverage().interviews.tolist() == [5]


def test_chains_of_referral_may_point_forward(journal, lines):
    report = journal.import_file(
        lines(
            {"kind": "person", "name": "Cleo", "referred_by": "Ben"},
            {"kind": "person", "name": "Ben", "referred_by": "Ada"},
            interview("Ada", referrals=[{"name": "Dora", "note": "at the lake"}, "Ben"]),
            interview({"name": "Dora", "job_title": "Ranger"}, "Park ranger"),
        )
    )
    assert not [p for p in report.problems if p.error]
    people = {p.name: p for p in journal.people()}
    assert set(people) == {"Ada", "Ben", "Cleo", "Dora"}
    name_of = {p.id: p.name for p in people.values()}
    assert {n: name_of.get(p.referred_by or "") for n, p in people.items()} == {
        "Ada": None, "Ben": "Ada", "Cleo": "Ben", "Dora": "Ada",
    }  # fmt: skip
    assert people["Dora"].job_title == "Ranger" and people["Dora"].notes == "at the lake"


def test_a_referrer_nobody_described_becomes_a_person(journal, lines):
    journal.import_file(lines({"kind": "person", "name": "Cleo", "referred_by": "Ben"}))
    cleo, ben = journal.people()
    assert cleo.referred_by == ben.id and ben.name == "Ben"


def test_nobody_is_referred_by_themself(journal, lines):
    report = journal.import_file(lines(interview({"name": "Ada", "referred_by": "Ada"})))
    assert journal.people()[0].referred_by is None
    assert [(p.column, p.error) for p in report.problems] == [("person.referred_by", False)]


def test_somebody_entered_by_hand_stays_a_person_of_their_own(journal, lines):
    journal.add_person("Ada", may_be_named=False)
    journal.import_file(lines(interview({"name": "Ada", "may_be_named": True})))
    assert [p.may_be_named for p in journal.people()] == [False, True]
