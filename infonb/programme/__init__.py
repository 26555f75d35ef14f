"""Many journals: what students hand in, what all of it says, and what of it may be published."""

from __future__ import annotations

from infonb.programme.hand_ins import codes, hand_in, prepare, preview
from infonb.programme.reader import Programme, read

__all__ = ["Programme", "codes", "hand_in", "prepare", "preview", "read"]
