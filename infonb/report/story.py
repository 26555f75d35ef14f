"""What a notebook with outputs tells, in the order of a report, before there is any page."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from infonb.report.facts import PROVENANCE
from infonb.report.figures import VEGALITE, figure
from infonb.report.headings import Heading, Headings, words_of
from infonb.report.sanitising import safe_html, safe_markdown, without_terminal_codes
from infonb.report.tables import framed

if TYPE_CHECKING:
    from nbformat import NotebookNode

_WIDGET = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class Step:
    """A code cell, as the reader may look it up: its number, where it belongs, its source."""

    number: int
    section: str
    source: str


@dataclass
class Story:
    """All that a report says, before any page exists.

    Attributes
    ----------
    title
        Words of the first top heading, or the notebook's name.
    opening
        The first screen: title, what the first cell says, and all before the first section.
    sections
        The rest, as HTML.
    contents
        Headings of the sections.
    steps
        The code, in order.
    charts
        How many charts are to be drawn.
    basis
        What it rests on: see `infonb.report.provenance`.
    anchor
        Where the title is.
    """

    title: str = ""
    opening: str = ""
    sections: str = ""
    contents: list[Heading] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    charts: int = 0
    basis: dict[str, Any] = field(default_factory=dict)
    anchor: str = ""


def tell(nb: NotebookNode, name: str, headings: Headings | None = None) -> Story:
    """The facts of a report, from an executed notebook.

    Parameters
    ----------
    nb
        Cells with their outputs.
    name
        The file's name, for a notebook without a top heading.
    headings
        Those of the page, where this is a chapter of one.

    Returns
    -------
    Story
    """
    story = Story(basis=dict(nb.metadata.get("infonb", {}).get("provenance", {})))
    headings = headings or Headings()
    blocks: list[str] = []
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            attachments = cell.get("attachments", {})
            blocks.append(headings.anchored(safe_markdown(cell.source, attachments)))
        elif cell.cell_type == "code":
            if cell.source.strip():
                section = headings.contents[-1].words if headings.contents else ""
                step = Step(len(story.steps) + 1, section, cell.source)
                story.steps.append(step)
            blocks += [_output(output, headings, story) for output in cell.outputs]
    if not headings.title:
        spoken = _spoken(nb.metadata.get("title") or name)
        blocks.insert(0, headings.anchored(f"<h1>{escape(spoken)}</h1>"))
    story.title, story.anchor = headings.title, headings.anchor
    page = headings.linked("\n".join(block for block in blocks if block))
    story.contents = headings.contents
    first_section = page.find(f"<h{headings.top + 1} id=")
    cut = first_section if first_section >= 0 else len(page)
    story.opening, story.sections = page[:cut].strip(), page[cut:].strip()
    return story


def _output(output: NotebookNode, headings: Headings, story: Story) -> str:
    """One output as HTML; the richest form that a report can show safely."""
    if output.output_type == "stream":
        return _plain(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":
        said = escape(without_terminal_codes(f"{output.ename}: {output.evalue}"))
        return f'<p class="failed" role="note">This step ended with an error. {said}</p>'
    data = output.data
    if PROVENANCE in data:
        story.basis = dict(data[PROVENANCE])
        return ""
    if _WIDGET in data:
        return '<p class="infonb-note">In JupyterLab a form stands here.</p>'
    for kind, value in data.items():
        if VEGALITE.fullmatch(kind) and isinstance(value, dict):
            story.charts += 1
            return figure(value, headings.free_id("chart"))
    return _rich(data, output.get("metadata", {}), headings)


def _rich(data: Mapping[str, Any], metadata: Mapping[str, Any], headings: Headings) -> str:
    if "text/html" in data:
        return _scrollable(safe_html(data["text/html"]))
    if "text/markdown" in data:
        return headings.anchored(_scrollable(safe_markdown(data["text/markdown"])))
    words = escape(str(metadata.get("alt") or "A picture without a description"))
    for kind in _PICTURES:
        if kind in data:
            content = re.sub(r"[^A-Za-z0-9+/=]", "", data[kind])
            return _picture(f"data:{kind};base64,{content}", words)
    if "image/svg+xml" in data:
        # as the source of an image an SVG runs no script and loads nothing
        content = base64.b64encode(data["image/svg+xml"].encode("utf-8", "replace"))
        return _picture(f"data:image/svg+xml;base64,{content.decode('ascii')}", words)
    return _plain(data["text/plain"]) if "text/plain" in data else ""


def _picture(source: str, words: str) -> str:
    return f'<figure class="picture"><img src="{source}" alt="{words}"></figure>'


def _plain(text: str) -> str:
    return f'<pre class="printed">{escape(without_terminal_codes(text).rstrip())}</pre>'


def _scrollable(html: str) -> str:
    """Tables in a frame of their own, so that a wide one never widens the page."""

    def in_frame(match: re.Match[str]) -> str:
        caption = re.search(r"<caption>(.*?)</caption>", match[0], re.DOTALL)
        words = words_of(caption[1]) if caption else ""
        return framed(match[0], words or "Table")

    return re.sub(r"<table\b.*?</table>", in_frame, html, flags=re.DOTALL)


def _spoken(name: str) -> str:
    """A file's name as a title.

    Examples
    --------
    >>> _spoken("3-compare"), _spoken("my_own notes")
    ('Compare', 'My own notes')
    """
    words = re.sub(r"^\d+[-_ ]*", "", str(name)).replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or "Report"
