"""The headings of a report: its one title, its contents list, and anchors that links can reach."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

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
