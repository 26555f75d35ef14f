"""Promises of the page's order: one title, a contents list, anchors, and what it rests on."""

from __future__ import annotations

import re

import nbformat

from infonb.report import provenance
from infonb.report.blocks import Heading, tell
from infonb.report.run import page_of

v4 = nbformat.v4


def notebook(*cells: str | nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Markdown texts and outputs, in order."""
    made = [
        v4.new_markdown_cell(c) if isinstance(c, str) else v4.new_code_cell("x", outputs=[c])
        for c in cells
    ]
    return v4.new_notebook(cells=made)


def page(*cells: str | nbformat.NotebookNode) -> str:
    return page_of(notebook(*cells))


def markdown(text: str) -> nbformat.NotebookNode:
    return v4.new_output("display_data", data={"text/markdown": text, "text/plain": "…"})


def test_the_first_heading_is_the_title_and_the_only_one() -> None:
    made = page("# One & only\n\nLead.", "# Another", "text")
    assert "<title>One &amp; only</title>" in made
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", made) == ["One &amp; only"]
    assert re.search(r'<h2 id="another">Another</h2>', made)


def test_a_computed_title_counts() -> None:
    assert "<title>Nursing leads</title>" in page(markdown("# Nursing leads"), "## Part")


def test_a_notebook_without_title_goes_by_its_name() -> None:
    assert tell(notebook("words"), "3-compare").title == "Compare"
    assert tell(notebook("words"), "my_own notes").title == "My own notes"
    assert (
        Heading(1, "compare", "Compare", "Compare") in tell(notebook("words"), "3-compare").opening
    )


def test_the_contents_list_leads_to_every_section() -> None:
    made = page("# T", "## At home", markdown("## Will there be work?"), "## At home\n\n### Deeper")
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', made)
    assert listed == [
        ("at-home", "At home"),
        ("will-there-be-work", "Will there be work?"),
        ("at-home-2", "At home"),
    ]
    for anchor, _ in listed:
        assert made.count(f'id="{anchor}"') == 1


def test_headings_without_letters_of_ours_get_an_anchor_too() -> None:
    made = page("# T", "## 仕事", "## 家", "## <script>x</script>")
    assert 'id="part"' in made and 'id="part-2"' in made


def test_links_inside_a_notebook_find_their_section() -> None:
    made = page("# T", "See [there](#At-home,-at-last).", "## At home, at last")
    assert '<a href="#at-home-at-last"' in made


def test_the_first_screen_is_what_comes_before_the_first_section() -> None:
    story = tell(notebook("# T\n\nLead.", markdown("facts"), "## Part", "more"), "x")
    assert [block.kind for block in story.opening] == ["heading", "text", "text"]
    assert "Lead." in str(story.opening) and "facts" in str(story.opening)
    assert story.sections[0] == Heading(2, "part", "Part", "Part") and "more" in str(story.sections)


def test_the_foot_says_what_it_rests_on() -> None:
    said = provenance(
        interviews=11,
        people=9,
        occupations=3,
        journal_dates=["2026-03", "2026-05-28"],
        sources=[
            {"publisher": "A <b>", "url": "https://example.org/a", "licence": "CC BY 4.0"},
            {"publisher": "B", "url": "javascript:x()"},
            "C",
        ],
        vintages={"Employment projections": "2024–34"},
    )
    output = v4.new_output("display_data", data=said._repr_mimebundle_())
    foot = page("# T", output).split("<footer>")[1]
    assert (
        "This report rests on 11 interviews with 9 people about 3 occupations, March 2026 to 28 May 2026."
        in foot
    )
    assert (
        '<a href="https://example.org/a" rel="noopener noreferrer nofollow">A &lt;b&gt;, CC' in foot
    )
    assert "<li>B</li>" in foot and "<li>C</li>" in foot and "javascript" not in foot
    assert "Official figures: Employment projections: 2024–34." in foot
    assert "not a sample drawn by chance" in foot and "needs no internet" in foot


def test_the_notebooks_own_metadata_may_say_it_too() -> None:
    made = notebook("# T")
    made.metadata.infonb = {"provenance": {"interviews": 1}}
    assert "rests on 1 interview." in page_of(made)


def test_a_table_is_framed_so_that_it_never_widens_the_page() -> None:
    table = "<table><caption>A &quot;b&quot; &lt;c&gt;</caption><tr><td>1</td></tr></table>"
    made = page(v4.new_output("display_data", data={"text/html": table}))
    assert '<div class="wide" role="group" aria-label="A &#34;b&#34; &lt;c&gt;"><table>' in made


def test_each_step_of_the_code_says_where_it_belongs() -> None:
    made = page("# T", "## Part <1>", markdown("m"))
    assert "Step 1, for “Part &lt;1&gt;”" in made or "Step 1, for “Part” " in made


def test_cells_of_a_wide_table_say_their_column_for_a_phone() -> None:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Who", "A &amp; b", "C", "D"))
    row = '<tr><th scope="row">x</th><td>1</td><td>2</td><td>3</td></tr>'
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{row}</tbody></table>"
    made = page(v4.new_output("display_data", data={"text/html": table}))
    assert '<td data-label="A &amp; b">1</td>' in made and 'class="wide stacks"' in made
    narrow = table.replace('<th scope="col">C</th><th scope="col">D</th>', "")
    made = page(v4.new_output("display_data", data={"text/html": narrow}))
    assert '<div class="wide stacks"' not in made
