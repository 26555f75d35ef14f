"""One journal of everybody in the table of names, through every way out of the program."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from names_in_text import CONTACTS, EMPLOYERS, INNOCENT, INNOCENT_OF_EMPLOYERS, PEOPLE

import infonb
from infonb import charts, sheet
from infonb.exchange import WRITERS
from infonb.journal import Journal
from infonb.privacy.gate import LeftOut, doubts, leaks
from infonb.privacy.registry import left_out_of, wording
from infonb.privacy.spellings import Grade
from infonb.report import build

INNOCENT_TEXTS = [text for _, text in [*INNOCENT, *INNOCENT_OF_EMPLOYERS]]
FRAMES = (
    "answers skills strengths themes leads tasks people interviews occupations decisions".split()
)


def fill(journal: Journal, people: dict[str, list[str]], employers: dict[str, list[str]]) -> None:
    """These people and employers, with every text about them in fields of all kinds."""
    works_at = [*employers, *(name for name, _ in INNOCENT_OF_EMPLOYERS)]
    names = [*people, *dict.fromkeys(name for name, _ in INNOCENT)]
    about = [text for texts in [*people.values(), *employers.values()] for text in texts]
    said = "\n".join(f"so {text} then" for text in [*about, *CONTACTS])
    titles = [journal.add_occupation(title) for title in ("Nurse", "Aide to so and so")]
    theme = journal.add_theme(f"so {about[1]} then", description=said[:300])
    own = journal.add_question(f"What of so {about[0]} then?", short=f"so {about[-1]} then")
    for n, name in enumerate(dict.fromkeys(names)):
        employer = works_at[n % len(works_at)]
        person = journal.add_person(name, organisation=employer, notes=said)
        talk = journal.plan_interview(person, titles[n % 2], date="2026-06-01", questions=[own])
        mine = [f"so {text} then" for text in [*people.get(name, ()), *employers.get(employer, ())]]
        outlook = "\n".join(mine)
        outlook = journal.record_answer(
            talk, "outlook", text=outlook, rating=4, why="; ".join(mine)
        )
        if mine:
            journal.code(outlook, theme)
        journal.record_answer(talk, own, text=mine[0] if mine else "nothing")
        journal.record_skill(talk, mine[0] if mine else "patience", rank=1)
        if not n:
            journal.record_answer(talk, "home_life", text=said)
            journal.record_answer(talk, "difficulties", text="\n".join(INNOCENT_TEXTS))
        if n % 3:
            journal.finish_interview(talk)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with infonb.open(tmp_path_factory.mktemp("everybody") / "search.db") as journal:
        fill(journal, PEOPLE, EMPLOYERS)
        yield journal


def text_of(path: Path) -> str:
    """What a file says to who opens it."""
    content = path.read_bytes()
    if path.suffix == ".parquet":
        return strings(pd.read_parquet(path).astype(str).to_dict("records"))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(without_tags(parts.read(n).decode("utf-8")) for n in parts.namelist())
    text = content.decode("utf-8")
    if path.suffix == ".jsonl":
        return "\n".join(strings(json.loads(line)) for line in text.splitlines())
    if path.suffix == ".csv":
        return "\n".join("\n".join(row) for row in csv.reader(io.StringIO(text)))
    if path.suffix in (".vcf", ".ics"):
        return re.sub(r"\r?\n[ \t]", "", text).replace("\\n", "\n").replace("\\", "")
    return without_tags(text)


def without_tags(text: str) -> str:
    """Text and attributes."""
    said = re.findall(r'="([^"]*)"', text)
    data = re.sub(r'(<script type="text/plain" id="vega">)[^<]*', r"\1", text)
    return unescape("\n".join([re.sub(r"<[^>]*>", " ", data), *said]))


def strings(told: Any) -> str:
    """All that stands in what JSON held."""
    if isinstance(told, dict):
        return "\n".join(f"{key}\n{strings(value)}" for key, value in told.items())
    return "\n".join(map(strings, told)) if isinstance(told, list) else str(told)


def of_files(format: str) -> Callable[[Journal, Path], str]:
    """What an export says."""

    def way(journal: Journal, folder: Path) -> str:
        suffixes = WRITERS[format].suffixes
        target = folder / f"out-{format}{suffixes[0] if suffixes else '.csv'}"
        if WRITERS[format].adds:
            target = folder / "programme"
        written = journal.export_file(target, format=format, texts=WRITERS[format].adds)
        parts = sorted(written.rglob("*.*")) if written.is_dir() else [written]
        return "\n".join(text_of(part) for part in parts if part.is_file())

    return way


def of_frames(journal: Journal, folder: Path) -> str:
    """What the frames of redacted findings say."""
    findings = journal.findings(redact=True)
    frames = [pd.DataFrame(getattr(findings, name)) for name in FRAMES]
    cells = [str(cell) for frame in frames for row in frame.to_numpy().tolist() for cell in row]
    return "\n".join([*cells, str(findings.questions)])


def of_charts(journal: Journal, folder: Path) -> str:
    """What charts say, as data and drawn."""
    findings = journal.findings(redact=True)
    said = []
    for chart in (charts.answers, charts.ratings, charts.skills, charts.network):
        drawn = charts.save(chart(findings), folder / f"{chart.__name__}.svg")
        said += [text_of(drawn), strings(chart(findings).to_dict())]
    return "\n".join(said)


def of_the_report(journal: Journal, folder: Path) -> str:
    """What a report's page says."""
    import nbformat

    cells = [
        "import infonb\nwith infonb.my_journal() as journal:\n    findings = journal.findings()",
        *(f"infonb.report.table(findings.{name}, '{name}')" for name in ("people", "skills")),
        "infonb.report.quotes(findings.answers)", "infonb.charts.answers(findings)",
    ]  # fmt: skip
    notebook = folder / "story.ipynb"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(made, notebook)
    page = build(notebook, folder / "story.html", journal=journal.path)
    return text_of(page)


def of_the_sheets(journal: Journal, folder: Path) -> str:
    """What the sheet of an interview says besides whom it is with: that of nobody."""
    talk = next(one for one in journal.interviews() if one.status == "planned")
    facts = sheet.sheet_of(journal, talk)
    name = journal.person(talk.person_id).name
    pages = [sheet.paper_page(facts), sheet.fill_page(facts)]
    return "\n".join(without_tags(page) for page in pages).replace(name, "")


WAYS: dict[str, Callable[[Journal, Path], str]] = {
    **{format: of_files(format) for format in WRITERS},
    "frames": of_frames,
    "charts": of_charts,
    "report": of_the_report,
}
WITH_ALL_TEXTS = ["jsonl", "long_csv", "excel", "programme", "frames", "report"]


@pytest.mark.parametrize("way", WAYS)
def test_nobody_of_the_table_leaves(journal: Journal, tmp_path: Path, way: str) -> None:
    said = WAYS[way](journal, tmp_path)
    texts = [text for texts in [*PEOPLE.values(), *EMPLOYERS.values()] for text in texts]
    assert [text for text in [*texts, *CONTACTS] if f"so {text} then" in said] == []
    assert len(said) > 80


@pytest.mark.parametrize("way", WITH_ALL_TEXTS)
def test_innocent_words_leave_letter_for_letter(journal: Journal, tmp_path: Path, way: str) -> None:
    said = re.sub(r"\s+", " ", WAYS[way](journal, tmp_path))
    assert [text for text in INNOCENT_TEXTS if re.sub(r"\s+", " ", text) not in said] == []


def test_a_sheet_says_only_whom_it_is_for(journal: Journal, tmp_path: Path) -> None:
    said = of_the_sheets(journal, tmp_path)
    texts = [text for texts in [*PEOPLE.values(), *EMPLOYERS.values()] for text in texts]
    prompt = texts[0]  # a question of one's own says what one wrote
    assert [text for text in texts if text != prompt and f"so {text} then" in said] == []


PAIR = st.sampled_from(sorted(PEOPLE)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(PEOPLE[name]))
)
EMPLOYER = st.sampled_from(sorted(EMPLOYERS)).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(EMPLOYERS[name]))
)


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(PAIR, min_size=1, max_size=3, unique_by=lambda pair: pair[0]), EMPLOYER,
    st.text(alphabet=" .,;:()-\n", min_size=1, max_size=3),
)  # fmt: skip
def test_no_sure_or_likely_spelling_of_anybody_stands_in_a_file_that_leaves(
    tmp_path_factory: pytest.TempPathFactory,
    people: list[tuple[str, str]], employer: tuple[str, str], sign: str,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("drawn")
    with infonb.open(folder / "search.db") as journal:
        nurse = journal.add_occupation("Nurse")
        for name, text in people:
            person = journal.add_person(name, organisation=employer[0])
            said = f"then{sign}{text}{sign}so{sign}{employer[1]}{sign}there"
            talk = journal.plan_interview(person, nurse)
            journal.record_answer(talk, "outlook", text=said, rating=3, why=said)
            journal.record_skill(talk, said[:60], rank=1)
        left_out = left_out_of(journal.rows(), redact=True, wording=wording())
        for way in ("jsonl", "calendar", "vcard", "programme", "frames"):
            assert nobody_in(WAYS[way](journal, folder), left_out), way


def nobody_in(said: str, left_out: LeftOut) -> bool:
    """Whether the gate finds nothing sure and nothing likely."""
    page = f'<script type="application/json">{json.dumps(said.split(chr(10)))}</script>'
    likely = [doubt for doubt in doubts(page, left_out) if doubt.grade is Grade.LIKELY]
    return leaks(page, left_out) == [] and likely == []
