"""Which question of the journal a question of a file is."""

from __future__ import annotations

from collections.abc import Iterable

from infonb.errors import InfonbError
from infonb.exchange.entries import Entry
from infonb.exchange.identity import derived_id, stated_id
from infonb.journal import columns
from infonb.journal.question_keys import OwnQuestions, hashed, is_opaque, new_key


class FileQuestions:
    """The questions of one's own in one file, each with its key here.

    A key that is, or was, one of the journal's is that question; else the question with the same
    prompt is meant; else it is a new one. Two questions of a file never become one, since the
    answers to them would.

    Parameters
    ----------
    own : OwnQuestions
        Those of the journal.
    entries : iterable of Entry
        All of the file.
    """

    def __init__(self, own: OwnQuestions, entries: Iterable[Entry]) -> None:
        self._own = own
        self._key: dict[str, str] = {}
        self._taken: set[str] = set()
        self._formerly: dict[str, list[str]] = {}
        self.met: set[str] = set()
        """Keys of those that are the journal's by their prompt alone."""
        told = {key: e for e in entries if e.kind == "question" and (key := _key_of(e))}
        for key in told:
            if key in own:
                self._is(key, key)
        for key, entry in told.items():
            hashes = [hashed(key), *hashes_of(entry)]
            self._first(key, (here for hash in hashes for here in own.keyed(hash)))
        prompts = {key: columns.fold_title(prompt) for key, prompt in own.items()}
        for key, entry in told.items():
            asked = _prompt_of(entry)
            if self._first(key, (here for here, prompt in prompts.items() if prompt == asked)):
                self.met.add(self._key[key])
            self._formerly[self.key(key)] = [hashed(key), *hashes_of(entry)]

    def key(self, told: str) -> str:
        """The key here of a question of the file: a new one where there is none yet."""
        if told not in self._key:
            self._is(told, told if is_opaque(told) and told not in self._taken else new_key())
        return self._key[told]

    def known(self, told: str) -> str | None:
        """The key here of a question that an entry names, if it is known."""
        key = self._key.get(told, told)
        return self._own.key(key)

    def formerly(self, key: str, stored: str | None = None) -> str | None:
        """What the column of that name is to hold, for a question with this key."""
        hashes = [*(stored or "").split(), *self._formerly.get(key, ())]
        return " ".join(dict.fromkeys(h for h in hashes if h != hashed(key))) or None

    def _is(self, told: str, here: str) -> None:
        self._key[told] = here
        self._taken.add(here)

    def _first(self, told: str, candidates: Iterable[str]) -> bool:
        """Whether it is one of these, which no other question of the file is."""
        if told in self._key:
            return False
        here = next((key for key in candidates if key not in self._taken), None)
        if here is not None:
            self._is(told, here)
        return here is not None


def hashes_of(entry: Entry) -> list[str]:
    """What another journal says of the keys that its question had before."""
    formerly = entry.data.get("formerly")
    return formerly.split() if isinstance(formerly, str) else []


def _key_of(entry: Entry) -> str | None:
    try:
        return stated_id(entry.data) or derived_id("question", entry.data.get("prompt"))
    except InfonbError:  # said when it is its turn
        return None


def _prompt_of(entry: Entry) -> str | None:
    prompt = entry.data.get("prompt")
    return columns.fold_title(columns.text(prompt, "prompt")) if isinstance(prompt, str) else None
