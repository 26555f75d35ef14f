"""An update switches in one step: whoever reads meanwhile sees the old data or the new."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading

import pytest
from made_up_release import PROJECTIONS, write

import infonb
from infonb import reference
from infonb.cli import main
from infonb.reference.official import store
from infonb.reference.official.install import update


def growth() -> float | None:
    facts = reference.occupation("17-2141")
    assert facts is not None
    return facts.growth_pct


def test_nothing_is_installed_at_first(home):
    assert store.tables() == {} and store.release() is None
    assert growth() == 9.1


def test_a_later_update_adds_to_what_was_installed(home, release, tmp_path):
    update(release(without=["occupation"]))
    assert growth() == 9.1
    done = update(write(tmp_path / "occupation.xlsx", PROJECTIONS))
    assert done.new == ["projections"]
    assert growth() == -10.0
    facts = reference.occupation("17-2141")
    assert facts is not None and facts.job_zone_source == "O*NET 31.7"
    assert reference.match_title("Gizmo engineer")[0].soc == "17-2141"


def test_an_update_that_fails_leaves_everything_as_it_was(home, release, monkeypatch, tmp_path):
    update(release())
    before = (home / "current.json").read_bytes()
    changed = [[-55.5 if cell == -10.0 else cell for cell in row] for row in PROJECTIONS]
    monkeypatch.setattr(os, "replace", _fail)
    with pytest.raises(
        infonb.InfonbError, match=r"current.json can't be written: the disk is full"
    ):
        update(write(tmp_path / "occupation.xlsx", changed))
    assert (home / "current.json").read_bytes() == before
    assert growth() == -10.0


def _fail(*args: object) -> None:
    raise OSError(None, "the disk is full")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_an_update_killed_midway_leaves_the_old_data_and_the_next_one_works(home, release):
    folder = release()
    update(folder)
    code = (
        "import os, signal; from infonb.reference import titles;"
        "from infonb.reference.official import install;"
        "titles.learn = lambda place: os.kill(os.getpid(), signal.SIGKILL);"
        f"install.update({str(folder)!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, env={**os.environ})
    assert done.returncode == -signal.SIGKILL
    assert growth() == -10.0
    update(folder)
    assert growth() == -10.0


def test_readers_meanwhile_see_old_or_new_and_never_an_error(home, release, tmp_path):
    update(release())
    changed = [[-55.5 if cell == -10.0 else cell for cell in row] for row in PROJECTIONS]
    new = write(tmp_path / "occupation.xlsx", changed)
    seen: set[float | None] = set()
    troubles: list[BaseException] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                seen.add(growth())
            except BaseException as error:  # noqa: BLE001 (handed to the test)
                troubles.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    update(new)
    stop.set()
    reader.join()
    seen.add(growth())
    assert troubles == []
    assert seen <= {-10.0, -55.5} and growth() == -55.5


def test_no_more_than_two_updates_stay_on_disk(home, release, tmp_path):
    update(release())
    for _ in range(3):
        update(write(tmp_path / "occupation.xlsx", PROJECTIONS))
    assert len([path for path in home.iterdir() if path.is_dir()]) == 2


def test_damaged_data_is_said_and_can_be_installed_again(home, release):
    folder = release()
    update(folder)
    (home / "current.json").write_text("{", encoding="utf-8")
    with pytest.raises(infonb.InfonbError, match="reference update"):
        reference.occupation("17-2141")
    update(folder)
    assert growth() == -10.0


def test_data_of_another_version_is_said(home, release):
    update(release())
    current = home / "current.json"
    stored = json.loads(current.read_text(encoding="utf-8"))
    current.write_text(json.dumps({**stored, "form": 99}), encoding="utf-8")
    with pytest.raises(infonb.InfonbError, match="another version"):
        reference.occupation("17-2141")


def test_a_table_gone_from_the_folder_is_said(home, release):
    update(release())
    place = store.release()
    assert place is not None
    shutil.rmtree(place)
    with pytest.raises(infonb.InfonbError, match="reference update"):
        store.table("wages")


def test_the_command_installs_and_tells_what_is_there(home, release, capsys):
    assert main(["reference", "status"]) == 0
    assert "No official data is installed" in capsys.readouterr().out
    assert main(["reference", "update", "--from", str(release())]) == 0
    assert main(["reference", "status"]) == 0
    said = capsys.readouterr().out
    assert "projections: 3 rows, BLS Employment Projections 2030–40" in said
    assert "wages: 3 rows, BLS OEWS May 2031" in said
    assert "O*NET 31.7" in said


def test_the_command_tells_a_wrong_call_from_wrong_data(home, tmp_path, capsys):
    assert main(["reference", "update", "--from", str(tmp_path / "nowhere")]) == 2
    (tmp_path / "empty").mkdir()
    assert main(["reference", "update", "--from", str(tmp_path / "empty")]) == 1
    assert "no official file" in capsys.readouterr().err
