"""What a notebook with outputs tells, in the order of a report, before there is any page."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from infonb.report.chart_svg import VEGALITE, figure
from infonb.report.display import PROVENANCE, framed
from infonb.report.sanitize import safe_html, safe_markdown, without_terminal_codes

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


_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """One entry of the contents list: the anchor's id, the heading's words, and what is in it."""

    anchor: str
    words: str
    inside: tuple[Heading, ...] = ()


@dataclass
class Headings:
    """Collects the headings of a report while its text goes by.

    Attributes
    ----------
    title
        Words of the first top heading; empty while there was none.
    contents
        The second-level headings in order.
    anchor
        Where the title is.
    top
        Level of the title on the page: 1, and 2 where the report is a chapter of one.
    taken
        Ids of the page; chapters of one page share them.
    """

    title: str = ""
    contents: list[Heading] = field(default_factory=list)
    anchor: str = ""
    top: int = 1
    taken: set[str] = field(default_factory=lambda: {"report", "contents", "vega"})
    _anchors: dict[str, str] = field(default_factory=dict)

    def anchored(self, html: str) -> str:
        """The same HTML with an id on each heading, and one top heading in the whole report.

        Parameters
        ----------
        html
            Sanitised HTML, whose headings have no attributes.

        Examples
        --------
        >>> Headings().anchored("<h2>At home</h2><h2>At home</h2>")
        '<h2 id="at-home">At home</h2><h2 id="at-home-2">At home</h2>'
        """
        return _HEADING.sub(self._anchor, html)

    def _anchor(self, match: re.Match[str]) -> str:
        level, inner = int(match[1]), match[2]
        words = words_of(inner)
        if level == 1 and self.title:
            level = 2
        anchor = self._free_anchor(words)
        if level == 1:
            self.title, self.anchor = words or "Report", anchor
        if level == 2 and words:
            self.contents.append(Heading(anchor, words))
        level = min(level + self.top - 1, 6)
        return f'<h{level} id="{anchor}">{inner}</h{level}>'

    def _free_anchor(self, words: str) -> str:
        anchor = self.free_id(words)
        # JupyterLab's own anchor of the same heading: its words with dashes for spaces
        self._anchors.setdefault(words.replace(" ", "-"), anchor)
        self._anchors.setdefault(anchor, anchor)
        return anchor

    def free_id(self, words: str) -> str:
        """An id that nothing else of the page has.

        Examples
        --------
        >>> headings = Headings()
        >>> headings.free_id("At home!"), headings.free_id("at home")
        ('at-home', 'at-home-2')
        """
        base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-") or "part"
        found, n = base, 1
        while found in self.taken:
            n += 1
            found = f"{base}-{n}"
        self.taken.add(found)
        return found

    def linked(self, html: str) -> str:
        """The same HTML with links inside the notebook led to this report's anchors.

        Examples
        --------
        >>> headings = Headings()
        >>> page = headings.anchored("<h2>At home</h2>")
        >>> headings.linked('<a href="#At-home">there</a>')
        '<a href="#at-home">there</a>'
        """

        def lead(match: re.Match[str]) -> str:
            anchor = self._anchors.get(unescape(match[1]))
            return f'href="#{anchor}"' if anchor else match[0]

        return re.sub(r'href="#([^"]*)"', lead, html)


def words_of(html: str) -> str:
    """The text of a piece of sanitised HTML, on one line.

    Examples
    --------
    >>> words_of("What <em>they</em> said &amp; meant")
    'What they said & meant'
    """
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
