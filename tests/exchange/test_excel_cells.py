"""Whatever a table of others is like, every cell of it comes in or is named in the report."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import infonb

LIKE = "What do you like most about your job?"
DAY = "Describe a typical day at work"
LEAST = "What do you like least about your job?"
TITLES = ["Our class, spring", "Interviews", "Notes"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
CELLS = st.text(
    st.sampled_from('abz ÄéßÃ“”–,;\t"\n\'=1.5|'), min_size=1, max_size=12
).filter(lambda text: any(c.isalpha() for c in text) and not text.startswith("'"))  # fmt: skip


@st.composite
def shapes(draw: Any) -> dict[str, Any]:
    """A form in some dialect: its bytes, and the texts that it holds."""
    questions = draw(st.permutations([LIKE, DAY, LEAST]))
    if draw(st.booleans()):  # equal headers: both are answers to the same
        questions.insert(draw(st.integers(0, 3)), draw(st.sampled_from(questions)))
    rows = draw(st.lists(st.tuples(*[CELLS] * len(questions)), min_size=1, max_size=3))
    out, end = io.StringIO(), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    plain = end != "\r" and draw(st.booleans())  # csv leaves a "\n" there without quotes
    writer = csv.writer(
        out, delimiter=draw(st.sampled_from(",;\t")), lineterminator=end,
        quoting=csv.QUOTE_MINIMAL if plain else csv.QUOTE_ALL,
    )  # fmt: skip
    for title in draw(st.lists(st.sampled_from(TITLES), max_size=2)):
        writer.writerow([title, *[""] * (len(questions) + 1)])
    writer.writerow(["Timestamp", "Which occupation", *questions])
    for number, cells in enumerate(rows):
        writer.writerow([f"2026-03-{number + 1:02d} 10:00:00", f"Nurse {number}", *cells])
    encoding = draw(st.sampled_from(ENCODINGS))
    return {"raw": out.getvalue().encode(encoding), "rows": rows, "questions": questions}


@settings(max_examples=25, deadline=None)
@given(shapes())
def test_of_a_form_in_any_dialect(shape: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.csv"
        path.write_bytes(shape["raw"])
        with infonb.open(Path(folder) / "search.db") as journal:
            try:
                journal.import_file(path)
            except infonb.InfonbError as refused:
                assert "is no text in Windows-1252" in str(refused)  # "”É;" could be many things
                assert str(refused).count("\n") == 1 and journal.interviews() == []
                return
            held: dict[str, dict[str, str]] = {}
            for interview in journal.interviews():
                said = {a.question: a.text for a in journal.answers(interview)}
                held[str(interview.date)] = said
    keys = {LIKE: "enjoy_most", DAY: "typical_day", LEAST: "enjoy_least"}
    assert len(held) == len(shape["rows"])
    for number, cells in enumerate(shape["rows"]):
        said = held[f"2026-03-{number + 1:02d}"]
        for question, cell in zip(shape["questions"], cells, strict=True):
            lines = cell.replace("\r", "\n").strip()
            assert lines in said[keys[question]], (shape["raw"], cell, said)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(["Shoe size", "", "Your colour", "Total", "zzz", LIKE]), max_size=4),
    st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=2),
)
@example(["", "Shoe size"], [["a", "b", "c", "d"]])
def test_a_column_that_nobody_knows_is_asked_or_named(
    titles: list[str], rows: list[list[str]]
) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Timestamp", "Which occupation", DAY, *titles])
    for number, cells in enumerate(rows):
        writer.writerow([f"2026-03-0{number + 1} 10:00:00", "Nurse", "x", *cells[: len(titles)]])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.csv"
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        with infonb.open(Path(folder) / "search.db") as journal:
            report = journal.import_file(path, dry_run=True)
    told = {problem.column for problem in report.problems}
    read = {title for title, field in zip(report.columns["header"], report.columns["field"],
                                          strict=True) if field}  # fmt: skip
    for column, title in enumerate(titles, start=3):
        numbered = f"{title}#{titles[: column - 2].count(title)}"
        assert {title or "ABCDEFGH"[column], numbered} & (told | read), (titles, report)
