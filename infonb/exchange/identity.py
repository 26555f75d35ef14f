"""Which record a line of a file is, which question, who: by its id, or by what tells it apart."""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from infonb.errors import InfonbError
from infonb.exchange.entries import Entry
from infonb.exchange.merge import complete
from infonb.exchange.records import KNOWN
from infonb.exchange.validate import Validation
from infonb.journal import columns, schema
from infonb.journal.forget import FORGOTTEN
from infonb.journal.people import person_values
from infonb.journal.question_keys import OwnQuestions, hashed, is_opaque, new_key

_SPACE = uuid.UUID("6d5f6a0e-1b1f-5a51-9a64-0f1e8b8f4c11")

_TELLING = {
    "occupation": ("title",), "person": ("name", "email"), "strength": ("phrase",),
    "theme": ("name",), "question": ("prompt",), "decision": ("occupation", "at"),
    "outcome": ("outcome", "at"),
    "task": ("task", "due"),
    "coding": ("interview", "question", "transcript", "theme", "start", "end", "quote"),
    "transcript": ("interview", "text"), "expectation": ("occupation", "question", "at"),
    "contact": ("person", "contact", "at"), "consent": ("person", "to"),
    "setting": ("setting",), "reflection": ("interview", "prompt", "at"),
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


_CONTRADICT = ("email", "organisation")
_SAID = ("job_title", "organisation", "email", "phone", "notes")


class People:
    """The people of one file.

    A name is the same person in this file and in files taken before, unless e-mail address or
    organisation contradict it; then both are kept. An id settles it.
    """

    def __init__(self, validation: Validation) -> None:
        self._validation = validation
        self._write = validation.write
        self._of_name: dict[str, list[str]] = {}  # those of this file, by folded name
        self._referrers: list[tuple[Entry, str, str, Any]] = []

    def take(self, entry: Entry, _id: str) -> str:
        """Take a line that is a person; ``"added"``, ``"updated"`` or ``"skipped"``."""
        if entry.data.get("name") is None:
            self._validation.problem(entry, "name", None, "is missing; write who it is.")
            return "skipped"
        return self._person(entry, entry.data, "")[1]

    def interviewee(
        self, entry: Entry, interview_id: str, interview: Mapping[str, Any] | None
    ) -> str | None:
        """The id of who gave an interview; somebody unnamed where the entry doesn't say."""
        given = entry.data.get("person")
        if isinstance(given, str):
            given = {"name": given}
        if given is not None and not isinstance(given, Mapping):
            self._validation.problem(
                entry, "person", given, 'must be an object like {"name": "…"}.'
            )
            return None
        standing = self._write.find(schema.person, interview["person_id"]) if interview else None
        if given is None and standing is not None:
            return standing["id"]
        return self._person(entry, given or {}, "person.", standing, interview_id)[0]

    def refer(self, entry: Entry, name: str, note: Any, by: str) -> None:
        """Keep somebody an interviewee named, with the link."""
        known = next(self._named(name), None)
        if known is None:
            referrer = self._write.the(schema.person, by)
            values = {"name": name, "notes": note, "source": "referral", "referred_by": by,
                      "name_from": referrer["name"]}  # fmt: skip
            self._add(values, None)
        elif known["referred_by"] is None and known["id"] != by:
            self._write.change(schema.person, known, {"referred_by": by})

    def finish(self) -> None:
        """Link people to who referred them, now that all are there."""
        for entry, place, person_id, referrer in self._referrers:
            name = self._validation.checked(
                entry, place, columns.name, referrer, "Who referred them"
            )
            if name is None:
                continue
            known = self._write.find(schema.person, name) or next(self._named(name), None)
            by = known["id"] if known else self._add({"name": name}, None)
            row = self._write.the(schema.person, person_id)
            if by == person_id:
                self._validation.problem(entry, place, name, "is the same person; it is left out.",
                                     error=False)  # fmt: skip
            elif by != row["referred_by"]:
                self._write.change(schema.person, row, {"referred_by": by})

    def _person(
        self,
        entry: Entry,
        given: Mapping[str, Any],
        place: str,
        standing: Mapping[str, Any] | None = None,
        interview_id: str = "",
    ) -> tuple[str | None, str]:
        validation, before = self._validation, len(self._validation.problems)
        validation.note_unknown(entry, "person", given, place.rstrip("."))
        plain = {k: v for k, v in given.items() if k in KNOWN["person"]}
        stated = validation.checked(entry, f"{place}id", stated_id, {"id": plain.pop("id", None)})
        referrer = plain.pop("referred_by", None)
        plain.pop("redacted", None)
        profile = _profile_key(plain.get("profile"))
        values = validation.columns(entry, plain, lambda v: person_values(self._write, v), place)
        if not validation.flawless(before):
            return None, "skipped"
        if "name" in values:
            row = self._known(entry, f"{place}name", values, stated, standing, profile)
        else:
            stated = stated or derived_id("person", FORGOTTEN, interview_id)
            row = standing or self._write.find(schema.person, stated)
            values["name"] = row["name"] if row else FORGOTTEN
        if row is None:
            id, what = self._add(values, stated), "added"
        else:
            self._say_changes(entry, place, row, values)
            id, what = row["id"], complete(validation, schema.person, row, values)
            self._note(values["name"], id)
        if profile:
            self._of_profile[profile] = id
        if referrer is not None:
            self._referrers.append((entry, f"{place}referred_by", id, referrer))
        return id, what

    def _known(
        self,
        entry: Entry,
        place: str,
        values: Mapping[str, Any],
        stated: str | None,
        standing: Mapping[str, Any] | None,
        profile: str,
    ) -> Mapping[str, Any] | None:
        """Who is meant, among the people who are there."""
        if stated is not None:
            return self._write.find(schema.person, stated)
        linked = self._of_profile.get(profile)
        if linked and (row := self._write.find(schema.person, linked)):
            return row
        key = columns.fold_title(values["name"])
        if standing is not None and columns.fold_title(standing["name"]) == key:
            return standing
        namesakes = list(self._named(key))
        for row in namesakes:
            if not _contradicts(row, values) and not (profile and row["profile"]):
                return row
        if namesakes:
            differ = "profiles" if profile and namesakes[-1]["profile"] else "contacts"
            what = f"is taken for another person than the one of the same name: {differ} differ."
            self._validation.problem(entry, place, values["name"], what, error=False)
        elif standing is not None and self._gave_only_one(standing):
            return standing  # the name itself was corrected
        return None

    @functools.cached_property
    def _of_profile(self) -> dict[str, str]:
        """Profile -> whose it is."""
        rows = self._validation.bulk.all_of(schema.person).values()
        return {key: row["id"] for row in rows if (key := _profile_key(row["profile"]))}

    def _say_changes(
        self, entry: Entry, place: str, row: Mapping[str, Any], values: Mapping[str, Any]
    ) -> None:
        """Name what a file replaces of a person."""
        if self._validation.add_only or self._validation.beside is not None:
            return
        for column in _SAID:
            said = values.get(column)
            if row[column] and said and said != row[column]:
                what = f"takes the place of {row[column]!r}; journal.undo() brings that back."
                self._validation.problem(entry, f"{place}{column}", said, what, error=False)

    def _named(self, name: str) -> Iterator[dict[str, Any]]:
        """The people of this name: of this file, then those taken from files before."""
        key = columns.fold_title(name)
        here = self._of_name.get(key, [])
        yield from (self._write.the(schema.person, id) for id in here)
        for id in self._numbered(key):
            row = self._write.find(schema.person, id)
            if row is None:
                return
            if id not in here:
                yield row

    def _numbered(self, key: str) -> Iterator[str]:
        """The ids that people of this name get, one after the other."""
        yield derived_id("person", key)
        for number in itertools.count(2):
            yield derived_id("person", key, number)

    def _gave_only_one(self, person: Mapping[str, Any]) -> bool:
        held = select(schema.interview.c.id).where(schema.interview.c.person_id == person["id"])
        return len(self._write.connection.execute(held.limit(2)).all()) == 1

    def _add(self, values: Mapping[str, Any], stated: str | None) -> str:
        key = columns.fold_title(values["name"])
        id = stated or next(
            id for id in self._numbered(key) if self._write.find(schema.person, id) is None
        )
        self._write.add(schema.person, {**values, "id": id})
        self._note(values["name"], id)
        return id

    def _note(self, name: str, id: str) -> None:
        named = self._of_name.setdefault(columns.fold_title(name), [])
        if id not in named:
            named.append(id)


def _profile_key(said: Any) -> str:
    """What tells a profile from others, however its address is written; empty for none.

    Examples
    --------
    >>> _profile_key("https://www.linkedin.com/in/Ada/") == _profile_key("linkedin.com/in/ada?x=1")
    True
    """
    if not isinstance(said, str) or not said.strip():
        return ""
    address = re.sub(r"^(?:https?://)?(?:[a-z]{2,3}\.)?|[?#].*$", "", said.strip().casefold())
    return address.rstrip("/")


def _contradicts(row: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return any(
        row[column] and values.get(column)
        and columns.fold_title(row[column]) != columns.fold_title(values[column])
        for column in _CONTRADICT
    )  # fmt: skip
