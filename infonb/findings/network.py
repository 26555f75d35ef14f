"""Who referred whom, how you knew of them, and to whom a thank-you is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infonb.frame import TEXT, TRUTH, WHOLE, frame

if TYPE_CHECKING:
    import pandas as pd


def network(people: pd.DataFrame, interviews: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Everybody you know of, referrers before those they referred.

    Returns
    -------
    DataFrame
        One row per person: person, occupation (asked about first), source, referred_by, steps
        (how many referrals away from somebody you knew yourself, 0 for those), referred (how
        many people they named to you), interviewed, thank_you ("sent", "owed", or missing where
        there is nothing to thank for: not talked to yet, or read in a publication).

    Examples
    --------
    >>> infonb.sample("example").findings().network().steps.max()
    3
    """
    by = {
        row["person"]: row["referred_by"]
        for row in people.to_dict("records")
        if isinstance(row["referred_by"], str)
    }
    about = interviews.drop_duplicates("person").set_index("person")["occupation"]
    thanks = tasks[tasks["kind"] == "thank_you"]
    sent = set(thanks.loc[thanks["done_at"].notna(), "person"])
    read = set(interviews.loc[interviews["publisher"].notna(), "person"])
    rows: list[dict[str, Any]] = [
        {
            **row, "occupation": about.get(row["person"]),
            "steps": _steps(row["person"], by),
            "referred": sum(1 for referrer in by.values() if referrer == row["person"]),
            "thank_you": None if row["person"] in read else _thanked(row, sent),
        }
        for row in people.to_dict("records")
    ]  # fmt: skip
    ordered = [row for root in rows if root["person"] not in by for row in _branch(root, rows, by)]
    rest = [row for row in rows if row not in ordered]  # a circle of referrals, however it came
    return frame(
        [*ordered, *rest],
        {
            "person": TEXT, "occupation": TEXT, "source": TEXT, "referred_by": TEXT,
            "steps": WHOLE, "referred": WHOLE, "interviewed": TRUTH, "thank_you": TEXT,
        },
    )  # fmt: skip


def _steps(person: str, by: dict[str, str]) -> int:
    seen = {person}
    while (referrer := by.get(person)) is not None and referrer not in seen:
        seen.add(referrer)
        person = referrer
    return len(seen) - 1


def _branch(
    root: dict[str, Any], rows: list[dict[str, Any]], by: dict[str, str]
) -> list[dict[str, Any]]:
    below = [row for row in rows if by.get(row["person"]) == root["person"]]
    return [root, *(row for child in below for row in _branch(child, rows, by))]


def _thanked(row: dict[str, Any], sent: set[str]) -> str | None:
    if row["person"] in sent:
        return "sent"
    return "owed" if row["interviewed"] else None
