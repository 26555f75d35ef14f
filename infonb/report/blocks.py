"""What a notebook with outputs tells, as blocks in a report's order, before there is any page."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, ClassVar

from infonb.report.chart_svg import VEGALITE
from infonb.report.display import NOTHING, OWN, PROVENANCE
from infonb.report.pages import PAGES
from infonb.report.sanitize import safe_html, safe_markdown, without_terminal_codes

if TYPE_CHECKING:
    from nbformat import NotebookNode

_WIDGET = "application/vnd.jupyter.widget-view+json"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class Heading:
    """A heading: its level on the page, its id, its words, and the same as sanitised HTML."""

    level: int
    anchor: str
    words: str
    html: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Link:
    """Where a link within the notebook leads; known once all headings are."""

    target: str
    anchors: Mapping[str, str] = field(compare=False)

    def __str__(self) -> str:
        return escape(self.anchors.get(self.target, self.target))


@dataclass(frozen=True)
class Text:
    """Sanitised HTML without headings and wide tables, its inner links apart."""

    parts: tuple[str | Link, ...]
    kind: ClassVar[str] = "text"

    @property
    def html(self) -> str:
        """All of it."""
        return "".join(map(str, self.parts))


@dataclass(frozen=True)
class Table:
    """A table as sanitised HTML, what it is called, and how many columns are headed."""

    html: str
    label: str
    columns: int = 0
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Cards:
    """The key facts of a first screen, as sanitised HTML."""

    html: str
    kind: ClassVar[str] = "cards"


@dataclass(frozen=True)
class Figure:
    """A chart: its Vega-Lite spec as the notebook has it, and what goes before ids in it."""

    spec: dict[str, Any]
    name: str = "chart"
    kind: ClassVar[str] = "figure"


@dataclass(frozen=True)
class Picture:
    """A picture with its bytes as a data address, and its words."""

    source: str
    words: str
    kind: ClassVar[str] = "picture"


@dataclass(frozen=True)
class Printed:
    """What a step printed."""

    text: str
    kind: ClassVar[str] = "printed"


@dataclass(frozen=True)
class Note:
    """A remark of the report's own."""

    text: str
    kind: ClassVar[str] = "note"


@dataclass(frozen=True)
class Nothing:
    """Words where there is nothing to show; `asked` where asking people would change that.

    In a section that has more to show, the chart of these words stands as any other.
    """

    text: str
    asked: bool = False
    figure: Figure | None = None
    kind: ClassVar[str] = "note"


@dataclass(frozen=True)
class Failed:
    """A step that was allowed to end with an error."""

    text: str
    kind: ClassVar[str] = "failed"


@dataclass(frozen=True)
class Chapter:
    """One of several notebooks on a page."""

    blocks: tuple[Block, ...]
    kind: ClassVar[str] = "chapter"


@dataclass(frozen=True)
class Page:
    """Occupations side by side, one occupation, or contradictions: what `pages` tells, as data.

    An occupation has a heading of its own, at `level` and `anchor`, and is the `first` or not;
    side by side, each leads to it.
    """

    data: Mapping[str, Any]
    level: int
    anchor: str
    first: bool
    anchors: Mapping[str, str] = field(compare=False)
    kind: ClassVar[str] = "page"

    @property
    def links(self) -> dict[str, str]:
        """Occupation to the id of its page; known once all of them are."""
        titles = self.data.get("titles", ())
        return {t: self.anchors[at] for t in titles if (at := _PAGE_OF + t) in self.anchors}


_PAGE_OF = "occupation\n"

Block = (
    Heading | Text | Table | Cards | Figure | Picture | Printed | Note | Nothing | Failed
    | Chapter | Page
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A code cell, as the reader may look it up: its number, where it belongs, its source."""

    number: int
    section: str
    source: str


@dataclass(frozen=True)
class Entry:
    """One entry of the contents list: the anchor's id, the heading's words, and what is in it."""

    anchor: str
    words: str
    inside: tuple[Entry, ...] = ()


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
        The rest.
    contents
        Headings of the sections.
    steps
        The code, in order.
    basis
        What it rests on: see `infonb.report.provenance`.
    anchor
        Where the title is.
    unasked
        Headings of sections that are left out, since nobody was asked yet.
    shortened
        Whether sections without anything to show are left out.
    """

    title: str = ""
    opening: list[Block] = field(default_factory=list)
    sections: list[Block] = field(default_factory=list)
    contents: list[Entry] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    basis: dict[str, Any] = field(default_factory=dict)
    anchor: str = ""
    unasked: list[str] = field(default_factory=list)
    shortened: bool = False

    def is_empty(self, but: Block | None) -> bool:
        """Whether nothing is there, but for that, than words around what can't be shown yet."""
        blocks = [*self.opening, *self.sections]
        return self.shortened and not any(_shows(block) for block in blocks if block != but)


def tell(
    nb: NotebookNode, name: str, outline: Outline | None = None, only_one: bool = False
) -> Story:
    """The facts of a report, from an executed notebook.

    Parameters
    ----------
    nb
        Cells with their outputs.
    name
        The file's name, for a notebook without a top heading.
    outline
        That of the page, where this is a chapter of one.
    only_one
        Whether all that is known of the only occupation stands at the top of the page: then our
        charts, made to compare, say it again and are left out.

    Returns
    -------
    Story
    """
    story = Story(basis=dict(nb.metadata.get("infonb", {}).get("provenance", {})))
    outline = outline or Outline()
    blocks: list[Block] = []
    for cell in nb.cells:
        if OWN in cell.metadata.get("tags", ()):
            continue
        if cell.cell_type == "markdown":
            attachments = cell.get("attachments", {})
            blocks += read(safe_markdown(cell.source, attachments), outline)
        elif cell.cell_type == "code":
            if cell.source.strip():
                section = outline.contents[-1].words if outline.contents else ""
                step = Step(len(story.steps) + 1, section, cell.source)
                story.steps.append(step)
            for output in cell.outputs:
                shown = _output(output, outline, story)
                blocks += [Nothing("") if only_one and _is_ours(b) else b for b in shown]
    if not outline.title:
        title = _spoken(nb.metadata.get("title") or name)
        blocks.insert(0, outline.heading(1, title, escape(title)))
    story.title, story.anchor, story.contents = outline.title, outline.anchor, outline.contents
    section = outline.top + 1
    blocks = _without_empty_sections(blocks, section, story)
    begins = (n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == section)
    cut = next(begins, len(blocks))
    story.opening, story.sections = blocks[:cut], blocks[cut:]
    return story


def _without_empty_sections(blocks: Sequence[Block], level: int, story: Story) -> list[Block]:
    """What is left when sections without anything to show are one line of their names."""
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == level:
            sections.append([])
        sections[-1].append(block)
    kept = list(map(_in_full, sections[0]))
    for section in sections[1:]:
        missing = [block for block in section if isinstance(block, Nothing)]
        if not missing or any(map(_shows, section)):
            kept += map(_in_full, section)
            continue
        story.shortened = True
        heading = section[0]
        assert isinstance(heading, Heading)
        story.contents = [entry for entry in story.contents if entry.anchor != heading.anchor]
        if any(block.asked for block in missing):
            name = heading.words.rstrip("?. ")
            story.unasked.append(name[:1].lower() + name[1:])
    return kept


def _is_ours(block: Block) -> bool:
    """Whether it is a chart of infonb's."""
    meta = block.spec.get("usermeta") if isinstance(block, Figure) else None
    return isinstance(meta, dict) and "infonb" in meta


def _in_full(block: Block) -> Block:
    return block.figure or block if isinstance(block, Nothing) else block


def _shows(block: Block) -> bool:
    return not isinstance(block, Heading | Text | Note | Nothing)


def _output(output: NotebookNode, outline: Outline, story: Story) -> list[Block]:
    """One output as blocks; the richest form that a report can show safely."""
    if output.output_type == "stream":
        return _printed(output.text) if output.name == "stdout" else []
    if output.output_type == "error":
        return [Failed(without_terminal_codes(f"{output.ename}: {output.evalue}"))]
    data = output.data
    if PROVENANCE in data:
        story.basis = dict(data[PROVENANCE])
        return []
    if isinstance(data.get(PAGES), dict):
        return [_page(data[PAGES], outline)]
    if NOTHING in data:
        return [Nothing(_said(data.get("text/plain")))]
    if _WIDGET in data:
        return []  # a form is for JupyterLab; who reads a report has no use for it
    for kind, value in data.items():
        if VEGALITE.fullmatch(kind) and isinstance(value, dict):
            meta = value.get("usermeta")
            if isinstance(meta, dict) and meta.get("nothing"):
                chart = Figure(value, outline.free_id("chart"))
                return [Nothing(f"{_said(meta['nothing'])}.", asked=True, figure=chart)]
            return [Figure(value, outline.free_id("chart"))]
    if "text/html" in data:
        return read(safe_html(data["text/html"]))
    if "text/markdown" in data:
        return read(safe_markdown(data["text/markdown"]), outline)
    words = str(output.get("metadata", {}).get("alt") or "A picture without a description")
    for kind in _PICTURES:
        if kind in data:
            content = re.sub(r"[^A-Za-z0-9+/=]", "", data[kind])
            return [Picture(f"data:{kind};base64,{content}", words)]
    if "image/svg+xml" in data:
        # as the source of an image an SVG runs no script and loads nothing
        content = base64.b64encode(data["image/svg+xml"].encode("utf-8", "replace"))
        return [Picture(f"data:image/svg+xml;base64,{content.decode('ascii')}", words)]
    return _printed(data["text/plain"]) if "text/plain" in data else []


def _said(words: Any) -> str:
    return without_terminal_codes("".join(words) if isinstance(words, list) else str(words or ""))


def _page(data: Mapping[str, Any], outline: Outline) -> Page | Nothing:
    if data.get("kind") != "occupation":
        return Page(data, outline.top + 2, "", False, outline.anchors)
    title = str(data.get("title"))
    if _PAGE_OF + title in outline.anchors:
        return Nothing("")  # it is there already
    is_first = not any(at.startswith(_PAGE_OF) for at in outline.anchors)
    heading = outline.heading(3, title, escape(title))
    outline.anchors.setdefault(_PAGE_OF + title, heading.anchor)
    return Page(data, heading.level, heading.anchor, is_first, outline.anchors)


def _printed(text: str) -> list[Block]:
    return [Printed(without_terminal_codes(text).rstrip())]


def _spoken(name: str) -> str:
    """A file's name as a title.

    Examples
    --------
    >>> _spoken("3-compare"), _spoken("my_own notes")
    ('Compare', 'My own notes')
    """
    words = re.sub(r"^\d+[-_ ]*", "", str(name)).replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or "Report"


def read(html: str, outline: Outline | None = None) -> list[Block]:
    """Sanitised HTML as blocks.

    Parameters
    ----------
    html
        As `infonb.report.sanitize` gives it: well-formed.
    outline
        Collects its headings; without one they stay as they are.

    Examples
    --------
    >>> [block.kind for block in read("<p>Nurses</p><table><tr><td>3</td></tr></table>")]
    ['text', 'table']
    """
    reader = _Reader(outline)
    reader.feed(html)
    reader.close()
    return reader.done()


class _Reader(HTMLParser):
    """Takes headings, tables and cards out of the text around them."""

    def __init__(self, outline: Outline | None) -> None:
        super().__init__(convert_charrefs=False)
        self._outline = outline
        self._blocks: list[Block] = []
        self._parts: list[str | Link] = []
        self._around: list[str] = []  # the open elements
        self._begun: tuple[str, int, int] | None = None  # tag, its depth, its first part
        self._caption: list[str] = []
        self._heads: list[list[str]] = []  # words of the headings of a table's columns
        self._column = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._begun is None and self._is_block(tag, given):
            self._begun = (tag, len(self._around), len(self._parts))
            self._caption, self._heads = [], []
        target = given.get("href") or ""
        if tag == "a" and target.startswith("#") and self._outline is not None:
            more = "".join(
                f' {name}="{escape(value or "")}"' for name, value in attrs if name != "href"
            )
            self._parts += ['<a href="#', Link(target[1:], self._outline.anchors), f'"{more}>']
        else:
            self._parts.append(self._labelled(tag, given) or self.get_starttag_text() or "")
        if tag not in ("br", "hr", "img", "col"):
            self._around.append(tag)

    def _labelled(self, tag: str, attributes: Mapping[str, str | None]) -> str:
        """A cell that says its column's heading: on a phone a row becomes a list of cells."""
        if tag == "tr":
            self._column = 0
        if tag not in ("td", "th") or not self._begun or self._begun[0] != "table":
            return ""
        self._column += 1
        if attributes.get("scope") == "col":
            self._heads.append([])
        if tag == "th" or self._column > len(self._heads):
            return ""
        words = " ".join("".join(self._heads[self._column - 1]).split())
        return f'{(self.get_starttag_text() or "")[:-1]} data-label="{escape(words)}">'

    def _is_block(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        if tag == "ul":
            return attributes.get("class") == "infonb-cards"
        return tag == "table" or (tag in _HEADINGS and self._outline is not None)

    def handle_endtag(self, tag: str) -> None:
        self._parts.append(f"</{tag}>")
        if tag in self._around:
            while self._around.pop() != tag:
                pass
        if self._begun and self._begun[:2] == (tag, len(self._around)):
            self._end_block(tag, self._begun[2])
            self._begun = None

    def _end_block(self, tag: str, first: int) -> None:
        html = "".join(map(str, self._parts[first:]))
        block = self._block(tag, html)
        if any(around != "div" for around in self._around):  # in a quote or a list it stays there
            if isinstance(block, Heading):
                opening = f'<h{block.level} id="{block.anchor}">'
                self._parts[first:] = [f"{opening}{block.html}</h{block.level}>"]
            return
        del self._parts[first:]
        self._end_text()
        self._blocks.append(block)
        self._parts = ["<div>"] * len(self._around)

    def _block(self, tag: str, html: str) -> Block:
        if tag == "table":
            label = " ".join("".join(self._caption).split())
            return Table(html, label or "Table", len(self._heads))
        if tag == "ul" or self._outline is None:
            return Cards(html)
        inner = html.partition(">")[2].rpartition("<")[0]
        return self._outline.heading(int(tag[1]), words_of(inner), inner)

    def _end_text(self) -> None:
        if any(str(part).strip() not in ("", "<div>", "</div>") for part in self._parts):
            self._parts += ["</div>"] * len(self._around)
            self._blocks.append(Text(tuple(self._parts)))
        self._parts = []

    def handle_data(self, data: str) -> None:
        self._parts.append(data)
        self._listen(data)

    def handle_entityref(self, name: str) -> None:
        self._character(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._character(f"&#{name};")

    def _character(self, code: str) -> None:
        self._parts.append(code)
        self._listen(unescape(code))

    def _listen(self, words: str) -> None:
        if "caption" in self._around:
            self._caption.append(words)
        elif self._heads and "thead" in self._around:
            self._heads[-1].append(words)

    def done(self) -> list[Block]:
        """All blocks, in order."""
        self._end_text()
        return self._blocks


@dataclass
class Outline:
    """Title, contents list and anchors of a report, collected while its text is read.

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
    anchors
        What JupyterLab calls a heading's anchor → its id here.
    """

    title: str = ""
    contents: list[Entry] = field(default_factory=list)
    anchor: str = ""
    top: int = 1
    taken: set[str] = field(default_factory=lambda: {"report", "contents", "vega"})
    anchors: dict[str, str] = field(default_factory=dict)

    def heading(self, level: int, words: str, html: str) -> Heading:
        """A heading in its place: one top heading in the whole report, an id of its own.

        Examples
        --------
        >>> outline = Outline()
        >>> [outline.heading(1, words, words).level for words in ("Nursing", "Teaching")]
        [1, 2]
        """
        if level == 1 and self.title:
            level = 2
        anchor = self._free_anchor(words)
        if level == 1:
            self.title, self.anchor = words or "Report", anchor
        if level == 2 and words:
            self.contents.append(Entry(anchor, words))
        return Heading(min(level + self.top - 1, 6), anchor, words, html)

    def _free_anchor(self, words: str) -> str:
        anchor = self.free_id(words)
        # JupyterLab's own anchor of the same heading: its words with dashes for spaces
        self.anchors.setdefault(words.replace(" ", "-"), anchor)
        self.anchors.setdefault(anchor, anchor)
        return anchor

    def free_id(self, words: str) -> str:
        """An id that nothing else of the page has.

        Examples
        --------
        >>> outline = Outline()
        >>> outline.free_id("At home!"), outline.free_id("at home")
        ('at-home', 'at-home-2')
        """
        base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-") or "part"
        found, n = base, 1
        while found in self.taken:
            n += 1
            found = f"{base}-{n}"
        self.taken.add(found)
        return found


def words_of(html: str) -> str:
    """The text of a piece of sanitised HTML, on one line.

    Examples
    --------
    >>> words_of("What <em>they</em> said &amp; meant")
    'What they said & meant'
    """
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
