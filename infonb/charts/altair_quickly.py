"""Altair without what takes it long: a grammar it never needs, and copies of all data.

Altair imports jsonschema, which compiles a grammar of internationalised addresses whenever the
package ``rfc3987_syntax`` is there (JupyterLab brings it). That takes longer than the rest of the
import and only serves a format check that no chart uses. So the package is hidden for the moment.
"""

from __future__ import annotations

import sys
from typing import Any

_GRAMMAR = "rfc3987_syntax"


if "altair" not in sys.modules and _GRAMMAR not in sys.modules:
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]
    try:
        import altair as _loaded  # noqa: F401
    finally:
        del sys.modules[_GRAMMAR]

import altair as alt  # noqa: E402


class SharedRows(alt.InlineData):
    """Rows of data that layers share: Altair would copy each whenever it combines charts.

    Examples
    --------
    >>> rows = SharedRows(values=[{"rating": 4}])
    >>> rows.copy(deep=True).values is rows.values
    True
    """

    def __deepcopy__(self, _memo: Any = None) -> SharedRows:
        return self


def chart_of(rows: list[dict[str, Any]]) -> alt.Chart:
    """A chart of these rows, without marks yet."""
    return alt.Chart(SharedRows(values=rows))
