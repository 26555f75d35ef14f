"""The agencies' own files: fetched when asked for, read, stored, and where they lie."""

from __future__ import annotations
