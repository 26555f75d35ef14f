"""One view per module, one theme: every function takes findings and gives an Altair chart.

`save` writes one as a picture: ``charts.save(charts.ratings(findings), "ratings.png")``.

Importing this package makes charts show in JupyterLab without internet (see `renderer`).
"""

from __future__ import annotations

from infonb.charts import altair_quickly as _altair_quickly  # noqa: F401  # before all others
from infonb.charts import renderer as _renderer
from infonb.charts.answers import answers
from infonb.charts.coverage import coverage
from infonb.charts.decision import central_weights, decision
from infonb.charts.network import network
from infonb.charts.outlook import outlook
from infonb.charts.overlap import overlap
from infonb.charts.pathways import pathways
from infonb.charts.progress import progress
from infonb.charts.ratings import ratings
from infonb.charts.saturation import saturation
from infonb.charts.saving import save as save  # no view, so not in __all__
from infonb.charts.skill_gap import skill_gap
from infonb.charts.skills import skills
from infonb.charts.strengths import strengths
from infonb.charts.wages import wages

__all__ = [
    "answers",
    "central_weights",
    "coverage",
    "decision",
    "network",
    "outlook",
    "overlap",
    "pathways",
    "progress",
    "ratings",
    "saturation",
    "skill_gap",
    "skills",
    "strengths",
    "wages",
]

_renderer.enable()
