"""Names in every way they are written: found, replaced, in no file; innocent words stay."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import infonb
from infonb.journal import Journal
from infonb.privacy.gate import LeftOut, doubts, leaks
from infonb.privacy.redact import Redaction, text_cleaner
from infonb.privacy.spellings import Grade, Spellings, fold, of_employer, of_person

PEOPLE: dict[str, list[str]] = {
    "Siobhan Kovacz": ["Siobhán Kovacz", "Siobhán", "Kovàcz", "kovacz", "SIOBHÁN"],
    "Zoë Bronhild": ["Zoe", "Zoé", "bronhild", "Bronhilds", "ZoeBronhild"],
    "김민수": ["민수", "김민수", "김 씨", "김 선생"],
    "陈美玲": ["美玲", "陈老师", "陈美玲", "陈女士"],
    "王小芳": ["小芳", "王医生", "老王"],
    "田中 花子": ["田中", "花子", "田中花子"],
    "Ömür Şahindal": ["ömür", "ŞAHİNDAL", "Oemuer", "sahindal", "O\u0308mu\u0308r"],
    "Jan Großfeld": ["GROẞFELD", "Grossfeld", "großfeld"],
    "Łukasz Wójcik": ["Łukasza", "Wójcika", "Lukaszem", "Wojcikiem", "LUKASZ"],
    "Agnieszka Malinowska": ["Malinowskiej", "Agnieszki", "malinowska", "AgnieszkaMalinowska"],
    "Анна Белозёрова": ["Анны", "Белозеровой", "Белозёрову"],
    "Anne D'Arcourt": ["D’Arcourt", "DArcourt", "d'arcourt", "D`Arcourt"],
    "Adaline Quillanby": [
        "Adaline_Quillanby.pdf", "AdalineQuillanby", "adaline.quillanby", "#quillanby",
        "Ada\u00adline Quil\u00adlanby", "Ada\u200bline", "Ｑｕｉｌｌａｎｂｙ", "aquillanby",
        "adaline-quillanby", "quillanby_adaline", "Quillanby, Adaline", "A. Quillanby",
        "Adaline Q.", "Quillamby", "adalinequillanby99", "Adaline&Quillanby",
    ],
    "Søren Müßigbrodt": ["Soeren", "Sören", "Muessigbrodt", "Mussigbrodt", "Müssigbrodt"],
    "Iñaki Ñuñezal": ["Nuñezal", "Ñunezal", "inaki", "Nunezal"],
    "Mary-Kate Olwin": ["MaryKate", "M-K", "marykate_olwin", "Mary Kate", "M.-K."],
    "Xanthe Oyelaran-Whitcombe": ["X.O.W.", "XOW", "oyelaran", "Whitcombes", "OyelaranWhitcombe"],
    "Willem Anton van Steenbrug": ["WAvS", "steenbrug", "W. Steenbrug"],
    "X Æ": ["X Æ", "XÆ", "X. Æ."],
    "Q. Z.": ["Q. Z.", "Q.Z.", "Q Z"],
    "Jan Kruczynski": ["Kruczinski", "Kruczynskiego", "kruczynski", "Kruczynksi", "Krucznski"],
    "William Torvane": ["Bill Torvane", "Billy", "Will Torvane", "Torvanne", "Willy"],
    "Robert Quistgard": ["Bobby", "Bob", "rob quistgard", "Quistgaard", "R. Quistgard"],
    "Liz Marlowick": ["Elizabeth", "Lizzie", "marlowick", "Elizabeth Marlowick"],
    "Katharina (Kati) Bollwein": ["Kati", "Katharina", "bollwein", 'Kati Bollwein'],
    'Herbert "Dotz" Ostrava': ["Dotz", "ostravas", "Ostrawa"],
    "May Bondarek": ["the half year with May", "find a May.", "Mrs. May", "bondarek", "May says"],
    "Γιώργος Παππάκης": ["Γιώργου", "Παππάκη"],
}  # fmt: skip
EMPLOYERS: dict[str, list[str]] = {
    "Vandelay Industries Group International": ["Vandelay", "vandelay", "VIGI"],
    "Acmetron Rockets Ltd": ["Acmetron's", "ACMETRON", "acmetron rocket", "AcmetronRockets"],
    "Charité Berlin": ["Charite", "charité"],
    "Millborne Clinic Ltd": [
        "MillborneClinic", "Millborne-Clinic", "Millborne", "millborne-clinic", "millborne_clinic",
    ],
    "St. Maryan's Hospital": ["St Maryan's", "St Maryans Hospital", "Saint Maryan's Hospital"],
    "Zzyzx Rockets (ZXR)": ["Zzyzx", "ZXR", "zzyzx rockets"],
    "Trondal & Sons": ["Trondal and Sons", "TRONDAL & SONS", "trondal"],
}  # fmt: skip
CONTACTS = [
    "+49 (0) 30 / 12 34 56 7", "call 12345678901", "insta: tyfeather99", "discord tyfeather#1234",
    "skype:ty.feather", "u/tyfeather", "Mill Lane 12", "tk77 at hotmail dot example",
    "tyfeather on LinkedIn", "my insta is tyfeather99",
]  # fmt: skip
INNOCENT = [
    ("May Bond", "in May 2026, from April to May, and you may"),
    ("May Bond", "It began with May 2026. A May morning."),
    ("May Day", "On a May day nothing may be done"), ("A nurse", "A nurse has a plan, a nurse told her"),
    ("A Nurse", "a nurse, and another nurse"), ("He", "He said he knows. What he likes"),
    ("It", "It said so, and it works"), ("X Y", "an x y plot"), ("Will Case", "It will. In case it may"),
    ("Grace Mark", "grace marks a period"), ("Art Field", "art in the field"),
    ("William Kemp", "the bill, the will; Bill of rights"), ("Dorothy Klink", "a dot and the Dot"),
    ("Richard Lowe", "a rich dick"), ("Grace Hall", "the hall of grace"),
    ("Arthur Penn", "the art of the pen"), ("Amy Cook", "cook; line cooks cook"),
    ("John Hung", "hung up on it"), ("Ng", "English, ng"), ("Le Thi", "le; this is thin"),
    ("Ann Lee", "planning, annual, banner, fleeing"), ("Max Stone", "at max, a stone"),
    ("Sandra Miller", "sander, millers mill"), ("J. D.", "a J and a D; juris doctor; jd"),
    ("Q. Z.", "quiz; Q&A"), ("Jan Kruczynski", "January, Krankenhaus, cruncher"),
    ("Ada Lovelace", "Adam, lovely lace, Grenada"), ("Rob Banks", "to rob banks"),
    ("Sue Grabb", "they sue and grab"), ("Mark Twain", "mark it; the mark"),
    ("Hope Summers", "we hope for summers"), ("Frank Berger", "to be frank"),
    ("Thomas Anders", "others, and hands"), ("王芳", "芳香, 王国"), ("김민수", "김치와 밥"),
    ("Rose Field", "roses in a field rose"), ("Drew Carey", "she drew a line"),
    ("Nurse", "nurses nurse; a nurse"), ("Bo", "bow, both, about"), ("Al", "also, all, AI"),
]  # fmt: skip


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
    assert len(LEAKS) + len(INNOCENT) >= 150


@pytest.mark.parametrize(("name", "organisation", "text"), LEAKS)
def test_a_name_is_replaced(name: str | None, organisation: str | None, text: str) -> None:
    said = f"so {text} then"
    found = cleaned(said, name, organisation)
    assert found is not None and found != said
    assert any(label in found for label in ("Nurse 1", "[organisation]", "[")), found


@pytest.mark.parametrize(("name", "text"), INNOCENT)
def test_innocent_words_stay_letter_for_letter(name: str, text: str) -> None:
    assert cleaned(text, name) == text


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


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    """All these people in one journal, and everything that was written of them."""
    journal = infonb.open(tmp_path_factory.mktemp("table") / "search.db")
    nurse = journal.add_occupation("Nurse")
    employers = [*EMPLOYERS]
    for n, (name, texts) in enumerate(PEOPLE.items()):
        employer = employers[n % len(employers)]
        person = journal.add_person(name, organisation=employer)
        talk = journal.plan_interview(person, nurse)
        said = "; ".join(f"so {text} then" for text in [*texts, *EMPLOYERS[employer]])
        journal.record_answer(talk, "outlook", text=said)
        journal.record_skill(talk, f"working with {texts[0]}", rank=1)
    return journal


def written(path: Path) -> str:
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            return "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith(".xml"))
    return path.read_text("utf-8")


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx", "vcf", "ics"])
def test_no_spelling_stands_in_a_file_that_leaves(
    journal: Journal, tmp_path: Path, ending: str
) -> None:
    said = written(journal.export_file(tmp_path / f"out.{ending}"))
    for texts in [*PEOPLE.values(), *EMPLOYERS.values()]:
        for text in texts:
            assert f"so {text} then" not in said


def test_no_spelling_stands_in_a_frame_or_a_chart(journal: Journal) -> None:
    findings = journal.findings(redact=True)
    said = findings.answers.to_csv() + str(infonb.charts.answers(findings).to_dict())
    for texts in [*PEOPLE.values(), *EMPLOYERS.values()]:
        assert [text for text in texts if f"so {text} then" in said] == []


@given(
    st.sampled_from([(name, text) for name, texts in PEOPLE.items() for text in texts]),
    st.text(alphabet=" .,;:()-\n", min_size=1, max_size=3),
)
def test_no_sure_or_likely_spelling_is_left(pair: tuple[str, str], sign: str) -> None:
    name, text = pair
    left = cleaned(f"then{sign}{text}{sign}so", name)
    found = Spellings(of_person(name)).find(left or "")
    assert [one.words for one in found if one.spelling.grade is not Grade.UNSURE] == []


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
