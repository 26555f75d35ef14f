"""Which record of a journal a line of a file is: by its own id, or by what tells it apart."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from infonb.errors import InfonbError
from infonb.exchange.entries import Entry
from infonb.journal import columns

_SPACE = uuid.UUID("6d5f6a0e-1b1f-5a51-9a64-0f1e8b8f4c11")

_TELLING = {
    "occupation": ("title",), "person": ("name", "email"), "strength": ("phrase",),
    "theme": ("name",), "question": ("prompt",), "decision": ("occupation", "at"),
    "outcome": ("outcome", "at"),
    "task": ("task", "due"),
    "coding": ("interview", "question", "transcript", "theme", "start", "end", "quote"),
    "transcript": ("interview", "text"), "expectation": ("occupation", "question", "at"),
    "contact": ("person", "contact", "at"), "consent": ("person", "to"),
    "reflection": ("interview", "prompt", "at"),
}  # fmt: skip


def derived_id(kind: str, *parts: Any) -> str:
    """The identity of a record that came without one: the same parts, the same identity.

    Examples
    --------
    >>> derived_id("person", "Ada  L.") == derived_id("person", "ada l.")
    True
    """
    told = [columns.fold_title(columns.text(str(p), "")) if p is not None else "" for p in parts]
    return uuid.uuid5(_SPACE, "\x1f".join([kind, *told])).hex


def fingerprint(entry: Entry) -> str:
    """What is the same only for an entry that says the same, word for word."""
    canonical = json.dumps(entry.data, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def stated_id(data: Mapping[str, Any]) -> str | None:
    """The id that a record states itself, if it does.

    Raises
    ------
    InfonbError
        When it is neither text nor a whole number.
    """
    given = data.get("id")
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    if isinstance(given, bool) or not isinstance(given, (str, int)):
        raise InfonbError("must be text; leave it out when there is none.")
    return columns.text(str(given), "id").strip()


class Identities:
    """Gives each entry of one file its identity; ask once per entry, in order."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], list[str]] = {}

    def of(self, entry: Entry, print: str) -> str:
        """The identity of an entry with this fingerprint.

        Entries that nothing but their content tells apart are counted; the same line twice is
        the same record.

        Raises
        ------
        InfonbError
            When another line of the file states the same id but says something else.
        """
        stated = stated_id(entry.data)
        id = stated or self._derived(entry, print)
        prints = self._seen.setdefault((entry.kind, id), [])
        if print not in prints:
            prints.append(print)
        place = prints.index(print)
        if place and (stated or entry.kind == "importance"):
            raise InfonbError("stands on another line of this file too; keep one of them.")
        return id if not place else derived_id(entry.kind, id, place + 1)

    def _derived(self, entry: Entry, print: str) -> str:
        data = entry.data
        if entry.kind == "importance":
            return columns.text(str(data.get("question")), "question")
        if entry.kind != "interview":
            parts = [data.get(key) for key in _TELLING.get(entry.kind, sorted(data))]
            return derived_id(entry.kind, *parts)
        person, source = (
            part if isinstance(part, Mapping) else {"name": part}
            for part in (data.get("person"), data.get("source"))
        )
        held = data.get("date") or data.get("scheduled_at")
        telling = [person.get("name"), held, source.get("ref")]
        if not any((data.get("label"), *telling)):
            telling = [print]  # a bare note: only its words tell it from the next one
        return derived_id("interview", data.get("label"), data.get("occupation"), *telling)
