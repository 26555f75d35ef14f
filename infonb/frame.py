"""Tidy frames with nullable, Arrow-backed columns: one way to make them, for all layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

TEXT, WHOLE, REAL, TRUTH, MOMENT = "str", "int64", "double", "bool", "timestamp[us, tz=UTC]"
"""The five kinds of column."""


def frame(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A frame with exactly these columns, in this order, whatever the rows hold.

    Parameters
    ----------
    rows : iterable of mapping
        One per observation; what a row doesn't have, or has as NaN or NA, is missing.
    columns : mapping of str to str
        Column name to kind: `TEXT`, `WHOLE`, `REAL`, `TRUTH` or `MOMENT`.

    Returns
    -------
    pandas.DataFrame
        Text columns are pandas ``str``, all others Arrow-backed; no object columns. The index
        counts from 0.

    Examples
    --------
    >>> frame([{"occupation": "Nurse", "n": 3}], {"occupation": TEXT, "n": WHOLE}).dtypes.tolist()
    [<StringDtype(na_value=nan)>, int64[pyarrow]]
    """
    rows = list(rows)
    return from_columns(
        {name: [none_if_missing(row.get(name)) for row in rows] for name in columns}, columns
    )


def from_columns(values: Mapping[str, Any], columns: Mapping[str, str]) -> pd.DataFrame:
    """The same from whole columns: sequences or arrays of one length, missing as None or NaN."""
    import pandas as pd
    import pyarrow as pa

    def typed(name: str, kind: str) -> Any:
        if kind == TEXT:
            return pd.array(pa.array(values[name], pa.string()).to_pylist(), dtype="str")
        arrow = pa.array(values[name], pa.type_for_alias(kind) if kind != MOMENT else
                         pa.timestamp("us", tz="UTC"), from_pandas=True)  # fmt: skip
        return pd.arrays.ArrowExtensionArray(arrow)

    return pd.DataFrame({name: typed(name, kind) for name, kind in columns.items()})


def none_if_missing(value: Any) -> Any:
    """A value of a frame as Python has it: None where it is missing, else itself.

    Examples
    --------
    >>> import pandas as pd
    >>> [none_if_missing(value) for value in (pd.NA, float("nan"), 0, "Nurse")]
    [None, None, 0, 'Nurse']
    """
    from pandas import NA

    return None if value is None or value is NA or value != value else value


def to_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as Python has them: plain values, None where one is missing.

    Examples
    --------
    >>> to_records(frame([{"occupation": "Nurse"}], {"occupation": TEXT, "n": WHOLE}))
    [{'occupation': 'Nurse', 'n': None}]
    """
    values = {name: table[name].astype(object).tolist() for name in table.columns}
    return [
        {name: none_if_missing(value) for name, value in zip(values, row, strict=True)}
        for row in zip(*values.values(), strict=True)
    ]
