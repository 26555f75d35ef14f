"""docs/frames.md says each column of each frame, and its type, as they are."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pandas as pd

import infonb
from infonb.findings import Decision, Findings

ROOT = Path(__file__).parents[2]
TYPES = {
    "str": "text", "int64[pyarrow]": "whole number", "double[pyarrow]": "number",
    "bool[pyarrow]": "yes/no", "timestamp[us, tz=UTC][pyarrow]": "moment",
}  # fmt: skip


def in_the_docs() -> dict[str, dict[str, str]]:
    text = (ROOT / "docs" / "frames.md").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = {}
    for frame, column, type_, words in re.findall(
        r"^\| `(\S+)` \| `(\S+)` \| ([\w/ ]+) \| (.+) \|$", text, re.MULTILINE
    ):
        assert words.strip() and column not in table.get(frame, {})
        table.setdefault(frame, {})[column] = type_
    return table


def in_the_code() -> dict[str, dict[str, str]]:
    findings = infonb.sample("example").findings()
    given: dict[str, pd.DataFrame] = {}
    for name, found in inspect.getmembers(Findings):
        if name.startswith("_") or name == "matrix":
            continue
        if isinstance(found, property):
            value, shown = getattr(findings, name), name
        elif callable(found) and "DataFrame" in str(inspect.signature(found).return_annotation):
            first = (findings.occupations["occupation"].iloc[0],) if name == "about" else ()
            value, shown = getattr(findings, name)(*first), f"{name}()"
        else:
            continue
        if isinstance(value, pd.DataFrame):
            given[shown] = value
    decision = findings.decide()
    for name in vars(Decision)["__dataclass_fields__"]:
        if isinstance(value := getattr(decision, name), pd.DataFrame):
            given[f"decide().{name}"] = value
    return {
        shown: {str(column): TYPES[str(frame[column].dtype)] for column in frame.columns}
        for shown, frame in given.items()
    }


def test_every_column_of_every_frame_stands_in_the_table_as_it_is():
    told, there = in_the_docs(), in_the_code()
    assert told.keys() == there.keys()
    for frame, columns in there.items():
        assert list(told[frame].items()) == list(columns.items()), f"docs/frames.md on {frame}"
