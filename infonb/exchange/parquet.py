"""A programme's folder: the journals of many, as Parquet files that any engine reads.

Each table is a folder of its own, split by SOC major group, and each journal has files of its own
in it::

    README.md  programme.json                      what this is, and the schema's version
    journals/4f0c….json                            which files are a journal's part now
    answers/soc_major=17/4f0c…-8d21.parquet
    interviews/…  skills/…  occupations/…  …

Beside the folder, never in it, lies its key, ``<folder>.key``: what tells journals, people and
interviews apart is hashed with it, so that whoever holds the folder alone can't tell that a
journal they know is in it.

A journal's part is whole or not there: new files are written beside the old ones, and count from
the moment its list in ``journals/`` is replaced. What a broken export left behind is removed by
the next one of the same journal. A folder made of what was handed in has one part, with all
journals: few files, which every engine reads faster.

Others write into the folder, and journals come from others. So a journal's id never is a part of
a path (files are named by its keyed hash), nothing is removed because a file says so, and only
files are touched that are named as above and lie in the folder itself, behind no link.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.exchange.programme_rows import TABLES as GIVEN
from infonb.exchange.programme_rows import Rows, rows_of
from infonb.journal import columns
from infonb.journal.backups import replacing
from infonb.journal.errors import translated
from infonb.privacy.gate import stop_leaks
from infonb.privacy.registry import withheld

if TYPE_CHECKING:
    import pyarrow as pa

    from infonb.journal import Journal

SCHEMA = 2
"""Version of the tables' columns and of how the folder is laid out."""

BUCKETS = 20
"""Fixed groups of people, for the band of an overlap; see `infonb.findings.overlap`."""

NOT_GIVEN = "not given"
"""The term and the cohort of a journal that names none."""


def _columns(table: str) -> dict[str, str]:
    told = {"journal": "id", "term": "text", "cohort": "text", **GIVEN[table]}
    if "occupation" in told:
        told["occupation_key"] = "text"
    return {**told, "bucket": "whole"} if table == "skills" else told


TABLES: dict[str, dict[str, str]] = {table: _columns(table) for table in GIVEN}
"""Table -> its columns and their kinds; an ``id`` is a whole number of 63 bits, keyed."""

NO_GROUP = "none"
"""Where an occupation without a SOC code goes, and what belongs to no occupation."""

_ABOUT, _README, _LISTS = "programme.json", "README.md", "journals.d"
_COLLECTED = "collected"
_TOLD = f"""# Informational interviews of a programme

Written by infonb, schema {SCHEMA}. Each folder below is a table of Parquet files, split by the major group
of the Standard Occupational Classification (`soc_major`, the first two digits; `{NO_GROUP}` where no code is known).
`journal`, `interview` and `person` are hashes with a key that isn't in this folder; they tell apart and say
nothing else. `occupation_key` is the SOC code, or the title where none is known; `question` the key of a
standard question, or the hash of an own question's prompt; `nth` counts a student's interviews;
`bucket` is one of {BUCKETS} fixed groups of people. Texts are empty unless they were asked for.
`{_LISTS}/` lists the files that count now.

Answers off the record are never in here. This folder holds rows of single students: **it may not be
published or passed on**. `infonb programme` makes a page of it that may, with small groups left out.

| table | columns |
|---|---|
"""  # noqa: E501


@dataclass(frozen=True)
class Part:
    """What one journal gives.

    Attributes
    ----------
    id : str
        Of the journal.
    rows : dict of str to list of dict
        As `infonb.exchange.programme_rows.rows_of` gives them.
    term, cohort : str
        When, and with whom.
    """

    id: str
    rows: Rows
    term: str = NOT_GIVEN
    cohort: str = NOT_GIVEN


class Key:
    """The key of a folder: hashes that only its holder can make."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._known: dict[tuple[str, ...], int] = {}

    @classmethod
    def of(cls, folder: Path, is_new: bool) -> Key:
        """The key beside a folder; made where the folder is new.

        Raises
        ------
        InfonbError
            When it is gone: another one would count everybody twice.
        """
        path = key_file(folder)
        if is_new:
            with open(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+", encoding="ascii") as file:
                if not file.read().strip():
                    file.write(f"{secrets.token_hex(32)}\n")
        try:
            return cls(bytes.fromhex(path.read_text(encoding="ascii")))
        except (OSError, ValueError):
            raise InfonbError(
                f"{path}, the key of {folder}, is missing or damaged. Put it back; without it the "
                "same journal would count twice. Or name a new folder. Nothing was changed."
            ) from None

    def name(self, *said: str) -> str:
        """A name for files, of 40 hexadecimal digits."""
        return self._hash(said).hex()[:40]

    def number(self, *said: str) -> int:
        """A whole number of 63 bits."""
        if said not in self._known:
            self._known[said] = int.from_bytes(self._hash(said)[:8], "big") >> 1
        return self._known[said]

    def _hash(self, said: Sequence[str]) -> bytes:
        words = "\0".join(said).encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret, words, hashlib.sha256)


def key_file(folder: Path) -> Path:
    """Where the key of a folder lies: beside it.

    Examples
    --------
    >>> key_file(Path("autumn/tables")).as_posix()
    'autumn/tables.key'
    """
    return folder.with_name(f"{folder.name}.key")


def write(journal: Journal, folder: Path, redact: bool = True, texts: bool = False) -> None:
    """Put a journal's part into a programme's folder, in place of the one that is there.

    Parameters
    ----------
    journal : Journal
        Whose part it is; told by its ``id``, which copies and backups of it share.
    folder : pathlib.Path
        Made where it is missing, and its key beside it.
    redact : bool
        Leave out names and contacts. Private answers never leave.
    texts : bool
        Whether what was said is given in words, too; the texts are empty otherwise.

    Raises
    ------
    InfonbError
        When the folder holds something else, or is of another version of infonb; nothing is
        changed then.

    Examples
    --------
    >>> write(journal, tmp_path / "class")
    >>> sorted(p.name for p in (tmp_path / "class").iterdir())
    ['README.md', 'interviews', 'journals', 'journals.d', 'occupations', 'programme.json']
    """
    part = Part(journal.id, rows_of(journal, redact=redact, texts=texts))
    if redact:
        _stop_names(part, folder)
    try:
        key = _begin(folder)
        if _is_collected(folder):
            raise InfonbError(
                f"{folder} is made of what was handed in; hand this journal in instead: infonb "
                "hand-in. Nothing was changed."
            )
        _replace(folder, key, key.name("part", journal.id), [part])
    except OSError as error:
        raise translated(error, folder) from None


def _stop_names(part: Part, folder: Path) -> None:
    """The gate: whoever is to be left out stands in no text of these rows."""
    said = {
        value
        for rows in part.rows.values()
        for row in rows
        for value in row.values()
        if isinstance(value, str)
    }
    page = "".join(f"<pre>{escape(text)}</pre>" for text in sorted(said))
    stop_leaks(page, withheld(), f"{folder}")


def write_collected(folder: Path, parts: Iterable[Part]) -> None:
    """Make a folder of many journals at once, in place of all that it held.

    Parameters
    ----------
    folder : pathlib.Path
        New, empty, or one that was made so before.
    parts : iterable of Part

    Raises
    ------
    InfonbError
        As `write`; also where journals were exported into the folder one by one.
    """
    try:
        key = _begin(folder)
        name = key.name(_COLLECTED)
        lists = {path.stem for path in (folder / _LISTS).glob("*.json")}
        if lists - {name}:
            raise InfonbError(
                f"{folder} holds journals that were exported into it one by one; name a new "
                "folder. Nothing was changed."
            )
        _replace(folder, key, name, list(parts), collected=True)
    except OSError as error:
        raise translated(error, folder) from None


def _is_collected(folder: Path) -> bool:
    for path in (folder / _LISTS).glob("*.json"):
        with contextlib.suppress(InfonbError):  # a damaged list is replaced by its journal's
            if _read(path).get(_COLLECTED):
                return True
    return False


def _replace(
    folder: Path, key: Key, name: str, parts: Sequence[Part], collected: bool = False
) -> None:
    """Write parts as the files of one name, which take the place of those that had it."""
    written: list[Path] = []
    try:
        generation = f"{name}-{secrets.token_hex(4)}.parquet"
        for table, group, rows in _tables(parts, key, whole=collected):
            place = _inside(folder, table, f"soc_major={group}")
            place.mkdir(parents=True, exist_ok=True)
            written.append(place / generation)
            _write_rows(rows, place / generation)
        listed = [path.relative_to(folder).as_posix() for path in written]
        lists = _inside(folder, _LISTS)
        lists.mkdir(exist_ok=True)
        told = {"schema": SCHEMA, "files": listed}
        _put(lists / f"{name}.json", {**told, _COLLECTED: True} if collected else told)
    except BaseException:
        _remove(written)
        raise
    _remove({*_files_named(folder, name)} - set(written))


def files_of(folder: Path, name: str) -> list[Path]:
    """The files that are a part now, by its name; none where there is no such part.

    What its list names besides files of this part isn't given.
    """
    listed = folder / _LISTS / f"{name}.json"
    if not listed.exists():
        return []
    names = _read(listed).get("files")
    named = {path.relative_to(folder).as_posix(): path for path in _files_named(folder, name)}
    return [named[n] for n in names if n in named] if isinstance(names, list) else []


def live_files(folder: Path) -> dict[str, list[Path]]:
    """Table to the files that count now, of all parts of a folder.

    Raises
    ------
    InfonbError
        When it is no programme's folder, or one of another version of infonb.

    Examples
    --------
    >>> write(journal, tmp_path / "class")
    >>> [len(files) for files in live_files(tmp_path / "class").values()]
    [1, 1, 1, 0, 0, 0, 0]
    """
    if not (folder / _ABOUT).is_file():
        raise InfonbError(
            f"{folder} is no programme's folder: it has no {_ABOUT}. `infonb programme FOLDER` "
            "makes one of what was handed in."
        )
    _check_schema(folder)
    found: dict[str, list[Path]] = {table: [] for table in TABLES}
    for listed in sorted((folder / _LISTS).glob("*.json")):
        for path in files_of(folder, listed.stem):
            found[path.relative_to(folder).parts[0]].append(path)
    return found


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
            if re.fullmatch(rf"soc_major=(?:\d\d|{NO_GROUP})", group.name) and group.is_dir():
                files = _inside(folder, table, group.name).iterdir()
                yield from (file for file in files if names.fullmatch(file.name))


def _check_schema(folder: Path) -> None:
    schema = _read(folder / _ABOUT).get("schema")
    if schema != SCHEMA:
        raise InfonbError(
            f"{folder} has schema {schema}, this infonb knows {SCHEMA}; use another folder, "
            "or the infonb that made it. Nothing was changed."
        )


def _begin(folder: Path) -> Key:
    """Make the folder, or make sure that it is a programme's and not of another infonb; its key."""
    about = folder / _ABOUT
    if about.exists():
        _check_schema(folder)
        return Key.of(folder, is_new=not any((folder / _LISTS).glob("*.json")))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InfonbError(
            f"{folder} holds something else; name an empty or a new folder for the programme."
        )
    key = Key.of(folder, is_new=True)
    (folder / _LISTS).mkdir(parents=True, exist_ok=True)
    with replacing(folder / _README) as part:
        told = "".join(f"| {t} | {', '.join(c)} |\n" for t, c in TABLES.items())
        part.write_text(_TOLD + told, encoding="utf-8", newline="\n")
    _put(about, {"schema": SCHEMA, "tables": TABLES})
    return key


def _tables(parts: Sequence[Part], key: Key, whole: bool) -> Iterator[tuple[str, str, pa.Table]]:
    """Each table's rows of one major group, of all journals.

    Where a table has no rows there is none, or an empty one where the folder is to be whole.
    """
    for table, kinds in TABLES.items():
        empty = {NO_GROUP: {name: [] for name in kinds}} if whole else {}
        groups: dict[str, dict[str, list[Any]]] = empty
        for part in parts:
            for row in part.rows.get(table, ()):
                told = groups.setdefault(_major_group(row.get("soc")), {n: [] for n in kinds})
                full = _completed(row, part, key, kinds)
                for name in kinds:
                    told[name].append(full[name])
        for group in sorted(groups):
            yield table, group, _arrow(groups[group], kinds)


def _completed(row: dict[str, Any], part: Part, key: Key, kinds: dict[str, str]) -> dict[str, Any]:
    """A row with what the folder adds: whose, when, and keyed ids."""
    full = {
        **row, "journal": key.number("journal", part.id), "term": part.term, "cohort": part.cohort,
    }  # fmt: skip
    for name in ("interview", "person"):
        if name in kinds:
            full[name] = key.number(name, part.id, str(row[name]))
    if "occupation_key" in kinds:
        coded = _major_group(row["soc"]) != NO_GROUP
        full["occupation_key"] = row["soc"] if coded else columns.fold_title(row["occupation"])
    if "bucket" in kinds:
        full["bucket"] = full["person"] % BUCKETS
    return full


def _major_group(code: Any) -> str:
    known = re.match(r"[0-9]{2}(?=-)", code) if isinstance(code, str) else None
    return known[0] if known else NO_GROUP


def _arrow(values: dict[str, list[Any]], kinds: dict[str, str]) -> pa.Table:
    import pyarrow as pa

    types: dict[str, Any] = {
        "text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "truth": pa.bool_(),
        "id": pa.int64(),
    }  # fmt: skip
    return pa.table(
        [pa.array(values[name], types[kind]) for name, kind in kinds.items()], names=list(kinds)
    )


def _write_rows(rows: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    with replacing(path) as part:
        pq.write_table(rows, part)


def _put(path: Path, what: dict[str, Any]) -> None:
    with replacing(path) as part:
        part.write_text(f"{json.dumps(what, indent=1)}\n", encoding="utf-8", newline="\n")


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InfonbError(f"{path} can't be read ({error}); nothing was changed.") from None
    if not isinstance(told, dict):
        raise InfonbError(f"{path} holds something else; nothing was changed.")
    return told


def _remove(files: Any) -> None:
    for file in files:
        file.unlink(missing_ok=True)
