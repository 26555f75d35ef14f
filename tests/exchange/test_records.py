"""What people said arrives character by character, whatever characters they are."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

AWKWARD = [
    'She said "no", twice', "it's", "tab\tnew\nline\r\nend", "<script>alert(1)</script>", "{{x}} %s",
    "🙂 👩🏽‍🚒", "Ünal Ångström 王", "\u200f\u05e2\u05d1\u05e8\u05d9\u05ea\u200f", "\u2028\u2029\x0b\x1c", "; DROP TABLE answer; --", " ", "\x7f",
]  # fmt: skip
FILES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def stored(journal) -> str:
    (interview,) = journal.interviews()
    (answer,) = journal.answers(interview)
    return answer.text


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize("ascii", [True, False])
def test_awkward_text_through_json_lines(journal, table, text: str, ascii: bool):
    line = {"id": "i", "occupation": text or "x", "person": {"name": "P", "notes": text},
            "answers": {"outlook": {"text": text}}}  # fmt: skip
    if not text.strip():
        line["occupation"] = "x"
    journal.import_file(table(json.dumps(line, ensure_ascii=ascii), name="x.jsonl"))
    assert stored(journal) == text


@pytest.mark.parametrize(
    ("escaped", "kept"),
    [(r"\ud800", "\ufffd"), (r"a\udfffb", "a\ufffdb"), (r"\u0000", "\ufffd"),
     (r"\ud83d\ude42", "🙂"), (r"\ude42\ud83d", "\ufffd\ufffd")],
)  # fmt: skip
def test_what_no_database_holds_becomes_a_replacement_character(journal, table, escaped, kept):
    line = (
        f'{{"id": "{escaped}i", "occupation": "{escaped}o", "label": "{escaped}",'
        f'"person": {{"name": "{escaped}n", "referred_by": "{escaped}r"}},'
        f'"source": {{"ref": "{escaped}"}}, "answers": {{"outlook": "{escaped}"}},'
        f'"skills": ["{escaped}s"], "{escaped}key": 1}}'
    )
    report = journal.import_file(table(line, name="x.jsonl"))
    assert stored(journal) == kept
    assert journal.occupations()[0].title == f"{kept}o"
    assert {p.name for p in journal.people()} == {f"{kept}n", f"{kept}r"}
    str(report).encode("utf-8")
    assert journal.import_file(table(line, name="x.jsonl")).skipped == 1


@FILES
@given(st.text(), st.text(min_size=1).filter(str.strip))
def test_any_text_through_json_lines(journal, table, text: str, name: str):
    line = {"id": "i", "occupation": "Nurse", "person": {"name": "P", "notes": name},
            "answers": {"outlook": {"text": text, "why": name}}}  # fmt: skip
    journal.import_file(table(json.dumps(line), name="x.jsonl"))
    assert stored(journal) == text.replace("\x00", "\ufffd")
    journal.undo()
    assert journal.interviews() == []


@FILES
@given(st.text(), st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]))
def test_any_text_through_csv(journal, table, text: str, separator: str, end: str):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["occupation", "question", "text"], ["Nurse", "outlook", text]])
    journal.import_file(table(out.getvalue(), name="x.csv"))
    assert stored(journal) == text.replace("\x00", "\ufffd")
    journal.undo()
    assert journal.interviews() == []
