"""Files in the shapes that people really bring give the right people, answers and words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.errors import InfonbError

CASES = Path(__file__).parent.parent / "data" / "cases"


def people(journal: Any) -> list[dict[str, Any]]:
    keys = ("name", "organisation", "job_title", "email", "phone", "notes", "name_from")
    return [{key: getattr(person, key) for key in keys} for person in journal.people()]


ADA = {"name": "Ada Loom", "organisation": "Mill Works", "job_title": "Analyst"}
PEOPLE: dict[str, list[dict[str, Any]]] = {
    "v1_softbreak_and_fold.vcf": [{"name": "Иван Орлов"}],
    "v2_softbreak_plain.vcf": [{"name": "Иван Орлов"}],
    "v3_bare_qp.vcf": [{"name": "Zoë Müller"}],
    "v4_charset_unknown.vcf": [{"name": "Zoë"}],
    "v4b_charset_ansi.vcf": [{"name": "Zoë"}],
    "v5_8bit_sjis.vcf": [{"name": "佐藤 花子"}],
    "v6_mixed_encodings.vcf": [{"name": "Zoë One"}, {"name": "Zoë Two"}],
    "v7_prefs.vcf": [{"email": "first@example.org", "phone": "+1-555-0101"}],
    "v8_more_is_lost.vcf": [{"email": "a@example.org", "phone": "1"}],
    "v9_nested_agent.vcf": [
        {"name": "Her Assistant"},
        {"name": "Ada Loom", "organisation": "Engine Works", "job_title": "Analyst"},
    ],
    "v10_photo21.vcf": [{"name": "Ada Loom", "email": "ada@example.org"}],
    "v11_google_escapes.vcf": [{"name": "Ada Loom, Jr., Ph.D."}],
    "v12_lower_utf16.vcf": [{"name": "Zoë Loom"}],
    "v13_junk_first.vcf": [{"name": "Ada"}],
    "v14_N_only_noFN_semi.vcf": [{"name": "Ada Loom"}],
    "v15_tel_uri_ext.vcf": [{"email": "Ada@Example.org", "phone": "+1-555-0102 ext. 12"}],
    "g1_phones.csv": [{**ADA, "email": "ada@example.org", "phone": "555-0101"}],
    "g2_apostrophe_phone.csv": [{"phone": "+1 555 0101"}],
    "l1_saved_by_excel.csv": [ADA], "l2_saved_by_excel_semi.csv": [ADA],
    "l3_french.csv": [{**ADA, "job_title": "Analyste", "name_from": "LinkedIn"}],
    "l4_german.csv": [{**ADA, "job_title": "Analystin", "name_from": "LinkedIn"}],
    "l5_multiline_preamble.csv": [ADA],
    "l8_imported_contacts.csv": [{**ADA, "email": "ada@example.org", "phone": "+1 555 0101"}],
    "o1_outlook.csv": [{**ADA, "email": "ada@example.org", "notes": "met at fair"}],
    "o2_outlook_google.csv": [{**ADA, "email": "ada@example.org"}],
    "o3_thunderbird.csv": [{**ADA, "email": "ada@example.org"}],
    "x7_linkedin.xlsx": [{**ADA, "name_from": "LinkedIn"}],
    "z2_Basic_LinkedInDataExport.zip": [{**ADA, "name_from": "LinkedIn"}],
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_contacts_become_people(journal: Any, name: str) -> None:
    report = journal.import_file(CASES / name)
    found = sorted(people(journal), key=lambda person: person["name"])
    wanted = sorted(PEOPLE[name], key=lambda person: person.get("name", ""))
    assert len(found) == len(wanted)
    for person, told in zip(found, wanted, strict=True):
        assert {key: person[key] for key in told} == told, str(report)
    again = journal.import_file(CASES / name)
    assert (again.added, again.updated) == (0, 0)


def test_what_has_no_place_goes_to_the_notes_or_is_named(journal: Any) -> None:
    journal.import_file(CASES / "v8_more_is_lost.vcf")
    (person,) = journal.people()
    assert person.notes is not None
    for said in ("first note", "second note", "b@example.org", "Phone: 2", "example.org/ada",
                 "in/ada", "Leeds", "Addie"):  # fmt: skip
        assert said in person.notes
    assert "PHOTO" in str(journal.import_file(CASES / "v10_photo21.vcf"))
    assert "UNKNOWN-8BIT" in str(journal.import_file(CASES / "v4_charset_unknown.vcf"))


FORMS: dict[str, list[dict[str, Any]]] = {
    "f1_qualtrics.csv": [{"enjoy_most": "The quiet", "typical_day": "Early then late"}],
    "f1b_qualtrics_text_header.csv": [{"enjoy_most": "The quiet"}],
    "f1c_importid_row.csv": [{"enjoy_most": "The quiet"}],
    "f2b_surveymonkey_simple.csv": [{"enjoy_most": "The quiet"}],
    "f3_duplicate_headers.csv": [{"enjoy_most": "The quiet\nThe people"}],
    "f5_grid.csv": [{"enjoy_most": "a"}],
    "f6_ms_german.csv": [{"enjoy_least": "early", "outlook": "Growing"}],
    "f8_newlines_in_header.csv": [{"enjoy_most": "a"}],
    "f9_title_row.csv": [{"enjoy_most": "a"}],
    "f10_quiz.csv": [{"enjoy_most": "a", "typical_day": "b"}],
    "f11_trailing_empty_cols.csv": [{"enjoy_most": "a", "typical_day": "b"}],
    "f12_checkbox_columns.csv": [{"enjoy_most": "The quiet"}],
    "n6_cr_only.csv": [{"outlook": "good"}, {"outlook": "bad"}],
    "n12_bom_twice.csv": [{"outlook": "good"}],
    "n13_ctrlz.csv": [{"outlook": "good"}],
    "x1_1904.xlsx": [{"enjoy_most": "quiet"}], "x2_title.xlsx": [{"enjoy_most": "quiet"}],
    "x3_merged_down.xlsx": [{"enjoy_most": "quiet"}, {"enjoy_most": "people"}],
    "x4_hidden.xlsx": [{"enjoy_most": "quiet"}, {"enjoy_most": "HIDDENROW"}],
    "x6_far.xlsx": [{"enjoy_most": "quiet"}], "x9_two_sheets.xlsx": [{"enjoy_most": "quiet"}],
    "z1_form.csv.zip": [{"enjoy_most": "The quiet", "typical_day": "Long"}],
}  # fmt: skip
DATED = {"f1_qualtrics.csv", "f9_title_row.csv", "f6_ms_german.csv", "x2_title.xlsx",
         "z1_form.csv.zip", "f2_surveymonkey.csv"}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_forms_become_interviews(journal: Any, name: str) -> None:
    report = journal.import_file(CASES / name)
    talks = journal.interviews()
    found = [{a.question: a.text for a in journal.answers(talk)} for talk in talks]
    assert len(found) == len(FORMS[name]) and not any(p.error for p in report.problems)
    for wanted in FORMS[name]:
        assert any(wanted.items() <= answers.items() for answers in found), found
    assert len(journal.occupations()) == 1  # "Nurse" or "Baker", and nothing a program wrote
    if name in DATED:
        assert [talk.date for talk in talks] == ["2026-03-02"]
    assert "Pia" not in str(journal.rows())
    again = journal.import_file(CASES / name)
    assert (again.added, again.updated) == (0, 0)


SAID = {
    "f1_qualtrics.csv": ("above the header", "second header"),
    "f3_duplicate_headers.csv": ("(C, E); their cells are kept",),
    "f10_quiz.csv": ("Total score", "[Score]"), "f11_trailing_empty_cols.csv": ("Column 5",),
    "x2_title.xlsx": ("'Our class, spring 2026' stands above the header",),
    "x3_merged_down.xlsx": ("row 2: is merged with cells down to row 3",),
    "x4_hidden.xlsx": ("old test data: is a hidden sheet", "row 3: is hidden"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_was_left_out_or_filled_is_said(journal: Any, name: str) -> None:
    told = str(journal.import_file(CASES / name))
    assert all(said in told for said in SAID[name]), told


REFUSED = {
    "f2_surveymonkey.csv": "--dates",
    "f4_scale10_header.csv": "scale from 1 to 10",
    "f4b_scale10_cells.csv": "'3/10' is out of 10",
    "f4c_reversed.csv": "--reversed",
    "f4d_words.csv": "whole number from 1 to 5",
    "f7_yourname.csv": "could be several things",
    "l6_skills.csv": "none that are known here", "l7_profile.csv": "none that are known here",
    "l9_invitations.csv": "none that are known here",
    "n2_html.csv": "is a web page", "n3_ragged.csv": "5 cells, the header 4",
    "n8_mac_roman.csv": "encoding='mac_roman' reads 'Nurse,Zoë",
    "n9_gbk.csv": "encoding='gb18030' reads '护士",
    "n10_cp1251.csv": "encoding='cp1251' reads 'Nurse,Иван",
    "o4_ownlist.csv": "--format people",
    "t1_zoom.vtt": "is a transcript", "t2_teams.vtt": "is a transcript",
    "t3_otter.txt": "is a transcript",
    "x10_rating45.xlsx": "'4.5' must be a whole number", "x5_text_numbers.xlsx": "'0.8'",
    "x13_notes.docx": "is a Word document", "x14_answers.numbers": "Apple Numbers",
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(journal: Any, name: str) -> None:
    with pytest.raises(InfonbError) as refusal:
        journal.import_file(CASES / name)
    assert REFUSED[name] in str(refusal.value) and name in str(refusal.value)
    assert "occupation: is missing" not in str(refusal.value)
    assert journal.people() == [] and journal.interviews() == []


def test_what_is_asked_can_be_said(tmp_path: Path) -> None:
    for name, encoding, person in (
        ("n8_mac_roman.csv", "mac_roman", "Zoë"), ("n10_cp1251.csv", "cp1251", "Иван"),
        ("n9_gbk.csv", "gbk", "王小明"),
    ):  # fmt: skip
        with infonb.open(tmp_path / f"{name}.db") as journal:
            journal.import_file(CASES / name, encoding=encoding)
            assert [p.name for p in journal.people()] == [person]
    with infonb.open(tmp_path / "own.db") as journal:
        journal.import_file(CASES / "o4_ownlist.csv", format="people")
        (person,) = journal.people()
        assert (person.name, person.job_title, person.organisation, person.email) == (
            "Ada Loom", "Nurse", "City Hospital", "ada@example.org",
        )  # fmt: skip
    with infonb.open(tmp_path / "dates.db") as journal:
        journal.import_file(CASES / "f2_surveymonkey.csv", dates="mdy")
        assert [talk.date for talk in journal.interviews()] == ["2026-03-02"]


@pytest.mark.parametrize(
    "text",
    ["naïve café, “Œuvre” – 5 €, Ångström, Müßiggang, créée, l’été, ¿qué?, «à la», 20 °C, m²",
     "Þór Guðmundsson, ÆØÅ, Ça, O’Brien’s ‘quoted’ word, ‚so‘, À bientôt, Ó Briain, PÉREZ, ÜBER"],
)  # fmt: skip
def test_text_that_is_windows_1252_is_read(journal: Any, table: Any, text: str) -> None:
    journal.import_file(
        table(f'occupation,question,text\nNurse,outlook,"{text}"\n', "old.csv", "cp1252")
    )
    ((answer,),) = [journal.answers(talk) for talk in journal.interviews()]
    assert answer.text == text
