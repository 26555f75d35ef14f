"""Public names carry their types: nothing is unknown to those who build on them.

The forms are left out: their base classes are ipywidgets', which has no types. Frames and charts are
pandas' and Altair's own.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALTAIRS = re.compile(r'base class|metaclass|"\w*Chart"')
"""Altair's own classes, which pyright sometimes knows and sometimes doesn't."""
MODULES = [
    "infonb", *(f"infonb.{name}" for name in "journal findings charts report method reference "
                "exchange follow_up sheet doctor".split()),
]  # fmt: skip


def public() -> set[str]:
    """The full names, where each is defined; of a class its members belong to it."""
    names = set()
    for module in MODULES:
        found = importlib.import_module(module)
        for name in getattr(found, "__all__", None) or [n for n in vars(found) if n[0] != "_"]:
            thing = getattr(found, name)
            home = getattr(thing, "__module__", module)
            if str(home).startswith("infonb"):
                names |= {f"{module}.{name}", f"{home}.{getattr(thing, '__qualname__', name)}"}
    return names


def _message(diagnostic: dict[str, str]) -> str:
    return diagnostic["message"]


def test_no_public_name_has_a_type_that_is_unknown():
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--verifytypes", "infonb",
         "--ignoreexternal", "--outputjson"],
        cwd=ROOT, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNDEFAULTENCODING": ""},
    )  # fmt: skip
    symbols = json.loads(done.stdout)["typeCompleteness"]["symbols"]
    known = {symbol["name"]: symbol for symbol in symbols}
    names = public()
    assert len(names & known.keys()) > 100
    wrong = {
        name: messages
        for name, symbol in known.items()
        if (name in names or name.rpartition(".")[0] in names)
        and not symbol["isTypeKnown"]
        and not symbol["name"].startswith("infonb.widgets")
        and (messages := [m for m in map(_message, symbol["diagnostics"]) if not ALTAIRS.search(m)])
    }
    assert not wrong
