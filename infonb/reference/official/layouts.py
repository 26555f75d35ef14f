"""The official files as the agencies publish them: which table each gives, and its columns.

A column has the names it had over the releases. A file whose columns have all gone by other names
is refused with its name and the column's, so that no figure is ever taken from the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

Cell = str | float | int | bool | None
Row = Sequence[Cell]


@dataclass(frozen=True)
class Layout:
    """One kind of file of O*NET's database, by the name of the file."""

    files: tuple[str, ...]
    """Names without ending, over the releases, newest first."""
    table: str
    gives: str
    """What is unavailable without it, in words."""
    columns: Mapping[str, tuple[str, ...]]
    """Ours to the agency's names, over the releases."""
    optional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns that tell files of one table apart."""
    keep: Callable[[dict[str, Cell]], bool] = lambda row: True
    """Rows worth keeping."""
    within: str | None = None
    """The file of older releases that held this one and others; where it is read, this isn't."""


_CODE = {"onet_soc": ("O*NET-SOC Code",)}
_RATED = {
    **_CODE,
    "element_id": ("Element ID",),
    "element": ("Element Name",),
    "scale": ("Scale ID",),
    "value": ("Data Value",),
}
_RATED_TOO = {"suppress": ("Recommend Suppress",), "date": ("Date",)}


def _is_importance(row: dict[str, Cell]) -> bool:
    """Importance; O*NET 30 rates work styles on "impact" instead."""
    return row["scale"] in ("IM", "WI")


def _rating(files: tuple[str, ...], kind: str, gives: str, within: str | None = None) -> Layout:
    return Layout(
        files, "ratings", gives, _RATED, _RATED_TOO, {"kind": kind}, _is_importance, within
    )


ONET: tuple[Layout, ...] = (
    Layout(
        ("Occupation Data",), "occupations", "descriptions of occupations",
        {**_CODE, "title": ("Title",)}, {"description": ("Description",)},
    ),
    Layout(
        ("Job Titles", "Alternate Titles", "Lay Titles"), "titles",
        "everyday titles to suggest codes from",
        {**_CODE, "title": ("Job Title", "Alternate Title", "Lay Title")},
        {"short": ("Short Title",), "occupation": ("Title",)}, {"kind": "alternate"},
    ),
    Layout(
        ("Sample of Reported Titles",), "titles", "titles that workers reported",
        {**_CODE, "title": ("Reported Job Title",)},
        {"occupation": ("Title",)}, {"kind": "reported"},
    ),
    Layout(
        ("Job Zones",), "job_zones", "Job Zones",
        {**_CODE, "job_zone": ("Job Zone",)}, {"date": ("Date",)},
    ),
    _rating(("Essential Skills", "Skills"), "skill", "top skills"),
    _rating(("Transferable Skills",), "skill", "top skills that carry over", within="Skills"),
    _rating(("Knowledge",), "knowledge", "top knowledge"),
    _rating(("Work Activities",), "work activity", "top work activities"),
    _rating(("Work Styles",), "work style", "top work styles"),
    Layout(
        ("Software Skills", "Technology Skills"), "technology",
        "software and tools of an occupation",
        {**_CODE, "example": ("Workplace Example", "Example", "T2 Example"),
         "commodity_code": ("Commodity Code", "Element ID"),
         "commodity": ("Commodity Title", "Element Name")},
        {"hot": ("Hot Technology",), "in_demand": ("In Demand",)},
    ),
    Layout(
        ("Content Model Reference",), "elements", "definitions of skills",
        {"element_id": ("Element ID",), "element": ("Element Name",)},
        {"description": ("Description",)},
    ),
    Layout(
        ("GWAs to IWAs to DWAs", "DWA Reference"), "activities",
        "a better guess at work activities from phrases",
        {"element_id": ("GWA Element ID", "Element ID"),
         "activity_id": ("DWA Element ID", "DWA ID"),
         "activity": ("DWA Element Name", "DWA Title")},
    ),
)  # fmt: skip
"""The files of O*NET's database that infonb reads. Release 30.3 gave many another name."""


def table_name(file: str) -> str:
    """The name by which a file is known, without folder, ending, capitals and underscores.

    Examples
    --------
    >>> table_name("db_31_0_csv/job_titles.csv"), table_name("Job Titles.xlsx")
    ('job titles', 'job titles')
    """
    return PurePosixPath(file).stem.replace("_", " ").casefold()


def unread(files: Iterable[str]) -> list[Layout]:
    """The kinds of O*NET's files that are not among those read.

    Examples
    --------
    >>> "Transferable Skills" in [layout.files[0] for layout in unread(["Skills.txt"])]
    False
    """
    read = {table_name(file) for file in files}
    return [
        layout
        for layout in ONET
        if read.isdisjoint(name.casefold() for name in (*layout.files, layout.within or ""))
    ]


PROJECTIONS = "projections"
WAGES = "wages"
BLS_FILES: Mapping[str, str] = MappingProxyType(
    {PROJECTIONS: "occupation.xlsx", WAGES: "oesm25nat.zip"}
)
"""The two workbooks of the Bureau of Labor Statistics, as they are called just now."""

GIVES: Mapping[str, str] = MappingProxyType(
    {
        **{layout.files[0]: layout.gives for layout in ONET},
        BLS_FILES[PROJECTIONS]: "growth, openings, typical education (BLS Employment Projections)",
        BLS_FILES[WAGES]: "wages newer than those that come with infonb (BLS OEWS, national)",
    }
)
"""What is unavailable without each file."""

TYPES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "occupations": {"onet_soc": "string", "title": "string", "description": "string"},
        "titles": {"onet_soc": "string", "title": "string", "short": "string",
                   "occupation": "string", "kind": "string"},
        "job_zones": {"onet_soc": "string", "job_zone": "int64", "date": "string"},
        "ratings": {"onet_soc": "string", "element_id": "string", "element": "string",
                    "kind": "string", "importance": "double", "suppress": "bool",
                    "date": "string"},
        "technology": {"onet_soc": "string", "example": "string", "commodity_code": "string",
                       "commodity": "string", "hot": "bool", "in_demand": "bool"},
        "elements": {"element_id": "string", "element": "string", "description": "string"},
        "activities": {"element_id": "string", "activity_id": "string", "activity": "string"},
        PROJECTIONS: {"soc": "string", "title": "string", "employment_k": "double",
                      "growth_pct": "double", "openings_k": "double", "education": "string",
                      "experience": "string", "training": "string"},
        WAGES: {"soc": "string", "title": "string", "employees": "int64",
                "median_wage": "int64", "wage_p10": "int64", "wage_p25": "int64",
                "wage_p75": "int64", "wage_p90": "int64", "at_least": "string"},
    }
)  # fmt: skip
"""Columns of each stored table; `source` and `vintage` follow in every one."""

_PERIOD = r"(?P<period>\d{4}\s*[–—-]\s*\d{2,4})"

PROJECTION_COLUMNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "title": re.compile(r"\d{4} National Employment Matrix (?:occupation )?title"),
        "soc": re.compile(r"\d{4} National Employment Matrix (?:occupation )?code"),
        "type": re.compile(r"Occupation type"),
        "employment_k": re.compile(r"Employment, (?P<year>\d{4})"),
        "growth_pct": re.compile(rf"Employment change, percent, {_PERIOD}"),
        "openings_k": re.compile(rf"Occupational openings, {_PERIOD} annual average"),
        "education": re.compile(r"Typical education needed for entry"),
        "experience": re.compile(r"Work experience in a related occupation"),
        "training": re.compile(r"Typical on-the-job training needed .*"),
    }
)
"""Columns of the projections' table of occupations; the years in them belong to the release."""

IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "… National Employment Matrix title", "soc": "… National Employment Matrix code",
        "type": "Occupation type", "employment_k": "Employment, (year)",
        "growth_pct": "Employment change, percent, (period)",
        "openings_k": "Occupational openings, (period) annual average",
        "education": "Typical education needed for entry",
        "experience": "Work experience in a related occupation",
        "training": "Typical on-the-job training needed to attain competency …",
    }
)  # fmt: skip

WAGE_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "soc": ("OCC_CODE", "OCC CODE"),
        "title": ("OCC_TITLE", "OCC TITLE"),
        "group": ("O_GROUP", "OCC_GROUP", "GROUP"),
        "employees": ("TOT_EMP",),
        "wage_p10": ("A_PCT10",),
        "wage_p25": ("A_PCT25",),
        "median_wage": ("A_MEDIAN",),
        "wage_p75": ("A_PCT75",),
        "wage_p90": ("A_PCT90",),
    }
)
"""Columns of the national wage file, over the releases, in capitals."""

NATIONAL: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "AREA_TYPE": ("1",),
        "I_GROUP": ("cross-industry",),
        "OWN_CODE": ("1235",),
    }
)
"""What marks the rows of the whole nation in files that hold more, where they have the column."""
