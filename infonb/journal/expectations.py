"""What one expects of an occupation before hearing of it, and what one thinks afterwards."""

from __future__ import annotations

from typing import Any

from infonb import method
from infonb.errors import InfonbError
from infonb.journal import columns, schema
from infonb.journal.question_keys import OwnQuestions
from infonb.journal.transaction import Transaction


def add_expectation(
    write: Transaction, occupation_id: str, question: str, value: float | None, at: Any
) -> str:
    """Note what is expected; saying the same again adds nothing. The row's id.

    What was expected first stays: later ones stand behind it.
    """
    key, column = method.START_PAY, "amount"
    if question != method.START_PAY:
        key, column = columns.question_key(question, OwnQuestions.read(write.connection)), "rating"
    values = columns.checked("expectation", {column: value})
    if values[column] is None:
        raise InfonbError(f"{column} of an expectation is missing; leave it out, or write it.")
    values["at"] = columns.moment_or_day(at, "at") or write.stamp()
    of = {"occupation_id": occupation_id, "question": key}
    rows = sorted(write.rows_of(schema.expectation, **of), key=lambda r: (r["at"], r["created_at"]))
    if rows and rows[-1][column] == values[column]:
        return rows[-1]["id"]
    return write.add(schema.expectation, {**of, **values})


def set_reflection(
    write: Transaction, interview_id: str | None, prompt: str, text: str | None, at: Any
) -> str | None:
    """Keep what was thought of a prompt; the same one of the same talk or day is changed. The id.

    Blank text takes it away.
    """
    said = columns.text_or_none(text, "A reflection")
    prompt = columns.checked("reflection", {"prompt": prompt})["prompt"]
    when = columns.moment_or_day(at, "at") or write.stamp()
    for row in write.rows_of(schema.reflection, interview_id=interview_id, prompt=prompt):
        if interview_id is None and row["at"][:10] != when[:10]:
            continue
        if said is None:
            write.remove(schema.reflection, row)
            return None
        if row["text"] != said:
            write.change(schema.reflection, row, {"text": said})
        return row["id"]
    if said is None:
        return None
    values = {"interview_id": interview_id, "prompt": prompt, "text": said, "at": when}
    return write.add(schema.reflection, values)
