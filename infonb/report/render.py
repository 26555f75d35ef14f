"""The page of a report: the story in the template, and a policy that allows only what is ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from infonb.look import css as tokens
from infonb.report.blocks import Heading, Headings, Step, Story, tell
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
    style = "\n".join([tokens(), _own_file("report.css"), _widths(story.opening + story.sections)])
    loader = _own_file("report.js")
    bundle = vega_bundle() if story.charts else None
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
        opening=Markup(story.opening),
        sections=Markup(story.sections),
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


def _widths(html: str) -> str:
    """Rules for the pictures of charts: how wide each is, and which of two fits its column.

    They stand in the page's style because the policy allows no style on an element.
    """
    pictures = re.findall(r'<svg (?:class="\w+-([\d.]+)" )?width="([\d.]+)"', html)
    rules = [
        f'.drawing > svg[width="{width}"] {{ --drawn-width: {width}px; }}'
        for width in sorted({width for _, width in pictures}, key=float)
    ]
    for below in sorted({below for below, _ in pictures if below}, key=float):
        slim, wide = (f'.drawing > [class="{kind}-{below}"]' for kind in ("below", "from"))
        hidden = "{ display: none; }"
        rules += [
            f"@media screen {{ @container (width < {below}px) {{ {wide} {hidden} }} }}",
            f"@media screen {{ @container (width >= {below}px) {{ {slim} {hidden} }} }}",
            f"@media print {{ {slim} {hidden} }}",
        ]
    return "\n".join(rules)


@cache
def template() -> Template:
    """The page's template, in which everything is escaped that is not marked as HTML."""
    return Environment(loader=FileSystemLoader(_HERE), autoescape=True).get_template(
        "templates/page.html.j2"
    )


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


_CARDS = re.compile(r'<ul class="infonb-cards">.*?</ul>', re.DOTALL)


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
    shared = Headings()
    chapters = [
        tell(notebook, name, Headings(top=2, taken=shared.taken)) for notebook, name in notebooks
    ]
    basis = merged_basis(chapter.basis for chapter in chapters)
    people = basis.get("people")
    title = f"What {people} people told me" if people and people > 1 else "What I found out"
    cards = next((found[0] for c in chapters if (found := _CARDS.search(c.opening))), "")
    rests = basis_in_words(basis)
    lead = f'<p class="infonb-note">{escape(rests)}</p>' if rests else ""
    return Story(
        title=title,
        opening=shared.anchored(f"<h1>{title}</h1>") + lead + cards,
        sections="\n".join(_chapter(chapter, cards) for chapter in chapters),
        contents=[Heading(c.anchor, c.title, tuple(c.contents)) for c in chapters],
        steps=_steps(chapters),
        charts=sum(chapter.charts for chapter in chapters),
        basis=basis,
    )


def _chapter(story: Story, cards: str) -> str:
    opening = story.opening.replace(cards, "", 1) if cards else story.opening
    return (
        f'<section class="chapter">{opening}\n{story.sections}\n'
        '<p class="back"><a href="#contents">Contents</a></p></section>'
    )


def _steps(chapters: Sequence[Story]) -> list[Step]:
    """The code of all chapters, counted through; a step before any section is its chapter's."""
    steps = [
        replace(step, section=step.section or chapter.title)
        for chapter in chapters
        for step in chapter.steps
    ]
    return [replace(step, number=number) for number, step in enumerate(steps, start=1)]
