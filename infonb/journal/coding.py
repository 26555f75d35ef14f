"""Themes, and the passages of answers that speak of them (coding, as in qualitative research)."""

from __future__ import annotations

from infonb.errors import InfonbError
from infonb.journal import columns, schema
from infonb.journal.base import id_of
from infonb.journal.follow_up import FollowingUp
from infonb.journal.records import Answer, Coding, Theme


class CodingAnswers(FollowingUp):
    """The part of a journal about themes."""

    def add_theme(self, name: str, description: str | None = None) -> Theme:
        """A theme; the same name gives the one that is there.

        Examples
        --------
        >>> journal.add_theme("Being needed") == journal.add_theme("being needed")
        True
        """
        name = columns.name(name, "A theme's name")
        values = {"name": name, "description": columns.text_or_none(description, "description")}
        with self.transaction() as write:
            known = write.named(schema.theme.c.name, name)
            id = known["id"] if known else write.add(schema.theme, values)
        return self._record(Theme, id)

    def themes(self) -> list[Theme]:
        """All themes, in order of entry."""
        return self._records(Theme)

    def code(
        self, answer: Answer | str, theme: Theme | str, start: int = 0, end: int | None = None
    ) -> Coding:
        """Mark characters ``start`` to ``end`` of an answer as speaking of a theme.

        Parameters
        ----------
        end : int, optional
            By default the end of the answer.

        Raises
        ------
        InfonbError
            When the range doesn't lie in the answer's text.
        """
        first = columns.whole_number(start, "start", 0, 10**9) or 0
        last = columns.whole_number(end, "end", 0, 10**9)
        with self.transaction() as write:
            stored = write.the(schema.answer, id_of(answer, "answer"))
            about = write.the(schema.theme, id_of(theme, "theme"))
            last = len(stored["text"]) if last is None else last
            refuse_outside(first, last, stored["text"])
            values = {
                "answer_id": stored["id"], "theme_id": about["id"], "start": first, "end": last
            }  # fmt: skip
            id = write.first(schema.coding, values) or write.add(schema.coding, values)
        return self._record(Coding, id)

    def codings(self, answer: Answer | str) -> list[Coding]:
        """The coded passages of one answer."""
        return self._records(Coding, answer_id=id_of(answer, "answer"))


def refuse_outside(start: int, end: int, text: str) -> None:
    """Refuse a passage that doesn't lie in an answer's text."""
    if not start <= end <= len(text):
        raise InfonbError(f"Characters {start} to {end} don't lie in this answer of {len(text)}.")
