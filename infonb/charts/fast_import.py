"""Altair imported without a grammar that takes it long and that it never needs.

Altair imports jsonschema, which compiles a grammar of internationalised addresses whenever the
package ``rfc3987_syntax`` is there (JupyterLab brings it). That takes longer than the rest of the
import and only serves a format check that no chart uses. So the package is hidden for the moment.
"""

from __future__ import annotations

import sys

_GRAMMAR = "rfc3987_syntax"


if "altair" not in sys.modules and _GRAMMAR not in sys.modules:
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]
    try:
        import altair as _loaded  # noqa: F401
    finally:
        del sys.modules[_GRAMMAR]
