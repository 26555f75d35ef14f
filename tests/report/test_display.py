"""Promises of tables, quotes, sentences and cards: any text shows as text, marked up for all."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infonb.report import Piece, cards, note, provenance, quotes, sentence, table
from infonb.report.sanitize import safe_html

ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=60)


class Read(HTMLParser):
    """The tags and the text of a piece of HTML, as a browser has them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def pieces_with(text: str) -> list[tuple[Piece, int]]:
    """Every kind of piece that can hold the text, and how often it does."""
    frame = pd.DataFrame({"person": [f"x{text}"], "text": [f"x{text}"]})
    return [
        (sentence(f"x{text}"), 1),
        (note(f"x{text}"), 1),
        (cards([(f"x{text}", f"x{text}")]), 2),
        (quotes(frame), 2),
        (table(frame, f"x{text}", columns={"person": f"x{text}", "text": "t"}), 4),
        (provenance(journal_dates=f"x{text}"), 1),
    ]


@given(ANY_TEXT)
def test_any_text_is_shown_and_none_becomes_markup(text: str) -> None:
    wanted = f"x{text}".strip()
    plain = {tag for piece, _ in pieces_with("") for tag, _ in Read(piece.html).tags}
    for piece, times in pieces_with(text):
        read = Read(piece.html)
        assert read.text.count(wanted) >= times
        assert {tag for tag, _ in read.tags} <= plain


@given(ANY_TEXT)
def test_the_sanitiser_leaves_our_own_pieces_as_they_are(text: str) -> None:
    for piece, _ in pieces_with(text):
        once = Read(safe_html(piece.html))
        assert once.text == Read(piece.html).text
        assert once.tags == Read(piece.html).tags


def test_a_table_is_told_by_its_headers() -> None:
    frame = pd.DataFrame({"occupation": ["Nurse", "Librarian"], "n": [3, 1]})
    read = Read(
        table(frame, "Asked so far", columns={"occupation": "Occupation", "n": "People"}).html
    )
    assert [tag for tag, _ in read.tags][:2] == ["table", "caption"]
    scopes = [attrs["scope"] for tag, attrs in read.tags if tag == "th"]
    assert scopes == ["col", "col", "row", "row"]
    assert "Asked so far" in read.words


def test_a_named_index_is_the_row_header() -> None:
    frame = pd.DataFrame({"Nurse": [4.0]}, index=pd.Index(["outlook"], name="question"))
    assert '<th scope="row" class="infonb-short">outlook</th>' in table(frame, "Mean").html


def test_numbers_line_up_and_gaps_are_shown() -> None:
    frame = pd.DataFrame(
        {
            "what": ["a", "b", "c"],
            "mean": [4.0, 3.25, None],
            "openings": pd.array([189100, 2300, None], dtype="int64[pyarrow]"),
            "seen": [True, False, None],
            "when": [dt.date(2026, 3, 2), None, dt.date(2026, 12, 31)],
        }
    )
    assert repr(table(frame, "Shown")) == "\n".join(
        [
            "Shown",
            "what  mean  openings  seen  when",
            "a     4.00   189,100  yes   2 March 2026",
            "b     3.25     2,300  no    –",
            "c        –         –  –     31 December 2026",
        ]
    )
    assert table(frame, "Shown").html.count('<td class="infonb-number">') == 6


def test_formats_are_strings_or_functions() -> None:
    frame = pd.DataFrame({"a": ["x"], "growth": [4.92], "wage": [93600]})
    made = table(frame, "F", formats={"growth": "+.1f", "wage": lambda w: f"${w:,}"}, missing="?")
    assert "+4.9" in made.html and "$93,600" in made.html


def test_an_empty_frame_is_said_in_words() -> None:
    frame = pd.DataFrame({"who": [], "n": []})
    said = table(frame, "Decided <so> far")
    assert str(said) == "Decided <so> far: nothing yet."
    assert said.html == '<p class="infonb-note">Decided &lt;so&gt; far: nothing yet.</p>'
    assert str(table(frame, "Without whom", nothing="nobody")) == "Without whom: nobody."


def test_a_card_may_answer_a_question() -> None:
    made = cards([("What leads?", "<Nurse>", "in 42 %", "warn")])
    assert "<small>What leads?</small> <strong>&lt;Nurse&gt;</strong>" in made.html
    assert 'class="infonb-card infonb-warn"' in made.html
    assert str(made) == "What leads? <Nurse>: in 42 %"


def test_a_column_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        table(pd.DataFrame({"a": [1]}), "A", columns={"b": "B"})


def test_a_frame_stays_as_it_was() -> None:
    frame = pd.DataFrame({1: ["a"], "text": ["b"]})
    before = frame.copy(deep=True)
    table(frame, "T"), quotes(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_private_and_empty_answers_are_never_quoted() -> None:
    frame = pd.DataFrame(
        {
            "person": ["Nurse 1", "Nurse 2", "Nurse 3"],
            "text": ["off the record", None, "on the record"],
            "private": pd.array([True, False, None], dtype="bool[pyarrow]"),
        }
    )
    assert "off the record" not in quotes(frame).html
    assert repr(quotes(frame)) == "“on the record”\n  Nurse 3"


def test_a_quote_says_who_where_and_how_far_it_is_trusted() -> None:
    frame = pd.DataFrame(
        {
            "person": ["Nurse 1", "Nurse 2", "Nurse 3", "Nurse 4"],
            "text": ["a", "b", "c", "d"],
            "publisher": ["A hospital", None, None, None],
            "weight": [1, 0.5, 0.8, 0],
        }
    )
    said = repr(quotes(frame))
    assert "Nurse 1, published by A hospital" in said
    assert "Nurse 2, half trusted" in said
    assert "Nurse 3, trusted 80%" in said
    assert "Nurse 4, left out of the numbers" in said


def test_an_occupation_is_told_unless_the_label_says_it() -> None:
    frame = pd.DataFrame(
        {"person": ["Nurse 1", "Ada L."], "text": ["a", "b"], "occupation": ["Nurse", "Librarian"]}
    )
    assert repr(quotes(frame)) == "“a”\n  Nurse 1\n“b”\n  Ada L., Librarian"


def test_nobody_quoted_is_said() -> None:
    assert "Nobody has been quoted" in quotes(pd.DataFrame({"person": [], "text": []})).html


def test_numbers_are_written_as_in_charts() -> None:
    frame = pd.DataFrame({"who": ["A", "B"], "jobs": [1422.7, 12.5], "year": [2024, 2025],
                          "change": [-2.0, 22.0]})  # fmt: skip
    shown = repr(table(frame, "Jobs", formats={"change": "+.1f"}))
    assert "1,422.7" in shown and "2024" in shown
    assert "−2.0" in shown and "+22.0" in shown and "-2.0" not in shown


def test_in_jupyterlab_words_stand_left_numbers_right_and_cards_have_an_edge():
    frame = pd.DataFrame({"what": ["a long text that is not short"], "mean": [4.25]})
    shown = table(frame, "Shown")._repr_mimebundle_()["text/html"]
    assert '<td class="infonb-number" style="text-align: right">4.25' in shown
    assert '<th scope="row" style="text-align: left">a long text' in shown
    made = cards([("Eleven people", "asked <td>"), ("How?", "Not very", "warn")])
    in_lab = made._repr_mimebundle_()["text/html"]
    assert in_lab.count("border-top") == 2 and "list-style: none" in in_lab
    assert "style" not in safe_html(in_lab) and "style" not in safe_html(shown)
