"""What a journal's file may define: our tables and indices, and nothing that acts by itself.

A trigger, a view, a column that is computed or a rule of somebody else's can rewrite or remove what
is saved, after it was saved. They can't be told from harmless ones, so none is taken.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Iterator

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from infonb.journal import schema

_VERSION_TABLE = "alembic_version"
_VERSION_ITEMS = ("version_num VARCHAR(32) NOT NULL",
                  "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)")  # fmt: skip
_OF_SQLITE = re.compile(r"sqlite_(?:sequence|stat[134])")
_TABLE = re.compile(r'CREATE TABLE (?:"(\w+)"|(\w+)) ?\((.*)\)', re.DOTALL)
_PLAIN_COLUMN = re.compile(r"(\w+) (?:TEXT|INTEGER|FLOAT|BOOLEAN)(?: NOT NULL)?")
_PIECE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\s+|.", re.DOTALL)


def foreign_definitions(connection: sqlite3.Connection) -> list[str]:
    """What a file defines that no journal has, such as ``"the trigger spy"``; usually nothing.

    Parameters
    ----------
    connection : sqlite3.Connection
        Only its list of definitions is read: nothing of it is run.

    Examples
    --------
    >>> file = sqlite3.connect(":memory:")
    >>> _ = file.execute("CREATE TABLE theme (id TEXT NOT NULL, loud TEXT AS (upper(id)))")
    >>> _ = file.execute("CREATE VIEW peek AS SELECT 1")
    >>> foreign_definitions(file)
    ['the column or rule loud TEXT AS (upper(id)) of the table theme', 'the view peek']
    """
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return [what for kind, name, sql in rows for what in _foreign(str(kind), str(name), sql)]


@functools.lru_cache(maxsize=256)  # the same tables are looked at on every opening and copy
def _foreign(kind: str, name: str, sql: str | None) -> tuple[str, ...]:
    return tuple(_foreign_parts(kind, name, sql))


def _foreign_parts(kind: str, name: str, sql: str | None) -> Iterator[str]:
    if kind == "index":
        made_by_a_table = sql is None and name.startswith("sqlite_autoindex_")
        if not made_by_a_table and _normal(str(sql)) not in _own_indices():
            yield f"the index {name}"
    elif kind != "table" or not isinstance(sql, str):
        yield f"the {kind} {name}"
    elif not _OF_SQLITE.fullmatch(name):
        own, match = _own_tables().get(name), _TABLE.fullmatch(sql.strip())
        if own is None or match is None or name not in match.groups():
            yield f"the table {name}"
            return
        columns = {item.split()[0] for item in own}
        known = own | _OF_OLDER_FORMS.get(name, frozenset())
        for item in _items(match[3]):
            plain = _PLAIN_COLUMN.fullmatch(item)  # of a form of the tables that isn't today's
            if item not in known and not (plain and plain[1] not in columns):
                yield f"the column or rule {item} of the table {name}"


_OF_OLDER_FORMS = {
    "coding": frozenset(
        ("answer_id TEXT NOT NULL", "start INTEGER NOT NULL", "end INTEGER NOT NULL")
    ),
}
"""Table -> rules that journals have until they are brought to today's form."""


@functools.cache
def _own_tables() -> dict[str, frozenset[str]]:
    """Table -> its columns and rules, as they stand in its definition."""
    own: dict[str, frozenset[str]] = {_VERSION_TABLE: frozenset(_VERSION_ITEMS)}
    for table in schema.metadata.sorted_tables:
        made = _TABLE.fullmatch(str(CreateTable(table).compile(dialect=sqlite.dialect())).strip())
        assert made is not None
        own[table.name] = frozenset(_items(made[3]))
    return own


@functools.cache
def _own_indices() -> frozenset[str]:
    every = [index for table in schema.metadata.sorted_tables for index in table.indexes]
    made = (str(CreateIndex(index).compile(dialect=sqlite.dialect())) for index in every)
    return frozenset(map(_normal, made))


def _normal(sql: str) -> str:
    """An index's definition, however its names are quoted and spaced."""
    return re.sub(r" ?\( ?", " (", " ".join(re.sub(r'"(\w+)"', r"\1", sql).split()))


def _items(body: str) -> Iterator[str]:
    """What commas part in a definition, but not those in brackets or quotes; spaces as one."""
    item, depth = "", 0
    for piece in _PIECE.findall(body):
        if piece == "," and depth == 0:
            yield item.strip()
            item = ""
            continue
        depth += (piece == "(") - (piece == ")")
        if re.fullmatch(r'"\w+"', piece):
            piece = piece[1:-1]
        item += " " if piece.isspace() else piece
    yield item.strip()


_STORED = {"TEXT": "'text'", "INTEGER": "'integer'", "BOOLEAN": "'integer'",
           "FLOAT": "'real', 'integer'"}  # fmt: skip


def misfits(connection: sqlite3.Connection) -> Iterator[str]:
    """Columns that hold what no journal writes there, such as bytes in place of text."""
    for table in schema.metadata.sorted_tables:
        kinds = {c.name: c.type.compile(sqlite.dialect()) for c in table.columns}
        wrong = {
            column: f"typeof(\"{column}\") NOT IN ({_STORED[kind]}, 'null')"
            for column, kind in kinds.items()
        }
        query = f'SELECT rowid FROM "{table.name}" WHERE {{}} LIMIT 1'
        if connection.execute(query.format(" OR ".join(wrong.values()))).fetchone() is None:
            continue
        for column, condition in wrong.items():
            row = connection.execute(query.format(condition)).fetchone()
            if row is not None:
                yield f"{table.name}.{column} of row {row[0]} holds {_HELD[kinds[column]]}"


_HELD = {"TEXT": "bytes that are no text", "INTEGER": "no whole number",
         "BOOLEAN": "neither yes nor no", "FLOAT": "no number"}  # fmt: skip


def unreadable(connection: sqlite3.Connection) -> Iterator[str]:
    """Columns whose text is no UTF-8, which no program can read."""
    for table in schema.metadata.sorted_tables:
        for column in table.columns:
            query = f'SELECT rowid, CAST("{column.name}" AS BLOB) FROM "{table.name}"'
            for row, raw in connection.execute(query):
                try:
                    (raw or b"").decode("utf-8")
                except UnicodeDecodeError:
                    yield f"{table.name}.{column.name} of row {row} is no readable text (UTF-8)"
