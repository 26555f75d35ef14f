"""How long charts take, beside what it takes to import pandas and Altair: CPU time, as ratios.

Run it with ``python benchmarks/charts.py``. All fifteen charts of the example are made once, in a
fresh process each time: the specification, then what JupyterLab is handed, which has a picture
beside it. Aim: together no more than the two imports.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

RUNS = 3
IMPORTS = """
from time import process_time
begun = process_time()
import pandas
import altair
print(process_time() - begun)
"""
CHARTS = """
import json
from time import process_time
import pandas
import infonb
from infonb import charts
findings = infonb.sample("example").findings()
spent = {}
for name in charts.__all__:
    begun = process_time()
    chart = getattr(charts, name)(findings)
    chart.to_dict()
    made = process_time()
    chart._repr_mimebundle_()
    spent[name] = made - begun, process_time() - begun
print(json.dumps(spent))
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.splitlines()[-1]


def main() -> None:
    imports = median(float(run(IMPORTS)) for _ in range(RUNS))
    runs = [json.loads(run(CHARTS)) for _ in range(RUNS)]
    print(f"import of pandas and Altair: {imports:.2f} s of CPU; charts, in parts of that:")
    print(f"{'':16} specification  shown")
    totals = [0.0, 0.0]
    for name in runs[0]:
        parts = [median(spent[name][which] for spent in runs) / imports for which in (0, 1)]
        totals = [total + part for total, part in zip(totals, parts, strict=True)]
        print(f"{name:16} {parts[0]:13.3f}  {parts[1]:5.3f}")
    print(f"{'all fifteen':16} {totals[0]:13.2f}  {totals[1]:5.2f}   (aim: at most 1)")


if __name__ == "__main__":
    main()
