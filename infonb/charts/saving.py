"""A chart as a picture of its own, to paste or to print."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from infonb.charts.theme import INK
from infonb.errors import InfonbError
from infonb.files import replacing
from infonb.look import TOKENS

_EDGE = 16


def save(chart: Any, path: str | os.PathLike[str], dark: bool = False, scale: float = 2) -> Path:
    """Write a chart as an SVG or PNG file, title included; no browser and no internet is needed.

    The picture shows what the findings hold that the chart was made of: leave names out with
    ``journal.findings(redact=True)``.

    Parameters
    ----------
    chart : altair chart
        One of `infonb.charts`, or any other with its data inside.
    path
        Ends in ``.svg`` or ``.png``; an older file is replaced.
    dark : bool
        On dark paper, for slides.
    scale : float
        Of a PNG: how many of its pixels make one of a screen.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    InfonbError
        When the ending is another, or the file can't be written.

    Examples
    --------
    >>> save(infonb.charts.coverage(findings), tmp_path / "coverage.svg").name
    'coverage.svg'
    """
    target = Path(path)
    if target.suffix.lower() not in (".svg", ".png"):
        raise InfonbError(f"{target.name}: a picture's name ends in .svg or .png.")
    import vl_convert

    tokens = TOKENS["dark" if dark else "light"]
    # a picture has no page around it whose colours its words could take
    drawn = json.loads(json.dumps(chart.to_dict()).replace(f'"{INK}"', f'"{tokens["ink"]}"'))
    drawn |= {"background": tokens["paper"], "padding": _EDGE}
    drawn.pop("usermeta", None)
    if target.suffix.lower() == ".svg":
        made = vl_convert.vegalite_to_svg(drawn, allowed_base_urls=[]).encode("utf-8")
    else:
        made = vl_convert.vegalite_to_png(drawn, scale=scale, allowed_base_urls=[])
    with replacing(target) as part:
        part.write_bytes(made)
    return target
