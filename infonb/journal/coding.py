"""Themes, and the passages of answers that speak of them (coding, as in qualitative research)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from infonb.errors import InfonbError
from infonb.journal import columns, passages, schema
from infonb.journal.base import id_of
from infonb.journal.follow_up import FollowingUp
from infonb.journal.records import Answer, Coding, Interview, Theme, Transcript


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

    def add_transcript(
        self,
        interview: Interview | str,
        text: str | None = None,
        turns: Sequence[Mapping[str, Any]] | None = None,
        asks: str | None = None,
    ) -> Transcript:
        """A whole talk, word for word; the same text of the same interview is there once.

        Parameters
        ----------
        text : str, optional
            By default the turns, each a paragraph.
        turns : sequence of mapping, optional
            ``{"speaker": …, "text": …, "at": seconds}``, in order.
        asks : str, optional
            The speaker who asks.

        Examples
        --------
        >>> said = [{"speaker": "Me", "text": "Why?"}, {"speaker": "Ada", "text": "People."}]
        >>> journal.add_transcript(interview, turns=said, asks="Me").text
        'Why?\\n\\nPeople.'
        """
        said = json.loads(columns.turns(turns) or "[]")
        whole = "\n\n".join(turn["text"] for turn in said)
        given = {"text": text if text is not None else whole, "turns": said, "asks": asks}
        values = columns.checked("transcript", given)
        with self.transaction() as write:
            of = self._interview_row(write, interview)["id"]
            same = {"interview_id": of, "text": values["text"]}
            id = write.first(schema.transcript, same) or write.add(
                schema.transcript, {**values, **same}
            )
        return self._record(Transcript, id)

    def transcripts(self, interview: Interview | str | None = None) -> list[Transcript]:
        """Transcripts, of all or of one interview, in order of entry."""
        where = {} if interview is None else {"interview_id": id_of(interview, "interview")}
        return self._records(Transcript, **where)

    def unplaced(self) -> list[Coding]:
        """Passages whose words weren't found again after an edit; place them or remove them."""
        return [coding for coding in self._records(Coding) if coding.start is None]

    def code(
        self,
        answer: Answer | Transcript | str,
        theme: Theme | str,
        start: int | None = 0,
        end: int | None = None,
    ) -> Coding:
        """Mark characters ``start`` to ``end`` of an answer as speaking of a theme.

        Half a grapheme is never marked: the range is widened to whole ones.

        Parameters
        ----------
        answer : Answer, Transcript or str
            Whose text it is; an id is an answer's.
        start, end : int, optional
            By default the whole text; both None marks no place (unplaced).

        Raises
        ------
        InfonbError
            When the range doesn't lie in the answer's text.
        """
        first = columns.whole_number(start, "start", 0, 10**9)
        last = columns.whole_number(end, "end", 0, 10**9)
        table = schema.transcript if isinstance(answer, Transcript) else schema.answer
        with self.transaction() as write:
            stored = write.the(table, id_of(answer, table.name))
            about = write.the(schema.theme, id_of(theme, "theme"))
            placed = passage_in(stored["text"], first, last)
            key = {f"{table.name}_id": stored["id"], "theme_id": about["id"]}
            same = {**key, "start": placed["start"], "end": placed["end"]}
            id = (
                write.first(schema.coding, same) if placed["start"] is not None else None
            ) or write.add(schema.coding, {**key, **placed})
        return self._record(Coding, id)

    def codings(self, answer: Answer | Transcript | str) -> list[Coding]:
        """The coded passages of one answer, or of a transcript; unplaced ones have no start."""
        if isinstance(answer, Transcript):
            return self._records(Coding, transcript_id=answer.id)
        return self._records(Coding, answer_id=id_of(answer, "answer"))


def passage_in(text: str, start: int | None, end: int | None) -> dict[str, Any]:
    """A passage of a text with its words; without a start and an end it is unplaced.

    Raises
    ------
    InfonbError
        When it doesn't lie in the text.
    """
    if start is None and end is None:
        return {"start": None, "end": None, "quote": "", "prefix": "", "suffix": ""}
    first, last = start or 0, len(text) if end is None else end
    refuse_outside(first, last, text)
    return passages.anchored(text, first, last)


def refuse_outside(start: int, end: int, text: str) -> None:
    """Refuse a passage that doesn't lie in an answer's text."""
    if not start <= end <= len(text):
        raise InfonbError(f"Characters {start} to {end} don't lie in this answer of {len(text)}.")
