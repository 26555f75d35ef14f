"""Text whose UTF-8 was taken for Windows-1252 and written again is said, and read right when asked."""

from __future__ import annotations

from typing import Any

import pytest

HEADER = "occupation,person,question,text\n"


def twice(text: str) -> str:
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode("utf-8")
    )


@pytest.mark.parametrize(
    "name",
    ["Zoë", "Łukasz", "Müller", "it’s “she”", "Ильдар", "佐藤", "São", "Ángel Nuñez", "Ørsted"],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_it_is_said_and_read_right_when_said(
    journal: Any, table: Any, name: str, mark: str
) -> None:
    path = table(f"{mark}{HEADER}Nurse,{twice(name)},outlook,good\n")
    (problem,) = journal.import_file(path, dry_run=True).problems
    assert "encoded twice" in problem.what and not problem.error
    assert problem.row == 2 and problem.asks == "encoding"
    assert repr(name)[1:-1] in problem.what
    journal.import_file(path, encoding=problem.options[0])
    assert [person.name for person in journal.people()] == [name]


def test_what_is_so_on_purpose_is_taken_when_said(journal: Any, table: Any) -> None:
    journal.import_file(table(f"{HEADER}Nurse,ZoÃ«,outlook,good\n"), encoding="utf-8")
    assert [person.name for person in journal.people()] == ["ZoÃ«"]


@pytest.mark.parametrize(
    "name",
    [
        "SÃO JOÃO",
        "Zoë",
        "Ã",
        "Ângela",
        "ÂME",
        "naïve “Ã”",
        "Çağrı",
        "«\xa0CAFÉ\xa0»",
        "»JÄ»",
        "佐藤",
    ],
)
def test_letters_that_only_look_like_it_are_taken(journal: Any, table: Any, name: str) -> None:
    report = journal.import_file(table(f"{HEADER}Nurse,{name},outlook,good\n"))
    assert [person.name for person in journal.people()] == [" ".join(name.split())]
    assert not report.problems
