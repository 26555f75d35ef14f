"""``python -m infonb`` is the command ``infonb``."""

from __future__ import annotations

import sys

from infonb.cli import main

sys.exit(main())
