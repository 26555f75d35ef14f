"""What many journals say: the same questions as of one, on any engine.

Every question is one function of narwhals expressions, whatever the engine; it makes sums, and
only these leave the engine. What follows from the sums is computed by the functions that one
journal's findings use (`infonb.findings.ratings.of_sums`, `infonb.findings.bayes`,
`infonb.findings.overlap.share_overlap`).

The frames are exact, for whoever may hold the folder. They may not be passed on;
`infonb.programme.protection` says what may.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from infonb import method, reference
from infonb.english import first_capital
from infonb.errors import InfonbError
from infonb.exchange.parquet import BUCKETS
from infonb.exchange.programme_rows import TABLES
from infonb.findings import bayes
from infonb.findings.coverage import WANTED
from infonb.findings.expectations import surprise
from infonb.findings.outlook import gap_in_words, official_figures
from infonb.findings.overlap import share_overlap
from infonb.findings.ratings import check_level, of_sums
from infonb.frame import REAL, TEXT, TRUTH, WHOLE, from_columns
from infonb.programme.engines import Scan, scan_of

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

BY = ("term", "cohort")
"""What every question may be asked by."""

ENOUGH_FOR_SHARES = 30
"""People in an occupation from which shares of people naming a skill can be compared."""

_SCALE = range(1, bayes.SCALE + 1)
_ORDER = {key: place for place, key in enumerate(method.QUESTIONS)}


def read(place: str | Path, engine: str = "pandas", session: Any = None) -> Programme:
    """Many journals, to be asked what they say.

    Parameters
    ----------
    place : path
        A programme's folder as `infonb programme` or ``journal.export_file(…,
        format="programme")`` makes it, a pattern of such (``"classes/*/tables"``), or an address
        that the engine can read.
    engine : str
        ``"pandas"``, ``"polars"``, ``"duckdb"`` or ``"pyspark"``: where the sums are made.
    session : optional
        A Spark session or a DuckDB connection of your own.

    Returns
    -------
    Programme

    Raises
    ------
    InfonbError
        When there is no such folder, or the engine isn't installed.

    Examples
    --------
    >>> folder = infonb.sample("example").export_file(tmp_path / "class", format="programme")
    >>> ratings = read(folder).ratings()
    >>> ratings[ratings.question == "home_life"].n.tolist()
    [3, 3, 3, 3]
    """
    return Programme(scan_of(place, engine, session), str(place), engine)


class Programme:
    """Many journals. Made by `read`.

    Each method takes ``by="term"`` or ``by="cohort"``, which then is the first column. An
    occupation is one where its SOC code is the same, by the title most students gave it; without
    a code by its title. A person counts once per journal: whether two students asked the same
    person can't be known.
    """

    def __init__(self, scan: Scan, place: str, engine: str) -> None:
        self._scan: Scan = scan
        self.place: str = place
        self.engine: str = engine
        self._titles: dict[str, tuple[str, str | None]] | None = None

    def __repr__(self) -> str:
        return f"<infonb programme {self.place} on {self.engine}>"

    # ------------------------------------------------------------------ questions

    def coverage(self, by: str | None = None) -> pd.DataFrame:
        """Where the time went.

        Returns
        -------
        DataFrame
            One row per occupation: occupation, soc, students (who consider it), asked (students
            who interviewed somebody), interviews (people talked to), wanted (3 for each student),
            planned, questions (different ones answered).
        """
        import narwhals as nw

        keys = _keys(by)
        listed = (
            self._scan("occupations", ["journal", *keys])
            .unique(["journal", *keys])
            .group_by(*keys)
            .agg(nw.len().alias("students"))
        )
        talks = self._scan("interviews", ["journal", "person", "status", *keys])
        done = talks.filter(nw.col("status") == "done").unique(["journal", "person", *keys])
        held = done.group_by(*keys).agg(nw.len().alias("interviews"))
        asked = (
            done.select("journal", *keys)
            .unique(["journal", *keys])
            .group_by(*keys)
            .agg(nw.len().alias("asked"))
        )
        ahead = (
            talks.filter(nw.col("status") == "planned")
            .group_by(*keys)
            .agg(nw.len().alias("planned"))
        )
        answered = (
            self._scan("answers", ["question", *keys])
            .unique(["question", *keys])
            .group_by(*keys)
            .agg(nw.len().alias("questions"))
        )
        found = _rows(listed)
        for more in (held, asked, ahead, answered):
            found = found.merge(_rows(more), on=keys, how="left")
        numbers = {
            name: found[name].fillna(0).to_numpy(dtype=np.int64)
            for name in ("students", "asked", "interviews", "planned", "questions")
        }
        columns = {
            "occupation": TEXT, "soc": TEXT, "students": WHOLE, "asked": WHOLE,
            "interviews": WHOLE, "wanted": WHOLE, "planned": WHOLE, "questions": WHOLE,
        }  # fmt: skip
        values = {**numbers, "wanted": WANTED * numbers["students"]}
        return self._frame(found, values, columns, by)

    def ratings(self, level: float = 0.8, by: str | None = None) -> pd.DataFrame:
        """Mean rating with its band, per occupation and question.

        Parameters
        ----------
        level : float
            Of the band, between 0 and 1.
        by : str, optional

        Returns
        -------
        DataFrame
            As `infonb.findings.ratings.ratings`, with soc and students (with weight): occupation,
            soc, question, students, n, weight, mean, low, high, agreement, apart, next_high.
        """
        check_level(level)
        found, counts = self._rated(by)
        columns = {
            "occupation": TEXT, "soc": TEXT, "question": TEXT, "students": WHOLE, "n": WHOLE,
            "weight": REAL, "mean": REAL, "low": REAL, "high": REAL, "agreement": TEXT,
            "apart": REAL, "next_high": REAL,
        }  # fmt: skip
        return self._frame(found, _summary(found, counts, level), columns, by)

    def agreement(self, by: str | None = None) -> pd.DataFrame:
        """Where people agree.

        Returns
        -------
        DataFrame
            occupation, soc, question, students, n, agreement (a word), apart (share of pairs two
            or more apart), rated_1 … rated_5 (weight of each answer).
        """
        found, counts = self._rated(by)
        each = {f"rated_{k}": counts[:, k - 1] for k in _SCALE}
        columns = {
            "occupation": TEXT, "soc": TEXT, "question": TEXT, "students": WHOLE, "n": WHOLE,
            "agreement": TEXT, "apart": REAL, **dict.fromkeys(each, REAL),
        }  # fmt: skip
        return self._frame(found, {**_summary(found, counts, 0.8), **each}, columns, by)

    def outlook(self, by: str | None = None) -> pd.DataFrame:
        """What people said of the outlook beside what the official figures say.

        Returns
        -------
        DataFrame
            occupation, soc, students, n, mean, low, high, official_class, official_score,
            growth_pct, openings_k, employment_k, median_wage, period, source, gap: as
            `infonb.findings.outlook.outlook`.
        """
        found, counts = self._rated(by, question="outlook")
        told = _summary(found, counts, 0.8)
        figures = [official_figures(code) for code in self._codes(found)]
        official = {
            "official_class": TEXT, "official_score": REAL, "growth_pct": REAL, "openings_k": REAL,
            "employment_k": REAL, "median_wage": WHOLE, "period": TEXT, "source": TEXT,
        }  # fmt: skip
        told |= {name: [row.get(name) for row in figures] for name in official}
        told["gap"] = [
            gap_in_words(counts[at], row.get("official_score")) if told["n"][at] else None
            for at, row in enumerate(figures)
        ]
        columns = {
            "occupation": TEXT, "soc": TEXT, "students": WHOLE, "n": WHOLE, "mean": REAL,
            "low": REAL, "high": REAL, **official, "gap": TEXT,
        }  # fmt: skip
        return self._frame(found, told, columns, by)

    def skills(self, by: str | None = None) -> pd.DataFrame:
        """How many people named each skill.

        Returns
        -------
        DataFrame
            occupation, soc, skill (missing for words that were not handed in), skill_id, kind,
            students, people (who named it), of (people who named skills).
        """
        import narwhals as nw

        keys = _keys(by)
        named = self._scan("skills", ["journal", "person", "skill_id", *keys])
        each = [*keys, "skill_id"]
        people = (
            named.unique(["journal", "person", *each])
            .group_by(*each)
            .agg(nw.len().alias("people"), nw.col("journal").n_unique().alias("students"))
        )
        everybody = (
            named.select("journal", "person", *keys)
            .unique(["journal", "person", *keys])
            .group_by(*keys)
            .agg(nw.len().alias("of"))
        )
        found = _rows(people).merge(_rows(everybody), on=keys)
        names = self._skill_names()
        told = [names.get(id, (None, None)) for id in found["skill_id"]]
        values = {
            "skill": [name for name, _ in told], "kind": [kind for _, kind in told],
            "skill_id": found["skill_id"],
            **{name: found[name].to_numpy(dtype=np.int64) for name in ("people", "students", "of")},
        }  # fmt: skip
        columns = {
            "occupation": TEXT, "soc": TEXT, "skill": TEXT, "skill_id": TEXT, "kind": TEXT,
            "students": WHOLE, "people": WHOLE, "of": WHOLE,
        }  # fmt: skip
        return self._frame(found, values, columns, by, then=["people", "skill_id"])

    def skill_overlap(self, level: float = 0.8, by: str | None = None) -> pd.DataFrame:
        """How alike two occupations are in the skills people name.

        From `ENOUGH_FOR_SHARES` people in each who named skills, the shares of people naming each
        skill are compared, with a band by leaving out each of 20 fixed groups of people; below
        that the overlap is missing, since it would be mostly chance.

        Returns
        -------
        DataFrame
            One row per pair of occupations that share a skill: occupation_a, occupation_b, shared
            (number of skills), people_a, people_b, overlap, low, high (0 to 1).
        """
        import narwhals as nw

        check_level(level)
        keys = _keys(by)
        named = self._scan("skills", ["journal", "person", "bucket", "skill_id", *keys])
        cells = (
            named.unique(["journal", "person", "bucket", "skill_id", *keys])
            .group_by(*keys, "skill_id", "bucket")
            .agg(nw.len().alias("people"))
        )
        people = (
            named.select("journal", "person", "bucket", *keys)
            .unique(["journal", "person", "bucket", *keys])
            .group_by(*keys, "bucket")
            .agg(nw.len().alias("people"))
        )
        return self._overlaps(_rows(cells), _rows(people), level, by)

    def confidence(self, by: str | None = None) -> pd.DataFrame:
        """How confidence moved from interview to interview.

        Returns
        -------
        DataFrame
            One row per number of an interview in a student's order: nth (from 1), students,
            interviews, before, after, change (means of those that noted both, 1 to 5).
        """
        import narwhals as nw

        keys = ["nth", *([_checked(by)] if by else [])]
        before, after = nw.col("confidence_before"), nw.col("confidence_after")
        noted = self._scan(
            "interviews", ["journal", "confidence_before", "confidence_after", *keys]
        )
        noted = noted.filter(
            ~nw.col("nth").is_null(), ~before.is_null(), ~after.is_null()
        ).with_columns(before.cast(nw.Float64), after.cast(nw.Float64))
        found = _rows(
            noted.group_by(*keys).agg(
                nw.col("journal").n_unique().alias("students"),
                nw.len().alias("interviews"),
                before.mean().alias("before"),
                after.mean().alias("after"),
            )
        )
        found = found.sort_values([*([by] if by else []), "nth"]).reset_index(drop=True)
        first = {by: TEXT} if by else {}
        columns = {
            **first, "nth": WHOLE, "students": WHOLE, "interviews": WHOLE, "before": REAL,
            "after": REAL, "change": REAL,
        }  # fmt: skip
        values = {name: found[name] for name in columns if name != "change"}
        change = found["after"].to_numpy(dtype=float) - found["before"].to_numpy(dtype=float)
        return from_columns({**values, "change": change}, columns)

    def expectations(self, by: str | None = None) -> pd.DataFrame:
        """What students expected before their first interview beside what they heard.

        Returns
        -------
        DataFrame
            One row per occupation and question that students expected something of and were told
            about: occupation, soc, question, students, n (people heard, with weight), expected,
            heard, shift (means over students), mean, low, high (of the ratings, as everywhere),
            chance (of a gap above 0.75 from the mean expectation, in one direction), surprise.
        """
        import narwhals as nw

        cell = [*_keys(by), "question"]
        noted = (
            self._scan("expectations", ["journal", "expected", "late", *cell])
            .filter(~nw.col("late"), ~nw.col("expected").is_null())
            .with_columns(nw.col("expected").cast(nw.Float64))
            .group_by("journal", *cell)
            .agg(nw.col("expected").mean())
        )
        heard = (
            self._with_parts(by)
            .filter(nw.col("weight") > 0)
            .group_by("journal", *cell)
            .agg(
                nw.col("person").n_unique().alias("n"),
                nw.col("weight").sum(),
                nw.col("points").sum(),
                *(nw.col(f"c{k}").sum() for k in _SCALE),
            )
        )
        both = noted.join(heard, on=["journal", *cell], how="inner").with_columns(
            (nw.col("points") / nw.col("weight")).alias("heard")
        )
        found = _rows(
            both.group_by(*cell).agg(
                nw.len().alias("students"),
                nw.col("n").sum(),
                nw.col("expected").mean(),
                nw.col("heard").mean(),
                *(nw.col(f"c{k}").sum() for k in _SCALE),
            )
        )
        counts = _counts(found)
        expected = found["expected"].to_numpy(dtype=float)
        told = found["heard"].to_numpy(dtype=float)
        n = found["n"].to_numpy(dtype=np.int64)
        band = bayes.bands(counts)
        values = {
            "question": found["question"], "students": found["students"], "n": n,
            "expected": expected, "heard": told, "shift": told - expected, "mean": band.mean,
            "low": band.low, "high": band.high, "chance": bayes.chance_of_a_gap(counts, expected),
            "surprise": surprise(counts, expected, n),
        }  # fmt: skip
        columns = {
            "occupation": TEXT, "soc": TEXT, "question": TEXT, "students": WHOLE, "n": WHOLE,
            "expected": REAL, "heard": REAL, "shift": REAL, "mean": REAL, "low": REAL,
            "high": REAL, "chance": REAL, "surprise": TRUTH,
        }  # fmt: skip
        return self._frame(found, values, columns, by)

    # ------------------------------------------------------------------ sums

    def _with_parts(self, by: str | None) -> nw.LazyFrame[Any]:
        """Rated answers, with what is summed up of each."""
        import narwhals as nw

        keys = _keys(by)
        weight, rating = nw.col("weight"), nw.col("rating")
        answers = self._scan(
            "answers", ["journal", "person", "question", "rating", "weight", *keys]
        )
        return answers.filter(~rating.is_null()).with_columns(
            (rating.cast(nw.Float64) * weight).alias("points"),
            (weight * weight).alias("squares"),
            *(
                nw.when(rating == k).then(weight).otherwise(nw.lit(0.0)).alias(f"c{k}")
                for k in _SCALE
            ),
        )

    def _rated(self, by: str | None, question: str | None = None) -> tuple[pd.DataFrame, Any]:
        """Sums over the answers of an occupation to a question, and the weight of each rating."""
        import narwhals as nw

        cell = [*_keys(by), "question"]
        parts = self._with_parts(by)
        if question is not None:
            parts = parts.filter(nw.col("question") == question)
        heard = nw.col("weight") > 0
        parts = parts.with_columns(
            nw.when(heard).then(nw.col("person")).otherwise(nw.lit(None)).alias("person"),
            nw.when(heard).then(nw.col("journal")).otherwise(nw.lit(None)).alias("journal"),
            nw.when(heard).then(nw.col("rating")).otherwise(nw.lit(None)).alias("rating"),
            nw.when(heard).then(nw.lit(1)).otherwise(nw.lit(0)).alias("voice"),
            nw.when(heard).then(nw.lit(0)).otherwise(nw.lit(1)).alias("unheard"),
        )
        found = _rows(
            parts.group_by(*cell).agg(
                *(nw.col(f"c{k}").sum() for k in _SCALE),
                nw.col("squares").sum(),
                nw.col("voice").sum(),
                nw.col("unheard").max(),
                nw.col("person").n_unique().alias("n"),
                nw.col("journal").n_unique().alias("students"),
                nw.col("rating").min().alias("lowest"),
                nw.col("rating").max().alias("highest"),
            )
        )
        return found, _counts(found)

    def _overlaps(
        self, cells: pd.DataFrame, people: pd.DataFrame, level: float, by: str | None
    ) -> pd.DataFrame:
        """Overlaps of all pairs of occupations, from how many people of a group named a skill."""
        rows: list[dict[str, Any]] = []
        values = sorted(people[by].unique()) if by else [None]
        for value in values:
            here = cells if by is None else cells[cells[by] == value]
            all_here = people if by is None else people[people[by] == value]
            rows += [
                {by: value, **row} if by else row for row in self._pairs(here, all_here, level)
            ]
        first = {by: TEXT} if by else {}
        columns = {
            **first, "occupation_a": TEXT, "occupation_b": TEXT, "shared": WHOLE,
            "people_a": WHOLE, "people_b": WHOLE, "overlap": REAL, "low": REAL, "high": REAL,
        }  # fmt: skip
        return from_columns({name: [row[name] for row in rows] for name in columns}, columns)

    def _pairs(
        self, cells: pd.DataFrame, people: pd.DataFrame, level: float
    ) -> list[dict[str, Any]]:
        titles = self.titles()
        keys = sorted(people["occupation_key"].unique(), key=lambda key: (titles[key][0], key))
        place = {key: at for at, key in enumerate(keys)}
        skills = {id: at for at, id in enumerate(sorted(cells["skill_id"].unique()))}
        named = np.zeros((len(keys), BUCKETS, len(skills)), dtype=np.float32)
        asked = np.zeros((len(keys), BUCKETS))
        at = cells["occupation_key"].map(place).to_numpy(dtype=np.int64)
        skill = cells["skill_id"].map(skills).to_numpy(dtype=np.int64)
        named[at, cells["bucket"].to_numpy(dtype=np.int64), skill] = cells["people"].to_numpy(
            dtype=np.float64
        )
        who = people["occupation_key"].map(place).to_numpy(dtype=np.int64)
        asked[who, people["bucket"].to_numpy(dtype=np.int64)] = people["people"].to_numpy(
            dtype=np.float64
        )
        everybody = asked.sum(axis=1)
        there = named.sum(axis=1) > 0
        shared = there.astype(np.float32) @ there.T.astype(np.float32)
        rows = []
        for a in range(len(keys)):
            others = np.flatnonzero(shared[a, a + 1 :]) + a + 1
            enough = everybody[others] >= ENOUGH_FOR_SHARES
            known: dict[int, tuple[float, float, float]] = {}
            if everybody[a] >= ENOUGH_FOR_SHARES and enough.any():
                compared = others[enough]
                band = share_overlap(named[a], asked[a], named[compared], asked[compared], level)
                bands = zip(band.mean, band.low, band.high, strict=True)
                known = dict(zip(compared.tolist(), bands, strict=True))
            for b in others.tolist():
                mean, low, high = known.get(b, (None, None, None))
                rows.append(
                    {
                        "occupation_a": titles[keys[a]][0], "occupation_b": titles[keys[b]][0],
                        "shared": int(shared[a, b]), "people_a": int(everybody[a]),
                        "people_b": int(everybody[b]), "overlap": mean, "low": low, "high": high,
                    }
                )  # fmt: skip
        return rows

    # ------------------------------------------------------------------ by student

    def sums_by_student(self, what: str) -> pd.DataFrame:
        """What each student adds to each cell, from which `infonb.programme.protection` chooses.

        For the adviser's computer alone: a row is a student's.

        Parameters
        ----------
        what : str
            ``"coverage"``, ``"ratings"``, ``"expectations"``, ``"confidence"`` or ``"skills"``.

        Returns
        -------
        DataFrame
            journal, what tells the cells apart (occupation_key, question, nth, skill_id), weight
            (what the student adds: people, or weight of answers), and the sums of that question.
        """
        import narwhals as nw

        done = nw.col("status") == "done"
        if what == "coverage":
            listed = self._scan("occupations", ["journal", "occupation_key"]).unique(
                ["journal", "occupation_key"]
            )
            talks = self._scan("interviews", ["journal", "person", "status", "occupation_key"])
            held = talks.filter(done).unique(["journal", "person", "occupation_key"])
            each = held.group_by("journal", "occupation_key").agg(nw.len().alias("weight"))
            return _rows(listed.join(each, on=["journal", "occupation_key"], how="left"))
        if what == "ratings":
            parts = self._with_parts(None).filter(nw.col("weight") > 0)
            return _rows(
                parts.group_by("journal", "occupation_key", "question").agg(
                    nw.col("weight").sum(), *(nw.col(f"c{k}").sum() for k in _SCALE)
                )
            )
        if what == "expectations":
            heard = _rows(
                self._with_parts(None)
                .filter(nw.col("weight") > 0)
                .group_by("journal", "occupation_key", "question")
                .agg(nw.col("weight").sum(), nw.col("points").sum())
            )
            noted = _rows(
                self._scan(
                    "expectations", ["journal", "occupation_key", "question", "expected", "late"]
                )
                .filter(~nw.col("late"), ~nw.col("expected").is_null())
                .with_columns(nw.col("expected").cast(nw.Float64))
                .group_by("journal", "occupation_key", "question")
                .agg(nw.col("expected").mean())
            )
            both = noted.merge(heard, on=["journal", "occupation_key", "question"])
            return both.assign(heard=both["points"] / both["weight"], weight=1.0)
        if what == "confidence":
            columns = ["journal", "nth", "confidence_before", "confidence_after"]
            noted = _rows(self._scan("interviews", columns)).dropna()
            return noted.groupby(["journal", "nth"], as_index=False).mean().assign(weight=1.0)
        named = self._scan("skills", ["journal", "person", "occupation_key", "skill_id"])
        return _rows(
            named.unique(["journal", "person", "occupation_key", "skill_id"])
            .group_by("journal", "occupation_key", "skill_id")
            .agg(nw.len().alias("weight"))
        )

    def done(self) -> pd.DataFrame:
        """What each student did, for the adviser: journal, interviews, questions and so on."""
        return _rows(self._scan("journals", ["journal", *TABLES["journals"]]))

    # ------------------------------------------------------------------ words

    def titles(self) -> dict[str, tuple[str, str | None]]:
        """Occupation key -> the title most students gave it, and its SOC code."""
        import narwhals as nw

        if self._titles is None:
            listed = self._scan("occupations", ["occupation_key", "occupation", "soc"])
            found = _rows(
                listed.group_by("occupation_key", "occupation", "soc").agg(nw.len().alias("n"))
            ).sort_values(["occupation_key", "n", "occupation"], ascending=[True, False, True])
            self._titles = {}
            for key, title, soc in zip(
                found["occupation_key"], found["occupation"], found["soc"], strict=True
            ):
                coded = isinstance(soc, str) and soc == key
                words = title if coded else first_capital(" ".join(title.split()))
                self._titles.setdefault(key, (words, soc if coded else None))
        return self._titles

    def _codes(self, found: pd.DataFrame) -> list[str | None]:
        titles = self.titles()
        return [titles[key][1] for key in found["occupation_key"]]

    def _skill_names(self) -> dict[str, tuple[str | None, str | None]]:
        """Skill id -> its name, and its kind; the official ones, or as a student wrote it."""
        import narwhals as nw

        listed = self._scan("skills", ["skill_id", "skill", "kind"])
        named = listed.filter(~nw.col("skill").is_null()).unique(["skill_id", "skill", "kind"])
        found = _rows(named).sort_values(["skill_id", "skill"])
        known: dict[str, tuple[str | None, str | None]] = {}
        for id, name, kind in zip(found["skill_id"], found["skill"], found["kind"], strict=True):
            skill = reference.skill(id)
            known.setdefault(id, (skill.name, skill.kind) if skill else (name, kind))
        return known

    def _frame(
        self,
        found: pd.DataFrame,
        values: dict[str, Any],
        columns: dict[str, str],
        by: str | None,
        then: Sequence[str] = (),
    ) -> pd.DataFrame:
        """A frame with titles, its rows in order of term, title and question."""
        import pandas as pd

        titles = self.titles()
        told = [titles[key] for key in found["occupation_key"]]
        full: dict[str, Any] = {
            "occupation": [title for title, _ in told], "soc": [soc for _, soc in told],
            **({by: found[by]} if by else {}),
            **({"question": found["question"]} if "question" in columns else {}),
            **values,
        }  # fmt: skip
        columns = {**({by: TEXT} if by else {}), **columns}
        made = from_columns({name: full[name] for name in columns}, columns)
        order = pd.DataFrame({"occupation": made["occupation"], "key": found["occupation_key"]})
        if by:
            order.insert(0, by, made[by])
        if "question" in columns:
            order["place"] = [_ORDER.get(key, len(_ORDER)) for key in made["question"]]
            order["question"] = made["question"]
        for name in then:
            order[name] = -made[name] if columns[name] == WHOLE else made[name]
        return made.loc[order.sort_values(list(order.columns)).index].reset_index(drop=True)


def _checked(by: str) -> str:
    if by not in BY:
        raise InfonbError(f"by is {by!r}; choose one of {', '.join(BY)}, or None.")
    return by


def _keys(by: str | None) -> list[str]:
    """What the rows of a question are told apart by."""
    return ["occupation_key", *([_checked(by)] if by else [])]


def _rows(lazy: nw.LazyFrame[Any]) -> pd.DataFrame:
    """Sums leave the engine: a pandas frame with Arrow types."""
    import pandas as pd

    return lazy.collect(backend="pyarrow").to_native().to_pandas(types_mapper=pd.ArrowDtype)


def _counts(found: pd.DataFrame) -> Any:
    return np.column_stack([found[f"c{k}"].to_numpy(dtype=float) for k in _SCALE])


def _summary(found: pd.DataFrame, counts: Any, level: float) -> dict[str, Any]:
    """The columns of ratings; who has no weight isn't counted."""
    unheard = found["unheard"].to_numpy(dtype=np.int64)
    lowest, highest = (
        found[name].fillna(0).to_numpy(dtype=np.int64) for name in ("lowest", "highest")
    )
    told = of_sums(
        counts,
        found["squares"].to_numpy(dtype=float),
        found["n"].to_numpy(dtype=np.int64) - unheard,
        found["voice"].to_numpy(dtype=np.int64),
        lowest,
        highest,
        level,
    )
    return {**told, "students": found["students"].to_numpy(dtype=np.int64) - unheard}
