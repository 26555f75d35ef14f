"""The lowest versions that pyproject.toml allows, as constraints for pip: `make test-lowest`.

python tests/package/lowest.py > lowest.txt
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def lowest() -> list[str]:
    """``name==version`` for everything that infonb itself asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = []
    for line in project["dependencies"]:
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        bounds = [s.version for s in wanted.specifier if s.operator in (">=", "==")]
        assert bounds, f"{line} has no lower bound"
        pinned.append(f"{wanted.name}=={bounds[0]}")
    return pinned


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest()) + "\n")
