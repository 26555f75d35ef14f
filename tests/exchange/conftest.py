"""An empty journal, and files to take into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import infonb
from infonb.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with infonb.open(tmp_path / "journal.db") as opened:
        yield opened


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., Path]:
    """Write records (or raw text) as JSON Lines; the file's path."""

    def write(*records: Any, name: str = "notes.jsonl") -> Path:
        path = tmp_path / name
        text = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records)
        path.write_bytes(text.encode("utf-8"))
        return path

    return write


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write text as a CSV file; the file's path."""

    def write(text: str, name: str = "notes.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write
