"""How one gets better at it: confidence, conduct, and what each further interview still brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from infonb import method
from infonb.findings.discovery import discovery
from infonb.findings.skills import with_names
from infonb.frame import REAL, TEXT, WHOLE, frame

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
            **{key: _known(row[key]) for key in ("interview", "occupation", "person", "date")},
            "order": number, "before": _known(row["confidence_before"]),
            "after": _known(row["confidence_after"]),
        }
        for number, row in enumerate(held.to_dict("records"), start=1)
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


def saturation(
    interviews: pd.DataFrame,
    skills: pd.DataFrame,
    themes: pd.DataFrame,
    occupations: Sequence[str],
) -> pd.DataFrame:
    """What each further person brought, and what the next may be expected to bring.

    Returns
    -------
    DataFrame
        One row per occupation and person talked to, in order of date: occupation, order (from
        1), person, date, new_skills, known_skills (so far), next_skills (Good–Toulmin estimate of
        new ones from one more person, the same on all rows of an occupation), new_themes,
        known_themes, next_themes. Skills said in other words count as new until confirmed.

    Examples
    --------
    >>> found = infonb.sample("example").findings().saturation()
    >>> found.known_skills.iloc[:3].tolist()
    [3, 5, 8]
    """
    held = in_order(interviews)
    named = with_names(skills)
    rows: list[dict[str, Any]] = []
    for occupation in occupations:
        talks = held[held["occupation"] == occupation].drop_duplicates("person")
        people = talks["person"].tolist()
        mine = named[named["occupation"] == occupation]
        coded = themes[themes["occupation"] == occupation]
        by_skill = discovery([set(mine.loc[mine["person"] == p, "name"]) for p in people])
        by_theme = discovery([set(coded.loc[coded["person"] == p, "theme"]) for p in people])
        for number, row in enumerate(talks.to_dict("records")):
            rows.append(
                {
                    "occupation": occupation, "order": number + 1, "person": row["person"],
                    "date": _known(row["date"]),
                    "new_skills": int(by_skill.new[number]),
                    "known_skills": int(by_skill.known[number]),
                    "next_skills": by_skill.expected,
                    "new_themes": int(by_theme.new[number]),
                    "known_themes": int(by_theme.known[number]),
                    "next_themes": by_theme.expected,
                }
            )  # fmt: skip
    return frame(
        rows,
        {
            "occupation": TEXT, "order": WHOLE, "person": TEXT, "date": TEXT, "new_skills": WHOLE,
            "known_skills": WHOLE, "next_skills": REAL, "new_themes": WHOLE,
            "known_themes": WHOLE, "next_themes": REAL,
        },
    )  # fmt: skip


def _known(value: Any) -> Any:
    return None if value is None or value != value else value
