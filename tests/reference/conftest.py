"""Where official data is installed while a test runs, and made-up releases to install."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from made_up_release import ONET, PROJECTIONS, WAGES, Rows, write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder official data is installed in."""
    place = tmp_path / "installed"
    monkeypatch.setenv("INFONB_REFERENCE_DIR", str(place))
    return place


@pytest.fixture
def release(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder with a whole made-up release; files can be left out or replaced."""

    def make(ending: str = ".txt", without: Sequence[str] = (), **others: Rows) -> Path:
        folder = tmp_path / "db_31_7_text"
        for name, rows in ONET.items():
            if name not in without:
                write(folder / f"{name}{ending}", others.get(name.replace(" ", "_"), rows))
        for name, rows in (("occupation", PROJECTIONS), ("national_M2031_dl", WAGES)):
            if name not in without:
                write(folder / f"{name}.xlsx", others.get(name, rows), name)
        return folder

    return make
