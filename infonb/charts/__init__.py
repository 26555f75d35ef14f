"""One view per module, one theme: every function takes findings and gives an Altair chart.

Importing this package makes charts show in JupyterLab without internet (see `renderer`).
"""

from __future__ import annotations

from infonb.charts import renderer as _renderer
from infonb.charts.answers import answers
from infonb.charts.coverage import coverage
from infonb.charts.outlook import outlook
from infonb.charts.pathways import pathways
from infonb.charts.ratings import ratings
from infonb.charts.skills import skills

__all__ = ["answers", "coverage", "outlook", "pathways", "ratings", "skills"]

_renderer.enable()
