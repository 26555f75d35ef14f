"""Promises of the sanitiser and the policy, read off the HTML; tests/browser runs it for real."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infonb.report.render import script_json
from infonb.report.run import page_of
from infonb.report.sanitize import safe_html, safe_markdown

v4 = nbformat.v4
CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "title": "T",
    "data": {"values": [{"a": 1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}


def page(*outputs: nbformat.NotebookNode, code: str = "", title: str = "# Title") -> str:
    cells = [v4.new_markdown_cell(title), v4.new_code_cell(code, outputs=list(outputs))]
    return page_of(v4.new_notebook(cells=cells))


def shown(**data: object) -> nbformat.NotebookNode:
    return v4.new_output("display_data", data={k.replace("__", "/"): x for k, x in data.items()})


def chart(spec: dict = CHART) -> nbformat.NotebookNode:
    return v4.new_output("display_data", data={"application/vnd.vegalite.v5+json": spec})


def policy(of: str) -> dict[str, str]:
    told = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', of)
    assert told
    return dict(part.strip().split(" ", 1) for part in told[1].split(";"))


def sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_our_scripts_by_hash_and_nothing_else() -> None:
    made = page(chart())
    rules = policy(made)
    loader = re.findall(r"<script>(.*?)</script>", made, re.DOTALL)
    packed = re.search(r'<script type="text/plain" id="vega">(.*?)</script>', made)
    assert len(loader) == 1 and packed
    bundle = gzip.decompress(base64.b64decode(packed[1])).decode()
    assert rules["script-src"].split() == [sha(loader[0]), sha(bundle)]
    style = re.search(r"<style>(.*?)</style>", made, re.DOTALL)
    assert style and rules["style-src"] == sha(style[1])
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == "'none'"
    assert rules["base-uri"] == "'none'" and rules["img-src"] == "data:"
    assert "unsafe" not in made.split("</head>")[0]


def test_a_report_without_charts_carries_no_library() -> None:
    made = page(v4.new_output("stream", text="words only"))
    assert 'id="vega"' not in made and len(made) < 40_000
    assert len(policy(made)["script-src"].split()) == 1


def test_twelve_charts_share_one_library() -> None:
    one, twelve = page(chart()), page(*[chart() for _ in range(12)])
    assert twelve.count('id="vega"') == 1 and twelve.count('data-chart="waiting"') == 12
    assert len(twelve) < 1.2 * len(one)


def test_a_page_names_no_address_outside() -> None:
    elements = re.sub(r"(<(script|style)\b[^>]*>).*?</\2>", r"\1", page(chart()), flags=re.DOTALL)
    addresses = re.findall(r"\b(?:src|href|action|srcset|data)=\"([^\"]*)\"", elements)
    assert addresses == ["#report"]


@given(st.text(max_size=80))
def test_text_in_a_spec_never_ends_its_script(text: str) -> None:
    written = script_json({"title": f"</script>{text}<!--", "<b>": [text]})
    assert "<" not in written
    assert json.loads(written) == {"title": f"</script>{text}<!--", "<b>": [text]}


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<b>x</b>",
        "vbscript:x",
        "http://example.org/",
        "//example.org/",
        "/etc/passwd",
        "other.html",
        "file:///etc/passwd",
        "blob:x",
    ],
)
def test_a_link_elsewhere_loses_its_address(href: str) -> None:
    assert "href" not in safe_html(f'<a href="{html.escape(href)}">x</a>')
    assert "href" not in safe_markdown(f"[x](<{href}>)")


@pytest.mark.parametrize("href", ["https://example.org/a?b=c", "mailto:a@example.org", "#part"])
def test_an_honest_link_stays_and_tells_nobody_where_it_came_from(href: str) -> None:
    cleaned = safe_html(f'<a href="{href}">x</a>')
    assert f'href="{href}"' in cleaned and 'rel="noopener noreferrer nofollow"' in cleaned


def test_a_picture_kept_in_a_cell_is_shown_and_a_missing_one_is_its_words() -> None:
    kept = {"my map.png": {"image/png": "AAAA"}, "x.html": {"text/html": "PHNjcmlwdD4="}}
    shown = safe_markdown("![a map](attachment:my%20map.png)", kept)
    assert shown == '<p><img src="data:image/png;base64,AAAA" alt="a map"></p>'
    assert "src" not in safe_markdown("![x](attachment:x.html)", kept)
    assert 'alt="gone"' in safe_markdown("![gone](attachment:other.png)", kept)


def test_markdown_is_what_jupyterlab_shows() -> None:
    assert "<td>1</td>" in safe_markdown("| a |\n|---|\n| 1 |")
    assert "<del>no</del>" in safe_markdown("~~no~~")
    assert 'href="https://example.org/"' in safe_markdown("https://example.org/")
    assert safe_markdown("$60,000 to $75,000") == "<p>$60,000 to $75,000</p>"


@pytest.mark.parametrize(
    "tag",
    "script style iframe object embed form input button base meta link svg math template video"
    " audio source track details dialog slot portal frameset frame applet".split(" "),
)
def test_elements_that_act_are_gone(tag: str) -> None:
    made = safe_html(f"<{tag} src='https://example.org/' id=a name=b onload=x()>in</{tag}>after")
    assert "<" not in made and made.endswith("after")


@pytest.mark.parametrize(
    "attribute", ["style", "id", "name", "onclick", "srcset", "target", "ping"]
)
def test_attributes_that_act_are_gone(attribute: str) -> None:
    for tag in ("p", "a", "img", "td", "table"):
        assert attribute not in safe_html(
            f'<table><tr><td><{tag} {attribute}="x">y</{tag}></table>'
        )


def test_only_our_own_classes_stay() -> None:
    assert safe_html('<p class="skip infonb-note">x</p>') == '<p class="infonb-note">x</p>'
    assert "drawing" not in safe_html('<div class="drawing">x</div>')


def test_a_form_is_left_out_and_scripts_among_the_outputs_are_not_run() -> None:
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "Form()"}
    made = page(v4.new_output("display_data", data=widget))
    assert "JupyterLab" not in made.split("<main")[1] and "Form()" not in made
    made = page(shown(**{"application__javascript": "stolen()", "text__plain": "fine"}))
    assert "stolen" not in made and "fine" in made


def test_what_cannot_be_written_is_replaced() -> None:
    made = page(v4.new_output("stream", text="half \ud83d a\0b"))
    assert "half � a�b" in made
    made.encode("utf-8")


def test_the_code_is_there_folded_away() -> None:
    made = page(code="a < b  # <script>x()</script>")
    code = re.search(r'<details class="code">(.*?)</details>', made, re.DOTALL)
    assert code and "a &lt; b  # &lt;script&gt;x()&lt;/script&gt;" in code[1]
    assert "for “" not in page(code="1")


def test_vega_is_not_told_what_to_do_by_a_spec() -> None:
    made = page(chart({**CHART, "usermeta": {"embedOptions": {"loader": {"target": "x"}}}}))
    assert "usermeta" not in made and "embedOptions" not in made.split('id="vega"')[0]


@pytest.mark.parametrize("text", ["a\x01b", "\0", "\x08\x0c\x1f", "\ud800", "\ufffe", "\\\x01"])
def test_a_character_that_cannot_be_drawn_does_not_end_the_program(text: str) -> None:
    marks = {"mark": "text", "encoding": {"text": {"field": "a"}}, "title": text}
    made = page(chart({**CHART, **marks, "data": {"values": [{"a": text}, {"a": "\\u0001 😀"}]}}))
    assert "\ufffd" in made and "\\u0001 😀" in made
