"""Themes and coded passages in other programs' formats: valid, and on the same words there."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import infonb
from infonb.errors import InfonbError
from infonb.exchange import refi_qda
from infonb.journal import Journal

SCHEMA = Path(__file__).parent / "refi_qda" / "Project.xsd"
Q = "{urn:QDA-XML:project:1.0}"


def valid(xml: bytes, codebook: bool = False) -> bool:
    """Whether a document is valid by the standard's schema.

    The schema of a codebook is printed in the standard alone; its types are those of a project's
    codebook, so it is made of these here.
    """
    text = SCHEMA.read_text(encoding="utf-8")
    if codebook:
        text = text.replace("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
        text = text.replace('name="Project" type="ProjectType"', 'name="CodeBook" type="OfItsOwn"')
        own = (
            '<xsd:complexType name="OfItsOwn"><xsd:complexContent><xsd:extension base="CodeBookType">'
            '<xsd:attribute name="origin" type="xsd:string"/></xsd:extension></xsd:complexContent>'
            "</xsd:complexType></xsd:schema>"
        )
        text = text.replace("</xsd:schema>", own)
    schema = etree.XMLSchema(etree.fromstring(text.encode("utf-8")))
    schema.assertValid(etree.fromstring(xml))
    return True


def read(path: Path) -> list[tuple[str, str]]:
    """Theme and words of each passage, as QualCoder slices them: text mode, code points."""
    with zipfile.ZipFile(path) as packed:
        project = packed.read("project.qde")
        assert valid(project)
        root = ET.fromstring(project)
        theme = {code.get("guid"): code.get("name") for code in root.iter(f"{Q}Code")}
        found = []
        for source in root.iter(f"{Q}TextSource"):
            name = (source.get("plainTextPath") or "").removeprefix("internal://")
            raw = packed.read(f"Sources/{name}")
            text = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8").read()
            assert text == raw.decode("utf-8-sig"), "a mark, or other line ends"
            for selection in source.iter(f"{Q}PlainTextSelection"):
                start, end = (
                    int(selection.get("startPosition", "")),
                    int(selection.get("endPosition", "")),
                )
                for coded in selection.iter(f"{Q}CodeRef"):
                    found.append((str(theme[coded.get("targetGUID")]), text[start:end]))
    return found


def marked(journal: Journal) -> list[tuple[str, str]]:
    """The same from the journal itself, but for what is off the record."""
    theme = {one.id: one.name for one in journal.themes()}
    talks = [(text, coding) for one in journal.interviews() for text in journal.answers(one)
             for coding in journal.codings(text) if not text.private]  # fmt: skip
    talks += [(text, coding) for text in journal.transcripts() for coding in journal.codings(text)]
    return [(theme[coding.theme_id], same(text.text[coding.start : coding.end]))
            for text, coding in talks if coding.start is not None]  # fmt: skip


def same(text: str) -> str:
    return refi_qda.writable(text.replace("\r\n", "\n"))


NASTY = [
    "Nurses 😀 smile\r\nat the end, \r\nevery day.", "caf\u0065\u0301 & <tea> 👩🏽‍⚕️ x", "\ufeffmark first",
    "a\rb\x0bc\x01d\u2028e\x85f", "𝒳 over 𝒴\n\n\r\n\r\r\nend", "]]> &amp; \ufffe",
]  # fmt: skip


@pytest.fixture
def nasty(journal: Journal) -> Journal:
    """A journal in which every answer is hard to count."""
    themes = [journal.add_theme(name) for name in ("Joy\x01 😀", '<b> & "quotes"', "=1+1")]
    for number, text in enumerate(NASTY):
        title = f"Baker/{number}: first.rate"
        talk = journal.plan_interview(journal.add_person("Sam"), journal.add_occupation(title))
        answer = journal.record_answer(talk, "enjoy_most", text=text)
        for place in range(len(answer.text)):
            journal.code(answer, themes[place % 3], place, min(len(answer.text), place + 5))
        transcript = journal.add_transcript(
            talk,
            turns=[{"speaker": "Me", "text": "Why\r\n?"}, {"speaker": "Sam", "text": text}],
            asks="Me",
        )
        journal.code(transcript, themes[0], 1, len(transcript.text))
    return journal


def test_no_passage_is_lost_or_moved(nasty: Journal, tmp_path: Path) -> None:
    nasty.export_file(tmp_path / "search.qdpx", redact=False)
    there, here = read(tmp_path / "search.qdpx"), marked(nasty)
    assert len(there) == len(here) > 100
    # a passage over two turns has the speaker's name within it
    by_name = [(same(theme), words.replace("Sam: ", "")) for theme, words in there]
    assert sorted(by_name) == sorted((same(theme), words) for theme, words in here)


@pytest.mark.parametrize("name", ["example", "published"])
def test_the_real_interviews_come_over_whole(name: str, tmp_path: Path) -> None:
    with infonb.sample(name) as journal:
        themes = journal.themes() or [journal.add_theme("people"), journal.add_theme("hours")]
        for number, talk in enumerate(journal.interviews()):
            for answer in journal.answers(talk):
                half = len(answer.text) // 2
                journal.code(answer, themes[number % len(themes)], half // 2, half + 9)
        here = marked(journal)
        journal.export_file(tmp_path / "search.qdpx", redact=False)
        assert sorted(read(tmp_path / "search.qdpx")) == sorted(here) and len(here) > 50
        journal.export_file(tmp_path / "without.qdpx")
        assert len(read(tmp_path / "without.qdpx")) == len(here)
        first = (tmp_path / "without.qdpx").read_bytes()
        journal.export_file(tmp_path / "without.qdpx")
        assert (tmp_path / "without.qdpx").read_bytes() == first  # the same journal, the same file


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("a \r\n😀\u0301\u200d\ufeff\x0b\x85é"), max_size=12), st.data())
def test_a_place_is_a_place_there(text: str, data: Any) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if text[start - 1 : start + 1] == "\r\n" or text[end - 1 : end + 1] == "\r\n":
        return  # half a line end: no whole grapheme
    source = refi_qda.Source("s", "S")
    source.add("Before\n")
    source.add(text, "a")
    source.add("\n\n")
    first, last = source.range("a", start, end)
    assert source.text[first:last] == same(text[start:end])
    assert (
        io.TextIOWrapper(io.BytesIO(source.text.encode()), encoding="utf-8").read() == source.text
    )


def test_a_codebook_is_valid_and_needs_a_theme(nasty: Journal, tmp_path: Path) -> None:
    nasty.export_file(tmp_path / "themes.qdc", redact=False)
    raw = (tmp_path / "themes.qdc").read_bytes()
    assert valid(raw, codebook=True)
    names = [code.get("name") for code in ET.fromstring(raw).iter("{urn:QDA-XML:codebook:1.0}Code")]
    assert names == ["Joy� 😀", '<b> & "quotes"', "=1+1"]
    with infonb.open(tmp_path / "empty.db") as empty:
        with pytest.raises(InfonbError, match="no theme yet"):
            empty.export_file(tmp_path / "none.qdc")
        assert not (tmp_path / "none.qdc").exists()
        empty.export_file(tmp_path / "none.qdpx")  # a project may be empty
        assert read(tmp_path / "none.qdpx") == []


def test_names_of_sources_are_names_of_files_and_differ(nasty: Journal, tmp_path: Path) -> None:
    nasty.export_file(tmp_path / "search.qdpx", redact=False)
    with zipfile.ZipFile(tmp_path / "search.qdpx") as packed:
        root = ET.fromstring(packed.read("project.qde"))
    names = [source.get("name", "") for source in root.iter(f"{Q}TextSource")]
    assert len({*names}) == len(names) == 12
    assert not any(set(name) & set('/\\:.*?"<>|') for name in names)


@pytest.fixture
def named(journal: Journal) -> Journal:
    """A journal in which Zoë Quist is named wherever one can be."""
    talk = journal.plan_interview(journal.add_person("Zoë Quist"), journal.add_occupation("Baker"))
    answer = journal.record_answer(talk, "enjoy_most", text="Ask Zoë Quist about bread, she knows.")
    secret = journal.record_answer(talk, "enjoy_least", text="My boss, frankly, and the nights.",
                                   private=True)  # fmt: skip
    theme = journal.add_theme("What Zoë Quist likes", description="As Zoë Quist said")
    journal.code(answer, theme, 4, 25)
    journal.code(secret, theme, 0, 7)
    journal.add_theme("unused")
    transcript = journal.add_transcript(talk, turns=[
        {"speaker": "Me", "text": "Why?"}, {"speaker": "Zoë Quist", "text": "I, Zoë Quist, like it."},
    ], asks="Me")  # fmt: skip
    journal.code(transcript, theme, 9, 27)
    return journal


def everything_in(path: Path) -> str:
    raw = path.read_bytes()
    if not raw.startswith(b"PK"):
        return raw.decode("utf-8")
    with zipfile.ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode("utf-8") for name in packed.namelist())


@pytest.mark.parametrize("format", ["qdpx", "qdc", "codebook", "codings"])
def test_nobody_is_named_and_nothing_off_the_record_leaves(
    named: Journal, tmp_path: Path, format: str
) -> None:
    named.export_file(tmp_path / "file", format=format)
    told = everything_in(tmp_path / "file")
    assert "Quist" not in told and "Zoë" not in told and "boss" not in told and "unused" in told
    named.export_file(tmp_path / "whole", format=format, redact=False)
    whole = everything_in(tmp_path / "whole")
    assert "Quist" in whole and "boss" not in whole


@pytest.mark.parametrize("format", ["qdpx", "qdc"])
def test_the_gate_looks_into_each_part(
    named: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    whole = {"qdpx": refi_qda.write, "qdc": refi_qda.write_codebook}[format]
    from infonb.exchange import exporter

    leaky = exporter.Writer((), lambda journal, path, redact: whole(journal, path, False))
    monkeypatch.setitem(exporter.WRITERS, format, leaky)
    with pytest.raises(InfonbError, match="was not written"):
        named.export_file(tmp_path / "file", format=format)
    assert not (tmp_path / "file").exists()


def test_taguettes_codebook_comes_and_goes(journal: Journal, tmp_path: Path) -> None:
    for name, about in (("Café 😀", "müde"), ("being needed", None), ("=1+1", "-calm")):
        journal.add_theme(name, description=about)
    journal.export_file(tmp_path / "themes.csv", format="codebook")
    raw = (tmp_path / "themes.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbftag,description\r\n")  # without the mark Taguette guesses
    assert all(len(row) == 2 for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    with infonb.open(tmp_path / "other.db") as other:
        report = other.import_file(tmp_path / "themes.csv")
        assert (report.added, report.format) == (3, "codebook")
        themes = [(theme.name, theme.description) for theme in other.themes()]
        assert themes == [("Café 😀", "müde"), ("being needed", None), ("=1+1", "-calm")]
        assert other.import_file(tmp_path / "themes.csv").skipped == 3


@pytest.mark.parametrize(
    "text",
    ["tag,description,number of highlights,number of documents\njoy,what delights,4,2\n",
     "path,description\njoy,what delights\n",
     "name,description,number of documents\njoy,what delights,3\n"],
)  # fmt: skip
def test_what_taguette_writes_is_known(journal: Journal, table: Any, text: str) -> None:
    theme = journal.add_theme("Joy", description="old")
    assert journal.import_file(table(text)).updated == 1
    [now] = journal.themes()
    assert (now.id, now.name, now.description) == (theme.id, "Joy", "what delights")


def test_a_codebook_without_a_description_takes_none_away(journal: Journal, table: Any) -> None:
    journal.add_theme("Joy", description="what delights")
    journal.import_file(table("tag,description\njoy,\n,\nmore,new\n"))
    assert [theme.description for theme in journal.themes()] == ["what delights", "new"]
    with pytest.raises(InfonbError, match="row 2, tag: is empty"):
        journal.import_file(table("tag,description\n,lost\n"))
    with pytest.raises(InfonbError, match="tag and name; keep the one"):
        journal.import_file(table("tag,name\na,b\n"), format="codebook")
    with pytest.raises(InfonbError, match="no column tag, name or path"):
        journal.import_file(table("theme,description\na,b\n"), format="codebook")


def test_a_table_of_codings_has_each_passage_and_each_theme(named: Journal, tmp_path: Path) -> None:
    named.export_file(tmp_path / "codings.csv", format="codings")
    with (tmp_path / "codings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["quote"] for row in rows] == ["Baker 1 about bread", "Baker 1, like it", ""]
    assert [row["question"] for row in rows] == ["enjoy_most", "", ""]
    assert rows[2]["theme"] == "unused" and rows[0]["person"] == "Baker 1"


def sheets(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        yield name, book.get_sheet_by_name(name).to_python()


def test_a_workbook_has_the_codings_too(named: Journal, tmp_path: Path) -> None:
    named.export_file(tmp_path / "all.xlsx")
    rows = dict(sheets(tmp_path / "all.xlsx"))["themes"]
    assert rows[0][0] == "theme" and [row[-1] for row in rows[1:]] == [
        "Baker 1 about bread", "Baker 1, like it", "",
    ]  # fmt: skip
    with infonb.open(tmp_path / "other.db") as other:
        assert other.import_file(tmp_path / "all.xlsx").added == 1


SECRET = "Between us: the whole ward wants to leave before the winter."


@pytest.mark.parametrize("format", ["jsonl", "qdpx", "codings", "excel"])
@pytest.mark.parametrize("redact", [True, False])
def test_what_is_off_the_record_is_covered_in_a_transcript(
    journal: Journal, tmp_path: Path, format: str, redact: bool
) -> None:
    talk = journal.plan_interview(journal.add_person("Zoë Quist"), journal.add_occupation("Baker"))
    turns = [("Me", "And what do you like least?"), ("Zoë", SECRET), ("Zoë", "The nights, too.")]
    transcript = journal.add_transcript(
        talk, turns=[{"speaker": who, "text": text} for who, text in turns], asks="Me"
    )
    theme = journal.add_theme("Hours")
    journal.code(
        transcript, theme, transcript.text.index("ward"), transcript.text.index("ward") + 4
    )
    journal.code(transcript, theme, transcript.text.index("nights"), transcript.text.index(", too"))
    journal.record_answer(talk, "enjoy_least", text=SECRET, private=True)
    if format == "jsonl" and not redact:
        return  # which alone holds everything
    journal.export_file(tmp_path / "file", format=format, redact=redact)
    told = everything_in(tmp_path / "file")
    assert "ward" not in told and "whole" not in told and "nights" in told
    if format == "qdpx":
        assert read(tmp_path / "file") == [("Hours", "████"), ("Hours", "nights")]
