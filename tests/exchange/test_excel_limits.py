"""A small file that says it is vast is refused with its limit; the process goes on."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from infonb.exchange import ImportRefused
from infonb.exchange.workbook_limits import MOST_BYTES, check_size

OLDER = Path(__file__).parents[1] / "data" / "written_by_excel_97.xls"
TABLE = [["occupation", "question", "text", "rating"], ["Nurse", "outlook", "It grows", 4]]


def workbook(path: Path, *far: str, sheets: int = 1, first: int = 1) -> Path:
    """A table as somebody's workbook, with cells that are far from it."""
    book = Workbook()
    for row, cells in enumerate(TABLE, start=first):
        for column, cell in enumerate(cells, start=1):
            book.active.cell(row, column, cell)  # pyright: ignore
    for place in far:
        book.active[place] = "far"  # pyright: ignore
    for number in range(1, sheets):
        book.create_sheet(f"s{number}")
    book.save(path)
    return path


def changed(path: Path, part: str, change: Any) -> Path:
    """The same workbook with one part of its zip replaced."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def refused(journal: Any, path: Path, what: str) -> None:
    before = journal.rows()
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(path)
    (problem,) = refusal.value.problems
    assert problem.file == path.name and what in problem.what and "save" in problem.what
    assert journal.rows() == before


def test_a_cell_in_the_last_row_and_column_ends_in_a_sentence(tmp_path: Path) -> None:
    path = workbook(tmp_path / "far.xlsx", "XFD1048576")
    words = ["--journal", str(tmp_path / "search.db"), "import", str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "infonb", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 1
    assert "has 1,048,576 rows" in done.stderr and "at most 250,000 are read" in done.stderr
    assert "save the sheet as CSV" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("far", "what"),
    [("XFD2", "16,384 columns"), ("A300000", "300,000 rows"), ("BXX200000", "cells")],
)
def test_each_limit_is_named(journal: Any, tmp_path: Path, far: str, what: str) -> None:
    refused(journal, workbook(tmp_path / "far.xlsx", far), what)


@pytest.mark.parametrize(
    "cell",
    [
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<c r="&#88;FD1048576"><v>1</v></c>',
        b'<c  r = "xfd1048576" t="n"><v>1</v></c>',
        b'<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>',
        b'<c r="XFD1048576"/><c><v>1</v></c>',
        b'<c r="ZZZZZZZ4294967295"><v>1</v></c>',
    ],
)
def test_however_its_place_is_written(journal: Any, tmp_path: Path, cell: bytes) -> None:
    path = workbook(tmp_path / "far.xlsx")
    row = b'<row r="1048576">' + cell + b"</row></sheetData>"
    changed(path, "xl/worksheets/sheet1.xml", lambda x: x.replace(b"</sheetData>", row))
    refused(journal, path, "rows")


def test_cells_that_are_only_coloured_count_nothing(journal: Any, tmp_path: Path) -> None:
    path = workbook(tmp_path / "coloured.xlsx")
    row = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    changed(path, "xl/worksheets/sheet1.xml", lambda x: x.replace(b"</sheetData>", row))
    assert journal.import_file(path).added == 1


def test_sheets_bytes_and_texts_have_a_limit(journal: Any, tmp_path: Path) -> None:
    refused(journal, workbook(tmp_path / "many.xlsx", sheets=101), "101 sheets; at most 100")
    path = workbook(tmp_path / "bomb.xlsx")
    changed(path, "xl/media/a.bin", lambda _: bytes(MOST_BYTES))
    assert path.stat().st_size < 2_000_000
    refused(journal, path, "bytes when it is unpacked; at most 400,000,000")
    path = workbook(tmp_path / "texts.xlsx")
    text = b"<sst><si><t>" + b"x" * 10_000_000 + b"</t></si></sst>"
    changed(path, "xl/sharedStrings.xml", lambda _: text)
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(3, 30)
    )
    changed(path, "xl/worksheets/sheet1.xml",
            lambda x: x.replace(b"</sheetData>", cells + b"</sheetData>"))  # fmt: skip
    refused(journal, path, "characters in its cells")


def test_a_part_that_is_longer_than_it_says_is_refused(journal: Any, tmp_path: Path) -> None:
    path = workbook(tmp_path / "lies.xlsx")
    with zipfile.ZipFile(path) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    raw = path.read_bytes()
    assert struct.pack("<I", size) in raw
    path.write_bytes(raw.replace(struct.pack("<I", size), struct.pack("<I", size - 7)))
    refused(journal, path, "can't be read as a workbook")


def open_document(path: Path, body: str) -> Path:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
        new.writestr("content.xml", content)
    return path


def of_rows(more: str) -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = ["".join(cell.format(text) for text in row) for row in TABLE]
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + more


def test_an_open_document_that_repeats_itself_is_refused(journal: Any, tmp_path: Path) -> None:
    repeated = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell {} '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    empty = open_document(tmp_path / "empty.ods", of_rows(repeated.format("")))
    assert journal.import_file(empty).added == 1
    filled = of_rows(repeated.format('office:value-type="float" office:value="1"'))
    refused(journal, open_document(tmp_path / "filled.ods", filled), "rows")


def test_an_older_workbook_is_read_and_looked_at(journal: Any, tmp_path: Path) -> None:
    shutil.copy(OLDER, tmp_path / "old.xls")
    assert journal.import_file(tmp_path / "old.xls").added == 2
    raw = OLDER.read_bytes()
    dimensions = raw.index(struct.pack("<HHIIHH", 0x200, 14, 0, 3, 0, 4))
    vast = raw[: dimensions + 8] + struct.pack("<I", 2**32 - 16) + raw[dimensions + 12 :]
    (tmp_path / "vast.xls").write_bytes(vast)
    refused(journal, tmp_path / "vast.xls", "4,294,967,280 rows")
    cell = raw.index(struct.pack("<HHHH", 0xFD, 10, 1, 0), dimensions)
    far = raw[: cell + 4] + struct.pack("<HH", 65_535, 60_000) + raw[cell + 8 :]
    (tmp_path / "far.xls").write_bytes(far)
    refused(journal, tmp_path / "far.xls", "columns")
    (tmp_path / "cut.xls").write_bytes(raw[:600])
    refused(journal, tmp_path / "cut.xls", "save it again, or as CSV")


def test_a_binary_workbook_is_looked_at(journal: Any, tmp_path: Path) -> None:
    def cell(row: int, column: int) -> bytes:
        return (b"\x00\x19" + struct.pack("<I", row) + bytes(21)
                + b"\x05\x10" + struct.pack("<IId", column, 0, 1.0))  # fmt: skip

    def packed(*cells: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            new.writestr("xl/worksheets/sheet1.bin", b"".join(cells))
        return out.getvalue()

    check_size(packed(cell(0, 0), cell(5, 9)))
    (tmp_path / "far.xlsb").write_bytes(packed(cell(0, 0), cell(1_048_575, 16_383)))
    refused(journal, tmp_path / "far.xlsb", "1,048,576 rows")


def test_rows_are_counted_from_the_top_of_the_sheet(journal: Any, tmp_path: Path) -> None:
    path = workbook(tmp_path / "below.xlsx", first=5)
    book = __import__("openpyxl").load_workbook(path)
    book.active["D6"] = 9
    book.save(path)
    with pytest.raises(ImportRefused) as refusal:
        journal.import_file(path)
    assert refusal.value.problems[0].row == 6
