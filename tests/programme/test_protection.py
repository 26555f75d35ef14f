"""What is published tells of groups of five and more, and the seven attacks on it fail."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infonb
from infonb.exchange.parquet import Part, write_collected
from infonb.exchange.programme_rows import TABLES, Rows
from infonb.programme import protection
from infonb.programme.protection import determined, may_be_shown, release, total_is_shown, withhold

ABOUT = {"occupation": "Registered nurse", "soc": "29-1141"}


def student(
    number: int, ratings: list[int], weight: float = 1.0, skill: str | None = None, **about: Any
) -> Part:
    """Somebody who heard people, one rating each."""
    where = {**ABOUT, **about}
    rows: Rows = {table: [] for table in TABLES}
    rows["journals"].append({**dict.fromkeys(TABLES["journals"], 1), "interviews": len(ratings)})
    rows["occupations"].append({**where, "interest": None})
    for nth, rating in enumerate(ratings, start=1):
        who = {"interview": f"i{nth}", "person": f"p{nth}", **where}
        rows["interviews"].append({**who, "status": "done", "nth": nth, "weight": weight})
        said = {"question": "home_life", "text": "", "rating": rating, "weight": weight}
        rows["answers"].append({**who, **said})
        if skill is not None:
            rows["skills"].append({**who, "skill": skill, "skill_id": skill, "rank": 1})
    full = {t: [{c: row.get(c) for c in TABLES[t]} for row in rows[t]] for t in TABLES}
    return Part(f"journal-{number}", full)


def published(place: Path, parts: list[Part], day: int = 1) -> dict[str, Any]:
    """A release of what these handed in, remembering the last one."""
    place.mkdir(exist_ok=True)
    write_collected(place / "tables", parts)
    made = infonb.programme.read(place / "tables")
    return release(made, place / "published.json", dt.date(2026, 12, day))


@pytest.mark.parametrize(
    ("students", "out"),
    [
        ([20, 20, 2, 2], [True, False, True, True]), ([30, 3, 2], [False, True, True]),
        ([9, 6, 3], [False, True, True]), ([12, 4, 0], [True, True, False]),
        ([7, 8, 0], [False, False, False]), ([2, 1], [True, True]), ([5, 5, 5], [False] * 3),
    ],
)  # fmt: skip
def test_the_golden_rows(students: list[int], out: list[bool]) -> None:
    assert withhold(students) == out


def test_a_dominant_weight_is_withheld() -> None:
    assert not may_be_shown([1, 0.01, 0.01, 0.01, 0.01])
    assert may_be_shown([1, 1, 1, 1, 0.01])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_nothing_withheld_follows_from_the_total(students: list[int]) -> None:
    out = withhold(students)
    assert not any(0 < many < 5 and not held for many, held in zip(students, out, strict=True))
    if total_is_shown(students, out):
        known = {n: many for n, many in enumerate(students) if not out[n]}
        assert determined([range(len(students))], [sum(students)], known) == []
        held = [many for many, withheld in zip(students, out, strict=True) if withheld]
        assert not held or (sum(held) >= 5 and len(held) >= 2)


def test_two_small_cells_under_one_total_are_not_found_by_taking_away(tmp_path: Path) -> None:
    parts, number = [], 0
    for title, many in (("Baker", 20), ("Cook", 20), ("Diver", 2), ("Guard", 2)):
        for _ in range(many):
            parts.append(student(number, [3], occupation=title, soc=None))
            number += 1
    shown = published(tmp_path, parts)["coverage"]
    assert shown["occupation"].tolist() == ["Cook", "All occupations"]


def test_one_more_student_between_two_releases_changes_nothing(tmp_path: Path) -> None:
    ten = [student(number, [3]) for number in range(10)]
    first = published(tmp_path, ten)
    second = published(tmp_path, [*ten, student(10, [5])], day=2)
    for name, frame in first.items():
        assert frame.to_dict("records") == second[name].to_dict("records"), name
    third = published(tmp_path, [*ten, *(student(n, [5]) for n in range(10, 15))], day=3)
    row = third["ratings"].iloc[0]
    assert row["published"] == "2026-12-03" and row["mean"] != first["ratings"].iloc[0]["mean"]


def test_who_leaves_and_another_who_comes_later_are_not_told_apart(tmp_path: Path) -> None:
    five = [student(number, [3]) for number in range(5)]
    first = published(tmp_path, five)["ratings"].to_dict("records")
    assert published(tmp_path, five[:4], day=2)["ratings"].empty
    again = published(tmp_path, [*five[:4], student(9, [5])], day=3)["ratings"]
    assert again.to_dict("records") == first


def test_how_many_are_behind_a_mean_is_said_in_steps(tmp_path: Path) -> None:
    for many in (5, 6, 9):
        shown = published(tmp_path / str(many), [student(n, [3]) for n in range(many)])["ratings"]
        assert shown[["students", "mean"]].values.tolist() == [["5 to 9", 3.0]]


def test_five_ones_are_not_read_from_mean_and_band(tmp_path: Path) -> None:
    same = published(tmp_path / "a", [student(n, [1]) for n in range(5)])["ratings"].iloc[0]
    other = published(tmp_path / "b", [student(n, [1 + (n == 0)]) for n in range(5)])["ratings"]
    told = [same[["mean", "low", "high", "agreement"]].tolist(),
            other.iloc[0][["mean", "low", "high", "agreement"]].tolist()]  # fmt: skip
    assert str(told[0]) == str(told[1]) and same["mean"] == protection.ENDS[0]
    assert same[["low", "high", "agreement"]].isna().all()
    ten = published(tmp_path / "c", [student(n, [4]) for n in range(10)])["ratings"].iloc[0]
    assert ten[["low", "high", "agreement"]].notna().all()


def test_who_carries_most_of_a_cell_is_not_published(tmp_path: Path) -> None:
    parts = [student(0, [5, 5, 5, 5, 5]), *(student(n, [1]) for n in range(1, 5))]
    shown = published(tmp_path, parts)
    assert shown["ratings"].empty and shown["coverage"].empty


def test_a_rare_phrase_is_nowhere(tmp_path: Path) -> None:
    parts = [student(n, [3], skill=f"own-{n}") for n in range(9)]
    shown = published(tmp_path / "a", parts)
    assert shown["skills"].empty
    same = [student(n, [3], skill="calming a heron") for n in range(9)]
    assert published(tmp_path / "b", same)["skills"].empty  # known to nobody: words of one's own


def test_what_is_published_holds_no_row_of_a_student(tmp_path: Path) -> None:
    parts = [student(n, [1 + n % 5]) for n in range(12)]
    shown = published(tmp_path, parts)
    for frame in shown.values():
        assert not {"journal", "person", "n", "weight"} & set(frame.columns)
    kept = (tmp_path / "published.json").read_text(encoding="utf-8")
    assert "journal-" not in kept


def test_a_damaged_memory_stops_the_release(tmp_path: Path) -> None:
    parts = [student(n, [3]) for n in range(6)]
    published(tmp_path, parts)
    (tmp_path / "published.json").write_text('{"x": 1}', encoding="utf-8")
    with pytest.raises(infonb.InfonbError, match="is damaged"):
        published(tmp_path, parts)
