"""How long a report takes and how large it is, beside running the notebook and beside nbconvert.

Run it as ``python benchmarks/report.py [--repeat N]``. Every figure is the best of whole
processes, started in turn, as a person starts them; processor time counts the kernel too and
says more than the wall clock on a busy machine. Aims: report time at most 1.1 times the bare
run of the notebook, report size at most 1.5 times the packed Vega bundle for twelve charts; and
all reports of the example in at most 4 times, of 12 occupations with 30 people each in at most 9
times what importing pandas and Altair takes in the same run.
Where a Chromium is, each page is opened without a network: when the first and when all charts in
the window were there to see, and when all were drawn.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat

from infonb.report.pdf import find_chromium
from infonb.report.vega import vega_bundle

ROOT = Path(__file__).resolve().parents[1]
V4 = nbformat.v4

BARE = """
import sys, nbformat
from nbclient import NotebookClient
from pathlib import Path
source = Path(sys.argv[1])
notebook = nbformat.read(source, as_version=4)
NotebookClient(notebook, kernel_name="python3",
               resources={"metadata": {"path": str(source.parent)}}).execute()
nbformat.write(notebook, sys.argv[2])
"""
SAME_KERNEL = """
import sys
from pathlib import Path
from infonb.report.kernel import Kernels
from infonb.report.run import execute, read_notebook
source = Path(sys.argv[1])
notebook = read_notebook(source)
with Kernels() as kernels:
    execute(notebook, source, {}, kernels)
import nbformat
nbformat.write(notebook, sys.argv[2])
"""
REPORT = "import sys; from infonb.report import build; build(sys.argv[1], sys.argv[2])"
NBCONVERT = """
import sys
from nbconvert.nbconvertapp import main
main(["--execute", "--to", "html", "--log-level", "ERROR", "--output", sys.argv[2], sys.argv[1]])
"""
WAYS = {
    "run only": BARE,
    "run only, our kernel": SAME_KERNEL,
    "infonb report": REPORT,
    "nbconvert --execute": NBCONVERT,
}


def twelve_charts(folder: Path) -> Path:
    """A notebook that draws twelve layered charts of made-up ratings."""
    setup = """
import altair as alt, pandas as pd
alt.renderers.register("lab", lambda spec, **_: {
    "application/vnd.vegalite.v5+json":
        {**spec, "$schema": "https://vega.github.io/schema/vega-lite/v5.json"},
    "text/plain": "chart"})
alt.renderers.enable("lab")
rows = pd.DataFrame({"occupation": [f"Occupation {i % 4}" for i in range(12)],
                     "rating": [1 + i % 5 for i in range(12)]})
"""
    draw = """
base = alt.Chart(rows).encode(y=alt.Y("occupation:N", sort=[f"Occupation {i}" for i in range(4)]))
alt.layer(base.mark_bar(opacity=.2).encode(x="mean(rating):Q"),
          base.mark_circle(size=60).encode(x="rating:Q", tooltip=["occupation:N", "rating:Q"])
          ).properties(title="Chart %d", description="Ratings of four occupations, chart %d")
"""
    cells = [V4.new_markdown_cell("# Twelve charts"), V4.new_code_cell(setup)]
    cells += [V4.new_code_cell(draw % (i, i)) for i in range(12)]
    path = folder / "twelve-charts.ipynb"
    nbformat.write(V4.new_notebook(cells=cells), path)
    return path


def seconds(program: str, notebook: Path, out: Path) -> tuple[float, float]:
    """Wall and processor time of a whole Python process that does this, its kernel included."""
    started, before = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-c", program, str(notebook), str(out)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "INFONB_TODAY": "2026-06-01"},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    took, after = time.perf_counter() - started, os.times()
    worked = after.children_user - before.children_user
    return took, worked + after.children_system - before.children_system


def measure(notebook: Path, folder: Path, repeat: int) -> None:
    """Print the table of one notebook."""
    runs: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    outs = {
        way: folder / f"{number}{'.ipynb' if 'run only' in way else '.html'}"
        for number, way in enumerate(WAYS)
    }
    for _ in range(repeat):
        for way, program in WAYS.items():
            runs[way].append(seconds(program, notebook, outs[way]))
    best = {way: [min(took) for took in zip(*of, strict=True)] for way, of in runs.items()}
    bundle = len(vega_bundle().packed)
    print(f"\n{notebook.name}, best of {repeat}; one packed Vega bundle is {bundle / 1e3:.0f} KB")
    print(f"{'':21} {'wall s':>7} {'÷ run':>6} {'÷ ours':>7} {'cpu s':>7} {'÷ ours':>7}", end="")
    print(f" {'KB':>6} {'÷ bundle':>9}")
    (bare, _), (ours, ours_cpu) = best["run only"], best["run only, our kernel"]
    for way, (wall, cpu) in best.items():
        ratios = (
            f"{wall:7.2f} {wall / bare:6.2f} {wall / ours:7.2f} {cpu:7.2f} {cpu / ours_cpu:7.2f}"
        )
        size = outs[way].stat().st_size if outs[way].suffix == ".html" else None
        told = f" {size / 1e3:6.0f} {size / bundle:9.2f}" if size else ""
        print(f"{way:21} {ratios}{told}")
    if find_chromium():
        time_to_charts({way: out for way, out in outs.items() if out.suffix == ".html"})


SEEN = """
  const charts = () => [...document.querySelectorAll("svg, canvas.marks")].filter(
    (chart) => !chart.parentElement.closest("svg") && chart.getBoundingClientRect().height > 40);
  const drawn = () => document.querySelectorAll('[data-chart="drawn"]').length;
  window.seen = [];
  const look = () => {
    window.seen.push([performance.now(), charts().length, drawn()]);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""


def time_to_charts(pages: dict[str, Path]) -> None:
    """Print when charts of a page were there, best of three openings in a window of 1280 × 800."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for way, page in pages.items():
            told = min((_opened(browser, page) for _ in range(3)), default=None)
            first, every, drawn, count = told or (None,) * 4
            if not count:
                print(f"{way:21} no chart is shown without a network")
                continue
            finished = f", all drawn {drawn:.0f} ms" if drawn else ""
            print(f"{way:21} first chart {first:.0f} ms, all {count} {every:.0f} ms{finished}")
        browser.close()


def _opened(browser: Any, page: Path) -> tuple[float, float, float, int]:
    """Milliseconds from opening to the first chart, to all, to all drawn; and how many."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = context.new_page()
    opened.add_init_script(SEEN)
    opened.goto(page.as_uri())
    opened.wait_for_timeout(5000)
    seen = opened.evaluate("window.seen")
    context.close()
    shown, drawn = max(row[1] for row in seen), max(row[2] for row in seen)
    first = next((at for at, count, _ in seen if count), 0.0)
    every = next(at for at, count, _ in seen if count == shown)
    return first, every, next(at for at, _, count in seen if count == drawn) * bool(drawn), shown


IMPORTS = "import pandas, altair"
EVERY = """
import os, sys
from infonb.cli import main
os.environ["INFONB_JOURNAL"] = sys.argv[1]
sys.exit(main(["report", "-q", "-o", sys.argv[2]]))
"""
CROWD = """
import sys, infonb
with infonb.open(sys.argv[1]) as journal:
    journal.import_file(sys.argv[2])
"""


def _made_up(number: int) -> str:
    """A name that is no word."""
    return f"{'BDFGHJKLMNPR'[number % 12]}{'aeiou'[number % 5]}{'vzktg'[number // 12 % 5]}ulm"


def crowd(folder: Path, occupations: int = 12, people: int = 30) -> Path:
    """A journal of that many interviews, each with six ratings in words and three skills."""
    asked = ("enjoy_most", "home_life", "outlook", "path_in", "strengths_fit", "typical_day")
    lines = [
        json.dumps({
            "occupation": f"Occupation {o + 1}", "soc": ["29-1141", "17-2141", None][o % 3],
            "person": f"{_made_up(o)} {_made_up(12 + p)}son", "date": f"2026-{p % 12 + 1:02d}-02",
            "answers": {
                question: {"text": f"Voice {p} of {o}.", "rating": 1 + (o * 7 + p * 3 + q) % 5}
                for q, question in enumerate(asked)
            },
            "skills": [{"phrase": f"skill {(o + p + k) % 30}", "rank": k + 1} for k in range(3)],
        })
        for o in range(occupations)
        for p in range(people)
    ]  # fmt: skip
    source, journal = folder / "crowd.jsonl", folder / "crowd.db"
    source.write_text("\n".join(lines), encoding="utf-8")
    seconds(CROWD, journal, source)
    return journal


def all_reports(folder: Path, repeat: int) -> None:
    """Print how long all reports of a journal take beside the imports they can't do without."""
    journals = {"the example": Path("sample:example"), "12 × 30 people": crowd(folder)}
    took: dict[str, list[float]] = {"imports": [], **{name: [] for name in journals}}
    for _ in range(repeat):
        took["imports"].append(seconds(IMPORTS, folder, folder)[0])
        for name, journal in journals.items():
            took[name].append(seconds(EVERY, journal, folder / "all")[0])
    best = {name: min(of) for name, of in took.items()}
    print(f"\nAll reports, best of {repeat}; imports of pandas and Altair {best['imports']:.2f} s")
    for name, aim in zip(journals, (4, 9), strict=True):
        print(f"{name:21} {best[name]:7.2f} s, {best[name] / best['imports']:5.1f} × (aim {aim})")


def main() -> None:
    """Measure all reports, the made-up notebook and the first of our own that is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5, help="runs of each (default 5)")
    repeat = parser.parse_args().repeat
    vega_bundle()  # made once per machine; every later report finds it in the cache
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        all_reports(folder, repeat)
        measure(twelve_charts(folder), folder, repeat)
        own = ROOT / "notebooks" / "3-compare.ipynb"
        if own.exists():
            measure(own, folder, repeat)
    print("\nAims: report at most 1.10 ÷ run, at most 1.50 ÷ bundle for twelve charts.")
    print(
        "÷ ours: beside a bare run in infonb's own kernel, which starts sooner than the usual one."
    )


if __name__ == "__main__":
    main()
