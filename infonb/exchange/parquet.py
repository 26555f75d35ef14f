"""A programme's folder: the journals of many, as Parquet files that any engine reads.

Each table is a folder of its own, split by SOC major group, and each journal has files of its own
in it::

    README.md  programme.json                      what this is, and the schema's version
    journals/4f0c….json                            which files are a journal's part now
    answers/soc_major=17/4f0c…-8d21.parquet
    interviews/…  skills/…  occupations/…

A journal's part is whole or not there: new files are written beside the old ones, and count from
the moment its list in ``journals/`` is replaced. What a broken export left behind is removed by
the next one of the same journal.

Others write into the folder, and journals come from others. So a journal's id never is a part of
a path (files are named by its SHA-256), nothing is removed because a file says so, and only files
are touched that are named as above and lie in the folder itself, behind no link.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.journal.backups import replacing
from infonb.journal.errors import translated

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from infonb.findings import Findings
    from infonb.journal import Journal

SCHEMA = 1
"""Version of the tables' columns and of how the folder is laid out."""

TABLES: dict[str, dict[str, str]] = {
    "occupations": {"occupation": "text", "soc": "text", "interest": "whole"},
    "interviews": {
        "interview": "text", "occupation": "text", "soc": "text", "person": "text",
        "status": "text", "date": "text", "minutes": "whole", "confidence_before": "whole",
        "confidence_after": "whole", "weight": "real",
    },
    "answers": {
        "interview": "text", "occupation": "text", "soc": "text", "person": "text",
        "question": "text", "text": "text", "rating": "whole", "why": "text", "weight": "real",
        "date": "text",
    },
    "skills": {
        "interview": "text", "occupation": "text", "soc": "text", "person": "text",
        "phrase": "text", "rank": "whole", "skill": "text", "skill_id": "text", "kind": "text",
        "confirmed": "truth",
    },
}  # fmt: skip
"""Table -> its columns, beside ``journal`` (whose part a row is), and their kinds."""

NO_GROUP = "00"
"""Where an occupation without a SOC code goes."""

_ABOUT, _README, _LISTS = "programme.json", "README.md", "journals"
_TOLD = f"""# Informational interviews of a programme

Written by infonb, schema {SCHEMA}. Each folder below is a table of Parquet files, split by the major group
of the Standard Occupational Classification (`soc_major`, the first two digits; {NO_GROUP} where no code is known).
`journal` is a random number that tells the journals apart; `journals/` lists the files that are
each one's part now. Answers off the record are never in here. Names are left out unless somebody
asked for them; words can still point to people, so keep the folder among those it is for.

| table | columns |
|---|---|
"""  # noqa: E501


def write(journal: Journal, folder: Path, redact: bool = True) -> None:
    """Put a journal's part into a programme's folder, in place of the one that is there.

    Parameters
    ----------
    journal : Journal
        Whose part it is; told by its ``id``, which copies and backups of it share.
    folder : pathlib.Path
        Made where it is missing.
    redact : bool
        Leave out names and contacts. Private answers never leave.

    Raises
    ------
    InfonbError
        When the folder holds something else, or is of a newer infonb; nothing is changed then.

    Examples
    --------
    >>> write(journal, tmp_path / "class")
    >>> sorted(p.name for p in (tmp_path / "class").iterdir())
    ['README.md', 'interviews', 'journals', 'occupations', 'programme.json']
    """
    try:
        _begin(folder)
        _replace_part(journal, folder, redact)
    except OSError as error:
        raise translated(error, folder) from None


def _replace_part(journal: Journal, folder: Path, redact: bool) -> None:
    part = _part_name(journal.id)
    written: list[Path] = []
    try:
        generation = f"{part}-{secrets.token_hex(4)}.parquet"
        for table, group, rows in _parts(journal.findings(redact=redact), journal.id):
            place = _inside(folder, table, f"soc_major={group}")
            place.mkdir(parents=True, exist_ok=True)
            written.append(place / generation)
            _write_rows(rows, place / generation)
        listed = [path.relative_to(folder).as_posix() for path in written]
        lists = _inside(folder, _LISTS)
        lists.mkdir(exist_ok=True)
        _put(lists / f"{part}.json", {"schema": SCHEMA, "files": listed})
    except BaseException:
        _remove(written)
        raise
    former = journal.id if _FORMER_NAME.fullmatch(journal.id) else part
    _remove({*_files_named(folder, part), *_files_named(folder, former)} - set(written))
    if former != part:
        _remove([lists / f"{former}.json"])


def files_of(folder: Path, journal_id: str) -> list[Path]:
    """The files that are a journal's part now; none where it has no part.

    What its list names besides files of this part isn't given.
    """
    part = _part_name(journal_id)
    listed = folder / _LISTS / f"{part}.json"
    if not listed.exists():
        return []
    names = _read(listed).get("files")
    named = {path.relative_to(folder).as_posix(): path for path in _files_named(folder, part)}
    return [named[name] for name in names if name in named] if isinstance(names, list) else []


_FORMER_NAME = re.compile(r"[0-9a-f]{32}")
"""Ids by which infonb up to 0.1 named files: random ones, as long as no name of today is."""


def _part_name(journal_id: str) -> str:
    """How the files of a journal's part begin, whatever its id is."""
    return hashlib.sha256(journal_id.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _inside(folder: Path, *names: str) -> Path:
    """A folder of the programme, refused where a link leads out of it."""
    place = folder.joinpath(*names)
    if place.resolve() != folder.resolve().joinpath(*names):
        raise InfonbError(
            f"{place} is a link to another place; a programme's folder has none. Remove the link, "
            "or name another folder for the programme."
        )
    return place


def _files_named(folder: Path, part: str) -> Iterator[Path]:
    """The Parquet files of a part, looked for where they are written and nowhere else."""
    names = re.compile(rf"{re.escape(part)}-[0-9a-f]{{8}}\.parquet")
    for table in TABLES:
        if not (folder / table).is_dir():
            continue
        for group in _inside(folder, table).iterdir():
            if re.fullmatch(r"soc_major=\d\d", group.name) and group.is_dir():
                files = _inside(folder, table, group.name).iterdir()
                yield from (file for file in files if names.fullmatch(file.name))


def _begin(folder: Path) -> None:
    """Make the folder, or make sure that it is a programme's and not of a newer infonb."""
    about = folder / _ABOUT
    if about.exists():
        schema = _read(about).get("schema")
        if schema != SCHEMA:
            raise InfonbError(
                f"{folder} has schema {schema}, this infonb writes {SCHEMA}; use another folder, "
                "or the infonb that made it. Nothing was changed."
            )
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InfonbError(
            f"{folder} holds something else; name an empty or a new folder for the programme."
        )
    (folder / _LISTS).mkdir(parents=True, exist_ok=True)
    with replacing(folder / _README) as part:
        columns = "".join(f"| {t} | journal, {', '.join(c)} |\n" for t, c in TABLES.items())
        part.write_text(_TOLD + columns, encoding="utf-8", newline="\n")
    _put(about, {"schema": SCHEMA, "tables": TABLES})


def _parts(findings: Findings, journal_id: str) -> Iterator[tuple[str, str, pa.Table]]:
    """Each table's rows of one major group; none where it has no rows."""
    soc = dict(zip(findings.occupations["occupation"], findings.occupations["soc"], strict=True))
    for table, columns in TABLES.items():
        frame: pd.DataFrame = getattr(findings, table)
        if "private" in frame.columns:
            frame = frame[~frame["private"].astype(bool)]
        codes = frame["occupation"].map(soc)
        groups = codes.map(_major_group)
        frame = frame.assign(soc=codes, journal=journal_id)[["journal", *columns]]
        for group in sorted(set(groups)):
            yield table, group, _rows(frame[groups == group], columns)


def _major_group(code: Any) -> str:
    known = re.match(r"[0-9]{2}(?=-)", code) if isinstance(code, str) else None
    return known[0] if known else NO_GROUP


def _rows(frame: pd.DataFrame, columns: dict[str, str]) -> pa.Table:
    import pyarrow as pa

    kinds: dict[str, Any] = {
        "text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "truth": pa.bool_(),
    }  # fmt: skip
    told = {"journal": "text", **columns}
    schema = pa.schema([(name, kinds[kind]) for name, kind in told.items()])
    return pa.Table.from_pandas(frame, schema, preserve_index=False).replace_schema_metadata(None)


def _write_rows(rows: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    with replacing(path) as part:
        pq.write_table(rows, part)


def _put(path: Path, what: dict[str, Any]) -> None:
    with replacing(path) as part:
        part.write_text(f"{json.dumps(what, indent=1)}\n", encoding="utf-8", newline="\n")


def _read(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InfonbError(f"{path} can't be read ({error}); nothing was changed.") from None


def _remove(files: Any) -> None:
    for file in files:
        file.unlink(missing_ok=True)
