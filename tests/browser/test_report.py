"""Promises of a report in a real browser, with the network cut."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from infonb.report import build, cards, note, provenance, quotes, sentence, table
from infonb.report.render import combined
from infonb.report.render import page as page_made_of
from infonb.report.run import page_of

v4 = nbformat.v4
LONG = "Wind turbine service technician, offshore and onshore, in all weathers"


def chart(spec: dict[str, Any]) -> nbformat.NotebookNode:
    data = {"application/vnd.vegalite.v5+json": spec, "text/plain": "a chart"}
    return v4.new_output("display_data", data=data)


def shown(piece: Any) -> nbformat.NotebookNode:
    return v4.new_output("display_data", data=piece._repr_mimebundle_())


def code(*outputs: nbformat.NotebookNode, source: str = "pass") -> nbformat.NotebookNode:
    return v4.new_code_cell(source, outputs=list(outputs))


def ratings(n: int = 4, width: int = 420, title: str = "Nurses see work ahead") -> dict[str, Any]:
    """Dots, ticks and bands for some occupations, as a wide chart has them."""
    rows = pd.DataFrame(
        {
            "occupation": [f"{LONG} {i}" if i == 1 else f"Occupation {i}" for i in range(n)],
            "rating": [1 + i % 5 for i in range(n)],
            "low": [1.0] * n,
            "high": [3.5] * n,
        }
    )
    base = alt.Chart(rows).encode(y=alt.Y("occupation:N", sort=rows.occupation.tolist()))
    bands = base.mark_bar(opacity=0.3).encode(x="low:Q", x2="high:Q")
    dots = base.mark_circle(size=80).encode(x="rating:Q", tooltip=["occupation", "rating"])
    made = alt.layer(bands, dots).properties(
        width=width,
        title=alt.Title(title, subtitle="Each dot is one person."),
        description=f"{title}: told in words.",
    )
    return made.to_dict()


def story(charts: int = 3) -> nbformat.NotebookNode:
    """A notebook with one of everything a report shows."""
    wide = pd.DataFrame({f"Column {i}": ["some words", "more words"] for i in range(12)})
    said = pd.DataFrame({"person": ["Nurse 1", "Nurse 2"], "text": ["Ask.", "Again."]})
    cells = [
        v4.new_markdown_cell("# Nursing leads\n\nBut *not* by much, see [this](#What-they-said)."),
        code(shown(cards([("Eleven people", "asked so far"), ("Fragile", "one voice", "warn")]))),
        v4.new_markdown_cell("## What they said\n\n- one\n- two\n\n> a quote\n\n`code`"),
        code(*[chart(ratings(title=f"Chart {i}")) for i in range(charts)], source="x = 1 < 2"),
        code(shown(sentence("All three would do it again.")), shown(note("Three are few."))),
        v4.new_markdown_cell("## In numbers\n\n### By column"),
        code(shown(table(wide, "A wide table")), shown(quotes(said))),
        code(v4.new_output("stream", text="printed " * 40)),
        code(shown(provenance(interviews=2, sources=[{"title": "S", "url": "https://e.org/"}]))),
    ]
    return v4.new_notebook(cells=cells)


def written(notebook: nbformat.NotebookNode, folder: Path) -> Path:
    file = folder / "report.html"
    file.write_text(page_of(notebook), encoding="utf-8")
    return file


SHOWN = "all => all.filter(s => s.getBoundingClientRect().height > 50).length"


class Witness:
    """A page that notes what it asks for, what it says and where it goes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.console: list[str] = []
        self.strays: list[str] = []
        page.on("request", self._on_request)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        page.on("popup", lambda popup: self.strays.append(f"popup {popup.url}"))
        page.on("dialog", lambda d: (self.strays.append(f"dialog {d.message}"), d.dismiss()))
        page.on("frameattached", lambda frame: self.strays.append(f"frame {frame.url}"))

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        self.console.append(f"{message.type}: {message.text}")

    def open(self, file: Path) -> Page:
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("html[data-ready]", timeout=60_000)
        return self.page

    @property
    def outside(self) -> list[str]:
        """Requests other than for the report itself."""
        return [url for url in self.requests if url.split("#")[0] != self.page.url.split("#")[0]]

    def charts(self) -> list[str]:
        script = "figures => figures.map(figure => figure.dataset.chart)"
        return self.page.eval_on_selector_all("figure[data-chart]", script)


@contextmanager
def witness(browser: Browser, width: int = 1280, **options: Any) -> Iterator[Witness]:
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True, **options)
    try:
        yield Witness(context.new_page())
    finally:
        context.close()


def test_a_built_report_shows_every_chart_without_a_request(
    browser: Browser, tmp_path: Path
) -> None:
    renderer = (
        "import altair as alt, pandas as pd\n"
        "alt.renderers.register('v5', lambda spec, **_: {'application/vnd.vegalite.v5+json':"
        " {**spec, '$schema': 'https://vega.github.io/schema/vega-lite/v5.json'}})\n"
        "alt.renderers.enable('v5')"
    )
    drawn = (
        "alt.Chart(pd.DataFrame({'a': ['x', 'y'], 'b': [1, 2]})).mark_bar().encode(x='a', y='b')"
    )
    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("# Built"), code(source=renderer)]
        + [code(source=drawn) for _ in range(12)]
    )
    source = tmp_path / "story.ipynb"
    nbformat.write(notebook, source)
    report = build(source, tmp_path / "story.html")
    with witness(browser) as seen:
        page = seen.open(report)
        assert seen.charts() == ["drawn"] * 12
        assert page.locator("figure svg .mark-rect path").count() == 24
        assert seen.outside == [] and seen.console == [] and seen.strays == []


def test_drawing_stays_the_same_where_styles_and_scripts_are_forbidden(
    browser: Browser, tmp_path: Path
) -> None:
    with witness(browser) as seen:
        page = seen.open(written(story(), tmp_path))
        # the policy would tell on the console of every style or script it stopped
        assert seen.console == []
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.title')).fontWeight") == "650"
        )
        assert (
            page.locator(".drawing div svg").first.evaluate(
                "svg => svg.getBoundingClientRect().width"
            )
            > 300
        )


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_scrolls_sideways_and_wide_things_scroll_within_themselves(
    width: int, browser: Browser, tmp_path: Path
) -> None:
    with witness(browser, width) as seen:
        page = seen.open(written(story(), tmp_path))
        page.locator("details.code").evaluate("details => (details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.charts() == ["drawn"] * 3
        frames = page.eval_on_selector_all(
            ".drawing, .wide", "all => all.map(f => [f.scrollWidth > f.clientWidth, f.tabIndex])"
        )
        assert all((tab == 0) == wider for wider, tab in frames), frames
        if width == 360:
            assert any(wider for wider, _ in frames)


def test_a_chart_shrinks_before_it_scrolls(browser: Browser, tmp_path: Path) -> None:
    wide = v4.new_notebook(cells=[code(chart(ratings(width=440)))])
    sizes = {}
    for width in (620, 1280):
        with witness(browser, width) as seen:
            page = seen.open(written(wide, tmp_path))
            sizes[width] = page.locator(".drawing div svg").evaluate(
                "s => s.getBoundingClientRect().width"
            )
            assert page.locator(".drawing").evaluate("d => d.scrollWidth <= d.clientWidth")
    assert 0.8 < sizes[620] / sizes[1280] < 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_charts_follow_the_readers_theme(
    scheme: str, browser: Browser, tmp_path: Path
) -> None:
    with witness(browser, color_scheme=scheme) as seen:
        page = seen.open(written(story(), tmp_path))
        ink = page.locator("p").first.evaluate("e => getComputedStyle(e).color")
        paper = page.locator("html").evaluate("e => getComputedStyle(e).backgroundColor")
        label = page.locator(".role-axis-label text").first.evaluate(
            "e => getComputedStyle(e).fill"
        )
        assert label == ink
        assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
        assert ink != paper


def test_print_is_light_whole_and_without_controls(browser: Browser, tmp_path: Path) -> None:
    with witness(browser, width=700, color_scheme="dark") as seen:
        page = seen.open(written(story(), tmp_path))
        page.emulate_media(media="print")
        assert (
            page.locator("html").evaluate("e => getComputedStyle(e).backgroundColor")
            == "rgb(255, 255, 255)"
        )
        assert (
            page.locator("figure").first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
        )
        for hidden in ("nav", "details.code", ".skip"):
            assert not page.locator(hidden).is_visible()
        cut = page.eval_on_selector_all(
            ".drawing svg",
            "all => all.filter(s => s.clientWidth > s.parentNode.clientWidth).length",
        )
        assert cut == 0
        pdf = page.pdf(format="Letter")
        assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_read_it(scheme: str, width: int, browser: Browser, tmp_path: Path) -> None:
    with witness(browser, width, color_scheme=scheme) as seen:
        page = seen.open(written(story(), tmp_path))
        page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
        found = Axe().run(page).response["violations"]
        assert found == [], json.dumps(
            [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found], indent=1
        )


def test_a_chart_is_one_picture_with_words(browser: Browser, tmp_path: Path) -> None:
    with witness(browser) as seen:
        page = seen.open(written(story(1), tmp_path))
        assert page.get_by_role("img", name="Chart 0: told in words.").count() == 1
        assert page.get_by_text("Each dot is one person.").is_visible()
        assert not page.locator(".told").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_without_scripts_every_chart_is_a_picture_and_its_numbers_open(
    width: int, browser: Browser, tmp_path: Path
) -> None:
    notebook = story()
    brought = {"infonb": {"narrow": {**ratings(width=200), "config": {}}, "below": 600}}
    notebook.cells[3].outputs.append(chart({**ratings(title="For a phone"), "usermeta": brought}))
    with witness(browser, width, java_script_enabled=False) as seen:
        seen.page.goto(written(notebook, tmp_path).as_uri())
        pictures = seen.page.locator(".drawing > svg")
        assert pictures.count() == 5 and sum(p.is_visible() for p in pictures.all()) == 4
        assert seen.page.locator(".from-600").is_visible() == (width > 600)
        labels = seen.page.locator(".drawing > svg text", has_text="Occupation 0")
        assert sum(label.is_visible() for label in labels.all()) == 4
        assert not seen.page.locator(".told").first.is_visible()
        seen.page.locator(".numbers summary").first.click()
        assert seen.page.get_by_role("rowheader", name="Occupation 2").first.is_visible()
        assert seen.page.get_by_role("columnheader", name="Rating, 1 to 5").first.is_visible()
        assert seen.outside == []


def test_what_is_on_the_screen_is_drawn_first_and_the_rest_in_idle_time(
    browser: Browser, tmp_path: Path
) -> None:
    order = """() => {
      window.order = [];
      const seen = (changes) => changes.forEach(({ target }) => order.push(target.id));
      const watch = () => document.querySelectorAll("figure[data-chart]").forEach((f, n) => {
        f.id = `f${n}`;
        new MutationObserver(seen).observe(f, { attributeFilter: ["data-chart"] });
      });
      document.addEventListener("DOMContentLoaded", () => { watch(); scrollTo(0, 1e6); });
    }"""
    with witness(browser) as seen:
        seen.page.add_init_script(f"({order})()")
        page = seen.open(written(story(24), tmp_path))
        drawn = page.evaluate("order")
        assert sorted(drawn) == sorted(f"f{n}" for n in range(24))
        assert drawn[0] == "f23" and drawn[-1] == "f0"


def test_nothing_jumps_when_charts_are_drawn(browser: Browser, tmp_path: Path) -> None:
    shifts = """() => {
      window.shift = 0;
      const add = (list) => list.getEntries().forEach((entry) => { window.shift += entry.value; });
      new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    }"""
    with witness(browser) as seen:
        seen.page.add_init_script(f"({shifts})()")
        notebook = v4.new_notebook(cells=[code(*[chart(ratings()) for _ in range(4)])])
        page = seen.open(written(notebook, tmp_path))
        assert page.evaluate("shift") < 0.1
        assert page.locator(".drawing").evaluate_all(
            "all => all.every(d => [...d.querySelectorAll('svg')].filter("
            "s => s.checkVisibility()).length === 1)"
        )


def test_paper_shows_every_chart_however_early_it_is_printed(
    browser: Browser, tmp_path: Path
) -> None:
    report = written(story(24), tmp_path)
    with witness(browser) as seen:
        # the drawing library never starts: as if printed at once
        seen.page.add_init_script("window.DecompressionStream = undefined")
        page = seen.open(report)
        assert seen.charts() == ["picture"] * 24
        page.emulate_media(media="print")
        assert page.locator(".drawing svg").evaluate_all(SHOWN) == 24
        assert page.get_by_text("could not be drawn").count() == 0


def test_paper_shows_the_wide_picture_of_a_chart_drawn_for_a_phone(
    browser: Browser, tmp_path: Path
) -> None:
    brought = {"infonb": {"narrow": {**ratings(width=200), "config": {}}, "below": 600}}
    notebook = v4.new_notebook(cells=[code(chart({**ratings(), "usermeta": brought}))])
    with witness(browser, 360) as seen:
        page = seen.open(written(notebook, tmp_path))
        assert page.locator(".drawing svg").evaluate_all(SHOWN) == 1
        assert page.locator(".drawing div svg").is_visible()
        page.emulate_media(media="print")
        assert page.locator(".drawing svg").evaluate_all(SHOWN) == 1
        assert page.locator(".from-600").is_visible()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (640, 2)])
def test_twice_the_size_needs_no_scrolling_sideways(
    width: int, zoom: int, browser: Browser, tmp_path: Path
) -> None:
    # a browser's zoom of 200 % on 1280 pixels is a page of 640 with two dots for each
    with witness(browser, width, device_scale_factor=zoom) as seen:
        page = seen.open(written(story(), tmp_path))
        page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        beyond = """all => all.filter(e => {
          const { left, right, width } = e.getBoundingClientRect();
          const frame = e.closest(".drawing, .wide, pre");
          return !frame && width && (left < 0 || right > innerWidth);
        }).map(e => e.outerHTML.slice(0, 80))"""
        assert page.locator("main *, footer *").evaluate_all(beyond) == []
        assert page.locator(".wide, .drawing, pre").evaluate_all(
            "all => all.every(f => f.scrollWidth <= f.clientWidth || f.tabIndex === 0)"
        )


def test_a_chart_that_cannot_be_drawn_says_so_and_the_others_are_drawn(
    browser: Browser, tmp_path: Path
) -> None:
    broken = {"mark": "bar", "description": "What it would show.", "encoding": {"x": {"field": 3}}}
    elsewhere = {
        "mark": "bar",
        "data": {"url": "https://example.org/data.csv"},
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
        "description": "Data from elsewhere.",
    }
    notebook = v4.new_notebook(
        cells=[code(chart({**broken, "layer": 3}), chart(elsewhere), chart(ratings()))]
    )
    with witness(browser) as seen:
        page = seen.open(written(notebook, tmp_path))
        assert seen.charts() == ["failed", "failed", "drawn"]
        assert page.get_by_text("This chart could not be drawn").count() == 2
        assert page.get_by_text("What it would show.").is_visible()
        assert page.get_by_text("a report loads nothing from outside").is_visible()
        assert seen.outside == []


def test_a_tooltip_shows_the_words_and_leaves_with_escape(browser: Browser, tmp_path: Path) -> None:
    rows = [{"who": "<b>Nurse</b> & <img src=x>", "rating": 4}]
    spec = {
        "data": {"values": rows},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": {"field": "rating", "type": "quantitative"},
            "y": {"field": "who", "type": "nominal"},
            "tooltip": [{"field": "who", "title": "<i>Who</i>"}],
        },
    }
    with witness(browser) as seen:
        page = seen.open(written(v4.new_notebook(cells=[code(chart(spec))]), tmp_path))
        page.locator(".mark-rect path").hover()
        assert page.locator(".tip").inner_text() == "<i>Who</i> <b>Nurse</b> & <img src=x>"
        assert page.locator(".tip img, .tip i").count() == 0
        page.keyboard.press("Escape")
        assert not page.locator(".tip").is_visible()


def test_contents_and_links_lead_to_their_sections(browser: Browser, tmp_path: Path) -> None:
    with witness(browser) as seen:
        page = seen.open(written(story(), tmp_path))
        page.get_by_role("navigation", name="Contents").get_by_text("In numbers").click()
        assert page.url.endswith("#in-numbers")
        assert page.locator("#in-numbers").evaluate("h => h.getBoundingClientRect().top") < 800
        page.get_by_role("link", name="this").click()
        assert page.url.endswith("#what-they-said")


def test_the_keyboard_reaches_the_code(browser: Browser, tmp_path: Path) -> None:
    with witness(browser) as seen:
        page = seen.open(written(story(), tmp_path))
        assert not page.get_by_text("x = 1 < 2").is_visible()
        page.locator(".code summary").focus()
        page.keyboard.press("Enter")
        assert page.get_by_text("x = 1 < 2").is_visible()
        page.locator(".numbers summary").first.focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("columnheader", name="Rating, 1 to 5").first.is_visible()


HOSTILE = [
    "<script>console.log('@')</script>",
    "</script><script>console.log('@')</script>",
    "]]></script\t><ScRiPt>console.log('@')</sCrIpT>",
    "<!--</script><script>console.log('@')</script>-->",
    "<!--<script>console.log('@')//",
    "<img src=x onerror=console.log('@')>",
    '"><img src=x onerror="console.log(\'@\')">',
    "' onmouseover='console.log(`@`)' autofocus onfocus='console.log(`@`)",
    "<svg/onload=console.log('@')>",
    "<svg><script href='https://outside.test/@'/></svg>",
    "<svg><animate onbegin=console.log('@') attributeName=x dur=1s>",
    "<math><mi xlink:href=\"javascript:console.log('@')\">m</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=console.log(1)&gt;'>",
    "<noscript><p title=\"</noscript><img src=x onerror=console.log('@')>\">",
    "<template><img src=x onerror=console.log('@')></template>",
    "<iframe srcdoc=\"<script>parent.console.log('@')</script>\"></iframe>",
    "<iframe src=https://outside.test/@></iframe>",
    "<object data=https://outside.test/@></object><embed src=https://outside.test/@>",
    "<details open ontoggle=console.log('@')><summary>s</summary></details>",
    "<video autoplay onloadstart=console.log('@')><source src=https://outside.test/@></video>",
    "<style>@import 'https://outside.test/@'; *{background:url(https://outside.test/@)}</style>",
    "<p style=\"background:url('https://outside.test/@')\">styled</p>",
    "<link rel=stylesheet href=https://outside.test/@><link rel=prefetch href=https://outside.test/@>",
    "<meta http-equiv=refresh content='0;url=https://outside.test/@'>",
    "<base href=https://outside.test/@/><a href=x>relative</a>",
    "<form action=https://outside.test/@><input autofocus onfocus=console.log('@')><button>b</button></form>",
    "<img src=https://outside.test/@ srcset='https://outside.test/@ 2x'>",
    "![picture](https://outside.test/@)",
    "[link](javascript:console.log('@'))",
    "[link](&#106;avascript:console.log('@')) [other](java\nscript:console.log('@'))",
    "<a href=\"javascript:console.log('@')\" id=vega>click</a>",
    "<a href='data:text/html,<script>console.log(1)</script>'>click</a>",
    "javascript:console.log('@')",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload=\"console.log('@')\"/>",
    "https://outside.test/@",
    "${console.log('@')}{{console.log('@')}}{% print(7*7) %}{# @ #}",
    "'+console.log('@')+'",
    "datum.x)||console.log('@')||(",
    "\\u003cscript\\u003econsole.log('@')\\u003c/script\\u003e",
    "\u2028</script\u2029><img src=x onerror=console.log('@')>",
    "<figure data-chart=waiting class=chart><script type=application/json>{}</script></figure>",
    "<html data-ready=yes><body onload=console.log('@')>",
    "<plaintext><xmp><textarea><title>swallow the rest",
    "`<img src=x onerror=console.log('@')>` ```\n</code></pre><script>console.log('@')</script>",
]


def hostile_chart(text: str) -> dict[str, Any]:
    """The text wherever a chart may say it."""
    return {
        "title": {"text": f"{text} title", "subtitle": [f"{text} subtitle"]},
        "description": f"{text} description",
        "usermeta": {"embedOptions": {"loader": {"target": text}, "sourceHeader": text}},
        "data": {"values": [{"category": text, "n": 1, "link": text}]},
        "layer": [
            {
                "mark": {"type": "bar", "tooltip": True},
                "encoding": {
                    "href": {"field": "link"},
                    "tooltip": [{"field": "category", "title": "Who"}],
                    "color": {"field": "category", "type": "nominal", "legend": {"title": text}},
                    "description": {"field": "category"},
                },
            },
            {"mark": "text", "encoding": {"text": {"field": "category"}}},
            {
                "mark": {"type": "image", "width": 9, "height": 9},
                "encoding": {"url": {"field": "link"}},
            },
        ],
        "encoding": {
            "y": {"field": "category", "type": "nominal", "axis": {"title": text}},
            "x": {"field": "n", "type": "quantitative"},
        },
    }


def hostile_notebook(text: str) -> nbformat.NotebookNode:
    """The text in every channel that reaches a report, each marked by its name."""

    def of(channel: str) -> str:
        return text.replace("@", f"PWN-{channel}")

    frame = pd.DataFrame({"who": [of("cell")], of("column"): [of("cell2")]})
    said = pd.DataFrame({"person": [of("person")], "text": [of("quote")], "source": [of("source")]})

    def raw(kind: str, content: Any) -> nbformat.NotebookNode:
        return v4.new_output("display_data", data={kind: content})

    picture = v4.new_output(
        "display_data", data={"image/png": of("png")}, metadata={"alt": of("alt")}
    )
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{of('svg')}</text></svg>"
    cells = [
        v4.new_markdown_cell(f"# {of('heading')}\n\n{of('lead')}"),
        v4.new_markdown_cell(f"## {of('section')}\n\n{of('markdown')}\n\n- {of('item')}"),
        v4.new_markdown_cell(of("whole cell")),
        code(chart(hostile_chart(of("chart"))), source=of("code")),
        code(shown(table(frame, of("caption"), formats={"who": str})), shown(quotes(said))),
        code(shown(cards([(of("card"), of("explanation"))])), shown(sentence(of("sentence")))),
        code(shown(note(of("note"))), raw("text/html", of("html"))),
        code(raw("text/html", frame.to_html(escape=False)), raw("text/markdown", of("md output"))),
        code(raw("text/plain", of("plain")), v4.new_output("stream", text=of("stream"))),
        code(v4.new_output("error", ename=of("ename"), evalue=of("evalue"), traceback=[of("tb")])),
        code(raw("application/javascript", f"console.log('PWN-js'); {text}"), picture),
        code(raw("image/svg+xml", drawing), raw("text/latex", of("latex"))),
        code(
            shown(
                provenance(sources=[{"title": of("title"), "url": of("url")}], vintages=[of("v")])
            )
        ),
        code(chart(ratings(1, title="The last one is drawn"))),
    ]
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata.title = of("metadata")
    return notebook


SAFE_ADDRESSES = """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
    .filter(a => /^(xlink:)?href$|^src$|^action$|^on/i.test(a.name))
    .map(a => `${a.name}=${a.value}`))
    .filter(a => !/^(xlink:)?href=($|#|https:\\/\\/|mailto:)|^src=data:image\\//i.test(a))"""


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 4))
def test_nothing_hostile_runs_loads_or_breaks_a_chart(
    first: int, browser: Browser, tmp_path: Path
) -> None:
    texts = HOSTILE[first : first + 4]
    notebook = hostile_notebook(texts[0])
    for text in texts[1:]:
        notebook.cells += hostile_notebook(text).cells
    report = written(notebook, tmp_path)
    with witness(browser) as seen:
        page = seen.open(report)
        assert seen.charts() == ["drawn", "drawn"] * len(texts)
        for bar in page.locator("figure svg .mark-rect path").all():
            bar.hover(force=True)
        page.locator("details.code").evaluate("details => (details.open = true)")
        page.mouse.wheel(0, 9000)
        page.wait_for_timeout(50)
        assert [line for line in seen.console if "PWN" in line and "outside.test" not in line] == []
        assert seen.outside == [] and seen.strays == []
        assert page.url == report.as_uri()
        assert page.evaluate(SAFE_ADDRESSES) == []
        assert page.locator("script").count() == 2 * len(texts) + 2  # specs, library, loader
        assert (
            page.locator(
                "iframe, object, embed, form, base, link, meta[http-equiv=refresh]"
            ).count()
            == 0
        )
        assert page.locator("style").count() == 1
        titles = page.locator(".title", has_text="The last one is drawn")
        assert titles.count() == len(texts) and titles.last.is_visible()


def test_a_hostile_name_of_a_tooltip_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    # Vega-Lite builds an expression from it: some names spoil the chart, none may act
    charts = []
    for text in [*HOSTILE, '\\");window.PWN=1;("', '"+(window.PWN=1)+"', '\\"]=alert(1)//']:
        spec = hostile_chart("fine")
        spec["layer"][0]["encoding"]["tooltip"][0]["title"] = text.replace("@", "PWN-name")
        charts.append(chart(spec))
    with witness(browser) as seen:
        page = seen.open(written(v4.new_notebook(cells=[code(*charts)]), tmp_path))
        assert set(seen.charts()) == {"drawn", "failed"}
        assert page.evaluate("window.PWN") is None
        assert [line for line in seen.console if "PWN" in line] == []
        assert seen.outside == [] and seen.strays == []


def test_an_expression_cannot_reach_the_page(browser: Browser, tmp_path: Path) -> None:
    attempts = [
        "constructor.constructor('window.PWN = 1')()",
        "datum.constructor.constructor('window.PWN = 1')()",
        "(function(){window.PWN = 1})()",
        "toString.constructor('window.PWN=1')()",
        "format.constructor('window.PWN=1')()",
    ]
    charts = [
        chart({**ratings(1), "transform": [{"calculate": attempt, "as": "x"}]})
        for attempt in attempts
    ]
    with witness(browser) as seen:
        page = seen.open(written(v4.new_notebook(cells=[code(*charts)]), tmp_path))
        assert page.evaluate("window.PWN") is None
        assert seen.outside == []


def test_a_report_served_by_a_careers_service_makes_no_request_either(
    browser: Browser, tmp_path: Path
) -> None:
    page_text = page_of(story()).encode("utf-8")
    asked: list[str] = []

    class Serve(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200 if self.path == "/report.html" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page_text if self.path == "/report.html" else b"")

        def log_message(self, *_: Any) -> None:
            """Keep the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/report.html")
        page.wait_for_selector("html[data-ready]")
        assert page.locator('figure[data-chart="drawn"]').count() == 3
    finally:
        context.close()
        server.shutdown()
        server.server_close()
    assert [path for path in asked if path != "/favicon.ico"] == ["/report.html"]


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_a_report_of_several_is_one_page_to_find_ones_way_in(
    scheme: str, width: int, browser: Browser, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    told = combined([(story(1), "1-one"), (story(1), "2-two")])
    report.write_text(page_made_of(told), encoding="utf-8")
    with witness(browser, width, color_scheme=scheme) as seen:
        page = seen.open(report)
        contents = page.get_by_role("navigation", name="Contents")
        contents.get_by_role("link", name="Nursing leads").nth(1).click()
        chapter = page.locator("section.chapter").nth(1)
        assert abs(chapter.locator("h2").first.evaluate("h => h.getBoundingClientRect().top")) < 100
        chapter.get_by_role("link", name="Contents").click()
        assert page.url.endswith("#contents")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.charts() == ["drawn"] * 2 and seen.console == [] and seen.outside == []
        found = Axe().run(page).response["violations"]
        assert found == [], [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found]
        page.emulate_media(media="print")
        assert chapter.evaluate("c => getComputedStyle(c).breakBefore") == "auto", (
            "chapters follow one another: no page stays half empty"
        )
