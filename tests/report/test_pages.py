"""The pages one reads first: nobody's open words are missing, nothing private or candid is there."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

import infonb
from infonb import charts, report
from infonb.findings import Findings
from infonb.findings.about import with_quotation_marks
from infonb.report.language import language_of
from infonb.report.pages import PAGES
from infonb.report.render import combined, page
from infonb.report.run import page_of

v4 = nbformat.v4
LONG = "She began with the week before, and the week before that. " * 12


def shown(*pieces: Any) -> nbformat.NotebookNode:
    outputs = [v4.new_output("display_data", data=p._repr_mimebundle_()) for p in pieces]
    return v4.new_code_cell("pass", outputs=outputs)


def notebook_of(findings: Findings, *more: Any) -> nbformat.NotebookNode:
    """As the third notebook is made: side by side, then one occupation after the other."""
    titles = findings.occupations.occupation
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# What did they say, side by side?"),
            shown(report.side_by_side(findings), *more),
            v4.new_markdown_cell("## Everything they said"),
            shown(*(report.occupation(findings, title) for title in titles)),
        ]
    )


def body(page: str) -> str:
    return page[page.index("<body>") :]


def words(markup: str) -> str:
    text = re.sub(
        r"<[^>]*>", " ", re.sub(r"<script.*?</script>|<style.*?</style>", " ", markup, flags=re.S)
    )
    return " ".join(html.unescape(text).split())


def answers_in(findings: Findings, text: str) -> float:
    """Share of the words of all answers that are not private whose answer stands in a text."""
    heard = findings.answers[~findings.answers.private]
    said = [" ".join(with_quotation_marks(words).split()) for words in heard.text if words.strip()]
    there = sum(len(one.split()) for one in said if one in text)
    return there / sum(len(one.split()) for one in said)


@pytest.mark.parametrize("sample", ["example", "published"])
def test_all_open_words_are_in_a_report_and_most_are_seen_without_unfolding(sample: str):
    findings = infonb.sample(sample).findings(redact=True)
    page = body(page_of(notebook_of(findings)))
    joined = re.sub(r'<details class="more"><summary>.*?</summary>', "", page, flags=re.S)
    assert answers_in(findings, words(joined)) == 1
    seen = re.sub(r"<details.*?</details>", " ", page, flags=re.S)
    assert answers_in(findings, words(seen)) >= 0.6


def test_a_long_answer_folds_and_none_of_it_is_missing(tmp_path: Path):
    with infonb.open(tmp_path / "long.db") as journal:
        interview = journal.plan_interview(
            journal.add_person("Ada"), journal.add_occupation("Nurse"), date="2026-03-02"
        )
        journal.record_answer(interview, "typical_day", text=LONG, rating=4)
        journal.finish_interview(interview)
        page = body(page_of(notebook_of(journal.findings(redact=True))))
    start, rest = re.search(
        r'<p class="said">([^<]*)</p>\s*<details class="more">.*?<p class="said">(.*?)</p>',
        page,
        re.S,
    ).groups()  # pyright: ignore[reportOptionalMemberAccess]
    assert f"{start} {rest}".split() == LONG.split()
    assert 40 <= len(start.split()) <= 63


def test_nothing_private_is_there(shapes: Any):
    findings = shapes.findings("private_answers")
    page = page_of(notebook_of(findings, report.contradictions(findings)))
    assert "Off the record" not in page


def test_own_remarks_and_weights_are_there_only_when_asked_for():
    findings = infonb.sample("example").findings(redact=True)
    remark = with_quotation_marks(findings.answers.why.dropna().iloc[0])
    title = findings.answers.occupation.iloc[0]
    plain, full = (
        report.occupation(findings, title),
        report.occupation(findings, title, remarks=True),
    )
    assert remark not in html.unescape(plain.html) and "weight" not in plain.html
    assert remark in html.unescape(full.html) and "weight 0.8" in full.html


def test_side_by_side_stands_first_and_once_in_a_report_of_several(tmp_path: Path):
    findings = infonb.sample("example").findings(redact=True)
    prepare = v4.new_notebook(cells=[v4.new_markdown_cell("# Prepare\n\n## Whom to ask")])
    made = body(page(combined([(prepare, "1-prepare"), (notebook_of(findings), "3-compare")])))
    assert made.count('<div class="side-by-side">') == 1
    assert made.index('class="side-by-side"') < made.index('id="contents"')


def test_each_occupation_side_by_side_leads_to_its_own_page(shape: str, shapes: Any):
    findings = shapes.findings(shape)
    page = body(page_of(notebook_of(findings)))
    table = page[: page.index("Everything they said")]
    for target in re.findall(r'<th [^>]*><a href="#([^"]*)"', table):
        assert f'id="{target}"' in page


def test_words_alone_make_a_page_and_it_says_so(shapes: Any):
    page = words(body(page_of(notebook_of(shapes.findings("unrated_answers")))))
    assert "By chance" in page and "Early mornings" in page
    assert "Nothing is rated, so nothing is weighed" in page
    assert "of 100 ways" not in page


def test_an_empty_journal_says_so_in_a_line(shapes: Any):
    assert "Nobody has been heard yet" in report.side_by_side(shapes.findings("empty")).html


def test_contradictions_have_both_ratings_low_first():
    findings = infonb.sample("example").findings(redact=True)
    piece = report.contradictions(findings, most=1)
    assert re.findall(r"I rated it (\d) of 5", words(piece.html)) == ["2", "5"]
    assert "1 more question divides people" in words(piece.html)


def test_in_jupyterlab_it_is_a_table_that_needs_no_style_sheet():
    made = report.side_by_side(infonb.sample("example").findings(redact=True)).html
    assert "<svg" not in made and "<style" not in made
    assert made.count('scope="col"') == 4 and made.count('scope="row"') >= 10
    assert "rated 4, 5, 5 of 5" in made


def test_what_one_must_care_about_is_a_sentence_and_a_small_picture():
    piece = report.leanings(infonb.sample("example").findings(redact=True))
    assert piece.text.splitlines()[2].startswith("Elementary school teacher: more preparation")
    made = body(page_of(v4.new_notebook(cells=[shown(piece)])))
    assert made.count('<path class="lean"') == made.count("<text ") > 8
    assert "comes first where I care more about preparation; less about" in words(made)


def test_the_only_occupation_stands_once_and_charts_made_to_compare_stay_away(shapes: Any):
    findings = shapes.findings("one_answer")
    notebook = notebook_of(findings)
    notebook.cells.insert(2, v4.new_markdown_cell("## How good does each sound?"))
    drawn = v4.new_output("display_data", data=charts.ratings(findings).for_report())
    notebook.cells.insert(3, v4.new_code_cell("pass", outputs=[drawn]))
    made = body(page(combined([(notebook, "3-compare")]))).split('<details class="code">')[0]
    assert made.count('<section class="occupation">') == 1
    assert "<figure" not in made and "How good does" not in made
    assert "Everything they said" not in made


@pytest.mark.parametrize(
    "data", [{}, {"kind": "side-by-side"}, {"kind": "<b>"}, {"kind": "occupation"}]
)
def test_a_page_that_others_wrote_into_a_notebook_stops_no_report(
    data: dict[str, Any], notebook: Callable[..., Path]
):
    output = v4.new_output("display_data", data={PAGES: data, "text/plain": "as text"})
    page = page_of(v4.new_notebook(cells=[v4.new_code_cell("pass", outputs=[output])]))
    assert "<b>" not in body(page)


def test_an_answer_in_another_language_says_which(tmp_path: Path):
    german = "Die Kinder sind laut, und abends bin ich müde."
    with infonb.open(tmp_path / "two.db") as journal:
        for person, title, text in (("Ada", "Nurse", german), ("Ben", "Tailor", "Good hours.")):
            interview = journal.plan_interview(
                journal.add_person(person), journal.add_occupation(title), date="2026-03-02"
            )
            journal.record_answer(interview, "home_life", text=text, rating=4)
            journal.finish_interview(interview)
        findings = journal.findings(redact=True)
        made = body(page_of(notebook_of(findings)))
    assert f'<span lang="de">{german}</span>' in made
    assert f'<p class="said" lang="de">{german}</p>' in made
    assert made.count("lang=") == 2


@pytest.mark.parametrize("sample", ["example", "published"])
def test_no_english_answer_is_taken_for_another_language(sample: str):
    texts = infonb.sample(sample).findings(redact=True).answers.text
    assert [text for text in texts if language_of(text)] == []


def test_what_people_spoke_of_is_shown_and_never_off_the_record(tmp_path: Path) -> None:
    with infonb.open(tmp_path / "search.db") as journal:
        nurse = journal.add_occupation("Nurse")
        for name, said in (("Ada L.", "The nights are long."), ("Bo M.", "Nobody sleeps, truly.")):
            talk = journal.plan_interview(journal.add_person(name), nurse, date="2026-03-01")
            answer = journal.record_answer(talk, "home_life", text=said, private=name == "Bo M.")
            journal.finish_interview(talk)
            journal.code(answer, new_theme="Sleep", start=0, end=10)
        findings = journal.findings()
        shown = [report.side_by_side(findings), report.occupation(findings, "Nurse"),
                 report.themes(findings)]  # fmt: skip
        assert all("Sleep" in page.html and "Nobody sle" not in page.html for page in shown)
        assert "The nights" in shown[1].html and "The nights" in shown[2].html
    with infonb.open(tmp_path / "empty.db") as empty:
        assert "No passage has a theme yet" in report.themes(empty.findings()).html
