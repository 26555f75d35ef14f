"""How people answer requests: shares that silence is counted in, and how long one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from infonb.findings.bayes import Band
from infonb.frame import REAL, TEXT, WHOLE, frame

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    import pandas as pd

COUNTS_FROM = 10
"""Days after which a request counts, whatever happened before: else the quick answers count and
the slow ones don't."""
ENOUGH = 3
"""Counted requests from which a share is shown; below it only the counts are."""
_COLUMNS = {
    "group": TEXT, "asked": WHOLE, "counted": WHOLE, "agreed": WHOLE, "met": WHOLE, "share": REAL,
    "low": REAL, "high": REAL, "days": REAL,
}  # fmt: skip


def agreed_share(agreed: ArrayLike, counted: ArrayLike, level: float = 0.8) -> Band:
    """Share of requests that are agreed to, with one imaginary request, half of it agreed.

    ``Beta(agreed + 1/2, counted - agreed + 1/2)``.

    Parameters
    ----------
    agreed, counted
        Counts of one shape; no more agreed than counted.
    level
        Chance that the interval holds the true share, within 0 to 1.

    Returns
    -------
    Band
        Shares, 0 to 1.

    Raises
    ------
    ValueError
        When more agreed than were counted, or a count is below 0.

    Examples
    --------
    >>> [round(float(x), 3) for x in agreed_share(1, 2)]
    [0.5, 0.156, 0.844]
    """
    agreed, counted = np.asarray(agreed, dtype=float), np.asarray(counted, dtype=float)
    if ((agreed < 0) | (agreed > counted)).any():
        raise ValueError("Of the requests counted, 0 to all of them can be agreed to.")
    yes, no = agreed + 0.5, counted - agreed + 0.5
    low, high = (betaincinv(yes, no, (1 + side * level) / 2) for side in (-1, 1))
    return Band(yes / (yes + no), low, high)


def by_source(contacts: pd.DataFrame, met: Collection[str], today: dt.date) -> pd.DataFrame:
    """What became of asking, by how the people are known.

    Parameters
    ----------
    contacts : DataFrame
        person, source, kind, at, in order of time: `infonb.journal.Journal.record_contact`.
    met : collection of str
        People who were interviewed.
    today : datetime.date

    Returns
    -------
    DataFrame
        As `outreach`, the group called source, in the order in which they were asked first.
    """
    import pandas as pd

    days = contacts.assign(day=contacts["at"].dt.strftime("%Y-%m-%d").astype("str"))
    rows = []
    for person, part in days.groupby("person", sort=False):
        asked = part.loc[part["kind"] == "asked", "day"]
        if asked.empty:
            continue
        said = part[part["kind"].isin(["answered_yes", "answered_no"])]
        answered = said.iloc[0] if len(said) else None
        rows.append(
            {
                "source": part["source"].iloc[0], "asked": asked.iloc[0],
                "answered": None if answered is None else answered["day"],
                "answer": None if answered is None else answered["kind"].removeprefix("answered_"),
                "met": person in met or bool((part["kind"] == "met").any()),
            }
        )  # fmt: skip
    if not rows:
        return frame([], _COLUMNS).rename(columns={"group": "source"})[_BY_SOURCE]
    found = outreach(pd.DataFrame(rows), today, by="source")
    return found.rename(columns={"group": "source"})[_BY_SOURCE]


_BY_SOURCE = ["source", "asked", "counted", "agreed", "share", "low", "high", "met", "days"]


def outreach(requests: pd.DataFrame, today: dt.date, by: str | None = None) -> pd.DataFrame:
    """What became of the requests.

    Parameters
    ----------
    requests : DataFrame
        One row per request: asked (day), answered (day of the first answer, yes or no; missing
        while silent), answer ("yes" or "no"; missing while silent), met (whether they talked); and
        the column named by ``by``. Days are text as in the journal, or dates.
    today : datetime.date
        The day from which is counted.
    by : str, optional
        Column to part the requests by, such as how the person is known; by default all together.

    Returns
    -------
    DataFrame
        One row per group, in order of appearance: group (missing for all together), asked
        (requests), counted (those at least ten days old), agreed (of those counted, with a yes by
        their tenth day), met (of those counted), share, low, high (0 to 1, 80 % band; missing
        below three counted), days (by which half of the answers to the counted had come; missing
        without any).

    Examples
    --------
    >>> import datetime, pandas
    >>> requests = pandas.DataFrame({
    ...     "asked": ["2026-03-01", "2026-03-05", "2026-03-12"],
    ...     "answered": ["2026-03-03", None, "2026-03-13"], "answer": ["no", None, "yes"],
    ...     "met": [False, False, False]})
    >>> found = outreach(requests, datetime.date(2026, 3, 20))
    >>> found[["asked", "counted", "agreed"]].iloc[0].tolist()
    [3, 2, 0]
    """
    import pandas as pd

    asked, answered = (pd.to_datetime(requests[name]) for name in ("asked", "answered"))
    waited = (answered - asked).dt.days
    known = requests.assign(
        counts=((pd.Timestamp(today) - asked).dt.days >= COUNTS_FROM),
        waited=waited,
        said_yes=(requests["answer"] == "yes").fillna(False) & (waited <= COUNTS_FROM),
    )
    groups = [(None, known)] if by is None else known.groupby(by, sort=False, dropna=False)
    rows = []
    for group, part in groups:
        counted = part[part["counts"].astype(bool)]
        agreed = int(counted["said_yes"].astype(bool).sum())
        row = {
            "group": None if group is None or group != group else group, "asked": len(part),
            "counted": len(counted), "agreed": agreed,
            "met": int(counted["met"].fillna(False).astype(bool).sum()),
        }  # fmt: skip
        if len(counted) >= ENOUGH:
            band = agreed_share(agreed, len(counted))
            row |= {name: float(value) for name, value in band._asdict().items()}
            row["share"] = row.pop("mean")
        answers = np.sort(counted["waited"].dropna().to_numpy(dtype=float))
        if len(answers):
            row["days"] = answers[(len(answers) - 1) // 2]
        rows.append(row)
    return frame(rows, _COLUMNS)
