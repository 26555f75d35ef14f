"""The kernel that runs a report's notebook: the usual one, started sooner."""

from __future__ import annotations

import sys
from typing import Any


def main() -> None:
    """Start the IPython kernel with the arguments of the command line."""
    # jsonschema compiles a grammar of internationalised addresses on import (2 s) when this
    # package is there. Charts are checked against a schema without such addresses.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from ipykernel import kernelapp

    kernelapp.launch_new_instance(extra_extensions=[__spec__.name])


def load_ipython_extension(shell: Any) -> None:
    """Let charts come into the report as what it draws: infonb's and everybody else's.

    Nothing is imported for it: the shell waits until somebody shows a chart.
    """
    bundles = shell.display_formatter.mimebundle_formatter
    bundles.for_type_by_name("infonb.charts.chart", "Chart", lambda chart: chart.for_report())
    bundles.for_type_by_name("altair.vegalite.v6.api", "TopLevelMixin", _as_data)


def _as_data(chart: Any) -> dict[str, Any]:
    """What the report draws of a chart that is none of ours, whichever renderer is enabled."""
    spec = chart.to_dict()
    words = str(spec.get("description") or "Chart")
    return {"application/vnd.vegalite.v6+json": spec, "text/plain": words}


if __name__ == "__main__":
    main()
