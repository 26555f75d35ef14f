"""Many journals: what students hand in, what all of it says, and what of it may be published."""

from __future__ import annotations

from infonb.programme.collect import Collected, collect
from infonb.programme.hand_ins import codes, hand_in, prepare, preview
from infonb.programme.protection import release
from infonb.programme.reader import Programme, read

__all__ = [
    "Collected",
    "Programme",
    "codes",
    "collect",
    "hand_in",
    "prepare",
    "preview",
    "read",
    "release",
]
