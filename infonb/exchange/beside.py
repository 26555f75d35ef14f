"""Two journals say different things of the same record: both are kept, side by side."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select

from infonb.exchange.entries import Entry
from infonb.journal import schema

if TYPE_CHECKING:
    from infonb.exchange.validate import Taking

_WITH_ROOM = {"person": "notes", "occupation": "notes", "theme": "description",
              "outcome": "note", "decision": "why", "message": "text"}  # fmt: skip
"""Table -> the column that has room for what the other journal says."""


def joined(
    taking: Taking, entry: Entry, table: Table, row: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """What changes in a row: gaps are filled, the rest goes beside what stands.

    Every difference is reported, with both values.
    """
    changes: dict[str, Any] = {}
    differing: dict[str, Any] = {}
    for column, value in values.items():
        stands = row[column]
        if value is None or value == stands or column.endswith("_key"):
            continue
        if stands is None or stands == "":
            changes[column] = value
        elif column == "has_card":
            changes[column] = True
        else:
            differing[column] = value
    for column, value in differing.items():
        what = f"differs from {row[column]!r} here, which stays."
        taking.problem(entry, column, value, what, error=False)
    room = _WITH_ROOM.get(table.name)
    if room and differing:
        stands = changes.get(room, row[room]) or ""
        text = beside_text(stands, entry.file, differing, room)
        if text != stands:
            changes[room] = text
    return changes


def beside_text(stands: str, file: str, differing: Mapping[str, Any], room: str) -> str:
    """A text with what the other journal says behind it; once, however often it comes.

    Examples
    --------
    >>> once = beside_text("Kind", "her.db", {"phone": "5"}, "notes")
    >>> once, beside_text(once, "her.db", {"phone": "5"}, "notes") == once
    ('Kind\\n\\n[her.db says: phone 5]', True)
    """
    said = [f"{c.replace('_', ' ')} {v}" for c, v in differing.items() if c != room]
    blocks = [f"[{file} says: {'; '.join(said)}]"] if said else []
    if room in differing and differing[room] not in stands:
        blocks.append(f"[{file} says:]\n{differing[room]}")
    return "\n\n".join([*filter(None, [stands]), *(b for b in blocks if b not in stands)])


def answer(
    taking: Taking, entry: Entry, interview_id: str, question: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What to save of the other journal's answer, so that neither is lost.

    The one that goes on from the other is the newer; where neither does, both stand.
    """
    write = taking.write
    stored = write.rows_of(schema.answer, interview_id=interview_id, question=question)
    if not stored:
        return dict(given)
    found = stored[0]
    text, stands = given.get("text", ""), found["text"]
    save: dict[str, Any] = {"private": found["private"] or bool(given.get("private"))}
    for column in ("rating", "why", "weight"):
        if found[column] is None and given.get(column) is not None:
            save[column] = given[column]
    differing = {
        column: given[column]
        for column in ("rating", "why", "weight")
        if given.get(column) is not None and given[column] != found[column] and column not in save
    }
    if stands in (entry.beside or {}).get(question, ()) or not stands:  # theirs is newer
        save |= {"text": text or stands, **differing}
    elif text == stands or _was_here(taking, found, text):  # ours is newer, or the same
        if differing and text == stands:
            save["text"] = beside_text(stands, entry.file, differing, "text")
    else:
        save["text"] = beside_text(stands, entry.file, {**differing, "text": text}, "text")
    if save.get("text", stands) != stands and stands and text != save["text"]:
        what = "differs from what stands here; both are kept."
        taking.problem(entry, f"answers.{question}", text, what, error=False)
    return save


_SAID = ("text", "rating", "why", "weight")
_ONE_IMPORT = dt.timedelta(milliseconds=1)
"""How much later than an entry its answers may be stamped in the same import."""


def by_hand(
    taking: Taking, entry: Entry, interview_id: str, question: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What to save of a later file's answer: what was changed here since the last import stays.

    What the file says anew goes beside it, once.
    """
    write, last = taking.write, taking.last
    stored = write.rows_of(schema.answer, interview_id=interview_id, question=question)
    if last is None or not stored:
        return dict(given)
    found = stored[0]
    key = f"kept:{found['id']}"
    kept = write.find(schema.imported, key)
    changed = dt.datetime.fromisoformat(found["updated_at"])
    if kept is None and changed <= dt.datetime.fromisoformat(last) + _ONE_IMPORT:
        return dict(given)
    told = {c: given[c] for c in _SAID if given.get(c) not in (None, "", found[c])}
    save: dict[str, Any] = {"private": found["private"] or bool(given.get("private"))}
    if not told:
        return save
    print = hashlib.sha256(json.dumps(told, sort_keys=True).encode("ascii")).hexdigest()
    if kept is not None and kept["fingerprint"] == print:
        return save
    table = schema.answer_history
    before = write.connection.execute(select(table).where(table.c.answer_id == found["id"]))
    earlier = [dict(row) for row in before.mappings()]
    new = {c: v for c, v in told.items() if v not in [row[c] for row in earlier]}
    gaps = {c: v for c, v in new.items() if found[c] in (None, "")}
    differing = {c: v for c, v in new.items() if c not in gaps}
    save |= gaps
    if differing:
        stands = gaps.get("text", found["text"])
        save["text"] = beside_text(stands, entry.file, differing, "text")
    for column, value in told.items():
        if column not in gaps:
            both = "both are kept." if column in differing else "that stays."
            what = f"was changed here to {found[column]!r} since the last import; {both}"
            place = f"answers.{question}" + ("" if column == "text" else f".{column}")
            taking.problem(entry, place, value, what, error=False)
    if kept is None:
        write.add(schema.imported, {"id": key, "fingerprint": print})
    else:
        write.change(schema.imported, kept, {"fingerprint": print})
    return save


def _was_here(taking: Taking, found: Mapping[str, Any], text: str) -> bool:
    if not text or text in found["text"]:
        return True
    table = schema.answer_history
    before = select(table.c.id).where(table.c.answer_id == found["id"], table.c.text == text)
    return taking.write.connection.execute(before.limit(1)).scalar() is not None
