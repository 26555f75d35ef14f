"""What the answers say: pure functions from frames to frames, and the statistics under them.

`Findings` is the front door. The modules beside it hold one question each: arrays first
(`bayes`, `smaa`, `value_of_information`, …), frames around them.
"""

from __future__ import annotations

from infonb.findings.decision import Decision
from infonb.findings.snapshot import Findings
from infonb.privacy.redact import Redaction

__all__ = ["Decision", "Findings", "Redaction"]
