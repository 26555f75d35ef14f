"""What O*NET's own files say of skills, where they are installed: nothing of it ships.

Read as the agency publishes them, text or workbook, from the folder of official data.
"""

from __future__ import annotations

import csv
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

RATED = ("Skills", "Knowledge", "Work Activities", "Work Styles")
"""Files with the importance of skills for occupations, 1 to 5."""


def detailed_activities() -> tuple[tuple[str, str], ...]:
    """O*NET's detailed work activities with the id of the work activity they belong to.

    Returns
    -------
    tuple of (str, str)
        Empty where the DWA Reference isn't installed.

    Examples
    --------
    >>> detailed_activities()
    ()
    """
    path = _find("DWA Reference")
    return () if path is None else _activities(path, path.stat().st_mtime_ns)


def importance(soc: str | None) -> Mapping[str, float]:
    """How important O*NET rates each skill for an occupation.

    Parameters
    ----------
    soc : str or None
        A SOC 2018 code, "17-2141". Where O*NET tells occupations under it apart, the general
        one (".00") speaks, else their mean.

    Returns
    -------
    mapping of str to float
        Element id to importance, 1 (not important) to 5 (extremely important); empty where
        nothing is installed or known.

    Examples
    --------
    >>> dict(importance("17-2141"))
    {}
    """
    found: dict[str, float] = {}
    for name in RATED:
        path = _find(name)
        if path is not None and soc:
            found.update(_ratings(path, path.stat().st_mtime_ns).get(soc[:7], {}))
    return found


def folder() -> Path:
    """Where official data is installed: ``INFONB_REFERENCE_DIR``, else the user's data folder."""
    named = os.environ.get("INFONB_REFERENCE_DIR")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("infonb", appauthor=False)) / "reference"


def _find(name: str) -> Path | None:
    place = folder()
    if not place.is_dir():
        return None
    for ending in (".txt", ".xlsx"):
        found = sorted(place.rglob(name + ending))
        if found:
            return found[-1]
    return None


@cache
def _activities(path: Path, changed_at: int) -> tuple[tuple[str, str], ...]:
    return tuple((row["DWA Title"], row["Element ID"]) for row in rows(path))


@cache
def _ratings(path: Path, changed_at: int) -> Mapping[str, Mapping[str, float]]:
    """Six-digit SOC code to element to importance."""
    general: dict[str, dict[str, float]] = {}
    detailed: dict[str, dict[str, list[float]]] = {}
    for row in rows(path):
        if row["Scale ID"] == "IM":
            code, element = row["O*NET-SOC Code"], row["Element ID"]
            if code.endswith(".00"):
                general.setdefault(code[:7], {})[element] = float(row["Data Value"])
            else:
                values = detailed.setdefault(code[:7], {}).setdefault(element, [])
                values.append(float(row["Data Value"]))
    for soc, elements in detailed.items():
        if soc not in general:
            general[soc] = {
                element: round(sum(values) / len(values), 2) for element, values in elements.items()
            }
    return general


# the agency's layouts ---------------------------------------------------------------------------


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a file of O*NET's, text (tabs) or workbook, by the names in its first row."""
    lines = _workbook(path) if path.suffix == ".xlsx" else _text(path)
    header = next(lines, [])
    for line in lines:
        yield dict(zip(header, line, strict=False))


def _text(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _workbook(path: Path) -> Iterator[list[str]]:
    """The cells of a workbook's first sheet."""
    with zipfile.ZipFile(path) as archive:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            with archive.open("xl/sharedStrings.xml") as file:
                for _, element in ElementTree.iterparse(file):
                    if element.tag == f"{_MAIN}si":
                        shared.append("".join(t.text or "" for t in element.iter(f"{_MAIN}t")))
                        element.clear()
        with archive.open("xl/worksheets/sheet1.xml") as file:
            for _, element in ElementTree.iterparse(file):
                if element.tag == f"{_MAIN}row":
                    yield _cells(element, shared)
                    element.clear()


def _cells(row: ElementTree.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_MAIN}c"):
        letters = re.sub("[0-9]", "", cell.get("r", ""))
        place = 0
        for letter in letters:
            place = place * 26 + ord(letter) - 64
        cells += [""] * (place - 1 - len(cells))
        value = cell.find(f"{_MAIN}v")
        text = "" if value is None else value.text or ""
        if cell.get("t") == "s":
            text = shared[int(text)]
        elif cell.get("t") == "inlineStr":
            text = "".join(t.text or "" for t in cell.iter(f"{_MAIN}t"))
        cells.append(text)
    return cells
