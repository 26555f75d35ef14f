"""A programme on each engine: a question by infonb and by hand, and of ten times as many students.

python benchmarks/programme.py
python benchmarks/programme.py --students 16000     about 10⁶ answers; 160,000 for 10⁷
"""

from __future__ import annotations

import argparse
import runpy
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import infonb
from infonb.shipped import shipped_folder

TIMES = 3


def median(work: Callable[[], Any]) -> float:
    """Seconds that it usually takes; the first time warms up."""
    work()
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def by_hand_in_polars(tables: Path) -> Callable[[], Any]:
    """Weighted ratings by occupation and question, as one would write it."""
    import polars as pl

    def work() -> Any:
        weight, rating = pl.col("weight"), pl.col("rating").cast(pl.Float64)
        return (
            pl.scan_parquet(str(tables / "answers" / "**" / "*.parquet"))
            .filter(pl.col("rating").is_not_null() & (weight > 0))
            .group_by("occupation_key", "question")
            .agg(
                (rating * weight).sum(), weight.sum().alias("w"),
                (weight * weight).sum().alias("q"),
                pl.col("person").n_unique(), pl.col("journal").n_unique(),
                *((weight * (rating == k)).sum().alias(f"c{k}") for k in range(1, 6)),
            )
            .collect()
        )  # fmt: skip

    return work


def by_hand_in_duckdb(tables: Path) -> Callable[[], Any]:
    """The same in SQL."""
    import duckdb

    shares = ", ".join(f"sum(weight * (rating = {k})::int) AS c{k}" for k in range(1, 6))
    files = tables / "answers" / "**" / "*.parquet"
    query = f"""SELECT occupation_key, question, sum(rating * weight), sum(weight),
        sum(weight * weight), count(DISTINCT person), count(DISTINCT journal), {shares}
        FROM read_parquet('{files}') WHERE rating IS NOT NULL AND weight > 0
        GROUP BY occupation_key, question"""
    return lambda: duckdb.connect().execute(query).fetchall()


def ratings(tables: Path, engine: str = "pandas") -> Any:
    """What infonb says."""
    return infonb.programme.read(tables, engine=engine).ratings()


def release(tables: Path) -> Any:
    """What may be published."""
    return infonb.programme.release(infonb.programme.read(tables))


def main() -> None:
    """Print ratios, each to a time of the same run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=1600, help="ten times as many follow")
    parser.add_argument("--spark", action="store_true", help="also Spark on this computer")
    options = parser.parse_args()
    simulate = runpy.run_path(str(shipped_folder("sample_data") / "simulate.py"))["tables"]
    engines = ["pandas", "polars", "duckdb", *(["pyspark"] if options.spark else [])]
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for students in (options.students, 10 * options.students):
            tables = simulate(Path(folder) / str(students), students=students)
            answers = int(ratings(tables)["n"].sum())
            print(f"{students:,} simulated students, {answers:,} ratings")
            hand = {
                "polars": median(by_hand_in_polars(tables)),
                "duckdb": median(by_hand_in_duckdb(tables)),
            }
            for engine in engines:
                took = median(partial(ratings, tables, engine))
                compared = f", {took / hand[engine]:.1f} × by hand" if engine in hand else ""
                grown = f", {took / first[engine]:.1f} × for ten times" if engine in first else ""
                first.setdefault(engine, took)
                print(f"  ratings on {engine}: {took:.2f} s{compared}{grown}")
            took = median(partial(release, tables))
            print(f"  release: {took / first['pandas']:.1f} × ratings on pandas, the first size")


if __name__ == "__main__":
    main()
