"""How one gets better at it: confidence and conduct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb import method
from infonb.frame import REAL, TEXT, WHOLE, frame, to_records

if TYPE_CHECKING:
    import pandas as pd


def in_order(interviews: pd.DataFrame) -> pd.DataFrame:
    """Interviews that were held, in order of date; those without a date come last, as entered."""
    held = interviews[interviews["status"] == "done"]
    return held.sort_values(["date", "started_at"], kind="stable", na_position="last")


def confidence(interviews: pd.DataFrame) -> pd.DataFrame:
    """Confidence before and after each interview, in order of time.

    Returns
    -------
    DataFrame
        order (from 1), interview, occupation, person, date, before, after (1 to 5), change.

    Examples
    --------
    >>> infonb.sample("example").findings().confidence().before.tolist()[:3]
    [2, 2, 2]
    """
    held = in_order(interviews)
    rows = [
        {
            **{key: row[key] for key in ("interview", "occupation", "person", "date")},
            "order": number, "before": row["confidence_before"], "after": row["confidence_after"],
        }
        for number, row in enumerate(to_records(held), start=1)
    ]  # fmt: skip
    for row in rows:
        before, after = row["before"], row["after"]
        row["change"] = None if before is None or after is None else after - before
    return frame(
        rows,
        {
            "order": WHOLE, "interview": TEXT, "occupation": TEXT, "person": TEXT, "date": TEXT,
            "before": WHOLE, "after": WHOLE, "change": WHOLE,
        },
    )  # fmt: skip


def conduct(conducted: pd.DataFrame, interviews: pd.DataFrame) -> pd.DataFrame:
    """How well one conducts interviews, item by item, and what to do better.

    Returns
    -------
    DataFrame
        One row per judged item, the weakest first: item, text, interviews (in which it was
        judged), yes, partly, no (counts), score (mean, 0 to 2), latest (score in the last
        interview), better (what to do, missing where it went well every time).

    Examples
    --------
    >>> infonb.sample("example").findings().conduct().columns[0]
    'item'
    """
    order = {id: number for number, id in enumerate(in_order(interviews)["interview"])}
    texts = {item.key: item for stage in method.CHECKLISTS.values() for item in stage}
    rows: list[dict[str, Any]] = []
    for item, part in conducted.groupby("item", sort=False):
        scores = part["score"]
        last = max(part.to_dict("records"), key=lambda row: order.get(row["interview"], -1))
        known = texts[str(item)]
        weak = bool((scores < 2).any())
        rows.append(
            {
                "item": item, "text": known.text, "interviews": len(part),
                "yes": int((scores == 2).sum()), "partly": int((scores == 1).sum()),
                "no": int((scores == 0).sum()), "score": float(scores.mean()),
                "latest": int(last["score"]),
                "better": f"{known.text}. {known.why}" if weak else None,
            }
        )  # fmt: skip
    place = {key: number for number, key in enumerate(texts)}
    rows.sort(key=lambda row: (row["score"], place[row["item"]]))
    return frame(
        rows,
        {
            "item": TEXT, "text": TEXT, "interviews": WHOLE, "yes": WHOLE, "partly": WHOLE,
            "no": WHOLE, "score": REAL, "latest": WHOLE, "better": TEXT,
        },
    )  # fmt: skip
