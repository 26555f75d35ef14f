"""Promises of the cached drawing library: made once, never half there, never needed to be there."""

from __future__ import annotations

import base64
import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from infonb.report import vega
from infonb.report.vega import Bundle, script_hash, vega_bundle

SMALL = Bundle(base64.b64encode(gzip.compress(b"x", mtime=0)).decode(), script_hash("x"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and no memory of an earlier bundle."""
    file = tmp_path / "cache" / "vega.txt"
    monkeypatch.setattr(vega, "_cache_file", lambda: file)
    monkeypatch.setattr(vega, "_make", lambda: SMALL)
    vega_bundle.cache_clear()
    yield file
    vega_bundle.cache_clear()


def never() -> Bundle:
    raise AssertionError("made although it was there")


def test_the_second_report_finds_what_the_first_made(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert vega_bundle() == SMALL
    vega_bundle.cache_clear()
    monkeypatch.setattr(vega, "_make", never)
    assert vega_bundle() == SMALL
    assert [p.name for p in cache.parent.iterdir()] == ["vega.txt"]


@pytest.mark.parametrize("damage", ["", "x\ny\nz", "no lines", "\n\n", "ä\nb\nc"])
def test_a_damaged_file_is_made_again(damage: str, cache: Path) -> None:
    cache.parent.mkdir()
    cache.write_text(damage, encoding="utf-8")
    assert vega_bundle() == SMALL
    assert vega._read(cache) == SMALL


def test_a_file_cut_short_or_changed_is_made_again(cache: Path) -> None:
    vega_bundle()
    whole = cache.read_text(encoding="ascii")
    for wrong in (whole[:-1], whole.replace("sha256-", "sha256+"), whole + "A"):
        cache.write_text(wrong, encoding="ascii")
        assert vega._read(cache) is None


def test_without_a_folder_to_write_to_it_still_works(tmp_path: Path, cache: Path) -> None:
    cache.parent.write_text("a file where the folder should be", encoding="utf-8")
    assert vega_bundle() == SMALL


def test_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "vega.txt"
    writer = (
        "import sys, pathlib\n"
        "from infonb.report import vega\n"
        "made = vega.Bundle(sys.argv[2] * 400_000, \"'sha256-x'\")\n"
        "for _ in range(30): vega._keep(pathlib.Path(sys.argv[1]), made)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", writer, str(file), letter]) for letter in "ABC"
    ]
    seen = set()
    while any(w.poll() is None for w in writers):
        if file.exists():
            found = vega._read(file)
            assert found is not None
            seen.add(found.packed[0])
    assert [w.returncode for w in writers] == [0, 0, 0]
    assert seen and [p.name for p in file.parent.iterdir()] == ["vega.txt"]


def test_the_real_library_is_what_its_hash_says() -> None:
    vega_bundle.cache_clear()
    made = vega_bundle()
    source = gzip.decompress(base64.b64decode(made.packed)).decode("utf-8")
    assert script_hash(source) == made.source_hash
    assert "window.vegaEmbed=" in source[-60:]
