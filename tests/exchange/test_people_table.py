"""Contacts, the answers of a form, a workbook, another journal: known by their content."""

from __future__ import annotations

import codecs
import datetime as dt

import openpyxl
import pytest

import infonb
from infonb.exchange import ImportRefused

LINKEDIN = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see ""visible"" ones."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ada,Lovelace,https://example.org/in/ada,ada@example.org,Engine Works,Analyst,01 Mar 2024
Grace,"Hopper, PhD",https://example.org/in/grace,,"Navy, Inc.",Rear admiral,12 Feb 2023
,,https://example.org/in/x,,,,05 Jan 2022
"""
GOOGLE = """First Name,Middle Name,Last Name,Phonetic First Name,Nickname,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value
Ada,,Lovelace,,,Engine Works,Analyst,,"Met at the fair
in May",* myContacts,Work,ada@example.org ::: a@example.org,Mobile,+1 555 0101
,,,,,Only A Company,,,,,,info@example.org,,
,,,,,,,,,,,,,
"""
OLD_GOOGLE = """Name,Given Name,Family Name,Organization 1 - Name,Organization 1 - Title,E-mail 1 - Value,Phone 1 - Value
Ada Lovelace,Ada,Lovelace,Engine Works,Analyst,ada@example.org,555-0101
"""
VCARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lovelace;Ada;;Dr.;\r\nFN:Dr. Ada Lovelace\r\n"
    "ORG:Engine Works;Analysis\r\nTITLE:Analyst\r\nitem1.EMAIL;type=INTERNET:home@example.org\r\n"
    "EMAIL;TYPE=INTERNET,PREF:ada@example.org\r\nTEL;TYPE=CELL:555-0101\r\n"
    "NOTE:Met at the fair\\, in May\\nKind; a long line that is \r\n folded here\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n"
    " SkZJRgABAQ\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\nVERSION:4.0\nFN:Grace Hopper\nEMAIL;PREF=1:grace@example.org\n"
    'TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-0102\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nEND:VCARD\n'
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE:one=0Atwo =\nthree\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:4.0\nORG:A Company Only\nEND:VCARD\n"
)
FORM = """Timestamp,Email Address,Which occupation,Interviewee's name,Company,Date of the interview,What do you like most about your job?,How do you rate what they enjoy most (1-5)?,What does a typical day look like?,What are the three most important skills?
2026/03/02 2:14:05 PM GMT+1,pupil@example.org,Nurse,Ada,City Hospital,2026-03-01,The quiet,4,"Early, then late","calm, listening, lifting"
2026/03/03 9:00:00 AM GMT+1,other@example.org,Librarian,Ben,,,Books,5 stars,,
"""


# contacts -----------------------------------------------------------------------------------------


def test_linkedin_connections_become_people(journal, table):
    report = journal.import_file(table(LINKEDIN, name="whatever.txt"))
    assert report.added == 2
    ada, grace = journal.people()
    assert (ada.name, ada.email, ada.organisation, ada.job_title, ada.name_from) == (
        "Ada Lovelace", "ada@example.org", "Engine Works", "Analyst", "LinkedIn",
    )  # fmt: skip
    assert (grace.name, grace.organisation) == ("Grace Hopper, PhD", "Navy, Inc.")
    (left,) = report.problems
    assert (left.row, left.error) == (7, False)
    again = journal.import_file(table(LINKEDIN))
    assert (again.added, again.updated, again.skipped) == (0, 0, 2)


@pytest.mark.parametrize("text", [GOOGLE, OLD_GOOGLE])
def test_google_contacts_become_people(journal, table, text: str):
    journal.import_file(table(text, name="contacts.csv"))
    ada = journal.people()[0]
    assert (ada.name, ada.email, ada.organisation, ada.job_title) == (
        "Ada Lovelace", "ada@example.org", "Engine Works", "Analyst",
    )  # fmt: skip
    assert ada.phone in ("+1 555 0101", "555-0101")
    if text is GOOGLE:
        assert ada.notes == "Met at the fair\nin May\nEmail: a@example.org"
        assert [p.name for p in journal.people()][1:] == ["Only A Company"]
    assert journal.import_file(table(text, name="contacts.csv")).added == 0


def test_vcards_of_all_versions_become_people(journal, tmp_path):
    path = tmp_path / "people"
    path.write_bytes(VCARDS.encode())
    report = journal.import_file(path)
    assert (report.added, [p for p in report.problems if p.error]) == (4, [])
    ada, grace, zoe, company = journal.people()
    assert (ada.name, ada.email, ada.phone, ada.organisation) == (
        "Dr. Ada Lovelace", "ada@example.org", "555-0101", "Engine Works, Analysis",
    )  # fmt: skip
    assert ada.notes == (
        "Met at the fair, in May\nKind; a long line that is folded here\nEmail: home@example.org"
    )
    assert (grace.email, grace.phone) == ("grace@example.org", "+1-555-0102")
    assert (zoe.name, zoe.notes, company.name) == ("Zoë Müller", "one\ntwo three", "A Company Only")
    assert journal.import_file(path).skipped == 4


@pytest.mark.parametrize("format", ["vcard", "vcard3"])
def test_our_cards_come_back(journal, tmp_path, format: str):
    ada = journal.add_person(
        "Ada; L, of \\ \n Y", email="a@example.org", organisation="A;B, C", phone="555-0101",
        notes="x" * 200 + "ü\nö", source="friend", name_from="Sam", has_card=True, may_be_named=True,
    )  # fmt: skip
    path = journal.export_file(tmp_path / "x.vcf", format=format, redact=False)
    with infonb.open(tmp_path / "other.db") as other:
        other.import_file(path)
        assert [p.id for p in other.people()] == [ada.id]
        assert other.people()[0].notes == ada.notes
        assert other.people()[0].source == "friend" and other.people()[0].may_be_named
    assert journal.import_file(path).added == 0
    redacted = journal.export_file(tmp_path / "y.vcf")
    before = journal.rows()
    journal.import_file(redacted)
    assert journal.rows() == before


def test_the_same_person_from_two_places_is_one(journal, table):
    journal.import_file(table(LINKEDIN, name="Connections.csv"))
    journal.import_file(table(OLD_GOOGLE, name="contacts.csv"))
    ada = [p for p in journal.people() if p.name == "Ada Lovelace"]
    assert len(ada) == 1 and ada[0].phone == "555-0101"


# forms --------------------------------------------------------------------------------------------


def test_the_rows_of_a_form_become_interviews(journal, table):
    report = journal.import_file(table(FORM))
    assert report.added == 2 and not [p for p in report.problems if p.error], str(report)
    one, two = journal.interviews()
    said = {a.question: (a.text, a.rating) for a in journal.answers(one)}
    assert said == {
        "enjoy_most": ("The quiet", 4), "typical_day": ("Early, then late", None),
        "top_skills": ("calm, listening, lifting", None),
    }  # fmt: skip
    assert [(s.phrase, s.rank) for s in journal.skills(one)] == [
        ("calm", 1), ("listening", 2), ("lifting", 3),
    ]  # fmt: skip
    assert (one.date, two.date) == ("2026-03-01", None)
    assert [p.organisation for p in journal.people()] == ["City Hospital", None]
    assert "pupil@example.org" not in str(journal.rows()), "who filled it in stays out"
    grown = FORM + "2026/03/04 9:00:00 AM GMT+1,third@example.org,Baker,Cleo,,,Bread,3,,\n"
    again = journal.import_file(table(grown))
    assert (again.added, again.updated, again.skipped) == (1, 0, 2)


UNSURE = "Timestamp,Your class,What do you like most?,What do they like least?,Something about work\n2026-03-02 10:00,7b,a,b,c\n"


def test_what_a_form_means_is_asked_where_it_is_not_sure(journal, table):
    path = table(UNSURE)
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(path)
    asked = {p.column: p.what for p in refusal.value.problems if p.error}
    assert set(asked) == {"Your class", "Something about work", "occupation"}
    assert "answers=" in asked["Your class"] and "leave out" in asked["Your class"]
    report = journal.import_file(
        path, answers={"your  class": "leave out", "Something about work": "home_life"},
        occupation="Nurse",
    )  # fmt: skip
    assert report.added == 1
    (talk,) = journal.interviews()
    assert {a.question: a.text for a in journal.answers(talk)} == {
        "enjoy_most": "a", "enjoy_least": "b", "home_life": "c",
    }  # fmt: skip
    assert talk.date == "2026-03-02"


def test_a_question_of_ones_own_is_known_by_its_words(journal, table):
    own = journal.add_question("How often do you travel?")
    text = "Occupation,Timestamp,How often do you travel?,What does a typical day look like?\nNurse,2026-01-01 8:00,never,long\n"
    journal.import_file(table(text))
    (talk,) = journal.interviews()
    assert {a.question for a in journal.answers(talk)} == {own, "typical_day"}


def test_microsofts_own_columns_are_about_who_filled_it_in(journal, table):
    text = (
        "ID;Start time;Completion time;Email;Name;Language;Which occupation did you ask about?;"
        "How do you see the job outlook for this occupation?;What do you like least?\r\n"
        "1;3/2/26 14:00:01;3/2/26 14:10:22;anonymous;Pia Pupil;;Baker;Growing;=cmd|' /C calc'!A0\r\n"
        "2;3/25/26 9:00:01;3/25/26 9:10:22;anonymous;Pia Pupil;;Clerk;Shrinking;\r\n"
    )
    report = journal.import_file(table(text, encoding="utf-8-sig"))
    assert report.added == 2 and not [p for p in report.problems if p.error], str(report)
    assert [i.date for i in journal.interviews()] == ["2026-03-02", "2026-03-25"]
    assert [o.title for o in journal.occupations()] == ["Baker", "Clerk"]
    assert "Pia" not in str(journal.rows())


def test_two_columns_for_one_question_are_asked_for(journal, table):
    text = "Occupation,What do you like most?,What do you love about your job?\nNurse,a,b\n"
    with pytest.raises(ImportRefused, match="could be several things"):
        journal.import_file(table(text), format="form")


# dates --------------------------------------------------------------------------------------------

LONG = "occupation,person,date,question,text\n"


@pytest.mark.parametrize(
    ("dates", "kept"),
    [
        (["3/4/2026", "25/4/2026"], ["2026-04-03", "2026-04-25"]),
        (["3/4/2026", "4/25/2026"], ["2026-03-04", "2026-04-25"]),
        (["3.4.2026", "25.4.2026"], ["2026-04-03", "2026-04-25"]),
        (["2026/03/04", "4 March 2026"], ["2026-03-04", "2026-03-04"]),
        (["Mar 4, 2026", "2026-03-04 10:00:00"], ["2026-03-04", "2026-03-04"]),
        (["4/4/2026", "2026"], ["2026-04-04", "2026"]),
    ],
)
def test_dates_are_read_from_the_whole_column(journal, table, dates, kept):
    rows = "".join(f'Nurse,P{n},"{day}",outlook,x\n' for n, day in enumerate(dates))
    journal.import_file(table(LONG + rows))
    assert [i.date for i in journal.interviews()] == kept


@pytest.mark.parametrize(
    "dates", [["3/4/2026", "5/6/2026"], ["3/4/2026", "25/4/2026", "4/25/2026"]]
)
def test_dates_that_could_be_either_are_asked_for(journal, table, dates):
    rows = "".join(f"Nurse,P{n},{day},outlook,x\n" for n, day in enumerate(dates))
    path = table(LONG + rows)
    with pytest.raises(ImportRefused, match=r'row \d, date: .*day first or month first.*"mdy"'):
        journal.import_file(path)
    if len(dates) == 2:
        journal.import_file(path, dates="mdy")
        assert [i.date for i in journal.interviews()] == ["2026-03-04", "2026-05-06"]
    with pytest.raises(infonb.InfonbError, match="day first"):
        journal.import_file(path, dates="ymd")


# encodings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("text", [
    "occupation,question,text\nNurse,outlook,Zoë said “fine” – naïve\n",
    LINKEDIN.replace("Ada,", "Zoë,"), VCARDS.replace("Grace", "Zoë"), FORM.replace("Ada", "Zoë"),
])  # fmt: skip
def test_any_encoding_is_read(journal, table, text: str, encoding: str):
    report = journal.import_file(table(text, name="x.txt", encoding=encoding))
    assert report.added > 0
    assert "Zoë" in str(journal.rows()) and "ï¿½" not in str(journal.rows())
    guessed = [p for p in report.problems if "Windows-1252" in p.what]
    assert bool(guessed) == (encoding == "cp1252") and not any(p.error for p in guessed)


def test_utf_16_json_lines_are_read(journal, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        codecs.BOM_UTF16_LE + '{"occupation": "Zoë", "answers": {}}'.encode("utf-16-le")
    )
    assert journal.import_file(path).added == 1


def test_a_spreadsheets_own_line_about_separators_is_understood(journal, table):
    journal.import_file(table("sep=;\r\noccupation;question;text\r\nNurse;outlook;a,b\r\n"))
    assert journal.rows()["answer"][0]["text"] == "a,b"


# workbooks ----------------------------------------------------------------------------------------


def test_a_workbook_of_any_kind_is_read(journal, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Form responses 1"
    for row in (
        ["Timestamp", "Which occupation", "What do you like most?", "Home life rating", "What is your work life balance?"],
        [dt.datetime(2026, 3, 2, 10), "Nurse", "=not a formula, text", 4, "good"],
        [None] * 5,
        [dt.datetime(2026, 3, 3, 10), "Nurse", 7, 2.0, ""],
    ):  # fmt: skip
        book.active.append(row)
    book.active["C2"].data_type = "s"
    book.create_sheet("notes").append(["something", "else"])
    path = tmp_path / "answers.xlsx"
    book.save(path)
    report = journal.import_file(path)
    assert report.added == 2, str(report)
    assert [(p.column, p.error) for p in report.problems] == [("notes", False)]
    one, two = journal.interviews()
    assert {a.question: (a.text, a.rating) for a in journal.answers(one)} == {
        "enjoy_most": ("=not a formula, text", None), "home_life": ("good", 4),
    }  # fmt: skip
    assert (one.date, journal.answers(two)[0].text) == ("2026-03-02", "7")
    assert journal.import_file(path).added == 0


def test_our_workbook_comes_back_without_changing_anything(tmp_path):
    with infonb.sample("example") as journal:
        for redact in (True, False):
            path = journal.export_file(tmp_path / "x.xlsx", redact=redact)
            before = journal.findings().answers
            report = journal.import_file(path)
            assert report.added == 0 and not [p for p in report.problems if p.error], str(report)
            assert (
                journal.findings()
                .answers.drop(columns="version")
                .equals(before.drop(columns="version"))
            )
        with infonb.open(tmp_path / "other.db") as other:
            other.import_file(path)
            ours, theirs = journal.findings().answers, other.findings().answers
            public = ours[~ours["private"]]
            columns = ["occupation", "person", "question", "text", "rating", "why", "date"]
            assert sorted(map(str, public[columns].values)) == sorted(
                map(str, theirs[columns].values)
            )


def test_what_only_looks_like_a_workbook_is_said(journal, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ImportRefused, match="can't be read as a workbook"):
        journal.import_file(path)


# another journal ----------------------------------------------------------------------------------


@pytest.fixture
def two(journal, tmp_path):
    """A journal and a copy of it that lives on elsewhere."""
    nurse = journal.add_occupation("Nurse")
    ada = journal.add_person("Ada", email="ada@example.org")
    talk = journal.plan_interview(ada, nurse, questions=["outlook"])
    for question, text in (("outlook", "Good"), ("home_life", "Hard"), ("path_in", "Luck")):
        journal.record_answer(talk, question, text=text, rating=3)
    copy = journal.backup(tmp_path / "laptop.db")
    with infonb.open(copy) as other:
        yield journal, other


def test_two_journals_become_one_and_nothing_is_lost(two, tmp_path):
    journal, other = two
    (talk,) = journal.interviews()
    journal.record_answer(talk, "outlook", text="Good here", rating=4)  # both go on
    other.record_answer(talk, "outlook", text="Good there", rating=2)
    other.record_answer(talk, "home_life", text="Hard, she says")  # only there
    journal.record_answer(talk, "path_in", text="Luck and work")  # only here
    other.record_answer(talk, "motivation", text="People", private=True)
    other.update(other.people()[0], phone="555", email="new@example.org")
    librarian = other.add_occupation("Librarian")
    other.plan_interview(other.add_person("Ben"), librarian)
    there = other.path
    before_there = other.rows()
    report = journal.import_file(there)
    said = {a.question: a for a in journal.answers(talk)}
    assert (
        said["outlook"].text
        == "Good here\n\n[laptop.db says: rating 2]\n\n[laptop.db says:]\nGood there"
    )
    assert said["outlook"].rating == 4
    assert said["home_life"].text == "Hard, she says"
    assert said["path_in"].text == "Luck and work"
    assert said["motivation"].private
    ada = journal.people()[0]
    assert (ada.email, ada.phone) == ("ada@example.org", "555")
    assert ada.notes == "[laptop.db says: email new@example.org]"
    assert [p.name for p in journal.people()] == ["Ada", "Ben"]
    assert [o.title for o in journal.occupations()] == ["Nurse", "Librarian"]
    assert {p.column for p in report.problems} == {"answers.outlook", "email"}
    assert not any(p.error for p in report.problems)
    assert other.rows() == before_there, "the other journal stays as it is"
    merged = journal.rows()
    again = journal.import_file(there)
    assert (again.added, again.updated) == (0, 0) and journal.rows() == merged


def test_merging_is_undone_in_one_step(two):
    journal, other = two
    (talk,) = journal.interviews()
    other.record_answer(talk, "outlook", text="Other")
    other.add_person("Ben")
    before = [(a.question, a.text) for a in journal.answers(talk)]
    journal.import_file(other.path)
    assert journal.undo() == "the import of laptop.db"
    assert [(a.question, a.text) for a in journal.answers(talk)] == before
    assert [p.name for p in journal.people()] == ["Ada"]


def test_each_takes_the_others_and_both_are_the_same(two):
    journal, other = two
    (talk,) = journal.interviews()
    other.record_answer(talk, "outlook", text="Later")
    journal.record_answer(talk, "home_life", text="Later too")
    journal.import_file(other.path)
    other.import_file(journal.path)
    texts = [{a.question: a.text for a in j.answers(talk)} for j in two]
    assert texts[0] == texts[1] == {"outlook": "Later", "home_life": "Later too", "path_in": "Luck"}


def test_a_journal_is_not_taken_into_itself(journal):
    with pytest.raises(infonb.InfonbError, match="itself"):
        journal.import_file(journal.path)


def test_another_programs_database_is_refused(journal, tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(infonb.InfonbError):
        journal.import_file(tmp_path / "x.db")


# before it is done --------------------------------------------------------------------------------


def test_a_dry_run_shows_a_table_of_what_would_happen(journal, table):
    shown = str(journal.import_file(table(LINKEDIN), dry_run=True))
    assert "row  what  kind    about" in shown
    assert "5    add   person  Ada Lovelace, Engine Works" in shown
    assert journal.people() == []


def test_progress_is_told_to_its_end(journal, table):
    rows = "".join(f"Nurse,P{n},2026,outlook,x\n" for n in range(450))
    told: list[tuple[int, int]] = []
    journal.import_file(table(LONG + rows), progress=lambda done, all: told.append((done, all)))
    assert told == [(0, 450), (200, 450), (400, 450), (450, 450)]


@pytest.mark.parametrize(
    ("charset", "quoted", "notes"),
    [("UNKNOWN-8BIT", "Zo=EB", 1), ("x-mac-roman", "Zo=91", 0), ("ansi", "Zo=EB", 1),
     ("nonsense", "Zo=C3=AB", 1), ("ISO-8859-1", "Zo=EB", 0)],
)  # fmt: skip
def test_a_card_in_a_character_set_nobody_knows_is_read_and_said(
    journal, tmp_path, charset: str, quoted: str, notes: int
):
    card = f"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{quoted}\n"
    (tmp_path / "a.vcf").write_text(f"{card}END:VCARD\n", encoding="utf-8")
    report = journal.import_file(tmp_path / "a.vcf")
    assert [p.name for p in journal.people()] == ["Zoë"] and len(report.problems) == notes


def test_the_address_that_a_card_prefers_most_is_taken(journal, tmp_path):
    (tmp_path / "a.vcf").write_text(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEMAIL;PREF=50:second@example.org\n"
        "EMAIL;PREF=1:first@example.org\nTEL;PREF=1:+1-555-0101\nTEL;PREF=100:+1-555-0199\n"
        "END:VCARD\n",
        encoding="utf-8",
    )
    journal.import_file(tmp_path / "a.vcf")
    (ada,) = journal.people()
    assert (ada.email, ada.phone) == ("first@example.org", "+1-555-0101")
