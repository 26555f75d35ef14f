"""The package keeps its promises of shape: light to import, one way of the data, fixed names."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("pandas", "pyarrow", "numpy", "scipy", "altair", "ipywidgets", "anywidget", "sqlalchemy",
         "alembic", "nbconvert", "jupyterlab", "narwhals", "sklearn", "rapidfuzz")  # fmt: skip

JOURNAL = (
    "add_occupation add_person plan_interview record_answer record_skill finish_interview "
    "occupations people interviews interview update remove undo add_referral add_lead "
    "record_conduct add_strength set_importance record_decision record_outcome done tasks history "
    "forget backup restore check import_file findings close __enter__ __exit__"
).split()
FINDINGS = (
    "occupations people interviews answers skills strengths themes tasks matrix coverage ratings "
    "outlook pathways skills_by_occupation skill_overlap themes_by_occupation quotes confidence "
    "conduct network saturation decide next_interview"
).split()
NAMES = [
    "open", "sample", "today", "InfonbError", "StaleAnswer", "Journal",
    *(f"Journal.{name}" for name in JOURNAL),
    *(f"findings.Findings.{name}" for name in FINDINGS),
    *(f"charts.{name}" for name in "coverage ratings answers skills overlap outlook pathways decision "
      "network progress".split()),
    *(f"widgets.{name}" for name in "Prepare Capture Debrief Decide Code Import".split()),
    "method.QUESTIONS", "method.CHECKLISTS", "method.check_wording", "method.Concern",
    "reference.occupation", "report.build",
]  # fmt: skip

# public call -> its arguments, those that must be given first
SIGNATURES = {
    "Journal.add_occupation": ("title", "soc"),
    "Journal.add_person": ("name", "source", "name_from", "referred_by"),
    "Journal.plan_interview": ("person", "occupation", "at", "minutes", "questions"),
    "Journal.record_skill": ("interview", "phrase", "rank"),
    "Journal.record_decision": ("occupation", "next_step", "why"),
    "Journal.import_file": ("path", "format", "dry_run"),
    "sample": ("name",),
}


def resolved(name: str) -> object:
    found: object = importlib.import_module("infonb")
    for part in name.split("."):
        found = getattr(found, part)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_of_the_design_is_there_with_its_documentation(name: str):
    found = resolved(name)  # of a class its attributes: a property is a property
    if callable(found) or isinstance(found, property):
        assert found.__doc__ or name.endswith("__")


@pytest.mark.parametrize("name", SIGNATURES)
def test_arguments_come_in_the_order_of_the_design(name: str):
    given = [p for p in inspect.signature(resolved(name)).parameters if p != "self"]
    assert tuple(given[: len(SIGNATURES[name])]) == SIGNATURES[name]


@pytest.mark.parametrize(
    ("call", "required"),
    [("add_occupation", 1), ("add_person", 1), ("plan_interview", 2), ("record_answer", 2),
     ("record_skill", 2), ("finish_interview", 1), ("add_referral", 2), ("tasks", 0),
     ("import_file", 1), ("backup", 1)],
)  # fmt: skip
def test_every_argument_after_those_shown_by_position_is_optional(call: str, required: int):
    parameters = list(inspect.signature(resolved(f"Journal.{call}")).parameters.values())[1:]
    needed = [p.name for p in parameters if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    assert len(needed) <= required, needed


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True,
        encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120,
    )  # fmt: skip
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("import infonb", ()),
        ("import infonb; infonb.today(); infonb.InfonbError; dir(infonb)", ()),
        ("from infonb import method; method.QUESTIONS", ()),
        ("import infonb.cli; infonb.cli._parser()", ()),
        ("import infonb; infonb.open", ()),
        ("from infonb.journal import Journal", ("sqlalchemy",)),
    ],
)
def test_importing_is_light_until_something_is_used(statement: str, allowed: tuple[str, ...]):
    loaded = loaded_by(statement)
    assert not [name for name in HEAVY if name in loaded and name not in allowed]


def test_data_goes_one_way():
    # in a process of its own: import-linter turns the loggers of everybody else off
    lint = "import sys; from importlinter.cli import lint_imports as lint; sys.exit(lint(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def files(*endings: str) -> list[Path]:
    """The project's own files; not what commands made."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if f == ".ci" or not f.startswith((".", "__"))]
        if Path(folder) == ROOT:
            folders[:] = [f for f in folders if f not in ("reports", "build", "dist")]
        found += [Path(folder) / n for n in names if not endings or n.endswith(endings)]
    return found


def test_no_file_names_a_package_registry():
    hosts = ["py" + "pi.org", "python" + "hosted.org", "ana" + "conda.org", "npm" + "js.org",
             "crates" + ".io", "ya" + "rnpkg.com"]  # fmt: skip
    text = files(".py", ".md", ".toml", ".txt", ".ipynb", ".js", ".css", ".csv", ".jsonl", ".yml",
                 ".json", ".j2", "Makefile", "run", ".gitignore")  # fmt: skip
    assert len(text) > 100
    named = {
        (path.name, host)
        for path in text
        for host in hosts
        if host in path.read_text(encoding="utf-8", errors="replace")
    }
    assert not named


def test_every_module_says_what_it_is_and_postpones_annotations():
    for path in files(".py"):
        if path.relative_to(ROOT).parts[0] == "tests" or "versions" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if not source.strip():
            continue
        tree = ast.parse(source)
        assert ast.get_docstring(tree), f"{path} has no docstring"
        assert "from __future__ import annotations" in source, path


def test_nothing_asks_the_clock_but_the_clock():
    for path in files(".py"):
        if path.relative_to(ROOT).parts[0] != "infonb" or path.name == "clock.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in ("today", "utcnow")
                and isinstance(node.value, (ast.Attribute, ast.Name))
            ):
                owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id
                assert owner not in ("date", "datetime"), f"{path}:{node.lineno}"


def test_no_module_has_a_name_that_says_nothing():
    for path in files(".py"):
        assert path.stem.strip("_") not in {
            "utils",
            "util",
            "helpers",
            "helper",
            "manager",
            "misc",
            "common",
        }
