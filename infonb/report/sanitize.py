"""What may stand in a report: HTML and Markdown with everything that could act taken out.

Three walls, each enough on its own for most attacks: the HTML is rebuilt from an allow-list (nh3),
text from frames is escaped before it becomes HTML, and the page's content security policy runs
no script but ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import unquote

import nh3

_TAGS = (
    "a abbr b blockquote br caption cite code col colgroup dd del div dl dt em figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub"
    " sup table tbody td tfoot th thead time tr u ul"
)
_ATTRIBUTES = {
    "*": {"title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan", "abbr"},
    "td": {"colspan", "rowspan"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start"},
    "time": {"datetime"},
}
_CLASSES = {
    "p": {"infonb-sentence", "infonb-note"},
    "ul": {"infonb-cards"},
    "li": {"infonb-card", "infonb-warn"},
    "div": {"infonb-quotes"},
    "blockquote": {"infonb-quote"},
    "table": {"infonb-table", "dataframe"},
    "th": {"infonb-number", "infonb-short"},
    "td": {"infonb-number", "infonb-short"},
}
_DROPPED_WHOLE = {"script", "style", "iframe", "object", "svg", "math", "template", "noscript"}
_LINK = re.compile(r"(https://|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)


def _checked(tag: str, attribute: str, value: str) -> str | None:
    """Let a link lead to https, mail or within the page; let a picture be its own bytes."""
    if attribute == "href":
        return value if _LINK.match(value) else None
    if attribute == "src":
        return value if _PICTURE.fullmatch(value) else None
    return value


def safe_html(html: str) -> str:
    """The HTML without anything that runs, loads, submits, or reaches outside the page.

    Parameters
    ----------
    html
        Any text; broken HTML comes out mended.

    Returns
    -------
    str
        Well-formed HTML in which every ``<`` begins an allowed tag.

    Examples
    --------
    >>> safe_html("<b onclick=x()>Hello</b><script>x()</script><img src='https://example.org/p'>")
    '<b>Hello</b><img>'
    """
    return nh3.clean(
        str(html),
        tags=set(_TAGS.split()),
        attributes=_ATTRIBUTES,
        attribute_filter=_checked,
        allowed_classes=_CLASSES,
        clean_content_tags=_DROPPED_WHOLE,
        url_schemes={"https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def safe_markdown(text: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Markdown as safe HTML.

    Parameters
    ----------
    text
        Markdown as notebooks have it, HTML inside included.
    attachments
        Pictures kept in the cell, by name, as bundles of MIME type and base64.

    Returns
    -------
    str

    Examples
    --------
    >>> safe_markdown("[one](javascript:x()) **two**")
    '<p><a rel="noopener noreferrer nofollow">one</a> <strong>two</strong></p>'
    """
    kept = attachments or {}

    def shown(match: re.Match[str]) -> str:
        bundle = kept.get(unquote(unescape(match[1]))) or {}
        kind, content = next(iter(bundle.items()), ("image/png", ""))
        return f'src="data:{kind};base64,{content}"'

    html = str(_markdown()(text))
    return safe_html(re.sub(r'src="attachment:([^"]*)"', shown, html)).strip()


@cache
def _markdown() -> Any:
    """JupyterLab's Markdown: tables, strike-through, addresses as links, HTML let through."""
    import mistune

    # what is harmful is for the sanitiser to say, which sees HTML and Markdown alike
    renderer = mistune.HTMLRenderer(escape=False, allow_harmful_protocols=True)
    return mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough", "url"])


def without_terminal_codes(text: str) -> str:
    """Text as a terminal shows it, without the codes that colour it.

    Examples
    --------
    >>> without_terminal_codes("\\x1b[31mred\\x1b[0m")
    'red'
    """
    return re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", text)
