"""The numbers behind a chart, as a table on demand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from infonb.report.display import table_of

MOST = 200
"""Rows that are shown; what is more is said to be there."""

_TOGETHER = ("layer", "concat", "hconcat", "vconcat")
_FORMAT = re.compile(r"[+,]*\.\d+[f%]")
_HEADINGS = {
    "between": "Between occupations", "class": "Projected growth", "full": "What they said",
    "growth": "Growth, %", "high": "High end of the band", "known": "Skills so far",
    "lean": "Points beside what was stated", "low": "Low end of the band", "mean": "Mean, 1 to 5",
    "n": "People", "new": "New skills", "of": "People who named skills", "order": "In order",
    "people": "People who named it", "rating": "Rating, 1 to 5", "text": "Item",
    "weight": "Trusted, 0 to 1", "within": "Within occupations",
}  # fmt: skip
"""Headings of fields whose names are no words for a reader, where the chart itself gives none."""


@dataclass(frozen=True)
class NumberTable:
    """A table of a chart's numbers: its caption, its HTML, and how many rows there are in all."""

    caption: str
    html: str
    rows: int


def numbers(spec: dict[str, Any], title: str) -> list[NumberTable]:
    """What a chart draws, as tables.

    Parameters
    ----------
    spec
        A Vega-Lite spec with its data inside.
    title
        What the chart is called.

    Returns
    -------
    list of NumberTable
        One per kind of row, with the columns that the chart's marks tell when pointed at, and
        `MOST` rows at most. None where it draws no data.

    Examples
    --------
    >>> nurses = {"data": {"values": [{"who": "Nurse 1", "n": 3}]}, "mark": "point",
    ...           "encoding": {"tooltip": [{"field": "who", "title": "Asked"}, {"field": "n"}]}}
    >>> [table.caption for table in numbers(nurses, "Three asked")]
    ['Numbers of “Three asked”']
    """
    kinds = [kind for kind in _kinds(spec) if kind.rows]
    # names alone say nothing that the picture's words don't
    kinds = [kind for kind in kinds if len(kind.columns) > 1 or kind.is_of_numbers()]
    tables = []
    for number, kind in enumerate(kinds, start=1):
        which = f" ({number} of {len(kinds)})" if len(kinds) > 1 else ""
        caption = f"Numbers of “{title}”{which}" if title else f"Numbers of this chart{which}"
        tables.append(NumberTable(caption, kind.table(caption), len(set(kind.rows))))
    return tables


@dataclass
class _Kind:
    """Rows of a chart that have the same columns, and the heading of the panel each stands in."""

    columns: dict[str, dict[str, Any]]
    rows: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    def is_of_numbers(self) -> bool:
        """Whether nothing in it is text."""
        return not any(isinstance(value, str) for _, row in self.rows for value in row)

    def table(self, caption: str) -> str:
        """The rows as HTML, like ones counted; the panel comes first where there are several."""
        counted = Counter(self.rows)
        shown = list(counted)[:MOST]
        columns: dict[str, list[Any]] = {}
        formats: dict[str, str] = {}
        if len({part for part, _ in self.rows}) > 1 and any(p not in row for p, row in self.rows):
            columns["Panel"] = [part for part, _ in shown]
        for place, (name, channel) in enumerate(self.columns.items()):
            heading = _heading(name, channel)
            heading = name if heading in columns else heading
            columns[heading] = [row[place] for _, row in shown]
            is_number = all(not isinstance(value, str) for value in columns[heading])
            if is_number and _FORMAT.fullmatch(str(channel.get("format") or "")):
                formats[heading] = channel["format"]
        if len(counted) < len(self.rows):
            columns["How often"] = [counted[row] for row in shown]
        return table_of(caption, columns, formats)


def _kinds(spec: dict[str, Any]) -> list[_Kind]:
    """The chart's rows, those with the same columns together."""
    columns: dict[tuple[int, str], dict[str, Any]] = {}
    units = list(_units(spec, _table(spec.get("datasets")), _Unit()))
    for unit in units:
        if tips := unit.tips():
            # marks that share their rows tell of the same things
            columns[unit.place] = {**columns.get(unit.place, {}), **tips}
    pointed_at = bool(columns)
    for unit in units:
        if unit.place not in columns and (drawn := unit.drawn(every=not pointed_at)):
            columns[unit.place] = drawn
    kinds: dict[tuple[str, ...], _Kind] = {}
    for place, unit in {unit.place: unit for unit in units if unit.place in columns}.items():
        kind = kinds.setdefault(tuple(columns[place]), _Kind(columns[place]))
        before = set(kind.rows)  # a label may tell again what a dot has told
        told = [tuple(_plain(row.get(name)) for name in kind.columns) for row in unit.rows]
        kind.rows += [(unit.part, row) for row in told if (unit.part, row) not in before]
    return list(kinds.values())


@dataclass(frozen=True)
class _Unit:
    """A mark with its rows, its channels and the heading of the panel it stands in."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    channels: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    mark: str = ""

    @property
    def place(self) -> tuple[int, str]:
        """What its rows are known by."""
        return id(self.rows), self.part

    def tips(self) -> dict[str, dict[str, Any]]:
        """What it tells when pointed at, by field; of a text its own words too."""
        told = self.channels.get("tooltip")
        tips = _fields(told if isinstance(told, list) else [told])
        if tips and self.mark == "text" and not self._repeats(tips):
            return {**tips, **_fields([self.channels.get("text")])}
        return tips

    def _repeats(self, tips: Iterable[str]) -> bool:
        """Whether its words are those of the tips, wrapped or cut short."""
        field = str(_table(self.channels.get("text")).get("field"))
        said = [str(_plain(row.get(field)) or "").rstrip("…") for row in self.rows]
        told = {tip: [str(_plain(row.get(tip))) for row in self.rows] for tip in tips}
        return any(all(map(str.startswith, whole, said)) for whole in told.values())

    def drawn(self, every: bool) -> dict[str, dict[str, Any]]:
        """What it draws, by field: of a text its words and whose they are, else every channel."""
        if every:
            return _fields(self.channels.values())
        text, whose = self.channels.get("text"), self.channels.get("y")
        named = _fields([whose, text])
        is_label = self.mark == "text" and len(named) == 2
        return named if is_label and _table(whose).get("type") == "nominal" else {}


def _fields(channels: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """Channels that show a field, the first of each."""
    found: dict[str, dict[str, Any]] = {}
    for channel in channels:
        if isinstance(channel, dict) and isinstance(channel.get("field"), str):
            found.setdefault(channel["field"], channel)
    return found


def _units(spec: Mapping[str, Any], datasets: Mapping[str, Any], over: _Unit) -> Iterator[_Unit]:
    """Every mark of a spec, with what it takes from those above it."""
    unit = _Unit(
        _rows(spec["data"], datasets) if "data" in spec else over.rows,
        {**over.channels, **_table(spec.get("encoding"))},
        _words(spec.get("title")) or over.part,
    )
    for together in _TOGETHER:
        inside = spec.get(together)
        for inner in inside if isinstance(inside, list) else []:
            yield from _units(_table(inner), datasets, unit)
    if "spec" in spec:
        yield from _units(_table(spec["spec"]), datasets, unit)
    if "mark" in spec:
        mark = spec["mark"]
        kind = str(_table(mark).get("type", mark))
        yield _Unit(unit.rows, unit.channels, unit.part, kind)


def _table(part: Any) -> dict[str, Any]:
    """A part of a spec that should be an object; empty where it is not."""
    return part if isinstance(part, dict) else {}


def _rows(data: Any, datasets: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = _table(data)
    rows = datasets.get(str(told["name"])) if "name" in told else told.get("values")
    return rows if isinstance(rows, list) and all(isinstance(row, dict) for row in rows) else []


def _words(title: Any) -> str:
    text = title.get("text") if isinstance(title, dict) else title
    if isinstance(text, list):
        return " ".join(map(str, text))
    return text if isinstance(text, str) else ""


def _heading(name: str, channel: Mapping[str, Any]) -> str:
    """What stands above a column: the chart's own words, else ours, else the field's name."""
    axis = channel.get("axis")
    given = channel.get("title") or (axis.get("title") if isinstance(axis, dict) else None)
    if isinstance(given, str) and given.strip():
        return given.strip()
    words = name.replace("_", " ").strip()
    return _HEADINGS.get(name) or words[:1].upper() + words[1:]


def _plain(value: Any) -> Any:
    """A cell: text on one line; nothing for what is empty or no single value."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return value if isinstance(value, int | float) else None
