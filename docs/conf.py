"""The docs site: `make docs`. Reference, commands and gallery are made here, from the code itself.

Nothing in a page asks the network for anything: styles and scripts come with the theme, charts are
our own SVG, and no page holds a formula that would need MathJax (`tests/docs` looks).
"""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import os
import textwrap
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
API = HERE / "api"
GALLERY = HERE / "gallery"

os.environ.update(INFONB_JOURNAL="", INFONB_TODAY="2026-06-15", COLUMNS="88")
import infonb  # noqa: E402  # after its day is fixed

project = "infonb"
author = copyright = "the infonb authors"
version = release = infonb.__version__

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
default_role = "py:obj"

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
nb_execution_mode = "force"  # only pages with code cells are run
nb_execution_raise_on_error = True
nb_execution_timeout = 240
nb_output_stderr = "remove"
nb_mime_priority_overrides = [("html", "image/svg+xml", 0)]
suppress_warnings = ["mystnb.unknown_mime_type"]  # of a chart's three the picture is taken
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # no page loads a script from elsewhere

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say them
numpydoc_show_class_members = False

html_theme = "pydata_sphinx_theme"
html_title = f"infonb {version}"
html_static_path = ["_static"]
html_css_files = ["infonb.css"]
html_sidebars = {"first-interview": []}  # one page, nothing beside it
html_show_sourcelink = False
html_theme_options = {
    "navigation_with_keys": False,
    "show_nav_level": 1,
    "header_links_before_dropdown": 6,
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
}

MODULES = {
    "infonb": "Journals, samples, and what begins everything.",
    "infonb.journal": "What was logged.",
    "infonb.findings": "What the answers say.",
    "infonb.charts": "One view each; every function takes findings.",
    "infonb.widgets": "The forms in JupyterLab.",
    "infonb.report": "A notebook becomes one HTML file.",
    "infonb.method": "The method as data.",
    "infonb.reference": "Official facts, and the match of titles and skills.",
    "infonb.exchange": "Files in and out.",
    "infonb.programme": "Many journals: handed in, collected, read, published.",
    "infonb.follow_up": "What is owed after a talk.",
    "infonb.sheet": "The question sheet for paper and for a phone.",
    "infonb.doctor": "What this computer lacks.",
}


def public_names(module: ModuleType) -> list[str]:
    """The names a module offers; of one without ``__all__`` those that it defines itself."""
    if listed := getattr(module, "__all__", None):
        more = ["Chart", "save"] if module.__name__ == "infonb.charts" else []
        names = [name for name in (*listed, *more) if f"infonb.{name}" not in MODULES]
        return sorted(names, key=str.lower)
    return [
        name
        for name, found in vars(module).items()
        if not name.startswith("_") and getattr(found, "__module__", None) == module.__name__
    ]


def words_of_constant(module: ModuleType, name: str) -> str:
    """The text below a constant's definition, wherever in its package that stands."""
    folder = Path(inspect.getfile(module)).parent
    for path in sorted(folder.glob("*.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for this, following in itertools.pairwise(body):
            targets = this.targets if isinstance(this, ast.Assign) else [getattr(this, "target", 0)]
            told = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
            if told and any(isinstance(t, ast.Name) and t.id == name for t in targets):
                return inspect.cleandoc(str(following.value.value))
    return ""


def entry(module: ModuleType, name: str) -> str:
    """The directive that documents one name."""
    found = getattr(module, name)
    full = f"{module.__name__}.{name}"
    home = next((m for m in MODULES if m in getattr(found, "__module__", "") and m != "infonb"), "")
    if module is infonb and home and hasattr(importlib.import_module(home), name):
        return f".. _{full}:\n\n``{full}`` is `{home}.{name}`.\n"
    if inspect.isclass(found):
        return f".. autoclass:: {full}\n   :members:\n"
    if callable(found):
        return f".. autofunction:: {full}\n"
    return f".. py:data:: {full}\n\n{textwrap.indent(words_of_constant(module, name), '   ')}\n"


def write(path: Path, text: str) -> None:
    """Only where it changes, so that Sphinx needn't read it again."""
    path.parent.mkdir(exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def write_reference() -> None:
    """A page for every public module, from its docstrings."""
    listed = "\n".join(f"   {name}" for name in MODULES)
    write(API / "index.rst", f"Names\n=====\n\n.. toctree::\n   :maxdepth: 1\n\n{listed}\n")
    for name, words in MODULES.items():
        module = importlib.import_module(name)
        entries = "\n".join(entry(module, each) for each in public_names(module))
        write(API / f"{name}.rst", f"{name}\n{'=' * len(name)}\n\n{words}\n\n{entries}")


def write_commands() -> None:
    """Every command as its own ``--help`` says it."""
    import argparse

    from infonb.cli import _parser

    def each(parser: argparse.ArgumentParser, level: int) -> str:
        heading = f"{'#' * level} {parser.prog}" if level > 1 else "# Commands"
        text = f"{heading}\n\n```text\n{parser.format_help().strip()}\n```\n\n"
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                text += "".join(each(sub, 2) for sub in action.choices.values())
        return text

    write(API / "commands.md", each(_parser(), 1))


def write_gallery() -> None:
    """Every chart of the example, light and dark, drawn by infonb itself."""
    from infonb import charts

    findings = infonb.sample("example").findings()
    text = (
        "# Gallery\n\nEvery chart, of the example: a fictional person's whole search. Each is one "
        'line on `findings = infonb.sample("example").findings()`, and an Altair chart to go on '
        "with. On the command line: `infonb --journal sample:example chart ratings`.\n\n"
    )
    GALLERY.mkdir(exist_ok=True)
    for name in charts.__all__:
        chart = getattr(charts, name)(findings)
        for dark in (False, True):
            charts.save(chart, GALLERY / f"{name}{'-dark' if dark else ''}.svg", dark=dark)
        alt = " ".join(str(chart.to_dict().get("description", name)).split())[:300]
        alt = alt.replace('"', "'")
        text += f"## {name}\n\n```python\ninfonb.charts.{name}(findings)\n```\n\n"
        for dark in ("", "-dark"):
            text += (
                f":::{{image}} {name}{dark}.svg\n:alt: {alt}\n"
                f":class: only-{'dark' if dark else 'light'}\n:::\n\n"
            )
    write(GALLERY / "index.md", text)


write_reference()
write_commands()
write_gallery()
