"""A law: whoever was asked and whatever was noted, nobody's full name is in a redacted page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import nbformat
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from infonb import report
from infonb.findings import Findings, Redaction
from infonb.privacy.gate import leaks
from infonb.privacy.redact import TEXTS
from infonb.privacy.registry import left_out_of
from infonb.privacy.spellings import plain
from infonb.report.run import page_of

v4 = nbformat.v4
LETTERS = st.characters(categories=["Lu", "Ll"], max_codepoint=0x52F) | st.sampled_from(
    "王芳김수محم"
)
WORD = st.text(LETTERS, min_size=3, max_size=8).map(lambda word: word[0].upper() + word[1:])
KNOWN = st.sampled_from(
    "Will May Rose Bond Ada O'Brien Ünal Grace Park Anna-Lena Groß Baker Nurse Sam Smith-Rose".split()
)
NAME = st.lists(WORD | KNOWN, min_size=2, max_size=3).map(" ".join)
WRITTEN = st.sampled_from(
    [
        lambda name: f"with {name}",
        lambda name: f"{name}’s advice; {name} said",
        lambda name: "Then\n" + "\u00a0".join(name.split()) + "!",
        lambda name: f"({name}), “{name}”",
        lambda name: f"{plain(name)} and {'  '.join(name.split())}",
    ]
)


def rows_of(people: list[str], texts: list[str]) -> dict[str, list[dict[str, Any]]]:
    """A journal, as rows, in which each text is an answer, a reason, a skill and a note."""
    rows: dict[str, list[dict[str, Any]]] = {
        table: [] for table in [*TEXTS, "importance", "coding", "conduct", "agenda"]
    }
    blank = dict.fromkeys("organisation email phone job_title source name_from referred_by notes".split())  # fmt: skip
    empty = dict.fromkeys(
        "source scheduled_at started_at ended_at date medium research_occupation zone weight "
        "research_organisation weight_reason confidence_before confidence_after".split()
    )
    said = " ".join(texts)
    rows["occupation"].append(
        {"id": "o", "title": "Nurse", "soc": None, "notes": said, "interest": 3}
    )
    for n, (name, text) in enumerate(zip(people, texts, strict=True)):
        rows["person"].append({**blank, "id": f"p{n}", "name": name, "may_be_named": False, "has_card": False, "name_from": said})  # fmt: skip
        rows["interview"].append({**empty, "id": f"i{n}", "person_id": f"p{n}", "occupation_id": "o", "status": "done", "minutes": 20, "medium": said})  # fmt: skip
        rows["answer"].append({"id": f"a{n}", "interview_id": f"i{n}", "question": "outlook", "text": text, "rating": 4, "why": said, "weight": None, "private": False, "version": 1})  # fmt: skip
        rows["skill_mention"].append({"id": f"s{n}", "interview_id": f"i{n}", "phrase": text, "rank": None, "skill_id": None, "confirmed": False})  # fmt: skip
    return rows


def page_about(findings: Findings) -> str:
    """A page with a table of each frame, what was said, and a chart of it."""
    shown = [
        report.quotes(findings.answers),
        *(report.table(pd.DataFrame(getattr(findings, name)), name)
          for name in ("people", "answers", "skills", "interviews", "occupations")),
    ]  # fmt: skip
    outputs = [v4.new_output("display_data", data=piece._repr_mimebundle_()) for piece in shown]
    spec = {"mark": "bar", "data": {"values": findings.answers.astype(str).to_dict("records")}}
    outputs.append(v4.new_output("display_data", data={"application/vnd.vegalite.v5+json": spec}))
    return page_of(v4.new_notebook(cells=[v4.new_code_cell("pass", outputs=outputs)]))


class Words(HTMLParser):
    """All text, attributes and chart data of a page; read apart from what the gate does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page.split('id="vega"')[0])
        text = " ".join(self.words)
        self.text = " ".join(plain(text).lower().split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if data.startswith('{"$schema"'):
            self.words.append(json.dumps(json.loads(data), ensure_ascii=False).replace("\\n", " "))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_full_name_of_any_journal_is_in_its_page(data: st.DataObject) -> None:
    people = data.draw(st.lists(NAME, min_size=1, max_size=3))
    texts = [data.draw(WRITTEN)(data.draw(st.sampled_from(people))) for _ in people]
    rows = rows_of(people, texts)
    findings = Findings.from_rows(rows, pd.Timestamp("2026-06-01").date(), Redaction.EVERYBODY)
    page = page_about(findings)
    words = Words(page).text
    for name in people:
        wanted = " ".join(plain(name).lower().split())
        assert not re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words), (name, texts)
    left_out = left_out_of(rows, redact=True)
    assert leaks(page, left_out) == []
    unredacted = "".join(f"<p>{name}: {text}</p>" for name, text in zip(people, texts, strict=True))
    assert {leak.what for leak in leaks(unredacted, left_out)} & set(people)
