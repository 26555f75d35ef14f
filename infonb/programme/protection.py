"""What of a programme may be published: cells of five students and more, that tell of nobody.

A cell is shown when five students or more are in it and none of them carries more than half of
its weight. Where a row or a column has a total, so much more is withheld that what is withheld
can't be found by taking what is shown from the total; `determined` audits that. Means have one
decimal and stop at `ENDS`, since a mean beyond them says that all said the same; bands and
agreement need ten students; how many students are behind a number is said in steps. A release is
remembered on the adviser's side: what was published changes only when five students in it are new
or changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from infonb import clock, method, reference
from infonb.errors import InfonbError
from infonb.files import replacing
from infonb.findings import bayes
from infonb.frame import REAL, TEXT, WHOLE, from_columns

if TYPE_CHECKING:
    import pandas as pd

    from infonb.programme.reader import Programme

ENOUGH = 5
"""Students without whom no cell is shown."""

ENOUGH_FOR_BANDS = 10
"""Students below whom neither band nor agreement is shown."""

LARGEST_SHARE = 0.5
"""Of a cell's weight that one student may carry."""

ENDS = (1.5, 4.5)
"""Where means stop: one further out says what everybody answered."""

_TINY = 1e-9
_STEPS = (5, 10, 20, 50, 100, 200, 500, 1000)


def may_be_shown(weights: Sequence[float]) -> bool:
    """Whether a cell may be shown by itself.

    Parameters
    ----------
    weights : sequence of float
        What each student in it adds, more than 0.

    Examples
    --------
    >>> may_be_shown([1, 1, 1, 1, 1]), may_be_shown([1, .01, .01, .01, .01]), may_be_shown([1] * 4)
    (True, False, False)
    """
    return len(weights) >= ENOUGH and max(weights) <= LARGEST_SHARE * sum(weights)


def withhold(students: Sequence[int], hidden: Sequence[bool] | None = None) -> list[bool]:
    """Which cells are withheld in a line of cells that has a total.

    Parameters
    ----------
    students : sequence of int
        Students in each cell.
    hidden : sequence of bool, optional
        Cells that can't be shown by themselves; by default those of fewer than five students.

    Returns
    -------
    list of bool
        What is withheld adds up to five students and more, in two cells or more; where there is
        no more to withhold, the total is withheld, too (`total_is_shown`).

    Examples
    --------
    >>> withhold([20, 20, 2, 2]), withhold([30, 3, 2])
    ([True, False, True, True], [False, True, True])
    >>> withhold([9, 6, 3]), withhold([12, 4, 0])
    ([False, True, True], [True, True, False])
    """
    alone = [many < ENOUGH for many in students] if hidden is None else hidden
    out = [many > 0 and held for many, held in zip(students, alone, strict=True)]
    while any(out) and _few(students, out):
        shown = [n for n, many in enumerate(students) if many > 0 and not out[n]]
        if not shown:
            break
        out[min(shown, key=lambda n: students[n])] = True
    return out


def _few(students: Sequence[int], out: Sequence[bool]) -> bool:
    held = [many for many, withheld in zip(students, out, strict=True) if withheld]
    return sum(held) < ENOUGH or len(held) < 2


def total_is_shown(students: Sequence[int], out: Sequence[bool]) -> bool:
    """Whether the total of a line may stand there beside what isn't withheld.

    Examples
    --------
    >>> total_is_shown([30, 3, 2], [False, True, True]), total_is_shown([2, 1], [True, True])
    (True, False)
    """
    return sum(students) >= ENOUGH and not (any(out) and _few(students, out))


def determined(
    lines: Sequence[Sequence[int]], totals: Sequence[float], known: Mapping[int, float]
) -> list[int]:
    """The audit: which withheld cells follow from totals and from cells that are shown.

    Parameters
    ----------
    lines : sequence of sequence of int
        Numbers of the cells that each total adds up.
    totals : sequence of float
        The totals that are shown.
    known : mapping
        Number of a cell that is shown -> what it says.

    Returns
    -------
    list of int
        Numbers of the withheld cells that have one solution only.

    Examples
    --------
    >>> determined([[0, 1, 2]], [17], {0: 5, 2: 9}), determined([[0, 1, 2]], [17], {0: 5})
    ([1], [])
    """
    cells = sorted({cell for line in lines for cell in line} - known.keys())
    place = {cell: n for n, cell in enumerate(cells)}
    left = np.zeros((len(lines), len(cells)))
    for row, line in enumerate(lines):
        for cell in line:
            if cell in place:
                left[row, place[cell]] = 1
    # what can be moved without changing a total is free; a cell that no such move touches is fixed
    _, sizes, turned = np.linalg.svd(left) if cells else (None, np.zeros(0), np.zeros((0, 0)))
    free = turned[int((sizes > _TINY).sum()) :]
    return [cell for cell in cells if not (np.abs(free[:, place[cell]]) > _TINY).any()]


def in_steps(number: int) -> str:
    """How many there are, so that one more or less is hardly ever seen.

    Examples
    --------
    >>> in_steps(7), in_steps(36), in_steps(2000)
    ('5 to 9', '20 to 49', '1,000 or more')
    """
    lowest = max((step for step in _STEPS if step <= number), default=0)
    above = next((step for step in _STEPS if step > number), None)
    return f"{lowest:,} or more" if above is None else f"{lowest:,} to {above - 1:,}"


# releases -------------------------------------------------------------------------------------


def release(
    programme: Programme, remembered: Path | None = None, today: dt.date | None = None
) -> dict[str, pd.DataFrame]:
    """What of a programme may be published.

    Parameters
    ----------
    programme : Programme
        From `infonb.programme.read`.
    remembered : path, optional
        Where the last release is remembered and this one will be: a file on the adviser's side,
        never in a folder that is passed on. Without it nothing is known of former releases, so
        publish once.
    today : date, optional

    Returns
    -------
    dict of str to DataFrame
        ``"coverage"``: occupation, students (in steps), interviews, each (talks a student, to the
        nearest half; three are wanted), the last row their totals.
        ``"ratings"``: occupation, question, students (in steps), mean (1.5 to 4.5, one decimal),
        low, high (80 % band), agreement (both missing below ten students).
        ``"expectations"``: occupation, question, students, expected, heard.
        ``"confidence"``: nth, students, before, after.
        ``"skills"``: occupation, skill (known ones alone), students.
        Each with published (the day a row was first published as it is).

    Raises
    ------
    InfonbError
        When the file of the last release is damaged.

    Examples
    --------
    >>> folder = infonb.sample("example").export_file(tmp_path / "class", format="programme")
    >>> release(infonb.programme.read(folder))["ratings"].empty  # one student alone
    True
    """
    day = (today or clock.today()).isoformat()
    former = _remembered(remembered)
    cells = {
        **_coverage(programme), **_ratings(programme), **_expectations(programme),
        **_confidence(programme), **_skills(programme),
    }  # fmt: skip
    kept: dict[str, Any] = {}
    for key, cell in cells.items():
        last = former.get(key)
        changed = ENOUGH if last is None else _changed(last["who"], cell["who"])
        if last is not None and changed < ENOUGH:
            cell = last
        kept[key] = {**cell, "day": cell.get("day", day)}
    if remembered is not None:
        with replacing(remembered, private=True) as part:
            part.write_text(json.dumps({**former, **kept}, ensure_ascii=False), encoding="utf-8")
    return {name: _table(name, kept, programme) for name in _COLUMNS}


_COLUMNS: dict[str, dict[str, str]] = {
    "coverage": {"occupation": TEXT, "students": TEXT, "interviews": WHOLE, "each": REAL},
    "ratings": {
        "occupation": TEXT, "question": TEXT, "students": TEXT, "mean": REAL, "low": REAL,
        "high": REAL, "agreement": TEXT,
    },
    "expectations": {
        "occupation": TEXT, "question": TEXT, "students": TEXT, "expected": REAL, "heard": REAL,
    },
    "confidence": {"nth": WHOLE, "students": TEXT, "before": REAL, "after": REAL},
    "skills": {"occupation": TEXT, "skill": TEXT, "students": TEXT},
}  # fmt: skip


def _table(name: str, kept: Mapping[str, Any], programme: Programme) -> pd.DataFrame:
    titles = programme.titles()
    rows = []
    for key, cell in kept.items():
        table, *about = json.loads(key)
        if table != name:
            continue
        row = {**cell["values"], "published": cell["day"]}
        if name == "confidence":
            row["nth"] = about[0]
        else:
            row["occupation"] = titles[about[0]][0] if about[0] in titles else about[0]
        if len(about) > 1:
            row["skill" if name == "skills" else "question"] = about[1]
        rows.append(row)
    if name in ("ratings", "expectations"):
        order = {key: place for place, key in enumerate(method.QUESTIONS)}
        rows.sort(key=lambda row: (row["occupation"], order.get(row["question"], len(order))))
    columns = {**_COLUMNS[name], "published": TEXT}
    return from_columns({c: [row.get(c) for row in rows] for c in columns}, columns)


def _remembered(path: Path | None) -> dict[str, Any]:
    if path is None or not path.exists():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if not all({"who", "values", "day"} <= set(cell) for cell in told.values()):
            raise ValueError
    except (OSError, ValueError, AttributeError, TypeError):
        raise InfonbError(
            f"{path}, which remembers what was published before, is damaged. Put it back from a "
            "copy: without it one release taken from the next may show what one student said."
        ) from None
    return told


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> int:
    """Students who are new, changed or gone."""
    return sum(before.get(who) != now.get(who) for who in {*before, *now})


def _groups(
    sums: pd.DataFrame, keys: Sequence[str], safe: bool = True
) -> dict[tuple[Any, ...], pd.DataFrame]:
    """Cell -> rows of its students; those that may be shown by themselves."""
    found = {}
    for key, rows in sums.groupby(list(keys), sort=True):
        if not safe or may_be_shown(rows["weight"].astype(float).tolist()):
            found[key if isinstance(key, tuple) else (key,)] = rows
    return found


def _cell(rows: pd.DataFrame, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values, with hashes of who is in it and of what each adds."""
    who = {}
    for row in rows.to_dict("records"):
        told = "|".join(str(row[column]) for column in sorted(row) if column != "journal")
        who[str(row["journal"])] = hashlib.sha256(told.encode()).hexdigest()[:16]
    return {"who": who, "values": dict(values)}


def _key(*about: Any) -> str:
    return json.dumps(about, ensure_ascii=False, default=int)


def _coverage(programme: Programme) -> dict[str, Any]:
    sums = programme.sums_by_student("coverage")
    sums["weight"] = sums["weight"].fillna(0).astype(float)
    groups = _groups(sums, ["occupation_key"], safe=False)
    asked = [rows["weight"][rows["weight"] > 0].tolist() for rows in groups.values()]
    alone = [
        0 < len(rows) < ENOUGH or (bool(held) and not may_be_shown(held))
        for rows, held in zip(groups.values(), asked, strict=True)
    ]
    students = [len(rows) for rows in groups.values()]
    out = withhold(students, alone)
    found = {}
    for (key, rows), hidden in zip(groups.items(), out, strict=True):
        if not hidden:
            found[_key("coverage", *key)] = _cell(rows, _talks(rows["weight"], len(rows)))
    everybody = sums.groupby("journal", as_index=False)["weight"].sum()
    if len(everybody) >= ENOUGH and total_is_shown(students, out):
        found[_key("coverage", "All occupations")] = _cell(
            everybody, {**_talks(sums["weight"], len(sums)), "students": in_steps(len(everybody))}
        )
    return found


def _talks(weights: pd.Series, students: int) -> dict[str, Any]:
    """What is said of talks; a whole number for each student would say how many they are."""
    talks = int(weights.sum())
    return {"students": in_steps(students), "interviews": talks,
            "each": round(2 * talks / students) / 2}  # fmt: skip


def _ratings(programme: Programme) -> dict[str, Any]:
    found = {}
    sums = programme.sums_by_student("ratings")
    for key, rows in _groups(sums, ["occupation_key", "question"]).items():
        counts = np.array([[rows[f"c{k}"].astype(float).sum() for k in range(1, 6)]])
        band = bayes.bands(counts)
        values: dict[str, Any] = {"students": in_steps(len(rows)), "mean": _mean(band.mean[0])}
        if len(rows) >= ENOUGH_FOR_BANDS:
            given = np.flatnonzero(counts[0] > 0) + 1
            voices = np.array([len(rows)])
            word = bayes.agreements(voices, given[:1], given[-1:])[0]
            values |= {"low": _mean(band.low[0]), "high": _mean(band.high[0]), "agreement": word}
        found[_key("ratings", *key)] = _cell(rows, values)
    return found


def _expectations(programme: Programme) -> dict[str, Any]:
    found = {}
    sums = programme.sums_by_student("expectations")
    for key, rows in _groups(sums, ["occupation_key", "question"]).items():
        values = {"students": in_steps(len(rows)), "expected": _mean(rows["expected"].mean()),
                  "heard": _mean(rows["heard"].mean())}  # fmt: skip
        found[_key("expectations", *key)] = _cell(rows, values)
    return found


def _confidence(programme: Programme) -> dict[str, Any]:
    found = {}
    sums = programme.sums_by_student("confidence")
    for (nth,), rows in _groups(sums, ["nth"]).items():
        values = {"students": in_steps(len(rows)),
                  "before": _mean(rows["confidence_before"].mean()),
                  "after": _mean(rows["confidence_after"].mean())}  # fmt: skip
        found[_key("confidence", int(nth))] = _cell(rows, values)
    return found


def _skills(programme: Programme) -> dict[str, Any]:
    """Skills that have a known name: a phrase of somebody's own is a cell of one."""
    found = {}
    sums = programme.sums_by_student("skills")
    for (occupation, id), rows in _groups(sums, ["occupation_key", "skill_id"]).items():
        skill = reference.skill(id)
        if skill is not None:
            values = {"students": in_steps(len(rows))}
            found[_key("skills", occupation, skill.name)] = _cell(rows, values)
    return found


def _mean(value: Any) -> float:
    """One decimal, no further out than `ENDS`."""
    return round(float(np.clip(float(value), *ENDS)), 1)
