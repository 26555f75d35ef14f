"""Runs every benchmark and writes the page docs/speed.md: each promise, its ratio, the machine.

python docs/speed.py    # or `make benchmarks`; some minutes, best where nothing else runs
"""

from __future__ import annotations

import ast
import os
import platform
import subprocess
import sys
from pathlib import Path

import infonb

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_name("speed.md")
HEAD = """\
---
orphan: true
---

# Speed and weight

What each benchmark promises, and what it printed. Machines differ, so a time stands beside
something known that was measured in the same run: read the ratios. Made by `make benchmarks`
({machine}; infonb {version}). No test waits for a time.
"""


def main() -> int:
    """Run all, one after the other, and write the page; what failed keeps the old page."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in _lines(Path("/proc/cpuinfo"))
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    machine = f"{os.cpu_count()} × {cpu}, {platform.system()}, Python {platform.python_version()}"
    parts = [HEAD.format(machine=machine, version=infonb.__version__)]
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        print(f"== {script.relative_to(ROOT)}", flush=True)
        done = subprocess.run(
            [sys.executable, str(script)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
        )
        print(done.stdout, flush=True)
        if done.returncode:
            return done.returncode
        about = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""
        promise = about.split("\n\n    ")[0].strip().removesuffix("::")
        parts.append(f"## {script.stem}\n\n{promise}\n\n```text\n{done.stdout.strip()}\n```\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")
    print(f"Wrote {PAGE}.")
    return 0


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


if __name__ == "__main__":
    sys.exit(main())
