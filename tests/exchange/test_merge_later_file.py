"""A later download of the same form or contacts: nothing is doubled, merged or overwritten unasked."""

from __future__ import annotations

from typing import Any

import pytest

LIKE = "What do you like most about your job?"
DAY = "Describe a typical day at work"
HEADER = f"Timestamp,Which occupation,Who did you interview,{LIKE},{DAY},Rate the job outlook\n"
ROW = "2026-03-13 14:14:05,Nurse,Ada Loom,{like},{day},{rating}\n"


def row(like: str = "the quiet", day: str = "early", rating: str = "4") -> str:
    return HEADER + ROW.format(like=like, day=day, rating=rating)


def texts(journal: Any) -> dict[str, Any]:
    return {
        a.question: a.text or a.rating for i in journal.interviews() for a in journal.answers(i)
    }


def test_what_was_corrected_here_stays_when_the_file_grows(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "enjoy_most", text="quiet (corrected)")
    report = journal.import_file(table(row(day="early then late")))
    assert texts(journal)["enjoy_most"] == "quiet (corrected)"
    assert texts(journal)["typical_day"] == "early then late"  # nobody had touched it
    assert [p.column for p in report.problems] == ["answers.enjoy_most"]
    assert "was changed here" in str(report) and "'the quiet'" in str(report)


def test_what_the_file_says_anew_is_kept_beside_it_once(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "enjoy_most", text="quiet (corrected)")
    for day in ("early", "late", "later"):
        journal.import_file(table(row(like="the silence", day=day)))
        text = texts(journal)["enjoy_most"]
        assert text.startswith("quiet (corrected)") and text.count("the silence") == 1
        assert texts(journal)["typical_day"] == day


def test_a_rating_changed_here_stays(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "outlook", rating=2)
    report = journal.import_file(table(row(day="late")))
    assert texts(journal)["outlook"] == 2 and "outlook.rating" in str(report)
    report = journal.import_file(table(row(day="late", rating="5")))
    (answer,) = (a for a in journal.answers(journal.interviews()[0]) if a.question == "outlook")
    assert answer.rating == 2 and "rating 5" in answer.text


def test_what_was_removed_here_does_not_come_back(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "enjoy_most", text="")
    report = journal.import_file(table(row(day="late")))
    assert not texts(journal)["enjoy_most"] and "was changed here" in str(report)


def test_what_nobody_touched_follows_the_file(journal: Any, table: Any) -> None:
    for like in ("a", "b", "c"):
        report = journal.import_file(table(row(like=like)))
        assert texts(journal)["enjoy_most"] == like and not report.problems


# a row that was edited ----------------------------------------------------------------------------

LATER = HEADER + "2026-03-15 09:00:00,Nurse,Ada Loom,the quiet,{day},{rating}\n"


def test_an_edited_row_is_asked_about_and_nothing_merges_unasked(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    report = journal.import_file(table(LATER.format(day="early and then late", rating="5")))
    assert report.added == 1 and len(journal.interviews()) == 2
    (asked,) = (problem for problem in report.problems if problem.asks == "edits")
    assert "2026-03-13" in asked.what and not asked.error and asked.row == 2


def test_an_edit_that_is_said_changes_the_interview(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    later = table(LATER.format(day="early and then late", rating="5"))
    report = journal.import_file(later, edits=True)
    assert (report.added, report.updated) == (0, 1)
    (interview,) = journal.interviews()
    assert interview.date == "2026-03-13"
    assert texts(journal)["typical_day"] == "early and then late" and texts(journal)["outlook"] == 5
    for edits in (True, False):  # the same again, however it is said: there already
        again = journal.import_file(later, edits=edits)
        assert (again.added, again.updated, again.skipped) == (0, 0, 1)
    assert journal.import_file(table(row())).skipped == 1  # the older file, too
    assert texts(journal)["typical_day"] == "early and then late"
    journal.undo()
    assert texts(journal)["typical_day"] == "early"


def test_an_edit_leaves_what_was_corrected_here(journal: Any, table: Any) -> None:
    journal.import_file(table(row()))
    journal.record_answer(journal.interviews()[0], "typical_day", text="early (she said)")
    journal.import_file(table(LATER.format(day="late", rating="4")), edits=True)
    assert texts(journal)["typical_day"].startswith("early (she said)")
    assert "late" in texts(journal)["typical_day"]


@pytest.mark.parametrize(
    "other",
    [
        "2026-03-15 09:00:00,Nurse,Ben Dye,the quiet,early,4",  # another person
        "2026-03-15 09:00:00,Welder,Ada Loom,the quiet,early,4",  # another occupation
        "2026-03-15 09:00:00,Nurse,Ada Loom,the pay,late,4",  # other words
        "2026-03-15 09:00:00,Nurse,Ada Loom,,,4",  # no words at all
    ],
)
def test_what_is_no_edit_is_another_interview(journal: Any, table: Any, other: str) -> None:
    journal.import_file(table(row()))
    report = journal.import_file(table(HEADER + other + "\n"), edits=True)
    assert report.added == 1 and not report.problems


# contacts a month later ---------------------------------------------------------------------------

LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ADA = "Ada,Loom,https://www.linkedin.com/in/ada,,{company},{position},13 Mar 2026\n"


def people(journal: Any) -> list[tuple[str, str | None, str | None]]:
    found = ((p.name, p.organisation, p.job_title) for p in journal.people())
    return sorted(found, key=str)


def test_a_job_change_updates_and_is_said(journal: Any, table: Any) -> None:
    journal.import_file(table(LINKEDIN + ADA.format(company="Mill Works", position="Analyst")))
    later = ADA.format(company="Loom Ltd", position="Lead").replace("www.", "uk.").lower()
    report = journal.import_file(table(LINKEDIN + later.replace("ada,loom", "Ada,Loom")))
    assert people(journal) == [("Ada Loom", "loom ltd", "lead")]
    assert report.updated == 1 and "'Mill Works'" in str(report)


@pytest.mark.parametrize("company", ["", "Mill Works", "Dye House"])
def test_namesakes_with_profiles_of_their_own_stay_two(
    journal: Any, table: Any, company: str
) -> None:
    other = f"Ada,Loom,https://www.linkedin.com/in/ada-2,,{company},Weaver,1 May 2026\n"
    text = LINKEDIN + ADA.format(company="Mill Works", position="Analyst") + other
    for _ in range(2):
        journal.import_file(table(text))
        assert people(journal) == sorted(
            [("Ada Loom", "Mill Works", "Analyst"), ("Ada Loom", company or None, "Weaver")],
            key=str,
        )


def test_somebody_noted_by_hand_is_met_once_and_known_by_the_profile(
    journal: Any, table: Any
) -> None:
    journal.import_file(table("First Name,Last Name,Company,Position,Connected On\n"
                              "Ada,Loom,Mill Works,Analyst,13 Mar 2026\n"))  # fmt: skip
    journal.import_file(table(LINKEDIN + ADA.format(company="Mill Works", position="Lead")))
    journal.import_file(table(LINKEDIN + ADA.format(company="Loom Ltd", position="Head")))
    assert people(journal) == [("Ada Loom", "Loom Ltd", "Head")]


def test_a_forgotten_person_leaves_no_profile(journal: Any, table: Any) -> None:
    path = table(LINKEDIN + ADA.format(company="Mill Works", position="Analyst"))
    journal.import_file(path)
    journal.forget(journal.people()[0])
    with journal.transaction() as write:
        found = write.connection.exec_driver_sql("SELECT id, fingerprint FROM imported").all()
    assert not [id for id, _ in found if id.startswith("profile:")]
