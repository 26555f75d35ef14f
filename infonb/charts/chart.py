"""What every chart function gives: an Altair chart that brings its own look wherever it is shown.

JupyterLab draws Vega-Lite 5 by itself; Altair 6 writes version 6. What infonb's charts use is drawn
alike by both (a browser test compares them), so they are handed over as version 5; beside that go a
picture, for places that draw no Vega, and the chart's words. Nothing of this touches charts of
others: no renderer is enabled, no theme.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair as alt
from altair.utils.schemapi import debug_mode

from infonb.charts.layout import GAP, LABEL, NARROW, WIDE, Room
from infonb.charts.marks import Rows, Spec, layer, marks, nominal, value
from infonb.charts.theme import CONFIG, INK, SOFT, TEXT, wrap
from infonb.errors import InfonbError
from infonb.files import replacing
from infonb.look import TOKENS

MIME = "application/vnd.vegalite.v5+json"
_PICTURE = "image/svg+xml"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_TOGETHER = ("layer", "hconcat", "vconcat")
_TITLE, _SUBTITLE = 60, 90  # characters that a line of a wide chart holds
_WIDE_LETTER, _LETTER = 9, 7  # pixels of a character of these
_SLIM = 560
"""Below this width a drawing is laid out as for a phone."""
_EDGE = 16
_WORDS_ALONE = {"title", "description", "name", "background", "padding", "autosize", "usermeta"}


@dataclass(frozen=True)
class Drawing:
    """How a chart is drawn, for whatever room there is.

    Attributes
    ----------
    draw : callable
        Gives the marks for a `Room`.
    title : str
        What is seen, as a sentence.
    description : str
        The alternative text: what somebody who can't see it needs to know.
    hint : tuple of str
        How to read it.
    label : int
        Pixels for names left of the panels, from where the title starts; 0 without names.
    """

    draw: Callable[[Room], Spec]
    title: str
    description: str
    hint: tuple[str, ...] = ()
    label: int = LABEL

    def within(self, room: Room) -> Spec:
        """The drawing with its words."""
        words: Spec = {"description": self.description}
        if not self.title:
            return {**self.draw(room), **words}
        heading: Spec = {"text": wrap(self.title, min(_TITLE, room.width // _WIDE_LETTER))}
        across = min(_SUBTITLE, room.width // _LETTER)
        lines = [part for line in self.hint for part in wrap(line, across)]
        if lines:
            heading["subtitle"] = lines
        if self.label and not room.narrow:
            heading["dx"] = -(self.label + GAP)
        return {**self.draw(room), "title": heading, **words}


# What Altair's charts can do, ours can: seen by type checkers, inherited by the classes below.
_Altair = alt.TopLevelMixin if TYPE_CHECKING else object


class Chart(_Altair):
    """An Altair chart with the look of infonb, drawn the same in JupyterLab, reports and pictures.

    It is plain data until somebody goes on with it: only then Altair's own objects are made.
    ``.properties(width=…)`` draws it anew for that width; ``|``, ``&`` and ``+`` give charts of the
    same look. What you configure goes before our look.

    Examples
    --------
    >>> chart = infonb.charts.coverage(findings) | infonb.charts.ratings(findings)
    >>> isinstance(chart, Chart), chart.to_dict()["config"]["background"]
    (True, 'transparent')
    """

    _args: tuple[Any, ...]
    _plain: Spec
    _drawing: Drawing | None = None

    @property
    def _kwds(self) -> dict[str, Any]:
        """What Altair keeps of a chart, made when it first asks."""
        if "_made" not in self.__dict__:
            object.__setattr__(self, "_made", _as_altair(self._plain)._kwds)
        return self.__dict__["_made"]

    @_kwds.setter
    def _kwds(self, given: dict[str, Any]) -> None:
        object.__setattr__(self, "_made", given)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_drawing": None}  # functions within functions can't be pickled

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # whoever asks whether we can do something needs no objects
            raise AttributeError(name)
        return super().__getattr__(name)  # type: ignore[misc]

    def to_dict(
        self,
        validate: bool = True,
        *,
        format: str = "vega-lite",
        ignore: list[str] | None = None,
        context: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The specification, with our look where it is the top of one; see Altair's own."""
        if context is not None and not context.get("top_level", True):
            return super().to_dict(validate, ignore=ignore, context=context)
        if "_made" in self.__dict__ or ignore or context:
            made = super().to_dict(validate, ignore=ignore, context=context)
            own = self._kwds.get("config", {})
            own = own.to_dict() if isinstance(own, alt.SchemaBase) else own
        else:
            made, own = {"$schema": alt.SCHEMA_URL, **_with_datasets(self._plain)}, {}
        made["config"] = _over(CONFIG, own if isinstance(own, dict) else {})
        if format == "vega":
            compiled = alt.vegalite_compilers.get()
            return compiled(made) if compiled else made
        return made

    def properties(self, **given: Any) -> Chart:
        """The chart with other properties; with a ``width`` in pixels it is drawn anew for that.

        Examples
        --------
        >>> small = infonb.charts.coverage(findings).properties(width=320)
        >>> small.to_dict()["width"] <= 320
        True
        """
        width = given.get("width")
        if self._drawing and isinstance(width, int | float) and not isinstance(width, bool):
            del given["width"]
            if width < 100:
                raise InfonbError(f"width is {width!r}; a chart needs 100 pixels or more.")
            drawn = of_drawing(self._drawing, Room(int(width), narrow=width < _SLIM))
            return drawn.properties(**given) if given else drawn
        made = super().properties(**given)
        if given.keys() <= _WORDS_ALONE:
            object.__setattr__(made, "_drawing", self._drawing)
        return made

    def save(self, fp: Any, *more: Any, names: bool = False, **given: Any) -> None:
        """As Altair's own, to any of its formats; see `infonb.charts.save` about names."""
        if not names:
            _stop_names(self.to_dict(), str(fp) if isinstance(fp, str | Path) else "The chart")
        super().save(fp, *more, **given)

    def __or__(self, other: Any) -> Chart:
        return _joined("hconcat", self, other) or _ours(super().__or__(other))

    def __and__(self, other: Any) -> Chart:
        return _joined("vconcat", self, other) or _ours(super().__and__(other))

    def __add__(self, other: Any) -> Chart:
        return _ours(super().__add__(other))

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        spec = self.to_dict()
        bundle = _bundle(spec)
        if (include is None or _PICTURE in include) and _PICTURE not in (exclude or ()):
            # somebody may have gone on with it in a way that only a browser draws
            with contextlib.suppress(ValueError):
                bundle[_PICTURE] = _svg(spec)
        return bundle

    def for_report(self) -> dict[str, Any]:
        """What a report is handed: no picture, which it makes itself, but the layout for a phone.

        Returns
        -------
        dict
            Media type to content; the layout stands in ``usermeta``, without rows that the chart
            has itself.

        Examples
        --------
        >>> bundle = infonb.charts.coverage(findings).for_report()
        >>> bundle["application/vnd.vegalite.v5+json"]["usermeta"]["infonb"]["below"]
        728
        """
        spec = self.to_dict()
        if self._drawing is None:
            return _bundle(spec)
        narrow = _with_datasets(self._drawing.draw(NARROW))
        more = {k: v for k, v in narrow["datasets"].items() if k not in spec["datasets"]}
        brought = {"narrow": {**narrow, "datasets": more}, "below": WIDE.width + 8}
        return _bundle({**spec, "usermeta": {**spec.get("usermeta", {}), "infonb": brought}})


class LayerChart(Chart, alt.LayerChart):
    """One of our charts that is one panel."""


class HConcatChart(Chart, alt.HConcatChart):
    """One of our charts with panels beside each other."""


class VConcatChart(Chart, alt.VConcatChart):
    """One of our charts with panels below each other."""


_OURS: dict[str, type[Any]] = {
    "layer": LayerChart, "hconcat": HConcatChart, "vconcat": VConcatChart
}  # fmt: skip


def finished(
    draw: Callable[[Room], Spec],
    title: str,
    description: str,
    hint: str | list[str] | None = None,
    label: int = LABEL,
) -> Chart:
    """A chart from what draws it, its title, its alternative text and how to read it.

    Parameters
    ----------
    draw : callable
        Gives the drawing for a `Room`; it is asked for a phone's only when a report wants that.
    title : str
        What is seen, as a sentence; wrapped to lines.
    description : str
        The alternative text.
    hint : str or list of str, optional
        How to read it.
    label : int
        Pixels for names left of the panels, from where the title starts; 0 without names.
    """
    lines = (hint,) if isinstance(hint, str) else tuple(hint or ())
    return of_drawing(Drawing(draw, title, description, lines, label), WIDE)


def nothing(title: str, hint: str) -> Chart:
    """What is shown where there is nothing to show yet: words, and what to do."""

    def draw(room: Room) -> Spec:
        lines = wrap(hint, room.characters())
        words = marks(
            [{"hint": "\n".join(lines)}], "text",
            {"x": value(0), "y": value(0), "text": nominal("hint")},
            align="left", baseline="top", lineBreak="\n", lineHeight=18, fontSize=TEXT,
            opacity=SOFT,
        )  # fmt: skip
        drawn = layer([words], room.width, 18 * len(lines) + 6)
        return {**drawn, "usermeta": {"nothing": title}}  # a report says it in a line

    return finished(draw, title, f"{title}. {hint}", label=0)


def of_drawing(drawing: Drawing, room: Room) -> Chart:
    """The chart that a drawing makes in this room."""
    spec = drawing.within(room)
    kind = next(_OURS[key] for key in _TOGETHER if key in spec)
    return _new(kind, _args=(), _plain=spec, _drawing=drawing)


def save(
    chart: alt.TopLevelMixin,
    path: str | os.PathLike[str],
    dark: bool = False,
    scale: float = 2,
    names: bool = False,
) -> Path:
    """Write a chart as an SVG or PNG file, title included; no browser and no internet is needed.

    The picture shows what the findings hold that the chart was made of: names are left out of
    ``journal.findings(redact=True)``. A picture in which somebody of a journal opened in this run
    is named isn't written, unless ``names`` says that it is meant so.

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
    names : bool
        Whether people may be named in it.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    InfonbError
        When the ending is another, somebody is named, or the file can't be written.

    Examples
    --------
    >>> save(infonb.charts.coverage(findings), tmp_path / "coverage.svg").name
    'coverage.svg'
    """
    target = Path(path)
    if target.suffix.lower() not in (".svg", ".png"):
        raise InfonbError(f"{target.name}: a picture's name ends in .svg or .png.")
    spec, theme = chart.to_dict(), "dark" if dark else "light"
    if not names:
        _stop_names(spec, str(target))
    if target.suffix.lower() == ".svg":
        made = _svg(spec, theme).encode("utf-8")
    else:
        import vl_convert

        made = vl_convert.vegalite_to_png(_on_paper(spec, theme), scale=scale, allowed_base_urls=[])
    with replacing(target) as file:
        file.write_bytes(made)
    return target


def _stop_names(spec: Spec, name: str) -> None:
    """The gate: whoever is to be left out stands nowhere in a chart, its data included."""
    from infonb.privacy.gate import stop_leaks
    from infonb.privacy.registry import withheld

    said = {key: value for key, value in spec.items() if key != "$schema"}  # an address, for all
    told = json.dumps(said, ensure_ascii=False, default=str).replace("<", "\\u003c")
    try:
        stop_leaks(
            f'<script type="application/json">{told}</script>', withheld(samples=False), name
        )
    except InfonbError as error:
        raise InfonbError(
            f"{error}\nNames are left out of charts of journal.findings(redact=True). If this one "
            "is for yourself alone, save it with names=True."
        ) from None


def _svg(spec: Spec, theme: str = "light") -> str:
    import vl_convert

    return vl_convert.vegalite_to_svg(_on_paper(spec, theme), allowed_base_urls=[])


def _on_paper(spec: Spec, theme: str) -> Spec:
    """The chart for a picture, which has no page around it whose colours its words could take."""
    tokens = TOKENS[theme]
    drawn = json.loads(json.dumps(spec).replace(f'"{INK}"', f'"{tokens["ink"]}"'))
    drawn |= {"background": tokens["paper"], "padding": _EDGE}
    drawn.pop("usermeta", None)
    return drawn


def _bundle(spec: Spec) -> dict[str, Any]:
    # the SVG renderer, so that text takes the page's own colour in light, dark and print
    meta = {**spec.get("usermeta", {}), "embedOptions": {"renderer": "svg"}}
    shown = {**spec, "$schema": _SCHEMA, "usermeta": meta}
    return {MIME: shown, "text/plain": str(spec.get("description") or "Chart")}


def _joined(how: str, one: Chart, other: Any) -> Chart | None:
    """Two drawings as one that can be drawn anew; on a phone they stand below each other."""
    both = [one._drawing, getattr(other, "_drawing", None)]
    if not all(isinstance(drawing, Drawing) for drawing in both):
        return None
    apart = dict.fromkeys(("size", "fillOpacity"), "independent")

    def draw(room: Room) -> Spec:
        beside = how == "hconcat" and not room.narrow
        each = Room(room.width // 2 - GAP, room.width // 2 < _SLIM) if beside else room
        parts = [drawing.within(each) for drawing in both if drawing]
        together = "hconcat" if beside else "vconcat"
        return {together: parts, "resolve": {"scale": apart}, "spacing": 2 * GAP}

    words = " ".join(drawing.description for drawing in both if drawing)
    return of_drawing(Drawing(draw, "", words, label=0), Room(2 * WIDE.width))


def _ours(chart: Any) -> Any:
    """A chart that Altair has put together, with our look."""
    if isinstance(chart, Chart):
        return chart
    kind = next((ours for ours in _OURS.values() if isinstance(chart, ours.__bases__[1])), None)
    if kind is None:
        return chart
    return _new(kind, _args=chart._args, _made=chart._kwds)


def _new(kind: Any, **given: Any) -> Any:
    """A chart with these attributes, which Altair doesn't take for parts of the specification."""
    made = kind.__new__(kind)
    for name, attribute in given.items():
        object.__setattr__(made, name, attribute)
    return made


class _SharedRows(alt.InlineData):
    """Rows of data that layers share: Altair would copy each whenever it combines charts."""

    def __deepcopy__(self, _memo: Any = None) -> _SharedRows:
        return self


def _as_altair(spec: Spec) -> Any:
    """The same as Altair's own objects; marks and channels stay plain data, which it takes."""
    rest = {k: v for k, v in spec.items() if k not in (*_TOGETHER, "data", "mark", "encoding")}
    with debug_mode(False):
        for together, ours in _OURS.items():
            if together in spec:
                parts = [_as_altair(part) for part in spec[together]]
                return ours.__bases__[1](**{together: parts}, **rest)
        rows = _SharedRows(values=spec["data"]["values"])
        encoding = alt.FacetedEncoding(**spec["encoding"])
        return alt.Chart(rows, mark=spec["mark"], encoding=encoding, **rest)


def _with_datasets(spec: Spec) -> Spec:
    """The same with each set of rows once, at the top, under a name made from what it holds."""
    datasets: dict[str, Rows] = {}
    names: dict[int, str] = {}

    def named(rows: Rows) -> str:
        if id(rows) not in names:
            written = json.dumps(rows, sort_keys=True).encode()
            names[id(rows)] = f"data-{hashlib.md5(written, usedforsecurity=False).hexdigest()}"
            datasets[names[id(rows)]] = rows
        return names[id(rows)]

    def walked(part: Spec) -> Spec:
        made = dict(part)
        for together in _TOGETHER:
            if together in made:
                made[together] = [walked(inner) for inner in made[together]]
        if "data" in made:
            made["data"] = {"name": named(made["data"]["values"])}
        return made

    return {**walked(spec), "datasets": datasets}


def _over(ours: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Our configuration with what somebody configured laid over it."""
    made = deepcopy(dict(ours))
    for key, given in own.items():
        inner = made.get(key)
        both = isinstance(inner, dict) and isinstance(given, Mapping)
        made[key] = _over(inner, given) if both else given  # type: ignore[arg-type]
    return made
