"""Pictures, tables for programmes and sheets: whoever any open journal knows is stopped or listed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest

import infonb
from infonb import charts, cli, sheet
from infonb.journal import Journal


@pytest.fixture
def search(tmp_path: Path) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        ottoline = journal.add_person("Ottoline Quist", organisation="Vandelay Industries")
        talk = journal.plan_interview(ottoline, journal.add_occupation("Welder", soc="51-4121"))
        journal.record_answer(talk, "outlook", text="Vandelay grows, says Quist", rating=4)
        journal.record_answer(
            talk, "home_life", text="Never home before ten, she said", private=True
        )
        journal.finish_interview(talk)
        yield journal


def picture_of(text: str) -> Any:
    return (
        alt.Chart(pd.DataFrame({"x": [1], "said": [text]}))
        .mark_point()
        .encode(x="x", tooltip="said")
    )


@pytest.mark.parametrize("ending", [".svg", ".png"])
@pytest.mark.parametrize("text", ["By Ottoline Quist", "quist, ottoline", "at Vandelay Industries"])
def test_a_picture_that_names_somebody_is_not_written(
    search: Journal, tmp_path: Path, ending: str, text: str
) -> None:
    path = tmp_path / f"picture{ending}"
    with pytest.raises(infonb.InfonbError, match="redact=True"):
        charts.save(picture_of(text), path)
    assert not path.exists()
    assert charts.save(picture_of(text), path, names=True).exists()


def test_a_chart_of_findings_with_names_is_stopped_and_one_without_is_not(
    search: Journal, tmp_path: Path
) -> None:
    with pytest.raises(infonb.InfonbError, match="was not written"):
        charts.save(charts.network(search.findings()), tmp_path / "network.svg")
    told = charts.save(charts.network(search.findings(redact=True)), tmp_path / "network.svg")
    assert "Quist" not in told.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["html", "json", "svg"])
def test_a_charts_own_save_is_no_way_around(search: Journal, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"network.{ending}"
    with pytest.raises(infonb.InfonbError, match="Ottoline Quist"):
        charts.network(search.findings()).save(path)
    assert not path.exists()
    charts.network(search.findings(redact=True)).save(tmp_path / "network.json")


def test_a_journal_that_was_closed_counts_and_one_that_is_gone_does_not(tmp_path: Path) -> None:
    for name in ("Xanthe Onequist", "Brunhild Tworthy"):
        with infonb.open(tmp_path / f"{name[0]}.db") as journal:
            journal.add_person(name)
    (tmp_path / "B.db").unlink()
    with pytest.raises(infonb.InfonbError, match="Xanthe Onequist"):
        charts.save(picture_of("Xanthe Onequist"), tmp_path / "a.svg")
    charts.save(picture_of("Brunhild Tworthy"), tmp_path / "a.svg")


def test_a_person_called_like_a_format_stops_no_file(search: Journal, tmp_path: Path) -> None:
    for name in ("Lope Vega", "Infonb", "Emil Vcard", "Begin", "Gregorian", "Uid", "Summary"):
        search.add_person(name, organisation="Vega")
    search.add_theme("Being needed")
    charts.save(charts.ratings(search.findings(redact=True)), tmp_path / "a.svg")
    for name in ("a.ics", "a.vcf", "a.csv", "a.xlsx", "a.jsonl", "a.qdc"):
        search.export_file(tmp_path / name)


def test_a_damaged_journal_that_was_closed_stops_no_other_ones_files(
    search: Journal, tmp_path: Path
) -> None:
    with infonb.open(tmp_path / "other.db") as other:
        other.add_person("Xanthe Onequist")
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("update person set name = cast(x'ff41fe' as text)")
    with (
        infonb.open(tmp_path / "other.db") as other,
        pytest.raises(infonb.InfonbError, match="damaged"),
    ):
        other.findings()
    assert search.export_file(tmp_path / "a.csv").exists()


def test_what_was_learnt_of_a_journal_follows_it(search: Journal, tmp_path: Path) -> None:
    charts.save(picture_of("Zebedee Thornbury"), tmp_path / "a.svg")
    search.add_person("Zebedee Thornbury")
    with pytest.raises(infonb.InfonbError, match="Zebedee"):
        charts.save(picture_of("Zebedee Thornbury"), tmp_path / "a.svg")


@pytest.mark.parametrize("name", ["programme", "a.csv", "a.jsonl", "a.xlsx"])
def test_an_export_that_names_somebody_of_another_open_journal_is_stopped(
    search: Journal, tmp_path: Path, name: str
) -> None:
    with infonb.open(tmp_path / "other.db") as other:
        other.add_person("Zebedee Thornbury")
        told = search.answers(search.interviews()[0])[0]
        search.update(told, text="Zebedee Thornbury sees it so, too")
        given = {"format": "programme", "texts": True} if name == "programme" else {}
        with pytest.raises(infonb.InfonbError, match="Zebedee Thornbury"):
            search.export_file(tmp_path / name, **given)
        assert not (tmp_path / name).exists()


def test_a_sheet_says_whom_else_it_names(
    search: Journal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = search.add_person("Kim Abara")
    key = search.add_question("Ottoline Quist praised you; why?")
    search.plan_interview(person, search.add_occupation("Welder"), questions=[key, "outlook"])
    for flags in ([], ["--fill"]):
        path = tmp_path / "sheet.html"
        call = ["sheet", "next", "-o", str(path), "--journal", str(tmp_path / "search.db"), *flags]
        assert cli.main(call) == 0
        said = capsys.readouterr().out
        assert "Ottoline Quist" in said
        assert "Kim Abara" not in said
    assert str(path) in (search.setting("copies") or ""), "it is known to those who forget"
    facts = sheet.sheet_of(search, search.interviews("done")[0])
    assert sheet.others_named(sheet.paper_page(facts), facts) == []


def test_off_the_record_answers_are_in_no_frame_of_the_notebooks_that_ship(search: Journal) -> None:
    findings = search.findings(private=False)
    assert findings.answers["question"].tolist() == ["outlook"]
    assert len(search.findings().answers) == 2
    for name in ("answers", "occupations", "people", "interviews", "skills", "themes"):
        assert "Never home" not in getattr(findings, name).to_csv()
    for path in sorted(Path("notebooks").glob("*.ipynb")):
        assert "journal.findings()" not in path.read_text(encoding="utf-8"), path
