"""Names in every way they are written are found and replaced; innocent words stay."""

from __future__ import annotations

import pytest
from names_in_text import CONTACTS, EMPLOYERS, INNOCENT, INNOCENT_OF_EMPLOYERS, PEOPLE

from infonb.privacy.gate import LeftOut, doubts, leaks
from infonb.privacy.redact import Redaction, text_cleaner
from infonb.privacy.spellings import Grade, Spellings, fold, of_employer, of_person


def cleaned(text: str, name: str | None = None, organisation: str | None = None) -> str | None:
    row = {"id": "p", "name": name or "Not named", "organisation": organisation}
    row |= {"phone": None, "email": None, "may_be_named": False}
    return text_cleaner([row], {"p": "Nurse 1"}, Redaction.EVERYBODY)(text)


LEAKS = [
    *((name, None, text) for name, texts in PEOPLE.items() for text in texts),
    *((None, name, text) for name, texts in EMPLOYERS.items() for text in texts),
    *((None, None, text) for text in CONTACTS),
]


def test_the_table_is_long_enough() -> None:
    assert len(LEAKS) + len(INNOCENT) + len(INNOCENT_OF_EMPLOYERS) >= 500


@pytest.mark.parametrize(("name", "organisation", "text"), LEAKS)
def test_a_name_is_replaced(name: str | None, organisation: str | None, text: str) -> None:
    said = f"so {text} then"
    found = cleaned(said, name, organisation)
    assert found is not None and found != said
    assert any(label in found for label in ("Nurse 1", "[organisation]", "[")), found


@pytest.mark.parametrize(("name", "text"), INNOCENT)
def test_innocent_words_stay_letter_for_letter(name: str, text: str) -> None:
    assert cleaned(text, name) == text


@pytest.mark.parametrize(("organisation", "text"), INNOCENT_OF_EMPLOYERS)
def test_innocent_words_of_an_employer_stay_letter_for_letter(organisation: str, text: str) -> None:
    assert cleaned(text, None, organisation) == text


@pytest.mark.parametrize(("name", "organisation", "text"), [x for x in LEAKS if x[0] or x[1]])
def test_the_gate_stops_on_what_is_sure_and_lists_what_is_likely(
    name: str | None, organisation: str | None, text: str
) -> None:
    left_out = LeftOut(names=(name or "Not named",), organisations=(organisation or "",))
    page = f"<p>so {text} then</p>"
    spelled = of_person(name) if name else of_employer(organisation or "")
    found = Spellings(spelled).find(f"so {text} then")
    assert bool(leaks(page, left_out)) == any(one.spelling.grade is Grade.SURE for one in found)
    likely = [fold(one.words).text for one in found if one.spelling.grade is Grade.LIKELY]
    listed = [d.what for d in doubts(page, left_out) if d.grade is Grade.LIKELY]
    assert listed == list(dict.fromkeys(likely))


@pytest.mark.parametrize(("name", "text"), INNOCENT)
def test_the_gate_never_stops_on_what_redaction_leaves(name: str, text: str) -> None:
    left_out = LeftOut(names=(name,))
    assert leaks(f"<p>{text}</p>", left_out) == []
    assert all(d.grade is Grade.UNSURE for d in doubts(f"<p>{text}</p>", left_out))


def test_what_is_unsure_is_listed_once() -> None:
    left_out = LeftOut(names=("Will Case",))
    page = "<p>Will it last? Will it pay?</p><p>In any case it will.</p>"
    assert [(d.what, d.grade) for d in doubts(page, left_out)] == [("Will", Grade.UNSURE)]
    usual = LeftOut(names=("Will Case",), usual=(" what will it be ",))
    assert doubts(page, usual) == []


def test_what_is_sure_and_what_is_likely() -> None:
    known = Spellings([*of_person("William Torvane"), *of_employer("Vandelay Works")])
    grades = {one.words: one.spelling.grade for one in known.find(
        "William Torvane, torvane, Billy, Torvanne, Vandelay Works, Vandelay")}  # fmt: skip
    assert [words for words, grade in grades.items() if grade is Grade.SURE] == [
        "William Torvane", "torvane", "Vandelay Works",
    ]  # fmt: skip
    assert [words for words, grade in grades.items() if grade is Grade.LIKELY] == [
        "Billy", "Torvanne", "Vandelay",
    ]  # fmt: skip
