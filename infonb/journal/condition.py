"""Is a journal sound? The database's own checks, and what only infonb can know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import DBAPIError

from infonb import method
from infonb.errors import InfonbError
from infonb.journal import backups, columns, definitions, schema
from infonb.journal.errors import DamagedJournal
from infonb.locations import file_of, is_url

Rows = Mapping[str, list[dict[Any, Any]]]
Found = Mapping[str, Sequence[Row[Any]]]

_WRITTEN_ANEW = "Restore a backup, or write it anew."


def check_file(location: str) -> list[str]:
    """The same for a journal that may not open at all, with the backup to use when it doesn't.

    Parameters
    ----------
    location : str
        A file or a PostgreSQL URL.

    Returns
    -------
    list of str
        Empty when the journal is sound. Nothing is made or changed; a file that isn't there is a
        problem, too.

    Examples
    --------
    >>> _ = (tmp_path / "search.db").write_bytes(b"SQLite format 3\\0 and then nothing")
    >>> check_file(str(tmp_path / "search.db"))[1][:38]
    'There is no sound automatic backup in '
    """
    from infonb.journal.integrity import examine
    from infonb.journal.journal import Journal

    try:
        if not is_url(location):
            examine(file_of(location), to_write=False)
        with Journal(location) as journal:
            return journal.check()
    except InfonbError as error:
        if is_url(location):
            return [str(error)]
        return [str(error), advice(location)]


def advice(location: str) -> str:
    """Which backup to use in place of a journal that can't be opened."""
    path = file_of(location)
    best = backups.best_backup(path)
    if best is None:
        return (
            f"There is no sound automatic backup in {backups.folder_of(path)}. If you made a "
            f"backup elsewhere, use it: infonb.journal.restore_file({str(path)!r}, your_backup)."
        )
    return (
        f"The newest sound backup is {best}. To use it: "
        f"infonb.journal.restore_file({str(path)!r}, {str(best)!r}). "
        "The damaged file is kept beside it."
    )


def read(connection: Connection) -> tuple[list[str], Found]:
    """What is wrong with the file, one sentence each; and all rows where that is nothing."""
    found = _of_the_file(connection)
    if found:  # what the file itself can't vouch for isn't looked at
        return found, {}
    try:
        return [], {
            table.name: connection.execute(select(table)).all()
            for table in schema.metadata.sorted_tables
        }
    except DBAPIError:
        raw: Any = connection.connection.dbapi_connection
        unreadable = definitions.unreadable(raw) if connection.dialect.name == "sqlite" else ()
        found = [f"{where}. {_WRITTEN_ANEW}" for where in unreadable]
        if not found:
            raise
        return found, {}


def _of_the_file(connection: Connection) -> list[str]:
    """What the database itself finds wrong; a server looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    found = [
        f"The file is damaged: {problem}. Restore a backup."
        for problem in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
        if problem != "ok"
    ]
    raw: Any = connection.connection.dbapi_connection
    found += [
        f"The file holds {what}, which infonb doesn't make and which can change what is saved; "
        "remove it with the program that made it."
        for what in definitions.foreign_definitions(raw)
    ]
    found += [f"{misfit}. {_WRITTEN_ANEW}" for misfit in definitions.misfits(raw)]
    for table, _rowid, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found.append(f"A row of {table} belongs to a {parent} that isn't there.")
    return found


def of_the_content(read: Found) -> list[str]:
    """What only infonb can know to be wrong in a file that the database finds sound."""
    rows = {name: [dict(row._mapping) for row in found] for name, found in read.items()}
    found: list[str] = []
    for rule in (_questions, _conduct, _codings, _versions, _titles, _names, _times, _referrals):
        found += rule(rows)
    return found


def _questions(rows: Rows) -> Iterator[str]:
    known = {*method.QUESTIONS, method.NOTES.key, method.ASK_NEXT.key}
    known |= {row["id"] for row in rows["question"]}
    places = (("agenda", "question"), ("answer", "question"), ("importance", "id"))
    for row in rows["expectation"]:
        if row["question"] not in known | {method.START_PAY}:
            yield f"An expectation is about {row['question']!r}, which is no known question."
    for table, column in places:
        for row in rows[table]:
            if row[column] not in known:
                yield f"A row of {table} is about {row[column]!r}, which is no known question."


def _conduct(rows: Rows) -> Iterator[str]:
    known = {item.key for items in method.CHECKLISTS.values() for item in items}
    for row in rows["conduct"]:
        if row["item"] not in known:
            yield f"Conduct is recorded for {row['item']!r}, which is on no checklist."


def _codings(rows: Rows) -> Iterator[str]:
    length = {
        row["id"]: len(row["text"]) for name in ("answer", "transcript") for row in rows[name]
    }
    for row in rows["coding"]:
        of = row["answer_id"] or row["transcript_id"]
        if (row["start"] is None) != (row["end"] is None) or of is None:
            yield "A theme marks half a passage; mark it again."
        elif row["end"] is not None and row["end"] > length[of]:
            yield (
                f"A theme marks characters {row['start']} to {row['end']} of a text that has "
                f"{length[of]}."
            )


def _versions(rows: Rows) -> Iterator[str]:
    version = {row["id"]: row["version"] for row in rows["answer"]}
    for row in rows["answer_history"]:
        if row["version"] >= version[row["answer_id"]]:
            yield (
                f"The history of an answer at version {version[row['answer_id']]} holds version "
                f"{row['version']}."
            )


def _titles(rows: Rows) -> Iterator[str]:
    for row in rows["occupation"]:
        if row["title_key"] != columns.title_key(row["title"]):
            yield f"The occupation {row['title']!r} is filed under another title."


def _names(rows: Rows) -> Iterator[str]:
    for table, column in _NAMES:
        nameless = sum(not columns.says_something(row[column]) for row in rows[table])
        if nameless:
            yield f"{table}.{column} shows nothing in {nameless} of its rows; write what it is."


_NAMES = (
    ("occupation", "title"), ("person", "name"), ("question", "prompt"), ("theme", "name"),
    ("strength", "phrase"), ("skill_mention", "phrase"), ("lead", "text"), ("outcome", "kind"),
)  # fmt: skip


def _times(rows: Rows) -> Iterator[str]:
    for table, names in schema.TIMES.items():
        for row in rows[table]:
            for column in names:
                if not _is_moment(row[column]):
                    yield f"{table}.{column} holds {row[column]!r}, which is no moment in time."
    titles = {row["id"]: row["title"] for row in rows["occupation"]}
    for row in rows["interview"]:
        title = titles[row["occupation_id"]]
        if row["started_at"] and row["ended_at"] and row["ended_at"] < row["started_at"]:
            yield f"An interview about {title} ended before it started; correct its times."
        if not _is_date(row["date"]):
            yield f"An interview about {title} has the date {row['date']!r}, which is none."
        if not _is_zone(row["zone"]):
            yield f"An interview about {title} has the zone {row['zone']!r}, which is none."
    for row in rows["task"]:
        if not _is_date(row["due"]):
            yield f"A task is due on {row['due']!r}, which is no day."


def _is_moment(stored: Any) -> bool:
    try:
        at = columns.read_moment(stored, None)
    except DamagedJournal:
        return False
    return at is None or columns.FIRST_YEAR <= at.year <= columns.LAST_YEAR


def _is_zone(stored: Any) -> bool:
    try:
        return columns.zone(stored) == stored
    except InfonbError:
        return False


def _is_date(stored: Any) -> bool:
    try:
        return columns.partial_date(stored) == stored
    except InfonbError:
        return False


def _referrals(rows: Rows) -> Iterator[str]:
    by = {row["id"]: row["referred_by"] for row in rows["person"]}
    for start in by:
        seen, at = {start}, by[start]
        while at is not None and at not in seen:
            seen.add(at)
            at = by.get(at)
        if at == start:
            yield "Some people are said to have referred each other in a circle."
            return
