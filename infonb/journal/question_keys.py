"""Keys of one's own questions: they say nothing, so that they may stand where no name may.

A key was once made of the question's words, and files of others have keys of their own kind. Such
a key stays known by its SHA-256 alone, in the column ``formerly`` of its question.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from infonb.journal import schema

_OPAQUE = re.compile(r"own_[0-9a-f]{10}")


def new_key() -> str:
    """A key that no question has.

    Examples
    --------
    >>> is_opaque(new_key())
    True
    """
    return f"own_{secrets.token_hex(5)}"


def is_opaque(key: str) -> bool:
    """Whether a key is one of ours, which say nothing.

    Examples
    --------
    >>> is_opaque("own_3f9a01bc55"), is_opaque("own_do_you_travel")
    (True, False)
    """
    return _OPAQUE.fullmatch(key) is not None


def hashed(key: str) -> str:
    """What stays of a key that is no longer used: its SHA-256."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


class OwnQuestions(Mapping[str, str]):
    """The questions of one's own, key to prompt, found by the keys they have and those they had.

    Examples
    --------
    >>> own = OwnQuestions()
    >>> own.add("own_3f9a01bc55", "Do you travel?", hashed("own_do_you_travel"))
    >>> own.key("own_do_you_travel"), own.key("own_3f9a01bc55"), own.key("own_do_you")
    ('own_3f9a01bc55', 'own_3f9a01bc55', None)
    """

    def __init__(self) -> None:
        self._prompts: dict[str, str] = {}
        self._by_hash: dict[str, list[str]] = {}

    @classmethod
    def read(cls, connection: Connection) -> OwnQuestions:
        """As they stand in a journal, in order of entry."""
        own, table = cls(), schema.question
        for row in connection.execute(select(table).order_by(table.c.created_at, table.c.id)):
            own.add(row.id, row.prompt, row.formerly)
        return own

    def __getitem__(self, key: str) -> str:
        return self._prompts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._prompts)

    def __len__(self) -> int:
        return len(self._prompts)

    def add(self, key: str, prompt: str, formerly: str | None = None) -> None:
        """Know a question, or more of the keys it had (their hashes, parted by spaces)."""
        self._prompts[key] = prompt
        for known in (hashed(key), *(formerly or "").split()):
            if key not in (keys := self._by_hash.setdefault(known, [])):
                keys.append(key)

    def key(self, key: str) -> str | None:
        """The key of the question that has, or had, this one."""
        return key if key in self._prompts else next(iter(self.keyed(hashed(key))), None)

    def hashes(self, key: str) -> list[str]:
        """The SHA-256 of every key that a question has or had."""
        return [hash for hash, keys in self._by_hash.items() if key in keys]

    def keyed(self, hash: str) -> list[str]:
        """The keys of all questions one of whose keys has this SHA-256."""
        return self._by_hash.get(hash, [])
