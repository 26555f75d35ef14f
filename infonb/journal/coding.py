"""Themes, and the passages of answers that speak of them (coding, as in qualitative research)."""

from __future__ import annotations

from infonb.errors import InfonbError
from infonb.journal import edge, tables
from infonb.journal.base import id_of
from infonb.journal.following_up import FollowingUp
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
        name = edge.name(name, "A theme's name")
        for theme in self.themes():
            if edge.folded(theme.name) == edge.folded(name):
                return theme
        with self._write() as write:
            id = write.add(
                tables.theme,
                {"name": name, "description": edge.text_or_none(description, "description")},
            )
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
        stored = self._record(Answer, id_of(answer, "answer"))
        theme_id = self._record(Theme, id_of(theme, "theme")).id
        last = len(stored.text) if end is None else end
        if not 0 <= start <= last <= len(stored.text):
            raise InfonbError(
                f"Characters {start} to {last} don't lie in this answer of {len(stored.text)}."
            )
        for coding in self.codings(stored):
            if (coding.theme_id, coding.start, coding.end) == (theme_id, start, last):
                return coding
        with self._write() as write:
            id = write.add(
                tables.coding,
                {"answer_id": stored.id, "theme_id": theme_id, "start": start, "end": last},
            )
        return self._record(Coding, id)

    def codings(self, answer: Answer | str) -> list[Coding]:
        """The coded passages of one answer."""
        return self._records(Coding, answer_id=id_of(answer, "answer"))
