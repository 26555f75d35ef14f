"""More hostile text and hostile charts, in every channel: 0 executed, 0 requests, all charts there.

The texts of `test_report.HOSTILE` are the common ones; here stand those that get past a careless
sanitiser, parser or drawing library. What a text may do is noted on the console ("PWN").
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser
from test_report import (
    HOSTILE,
    SAFE_ADDRESSES,
    chart,
    code,
    hostile_notebook,
    ratings,
    witness,
    written,
)

from infonb.report.run import page_of

v4 = nbformat.v4
RUN = "console.log('@')"
PACKED = base64.b64encode(
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='console.log(1)'/>"
).decode()

SLY = {
    # markup that means something else once it is parsed again
    "mutation by namespace": f"<svg></p><style><a id='</style><img src=1 onerror={RUN}>'>",
    "mutation by table": f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    "mutation by comment": f"<svg><!--</svg><img title='--><img src=x onerror={RUN}>'>",
    "mutation by annotation": f"<math><annotation-xml encoding='text/html'><img src=x onerror={RUN}></annotation-xml></math>",
    "mutation by select": f"<select><template><style><!--</style><a rel='--></style></template></select><img src onerror={RUN}>'>",
    "mutation by cdata": f"<svg><![CDATA[><img src=x onerror={RUN}>]]></svg>",
    "mutation by processing": f"<?xml-stylesheet ><img src=x onerror={RUN}> ?>",
    "foreign object": f"<svg><foreignObject><iframe srcdoc='<script>parent.{RUN}</script>'></iframe></foreignObject></svg>",
    "svg use": f"<svg><use href='data:image/svg+xml;base64,{PACKED}#x'/></svg>",
    "svg set": f"<svg><a><set attributeName=href to=\"javascript:{RUN}\"/><text y=20>c</text></a></svg>",
    "svg image": "<svg><image href='https://outside.test/@'/><feImage href='https://outside.test/@'/></svg>",
    "svg style": "<svg><style>@import url(https://outside.test/@);</style></svg>",
    "svg handler": f"<svg><handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>{RUN}</handler></svg>",
    # addresses in disguise
    "control characters": f"<a href=\"\x01java\x09scr\x0aipt\x0d:{RUN}\">c</a>",
    "entities": f"<a href=\"&#x6A;avascript&colon;{RUN}\">c</a>",
    "newline entity": f"<a href=\"java&NewLine;script&Tab;:{RUN}\">c</a>",
    "full width": f"<a href=\"ｊavascript:{RUN}\">c</a>",
    "vbscript": "<a href='vbscript:msgbox(1)'>c</a><a href='livescript:x'>c</a>",
    "blob and file": "<a href='blob:https://outside.test/@'>c</a><img src='file:///etc/passwd'>",
    "protocol relative": "<a href='//outside.test/@'>c</a><img src='//outside.test/@'><img src='\\\\outside.test\\@'>",
    "data html": f"<iframe src=\"data:text/html,<script>{RUN}</script>\"></iframe>",
    "data picture with script": f"<img src=\"data:image/svg+xml;base64,{PACKED}\">",
    "data picture in capitals": f"<img src=\"DATA:IMAGE/SVG+XML,<svg onload={RUN}>\">",
    "https with user": "<a href='https://bls.gov@outside.test/@' target=_top ping=https://outside.test/@>c</a>",
    # things that load by themselves
    "background": "<body background=https://outside.test/@><table background=https://outside.test/@>",
    "style escapes": "<p style='b\\61ckground:u\\72l(https://outside.test/@)'>x</p>",
    "css variables": "<style>:root{--x:url(https://outside.test/@)}*{background:var(--x)}</style>",
    "fonts": "<style>@font-face{font-family:x;src:url(https://outside.test/@)}*{font-family:x}</style>",
    "preload": "<link rel=preload as=image href=https://outside.test/@><link rel=preconnect href=https://outside.test>",
    "manifest": "<link rel=manifest href=https://outside.test/@><link rel=icon href=https://outside.test/@>",
    "refresh in capitals": "<META HTTP-EQUIV='Refresh' CONTENT='0; URL=https://outside.test/@'>",
    "policy of their own": "<meta http-equiv=Content-Security-Policy content=\"default-src *\">",
    "audio and track": "<audio src=https://outside.test/@ autoplay></audio><video poster=https://outside.test/@>",
    "input picture": "<input type=image src=https://outside.test/@><isindex action=https://outside.test/@>",
    "frames": "<frameset><frame src=https://outside.test/@></frameset><portal src=https://outside.test/@></portal>",
    "speculation": "<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"https://outside.test/@\"]}]}</script>",
    "import map": "<script type=importmap>{\"imports\":{\"x\":\"https://outside.test/@\"}}</script>",
    # out of an element that holds text
    "textarea": f"</textarea></title></style></noscript></template><img src=x onerror={RUN}>",
    "raw text": f"<noembed><img title='</noembed><img src=x onerror={RUN}>'><noframes></noframes>",
    "script twice": "<!--<script><script></script>-->console.log('@')</script><!--",
    "data script": f"\"}}]}}</script  ><script  type=module>{RUN}</script>",
    "json escapes": "\\u003c/script\\u003e\\x3cimg src=x onerror=console.log('@')\\x3e",
    "line separators": f"\u2028{RUN}\u2029//\u0085{RUN}",
    "nul and bom": f"<scr\0ipt>{RUN}</scr\0ipt>\ufeff<\ufeffimg src=x onerror={RUN}>",
    "bidi": f"\u202e>'@'=rorreno gmi<\u202c \u2066<img src=x onerror={RUN}>\u2069",
    "shadow": f"<div><template shadowrootmode=open><img src=x onerror={RUN}></template></div>",
    "custom element": f"<x-y onfocus={RUN} tabindex=1 autofocus contenteditable>x</x-y>",
    "popover": f"<button popovertarget=p>b</button><p id=p popover onbeforetoggle={RUN}>x</p>",
    "clobbering": "<img name=vega id=vega><a id=vegaEmbed><form id=figures><input name=querySelectorAll></form>",
    # Markdown that becomes more than it says
    "reference": f"[c][1]\n\n[1]: javascript:{RUN} 'title'",
    "reference picture": "![p][1]\n\n[1]: https://outside.test/@ 'title'",
    "autolink": f"<javascript:{RUN}> <https://outside.test/@>",
    "title breakout": f"[c](https://outside.test/ \"x\\\" onmouseover={RUN} y=\\\"\")",
    "alt breakout": f"![x\" onerror={RUN} \"](https://outside.test/@)",
    "fence": f"```html\"><img src=x onerror={RUN}>\n</code></pre><img src=x onerror={RUN}>\n```",
    "attachment": f"![x](attachment:x\" onerror={RUN} \"y)",
    "table": f"| a |\n|---|\n| <img src=x onerror={RUN}> [c](javascript:{RUN}) |",
    # what is evaluated in a drawing
    "expression": "'+(constructor.constructor(\"console.log('@')\")())+'",
    "field path": "datum['a']['constructor']['constructor']('console.log(1)')()",
    "signal name": "{\"signal\": \"constructor.constructor('console.log(1)')()\"}",
}  # fmt: skip


def test_there_are_more_than_a_hundred_texts_each_of_its_own() -> None:
    assert len({*HOSTILE, *SLY.values()}) == len(HOSTILE) + len(SLY) >= 100


@pytest.mark.parametrize("first", range(0, len(SLY), 15))
def test_no_text_runs_loads_or_breaks_a_chart(first: int, browser: Browser, tmp_path: Path) -> None:
    texts = [*SLY.values()][first : first + 15]
    # all but the chart that each of them ends with; one at the end will do
    cells = [cell for text in texts for cell in hostile_notebook(text).cells[:-1]]
    cells.append(code(chart(ratings(1, title="The last one is drawn"))))
    report = written(v4.new_notebook(cells=cells), tmp_path)
    with witness(browser) as seen:
        page = seen.open(report)
        page.locator("details.code").evaluate("details => (details.open = true)")
        draw_all(page)
        assert seen.charts() == ["drawn"] * (len(texts) + 1)
        page.locator("figure svg .mark-rect path").first.hover(force=True)
        assert [line for line in seen.console if "PWN" in line and "outside.test" not in line] == []
        assert seen.outside == [] and seen.strays == []
        assert page.url == report.as_uri()
        assert page.evaluate(SAFE_ADDRESSES) == []
        assert page.evaluate(ACTING) == []
        assert page.locator("script").count() == len(texts) + 1 + 2  # specs, library, loader
        assert page.locator("style").count() == 1
        assert page.locator(".title", has_text="The last one is drawn").is_visible()


ACTING = """() => [...document.querySelectorAll('*')].flatMap(e => [
    ...(/^(iframe|frame|object|embed|form|input|button|base|link|template|portal|audio|video|track|use|set|animate|foreignobject|handler)$/i
        .test(e.localName) ? [e.outerHTML.slice(0, 200)] : []),
    ...(e.localName == 'meta' && /refresh/i.test(e.httpEquiv) ? ['refresh'] : []),
    ...(e.shadowRoot ? ['shadow root'] : []),
    ...[...e.attributes].filter(a => /^(on|style$|srcdoc|srcset|ping|background|formaction|popover)/i.test(a.name)
        && !e.closest('.drawing, .tip')).map(a => `${e.localName} ${a.name}=${a.value}`),
  ])"""  # fmt: skip


def draw_all(page: Any) -> None:
    """Go through the page, so that charts that wait to be seen are drawn."""
    script = "() => document.querySelectorAll('figure[data-chart=waiting]').length === 0"
    page.evaluate(
        "document.querySelectorAll('figure[data-chart]').forEach(f => f.scrollIntoView())"
    )
    page.wait_for_function(script, timeout=60_000)


# ---------------------------------------------------------------- charts that are themselves hostile


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who asks it for anything: nobody must, a browser nor infonb itself."""
    asked: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, *_: Any) -> None:
            """Keep the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Note)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def hostile_specs(outside: str) -> dict[str, dict[str, Any]]:
    """Charts that ask for more than to be drawn, each in one way."""
    escape = "constructor.constructor('console.log(\"PWN\")')()"
    bar = ratings(1)
    rows = {"values": [{"a": 1, "b": "x", "u": f"{outside}/field"}]}
    x = {"x": {"field": "a", "type": "quantitative"}}
    js = "javascript:console.log('PWN')"
    return {
        "data from outside": {"mark": "bar", "data": {"url": f"{outside}/data.json"}, "encoding": x},
        "map from outside": {"mark": "geoshape", "data": {"url": f"{outside}/map", "format": {"type": "topojson", "feature": "x"}}},
        "look-up outside": {"mark": "bar", "data": rows, "transform": [{"lookup": "a", "from": {"data": {"url": f"{outside}/look"}, "key": "a", "fields": ["c"]}}], "encoding": x},
        "picture from outside": {"mark": {"type": "image", "url": f"{outside}/picture", "width": 9, "height": 9}, "data": rows, "encoding": x},
        "picture by field": {"mark": {"type": "image", "width": 9, "height": 9}, "data": rows, "encoding": {**x, "url": {"field": "u"}}},
        "picture by expression": {"mark": {"type": "image", "width": 9, "height": 9}, "data": rows, "encoding": {**x, "url": {"value": f"{outside}/value"}}},
        "link that acts": {"mark": {"type": "bar", "href": js}, "data": rows, "encoding": x},
        "link by value": {"mark": "bar", "data": rows, "encoding": {**x, "href": {"value": js}}},
        "link outside": {"mark": {"type": "bar", "href": "//outside.test/x"}, "data": rows, "encoding": x},
        "tooltip picture": {"mark": "bar", "data": rows, "encoding": {**x, "tooltip": {"value": {"image": f"{outside}/tip"}}}},
        "calculation": {**bar, "transform": [{"calculate": escape, "as": "z"}]},
        "filter": {**bar, "transform": [{"filter": escape}]},
        "parameter": {**bar, "params": [{"name": "p", "expr": escape}]},
        "parameter of an event": {**bar, "params": [{"name": "p", "value": 0, "on": [{"events": "window:load", "update": escape}]}]},
        "form": {**bar, "params": [{"name": "p", "value": 0, "bind": {"input": "range", "element": "body"}}]},
        "title": {**bar, "title": {"text": {"expr": escape}}},
        "axis": {"mark": "bar", "data": rows, "encoding": {"x": {**x["x"], "axis": {"labelExpr": escape}}}},
        "format": {"mark": "bar", "data": rows, "encoding": {"x": {**x["x"], "axis": {"formatType": "constructor", "format": "x"}}}},
        "options": {**bar, "usermeta": {"embedOptions": {"ast": False, "actions": True, "loader": {"http": {}}, "patch": f"{outside}/patch", "config": f"{outside}/config", "defaultStyle": "*{background:red}"}}},
        "background": {**bar, "background": f"url({outside}/background)"},
        "fill": {"mark": {"type": "bar", "fill": f"url({outside}/fill)"}, "data": rows, "encoding": x},
        "font": {**bar, "config": {"font": f"x;}} @import url({outside}/font);"}},
        "path": {"mark": {"type": "point", "shape": "M0 0'/><img src=x onerror=console.log('PWN')>"}, "data": rows, "encoding": x},
        "description": {**bar, "description": {"expr": escape}},
        "signal": {"mark": {"type": "bar", "color": {"signal": escape}}, "data": rows, "encoding": x},
        "generator": {"mark": "bar", "data": {"sequence": {"start": 0, "stop": {"expr": escape}}}, "encoding": x},
        "name": {**bar, "name": "x'];console.log('PWN');['"},
        "projection": {"mark": "geoshape", "data": {"sphere": True}, "projection": {"type": "constructor"}},
        "not a chart": {"mark": {"__proto__": {"type": "bar"}}, "data": {"values": [{"__proto__": 1, "constructor": 2}]}, "encoding": {"x": {"field": "__proto__"}}},
    }  # fmt: skip


def test_a_chart_can_only_be_drawn(
    browser: Browser, tmp_path: Path, listener: tuple[str, list[str]]
) -> None:
    outside, asked = listener
    specs = hostile_specs(outside)
    charts = [chart(spec) for spec in specs.values()]
    page_text = page_of(v4.new_notebook(cells=[code(*charts), code(chart(ratings(1)))]))
    assert asked == [], "making the page asked for something"
    report = tmp_path / "report.html"
    report.write_text(page_text, encoding="utf-8")
    context = browser.new_context()  # with the network there to be used
    said: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: (said.append("PWN dialog"), dialog.dismiss()))
        page.goto(report.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        draw_all(page)
        for bar in page.locator("figure svg .mark-rect path").all()[:12]:
            bar.hover(force=True)
        assert asked == [] and [line for line in said if "PWN" in line] == []
        assert page.evaluate(SAFE_ADDRESSES) == []
        assert page.locator("form, input, iframe, .vega-actions").count() == 0
        assert page.locator("figure[data-chart]").last.get_attribute("data-chart") == "drawn"
        assert page.url == report.as_uri()
    finally:
        context.close()
