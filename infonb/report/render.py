"""The page of a report: the story in the template, and a policy that allows only what is ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from infonb.look import css as tokens
from infonb.report.blocks import (
    Block,
    Cards,
    Chapter,
    Entry,
    Figure,
    Note,
    Outline,
    Page,
    Step,
    Story,
    Table,
    Text,
    tell,
)
from infonb.report.chart_data import MOST
from infonb.report.chart_svg import Drawing, Picture, drawing
from infonb.report.display import basis_in_words, merged_basis
from infonb.report.vega import script_hash, vega_bundle

if TYPE_CHECKING:
    from nbformat import NotebookNode


_HERE = Path(__file__).parent


def page(story: Story) -> str:
    """The whole HTML file, complete in itself.

    Parameters
    ----------
    story
        What to tell; see `infonb.report.blocks.tell`.

    Returns
    -------
    str
        HTML that makes no request, the same for the same story.

    Examples
    --------
    >>> "<title>Nursing leads</title>" in page(Story(title="Nursing leads"))
    True
    """
    opening, sections = (_with_drawings(part) for part in (story.opening, story.sections))
    drawings = [*_drawings(opening), *_drawings(sections)]
    pictures = [picture for drawing in drawings for picture in drawing.pictures]
    sheets = ["report.css", *(["pages.css"] if _has_pages([*opening, *sections]) else [])]
    style = "\n".join([tokens(), *map(_own_file, sheets), _widths(pictures)])
    loader = _own_file("report.js")
    bundle = vega_bundle() if drawings else None
    allowed = [script_hash(loader), *([bundle.source_hash] if bundle else [])]
    policy = {
        "default-src": "'none'",
        "script-src": " ".join(allowed),
        "style-src": script_hash(style),
        "img-src": "data:",
        "connect-src": "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    html = template().render(
        story=story,
        opening=opening,
        sections=sections,
        policy=Markup("; ".join(f"{name} {value}" for name, value in policy.items())),
        style=Markup(style),
        loader=Markup(loader),
        bundle=bundle,
        basis=basis_in_words(story.basis),
        sources=_sources(story.basis.get("sources")),
        vintages=_vintages(story.basis.get("vintages")),
        version=_version(),
    )
    # half a character (a lone surrogate) can't be written; a page has no use for NUL either
    return re.sub("[\ud800-\udfff\0]", "�", html)


def figure(spec: dict[str, Any], name: str = "chart") -> str:
    """A chart as it stands in a page, as HTML.

    Examples
    --------
    >>> figure({"title": "Who <leads>?"})[:45]
    '<figure class="chart" data-chart="waiting"><f'
    """
    return str(template("blocks.html.j2").make_module().show(drawing(spec, name)))  # pyright: ignore


def _with_drawings(blocks: Iterable[Block]) -> list[Block | Drawing]:
    """The blocks, with charts as all that is shown of them."""
    shown: list[Any] = []
    for block in blocks:
        if isinstance(block, Figure):
            shown.append(drawing(block.spec, block.name))
        elif isinstance(block, Chapter):
            shown.append(replace(block, blocks=tuple(_with_drawings(block.blocks))))
        else:
            shown.append(block)
    return shown


def _drawings(blocks: Iterable[Any]) -> Iterator[Drawing]:
    for block in blocks:
        if isinstance(block, Drawing):
            yield block
        elif isinstance(block, Chapter):
            yield from _drawings(block.blocks)


def _has_pages(blocks: Iterable[Any]) -> bool:
    return any(
        isinstance(block, Page) or (isinstance(block, Chapter) and _has_pages(block.blocks))
        for block in blocks
    )


def _widths(pictures: Sequence[Picture]) -> str:
    """Rules for the pictures of charts: how wide each is, and which of two fits its column.

    They stand in the page's style because the policy allows no style on an element.
    """
    rules = [
        f'.drawing > svg[width="{width}"] {{ --drawn-width: {width}px; }}'
        for width in sorted({picture.width for picture in pictures}, key=float)
    ]
    for below in sorted({picture.below for picture in pictures if picture.fits}):
        slim, wide = (f'.drawing > [class="{kind}-{below:g}"]' for kind in ("below", "from"))
        hidden = "{ display: none; }"
        rules += [
            f"@media screen {{ @container (width < {below:g}px) {{ {wide} {hidden} }} }}",
            f"@media screen {{ @container (width >= {below:g}px) {{ {slim} {hidden} }} }}",
            f"@media print {{ {slim} {hidden} }}",
        ]
    return "\n".join(rules)


def script_json(value: Any) -> Markup:
    """JSON that cannot end the script element it stands in.

    Examples
    --------
    >>> print(script_json("</script>"))
    "\\u003c/script>"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in ("<", "\u2028", "\u2029"):
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


@cache
def template(name: str = "page.html.j2") -> Template:
    """One of the templates; in all of them everything is escaped that is not marked as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["script_json"] = script_json
    environment.globals["most"] = MOST
    return environment.get_template(name)


def _sources(told: Any) -> list[dict[str, str]]:
    """Publications as words and, where it is a safe one, a link."""
    listed = []
    for source in told or []:
        if isinstance(source, str):
            listed.append({"words": source, "url": ""})
            continue
        parts = [source.get(key) for key in ("publisher", "title", "date", "licence")]
        url = str(source.get("url") or "")
        words = ", ".join(str(part) for part in parts if part) or url
        listed.append({"words": words, "url": url if url.startswith("https://") else ""})
    return listed


def _vintages(told: Any) -> list[str]:
    if isinstance(told, Mapping):
        told = [f"{name}: {vintage}" for name, vintage in told.items()]
    return [str(vintage).rstrip(". ") for vintage in told or []]


@cache
def _own_file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8").strip()


def _version() -> str:
    try:
        return version("infonb")
    except PackageNotFoundError:
        import infonb

        return infonb.__version__


def combined(notebooks: Iterable[tuple[NotebookNode, str]]) -> Story:
    """One story of several notebooks with outputs, each a chapter.

    Parameters
    ----------
    notebooks
        Each with the name it goes by when it has no heading.

    Returns
    -------
    Story
        Its first screen is that of the first notebook that has one; a chapter shows its own only
        where it says something else.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> told = [(new_notebook(cells=[new_markdown_cell(f"# {t}")]), t) for t in ("Pay", "Hours")]
    >>> [chapter.words for chapter in combined(told).contents]
    ['Pay', 'Hours']
    """
    notebooks = [*notebooks]
    shared, chapters = _chapters(notebooks)
    page = _first_page(chapters)
    if page is not None and page.data.get("kind") == "occupation":
        shared, chapters = _chapters(notebooks, only_one=True)
        page = _first_page(chapters)
    told = [chapter for chapter in chapters if not chapter.is_empty(page)]
    basis = merged_basis(chapter.basis for chapter in chapters)
    people = basis.get("people")
    title = f"What {people} people told me" if people and people > 1 else "What I found out"
    opening: list[Block] = [shared.heading(1, title, escape(title))]
    if rests := basis_in_words(basis):
        opening.append(Note(rests))
    firsts = [block for c in chapters for block in c.opening]
    cards = next((b for b in firsts if isinstance(b, Cards)), None)
    opening += [replace(b, level=2) if isinstance(b, Page) else b for b in (page, cards) if b]
    return Story(
        title=title,
        opening=opening,
        sections=[*_said_once(([*c.opening, *c.sections] for c in told), *opening, page)],
        contents=[Entry(c.anchor, c.title, tuple(c.contents)) for c in told],
        unasked=[name for chapter in chapters for name in chapter.unasked],
        steps=_steps(chapters),
        basis=basis,
    )


def _chapters(
    notebooks: Iterable[tuple[NotebookNode, str]], only_one: bool = False
) -> tuple[Outline, list[Story]]:
    shared = Outline()
    told = [tell(n, name, Outline(top=2, taken=shared.taken), only_one) for n, name in notebooks]
    return shared, told


def _first_page(chapters: Iterable[Story]) -> Page | None:
    return next((b for c in chapters for b in c.opening if isinstance(b, Page)), None)


def _said_once(chapters: Iterable[Sequence[Block]], *before: Block | None) -> Iterator[Chapter]:
    """The chapters, without what an earlier one or the first screen has said in the same words."""
    said = {block.html for block in before if isinstance(block, _ONCE)}
    for blocks in chapters:
        new = (b for b in blocks if not (isinstance(b, _ONCE) and b.html in said))
        yield Chapter(tuple(b for b in new if not (isinstance(b, Page) and b in before)))
        said |= {block.html for block in blocks if isinstance(block, _ONCE)}


_ONCE = (Text, Table, Cards)


def _steps(chapters: Sequence[Story]) -> list[Step]:
    """The code of all chapters, counted through; a step before any section is its chapter's."""
    steps = [
        replace(step, section=step.section or chapter.title)
        for chapter in chapters
        for step in chapter.steps
    ]
    return [replace(step, number=number) for number, step in enumerate(steps, start=1)]
