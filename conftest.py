"""What every doctest may use: a journal to write in, an interview, the example's findings."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

# kernels and servers that tests start must find this checkout and fixed ways
os.environ.setdefault("JUPYTER_PLATFORM_DIRS", "1")
os.environ["INFONB_REFERENCE_DIR"] = os.path.join(tempfile.gettempdir(), "infonb-no-reference")


@pytest.fixture(autouse=True)
def _doctest_namespace(request: pytest.FixtureRequest) -> None:
    """Names for doctests, made only for them."""
    if not isinstance(request.node, pytest.DoctestItem):
        return
    import infonb

    folder = request.getfixturevalue("tmp_path")
    monkeypatch = request.getfixturevalue("monkeypatch")
    for variable in ("INFONB_JOURNAL", "INFONB_TODAY", "INFONB_REDACT"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv(variable, "")
    namespace = request.node.dtest.globs
    namespace.update(infonb=infonb, tmp_path=Path(folder))
    told = request.node.dtest.docstring
    if "journal" in told or "interview" in told:
        journal = infonb.open(folder / "doctest.db")
        request.addfinalizer(journal.close)
        occupation = journal.add_occupation("Mechanical engineer", soc="17-2141")
        person = journal.add_person("Sam", source="friend")
        interview = journal.plan_interview(person, occupation)
        namespace.setdefault("journal", journal)
        namespace.setdefault("interview", interview)
    if ">>> findings" in told or "(findings" in told:
        sample = infonb.sample()
        request.addfinalizer(sample.close)
        namespace.setdefault("findings", sample.findings())
