"""Reading the official releases: O*NET's text or workbook files, BLS's two workbooks.

`read` takes a file, a folder or a zip and gives tables, each with its source and vintage.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, cast

from infonb.errors import InfonbError
from infonb.reference.official import layouts
from infonb.reference.official.layouts import Cell, Layout, Row

_LARGEST = 600_000_000
"""Bytes of one unpacked file; the largest official one has 25 million."""

_ENDINGS = (".txt", ".xlsx", ".csv")
"""What is read; of two files with the same table the first kind counts."""

_ONET_RELEASE = re.compile(r"db_(\d+)_(\d+)")
_READ_ME = re.compile(r"O\*NET\D{0,40}?(\d{2}\.\d)")
_WAGE_YEAR = re.compile(r"(?:_M|oesm)((?:20)?\d\d)", re.IGNORECASE)
_SOC = re.compile(r"\d\d-\d{4}")


@dataclass
class Read:
    """One table as read from official files.

    Attributes
    ----------
    name : str
        As `infonb.reference.official.store.table` takes it.
    columns : dict of str to list
        Those of `infonb.reference.official.layouts.TYPES`, then source and vintage, equally long.
    files : list of str
        Names of the files it was read from.
    """

    name: str
    columns: dict[str, list[Any]]
    files: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns["source"])


@dataclass
class Reading:
    """What was found in a file, folder or zip."""

    tables: dict[str, Read]
    missing: list[str]
    """Names of the wanted files that aren't there, as `layouts.GIVES` has them."""
    unused: list[str]
    """Files that hold nothing infonb reads."""


@dataclass(frozen=True)
class _File:
    name: str
    """With the folder or zip it lies in, as a person would look for it."""
    load: Callable[[], bytes]

    @property
    def table_name(self) -> str:
        return layouts.table_name(self.name)

    @property
    def ending(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def read(place: Path, onet_release: str | None = None) -> Reading:
    """Read every official file in a place.

    Parameters
    ----------
    place : Path
        A file, a folder (with its subfolders) or a zip; zips may lie in folders and in zips.
    onet_release : str, optional
        Such as "30.2", for O*NET's files that don't say: the release is told from the names of
        folders and zips ("db_30_2_text") or a read-me file.

    Raises
    ------
    InfonbError
        When nothing official is there, or a file is cut off, damaged or has lost a column.
    """
    files = list(_files(place))
    found: dict[str, Read] = {}
    missing: list[str] = []
    used: set[str] = set()
    release = onet_release or _release(files)
    read_names: list[str] = []
    for layout in layouts.ONET:
        file = _best(files, layout.files)
        if file is None or (layout.within or "").casefold() in map(layouts.table_name, read_names):
            continue
        used |= {f.name for f in files if f.table_name == file.table_name}
        read_names.append(file.name)
        _merge(found, layout, file, release)
    missing += [layout.files[0] for layout in layouts.unread(read_names)]
    unknown = [file for file in files if _ONET_RELEASE.search(file.name) and not _is_read_me(file)]
    if unknown and not found:
        raise InfonbError(
            f"In {place} there is a release of O*NET, but no file of it goes by a name that infonb "
            f"knows: {_listed(file.name for file in unknown)}. Wanted are "
            f"{_listed(layout.files[0] for layout in layouts.ONET)}. Nothing was changed."
        )
    for name, reader in ((layouts.PROJECTIONS, _projections), (layouts.WAGES, _wages)):
        for file in files:
            if file.name not in used and (table := reader(file)) is not None:
                used.add(file.name)
                found[name] = table
                break
        else:
            missing.append(layouts.BLS_FILES[name])
    if not found:
        raise InfonbError(
            f"There is no official file in {place}. Wanted are O*NET's database as text or Excel "
            "files (or its zip), BLS's occupation.xlsx or the national OEWS workbook (or zip)."
        )
    unused = [f.name for f in files if f.name not in used and not _is_read_me(f)]
    return Reading(found, missing, unused)


# files, wherever they lie ------------------------------------------------------------------------


def _files(place: Path) -> Iterator[_File]:
    if not place.exists():
        raise InfonbError(f"There is no file or folder {place}.")
    paths = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file())
    for path in paths:
        label = path.name if place.is_file() else path.relative_to(place.parent).as_posix()
        if path.suffix.lower() == ".zip":
            yield from _in_zip(label, path.read_bytes())
        elif path.suffix.lower() in _ENDINGS:
            yield _File(label, path.read_bytes)


def _in_zip(label: str, content: bytes) -> Iterator[_File]:
    damaged = InfonbError(f"{label} is no whole zip file; it was cut off. Download it again.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise damaged from None

    def load(member: zipfile.ZipInfo) -> bytes:
        if member.file_size > _LARGEST:
            raise InfonbError(f"{label}/{member.filename} is too large to be an official file.")
        try:
            return archive.read(member)
        except (zipfile.BadZipFile, EOFError, OSError):
            raise damaged from None

    for member in archive.infolist():
        name = f"{label}/{member.filename}"
        ending = PurePosixPath(member.filename).suffix.lower()
        if ending == ".zip":
            yield from _in_zip(name, load(member))
        elif ending in _ENDINGS and not member.filename.startswith("__MACOSX"):
            yield _File(name, lambda member=member: load(member))


def _best(files: Iterable[_File], names: tuple[str, ...]) -> _File | None:
    """The file of a table; text before workbook, and the last where several releases lie there."""
    wanted = {name.casefold(): place for place, name in enumerate(names)}
    candidates = [file for file in files if file.table_name in wanted]
    return max(
        candidates,
        key=lambda file: (
            -wanted[file.table_name], -_ENDINGS.index(file.ending), _number(file.name)
        ),
        default=None,
    )  # fmt: skip


def _number(name: str) -> tuple[int, int]:
    found = _ONET_RELEASE.search(name)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _is_read_me(file: _File) -> bool:
    return file.table_name.replace(" ", "") == "readme"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _release(files: Iterable[_File]) -> str | None:
    for file in files:
        if _is_read_me(file) and file.ending == ".txt":
            found = _READ_ME.search(file.load().decode("utf-8", "replace"))
            if found:
                return found[1]
    return None


# rows --------------------------------------------------------------------------------------------


def _sheets(file: _File) -> Iterator[tuple[str, list[Row]]]:
    """Each sheet of a file with its rows; a text file is one sheet without a name."""
    if file.ending == ".xlsx":
        yield from _workbook(file)
    else:
        yield "", list(_text(file))


def _text(file: _File) -> Iterator[Row]:
    import csv

    content = file.load()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if file.ending == ".csv":
        yield from csv.reader(io.StringIO(text))
    else:
        yield from (line.split("\t") for line in text.splitlines() if line)


def _workbook(file: _File) -> Iterator[tuple[str, list[Row]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.load()))
        for name in workbook.sheet_names:
            yield name, cast("list[Row]", workbook.get_sheet_by_name(name).to_python())
    except CalamineError as error:
        raise InfonbError(
            f"{file.name} is no whole Excel workbook ({error}). Download it again."
        ) from error


def _merge(found: dict[str, Read], layout: Layout, file: _File, release: str | None) -> None:
    """Add one of O*NET's files to its table."""
    kinds = layouts.TYPES[layout.table]
    table = found.setdefault(
        layout.table, Read(layout.table, {name: [] for name in (*kinds, "source", "vintage")})
    )
    numbered = _ONET_RELEASE.search(file.name)
    told = f"{numbered[1]}.{numbered[2]}" if numbered else release
    source = f"O*NET {told}" if told else "O*NET, release not stated"
    for row in _onet_rows(layout, file):
        values = {**layout.extra, **row, "importance": row.get("value")}
        date = _year_month(values.get("date"))
        values |= {"source": source, "vintage": date or "", "date": date}
        for name, column in table.columns.items():
            column.append(_typed(values.get(name), kinds.get(name, "string"), file, name))
    table.files.append(file.name)


def _onet_rows(layout: Layout, file: _File) -> Iterator[dict[str, Cell]]:
    _, rows = next(_sheets(file), ("", []))
    if not rows:
        raise InfonbError(f"{file.name} is empty. Download it again.")
    header = [str(cell or "").strip() for cell in rows[0]]
    places = {}
    for ours, names in {**layout.columns, **layout.optional}.items():
        place = next((header.index(name) for name in names if name in header), None)
        if place is not None:
            places[ours] = place
        elif ours in layout.columns:
            raise _lost(file.name, names[0], header)
    for number, row in enumerate(rows[1:], start=2):
        if len(row) < len(header) and file.ending != ".xlsx":
            raise InfonbError(
                f"{file.name}, row {number} has {len(row)} of {len(header)} columns; the file was "
                "cut off or changed. Download it again."
            )
        values = {ours: row[place] if place < len(row) else None for ours, place in places.items()}
        if any(value not in ("", None) for value in values.values()) and layout.keep(values):
            yield values


def _lost(file: str, column: str, header: Iterable[str], sheet: str = "") -> InfonbError:
    there = ", ".join(f"“{name}”" for name in header if name)
    where = f"{file}, sheet “{sheet}”," if sheet else file
    return InfonbError(
        f"{where} has no column “{column}”; it has {there}. This release names its columns in a "
        "way infonb doesn't know. Nothing was changed."
    )


def _typed(value: Cell, kind: str, file: _File, column: str) -> Any:
    """A cell as its column's type; missing where it is empty, a dash or a star."""
    if value is None or (isinstance(value, str) and value.strip() in _NOTHING):
        return None
    try:
        if kind == "string":
            return str(int(value)) if isinstance(value, float) and value == int(value) else str(
                value
            ).strip()  # fmt: skip
        if kind == "bool":
            return str(value).strip().upper().startswith("Y")
        number = float(str(value).replace(",", ""))
        return round(number) if kind == "int64" else number
    except ValueError:
        raise InfonbError(
            f"{file.name}: the column of {column.replace('_', ' ')} holds “{value}”, which is no "
            "number. Nothing was changed."
        ) from None


_NOTHING = frozenset({"", "n/a", "N/A", "—", "–", "-", "*", "**", "~", "#"})
"""How the agencies write that there is no figure, or (#) that it is above their highest."""


def _year_month(value: Cell) -> str | None:
    """O*NET's "08/2023" as "2023-08", which sorts."""
    parts = str(value or "").split("/")
    return f"{parts[1]}-{parts[0]}" if len(parts) == 2 else None


# the Bureau of Labor Statistics -----------------------------------------------------------------


def _projections(file: _File) -> Read | None:
    """The table of occupations in the projections' workbook, None for another file."""
    if file.ending != ".xlsx":
        return None
    best: tuple[list[str], str, list[Row], dict[str, int], re.Match[str]] | None = None
    for sheet, rows in _sheets(file):
        for number, row in enumerate(rows[:8]):
            names = [_flat(cell) for cell in row]
            places, marks = _by_pattern(names)
            if "soc" not in places:
                continue
            lost = [name for name in layouts.PROJECTION_COLUMNS if name not in places]
            if best is None or len(lost) < len(best[0]):
                best = (lost, sheet, rows[number:], places, marks.get("growth_pct") or marks["soc"])
    if best is None:
        return None
    lost, sheet, rows, places, mark = best
    if lost:
        raise _lost(file.name, layouts.IN_WORDS[lost[0]], [_flat(c) for c in rows[0]], sheet)
    period = _period(mark["period"])
    kinds = layouts.TYPES[layouts.PROJECTIONS]
    table = Read(layouts.PROJECTIONS, {n: [] for n in (*kinds, "source", "vintage")}, [file.name])
    for row in rows[1:]:
        if not _line_item(row, places):
            continue
        for name, kind in kinds.items():
            table.columns[name].append(_typed(row[places[name]], kind, file, name))
        table.columns["source"].append(f"BLS Employment Projections {period}")
        table.columns["vintage"].append(period)
    if not table.rows:
        raise InfonbError(
            f"{file.name}, sheet “{sheet}”, has no row whose “Occupation type” is “Line item”. "
            "Nothing was changed."
        )
    return table


def _by_pattern(names: list[str]) -> tuple[dict[str, int], dict[str, re.Match[str]]]:
    places: dict[str, int] = {}
    marks: dict[str, re.Match[str]] = {}
    for ours, pattern in layouts.PROJECTION_COLUMNS.items():
        for place, name in enumerate(names):
            found = pattern.fullmatch(name)
            # of the two years of employment the first is the one that was counted
            if found and (ours not in places or _earlier(found, marks[ours])):
                places[ours], marks[ours] = place, found
    return places, marks


def _earlier(found: re.Match[str], than: re.Match[str]) -> bool:
    return "year" in found.groupdict() and found["year"] < than["year"]


def _line_item(row: Row, places: Mapping[str, int]) -> bool:
    if len(row) <= max(places.values()):
        return False
    code, kind = str(row[places["soc"]]).strip(), str(row[places["type"]]).strip().casefold()
    return kind == "line item" and _SOC.fullmatch(code) is not None


def _period(written: str) -> str:
    """ "2024-34" or "2024–2034" as "2024–34".

    Examples
    --------
    >>> _period("2019-29"), _period("2024–2034")
    ('2019–29', '2024–34')
    """
    first, last = re.split(r"\s*[–—-]\s*", written)
    return f"{first}–{last[-2:]}"


def _flat(cell: Cell) -> str:
    return " ".join(str(cell or "").split())


def _wages(file: _File) -> Read | None:
    """The whole nation's wages in a workbook of the OEWS, None for another file."""
    if file.ending == ".txt":
        return None
    for sheet, rows in _sheets(file):
        for number, row in enumerate(rows[:8]):
            header = [_flat(cell).upper() for cell in row]
            if any(name in header for name in layouts.WAGE_COLUMNS["soc"]):
                return _wage_table(file, sheet, header, rows[number + 1 :])
    return None


def _wage_table(file: _File, sheet: str, header: list[str], rows: list[Row]) -> Read:
    places = {}
    for ours, names in layouts.WAGE_COLUMNS.items():
        place = next((header.index(name) for name in names if name in header), None)
        if place is None:
            raise _lost(file.name, names[0], header, sheet)
        places[ours] = place
    marks = {header.index(name): values for name, values in layouts.NATIONAL.items()
             if name in header}  # fmt: skip
    year = _WAGE_YEAR.search(sheet) or _WAGE_YEAR.search(file.name)
    release = f"May 20{year[1][-2:]}" if year else ""
    source = f"BLS OEWS {release}" if release else "BLS OEWS, release not stated"
    kinds = layouts.TYPES[layouts.WAGES]
    table = Read(layouts.WAGES, {n: [] for n in (*kinds, "source", "vintage")}, [file.name])
    for row in rows:
        cells = [_plain(cell) for cell in row]
        if len(cells) < len(header) or any(cells[at] not in of for at, of in marks.items()):
            continue
        if not _SOC.fullmatch(cells[places["soc"]]) or cells[places["group"]] not in _DETAILED:
            continue
        capped = [name for name in ("wage_p10", "wage_p25", "median_wage", "wage_p75", "wage_p90")
                  if cells[places[name]] == "#"]  # fmt: skip
        for name, kind in kinds.items():
            value = ", ".join(capped) if name == "at_least" else row[places[name]]
            table.columns[name].append(_typed(value, kind, file, name))
        table.columns["source"].append(source)
        table.columns["vintage"].append(release)
    if not table.rows:
        raise InfonbError(
            f"{file.name} has no detailed occupations of the whole nation. Take the national file "
            "of the OEWS, such as oesm25nat.zip. Nothing was changed."
        )
    return table


_DETAILED = frozenset({"detailed", "detail", ""})
"""In releases before 2012 the column is empty for detailed occupations."""


def _plain(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell).strip()
