"""Small made-up files in the agencies' layouts; every figure in them is invented."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl

Rows = Sequence[Sequence[object]]

ONET: dict[str, Rows] = {
    "Occupation Data": [
        ["O*NET-SOC Code", "Title", "Description"],
        ["17-2141.00", "Mechanical Engineers", "Design engines. Oversee tests of machines."],
        ["29-1141.00", "Registered Nurses", "Care for patients in wards and clinics."],
        ["29-1141.03", "Critical Care Nurses", "Care for patients in coronary care units."],
        ["99-1001.00", "Moon Gardeners", "Grow plants under glass on the moon."],
    ],
    "Alternate Titles": [
        ["O*NET-SOC Code", "Title", "Alternate Title", "Short Title", "Source(s)"],
        ["17-2141.00", "Mechanical Engineers", "Gizmo Engineer", "n/a", "01"],
        ["29-1141.00", "Registered Nurses", "Ward Captain (WC)", "WC", "02"],
        ["99-1001.00", "Moon Gardeners", "Regolith Raker", "", "02"],
    ],
    "Sample of Reported Titles": [
        ["O*NET-SOC Code", "Title", "Reported Job Title", "Shown in My Next Move"],
        ["99-1001.00", "Moon Gardeners", "Crater Botanist", "Y"],
    ],
    "Job Zones": [
        ["O*NET-SOC Code", "Title", "Job Zone", "Date", "Domain Source"],
        ["17-2141.00", "Mechanical Engineers", 4, "08/2031", "Analyst"],
        ["29-1141.03", "Critical Care Nurses", 5, "07/2031", "Analyst"],
        ["99-1001.00", "Moon Gardeners", 2, "01/2032", "Analyst"],
    ],
    "Skills": [
        ["O*NET-SOC Code", "Title", "Element ID", "Element Name", "Scale ID", "Scale Name",
         "Data Value", "N", "Recommend Suppress", "Not Relevant", "Date", "Domain Source"],
        ["17-2141.00", "", "2.A.1.a", "Reading Comprehension", "IM", "", 3.9, 8, "N", "", "08/2031", ""],
        ["17-2141.00", "", "2.A.1.a", "Reading Comprehension", "LV", "", 5.1, 8, "N", "N", "08/2031", ""],
        ["17-2141.00", "", "2.A.1.e", "Mathematics", "IM", "", 4.2, 8, "N", "", "08/2031", ""],
        ["29-1141.01", "", "2.A.1.d", "Speaking", "IM", "", 4.0, 8, "N", "", "08/2031", ""],
        ["29-1141.03", "", "2.A.1.d", "Speaking", "IM", "", 3.0, 8, "N", "", "08/2031", ""],
    ],
    "DWA Reference": [
        ["Element ID", "Element Name", "IWA ID", "IWA Title", "DWA ID", "DWA Title"],
        ["4.A.1.a.1", "Getting Information", "4.A.1.a.1.I01", "", "4.A.1.a.1.I01.D01", "Read moon maps."],
    ],
}  # fmt: skip

_RATED = ["O*NET-SOC Code", "Title", "Element ID", "Element Name", "Scale ID", "Data Value", "N",
          "Recommend Suppress", "Not Relevant", "Date", "Domain Source"]  # fmt: skip

SINCE_30_3: dict[str, Rows] = {
    "Occupation Data": ONET["Occupation Data"],
    "Job Titles": [
        ["O*NET-SOC Code", "Title", "Job Title", "Short Title", "Source(s)"],
        ["17-2141.00", "Mechanical Engineers", "Gizmo Engineer", "n/a", "01"],
        ["99-1001.00", "Moon Gardeners", "Regolith Raker", "n/a", "02"],
    ],
    "Essential Skills": [
        _RATED,
        ["17-2141.00", "", "2.A.1.a", "Reading Comprehension", "IM", 3.9, 8, "N", "", "08/2032", ""],
        ["17-2141.00", "", "2.A.1.a", "Reading Comprehension", "LV", 5.1, 8, "N", "N", "08/2032", ""],
    ],
    "Transferable Skills": [
        _RATED,
        ["17-2141.00", "", "2.B.1.a", "Social Perceptiveness", "IM", 4.2, 8, "N", "", "08/2032", ""],
    ],
    "Software Skills": [
        ["O*NET-SOC Code", "Title", "Workplace Example", "Element ID", "Element Name",
         "Hot Technology", "In Demand"],
        ["99-1001.00", "Moon Gardeners", "Lunara DomeWatch", "2.E.9",
         "Facilities management software", "N", "Y"],
    ],
    "GWAs to IWAs to DWAs": [
        ["GWA Element ID", "GWA Element Name", "IWA Element ID", "IWA Element Name",
         "DWA Element ID", "DWA Element Name"],
        ["4.A.1.a.1", "Getting Information", "4.A.1.a.1.I01", "", "4.A.1.a.1.I01.D01", "Read moon maps."],
    ],
}  # fmt: skip
"""Names and columns that O*NET gave its files with release 30.3."""

PROJECTIONS: Rows = [
    ["Table 1.2 Occupational projections, 2030–2040, and worker characteristics"],
    ["2030 National Employment Matrix title", "2030 National Employment Matrix code",
     "Occupation type", "Employment, 2030", "Employment, 2040",
     "Employment change, numeric, 2030–40", "Employment change, percent, 2030–40",
     "Occupational openings, 2030–40 annual average", "Median annual wage, dollars, 2030[1]",
     "Typical education needed for entry", "Work experience in a related occupation",
     "Typical on-the-job training needed to attain competency in the occupation"],
    ["Total, all occupations", "00-0000", "Summary", 1, 1, 0, 0, 1, 1, "—", "—", "—"],
    ["Mechanical engineers", "17-2141", "Line item", 300.5, 270.4, -30.1, -10.0, 12.3, ">=$1",
     "Bachelor's degree", "None", "None"],
    ["Counselors, two kinds", "21-1018", "Line item", 10.0, 11.0, 1.0, 10.0, 2.0, 1,
     "Master's degree", "None", "Internship/residency"],
    ["Moon gardeners", "99-1001", "Line item", 0.1, 0.4, 0.3, 300.0, 0.1, 1, "—", "—", "—"],
    ["Footnote: all of it is made up"],
]  # fmt: skip

WAGES: Rows = [
    ["AREA", "AREA_TYPE", "I_GROUP", "OWN_CODE", "OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP",
     "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"],
    ["99", "1", "cross-industry", "1235", "00-0000", "All Occupations", "total", 9, 1, 2, 3, 4, 5],
    ["99", "1", "cross-industry", "1235", "17-2141", "Mechanical Engineers", "detailed", "291,290",
     70000, 80000, 100500, 130000, 150000],
    ["99", "1", "sector", "1235", "17-2141", "Mechanical Engineers", "detailed", 5, 1, 1, 1, 1, 1],
    ["99", "1", "cross-industry", "1235", "29-1241", "Ophthalmologists", "detailed", "**",
     90000, 150000, "#", "#", "#"],
    ["99", "1", "cross-industry", "1235", "27-2011", "Actors", "detailed", 5000,
     "*", "*", "*", "*", "*"],
]  # fmt: skip


def write(path: Path, rows: Rows, sheet: str = "Sheet1") -> Path:
    """Rows as a text file with tabs or commas, or as a workbook, by the file's ending."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    if path.suffix == ".txt":
        lines = ("\t".join(str(cell) for cell in row) for row in rows)
        path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
        return path
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def renamed(rows: Rows, old: str, new: str) -> Rows:
    """The same rows with a column called otherwise."""
    return [[new if cell == old else cell for cell in row] for row in rows]


def zipped(path: Path, folder: Path) -> Path:
    """A zip of a folder, the folder's name included."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder.parent).as_posix())
    return path
