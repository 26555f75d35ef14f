"""Shows charts in JupyterLab without internet, and the same bytes every time.

JupyterLab draws Vega-Lite 5 by itself; Altair 6 writes version 6. What infonb's charts use is
drawn alike by both (a browser test compares them), so the specification is handed over as
version 5. With it goes the chart's description as plain text.
"""

from __future__ import annotations

from typing import Any

import altair as alt

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
NAME = "infonb"


def mimebundle(spec: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """What is shown for a specification: for JupyterLab, and as text for everybody else.

    Parameters
    ----------
    spec : dict
        A Vega-Lite specification.

    Returns
    -------
    dict
        Media type to content.

    Examples
    --------
    >>> sorted(mimebundle({"mark": "point", "description": "Three dots"}))
    ['application/vnd.vegalite.v5+json', 'text/plain']
    """
    # the SVG renderer, so that text takes the page's own colour in light, dark and print
    meta = {**_lighter(spec), "embedOptions": {"renderer": "svg"}}
    shown = {**spec, "$schema": SCHEMA, "usermeta": meta}
    return {MIME: shown, "text/plain": str(spec.get("description") or "Chart")}


def _lighter(spec: dict[str, Any]) -> dict[str, Any]:
    """What a chart brings along, without the data that it has itself."""
    meta = spec.get("usermeta") or {}
    narrow = meta.get("infonb", {}).get("narrow")
    if not narrow:
        return meta
    known = spec.get("datasets", {})
    rest = {name: rows for name, rows in narrow.get("datasets", {}).items() if name not in known}
    return {**meta, "infonb": {**meta["infonb"], "narrow": {**narrow, "datasets": rest}}}


def enable() -> None:
    """Make this the way Altair shows charts in this session."""
    if NAME not in alt.renderers.names():
        alt.renderers.register(NAME, mimebundle)
    alt.renderers.enable(NAME)
