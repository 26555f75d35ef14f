"""Folders that are synced and drives of other computers are recognised, and warned about once."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import infonb
from infonb.errors import InfonbWarning
from infonb.journal.risky_folders import danger_of

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home/ada/net nfs4 rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /home/ada/net/local ext4 rw 0 0
me@host:/ /mnt/ssh fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\ada\OneDrive\search.db", "OneDrive"),
        (r"C:\Users\ada\OneDrive - City College\jobs\search.db", "OneDrive"),
        ("/Users/ada/Library/CloudStorage/OneDrive-Personal/search.db", "OneDrive"),
        ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/search.db", "iCloud"),
        (r"C:\Users\ada\iCloudDrive\search.db", "iCloud"),
        ("/home/ada/Dropbox/search.db", "Dropbox"),
        (r"D:\Dropbox (Personal)\search.db", "Dropbox"),
        ("/Users/ada/Library/CloudStorage/Dropbox/search.db", "Dropbox"),
        (r"G:\My Drive\search.db", "Google Drive"),
        ("/Users/ada/Google Drive/search.db", "Google Drive"),
        ("/Users/ada/Library/CloudStorage/GoogleDrive-a@example.org/My Drive/x.db", "Google"),
    ],
)
def test_synced_folders(path: str, service: str) -> None:
    danger = danger_of(path, mounts="")
    assert danger is not None
    assert service in danger


@pytest.mark.parametrize(
    "path",
    [
        r"\\server\share\search.db", "//server/share/search.db", "/home/ada/net/search.db",
        "/mnt/my share/deep/search.db", "/mnt/ssh/search.db",
    ],
)  # fmt: skip
def test_network_drives(path: str) -> None:
    assert danger_of(path, MOUNTS) == "on a drive of another computer"


@pytest.mark.parametrize(
    "path",
    [
        "/home/ada/search.db", "/home/ada/net/local/search.db", "/home/ada/network/search.db",
        "/home/ada/dropbox.db", r"C:\Users\ada\Documents\search.db",
        "/home/ada/My Drives/search.db", "/home/ada/OneDriven/search.db",
    ],
)  # fmt: skip
def test_other_places_are_fine(path: str) -> None:
    assert danger_of(path, MOUNTS) is None


def test_the_warning_comes_once_and_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with pytest.warns(InfonbWarning, match=r"Dropbox syncs.*journal\.backup"):
        infonb.open(folder / "search.db").close()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        infonb.open(folder / "search.db").close()
