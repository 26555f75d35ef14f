"""What a person, an employer, a contact looks like in text: the only place that knows."""

from __future__ import annotations
