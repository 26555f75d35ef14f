"""One table of a programme on any engine, as narwhals sees it."""

from __future__ import annotations

import glob
import importlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infonb.errors import InfonbError
from infonb.exchange.parquet import TABLES, live_files

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa

Scan = Callable[[str, Sequence[str]], "nw.LazyFrame[Any]"]
"""``scan(table, columns)``: those columns of a table, not yet read where the engine can wait."""

ENGINES = {"pandas": "pandas", "polars": "polars", "duckdb": "duckdb", "pyspark": "pyspark"}
"""Engine -> the package it needs."""

_EXTRA = {"polars": "polars", "duckdb": "duckdb", "pyspark": "spark"}


def scan_of(place: str | Path, engine: str, session: Any = None) -> Scan:
    """How an engine reads the tables of one folder, or of all that a pattern finds.

    Parameters
    ----------
    place : path
        A programme's folder, a pattern of such (``"classes/*/tables"``), or an address that the
        engine itself can read (``"s3a://bucket/autumn"``).
    engine : str
        ``"pandas"``, ``"polars"``, ``"duckdb"`` or ``"pyspark"``.
    session : optional
        A Spark session or a DuckDB connection; the one that is there, else a new one.

    Raises
    ------
    InfonbError
        When the engine isn't known or installed, or there is no such folder.
    """
    if engine not in ENGINES:
        raise InfonbError(f"engine is {engine!r}; choose one of {', '.join(ENGINES)}.")
    try:
        importlib.import_module(ENGINES[engine])
    except ImportError:
        raise InfonbError(
            f"{engine} isn't installed; install infonb[{_EXTRA.get(engine, engine)}], or choose "
            "engine='pandas'."
        ) from None
    files = _files(str(place))
    return {"pandas": _pandas, "polars": _polars, "duckdb": _duckdb, "pyspark": _spark}[engine](
        files, session
    )


def _files(place: str) -> dict[str, list[str]]:
    if "://" in place:  # not ours to list; the engine knows how
        base = place.rstrip("/")
        return {table: [f"{base}/{table}/*/*.parquet"] for table in TABLES}
    folders = [Path(place).expanduser()]
    if glob.has_magic(place) and not folders[0].exists():
        folders = [Path(found) for found in sorted(glob.glob(str(folders[0]), recursive=True))]
        folders = [folder for folder in folders if folder.is_dir()]
    if not folders or not all(folder.is_dir() for folder in folders):
        raise InfonbError(f"There is no folder {place}.")
    files: dict[str, list[str]] = {table: [] for table in TABLES}
    for folder in folders:
        for table, live in live_files(folder).items():
            files[table] += map(str, live)
    return files


def _empty(table: str) -> pa.Table:
    import pyarrow as pa

    types: dict[str, Any] = {
        "text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "truth": pa.bool_(),
        "id": pa.int64(),
    }  # fmt: skip
    return pa.schema([(name, types[kind]) for name, kind in TABLES[table].items()]).empty_table()


def _pandas(files: dict[str, list[str]], session: Any) -> Scan:
    import narwhals as nw
    import pandas as pd
    import pyarrow.dataset as ds

    def scan(table: str, columns: Sequence[str]) -> nw.LazyFrame[Any]:
        if not files[table]:
            rows = _empty(table)
        elif "://" in files[table][0]:
            whole = files[table][0].removesuffix("/*/*.parquet")
            return nw.from_native(
                pd.read_parquet(whole, columns=[*columns], dtype_backend="pyarrow")
            ).lazy()
        else:
            rows = ds.dataset(files[table], format="parquet").to_table(columns=[*columns])
        frame = rows.select([*columns]).to_pandas(types_mapper=pd.ArrowDtype)
        return nw.from_native(frame).lazy()

    del session
    return scan


def _polars(files: dict[str, list[str]], session: Any) -> Scan:
    import narwhals as nw
    import polars as pl

    def scan(table: str, columns: Sequence[str]) -> nw.LazyFrame[Any]:
        if not files[table]:
            return nw.from_native(pl.DataFrame(pl.from_arrow(_empty(table))).lazy())
        lazy = pl.scan_parquet(files[table], hive_partitioning=False, glob="://" in files[table][0])
        return nw.from_native(lazy.select(*columns))

    del session
    return scan


def _duckdb(files: dict[str, list[str]], session: Any) -> Scan:
    import duckdb
    import narwhals as nw

    connection = session or duckdb.connect()

    def scan(table: str, columns: Sequence[str]) -> nw.LazyFrame[Any]:
        if not files[table]:
            return nw.from_native(connection.from_arrow(_empty(table)))
        paths = [path if "://" in path else glob.escape(path) for path in files[table]]
        found = connection.read_parquet(paths, hive_partitioning=False)
        return nw.from_native(found.select(*(duckdb.ColumnExpression(name) for name in columns)))

    return scan


def _spark(files: dict[str, list[str]], session: Any) -> Scan:
    import narwhals as nw
    from pyspark.sql import SparkSession

    spark = session or SparkSession.getActiveSession() or _local_session()
    types = {
        "text": "string", "whole": "bigint", "real": "double", "truth": "boolean", "id": "bigint",
    }  # fmt: skip

    def scan(table: str, columns: Sequence[str]) -> nw.LazyFrame[Any]:
        told = ", ".join(f"{name} {types[kind]}" for name, kind in TABLES[table].items())
        if not files[table]:
            return nw.from_native(spark.createDataFrame([], told).select(*columns))
        paths = [_for_spark(path) for path in files[table]]
        return nw.from_native(spark.read.schema(told).parquet(*paths).select(*columns))

    return scan


def _for_spark(path: str) -> str:
    """A path as Spark takes it: an address, whose signs are no pattern."""
    if "://" in path:
        return path
    return "file://" + re.sub(r"([\[\]{}*?\\])", r"\\\1", Path(path).absolute().as_posix())


def _local_session() -> Any:
    """Spark on this computer, for whoever has no session yet."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    return (
        builder.master("local[*]")
        .appName("infonb")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
