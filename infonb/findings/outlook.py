"""The outlook: what people said beside what the official figures say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from infonb import reference
from infonb.findings import estimates
from infonb.frame import REAL, TEXT, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd

_GAP = 0.75
_SURE = 0.8
_COLUMNS = {
    "occupation": TEXT, "soc": TEXT, "n": WHOLE, "mean": REAL, "low": REAL, "high": REAL,
    "official_class": TEXT, "official_score": REAL, "growth_pct": REAL, "openings_k": REAL,
    "employment_k": REAL, "median_wage": WHOLE, "wage_p10": WHOLE, "wage_p90": WHOLE,
    "education": TEXT, "period": TEXT, "source": TEXT, "gap": TEXT,
}  # fmt: skip
_HOPEFUL = "They sound more hopeful than the projection: ask what they see that it doesn't."
_WORRIED = "They sound less hopeful than the projection: ask what they see that it doesn't."


def outlook(occupations: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """What they said about the outlook beside the official projection and wages.

    Parameters
    ----------
    occupations, answers : DataFrame
        Frames of a snapshot.

    Returns
    -------
    DataFrame
        One row per occupation: occupation, soc, n (people who rated the outlook), mean, low,
        high (1 shrinking to 5 booming, 80 % band), official_class (derived by infonb from the
        projected growth), official_score (the same on 1 to 5), growth_pct (over the whole
        period), openings_k and employment_k (thousands), median_wage, wage_p10, wage_p90
        (dollars a year), education (typical entry), period, source (with vintages), gap (words
        to ask about, where ratings and projection differ by more than 0.75 with a chance of at
        least 0.8; else missing). What is not known is missing.

    Examples
    --------
    >>> findings = infonb.sample().findings()
    >>> findings.outlook().set_index("occupation").growth_pct["Wind turbine technician"]
    49.9
    """
    said = answers[(answers["question"] == "outlook") & answers["rating"].notna()]
    rows = []
    for title, soc in zip(occupations["occupation"], occupations["soc"], strict=True):
        code = soc if isinstance(soc, str) else None
        rows.append({"occupation": title, "soc": code, **_official(code)})
        rows[-1].update(_said(said[said["occupation"] == title], rows[-1]["official_score"]))
    return frame(rows, _COLUMNS)


def _official(soc: str | None) -> dict[str, Any]:
    facts = reference.occupation(soc)
    if facts is None:
        return {"official_score": None}
    sources = [facts.projections_source, facts.wage_source]
    return {
        "official_class": facts.outlook.name if facts.outlook else None,
        "official_score": facts.outlook.score if facts.outlook else None,
        "growth_pct": facts.growth_pct, "openings_k": facts.openings_k,
        "employment_k": facts.employment_k, "median_wage": facts.median_wage,
        "wage_p10": facts.wage_p10, "wage_p90": facts.wage_p90, "education": facts.education,
        "period": facts.period, "source": "; ".join(filter(None, sources)) or None,
    }  # fmt: skip


def _said(said: pd.DataFrame, official: float | None) -> dict[str, Any]:
    heard = said[said["weight"] > 0]
    n = heard["person"].nunique()
    if n == 0:
        return {"n": 0}
    counts = estimates.count(
        heard["rating"].to_numpy(dtype=np.int64), heard["weight"].to_numpy(dtype=float)
    )
    band = estimates.bands(counts)
    return {
        "n": n, "mean": float(band.mean), "low": float(band.low), "high": float(band.high),
        "gap": _gap(counts, official),
    }  # fmt: skip


def _gap(counts: Any, official: float | None) -> str | None:
    if official is None:
        return None
    if float(estimates.chance_mean_above(counts, official + _GAP)) >= _SURE:
        return _HOPEFUL
    if 1 - float(estimates.chance_mean_above(counts, official - _GAP)) >= _SURE:
        return _WORRIED
    return None
