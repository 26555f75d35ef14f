"""Who is who in a file: people by id, by the interview they gave, by name."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from infonb.exchange.entries import Entry
from infonb.exchange.identity import derived_id, stated_id
from infonb.exchange.validate import KNOWN, Taking
from infonb.journal import columns, schema
from infonb.journal.forget import FORGOTTEN
from infonb.journal.people import person_values

_CONTRADICT = ("email", "organisation")
_SAID = ("job_title", "organisation", "email", "phone", "notes")


class People:
    """The people of one file.

    A name is the same person in this file and in files taken before, unless e-mail address or
    organisation contradict it; then both are kept. An id settles it.
    """

    def __init__(self, taking: Taking) -> None:
        self._taking = taking
        self._write = taking.write
        self._of_name: dict[str, list[str]] = {}  # those of this file, by folded name
        self._referrers: list[tuple[Entry, str, str, Any]] = []

    def take(self, entry: Entry, _id: str) -> str:
        """Take a line that is a person; ``"added"``, ``"updated"`` or ``"skipped"``."""
        if entry.data.get("name") is None:
            self._taking.problem(entry, "name", None, "is missing; write who it is.")
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
            self._taking.problem(entry, "person", given, 'must be an object like {"name": "…"}.')
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
            name = self._taking.checked(entry, place, columns.name, referrer, "Who referred them")
            if name is None:
                continue
            known = self._write.find(schema.person, name) or next(self._named(name), None)
            by = known["id"] if known else self._add({"name": name}, None)
            row = self._write.the(schema.person, person_id)
            if by == person_id:
                self._taking.problem(entry, place, name, "is the same person; it is left out.",
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
        taking, before = self._taking, len(self._taking.problems)
        taking.note_unknown(entry, "person", given, place.rstrip("."))
        plain = {k: v for k, v in given.items() if k in KNOWN["person"]}
        stated = taking.checked(entry, f"{place}id", stated_id, {"id": plain.pop("id", None)})
        referrer = plain.pop("referred_by", None)
        plain.pop("redacted", None)
        profile = _profile_key(plain.get("profile"))
        values = taking.columns(entry, plain, lambda v: person_values(self._write, v), place)
        if not taking.flawless(before):
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
            id, what = row["id"], taking.complete(schema.person, row, values)
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
            self._taking.problem(entry, place, values["name"], what, error=False)
        elif standing is not None and self._gave_only_one(standing):
            return standing  # the name itself was corrected
        return None

    @functools.cached_property
    def _of_profile(self) -> dict[str, str]:
        """Profile -> whose it is."""
        rows = self._write.all_of(schema.person).values()
        return {key: row["id"] for row in rows if (key := _profile_key(row["profile"]))}

    def _say_changes(
        self, entry: Entry, place: str, row: Mapping[str, Any], values: Mapping[str, Any]
    ) -> None:
        """Name what a file replaces of a person."""
        if self._taking.gently or self._taking.beside is not None:
            return
        for column in _SAID:
            said = values.get(column)
            if row[column] and said and said != row[column]:
                what = f"takes the place of {row[column]!r}; journal.undo() brings that back."
                self._taking.problem(entry, f"{place}{column}", said, what, error=False)

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
