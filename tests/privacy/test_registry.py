"""The gate: whatever way a name gets into a page, no file is written; innocent words pass."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from sqlalchemy import Text

import infonb
from infonb import InfonbError
from infonb.journal import Journal, schema
from infonb.privacy.gate import LeftOut, leaks, stop_leaks
from infonb.privacy.redact import TEXTS
from infonb.privacy.registry import left_out_of
from infonb.report import build
from infonb.report.run import page_of
from infonb.report.withheld import wording

NotebookFactory = Callable[..., Path]
ROOT = Path(__file__).parents[2]

KNOWN = LeftOut(
    names=("Renée O'Neil", "Ada Lovelace", "May Bond", "王芳", "Cher"),
    organisations=("Rose & Sons",),
    emails=("ada.l@example.org",),
    phones=("+49 30 5550134", "(415) 555-0199"),
    passages=("and then Ada told us",),
    private=("My boss doesn't know that I will leave.",),
)


def svg(text: str) -> str:
    packed = base64.b64encode(f"<svg><text>{text}</text></svg>".encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{packed}" alt="">'


def chart(spec: object) -> str:
    return f'<script type="application/json">{json.dumps(spec)}</script>'


def found(page: str) -> set[str]:
    return {leak.what for leak in leaks(page, KNOWN)}


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<p>Ada Lovelace said</p>", "Ada Lovelace"),
        ("<p>ADA\n  LOVELACE said</p>", "Ada Lovelace"),
        ("<p>Lovelace, Ada</p>", "Ada Lovelace"),
        ("<tr><td>Ada</td><td>Lovelace</td></tr>", "Ada Lovelace"),
        ("<p>A<b>da</b> L<i>ove</i>lace’s</p>", "Ada Lovelace"),
        ("<p>&#65;da&nbsp;Lov&#x65;lace</p>", "Ada Lovelace"),
        ("<p>Ada Love\u00adlace</p>", "Ada Lovelace"),
        ("<p>Ada\u200b Love\u2060lace\ufeff</p>", "Ada Lovelace"),
        ("<p>\uff21\uff44\uff41 Lovelace</p>", "Ada Lovelace"),
        ("<p>\u202eAda Lovelace\u202c</p>", "Ada Lovelace"),
        ('<img alt="with Ada Lovelace">', "Ada Lovelace"),
        ('<p title="with Ada Lovelace">', "Ada Lovelace"),
        ('<div aria-label="with Ada Lovelace">', "Ada Lovelace"),
        ("<!-- with Ada Lovelace -->", "Ada Lovelace"),
        ('<meta name="author" content="Ada Lovelace">', "Ada Lovelace"),
        ("<title>Ada Lovelace</title>", "Ada Lovelace"),
        ("<details hidden><pre>x = 'Ada Lovelace'</pre></details>", "Ada Lovelace"),
        ("<style>/* Ada Lovelace */</style>", "Ada Lovelace"),
        ("<script>// Ada Lovelace</script>", "Ada Lovelace"),
        ("<p>&lt;b&gt;Ada&amp;nbsp;Lovelace&lt;/b&gt;</p>", "Ada Lovelace"),
        ('<a href="https://example.org/?q=Ada%20Lovelace">x</a>', "Ada Lovelace"),
        ('<a href="https://example.org/in/ada-lovelace/">x</a>', "Ada Lovelace"),
        ('<a href="https://example.org/in/adalovelace">x</a>', "Ada Lovelace"),
        ('<h2 id="ada-lovelace">A.</h2>', "Ada Lovelace"),
        ("<p>write to @AdaLovelace</p>", "Ada Lovelace"),
        ("<p>photo_of_ada.lovelace</p>", "Ada Lovelace"),
        (chart({"values": [{"who": "Ada Lovelace"}]}), "Ada Lovelace"),
        (chart({"values": [{"Ada Lovelace": 4}]}), "Ada Lovelace"),
        (chart({"text": ["said by Ada", "Lovelace in May"]}), "Ada Lovelace"),
        (chart({"values": [{"first": "Ada", "last": "Lovelace"}]}), "Ada Lovelace"),
        (chart({"calculate": "'Ada\\u0020Lovelace'"}), "Ada Lovelace"),
        (chart({"url": "data:,Ada%20Lovelace"}), "Ada Lovelace"),
        (chart({"description": "<b>Ada</b>&nbsp;Lovelace Ada&#32;Lovelace"}), "Ada Lovelace"),
        ('<script type="application/json">{not: json, Ada Lovelace}</script>', "Ada Lovelace"),
        (svg("Ada Lovelace"), "Ada Lovelace"),
        (svg("Ada &lt; <tspan>Ada</tspan> Lovelace"), "Ada Lovelace"),
        ("<p>Renee O’Neil</p>", "Renée O'Neil"),
        ("<p>RENE\u0301E O'NEIL</p>", "Renée O'Neil"),
        ('<a href="/renee-oneil">', "Renée O'Neil"),
        ("<p>May Bond and MAY BOND</p>", "May Bond"),
        ("<p>我见了王芳女士</p>", "王芳"),
        ("<p>with Cher.</p>", "Cher"),
        ("<p>at Rose &amp; Sons</p>", "Rose & Sons"),
        ("<p>rose  &amp;\nsons</p>", "Rose & Sons"),
        ("<p>ada.l@example.org</p>", "ada.l@example.org"),
        ('<a href="mailto:Ada.L%40example.org">', "ada.l@example.org"),
        (chart("ada.l\u0040example.org"), "ada.l@example.org"),
        ("<p>ada.l (at) example (dot) org</p>", "ada.l@example.org"),
        ("<p>ada.l at example dot org</p>", "ada.l@example.org"),
        ("<p>030/555 01 34</p>", "+49 30 5550134"),
        ("<p>0049 (0)30 555-0134</p>", "+49 30 5550134"),
        ('<a href="tel:+14155550199">', "(415) 555-0199"),
        ("<p>415.555.0199</p>", "(415) 555-0199"),
        (chart({"values": [{"n": 4155550199}]}), "(415) 555-0199"),
        ("<p>And then <b>Ada</b>\ntold us all</p>", "and then Ada told us"),
        ("<p>My boss doesn’t know that I will leave.</p>", "My boss doesn't know that I will leave."),
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_written(page: str, what: str) -> None:
    assert found(page) == {what}


@pytest.mark.parametrize(
    "page",
    [
        "<p>Nurse 1 and then told us. Ada alone is a name in many texts, and so is Lovelace.</p>",
        "<p>you may bond with people; in may bond prices fell; maybond</p>",
        "<p>a rose and her sons; cherish, Teacher, cher ami</p>",
        "<p>Adam Lovelace; Ada Lovelacer; Grenada Lovelace</p>",
        "<p>2024 2025 1234567 5 555 01 990</p>",
        "<td>555</td><td>0199</td><td>5550199.25</td><td>0.5550199</td>",
        chart({"values": [0.4155550199, 1e6, 5550198, True]}),
        '<a href="https://example.org/may-bond">x</a>',
        "<p>l@example.org, xada.l@example.org, ada.l@example.organic</p>",
    ],
)  # fmt: skip
def test_innocent_words_and_numbers_pass(page: str) -> None:
    assert found(page) == set()


def test_a_page_of_nobody_passes_unread() -> None:
    assert leaks("<p>Ada Lovelace</p>", LeftOut()) == []


def test_what_several_notebooks_leave_out_is_added() -> None:
    both = LeftOut(names=("Ada",)) | LeftOut(names=("Ben", "Ada"), phones=("555-0101",))
    assert both == LeftOut(names=("Ada", "Ben"), phones=("555-0101",))


def test_the_message_says_what_where_and_what_to_do() -> None:
    page = "<h2>Whom I <em>asked</em></h2><p>First of all I went and asked Ada Lovelace there.</p>"
    with pytest.raises(InfonbError) as told:
        stop_leaks(page, KNOWN, "The report x.html")
    assert str(told.value).splitlines() == [
        "The report x.html was not written: what is to be left out is in it.",
        "- the name “Ada Lovelace”: in the text, under “Whom I asked”, “First of all I went and"
        " asked Ada Lovelace there.”",
        "Take it out of the notebook, or of the text or title in the journal. Somebody who agreed to be"
        " named can be marked so in the journal, and is named with --names.",
    ]


# ---------------------------------------------------------------- what a journal leaves out


@pytest.fixture
def search(tmp_path: Path) -> Journal:
    """A journal in which one person may be named, and the other wrote something in confidence."""
    journal = infonb.open(tmp_path / "search.db")
    nurse = journal.add_occupation("Nurse")
    ada = journal.add_person(
        "Ada Lovelace", email="ada@example.org", phone="555-0101", organisation="Engine Works"
    )
    named = journal.add_person("Ben Hur", may_be_named=True, email="ben@example.org")
    talk = journal.plan_interview(ada, nurse)
    journal.record_answer(talk, "outlook", text="When Ada looks back it went well.", rating=4)
    journal.record_answer(
        talk, "home_life", text="I have not told anybody, but I am looking around.", private=True
    )
    journal.plan_interview(named, nurse)
    return journal


def stops(journal: Journal, *cells: str, written: str = "", **options: bool) -> str:
    """What the gate says of a page with these words on it; nothing when it passes."""
    v4 = nbformat.v4
    outputs = [v4.new_output("stream", text=text) for text in cells]
    page = page_of(v4.new_notebook(cells=[v4.new_code_cell(written, outputs=outputs)]))
    try:
        stop_leaks(page, left_out_of(journal.rows(), **{"redact": True, **options}))
    except InfonbError as error:
        return str(error)
    return ""


def test_what_the_journal_knows_stops_the_page(search: Journal) -> None:
    assert "the name “Ada Lovelace”" in stops(search, "with Ada Lovelace")
    assert "the name “Ben Hur”" in stops(search, "with Ben Hur")
    assert "the organisation “Engine Works”" in stops(search, written="x = 'Engine Works'")
    assert stops(search, "engine works, said in small letters, are no employer") == ""
    assert "the e-mail address “ada@example.org”" in stops(search, "ADA@example.org")
    assert "the phone number “555-0101”" in stops(search, "0555 01 01")
    assert "an answer off the record, “I have not told" in stops(
        search, "I have not told anybody, but I am looking around."
    )


def test_part_of_a_name_counts_in_the_journals_own_texts_only(search: Journal) -> None:
    assert "“When Ada looks back”" in stops(search, "When Ada looks back it went well.")
    assert stops(search, "When Nurse 1 looks back it went well. Ada is a town in Ohio.") == ""


def test_a_title_that_names_somebody_blinds_nobody(search: Journal) -> None:
    ada, _ = search.people()
    talk = search.plan_interview(ada, search.add_occupation("Assistant to Ada Lovelace"))
    search.record_answer(talk, "outlook", text="Fine")
    search.plan_interview(ada, search.add_occupation("Ada's understudy on stage"))
    assert "the name “Ada Lovelace”" in stops(search, "Assistant to Ada Lovelace 1")
    assert "the name “Ada Lovelace”" in stops(search, "Assistant to Ada Lovelace")
    assert "“Ada's understudy on”" in stops(search, "Ada's understudy on stage")
    assert stops(search, "Assistant to [name] 1 and [name]'s understudy on stage 1") == ""


def test_a_report_of_titles_and_questions_with_names_holds_none(
    search: Journal, notebook: NotebookFactory, tmp_path: Path
) -> None:
    ada, ben = search.people()
    key = search.add_question("Does Ada Lovelace run Engine Works?", short="Lovelace?", low="Ada")
    for person, title in ((ada, "Assistant to Ada Lovelace"), (ben, "Engineer at Engine Works")):
        talk = search.plan_interview(person, search.add_occupation(title), questions=[key])
        search.record_answer(talk, key, text="Lovelace does", rating=4)
        search.record_skill(talk, "calming Ada Lovelace", rank=1)
        search.finish_interview(talk)
    source = notebook(
        "import infonb\nwith infonb.my_journal() as journal:\n    findings = journal.findings()",
        "# What I learned",
        *(f"infonb.charts.{chart}(findings)" for chart in
          ("ratings", "coverage", "decision", "skills", "answers", "overlap", "network")),
        "findings.answers", "findings.ratings()", "findings.people", "print(findings.in_brief())",
        "print(findings.questions)", "infonb.report.quotes(findings.answers)",
    )  # fmt: skip
    page = build(source, tmp_path / "story.html", journal=tmp_path / "search.db").read_text("utf-8")
    assert "Assistant to [name]" in page and "Engineer at [organisation]" in page
    assert [name for name in ("lovelace", "engine works") if name in page.lower()] == []


def test_a_notebooks_writer_may_give_an_address_but_no_name(search: Journal) -> None:
    written = "Write to me@example.org, https://example.org or 030 1234567, 12 Rose Lane, Xton."
    left_out = left_out_of(search.rows(), redact=True, written=[written, "For Ada, with thanks."])
    assert leaks(f"<p>{written}</p><pre>@lru_cache\ndef ada(): ...</pre>", left_out) == []
    assert [leak.what for leak in leaks("<p>For Ada, with thanks.</p>", left_out)] == [
        "For Ada, with thanks."
    ]


def test_who_may_be_named_is_named_when_asked_but_never_reached(search: Journal) -> None:
    assert stops(search, "Ben Hur", redact=False) == ""
    assert "the e-mail address" in stops(search, "ben@example.org", redact=False)
    assert "the name “Ada Lovelace”" in stops(search, "Ada Lovelace", redact=False)
    assert "off the record" in stops(
        search, "I have not told anybody, but I am looking around.", redact=False
    )


AWKWARD = [
    {"name": name, "organisation": organisation}
    for name, organisation in [
        ("Will", "Nurse"), ("May", "Bureau of Labor Statistics"), ("A", "O*NET"), ("Ñ", "I"),
        ("Baker", "Hospital"), ("Rose grower", "School"), ("Not named", "Self-employed"),
        ("Registered nurse", "University"), ("Art Price", "Python"), ("?", "The"), ("Max", "Chart"),
        ("Librarian", "U.S. Department of Labor"), ("Grace", "Skills"), ("Mark Page", "Data"),
        ("Reading Comprehension", "Critical Thinking"), ("Infonb", "infonb"), ("Mean", "Show the code"),
        ("Altair", "Vega"), ("Step", "Other"), ("Bo", "Occupation"), ("Chance", "Official figures"),
    ]
]  # fmt: skip


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict]]:
    """Rows of a journal whose people and employers are called like what every report says."""
    with infonb.open(tmp_path_factory.mktemp("awkward") / "search.db") as journal:
        for title in ("Registered nurse", "Baker", "Rose grower", "Will writer"):
            occupation = journal.add_occupation(title)
            for person in AWKWARD:
                talk = journal.plan_interview(journal.add_person(**person), occupation)
                said = f"{person['name']} works at {person['organisation']}. Will may say more."
                journal.record_answer(talk, "outlook", text=said)
        return journal.rows()


@pytest.mark.parametrize("name", ["3-compare", "4-skills", "5-outlook", "6-decide"])
def test_a_name_that_infonb_says_itself_never_makes_a_report_impossible(
    name: str, awkward: dict[str, list[dict]]
) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    written = [cell.source for cell in notebook.cells]
    left_out = left_out_of(awkward, redact=True, written=written, wording=wording())
    assert leaks(page_of(notebook), left_out) == []


def test_the_page_is_searched_before_it_is_written_and_an_older_one_stays(
    search: Journal, notebook: NotebookFactory, tmp_path: Path
) -> None:
    target = tmp_path / "story.html"
    target.write_text("the older report", encoding="utf-8")
    source = notebook(
        "import infonb\nwith infonb.my_journal() as journal:\n    people = journal.people()",
        "# Whom I *asked*",
        "import pandas as pd\npd.DataFrame({'who': [person.name for person in people]})",
    )
    with pytest.raises(InfonbError) as told:
        build(source, target, journal=tmp_path / "search.db")
    said = str(told.value)
    assert "story.html was not written: what is to be left out is in it." in said
    assert "- the name “Ada Lovelace”: in the text, under “Whom I asked”, “Ada Lovelace”" in said
    assert target.read_text(encoding="utf-8") == "the older report"
    assert sorted(p.name for p in tmp_path.glob("*story*")) == ["story.html", "story.ipynb"]


def test_a_journal_that_only_the_notebook_names_is_asked_too(
    search: Journal, notebook: NotebookFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("INFONB_JOURNAL", raising=False)
    source = notebook(
        "import infonb\nwith infonb.open('search.db') as mine:\n    print(mine.people()[0].name)"
    )
    with pytest.raises(InfonbError, match="the name “Ada Lovelace”"):
        build(source, tmp_path / "story.html")
    assert not (tmp_path / "story.html").exists()


@pytest.mark.parametrize(
    "cell",
    [
        "f = infonb.open('search.db').findings(redact=False)\nf.people[['person', 'email']]",
        "js = [infonb.open('search.db')]\nprint(js[0].people()[0].name)",
        "def names():\n    return infonb.open('search.db').people()[0].name\nnames()",
    ],
)
def test_a_journal_that_no_variable_holds_is_asked_too(
    cell: str, search: Journal, notebook: NotebookFactory, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delenv("INFONB_JOURNAL", raising=False)
    source = notebook(f"import infonb\n{cell}")
    with pytest.raises(InfonbError, match="the name “Ada Lovelace”"):
        build(source, tmp_path / "story.html")


def test_a_page_that_could_not_be_checked_is_not_written(
    notebook: NotebookFactory, tmp_path: Path
) -> None:
    source = notebook("get_ipython().display_formatter.format = lambda *_, **__: ({}, {})")
    with pytest.raises(InfonbError, match="could not be asked who is to be left out"):
        build(source, tmp_path / "story.html")
    assert not (tmp_path / "story.html").exists()


NOT_WRITTEN_FREELY = set(
    "key value title title_key soc name job_title organisation email phone source referred_by "
    "status zone date question session before_deletion skill_id item kind due fingerprint what "
    "before id formerly profile plan look_again day to".split()
)


def test_no_text_of_the_journal_is_forgotten() -> None:
    read = {(table, column) for table, columns in TEXTS.items() for column in columns}
    for table in schema.metadata.sorted_tables:
        for column in table.c:
            free = isinstance(column.type, Text) and not column.name.endswith(("_id", "_at"))
            if (
                free
                and column.name not in NOT_WRITTEN_FREELY | {"at"}
                and "history" not in table.name
            ):
                assert (table.name, column.name) in read
