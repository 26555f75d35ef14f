"""The calendar file: right times in any zone, the same UIDs every time, no contact unless asked."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
import vobject

CASES = [  # planned in a zone, and when that is in UTC: winter, summer, other halves of the world
    (dt.datetime(2026, 2, 3, 14, 0), "Europe/Berlin", (2026, 2, 3, 13, 0)),
    (dt.datetime(2026, 7, 3, 14, 0), "Europe/Berlin", (2026, 7, 3, 12, 0)),
    (dt.datetime(2026, 3, 8, 12, 0), "America/New_York", (2026, 3, 8, 16, 0)),
    (dt.datetime(2026, 1, 1, 9, 0), "Asia/Kolkata", (2026, 1, 1, 3, 30)),
]


def planned(journal, at, **more):
    nurse = journal.add_occupation("Nurse; night, shift")
    person = journal.add_person("Ada Lovelace", email="ada@example.org", phone="555-0101",
                                organisation="Engine Works")  # fmt: skip
    return journal.plan_interview(person, nurse, at=at, questions=["outlook"], **more)


def both(path):
    """The file as two programs read it."""
    text = path.read_bytes().decode()
    return icalendar.Calendar.from_ical(text), vobject.readOne(text)


@pytest.mark.parametrize(("local", "zone", "utc"), CASES)
def test_an_interview_stands_at_its_time_in_every_zone(journal, tmp_path, local, zone, utc):
    import zoneinfo

    planned(journal, local.replace(tzinfo=zoneinfo.ZoneInfo(zone)))
    one, other = both(journal.export_file(tmp_path / "x.ics"))
    (event,) = one.walk("VEVENT")
    begins = dt.datetime(*utc, tzinfo=dt.UTC)
    assert event["DTSTART"].dt == begins == other.vevent.dtstart.value
    assert event["DTEND"].dt - begins == dt.timedelta(minutes=20)
    assert other.vevent.dtend.value == event["DTEND"].dt
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == dt.timedelta(hours=-1)


def test_no_name_and_no_contact_unless_asked(journal, tmp_path):
    planned(journal, "2026-07-03T14:00+02:00", medium="at Engine Works")
    bare = journal.export_file(tmp_path / "x.ics")
    words = bare.read_text(encoding="utf-8").replace("\r\n ", "")
    for secret in ("Ada", "555-0101", "example.org", "Engine"):
        assert secret not in words
    named, _ = both(journal.export_file(tmp_path / "y.ics", redact=False))
    (event,) = named.walk("VEVENT")
    assert "Ada Lovelace" in event["SUMMARY"] and "Nurse; night, shift" in event["SUMMARY"]
    assert "555-0101" in event["DESCRIPTION"] and event["LOCATION"] == "at Engine Works"
    assert "coming years?" in event["DESCRIPTION"], "the questions are at hand"


def test_the_same_thing_has_the_same_uid_and_a_higher_number(journal, tmp_path, monkeypatch):
    talk = planned(journal, "2026-07-03T14:00+02:00")
    journal.add_task(talk, "thank_you", due="2026-07-03")
    monkeypatch.setenv("INFONB_TODAY", "2026-06-01")
    first, _ = both(journal.export_file(tmp_path / "x.ics"))
    journal.update(talk, scheduled_at="2026-07-04T10:00+02:00")
    monkeypatch.setenv("INFONB_TODAY", "2026-06-02")
    later, _ = both(journal.export_file(tmp_path / "x.ics", redact=False))
    for before, after in zip(first.walk("VEVENT"), later.walk("VEVENT"), strict=True):
        assert before["UID"] == after["UID"] and after["SEQUENCE"] > before["SEQUENCE"]


def test_called_off_is_called_off_and_held_is_left_out(journal, tmp_path):
    talk = planned(journal, "2026-07-03T14:00+02:00")
    journal.update(talk, status="cancelled")
    one, other = both(journal.export_file(tmp_path / "x.ics"))
    assert one.walk("VEVENT")[0]["STATUS"] == "CANCELLED" == other.vevent.status.value
    journal.finish_interview(talk)
    one, _ = both(journal.export_file(tmp_path / "x.ics"))
    assert not [event for event in one.walk("VEVENT") if "interview" in event["UID"]]


def test_tasks_stand_on_their_day_until_they_are_done(journal, tmp_path):
    talk = planned(journal, "2026-07-03T14:00+02:00")
    task = journal.add_task(talk, "thank_you", due="2026-07-03")
    one, other = both(journal.export_file(tmp_path / "x.ics", redact=False))
    _, thanks = one.walk("VEVENT")
    assert (thanks["DTSTART"].dt, thanks["TRANSP"]) == (dt.date(2026, 7, 3), "TRANSPARENT")
    assert thanks["SUMMARY"] == "Send the thank-you note: Ada Lovelace"
    assert [e.summary.value for e in other.vevent_list][1] == thanks["SUMMARY"]
    assert other.vevent_list[1].dtstart.value == dt.date(2026, 7, 3)
    assert thanks["STATUS"] == "CONFIRMED"
    journal.done(task)
    one, _ = both(journal.export_file(tmp_path / "x.ics", redact=False))
    assert one.walk("VEVENT")[1]["STATUS"] == "CANCELLED"


def test_a_task_without_a_day_is_a_to_do(journal, tmp_path):
    task = journal.add_task(None, "follow_up")
    one, other = both(journal.export_file(tmp_path / "x.ics"))
    (follow,) = one.walk("VTODO")
    assert (follow["SUMMARY"], follow["STATUS"]) == ("Follow up", "NEEDS-ACTION")
    assert other.vtodo.summary.value == "Follow up"
    journal.done(task)
    one, _ = both(journal.export_file(tmp_path / "x.ics"))
    assert one.walk("VTODO")[0]["STATUS"] == "COMPLETED"


def test_long_and_awkward_words_fold_between_characters(journal, tmp_path):
    nurse = journal.add_occupation("Ü" * 100 + ", \\ ; \n王")
    journal.plan_interview(journal.add_person("P"), nurse, at="2026-07-03T14:00+02:00")
    path = journal.export_file(tmp_path / "x.ics")
    assert max(map(len, path.read_bytes().split(b"\r\n"))) <= 75
    one, other = both(path)
    assert one.walk("VEVENT")[0]["SUMMARY"].endswith("Ü, \\ ; \n王")
    assert other.vevent.summary.value.endswith("Ü, \\ ; \n王")
