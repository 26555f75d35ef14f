"""Installing official data: read, store beside the old, switch in one step."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from infonb import clock
from infonb.errors import InfonbError
from infonb.files import write_text
from infonb.reference import titles
from infonb.reference.official import layouts, releases, store
from infonb.reference.official.store import Installed

_UPDATE = re.compile(r"\d{8}T\d{12}-[0-9a-f]{6}")
_KEPT = 2
"""How many updates stay on disk: the one that counts and, for who is just reading it, the last."""


@dataclass(frozen=True)
class Update:
    """What an update did.

    Attributes
    ----------
    tables : dict of str to Installed
        What is installed now.
    new : list of str
        Names of the tables that were read this time; the others were there before.
    missing : list of str
        What is unavailable now, in words, each with the file that would give it.
    unused : list of str
        Files in which there is nothing infonb reads.
    """

    tables: dict[str, Installed]
    new: list[str]
    missing: list[str]
    unused: list[str]

    def __str__(self) -> str:
        return "\n".join(
            [
                f"Installed in {store.folder()}:",
                *(_line(self.tables[name]) for name in self.new),
                *_listed("Kept from before:", [n for n in self.tables if n not in self.new]),
                *_listed("Unavailable:", self.missing),
                *_listed("Not needed:", self.unused),
            ]
        )


def update(
    place: Path | str,
    onet_release: str | None = None,
    say: Callable[[str], None] = lambda words: None,
) -> Update:
    """Install official data from files on this computer.

    Tables that the files don't give stay as they were installed before.

    Parameters
    ----------
    place : Path or str
        A file, folder or zip with releases of O*NET or the Bureau of Labor Statistics.
    onet_release : str, optional
        Such as "30.2", where O*NET's files don't tell.
    say : callable, optional
        Told what is being done.

    Returns
    -------
    Update

    Raises
    ------
    InfonbError
        When a file is cut off, damaged or laid out in an unknown way. Nothing is changed then.

    Examples
    --------
    >>> update("no such folder")
    Traceback (most recent call last):
    infonb.errors.InfonbError: There is no file or folder no such folder.
    """
    say(f"Reading {place}")
    reading = releases.read(Path(place), onet_release)
    before = _before()
    home = store.folder()
    name = f"{clock.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
    part = home / f"{name}.part"
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise InfonbError(f"The folder {home} can't be written to: {error}.") from error
    try:
        now = _store(reading.tables, before, part)
        _learn(set(reading.tables), part, say)
        part.rename(home / name)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _switch(home, name, now)
    _clear(home, name)
    return Update(now, list(reading.tables), _gaps(now), reading.unused)


def status() -> str:
    """What is installed and what isn't, in words.

    Examples
    --------
    >>> print(status().splitlines()[0])
    No official data is installed; what comes with infonb is used.
    """
    known = store.tables()
    if not known:
        return (
            "No official data is installed; what comes with infonb is used.\n"
            "Download the files by hand and run `infonb reference update --from FOLDER`."
        )
    return "\n".join(
        [
            f"Installed in {store.folder()}:",
            *(_line(table) for table in known.values()),
            *_listed("Unavailable:", _gaps(known)),
        ]
    )


def _line(table: Installed) -> str:
    told = f", {table.vintage}" if table.vintage and table.vintage not in table.source else ""
    return f"  {table.name.replace('_', ' ')}: {table.rows:,} rows, {table.source}{told}"


def _listed(title: str, items: list[str]) -> list[str]:
    return [title, *(f"  {item}" for item in items)] if items else []


def _gaps(known: Mapping[str, Installed]) -> list[str]:
    """What no installed file gives, in words."""
    read = [file for table in known.values() for file in table.file.split(", ")]
    gaps = [layout.files[0] for layout in layouts.unread(read)]
    gaps += [file for name, file in layouts.BLS_FILES.items() if name not in known]
    return [f"{layouts.GIVES[file]}: {file}" for file in gaps]


def _before() -> Path | None:
    """The folder of the data that counts so far; damaged or old data is simply replaced."""
    try:
        return store.release()
    except InfonbError:
        return None


def _store(
    tables: Mapping[str, releases.Read], before: Path | None, part: Path
) -> dict[str, Installed]:
    """Write the new tables, and copy those of before that aren't among them."""
    now: dict[str, Installed] = {}
    kept = store.tables() if before else {}
    for name in layouts.TYPES:
        if name in tables:
            _write(tables[name], part / f"{name}.parquet")
            now[name] = _about(tables[name])
        elif before and name in kept:
            shutil.copyfile(before / f"{name}.parquet", part / f"{name}.parquet")
            now[name] = kept[name]
    if before and (before / titles.FILE).exists() and not titles.learns_from(set(tables)):
        shutil.copyfile(before / titles.FILE, part / titles.FILE)
    return now


def _about(table: releases.Read) -> Installed:
    dates = sorted({date for date in table.columns["vintage"] if date})
    vintage = " to ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else ""
    names = ", ".join(Path(file).name for file in table.files)
    source = next(iter(table.columns["source"]), "")
    return Installed(table.name, table.rows, source, vintage, names)


def _write(table: releases.Read, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    kinds = layouts.TYPES[table.name]
    arrays = {
        name: pa.array(values, pa.type_for_alias(kinds.get(name, "string")))
        for name, values in table.columns.items()
    }
    parquet.write_table(pa.table(arrays), path, compression="zstd")


def _learn(new: set[str], part: Path, say: Callable[[str], None]) -> None:
    """Learn the titles now, so that nobody waits for it while typing."""
    if titles.learns_from(new):
        say("Learning the titles (some seconds)")
        titles.learn(part).save(part / titles.FILE)


def _switch(home: Path, name: str, now: Mapping[str, Installed]) -> None:
    described = {}
    for table in now.values():
        about = asdict(table)
        described[about.pop("name")] = about
    stored = {"form": store.FORM, "folder": name, "tables": described}
    write_text(home / store.CURRENT, json.dumps(stored, indent=1, ensure_ascii=False))


def _clear(home: Path, name: str) -> None:
    """Remove older updates; what another program still holds open stays until the next time."""
    updates = sorted(path for path in home.iterdir() if _UPDATE.fullmatch(path.name))
    abandoned = [path for path in home.glob("*.part")
                 if path.is_dir() and path.name[:8] < name[:8]]  # fmt: skip
    for path in [*updates[:-_KEPT], *abandoned]:
        if path.name != name:
            shutil.rmtree(path, ignore_errors=True)
