"""Places where a journal is in danger: folders that are synced, and drives of other computers.

While it writes, SQLite keeps in a second file how the journal was before. A program that syncs in
the middle of that or puts another version in the place, or a network drive that doesn't keep
locks, can damage the journal.
"""

from __future__ import annotations

import re
import sys
import warnings
from pathlib import Path

from infonb.errors import InfonbWarning

_SYNCED = {
    "OneDrive": r"one ?drive( ?-.*)?",
    "iCloud": r"com~apple~clouddocs|icloud ?drive|mobile documents",
    "Dropbox": r"dropbox( ?[(-].*)?",
    "Google Drive": r"google ?drive( ?[(-].*)?|my drive",
}
_NETWORK_SYSTEMS = {
    "nfs", "nfs4", "cifs", "smb", "smbfs", "smb2", "smb3", "afs", "davfs", "fuse.davfs",
    "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "ncpfs",
}  # fmt: skip

_warned: set[str] = set()


def warn_about(path: Path) -> None:
    """Warn, once for each folder, when a journal lies where it may be damaged."""
    danger = danger_of(str(path))
    if danger is None or str(path.parent) in _warned:
        return
    _warned.add(str(path.parent))
    warnings.warn(
        f"The journal {path} lies {danger}. That can damage it while it is in use. Keep it in a "
        "folder of this computer alone, and let the folder there hold backups: "
        "journal.backup(path).",
        InfonbWarning,
        stacklevel=4,
    )


def danger_of(path: str, mounts: str | None = None) -> str | None:
    """What is dangerous about a path, in words that go on after "lies"; None when nothing is.

    Parameters
    ----------
    path : str
        An absolute path as Windows, macOS or Linux writes it.
    mounts : str, optional
        The content of ``/proc/mounts``; by default this computer's.

    Examples
    --------
    >>> danger_of(r"C:\\\\Users\\\\ada\\\\OneDrive - School\\\\search.db")
    'in a folder that OneDrive syncs'
    >>> danger_of("/home/ada/search.db", mounts="") is None
    True
    """
    for part in re.split(r"[/\\]", path)[:-1]:
        for service, pattern in _SYNCED.items():
            if re.fullmatch(pattern, part.strip(), re.IGNORECASE):
                return f"in a folder that {service} syncs"
        in_cloud_storage = re.fullmatch(r"(OneDrive|GoogleDrive|Dropbox|Box)-?.*", part)
        if in_cloud_storage and "CloudStorage" in path:
            return f"in a folder that {in_cloud_storage[1]} syncs"
    if path.startswith((r"\\", "//")) or _is_remote(path, _mounts() if mounts is None else mounts):
        return "on a drive of another computer"
    return None


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _is_remote(path: str, mounts: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return ctypes.windll.kernel32.GetDriveTypeW(path[:3]) == remote
    best, system = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        at = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        inside = path == at or path.startswith(at.rstrip("/") + "/")
        if inside and len(at) >= len(best):
            best, system = at, fields[2]
    return system in _NETWORK_SYSTEMS
