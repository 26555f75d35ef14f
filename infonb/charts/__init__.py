"""One view per module, one look: every function takes findings and gives an Altair chart.

`save` writes one as a picture: ``charts.save(charts.ratings(findings), "ratings.png")``. Charts of
your own can have the same look: ``altair.theme.enable("infonb")``.
"""

from __future__ import annotations

from infonb.charts import fast_import as _fast_import  # noqa: F401  # before all others
from infonb.charts.answers import answers
from infonb.charts.chart import Chart as Chart  # no view, so not in __all__
from infonb.charts.chart import save as save
from infonb.charts.coverage import coverage
from infonb.charts.decision import central_weights, decision
from infonb.charts.expectations import expectations
from infonb.charts.network import network
from infonb.charts.outlook import outlook
from infonb.charts.outreach import outreach
from infonb.charts.overlap import overlap
from infonb.charts.pathways import pathways
from infonb.charts.progress import progress
from infonb.charts.ratings import ratings
from infonb.charts.saturation import saturation
from infonb.charts.skill_gap import skill_gap
from infonb.charts.skills import skills
from infonb.charts.strengths import strengths
from infonb.charts.wages import wages

__all__ = [
    "answers",
    "central_weights",
    "coverage",
    "decision",
    "expectations",
    "network",
    "outlook",
    "outreach",
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
