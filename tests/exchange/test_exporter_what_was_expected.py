"""What was expected, asked, tried, decided and thought leaves: whole in JSON Lines, as sheets to
look at in a workbook, not at all in a CSV; no reader takes it for answers."""

from __future__ import annotations

import pytest
from python_calamine import CalamineWorkbook

import infonb


@pytest.fixture
def example():
    with infonb.sample("example") as journal:
        yield journal


def counts(journal) -> dict[str, object]:
    findings = journal.findings()
    return {
        "answers": len(findings.answers), "people": len(findings.people),
        "covered": findings.coverage()["interviews"].tolist(),
    }  # fmt: skip


def test_json_lines_bring_all_of_it_back(example, tmp_path):
    file = example.export_file(tmp_path / "x.jsonl", redact=False)
    with infonb.open(tmp_path / "other.db") as other:
        other.keep_setting("today", example.today().isoformat())
        other.import_file(file)
        for name in ("expectations", "outreach", "reflections", "lived"):
            told, there = (getattr(j.findings(), name)() for j in (other, example))
            columns = [column for column in told.columns if column != "interview"]
            assert told[columns].to_dict("records").__repr__() == (
                there[columns].to_dict("records").__repr__()
            ), name
        assert other.findings().decisions["plan"].tolist() == ["A", "B"]
        assert other.state == example.state and counts(other) == counts(example)


@pytest.mark.parametrize("redact", [True, False])
def test_a_workbook_shows_it(example, tmp_path, redact):
    file = example.export_file(tmp_path / "x.xlsx", redact=redact)
    book = CalamineWorkbook.from_path(file)
    assert {"expectations", "outreach", "lived", "decisions"} <= set(book.sheet_names)
    assert ("reflections" in book.sheet_names) is not redact
    header, *rows = book.get_sheet_by_name("expectations").to_python()
    assert {"expected", "heard", "shift", "surprise", "late"} <= set(header)
    assert len(rows) == len(example.findings().expectations())
    header, *rows = book.get_sheet_by_name("decisions").to_python()
    assert [row[header.index("plan")] for row in rows] == ["A", "B"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_none_of_it_comes_back_as_something_heard(example, tmp_path, ending):
    file = example.export_file(tmp_path / f"x.{ending}", redact=False)
    with infonb.open(tmp_path / "other.db") as other:
        other.import_file(file)
        assert sorted(counts(other)["covered"]) == [3, 3, 3, 3]
        heard = example.findings().answers
        assert len(other.findings().answers) == int((~heard["private"].astype(bool)).sum())
        assert "Myself" not in {person.name for person in other.people()}
